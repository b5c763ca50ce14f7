//! Deciding from the browser and by programs: one ruling, appended to the chain.
//!
//! In: a [`Wish`], which names words by document, span and field. Out: the decision
//! as stored. The quote and the value that the machine read are taken from the
//! ledger, never from the request, so a request can only speak of what stands there.

use super::ctx::pairs;
use super::gate::Visitor;
use super::shell::see;
use super::{Answer, App, Ctx};
use crate::report::{Report, Result};
use crate::team::Role;
use aver_model::*;
use axum::body::Bytes;
use axum::{Router, routing::post};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/decide", post(form))
}

/// The field of words that only a person read.
pub(super) const WORDS: &str = "words";
/// Most characters of a statement that a person adds.
const LONGEST_STATEMENT: usize = 2000;

/// Words that a ruling is about: `SHA256:START-END:FIELD` in forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct At {
    /// SHA-256 of the document's bytes.
    pub document: String,
    /// Where the words stand, in code points of the text.
    pub span: Span,
    /// `event`, `figure`, `time`, `place`, `speaker`, `type`, `perpetrator`, `statement`, `forecast`;
    /// `reliability` or `credibility` to grade; `words` where a person reads what the machine did not.
    pub field: String,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}-{}:{}", self.document, self.span.start, self.span.end, self.field)
    }
}

impl From<&Anchor> for At {
    fn from(it: &Anchor) -> At {
        At { document: it.document.clone(), span: it.span, field: it.field.clone() }
    }
}

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<At, String> {
        let wrong = || format!("`{text}` is not SHA256:START-END:FIELD");
        let mut parts = text.split(':');
        let (Some(document), Some(span), Some(field), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let (start, end) = span.split_once('-').ok_or_else(wrong)?;
        let (start, end) = (start.parse().map_err(|_| wrong())?, end.parse().map_err(|_| wrong())?);
        Ok(At { document: document.into(), span: Span::new(start, end), field: field.into() })
    }
}

/// A ruling as a form or a program asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// `accept`, `reject`, `correct`, `same`, `different`, `unsure`, `resolve`, `grade`, `state` or `undo`.
    pub verb: String,
    /// The words; not for `undo`.
    #[serde(default)]
    pub a: Option<At>,
    /// The other words, for `same`, `different`, `unsure`; the event, for `resolve`.
    #[serde(default)]
    pub b: Option<At>,
    /// The value, for `correct`: `12..17`, `2022-12-12`, a name; the letter or digit, for `grade`.
    #[serde(default)]
    pub to: Option<String>,
    /// What became of it, for `resolve`.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// Id of the event that came of a forecast, for `resolve`; in place of `b`.
    #[serde(default)]
    pub event: Option<String>,
    /// Id or number of the decision, for `undo`.
    #[serde(default)]
    pub decision: Option<String>,
    /// Who is graded, for `grade`; who says it, for `state`.
    #[serde(default)]
    pub speaker: Option<String>,
    /// How the speaker stands to it, for `state`.
    #[serde(default)]
    pub stance: Option<Stance>,
    /// Why, in the analyst's words.
    #[serde(default)]
    pub reason: Option<String>,
    /// Number of a decision that this one takes the place of; it is undone as well.
    #[serde(default)]
    pub instead: Option<u64>,
}

/// Stores a ruling and returns it.
///
/// # Errors
/// The words do not stand there, the value has not the form of its field, or the
/// visitor may not.
pub async fn carry_out(app: &App, visitor: &Visitor, wish: Wish) -> Result<Decision> {
    let ruling = ruling(app, visitor, &wish).await?;
    let (who, when) = (visitor.name.clone(), (app.settings().instant)());
    let (reason, instead) = (wish.reason.clone(), wish.instead);
    if let Some(number) = instead {
        may_undo(visitor, &decision_of(app, &number.to_string()).await?)?;
    }
    let replaced = match instead {
        Some(number) => Some(decision_of(app, &number.to_string()).await?.id),
        None => None,
    };
    app.write(move |ledger| {
        // The old one goes first: should the machine stop in between, nothing holds twice.
        if let Some(decision) = replaced {
            ledger.decide(Ruling::Undo { decision }, &who, &when, Some("decided anew"))?;
        }
        Ok(ledger.decide(ruling, &who, &when, reason.as_deref())?)
    })
    .await
}

async fn ruling(app: &App, visitor: &Visitor, wish: &Wish) -> Result<Ruling> {
    let missing =
        |what: &str| Report::input("ruling-incomplete", format!("`{}` needs {what}", wish.verb)).at("decision");
    if wish.verb == "undo" {
        let wanted = wish.decision.as_deref().ok_or_else(|| missing("`decision`, an id or a number"))?;
        let decision = decision_of(app, wanted).await?;
        may_undo(visitor, &decision)?;
        return Ok(Ruling::Undo { decision: decision.id });
    }
    let first = wish.a.as_ref().ok_or_else(|| missing("`a`, the words it is about"))?;
    let a = anchor(app, first).await?;
    let b = match (&wish.b, &wish.event) {
        (Some(it), _) => Some(anchor(app, it).await?),
        (None, Some(id)) => Some(anchor(app, &mention_of(app, id).await?).await?),
        (None, None) => None,
    };
    let two = |b: Option<Anchor>| b.ok_or_else(|| missing("`b`, the other words"));
    Ok(match wish.verb.as_str() {
        "accept" => Ruling::Accept { anchor: a },
        "reject" => Ruling::Reject { anchor: a },
        "correct" => {
            let to = wish.to.as_deref().map(str::trim).ok_or_else(|| missing("`to`, the value"))?.to_owned();
            crate::decided::check_value(app.codebook(), &a.field, &to)?;
            Ruling::Correct { anchor: a, to }
        }
        "same" => Ruling::Same { a, b: two(b)? },
        "different" => Ruling::Different { a, b: two(b)? },
        "unsure" => Ruling::Unsure { a, b: two(b)? },
        "resolve" => {
            let outcome = wish.outcome.ok_or_else(|| missing("`outcome`: happened, did_not or cannot_tell"))?;
            Ruling::Resolve { anchor: a, outcome, event: b }
        }
        "grade" => {
            let source = named(&wish.speaker).ok_or_else(|| missing("`speaker`, who is graded"))?;
            let to = wish.to.as_deref().map(str::trim).ok_or_else(|| missing("`to`, a letter or a digit"))?;
            check_grade(&a.field, to)?;
            Ruling::Grade { anchor: a, source, to: to.to_owned() }
        }
        "state" => {
            let speaker = named(&wish.speaker).ok_or_else(|| missing("`speaker`, who says it"))?;
            let stance = wish.stance.ok_or_else(|| missing("`stance`, such as reports or denies"))?;
            if a.field != WORDS || a.quote.chars().count() > LONGEST_STATEMENT {
                return Err(missing("words of the text as `words`, at most 2000 characters"));
            }
            Ruling::State { anchor: a, speaker, stance }
        }
        other => {
            return Err(Report::input("verb-not-understood", format!("`{other}` is no ruling"))
                .next("write accept, reject, correct, same, different, unsure, resolve, grade, state or undo"));
        }
    })
}

/// Returns the words with their quote and with what the machine reads there.
async fn anchor(app: &App, at: &At) -> Result<Anchor> {
    let snapshot = app.snapshot().await?;
    let document = snapshot.document(&at.document)?.document.sha256.clone();
    let reading = app.reading(&snapshot, &document).await?;
    let offsets = Offsets::new(&reading.text);
    let quote = offsets.quote(&reading.text, at.span).to_owned();
    let mut anchor = Anchor { document, quote, span: at.span, field: at.field.clone(), value: None, definition: None };
    if aver_ledger::find_anchor(&anchor, &reading) != Some(at.span) {
        let words = super::words::clip(&anchor.quote, 80);
        return Err(Report::input("words-not-found", format!("no {} is read in “{words}”", at.field))
            .at(format!("{} {}–{}", reading.document.file, at.span.start, at.span.end))
            .next("the document may have been read again; load the page anew"));
    }
    anchor.value = aver_review::value_at(&reading, &anchor);
    anchor.definition = crate::decided::definition(app.codebook(), &reading, &anchor);
    Ok(anchor)
}

fn named(name: &Option<String>) -> Option<String> {
    let name = name.as_deref().map(str::trim)?;
    (1..=200).contains(&name.chars().count()).then(|| name.to_owned())
}

/// Says whether a grade is one: a letter of a source, a digit of what it says.
pub(super) fn check_grade(field: &str, to: &str) -> Result<()> {
    use crate::decided::{DIGITS, LETTERS};
    let known = match field {
        "reliability" => LETTERS,
        "credibility" => DIGITS,
        _ => {
            return Err(Report::input("grade-not-understood", format!("`{field}` has no grades"))
                .next("grade the reliability of a source or the credibility of a statement"));
        }
    };
    if known.iter().any(|it| it.0 == to) {
        return Ok(());
    }
    let all: Vec<String> = known.iter().map(|it| format!("{} {}", it.0, it.1)).collect();
    Err(Report::input("grade-not-understood", format!("`{to}` is no grade of {field}"))
        .next(format!("write one of {}", all.join(", "))))
}

/// Returns the words of an event's first mention.
async fn mention_of(app: &App, id: &str) -> Result<At> {
    let snapshot = app.snapshot().await?;
    let event = snapshot.event(id)?;
    let mention = event.mentions.first().ok_or_else(|| Report::bug(format!("event {id} has no mention")))?;
    let reading = app.reading(&snapshot, &mention.document).await?;
    let told = reading.events.iter().find(|it| it.id == mention.event);
    let told = told.ok_or_else(|| Report::bug(format!("event {id} is not in its reading")))?;
    Ok(At { document: mention.document.clone(), span: told.span, field: "event".into() })
}

async fn decision_of(app: &App, wanted: &str) -> Result<Decision> {
    let snapshot = app.snapshot().await?;
    let number = wanted.parse::<u64>().ok();
    let found = snapshot.decisions.iter().find(|it| Some(it.number) == number || it.id == wanted);
    found.cloned().ok_or_else(|| {
        Report::input("decision-not-found", format!("there is no decision `{wanted}`"))
            .next("the ledger lists them all")
    })
}

/// A coder takes back their own decisions, an editor anybody's.
pub(super) fn may_undo(visitor: &Visitor, decision: &Decision) -> Result<()> {
    if visitor.role == Role::Editor || decision.who == visitor.name {
        return Ok(());
    }
    Err(Report::input("undo-not-allowed", format!("decision {} is {}’s", decision.number, decision.who))
        .next("ask them, or an editor, to undo it"))
}

/// Reads a ruling from the fields of a form.
///
/// # Errors
/// A field that has not its form.
pub fn from_fields(fields: &[(String, String)]) -> Result<Wish> {
    let of = |name: &str| fields.iter().find(|it| it.0 == name && !it.1.trim().is_empty()).map(|it| it.1.trim());
    let at = |name: &'static str| -> Result<Option<At>> {
        let parsed = of(name).map(str::parse).transpose();
        parsed.map_err(|it: String| Report::input("words-not-understood", it).at(name))
    };
    let outcome = match of("outcome") {
        None => None,
        Some("happened") => Some(Outcome::Happened),
        Some("did_not") => Some(Outcome::DidNot),
        Some("cannot_tell") => Some(Outcome::CannotTell),
        Some(other) => {
            return Err(Report::input("outcome-not-understood", format!("`{other}` is no outcome"))
                .next("write happened, did_not or cannot_tell"));
        }
    };
    Ok(Wish {
        verb: of("verb").unwrap_or_default().into(),
        a: at("a")?,
        b: at("b")?,
        to: of("to").map(str::to_owned),
        speaker: of("speaker").map(str::to_owned),
        stance: of("stance")
            .map(|it| it.parse().map_err(|it: String| Report::input("stance-not-understood", it)))
            .transpose()?,
        outcome,
        event: of("event").map(str::to_owned),
        decision: of("decision").map(str::to_owned),
        reason: of("reason").map(str::to_owned),
        instead: of("instead").and_then(|it| it.parse().ok()),
    })
}

async fn form(ctx: Ctx, body: Bytes) -> Answer {
    ctx.must_be_now()?;
    let fields = pairs(&body);
    let decision = carry_out(&ctx.app, &ctx.visitor, from_fields(&fields)?).await?;
    let back = fields.iter().find(|it| it.0 == "back").map_or("/ledger", |it| it.1.as_str());
    Ok(see(&with_done(back, decision.number)))
}

/// Returns an address of this server as it is, any other as `otherwise`.
pub(super) fn ours<'b>(back: &'b str, otherwise: &'b str) -> &'b str {
    let ours = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    if ours { back } else { otherwise }
}

/// Adds the decision's number to an address of this server; any other address becomes the ledger's.
fn with_done(back: &str, number: u64) -> String {
    let back = ours(back, "/ledger");
    let (path, part) = back.split_once('#').map_or((back, String::new()), |(path, part)| (path, format!("#{part}")));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|it| !it.is_empty() && !it.starts_with("done="));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("done={number}")]).collect();
    format!("{path}?{}{part}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_this_server_only() {
        assert_eq!(with_done("/review?q=figures&done=3#x", 4), "/review?q=figures&done=4#x");
        assert_eq!(with_done("/review", 4), "/review?done=4");
        for elsewhere in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""] {
            assert_eq!(with_done(elsewhere, 4), "/ledger?done=4", "{elsewhere}");
        }
    }

    #[test]
    fn words_are_written_and_read_alike() {
        let at = At { document: "ab12".into(), span: Span::new(3, 9), field: "figure".into() };
        assert_eq!(at.to_string().parse(), Ok(at));
        for wrong in ["", "ab12", "ab12:3-9", "ab12:3:figure", "ab12:x-9:figure", "a:1-2:b:c"] {
            assert!(wrong.parse::<At>().is_err(), "{wrong}");
        }
    }
}
