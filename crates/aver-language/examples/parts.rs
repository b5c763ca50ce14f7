//! Scores the model's own attribution spans on JSON lines with `text` and `attributions`.
//!
//! `cargo run -p aver-language --features model --example parts -- MODEL_FOLDER FILE [shallow]`

use aver_language::{Depth, Language, Role};
use std::collections::BTreeSet;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file, rest @ ..] = &args[..] else { panic!("a model folder and a file are needed") };
    let read = |name: &str| std::fs::read(format!("{folder}/{name}")).expect("the model folder is complete");
    let words = |name: &str| String::from_utf8(read(name)).expect("labels and vocabulary are UTF-8");
    let language = Language::from_bytes(read("aver-en.onnx"), &words("labels.json"), &words("vocab.txt"))
        .unwrap_or_else(|it| panic!("{it}"));
    let depth = if rest.is_empty() { Depth::Deep } else { Depth::Shallow };
    let mut counts = [[0; 3]; 3];
    for line in std::fs::read_to_string(file).expect("the file can be read").lines() {
        let document: serde_json::Value = serde_json::from_str(line).expect("a line is a document");
        let text = document["text"].as_str().unwrap_or("");
        let analysis = language.analyse(text, depth);
        let offsets = aver_model::Offsets::new(text);
        for (index, (role, name)) in
            [(Role::Source, "source"), (Role::Cue, "cue"), (Role::Content, "content")].into_iter().enumerate()
        {
            let ours: BTreeSet<(usize, usize)> = analysis
                .parts
                .iter()
                .filter(|it| it.role == role)
                .map(|it| analysis.span(text, &offsets, it.words.clone()))
                .map(|it| (it.start, it.end))
                .collect();
            let gold: BTreeSet<(usize, usize)> = document["attributions"]
                .as_array()
                .into_iter()
                .flatten()
                .flat_map(|it| it[name].as_array().cloned().unwrap_or_default())
                .filter_map(|it| Some((it[0].as_u64()? as usize, it[1].as_u64()? as usize)))
                .collect();
            counts[index][0] += ours.intersection(&gold).count();
            counts[index][1] += ours.len();
            counts[index][2] += gold.len();
        }
    }
    for ([right, ours, gold], name) in counts.into_iter().zip(["source", "cue", "content"]) {
        let share = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
        println!(
            "{name:<8} P {:.1} R {:.1} F1 {:.1}",
            share(ours),
            share(gold),
            200.0 * right as f64 / (ours + gold) as f64
        );
    }
}
