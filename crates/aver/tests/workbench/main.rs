//! The workbench as HTML: any address through the router, without a socket.
//!
//! One file a screen. [`desk::Desk`] makes a ledger of texts and opens it; a
//! [`desk::Page`] is asked with CSS selectors.

mod desk;

mod actors;
mod add;
mod api;
mod bundle;
mod document;
mod event;
mod events;
mod joined;
mod ledger;
mod masks;
mod moments;
mod notes;
mod review;
mod rulings;
mod security;
mod shell;
mod tallies;
mod team;
mod texts;
