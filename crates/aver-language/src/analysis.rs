//! What is known of a text: the records that the other modules fill.
//!
//! [`cut`] gives sentences and words; everything else stays empty until a model
//! has read them.

use crate::{sentences, words};
use aver_model::{Offsets, Span};
use std::fmt;
use std::ops::Range;

/// A text in sentences and words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// In text order.
    pub sentences: Vec<Sentence>,
    /// All words, in text order; every word belongs to one sentence.
    pub words: Vec<Word>,
    /// Names and mentions, by first word, longer first; the kinds may overlap each other.
    pub names: Vec<Name>,
    /// Spans of attribution, in text order.
    pub parts: Vec<Part>,
    /// What was left out or done otherwise.
    pub notes: Vec<Note>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Byte range in the text, without outer white space.
    pub bytes: Range<usize>,
    /// Its words, in [`Analysis::words`].
    pub words: Range<usize>,
    /// A model has read it: what was asked of it is there.
    pub read: bool,
}

/// A word of Universal Dependencies: "did" and "n't" are two.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Byte range in the text.
    pub bytes: Range<usize>,
    /// It continues the printed word before it ("n't", "'s").
    pub joined: bool,
    /// Dictionary form; empty when no model has read it.
    pub lemma: String,
    /// Universal part of speech ("VERB"); empty when no model has read it.
    pub upos: &'static str,
    /// Penn tag ("VBD"); empty when no model has read it.
    pub xpos: &'static str,
    /// Universal features ("Number=Plur|…"); empty when there are none.
    pub features: &'static str,
    /// Its head, in [`Analysis::words`]; `None` for the root and for words that no model has read.
    pub head: Option<usize>,
    /// Relation to the head ("nsubj:pass"; "root"); empty when no model has read it.
    pub relation: &'static str,
}

impl Word {
    /// Returns the relation without what stands after `:`.
    pub fn plain_relation(&self) -> &'static str {
        self.relation.split(':').next().unwrap_or("")
    }
}

/// A name, or a mention of one of the kinds that conflict reporting needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Its words, in [`Analysis::words`].
    pub words: Range<usize>,
    /// "PERSON", "ORG", "GPE" … for names; the kinds of the `mil` label set for mentions.
    pub kind: &'static str,
    /// Where it comes from.
    pub layer: Layer,
}

/// Which label set a [`Name`] belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Names of the eighteen OntoNotes kinds.
    Name,
    /// Outermost mentions of conflict reporting, names and descriptions.
    Mention,
    /// Mentions inside another.
    Inner,
}

/// A span of one attribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its words, in [`Analysis::words`].
    pub words: Range<usize>,
    /// What it is.
    pub role: Role,
}

/// The job of a [`Part`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who speaks.
    Source,
    /// The words that tie source and content.
    Cue,
    /// What is said.
    Content,
}

/// Something an analyst may want to know about the analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The text is not English; no model has read it.
    OtherLanguage,
    /// The sentence with this index was too long and parsed in pieces.
    LongSentence(usize),
    /// The sentence with this index is too long to be one and was not read.
    EndlessSentence(usize),
    /// The model read the words before this index only.
    LongText(usize),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::OtherLanguage => write!(f, "the text does not read as English; its sentences were not analysed"),
            Note::LongSentence(index) => write!(f, "sentence {} is very long and was analysed in pieces", index + 1),
            Note::EndlessSentence(index) => {
                write!(f, "sentence {} is too long to be a sentence and was not analysed", index + 1)
            }
            Note::LongText(words) => write!(f, "the text is very long; only its first {words} words were analysed"),
        }
    }
}

impl Analysis {
    /// Returns the byte range of a range of words; an empty one stands at its first word.
    pub fn bytes(&self, words: Range<usize>) -> Range<usize> {
        match self.words.get(words.clone()) {
            Some([first, .., last]) => first.bytes.start..last.bytes.end,
            Some([only]) => only.bytes.clone(),
            _ => {
                let at = self.words.get(words.start).or(self.words.last()).map_or(0, |it| it.bytes.start);
                at..at
            }
        }
    }

    /// Returns the code points that a range of words covers.
    pub fn span(&self, text: &str, offsets: &Offsets, words: Range<usize>) -> Span {
        offsets.span(text, self.bytes(words))
    }

    /// Returns the index of the sentence that a word stands in.
    pub fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|it| it.words.end <= word)
    }
}

/// Cuts a text into sentences and words; every line break ends a sentence.
pub fn cut(text: &str) -> Analysis {
    let mut analysis = cut_sentences(text, &sentences::cut_lines(text));
    analysis.sentences.retain(|it| !it.words.is_empty());
    analysis
}

/// Cuts given sentences, byte ranges of `text` in text order, into words; one without words stays, so that indices hold.
pub fn cut_sentences(text: &str, sentences: &[Range<usize>]) -> Analysis {
    cut_wanted(text, sentences, |_| true, usize::MAX)
}

/// Cuts those of the given sentences that are wanted, until there are more than `most` words; the others stay without.
pub(crate) fn cut_wanted(
    text: &str,
    sentences: &[Range<usize>],
    wanted: impl Fn(usize) -> bool,
    most: usize,
) -> Analysis {
    let mut analysis = Analysis::default();
    let mut pieces = vec![];
    for (number, bytes) in sentences.iter().enumerate() {
        pieces.clear();
        if analysis.words.len() <= most && wanted(number) {
            words::cut(text, bytes.clone(), &mut pieces);
        }
        let first = analysis.words.len();
        analysis.words.extend(pieces.drain(..).map(|it| Word {
            bytes: it.bytes,
            joined: it.joined,
            lemma: String::new(),
            upos: "",
            xpos: "",
            features: "",
            head: None,
            relation: "",
        }));
        let words = first..analysis.words.len();
        analysis.sentences.push(Sentence { bytes: bytes.clone(), words, read: false });
    }
    analysis
}
