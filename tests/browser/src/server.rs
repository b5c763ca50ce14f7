//! The real binary over a ledger of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// `aver serve` on a free port; ends with this value.
pub struct Server {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    /// What the command that made the ledger printed.
    pub told: String,
    process: Child,
    ledger: PathBuf,
    _folder: tempfile::TempDir,
}

fn binary() -> PathBuf {
    PathBuf::from(std::env::var_os("AVER_BIN").expect("AVER_BIN names the binary; `cargo xtask browser` sets it"))
}

impl Server {
    /// Serves the sample reports.
    pub fn samples() -> Server {
        Server::over(&["demo"], &[], |_| {})
    }

    /// Serves a ledger made of texts: file name, text; the first line may say `published: DAY`.
    pub fn texts(texts: &[(&str, &str)]) -> Server {
        let folder = tempfile::tempdir().expect("a folder for texts");
        for (name, text) in texts {
            std::fs::write(folder.path().join(name), text).expect("a text is written");
        }
        let folder = folder.path().to_string_lossy();
        Server::over(&["add", &folder, "--source", "Valley Post", "--published", "2024-05-16"], &[], |_| {})
    }

    /// Serves the sample reports to a team: name, password, role.
    pub fn team(accounts: &[(&str, &str, &str)]) -> Server {
        Server::over(&["demo"], &["--team"], |ledger| {
            for (name, password, role) in accounts {
                let mut made = Command::new(binary())
                    .arg("--ledger")
                    .arg(ledger)
                    .args(["team", "add", name, "--role", role])
                    .stdin(Stdio::piped())
                    .stdout(Stdio::null())
                    .spawn()
                    .expect("aver runs");
                let mut input = made.stdin.take().expect("aver reads");
                writeln!(input, "{password}").expect("aver reads a line");
                drop(input);
                assert!(made.wait().expect("aver ends").success(), "no account for {name}");
            }
        })
    }

    /// Serves the sample reports with further arguments of `serve`.
    pub fn samples_with(args: &[&str]) -> Server {
        Server::over(&["demo"], args, |_| {})
    }

    fn over(args: &[&str], serve: &[&str], prepare: impl Fn(&Path)) -> Server {
        let folder = tempfile::tempdir().expect("a folder for the ledger");
        let ledger = folder.path().join("test.aver");
        let made = Command::new(binary()).arg("--ledger").arg(&ledger).args(args).output().expect("aver runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let told = String::from_utf8_lossy(&made.stdout).into_owned();
        prepare(&ledger);
        let mut process = Command::new(binary())
            .arg("--ledger")
            .arg(&ledger)
            .args(["serve", "--port", "0"])
            .args(serve)
            .env("USER", "ana")
            .stdout(Stdio::piped())
            .spawn()
            .expect("aver serves");
        let mut line = String::new();
        let out = process.stdout.take().expect("aver prints");
        BufReader::new(out).read_line(&mut line).expect("aver says where it listens");
        let from = line.find("http://").unwrap_or_else(|| panic!("no address in `{line}`"));
        let origin = line[from..].split(['/', ' ']).take(3).collect::<Vec<_>>().join("/");
        Server { origin, told, process, ledger, _folder: folder }
    }

    /// Runs a command without this ledger, as on another machine; returns whether it went well, and what it printed.
    pub fn elsewhere(args: &[&str]) -> (bool, String) {
        let folder = tempfile::tempdir().expect("an empty folder");
        let out = Command::new(binary()).args(args).current_dir(folder.path()).output().expect("aver runs");
        (out.status.success(), String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned())
    }

    /// Runs a command on the same ledger and returns what it prints.
    pub fn aver(&self, args: &[&str]) -> String {
        let out = Command::new(binary()).arg("--ledger").arg(&self.ledger).args(args).output().expect("aver runs");
        assert!(out.status.success(), "aver {args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
