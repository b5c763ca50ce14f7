//! The S4 score: templates aligned one to one, fillers matched by their mentions.
//!
//! In: our templates and gold's of one document. Out: [`Scores`]. A pair counts only where our type
//! is a part of gold's. In a pair our filler is right if all its mentions are mentions of one gold
//! filler of the role; a gold filler is found if such a filler of ours exists; the type counts as one
//! more role. Templates without a partner count whole, as extra or missed. Of all alignments the one
//! with the best F1 is kept.

use super::super::support::Count;

/// Type and the five roles, as they are printed.
pub const ROLES: [&str; 6] = ["type", "PerpInd", "PerpOrg", "Target", "Victim", "Weapon"];

/// One incident: its type, and for each role its fillers, each a list of mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// `attack`, `bombing`, `kidnapping` …; in gold also `attack / bombing`.
    pub kind: String,
    /// Fillers of the roles after the type, in the order of [`ROLES`]; mentions are [`normal`].
    pub roles: [Vec<Vec<String>>; 5],
    /// Organisations with the ground on which they are named, in the words of slot 11.
    pub confidence: Vec<(String, Vec<String>)>,
    /// Where a reading tells it; empty in gold.
    pub told: Vec<aver_model::Span>,
}

/// Counts of one or more documents.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// By role, in the order of [`ROLES`].
    pub roles: [Tally; 6],
    /// Documents with templates of both, of ours only, of gold only.
    pub documents: [usize; 3],
}

/// Right among ours and found among gold's may differ: two of ours can be one of gold's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ours that match gold.
    pub right: usize,
    /// All of ours.
    pub ours: usize,
    /// Gold's that ours match.
    pub found: usize,
    /// All of gold's.
    pub gold: usize,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.right += other.right;
        self.ours += other.ours;
        self.found += other.found;
        self.gold += other.gold;
    }

    /// Harmonic mean of precision and recall; 0 where nothing matches.
    pub fn f1(&self) -> f64 {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let (precision, recall) = (share(self.right, self.ours), share(self.found, self.gold));
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }

    /// One line: name, precision, recall, F1 in percent, counts.
    pub fn line(&self, name: &str) -> String {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 };
        format!(
            "{name:<10} P {:6.2}  R {:6.2}  F1 {:6.2}   {} of {} ours right, {} of {} gold found",
            share(self.right, self.ours),
            share(self.found, self.gold),
            100.0 * self.f1(),
            self.right,
            self.ours,
            self.found,
            self.gold
        )
    }
}

impl Scores {
    /// Adds the counts of another document.
    pub fn add(&mut self, other: &Scores) {
        for (own, it) in self.roles.iter_mut().zip(&other.roles) {
            own.add(it);
        }
        for (own, it) in self.documents.iter_mut().zip(&other.documents) {
            *own += it;
        }
    }

    /// Returns the counts over all roles.
    pub fn all(&self) -> Tally {
        let mut all = Tally::default();
        self.roles.iter().for_each(|it| all.add(it));
        all
    }
}

/// Folds a string as the score does: lower case, no punctuation, no articles, single spaces.
pub fn normal(words: &str) -> String {
    let plain: String = words.to_lowercase().chars().filter(|it| !it.is_ascii_punctuation()).collect();
    let kept: Vec<&str> = plain.split_whitespace().filter(|it| !matches!(*it, "a" | "an" | "the")).collect();
    kept.join(" ")
}

/// Scores the templates of one document under the best alignment.
pub fn score(ours: &[Template], gold: &[Template]) -> Scores {
    let mut unique: Vec<&Template> = vec![];
    for it in gold {
        if !unique.iter().any(|known| known.kind == it.kind && known.roles == it.roles) {
            unique.push(it);
        }
    }
    let partners = alignment(ours, &unique);
    let mut scores = Scores::default();
    for (at, template) in ours.iter().enumerate() {
        let pair = pair(template, partners[at].map(|it| unique[it]));
        scores.roles.iter_mut().zip(&pair).for_each(|(own, it)| own.add(it));
    }
    for (_, template) in unique.iter().enumerate().filter(|it| !partners.contains(&Some(it.0))) {
        scores.roles[0].gold += 1;
        (0..5).for_each(|it| scores.roles[it + 1].gold += template.roles[it].len());
    }
    let case = match (ours.is_empty(), unique.is_empty()) {
        (true, true) => return scores,
        (false, false) => 0,
        (false, true) => 1,
        (true, false) => 2,
    };
    scores.documents[case] = 1;
    scores
}

/// Counts the roles of one of our templates and its partner.
fn pair(ours: &Template, gold: Option<&Template>) -> [Tally; 6] {
    let hit = usize::from(gold.is_some());
    let mut out = [Tally { right: hit, ours: 1, found: hit, gold: hit }; 6];
    for role in 0..5 {
        let (own, its) = (&ours.roles[role], gold.map_or(&[][..], |it| &it.roles[role]));
        let fits = |own: &Vec<String>, its: &Vec<String>| !own.is_empty() && own.iter().all(|it| its.contains(it));
        out[role + 1] = Tally {
            right: own.iter().filter(|own| its.iter().any(|it| fits(own, it))).count(),
            ours: own.len(),
            found: its.iter().filter(|it| own.iter().any(|own| fits(own, it))).count(),
            gold: its.len(),
        };
    }
    out
}

/// Returns for each of our templates the gold template that the best alignment gives it.
fn alignment(ours: &[Template], gold: &[&Template]) -> Vec<Option<usize>> {
    let gain = |own: &Template, its: &Template| -> Option<(usize, usize)> {
        let counts = its.kind.contains(&own.kind).then(|| pair(own, Some(its)))?;
        Some(counts.iter().fold((0, 0), |sum, it| (sum.0 + it.right, sum.1 + it.found)))
    };
    let size = |it: &Template| 1 + it.roles.iter().map(Vec::len).sum::<usize>();
    let (all_ours, all_gold) = (ours.iter().map(size).sum::<usize>(), gold.iter().map(|it| size(it)).sum::<usize>());
    // For each set of used gold templates the ways of which none is better in both counts.
    let mut ways: std::collections::BTreeMap<u64, Vec<(usize, usize, Vec<Option<usize>>)>> =
        [(0, vec![(0, 0, vec![])])].into();
    for own in ours {
        let mut next: std::collections::BTreeMap<u64, Vec<(usize, usize, Vec<Option<usize>>)>> = Default::default();
        let gains: Vec<Option<(usize, usize)>> = gold.iter().take(64).map(|it| gain(own, it)).collect();
        for (used, list) in ways {
            for (right, found, chosen) in list {
                let partners = gains.iter().enumerate().filter(|(at, _)| used & (1 << at) == 0);
                let steps = partners.filter_map(|(at, it)| it.map(|gain| (Some(at), gain)));
                for (at, gain) in steps.chain([(None, (0, 0))]) {
                    let set = used | at.map_or(0, |it| 1 << it);
                    let way = (right + gain.0, found + gain.1);
                    let known = next.entry(set).or_default();
                    if known.iter().any(|it| it.0 >= way.0 && it.1 >= way.1) {
                        continue;
                    }
                    known.retain(|it| it.0 > way.0 || it.1 > way.1);
                    known.push((way.0, way.1, [&chosen[..], &[at]].concat()));
                }
            }
        }
        ways = next;
    }
    let f1 = |right: usize, found: usize| Tally { right, ours: all_ours, found, gold: all_gold }.f1();
    let best = ways.into_values().flatten().max_by(|a, b| f1(a.0, a.1).total_cmp(&f1(b.0, b.1)));
    best.map_or_else(|| vec![None; ours.len()], |it| it.2)
}

/// Scores slot 11 under the best alignment: organisation and ground must both be those of the key.
pub fn confidence(ours: &[Template], key: &[Template]) -> Count {
    let refs: Vec<&Template> = key.iter().collect();
    let partners = alignment(ours, &refs);
    let mut count = Count {
        right: 0,
        ours: ours.iter().map(|it| it.confidence.len()).sum(),
        gold: key.iter().map(|it| it.confidence.len()).sum(),
    };
    for (own, its) in ours.iter().zip(&partners).filter_map(|(own, it)| Some((own, refs[(*it)?]))) {
        for (ground, names) in &own.confidence {
            let fits = |it: &(String, Vec<String>)| {
                it.0.split('/').any(|it| it.trim() == ground) && names.iter().any(|name| it.1.contains(name))
            };
            count.right += usize::from(its.confidence.iter().any(fits));
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(kind: &str, roles: [&[&[&str]]; 5]) -> Template {
        let fill =
            |it: &[&[&str]]| it.iter().map(|it| it.iter().map(|word| normal(word)).collect()).collect::<Vec<Vec<_>>>();
        Template { kind: kind.into(), roles: roles.map(fill), confidence: vec![], told: vec![] }
    }

    fn bridge() -> Template {
        template("bombing", [&[&["Two masked men", "men"]], &[], &[&["the Harl bridge"], &["toll booths"]], &[], &[]])
    }

    #[test]
    fn strings_are_folded() {
        assert_eq!(normal("The \"North-Coast\"  Front (NCF), a U.S. bank"), "northcoast front ncf us bank");
    }

    #[test]
    fn a_filler_is_right_if_all_its_mentions_are_of_one_gold_filler() {
        let ours = template("bombing", [&[&["men"]], &[], &[&["Harl bridge", "toll booths"]], &[], &[]]);
        let scores = score(&[ours], &[bridge()]);
        assert_eq!(scores.roles[0], Tally { right: 1, ours: 1, found: 1, gold: 1 });
        assert_eq!(scores.roles[1], Tally { right: 1, ours: 1, found: 1, gold: 1 });
        assert_eq!(scores.roles[3], Tally { right: 0, ours: 1, found: 0, gold: 2 });
    }

    #[test]
    fn two_of_ours_may_be_one_of_golds() {
        let ours = template("bombing", [&[&["men"], &["two masked men"]], &[], &[], &[], &[]]);
        assert_eq!(score(&[ours], &[bridge()]).roles[1], Tally { right: 2, ours: 2, found: 1, gold: 1 });
    }

    #[test]
    fn a_pair_needs_our_type_inside_golds() {
        let gold = Template { kind: "attack / bombing".into(), ..bridge() };
        assert_eq!(score(&[bridge()], &[gold]).all().right, 4);
        let arson = Template { kind: "arson".into(), ..bridge() };
        let scores = score(&[arson], &[bridge()]);
        assert_eq!((scores.all().right, scores.all().ours, scores.all().gold), (0, 4, 4));
    }

    #[test]
    fn the_best_alignment_is_kept_and_equal_gold_counts_once() {
        let plain = template("bombing", [&[], &[], &[], &[], &[]]);
        let scores = score(&[plain.clone(), bridge()], &[bridge(), bridge()]);
        assert_eq!((scores.all().right, scores.all().ours, scores.all().gold), (4, 5, 4));
        assert_eq!(score(&[plain, bridge()], &[bridge()]).roles[0].right, 1);
    }

    #[test]
    fn a_document_without_templates_on_either_side_costs_nothing() {
        assert_eq!(score(&[], &[]).all(), Tally::default());
        assert_eq!(score(&[bridge()], &[]).documents, [0, 1, 0]);
    }

    #[test]
    fn confidence_needs_the_organisation_and_the_ground() {
        let with = |ground: &str| Template {
            confidence: vec![(ground.into(), vec!["front".into()])],
            ..template("bombing", [&[], &[&["front"]], &[], &[], &[]])
        };
        let key = with("REPORTED AS FACT / CLAIMED OR ADMITTED");
        let right = |it: &str| confidence(&[with(it)], std::slice::from_ref(&key)).right;
        assert_eq!((right("CLAIMED OR ADMITTED"), right("POSSIBLE")), (1, 0));
    }
}
