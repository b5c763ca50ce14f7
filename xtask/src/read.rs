//! `cargo xtask score` and `cargo xtask show`: reading without the rest of the program.

use aver_codebook::Codebook;
use aver_model::{Page, Published, Reading};
use aver_score::{Families, Gold, Report};
use std::path::{Path, PathBuf};

/// Scores the reader on every gold file of a folder.
pub fn score(args: &[String]) -> Result<(), String> {
    let [folder, rest @ ..] = args else {
        return Err("error: no gold folder given\nhint: cargo xtask score GOLD".into());
    };
    let codebook = Codebook::builtin();
    let mut families = Families::default();
    families.events.extend(codebook.events.iter().map(|it| (it.name.clone(), it.family.clone())));
    families.relations.extend(codebook.relations.iter().map(|it| (it.name.clone(), it.family.clone())));
    let mut total = Report::default();
    for path in gold_files(Path::new(folder))? {
        let gold = Gold::parse(&text_of(&path)?).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
        let text = [path.with_file_name(&gold.meta.doc), Path::new(folder).join("../seeds").join(&gold.meta.doc)]
            .into_iter()
            .find(|it| it.is_file())
            .ok_or(format!("error: the text {} is neither beside the gold nor in ../seeds", gold.meta.doc))?;
        let published = gold.meta.published.best.map(|it| Published::given(it, it));
        let reading = read(&text, published, gold.meta.outlet.clone())?;
        let report = aver_score::score(&reading, &gold, &families);
        println!("{}  headline {:.3}", gold.meta.doc, report.headline());
        total.add(report);
    }
    for record in rest {
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

fn text_of(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|it| format!("error: {it}\n  --> {}", path.display()))
}

fn read(path: &Path, published: Option<Published>, source: Option<String>) -> Result<Reading, String> {
    let page = page(path, published, source)?;
    Ok(aver_read::read(&page, Codebook::builtin()))
}

fn page(path: &Path, published: Option<Published>, source: Option<String>) -> Result<Page, String> {
    let bytes = std::fs::read(path).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
    let file = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
    let hints = aver_ingest::Hints { published, source, ..Default::default() };
    aver_ingest::ingest(&bytes, &file, &hints).map_err(|it| format!("error: {it}\n  --> {}", path.display()))
}

/// Prints the reading of a text.
pub fn show(args: &[String]) -> Result<(), String> {
    let [file, rest @ ..] = args else { return Err("error: no file given\nhint: cargo xtask show FILE".into()) };
    let published = match rest {
        [flag, date, ..] if flag == "--published" => Some(date.parse().map(|it| Published::given(it, it))?),
        _ => None,
    };
    let reading = read(Path::new(file), published, None)?;
    println!("{}", serde_json::to_string_pretty(&reading).map_err(|it| it.to_string())?);
    Ok(())
}
