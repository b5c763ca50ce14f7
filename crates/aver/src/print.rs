//! Turns records into words for the terminal. Pure: values in, text out.

pub mod event;
pub mod reading;
