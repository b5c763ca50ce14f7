//! What every measurement needs: pages of bare text, files, counts.

use aver_model::{Document, Page, Published};
use std::io::Read as _;
use std::path::Path;

/// A text without date, title or outlet.
pub fn page(text: &str) -> Page {
    let document = Document {
        id: String::new(),
        sha256: String::new(),
        file: String::new(),
        source: None,
        title: None,
        byline: None,
        language: Some("en".into()),
        published: Published::UNKNOWN,
    };
    Page { document, text: text.to_owned(), dropped: vec![], structure: vec![], notes: vec![] }
}

/// A file's text; `.gz` is unpacked.
pub fn text_of(path: &Path) -> Result<String, String> {
    let fault = |it: std::io::Error| format!("error: {it}\n  --> {}", path.display());
    if path.extension().is_some_and(|it| it == "gz") {
        let mut text = String::new();
        let file = std::fs::File::open(path).map_err(fault)?;
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).map_err(fault)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(fault)
}

/// Right answers against ours and gold's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// Ours that are also gold's.
    pub right: usize,
    /// How many we gave.
    pub ours: usize,
    /// How many gold has.
    pub gold: usize,
}

impl Count {
    /// Precision; 0 where nothing was given.
    pub fn precision(&self) -> f64 {
        share(self.right, self.ours)
    }

    /// Recall; 0 where gold has nothing.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.ours + self.gold)
    }

    /// One line: name, precision, recall, F1, counts.
    pub fn line(&self, name: &str) -> String {
        format!(
            "{name:<16} P {:.3}  R {:.3}  F1 {:.3}   {} right, {} ours, {} gold",
            self.precision(),
            self.recall(),
            self.f1(),
            self.right,
            self.ours,
            self.gold
        )
    }
}

/// `part / whole`, 0 where there is no whole.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The reader that the options ask for: rules alone, or with `--model`, `--model=FOLDER` and `--shallow` a language
/// model too, `--ungated` for every sentence.
pub fn reader(options: &[String]) -> Result<aver_read::Reader<'static>, String> {
    let rules = aver_read::Reader::new(aver_codebook::Codebook::builtin());
    if !options.iter().any(|it| it.starts_with("--model")) {
        return Ok(rules);
    }
    // Lives as long as the program.
    let language: &'static aver_language::Language = Box::leak(Box::new(language(options)?));
    let reader = rules.with_language(language, depth(options), "scored");
    Ok(if options.iter().any(|it| it == "--ungated") { reader.ungated() } else { reader })
}

/// The language model that the options name: `--model=FOLDER`, else the shipped one.
pub fn language(options: &[String]) -> Result<aver_language::Language, String> {
    let folder = options.iter().find_map(|it| it.strip_prefix("--model=")).unwrap_or("models");
    let folder = Path::new(folder);
    let path = folder.join("aver-en.onnx");
    let graph = std::fs::read(&path).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
    let (labels, vocabulary) = (text_of(&folder.join("labels.json"))?, text_of(&folder.join("vocab.txt"))?);
    aver_language::Language::from_bytes(graph, &labels, &vocabulary).map_err(|it| format!("error: {it}"))
}

/// Which exit the options ask for: `--shallow`, else the last.
pub fn depth(options: &[String]) -> aver_language::Depth {
    let shallow = options.iter().any(|it| it == "--shallow");
    if shallow { aver_language::Depth::Shallow } else { aver_language::Depth::Deep }
}
