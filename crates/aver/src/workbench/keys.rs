//! The page "Keys": every command that a single key does, to be put on another or switched off.
//!
//! The browser keeps the choice (WCAG 2.2, 2.1.4: remap or turn off); the server only
//! knows the list. What a key does is marked on the pages themselves with `data-key`.

use super::shell::{Screen, Shell, page};
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/keys", get(show))
}

type Command = (&'static str, &'static str);

/// Usual key and what it does. A key stands once: on different screens it does what its words say there.
const GROUPS: &[(&str, &[Command], &str)] = &[
    (
        "Everywhere",
        &[
            ("/", "search everything"),
            ("?", "list the keys"),
            ("j", "next row"),
            ("k", "previous row"),
            ("g", "go to … (then e, d, a, t, r, l, x or n)"),
            ("z", "undo"),
        ],
        "all",
    ),
    (
        "An event, and review",
        &[
            ("a", "accept"),
            ("x", "reject"),
            ("e", "correct the chosen value"),
            ("s", "split"),
            ("m", "merge; in lists: map"),
            ("p", "next policy"),
            ("[", "previous account; in lists: page before"),
            ("]", "next account; in lists: next page"),
            ("c", "copy a citation"),
            ("n", "next event; in review: different; in a document: new statement"),
            ("y", "in review: same event"),
            ("t", "in review: cannot be told"),
        ],
        "event",
    ),
    (
        "A document, and lists",
        &[
            ("v", "grey out what was not read; in lists: list"),
            ("i", "in lists: timeline"),
            ("u", "in lists: only disputed"),
        ],
        "lists",
    ),
];

#[derive(Template)]
#[template(path = "keys.html")]
struct Page {
    shell: Shell,
    groups: &'static [(&'static str, &'static [Command], &'static str)],
}

async fn show(ctx: Ctx) -> Answer {
    Ok(page(&Page { groups: GROUPS, shell: ctx.shell(Screen::Other, "Keys") }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_commands_share_a_key() {
        let mut keys: Vec<&str> = super::GROUPS.iter().flat_map(|it| it.1).map(|it| it.0).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }
}
