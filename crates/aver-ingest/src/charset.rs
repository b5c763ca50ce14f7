//! Turns bytes into text, whatever their charset.
//!
//! Order: byte order mark, UTF-16 by its pattern of NULs, valid UTF-8, the
//! charset that the page declares, a guess from the bytes (as browsers do).
//! A guess and every lost character is noted; nothing is lost in silence.

use aver_model::Note;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text with what is odd about it.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) notes: Vec<Note>,
}

/// Returns the UTF-16 encoding of `bytes`, if they look like it, and the length of the mark.
pub(crate) fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xff\xfe\0\0") {
        return Some((UTF_16LE, 2));
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some((UTF_16BE, 2));
    }
    let head = &bytes[..bytes.len().min(2_048) & !1];
    if head.len() < 8 {
        return None;
    }
    let nul = |odd: usize| head.iter().skip(odd).step_by(2).filter(|it| **it == 0).count() * 20 / head.len();
    match (nul(0), nul(1)) {
        (0, 7..) => Some((UTF_16LE, 0)),
        (7.., 0) => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// Decodes `bytes`; `declared` is the charset that the page names, if it names one.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let mut notes = vec![];
    if let Some((encoding, mark)) = utf16(bytes) {
        let (text, lossy) = encoding.decode_without_bom_handling(&bytes[mark..]);
        lost(&mut notes, lossy, encoding);
        return Decoded { text: text.into_owned(), notes };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), notes };
    }
    let named = declared.and_then(|it| Encoding::for_label(it.trim().as_bytes())).filter(|it| *it != UTF_8);
    let encoding = named.unwrap_or_else(|| guess(bytes));
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    if named.is_none() && encoding != UTF_8 {
        let message = format!("the charset is not stated; {} is guessed from the bytes", encoding.name());
        crate::note(&mut notes, "charset-guessed", None, &message);
    }
    lost(&mut notes, lossy, encoding);
    Decoded { text: text.into_owned(), notes }
}

/// Guesses a charset; bytes that are nearly all UTF-8 are damaged UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad * 4 {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

fn lost(notes: &mut Vec<Note>, lossy: bool, encoding: &'static Encoding) {
    if lossy {
        let message = format!("some bytes are no {}; each stands as U+FFFD in the text", encoding.name());
        crate::note(notes, "charset-damaged", None, &message);
    }
}

/// Returns the charset that the head of an HTML page declares.
#[cfg(feature = "html")]
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let name: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | ':'))
        .collect();
    (!name.is_empty()).then_some(name)
}
