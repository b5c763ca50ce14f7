use super::*;
use crate::text::Text;
use crate::times::tests::page;

fn read(words: &str) -> Vec<String> {
    let page = page(words, "2022-01-01");
    let codebook = Codebook::builtin();
    let index = crate::times::tests::index();
    let ctx = Context { page: &page, codebook, index, text: Text::new(&page) };
    let times = crate::times::find(&ctx);
    let bound = |it: Option<u64>| it.map_or("?".to_owned(), |it| it.to_string());
    find(&ctx, &times)
        .into_iter()
        .map(|it| {
            let unit = it.unit.map_or(String::new(), |it| format!(" {it}"));
            format!("{} = {} {}..{}{unit}", ctx.text.words(it.tokens.clone()), it.op, bound(it.low), bound(it.high))
        })
        .collect()
}

#[test]
fn digits_and_words() {
    assert_eq!(
        read("1,500 men, twenty-five women, one hundred and six boys"),
        ["1,500 = exact 1500..1500", "twenty-five = exact 25..25", "one hundred and six = exact 106..106"]
    );
    assert_eq!(
        read("half a million people and a dozen goats, 2.5 million sheep"),
        ["half a million = exact 500000..500000", "a dozen = exact 12..12", "2.5 million = exact 2500000..2500000"]
    );
}

#[test]
fn operators_bound_a_number() {
    assert_eq!(
        read("At least 50 people and more than 100 wounded"),
        ["At least 50 = at_least 50..?", "more than 100 = more_than 101..?"]
    );
    assert_eq!(
        read("nearly 600 members, some 1,800 men, up to 30 huts"),
        ["nearly 600 = nearly ?..600", "some 1,800 = about 1800..1800", "up to 30 = up_to ?..30"]
    );
    assert_eq!(
        read("10 to 15 people, between 20 and 30 men, 20-30 boys"),
        ["10 to 15 = range 10..15", "between 20 and 30 = range 20..30", "20-30 = range 20..30"]
    );
    assert_eq!(
        read("a minimum of 700 deaths, 12 or more"),
        ["a minimum of 700 = at_least 700..?", "12 or more = at_least 12..?"]
    );
    assert_eq!(
        read("dozens of people, several attacks, hundreds injured"),
        ["dozens of = dozens 24..?", "several = several 3..?", "hundreds = hundreds 200..?"]
    );
}

#[test]
fn idioms_shares_and_indian_scales() {
    assert_eq!(
        read("twenty-odd men, a 300-strong crowd, 500-plus tents, a score of huts"),
        [
            "twenty-odd = about 20..20",
            "300-strong = exact 300..300",
            "500-plus = at_least 500..?",
            "a score of = exact 20..20"
        ]
    );
    assert_eq!(
        read("3 lakh people and two crore rupees; half a dozen boys"),
        [
            "3 lakh = exact 300000..300000",
            "two crore rupees = exact 20000000..20000000 rupees",
            "half a dozen = exact 6..6"
        ]
    );
    assert_eq!(read("one in five homes; 3 out of 10 men"), [""; 0]);
}

#[test]
fn money_and_percent() {
    assert_eq!(
        read("$15,000 and 5,000 euros, about 12 percent"),
        [
            "$15,000 = exact 15000..15000 USD",
            "5,000 euros = exact 5000..5000 EUR",
            "about 12 percent = about 12..12 percent"
        ]
    );
}

#[test]
fn other_digits_count_nothing() {
    assert_eq!(read("a 20-year-old aged 8, Article 5, at 10:30, 3 p.m., the 5th man, No. 2, 9/11"), [""; 0]);
    assert_eq!(read("one of the most feared; no one came; one another"), [""; 0]);
}
