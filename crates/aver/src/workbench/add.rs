//! The screen "Add documents": files dropped or chosen, or a pasted text.
//!
//! In: bytes with what a person says of them. Out: documents in the ledger, and for
//! every file that could not become one, why and what to do. Files are read by a job
//! that goes on when the page is left; its page shows how far it is.
//!
//! Bytes are only ever text here: nothing is unpacked, and a file's name is a label,
//! never a path.

use super::ctx::pairs;
use super::gate::{Visitor, same};
use super::shell::{Screen, Shell, page, see};
use super::words::count;
use super::{Answer, App, Ctx, Failure};
use crate::gather;
use crate::report::{Report, Result};
use askama::Template;
use aver_ingest::{Hints, fingerprint::Fingerprint};
use aver_ledger::Added;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::response::IntoResponse;
use axum::{Router, routing::get, routing::post};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// Most bytes of one file, as on the command line's border for one article.
pub const LARGEST_FILE: usize = 16 << 20;
/// Most bytes of one upload.
pub const LARGEST_UPLOAD: usize = 64 << 20;
/// Most files of one upload.
const MOST_FILES: usize = 500;
/// Uploads of up to this many files are waited for.
const WAITED_FOR: usize = 12;
/// Finished jobs that are remembered.
const KEPT: usize = 20;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/add", get(show))
        .route("/add/files", post(files).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .route("/add/text", post(text))
        .route("/add/jobs/{number}", get(job))
}

/// What became of one file.
#[derive(Debug, Clone)]
pub struct Line {
    file: String,
    /// "3 statements, 1 event, 2 figures", or the error.
    words: String,
    hint: String,
    /// `new`, `known`, `failed`.
    state: &'static str,
    document: String,
}

/// An upload being read.
#[derive(Debug, Default)]
pub struct Job {
    who: String,
    total: usize,
    done: bool,
    lines: Vec<Line>,
    failure: Option<Report>,
}

/// Uploads of this run of the server.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<BTreeMap<u64, Arc<Mutex<Job>>>>);

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(|it| it.into_inner())
}

impl Jobs {
    fn begin(&self, job: Job) -> (u64, Arc<Mutex<Job>>) {
        let mut all = held(&self.0);
        let number = all.keys().next_back().map_or(1, |it| it + 1);
        let job = Arc::new(Mutex::new(job));
        all.insert(number, job.clone());
        while all.len() > KEPT {
            let Some(first) = all.iter().find(|it| held(it.1).done).map(|it| *it.0) else { break };
            all.remove(&first);
        }
        (number, job)
    }

    fn get(&self, number: u64) -> Option<Arc<Mutex<Job>>> {
        held(&self.0).get(&number).cloned()
    }
}

#[derive(Template)]
#[template(path = "add.html")]
struct Page {
    shell: Shell,
    documents: String,
    largest: usize,
    upload: usize,
    most: usize,
}

async fn show(ctx: Ctx) -> Answer {
    Ok(page(&Page {
        documents: count(ctx.snap.filed.len(), "document"),
        largest: LARGEST_FILE >> 20,
        upload: LARGEST_UPLOAD >> 20,
        most: MOST_FILES,
        shell: ctx.shell(Screen::Add, "Add documents"),
    }))
}

/// A file on its way in: its label, its bytes or why there are none.
type Given = (String, std::result::Result<Vec<u8>, Report>);

async fn files(State(app): State<App>, request: Request) -> Answer {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let visitor = visitor.ok_or_else(|| Report::bug("a change came in without a visitor"))?;
    let whole_too_large = || {
        Report::input("upload-too-large", format!("an upload may have {} MiB in all", LARGEST_UPLOAD >> 20))
            .next("add the files in several goes, or with `aver add FOLDER` on the command line")
    };
    let mut form = Multipart::from_request(request, &app)
        .await
        .map_err(|it| Report::input("upload-not-understood", it.to_string()).next("send the form of the page Add"))?;
    let (mut given, mut fields, mut allowed): (Vec<Given>, Vec<(String, String)>, bool) = (vec![], vec![], false);
    while let Some(mut piece) = form.next_field().await.map_err(|_| whole_too_large())? {
        let name = piece.name().unwrap_or_default().to_owned();
        let Some(file) = piece.file_name().map(label) else {
            let value = piece.text().await.map_err(|_| whole_too_large())?;
            allowed |= name == "csrf" && !visitor.csrf.is_empty() && same(value.as_bytes(), visitor.csrf.as_bytes());
            fields.push((name, value));
            continue;
        };
        if !allowed {
            break;
        }
        let (mut bytes, mut too_large) = (vec![], false);
        while let Some(part) = piece.chunk().await.map_err(|_| whole_too_large())? {
            // The rest is read past, not kept.
            too_large |= bytes.len() + part.len() > LARGEST_FILE;
            if !too_large {
                bytes.extend_from_slice(&part);
            }
        }
        if file.is_empty() && bytes.is_empty() {
            continue;
        }
        if given.len() == MOST_FILES {
            let message = format!("an upload may have {MOST_FILES} files");
            return Err(Failure(Report::input("upload-too-large", message).next("add them in several goes")));
        }
        given.push((file, if too_large { Err(file_too_large()) } else { Ok(bytes) }));
    }
    if !allowed {
        return Err(Failure(
            Report::input("form-not-allowed", "this form is not from a page of your session")
                .next("load the page again and send it once more"),
        ));
    }
    if given.is_empty() {
        return Err(Failure(
            Report::input("no-files", "no file was chosen").next("drop files on the page, or choose them"),
        ));
    }
    let hints = hints(&fields)?;
    start(&app, &visitor, given, hints).await
}

async fn text(ctx: Ctx, body: Bytes) -> Answer {
    let fields = pairs(&body);
    let of = |name: &str| fields.iter().find(|it| it.0 == name).map_or("", |it| it.1.trim());
    let text = of("text").replace("\r\n", "\n");
    if text.is_empty() {
        return Err(Failure(
            Report::input("no-text", "there is no text to add").next("paste the article, title first"),
        ));
    }
    let name = match label(of("name")) {
        name if name.is_empty() => format!("pasted-{}.txt", &aver_ledger::sha256(text.as_bytes())[..8]),
        name => name,
    };
    let hints = hints(&fields)?;
    start(&ctx.app, &ctx.visitor, vec![(name, Ok(text.into_bytes()))], hints).await
}

/// Returns what follows the last slash, without control characters, at most 120 characters.
fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let clean: String = last.chars().filter(|it| !it.is_control()).take(120).collect();
    let clean = clean.trim().to_owned();
    if matches!(clean.as_str(), "." | "..") { String::new() } else { clean }
}

fn hints(fields: &[(String, String)]) -> Result<Hints> {
    let of =
        |name: &str| fields.iter().find(|it| it.0 == name).map(|it| it.1.trim().to_owned()).filter(|it| !it.is_empty());
    gather::hints(&crate::cli::Hints { published: of("published"), source: of("source") })
        .map_err(|it| it.next("write a day, 2022-10-06, or an interval, 2022-10-05..2022-10-07"))
}

fn file_too_large() -> Report {
    Report::input("file-too-large", format!("the file has more than {} MiB", LARGEST_FILE >> 20))
        .next("save each article as its own file")
}

async fn start(app: &App, visitor: &Visitor, given: Vec<Given>, hints: Hints) -> Answer {
    let total = given.len();
    let (number, job) = app.settings().jobs.begin(Job { who: visitor.name.clone(), total, ..Job::default() });
    let work = run(app.clone(), job, given, hints);
    if total <= WAITED_FOR {
        work.await;
    } else {
        tokio::spawn(work);
    }
    Ok(see(&format!("/add/jobs/{number}")).into_response())
}

/// Reads the files one by one and stores each as soon as it is read.
async fn run(app: App, job: Arc<Mutex<Job>>, given: Vec<Given>, hints: Hints) {
    let (lines, reading_app) = (job.clone(), app.clone());
    let done = app
        .write(move |ledger| {
            let now = reading_app.settings().instant;
            let reader = crate::language::reader(&reading_app.settings().model, reading_app.codebook())?;
            for (file, bytes) in given {
                let is_archive = bytes.as_ref().is_ok_and(|it| it.starts_with(b"PK") || it.starts_with(&[0x1f, 0x8b]));
                let line = match bytes.and_then(|bytes| one(ledger, &reader, &file, &bytes, &hints, &now())) {
                    Ok(line) => line,
                    Err(report) => {
                        let hint = if is_archive {
                            "unpack it and add the files inside; save an office document as plain text".into()
                        } else {
                            report.hint.clone().unwrap_or_default()
                        };
                        Line { file, words: report.message, hint, state: "failed", document: String::new() }
                    }
                };
                held(&lines).lines.push(line);
            }
            Ok(())
        })
        .await;
    let mut job = held(&job);
    job.failure = done.err();
    job.done = true;
}

fn one(
    ledger: &mut aver_ledger::Ledger,
    reader: &aver_read::Reader<'_>,
    file: &str,
    bytes: &[u8],
    hints: &Hints,
    entered: &str,
) -> Result<Line> {
    let file = if file.is_empty() { "unnamed" } else { file };
    let page = gather::page(bytes, file, hints)?;
    let reading = crate::commands::read_page(reader, &page)?;
    let print = Fingerprint::of_page(&page).to_bytes();
    let document = page.document.sha256.clone();
    let (words, state) = match ledger.add(&page, bytes, &reading, &print, entered)? {
        Added::New => {
            let parts = [
                count(reading.statements.len(), "statement"),
                count(reading.events.len(), "event"),
                count(reading.figures.len(), "figure"),
            ];
            (parts.join(", "), "new")
        }
        Added::SameBytes(known) => (format!("already on file as {}", known.file), "known"),
    };
    let hint = if reading.document.published.start.is_none() && state == "new" {
        "It has no date of publication, so “on Monday” stays a Monday.".into()
    } else {
        String::new()
    };
    Ok(Line { file: file.to_owned(), words, hint, state, document })
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    shell: Shell,
    total: usize,
    lines: Vec<(Line, String)>,
    done: bool,
    percent: usize,
    added: usize,
    known: usize,
    failed: usize,
    failure: Option<Report>,
}

async fn job(ctx: Ctx, Path(number): Path<u64>) -> Answer {
    let found = ctx.app.settings().jobs.get(number);
    let Some(found) = found.filter(|it| held(it).who == ctx.who) else {
        return Err(Failure(
            Report::input("upload-not-found", format!("there is no upload {number} of yours"))
                .next("documents that were added are in the list of documents"),
        ));
    };
    let view = {
        let job = held(&found);
        let count = |state: &str| job.lines.iter().filter(|it| it.state == state).count();
        let link = |it: &Line| {
            if it.document.is_empty() { String::new() } else { format!("/d/{}", super::words::short(&it.document)) }
        };
        JobPage {
            total: job.total,
            // Failures first: they want something done.
            lines: {
                let mut lines: Vec<(Line, String)> = job.lines.iter().map(|it| (it.clone(), link(it))).collect();
                lines.sort_by_key(|it| it.0.state != "failed");
                lines
            },
            done: job.done,
            percent: job.lines.len() * 100 / job.total.max(1),
            added: count("new"),
            known: count("known"),
            failed: count("failed"),
            failure: job.failure.clone(),
            shell: ctx.shell(Screen::Add, "Adding documents"),
        }
    };
    Ok(page(&view))
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_name_is_a_label_and_never_a_path() {
        assert_eq!(label("../../etc/passwd"), "passwd");
        assert_eq!(label("C:\\texts\\a.txt"), "a.txt");
        assert_eq!(label(".."), "");
        assert_eq!(label("a\u{0}b\n.txt"), "ab.txt");
        assert_eq!(label(&"x".repeat(500)).len(), 120);
    }
}
