//! English text to sentences, words, tags, trees and names.
//!
//! In: a text. Out: an [`Analysis`]: sentences, words with their place, lemma,
//! part of speech, features, head and relation (Universal Dependencies English),
//! names, and spans of who says what. A pure function: the same text gives the
//! same bytes, whatever is analysed beside it, on any number of threads.
//!
//! [`cut`] needs no model. A [`Language`] carries one: bytes of an ONNX graph,
//! its labels and its vocabulary, run with the kernels of `rten`. The feature `embedded-model`
//! holds the shipped one in the program; nothing is read from disk or network.
//!
//! Odd text gives notes, not errors: another language is not analysed, a
//! sentence that is too long is parsed in pieces, a text that is too long only
//! up to a limit. Positions inside are byte ranges of the text; records for
//! others carry code points ([`aver_model::Offsets`]).

mod abbreviations;
mod analysis;
#[cfg(feature = "model")]
mod engine;
mod english;
#[cfg(feature = "model")]
mod language;
#[cfg(feature = "model")]
mod lemmas;
#[cfg(feature = "model")]
mod model;
#[cfg(feature = "model")]
mod pieces;
#[cfg(feature = "model")]
mod runs;
pub mod sentences;
#[cfg(feature = "model")]
mod tree;
pub mod words;

pub use analysis::{Analysis, Layer, Name, Note, Part, Role, Sentence, Word, cut, cut_sentences};
pub use english::is_english;
#[cfg(feature = "model")]
pub use language::{Ask, Depth, Language};
#[cfg(feature = "model")]
pub use model::ModelError;
