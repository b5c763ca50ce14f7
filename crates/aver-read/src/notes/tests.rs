use super::*;
use crate::text::Text;
use crate::times::tests::page;
use aver_codebook::Codebook;

fn read(words: &str, published: &str) -> Vec<String> {
    let page = page(words, published);
    let codebook = Codebook::builtin();
    let index = crate::times::tests::index();
    let ctx = Context { page: &page, codebook, index, text: Text::new(&page) };
    let times = crate::times::find(&ctx);
    let numbers = crate::numbers::find(&ctx, &times);
    let mut figures = crate::figures::find(&ctx, &numbers, &times, (&[], &Default::default()), &[]);
    let tallies = crate::tallies::find(&ctx, &times, &[], &mut figures, &[]);
    find(&ctx, &times, &figures, &tallies).into_iter().map(|it| format!("{}: {}", it.id, it.message)).collect()
}

#[test]
fn odd_dates_are_noted() {
    assert_eq!(read("On Sunday, June 8, 2022, a video came.", ""), ["weekday-mismatch: 8 June 2022 was a Wednesday"]);
    assert_eq!(
        read("On Monday it rained.", ""),
        ["no-publication-date: “Monday” cannot be dated: nobody says when the document was published"]
    );
    assert_eq!(
        read("Filed 5/8/2021.", "2022-01-01"),
        ["ambiguous-date: “5/8/2021” may be day and month or month and day"]
    );
    assert_eq!(
        read("On October 12 it rained.", "2023-03-19"),
        ["year-assumed: year assumed 2022 from the publication date"]
    );
}

#[test]
fn sums_that_do_not_add_up_are_noted() {
    assert_eq!(
        read("The raid killed 30 people, 42 of them children.", ""),
        ["parts-exceed-whole: the parts add up to 42, the whole is 30"]
    );
    let twice = read(
        "From May 2021 to May 2022, 96 people were killed in attacks. Between October 2021 and December 2021, 96 people were killed in attacks.",
        "2023-03-19",
    );
    assert_eq!(twice.len(), 1, "{twice:?}");
    assert!(twice[0].starts_with("one-number-two-periods: 96"));
}
