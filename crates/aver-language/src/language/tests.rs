//! The shipped model against the reference, and what must hold whatever the model says.

use super::*;
use std::sync::LazyLock;

static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::embedded);

/// A sentence as the reference implementation reads it.
#[derive(serde::Deserialize)]
struct Reference {
    words: Vec<String>,
    case: Vec<i32>,
    pieces: Vec<Vec<i32>>,
    exit3: Exit,
    exit6: Exit,
}

#[derive(serde::Deserialize)]
struct Exit {
    upos: Vec<String>,
    xpos: Vec<String>,
    feats: Vec<String>,
    lemma: Vec<String>,
    heads: Vec<usize>,
    rels: Vec<String>,
    ner: Vec<String>,
    mil: Vec<String>,
    milin: Vec<String>,
    attr: Vec<String>,
}

fn references() -> Vec<Reference> {
    serde_json::from_str(include_str!("../../tests/fixtures/parity.json")).expect("the fixture is JSON")
}

fn row(words: &[String]) -> Row {
    let mut row = Row::default();
    for word in words {
        row.firsts.push(row.pieces.len());
        LANGUAGE.vocabulary.pieces(word, &mut row.pieces);
        row.case.resize(row.pieces.len(), case_class(word));
    }
    row
}

#[test]
fn words_have_the_pieces_and_the_case_of_the_reference() {
    for it in references() {
        assert_eq!(it.words.iter().map(|it| case_class(it)).collect::<Vec<_>>(), it.case, "{:?}", it.words);
        for (word, pieces) in it.words.iter().zip(&it.pieces) {
            let mut ours = vec![];
            LANGUAGE.vocabulary.pieces(word, &mut ours);
            assert_eq!(ours, *pieces, "{word}");
        }
    }
}

/// Float rounding differs between processors, so one decision in two hundred may.
#[test]
fn decisions_are_those_of_the_reference() {
    let (mut same, mut all, mut first) = (0, 0, None);
    let mut compare = |kind: &str, words: &[String], ours: Vec<String>, theirs: &[String]| {
        for (at, (a, b)) in ours.iter().zip(theirs).enumerate() {
            all += 1;
            same += usize::from(a == b);
            if a != b && first.is_none() {
                first = Some(format!("{kind} of {:?} in {words:?}: {a}, reference {b}", words[at]));
            }
        }
        assert_eq!(ours.len(), theirs.len());
    };
    let owned = |list: &[&'static str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    for it in references() {
        let row = row(&it.words);
        for (depth, exit) in [(Depth::Shallow, &it.exit3), (Depth::Deep, &it.exit6)] {
            let read = LANGUAGE.model.read(&[&row], depth, Ask::ALL).remove(0);
            compare("upos", &it.words, owned(&read.upos), &exit.upos);
            compare("xpos", &it.words, owned(&read.xpos), &exit.xpos);
            compare("features", &it.words, owned(&read.features), &exit.feats);
            compare("relation", &it.words, owned(&read.relations), &exit.rels);
            let lemmas = it.words.iter().zip(&read.lemmas).map(|(word, script)| lemma(word, script)).collect();
            compare("lemma", &it.words, lemmas, &exit.lemma);
            let heads: Vec<String> = exit.heads.iter().map(ToString::to_string).collect();
            compare("head", &it.words, read.heads.iter().map(ToString::to_string).collect(), &heads);
            for (spans, labels) in read.spans.iter().zip([&exit.ner, &exit.mil, &exit.milin, &exit.attr]) {
                let mut ours = vec!["O".to_owned(); it.words.len()];
                for (words, kind) in spans {
                    ours[words.clone()].fill(format!("I-{kind}"));
                    ours[words.start] = format!("B-{kind}");
                }
                compare("span", &it.words, ours, labels);
            }
        }
    }
    assert!(all > 5_000 && (all - same) * 200 <= all, "{same} of {all}; {}", first.unwrap_or_default());
}

#[test]
fn a_sentence_reads_the_same_whatever_shares_its_batch() {
    let rows: Vec<Row> = references().iter().map(|it| row(&it.words)).collect();
    let together = LANGUAGE.model.read(&rows.iter().collect::<Vec<_>>(), Depth::Shallow, Ask::ALL);
    for (row, together) in rows.iter().zip(&together) {
        assert_eq!(LANGUAGE.model.read(&[row], Depth::Shallow, Ask::ALL)[0], *together);
    }
}

#[test]
fn many_texts_read_the_same_as_each_alone() {
    let texts =
        ["The mayor said that ten people died.\nNobody left.", "A bomb went off near the market on Monday.", ""];
    let all = LANGUAGE.analyse_all(&texts, Depth::Shallow);
    for (text, analysis) in texts.iter().zip(all) {
        assert_eq!(LANGUAGE.analyse(text, Depth::Shallow), analysis);
    }
}

#[test]
fn another_language_is_told_and_not_read() {
    let text = "Bei einem Anschlag auf einen Markt sind nach Angaben der Behörden mindestens zwölf Menschen ums Leben \
                gekommen, teilte das Ministerium am Montag mit und sprach von vielen Verletzten in der Stadt.";
    let analysis = LANGUAGE.analyse(text, Depth::Deep);
    assert_eq!(analysis.notes, [Note::OtherLanguage]);
    assert!(analysis.words.iter().all(|it| it.upos.is_empty()) && !analysis.words.is_empty());
}

#[test]
fn a_sentence_without_end_is_read_in_pieces_with_one_root() {
    let text = "the men went to the market, and they said that it was near the river, ".repeat(40);
    let analysis = LANGUAGE.analyse(&text, Depth::Shallow);
    assert_eq!(analysis.sentences.len(), 1);
    assert_eq!(analysis.notes, [Note::LongSentence(0)]);
    assert_eq!(analysis.words.iter().filter(|it| it.head.is_none()).count(), 1);
    assert!(analysis.words.iter().all(|it| !it.upos.is_empty() && !it.relation.is_empty()));
    assert!(matches!(analysis.words.last().and_then(|it| it.head), Some(head) if head < analysis.words.len()));
}

#[test]
fn what_is_too_long_for_a_sentence_is_told_and_not_read() {
    let analysis = LANGUAGE.analyse(&"the men of the ".repeat(300), Depth::Shallow);
    assert_eq!(analysis.notes, [Note::EndlessSentence(0)]);
    assert!(!analysis.sentences[0].read);
}

#[test]
fn sentences_that_nobody_asks_about_cost_nothing() {
    let text = "It was the one.\nIt was not.\nThey had it.";
    let ask = |it| if it == 1 { Ask::ALL } else { Ask::NONE };
    let analysis = LANGUAGE.analyse_sentences(text, &crate::sentences::cut_lines(text), ask, Depth::Shallow);
    assert_eq!(analysis.sentences.iter().map(|it| it.words.len()).collect::<Vec<_>>(), [0, 4, 0]);
    let long = "It was the one that they had. ".repeat(30_000);
    let sentences = crate::sentences::cut_lines(&long);
    let none_of_the_first = |it| if it > sentences.len() - 3 { Ask::ALL } else { Ask::NONE };
    let analysis = LANGUAGE.analyse_sentences(&long, &sentences, none_of_the_first, Depth::Shallow);
    assert!(analysis.notes.is_empty() && analysis.words.len() < 30);
}

#[test]
fn what_is_not_asked_for_is_not_there_and_the_rest_is_the_same() {
    let text = "Amina Sule said that ten people died in Kano.";
    let all = LANGUAGE.analyse(text, Depth::Shallow);
    let ask = Ask { names: true, ..Ask::NONE };
    let names = LANGUAGE.analyse_sentences(text, &[0..text.len()], |_| ask, Depth::Shallow);
    let kept: Vec<_> = all.names.iter().filter(|it| it.layer == Layer::Name).cloned().collect();
    assert!(!kept.is_empty() && names.names == kept && names.parts.is_empty());
    assert!(names.words.iter().all(|it| it.upos.is_empty() && it.head.is_none()));
    let trees =
        LANGUAGE.analyse_sentences(text, &[0..text.len()], |_| Ask { trees: true, ..Ask::NONE }, Depth::Shallow);
    assert!(trees.words == all.words && trees.names.is_empty());
}

#[test]
fn a_sentence_that_comes_again_reads_the_same() {
    let analysis = LANGUAGE.analyse("The mayor said so.\nNobody left the town.\nThe mayor said so.", Depth::Shallow);
    let tree = |at: usize| {
        let words = analysis.sentences[at].words.clone();
        let start = words.start;
        analysis.words[words].iter().map(|it| (it.upos, it.relation, it.head.map(|it| it - start))).collect::<Vec<_>>()
    };
    assert_eq!(tree(0), tree(2));
    assert_ne!(tree(0), tree(1));
    assert!(analysis.sentences.iter().all(|it| it.read));
}

#[test]
fn batches_and_rows_of_a_huge_text_stay_bounded() {
    let text = "It was the one that they had. ".repeat(30_000);
    let mut analysis = cut(&text);
    let mut windows = vec![];
    for sentence in 0..2_000 {
        LANGUAGE.windows(&text, &analysis, sentence, Ask::ALL, &mut windows);
    }
    assert!(windows.iter().all(|it| it.row.pieces.len() <= MOST_PIECES));
    let order: Vec<usize> = (0..windows.len()).collect();
    for batch in batches(&windows, &order) {
        let pieces: usize = batch.iter().map(|&it| windows[it].row.pieces.len() + 2).sum();
        assert!(pieces <= MOST_TOGETHER.max(MOST_PIECES + 2));
    }
    // Beyond the limit nothing is read, and the text says so.
    let from = analysis.sentences.partition_point(|it| it.words.end <= MOST_WORDS);
    let beyond = |it| if it == from + 1 { Ask::ALL } else { Ask::NONE };
    LANGUAGE.read(&text, &mut analysis, beyond, Depth::Shallow);
    assert_eq!(analysis.notes, [Note::LongText(MOST_WORDS)]);
    assert!(analysis.sentences.iter().all(|it| !it.read));
}

#[test]
fn dictionary_forms_follow_their_script() {
    let made = [("Killed", "L2"), ("said", "L2y"), ("NATO", "K0"), ("It", "L9x"), ("Größe", "L1")]
        .map(|(form, script)| lemma(form, script));
    assert_eq!(made, ["kill", "say", "NATO", "it", "größ"]);
}

#[test]
fn bytes_that_are_no_model_are_refused_with_a_reason() {
    let labels = include_str!("../../../../models/labels.json");
    let file = include_bytes!("../../../../models/aver-en.onnx");
    let refused = |graph: &[u8], labels: &str| {
        let fault = Language::from_bytes(graph.to_vec(), labels, "").expect_err("no model");
        assert!(fault.to_string().starts_with("the language model cannot be used: "), "{fault}");
        fault.to_string()
    };
    assert!(refused(file, "{}").contains("its labels"));
    assert!(refused(&[0; 64], labels).contains("no ONNX file"));
    for part in [1, 1_000, file.len() / 2, file.len() - 1] {
        refused(&file[..part], labels);
    }
    assert!(refused(file, &labels.replacen("\"nsubj\"", "\"nsubj\", \"other\"", 1)).contains("sizes"));
}

/// Weights of the last layers are packed when a sentence needs them, and the answer is the same.
#[test]
fn what_the_first_exit_says_does_not_depend_on_what_was_read_before() {
    let text = "Amina Sule said that ten people died in Kano.";
    let fresh = Language::embedded();
    let before = fresh.analyse(text, Depth::Shallow);
    fresh.analyse(text, Depth::Deep);
    assert_eq!(fresh.analyse(text, Depth::Shallow), before);
}
