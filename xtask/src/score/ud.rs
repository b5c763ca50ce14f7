//! Scores sentences, tokens, words, tags and trees from raw text against CoNLL-U.
//!
//! In: the folder of the data. Out: F1 by the definition of the CoNLL-2018 shared
//! task: words of both sides are aligned by their characters without white
//! space; sentence and token borders are the program's own; the part of a
//! relation after `:` is ignored. The raw text is put together again from the
//! words and `SpaceAfter=No`; paragraphs stand apart by a blank line.
//!
//! With `--test` the test parts are scored, for reports only; `--list` prints
//! the borders that differ.

use super::support::{depth, language, text_of};
use aver_language::{Depth, Language};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A word of the gold or of the program, by its characters without white space.
#[derive(Debug, Clone, PartialEq)]
struct Word {
    span: (usize, usize),
    upos: String,
    xpos: String,
    lemma: String,
    /// Span of the head; `None` is the root.
    head: Option<(usize, usize)>,
    relation: String,
}

/// One side of a document.
#[derive(Debug, Default)]
struct Side {
    sentences: Vec<(usize, usize)>,
    tokens: Vec<(usize, usize)>,
    words: Vec<Word>,
}

#[derive(Debug, Default)]
struct Document {
    name: String,
    text: String,
    gold: Side,
}

const METRICS: [&str; 8] = ["tokens", "sentences", "words", "upos", "xpos", "lemmas", "uas", "las"];

#[derive(Default, Clone)]
struct Counts([[usize; 3]; METRICS.len()]);

impl Counts {
    fn add(&mut self, metric: usize, right: usize, ours: usize, gold: usize) {
        for (slot, value) in self.0[metric].iter_mut().zip([right, ours, gold]) {
            *slot += value;
        }
    }

    fn f1(&self, metric: usize) -> f64 {
        let [right, ours, gold] = self.0[metric];
        if ours + gold == 0 { 0.0 } else { 200.0 * right as f64 / (ours + gold) as f64 }
    }
}

/// Scores `ud_ewt` and `ud_gum` of the data folder.
///
/// `--model=FOLDER` takes another model than the shipped one, `--no-model` none;
/// `--shallow` reads with the first exit, `--test` the test parts, `--list`
/// prints the borders that differ.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let has = |name: &str| options.iter().any(|it| it == name);
    let part = if has("--test") { "test" } else { "dev" };
    let language = if has("--no-model") { None } else { Some(language(options)?) };
    let depth = depth(options);
    println!("{:<22} {}", "", METRICS.map(|it| format!("{it:>9}")).join(" "));
    for set in ["ud_ewt", "ud_gum"] {
        let path = data.join(set).join(format!("{part}.conllu.gz"));
        let documents = read(&path)?;
        let mut rows: BTreeMap<String, Counts> = BTreeMap::new();
        for document in &documents {
            let ours = analyse(language.as_ref(), depth, &document.text);
            let counts = compare(&ours, &document.gold);
            if has("--list") {
                list(document, &ours);
            }
            for row in rows_of(set, &document.name) {
                let total = rows.entry(row).or_default();
                for metric in 0..METRICS.len() {
                    let [right, ours, gold] = counts.0[metric];
                    total.add(metric, right, ours, gold);
                }
            }
        }
        for (row, counts) in &rows {
            let cells: Vec<String> = (0..METRICS.len()).map(|it| format!("{:9.2}", counts.f1(it))).collect();
            println!("{:<22} {}", format!("{row} {part}"), cells.join(" "));
        }
    }
    Ok(())
}

/// The rows that a document counts for: its set, its genre, news and interviews together.
fn rows_of(set: &str, name: &str) -> Vec<String> {
    let mut rows = vec![set.to_owned()];
    let genre = if set == "ud_gum" { name.split('_').nth(1) } else { name.split('-').next() };
    if let Some(genre) = genre {
        rows.push(format!("{set} {genre}"));
        if matches!(genre, "news" | "interview") {
            rows.push(format!("{set} news+interview"));
        }
    }
    rows
}

fn analyse(language: Option<&Language>, depth: Depth, text: &str) -> Side {
    let analysis = match language {
        Some(language) => language.analyse(text, depth),
        None => aver_language::cut(text),
    };
    // Byte → characters that are no white space before it.
    let mut index = vec![0; text.len() + 1];
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        index[at] = seen;
        seen += usize::from(!c.is_whitespace());
    }
    index[text.len()] = seen;
    let place = |bytes: &std::ops::Range<usize>| (index[bytes.start], index[bytes.end]);
    let mut side = Side::default();
    for sentence in &analysis.sentences {
        let words = &analysis.words[sentence.words.clone()];
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        side.sentences.push((index[first.bytes.start], index[last.bytes.end]));
        for word in words {
            let span = place(&word.bytes);
            match side.tokens.last_mut() {
                Some(token) if word.joined => token.1 = span.1,
                _ => side.tokens.push(span),
            }
            side.words.push(Word {
                span,
                upos: word.upos.to_string(),
                xpos: word.xpos.to_string(),
                lemma: word.lemma.clone(),
                head: word.head.map(|it| place(&analysis.words[it].bytes)),
                relation: word.relation.split(':').next().unwrap_or("").to_owned(),
            });
        }
    }
    side
}

fn compare(ours: &Side, gold: &Side) -> Counts {
    let mut counts = Counts::default();
    let both = |a: &[(usize, usize)], b: &[(usize, usize)]| {
        let set: std::collections::HashSet<_> = a.iter().collect();
        b.iter().filter(|it| set.contains(it)).count()
    };
    counts.add(0, both(&ours.tokens, &gold.tokens), ours.tokens.len(), gold.tokens.len());
    counts.add(1, both(&ours.sentences, &gold.sentences), ours.sentences.len(), gold.sentences.len());
    let known: HashMap<(usize, usize), &Word> = ours.words.iter().map(|it| (it.span, it)).collect();
    let mut right = [0; METRICS.len()];
    for word in &gold.words {
        let Some(mine) = known.get(&word.span) else { continue };
        let head = mine.head == word.head;
        let agree = [
            true,
            mine.upos == word.upos,
            mine.xpos == word.xpos,
            word.lemma == "_" || mine.lemma == word.lemma,
            head,
            head && mine.relation == word.relation,
        ];
        for (metric, agree) in agree.into_iter().enumerate() {
            right[metric + 2] += usize::from(agree);
        }
    }
    for metric in 2..METRICS.len() {
        counts.add(metric, right[metric], ours.words.len(), gold.words.len());
    }
    counts
}

/// Prints tokens and sentences that only one side has.
fn list(document: &Document, ours: &Side) {
    let solid: Vec<char> = document.text.chars().filter(|it| !it.is_whitespace()).collect();
    let words = |span: &(usize, usize)| solid[span.0..span.1].iter().collect::<String>();
    let mut lines = vec![];
    for (kind, a, b) in
        [("token", &ours.tokens, &document.gold.tokens), ("sentence", &ours.sentences, &document.gold.sentences)]
    {
        let (x, y): (std::collections::HashSet<_>, std::collections::HashSet<_>) =
            (a.iter().collect(), b.iter().collect());
        lines.extend(a.iter().filter(|it| !y.contains(it)).map(|it| (it.0, kind, "ours", words(it))));
        lines.extend(b.iter().filter(|it| !x.contains(it)).map(|it| (it.0, kind, "gold", words(it))));
    }
    lines.sort();
    for (at, kind, side, words) in lines {
        println!("{} {at} {kind} {side} {words}", document.name);
    }
}

/// Reads a packed CoNLL-U file.
fn read(path: &Path) -> Result<Vec<Document>, String> {
    let text = text_of(path)?;
    let mut documents: Vec<Document> = vec![];
    for block in text.split("\n\n").filter(|it| !it.trim().is_empty()) {
        let name = block.lines().find_map(|it| it.strip_prefix("# newdoc id = "));
        if let Some(name) = name {
            documents.push(Document { name: name.to_owned(), ..Document::default() });
        }
        let fresh = name.is_some() || block.lines().any(|it| it == "# newpar" || it.starts_with("# newpar id"));
        if let Some(document) = documents.last_mut() {
            add(document, block, fresh);
        }
    }
    Ok(documents)
}

/// Adds a sentence to a document's text and gold.
fn add(document: &mut Document, block: &str, fresh: bool) {
    if fresh && !document.text.is_empty() {
        document.text.truncate(document.text.trim_end().len());
        document.text.push_str("\n\n");
    }
    let mut at = document.gold.sentences.last().map_or(0, |it| it.1);
    let first = at;
    let mut covered = 0;
    let (mut words, mut heads): (Vec<Word>, Vec<usize>) = (vec![], vec![]);
    for line in block.lines().filter(|it| !it.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != 10 || cells[0].contains('.') {
            continue;
        }
        let len = cells[1].chars().filter(|it| !it.is_whitespace()).count();
        let spaced = !cells[9].split('|').any(|it| it == "SpaceAfter=No");
        if let Some((_, to)) = cells[0].split_once('-') {
            covered = to.parse().unwrap_or(0);
            document.text.push_str(cells[1]);
            document.gold.tokens.push((at, at + len));
            if spaced {
                document.text.push(' ');
            }
            continue;
        }
        let number: usize = cells[0].parse().unwrap_or(0);
        if number > covered {
            document.text.push_str(cells[1]);
            document.gold.tokens.push((at, at + len));
            if spaced {
                document.text.push(' ');
            }
        }
        heads.push(cells[6].parse().unwrap_or(0));
        words.push(Word {
            span: (at, at + len),
            upos: cells[3].to_owned(),
            xpos: cells[4].to_owned(),
            lemma: cells[2].to_owned(),
            head: None,
            relation: cells[7].split(':').next().unwrap_or("").to_owned(),
        });
        at += len;
    }
    let spans: Vec<(usize, usize)> = words.iter().map(|it| it.span).collect();
    for (word, head) in words.iter_mut().zip(heads) {
        word.head = head.checked_sub(1).and_then(|it| spans.get(it).copied());
    }
    document.gold.sentences.push((first, at));
    document.gold.words.extend(words);
}
