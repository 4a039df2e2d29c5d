//! Statistics of numbers: accumulators that stream and pure functions. Nothing here knows the
//! model.
//!
//! An experiment is cut into batches, threads and shards, and its result must be the same to the
//! last bit however it was cut. So every accumulator counts in integers: `merge` is exactly
//! associative and commutative, and the memory does not grow with the number of runs. Fractions
//! appear only when a figure is asked for.
//!
//! A value that is not finite is never mixed with the others: it is counted as *missing*.

mod bins;
mod distribution;
mod extremes;
mod inequality;
mod interval;
mod paired;
mod proportion;
mod read;
pub mod shapley;
mod sketch;
mod survival;
mod tally;

pub use distribution::{binomial_quantile, normal_quantile, student_t_quantile};
pub use inequality::{gini, half_mean_difference};
pub use interval::Interval;
pub use paired::Paired;
pub use proportion::wilson_interval;
pub use sketch::Sketch;
pub use survival::{Survival, SurvivalPoint};
pub use tally::Tally;
