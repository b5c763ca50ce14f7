//! One request: who asks, for which state of the ledger, with which filters.
//!
//! Every handler takes a [`Ctx`]. It carries the snapshot (that of `?at=` when the
//! address has one) and the query.

use super::gate::Visitor;
use super::shell::{Screen, Shell};
use super::{App, Failure, Snapshot};
use crate::moment::At;
use crate::report::Report;
use aver_model::Reading;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use std::sync::Arc;

/// One request.
#[derive(Clone)]
pub struct Ctx {
    /// The workbench.
    pub app: App,
    /// The state of the ledger that this request shows, from beginning to end.
    pub snap: Arc<Snapshot>,
    /// The earlier moment that was asked for.
    pub at: Option<At>,
    /// The path of the address.
    pub path: String,
    /// The query, decoded, in its order.
    pub query: Vec<(String, String)>,
    /// Who asks; the login name of this machine unless a team is on.
    pub who: String,
    /// Where the ledger stood when this browser last looked at the events.
    pub looked: Option<String>,
    /// The same with what they may do.
    pub visitor: Visitor,
}

impl Ctx {
    /// Returns the first value of a key that is not empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, value)| name == key && !value.trim().is_empty()).map(|(_, value)| value.trim())
    }

    /// Returns every value of a key that is not empty.
    pub fn all(&self, key: &str) -> Vec<&str> {
        self.query.iter().filter(|(name, value)| name == key && !value.is_empty()).map(|(_, it)| it.as_str()).collect()
    }

    /// Says whether a key is set.
    pub fn is(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Returns an address on this server that keeps the position (`?at=`).
    pub fn link(&self, path: &str) -> String {
        match self.at {
            Some(at) => format!("{path}{}at={at}", if path.contains('?') { '&' } else { '?' }),
            None => path.to_owned(),
        }
    }

    /// Returns this page's query with one key set to these values (none takes it out), first page again.
    pub fn with(&self, key: &str, values: &[&str]) -> String {
        let kept = self.query.iter().filter(|(name, it)| name != key && name != "page" && !it.is_empty());
        let kept = kept.map(|(name, it)| (name.as_str(), it.as_str()));
        query_string(kept.chain(values.iter().map(|it| (key, *it))))
    }

    /// Returns the frame of a page.
    pub fn shell(&self, screen: Screen, title: impl Into<String>) -> Shell {
        Shell::new(self, screen, title.into())
    }

    /// Returns the reading of a document as this request sees it.
    ///
    /// # Errors
    /// The document is not on file.
    pub async fn reading(&self, document: &str) -> Result<Arc<Reading>, Failure> {
        Ok(self.app.reading(&self.snap, document).await?)
    }

    /// Refuses to decide on an earlier state.
    ///
    /// # Errors
    /// The address has `?at=`.
    pub fn must_be_now(&self) -> Result<(), Failure> {
        match self.at {
            None => Ok(()),
            Some(at) => Err(Report::input("decision-on-earlier-state", format!("this is the ledger as known at {at}"))
                .next("go to the present state and decide there")
                .into()),
        }
    }
}

/// Writes pairs as `?a=b&c=d`; nothing for none.
pub fn query_string<'q>(pairs: impl Iterator<Item = (&'q str, &'q str)>) -> String {
    let parts: Vec<String> = pairs.map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// Reads the fields of a form, decoded, in their order; what is no UTF-8 becomes U+FFFD.
pub fn pairs(body: &[u8]) -> Vec<(String, String)> {
    let decoded = |part: &[u8]| {
        let mut out = Vec::with_capacity(part.len());
        let mut rest = part.iter();
        while let Some(&byte) = rest.next() {
            let hex = |it: &[u8]| std::str::from_utf8(it).ok().and_then(|it| u8::from_str_radix(it, 16).ok());
            match (byte, rest.as_slice()) {
                (b'+', _) => out.push(b' '),
                (b'%', [a, b, ..]) if hex(&[*a, *b]).is_some() => {
                    out.extend(hex(&[*a, *b]));
                    rest.nth(1);
                }
                _ => out.push(byte),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let pairs = body.split(|it| *it == b'&').filter(|it| !it.is_empty());
    let split = |pair: &[u8]| match pair.iter().position(|it| *it == b'=') {
        Some(at) => (decoded(&pair[..at]), decoded(&pair[at + 1..])),
        None => (decoded(pair), String::new()),
    };
    pairs.map(split).collect()
}

/// Escapes a word for an address.
pub fn escaped(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for byte in word.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Returns the value of a cookie.
fn cookie(parts: &Parts, name: &str) -> Option<String> {
    let all = parts.headers.get_all(axum::http::header::COOKIE).into_iter().filter_map(|it| it.to_str().ok());
    let mut pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|it| it.0 == name).map(|it| it.1.to_owned())
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Ctx, Failure> {
        let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|it| Report::input("address-not-understood", it.to_string()).next("look at the part after `?`"))?;
        let at = query.iter().find(|(name, value)| name == "at" && !value.is_empty()).map(|(_, it)| it.parse());
        let at: Option<At> =
            at.transpose().map_err(|it: String| Report::input("position-not-understood", it).at("at"))?;
        let at = at.filter(|it| *it != At::Now);
        let snap = match at {
            Some(at) => app.snapshot_at(at).await?,
            None => app.snapshot().await?,
        };
        let visitor = parts.extensions.get::<Visitor>().cloned();
        let visitor = visitor.ok_or_else(|| Report::bug("a request came in without a visitor"))?;
        let who = visitor.name.clone();
        let path = parts.uri.path().to_owned();
        let looked = cookie(parts, "looked");
        Ok(Ctx { app: app.clone(), snap, at, path, query, who, looked, visitor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_written() {
        let pairs_given = [("a b", "1 & 2 = 3 %"), ("é", "“quote”\n+"), ("empty", "")];
        let written = query_string(pairs_given.into_iter());
        let read = pairs(written.trim_start_matches('?').as_bytes());
        assert_eq!(read, pairs_given.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(pairs(b"a=%zz&b=%e"), [("a".into(), "%zz".into()), ("b".into(), "%e".into())]);
        assert_eq!(pairs(b""), []);
    }
}
