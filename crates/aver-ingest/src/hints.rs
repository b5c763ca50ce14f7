//! What the caller knows of a file that the file does not say of itself.
//!
//! In: `--published`, `--source`, or the text of `NAME.meta.json`. Out: a
//! [`Hints`] value; hints given on the command line win over those of the file
//! ([`Hints::or`]).

use aver_model::{Day, Published};
use serde_json::Value;

/// Facts about a document that come from outside its bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hints {
    /// When it was published.
    pub published: Option<Published>,
    /// The outlet.
    pub source: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The author line.
    pub byline: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
}

/// What is wrong with given hints.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HintsError {
    /// Not JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// A field of the wrong kind.
    #[error("`{field}` is {found}; it must be {wanted}")]
    Field {
        /// The field's name.
        field: &'static str,
        /// What stands there.
        found: String,
        /// What may stand there.
        wanted: &'static str,
    },
    /// No day, or an interval that ends before it starts.
    #[error("published: {0}")]
    Published(String),
}

const FORMS: &str = "\"2023-03-19\", \"2023-03-01..2023-03-31\" or {\"start\": …, \"end\": …}";

impl Hints {
    /// Returns these hints, with what is missing taken from `other`.
    pub fn or(self, other: Hints) -> Hints {
        Hints {
            published: self.published.or(other.published),
            source: self.source.or(other.source),
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            url: self.url.or(other.url),
        }
    }

    /// Reads `NAME.meta.json`: an object with `published`, `source`, `title`, `byline`, `url`, each optional.
    ///
    /// Other fields are left alone.
    pub fn from_meta_json(text: &str) -> Result<Hints, HintsError> {
        let value: Value =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|it| HintsError::Json(it.to_string()))?;
        let Value::Object(map) = value else {
            return Err(HintsError::Json(format!("the file holds {}; it must hold an object {{…}}", name_of(&value))));
        };
        let words = |field: &'static str| match map.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim().to_owned())),
            Some(other) => Err(HintsError::Field { field, found: name_of(other), wanted: "text or null" }),
        };
        let published = match map.get("published") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(Hints::published(text)?),
            Some(Value::Object(pair)) => {
                let side = |name: &str| pair.get(name).and_then(Value::as_str).map(day).transpose();
                match (side("start")?, side("end")?) {
                    (None, None) => None,
                    (start, end) => Some(interval(start.or(end), end.or(start))?),
                }
            }
            Some(other) => return Err(HintsError::Field { field: "published", found: name_of(other), wanted: FORMS }),
        };
        Ok(Hints {
            published,
            source: words("source")?,
            title: words("title")?,
            byline: words("byline")?,
            url: words("url")?,
        })
    }

    /// Reads `2022-12-15`, `2022-12-13..2022-12-17` or an ISO date and time, as `--published` gives it.
    pub fn published(text: &str) -> Result<Published, HintsError> {
        match text.split_once("..") {
            Some((start, end)) => interval(Some(day(start)?), Some(day(end.trim_start_matches('='))?)),
            None => day(text).and_then(|it| interval(Some(it), Some(it))),
        }
    }
}

fn day(text: &str) -> Result<Day, HintsError> {
    let text = text.trim();
    let date = text.split_once(['T', ' ']).map_or(text, |(date, _)| date);
    date.parse().map_err(HintsError::Published)
}

fn interval(start: Option<Day>, end: Option<Day>) -> Result<Published, HintsError> {
    match (start, end) {
        (Some(start), Some(end)) if start <= end => Ok(Published::given(start, end)),
        (Some(start), Some(end)) => {
            Err(HintsError::Published(format!("the interval ends ({end}) before it starts ({start})")))
        }
        _ => Err(HintsError::Published(format!("write {FORMS}"))),
    }
}

fn name_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.to_string(),
        Value::String(it) => format!("\"{it}\""),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
