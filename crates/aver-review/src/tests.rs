//! Tests of the review stage.

mod agreement;
mod build;
mod coding;
mod overlay;
mod queue;
