//! Accounts and sessions of a team: a small file beside the ledger.
//!
//! In: names, passwords, roles, the present second. Out: who a session token stands
//! for. The ledger itself holds none of it: it is append-only and handed on, and
//! passwords must be neither (docs/decisions/0005).
//!
//! Passwords are kept as Argon2id hashes, tokens as SHA-256; whoever reads the file
//! can log in as nobody. The file is written whole or not at all, for its owner only.

use crate::report::{Report, Result, file_error};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How long a session lasts, in seconds: a working day.
pub const SESSION: u64 = 12 * 60 * 60;
/// Fewest characters of a password.
pub const SHORTEST: usize = 10;
/// Most characters of a password; hashing takes no longer for a longer one, but reading it does.
const LONGEST: usize = 1000;

/// What somebody may do. Each may do all that those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May look and take public exports.
    Reader,
    /// May decide and add documents.
    Coder,
    /// May settle what coders differ on, see private names in exports, and keep the accounts.
    Editor,
}

impl Role {
    /// Returns the word.
    pub fn word(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Coder => "coder",
            Role::Editor => "editor",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> std::result::Result<Role, String> {
        let known = [Role::Reader, Role::Coder, Role::Editor];
        known.into_iter().find(|it| it.word() == word).ok_or_else(|| format!("`{word}` is not reader, coder or editor"))
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Account {
    role: Role,
    password: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Session {
    name: String,
    /// The second at which it ends, since 1970.
    ends: u64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    accounts: BTreeMap<String, Account>,
    /// By SHA-256 of the token.
    sessions: BTreeMap<String, Session>,
}

/// The accounts and sessions beside a ledger.
#[derive(Debug)]
pub struct Team {
    path: PathBuf,
    kept: Kept,
}

impl Team {
    /// Returns where the team of a ledger is kept: `NAME.aver.team.json`.
    pub fn path_of(ledger: &Path) -> PathBuf {
        let mut path = ledger.as_os_str().to_owned();
        path.push(".team.json");
        PathBuf::from(path)
    }

    /// Opens the team of a ledger; without a file it has nobody in it.
    ///
    /// # Errors
    /// The file cannot be read, or is not a team's.
    pub fn open(ledger: &Path) -> Result<Team> {
        let path = Team::path_of(ledger);
        let kept = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|it| {
                Report::setup("team-not-understood", format!("the file of accounts cannot be read: {it}"))
                    .at(path.display())
                    .next("restore it from a backup, or remove it and add the accounts again")
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kept::default(),
            Err(error) => return Err(file_error(&error, &path)),
        };
        Ok(Team { path, kept })
    }

    /// Says whether anybody has an account.
    pub fn is_empty(&self) -> bool {
        self.kept.accounts.is_empty()
    }

    /// Returns names and roles, by name.
    pub fn list(&self) -> Vec<(String, Role)> {
        self.kept.accounts.iter().map(|(name, it)| (name.clone(), it.role)).collect()
    }

    /// Makes an account, or gives an existing one another password and role; its sessions end.
    ///
    /// # Errors
    /// The name or password will not do, or the file cannot be written.
    pub fn put(&mut self, name: &str, password: &str, role: Role) -> Result<()> {
        let fits = |it: char| it.is_alphanumeric() || matches!(it, '.' | '_' | '-' | ' ');
        if name.trim() != name || name.is_empty() || name.chars().count() > 60 || !name.chars().all(fits) {
            return Err(Report::input("name-not-understood", format!("`{name}` cannot be a name"))
                .next("use letters, digits, spaces, dots, hyphens; at most 60"));
        }
        let length = password.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(Report::input("password-too-short", format!("the password has {length} characters"))
                .next(format!("take {SHORTEST} or more, for example four words")));
        }
        let password = Argon2::default()
            .hash_password(password.as_bytes())
            .map_err(|it| Report::setup("password-not-hashed", it.to_string()))?
            .to_string();
        self.kept.accounts.insert(name.into(), Account { role, password });
        self.kept.sessions.retain(|_, it| it.name != name);
        self.save()
    }

    /// Takes an account and its sessions out; what it decided stays in the ledger.
    ///
    /// # Errors
    /// There is none of that name, or the file cannot be written.
    pub fn remove(&mut self, name: &str) -> Result<()> {
        if self.kept.accounts.remove(name).is_none() {
            return Err(Report::input("account-not-found", format!("nobody is called `{name}`"))
                .next("`aver team list` lists the accounts"));
        }
        self.kept.sessions.retain(|_, it| it.name != name);
        self.save()
    }

    /// Returns what a password is checked against: the account's hash, or a stand-in that takes as long.
    pub fn hash_of(&self, name: &str) -> Option<String> {
        self.kept.accounts.get(name).map(|it| it.password.clone())
    }

    /// Begins a session and returns its token, which is told once and not kept.
    ///
    /// # Errors
    /// The file cannot be written, or the machine gives no random numbers.
    pub fn begin(&mut self, name: &str, now: u64) -> Result<String> {
        let token = token()?;
        self.kept.sessions.retain(|_, it| it.ends > now);
        let session = Session { name: name.into(), ends: now + SESSION };
        self.kept.sessions.insert(aver_ledger::sha256(token.as_bytes()), session);
        self.save()?;
        Ok(token)
    }

    /// Returns who a token stands for.
    pub fn who(&self, token: &str, now: u64) -> Option<(String, Role)> {
        let session = self.kept.sessions.get(&aver_ledger::sha256(token.as_bytes()))?;
        let account = self.kept.accounts.get(&session.name).filter(|_| session.ends > now)?;
        Some((session.name.clone(), account.role))
    }

    /// Ends a session; one that is not there has ended already.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn end(&mut self, token: &str) -> Result<()> {
        match self.kept.sessions.remove(&aver_ledger::sha256(token.as_bytes())) {
            Some(_) => self.save(),
            None => Ok(()),
        }
    }

    fn save(&self) -> Result<()> {
        use std::io::Write;
        let bytes = serde_json::to_vec_pretty(&self.kept).map_err(|it| Report::bug(it.to_string()))?;
        let mut beside = self.path.as_os_str().to_owned();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&beside).and_then(|mut file| {
            file.write_all(&bytes)?;
            file.sync_all()
        });
        written.and_then(|()| std::fs::rename(&beside, &self.path)).map_err(|it| file_error(&it, &self.path))
    }
}

/// Says whether a password is that of a hash; takes as long when there is no hash.
pub fn is_password(hash: Option<&str>, password: &str) -> bool {
    // Made once, so that a name nobody has costs what a wrong password costs.
    static NOBODY: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        Argon2::default().hash_password(b"nobody has this password").map(|it| it.to_string()).unwrap_or_default()
    });
    if password.chars().count() > LONGEST {
        return false;
    }
    let fits = |hash: &str| {
        PasswordHash::new(hash).is_ok_and(|it| Argon2::default().verify_password(password.as_bytes(), &it).is_ok())
    };
    match hash {
        Some(hash) => fits(hash),
        None => {
            fits(&NOBODY);
            false
        }
    }
}

/// Returns 32 random bytes as text.
///
/// # Errors
/// The machine gives no random numbers.
pub fn token() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|it| Report::setup("no-random-numbers", it.to_string()))?;
    Ok(bytes.iter().map(|it| format!("{it:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(folder: &tempfile::TempDir) -> Team {
        Team::open(&folder.path().join("l.aver")).expect("there is no file yet")
    }

    #[test]
    fn a_token_stands_for_its_owner_until_it_ends() {
        let folder = tempfile::tempdir().expect("there is room");
        let mut it = team(&folder);
        it.put("ana", "correct horse battery", Role::Coder).expect("it will do");
        let (first, second) = (it.begin("ana", 1000).expect("written"), it.begin("ana", 1000).expect("written"));
        assert_ne!(first, second);
        assert_eq!(it.who(&first, 1000 + SESSION - 1), Some(("ana".into(), Role::Coder)));
        assert_eq!(it.who(&first, 1000 + SESSION), None);
        assert_eq!(it.who("", 1000), None);
        it.end(&first).expect("written");
        assert_eq!(it.who(&first, 1001), None);
        assert!(it.who(&second, 1001).is_some());
        // Another process sees the same; a new password ends every session.
        let mut again = team(&folder);
        assert!(again.who(&second, 1001).is_some());
        again.put("ana", "another horse battery", Role::Reader).expect("it will do");
        assert_eq!(again.who(&second, 1001), None);
    }

    #[test]
    fn neither_passwords_nor_tokens_stand_in_the_file() {
        let folder = tempfile::tempdir().expect("there is room");
        let mut it = team(&folder);
        it.put("ana", "correct horse battery", Role::Editor).expect("it will do");
        let token = it.begin("ana", 0).expect("written");
        let path = folder.path().join("l.aver.team.json");
        let text = std::fs::read_to_string(&path).expect("it is written");
        assert!(text.contains("$argon2id$") && !text.contains("horse") && !text.contains(&token), "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_password_is_right_or_wrong_and_nobody_has_none() {
        let folder = tempfile::tempdir().expect("there is room");
        let mut it = team(&folder);
        it.put("ana", "correct horse battery", Role::Reader).expect("it will do");
        let hash = it.hash_of("ana");
        assert!(is_password(hash.as_deref(), "correct horse battery"));
        assert!(!is_password(hash.as_deref(), "correct horse"));
        assert!(!is_password(None, "nobody has this password"));
        for (name, password) in [("ana", "short"), ("", "correct horse battery"), ("a/b", "correct horse battery")] {
            assert!(it.put(name, password, Role::Reader).is_err(), "{name} {password}");
        }
        it.remove("ana").expect("she is there");
        assert_eq!(it.remove("ana").expect_err("she is gone").id, "account-not-found");
    }
}
