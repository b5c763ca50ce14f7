//! `cargo xtask show`: reading without the rest of the program.

use aver_model::{Page, Published};
use std::path::Path;

/// Takes a file in, with what is known of it.
pub fn page(path: &Path, published: Option<Published>, source: Option<String>) -> Result<Page, String> {
    let bytes = std::fs::read(path).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
    let file = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
    let hints = aver_ingest::Hints { published, source, ..Default::default() };
    aver_ingest::ingest(&bytes, &file, &hints).map_err(|it| format!("error: {it}\n  --> {}", path.display()))
}

/// Prints a line a word: its number, itself, part of speech, relation and head.
fn print_trees(analysis: &aver_language::Analysis, text: &str) {
    for (at, it) in analysis.words.iter().enumerate() {
        let head =
            it.head.map_or("root".to_owned(), |head| format!("{head} {}", &text[analysis.words[head].bytes.clone()]));
        println!("{at:>4} {:<18} {:<6} {:<12} {head}", &text[it.bytes.clone()], it.xpos, it.relation);
    }
}

/// Prints the readings of texts, or with `--trees` only their trees; `--model` lets the language model help, `--copy` prints first the text as it is read.
pub fn show(args: &[String]) -> Result<(), String> {
    let mut files = vec![];
    let mut published = None;
    let mut options = vec![];
    let mut rest = args.iter();
    while let Some(it) = rest.next() {
        match it.as_str() {
            "--published" => {
                let date = rest.next().ok_or("error: no date behind --published")?;
                published = Some(date.parse().map(|it| Published::given(it, it))?);
            }
            it if it.starts_with("--") => options.push(it.to_owned()),
            it => files.push(it),
        }
    }
    if files.is_empty() {
        return Err("error: no file given\nhint: cargo xtask show FILE... [--published DATE] [--model]".into());
    }
    let reader = crate::score::support::reader(&options)?;
    let language = options.iter().any(|it| it == "--trees").then(|| crate::score::support::language(&options));
    let language = language.transpose()?;
    let casing = aver_read::copy::Casing::new(aver_codebook::Codebook::builtin());
    for file in files {
        let page = page(Path::new(file), published, None)?;
        if let Some(language) = &language {
            print_trees(&language.analyse(&page.text, crate::score::support::depth(&options)), &page.text);
            continue;
        }
        if options.iter().any(|it| it == "--copy") {
            println!("{}", aver_read::copy::of(&page, &casing).map_or_else(|| page.text.clone(), |it| it.text));
        }
        let reading = reader.read(&page);
        println!("{}", serde_json::to_string_pretty(&reading).map_err(|it| it.to_string())?);
    }
    Ok(())
}
