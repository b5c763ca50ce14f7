//! Behaviour of links, events, estimates, tallies and the register of forecasts.
//!
//! All texts are invented: the Red Hill Front, the towns of Sorvan and Mirel, the
//! Valley Post. Readings are built by hand in `build`.

mod alike;
mod build;
mod laws;
mod linking;
mod registers;
mod speakers;
mod telling;
mod tolls;
mod views;
mod waves;
