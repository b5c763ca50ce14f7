//! `aver score`: readings against gold, policies against MAVERICK.

use super::{say, say_json};
use crate::cli::{Cli, Score};
use crate::gather;
use crate::report::{Report, Result, file_error};
use aver_model::Published;
use aver_score::{Families, Gold, Report as Scores};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Measures.
pub fn score(cli: &Cli, args: &Score, out: &mut dyn Write) -> Result<()> {
    if let Some(path) = &args.maverick {
        return maverick(cli.json, path, out);
    }
    let folder = args.gold.as_deref().unwrap_or(Path::new("."));
    let codebook = crate::desk::codebook(cli)?;
    let mut families = Families::default();
    families.events.extend(codebook.events.iter().map(|it| (it.name.clone(), it.family.clone())));
    families.relations.extend(codebook.relations.iter().map(|it| (it.name.clone(), it.family.clone())));
    let reader = crate::language::reader(&cli.model, &codebook)?;
    let mut total = Scores::default();
    let mut lines = vec![];
    for path in gold_files(folder)? {
        let gold = Gold::parse(&text_of(&path)?)
            .map_err(|it| Report::input("gold-not-understood", it.to_string()).at(path.display()))?;
        let text = text_for(&path, folder, &gold)?;
        let published = gold.meta.published.best.map(|it| Published::given(it, it));
        let hints = aver_ingest::Hints { published, source: gold.meta.outlet.clone(), ..Default::default() };
        let reading = super::add::read(&reader, &gather::capture(&text, &hints)?.page)?;
        let scores = aver_score::score(&reading, &gold, &families);
        lines.push((gold.meta.doc.clone(), scores.headline()));
        total.add(scores);
    }
    if lines.is_empty() {
        return Err(Report::input("no-gold", "the folder holds no gold files")
            .at(folder.display())
            .next("name a folder of annotated *.json files"));
    }
    if cli.json {
        return say_json(
            out,
            &serde_json::json!({"headline": total.headline(), "lines": total.lines, "misses": total.misses}),
        );
    }
    for (name, headline) in lines {
        say(out, format_args!("{name:<38} headline {headline:.3}"))?;
    }
    for record in &args.misses {
        write!(out, "{}", total.misses_of(record)).map_err(super::write_error)?;
    }
    write!(out, "{}", total.to_table()).map_err(super::write_error)
}

fn text_of(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|it| file_error(&it, path))
}

fn gold_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|it| file_error(&it, folder))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "json") && !it.ends_with("questions.json"));
    files.sort();
    Ok(files)
}

fn text_for(gold_file: &Path, folder: &Path, gold: &Gold) -> Result<PathBuf> {
    [gold_file.with_file_name(&gold.meta.doc), folder.join("../seeds").join(&gold.meta.doc)]
        .into_iter()
        .find(|it| it.is_file())
        .ok_or_else(|| {
            Report::input(
                "gold-without-text",
                format!("the text {} is neither beside its gold nor in ../seeds", gold.meta.doc),
            )
            .at(gold_file.display())
            .next("put the annotated text beside its gold file")
        })
}

fn maverick(json: bool, path: &Path, out: &mut dyn Write) -> Result<()> {
    let report = aver_reconcile::maverick::check(&text_of(path)?).map_err(|it| {
        Report::input("maverick-not-understood", it.to_string())
            .at(path.display())
            .next("name MAVERICK's event report CSV")
    })?;
    if json {
        return say_json(out, &report);
    }
    say(out, format_args!("reports               {:>6} of {} events", report.reports, report.events))?;
    say(
        out,
        format_args!(
            "multi-report events   {:>6} with {} reports",
            report.multi_report_events, report.multi_report_reports
        ),
    )?;
    say(out, format_args!("numbers reproduced    {:>6} of {} events", report.reproduced, report.multi_report_events))?;
    for (column, sums) in &report.sums {
        say(out, format_args!("sum of {column:<14} {sums:?}"))?;
    }
    say(
        out,
        format_args!(
            "published sums of deaths_best {:?}: {}",
            report.published,
            if report.sums_match { "equal" } else { "not equal" }
        ),
    )
}
