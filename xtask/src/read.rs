//! `cargo xtask show`: reading without the rest of the program.

use aver_codebook::Codebook;
use aver_model::{Page, Published, Reading};
use std::path::Path;

/// The reading of a file.
pub fn read(path: &Path, published: Option<Published>, source: Option<String>) -> Result<Reading, String> {
    let page = page(path, published, source)?;
    Ok(aver_read::read(&page, Codebook::builtin()))
}

/// Takes a file in, with what is known of it.
pub fn page(path: &Path, published: Option<Published>, source: Option<String>) -> Result<Page, String> {
    let bytes = std::fs::read(path).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
    let file = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
    let hints = aver_ingest::Hints { published, source, ..Default::default() };
    aver_ingest::ingest(&bytes, &file, &hints).map_err(|it| format!("error: {it}\n  --> {}", path.display()))
}

/// Prints the reading of a text.
pub fn show(args: &[String]) -> Result<(), String> {
    let [file, rest @ ..] = args else { return Err("error: no file given\nhint: cargo xtask show FILE".into()) };
    let published = match rest {
        [flag, date, ..] if flag == "--published" => Some(date.parse().map(|it| Published::given(it, it))?),
        _ => None,
    };
    let reading = read(Path::new(file), published, None)?;
    println!("{}", serde_json::to_string_pretty(&reading).map_err(|it| it.to_string())?);
    Ok(())
}
