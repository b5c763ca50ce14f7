//! Bad input is normal input: every odd file gets an answer that says what, where, what next.

use std::path::Path;
use std::process::{Command, Output};

fn aver(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_aver"))
        .args(args)
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .output()
        .expect("the program starts")
}

fn read(name: &str, bytes: &[u8]) -> (String, i32) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), bytes).expect("a file");
    let out = aver(folder.path(), &["read", "--json", name]);
    let text = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    (text, out.status.code().unwrap_or(-1))
}

#[test]
fn an_empty_file_and_a_picture_named_html_are_refused_with_a_hint() {
    let (text, code) = read("empty.txt", b"");
    assert!(code == 1 && text.contains("file-empty") && text.contains("hint"), "{text}");
    let (text, code) = read("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01");
    assert!(code == 1 && text.contains("file-not-text"), "{text}");
}

#[test]
fn utf_16_is_read() {
    let mut bytes = vec![0xff, 0xfe];
    for unit in "A bomb killed four people in Kabul on 3 May 2019, police said.\n".encode_utf16() {
        bytes.extend(unit.to_le_bytes());
    }
    let (text, code) = read("wide.txt", &bytes);
    assert!(code == 0 && text.contains("\"measure\":\"killed\""), "{text}");
}

#[test]
fn ten_megabytes_of_text_and_ten_thousand_nested_tags_get_an_answer() {
    let sentence = "Police said at least 12 people were killed in a bombing in Kabul on Monday. ";
    let (text, code) = read("huge.txt", sentence.repeat(10_000_000 / sentence.len()).as_bytes());
    assert!(code == 0 && text.len() > 10_000_000, "exit {code}");
    let nested =
        format!("<html><body>{}A bomb exploded.{}</body></html>", "<div>".repeat(10_000), "</div>".repeat(10_000));
    let (text, code) = read("nested.html", nested.as_bytes());
    assert!(code == 0 || code == 1 && text.contains("hint"), "exit {code}: {text}");
}

#[test]
fn a_long_line_without_a_full_stop_and_many_equal_words_are_read() {
    for text in [
        "word ".repeat(200_000),
        "killed".repeat(100_000),
        "“".repeat(100_000),
        "12 ".repeat(100_000),
        "said ".repeat(100_000),
    ] {
        let (out, code) = read("line.txt", text.as_bytes());
        assert!(code == 0 || code == 1 && out.contains("hint"), "exit {code}");
    }
}

/// The ids of the notes of a reading.
fn notes(text: &str) -> Vec<String> {
    let reading: serde_json::Value = serde_json::from_str(text).unwrap_or_else(|it| panic!("{it}: {text}"));
    let notes = reading["notes"].as_array().expect("a reading has notes");
    notes.iter().filter_map(|it| Some(it["id"].as_str()?.to_owned())).collect()
}

#[test]
fn another_language_is_told_and_not_pretended_to_be_read() {
    let french = "Au moins douze personnes ont été tuées lundi dans un attentat contre un marché de la ville, a annoncé \
                  le ministère, qui parle de nombreux blessés et accuse un groupe armé de la région.\n";
    let spanish = "Al menos doce personas murieron el lunes en un atentado contra un mercado de la ciudad, según anunció \
                   el ministerio, que habla de numerosos heridos y acusa a un grupo armado de la región.\n";
    let persian = "دست کم دوازده نفر در حمله به بازار کشته شدند. ".repeat(50);
    let hebrew = "לפחות שנים עשר בני אדם נהרגו ביום שני בפיצוץ בשוק, כך מסר המשרד. ".repeat(50);
    let chinese = "周一，该市一个市场发生爆炸，造成至少十二人死亡，卫生部说。".repeat(50);
    for text in [french, spanish, &persian, &hebrew, &chinese] {
        let (out, code) = read("other.txt", text.as_bytes());
        assert!(code == 0 && notes(&out).iter().any(|it| it == "language-not-english"), "{out}");
    }
}

#[test]
fn faces_marks_without_letters_and_zero_bytes_get_an_answer() {
    let letter = format!("a{} said that the town was quiet.", "\u{301}".repeat(50_000));
    let lone = format!("Police said that four people died. {} It was quiet.", "\u{301}\u{323} ".repeat(10_000));
    let mixed = "The mayor said that 🙂🔥 \u{202e}the market\u{202c} burned \u{feff}down. ".repeat(200);
    for text in ["🙂🔥 ".repeat(10_000), letter, lone, mixed] {
        let (out, code) = read("odd.txt", text.as_bytes());
        assert!(code == 0, "exit {code}: {out}");
        notes(&out);
    }
    let (out, code) = read("zero.txt", b"A bomb\0 killed four people in Kabul, police said.\0\n");
    assert!(code == 1 && out.contains("file-not-text") && out.contains("hint"), "{out}");
}

/// The model reads so much and no more, and says so.
#[test]
fn five_megabytes_without_a_full_stop_are_read_up_to_a_limit() {
    let (out, code) = read("line.txt", "a market near the river ".repeat(210_000).as_bytes());
    assert!(code == 0, "exit {code}");
    notes(&out);
    let told = "they said that the market near the river and the old bridge had burned ".repeat(9_000);
    let (out, code) = read("told.txt", told.as_bytes());
    let notes = notes(&out);
    assert!(code == 0 && ["long-sentence", "long-text"].iter().all(|id| notes.iter().any(|it| it == id)), "{notes:?}");
}

#[test]
fn a_missing_file_a_bad_date_and_a_missing_ledger_say_what_next() {
    let folder = tempfile::tempdir().expect("a folder");
    for args in
        [&["read", "none.txt"][..], &["events", "--ledger", "none.aver"], &["add", "--published", "soon", "x.txt"]]
    {
        let out = aver(folder.path(), args);
        let text = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(text.starts_with("error: ") && text.contains("hint: "), "{args:?}: {text}");
        assert!(matches!(out.status.code(), Some(1 | 2)), "{args:?}");
    }
}

#[test]
fn one_bad_file_in_a_folder_stops_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = folder.path().join("articles");
    std::fs::create_dir(&articles).expect("a folder");
    std::fs::write(articles.join("a.txt"), "A bomb killed four people in Kabul on 3 May 2019, police said.\n")
        .expect("a file");
    std::fs::write(articles.join("b.txt"), b"\0\x01\x02\x03").expect("a file");
    let out = aver(folder.path(), &["--ledger", "l.aver", "add", "articles"]);
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(
        out.status.success() && text.contains("1 document:") && text.contains("1 file could not be added"),
        "{text}"
    );
    let again = aver(folder.path(), &["--ledger", "l.aver", "add", "articles/a.txt"]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("already on file"), "{again:?}");
    let proof = aver(folder.path(), &["--ledger", "l.aver", "verify"]);
    assert!(String::from_utf8_lossy(&proof.stdout).contains("Nothing stored has changed."), "{proof:?}");
}
