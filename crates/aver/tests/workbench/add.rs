//! Adding by drop and by paste; what cannot be added says why and what to do.

use crate::desk::{Desk, Page};
use axum::body::Body;
use axum::http::Request;

const TEXT: &str = "A car bomb exploded at a market in Mosul on May 1, 2024, killing 12 people.";

/// Sends files as the browser does; `fields` come first.
pub fn upload(desk: &Desk, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
    let mut body: Vec<u8> = vec![];
    for (name, value) in fields {
        body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    let request = Request::post("/add/files")
        .header("content-type", "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    desk.send(request.unwrap())
}

fn token(desk: &Desk) -> String {
    desk.ok("/add").attrs("input[name=csrf]", "value").remove(0)
}

#[test]
fn a_dropped_file_is_read_and_seen_at_once() {
    let desk = Desk::empty();
    let sent = upload(
        &desk,
        &[("csrf", &token(&desk)), ("source", "Post"), ("published", "2024-05-02")],
        &[("a.txt", TEXT.as_bytes())],
    );
    assert_eq!(sent.header("location"), "/add/jobs/1", "{}", sent.text());
    let job = desk.ok("/add/jobs/1");
    assert_eq!(job.one("h1"), "All 1 read");
    assert!(job.one(".job tbody tr").contains("1 event"), "{}", job.one(".job tbody tr"));
    let events = desk.ok("/api/v1/events").json();
    assert_eq!(events["total"], 1);
    assert_eq!(events["values"][0]["accounts"][0]["source"], "Post");
    // The same bytes again change nothing and say so.
    upload(&desk, &[("csrf", &token(&desk))], &[("again.txt", TEXT.as_bytes())]);
    assert!(desk.ok("/add/jobs/2").one(".job tbody tr").contains("already on file as a.txt"));
    assert_eq!(desk.ok("/api/v1/documents").json()["total"], 1);
}

#[test]
fn a_pasted_text_has_its_outlet_and_date() {
    let desk = Desk::empty();
    let sent = desk.post(
        "/add/text",
        &[("text", TEXT), ("source", "Post"), ("published", "2024-05-02"), ("name", "../market.txt")],
    );
    assert_eq!(sent.status, 303, "{}", sent.text());
    let document = desk.ok("/api/v1/documents").json()["values"][0]["document"].clone();
    assert_eq!((&document["file"], &document["source"]), (&"market.txt".into(), &"Post".into()));
    assert_eq!(desk.post("/add/text", &[("text", " ")]).status, 400);
    let wrong = desk.post("/add/text", &[("text", TEXT), ("published", "soon")]);
    assert!(wrong.one("main").contains("2022-10-06"), "{}", wrong.one("main"));
}

#[test]
fn failures_are_listed_one_by_one_with_what_to_do_and_the_rest_is_added() {
    let desk = Desk::empty();
    let zip = b"PK\x03\x04\x14\x00\x00\x00\x08\x00bomb.zip of zeros";
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";
    let sent = upload(
        &desk,
        &[("csrf", &token(&desk))],
        &[("bomb.zip", zip), ("picture.html", png), ("empty.txt", b"  "), ("good.txt", TEXT.as_bytes())],
    );
    assert_eq!(sent.status, 303, "{}", sent.text());
    let job = desk.ok(sent.header("location"));
    assert_eq!(job.one("h1"), "3 of 4 could not be added");
    let rows = job.all(".job tbody tr");
    for (row, file) in rows.iter().zip(["bomb.zip", "picture.html", "empty.txt"]) {
        assert!(row.starts_with(file) && row.contains("not added"), "{row}");
    }
    let hints = job.all(".job tbody tr.failed td:last-child");
    assert!(hints.iter().all(|it| !it.is_empty()), "{hints:?}");
    assert!(hints[0].starts_with("unpack it"), "{hints:?}");
    assert_eq!(desk.ok("/api/v1/documents").json()["total"], 1);
}

#[test]
fn what_is_too_large_is_refused_and_says_how_large_it_may_be() {
    let desk = Desk::empty();
    let large = vec![b'a'; aver::workbench::LARGEST_FILE + 1];
    let sent = upload(&desk, &[("csrf", &token(&desk))], &[("large.txt", &large), ("good.txt", TEXT.as_bytes())]);
    let job = desk.ok(sent.header("location"));
    assert!(job.one(".job tbody tr.failed").contains("more than 16 MiB"), "{}", job.one(".job tbody tr.failed"));
    assert_eq!(desk.ok("/api/v1/documents").json()["total"], 1);
    let many: Vec<(&str, &[u8])> = (0..5).map(|_| ("x.txt", large.as_slice())).collect();
    let whole = upload(&desk, &[("csrf", &token(&desk))], &many);
    assert_eq!(whole.status, 413, "{}", whole.text());
    assert!(whole.one("main").contains("64 MiB"));
}
