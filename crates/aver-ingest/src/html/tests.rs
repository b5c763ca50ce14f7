use crate::{Error, Hints, ingest};
use aver_model::{Page, PublishedBasis};

fn read(html: &str) -> Page {
    ingest(html.as_bytes(), "page.html", &Hints::default()).expect("has text")
}

fn ids(page: &Page) -> Vec<&str> {
    page.notes.iter().map(|it| it.id.as_str()).collect()
}

const PARAGRAPHS: &str = "<p>Gunmen attacked a convoy near the town of Arbala on Monday, officials said. The road between the two towns has been closed since.</p>\
    <p>The governor confirmed that at least twelve people had died in the attack, among them the driver of a bus and three soldiers of the second brigade.</p>";

fn page(head: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head>{head}</head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Toll rises</h1>{PARAGRAPHS}</article><footer>Contact us</footer></body></html>"
    )
}

#[test]
fn a_page_says_when_where_and_who() {
    let page = read(&page(
        r#"<title>Toll rises | Norland News</title><meta property="og:site_name" content="Norland &amp; World"><script type="application/ld+json">
        {"@context": "x", "@graph": [{"@type": "WebSite", "name": "w"}, {"@type": ["NewsArticle"], "headline": "Toll rises in Arbala", "datePublished": "2022-10-06T23:30:00+04:30",
        "dateModified": "2022-10-08", "author": [{"name": "Ana Bel"}, {"name": "Cid Dor"}]}]}</script>"#,
    ));
    assert!(page.text.contains("twelve people") && !page.text.contains("Contact us"), "{}", page.text);
    let document = &page.document;
    assert_eq!(
        (document.title.as_deref(), document.byline.as_deref()),
        (Some("Toll rises in Arbala"), Some("Ana Bel, Cid Dor"))
    );
    assert_eq!(document.source.as_deref(), Some("Norland & World"));
    assert_eq!(
        (document.published.start, document.published.basis),
        ("2022-10-06".parse().ok(), PublishedBasis::Metadata)
    );
}

#[test]
fn meta_tags_count_and_other_dates_are_guesses() {
    let published = |head: &str| read(&page(head)).document.published;
    let tagged = published(r#"<meta content='2022-10-06T01:02:03Z' property='article:published_time'>"#);
    assert_eq!((tagged.start, tagged.basis), ("2022-10-06".parse().ok(), PublishedBasis::Metadata));
    let guessed = read(&page(r#"<link rel="canonical" href="https://norland.example/2022/10/06/toll">"#));
    assert_eq!(guessed.document.published.basis, PublishedBasis::Text);
    assert!(ids(&guessed).contains(&"published-guessed"));
    assert_eq!(published("").basis, PublishedBasis::None);
}

#[test]
fn declared_charsets_are_obeyed() {
    let html = page(r#"<meta charset="windows-1251">"#).replace("Arbala", "Москва");
    let bytes = encoding_rs::WINDOWS_1251.encode(&html).0;
    assert!(ingest(&bytes, "p", &Hints::default()).unwrap().text.contains("Москва"));
}

#[test]
fn hostile_nesting_is_answered_in_time() {
    let deep = |open: &str, n: usize| format!("<html><body>{}{PARAGRAPHS}", open.repeat(n));
    for (tag, n) in
        [("<div>", 10_000), ("<b>", 10_000), ("<table><tr><td>", 5_000), ("<svg><tr>", 5_000), ("<ul><li>", 10_000)]
    {
        let page = read(&deep(tag, n));
        assert!(page.text.contains("twelve people"), "{tag}");
        assert!(ids(&page).contains(&"page-nested"), "{tag}");
    }
    let reopened = format!(
        "<html><body>{}{}",
        (0..150).map(|it| format!("<font size={it}>")).collect::<String>(),
        "<p>x".repeat(20_000)
    );
    assert!(read(&reopened).text.contains('x'));
}

#[test]
fn broken_markup_is_read_as_it_stands() {
    for html in [
        "<html><p",
        "<html><body>a < b and c",
        "<!doctype html><script>",
        "<html><!-- no end",
        "<html><body><p title='>no end",
        "<html></html>",
    ] {
        match ingest(html.as_bytes(), "p", &Hints::default()) {
            Ok(page) => assert!(page.text.chars().any(char::is_alphanumeric), "{html}"),
            Err(error) => assert!(matches!(error, Error::NoArticle { .. }), "{html}: {error}"),
        }
    }
    assert_eq!(read("<html><body><p>Five died.</p></body></html>").text, "Five died.");
}
