//! Prints what ingesting makes of files, one JSON page a line.
//!
//! `cargo run -p aver-ingest --example page -- FILE...`

use aver_ingest::{Hints, ingest};

fn main() -> std::io::Result<()> {
    for file in std::env::args().skip(1) {
        match ingest(&std::fs::read(&file)?, &file, &Hints::default()) {
            Ok(page) => println!("{}", serde_json::to_string(&page)?),
            Err(error) => eprintln!("{error}; {}", error.hint()),
        }
    }
    Ok(())
}
