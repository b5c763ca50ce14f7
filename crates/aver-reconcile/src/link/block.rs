//! Which pairs of mentions are worth comparing.
//!
//! In: all mentions. Out: for each the others to compare it with. A mention is filed under every four
//! days it can fall on with its country and kind of act; one without a date is
//! filed under its place and every telling word. A drawer that holds too much is
//! split by place and then looked at only among neighbours, so that the work
//! stays near-linear however many reports one day brings.
//!
//! Drawers are slices of one list of numbers, twelve bytes for each time that a
//! mention is filed.

use crate::profile::{Profile, Sheet, Word};

/// Days to a drawer.
const STEP: i32 = 4;
/// An interval longer than this is treated as no date when filing.
const LONGEST: i32 = 62;
/// A drawer with more mentions than this is split by place.
const SPLIT: usize = 64;
/// How many neighbours a mention is compared with in a drawer that is still too full.
const WINDOW: usize = 48;
/// Stands for all violence where mentions are filed by kind of act; no word has this number.
const VIOLENCE: Word = Word::MAX;

/// Returns the kind of act by which mentions are filed: all violence is one kind.
fn act(it: &Profile<'_>) -> Word {
    if it.violent { VIOLENCE } else { it.family }
}

/// Returns the days under which a mention is filed.
fn filed_days(it: &Profile<'_>) -> Option<(i32, i32)> {
    match (it.limits.earliest, it.limits.latest) {
        (Some(start), Some(end)) if end - start <= LONGEST => Some((start, end)),
        // "Before publication": most reports are about the month before them.
        (None, Some(end)) if !it.event.background => Some((end - 31, end)),
        (None, None) if !it.event.background => it.limits.published.map(|day| (day - 14, day)),
        _ => None,
    }
}

/// Says whether a mention has no close date.
fn is_loose(it: &Profile<'_>) -> bool {
    it.limits.both().is_none_or(|(start, end)| end - start > 7)
}

/// Mentions that may be one event, in a fixed order: a slice of the list of all.
struct Drawer {
    from: u32,
    to: u32,
    /// How far from each other in the drawer two are compared.
    reach: u32,
    /// Two are compared only if one of them has no close date; the others meet by day.
    for_loose: bool,
}

/// All mentions by what they share.
pub struct Drawers {
    drawers: Vec<Drawer>,
    /// The mentions of all drawers, one drawer after the other.
    members: Vec<u32>,
    /// For each member its drawer.
    drawer_of: Vec<u32>,
    /// The places of each mention among `members`, one mention after the other.
    lies: Vec<u32>,
    /// Where the places of each mention end.
    ends: Vec<u32>,
    loose: Vec<bool>,
}

impl Drawers {
    /// Files all mentions.
    pub fn new(sheet: &Sheet<'_>) -> Drawers {
        let profiles = &sheet.profiles;
        let mut out = Drawers {
            drawers: Vec::new(),
            members: Vec::new(),
            drawer_of: Vec::new(),
            lies: Vec::new(),
            ends: Vec::new(),
            loose: profiles.iter().map(is_loose).collect(),
        };
        out.file_by_day(sheet);
        out.file_by_word(sheet);
        out.file_by_story(profiles);
        out.index(profiles.len());
        out
    }

    /// Writes into `found` the mentions worth comparing with this one, in order, each once.
    pub fn neighbours(&self, mention: usize, found: &mut Vec<u32>) {
        found.clear();
        let from = if mention == 0 { 0 } else { self.ends[mention - 1] };
        for &place in &self.lies[from as usize..self.ends[mention] as usize] {
            let drawer = &self.drawers[self.drawer_of[place as usize] as usize];
            let from = place.saturating_sub(drawer.reach).max(drawer.from);
            let to = place.saturating_add(drawer.reach).saturating_add(1).min(drawer.to);
            let near = self.members[from as usize..to as usize].iter().copied();
            let met = |it: &u32| !drawer.for_loose || self.loose[mention] || self.loose[*it as usize];
            found.extend(near.filter(|it| *it as usize != mention).filter(met));
        }
        found.sort_unstable();
        found.dedup();
    }

    fn file(&mut self, members: impl Iterator<Item = u32>, reach: usize, for_loose: bool) {
        let from = self.members.len() as u32;
        self.members.extend(members);
        let to = self.members.len() as u32;
        if to - from < 2 {
            self.members.truncate(from as usize);
            return;
        }
        self.drawer_of.resize(to as usize, self.drawers.len() as u32);
        self.drawers.push(Drawer { from, to, reach: reach as u32, for_loose });
    }

    /// Notes for every mention where it lies.
    fn index(&mut self, count: usize) {
        let mut ends = vec![0u32; count + 1];
        for &it in &self.members {
            ends[it as usize + 1] += 1;
        }
        for at in 1..=count {
            ends[at] += ends[at - 1];
        }
        self.lies = vec![0; self.members.len()];
        for (place, &it) in (0u32..).zip(&self.members) {
            // What begins as the start of each mention's places ends as their end.
            self.lies[ends[it as usize] as usize] = place;
            ends[it as usize] += 1;
        }
        ends.truncate(count);
        self.ends = ends;
        self.members.shrink_to_fit();
        self.drawer_of.shrink_to_fit();
    }

    fn file_by_day(&mut self, sheet: &Sheet<'_>) {
        let profiles = &sheet.profiles;
        let mut filed: Vec<([u32; 3], u32)> = Vec::new();
        for (idx, it) in (0u32..).zip(profiles).filter(|(_, it)| !it.is_many()) {
            let Some((start, end)) = filed_days(it) else { continue };
            for step in start.div_euclid(STEP)..=end.div_euclid(STEP) {
                filed.push(([step as u32, it.about, act(it)], idx));
            }
        }
        filed.sort_unstable();
        for drawer in filed.chunk_by_mut(|x, y| x.0 == y.0) {
            if drawer.len() <= SPLIT {
                self.file(drawer.iter().map(|it| it.1), SPLIT, false);
                continue;
            }
            drawer.sort_by(|x, y| {
                let (a, b) = (&profiles[x.1 as usize], &profiles[y.1 as usize]);
                let sites = || sheet.names.word(a.facility).cmp(sheet.names.word(b.facility));
                a.place
                    .cmp(&b.place)
                    .then(a.limits.earliest.cmp(&b.limits.earliest))
                    .then_with(sites)
                    .then(x.1.cmp(&y.1))
            });
            for drawer in drawer.chunk_by(|x, y| profiles[x.1 as usize].place == profiles[y.1 as usize].place) {
                self.file(drawer.iter().map(|it| it.1), WINDOW, false);
            }
        }
    }

    fn file_by_word(&mut self, sheet: &Sheet<'_>) {
        let profiles = &sheet.profiles;
        let mut filed: Vec<([u32; 4], u32)> = Vec::new();
        let mut words: Vec<Word> = Vec::new();
        for (idx, it) in (0u32..).zip(profiles).filter(|(_, it)| !it.is_many()) {
            words.clear();
            words.extend([sheet.class_word(it.class), it.facility].into_iter().filter(|it| *it > 0));
            words.extend([it.targets(), it.names(), it.perpetrators()].into_iter().flatten());
            words.sort_unstable();
            words.dedup();
            filed.extend(words.iter().map(|word| ([it.about, it.place, act(it), *word], idx)));
        }
        filed.sort_unstable();
        let when = |it: u32| {
            let limits = &profiles[it as usize].limits;
            limits.earliest.or(limits.latest).or(limits.published)
        };
        for drawer in filed.chunk_by_mut(|x, y| x.0 == y.0) {
            if drawer.len() < 2 || !drawer.iter().any(|it| self.loose[it.1 as usize]) {
                continue;
            }
            drawer.sort_by_key(|it| (when(it.1), it.1));
            self.file(drawer.iter().map(|it| it.1), WINDOW, true);
        }
    }

    /// Files mentions of one story in its reprints, and those of one document that are told by the same words.
    fn file_by_story(&mut self, profiles: &[Profile<'_>]) {
        let mut filed: Vec<((bool, u32, Word, u64), u32)> = Vec::with_capacity(profiles.len());
        for (idx, it) in (0u32..).zip(profiles) {
            let story = if it.story > 0 { it.story } else { it.reading };
            filed.push(((it.story > 0, story, it.kind, it.quote), idx));
        }
        filed.sort_unstable();
        for drawer in filed.chunk_by(|x, y| x.0 == y.0) {
            self.file(drawer.iter().map(|it| it.1), WINDOW, false);
        }
    }
}
