//! The same event across documents, on ECB+ with gold mentions and predicted topics.
//!
//! In: `ecbplus/dev.jsonl.gz`: documents as tokens, event mentions in selected
//! sentences with their chains. Out: MUC, B³, CEAFe, LEA and CoNLL F1. Documents are
//! put into dossiers by their own words, never by the topics of the set; `--topics`
//! takes the set's subtopics instead, to see what the dossiers cost.
//! `--split train` takes the other part.

use super::gva::{lines, print_groupings, value_of};
use super::support::page;
use aver_codebook::Codebook;
use aver_model::Reading;
use aver_reconcile::{Act, Reprints, Words};
use aver_score::Groupings;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Scores one split.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let split = value_of(options, "--split").unwrap_or("dev");
    let documents = lines(&data.join(format!("ecbplus/{split}.jsonl.gz")))?;
    let codebook = Codebook::builtin();
    let dossiers = if options.iter().any(|it| it == "--topics") { topics(&documents) } else { predicted(&documents) };
    let (mut acts, mut gold) = (Vec::new(), Vec::new());
    for document in &documents {
        mentions(document, &mut acts, &mut gold);
    }
    let ours = aver_reconcile::occurrences(&acts, &dossiers, &Words::new(codebook));
    let chains: BTreeSet<&String> = gold.iter().collect();
    println!(
        "{} mentions in {} chains, {} documents in {} dossiers",
        gold.len(),
        chains.len(),
        documents.len(),
        dossiers.len()
    );
    print_groupings(&Groupings::of(&ours, &gold.iter().collect::<Vec<_>>()));
    Ok(())
}

fn id(document: &Value) -> String {
    document["id"].as_str().unwrap_or_default().to_owned()
}

fn array<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn topics(documents: &[Value]) -> Vec<Vec<String>> {
    let mut out: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for it in documents {
        out.entry(it["subtopic"].as_str().unwrap_or_default()).or_default().push(id(it));
    }
    out.into_values().collect()
}

/// Groups the documents by what they say; only the text is given.
fn predicted(documents: &[Value]) -> Vec<Vec<String>> {
    let reader = aver_read::Reader::new(Codebook::builtin());
    let readings: Vec<Reading> = documents
        .iter()
        .map(|document| {
            let sentences = array(document, "sentences").iter().map(|it| words(it).join(" "));
            let mut page = page(&sentences.collect::<Vec<_>>().join("\n"));
            page.document.sha256 = id(document);
            page.document.file = id(document);
            reader.read(&page)
        })
        .collect();
    aver_reconcile::dossiers(&readings.iter().collect::<Vec<_>>(), &Reprints::none())
}

fn words(sentence: &Value) -> Vec<&str> {
    array(sentence, "tokens").iter().filter_map(Value::as_str).collect()
}

/// Adds the event mentions in selected sentences of a document, with their chains.
fn mentions(document: &Value, acts: &mut Vec<Act>, gold: &mut Vec<String>) {
    let mut tokens: Vec<(&str, u64)> = Vec::new();
    let mut selected: BTreeSet<u64> = BTreeSet::new();
    for sentence in array(document, "sentences") {
        let number = sentence["n"].as_u64().unwrap_or_default();
        tokens.extend(words(sentence).into_iter().map(|it| (it, number)));
        if sentence["selected"] == true {
            selected.insert(number);
        }
    }
    for mention in array(document, "mentions") {
        let number = mention["sentence"].as_u64().unwrap_or_default();
        if mention["kind"] != "event" || !selected.contains(&number) {
            continue;
        }
        let places: Vec<usize> =
            array(mention, "tokens").iter().filter_map(|it| usize::try_from(it.as_u64()?).ok()).collect();
        let (Some(&first), Some(&last)) = (places.first(), places.last()) else { continue };
        let around = |from: usize, to: usize| {
            let them = tokens[from..to].iter().filter(|it| it.1 == number);
            them.map(|it| it.0.to_owned()).collect::<Vec<String>>()
        };
        acts.push(Act {
            document: id(document),
            words: mention["text"].as_str().unwrap_or_default().to_owned(),
            before: around(0, first),
            after: around(last + 1, tokens.len()),
        });
        gold.push(mention["chain"].as_str().unwrap_or_default().to_owned());
    }
}
