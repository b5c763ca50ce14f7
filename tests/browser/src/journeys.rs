//! What a person does in the workbench, step by step, in a real Chromium.
//!
//! `cargo xtask browser` runs these and fails without a Chromium. In a plain
//! `cargo test` they are listed as ignored, with the command that runs them.

use aver_browser::{Chromium, Server, Tab, chromium};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

#[path = "journeys/documents.rs"]
mod documents;
#[path = "journeys/keys.rs"]
mod keys;
#[path = "journeys/script.rs"]
mod script;
#[path = "journeys/site.rs"]
mod site;
#[path = "journeys/team.rs"]
mod team;

type Journey = fn(&Chromium);

const JOURNEYS: &[(&str, Journey)] = &[
    ("the first five minutes", script::five_minutes),
    ("every key of an event does what the page says", keys::of_an_event),
    ("every key of review does what the page says", keys::of_review),
    ("every key of the list does what the page says", keys::of_lists),
    ("a key can be changed, and the old one rests", keys::changed),
    ("logging in, and out", team::in_and_out),
    ("a reader looks and decides nothing; an editor decides", team::roles),
    ("wrong passwords wait", team::wrong_passwords),
    ("coders who differ are settled by an editor", team::adjudication),
    ("files dropped on the page are read, and one that fails says why", documents::dropped),
    ("a pasted text has its outlet and its date", documents::pasted),
    ("words marked in a text become a statement", documents::marked),
    ("every jump key leads where it says", jumps),
    ("j, k and Enter walk through the list", walking),
    ("single keys rest while somebody types, and can be switched off", keys_off),
    ("a quote and its words light up together", lighting),
    ("the map zooms, pans, and its places are links", map),
    ("a node of the network can be pulled aside", network),
    ("dragging over the timeline chooses days", brush),
    ("choosing a policy changes the last column", policy),
    ("filters change a part of the page and the address", filters_change_a_part),
    ("without script everything but the islands works", without_script),
    ("on paper the machinery is gone and the words remain", print),
    ("no screen is wider than a telephone", narrow),
    ("axe finds nothing on any screen, light and dark", accessible),
    ("axe finds nothing on the published pages, which need no server", site::accessible),
    ("a form that is refused comes back filled in", site::refused),
    ("a hostile report runs nothing", hostile),
    ("a position in the address shows the past", past),
];

const SCREENS: &[&str] = &[
    "/",
    "/?view=map",
    "/?view=timeline",
    "/documents",
    "/actors",
    "/tallies",
    "/forecasts",
    "/review",
    "/ledger",
    "/export",
    "/add",
    "/keys",
    "/review/differences",
    "/ledger/verify",
    "/search?q=market",
];

fn main() -> ExitCode {
    let args = Arguments::from_args();
    let asked = std::env::var_os("AVER_BIN").is_some();
    if !asked && !args.list {
        println!("The {} browser journeys need Chromium and the binary: run `cargo xtask browser`.", JOURNEYS.len());
    }
    let program = chromium::find();
    if asked && program.is_none() {
        eprintln!(
            "error: there is no Chromium on this machine\nhint: install it (Debian: apt-get install chromium) or name it in CHROMIUM"
        );
        return ExitCode::FAILURE;
    }
    static BROWSER: OnceLock<Chromium> = OnceLock::new();
    let program = Arc::new(program);
    let trial = |(name, journey): &(&str, Journey)| {
        let (journey, program) = (*journey, program.clone());
        let run = move || -> Result<(), Failed> {
            let program = program.as_ref().as_ref().ok_or("no Chromium")?;
            journey(BROWSER.get_or_init(|| Chromium::start(program)));
            Ok(())
        };
        Trial::test(*name, run).with_ignored_flag(!asked)
    };
    let mut args = args;
    // One after the other: the machine that runs them may be small, and pages have time limits.
    args.test_threads = args.test_threads.or(Some(1));
    libtest_mimic::run(&args, JOURNEYS.iter().map(trial).collect()).exit_code()
}

/// Nothing left the server, and no script complained.
fn clean(tab: &Tab) {
    assert_eq!(tab.strangers, Vec::<String>::new(), "requests that leave the origin");
    assert_eq!(tab.complaints, Vec::<String>::new(), "complaints of the browser");
}

fn first_event(tab: &mut Tab) {
    tab.open("/");
    tab.click("table.list tbody tr:first-child .what a");
    tab.wait("location.pathname.startsWith('/e/') && document.readyState === 'complete'");
}

fn tab_path(tab: &mut Tab) -> String {
    tab.eval("location.pathname").as_str().unwrap_or_default().to_owned()
}

fn jumps(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    for (key, place) in
        [("d", "/documents"), ("a", "/actors"), ("t", "/tallies"), ("r", "/review"), ("l", "/ledger"), ("e", "/")]
    {
        tab.open("/add");
        tab.press("g");
        tab.press(key);
        tab.wait(&format!("location.pathname === {place:?} && document.readyState === 'complete'"));
    }
    tab.press("?");
    tab.wait("document.getElementById('keys').open");
    tab.press("Escape");
    tab.wait("!document.getElementById('keys').open");
    tab.press("/");
    tab.wait("document.activeElement.id === 'find'");
    tab.type_words("market");
    tab.press("Enter");
    tab.wait("location.pathname === '/search' && document.querySelectorAll('.hits li').length > 0");
    clean(&tab);
}

fn walking(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/");
    tab.press("j");
    tab.press("j");
    tab.press("k");
    tab.press("j");
    tab.wait("[...document.querySelectorAll('[data-row]')].findIndex((it) => it.classList.contains('here')) === 1");
    let title = tab.text("[data-row].here .what a");
    tab.press("Enter");
    tab.wait("location.pathname.startsWith('/e/') && document.readyState === 'complete'");
    assert_eq!(tab.text("h1"), title);
    tab.press("n");
    tab.wait(&format!("document.readyState === 'complete' && document.querySelector('h1').innerText !== {title:?}"));
    clean(&tab);
}

fn keys_off(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/");
    tab.click("#q");
    tab.press("m");
    assert_eq!(tab.eval("document.getElementById('q').value"), "m");
    assert_eq!(tab.place(), "/", "a letter typed is no command");
    tab.press("Escape");
    tab.press("?");
    tab.click("#keys-off");
    tab.press("Escape");
    tab.open("/");
    tab.press("m");
    assert_eq!(tab.place(), "/");
    tab.eval("localStorage.clear()");
    tab.press("m");
    tab.wait("location.search.includes('view=map')");
    clean(&tab);
}

fn lighting(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    first_event(&mut tab);
    tab.hover(".accounts .words q");
    tab.wait("document.querySelectorAll('mark.lit').length > 0");
    let (quote, words) = (
        tab.text(".accounts .words.lit q"),
        tab.eval("[...document.querySelectorAll('mark.lit')].map((it) => it.textContent).join('')"),
    );
    assert_eq!(words.as_str().unwrap_or_default(), quote, "exactly those words");
    tab.hover("h1");
    tab.wait("document.querySelectorAll('mark.lit').length === 0");
    // In a document the margin and the text answer each other.
    tab.open("/documents");
    tab.click("tbody tr:first-child .what a");
    tab.wait("document.querySelectorAll('[data-statement]').length > 0 && document.readyState === 'complete'");
    tab.hover("[data-statement]");
    tab.wait("document.querySelectorAll('article.text mark.lit').length > 0");
    clean(&tab);
}

fn mapped() -> Server {
    Server::texts(&[
        ("a.txt", "Bombing\n\nA bomb killed 12 people in Nairobi on Monday, police said.\n"),
        ("b.txt", "Attack\n\nGunmen killed 3 people in Kenya on Tuesday, officials said.\n"),
        ("c.txt", "Blast\n\nA bomb wounded 5 people in Kampala on Wednesday, police said.\n"),
    ])
}

fn map(chromium: &Chromium) {
    let server = mapped();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/?view=map");
    let view = "document.querySelector('av-map svg').getAttribute('viewBox')";
    let whole = tab.eval(view);
    tab.click(".zoom button[aria-label='Zoom in']");
    tab.wait(&format!("{view} !== {whole}"));
    let near = tab.eval(view);
    tab.drag("av-map svg", (120.0, -60.0));
    tab.wait(&format!("{view} !== {near}"));
    tab.click(".zoom button[aria-label='Whole map']");
    tab.wait(&format!("{view} === {whole}"));
    assert!(tab.count("a.site.area path") >= 1 && tab.count("a.site.area circle") == 0);
    tab.click("a.site.town circle");
    tab.wait("location.pathname.startsWith('/e/')");
    clean(&tab);
}

fn network(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/actors?q=ridge");
    tab.click("tbody tr:first-child .what a");
    tab.wait("document.querySelector('av-net') !== null && document.readyState === 'complete'");
    let x = "Number(document.querySelector('[data-node] circle').getAttribute('cx'))";
    let before = tab.eval(x);
    let place = tab.place();
    tab.drag("[data-node] circle", (60.0, 20.0));
    tab.wait(&format!("{x} > {before} + 20"));
    // A disputed tie is drawn as two lines, each a little beside the node's middle.
    let end = "Number(document.querySelector('[data-edge] line').getAttribute('x2'))";
    assert_eq!(tab.eval(&format!("Math.abs({end} - {x}) < 6")), true, "the edge follows its node");
    assert_eq!(tab.place(), place, "pulling is no click");
    clean(&tab);
}

fn brush(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/");
    let width =
        tab.eval("document.querySelector('av-brush svg').getBoundingClientRect().width").as_f64().unwrap_or(0.0);
    tab.drag("av-brush svg", (width * 0.45, 0.0));
    tab.wait("new URLSearchParams(location.search).has('from') && document.readyState === 'complete'");
    assert!(tab.place().contains("to="), "{}", tab.place());
    assert!(tab.count(".chips .tag") == 2 && tab.count("rect.chosen") == 1);
    clean(&tab);
}

fn policy(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    first_event(&mut tab);
    let before = tab.text(".accounts .rec");
    let mut seen = vec![before.clone()];
    for _ in 0..4 {
        let place = tab.place();
        tab.press("p");
        tab.wait(&format!("location.pathname + location.search !== {place:?} && document.readyState === 'complete'"));
        seen.push(tab.text(".accounts .rec"));
    }
    seen.sort();
    seen.dedup();
    assert!(seen.len() > 2, "policies differ: {seen:?}");
    clean(&tab);
}

fn filters_change_a_part(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/");
    let all = tab.text("#total");
    tab.eval("window.same = true");
    tab.click(".facets a[href*='disputed=']");
    tab.wait("location.search.includes('disputed=') && document.querySelector('.chips') !== null");
    assert_ne!(tab.text("#total"), all);
    tab.wait("document.querySelector('.foot > span:last-child a').href.includes('disputed=')");
    tab.eval("history.back()");
    tab.wait(&format!("document.getElementById('total').innerText === {all:?}"));
    // A page that is loaded anew forgets what a script wrote.
    tab.wait("window.same === true && location.search === ''");
    clean(&tab);
}

fn without_script(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    tab.open("/");
    tab.click(".facets a[href*='disputed=']");
    tab.wait("location.search.includes('disputed=') && document.readyState === 'complete'");
    tab.click("table.list tbody tr:first-child .what a");
    tab.wait("location.pathname.startsWith('/e/') && document.readyState === 'complete'");
    tab.click(".policy button");
    tab.wait("location.search.includes('policy=') && document.readyState === 'complete'");
    tab.click(".decide button[value=accept]");
    tab.wait("document.querySelector('.banner.done') !== null");
    tab.click(".banner.done button");
    tab.wait("document.querySelector('.banner.done')?.innerText.includes('took back')");
    tab.click(".accounts .words");
    tab.wait("location.pathname.startsWith('/d/') && document.querySelector('mark.target') !== null");
    clean(&tab);
}

fn print(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    first_event(&mut tab);
    tab.media("print", "light");
    let shown = |tab: &mut Tab, selector: &str| {
        tab.eval(&format!("getComputedStyle(document.querySelector({selector:?})).display"))
    };
    assert_eq!(shown(&mut tab, ".top"), "none");
    assert_eq!(shown(&mut tab, ".decide"), "none");
    assert_ne!(shown(&mut tab, ".accounts table"), "none");
    let pdf = tab.call("Page.printToPDF", serde_json::json!({}));
    assert!(pdf["data"].as_str().is_some_and(|it| it.len() > 10_000));
    clean(&tab);
}

fn narrow(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.size(390, 844);
    first_event(&mut tab);
    let event = tab.place();
    for screen in SCREENS.iter().copied().chain([event.as_str()]) {
        tab.open(screen);
        let wide = tab.eval("document.documentElement.scrollWidth");
        assert!(wide.as_u64() <= Some(390), "{screen} is {wide} wide");
    }
    clean(&tab);
}

/// Fails for every fault that axe finds on these pages.
fn no_faults(tab: &mut Tab, screens: &[&str]) {
    let axe = include_str!("../vendor/axe-4.14.1.min.js");
    let mut faults = vec![];
    for screen in screens {
        tab.open(screen);
        tab.eval(axe);
        let found = tab.eval("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: {'target-size': {enabled: true}}}).then((it) => it.violations.map((it) => ({id: it.id, help: it.help, nodes: it.nodes.slice(0, 3).map((it) => it.html.slice(0, 160))})))");
        for it in found.as_array().into_iter().flatten() {
            let nodes: Vec<&str> = it["nodes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            faults.push(format!("{screen}: {} — {}\n    {}", it["id"], it["help"], nodes.join("\n    ")));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn accessible(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    first_event(&mut tab);
    let event = tab.place();
    tab.press("e");
    tab.wait("location.search.includes('edit=') && document.readyState === 'complete'");
    let edit = tab.place();
    tab.open("/documents");
    let document = tab.eval("document.querySelector('tbody .what a').getAttribute('href')");
    let document = document.as_str().unwrap_or("/").to_owned();
    tab.open("/actors?q=ridge");
    let actor = tab.eval("document.querySelector('tbody .what a').getAttribute('href')");
    let grading = format!("{document}?grade=s1");
    let more = [
        event.as_str(),
        &edit,
        &document,
        &grading,
        actor.as_str().unwrap_or("/"),
        "/nowhere",
        "/?from=soon",
        "/search",
        "/search?q=zzzz",
        "/?q=zzzz",
        "/review?q=second",
    ];
    let screens: Vec<&str> = SCREENS.iter().copied().chain(more).collect();
    for scheme in ["light", "dark"] {
        tab.media("screen", scheme);
        no_faults(&mut tab, &screens);
    }
    clean(&tab);
}

fn hostile(chromium: &Chromium) {
    let server = Server::texts(&[(
        "a'><img src=x onerror=alert(1)>.txt",
        "<script>alert(1)</script>\n\nA bomb killed 12 people at a market in Tarsh on Monday, police chief \"><svg onload=alert(2)> Vale said.\n",
    )]);
    let mut tab = chromium.tab(&server.origin);
    tab.call(
        "Page.addScriptToEvaluateOnNewDocument",
        serde_json::json!({ "source": "window.alert = () => { document.title = 'RAN'; };" }),
    );
    for screen in SCREENS {
        tab.open(screen);
        assert_ne!(tab.eval("document.title"), "RAN", "{screen}");
    }
    first_event(&mut tab);
    assert_ne!(tab.eval("document.title"), "RAN");
    clean(&tab);
}

fn past(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    first_event(&mut tab);
    tab.press("a");
    tab.wait("document.querySelector('.banner.done') !== null");
    let now = tab.eval("[...document.querySelectorAll('.foot a')].at(-1).innerText");
    let readings = now.as_str().unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
    let path = tab_path(&mut tab);
    tab.open(&format!("{path}?at={readings}.0"));
    assert!(tab.text(".banner").contains("As known at"));
    assert_eq!(tab.count("form[method=post]"), 0);
    assert!(tab.text(".facts").contains("not reviewed"));
    tab.press("g");
    tab.press("d");
    tab.wait("location.pathname === '/documents' && location.search.includes('at=')");
    clean(&tab);
}
