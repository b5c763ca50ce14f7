//! Weighted F1 of event types over ACLED's sub-event classes, on a file of labelled snippets.
//!
//! In: a tab-separated file `id, snippet, class` as CASE 2021 task 2 gives it.
//! Out: each gold class's F1 weighted by its support, over the snippets of ACLED's 25
//! classes and over all; with `--errors` every snippet that is wrong.
//! One class a snippet: that of its first event, unless that is vague ("attack",
//! "killing") or a protest that a later event tells to have been broken up or violent.

use super::support::{page, text_of};
use aver_model::Reading;
use std::collections::BTreeMap;
use std::path::Path;

/// ACLED's names and the classes of the shared task.
const CLASSES: &[(&str, &str)] = &[
    ("Abduction/forced disappearance", "ABDUCT_DISSAP"),
    ("Agreement", "AGREEMENT"),
    ("Air/drone strike", "AIR_STRIKE"),
    ("Armed clash", "ARMED_CLASH"),
    ("Arrests", "ARREST"),
    ("Shelling/artillery/missile attack", "ART_MISS_ATTACK"),
    ("Attack", "ATTACK"),
    ("Change to group/activity", "CHANGE_TO_GROUP_ACT"),
    ("Chemical weapon", "CHEM_WEAP"),
    ("Disrupted weapons use", "DISR_WEAP"),
    ("Excessive force against protesters", "FORCE_AGAINST_PROTEST"),
    ("Government regains territory", "GOV_REGAINS_TERIT"),
    ("Grenade", "GRENADE"),
    ("Headquarters or base established", "HQ_ESTABLISHED"),
    ("Mob violence", "MOB_VIOL"),
    ("Non-state actor overtakes territory", "NON_STATE_ACTOR_OVERTAKES_TER"),
    ("Non-violent transfer of territory", "NON_VIOL_TERRIT_TRANSFER"),
    ("Other", "OTHER"),
    ("Peaceful protest", "PEACE_PROTEST"),
    ("Looting/property destruction", "PROPERTY_DISTRUCT"),
    ("Protest with intervention", "PROTEST_WITH_INTER"),
    ("Remote explosive/landmine/IED", "REM_EXPLOS"),
    ("Sexual violence", "SEX_VIOL"),
    ("Suicide bomb", "SUIC_BOMB"),
    ("Violent demonstration", "VIOL_DEMONSTR"),
];

/// Scores the dev snippets of the data folder; `--errors` prints those that are wrong.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let text = text_of(&data.join("case2021_task2/dev.tsv"))?;
    let reader = super::support::reader(options)?;
    let mut guesses: Vec<(String, String)> = vec![];
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, snippet, gold] = fields[..] else { continue };
        let reading = reader.read(&page(snippet));
        let guess = class(&reading);
        if guess != gold && options.iter().any(|it| it == "--errors") {
            let kinds: Vec<&str> = reading.events.iter().map(|it| it.kind.as_str()).collect();
            println!("{gold} read as {guess} {kinds:?}: {snippet}\n");
        }
        guesses.push((gold.to_owned(), guess));
    }
    let acled = |gold: &str| CLASSES.iter().any(|it| it.1 == gold);
    println!("over all classes:");
    report(&counts(guesses.iter()));
    println!("over ACLED's {} classes:", CLASSES.len());
    report(&counts(guesses.iter().filter(|it| acled(&it.0))));
    Ok(())
}

/// Right, extra and missed of each class.
fn counts<'g>(guesses: impl Iterator<Item = &'g (String, String)>) -> BTreeMap<String, (u32, u32, u32)> {
    let mut counts: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
    for (gold, guess) in guesses {
        if guess == gold {
            counts.entry(gold.clone()).or_default().0 += 1;
        } else {
            counts.entry(gold.clone()).or_default().2 += 1;
            counts.entry(guess.clone()).or_default().1 += 1;
        }
    }
    counts
}

fn report(counts: &BTreeMap<String, (u32, u32, u32)>) {
    let (mut weighted, mut total, mut sum, mut classes) = (0.0, 0.0, 0.0, 0.0);
    for (class, &(hit, extra, missed)) in counts {
        let support = f64::from(hit + missed);
        let f1 = if hit == 0 { 0.0 } else { 2.0 * f64::from(hit) / f64::from(2 * hit + extra + missed) };
        println!("{class:32} hit {hit:3} extra {extra:3} missed {missed:3}  F1 {f1:.2}");
        weighted += f1 * support;
        total += support;
        if support > 0.0 {
            sum += f1;
            classes += 1.0;
        }
    }
    println!(
        "weighted F1 {:.3}, macro F1 {:.3}, {total} snippets",
        weighted / f64::max(total, 1.0),
        sum / f64::max(classes, 1.0)
    );
}

fn class(reading: &Reading) -> String {
    let of = |acled: &str| CLASSES.iter().find(|it| it.0 == acled).map(|it| it.1);
    let vague = |kind: &str| matches!(kind, "attack" | "killing" | "death" | "war" | "statement" | "meeting");
    let mut best: Option<(bool, &str)> = None;
    for event in &reading.events {
        let Some(class) = event.acled.as_deref().and_then(of) else { continue };
        let worse = matches!(class, "VIOL_DEMONSTR" | "PROTEST_WITH_INTER" | "FORCE_AGAINST_PROTEST" | "MOB_VIOL");
        let turned = worse && best.is_some_and(|it| it.1 == "PEACE_PROTEST");
        if turned || best.is_none_or(|it| it.0 && !vague(&event.kind)) {
            best = Some((vague(&event.kind), class));
        }
    }
    best.map_or_else(|| "NONE".to_owned(), |it| it.1.to_owned())
}
