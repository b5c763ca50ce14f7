//! Krippendorff's own worked examples, and what must hold for any coders.

use crate::agreement::*;

/// One line a coder, a character a unit; `.` is no value.
fn units(coders: &[&str]) -> Vec<Vec<Option<f64>>> {
    let width = coders[0].len();
    let value = |it: u8| (it != b'.').then(|| f64::from(it));
    (0..width).map(|at| coders.iter().map(|it| value(it.as_bytes()[at])).collect()).collect()
}

fn digits(coders: &[&str]) -> Vec<Vec<Option<f64>>> {
    units(coders).into_iter().map(|it| it.into_iter().map(|it| it.map(|it| it - f64::from(b'0'))).collect()).collect()
}

fn near(found: Option<f64>, wanted: f64) {
    let found = found.expect("there is variation");
    assert!((found - wanted).abs() < 0.0006, "{found} is not {wanted}");
}

/// Krippendorff 2011, section A: two observers, ten units, two values.
#[test]
fn two_observers_and_two_values() {
    let data = digits(&["0100000010", "1110010000"]);
    near(alpha(&data, Metric::Nominal), 0.095);
    assert_eq!(percent_agreement(&data), Some(0.6));
}

/// Krippendorff 2011, section B: two observers, twelve units, five values.
#[test]
fn two_observers_and_five_values() {
    near(alpha(&units(&["aabbdcccedda", "babbbccceddd"]), Metric::Nominal), 0.692);
}

/// Krippendorff 2011, section C: four observers, twelve units, values missing, each metric.
#[test]
fn four_observers_with_missing_values() {
    let data = digits(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]);
    near(alpha(&data, Metric::Nominal), 0.743);
    near(alpha(&data, Metric::Ordinal), 0.815);
    near(alpha(&data, Metric::Interval), 0.849);
    near(alpha(&data, Metric::Ratio), 0.797);
}

#[test]
fn full_agreement_is_one_and_none_at_all_is_below_chance() {
    assert_eq!(alpha(&digits(&["1212", "1212"]), Metric::Nominal), Some(1.0));
    assert!(alpha(&digits(&["1212", "2121"]), Metric::Nominal).expect("values vary") < 0.0);
}

#[test]
fn without_variation_or_without_pairs_nothing_can_be_said() {
    assert_eq!(alpha(&digits(&["1111", "1111"]), Metric::Nominal), None);
    assert_eq!(percent_agreement(&digits(&["1111", "1111"])), Some(1.0));
    assert_eq!(alpha(&digits(&["12..", "..12"]), Metric::Nominal), None);
    assert_eq!(percent_agreement(&digits(&["12..", "..12"])), None);
    assert_eq!(alpha(&[], Metric::Ratio), None);
}

#[test]
fn the_order_of_coders_and_units_does_not_matter() {
    let one = alpha(&digits(&["12332", "12133"]), Metric::Interval);
    assert_eq!(alpha(&digits(&["12133", "12332"]), Metric::Interval), one);
    near(alpha(&digits(&["23321", "33121"]), Metric::Interval), one.expect("values vary"));
}
