//! Matching: from evidence to the set of models that agree with it, and arms compared over that set.
//!
//! ```text
//! file → Problem (checked) → waves: points proposed, tried, kept → Search → conflicts, ranges, ensemble.json
//! ensemble.json + arms → every arm at every point on the same luck → Over → what decides
//! ```
//!
//! The method is history matching with all targets at once; what is left is a sample of the space that the evidence leaves.

mod against;
pub mod conflicts;
mod decides;
mod emulator;
mod faults;
pub mod file;
mod kept;
mod linear;
mod over;
mod places;
mod problem;
mod proposal;
mod rules;
mod sets;
mod share;
mod target;
#[cfg(test)]
mod tests;
mod trial;
mod waves;

use super::formula;
pub use super::formula::Formula;
pub use super::rounds::{Forgetful, Keep, Replace, Rounds, RoundsError};
pub use against::Held;
pub use decides::{Difference, Influence, Region, Spread, Turn};
pub use kept::{Kept, KeptError, Member, NAME, Number};
pub use over::{Cell, Over, OverError, Sort, over, over_written};
pub use places::{Change, Setting};
pub use problem::Problem;
pub use rules::{RulesError, over_rules};
pub use sets::{SetOver, Sets, SetsAt};
pub use share::Share;
pub use target::{Aim, Foretold};
pub use trial::Model;
pub use waves::{Point, Search, Wave, most_points, search, search_share};
