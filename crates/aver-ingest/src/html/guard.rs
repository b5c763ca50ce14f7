//! Bounds the nesting of markup before a parser sees it.
//!
//! In: HTML. Out: the same HTML, unless its tags are nested deeper than
//! [`DEEPEST`]; then the inner tags are left out and their text stays. HTML
//! parsers and extractors recurse, and reopen inline tags in every paragraph:
//! depth times length is what they work on.
//!
//! Counts conservatively, by a stack of names; it does not parse.

use std::borrow::Cow;

/// Nesting that ordinary pages stay far below.
pub(crate) const DEEPEST: usize = 200;
/// Inline nesting beyond this, in a page of many tags, is left out.
const DEEPEST_INLINE: usize = 12;
const MANY: usize = 20_000;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "keygen", "frame", "basefont", "bgsound",
];
/// Tags that the next of their kind closes.
const IMPLIED: &[&str] =
    &["p", "li", "dd", "dt", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "optgroup", "rp", "rt"];
const INLINE: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "span", "sub",
    "sup", "abbr", "cite",
];
/// Tags whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noframes"];

/// Markup that is safe to parse.
pub(crate) struct Tame<'h> {
    pub(crate) html: Cow<'h, str>,
    pub(crate) depth: usize,
    pub(crate) changed: bool,
    pub(crate) tags: usize,
}

/// Bounds the nesting of `html`.
pub(crate) fn tame(html: &str) -> Tame<'_> {
    let (mut depth, mut inline, mut tags) = (0, 0, 0);
    walk(html, |tag| {
        depth = depth.max(tag.depth);
        inline = inline.max(tag.inline);
        tags += 1;
        true
    });
    if depth <= DEEPEST && (inline <= DEEPEST_INLINE || tags < MANY) {
        return Tame { html: Cow::Borrowed(html), depth, changed: false, tags };
    }
    let kept =
        walk(html, |tag| tag.depth <= DEEPEST && !INLINE.contains(&tag.name) && !matches!(tag.name, "svg" | "math"));
    Tame { html: Cow::Owned(kept), depth, changed: true, tags }
}

/// An opening or closing tag with the number of tags open around it.
pub(crate) struct Tag<'t> {
    pub(crate) name: &'t str,
    pub(crate) depth: usize,
    inline: usize,
}

/// Calls `keep` with every tag and returns the markup of those kept, with all text.
fn walk(html: &str, mut keep: impl FnMut(&Tag<'_>) -> bool) -> String {
    let mut out = String::new();
    let mut open: Vec<(String, bool)> = vec![];
    let (mut inline, mut foreign, mut at) = (0usize, 0usize, 0);
    while let Some(start) = html[at..].find('<').map(|it| at + it) {
        out.push_str(&html[at..start]);
        let end = end_of_tag(html, start);
        let inner = html[start + 1..end].trim_end_matches('>');
        let closing = inner.starts_with('/');
        let name: String = inner
            .trim_start_matches('/')
            .chars()
            .take(16)
            .take_while(|it| it.is_ascii_alphanumeric())
            .map(|it| it.to_ascii_lowercase())
            .collect();
        at = end;
        if name.is_empty() {
            // Text ("a < b"), a comment or a doctype.
            out.push_str(&html[start..end]);
            continue;
        }
        let counts = foreign > 0 || !(VOID.contains(&name.as_str()) || IMPLIED.contains(&name.as_str()));
        let mut kept = true;
        if closing && counts {
            // A stray closing tag closes nothing; looking back a little is enough.
            if let Some(back) = open.iter().rev().take(24).position(|it| it.0 == name) {
                for (gone, was_kept) in open.split_off(open.len() - 1 - back) {
                    inline -= usize::from(INLINE.contains(&gone.as_str()));
                    foreign -= usize::from(matches!(gone.as_str(), "svg" | "math"));
                    kept = was_kept;
                }
            }
        } else {
            let inside = inline + usize::from(INLINE.contains(&name.as_str()));
            kept = keep(&Tag { name: &name, depth: open.len() + usize::from(counts), inline: inside });
            if counts && !closing && !inner.ends_with('/') {
                inline = inside;
                foreign += usize::from(matches!(name.as_str(), "svg" | "math"));
                open.push((name.clone(), kept));
            }
        }
        if kept {
            out.push_str(&html[start..end]);
        } else {
            out.push(' ');
        }
        if !closing && RAW.contains(&name.as_str()) {
            let close = raw_end(html, end, &name);
            out.push_str(&html[end..close]);
            at = close;
        }
    }
    out.push_str(&html[at..]);
    out
}

/// Returns where the content of a raw tag ends: at its closing tag or the end of the text.
pub(crate) fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(next) = html[at..].find("</").map(|it| at + it) {
        if html.as_bytes()[next + 2..].get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes())) {
            return next;
        }
        at = next + 2;
    }
    html.len()
}

/// Returns the byte after the tag or comment that starts at `start`.
pub(crate) fn end_of_tag(html: &str, start: usize) -> usize {
    let rest = &html[start..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or(html.len(), |it| start + 4 + it + 3);
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().skip(1).take(65_536) {
        match (quote, byte) {
            (None, b'>') => return start + at + 1,
            (None, b'"' | b'\'') if at > 1 && matches!(rest.as_bytes()[at - 1], b'=' | b' ') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // No end: the sign is text.
    start + 1
}
