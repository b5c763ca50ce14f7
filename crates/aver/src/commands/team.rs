//! `aver team`: the accounts of those who share a workbench.

use super::{count, say, say_json};
use crate::cli::{Cli, TeamAct, TeamArgs};
use crate::desk::Desk;
use crate::report::{Report, Result};
use crate::team::Team;
use std::io::{BufRead, Write};

/// Adds, lists or removes accounts.
pub fn team(cli: &Cli, args: &TeamArgs, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let mut team = Team::open(desk.ledger.path())?;
    match &args.act {
        TeamAct::Add { name, role } => {
            let mut line = String::new();
            // Not an argument: those stand in the list of processes and in the shell's history.
            std::io::stdin().lock().read_line(&mut line).map_err(|it| Report::setup("input-failed", it.to_string()))?;
            let password = line.trim_end_matches(['\r', '\n']);
            if password.is_empty() {
                return Err(Report::input("password-missing", "no password was given")
                    .next(format!("type it, or: aver team add {name} < FILE")));
            }
            team.put(name, password, *role)?;
            say(out, format_args!("{name} is {} of {}.", role.word(), desk.ledger.path().display()))
        }
        TeamAct::List => {
            let list = team.list();
            if cli.json {
                return say_json(out, &list);
            }
            for (name, role) in &list {
                say(out, format_args!("{:<8} {name}", role.word()))?;
            }
            say(out, count(list.len(), "account"))
        }
        TeamAct::Remove { name } => {
            team.remove(name)?;
            say(out, format_args!("{name} has no account any more; what they decided stays."))
        }
    }
}
