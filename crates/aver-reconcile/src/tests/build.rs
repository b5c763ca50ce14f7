//! Builds readings by hand, finding every quote in the text.

use aver_codebook::Codebook;
use aver_model::*;

/// The built-in codebook with an invented group and its branches, made once.
pub fn codebook() -> &'static Codebook {
    static CODEBOOK: std::sync::LazyLock<Codebook> = std::sync::LazyLock::new(invented);
    &CODEBOOK
}

fn invented() -> Codebook {
    let mut codebook = Codebook::builtin().clone();
    let actor = |id: &str, name: &str, kind: &str| aver_codebook::ActorEntry {
        id: id.into(),
        name: name.into(),
        kind: kind.into(),
        ..Default::default()
    };
    codebook.actors.push(actor("rhf", "Red Hill Front", "armed_group"));
    codebook.actors.push(actor("gov", "Sorvan Authority", "state"));
    codebook.actors.push(aver_codebook::ActorEntry {
        channel_of: Some("rhf".into()),
        ..actor("rhf-news", "Red Hill News", "media")
    });
    codebook.actors.push(aver_codebook::ActorEntry {
        parent: Some("gov".into()),
        ..actor("gov-police", "Sorvan Police", "state_force")
    });
    codebook
}

pub struct Doc(pub Reading);

impl Doc {
    pub fn new(name: &str, source: &str, published: Option<&str>, text: &str) -> Doc {
        let day = published.map(|it| it.parse::<Day>().unwrap());
        Doc(Reading {
            format: FORMAT.into(),
            reader: Reader { version: "0".into(), codebook: "sha256:0".into(), model: None },
            document: Document {
                id: name.into(),
                sha256: format!("sha-{name}"),
                file: format!("{name}.txt"),
                source: Some(source.into()),
                title: None,
                byline: None,
                language: Some("en".into()),
                published: Published { start: day, end: day, basis: PublishedBasis::Given },
            },
            text: text.into(),
            dropped: vec![],
            actors: vec![],
            places: vec![],
            times: vec![],
            events: vec![],
            figures: vec![],
            statements: vec![],
            relations: vec![],
            forecasts: vec![],
            tallies: vec![],
            notes: vec![],
        })
    }

    pub fn span(&self, quote: &str) -> Span {
        let at = self.0.text.find(quote).unwrap_or_else(|| panic!("`{quote}` is not in the text"));
        let start = self.0.text[..at].chars().count();
        Span::new(start, start + quote.chars().count())
    }

    pub fn actor(mut self, id: &str, name: &str, kind: &str, codebook: Option<&str>, quote: &str) -> Doc {
        let mentions = vec![self.span(quote)];
        self.0.actors.push(Actor {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            codebook: codebook.map(Into::into),
            mentions,
        });
        self
    }

    pub fn place(mut self, id: &str, name: &str, level: &str, admin1: &str, country: &str) -> Doc {
        let mentions = vec![self.span(name)];
        self.0.places.push(Place {
            id: id.into(),
            name: name.into(),
            level: level.into(),
            admin1: Some(admin1.into()),
            country: Some(country.into()),
            lat: Some(34.5),
            lon: Some(69.2),
            gazetteer: None,
            mentions,
        });
        self
    }

    /// Adds an event `e1`, `e2` … in the outlet's voice; `when` is a day, `START..END`, or a word of the text without a date.
    pub fn event(mut self, quote: &str, kind: &str, when: &str, place: &str, facility: &str) -> Doc {
        let span = self.span(quote);
        let id = format!("e{}", self.0.events.len() + 1);
        let time = if when.is_empty() {
            None
        } else {
            let (start, end) = when.split_once("..").unwrap_or((when, when));
            let (start, end): (Option<Day>, Option<Day>) = (start.parse().ok(), end.parse().ok());
            let precision = if start.is_some() && start == end { Precision::Day } else { Precision::Period };
            let from = format!("t{}", self.0.times.len() + 1);
            let words = if start.is_none() && end.is_none() { self.span(when) } else { span };
            self.0.times.push(Time { id: from.clone(), span: words, start, end, precision, anchor: None, kind: None });
            Some(EventTime { start, end, precision, from: Some(from) })
        };
        let place = self.0.places.iter().find(|it| it.name == place).map(|it| EventPlace {
            name: it.name.clone(),
            admin1: it.admin1.clone(),
            country: it.country.clone(),
            facility: Some(facility.to_string()).filter(|it| !it.is_empty()),
            from: Some(it.id.clone()),
        });
        self.0.events.push(Event {
            id,
            span,
            mentions: vec![span],
            kind: kind.into(),
            acled: None,
            modality: Modality::Asserted,
            background: false,
            generic: false,
            aggregate: false,
            time,
            place,
            perpetrators: vec![],
            targets: vec![],
            weapon: None,
            speaker: OUTLET.into(),
        });
        self
    }

    /// Changes the last event.
    pub fn with(mut self, change: impl FnOnce(&mut Event)) -> Doc {
        change(self.0.events.last_mut().unwrap());
        self
    }

    /// Names an actor as perpetrator of the last event.
    pub fn by(self, actor: &str, basis: Basis, speaker: &str) -> Doc {
        let name = self.0.actors.iter().find(|it| it.id == actor).unwrap().name.clone();
        let it = Perpetrator { actor: Some(actor.into()), name, basis, speaker: speaker.into(), span: None };
        self.with(|event| event.perpetrators.push(it))
    }

    /// Adds a figure about the last event, said by an actor in a statement or by the outlet.
    pub fn figure(
        mut self,
        quote: &str,
        measure: &str,
        op: FigureOp,
        low: Option<u64>,
        high: Option<u64>,
        speaker: &str,
    ) -> Doc {
        let span = self.span(quote);
        let about = self.0.events.last().map(|it| it.id.clone()).into_iter().collect();
        self.0.figures.push(Figure {
            id: format!("f{}", self.0.figures.len() + 1),
            span,
            measure: measure.into(),
            op,
            low,
            high,
            unit: "persons".into(),
            group: None,
            part_of: None,
            about,
            speaker: speaker.into(),
            statement: None,
        });
        self
    }

    /// Adds an exact figure.
    pub fn exact(self, quote: &str, measure: &str, value: u64, speaker: &str) -> Doc {
        self.figure(quote, measure, FigureOp::Exact, Some(value), Some(value), speaker)
    }

    pub fn figure_with(mut self, change: impl FnOnce(&mut Figure)) -> Doc {
        change(self.0.figures.last_mut().unwrap());
        self
    }

    /// Adds a statement of an actor about the given ids.
    pub fn says(mut self, quote: &str, actor: &str, stance: Stance, about: &[&str]) -> Doc {
        let span = self.span(quote);
        let name = self.0.actors.iter().find(|it| it.id == actor).unwrap().name.clone();
        let source = self.0.document.source.clone().unwrap();
        self.0.statements.push(Statement {
            id: format!("s{}", self.0.statements.len() + 1),
            span,
            speaker: Speaker { actor: Some(actor.into()), name: name.clone(), span: Some(span), anonymous: false },
            chain: vec![source, name],
            cue: None,
            content: Content { span, spans: vec![] },
            stance,
            kind: ContentKind::Event,
            directness: Directness::Indirect,
            distancing: false,
            self_report: false,
            said: Said { start: None, end: None },
            about: about.iter().map(|it| it.to_string()).collect(),
        });
        self
    }

    pub fn anchor(&self, quote: &str, field: &str) -> Anchor {
        Anchor {
            value: None,
            definition: None,
            document: self.0.document.sha256.clone(),
            quote: quote.into(),
            span: self.span(quote),
            field: field.into(),
        }
    }
}

/// A decision with a number.
pub fn decision(number: u64, ruling: Ruling) -> Decision {
    Decision {
        id: format!("d{number}"),
        number,
        previous: String::new(),
        who: "An analyst".into(),
        when: "2023-01-01T00:00:00Z".into(),
        reason: None,
        ruling,
    }
}

/// The ledger's events of some documents.
pub fn ledger(docs: &[&Doc], decisions: &[Decision]) -> Vec<LedgerEvent> {
    ledger_with(docs, &crate::Reprints::none(), decisions)
}

pub fn ledger_with(docs: &[&Doc], reprints: &crate::Reprints, decisions: &[Decision]) -> Vec<LedgerEvent> {
    let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
    let codebook = codebook();
    let edges = crate::link(&readings, reprints, decisions, codebook);
    crate::events(&readings, &edges, reprints, decisions, codebook)
}

/// The mentions of each event, as `file#event`, for comparison.
pub fn grouping(events: &[LedgerEvent]) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = events
        .iter()
        .map(|it| {
            it.mentions.iter().map(|it| format!("{}#{}", it.document.trim_start_matches("sha-"), it.event)).collect()
        })
        .collect();
    out.sort();
    out
}

/// Two reports of one attack on a lodging in Sorvan, one dated, one told by the day of the week.
pub fn lodging() -> (Doc, Doc) {
    let dated = Doc::new(
        "a",
        "Valley Post",
        Some("2023-03-20"),
        "On Monday, December 12, the Red Hill Front attacked the guest house in Sorvan, which housed foreign engineers. \
         The Red Hill Front said 30 people were killed, but the Mercy Hospital said three people had died.",
    )
    .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
    .actor("a2", "Mercy Hospital", "body", None, "Mercy Hospital")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("attacked the guest house", "armed_assault", "2022-12-12", "Sorvan", "guest house")
    .by("a1", Basis::Stated, OUTLET)
    .with(|it| it.targets.push(Target { actor: None, name: "foreign engineers".into(), span: Span::new(80, 97) }))
    .exact("30 people were killed", "killed", 30, "a1")
    .exact("three people had died", "killed", 3, "a2")
    .says("The Red Hill Front said 30 people were killed", "a1", Stance::ClaimsResponsibility, &["e1", "f1"])
    .says("the Mercy Hospital said three people had died", "a2", Stance::Reports, &["f2"]);
    let undated = Doc::new(
        "b",
        "Lake Radio",
        None,
        "On Monday, Red Hill fighters stormed a hotel in Sorvan, killing several people and wounding others, among them five engineers.",
    )
    .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("stormed a hotel", "armed_assault", "Monday", "Sorvan", "hotel")
    .by("a1", Basis::Stated, OUTLET)
    .figure("killing several people", "killed", FigureOp::Several, Some(3), None, OUTLET)
    .exact("five engineers", "wounded", 5, OUTLET);
    (dated, undated)
}
