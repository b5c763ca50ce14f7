//! One tab: pages, keys, the pointer; and what the page asked the network for.

use serde_json::{Value, json};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// How long a page may take to come to a state.
const PATIENCE: Duration = Duration::from_secs(20);

/// A tab of Chromium.
pub struct Tab {
    socket: WebSocket<TcpStream>,
    number: u64,
    origin: String,
    /// Addresses asked for that are not of the server.
    pub strangers: Vec<String>,
    /// What scripts complained of, and what the content policy refused.
    pub complaints: Vec<String>,
}

impl Tab {
    pub(crate) fn connect(address: &str, origin: &str) -> Tab {
        let host = address.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host).expect("the tab listens");
        let (socket, _) = tungstenite::client(address, stream).expect("the tab speaks WebSocket");
        let mut tab = Tab { socket, number: 0, origin: origin.to_owned(), strangers: vec![], complaints: vec![] };
        for domain in ["Page", "Network", "Runtime", "Log"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        tab
    }

    /// Calls a method of the protocol and returns its answer.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.ask(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Calls a method of the protocol; the error is what the browser says.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.number += 1;
        let number = self.number;
        let message = json!({ "id": number, "method": method, "params": params }).to_string();
        self.socket.send(Message::text(message)).expect("the tab takes a message");
        loop {
            let answer = self.next();
            if answer["id"].as_u64() == Some(number) {
                let error = &answer["error"];
                return if error.is_null() { Ok(answer["result"].clone()) } else { Err(error.to_string()) };
            }
        }
    }

    fn next(&mut self) -> Value {
        let text = match self.socket.read().expect("the tab answers") {
            Message::Text(text) => text.to_string(),
            _ => return Value::Null,
        };
        let message: Value = serde_json::from_str(&text).expect("the tab speaks JSON");
        match message["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                let address = message["params"]["request"]["url"].as_str().unwrap_or_default();
                let own = address.starts_with(&self.origin) || address.starts_with("data:") || address == "about:blank";
                if !own {
                    self.strangers.push(address.to_owned());
                }
            }
            Some("Runtime.exceptionThrown") => {
                self.complaints.push(message["params"]["exceptionDetails"]["exception"]["description"].to_string());
            }
            Some("Log.entryAdded") if message["params"]["entry"]["level"] == "error" => {
                let entry = &message["params"]["entry"];
                // A page that is asked for and is not there is what some journeys look for.
                if entry["source"] != "network" {
                    self.complaints.push(entry["text"].to_string());
                }
            }
            _ => {}
        }
        message
    }

    /// Opens an address of the server and waits until it is whole.
    pub fn open(&mut self, path: &str) {
        let url = format!("{}{path}", self.origin);
        self.call("Page.navigate", json!({ "url": url }));
        self.settled();
    }

    /// Waits until the page is loaded and its scripts have run.
    pub fn settled(&mut self) {
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// Runs a script and returns its value; null where the page goes away meanwhile.
    pub fn eval(&mut self, script: &str) -> Value {
        let asked = json!({ "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let answer = match self.ask("Runtime.evaluate", asked) {
            // The script itself may have sent the page away; it has no value then.
            Err(error) if is_between_pages(&error) => return Value::Null,
            answer => answer.unwrap_or_else(|error| panic!("{script}: {error}")),
        };
        assert!(answer["exceptionDetails"].is_null(), "{script}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Waits until a condition holds.
    #[track_caller]
    pub fn wait(&mut self, condition: &str) {
        let started = Instant::now();
        loop {
            // While a page changes, a question may fall between two documents, or the old one goes while it is asked.
            match self.ask("Runtime.evaluate", json!({ "expression": condition, "returnByValue": true })) {
                Ok(answer) if answer["result"]["value"] == true => return,
                Err(error) if !is_between_pages(&error) => panic!("{condition}: {error}"),
                _ => {}
            }
            if started.elapsed() > PATIENCE {
                let at = self.eval("location.href + ' — ' + document.title");
                panic!("never came true: {condition} at {at}");
            }
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    /// Returns the words of the first element that fits.
    #[track_caller]
    pub fn text(&mut self, selector: &str) -> String {
        let value = self.eval(&format!("document.querySelector({selector:?})?.innerText ?? null"));
        value.as_str().unwrap_or_else(|| panic!("nothing fits {selector}")).to_owned()
    }

    /// Returns how many elements fit.
    pub fn count(&mut self, selector: &str) -> u64 {
        self.eval(&format!("document.querySelectorAll({selector:?}).length")).as_u64().unwrap_or(0)
    }

    /// Returns the path and query of the address.
    pub fn place(&mut self) -> String {
        self.eval("location.pathname + location.search").as_str().unwrap_or_default().to_owned()
    }

    /// Presses a key: one character, `Enter`, `Escape`.
    pub fn press(&mut self, key: &str) {
        // Keys are heard only once the page's scripts stand.
        self.wait("document.readyState === 'complete'");
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            other => (i64::from(other.to_uppercase().bytes().next().unwrap_or(0)), other),
        };
        let mut down = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code });
        if !text.is_empty() {
            down["text"] = json!(text);
        }
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code }));
    }

    /// Pastes what was copied into what has the focus.
    pub fn paste(&mut self) {
        let params = json!({ "type": "keyDown", "key": "v", "code": "KeyV", "modifiers": 2, "commands": ["paste"] });
        self.call("Input.dispatchKeyEvent", params);
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": "v", "code": "KeyV", "modifiers": 2 }));
    }

    /// Drops files on an element, as from a folder of the desktop.
    #[track_caller]
    pub fn drop_files(&mut self, selector: &str, paths: &[&str]) {
        let (x, y) = self.middle(selector);
        let data = json!({ "items": [], "files": paths, "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            self.call("Input.dispatchDragEvent", json!({ "type": kind, "x": x, "y": y, "data": data }));
        }
    }

    /// Fills a field as a person does, in place of what stood there.
    #[track_caller]
    pub fn fill(&mut self, selector: &str, words: &str) {
        self.eval(&format!(
            "(() => {{ const it = document.querySelector({selector:?}); it.focus(); it.select(); }})()"
        ));
        self.type_words(words);
    }

    /// Fetches an address of the server inside the page, with its session, and returns status and bytes.
    pub fn fetch(&mut self, path: &str) -> (u64, Vec<u8>) {
        let script = format!(
            "fetch({path:?}).then(async (it) => [it.status, [...new Uint8Array(await it.arrayBuffer())].map((n) => n.toString(16).padStart(2, '0')).join('')])"
        );
        let value = self.eval(&script);
        let hex = value[1].as_str().unwrap_or_default();
        let bytes = (0..hex.len() / 2).filter_map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).ok());
        (value[0].as_u64().unwrap_or(0), bytes.collect())
    }

    /// Types words into what has the focus.
    pub fn type_words(&mut self, words: &str) {
        self.call("Input.insertText", json!({ "text": words }));
    }

    /// Returns the middle of the first element that fits, scrolled into view.
    #[track_caller]
    pub fn middle(&mut self, selector: &str) -> (f64, f64) {
        let script = format!(
            "(() => {{ const it = document.querySelector({selector:?}); if (!it) return null; it.scrollIntoView({{block:'center', behavior:'instant'}}); \
             const r = it.getClientRects()[0] ?? it.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; }})()"
        );
        let value = self.eval(&script);
        let at = |n: usize| value[n].as_f64().unwrap_or_else(|| panic!("nothing fits {selector}"));
        (at(0), at(1))
    }

    fn pointer(&mut self, kind: &str, (x, y): (f64, f64), held: bool) {
        let (button, buttons) = if held { ("left", 1) } else { ("none", 0) };
        let clicks = u8::from(kind != "mouseMoved");
        self.call(
            "Input.dispatchMouseEvent",
            json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": clicks }),
        );
    }

    /// Moves the pointer over an element.
    #[track_caller]
    pub fn hover(&mut self, selector: &str) {
        let at = self.middle(selector);
        self.pointer("mouseMoved", at, false);
    }

    /// Clicks an element.
    #[track_caller]
    pub fn click(&mut self, selector: &str) {
        let at = self.middle(selector);
        self.pointer("mouseMoved", at, false);
        self.pointer("mousePressed", at, true);
        self.pointer("mouseReleased", at, true);
    }

    /// Drags from an element by so much.
    #[track_caller]
    pub fn drag(&mut self, selector: &str, by: (f64, f64)) {
        let at = self.middle(selector);
        self.pointer("mouseMoved", at, false);
        self.pointer("mousePressed", at, true);
        for part in [0.3, 0.7, 1.0] {
            self.pointer("mouseMoved", (at.0 + by.0 * part, at.1 + by.1 * part), true);
        }
        self.pointer("mouseReleased", (at.0 + by.0, at.1 + by.1), true);
    }

    /// Makes the window so wide and high.
    pub fn size(&mut self, width: u32, height: u32) {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", params);
    }

    /// Chooses light or dark, screen or print.
    pub fn media(&mut self, medium: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }
}

/// Says whether the browser could not answer because one page was making way for another.
fn is_between_pages(error: &str) -> bool {
    error.contains("navigated or closed") || error.contains("context was destroyed")
}
