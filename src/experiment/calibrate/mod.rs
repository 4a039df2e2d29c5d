//! Calibration: unknown numbers of scenarios fitted to data, with intervals, and the error on data that were left out.
//!
//! ```text
//! file → Problem (checked) → search: rounds of points, tried and kept → Fit → estimates, errors, preset
//! ```
//!
//! The method is approximate Bayesian computation by sequential Monte Carlo ([`crate::statistics::Search`]). Every set of
//! values meets the same luck, so that what they foretell differs by the values alone.

pub mod file;
mod fit;
mod observation;
mod observed;
mod preset;
mod problem;
mod search;
mod trial;

pub use super::rounds::{Forgetful, Keep, Replace, Rounds, RoundsError};
pub use fit::{Errors, Estimate, LEVEL, UnitErrors};
pub use observation::Observation;
pub(super) use observation::Reading;
pub use problem::{Parameter, Problem};
pub(super) use problem::{WEIGHED, case, in_place, pointer};
pub use search::{Fit, Round, SearchError, most_points, search};
pub use trial::Foretold;
