//! A workbench over a ledger of its own, for the tests of every screen.
#![allow(dead_code)]

use aver::workbench::{App, Settings, router};
use aver_codebook::Codebook;
use aver_ingest::{Hints, fingerprint::Fingerprint};
use aver_model::Day;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use scraper::{ElementRef, Html, Selector};
use std::path::PathBuf;
use tower::ServiceExt;

/// A ledger in a folder that is gone when the test ends, and the workbench over it.
pub struct Desk {
    pub app: App,
    /// Sent with every request unless empty: `name=value`.
    pub cookie: String,
    pub path: PathBuf,
    _folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
}

/// An answer of the workbench.
pub struct Page {
    pub url: String,
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Desk {
    /// The sample reports, as `aver demo` loads them.
    pub fn samples() -> Desk {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        let mut names: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .filter(|it| it.ends_with(".txt") || it.ends_with(".html"))
            .collect();
        names.sort();
        let documents = names.iter().map(|name| {
            let meta = std::fs::read_to_string(folder.join(format!("{name}.meta.json")));
            let hints = meta.map_or(Hints::default(), |it| Hints::from_meta_json(&it).unwrap());
            (name.clone(), std::fs::read(folder.join(name)).unwrap(), hints)
        });
        Desk::with(documents.collect())
    }

    /// Texts as (file, outlet, day of publication, text).
    pub fn texts(texts: &[(&str, &str, &str, &str)]) -> Desk {
        let documents = texts.iter().map(|(file, source, published, text)| {
            let published = (!published.is_empty()).then(|| Hints::published(published).unwrap());
            let source = Some(source.to_string()).filter(|it| !it.is_empty());
            (file.to_string(), text.as_bytes().to_vec(), Hints { published, source, ..Hints::default() })
        });
        Desk::with(documents.collect())
    }

    /// A ledger without documents.
    pub fn empty() -> Desk {
        Desk::with(vec![])
    }

    fn with(documents: Vec<(String, Vec<u8>, Hints)>) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.aver");
        let mut ledger = aver_ledger::Ledger::create(&path).unwrap();
        let reader = aver_read::Reader::new(Codebook::builtin());
        for (name, bytes, hints) in documents {
            let page = aver::gather::page(&bytes, &name, &hints).unwrap();
            let print = Fingerprint::of_page(&page).to_bytes();
            ledger.add(&page, &bytes, &reader.read(&page), &print, "2023-03-20T14:05:00Z").unwrap();
        }
        let codebook = std::borrow::Cow::Borrowed(Codebook::builtin());
        let mut desk = aver::desk::Desk { ledger, codebook: codebook.clone(), at: None };
        desk.refresh(today()).unwrap();
        drop(desk);
        let settings = Settings {
            today,
            instant: || "2024-06-01T12:00:00Z".into(),
            who: "Ana".into(),
            ..Settings::new(path.clone(), codebook)
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Desk { app: App::open(settings).unwrap(), cookie: String::new(), path, _folder: folder, runtime }
    }

    /// The same ledger behind a door, with these accounts.
    pub fn with_team(self, accounts: &[(&str, &str, aver::team::Role)]) -> Desk {
        let mut team = aver::team::Team::open(&self.path).unwrap();
        for (name, password, role) in accounts {
            team.put(name, password, *role).unwrap();
        }
        let settings = Settings {
            today,
            instant: || "2024-06-01T12:00:00Z".into(),
            gate: aver::workbench::gate::Gate::team(team),
            ..Settings::new(self.path.clone(), std::borrow::Cow::Borrowed(Codebook::builtin()))
        };
        Desk { app: App::open(settings).unwrap(), ..self }
    }

    /// The same ledger with other settings.
    pub fn set(self, change: impl FnOnce(&mut Settings)) -> Desk {
        let mut settings = Settings {
            today,
            instant: || "2024-06-01T12:00:00Z".into(),
            who: "Ana".into(),
            ..Settings::new(self.path.clone(), std::borrow::Cow::Borrowed(Codebook::builtin()))
        };
        change(&mut settings);
        Desk { app: App::open(settings).unwrap(), ..self }
    }

    /// Another workbench over the same ledger, opened now.
    pub fn opened_again(&self) -> Desk {
        let settings = Settings {
            today,
            instant: || "2024-06-01T12:00:00Z".into(),
            who: "Ana".into(),
            ..Settings::new(self.path.clone(), std::borrow::Cow::Borrowed(Codebook::builtin()))
        };
        Desk {
            app: App::open(settings).unwrap(),
            cookie: String::new(),
            path: self.path.clone(),
            _folder: tempfile::tempdir().unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    /// The token that forms of the present session carry.
    pub fn csrf(&self) -> String {
        let session = self.cookie.split_once('=').map_or("", |it| it.1);
        self.app.settings().gate.csrf(session)
    }

    /// Asks for a page.
    pub fn get(&self, url: &str) -> Page {
        self.send(Request::get(url).body(Body::empty()).unwrap())
    }

    /// Asks for a page and expects it to be there.
    #[track_caller]
    pub fn ok(&self, url: &str) -> Page {
        let page = self.get(url);
        assert_eq!(page.status, StatusCode::OK, "{url}: {}", page.text());
        page
    }

    /// Sends a form, as a browser does that comes from one of our own pages.
    pub fn post(&self, url: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf();
        let token = [("csrf", csrf.as_str())].into_iter().filter(|_| !fields.iter().any(|it| it.0 == "csrf"));
        let body = aver::workbench::ctx::query_string(fields.iter().copied().chain(token));
        let request = Request::post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.trim_start_matches('?').to_owned()));
        self.send(request.unwrap())
    }

    /// Sends any request; adds the host unless it has one.
    pub fn send(&self, mut request: Request<Body>) -> Page {
        let host = axum::http::HeaderValue::from_static("127.0.0.1:7411");
        request.headers_mut().entry("host").or_insert(host);
        if !self.cookie.is_empty() {
            request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        }
        let url = request.uri().to_string();
        self.runtime.block_on(async {
            let response: Response<Body> = router(self.app.clone()).oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Page { url, status: parts.status, headers: parts.headers, body }
        })
    }

    /// Appends to the ledger as another process would.
    pub fn behind(&self, work: impl FnOnce(&mut aver_ledger::Ledger)) {
        work(&mut aver_ledger::Ledger::open(&self.path).unwrap());
    }
}

fn today() -> Day {
    "2024-06-01".parse().unwrap()
}

impl Page {
    /// A page that no server gave.
    pub fn of(body: Vec<u8>) -> Page {
        Page { url: String::new(), status: StatusCode::OK, headers: Default::default(), body }
    }

    /// The answer as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The answer as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|it| panic!("{}: {it}: {}", self.url, self.text()))
    }

    /// A header, empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    /// The words of every element that fits the selector, white space folded.
    #[track_caller]
    pub fn all(&self, selector: &str) -> Vec<String> {
        self.each(selector, words)
    }

    /// The words of the one element that fits.
    #[track_caller]
    pub fn one(&self, selector: &str) -> String {
        let all = self.all(selector);
        assert_eq!(all.len(), 1, "{}: `{selector}` fits {all:?}", self.url);
        all.into_iter().next().unwrap()
    }

    /// An attribute of every element that fits and has it.
    #[track_caller]
    pub fn attrs(&self, selector: &str, name: &str) -> Vec<String> {
        self.each(selector, |it| it.value().attr(name).map(str::to_owned)).into_iter().flatten().collect()
    }

    /// The fields of the form that holds the one element that fits, as a browser would send them.
    #[track_caller]
    pub fn form(&self, selector: &str) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.text());
        let wanted = Selector::parse(selector).expect("the test's selector is CSS");
        let found = html.select(&wanted).next().unwrap_or_else(|| panic!("{}: nothing fits `{selector}`", self.url));
        let form = found.ancestors().filter_map(ElementRef::wrap).find(|it| it.value().name() == "form");
        let inputs = Selector::parse("input[name]").expect("it is CSS");
        let form = form.unwrap_or_else(|| panic!("{}: `{selector}` is in no form", self.url));
        let field = |it: ElementRef<'_>| {
            let of = |name: &str| it.value().attr(name).unwrap_or_default().to_owned();
            (of("name"), of("value"))
        };
        form.select(&inputs).map(field).filter(|it| !it.1.is_empty()).collect()
    }

    /// Says whether any element fits.
    #[track_caller]
    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    fn each<T>(&self, selector: &str, take: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        let html = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).expect("the test's selector is CSS");
        html.select(&selector).map(take).collect()
    }
}

fn words(it: ElementRef<'_>) -> String {
    it.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every view there is, with an event and a document to put into it: what must hold of all is asked of these.
pub fn views(event: &str, document: &str) -> Vec<String> {
    VIEWS.iter().map(|it| it.replace("{e}", event).replace("{d}", document)).collect()
}

const VIEWS: &[&str] = &[
    "/",
    "/?view=map",
    "/?view=timeline",
    "/events.json",
    "/events.csv",
    "/events.geojson",
    "/e/{e}",
    "/e/{e}.json",
    "/documents",
    "/documents.json",
    "/d/{d}",
    "/actors",
    "/tallies",
    "/forecasts",
    "/notes",
    "/notes.json",
    "/review",
    "/ledger",
    "/ledger.json",
    "/ledger.csv",
    "/export?format=csv",
    "/export/csv/evidence.csv",
    "/export/json/events.json",
    "/search?q=Tarsh",
    "/search.json?q=Tarsh",
    "/search.json?q=Brigade",
    "/api/v1/events",
    "/api/v1/events/{e}",
    "/api/v1/documents",
    "/api/v1/documents/{d}",
    "/api/v1/actors",
    "/api/v1/relations",
    "/api/v1/tallies",
    "/api/v1/forecasts",
    "/api/v1/review",
    "/api/v1/notes",
    "/api/v1/decisions",
];
