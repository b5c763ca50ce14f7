//! One Chromium for all journeys, without a window and without talking to anybody.

use crate::Tab;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names under which Chromium is installed.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Chromium; ends with this value.
pub struct Chromium {
    process: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

/// Returns the Chromium of this machine: that of `CHROMIUM`, or the first in the path.
pub fn find() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        return path.is_file().then_some(path);
    }
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|it| std::env::split_paths(&it).collect()).unwrap_or_default();
    NAMES.iter().find_map(|name| folders.iter().map(|it| it.join(name)).find(|it| it.is_file()))
}

impl Chromium {
    /// Starts it.
    ///
    /// # Panics
    /// It does not start.
    pub fn start(program: &Path) -> Chromium {
        let folder = tempfile::tempdir().expect("a folder for the profile");
        let quiet = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--remote-debugging-port=0",
            "--window-size=1440,1000",
        ];
        let process = Command::new(program)
            .args(quiet)
            .arg(format!("--user-data-dir={}", folder.path().display()))
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|it| panic!("{} does not start: {it}", program.display()));
        let port = folder.path().join("DevToolsActivePort");
        let started = Instant::now();
        let port = loop {
            let line = std::fs::read_to_string(&port).ok();
            match line.and_then(|it| it.lines().next().and_then(|it| it.parse().ok())) {
                Some(port) => break port,
                None => assert!(started.elapsed() < PATIENCE, "Chromium does not come up"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        Chromium { process, port, _folder: folder }
    }

    /// Opens a tab that belongs to one server.
    pub fn tab(&self, origin: &str) -> Tab {
        let answer = self.ask("PUT", "/json/new?about:blank");
        let facts: serde_json::Value = serde_json::from_str(&answer).expect("Chromium answers with JSON");
        let address = facts["webSocketDebuggerUrl"].as_str().expect("a tab has an address");
        Tab::connect(address, origin)
    }

    fn ask(&self, method: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("Chromium listens");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)
            .expect("Chromium takes a request");
        let mut answer = vec![];
        // The length is in a header; the connection may stay open after it.
        let mut byte = [0];
        while !answer.ends_with(b"\r\n\r\n") && stream.read(&mut byte).expect("Chromium answers") == 1 {
            answer.push(byte[0]);
        }
        let head = String::from_utf8_lossy(&answer).to_lowercase();
        let length = head.lines().find_map(|it| it.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        stream.read_exact(&mut body).expect("Chromium answers whole");
        String::from_utf8_lossy(&body).into_owned()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
