//! Statistics of numbers: accumulators that stream and pure functions. Nothing here knows the
//! model.
//!
//! An experiment is cut into batches, threads and shards, and its result must be the same to the
//! last bit however it was cut. So every accumulator counts in integers: `merge` is exactly
//! associative and commutative, and the memory does not grow with the number of runs. Fractions
//! appear only when a figure is asked for.
//!
//! ```
//! use commonground_statistics::{Sketch, Tally};
//!
//! let (mut first, mut second) = (Tally::default(), Tally::default());
//! first.push_lanes(&[1.0, 3.0]);
//! second.push_lanes(&[2.0, 4.0]);
//! first.merge(&second);
//! let mut sketch = Sketch::exact_up_to(100);
//! sketch.push_lanes(&[1.0, 3.0, 2.0, 4.0]);
//! assert_eq!((first.count(), first.mean(), sketch.quantile(0.5)), (4, Some(2.5), Some(2.5)));
//! let interval = first.mean_interval(0.95).expect("more than one value");
//! assert_eq!(format!("{interval:.2}"), "0.45 to 4.55");
//! ```
//!
//! A value that is not finite is never mixed with the others: it is counted apart, as *missing* if it is no number, and as
//! *failed* if it is infinite, by which a run is told that left the numbers.

#![expect(clippy::inline_always, reason = "what is not inlined keeps the baseline instruction set")]

mod binomial;
mod bins;
mod block;
mod components;
pub mod design;
mod distribution;
mod exact;
mod extremes;
mod inequality;
mod interval;
mod logistic;
mod morris;
mod paired;
mod population;
pub mod prim;
mod proportion;
mod rank;
pub mod ranking;
mod read;
pub mod shapley;
mod sketch;
mod sobol;
mod summary;
mod survival;
mod tail;
mod tally;
mod tipping;
mod uniform;

pub use binomial::binomial_upper_tail;
pub use components::{Components, variance_components};
pub use distribution::{binomial_quantile, normal_quantile, student_t_quantile};
pub use inequality::{gini, gini_of, half_mean_difference};
pub use interval::Interval;
pub use logistic::{Boundary, FittedCrossing, boundary};
pub use morris::{ElementaryEffects, elementary_effects, trajectories};
pub use paired::Paired;
pub use population::{Population, Proposal, Search};
pub use proportion::{PairedChances, paired_chances_interval, wilson_interval};
pub use rank::rank_correlation;
pub use sketch::Sketch;
pub use sobol::{Estimate, SobolIndices, saltelli_design, sobol_indices};
pub use summary::quantile;
pub use survival::{Survival, SurvivalPoint};
pub use tail::worst_mean;
pub use tally::Tally;
pub use tipping::{Crossing, crossings};
pub use uniform::Uniform;
