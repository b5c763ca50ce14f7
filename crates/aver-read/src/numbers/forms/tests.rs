use super::*;

fn values(text: &str) -> Vec<String> {
    numbers(text).into_iter().map(|it| format!("{} = {}", &text[it.bytes.clone()], it.value)).collect()
}

#[test]
fn digits_with_separators_and_scales() {
    assert_eq!(
        values("1,500 men, 2.5 million sheep, 13 lakh, 12,34,567.89, 40 000 and 5k."),
        [
            "1,500 = 1500",
            "2.5 million = 2500000",
            "13 lakh = 1300000",
            "12,34,567.89 = 1234567.89",
            "40 000 = 40000",
            "5k = 5000"
        ]
    );
    assert_eq!(
        values("4 thousand 3 hundred and 21; 192.168.1.2"),
        ["4 thousand 3 hundred and 21 = 4321", "192 = 192", "168 = 168", "1 = 1", "2 = 2"]
    );
    assert_eq!(values("the 180ml bottle, COVID19"), [""; 0]);
}

#[test]
fn words_and_idioms() {
    assert_eq!(
        values("one hundred and six, twenty-one trillion three hundred, half a dozen, three lakh crore"),
        [
            "one hundred and six = 106",
            "twenty-one trillion three hundred = 21000000000300",
            "half a dozen = 6",
            "three lakh crore = 3000000000000"
        ]
    );
    assert_eq!(values("the one you know; which one"), [""; 0]);
    assert_eq!(values("nought point nought three"), ["nought point nought three = 0.03"]);
}

#[test]
fn fractions() {
    assert_eq!(values("three quarters, 1 in 5, a fifth"), ["three quarters = 0.75", "1 in 5 = 0.2", "a fifth = 0.2"]);
    assert_eq!(values("2 1/4, five and a half million"), ["2 1/4 = 2.25", "five and a half million = 5500000"]);
    assert_eq!(values("on 5/17/2018"), ["5 = 5", "17 = 17", "2018 = 2018"]);
}

#[test]
fn percentages_with_and_without_a_number() {
    let text = "12.5 % of them, minus five percent, per cent of 210, the % of it";
    let found: Vec<_> = percentages(text).into_iter().map(|(it, value)| (&text[it], value)).collect();
    assert_eq!(
        found,
        [("12.5 %", Some(12.5)), ("minus five percent", Some(-5.0)), ("per cent of 210", Some(210.0)), ("%", None)]
    );
}

#[test]
fn bounds_on_numbers() {
    let show = |text: &str| {
        let end = |it: Option<(f64, bool)>| {
            it.map_or("open".to_owned(), |it| format!("{}{}", it.0, if it.1 { " in" } else { " out" }))
        };
        ranges(text)
            .into_iter()
            .map(|(it, bounds)| format!("{} = {}..{}", &text[it], end(bounds.low), end(bounds.high)))
            .collect::<Vec<_>>()
    };
    assert_eq!(show("between 20 and 30 men"), ["between 20 and 30 = 20 in..30 out"]);
    assert_eq!(
        show("at least 50, fewer than a thousand"),
        ["at least 50 = 50 in..open", "fewer than a thousand = open..1000 out"]
    );
    assert_eq!(show("more than 10 and less than 20"), ["more than 10 and less than 20 = 10 out..20 out"]);
    assert_eq!(show("call +1-222-2222-2222"), [""; 0]);
}

#[test]
fn ranks() {
    let text = "the 11th, the twenty-fifth, the last but one";
    let found: Vec<_> = ordinals(text).into_iter().map(|(it, rank)| (&text[it], rank)).collect();
    assert_eq!(
        found,
        [("11th", Rank::FromStart(11)), ("twenty-fifth", Rank::FromStart(25)), ("the last but one", Rank::FromEnd(-1))]
    );
}

#[test]
fn any_text_is_read() {
    for text in [
        "",
        "½",
        "1e999999",
        "999999999999999999999999 million trillion",
        "a a a hundredths",
        "- - -",
        "1/0",
        "%%%",
        "point",
        "twenty -",
        "and and and",
    ] {
        let _ = (numbers(text), percentages(text), ranges(text), ordinals(text));
    }
}
