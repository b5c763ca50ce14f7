//! One zip with everything that a table rests on: figures, quotes, citations, decisions, hashes.
//!
//! In: what an export selects, the documents and decisions behind it. Out: files with
//! a manifest that carries their hashes, and the check of such a bundle on another
//! machine, without the ledger: every file is what was handed out, the chain of
//! decisions holds, no number stands without the words that gave it.
//!
//! In the public profile decisions go out without their quotes and reasons' names:
//! the order of their ids can be checked there, their content only in the internal one.

use crate::moment::Scope;
use crate::report::{Report, Result, file_error};
use crate::zip;
use aver_ledger::Filed;
use aver_model::*;
use aver_publish::{Output, Profile, View};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// The word for this form of export, beside those of `aver_publish`.
pub const NAME: &str = "bundle";
/// What it is for, in the list of formats.
pub const PURPOSE: &str = "one zip to hand on: events, every quote, citations, decisions, and hashes to verify it";
/// What it does not carry.
pub const LOSSES: &[&str] = &[
    "The documents themselves are left out; their hashes say which they were.",
    "Estimates of one policy only; the figures themselves stand in evidence.csv.",
];
const LIMITS: &str = "Nothing here is a verdict: every value is somebody's words, read by a machine and reviewed where the column `review` says so.";

/// What goes into a bundle beside the view.
pub struct Around<'a> {
    /// Documents on file.
    pub filed: &'a [Filed],
    /// Every decision, in the order of the chain.
    pub decisions: &'a [Decision],
    /// What was seen of the ledger.
    pub scope: Scope,
}

/// Returns the manifest that stands beside exported files: what they are, and their hashes.
///
/// # Errors
/// It cannot be written as JSON.
pub fn manifest(
    view: &View<'_>,
    around: &Around<'_>,
    format: &str,
    losses: &[&str],
    files: &[Output],
) -> Result<Output> {
    let hashes: Vec<_> = files
        .iter()
        .map(|it| json!({"file": it.name, "bytes": it.bytes.len(), "sha256": aver_ledger::sha256(&it.bytes)}))
        .collect();
    let value = json!({
        "made_by": concat!("averment ", env!("CARGO_PKG_VERSION")),
        "format": format,
        "policy": view.policy,
        "profile": profile(view),
        "events": view.published().count(),
        "position": around.scope.to_string(),
        "last_decision": around.decisions.last().map_or("", |it| it.id.as_str()),
        "codebook": view.codebook.version,
        "limits": LIMITS,
        "not_carried": losses,
        "files": hashes,
    });
    let mut bytes = serde_json::to_vec_pretty(&value).map_err(|it| Report::bug(it.to_string()))?;
    bytes.push(b'\n');
    Ok(Output { name: "manifest.json".into(), bytes })
}

fn profile(view: &View<'_>) -> &'static str {
    if view.profile == Profile::Internal { "internal" } else { "public" }
}

/// Returns the bundle: one zip, named by the state of the ledger.
///
/// # Errors
/// The policy is unknown, or the bundle would be too large.
pub fn make(view: &View<'_>, around: &Around<'_>) -> Result<Output> {
    let bytes = zip::write(&files(view, around)?)?;
    Ok(Output { name: format!("averment-{}-{}.zip", profile(view), around.scope.to_string().replace(':', "-")), bytes })
}

fn files(view: &View<'_>, around: &Around<'_>) -> Result<Vec<Output>> {
    let csv = aver_publish::format("csv").ok_or_else(|| Report::bug("there is no format csv"))?;
    let mut files =
        csv.files(view).map_err(|it| Report::input("not-published", it.to_string()).next("choose another policy"))?;
    files.push(Output { name: "citations.txt".into(), bytes: citations(view, around).into_bytes() });
    files.push(Output { name: "documents.csv".into(), bytes: documents(view, around)? });
    files.push(decisions(view, around)?);
    files.insert(0, Output { name: "README.txt".into(), bytes: readme(view, around).into_bytes() });
    let manifest = manifest(view, around, NAME, LOSSES, &files)?;
    files.push(manifest);
    Ok(files)
}

fn readme(view: &View<'_>, around: &Around<'_>) -> String {
    let policy = view.codebook.policy(view.policy);
    let words = policy.map_or(String::new(), |it| {
        format!("{}\n{}\n", it.definition.split_whitespace().collect::<Vec<_>>().join(" "), it.source)
    });
    let names = match view.profile {
        Profile::Internal => "The names of private persons are kept: do not hand this on.",
        Profile::Public => "The names of private persons are masked, inside quotes too.",
    };
    format!(
        "Averment: who says what happened\n\n\
         {} events as known at ledger position {}. {names}\n\n\
         Numbers are those of the policy {}:\n{words}\n\
         events.csv      one row an event, low, best and high of each measure\n\
         evidence.csv    the words behind every value, with document, place in it and speaker\n\
         citations.txt   one citation an event\n\
         documents.csv   the documents by SHA-256, with outlet and date\n\
         decisions.*     what people ruled, a hash chain\n\
         manifest.json   the SHA-256 of each of these files\n\n\
         Check it with: aver verify THIS.zip\n\n{LIMITS}\n",
        view.published().count(),
        around.scope,
        view.policy,
    )
}

/// Writes how to cite an event: what, when, where from, and the state of the ledger for good.
pub fn citation(event: &LedgerEvent, policy: &str, files: &[(String, String)], scope: Scope) -> String {
    let time = event.time.as_ref().map_or("no date".into(), |it| crate::print::reading::days(it.start, it.end));
    let killed = crate::workbench::range(event, "killed", policy);
    let figure = if killed.is_empty() { String::new() } else { format!(" Killed: {killed} (policy {policy}).") };
    let documents: Vec<String> = files
        .iter()
        .map(|(file, hash)| format!("{file} (sha256 {})", hash.chars().take(12).collect::<String>()))
        .collect();
    format!(
        "{}, {time}.{figure} {} in {}. Averment event {}, ledger position {scope}: /e/{}?at={scope}",
        event.title,
        crate::commands::count(event.accounts.len(), "account"),
        documents.join("; "),
        event.id,
        event.id,
    )
}

fn citations(view: &View<'_>, around: &Around<'_>) -> String {
    let one = |event: &LedgerEvent| {
        let files: BTreeSet<(String, String)> =
            event.mentions.iter().map(|it| (it.file.clone(), it.document.clone())).collect();
        let files: Vec<(String, String)> = files.into_iter().collect();
        view.words(&citation(event, view.policy, &files, around.scope))
    };
    view.published().map(one).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn documents(view: &View<'_>, around: &Around<'_>) -> Result<Vec<u8>> {
    let used: BTreeSet<&str> = view.published().flat_map(|it| &it.mentions).map(|it| it.document.as_str()).collect();
    let mut table = csv::Writer::from_writer(vec![]);
    let mut write = |row: [&str; 6]| table.write_record(row).map_err(|it| Report::bug(it.to_string()));
    write(["sha256", "file", "title", "source", "published_start", "published_end"])?;
    for it in around.filed.iter().map(|it| &it.document).filter(|it| used.contains(it.sha256.as_str())) {
        let day = |it: Option<Day>| it.map_or(String::new(), |it| it.to_string());
        write([
            &it.sha256,
            &view.words(&it.file),
            &view.words(it.title.as_deref().unwrap_or("")),
            it.source.as_deref().unwrap_or(""),
            &day(it.published.start),
            &day(it.published.end),
        ])?;
    }
    table.into_inner().map_err(|it| Report::bug(it.to_string()))
}

/// Decisions whole where names may stay, else as a masked table with the ids of the chain.
fn decisions(view: &View<'_>, around: &Around<'_>) -> Result<Output> {
    if view.profile == Profile::Internal {
        let bytes = serde_json::to_vec_pretty(around.decisions).map_err(|it| Report::bug(it.to_string()))?;
        return Ok(Output { name: "decisions.json".into(), bytes });
    }
    let mut table = csv::Writer::from_writer(vec![]);
    let mut write = |row: [&str; 7]| table.write_record(row).map_err(|it| Report::bug(it.to_string()));
    write(["number", "when", "verb", "field", "quote", "id", "previous"])?;
    for it in around.decisions {
        let anchors = it.ruling.anchors();
        let quotes: Vec<&str> = anchors.iter().map(|it| it.quote.as_str()).collect();
        let field = anchors.first().map_or("", |it| it.field.as_str());
        let number = it.number.to_string();
        let quote = view.words(&quotes.join(" | "));
        write([&number, &it.when, it.ruling.verb(), field, &quote, &it.id, &it.previous])?;
    }
    let bytes = table.into_inner().map_err(|it| Report::bug(it.to_string()))?;
    Ok(Output { name: "decisions.csv".into(), bytes })
}

/// What the check of a bundle found.
#[derive(Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Checked {
    /// Files whose hash is that of the manifest.
    pub files: usize,
    /// Links of the chain that follow one another.
    pub decisions: usize,
    /// The content of decisions was there to be hashed again.
    pub contents: bool,
    /// Figures and perpetrators in the table of events.
    pub values: usize,
    /// Of these, values that no row of evidence.csv explains: event and column.
    pub unexplained: Vec<String>,
    /// What is wrong, in sentences.
    pub faults: Vec<String>,
}

/// Reads a bundle from a zip, or from the folder that it was unpacked to.
///
/// # Errors
/// It cannot be read, or is no bundle.
pub fn open(path: &Path) -> Result<Vec<Output>> {
    if !path.is_dir() {
        let length = std::fs::metadata(path).map_err(|it| file_error(&it, path))?.len();
        if length > zip::LARGEST {
            return Err(
                Report::input("bundle-too-large", "the file is larger than any bundle of ours").at(path.display())
            );
        }
        return zip::read(&std::fs::read(path).map_err(|it| file_error(&it, path))?)
            .map_err(|it| it.at(path.display()));
    }
    let mut files = vec![];
    for entry in std::fs::read_dir(path).map_err(|it| file_error(&it, path))?.flatten() {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if path.is_file() {
            files.push(Output { name, bytes: std::fs::read(&path).map_err(|it| file_error(&it, &path))? });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Checks a bundle by what it carries itself.
///
/// # Errors
/// It has no manifest that can be read.
pub fn check(files: &[Output]) -> Result<Checked> {
    let of = |name: &str| files.iter().find(|it| it.name == name).map(|it| it.bytes.as_slice());
    let manifest = of("manifest.json").and_then(|it| serde_json::from_slice::<serde_json::Value>(it).ok());
    let manifest = manifest.ok_or_else(|| {
        Report::input("bundle-without-manifest", "there is no manifest.json that can be read in it")
            .next("take the zip that `aver publish --format bundle` or the page Export made")
    })?;
    let mut out = Checked::default();
    let mut listed = BTreeSet::from(["manifest.json"]);
    for it in manifest["files"].as_array().into_iter().flatten() {
        let (name, hash) = (it["file"].as_str().unwrap_or(""), it["sha256"].as_str().unwrap_or(""));
        listed.insert(name);
        match of(name) {
            Some(bytes) if aver_ledger::sha256(bytes) == hash => out.files += 1,
            Some(_) => out.faults.push(format!("{name} is not what was handed out")),
            None => out.faults.push(format!("{name} is missing")),
        }
    }
    let more = files.iter().filter(|it| !listed.contains(it.name.as_str()));
    out.faults.extend(more.map(|it| format!("{} is not in the manifest", it.name)));
    check_chain(&of, manifest["last_decision"].as_str().unwrap_or(""), &mut out);
    if let (Some(events), Some(evidence)) = (of("events.csv"), of("evidence.csv")) {
        explain(events, evidence, &mut out);
    }
    Ok(out)
}

fn check_chain<'b>(of: &impl Fn(&str) -> Option<&'b [u8]>, head: &str, out: &mut Checked) {
    let mut last = String::new();
    if let Some(bytes) = of("decisions.json") {
        match serde_json::from_slice::<Vec<Decision>>(bytes) {
            Ok(made) => {
                out.contents = true;
                out.decisions = made.len();
                last = made.last().map_or(String::new(), |it| it.id.clone());
                out.faults.extend(aver_ledger::check_chain(&made).err().map(|it| it.1));
            }
            Err(it) => out.faults.push(format!("decisions.json cannot be read: {it}")),
        }
    } else if let Some(bytes) = of("decisions.csv") {
        for (at, row) in csv::Reader::from_reader(bytes).records().enumerate() {
            let row = row.unwrap_or_default();
            if row.get(0) != Some((at + 1).to_string().as_str()) || row.get(6) != Some(last.as_str()) {
                out.faults.push(format!("decision {} does not follow the one before it", at + 1));
            }
            last = row.get(5).unwrap_or("").to_owned();
            out.decisions += 1;
        }
    }
    if last != head {
        out.faults.push("the last decision is not the one that the manifest names".into());
    }
}

/// Looks for the words behind every figure and every perpetrator.
fn explain(events: &[u8], evidence: &[u8], out: &mut Checked) {
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for row in csv::Reader::from_reader(evidence).records().flatten() {
        if row.get(6).is_some_and(|it| !it.trim().is_empty()) {
            known.insert((row.get(0).unwrap_or("").into(), row.get(1).unwrap_or("").into()));
        }
    }
    let mut table = csv::Reader::from_reader(events);
    let Ok(head) = table.headers().cloned() else { return out.faults.push("events.csv has no head".into()) };
    for row in table.records().flatten() {
        let id = row.get(0).unwrap_or("").to_owned();
        for (name, value) in head.iter().zip(&row) {
            let ends = ["_low", "_best", "_high"].into_iter().find_map(|it| name.strip_suffix(it));
            let column = if name == "perpetrators" { Some("perpetrator") } else { ends };
            let Some(column) = column.filter(|_| !value.is_empty()) else { continue };
            out.values += 1;
            if !known.contains(&(id.clone(), column.to_owned())) {
                out.unexplained.push(format!("{id} {name}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(change: impl Fn(&mut Vec<Output>)) -> Checked {
        let file = |name: &str, text: &str| Output { name: name.into(), bytes: text.as_bytes().to_vec() };
        let mut files = vec![
            file(
                "events.csv",
                "event_id,perpetrators,killed_low,killed_best,killed_high\nev-1,,12,,40\nev-2,Ridge (claimed),,,\n",
            ),
            file(
                "evidence.csv",
                "event_id,column,value,document,start,end,quote,speaker,stance\nev-1,killed,12,d,1,2,12 people,police,reports\nev-2,perpetrator,Ridge,d,1,2,Ridge said,Ridge,claims\n",
            ),
            file(
                "decisions.csv",
                "number,when,verb,field,quote,id,previous\n1,t,accept,event,q,aa,\n2,t,undo,,,bb,aa\n",
            ),
        ];
        let hashes: Vec<_> =
            files.iter().map(|it| json!({"file": it.name, "sha256": aver_ledger::sha256(&it.bytes)})).collect();
        files.push(file("manifest.json", &json!({"files": hashes, "last_decision": "bb"}).to_string()));
        change(&mut files);
        check(&files).expect("it has a manifest")
    }

    #[test]
    fn a_bundle_that_was_not_touched_is_whole() {
        let it = bundle(|_| {});
        assert_eq!(it, Checked { files: 3, decisions: 2, contents: false, values: 3, ..Checked::default() });
    }

    #[test]
    fn what_was_changed_added_or_taken_away_is_named() {
        let faults = |change: &dyn Fn(&mut Vec<Output>)| bundle(change).faults.join("; ");
        assert_eq!(faults(&|it| it[0].bytes.push(b' ')), "events.csv is not what was handed out");
        assert!(faults(&|it| drop(it.remove(1))).starts_with("evidence.csv is missing"));
        assert!(faults(&|it| it.push(Output { name: "x".into(), bytes: vec![] })).contains("x is not in the manifest"));
        let cut = |it: &mut Vec<Output>| {
            it[2].bytes = b"number,when,verb,field,quote,id,previous\n1,t,accept,event,q,aa,\n".to_vec()
        };
        assert!(faults(&cut).contains("the last decision is not the one"));
        let unexplained =
            bundle(|it| it[1].bytes = b"event_id,column,value,document,start,end,quote,speaker,stance\n".to_vec());
        assert_eq!(unexplained.unexplained.len(), 3, "{:?}", unexplained.unexplained);
        assert!(check(&[]).is_err());
    }
}
