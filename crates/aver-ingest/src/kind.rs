//! Tells what kind of file bytes are, by their content.
//!
//! In: bytes. Out: text or HTML, or the error that names what they are instead.
//! The name of the file is for the message only. Only the first 4,096 bytes are
//! looked at, and all of them for NULs.

use crate::Error;

/// A kind that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Plain text.
    Text,
    /// A web page.
    Html,
}

const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text (RTF) document"),
    (b"SQLite format 3", "a SQLite database"),
    (b"RIFF", "a picture, sound or film"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"wOFF", "a font"),
    (b"WARC/", "a web archive (WARC)"),
];

/// Returns the kind of `bytes`.
pub(crate) fn of(bytes: &[u8], file: &str) -> Result<Kind, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty { file: file.to_owned(), bytes: bytes.len() });
    }
    if let Some((_, found)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Error::Binary { file: file.to_owned(), found: (*found).to_owned() });
    }
    let wide = crate::charset::utf16(bytes).is_some();
    if !wide && bytes.contains(&0) {
        return Err(Error::Binary { file: file.to_owned(), found: "binary (they hold NUL bytes)".to_owned() });
    }
    let cut = bytes.len().min(if wide { 8_192 } else { 4_096 });
    let head = crate::charset::decode(&bytes[..cut], None).text.to_ascii_lowercase();
    let head = head.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
    if head.starts_with("<?xml") || head.starts_with("<rss") || head.starts_with("<feed") {
        if head.contains("<rss") || head.contains("<feed") || head.contains("<rdf:rdf") {
            return Err(Error::Unknown { file: file.to_owned(), found: "a news feed".to_owned() });
        }
        if !head.contains("<html") {
            return Err(Error::Unknown { file: file.to_owned(), found: "an XML file".to_owned() });
        }
    }
    if is_html(head) {
        return Ok(Kind::Html);
    }
    let json = matches!(head.as_bytes(), [b'{' | b'[', ..]) && head.contains("\":");
    if json && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        return Err(Error::Unknown { file: file.to_owned(), found: "a JSON file".to_owned() });
    }
    Ok(Kind::Text)
}

fn is_html(head: &str) -> bool {
    const FIRST: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<!--[if"];
    const INSIDE: &[&str] = &[
        "<html", "<head", "<body", "<meta ", "<div", "<p>", "<p ", "<script", "<title", "<article", "<span", "<table",
        "<ul", "<h1",
    ];
    if FIRST.iter().any(|it| head.starts_with(it)) {
        return true;
    }
    head.starts_with('<') && INSIDE.iter().filter(|it| head.contains(**it)).count() >= 1
        || INSIDE.iter().filter(|it| head.contains(**it)).count() >= 4
}

/// Says whether decoded text is mostly control characters.
pub(crate) fn is_noise(text: &str) -> bool {
    let odd = |it: &char| (it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{c}')) || *it == '\u{fffd}';
    let (mut all, mut bad) = (0usize, 0usize);
    for char in text.chars().take(20_000) {
        all += 1;
        bad += usize::from(odd(&char));
    }
    bad * 10 > all
}
