use super::*;
use crate::times::tests::page;
use aver_codebook::Codebook;

fn read(words: &str) -> Vec<String> {
    let page = page(words, "2022-10-06");
    let codebook = Codebook::builtin();
    let index = crate::times::tests::index();
    let ctx = Context { page: &page, codebook, index, text: Text::new(&page) };
    let times = crate::times::find(&ctx);
    let numbers = crate::numbers::find(&ctx, &times);
    let mut figures = crate::figures::find(&ctx, &numbers, &times, (&[], &Default::default()), &[]);
    let day = |it: Option<Day>| it.map_or("?".to_owned(), |it| it.to_string());
    find(&ctx, &times, &[], &mut figures, &[])
        .into_iter()
        .map(|it| {
            format!(
                "{} {}..{} {}",
                it.record.counted,
                day(it.record.period.start),
                day(it.record.period.end),
                it.record.figures.join("+")
            )
        })
        .collect()
}

#[test]
fn a_number_over_a_stretch_of_time_is_a_tally() {
    assert_eq!(
        read("The group conducted over 224 lethal attacks between August 2021 and August 2022."),
        ["lethal attacks 2021-08-01..2022-08-31 f1"]
    );
    assert_eq!(read("It has killed dozens of civilians this week."), ["civilians killed 2022-10-03..2022-10-06 f1"]);
    assert_eq!(
        read("They rounded up nearly 600 members since returning to power in mid-August."),
        ["members captured 2022-08-11..2022-10-06 f1"]
    );
    assert_eq!(
        read("From May 2021 to May 2022 it made 13 attacks, which caused a minimum of 700 deaths and injuries."),
        ["attacks 2021-05-01..2022-05-31 f1+f2"]
    );
}

#[test]
fn a_sum_may_lack_its_period() {
    assert_eq!(
        read("The violence has killed and injured hundreds of villagers."),
        ["villagers killed or wounded ?..2022-10-06 f1"]
    );
}

#[test]
fn a_time_of_saying_only_ends_the_period() {
    assert_eq!(
        read("In late 2019, officials announced that hundreds of its fighters were killed in joint operations."),
        ["fighters killed ?..2019-12-31 f1"]
    );
}

#[test]
fn the_toll_of_one_attack_is_no_tally() {
    assert_eq!(read("In July, a strike killed 12 people."), [""; 0]);
    assert_eq!(read("An explosion killed 50 people on Friday."), [""; 0]);
}
