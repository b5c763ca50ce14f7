//! Ties that the naming itself tells: offices and possessors.
//!
//! In: posts ("Ann Doe, a spokeswoman for the ministry") and parents ("the
//! group's intelligence agency"). Out: leads, founded, member of, formerly of,
//! part of.

use super::Tie;
use crate::{Context, actors::Actors};

/// Offices whose holder heads the body.
const HEADS: &[&str] = &[
    "leader",
    "chief",
    "head",
    "commander",
    "president",
    "prime minister",
    "chairman",
    "chairwoman",
    "emir",
    "king",
    "director",
    "commander-in-chief",
    "supreme leader",
    "premier",
    "chancellor",
    "ruler",
    "boss",
    "secretary-general",
    "secretary general",
    "sultan",
    "dictator",
    "junta leader",
    "commander in chief",
    "top leader",
];
/// Offices by which a nation's own people are not its officials.
const PRIVATE: &[&str] = &[
    "analyst",
    "expert",
    "researcher",
    "journalist",
    "correspondent",
    "reporter",
    "editor",
    "lawyer",
    "consultant",
    "fellow",
    "professor",
    "fighter",
    "activist",
    "doctor",
    "member",
    "founder",
    "leader",
    "lawmaker",
    "politician",
    "director",
    "security reporter",
    "officer",
    "head",
    "chief",
    "commander",
];

/// Finds ties told by offices and possessors.
pub fn find(ctx: &Context<'_>, actors: &Actors) -> Vec<Tie> {
    let mut ties = vec![];
    for post in &actors.posts {
        let person = &actors.list[post.person];
        let body = &actors.list[post.of];
        let unnamed = person.kind != "person";
        // "an alleged member", "the group's liaison"; a mere "fighter" tells nothing.
        let before = ctx.text.lower(post.tokens.start);
        let told = post.office == "liaison"
            || post.former
                && matches!(post.office.as_str(), "member" | "fighter" | "commander" | "soldier" | "operative")
            || post.office == "member"
                && matches!(before, "alleged" | "suspected" | "senior" | "accused" | "purported" | "key");
        if unnamed && !told {
            continue;
        }
        let last = post.office.rsplit(' ').next().unwrap_or("");
        if body.kind == "state"
            && (PRIVATE.contains(&last) && !matches!(post.office.as_str(), "leader" | "supreme leader"))
        {
            continue;
        }
        let relation = if post.former {
            "formerly_of"
        } else if last == "founder" {
            "founder_of"
        } else if HEADS.contains(&post.office.as_str()) && heads_all(ctx, post, &body.name) {
            "leads"
        } else {
            "member_of"
        };
        ties.push(Tie {
            a: person.id.clone(),
            relation: relation.to_owned(),
            b: body.id.clone(),
            negated: false,
            tokens: post.tokens.clone(),
            told: None,
        });
    }
    for it in &actors.mentions {
        let Some(parent) = actors.parent(it.actor) else { continue };
        // "the local Zarka affiliate".
        let last = ctx.text.lower(it.tokens.end - 1);
        if matches!(last, "branch" | "affiliate" | "offshoot" | "arm" | "chapter" | "franchise" | "wing")
            && !it.resolved
        {
            let (a, b) = (actors.id(it.actor), actors.id(parent));
            ties.push(Tie {
                a,
                relation: "branch_of".to_owned(),
                b,
                negated: false,
                tokens: it.tokens.clone(),
                told: None,
            });
        }
        let organ = matches!(actors.list[it.actor].kind.as_str(), "government_body" | "state_force");
        let group = matches!(actors.list[parent].kind.as_str(), "armed_group" | "party" | "group");
        let against =
            ["opposition", "opponents", "rival", "former"].iter().any(|word| actors.list[it.actor].name.contains(word));
        if organ && group && !against && !it.resolved {
            ties.push(Tie {
                a: actors.id(it.actor),
                relation: "part_of".to_owned(),
                b: actors.id(parent),
                negated: false,
                tokens: it.tokens.clone(),
                told: None,
            });
        }
    }
    ties
}

/// Says whether the office heads the body itself: "commander of X", not "an X commander in the north".
fn heads_all(ctx: &Context<'_>, post: &crate::actors::Post, body: &str) -> bool {
    let partial = matches!(post.office.as_str(), "commander" | "chief" | "head" | "director" | "chairman" | "boss");
    if !partial || body.ends_with("police") || body.ends_with("army") {
        return true;
    }
    let last = post.office.rsplit(' ').next().unwrap_or("");
    let text = &ctx.text;
    post.tokens.clone().any(|at| {
        text.lower(at) == last
            && text.lower(at + 1) == "of"
            && (at + 2..at + 5).any(|at| text.tokens.get(at).is_some_and(|it| it.capital))
    })
}
