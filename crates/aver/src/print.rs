//! Turns records into words for the terminal. Pure: values in, text out.

pub mod reading;
