//! The workbench: the ledger in a browser, on this machine unless told otherwise.
//!
//! In: a ledger file and a codebook. Out: an axum [`Router`] of the screens, one
//! file a screen; each gives its `routes()`. Pages are written on the server and
//! work without script; the few islands in `assets/js` only add to them. Nothing
//! is fetched from anywhere but this server ([`guard`]), nothing a person types
//! or a document says reaches a page unescaped (askama).
//!
//! Start reading at [`state`] (what every screen sees) and [`ctx`] (one request).

pub mod ctx;
pub mod gate;
pub mod guard;
pub mod shell;
pub mod snapshot;
pub mod spans;
pub mod state;
pub mod veil;
pub mod words;

mod again;
mod assets;
mod failure;
mod login;
mod pipe;

mod actors;
mod add;
pub mod api;
pub mod decide;
mod document;
mod event;
mod events;
mod export;
mod keys;
mod ledger;
mod moments;
mod notes;
mod review;
mod search;
mod tallies;

pub use add::{LARGEST_FILE, LARGEST_UPLOAD};
pub(crate) use assets::STYLE;
pub use ctx::Ctx;
pub(crate) use event::table;
use event::words_link as event_words;
pub(crate) use events::index::field_words;
pub use events::map::own::{Own as Boundaries, read as boundaries};
pub(crate) use events::rows::{actors as actors_of, range};
pub use failure::{Answer, Failure};
pub use snapshot::Snapshot;
pub use state::{App, Settings};

use crate::cli::{Cli, Serve};
use crate::report::{Report, Result};
use axum::Router;
use std::io::Write;

/// Returns the whole workbench over `app`.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(events::routes())
        .merge(event::routes())
        .merge(document::routes())
        .merge(actors::routes())
        .merge(tallies::routes())
        .merge(review::routes())
        .merge(decide::routes())
        .merge(keys::routes())
        .merge(ledger::routes())
        .merge(moments::routes())
        .merge(notes::routes())
        .merge(export::routes())
        .merge(login::routes())
        .merge(add::routes())
        .merge(search::routes())
        .merge(api::routes())
        .merge(assets::routes())
        .fallback(failure::not_found)
        .layer(axum::middleware::from_fn(again::kept))
        .layer(axum::middleware::from_fn_with_state(app.clone(), veil::veiled))
        .layer(axum::middleware::from_fn_with_state(app.clone(), gate::passed))
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guarded))
        .with_state(app)
}

/// Serves the ledger until interrupted.
///
/// # Errors
/// The ledger cannot be opened, or the port is taken.
pub fn serve(cli: &Cli, args: &Serve, out: &mut dyn Write) -> Result<()> {
    let port = args.port;
    crate::language::check(&cli.model)?;
    let desk = crate::desk::Desk::open(cli)?;
    if let Some(at) = cli.at.filter(|it| *it != crate::moment::At::Now) {
        return Err(Report::input("serving-at-earlier-moment", "the workbench opens at the present")
            .at("--at")
            .next(format!("leave it out, and put ?at={at} behind the address of a page")));
    }
    let (path, codebook) = (desk.ledger.path().to_path_buf(), desk.codebook.clone());
    drop(desk);
    let mut settings = Settings { model: cli.model.clone(), ..Settings::new(path, codebook) };
    if args.team {
        let team = crate::team::Team::open(&settings.ledger)?;
        if team.is_empty() {
            return Err(Report::input("team-empty", "nobody has an account yet")
                .next("make one: aver team add NAME --role editor"));
        }
        settings.gate = gate::Gate::team(team);
        settings.gate.behind_https = args.behind_https;
    }
    settings.hosts.extend(args.host.iter().cloned());
    settings.boundaries = args.boundaries.as_deref().map(boundaries).transpose()?;
    let app = App::open_behind(settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|it| Report::setup("server-not-started", it.to_string()))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.map_err(|it| {
            Report::setup("port-taken", format!("port {port} cannot be used: {it}"))
                .next("choose another with --port, or --port 0 for a free one")
        })?;
        let address = listener.local_addr().map_err(|it| Report::setup("server-not-started", it.to_string()))?;
        super::commands::say(out, format_args!("The ledger is open at http://{address}/ (end with Ctrl-C)."))?;
        out.flush().map_err(super::commands::write_error)?;
        axum::serve(listener, router(app))
            .with_graceful_shutdown(async {
                let _ = tokio::signal::ctrl_c().await;
            })
            .await
            .map_err(|it| Report::setup("server-failed", it.to_string()))
    })
}
