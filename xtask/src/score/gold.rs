//! The reading against gold files in the form of the reading contract.

use super::support::{reader, text_of};
use crate::read::page;
use aver_codebook::Codebook;
use aver_model::Published;
use aver_score::{Families, Gold, Report};
use std::path::{Path, PathBuf};

/// Scores the reader on every gold file of a folder; `--model` or `--model=FOLDER` lets the language model help.
pub fn run(folder: &Path, rest: &[String]) -> Result<(), String> {
    let codebook = Codebook::builtin();
    let reader = reader(rest)?;
    let mut families = Families::default();
    families.events.extend(codebook.events.iter().map(|it| (it.name.clone(), it.family.clone())));
    families.relations.extend(codebook.relations.iter().map(|it| (it.name.clone(), it.family.clone())));
    let mut total = Report::default();
    for path in gold_files(folder)? {
        let gold = Gold::parse(&text_of(&path)?).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
        let text = [path.with_file_name(&gold.meta.doc), folder.join("../seeds").join(&gold.meta.doc)]
            .into_iter()
            .find(|it| it.is_file())
            .ok_or(format!("error: the text {} is neither beside the gold nor in ../seeds", gold.meta.doc))?;
        let published = gold.meta.published.best.map(|it| Published::given(it, it));
        let reading = reader.read(&page(&text, published, gold.meta.outlet.clone())?);
        let report = aver_score::score(&reading, &gold, &families);
        println!("{}  headline {:.3}", gold.meta.doc, report.headline());
        total.add(report);
    }
    for record in rest.iter().filter(|it| !it.starts_with("--")) {
        print!("{}", total.misses_of(record));
    }
    print!("{}", total.to_table());
    Ok(())
}

fn gold_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|it| format!("error: {it}\n  --> {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    files.retain(|it| {
        it.extension().is_some_and(|it| it == "json") && it.file_name().is_some_and(|it| it != "questions.json")
    });
    files.sort();
    Ok(files)
}
