use super::*;
use aver_model::*;

const TEXT: &str = "On Monday gunmen killed four farmers in Orla, police said. A second attack followed.";

fn reading() -> Reading {
    serde_json::from_value(serde_json::json!({
        "format": FORMAT, "reader": {"version": "0", "codebook": "", "model": null},
        "document": {"id": "d", "sha256": "", "file": "t.txt", "source": null, "title": null, "byline": null,
            "language": "en", "published": {"start": null, "end": null, "basis": "none"}},
        "text": TEXT, "dropped": [], "places": [], "relations": [], "forecasts": [], "tallies": [], "notes": [],
        "actors": [{"id": "a1", "name": "police", "kind": "group", "codebook": null, "mentions": [[46, 52]]}],
        "times": [{"id": "t1", "span": [0, 9], "start": "2020-03-02", "end": "2020-03-02", "precision": "day", "anchor": null}],
        "events": [{"id": "e1", "span": [10, 44], "mentions": [[10, 44]], "type": "killing", "modality": "asserted",
            "background": false, "generic": false, "aggregate": false,
            "time": {"start": "2020-03-02", "end": "2020-03-02", "precision": "day", "from": "t1"}, "place": null,
            "perpetrators": [], "targets": [], "weapon": null, "speaker": "a1"}],
        "figures": [{"id": "f1", "span": [17, 36], "measure": "killed", "op": "exact", "low": 4, "high": 4, "unit": "persons",
            "group": null, "part_of": null, "about": ["e1"], "speaker": "a1", "statement": null}],
        "statements": [{"id": "s1", "span": [0, 57], "speaker": {"actor": "a1", "name": "police", "span": [46, 52], "anonymous": true},
            "chain": [], "cue": {"span": [53, 57], "class": "verb"}, "content": {"span": [0, 44]}, "stance": "reports", "kind": "event",
            "directness": "indirect", "distancing": false, "self_report": false, "said": {"start": null, "end": null}, "about": []}],
    }))
    .expect("a reading")
}

fn gold(event_type: &str, low: u64) -> Gold {
    Gold::parse(&serde_json::json!({
        "meta": {"doc": "t.txt"},
        "times": [{"span": [0, 9], "start": "2020-03-02", "end": "2020-03-02", "tier": 1}],
        "events": [{"id": "g1", "span": [10, 44], "type": event_type, "date": {"start": "2020-03-01", "end": "2020-03-03"}},
                   {"id": "g2", "span": [59, 73], "type": "attack", "tier": 2}],
        "figures": [{"id": "g3", "span": [17, 36], "measure": "killed", "op": "exact", "low": low, "high": low, "about": ["g1"]}],
        "attributions": [{"id": "g4", "span": [0, 57], "speaker": {"id": "anon:police", "text": {"text": "police", "span": [46, 52]}},
            "content": {"span": [0, 44]}, "stance": "confirms"}],
    }).to_string())
    .expect("gold")
}

#[test]
fn a_perfect_reading_scores_one_and_a_missed_tier_2_costs_nothing() {
    let report = score(&reading(), &gold("killing", 4), &Families::default());
    for line in ["times", "events", "figures", "statements"] {
        assert_eq!(report.lines[line].f1(), 1.0, "{line}");
    }
}

#[test]
fn a_type_of_the_same_family_counts_and_another_does_not() {
    let mut families = Families::default();
    for kind in ["killing", "armed_assault"] {
        families.events.insert(kind.into(), "violence".into());
    }
    assert_eq!(score(&reading(), &gold("armed_assault", 4), &families).lines["events"].right, 1);
    assert_eq!(score(&reading(), &gold("arrest", 4), &families).lines["events"].right, 0);
}

#[test]
fn a_wrong_number_costs_both_precision_and_recall() {
    let report = score(&reading(), &gold("killing", 5), &Families::default());
    assert_eq!(report.lines["figures"], Counts { right: 0, ours: 1, gold: 1 });
    assert_eq!(report.lines["figures (measure)"].right, 1);
    assert!(report.misses.iter().any(|it| it.record == "figures" && it.fault == "extra"));
}
