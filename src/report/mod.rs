//! Reports: what an ensemble says, as findings in words, tables and figures, and the files of a result folder.
//!
//! ```text
//! Scenario + Ensemble → Study → findings | tables | figures → terminal, result folder
//! ```

pub mod cells;
pub mod charts;
pub mod draw;
pub mod figure;
pub mod findings;
pub mod folder;
mod phrase;
#[cfg(test)]
mod sample;
pub mod study;
pub mod table;
mod tabulate;
