//! One golden-file harness for the whole project: Markdown in, ledger out.
//!
//! Every `## heading` of every file under `tests/cases/` and of the codebook's
//! Markdown files is a test. Its `text` blocks are the documents (attributes:
//! `source="…" date=2023-03-20 file=name.txt`, or `rules`); the blocks after them are what
//! is expected:
//!
//! - `ledger`, `times`, `figures`, `actors` …: that part of the (last) reading, read with the shipped model as
//!   the command does; a document marked `rules` is read by rules alone;
//! - `sentences`, `words`: how the text is cut, without a model;
//! - `accounts`: the events over all documents, with their accounts;
//! - `console`: `$ aver …` lines run in a folder that holds the documents;
//!   `$ cat FILE` shows a file that a command wrote.
//!
//! `cargo xtask bless` rewrites the expected blocks; read the diff before you commit.

use aver::language::Choice;
use aver::print::reading::{self, Part};
use libtest_mimic::{Arguments, Failed, Trial};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

/// A text block.
struct Input {
    attributes: String,
    text: String,
}

/// An expected block.
struct Expected {
    kind: String,
    text: String,
    at: Range<usize>,
    line: usize,
}

struct Case {
    name: String,
    inputs: Vec<Input>,
    expected: Vec<Expected>,
}

/// Splits a Markdown file into its cases; names the line of a malformed block.
fn parse(markdown: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = vec![];
    let mut open: Option<(String, usize, usize)> = None;
    let mut position = 0;
    for (number, line) in markdown.split_inclusive('\n').enumerate() {
        let (start, end) = (position, position + line.len());
        position = end;
        let trimmed = line.trim_end();
        match &open {
            Some((info, from, opened)) if trimmed == "```" => {
                add_block(&mut cases, info, markdown[*from..start].to_owned(), *from..start, *opened)?;
                open = None;
            }
            Some(_) => {}
            None if trimmed.starts_with("```") => open = Some((trimmed[3..].trim().to_owned(), end, number + 1)),
            None if trimmed.starts_with("## ") => {
                cases.push(Case { name: trimmed[3..].to_owned(), inputs: vec![], expected: vec![] });
            }
            None => {}
        }
    }
    match open {
        Some((_, _, line)) => Err(format!("line {line}: block is never closed")),
        None => Ok(cases),
    }
}

fn add_block(cases: &mut [Case], info: &str, text: String, at: Range<usize>, line: usize) -> Result<(), String> {
    let kind = info.split_whitespace().next().unwrap_or("").to_owned();
    let known = matches!(kind.as_str(), "text" | "console" | "accounts" | "sentences" | "words")
        || Part::named(&kind).is_some();
    if !known {
        return Ok(());
    }
    let case = cases.last_mut().ok_or(format!("line {line}: `{kind}` block before any heading"))?;
    if kind == "text" {
        case.inputs.push(Input { attributes: info[4..].to_owned(), text });
    } else if case.inputs.is_empty() && kind != "console" {
        return Err(format!("line {line}: `{}` has a `{kind}` block but no text block", case.name));
    } else {
        case.expected.push(Expected { kind, text, at, line });
    }
    Ok(())
}

/// Returns the value of `name=value` or `name="value"`.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let from = attributes.find(&format!("{name}="))? + name.len() + 1;
    let rest = &attributes[from..];
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or("").to_owned(),
        None => rest.split_whitespace().next().unwrap_or("").to_owned(),
    })
}

/// One reader of each kind for all cases: the model is loaded once.
static RULES: LazyLock<aver_read::Reader<'static>> = LazyLock::new(|| reader(&Choice::None));
static MODEL: LazyLock<aver_read::Reader<'static>> = LazyLock::new(|| reader(&Choice::Full));

fn reader(choice: &Choice) -> aver_read::Reader<'static> {
    aver::language::reader(choice, aver_codebook::Codebook::builtin()).expect("the shipped model loads")
}

fn readings(case: &Case) -> Result<Vec<aver_model::Reading>, String> {
    let mut readings = vec![];
    for (number, input) in case.inputs.iter().enumerate() {
        let published = attribute(&input.attributes, "date").map(|it| aver_ingest::Hints::published(&it));
        let hints = aver_ingest::Hints {
            published: published.transpose().map_err(|it| it.to_string())?,
            source: attribute(&input.attributes, "source"),
            title: None,
            byline: None,
            url: None,
        };
        let file = attribute(&input.attributes, "file").unwrap_or(format!("{}.txt", number + 1));
        let page = aver_ingest::ingest(input.text.as_bytes(), &file, &hints).map_err(|it| it.to_string())?;
        let rules = input.attributes.split_whitespace().any(|it| it == "rules");
        readings.push(if rules { &RULES } else { &MODEL }.read(&page));
    }
    Ok(readings)
}

fn got(case: &Case, expected: &Expected) -> Result<String, String> {
    if expected.kind == "console" {
        return console(case, &expected.text);
    }
    if matches!(expected.kind.as_str(), "sentences" | "words") {
        return Ok(case.inputs.iter().map(|it| cut(&it.text, expected.kind == "words")).collect());
    }
    let readings = readings(case)?;
    if expected.kind == "accounts" {
        return Ok(aver::print::event::all(&readings, aver_codebook::Codebook::builtin()));
    }
    let part = Part::named(&expected.kind).ok_or("not a part of a reading")?;
    Ok(readings.last().map_or(String::new(), |it| reading::print(it, part)))
}

/// Prints a text's sentences, or their words parted by `|`.
fn cut(text: &str, words: bool) -> String {
    let analysis = aver_language::cut(text);
    let mut out = String::new();
    for sentence in &analysis.sentences {
        if !words {
            out += &text[sentence.bytes.clone()];
        }
        for (at, word) in analysis.words[sentence.words.clone()].iter().enumerate().filter(|_| words) {
            out += if at == 0 { "" } else { "|" };
            out += if word.joined { "+" } else { "" };
            out += &text[word.bytes.clone()];
        }
        out.push('\n');
    }
    out
}

/// Runs the `$ aver …` lines of a block and returns the block as it should read.
fn console(case: &Case, block: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    for (number, input) in case.inputs.iter().enumerate() {
        let file = attribute(&input.attributes, "file").unwrap_or(format!("{}.txt", number + 1));
        std::fs::write(folder.path().join(&file), &input.text).map_err(|it| it.to_string())?;
        let published = attribute(&input.attributes, "date").map(|it| format!("\"published\":\"{it}\""));
        let source = attribute(&input.attributes, "source").map(|it| format!("\"source\":\"{it}\""));
        let meta: Vec<String> = [published, source].into_iter().flatten().collect();
        let meta_file = folder.path().join(format!("{file}.meta.json"));
        std::fs::write(meta_file, format!("{{{}}}", meta.join(","))).map_err(|it| it.to_string())?;
    }
    let mut out = String::new();
    for line in block.lines().filter(|it| it.starts_with("$ ")) {
        out.push_str(line);
        out.push('\n');
        if let Some(file) = line.strip_prefix("$ cat ") {
            out.push_str(&std::fs::read_to_string(folder.path().join(file)).map_err(|it| format!("{file}: {it}"))?);
            continue;
        }
        let words: Vec<&str> = line[2..].split_whitespace().collect();
        let (set, words) = words.split_at(words.iter().position(|it| !it.contains('=')).unwrap_or(0));
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_aver"))
            .args(&words[1..])
            .current_dir(folder.path())
            .env_remove("AVER_CLOCK")
            .envs(set.iter().filter_map(|it| it.split_once('=')))
            // No ledger above the case's own folder is looked for: it is its home.
            .env("HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path())
            .env("COLUMNS", "100")
            .env("NO_COLOR", "1")
            .stdin(std::process::Stdio::null())
            .output()
            .map_err(|it| it.to_string())?;
        out.push_str(&String::from_utf8_lossy(&run.stdout));
        out.push_str(&String::from_utf8_lossy(&run.stderr));
        if let Some(code) = run.status.code().filter(|it| *it != 0) {
            out.push_str(&format!("[exit {code}]\n"));
        }
    }
    Ok(out.replace(&folder.path().display().to_string(), "."))
}

fn run(path: &Path, index: usize, case: &Case, lock: &Mutex<()>) -> Result<(), Failed> {
    for (block, expected) in case.expected.iter().enumerate() {
        let got = got(case, expected)?;
        if got == expected.text {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            let _one_writer = lock.lock().unwrap_or_else(|it| it.into_inner());
            let mut markdown = std::fs::read_to_string(path)?;
            // An earlier update may have moved the block.
            let at = parse(&markdown)?.remove(index).expected.remove(block).at;
            markdown.replace_range(at, &got);
            std::fs::write(path, markdown)?;
            continue;
        }
        let diff = similar::TextDiff::from_lines(&expected.text, &got);
        return Err(format!(
            "{}:{}: {}\n{}\nhint: if the new output is right, run `cargo xtask bless` and read the diff",
            path.display(),
            expected.line,
            case.name,
            diff.unified_diff().header("expected", "got")
        )
        .into());
    }
    Ok(())
}

fn markdown_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            markdown_files(&path, files);
        } else if path.extension().is_some_and(|it| it == "md") {
            files.push(path);
        }
    }
}

fn main() {
    let arguments = Arguments::from_args();
    let lock: &'static Mutex<()> = Box::leak(Box::default());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![];
    markdown_files(&root.join("tests/cases"), &mut files);
    markdown_files(&root.join("codebook"), &mut files);
    files.sort();
    let mut trials = vec![];
    for path in files {
        let shown = path.strip_prefix(&root).unwrap_or(&path).with_extension("");
        let stem = shown.display().to_string();
        let cases = std::fs::read_to_string(&path).map_err(|it| it.to_string()).and_then(|it| parse(&it));
        match cases {
            Ok(cases) => {
                for (index, case) in cases.into_iter().enumerate().filter(|(_, it)| !it.expected.is_empty()) {
                    let path = path.clone();
                    trials.push(Trial::test(format!("{stem}: {}", case.name), move || run(&path, index, &case, lock)));
                }
            }
            Err(fault) => trials.push(Trial::test(stem, move || Err(fault.into()))),
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
