//! Prints a report for the terminal and for `docs/scores.md`.

use crate::{HEADLINE, Report};
use std::fmt::Write;

impl Report {
    /// Returns the report as an aligned table, the headline last.
    pub fn to_table(&self) -> String {
        let mut out =
            format!("{:<38} {:>9} {:>7} {:>6}   {}\n", "", "precision", "recall", "F1", "right / ours / gold");
        for (line, counts) in &self.lines {
            let star = if HEADLINE.contains(&line.as_str()) { "*" } else { "" };
            let name = format!("{line}{star}");
            let _ = writeln!(
                out,
                "{name:<38} {:>9.2} {:>7.2} {:>6.3}   {} / {} / {}",
                counts.precision(),
                counts.recall(),
                counts.f1(),
                counts.right,
                counts.ours,
                counts.gold
            );
        }
        let _ = writeln!(
            out,
            "{:<38} {:>9} {:>7} {:>6.3}   mean F1 of the lines marked *",
            "headline",
            "",
            "",
            self.headline()
        );
        out
    }

    /// Returns the misses and extras of a record type, one a line.
    pub fn misses_of(&self, record: &str) -> String {
        let mut out = String::new();
        for it in self.misses.iter().filter(|it| it.record == record) {
            let _ = writeln!(out, "{:<7} {} {}", it.fault, it.file, it.words);
        }
        out
    }
}
