//! Names and ties on re3d (statements and articles on Syria and Iraq): who fights, allies with, leads whom, who belongs to whom.
//! A tie is right if it has the sides of a gold relation (words overlap) and one of the relations that its type stands for.
//! The set marks one kind of tie and not another by habit, and ties of vehicles and weapons that we do not read: those are left
//! out, and the precision is a lower bound. `--split dev` takes one part, `--list` prints both sides.

use super::support::{Count, page, reader, text_of};
use aver_model::{Reading, Relation, Span};
use std::path::Path;

#[derive(serde::Deserialize)]
struct Line {
    split: String,
    text: String,
    sentences: Vec<[usize; 2]>,
    entities: Vec<Entity>,
    relations: Vec<Gold>,
}

#[derive(serde::Deserialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: String,
    begin: usize,
    end: usize,
}

#[derive(serde::Deserialize)]
struct Gold {
    #[serde(rename = "type")]
    kind: String,
    source: [usize; 2],
    target: [usize; 2],
}

/// A type of the set, and the relations of ours that it stands for: those told from source to target, those told the other way.
const TYPES: &[(&str, &[&str], &[&str])] = &[
    ("FightingAgainst", HOSTILE, HOSTILE),
    ("AlliesOf", ALLIED, ALLIED),
    ("InChargeOf", &["leads", "controls", "founder_of"], &["part_of", "branch_of"]),
    ("BelongsTo", &["member_of", "part_of", "branch_of", "affiliated_with", "formerly_of", "joins"], &["leads"]),
];
const HOSTILE: &[&str] = &["hostile_to", "targets", "attacks_in", "rival_of", "represses"];
const ALLIED: &[&str] =
    &["allied_with", "cooperates_with", "aligned_with", "supports", "funds", "arms", "trains", "shelters"];

/// Scores `re3d/documents.jsonl.gz` of the data folder; `--model` or `--model=FOLDER` lets the language model help.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let text = text_of(&data.join("re3d/documents.jsonl.gz"))?;
    let reader = reader(options)?;
    let list = options.iter().any(|it| it == "--list");
    let split = options.iter().position(|it| it == "--split").and_then(|it| options.get(it + 1));
    let mut names = Count::default();
    let mut by_type = [Count::default(); 4];
    let mut given = [Count::default(); 4];
    for line in text.lines() {
        let line: Line = serde_json::from_str(line).map_err(|it| format!("error: {it}"))?;
        if split.is_some_and(|it| *it != line.split) {
            continue;
        }
        let reading = reader.read(&page(&line.text));
        count_names(&reading, &line, &mut names);
        let mut found = vec![false; line.relations.len()];
        for tie in &reading.relations {
            let Some(kind) = TYPES.iter().position(|it| it.1.contains(&tie.relation.as_str())) else { continue };
            by_type[kind].ours += 1;
            given[kind].ours += 1;
            let hits: Vec<usize> = (0..found.len()).filter(|&at| fits(&reading, tie, &line.relations[at])).collect();
            hits.iter().for_each(|&at| found[at] = true);
            by_type[kind].right += usize::from(!hits.is_empty());
            if list {
                let words = [name(&reading, &tie.a), tie.relation.clone(), name(&reading, &tie.b)].join(" ");
                println!("{}  {words}  “{}”", if hits.is_empty() { "extra" } else { "ok   " }, quote(&line, tie.span));
            }
        }
        for (gold, found) in line.relations.iter().zip(found) {
            let Some(kind) = TYPES.iter().position(|it| it.0 == gold.kind) else { continue };
            if ![gold.source, gold.target].iter().all(|it| is_party(&line, *it)) {
                continue;
            }
            let known = [gold.source, gold.target].iter().all(|it| is_named(&reading, span(*it)));
            by_type[kind].gold += 1;
            given[kind].gold += usize::from(known);
            given[kind].right += usize::from(found);
            if list && !found {
                let ends = [gold.source, gold.target].map(|it| quote(&line, span(it)));
                let whole = line.sentences.iter().find(|it| it[0] <= gold.source[0] && gold.source[0] < it[1]);
                let whole = whole.map_or(String::new(), |it| quote(&line, span(*it)));
                println!(
                    "missed{} [{}] {} [{}]  “{whole}”",
                    if known { "" } else { " no name" },
                    ends[0],
                    gold.kind,
                    ends[1]
                );
            }
        }
    }
    println!(
        "names of parties  recall {:.3} ({} of {})",
        names.right as f64 / names.gold.max(1) as f64,
        names.right,
        names.gold
    );
    println!("{:<16} precision         recall            recall where both sides are named", "relations");
    let mut all = [Count::default(); 2];
    for ((kind, whole), given) in TYPES.iter().zip(by_type).zip(given) {
        print_line(kind.0, whole, given);
        for (sum, it) in all.iter_mut().zip([whole, given]) {
            (sum.right, sum.ours, sum.gold) = (sum.right + it.right, sum.ours + it.ours, sum.gold + it.gold);
        }
    }
    print_line("all", all[0], all[1]);
    Ok(())
}

/// `whole` counts our ties that are right, `given` gold's that are found.
fn print_line(name: &str, whole: Count, given: Count) {
    let found = Count { gold: whole.gold, ..given };
    let shares = (whole.precision(), found.recall(), given.recall());
    println!(
        "{name:<16} {:.3} ({:>3} of {:>3})  {:.3} ({:>3} of {:>3})  {:.3} (of {:>3})",
        shares.0, whole.right, whole.ours, shares.1, given.right, whole.gold, shares.2, given.gold
    );
}

/// Organisations, persons and places: a name is right if its words overlap.
fn count_names(reading: &Reading, line: &Line, names: &mut Count) {
    let gold: Vec<Span> =
        line.entities.iter().filter(|it| is_party_kind(&it.kind)).map(|it| Span::new(it.begin, it.end)).collect();
    let ours: Vec<Span> = mentions(reading).collect();
    names.ours += ours.len();
    names.gold += gold.len();
    names.right += gold.iter().filter(|it| ours.iter().any(|our| our.overlaps(**it))).count();
}

fn is_party_kind(kind: &str) -> bool {
    matches!(kind, "Organisation" | "Person" | "Location" | "Nationality")
}

fn is_party(line: &Line, end: [usize; 2]) -> bool {
    line.entities.iter().any(|it| [it.begin, it.end] == end && is_party_kind(&it.kind))
}

fn mentions(reading: &Reading) -> impl Iterator<Item = Span> {
    let actors = reading.actors.iter().flat_map(|it| it.mentions.iter().copied());
    actors.chain(reading.places.iter().flat_map(|it| it.mentions.iter().copied()))
}

fn is_named(reading: &Reading, end: Span) -> bool {
    mentions(reading).any(|it| it.overlaps(end))
}

fn span(it: [usize; 2]) -> Span {
    Span::new(it[0], it[1])
}

fn fits(reading: &Reading, tie: &Relation, gold: &Gold) -> bool {
    let Some((_, along, against)) = TYPES.iter().find(|it| it.0 == gold.kind) else { return false };
    let (source, target) = (span(gold.source), span(gold.target));
    if !tie.span.overlaps(source) && !tie.span.overlaps(target) {
        return false;
    }
    let at = |id: &str, end: Span| {
        let actor = reading.actors.iter().find(|it| it.id == id).map(|it| &it.mentions);
        let place = reading.places.iter().find(|it| it.id == id).map(|it| &it.mentions);
        actor.or(place).is_some_and(|it| it.iter().any(|it| it.overlaps(end)))
    };
    let relation = tie.relation.as_str();
    let straight = along.contains(&relation) && at(&tie.a, source) && at(&tie.b, target);
    straight || against.contains(&relation) && at(&tie.b, source) && at(&tie.a, target)
}

fn name(reading: &Reading, id: &str) -> String {
    let actor = reading.actors.iter().find(|it| it.id == id).map(|it| it.name.clone());
    actor.or_else(|| reading.places.iter().find(|it| it.id == id).map(|it| it.name.clone())).unwrap_or(id.to_owned())
}

fn quote(line: &Line, it: Span) -> String {
    let words: String = line.text.chars().skip(it.start).take(it.end - it.start).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
