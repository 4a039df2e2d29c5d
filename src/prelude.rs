//! What code that uses the library starts from: `use commonground::prelude::*`.
//!
//! ```
//! use commonground::prelude::*;
//!
//! let governed = Scenario::bundled("pasture-ostrom")?.set("/rules/graduated_sanctions/fine", 0.3)?.run(Runs::of(200).seed(1));
//! let interval = governed.outcome(Measure::STOCK_MEAN)?.mean_interval();
//! assert!(interval.is_some_and(|interval| interval.low > 0.4));
//! # Ok::<(), Faults>(())
//! ```
//!
//! | to | |
//! |---|---|
//! | load a scenario | [`Scenario::bundled`], [`Scenario::open`], [`Scenario::from_json`], [`Scenario::from_value`] |
//! | change it | [`Scenario::set`], [`Scenario::extended`], [`Scenario::with_steps`] |
//! | run it | [`Scenario::run`] with [`Runs`], [`Scenario::run_under`] a rule of your own, [`compare`] |
//! | read a measure | [`Outcomes::outcome`], [`Outcomes::series`], [`Outcomes::difference`] by a constant of [`Measure`] or by text |
//! | say what went wrong | [`Faults`]: every fault at once, each with its place and a way out |

pub use crate::experiment::{Chance, Difference, Measured, Outcomes, Runs, Series, compare};
pub use crate::model::lanes::{Lanes, select};
pub use crate::model::measure::{Measure, Name};
pub use crate::model::place::Place;
pub use crate::model::step::Moment;
pub use crate::scenario::Scenario;
pub use crate::scenario::text::{Fault, Faults};
pub use crate::statistics::Interval;
pub use serde_json::{Value, json};
