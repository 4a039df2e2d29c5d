//! Experiments in parts: an immutable plan in a folder, shards that any process may do at any time, and one way to read the
//! whole once it is there.
//!
//! ```text
//! Experiment → Plan::create → plan.json       what is to be done, cut into numbered shards
//!              Plan::work   → parts/*.part    what is done, a file a shard, checked by its footer
//!              Plan::status → what is missing
//!              Plan::visit  → rows and summaries in their order, or an error: nothing is read from an incomplete whole
//! ```
//!
//! Nothing but the experiment decides a bit of the result: not the cut into shards, the number of threads, which machine did
//! what, how often it was killed, or whether two did the same shard. An experiment whose items are rows of numbers needs no
//! more than [`Experiment`]'s five required functions; [`in_memory`] does it in one go, a [`Plan`] in parts, and the
//! rows are the same.

mod cell_runs;
mod comparison;
mod cut;
mod error;
mod file;
mod manifest;
mod order;
mod part;
mod rule_trials;
mod shards;
mod stress_runs;
#[cfg(test)]
mod tests;
mod work;

pub use cell_runs::{CellRuns, Found, Purpose};
pub use comparison::Comparison;
pub use cut::{Nobody, Round, Size};
pub use error::PlanError;
pub(super) use file::write_whole;
pub use manifest::Plan;
pub use order::ReplicateMajor;
pub use part::{Part, Row, Rows};
pub use rule_trials::RuleTrials;
pub use shards::Shards;
pub use stress_runs::StressRuns;
pub use work::{Done, Status, in_memory};

use super::Watcher;
use rayon::prelude::*;
use serde_json::Value;
use std::io;
use std::ops::Range;

/// An experiment as numbered items, each of which leaves rows of numbers.
///
/// ```
/// use commonground::experiment::plan::{Experiment, Nobody, ReplicateMajor, in_memory};
/// use serde_json::{Value, json};
///
/// /// Powers of two numbers, each taken in turn.
/// struct Powers {
///     bases: Vec<f64>,
///     order: ReplicateMajor,
/// }
///
/// impl Experiment for Powers {
///     fn kind(&self) -> &'static str {
///         "powers"
///     }
///     fn parameters(&self) -> Value {
///         json!({ "bases": self.bases, "exponents": self.order.replicates })
///     }
///     fn columns(&self) -> Vec<String> {
///         ["base", "exponent", "power"].map(str::to_owned).to_vec()
///     }
///     fn items(&self) -> u64 {
///         self.order.items()
///     }
///     fn perform(&self, item: u64) -> Result<Vec<f64>, String> {
///         let (exponent, cell) = self.order.place(item);
///         let base = self.bases[cell as usize];
///         Ok(vec![base, exponent as f64, base.powi(exponent as i32)])
///     }
/// }
///
/// let powers = Powers { bases: vec![2.0, 3.0], order: ReplicateMajor { cells: 2, replicates: 3 } };
/// let rows = in_memory(&powers, &Nobody).unwrap();
/// assert_eq!(rows[5].values, [3.0, 2.0, 9.0]);
/// ```
pub trait Experiment: Sync {
    /// The command that makes such experiments, such as `compare`.
    fn kind(&self) -> &'static str;

    /// All that decides the result, and all that it takes to make this experiment again: seed, numbers of runs, resolved
    /// scenarios. Two experiments of the same kind and version with equal parameters must be the same.
    fn parameters(&self) -> Value;

    /// What stands in each column of a row.
    fn columns(&self) -> Vec<String>;

    /// Number of items. They should come replicate-major ([`ReplicateMajor`]), so that an experiment cut short is balanced.
    fn items(&self) -> u64;

    /// Does one item: its rows, one behind the other, each as long as there are columns. It depends on the item's number
    /// alone.
    ///
    /// # Errors
    /// Why the item failed. It becomes one row without values that keeps the reason.
    fn perform(&self, item: u64) -> Result<Vec<f64>, String>;

    /// Does the items of a shard, hands over their rows in order and gives back the shard's summary: text that
    /// the experiment alone understands, empty here. `None` if the watcher said stop; it is told how many items of the shard
    /// are done. An experiment that does its items better many at once, or keeps sums where rows would be too many, has its
    /// own.
    ///
    /// # Errors
    /// Only what `rows` reports.
    fn shard(&self, items: Range<u64>, rows: &mut dyn Rows, watcher: &dyn Watcher) -> io::Result<Option<String>> {
        let at_once = (rayon::current_num_threads() * ITEMS_A_THREAD) as u64;
        let mut next = items.start;
        while next < items.end {
            if watcher.stop() {
                return Ok(None);
            }
            let until = next.saturating_add(at_once).min(items.end);
            let done: Vec<Result<Vec<f64>, String>> =
                (next..until).into_par_iter().map(|item| self.perform(item)).collect();
            for (item, values) in (next..until).zip(done) {
                rows.take(item, values.as_deref().map_err(String::as_str))?;
            }
            next = until;
            watcher.done(next - items.start);
        }
        Ok(Some(String::new()))
    }

    /// Where a stopping rule looks: numbers of items, ascending, the last being all. Without a rule there is but one look,
    /// at the end.
    fn looks(&self) -> Vec<u64> {
        vec![self.items()]
    }

    /// Whether the parts given, which are all up to one of the looks, are enough, so that no more need be done.
    ///
    /// # Errors
    /// A part cannot be read.
    fn is_enough(&self, parts: &[Part]) -> Result<bool, PlanError> {
        let _ = parts;
        Ok(false)
    }
}

/// Items that each thread does between two looks at the watcher.
const ITEMS_A_THREAD: usize = 16;
