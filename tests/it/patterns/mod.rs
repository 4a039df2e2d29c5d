//! The flagship place against the evidence, and how far its findings hang on what is assumed of people: the numbers of
//! `docs/patterns.md`. `cargo test --release --test it patterns -- --nocapture --test-threads 1` prints them.
//!
//! What counts as a pass was written down before the first run, next to each pattern. A pattern that fails stays in: its
//! test then holds the failure to what is written about it, so that the page cannot grow out of date.

#![expect(clippy::print_stdout, reason = "the numbers of the page are printed for whoever asks for them")]

mod causes;
mod course;
mod evidence;
mod honesty;
