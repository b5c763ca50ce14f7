//! The `aver` command.

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = aver::cli::Cli::parse();
    let json = cli.json;
    if let Some(words) = aver::language::without_weights(&cli.model).filter(|_| cli.command.reads()) {
        eprintln!("note: {words}");
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let done = aver::commands::run(&cli, &mut out).and_then(|()| out.flush().map_err(aver::commands::write_error));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(report) if report.id == "broken-pipe" => ExitCode::SUCCESS,
        Err(report) => {
            let _ = out.flush();
            if json {
                eprintln!("{}", serde_json::json!({ "error": report }));
            } else {
                eprintln!("{report}");
            }
            ExitCode::from(report.exit_code())
        }
    }
}
