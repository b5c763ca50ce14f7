//! Time expressions in whole texts: strict, relaxed and value F1.
//!
//! Predicted and gold expressions are matched in gold order, each to the first
//! free one that overlaps. On MEANTIME (TIMEX3) all of ours count. On GUM, which
//! marks dates and no clock times, only our dates count, and a time of the day
//! where a date is marked; they are compared by their days, or as recurring dates
//! (`--07`). The date of the document itself is left out. `--train` takes the
//! parts to tune on, `--list` prints what differs.

use super::support::{Count, page, text_of};
use aver_model::{Day, Page, Published, Span};
use aver_read::text::Text;
use aver_read::times::timex::{self, Timex, TimexKind};
use serde_json::Value as Json;
use std::path::Path;

/// A gold expression.
#[derive(Debug)]
struct Gold {
    span: Span,
    value: String,
    /// Written in the text as the date of the document.
    creation: bool,
}

/// A text with its gold.
struct Document {
    text: String,
    published: Option<Day>,
    gold: Vec<Gold>,
}

#[derive(Default)]
struct Counts {
    strict: Count,
    relaxed: Count,
    value: Count,
}

/// Scores MEANTIME and the dates of GUM.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let list = options.iter().any(|it| it == "--list");
    let train = options.iter().any(|it| it == "--train");
    println!("MEANTIME, {}", if train { "airbus, apple, gm" } else { "stock market" });
    let documents = meantime(&text_of(&data.join("meantime/documents.jsonl.gz"))?, train)?;
    report(&documents, list, |_, _| true, |ours, gold| ours.value == gold);
    let part = if train { "train" } else { "dev" };
    println!("GUM dates, {part}");
    let documents = gum(&text_of(&data.join(format!("ud_gum/{part}.conllu.gz")))?);
    report(&documents, list, gum_counts, same_days);
    Ok(())
}

/// Says whether ours is one that GUM would mark; `marked` where it marks a date.
fn gum_counts(it: &Timex, marked: bool) -> bool {
    match it.kind {
        TimexKind::Date => it.cal.is_some() || it.value.starts_with("BC") || recurring(&it.value).is_some(),
        TimexKind::Time => marked && it.cal.is_some(),
        TimexKind::Duration | TimexKind::Set => false,
    }
}

fn report(documents: &[Document], list: bool, counts_for: fn(&Timex, bool) -> bool, same: fn(&Timex, &str) -> bool) {
    let mut counts = Counts::default();
    for document in documents {
        let page = Page { document: dated(document.published), ..page(&document.text) };
        let text = Text::new(&page);
        let of_document = |span: Span| document.gold.iter().any(|gold| gold.creation && gold.span.shared(span) > 0);
        let mut ours: Vec<Timex> = timex::find(&text, document.published)
            .into_iter()
            .filter(|it| {
                let marked = document.gold.iter().any(|gold| gold.span.shared(it.span) > 0);
                counts_for(it, marked) && !of_document(it.span)
            })
            .collect();
        let gold: Vec<&Gold> = document.gold.iter().filter(|it| !it.creation).collect();
        for count in [&mut counts.strict, &mut counts.relaxed, &mut counts.value] {
            (count.ours, count.gold) = (count.ours + ours.len(), count.gold + gold.len());
        }
        let words = |span: Span| text.offsets.quote(text.raw, span).to_owned();
        let around = |span: Span| words(Span::new(span.start.saturating_sub(40), span.end + 30)).replace('\n', " ");
        for gold in gold {
            let Some(index) = ours.iter().position(|it| it.span.shared(gold.span) > 0) else {
                if list {
                    println!("missed  {} = {} [{}]", words(gold.span), gold.value, around(gold.span));
                }
                continue;
            };
            let found = ours.remove(index);
            let right = same(&found, &gold.value);
            counts.relaxed.right += 1;
            counts.strict.right += usize::from(found.span == gold.span);
            counts.value.right += usize::from(right);
            if list && !right {
                let (theirs, ours) = (words(gold.span), words(found.span));
                println!("differs {theirs} = {} | {ours} = {} [{}]", gold.value, found.value, around(gold.span));
            }
        }
        if list {
            for it in &ours {
                println!("extra   {} = {} {} [{}]", words(it.span), it.kind, it.value, around(it.span));
            }
        }
    }
    println!("{}", counts.strict.line("strict"));
    println!("{}", counts.relaxed.line("relaxed"));
    println!("{}", counts.value.line("value"));
}

fn dated(day: Option<Day>) -> aver_model::Document {
    let document = page("").document;
    match day {
        Some(day) => aver_model::Document { published: Published::given(day, day), ..document },
        None => document,
    }
}

/// Builds a text out of tokens, and says where each stands, in code points.
#[derive(Default)]
struct Builder {
    text: String,
    length: usize,
}

impl Builder {
    fn push(&mut self, words: &str) -> Span {
        let start = self.length;
        self.text.push_str(words);
        self.length += words.chars().count();
        Span::new(start, self.length)
    }
}

/// MEANTIME tells times in the title, the date line and the first four sentences only.
const ANNOTATED: u64 = 6;

/// Reads the annotated sentences of MEANTIME, each a line.
fn meantime(lines: &str, train: bool) -> Result<Vec<Document>, String> {
    let mut documents = vec![];
    for line in lines.lines() {
        let json: Json = serde_json::from_str(line).map_err(|it| format!("error: {it}"))?;
        if (json["corpus"] == "stock") == train {
            continue;
        }
        let empty = vec![];
        let list = |key: &str| json[key].as_array().unwrap_or(&empty).clone();
        let (mut tokens, sentences) = (list("tokens"), list("sentence_of"));
        tokens.truncate(sentences.partition_point(|it| it.as_u64().is_some_and(|it| it < ANNOTATED)));
        let mut builder = Builder::default();
        let mut spans = vec![];
        for (index, token) in tokens.iter().enumerate() {
            let word = token.as_str().unwrap_or_default();
            if index > 0 {
                let broken = sentences.get(index) != sentences.get(index - 1);
                let close = matches!(word, "," | "." | ";" | ":" | "'s" | "’s" | ")" | "%" | "n't");
                let open = tokens[index - 1].as_str().is_some_and(|it| matches!(it, "(" | "$"));
                builder.push(if broken {
                    "\n"
                } else if close || open {
                    ""
                } else {
                    " "
                });
            }
            spans.push(builder.push(word));
        }
        let mut document = Document { text: builder.text, published: None, gold: vec![] };
        for mention in list("mentions").iter().filter(|it| it["tag"] == "TIMEX3") {
            let tokens: Vec<usize> = mention["tokens"]
                .as_array()
                .unwrap_or(&empty)
                .iter()
                .filter_map(|it| Some(it.as_u64()? as usize))
                .collect();
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            if *last >= spans.len() {
                continue;
            }
            let value = mention["attributes"]["value"].as_str().unwrap_or_default().to_owned();
            let creation = mention["attributes"]["functionInDocument"] == "CREATION_TIME";
            if creation {
                document.published = value.parse().ok();
            }
            document.gold.push(Gold { span: Span::new(spans[*first].start, spans[*last].end), value, creation });
        }
        // Two texts leave the mark off their date line, the second sentence.
        let line = |from: u64| spans.get(sentences.partition_point(|it| it.as_u64().is_some_and(|it| it < from)));
        if document.published.is_none()
            && let (Some(from), Some(to)) = (line(1), line(2))
            && let Some(gold) =
                document.gold.iter_mut().find(|it| it.span.start >= from.start && it.span.end < to.start)
        {
            (document.published, gold.creation) = (gold.value.parse().ok(), true);
        }
        document.gold.sort_by_key(|it| it.span.start);
        documents.push(document);
    }
    Ok(documents)
}

/// Reads the `<date>` elements of GUM; a value is `when` or `from..to`.
fn gum(lines: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = vec![];
    let mut builder = Builder::default();
    let mut open: Vec<(usize, String)> = vec![];
    for line in lines.lines() {
        if line.starts_with("# newdoc") {
            if let Some(last) = documents.last_mut() {
                last.text = std::mem::take(&mut builder).text;
            }
            open.clear();
            documents.push(Document { text: String::new(), published: None, gold: vec![] });
        }
        let Some(document) = documents.last_mut() else { continue };
        if let Some(day) = line.strip_prefix("# meta::dateCreated = ") {
            document.published = day.parse().ok();
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = columns[..] else {
            if line.is_empty() && !builder.text.is_empty() {
                builder.push("\n");
            }
            continue;
        };
        if !id.bytes().all(|it| it.is_ascii_digit()) {
            continue;
        }
        let span = builder.push(form);
        if !misc.contains("SpaceAfter=No") {
            builder.push(" ");
        }
        let Some(elements) = misc.split('|').find_map(|it| it.strip_prefix("XML=")) else { continue };
        for element in elements.split_inclusive('>') {
            if element.starts_with("<date")
                && let Some(value) = gum_value(element)
            {
                open.push((span.start, value));
            } else if element.starts_with("</date")
                && let Some((start, value)) = open.pop()
            {
                document.gold.push(Gold { span: Span::new(start, span.end), value, creation: false });
            }
        }
    }
    if let Some(last) = documents.last_mut() {
        last.text = builder.text;
    }
    documents.iter_mut().for_each(|it| it.gold.sort_by_key(|gold| gold.span.start));
    documents
}

fn gum_value(element: &str) -> Option<String> {
    let get = |name: &str| {
        let from = element.find(&format!(" {name}:::\""))? + name.len() + 5;
        element[from..].split('"').next()
    };
    if let Some(when) = get("when") {
        return Some(when.to_owned());
    }
    let bound = |names: [&str; 2]| names.iter().find_map(|it| get(it)).unwrap_or_default().to_owned();
    Some(format!("{}..{}", bound(["from", "notBefore"]), bound(["to", "notAfter"])))
}

/// Returns a value without a year as GUM writes it: `XXXX-07-04` is `--07-04`, a season `--06..--08`.
fn recurring(value: &str) -> Option<String> {
    let part = value.strip_prefix("XXXX-")?;
    Some(match part {
        "SP" => "--03..--05".to_owned(),
        "SU" => "--06..--08".to_owned(),
        "FA" => "--09..--11".to_owned(),
        "WI" => "--12..--02".to_owned(),
        _ if part.bytes().all(|it| it.is_ascii_digit() || it == b'-') => format!("--{part}"),
        _ => return None,
    })
}

/// GUM ends a season with the month that begins the next.
fn seasonal(ours: &str, gold: &str) -> bool {
    ours.contains("..") && gold.len() == ours.len() && gold[..6] == ours[..6]
}

/// Says whether ours covers the days that gold tells.
fn same_days(ours: &Timex, gold: &str) -> bool {
    if let (Some(ours), Some(gold)) = (ours.value.strip_prefix("BC"), gold.strip_prefix('-')) {
        return ours.trim_start_matches('0') == gold.trim_start_matches('0');
    }
    if gold.starts_with("--") || gold.contains("..--") {
        return recurring(&ours.value).is_some_and(|it| gold == it || seasonal(&it, gold));
    }
    let Some(days) = ours.cal.and_then(timex::cal::Cal::days) else { return false };
    if let Some(timex::cal::Cal::Season(year, month)) = ours.cal
        && let Some((from, to)) = gold.split_once("..")
    {
        // "2012-06..2012-09" is summer as much as "2012-06-01..2012-08-31".
        let months = |to: i16| {
            format!(
                "{year}-{month:02}..{}-{:02}",
                year + (i16::from(month) + to) / 13,
                (i16::from(month) + to - 1) % 12 + 1
            )
        };
        let given = format!("{}..{}", &from[..from.len().min(7)], &to[..to.len().min(7)]);
        return [2, 3].iter().any(|it| given == months(*it));
    }
    let bounds = |it: &str| -> Option<(Day, Day)> {
        let it = it.split('T').next()?;
        if let Ok(day) = it.parse::<Day>() {
            return Some((day, day));
        }
        let mut parts = it.split('-');
        let year: i16 = parts.next()?.parse().ok()?;
        let cal = match parts.next() {
            Some(month) => timex::cal::Cal::Month(year, month.parse().ok()?),
            None => timex::cal::Cal::Year(year),
        };
        cal.days()
    };
    match gold.split_once("..") {
        Some((from, to)) => bounds(from).zip(bounds(to)).is_some_and(|(a, b)| (a.0, b.1) == days),
        None => bounds(gold).is_some_and(|it| it == days),
    }
}
