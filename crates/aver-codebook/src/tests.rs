use crate::{Codebook, Fault};

#[test]
fn the_built_in_codebook_has_no_faults() {
    if let Err(error) = Codebook::from_files(Codebook::builtin_files()) {
        let lines: Vec<String> =
            error.faults.iter().map(|it| format!("{}:{}: {} [{}] {}", it.file, it.line, it.message, it.id, it.hint)).collect();
        panic!("{}", lines.join("\n"));
    }
}

#[allow(dead_code)]
fn faults(files: &[(&str, &str)]) -> Vec<Fault> {
    let files = files.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned()));
    Codebook::from_files(files).map(|_| vec![]).unwrap_or_else(|error| error.faults)
}
