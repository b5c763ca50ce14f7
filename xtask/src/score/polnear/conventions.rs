//! Our statements as that corpus draws attributions.
//!
//! In: a reading. Out: source, cue and content in the corpus's own extents. Each
//! rule is a convention of its guidelines that holds in four of five cases of its
//! training part or more:
//!
//! - a cue holds the adverbs before its verb ("also said"), a colon behind it
//!   ("said:") and the preposition that leads to the content ("complained about");
//! - a source with an apposition holds the comma that closes it ("Ann Doe, a
//!   clerk,"), a possessive its "'s"; of "a clerk, who said" the source is "who";
//! - a content holds "that", its quotation marks and the comma before the closing one;
//! - a quotation that goes on without a cue belongs to the attribution before it;
//! - what is said inside of what another says is left out: none of the corpus's
//!   22,466 cues stands inside a content.

use super::Ranges;
use aver_model::{Reading, Span, Statement};

/// Prepositions that tie a content to a cue.
const TIES: &[&str] = &["of", "for", "about", "against", "on", "over", "with", "from"];

/// Adverbs without the ending of one.
const ADVERBS: &[&str] = &[
    "also", "then", "later", "often", "still", "now", "never", "once", "again", "always", "even", "further", "first",
    "just", "soon", "twice", "long",
];

/// Source, cue and content of every attribution of a reading.
pub fn attributions(reading: &Reading) -> Vec<[Ranges; 3]> {
    let text: Vec<char> = reading.text.chars().collect();
    let text = Drawn { text };
    let mut all: Vec<[Ranges; 3]> = vec![];
    for it in &reading.statements {
        let mut roles = text.roles(it);
        match all.last_mut() {
            Some(last) if it.cue.is_none() && it.speaker.span.is_none() => last[2].append(&mut roles[2]),
            _ => all.push(roles),
        }
    }
    outermost(all)
}

/// Leaves out what is said inside of what another says.
fn outermost(all: Vec<[Ranges; 3]>) -> Vec<[Ranges; 3]> {
    let nested = |it: &[Ranges; 3]| {
        it[1].first().is_some_and(|cue| {
            all.iter().any(|other| other[1].first() != Some(cue) && other[2].iter().any(|piece| piece.contains(*cue)))
        })
    };
    all.iter().filter(|it| !nested(it)).cloned().collect()
}

struct Drawn {
    text: Vec<char>,
}

impl Drawn {
    fn roles(&self, statement: &Statement) -> [Ranges; 3] {
        let content = &statement.content;
        let pieces = if content.spans.is_empty() { vec![content.span] } else { content.spans.clone() };
        let cue = statement.cue.as_ref().map(|it| self.cue(it.span, statement.speaker.span, pieces[0]));
        let source = statement.speaker.span.map(|it| self.source(it, cue));
        let content = pieces.into_iter().map(|it| self.content(it)).collect();
        [source.into_iter().collect(), cue.into_iter().collect(), content]
    }

    fn cue(&self, mut cue: Span, source: Option<Span>, content: Span) -> Span {
        while let Some(word) = self.word_before(cue.start) {
            let inside = source.is_some_and(|it| it.shared(word) > 0);
            let text = self.lower(word);
            if inside || !(text.len() > 4 && text.ends_with("ly") || ADVERBS.contains(&text.as_str())) {
                break;
            }
            cue.start = word.start;
        }
        if self.text.get(cue.end) == Some(&':') {
            cue.end += 1;
        }
        if let Some(word) = self.word_behind(cue.end)
            && word.end < content.start
            && content.start <= word.end + 1
            && TIES.contains(&self.lower(word).as_str())
        {
            cue.end = word.end;
        }
        cue
    }

    fn source(&self, mut source: Span, cue: Option<Span>) -> Span {
        if let Some(cue) = cue.filter(|it| it.start > source.end) {
            let between = self.lower(Span::new(source.end, cue.start));
            let word = between.trim_start_matches(',').trim();
            if matches!(word, "who" | "which" | "that") {
                return Span::new(cue.start - 1 - word.len(), cue.start - 1);
            }
            if between.starts_with("'s ") || between.starts_with("’s ") {
                source.end += 2;
            }
        }
        if self.text.get(source.end) == Some(&',') && self.text[source.start..source.end].contains(&',') {
            source.end += 1;
        }
        source
    }

    fn content(&self, span: Span) -> Span {
        let quote = |at: usize| self.text.get(at).is_some_and(|it| matches!(it, '"' | '“' | '”'));
        let two = |at: usize| at + 1 < self.text.len() && self.text[at] == '\'' && self.text[at + 1] == '\'';
        let (mut start, mut end) = (span.start, span.end);
        if start > 0 && quote(start - 1) {
            start -= 1;
        } else if start > 1 && two(start - 2) {
            start -= 2;
        }
        if matches!(self.text.get(end), Some(',' | '.' | '?' | '!')) && (quote(end + 1) || two(end + 1)) {
            end += 1;
        }
        if quote(end) {
            end += 1;
        } else if two(end) {
            end += 2;
        }
        if start >= 5 && self.lower(Span::new(start - 5, start)) == "that " {
            start -= 5;
        }
        Span::new(start, end)
    }

    fn lower(&self, span: Span) -> String {
        self.text[span.start..span.end].iter().collect::<String>().to_lowercase()
    }

    /// The word that ends one blank before a place.
    fn word_before(&self, at: usize) -> Option<Span> {
        let end = at.checked_sub(1).filter(|&it| self.text[it] == ' ')?;
        let start = (0..end).rev().take_while(|&it| self.text[it].is_alphabetic()).last()?;
        Some(Span::new(start, end))
    }

    /// The word that begins one blank behind a place.
    fn word_behind(&self, at: usize) -> Option<Span> {
        let blank = self.text.get(at).is_some_and(|it| *it == ' ');
        let start = at + 1;
        let end = (start..self.text.len()).take_while(|&it| self.text[it].is_alphabetic()).last()? + 1;
        blank.then(|| Span::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{page, show};
    use super::attributions;

    fn drawn(text: &str) -> Vec<String> {
        let reading = aver_read::Reader::new(aver_codebook::Codebook::builtin()).read(&page(text));
        attributions(&reading).iter().map(|it| show(&reading, it)).collect()
    }

    #[test]
    fn a_cue_holds_its_adverb_and_its_preposition() {
        assert_eq!(
            drawn("The mayor also said that the well was dry."),
            ["[The mayor] <also said> that the well was dry"]
        );
        assert_eq!(drawn("The general warned of new raids."), ["[The general] <warned of> new raids"]);
    }

    #[test]
    fn an_apposition_holds_its_comma_and_who_stands_for_its_noun() {
        let found = drawn("Ann Doe, a clerk in Sorvan, said the well was dry.");
        assert_eq!(found, ["[Ann Doe, a clerk in Sorvan,] <said> the well was dry"]);
        let found = drawn("Police met a farmer who said the well was dry.");
        assert_eq!(found, ["[who] <said> the well was dry"]);
    }

    #[test]
    fn what_is_said_inside_of_what_another_says_is_left_out() {
        let found = drawn("The mayor said that villagers believe the well was dry.");
        assert_eq!(found, ["[The mayor] <said> that villagers believe the well was dry"]);
    }

    #[test]
    fn a_quotation_that_goes_on_belongs_to_the_attribution_before() {
        let found = drawn("\"The well is dry,\" the mayor said. \"We have no water.\"");
        assert_eq!(found, ["[the mayor] <said> \"The well is dry,\" … \"We have no water.\""]);
    }
}
