//! The workbench as HTML: any address through the router, without a socket.
//!
//! One file a screen. [`desk::Desk`] makes a ledger of texts and opens it; a
//! [`desk::Page`] is asked with CSS selectors.

mod desk;
mod texts;

mod actors;
mod document;
mod event;
mod events;
mod shell;
