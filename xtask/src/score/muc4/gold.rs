//! The files of MUC-4: texts, templates with string roles, keys of 24 slots.

use super::super::support::text_of;
use super::align::{Template, normal};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A text in lower case with its templates.
pub struct Document {
    /// `DEV-MUC3-0001`.
    pub id: String,
    /// As the template file has it, in lower case.
    pub text: String,
    /// Gold.
    pub templates: Vec<Template>,
}

/// Reads a file of documents, one JSON object a line.
pub fn documents(path: &Path) -> Result<Vec<Document>, String> {
    let mut out = vec![];
    for line in text_of(path)?.lines().filter(|it| !it.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|it| format!("error: {it}\n  --> {}", path.display()))?;
        let words = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let templates = value["templates"].as_array().into_iter().flatten().map(template).collect();
        out.push(Document { id: words("docid"), text: words("doctext"), templates });
    }
    Ok(out)
}

fn template(value: &Value) -> Template {
    let filler = |it: &Value| -> Vec<String> {
        it.as_array().into_iter().flatten().filter_map(|it| it[0].as_str()).map(normal).collect()
    };
    let role = |name: &str| value[name].as_array().into_iter().flatten().map(filler).collect();
    Template {
        kind: value["incident_type"].as_str().unwrap_or_default().to_owned(),
        roles: ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"].map(role),
        confidence: vec![],
        told: vec![],
    }
}

/// Reads the printed texts and the keys in the folders beside the templates, by document.
pub fn printed(data: &Path) -> Result<(BTreeMap<String, String>, BTreeMap<String, Vec<Template>>), String> {
    let (mut texts, mut keys) = (BTreeMap::new(), BTreeMap::new());
    for path in files(data) {
        let Ok(text) = text_of(&path) else { continue };
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        if name.starts_with("key") {
            read_keys(&text, &mut keys);
        } else {
            split_texts(&text, &mut texts);
        }
    }
    Ok((texts, keys))
}

fn files(data: &Path) -> Vec<PathBuf> {
    let list = |folder: &Path| -> Vec<PathBuf> {
        let mut out: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
        out.sort();
        out
    };
    let wanted = |it: &PathBuf| it.is_dir() && !it.ends_with("doc") && !it.ends_with("templates");
    list(data).into_iter().filter(wanted).flat_map(|it| list(&it)).filter(|it| it.is_file()).collect()
}

/// Returns the document that a heading line names: `DEV-MUC3-0001 (NOSC)`.
fn heading(line: &str) -> Option<&str> {
    let id = line.split_whitespace().next().filter(|_| !line.starts_with(' '))?;
    let digits = id.rsplit('-').next()?;
    (id.contains("-MUC") && digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_digit())).then_some(id)
}

fn split_texts(text: &str, out: &mut BTreeMap<String, String>) {
    let mut at: Option<&str> = None;
    for line in text.lines() {
        if let Some(id) = heading(line) {
            at = Some(id);
            continue;
        }
        if let Some(id) = at {
            let own = out.entry(id.to_owned()).or_default();
            own.push_str(line);
            own.push('\n');
        }
    }
}

/// Reads keys: a line `N.  NAME   FILLER` a slot, more fillers on the lines below it.
fn read_keys(text: &str, out: &mut BTreeMap<String, Vec<Template>>) {
    let mut id = String::new();
    let mut slot = 0;
    for line in text.lines().filter(|it| !it.trim().is_empty() && !it.starts_with(';')) {
        let number = line.split('.').next().and_then(|it| it.trim().parse::<usize>().ok());
        let filler = match number {
            Some(number) if !line.starts_with(' ') => {
                slot = number;
                line.get(line.find(':').map_or(0, |it| it + 1)..).unwrap_or("")
            }
            _ => line,
        };
        let filler = if number.is_some() { after_name(filler) } else { filler.trim() };
        match slot {
            0 => id = filler.split_whitespace().next().unwrap_or("").to_owned(),
            1 => {
                let list = out.entry(id.clone()).or_default();
                if filler.starts_with(|it: char| it.is_ascii_digit()) {
                    list.push(Template::default());
                }
            }
            _ => {
                if let Some(template) = out.get_mut(&id).and_then(|it| it.last_mut()) {
                    fill(template, slot, filler);
                }
            }
        }
    }
}

/// Cuts the rest of a slot's name off: `TYPE                  ATTACK`.
fn after_name(rest: &str) -> &str {
    let rest = rest.trim_start();
    rest.find("  ").map_or("", |it| rest[it..].trim())
}

fn fill(template: &mut Template, slot: usize, filler: &str) {
    let role = match slot {
        4 if filler != "*" => {
            template.kind = filler.to_lowercase();
            return;
        }
        11 => {
            let ground = filler.trim_start_matches(['?', ' ', '(']);
            if let Some((ground, _)) = ground.split_once(':') {
                template.confidence.push((ground.trim().to_owned(), quoted(filler)));
            }
            return;
        }
        6 => 4,
        9 => 0,
        10 => 1,
        12 => 2,
        18 => 3,
        _ => return,
    };
    let names = quoted(filler);
    if !names.is_empty() {
        template.roles[role].push(names);
    }
}

/// Returns the strings in quotation marks, folded.
fn quoted(filler: &str) -> Vec<String> {
    filler.split('"').skip(1).step_by(2).map(normal).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_type_roles_and_confidence() {
        let key = "0.  MESSAGE: ID                     TST9-MUC4-0007 (X)\n1.  MESSAGE: TEMPLATE               1\n\
                   4.  INCIDENT: TYPE                  BOMBING\n\
                   10. PERP: ORGANIZATION ID           \"NORTH FRONT\" / \"NF\"\n\
                   11. PERP: ORGANIZATION CONFIDENCE   CLAIMED OR ADMITTED: \"NORTH FRONT\" / \"NF\"\n\
                   12. PHYS TGT: ID                    \"BRIDGE\"\n                                    \"BANK\"\n";
        let mut keys = BTreeMap::new();
        read_keys(key, &mut keys);
        let template = &keys["TST9-MUC4-0007"][0];
        assert_eq!(template.kind, "bombing");
        assert_eq!(template.roles[1], [["north front", "nf"]]);
        assert_eq!(template.roles[2], [["bridge"], ["bank"]]);
        assert_eq!(template.confidence, [("CLAIMED OR ADMITTED".into(), vec!["north front".into(), "nf".into()])]);
    }

    #[test]
    fn an_irrelevant_document_has_an_empty_key() {
        let mut keys = BTreeMap::new();
        read_keys(
            "0.  MESSAGE: ID                     TST9-MUC4-0008\n1.  MESSAGE: TEMPLATE               *\n",
            &mut keys,
        );
        assert!(keys["TST9-MUC4-0008"].is_empty());
    }

    #[test]
    fn texts_are_split_at_their_headings() {
        let mut texts = BTreeMap::new();
        split_texts("TST9-MUC4-0001\n\n   HARL, 4 FEB 90 -- [TEXT] A.\n\nTST9-MUC4-0002\n\n   B.\n", &mut texts);
        assert_eq!(texts["TST9-MUC4-0002"].trim(), "B.");
        assert!(texts["TST9-MUC4-0001"].contains("HARL"));
    }
}
