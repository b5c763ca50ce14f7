//! Scores each kind of record by the rule of the reading format.

use crate::gold::*;
use crate::matching::{self, Side, dates_fit, pair, pair_anywhere};
use crate::{Families, Miss, Report};
use aver_model::{OUTLET, Offsets, Reading, Span, Stance, UNSPECIFIED};
use std::collections::{BTreeMap, BTreeSet};

struct Scorer<'a> {
    reading: &'a Reading,
    gold: &'a Gold,
    families: &'a Families,
    offsets: Offsets,
    report: Report,
}

/// Scores one reading.
pub fn score(reading: &Reading, gold: &Gold, families: &Families) -> Report {
    let offsets = Offsets::new(&reading.text);
    let mut it = Scorer { reading, gold, families, offsets, report: Report::default() };
    it.times();
    it.events();
    it.figures();
    it.statements();
    it.relations();
    it.forecasts();
    it.tallies();
    it.furniture();
    it.report
}

fn gold_side(span: Span, tier: u8, words: String) -> Side {
    Side { spans: vec![span], tier, words }
}

impl Scorer<'_> {
    fn quote(&self, span: Span) -> String {
        self.offsets.quote(&self.reading.text, span).chars().take(110).collect()
    }

    fn side(&self, span: Span, words: impl std::fmt::Display) -> Side {
        Side { spans: vec![span], tier: 1, words: format!("{words} “{}”", self.quote(span)) }
    }

    fn line(&mut self, line: &str, ours: &[Side], gold: &[Side], pairs: &[(usize, usize)]) {
        self.report.lines.insert(line.to_owned(), matching::count(ours, gold, pairs));
        let file = self.reading.document.file.clone();
        if !line.contains(' ') {
            self.report.misses.extend(matching::misses(&file, line, ours, gold, pairs));
        }
    }

    fn times(&mut self) {
        let show = |it: &Option<aver_model::Day>| it.map_or("-".to_owned(), |it| it.to_string());
        let times = &self.reading.times;
        let ours: Vec<Side> =
            times.iter().map(|it| self.side(it.span, format!("{}..{}", show(&it.start), show(&it.end)))).collect();
        let gold: Vec<Side> = self
            .gold
            .times
            .iter()
            .map(|it| gold_side(it.span, it.tier, format!("{}..{} “{}”", show(&it.start), show(&it.end), it.quote)))
            .collect();
        let values = |i: usize, j: usize| {
            let (a, b) = (&times[i], &self.gold.times[j]);
            a.start == b.start && a.end == b.end
        };
        let overlap = pair(&ours, &gold, |_, _| true);
        let equal = pair(&ours, &gold, values);
        self.line("times (overlap)", &ours, &gold, &overlap);
        self.line("times", &ours, &gold, &equal);
    }

    fn events(&mut self) {
        let events = &self.reading.events;
        let ours: Vec<Side> = events
            .iter()
            .map(|it| {
                let mut spans = it.mentions.clone();
                spans.push(it.span);
                let time = it.time.as_ref().map_or((None, None), |it| (it.start, it.end));
                Side { spans, tier: 1, words: format!("{} {time:?} “{}”", it.kind, self.quote(it.span)) }
            })
            .collect();
        let gold: Vec<Side> = self.gold.events.iter().map(gold_event).collect();
        let typed = |i: usize, j: usize| {
            let it = &self.gold.events[j];
            std::iter::once(&it.kind)
                .chain(&it.also_type)
                .any(|kind| self.families.event(kind) == self.families.event(&events[i].kind))
        };
        let dated = |i: usize, j: usize| {
            let gold = self.gold.events[j].date.as_ref().map(|it| (it.start, it.end));
            dates_fit(events[i].time.as_ref().map(|it| (it.start, it.end)), gold)
        };
        let country = |i: usize, j: usize| {
            let gold = self.gold.events[j].place.as_ref().and_then(|it| it.country.as_ref());
            let ours = events[i].place.as_ref().and_then(|it| it.country.as_deref());
            gold.is_none_or(|it| ours.is_some_and(|ours| it.holds(ours)))
        };
        let overlap = pair(&ours, &gold, |_, _| true);
        let types = pair(&ours, &gold, typed);
        let all = pair(&ours, &gold, |i, j| typed(i, j) && dated(i, j));
        let placed = pair(&ours, &gold, |i, j| typed(i, j) && dated(i, j) && country(i, j));
        let blamed = pair(&ours, &gold, |i, j| typed(i, j) && self.perpetrators_fit(i, j));
        let show = |it: Option<String>| it.unwrap_or("-".to_owned());
        let place_of = |i: usize, j: usize| {
            let mine = events[i].place.as_ref().map(|it| format!("{} {}", it.name, show(it.country.clone())));
            let gold = self.gold.events[j].place.as_ref();
            let gold = gold.map(|it| format!("{} {:?}", show(it.name.clone()), it.country));
            format!("ours {}, gold {}: {}", show(mine), show(gold), ours[i].words)
        };
        let blame_of = |i: usize, j: usize| {
            let mine = events[i].perpetrators.iter().map(|it| {
                let name = it.actor.as_ref().map_or(it.name.clone(), |id| self.name_of(id));
                format!("{name} {}", it.basis.as_str())
            });
            let gold = self.gold.events[j].perpetrator.iter().map(|it| format!("{} {}", it.id, it.basis));
            let (mine, gold): (Vec<_>, Vec<_>) = (mine.collect(), gold.collect());
            format!("ours {mine:?}, gold {gold:?}: {}", ours[i].words)
        };
        let mut differing = self.differences("countries", &all, country, place_of);
        differing.extend(self.differences("perpetrators", &types, |i, j| self.perpetrators_fit(i, j), blame_of));
        self.report.misses.extend(differing);
        self.line("events (overlap)", &ours, &gold, &overlap);
        self.line("events (type family)", &ours, &gold, &types);
        self.line("events", &ours, &gold, &all);
        self.line("events (and country)", &ours, &gold, &placed);
        self.line("events (type, perpetrator and basis)", &ours, &gold, &blamed);
    }

    /// Lists the pairs that fit in all but the value that a finer line asks for.
    fn differences(
        &self,
        record: &str,
        pairs: &[(usize, usize)],
        fits: impl Fn(usize, usize) -> bool,
        words: impl Fn(usize, usize) -> String,
    ) -> Vec<Miss> {
        let miss = |&(i, j): &(usize, usize)| Miss {
            file: self.reading.document.file.clone(),
            record: record.to_owned(),
            fault: "differs".to_owned(),
            words: words(i, j),
        };
        pairs.iter().filter(|&&(i, j)| !fits(i, j)).map(miss).collect()
    }

    fn perpetrators_fit(&self, i: usize, j: usize) -> bool {
        let (ours, gold) = (&self.reading.events[i].perpetrators, &self.gold.events[j].perpetrator);
        if gold.is_empty() || ours.is_empty() {
            return gold.is_empty() == ours.is_empty();
        }
        gold.iter().any(|it| {
            ours.iter().any(|our| {
                our.basis.as_str() == it.basis && our.actor.as_ref().is_some_and(|actor| self.same_actor(actor, &it.id))
            })
        })
    }

    fn figures(&mut self) {
        let figures = &self.reading.figures;
        let ours: Vec<Side> = figures
            .iter()
            .map(|it| {
                self.side(it.span, format!("{} {} {:?}..{:?} {:?}", it.measure, it.op, it.low, it.high, it.about))
            })
            .collect();
        let gold: Vec<Side> = self
            .gold
            .figures
            .iter()
            .map(|it| {
                let words =
                    format!("{} {} {:?}..{:?} {:?} “{}”", it.measure, it.op, it.low, it.high, it.about, it.quote);
                gold_side(it.span, it.tier, words)
            })
            .collect();
        let number = |it: Option<u64>| it.map(|it| it as f64);
        let measured = |i: usize, j: usize| figures[i].measure == self.gold.figures[j].measure;
        let valued = |i: usize, j: usize| {
            let (a, b) = (&figures[i], &self.gold.figures[j]);
            measured(i, j) && a.op.as_str() == b.op && number(a.low) == b.low && number(a.high) == b.high
        };
        let overlap = pair(&ours, &gold, measured);
        let values = pair(&ours, &gold, valued);
        let all = pair(&ours, &gold, |i, j| valued(i, j) && self.about_fits(i, j));
        self.line("figures (measure)", &ours, &gold, &overlap);
        self.line("figures (value, operator)", &ours, &gold, &values);
        self.line("figures", &ours, &gold, &all);
    }

    /// A figure's event is right if one of its events overlaps one of gold's; gold without events asks nothing.
    fn about_fits(&self, i: usize, j: usize) -> bool {
        let wanted: Vec<Side> =
            self.gold.events.iter().filter(|it| self.gold.figures[j].about.contains(&it.id)).map(gold_event).collect();
        let about = &self.reading.figures[i].about;
        wanted.is_empty()
            || self.reading.events.iter().filter(|it| about.contains(&it.id)).any(|it| {
                let mut spans = it.mentions.clone();
                spans.push(it.span);
                wanted.iter().any(|gold| matching::shared(&spans, &gold.spans) > 0)
            })
    }

    fn statements(&mut self) {
        let statements = &self.reading.statements;
        let wanted: Vec<&GoldStatement> =
            self.gold.attributions.iter().filter(|it| !it.own_voice && it.content.is_some()).collect();
        let ours: Vec<Side> = statements
            .iter()
            .map(|it| {
                let spans = if it.content.spans.is_empty() { vec![it.content.span] } else { it.content.spans.clone() };
                let words = format!("{} {}: “{}”", it.stance, it.speaker.name, self.quote(it.content.span));
                Side { spans, tier: 1, words }
            })
            .collect();
        let gold: Vec<Side> = wanted
            .iter()
            .map(|it| {
                let content = it.content.as_ref().and_then(|it| it.span).unwrap_or(it.span);
                gold_side(content, it.tier, format!("{} {}: “{}”", it.stance, it.speaker.id, self.quote(content)))
            })
            .collect();
        let half = |i: usize, j: usize| {
            let covered: usize = ours[i].spans.iter().map(|it| it.shared(gold[j].spans[0])).sum();
            2 * covered >= gold[j].spans[0].len()
        };
        let spoken = |i: usize, j: usize| half(i, j) && self.speaker_fits(i, wanted[j]);
        let stanced = |i: usize, j: usize| {
            let family = wanted[j].stance.parse::<Stance>().map(Stance::family);
            spoken(i, j) && family.is_ok_and(|it| it == statements[i].stance.family())
        };
        let content = pair(&ours, &gold, half);
        let speakers = pair(&ours, &gold, spoken);
        let all = pair(&ours, &gold, stanced);
        let exact = pair(&ours, &gold, |i, j| stanced(i, j) && statements[i].stance.as_str() == wanted[j].stance);
        self.line("statements (content)", &ours, &gold, &content);
        self.line("statements (and speaker)", &ours, &gold, &speakers);
        self.line("statements", &ours, &gold, &all);
        self.line("statements (exact stance)", &ours, &gold, &exact);
    }

    fn speaker_fits(&self, i: usize, gold: &GoldStatement) -> bool {
        let ours = &self.reading.statements[i].speaker;
        if gold.speaker.id == UNSPECIFIED || gold.speaker.id == OUTLET {
            return ours.actor.is_none() || ours.name.to_lowercase() == gold.speaker.id;
        }
        if let (Some(a), Some(b)) = (ours.span, gold.speaker.text.as_ref().and_then(|it| it.span))
            && a.overlaps(b)
        {
            return true;
        }
        if let Some(actor) = &ours.actor
            && self.same_actor(actor, &gold.speaker.id)
        {
            return true;
        }
        self.gold_names(&gold.speaker.id).contains(&fold(&ours.name))
    }

    fn relations(&mut self) {
        let relations = &self.reading.relations;
        let ours: Vec<Side> = relations
            .iter()
            .map(|it| {
                let words = format!("{} {} {} {}", self.name_of(&it.a), it.relation, self.name_of(&it.b), it.polarity);
                self.side(it.span, words)
            })
            .collect();
        let gold: Vec<Side> = self
            .gold
            .relations
            .iter()
            .map(|it| {
                gold_side(it.span, it.tier, format!("{} {} {} {} “{}”", it.a, it.relation, it.b, it.polarity, it.quote))
            })
            .collect();
        let paired = |i: usize, j: usize| {
            let (x, y) = (&relations[i], &self.gold.relations[j]);
            self.same_actor(&x.a, &y.a) && self.same_actor(&x.b, &y.b)
                || self.same_actor(&x.a, &y.b) && self.same_actor(&x.b, &y.a)
        };
        let all = |i: usize, j: usize| {
            let (x, y) = (&relations[i], &self.gold.relations[j]);
            paired(i, j)
                && self.families.relation(&x.relation) == self.families.relation(&y.relation)
                && x.polarity.as_str() == y.polarity
        };
        let pairs = pair_anywhere(ours.len(), &gold, paired);
        let found = pair_anywhere(ours.len(), &gold, all);
        self.line("relations (pair)", &ours, &gold, &pairs);
        self.line("relations", &ours, &gold, &found);
    }

    fn name_of(&self, id: &str) -> String {
        let actor = self.reading.actors.iter().find(|it| it.id == id).map(|it| &it.name);
        let place = self.reading.places.iter().find(|it| it.id == id).map(|it| &it.name);
        actor.or(place).map_or(id.to_owned(), |it| it.clone())
    }

    fn gold_names(&self, id: &str) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self
            .gold
            .actors
            .iter()
            .filter(|it| it.id == id)
            .flat_map(|it| it.aliases.iter().map(|it| fold(&it.text)).chain([fold(&it.canonical), fold(&it.quote)]))
            .collect();
        if let Some(place) = id.strip_prefix("place:") {
            names.insert(fold(place));
        }
        names
    }

    /// An actor of ours is gold's if most of its namings are among gold's names of that actor.
    fn same_actor(&self, ours: &str, gold: &str) -> bool {
        let actor = self.reading.actors.iter().find(|it| it.id == ours).map(|it| (&it.name, &it.mentions));
        let place = self.reading.places.iter().find(|it| it.id == ours).map(|it| (&it.name, &it.mentions));
        let Some((name, mentions)) = actor.or(place) else { return ours == gold };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for span in mentions {
            *counts.entry(fold(&self.quote(*span))).or_default() += 1;
        }
        let votes = |id: &str| {
            let names = self.gold_names(id);
            let named = counts.iter().filter(|(it, _)| names.contains(*it)).map(|(_, n)| n).sum::<usize>();
            named * 2 + usize::from(names.contains(&fold(name)))
        };
        let mine = votes(gold);
        mine > 0 && self.gold.actors.iter().all(|it| it.id == gold || votes(&it.id) <= mine)
    }

    fn forecasts(&mut self) {
        let ours: Vec<Side> =
            self.reading.forecasts.iter().map(|it| self.side(it.span, format!("{:?}", it.due))).collect();
        let gold: Vec<Side> = self
            .gold
            .forecasts
            .iter()
            .map(|it| gold_side(it.span, it.tier, format!("{:?} “{}”", it.due, it.quote)))
            .collect();
        let due = |i: usize, j: usize| {
            self.reading.forecasts[i].due.latest == self.gold.forecasts[j].due.as_ref().and_then(|it| it.latest)
        };
        let overlap = pair(&ours, &gold, |_, _| true);
        let all = pair(&ours, &gold, due);
        self.line("forecasts (overlap)", &ours, &gold, &overlap);
        self.line("forecasts", &ours, &gold, &all);
    }

    fn tallies(&mut self) {
        let ours: Vec<Side> =
            self.reading.tallies.iter().map(|it| self.side(it.span, format!("{:?}", it.period))).collect();
        let gold: Vec<Side> = self
            .gold
            .tallies
            .iter()
            .map(|it| gold_side(it.span, it.tier, format!("{:?} “{}”", it.period, it.quote)))
            .collect();
        let period = |i: usize, j: usize| {
            let ours = &self.reading.tallies[i].period;
            self.gold.tallies[j].period.as_ref().is_none_or(|it| (it.start, it.end) == (ours.start, ours.end))
        };
        let overlap = pair(&ours, &gold, |_, _| true);
        let all = pair(&ours, &gold, period);
        self.line("tallies (overlap)", &ours, &gold, &overlap);
        self.line("tallies", &ours, &gold, &all);
    }

    fn furniture(&mut self) {
        let ours: Vec<Side> = self.reading.dropped.iter().map(|it| self.side(it.span, &it.kind)).collect();
        let gold: Vec<Side> = self
            .gold
            .boilerplate
            .iter()
            .map(|it| gold_side(it.span, it.tier, format!("{} “{}”", it.kind, it.quote)))
            .collect();
        let pairs = pair(&ours, &gold, |_, _| true);
        self.line("furniture", &ours, &gold, &pairs);
    }
}

fn gold_event(it: &GoldEvent) -> Side {
    let mut spans: Vec<Span> = it.mentions.iter().filter_map(|it| it.span).collect();
    spans.push(it.span);
    let date = it.date.as_ref().map_or((None, None), |it| (it.start, it.end));
    Side { spans, tier: it.tier, words: format!("{} {date:?} “{}”", it.kind, it.quote) }
}

/// Lower-cases a name and drops articles, quotes and possessives.
fn fold(name: &str) -> String {
    let name = name.to_lowercase().replace(['’', '‘'], "'");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let name = name.trim_end_matches("'s");
    ["the ", "a ", "an ", "some "].iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name).to_owned()
}
