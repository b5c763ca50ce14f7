//! A copy to read of a text that is printed in one case or in lines of fixed width.
//!
//! In: a page. Out: a page of the same length in code points, or nothing where the
//! text needs none. Telegrams, old agency copy and headlines come in capitals only,
//! other text in small letters only; rules tell names by their capitals. [`casing`]
//! gives each word the case that running text would. [`lines`] turns the line ends
//! inside a wrapped paragraph into spaces, [`labels`] parts "-- [TEXT]" from the words behind it. Spans of the copy are spans of the text.

mod casing;
mod labels;
mod lines;
mod words;

pub use casing::Casing;

use aver_model::Page;

/// Returns the copy that is read in place of the page, when one is needed.
pub fn of(page: &Page, casing: &Casing) -> Option<Page> {
    let joined = lines::join(&page.text);
    let cased = casing.recase(joined.as_deref().unwrap_or(&page.text)).map(|it| labels::part(&it));
    let text = cased.or(joined)?;
    debug_assert_eq!(text.chars().count(), page.text.chars().count());
    Some(Page { text, ..page.clone() })
}
