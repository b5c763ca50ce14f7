use crate::{Codebook, Fault};

const EVENT: &str = "# looting\n\nGoods are taken.\n\nNot: by law.\n\n```toml\nname = \"looting\"\nfamily = \"damage\"\nnouns = [\"looting\"]\n```\n";
const STANCE: &str = "# denies\n\nSays no.\n\n```toml\nstance = \"denies\"\ncues = [{ words = \"deny\", class = \"verb\", takes = [\"that\"] }]\n```\n";
const POLICY: &str =
    "# median\n\nThe middle.\n\n```toml\nid = \"median/1\"\nrule = \"median\"\nsource = \"a book\"\n```\n";

fn load(files: &[(&str, &str)]) -> Result<Codebook, crate::Error> {
    Codebook::from_files(files.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned())))
}

fn faults(files: &[(&str, &str)]) -> Vec<Fault> {
    load(files).map(|_| vec![]).unwrap_or_else(|error| error.faults)
}

/// Asserts that the files have one fault, and returns it as `file:line id` with message and hint.
#[track_caller]
fn one(files: &[(&str, &str)]) -> (String, String) {
    let faults = faults(files);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    (
        format!("{}:{} {}", faults[0].file, faults[0].line, faults[0].id),
        format!("{}; {}", faults[0].message, faults[0].hint),
    )
}

#[track_caller]
fn check(file: &str, content: &str, expected: &str, words: &str) {
    let (place, message) = one(&[(file, content)]);
    assert_eq!(place, expected, "{message}");
    assert!(message.contains(words), "{message}");
}

#[test]
fn the_built_in_codebook_has_no_faults() {
    if let Err(error) = Codebook::from_files(Codebook::builtin_files()) {
        let lines: Vec<String> = error
            .faults
            .iter()
            .map(|it| format!("{}:{}: {} [{}] {}", it.file, it.line, it.message, it.id, it.hint))
            .collect();
        panic!("{}", lines.join("\n"));
    }
}

#[test]
fn every_stance_of_the_vocabulary_has_cues() {
    let codebook = Codebook::builtin();
    for stance in aver_model::Stance::ALL {
        assert!(codebook.stances.iter().any(|it| it.stance == *stance && it.cues.len() > 4), "{stance}");
    }
}

#[test]
fn all_sub_event_types_of_acled_are_covered() {
    let codebook = Codebook::builtin();
    for (kind, sub) in crate::check::ACLED {
        assert!(
            codebook.events.iter().any(|it| it.acled_event == *kind && it.acled_sub_event == *sub),
            "{kind}: {sub}"
        );
    }
}

#[test]
fn every_event_type_has_worked_cases() {
    let codebook = Codebook::builtin();
    for event in &codebook.events {
        let file = format!("events/{}.md", event.name);
        assert!(codebook.cases().iter().any(|it| it.file == file), "{file}");
    }
}

#[test]
fn a_small_codebook_loads_in_any_order() {
    let files = [
        ("events/looting.md", EVENT),
        ("stances/denies.md", STANCE),
        ("policies/median.md", POLICY),
        ("README.md", "words"),
    ];
    let codebook = load(&files).unwrap();
    assert_eq!(codebook.events[0].definition, "Goods are taken.");
    assert_eq!(codebook.stances[0].cues[0].words, "deny");
    assert!(codebook.policy("median").is_some());
    let mut turned = files;
    turned.reverse();
    assert_eq!(load(&turned).unwrap().version, codebook.version);
    assert_eq!(codebook.version.len(), "sha256:".len() + 64);
}

#[test]
fn a_changed_file_changes_the_version() {
    let changed = EVENT.replace("taken", "carried off");
    assert_ne!(
        load(&[("events/looting.md", EVENT)]).unwrap().version,
        load(&[("events/looting.md", &changed)]).unwrap().version
    );
}

#[test]
fn malformed_tables_are_reported_with_their_line() {
    check(
        "events/looting.md",
        &EVENT.replace("[\"looting\"]", "[\"looting\""),
        "events/looting.md:10 codebook-toml",
        "",
    );
    check("measures/killed.toml", "name = \"killed\"\nunit = 3\n", "measures/killed.toml:2 codebook-value", "");
    check("actors/x.toml", "[[actors]]\nid = \"x\"\n", "actors/x.toml:1 codebook-unknown-field", "[[actor]]");
    check("tables/x.csv", "a,b", "tables/x.csv:1 codebook-unknown-file", "events");
}

#[test]
fn every_unknown_field_is_reported_with_the_nearest_name() {
    let text = EVENT.replace("family = \"damage\"", "family = \"damage\"\nnoun = [\"loot\"]\nverb = [\"loot\"]");
    let faults = faults(&[("events/looting.md", &text)]);
    let ids: Vec<(usize, &str)> = faults.iter().map(|it| (it.line, it.id)).collect();
    assert_eq!(ids, [(10, "codebook-unknown-field"), (11, "codebook-unknown-field")]);
    assert_eq!(faults[0].hint, "did you mean `nouns`");
}

#[test]
fn unknown_words_are_reported_with_the_nearest_word() {
    check(
        "stances/denies.md",
        &STANCE.replace("\"verb\"", "\"verbs\""),
        "stances/denies.md:7 codebook-unknown-word",
        "did you mean `verb`",
    );
    check(
        "stances/denies.md",
        &STANCE.replace("\"denies\"", "\"denise\""),
        "stances/denies.md:6 codebook-unknown-word",
        "`denies`",
    );
    check(
        "stances/denies.md",
        &STANCE.replace("\"that\"", "\"taht\""),
        "stances/denies.md:7 codebook-unknown-word",
        "`that`",
    );
    check(
        "events/looting.md",
        &EVENT.replace("\"damage\"", "\"damages\""),
        "events/looting.md:9 codebook-unknown-word",
        "`damage`",
    );
    check(
        "policies/median.md",
        &POLICY.replace("\"median\"", "\"medium\""),
        "policies/median.md:7 codebook-unknown-word",
        "`median`",
    );
    let operator = "operators = [{ words = \"at least\", op = \"atleast\" }]\n";
    check("lexicon/x.toml", operator, "lexicon/x.toml:1 codebook-unknown-word", "`at_least`");
    let weapon = "weapons = [{ words = \"torch\", suggests = \"loting\" }]\n";
    let (place, message) = one(&[("events/looting.md", EVENT), ("lexicon/x.toml", weapon)]);
    assert_eq!(place, "lexicon/x.toml:1 codebook-unknown-word");
    assert!(message.contains("did you mean `looting`"), "{message}");
}

#[test]
fn codes_of_others_are_checked() {
    let with = |code: &str| EVENT.replace("family = \"damage\"", &format!("family = \"damage\"\n{code}"));
    let sub = with("acled_event = \"Riots\"\nacled_sub_event = \"Mob violense\"");
    check("events/looting.md", &sub, "events/looting.md:11 codebook-unknown-word", "`Mob violence`");
    let kind = with("acled_event = \"Battles\"\nacled_sub_event = \"Mob violence\"");
    check("events/looting.md", &kind, "events/looting.md:10 codebook-code", "Riots");
    check(
        "events/looting.md",
        &with("ucdp = \"onesided\""),
        "events/looting.md:10 codebook-unknown-word",
        "`one-sided`",
    );
}

#[test]
fn a_cue_belongs_to_one_event_type() {
    let other = EVENT.replace("# looting", "# pillage").replace("name = \"looting\"", "name = \"pillage\"");
    let (place, message) = one(&[("events/looting.md", EVENT), ("events/pillage.md", &other)]);
    assert_eq!(place, "events/pillage.md:10 codebook-duplicate-cue");
    assert!(message.contains("already in `looting` (events/looting.md:8)"), "{message}");
}

#[test]
fn a_cue_belongs_to_one_stance_unless_it_takes_something_else() {
    let other = STANCE.replace("denies", "rejects");
    assert_eq!(
        one(&[("stances/denies.md", STANCE), ("stances/rejects.md", &other)]).0,
        "stances/rejects.md:7 codebook-duplicate-cue"
    );
    let other = other.replace("\"that\"", "\"noun\"");
    assert_eq!(faults(&[("stances/denies.md", STANCE), ("stances/rejects.md", &other)]), []);
}

#[test]
fn names_are_those_of_the_files_and_unique() {
    check(
        "events/pillage.md",
        &EVENT.replace("# looting", "# pillage"),
        "events/pillage.md:8 codebook-name",
        "pillage",
    );
    check(
        "events/looting.md",
        &EVENT.replace("# looting", "# Looting"),
        "events/looting.md:1 codebook-name",
        "# looting",
    );
    let twice = "[[actor]]\nid = \"x\"\nname = \"X\"\nkind = \"media\"\n\n[[actor]]\nid = \"x\"\nname = \"Y\"\nkind = \"media\"\n";
    check("actors/x.toml", twice, "actors/x.toml:7 codebook-duplicate-name", "`x`");
    let alias = "[[actor]]\nid = \"x\"\nname = \"X\"\nkind = \"media\"\n\n[[actor]]\nid = \"y\"\nname = \"Y\"\nkind = \"media\"\naliases = [\"X\"]\n";
    check("actors/x.toml", alias, "actors/x.toml:10 codebook-duplicate-alias", "\"X\"");
}

#[test]
fn links_between_actors_lead_somewhere() {
    let actor = "[[actor]]\nid = \"front\"\nname = \"Front\"\nkind = \"armed_group\"\n\n[[actor]]\nid = \"x\"\nname = \"X\"\nkind = \"media\"\n";
    check(
        "actors/x.toml",
        &format!("{actor}parent = \"frond\"\n"),
        "actors/x.toml:10 codebook-unknown-word",
        "did you mean `front`",
    );
    check(
        "actors/x.toml",
        &format!("{actor}channel_of = \"frond\"\n"),
        "actors/x.toml:10 codebook-unknown-word",
        "channel_of",
    );
    check("actors/x.toml", &actor.replace("media", "press"), "actors/x.toml:9 codebook-unknown-word", "kind of actor");
}

#[test]
fn roles_follow_one_another() {
    let actor = |roles: &str| format!("[[actor]]\nid = \"x\"\nname = \"X\"\nkind = \"media\"\nroles = [{roles}]\n");
    let backwards = actor("{ role = \"a\", from = \"2021-08-15\", until = \"2020-01-01\" }");
    check("actors/x.toml", &backwards, "actors/x.toml:5 codebook-date", "ends on 2020-01-01");
    let overlap = actor("{ role = \"a\", until = \"2021-08-15\" }, { role = \"b\", from = \"2021-08-15\" }");
    check("actors/x.toml", &overlap, "actors/x.toml:5 codebook-date", "overlap");
    let odd = actor("{ role = \"a\", until = \"2021-02-30\" }");
    check("actors/x.toml", &odd, "actors/x.toml:5 codebook-date", "is no day");
}

#[test]
fn definitions_limits_cues_and_sources_are_asked_for() {
    check("events/looting.md", &EVENT.replace("Not: by law.\n", ""), "events/looting.md:1 codebook-no-limits", "Not:");
    check(
        "events/looting.md",
        &EVENT.replace("Goods are taken.\n", ""),
        "events/looting.md:1 codebook-no-definition",
        "one paragraph",
    );
    check("events/looting.md", "# looting\n\nGoods.\n\nNot: x.\n", "events/looting.md:1 codebook-no-table", "toml");
    check("events/looting.md", &EVENT.replace("[\"looting\"]", "[]"), "events/looting.md:8 codebook-no-cues", "nouns");
    check(
        "events/looting.md",
        &EVENT.replace("[\"looting\"]", "[\"looting\", \" \"]"),
        "events/looting.md:10 codebook-empty-cue",
        "empty",
    );
    check(
        "policies/median.md",
        &POLICY.replace("source = \"a book\"\n", ""),
        "policies/median.md:6 codebook-no-source",
        "source",
    );
}

#[test]
fn relations_are_of_a_known_family_and_their_patterns_can_be_read() {
    let relation = |family: &str, pattern: &str| {
        format!("[[relation]]\nname = \"r\"\nfamily = \"{family}\"\npatterns = [\"{pattern}\"]\n")
    };
    check(
        "relations/r.toml",
        &relation("supports", "A ~back B"),
        "relations/r.toml:3 codebook-unknown-word",
        "`support`",
    );
    check("relations/r.toml", &relation("support", "A ~back"), "relations/r.toml:4 codebook-pattern", "A and B");
    check(
        "relations/r.toml",
        &relation("support", "A (~back B"),
        "relations/r.toml:4 codebook-pattern",
        "cannot be read",
    );
    check(
        "relations/r.toml",
        &relation("support", "A  ~back B"),
        "relations/r.toml:4 codebook-pattern",
        "cannot be read",
    );
    let noun = |row: &str| format!("{}{row}\n", relation("support", "A ~back B"));
    check("relations/r.toml", &noun("roles = [\"Backer\"]"), "relations/r.toml:5 codebook-pattern", "not a noun");
    check("relations/r.toml", &noun("deeds = [\"help\"]"), "relations/r.toml:5 codebook-pattern", "a deed needs them");
}

#[test]
fn worked_cases_have_text_and_ledger() {
    let case = |blocks: &str| format!("{EVENT}\n## A case\n\nWhy.\n\n{blocks}");
    let text = "```text source=\"Valley Post\" date=2023-03-20\nGoods went.\n```\n";
    check("events/looting.md", &case(text), "events/looting.md:13 codebook-case-ledger", "no ledger block");
    check("events/looting.md", &case("```ledger\n```\n"), "events/looting.md:13 codebook-case-text", "no text block");
    let open = faults(&[("events/looting.md", &case(&format!("{text}```ledger\n")))]);
    assert!(open.iter().any(|it| (it.line, it.id) == (20, "codebook-open-block")), "{open:#?}");
    let good = case(&format!("{text}{}\n```ledger\nE1\n```\n", text.replace("Valley", "Hill")));
    let codebook = load(&[("events/looting.md", &good)]).unwrap();
    let case = &codebook.cases()[0];
    assert_eq!((case.line, case.heading.as_str(), case.texts.len(), case.ledger.as_str()), (13, "A case", 2, "E1\n"));
    assert_eq!(case.texts[1].attributes["source"], "Hill Post");
    assert_eq!(case.texts[0].attributes["date"], "2023-03-20");
    assert_eq!((case.texts[0].line, case.ledger_line), (17, 24));
}

#[test]
fn all_faults_of_all_files_come_at_once_in_order() {
    let event = EVENT.replace("\"damage\"", "\"damages\"");
    let policy = POLICY.replace("\"median\"", "\"medium\"");
    let found: Vec<String> = faults(&[("policies/median.md", &policy), ("events/looting.md", &event)])
        .into_iter()
        .map(|it| it.file)
        .collect();
    assert_eq!(found, ["events/looting.md", "policies/median.md"]);
}

#[test]
fn verbs_are_inflected() {
    let codebook = Codebook::builtin();
    let forms = |lemma: &str| codebook.verb_forms(lemma).all().join(" | ");
    assert_eq!(forms("kill"), "kill | kills | killed | killing");
    assert_eq!(forms("say"), "say | says | said | saying");
    assert_eq!(forms("blow up"), "blow up | blows up | blew up | blown up | blowing up");
    assert_eq!(forms("deny"), "deny | denies | denied | denying");
    assert_eq!(forms("ambush"), "ambush | ambushes | ambushed | ambushing");
    assert_eq!(forms("stab"), "stab | stabs | stabbed | stabbing");
    assert_eq!(forms("admit"), "admit | admits | admitted | admitting");
    assert_eq!(forms("bomb"), "bomb | bombs | bombed | bombing");
    assert_eq!(forms("die"), "die | dies | died | dying");
    assert_eq!(forms("flee"), "flee | flees | fled | fleeing");
    assert_eq!(forms("free"), "free | frees | freed | freeing");
    assert_eq!(forms("visit"), "visit | visits | visited | visiting");
    assert_eq!(forms("shoot dead"), "shoot dead | shoots dead | shot dead | shooting dead");
    assert_eq!(forms("panic"), "panic | panics | panicked | panicking");
    assert_eq!(forms("quit"), "quit | quits | quitting");
    assert_eq!(forms("be"), "be | is | was | been | being");
    assert_eq!(forms("target"), "target | targets | targeted | targeting");
    assert_eq!(forms("raid"), "raid | raids | raided | raiding");
    assert_eq!(forms("mutiny"), "mutiny | mutinies | mutinied | mutinying");
    assert_eq!(forms("agree"), "agree | agrees | agreed | agreeing");
    assert_eq!(forms(""), " | s | ed | ing");
}

#[test]
fn nouns_get_their_plural() {
    let codebook = Codebook::builtin();
    let plural = |noun: &str| codebook.noun_forms(noun).plural;
    assert_eq!(plural("suicide bombing"), "suicide bombings");
    assert_eq!(plural("exchange of fire"), "exchanges of fire");
    assert_eq!(plural("policeman"), "policemen");
    assert_eq!(plural("death"), "deaths");
    assert_eq!(plural("casualty"), "casualties");
    assert_eq!(plural("ambush"), "ambushes");
    assert_eq!(plural("car-bomb"), "car-bombs");
    assert_eq!(plural("=fighting"), "fighting");
    assert_eq!(plural("person"), "people");
}

#[test]
fn the_taliban_change_their_role_on_one_day() {
    let taliban = Codebook::builtin().actor("taliban").unwrap();
    assert_eq!(taliban.role_on("2021-08-14".parse().unwrap()), Some("insurgent"));
    assert_eq!(taliban.role_on("2021-08-15".parse().unwrap()), Some("de_facto_government"));
}

#[test]
fn a_frame_names_its_sides_and_known_classes() {
    let event = |frame: &str| EVENT.replace("nouns = [\"looting\"]", &format!("frames = [{frame}]"));
    let file = "events/looting.md";
    check(file, &event("{ does = [\"loot\"] }"), "events/looting.md:10 codebook-frame", "lacks its words or its sides");
    check(
        file,
        &event("{ does = [\"loot\"], who = [\"@crowd\"] }"),
        "events/looting.md:10 codebook-unknown-word",
        "`crowd` is no class of the lexicon",
    );
    assert!(faults(&[(file, &event("{ does = [\"loot\"], who = [\"crowd\"] }"))]).is_empty());
}
