//! Web pages to article text. To be written.

use crate::{Draft, Error};

/// Makes a draft of a page.
pub(crate) fn draft(_bytes: &[u8], file: &str) -> Result<Draft, Error> {
    Err(Error::NoHtml { file: file.to_owned() })
}
