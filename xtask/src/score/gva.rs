//! Reports of shootings grouped by incident, and figures per incident.
//!
//! In: the folders `gva_multireport` and `gvc`: reports with title, date and text,
//! and incidents with their coded figures. Out: for documents grouped by incident
//! CoNLL and pair F1; for every incident whether killed, injured and both are right.
//! `--split train` takes the other part, `--errors` lists wrong incidents, `--keep
//! FILE` stores readings and takes them from there the next time.

use super::support::{page, share, text_of};
use aver_codebook::Codebook;
use aver_model::{Published, Reading};
use aver_reconcile::Reprints;
use aver_score::Groupings;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reports of one split with the incident of each.
struct Reports {
    readings: Vec<Reading>,
    incidents: Vec<String>,
}

/// Scores grouping and figures on `gva_multireport`.
pub fn run_gva(data: &Path, options: &[String]) -> Result<(), String> {
    let folder = data.join("gva_multireport");
    let reports = reports(&folder, options)?;
    let dossiers = group(&reports);
    links(&reports, &dossiers);
    figures(&folder, &reports, options)
}

/// Scores figures on `gvc`.
pub fn run_gvc(data: &Path, options: &[String]) -> Result<(), String> {
    let folder = data.join("gvc");
    let reports = reports(&folder, options)?;
    figures(&folder, &reports, options)
}

/// Returns what follows an option.
pub fn value_of<'o>(options: &'o [String], name: &str) -> Option<&'o str> {
    let at = options.iter().position(|it| it == name)?;
    options.get(at + 1).map(String::as_str)
}

/// Reads a file of one JSON value a line.
pub fn lines(path: &Path) -> Result<Vec<Value>, String> {
    let parse = |line: &str| serde_json::from_str(line).map_err(|it| format!("error: {it}\n  --> {}", path.display()));
    text_of(path)?.lines().map(parse).collect()
}

fn reports(folder: &Path, options: &[String]) -> Result<Reports, String> {
    let split = value_of(options, "--split").unwrap_or("dev");
    let mut documents = lines(&folder.join("docs.jsonl.gz"))?;
    documents.retain(|it| it["split"] == split);
    let incidents = documents.iter().map(|it| text(it, "incident")).collect();
    let kept = value_of(options, "--keep").map(Path::new);
    if let Some(path) = kept.filter(|it| it.is_file()) {
        let readings = serde_json::from_str(&text_of(path)?).map_err(|it| format!("error: {it}"))?;
        return Ok(Reports { readings, incidents });
    }
    let reader = aver_read::Reader::new(Codebook::builtin());
    let readings: Vec<Reading> = documents.iter().map(|it| read(&reader, it)).collect();
    if let Some(path) = kept {
        let json = serde_json::to_string(&readings).map_err(|it| it.to_string())?;
        std::fs::write(path, json).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
    }
    Ok(Reports { readings, incidents })
}

fn text(line: &Value, field: &str) -> String {
    line[field].as_str().unwrap_or_default().to_owned()
}

/// Reads a report: its title as the first line, its date as the caller's.
fn read(reader: &aver_read::Reader<'_>, line: &Value) -> Reading {
    let title = text(line, "title");
    let body = text(line, "content");
    let head = if title.is_empty() || body.starts_with(&title) { String::new() } else { format!("{title}\n\n") };
    let mut page = page(&format!("{head}{body}"));
    page.document.sha256 = text(line, "id");
    page.document.file = text(line, "id");
    page.document.title = Some(title.clone()).filter(|it| !it.is_empty());
    if !head.is_empty() {
        let span = aver_model::Span { start: 0, end: title.chars().count() };
        page.structure.push(aver_model::Structure { span, kind: "title".into() });
    }
    if let Ok(day) = text(line, "dct").parse() {
        page.document.published = Published::given(day, day);
    }
    reader.read(&page)
}

/// Groups reports by incident and scores it; returns the dossier of each report.
fn group(reports: &Reports) -> Vec<usize> {
    let readings: Vec<&Reading> = reports.readings.iter().collect();
    let dossiers = aver_reconcile::dossiers(&readings, &Reprints::none());
    let mut dossier_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, dossier) in dossiers.iter().enumerate() {
        dossier_of.extend(dossier.iter().map(|it| (it.as_str(), number)));
    }
    let ours: Vec<usize> = readings.iter().map(|it| dossier_of[it.document.sha256.as_str()]).collect();
    let gold: Vec<&str> = reports.incidents.iter().map(String::as_str).collect();
    let it = Groupings::of(&ours, &gold);
    println!(
        "{} documents of {} incidents in {} dossiers",
        ours.len(),
        gold.iter().collect::<std::collections::BTreeSet<_>>().len(),
        dossiers.len()
    );
    print_groupings(&it);
    ours
}

/// Scores which reports are said to tell one event: two reports are linked when an event has mentions of both.
///
/// Reports of one incident can tell others as background, so neither share can reach 100.
fn links(reports: &Reports, dossiers: &[usize]) {
    let readings: Vec<&Reading> = reports.readings.iter().collect();
    let codebook = Codebook::builtin();
    let none = Reprints::none();
    let linker = aver_reconcile::Linker::new(&readings, &none, codebook);
    let links = linker.judge(&linker.compare(None), &[]);
    let number: BTreeMap<&str, usize> =
        readings.iter().enumerate().map(|(number, it)| (it.document.sha256.as_str(), number)).collect();
    let mut linked: BTreeSet<(usize, usize)> = BTreeSet::new();
    for event in aver_reconcile::events_of(&readings, &links, &none, &[], codebook) {
        let told: BTreeSet<usize> = event.mentions.iter().map(|it| number[it.document.as_str()]).collect();
        let pairs = told.iter().flat_map(|&a| told.range(a + 1..).map(move |&b| (a, b)));
        linked.extend(pairs);
    }
    let is_one = |&(a, b): &(usize, usize)| reports.incidents[a] == reports.incidents[b];
    let all: Vec<usize> = (0..readings.len()).collect();
    let gold = all.iter().flat_map(|&a| all[a + 1..].iter().map(move |&b| (a, b))).filter(is_one).count();
    let print = |name: &str, pairs: &BTreeSet<(usize, usize)>| {
        let right = pairs.iter().filter(|it| is_one(it)).count();
        println!(
            "{name}: {} pairs of reports, {:.1} % tell one incident; {:.1} % of {gold} pairs of one incident",
            pairs.len(),
            100.0 * share(right, pairs.len()),
            100.0 * share(right, gold)
        );
    };
    print("linked by an event", &linked);
    linked.retain(|&(a, b)| dossiers[a] == dossiers[b]);
    print("of them in one dossier", &linked);
}

/// Prints all measures of a grouping.
pub fn print_groupings(it: &Groupings) {
    for (name, it) in [("pairs", it.pairs), ("MUC", it.muc), ("B³", it.b_cubed), ("CEAFe", it.ceaf), ("LEA", it.lea)] {
        println!("{name:<6} P {:5.1}  R {:5.1}  F1 {:5.1}", 100.0 * it.precision, 100.0 * it.recall, 100.0 * it.f1());
    }
    println!("CoNLL  F1 {:.1}", 100.0 * it.conll());
}

/// Prints what each report of an incident counts, in which words, and the reading's figures of people.
fn explain(readings: &[&Reading], toll: &aver_reconcile::Toll) {
    for report in &toll.reports {
        let Some(reading) = readings.iter().find(|it| it.document.sha256 == report.document) else { continue };
        let title = reading.document.title.as_deref().unwrap_or_default();
        println!("  - {} {title:?}", reading.document.published.end.map_or(String::new(), |it| it.to_string()));
        for words in &report.words {
            println!("      | {}", words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let harm = |it: &str| matches!(it, "killed" | "wounded" | "killed_or_wounded");
        for figure in reading.figures.iter().filter(|it| harm(&it.measure)) {
            let words: String =
                reading.text.chars().skip(figure.span.start).take(figure.span.end - figure.span.start).collect();
            let part = figure.part_of.as_ref().map_or(String::new(), |it| format!(" of {it}"));
            println!("      {} {} {:?} {:?}{part} {words:?}", figure.id, figure.measure, figure.low, figure.high);
        }
    }
}

/// Scores killed, injured and both per incident; its reports are given together.
fn figures(folder: &Path, reports: &Reports, options: &[String]) -> Result<(), String> {
    let mut frames: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for line in lines(&folder.join("incidents.jsonl.gz"))? {
        let of = |field: &str| line["gold"][field].as_u64().unwrap_or_default();
        frames.insert(text(&line, "incident"), (of("num_killed"), of("num_injured")));
    }
    let mut by_incident: BTreeMap<&str, Vec<&Reading>> = BTreeMap::new();
    for (reading, incident) in reports.readings.iter().zip(&reports.incidents) {
        by_incident.entry(incident).or_default().push(reading);
    }
    let (mut killed, mut injured, mut both) = (0, 0, 0);
    for (incident, readings) in &by_incident {
        let Some(&gold) = frames.get(*incident) else { continue };
        let toll = aver_reconcile::toll(readings);
        killed += usize::from(toll.killed == gold.0);
        injured += usize::from(toll.hurt == gold.1);
        both += usize::from((toll.killed, toll.hurt) == gold);
        if (toll.killed, toll.hurt) != gold && options.iter().any(|it| it == "--errors") {
            let counts: Vec<_> = toll.reports.iter().map(|it| (it.killed, it.hurt, it.shot)).collect();
            println!("{incident}: {gold:?} read as {} and {}; reports {counts:?}", toll.killed, toll.hurt);
            explain(readings, &toll);
        }
    }
    let percent = |it: usize| 100.0 * share(it, by_incident.len());
    println!(
        "figures of {} incidents: killed {:.1}, injured {:.1}, both {:.1}",
        by_incident.len(),
        percent(killed),
        percent(injured),
        percent(both)
    );
    Ok(())
}
