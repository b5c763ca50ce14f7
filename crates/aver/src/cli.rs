//! The words a person types: commands, their arguments and help.

use crate::moment::At;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Keeps an auditable ledger of who says what happened in armed conflict.
#[derive(Debug, Parser)]
#[command(name = "aver", version, max_term_width = 100, after_help = "Begin with: aver demo")]
pub struct Cli {
    /// The ledger file; else the nearest *.aver upwards, else one in your data folder
    #[arg(long, global = true, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// A codebook folder instead of the built-in one
    #[arg(long, global = true, value_name = "FOLDER")]
    pub codebook: Option<PathBuf>,
    /// The language model that helps to read: the shipped one in full, its fast half, none, or a file
    #[arg(long, global = true, value_name = "full|fast|none|FILE", default_value_t)]
    pub model: crate::language::Choice,
    /// Print JSON instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Show what was known then: at a place in the ledger (12.3: after 12 readings and 3 decisions),
    /// published:2022-12-01 or entered:2026-11-22 (by the end of that day)
    #[arg(long, global = true, value_name = "MOMENT")]
    pub at: Option<At>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load the sample reports and show what Averment makes of them
    Demo(Demo),
    /// Read files or folders into the ledger
    Add(Add),
    /// Read files and print their readings; writes nothing
    Read(Read),
    /// List the documents
    Documents,
    /// List the events, most disputed first
    Events(Events),
    /// Show one event: the table of its accounts
    Event(OneEvent),
    /// List the actors with their names and relations
    Actors(Words),
    /// List what is said about who is tied to whom
    Relations(Words),
    /// Set every tally against the events on file
    Tallies(Words),
    /// List the forecasts and when they fall due
    Forecasts(Forecasts),
    /// List who says what
    Statements(Statements),
    /// List every number with its operator, speaker and words
    Figures(Figures),
    /// List what is odd: a weekday that does not fit its date, parts that do not add up
    Notes(Words),
    /// List which documents report on one occurrence, with its toll
    Dossiers(Words),
    /// List what changed between what was known at two moments
    Diff(Diff),
    /// List events with grades by other projects' rules, and how far figures move with the policy
    Grades(Words),
    /// Find words in everything that is on file
    Search(Words),
    /// Give every reason behind an event, or behind a record: `aver why FILE:s3`
    Why(OneEvent),
    /// Rule on an event: accept, reject, same, different, undo
    Decide(Decide),
    /// Put your value in place of the machine's: type, time, place, perpetrator, figure, speaker
    Correct(Correct),
    /// List every decision
    Decisions,
    /// Read every document again with this program and codebook
    Rerun,
    /// Write the ledger for others: a folder of pages, or csv, acled, json, geojson, one zip to verify
    Publish(Publish),
    /// Prove that nothing stored has changed, or that a bundle is what was handed out
    Verify(Verify),
    /// Measure readings against gold annotations
    Score(Score),
    /// Check or test the codebook
    Codebook(CodebookArgs),
    /// Measure reading speed and memory on files
    Bench(Bench),
    /// Open the ledger in a browser
    Serve(Serve),
    /// Keep the accounts of a team: add, list, remove
    Team(TeamArgs),
}

impl Command {
    /// Says whether the command reads documents, and so may use a language model.
    pub fn reads(&self) -> bool {
        use Command::{Add, Bench, Demo, Read, Rerun, Score, Serve};
        matches!(self, Add(_) | Bench(_) | Demo(_) | Read(_) | Rerun | Score(_) | Serve(_))
    }
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Also open the workbench at this address when loaded
    #[arg(long)]
    pub serve: bool,
    /// Port of the workbench; 0 takes a free one
    #[arg(long, default_value_t = 7411)]
    pub port: u16,
}

/// What a plain file does not say of itself.
#[derive(Debug, Args, Clone)]
pub struct Hints {
    /// When the documents were published: 2022-10-06 or 2022-10-05..2022-10-07
    #[arg(long, value_name = "DATE|START..END")]
    pub published: Option<String>,
    /// The outlet that published them
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
}

/// Arguments of `add`.
#[derive(Debug, Args)]
pub struct Add {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub hints: Hints,
}

/// Arguments of `read`.
#[derive(Debug, Args)]
pub struct Read {
    /// Files
    #[arg(required_unless_present = "schema", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub hints: Hints,
    /// Print the JSON Schema of the reading format
    #[arg(long)]
    pub schema: bool,
    /// Print only: dropped, actors, places, times, events, figures, statements, relations, forecasts, tallies, notes
    #[arg(long, value_name = "PART", default_value = "ledger")]
    pub part: String,
}

/// Arguments of `events`.
#[derive(Debug, Args, Default)]
pub struct Events {
    /// Words in the title, place, actors or quotes
    pub words: Vec<String>,
    /// Only this type, e.g. bombing
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Only where this actor is said to be the perpetrator
    #[arg(long, value_name = "ACTOR")]
    pub by: Option<String>,
    /// Only events that this actor claims
    #[arg(long, value_name = "ACTOR")]
    pub claimed_by: Option<String>,
    /// Only at this place (name, division or country code)
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Only on or after this day: 2023-03-19, "May 2019", "last week"
    #[arg(long, value_name = "DATE", value_parser = crate::days::first)]
    pub since: Option<aver_model::Day>,
    /// Only on or before this day
    #[arg(long, value_name = "DATE", value_parser = crate::days::last)]
    pub until: Option<aver_model::Day>,
    /// Only events with conflicting accounts
    #[arg(long)]
    pub disputed: bool,
    /// Only events told in this file
    #[arg(long, value_name = "FILE")]
    pub file: Option<String>,
}

/// One event.
#[derive(Debug, Args)]
pub struct OneEvent {
    /// The event's id, or a beginning of it that is unique; for `why` also FILE:RECORD
    pub id: String,
    /// Show this policy's figures in the last column
    #[arg(long, default_value = "range-all")]
    pub policy: String,
}

/// Words to filter by.
#[derive(Debug, Args)]
pub struct Words {
    /// Words that must occur
    pub words: Vec<String>,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier moment: 12.3, published:2022-12-01 or entered:2026-11-22
    #[arg(value_name = "FROM")]
    pub from: At,
    /// The later one, or `now`
    #[arg(value_name = "TO")]
    pub to: At,
}

/// Arguments of `forecasts`.
#[derive(Debug, Args)]
pub struct Forecasts {
    /// Words that must occur
    pub words: Vec<String>,
    /// Only those whose window has passed
    #[arg(long)]
    pub due: bool,
    /// The day to count from; today when not given
    #[arg(long, value_name = "DATE")]
    pub now: Option<aver_model::Day>,
}

/// Arguments of `statements`.
#[derive(Debug, Args)]
pub struct Statements {
    /// Words that must occur in speaker or content
    pub words: Vec<String>,
    /// Only this stance, e.g. denies
    #[arg(long, value_name = "STANCE")]
    pub stance: Option<aver_model::Stance>,
    /// Only by this speaker
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Only of this kind: event, figure, tally, relation, forecast …
    #[arg(long, value_name = "KIND")]
    pub kind: Option<aver_model::ContentKind>,
    /// Only in this file
    #[arg(long, value_name = "FILE")]
    pub file: Option<String>,
}

/// Arguments of `figures`.
#[derive(Debug, Args)]
pub struct Figures {
    /// Words that must occur
    pub words: Vec<String>,
    /// Only this measure, e.g. killed
    #[arg(long, value_name = "MEASURE")]
    pub measure: Option<String>,
}

/// Arguments of `decide`.
#[derive(Debug, Args)]
pub struct Decide {
    /// What is ruled
    #[command(subcommand)]
    pub ruling: Ruling,
}

/// What is ruled.
#[derive(Debug, Subcommand)]
pub enum Ruling {
    /// The machine's draft of an event stands
    Accept(Ruled),
    /// The machine's draft of an event does not stand
    Reject(Ruled),
    /// Two events are one
    Same(RuledPair),
    /// Two events, or two mentions of one, are different
    Different(RuledPair),
    /// Whether two events are one cannot be told
    Unsure(RuledPair),
    /// A decision no longer holds
    Undo {
        /// The decision's id or number; the last one when not given
        decision: Option<String>,
        #[command(flatten)]
        #[allow(missing_docs)]
        by: By,
    },
}

/// One event and a reason.
#[derive(Debug, Args)]
pub struct Ruled {
    /// The event's id
    pub event: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub by: By,
}

/// Two events and a reason.
#[derive(Debug, Args)]
pub struct RuledPair {
    /// One event's id, or FILE:e3 for one mention
    pub a: String,
    /// The other
    pub b: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub by: By,
}

/// Arguments of `correct`.
#[derive(Debug, Args)]
pub struct Correct {
    /// An event's id, FILE:e3 for one mention of it, or FILE:f2 for a figure
    pub what: String,
    /// type, time, place or perpetrator of an event; figure or speaker of a figure
    pub field: String,
    /// The value: 12..17, 2022-12-12, a name, "Ridge Brigade (claimed)", none
    pub to: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub by: By,
}

/// Who decides, and why.
#[derive(Debug, Args)]
pub struct By {
    /// Why, in your words
    #[arg(long)]
    pub reason: Option<String>,
    /// Who decides; your login name when not given
    #[arg(long)]
    pub who: Option<String>,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// A bundle, zip or unpacked, in place of the ledger
    pub bundle: Option<PathBuf>,
}

/// Arguments of `publish`.
#[derive(Debug, Args)]
pub struct Publish {
    /// Write pages for everybody into this folder: a static site, private names masked
    #[arg(value_name = "SITE", conflicts_with_all = ["format", "out", "private"])]
    pub site: Option<PathBuf>,
    /// csv, acled, json, geojson or bundle (one zip)
    #[arg(long, default_value = "csv")]
    pub format: String,
    /// Under which policy one number is chosen
    #[arg(long, default_value = "range-all")]
    pub policy: String,
    /// Folder to write to; made when absent
    #[arg(long, short, default_value = "published", value_name = "FOLDER")]
    pub out: PathBuf,
    /// Keep the names of private persons
    #[arg(long)]
    pub private: bool,
}

/// Arguments of `score`.
#[derive(Debug, Args)]
pub struct Score {
    /// A folder of gold files with their texts beside them or in ../seeds
    #[arg(required_unless_present = "maverick")]
    pub gold: Option<PathBuf>,
    /// List the misses of times, events, figures, statements or relations
    #[arg(long, value_name = "RECORD")]
    pub misses: Vec<String>,
    /// Check the policies against a MAVERICK reports file instead
    #[arg(long, value_name = "CSV")]
    pub maverick: Option<PathBuf>,
}

/// Arguments of `codebook`.
#[derive(Debug, Args)]
pub struct CodebookArgs {
    /// What to do
    #[command(subcommand)]
    pub act: CodebookAct,
}

/// What to do with the codebook.
#[derive(Debug, Subcommand)]
pub enum CodebookAct {
    /// List every fault with file and line
    Check,
    /// Run the worked cases
    Test,
}

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// Files to read
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How often to read them all; the fastest round counts
    #[arg(long, default_value_t = 5)]
    pub rounds: u32,
    /// A spaCy pipeline to run beside us, by name or folder; may be given again
    #[arg(long, value_name = "PIPELINE")]
    pub spacy: Vec<String>,
    /// The Python that has spaCy
    #[arg(long, value_name = "PATH", default_value = "python3")]
    pub python: PathBuf,
}

/// Arguments of `serve`.
#[derive(Debug, Args, Default)]
pub struct Serve {
    /// Port on this machine; 0 takes a free one
    #[arg(long, default_value_t = 7411)]
    pub port: u16,
    /// Ask for a name and a password; see `aver team`
    #[arg(long)]
    pub team: bool,
    /// A further name under which browsers reach this server, through a proxy that you run
    #[arg(long, value_name = "NAME", requires = "team")]
    pub host: Vec<String>,
    /// A proxy with https stands before this server: the session's cookie is never sent without it
    #[arg(long, requires = "team")]
    pub behind_https: bool,
    /// Boundaries of your own for the map: a GeoJSON file of areas with names
    #[arg(long, value_name = "FILE")]
    pub boundaries: Option<PathBuf>,
}

/// Arguments of `team`.
#[derive(Debug, Args)]
pub struct TeamArgs {
    /// What to do
    #[command(subcommand)]
    pub act: TeamAct,
}

/// What to do with the accounts.
#[derive(Debug, Subcommand)]
pub enum TeamAct {
    /// Make an account, or give one another password; the password is the first line of the input
    Add {
        /// The name that stands on decisions
        name: String,
        /// reader, coder or editor
        #[arg(long, default_value = "coder")]
        role: crate::team::Role,
    },
    /// List names and roles
    List,
    /// Take an account out; what it decided stays
    Remove {
        /// The name
        name: String,
    },
}
