//! The name behind a `speaker` field of a reading.

use crate::sight::fold;
use aver_model::{OUTLET, Reading, UNSPECIFIED};

/// A speaker by name, codebook id and the key under which it is compared.
pub struct Named {
    /// The name; the outlet's for its own voice.
    pub name: String,
    /// Codebook id, when resolved.
    pub codebook: Option<String>,
    /// Equal for one speaker in all documents.
    pub key: String,
}

/// Returns who speaks: the speaker of the statement if there is one, else the field's.
pub fn speaker_of(reading: &Reading, field: &str, statement: Option<&str>) -> Named {
    let statement = statement.and_then(|id| reading.statements.iter().find(|it| it.id == id));
    let actor = |id: &str| reading.actors.iter().find(|it| it.id == id);
    let by_statement = statement.and_then(|it| it.speaker.actor.as_deref()).and_then(actor);
    if let Some(actor) = by_statement.or_else(|| actor(field)) {
        let key = actor.codebook.clone().unwrap_or_else(|| fold(&actor.name));
        return Named { name: actor.name.clone(), codebook: actor.codebook.clone(), key };
    }
    let spoken = statement.map(|it| it.speaker.name.as_str()).filter(|it| !it.is_empty() && *it != OUTLET);
    let name = match (spoken, field) {
        (Some(UNSPECIFIED), _) => "not named".into(),
        (Some(name), _) => name.to_string(),
        (None, UNSPECIFIED) => "not named".into(),
        _ => reading.document.source.clone().unwrap_or_else(|| reading.document.file.clone()),
    };
    Named { key: fold(&name), name, codebook: None }
}
