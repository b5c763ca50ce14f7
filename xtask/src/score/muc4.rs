//! Incident templates against MUC-4's keys: type and five string roles (S4), and the confidence slot.
//!
//! In: a folder with `templates/NAME.jsonl.gz` (texts in lower case, type and roles) and beside it
//! folders with the texts as printed and their keys of 24 slots. Out: precision, recall and F1 of
//! types, roles and all, after the best alignment of templates in each document; slot 11 (on what
//! ground an organisation is named) over the documents that have a key.
//!
//! [`gold`] reads the files, [`mapping`] turns a reading into templates, [`align`] scores.

mod align;
mod gold;
mod mapping;

use super::support::{Count, page, reader};
use align::{ROLES, Scores, Template};
use std::path::Path;

/// Scores the tuning part (`train`), with `--test` the test part (`dev`), with `--part=NAME` another file.
///
/// `--misses=N` lists ours and gold's templates of the first N documents that are not right, `--lower` reads the
/// lower-case texts instead of the printed ones, `--every=N` only each N-th document; `--floor` scores gold's own
/// first template of each document with the first mention of each role's first filler, to check the score itself.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let data = if data.join("muc4").is_dir() { data.join("muc4") } else { data.to_owned() };
    let value = |name: &str| options.iter().find_map(|it| it.strip_prefix(name));
    let test = options.iter().any(|it| it == "--test");
    let part = value("--part=").unwrap_or(if test { "dev" } else { "train" });
    let mut misses: usize = value("--misses=").and_then(|it| it.parse().ok()).unwrap_or(0);
    let every: usize = value("--every=").and_then(|it| it.parse().ok()).unwrap_or(1).max(1);
    let documents = gold::documents(&data.join(format!("templates/{part}.jsonl.gz")))?;
    let (printed, keys) = gold::printed(&data)?;
    let reader = reader(options)?;
    let casing = aver_read::copy::Casing::new(aver_codebook::Codebook::builtin());
    let floor = options.iter().any(|it| it == "--floor");
    let lower = options.iter().any(|it| it == "--lower");
    let (mut scores, mut confidence) = (Scores::default(), Count::default());
    for document in documents.iter().step_by(every) {
        let text = printed.get(&document.id).filter(|_| !lower).unwrap_or(&document.text);
        let page = page(text);
        let copy = aver_read::copy::of(&page, &casing).map_or_else(|| text.clone(), |it| it.text);
        let ours = match floor {
            true => first_of(&document.templates),
            false => mapping::templates(&reader.read(&page), &copy),
        };
        let own = align::score(&ours, &document.templates);
        if own.all().right < own.all().ours.max(own.all().gold) && misses > 0 {
            misses -= 1;
            show(&document.id, &copy, &ours, &document.templates);
        }
        scores.add(&own);
        if let Some(key) = keys.get(&document.id) {
            let own = align::confidence(&ours, key);
            confidence.right += own.right;
            confidence.ours += own.ours;
            confidence.gold += own.gold;
        }
    }
    println!("{} documents of {part}, percent", documents.iter().step_by(every).count());
    for (name, count) in ROLES.iter().zip(&scores.roles).chain([(&"all", &scores.all())]) {
        println!("{}", count.line(name));
    }
    println!("{}", confidence.line("confidence"));
    let told = scores.documents;
    println!("documents with templates: {} both, {} ours only, {} gold only", told[0], told[1], told[2]);
    Ok(())
}

/// Gold's first template with one mention a role, as a system that knows no more would give it.
fn first_of(gold: &[Template]) -> Vec<Template> {
    let first = |template: &Template| Template {
        kind: template.kind.split(" / ").next().unwrap_or_default().to_owned(),
        roles: template.roles.clone().map(|it| it.into_iter().take(1).map(|it| it[..1].to_vec()).collect()),
        confidence: vec![],
        told: vec![],
    };
    gold.iter().take(1).map(first).collect()
}

/// Lists the templates of a document, ours with the words that tell them, and gold's.
fn show(id: &str, text: &str, ours: &[Template], gold: &[Template]) {
    let letters: Vec<char> = text.chars().collect();
    println!("\n{id}");
    for (mark, template) in ours.iter().map(|it| ("ours", it)).chain(gold.iter().map(|it| ("gold", it))) {
        let roles: Vec<String> = ROLES[1..]
            .iter()
            .zip(&template.roles)
            .filter(|it| !it.1.is_empty())
            .map(|(name, fillers)| {
                let words: Vec<String> = fillers.iter().map(|it| it.join(" = ")).collect();
                format!("{name}: {}", words.join("; "))
            })
            .collect();
        println!("  {mark} {:<10} {}", template.kind, roles.join(" | "));
        for it in template.told.iter().filter_map(|it| letters.get(it.start..it.end)) {
            let words: String = it.iter().collect();
            println!("       <{}>", words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
