//! Drives a real Chromium over its own protocol, and the real `aver` binary.
//!
//! In: `AVER_BIN`, the binary, and a Chromium on this machine. Out: [`Tab`]s that
//! press keys, click, hover and drag as a person does, and that remember every
//! request they saw. No driver program and no node are needed. What a page shows
//! is tested as HTML in `crates/aver/tests/workbench`; here is only what needs a
//! browser: keys, scripts, layout, print, accessibility.

pub mod chromium;
pub mod server;
pub mod tab;

pub use chromium::Chromium;
pub use server::Server;
pub use tab::Tab;
