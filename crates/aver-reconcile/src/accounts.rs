//! What each speaker says about one event, document by document.
//!
//! In: the mentions of one event. Out: one [`Account`] for every (speaker,
//! document): the outlet's own voice and everybody whom it quotes on the event or
//! on its figures. A reprint's account is folded into the original's when it says
//! nothing else.
//!
//! Nothing is weighed here, and nobody is right.

use crate::digest;
use crate::kin::Kin;
use crate::link::mention_key;
use crate::reprints::Stories;
use crate::sight::{Sight, Text, fold};
use aver_model::{
    Account, AccountFigure, AccountPerpetrator, Actor, Evidence, Figure, OUTLET, Span, Stance, Statement, UNSPECIFIED,
};
use std::collections::{BTreeMap, BTreeSet};

/// Stances from the one that decides most to the one that decides least.
const STRONGEST: &[Stance] = &[
    Stance::ClaimsResponsibility,
    Stance::Denies,
    Stance::Doubts,
    Stance::Rejects,
    Stance::Admits,
    Stance::Accuses,
    Stance::Confirms,
    Stance::WithholdsConfirmation,
    Stance::Condemns,
    Stance::Threatens,
    Stance::Reports,
    Stance::Estimates,
    Stance::Asserts,
    Stance::Forecasts,
    Stance::Commits,
    Stance::Urges,
    Stance::Commends,
];

/// An account while it is gathered, with what later steps need to know of it.
pub struct Draft {
    /// The account.
    pub account: Account,
    /// Under what the speaker counts as one and the same everywhere.
    pub speaker_key: String,
    /// Stands in the outlet's own voice.
    pub own_voice: bool,
}

/// A speaker in one document.
struct Voice<'r> {
    key: String,
    name: String,
    codebook: Option<&'r str>,
    chain: Vec<String>,
}

/// Finds the speakers of one reading.
struct Voices<'r> {
    text: &'r Text<'r>,
}

impl<'r> Voices<'r> {
    fn outlet_name(&self) -> String {
        let doc = &self.text.reading.document;
        doc.source.clone().unwrap_or_else(|| doc.file.clone())
    }

    fn outlet(&self) -> Voice<'r> {
        let name = self.outlet_name();
        Voice { key: "outlet".into(), chain: vec![name.clone()], name, codebook: None }
    }

    /// Returns the voice of a `speaker` field: `outlet`, `unspecified` or an actor id.
    fn of_field(&self, field: &str) -> Voice<'r> {
        match (field, self.text.actor(field)) {
            (_, Some(actor)) => self.of_actor(actor),
            (UNSPECIFIED, None) => Voice {
                key: UNSPECIFIED.into(),
                name: "not named".into(),
                codebook: None,
                chain: vec![self.outlet_name(), "not named".into()],
            },
            _ => self.outlet(),
        }
    }

    fn of_actor(&self, actor: &'r Actor) -> Voice<'r> {
        // An outlet that names itself ("told the Valley Post") still speaks in its own voice.
        if let Some(source) = self.text.reading.document.source.as_deref().map(fold)
            && (fold(&actor.name) == source
                || actor.mentions.iter().take(64).any(|it| fold(self.text.quote(*it)) == source))
        {
            return self.outlet();
        }
        Voice {
            key: actor.codebook.clone().unwrap_or_else(|| format!("name {}", fold(&actor.name))),
            name: actor.name.clone(),
            codebook: actor.codebook.as_deref(),
            chain: vec![self.outlet_name(), actor.name.clone()],
        }
    }

    fn of_statement(&self, statement: &'r Statement) -> Voice<'r> {
        let mut voice = match statement.speaker.actor.as_deref().and_then(|id| self.text.actor(id)) {
            Some(actor) => self.of_actor(actor),
            None if statement.speaker.name == UNSPECIFIED => self.of_field(UNSPECIFIED),
            None if statement.speaker.name == OUTLET
                || statement.speaker.span.is_none() && statement.chain.len() < 2 =>
            {
                self.outlet()
            }
            None => Voice {
                key: format!("name {}", fold(&statement.speaker.name)),
                name: statement.speaker.name.clone(),
                codebook: None,
                chain: vec![self.outlet_name(), statement.speaker.name.clone()],
            },
        };
        if statement.chain.len() > 1 && voice.key != "outlet" {
            voice.chain.clone_from(&statement.chain);
        }
        voice
    }
}

/// Returns the evidence for a span.
pub fn evidence(text: &Text<'_>, span: Span) -> Evidence {
    let doc = &text.reading.document;
    Evidence { document: doc.sha256.clone(), file: doc.file.clone(), span, quote: text.quote(span).to_string() }
}

/// Returns the accounts of one event: outlets' own voices first, then by date of publication.
pub fn accounts(group: &[&Sight<'_>], stories: &Stories<'_>, kin: &Kin<'_>) -> Vec<Draft> {
    let mut by_document: BTreeMap<&str, Vec<&Sight<'_>>> = BTreeMap::new();
    for &sight in group {
        by_document.entry(sight.sha).or_default().push(sight);
    }
    let mut drafts: Vec<Draft> = by_document.values().flat_map(|mentions| in_document(mentions)).collect();
    let mut parties: BTreeSet<String> = BTreeSet::new();
    for sight in group {
        parties.extend(sight.perpetrators.iter().cloned());
        let targets = sight.event.targets.iter().filter(|it| it.actor.is_some());
        parties.extend(targets.map(|it| sight.text.party_key(it.actor.as_deref(), &it.name)));
    }
    for draft in &mut drafts {
        let account = &mut draft.account;
        if draft.own_voice {
            draft.speaker_key = stories.outlet(&account.document).to_string();
        }
        account.party = !draft.own_voice && kin.is_party(&draft.speaker_key, &parties);
        if draft.speaker_key.starts_with(UNSPECIFIED) {
            // Somebody unnamed in a reprint is the one whom the original does not name.
            draft.speaker_key = format!("{UNSPECIFIED} {}", stories.original(&account.document));
        } else if !draft.own_voice && !account.party {
            draft.speaker_key = stories.speaking(std::mem::take(&mut draft.speaker_key));
        }
        let via = account.source.clone().unwrap_or_else(|| account.file.clone());
        account.voice = match (draft.own_voice, account.party) {
            (true, _) => "own voice".into(),
            (false, true) => format!("party to the conflict, via {via}"),
            (false, false) => format!("via {via}"),
        };
    }
    let mut drafts = fold_reprints(drafts, stories);
    let published: BTreeMap<&str, _> = group.iter().map(|it| (it.sha, it.published)).collect();
    let first = |it: &Draft| it.account.evidence.first().map(|it| it.span);
    drafts.sort_by(|a, b| {
        let rank = |it: &Draft| {
            let day = published.get(it.account.document.as_str()).copied().flatten();
            (!it.own_voice, day.is_none(), day, it.account.document.clone(), first(it), it.account.id.clone())
        };
        rank(a).cmp(&rank(b))
    });
    drafts
}

/// Gathers the accounts that one document holds.
fn in_document(mentions: &[&Sight<'_>]) -> Vec<Draft> {
    let Some(first) = mentions.first() else { return Vec::new() };
    let (text, event_key) = (first.text, mention_key(first.sha, first.event));
    let voices = Voices { text };
    let events: BTreeSet<&str> = mentions.iter().map(|it| it.event.id.as_str()).collect();
    let mut figures: Vec<&Figure> = events.iter().flat_map(|id| text.figures_about(id)).copied().collect();
    figures.sort_by_key(|it| (it.span, &it.id));
    figures.dedup_by_key(|it| &it.id);
    let ids = events.iter().copied().chain(figures.iter().map(|it| it.id.as_str()));
    let mut statements: Vec<&Statement> = ids.flat_map(|id| text.statements_about(id)).copied().collect();
    statements.sort_by_key(|it| (it.span, &it.id));
    statements.dedup_by_key(|it| &it.id);
    let mut gather = Gather { text, event_key: &event_key, out: BTreeMap::new() };

    for sight in mentions {
        let draft = gather.of(voices.of_field(&sight.event.speaker));
        draft.evidence_add(evidence(text, sight.event.span));
        draft.stance_add(Stance::Reports, sight.event.speaker == OUTLET);
        if draft.account.time.is_none() && sight.event.time.is_some() {
            draft.account.time.clone_from(&sight.event.time);
            draft.account.time_evidence = text.time_of(sight.event).map(|it| evidence(text, it.span));
        }
        if draft.account.place.is_none() {
            draft.account.place.clone_from(&sight.event.place);
        }
        for perpetrator in &sight.event.perpetrators {
            let draft = gather.of(voices.of_field(&perpetrator.speaker));
            let actor = perpetrator.actor.as_deref().and_then(|id| text.actor(id));
            // A claim elsewhere has words of its own; a name inside the event's words is shown with them.
            let event = sight.event.span;
            let words = perpetrator.span.filter(|it| !it.overlaps(event)).unwrap_or(event);
            let named = AccountPerpetrator {
                codebook: actor.and_then(|it| it.codebook.clone()),
                name: actor.map_or_else(|| perpetrator.name.clone(), |it| it.name.clone()),
                basis: perpetrator.basis,
                evidence: evidence(text, words),
            };
            draft.evidence_add(named.evidence.clone());
            if !draft.account.perpetrators.contains(&named) {
                draft.account.perpetrators.push(named);
            }
        }
    }
    for figure in figures {
        let voice = match figure.statement.as_deref().and_then(|id| text.statement(id)) {
            Some(statement) => voices.of_statement(statement),
            None => voices.of_field(&figure.speaker),
        };
        let draft = gather.of(voice);
        let found = AccountFigure { figure: figure.clone(), evidence: evidence(text, figure.span) };
        draft.evidence_add(found.evidence.clone());
        draft.account.figures.push(found);
    }
    for statement in statements {
        let draft = gather.of(voices.of_statement(statement));
        draft.evidence_add(evidence(text, statement.span));
        draft.stance_add(statement.stance, true);
        for sight in mentions.iter().filter(|it| statement.content.span.overlaps(it.event.span)) {
            if draft.account.time.is_none()
                && let Some(time) = text.time_of(sight.event).filter(|it| statement.content.span.contains(it.span))
            {
                draft.account.time.clone_from(&sight.event.time);
                draft.account.time_evidence = Some(evidence(text, time.span));
            }
        }
    }
    gather.finish()
}

/// The accounts of one document by speaker.
struct Gather<'r> {
    text: &'r Text<'r>,
    event_key: &'r str,
    out: BTreeMap<String, Draft>,
}

impl Gather<'_> {
    fn of(&mut self, voice: Voice<'_>) -> &mut Draft {
        let doc = &self.text.reading.document;
        let event_key = self.event_key;
        self.out.entry(voice.key.clone()).or_insert_with(|| {
            let own_voice = voice.key == "outlet";
            let speaker_key =
                if voice.key == UNSPECIFIED { format!("{UNSPECIFIED} {}", doc.sha256) } else { voice.key.clone() };
            let account = Account {
                id: digest::id("ac", [event_key, doc.sha256.as_str(), voice.key.as_str()]),
                document: doc.sha256.clone(),
                file: doc.file.clone(),
                source: doc.source.clone(),
                speaker: voice.name,
                codebook: voice.codebook.map(str::to_string),
                voice: String::new(),
                party: false,
                chain: voice.chain,
                stances: Vec::new(),
                time: None,
                time_evidence: None,
                place: None,
                figures: Vec::new(),
                perpetrators: Vec::new(),
                evidence: Vec::new(),
                reprints: Vec::new(),
            };
            Draft { account, speaker_key, own_voice }
        })
    }

    fn finish(self) -> Vec<Draft> {
        let mut out: Vec<Draft> = self.out.into_values().collect();
        for draft in &mut out {
            let account = &mut draft.account;
            if account.stances.is_empty() {
                account.stances.push(Stance::Reports);
            }
            account.stances.sort_by_key(|it| STRONGEST.iter().position(|stance| stance == it));
            account.evidence.sort_by_key(|it| it.span);
            account.evidence.dedup();
            account.figures.sort_by(|a, b| (a.figure.span, &a.figure.id).cmp(&(b.figure.span, &b.figure.id)));
        }
        out
    }
}

impl Draft {
    fn evidence_add(&mut self, found: Evidence) {
        self.account.evidence.push(found);
    }

    fn stance_add(&mut self, stance: Stance, said: bool) {
        if said && !self.account.stances.contains(&stance) {
            self.account.stances.push(stance);
        }
    }
}

/// What an account says, apart from where it stands; a reprint says the same.
fn content(account: &Account) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = account
        .figures
        .iter()
        .map(|it| {
            format!(
                "{} {} {:?} {:?} {:?}",
                it.figure.measure, it.figure.op, it.figure.low, it.figure.high, it.figure.group
            )
        })
        .collect();
    out.extend(account.stances.iter().map(|it| it.as_str().to_string()));
    out.extend(account.perpetrators.iter().map(|it| format!("by {} {}", fold(&it.name), it.basis)));
    out
}

/// Folds an account of a reprint into the original's account of the same speaker when it adds nothing.
fn fold_reprints(drafts: Vec<Draft>, stories: &Stories<'_>) -> Vec<Draft> {
    let (mut kept, copies): (Vec<Draft>, Vec<Draft>) =
        drafts.into_iter().partition(|it| stories.original(&it.account.document) == it.account.document);
    for copy in copies {
        let host = kept.iter_mut().find(|it| {
            let same_voice = if copy.own_voice { it.own_voice } else { it.speaker_key == copy.speaker_key };
            same_voice
                && stories.original(&it.account.document) == stories.original(&copy.account.document)
                && content(&copy.account).is_subset(&content(&it.account))
        });
        match host {
            Some(host) => host.account.reprints.push(copy.account.document),
            None => kept.push(copy),
        }
    }
    for draft in &mut kept {
        draft.account.reprints.sort();
    }
    kept
}
