//! Two coders on the same cells.

use super::build::*;
use crate::{agreement_by_field, cells, disagreements};
use aver_model::*;

const CODERS: &[&str] = &["ana", "ben"];

fn figure_is(number: u64, who: &str, quote: &str, to: &str) -> Decision {
    decision(number, who, Ruling::Correct { anchor: anchor(quote, "figure"), to: to.into() })
}

#[test]
fn only_cells_on_which_coders_differ_are_to_be_settled() {
    let mut made = vec![
        figure_is(1, "ana", "12 people", "12"),
        figure_is(2, "ben", "12 people", "12"),
        figure_is(3, "ana", "30", "30"),
        figure_is(4, "ben", "30", "31"),
    ];
    let found = cells(&made, CODERS);
    let open = disagreements(&found);
    assert_eq!(open.iter().map(|it| it.anchors[0].quote.as_str()).collect::<Vec<_>>(), ["30"]);
    let [row] = agreement_by_field(&found, CODERS).try_into().expect("one field");
    assert_eq!((row.field.as_str(), row.cells, row.percent), ("figure", 2, Some(0.5)));
    assert!(row.alpha_by_size.expect("values vary") > 0.9, "30 and 31 are close");
    assert!(row.alpha.expect("values vary") < 0.7, "by name they are not");
    made.push(figure_is(5, "chief", "30", "30"));
    let settled = cells(&made, CODERS);
    assert!(disagreements(&settled).is_empty());
    assert_eq!(settled[1].settled, Some(("chief".into(), "30".into(), 5)));
}

#[test]
fn a_ruling_made_before_both_coders_settles_nothing() {
    let made = [figure_is(1, "chief", "30", "30"), figure_is(2, "ana", "30", "30"), figure_is(3, "ben", "30", "31")];
    assert_eq!(disagreements(&cells(&made, CODERS)).len(), 1);
}

#[test]
fn accepting_a_value_is_giving_it_and_pairs_have_no_direction() {
    let mut read = anchor("30", "figure");
    read.value = Some("30".into());
    let (a, b) = (anchor("12 people died", "event"), anchor("30 died", "event"));
    let made = [
        decision(1, "ana", Ruling::Accept { anchor: read }),
        figure_is(2, "ben", "30", "30"),
        decision(3, "ana", Ruling::Same { a: a.clone(), b: b.clone() }),
        decision(4, "ben", Ruling::Unsure { a: b, b: a }),
    ];
    let found = cells(&made, CODERS);
    assert_eq!(found.len(), 2);
    assert_eq!(disagreements(&found).iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["same event"]);
}
