//! All text of a page, when no article stands out in it.
//!
//! In: HTML. Out: its text, a block a line; scripts and styles left out,
//! character references resolved.

use super::guard::{end_of_tag, raw_end};

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "figcaption",
    "figure",
    "title",
    "body",
    "head",
    "html",
    "nav",
    "aside",
    "main",
    "hr",
    "dd",
    "dt",
    "form",
    "option",
];

/// Returns the text of a page.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 4);
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|it| at + it) {
        out.push_str(&html[at..start]);
        let end = end_of_tag(html, start);
        at = end;
        if end == start + 1 {
            out.push('<');
            continue;
        }
        let inner = html[start + 1..end].trim_start_matches('/');
        let name: String = inner
            .chars()
            .take(12)
            .take_while(|it| it.is_ascii_alphanumeric())
            .map(|it| it.to_ascii_lowercase())
            .collect();
        if BLOCKS.contains(&name.as_str()) {
            out.push('\n');
        }
        if matches!(name.as_str(), "script" | "style" | "title") && !html[start..].starts_with("</") {
            at = raw_end(html, end, &name);
        }
    }
    out.push_str(&html[at..]);
    super::clean(&entities(&out))
}

/// Resolves the character references that metadata and text use.
pub(crate) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known =
            rest.bytes().take(12).position(|it| it == b';').and_then(|end| Some((character(&rest[1..end])?, end)));
        match known {
            Some((char, end)) => {
                out.push(char);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code =
            number.strip_prefix(['x', 'X']).map_or_else(|| number.parse().ok(), |it| u32::from_str_radix(it, 16).ok());
        return code.and_then(char::from_u32).filter(|it| *it != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "copy" => '©',
        "eacute" => 'é',
        "middot" => '·',
        "bull" => '•',
        "raquo" => '»',
        "laquo" => '«',
        _ => return None,
    })
}
