//! Reports: what an ensemble says, as findings in words, tables and figures, and the files of a result folder.
//!
//! ```text
//! Scenario + Ensemble → Study → findings | tables | figures → terminal, result folder → page
//! ```

pub mod answer;
pub mod calibration;
pub mod cells;
mod chart_table;
pub mod charts;
pub mod diff;
pub mod digest;
pub mod draw;
mod failed;
pub mod figure;
pub mod folder;
pub mod matching;
pub mod page;
mod phrase;
mod power;
pub mod principles;
pub mod replications;
#[cfg(test)]
mod sample;
pub mod stress;
pub mod study;
pub mod table;
mod tabulate;
mod unit;
