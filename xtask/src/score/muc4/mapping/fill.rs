//! What no event says of an incident, from the sentences in which it is told.
//!
//! In: a draft and the text. Out: the draft with the group that these sentences name,
//! attackers who act or are blamed, people identified behind it, weapons, a building.
//! Such fillers are right less often than those of events, but more often than not giving any.

use super::words::{attackers_in, identified, is_rebel, people, site_hit, site_in, weapons_in};
use super::{Draft, View, add, alike};
use crate::score::muc4::align::normal;
use aver_model::Span;

impl View<'_> {
    /// Looks for what no mention says in the sentences of the mentions.
    pub fn fill_from_sentences(&self, draft: &mut Draft) {
        if draft.template.roles[1].is_empty() {
            self.fill_group(draft);
        }
        let near = |more: usize| -> Vec<String> {
            draft.spans.iter().map(|it| self.words(self.sentence(*it, more))).collect()
        };
        let (own, behind) = (near(0), near(1));
        if draft.template.roles[0].is_empty() {
            let found = own.iter().find_map(|it| attackers_in(it));
            draft.template.roles[0].extend(found.map(|it| vec![normal(&it)]));
        }
        for name in behind.iter().flat_map(|it| identified(it)) {
            add(&mut draft.template.roles[3], &self.full_name(&name));
        }
        for it in own.iter().flat_map(|it| weapons_in(it)) {
            if !draft.template.roles[4].iter().any(|known| alike(&known[0], &it)) {
                add(&mut draft.template.roles[4], &it);
            }
        }
        if draft.template.roles[3].is_empty() && draft.template.kind != "bombing" {
            self.fill_victims(draft, &draft.spans.clone());
        }
        if draft.template.roles[3].is_empty() && draft.template.kind != "bombing" {
            let sentences: Vec<Span> = draft.spans.iter().map(|it| self.sentence(*it, 0)).collect();
            self.fill_victims(draft, &sentences);
        }
        if draft.template.roles[2].is_empty() && draft.template.roles[3].is_empty() {
            let found = draft.spans.iter().find_map(|it| site_in(&self.words(*it)));
            found.iter().for_each(|it| add(&mut draft.template.roles[2], it));
        }
        if draft.template.roles[2].is_empty() && matches!(draft.template.kind.as_str(), "bombing" | "arson") {
            let found = own.iter().find_map(|it| site_hit(it));
            found.iter().for_each(|it| add(&mut draft.template.roles[2], it));
        }
    }

    /// The armed group named nearest to the incident; of "guerrillas" also a sentence further off.
    fn fill_group(&self, draft: &mut Draft) {
        let rebels = draft.template.roles[0].iter().any(|it| is_rebel(&it[0]));
        let reach = if rebels { 2 } else { 1 };
        let sentences: Vec<Span> = draft.spans.iter().map(|it| self.sentence(*it, reach)).collect();
        let meets = |it: &Span| sentences.iter().any(|span| span.overlaps(*it));
        let far = |it: &Span| {
            let gap = |own: &Span| own.start.saturating_sub(it.end).max(it.start.saturating_sub(own.end));
            draft.spans.iter().map(gap).min().unwrap_or(usize::MAX)
        };
        let groups = self.reading.actors.iter().filter(|it| it.kind == "armed_group");
        let near = groups.flat_map(|it| it.mentions.iter().filter(|it| meets(it)).map(move |at| (it, *at)));
        let Some((group, at)) = near.min_by_key(|it| far(&it.1)) else { return };
        let name = self.group_name(group, Some(at));
        add(&mut draft.template.roles[1], &name);
        let ground = blame(&self.words(self.sentence(at, 0)));
        draft.template.confidence.push((ground.to_owned(), vec![normal(&name)]));
    }

    /// Names inside the words given that are neither of who speaks nor of a body or place.
    fn fill_victims(&self, draft: &mut Draft, spans: &[Span]) {
        let last = |name: &str| name.rsplit(' ').next().unwrap_or(name).to_lowercase();
        let reading = self.reading;
        let speaks =
            |name: &str| reading.statements.iter().any(|it| it.speaker.name.to_lowercase().contains(&last(name)));
        let other = |name: &str| {
            reading.actors.iter().any(|it| it.kind != "person" && it.name.contains(name))
                || reading.places.iter().any(|it| it.name.contains(name))
        };
        for span in spans {
            for name in self.words(*span).split(',').flat_map(people) {
                let own = draft.template.roles[0].iter().any(|it| it[0].contains(&normal(&name)));
                if !own && !speaks(&name) && !other(&name) {
                    add(&mut draft.template.roles[3], &self.full_name(&name));
                }
            }
        }
    }

    /// The sentence around a span, with so many before and behind it.
    pub fn sentence(&self, span: Span, more: usize) -> Span {
        let ends = |at: usize| {
            matches!(self.letters[at], '.' | '!' | '?') && self.letters.get(at + 1).is_none_or(|it| it.is_whitespace())
        };
        let mut start = span.start.min(self.letters.len());
        let mut left = more + 1;
        while start > 0 && left > 0 {
            start -= 1;
            left -= usize::from(ends(start));
        }
        let mut end = span.end.max(1) - 1;
        let mut left = more + 1;
        while end < self.letters.len() && left > 0 {
            left -= usize::from(ends(end));
            end += 1;
        }
        Span::new(start, end)
    }
}

/// On what ground a sentence names a group, in the words of slot 11.
fn blame(sentence: &str) -> &'static str {
    let words = sentence.to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|it| words.contains(it));
    if has(&["claimed responsib", "claimed credit", "admitted", "claims responsib", "communique"]) {
        "CLAIMED OR ADMITTED"
    } else if has(&["accus", "blam", "attribut", "suspect", "alleged", "presum", "responsib"]) {
        let officials = ["police", "army", "military", "government", "minister", "armed forces", "authorities"];
        if has(&officials) { "SUSPECTED OR ACCUSED BY AUTHORITIES" } else { "SUSPECTED OR ACCUSED" }
    } else {
        "REPORTED AS FACT"
    }
}
