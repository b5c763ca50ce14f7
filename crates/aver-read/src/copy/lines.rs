//! Joins the lines of paragraphs that were wrapped at a fixed width.
//!
//! In: a text. Out: the same text with spaces for the line ends inside paragraphs,
//! or nothing where lines are not wrapped. A line was wrapped if the first word of the
//! next would not have fitted on it: that is what a wrapping program does.

/// Lines longer than this are paragraphs, not wrapped ones.
const WIDEST: usize = 100;
/// Lines shorter than this are lists or verse.
const NARROWEST: usize = 40;
/// So many lines must be wrapped before a text counts as wrapped.
const FEWEST: usize = 3;

/// Returns the text with wrapped lines joined.
pub fn join(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let lengths: Vec<usize> = lines.iter().map(|it| it.trim_end().chars().count()).collect();
    let width = *lengths.iter().max()?;
    if !(NARROWEST..=WIDEST).contains(&width) || lines.len() <= FEWEST {
        return None;
    }
    let overflows = |at: usize| {
        let word = lines[at + 1].split_whitespace().next().map_or(0, |it| it.chars().count());
        // A few columns less: wrapping programs keep a margin, and hyphens may have been joined.
        lengths[at] + 1 + word + 4 > width
    };
    let inside =
        |at: usize| lengths[at] > 0 && lengths.get(at + 1).is_some_and(|&it| it > 0) && !lines[at + 1].starts_with(' ');
    let (mut wrapped, mut short) = (vec![], 0);
    for at in (0..lines.len() - 1).filter(|&at| inside(at)) {
        match overflows(at) {
            true => wrapped.push(at),
            false => short += 1,
        }
    }
    if wrapped.len() < FEWEST || short * 5 > wrapped.len() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        out.push_str(line);
        if at + 1 < lines.len() {
            out.push(if wrapped.binary_search(&at).is_ok() { ' ' } else { '\n' });
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "   Two men in uniform came to the village of Harl at\ndawn and asked for the mayor by name, a woman who\nsaw them said. They left an hour later in a truck\nwith no plates.\n\n   Nobody was hurt.";
        let joined = join(text).unwrap();
        assert_eq!(joined.chars().count(), text.chars().count());
        assert!(joined.contains("Harl at dawn") && joined.contains("plates.\n\n"));
    }

    #[test]
    fn paragraphs_of_one_line_and_lists_stay() {
        assert_eq!(join("A short line.\nAnother line.\nA third one.\nAnd a fourth."), None);
        let list =
            "- the men of the first brigade who had come to town\n- the police\n- the mayor\n- the guard\n- a cook";
        assert_eq!(join(list), None);
    }
}
