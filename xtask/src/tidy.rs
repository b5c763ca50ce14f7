//! Checks the shape of the repository: the rules that ARCHITECTURE.md states.

use crate::cargo;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A stage may depend on the nouns and the codebook, and on nothing else of ours.
const STAGES: [&str; 7] =
    ["aver-ingest", "aver-read", "aver-reconcile", "aver-review", "aver-publish", "aver-ledger", "aver-score"];
/// Lines that a source file may have.
const LONGEST_FILE: usize = 800;

/// Runs every check and lists every fault.
pub fn check() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"], &[])?;
    // The build without weights has code of its own.
    cargo(&["check", "--package", "aver", "--no-default-features", "--quiet"], &[])?;
    let mut faults = layering()?;
    for file in sources(Path::new(".")) {
        faults.extend(shape(&file));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn layering() -> Result<Vec<String>, String> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .map_err(|it| format!("error: cargo metadata could not be started: {it}"))?;
    let meta: serde_json::Value =
        serde_json::from_slice(&out.stdout).map_err(|it| format!("error: cargo metadata: {it}"))?;
    let mut faults = vec![];
    for package in meta["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or("");
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let wanted = dependency["name"].as_str().unwrap_or("");
            if dependency["kind"].is_null() && !may_depend(name, wanted) {
                faults.push(format!(
                    "error: `{name}` may not depend on `{wanted}`\n  --> crates/{name}/Cargo.toml\n\
                     hint: stages share types through `aver-model`; `aver` joins them (ARCHITECTURE.md)"
                ));
            }
        }
    }
    Ok(faults)
}

fn may_depend(name: &str, wanted: &str) -> bool {
    if !wanted.starts_with("aver-") {
        return true;
    }
    match name {
        "aver-model" => false,
        "aver-codebook" | "aver-language" => wanted == "aver-model",
        "aver-read" if wanted == "aver-language" => true,
        _ if STAGES.contains(&name) => wanted == "aver-model" || wanted == "aver-codebook",
        _ => true,
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = vec![];
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "target" && !name.to_string_lossy().starts_with('.') {
                files.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn shape(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut faults = vec![];
    let lines = text.lines().count();
    if lines > LONGEST_FILE {
        faults.push(format!(
            "error: {lines} lines, at most {LONGEST_FILE}\n  --> {}\nhint: cut it where one idea ends",
            path.display()
        ));
    }
    let is_tests = path.file_stem().is_some_and(|it| it == "tests");
    if !is_tests && !text.starts_with("//!") {
        faults.push(format!(
            "error: no header\n  --> {}:1\nhint: begin with `//!`: what comes in, what goes out, the rule it keeps",
            path.display()
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::may_depend;

    #[test]
    fn a_stage_knows_the_nouns_and_the_codebook_and_no_other_stage() {
        assert!(may_depend("aver-read", "aver-codebook") && may_depend("aver", "aver-read"));
        assert!(may_depend("aver-read", "regex") && may_depend("aver-read", "aver-language"));
        assert!(!may_depend("aver-reconcile", "aver-language") && !may_depend("aver-language", "aver-codebook"));
        assert!(!may_depend("aver-read", "aver-reconcile") && !may_depend("aver-model", "aver-codebook"));
        assert!(!may_depend("aver-ledger", "aver-ingest"));
    }

    #[test]
    fn the_workspace_keeps_its_layers() {
        assert_eq!(super::layering().expect("cargo metadata runs"), Vec::<String>::new());
    }
}
