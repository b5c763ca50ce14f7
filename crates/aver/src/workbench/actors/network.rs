//! The relations of one actor as a drawing: the actor in the middle, the others around.
//!
//! Drawn on the server, the same every time. An edge is a kind of relation; two
//! lanes, one broken, where speakers contradict each other; the words of the edge
//! are a link to the quotes. A script may let people drag nodes; nothing needs it.

use super::one::Tie;
use crate::workbench::words::clip;
use std::f64::consts::TAU;

/// Nodes that are drawn; the rest are in the list beside.
const MOST: usize = 24;

/// The drawing.
pub struct Network {
    /// Width and height in units.
    pub size: (f64, f64),
    /// The actor's own node.
    pub middle: (f64, f64),
    /// The others.
    pub nodes: Vec<Node>,
    /// Everything in a sentence.
    pub words: String,
    /// Nodes left out.
    pub more: usize,
}

/// Another actor and the edges to it.
pub struct Node {
    /// Middle of the node.
    pub x: f64,
    /// Middle of the node.
    pub y: f64,
    /// `start`, `middle` or `end`: where the words stand to the node.
    pub anchor: &'static str,
    /// Baseline of the words below or above the node.
    pub dy: f64,
    /// Its name, shortened.
    pub name: String,
    /// Its page.
    pub link: Option<String>,
    /// Some edge to it is disputed.
    pub disputed: bool,
    /// All edges to it are denied.
    pub denied: bool,
    /// Where the words of the edge stand.
    pub label: (f64, f64),
    /// "branch of"; several joined.
    pub words: String,
    /// Address of the first edge's quotes on this page.
    pub quotes: String,
    /// Second lane, for a quarrel.
    pub lane: (f64, f64),
}

/// Draws the relations of an actor; nothing when it has none.
pub fn network(ties: &[Tie]) -> Option<Network> {
    let mut others: Vec<(&str, Vec<&Tie>)> = vec![];
    for tie in ties {
        match others.iter_mut().find(|it| it.0 == tie.other) {
            Some(it) => it.1.push(tie),
            None => others.push((&tie.other, vec![tie])),
        }
    }
    if others.is_empty() {
        return None;
    }
    let more = others.len().saturating_sub(MOST);
    others.truncate(MOST);
    // Two rings when one would be too full.
    let crowded = others.len() > 10;
    let (width, height) = if crowded { (860.0, 620.0) } else { (760.0, 420.0) };
    let (cx, cy) = (width / 2.0, height / 2.0);
    let n = others.len() as f64;
    let nodes = others.iter().enumerate().map(|(at, (name, ties))| {
        let turn = TAU * (at as f64 / n) - TAU / 4.0 + TAU / n / 2.0;
        let ring = if crowded && at % 2 == 1 { 0.62 } else { 1.0 };
        let (x, y) = (cx + (width / 2.0 - 150.0) * ring * turn.cos(), cy + (height / 2.0 - 50.0) * ring * turn.sin());
        let (x, y) = (x.round(), y.round());
        let length = ((x - cx).powi(2) + (y - cy).powi(2)).sqrt().max(1.0);
        let lane = (((y - cy) / length * 4.0 * 10.0).round() / 10.0, ((cx - x) / length * 4.0 * 10.0).round() / 10.0);
        let mut words: Vec<&str> = vec![];
        ties.iter().for_each(|it| {
            if !words.contains(&it.words.as_str()) {
                words.push(&it.words)
            }
        });
        let side = turn.cos();
        Node {
            x,
            y,
            anchor: if side > 0.25 {
                "start"
            } else if side < -0.25 {
                "end"
            } else {
                "middle"
            },
            dy: if side.abs() > 0.25 {
                4.0
            } else if turn.sin() > 0.0 {
                22.0
            } else {
                -14.0
            },
            name: clip(name, 30),
            link: ties.iter().find_map(|it| it.other_link.clone()),
            disputed: ties.iter().any(|it| it.disputed),
            denied: ties.iter().all(|it| it.is_denied()),
            label: ((cx + (x - cx) * 0.58).round(), (cy + (y - cy) * 0.58).round()),
            words: clip(&words.join(", "), 34),
            quotes: format!("#{}", ties[0].id),
            lane,
        }
    });
    let nodes: Vec<Node> = nodes.collect();
    let quarrels = nodes.iter().filter(|it| it.disputed).count();
    let words = format!(
        "{} others, {quarrels} of them with contradicting statements; the list has the same with its quotes",
        nodes.len()
    );
    Some(Network { size: (width, height), middle: (cx, cy), nodes, words, more })
}
