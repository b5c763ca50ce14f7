//! Prints every word of a text with what the model says of it.
//!
//! `cargo run -p aver-language --features model --example show -- MODEL_FOLDER FILE [shallow]`

use aver_language::{Depth, Language};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file, rest @ ..] = &args[..] else {
        eprintln!("error: a model folder and a text file are needed");
        std::process::exit(1);
    };
    let read = |name: &str| std::fs::read(format!("{folder}/{name}")).expect("the model folder is complete");
    let words = |name: &str| String::from_utf8(read(name)).expect("labels and vocabulary are UTF-8");
    let language = Language::from_bytes(read("aver-en.onnx"), &words("labels.json"), &words("vocab.txt"))
        .unwrap_or_else(|it| panic!("{it}"));
    let text = std::fs::read_to_string(file).expect("the text can be read");
    let depth = if rest.is_empty() { Depth::Deep } else { Depth::Shallow };
    let analysis = language.analyse(&text, depth);
    for sentence in &analysis.sentences {
        println!("# {}", &text[sentence.bytes.clone()]);
        for at in sentence.words.clone() {
            let word = &analysis.words[at];
            let head = word.head.map_or(0, |it| it + 1 - sentence.words.start);
            let number = at + 1 - sentence.words.start;
            let form = &text[word.bytes.clone()];
            println!(
                "{number}\t{form}\t{}\t{}\t{}\t{}\t{head}\t{}",
                word.lemma, word.upos, word.xpos, word.features, word.relation
            );
        }
        let inside =
            |words: &std::ops::Range<usize>| sentence.words.start <= words.start && words.end <= sentence.words.end;
        for name in analysis.names.iter().filter(|it| inside(&it.words)) {
            println!("  {:?} {} “{}”", name.layer, name.kind, &text[analysis.bytes(name.words.clone())]);
        }
        for part in analysis.parts.iter().filter(|it| inside(&it.words)) {
            println!("  {:?} “{}”", part.role, &text[analysis.bytes(part.words.clone())]);
        }
    }
    for note in &analysis.notes {
        println!("note: {note}");
    }
}
