//! What readers of a team see: private persons masked, as in every public export.
//!
//! In: a finished answer and who asked. Out: the same answer, for a reader with every
//! name of a private person replaced, in text, in attributes, in JSON and CSV. It is
//! done on the answer and not screen by screen, so no screen can forget it
//! (docs/decisions/0007). Coders and editors need names to code and see them.

use super::App;
use super::gate::Visitor;
use super::state::blocking;
use crate::moment::At;
use crate::team::Role;
use aver_ledger::Position;
use aver_publish::Mask;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, Mutex};

/// Masks of the states looked at last; making one takes every reading on file.
#[derive(Default)]
pub struct Veils(Mutex<Vec<(Position, Arc<Mask>)>>);

/// Masks kept at once.
const KEPT: usize = 3;
/// Most bytes of an answer that is masked; a larger one is refused rather than shown.
const LARGEST: usize = 256 << 20;

/// Masks what a reader is shown.
pub async fn veiled(State(app): State<App>, request: Request, next: Next) -> Response {
    let reader = request.extensions().get::<Visitor>().is_some_and(|it| it.team && it.role == Role::Reader);
    let query = super::ctx::pairs(request.uri().query().unwrap_or("").as_bytes());
    let at = query.into_iter().find(|it| it.0 == "at").and_then(|it| it.1.parse().ok());
    let is_file = request.uri().path().starts_with("/assets/");
    let response = next.run(request).await;
    if !reader || is_file {
        return response;
    }
    match masked(&app, at, response).await {
        Ok(response) => response,
        Err(report) => super::Failure(report).into_response(),
    }
}

async fn masked(app: &App, at: Option<At>, response: Response) -> crate::report::Result<Response> {
    let kind =
        response.headers().get(header::CONTENT_TYPE).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
    let kind = kind.unwrap_or_default();
    // Zip bundles of readers are public ones: they are masked before they are packed.
    let is_html = kind.starts_with("text/html");
    if !is_html && !kind.contains("json") && !kind.starts_with("text/csv") {
        return Ok(response);
    }
    let mask = mask(app, at).await?;
    let (mut parts, body) = response.into_parts();
    let too_large = |_| {
        crate::report::Report::input("answer-too-large", "the answer is too large to mask").next("ask for less at once")
    };
    let bytes = axum::body::to_bytes(body, LARGEST).await.map_err(too_large)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = if is_html { html(&text, &mask) } else { mask.apply(&text) };
    parts.headers.remove(header::CONTENT_LENGTH);
    Ok(Response::from_parts(parts, Body::from(text)))
}

async fn mask(app: &App, at: Option<At>) -> crate::report::Result<Arc<Mask>> {
    let now = app.snapshot().await?.position;
    let own = app.clone();
    let place = move || own.read(|ledger| Ok(at.map(|it| it.scope(ledger, (own.settings().today)()))));
    // An address may name a state that never was; then there is nothing to show, and the present will do.
    let position = blocking(place).await?.and_then(crate::report::Result::ok).map_or(now, |it| it.place);
    // Decisions bring no persons: masks differ by readings alone.
    let position = Position { decisions: 0, ..position };
    let held = |app: &App| {
        let kept = app.settings().veils.0.lock().unwrap_or_else(|it| it.into_inner());
        kept.iter().find(|it| it.0 == position).map(|it| it.1.clone())
    };
    if let Some(found) = held(app) {
        return Ok(found);
    }
    let reading = app.clone();
    let made = blocking(move || {
        let readings = reading.read(|ledger| Ok(ledger.readings_at(position)?))?;
        Ok(Arc::new(Mask::new(&readings.iter().collect::<Vec<_>>(), reading.codebook())))
    })
    .await?;
    let mut kept = app.settings().veils.0.lock().unwrap_or_else(|it| it.into_inner());
    kept.insert(0, (position, made.clone()));
    kept.truncate(KEPT);
    Ok(made)
}

/// Masks the text and the values of attributes of a page; tags and names of attributes are ours.
fn html(page: &str, mask: &Mask) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        out.push_str(&words(&rest[..open], mask));
        rest = &rest[open..];
        let mut quote = None;
        let end = rest.char_indices().find(|(_, it)| match (quote, it) {
            (None, '>') => true,
            (None, '"' | '\'') => {
                quote = Some(*it);
                false
            }
            (Some(open), it) if open == *it => {
                quote = None;
                false
            }
            _ => false,
        });
        let end = end.map_or(rest.len(), |it| it.0 + 1);
        tag(&rest[..end], mask, &mut out);
        rest = &rest[end..];
    }
    out.push_str(&words(rest, mask));
    out
}

fn tag(tag: &str, mask: &Mask, out: &mut String) {
    // Parts between quotes are values: every second one.
    let quote = if tag.contains('"') { '"' } else { '\'' };
    for (at, part) in tag.split(quote).enumerate() {
        if at > 0 {
            out.push(quote);
        }
        match at % 2 {
            1 if part.contains('%') => out.push_str(&address(part, mask)),
            1 => out.push_str(&words(part, mask)),
            _ => out.push_str(part),
        }
    }
}

/// Masks the words of an address: `%20` before a name hides where the name begins.
fn address(text: &str, mask: &Mask) -> String {
    // What this reads is a query's fields; as one field without a value it is decoded whole.
    let plain = super::ctx::pairs(text.replace('&', "%26").replace('=', "%3D").as_bytes());
    let plain = plain.into_iter().map(|it| it.0).collect::<String>();
    if words(&plain, mask) == plain {
        return text.to_owned();
    }
    words(&plain, mask).replace(' ', "%20").replace('"', "%22").replace('<', "%3C").replace('>', "%3E")
}

/// Masks words as they stand in a page; what was escaped is so again.
fn words(text: &str, mask: &Mask) -> String {
    const ESCAPES: [(&str, &str); 9] = [
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
    ];
    if !text.contains('&') {
        return mask.apply(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        match ESCAPES.iter().find(|it| rest.starts_with(it.0)) {
            Some((escape, it)) => {
                plain.push_str(it);
                rest = &rest[escape.len()..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    let masked = mask.apply(&plain);
    if masked == plain {
        return text.to_owned();
    }
    masked
        .replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use aver_codebook::Codebook;
    use aver_ingest::Hints;

    fn mask() -> Mask {
        let text = "Witness Samira O'Haddad said she saw 30 bodies in Mosul. A car bomb had killed 12 people.";
        let page = crate::gather::page(text.as_bytes(), "a.txt", &Hints::default()).expect("it is a text");
        let reading = aver_read::Reader::new(Codebook::builtin()).read(&page);
        Mask::new(&[&reading], Codebook::builtin())
    }

    #[test]
    fn names_go_from_text_and_attributes_and_markup_stays() {
        let mask = mask();
        assert_eq!(mask.apply("Samira O'Haddad"), "[person 1]");
        let page = "<p class=\"Samira\" title=\"Samira O&#39;Haddad &#38; co\">by <b>Samira</b> &#60;b&#62; Samira O&#39;Haddad</p><br>1 > 0";
        let shown = html(page, &mask);
        assert!(!shown.contains("Samira") && !shown.contains("Haddad"), "{shown}");
        assert!(
            shown.contains("&#60;b&#62; [person 1]</p><br>1 > 0") && shown.contains("[person 1] &#38; co\">by <b>"),
            "{shown}"
        );
        let link = html("<a href=\"/search?q=Samira%20O%27Haddad&#38;x=1\">", &mask);
        assert!(
            !link.contains("Samira") && !link.contains("Haddad") && link.starts_with("<a href=\"/search?q="),
            "{link}"
        );
        let without = "<a href='x?a=1&amp;b=2'>5 &lt; 6 &middot; é</a><!-- a --><p";
        assert_eq!(html(without, &mask), without);
    }
}
