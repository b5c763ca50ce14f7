//! What a page says of itself: title, author, outlet, publication date.
//!
//! In: HTML. Out: [`Meta`]. Read are JSON-LD (`datePublished`, `headline`,
//! `author`, `publisher`), `<meta>` tags, `<title>` and the language of
//! `<html>`. A date in a `<time>` element or in the address of the page is
//! returned apart, as guessed. The day is the one written, in its own zone.

use super::guard::{end_of_tag, raw_end};
use super::strip::entities;
use crate::pubdate;
use aver_model::Day;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(crate) struct Meta {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) published: Option<Day>,
    /// A day, and where it stands.
    pub(crate) guessed: Option<(Day, &'static str)>,
}

const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "article.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "pubdate",
    "date.published",
    "parsely-pub-date",
    "sailthru.date",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "displaydate",
    "date",
];
const LONGEST: usize = 200;

impl Meta {
    /// Reads the head, the scripts and the first `<time>` of a page.
    pub(crate) fn read(html: &str) -> Meta {
        let mut meta = Meta::default();
        let mut tags: BTreeMap<String, String> = BTreeMap::new();
        let mut linked = Linked::default();
        let (mut title, mut time, mut address) = (None, None, None);
        let mut at = 0;
        while let Some(start) = html[at..].find('<').map(|it| at + it) {
            let end = end_of_tag(html, start);
            at = end;
            let tag = &html[start..end];
            let name: String = tag[1..]
                .chars()
                .take(8)
                .take_while(|it| it.is_ascii_alphanumeric())
                .map(|it| it.to_ascii_lowercase())
                .collect();
            match name.as_str() {
                "meta" => {
                    let mut found = attributes(tag);
                    let key = ["property", "name", "itemprop"].iter().find_map(|it| found.remove(*it));
                    if let (Some(key), Some(value)) = (key, found.remove("content").filter(|it| !it.trim().is_empty()))
                    {
                        tags.entry(key.trim().to_ascii_lowercase()).or_insert(value);
                    }
                }
                "html" => {
                    meta.language = attributes(tag)
                        .remove("lang")
                        .map(|it| it.to_ascii_lowercase().chars().take_while(char::is_ascii_alphabetic).collect())
                }
                "link" if address.is_none() => {
                    let mut found = attributes(tag);
                    if found.get("rel").is_some_and(|it| it == "canonical") {
                        address = found.remove("href");
                    }
                }
                "time" if time.is_none() => time = attributes(tag).remove("datetime").and_then(|it| pubdate::iso(&it)),
                "script" | "style" | "title" => {
                    let close = raw_end(html, end, &name);
                    let inner = &html[end..close];
                    at = close;
                    if name == "title" && title.is_none() {
                        title = Some(entities(inner));
                    } else if name == "script" && tag.to_ascii_lowercase().contains("ld+json") {
                        linked.read(inner);
                    }
                }
                _ => {}
            }
        }
        let tag = |names: &[&str]| names.iter().find_map(|it| tags.get(*it)).cloned();
        let date = || DATES.iter().filter_map(|it| tags.get(*it)).find_map(|it| pubdate::iso(it));
        meta.published = linked.published.or_else(date);
        let of_address = || {
            address.or_else(|| tag(&["og:url"])).and_then(|it| address_day(&it)).map(|it| (it, "the page's address"))
        };
        meta.guessed = time.map(|it| (it, "a time element of the page")).or_else(of_address);
        meta.source = linked
            .publisher
            .or_else(|| tag(&["og:site_name", "application-name", "twitter:site", "dc.publisher"]))
            .and_then(|it| tidy(it.trim_start_matches('@')));
        let named = linked.headline.or_else(|| tag(&["og:title", "twitter:title", "dc.title", "headline"]));
        meta.title =
            named.and_then(|it| tidy(&it)).or_else(|| title.and_then(|it| tidy(headline(&it, meta.source.as_deref()))));
        let author = linked
            .author
            .or_else(|| tag(&["author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author"]));
        meta.byline = author.and_then(|it| tidy(&it)).filter(|it| !it.contains("://"));
        meta
    }
}

/// Cuts the outlet off a `<title>`: "Toll rises | Norland News".
fn headline<'t>(title: &'t str, source: Option<&str>) -> &'t str {
    let title = title.trim();
    for mark in [" | ", " - ", " – ", " — ", " :: "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && (source == Some(tail.trim()) || mark == " | " && head.len() > tail.len())
        {
            return head;
        }
    }
    title
}

fn tidy(text: &str) -> Option<String> {
    let text = entities(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() <= 2 * LONGEST).then_some(text)
}

/// Reads the attributes of one tag; names in lower case, the first of a name counts.
fn attributes(tag: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = tag.get(1..).unwrap_or("").trim_end_matches('>').trim_start_matches(|it: char| !it.is_whitespace());
    while found.len() < 40 {
        rest = rest.trim_start_matches(|it: char| it.is_whitespace() || it == '/');
        let length = rest.find(|it: char| it.is_whitespace() || it == '=').unwrap_or(rest.len());
        if length == 0 && !rest.starts_with('=') {
            break;
        }
        let name = rest[..length].to_ascii_lowercase();
        rest = rest[length..].trim_start();
        let Some(after) = rest.strip_prefix('=') else { continue };
        let after = after.trim_start();
        let (value, tail) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        found.entry(name).or_insert_with(|| entities(value));
        rest = tail;
    }
    found
}

/// Returns the day in an address: `/2022/10/06/`.
fn address_day(address: &str) -> Option<Day> {
    let parts: Vec<&str> = address.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|it| {
        let year = it[0].parse().ok().filter(|year| it[0].len() == 4 && (1990..2100).contains(year))?;
        Day::new(year, it[1].parse().ok()?, it[2].get(..2).unwrap_or(it[2]).parse().ok()?)
    })
}

/// What JSON-LD says.
#[derive(Debug, Default)]
struct Linked {
    published: Option<Day>,
    headline: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
}

impl Linked {
    fn read(&mut self, script: &str) {
        let script = script
            .trim()
            .trim_start_matches("<!--")
            .trim_start_matches("//<![CDATA[")
            .trim_end_matches("//]]>")
            .trim_end_matches("-->");
        if let Ok(value) = serde_json::from_str::<Value>(script.trim_end_matches([';', ' ', '\n'])) {
            self.take(&value);
        }
    }

    /// Takes from the first article in the graph; serde_json bounds the depth.
    fn take(&mut self, value: &Value) {
        match value {
            Value::Array(list) => list.iter().for_each(|it| self.take(it)),
            Value::Object(map) => {
                if is_article(map.get("@type")) {
                    let words = |name: &str| map.get(name).and_then(name_of);
                    if self.published.is_none() {
                        self.published = map.get("datePublished").and_then(Value::as_str).and_then(pubdate::iso);
                    }
                    self.headline = self.headline.take().or_else(|| words("headline"));
                    self.author = self.author.take().or_else(|| words("author"));
                    self.publisher = self.publisher.take().or_else(|| words("publisher"));
                }
                for name in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"] {
                    map.get(name).into_iter().for_each(|it| self.take(it));
                }
            }
            _ => {}
        }
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    let fits = |it: &Value| {
        it.as_str().is_some_and(|it| ["Article", "Posting", "Report", "Review"].iter().any(|end| it.ends_with(end)))
    };
    match kind {
        Some(Value::Array(list)) => list.iter().any(fits),
        Some(it) => fits(it),
        None => false,
    }
}

/// Returns a name: a text, `{"name": …}`, or a list of them.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(map) => map.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Array(list) => {
            let names: Vec<String> = list.iter().take(8).filter_map(name_of).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}
