//! A step, a year or a run that has come to its end: all that measures are taken of.

use super::entry::Subject;
use super::flows::Flows;
use crate::lanes::Lanes;
use crate::recovery::Recovery;
use crate::setup::Setup;
use crate::weighing::Weighing;
use crate::world::World;

/// A period at its end.
#[derive(Debug)]
pub(crate) struct Period<'a> {
    pub(crate) setup: &'a Setup,
    /// The world at the end of the period.
    pub(crate) world: &'a World,
    /// Number of its steps.
    pub(crate) steps: f64,
    /// Sums across the place.
    pub(crate) place: Flows,
    /// Sums of each kind.
    pub(crate) kinds: &'a [Flows],
    /// Welfare, the sum of its steps.
    pub(crate) welfare: Lanes,
    /// What is known of the run so far.
    pub(crate) run: &'a RunSums,
}

/// What is gathered over a run besides flows.
#[derive(Clone, Debug)]
pub(crate) struct RunSums {
    /// Step at whose end the main pool was first below its threshold; negative if it never was.
    pub(crate) collapse: Lanes,
    /// Stock of the main pool as a share of its capacity, the sum of all steps.
    pub(crate) stock: Lanes,
    /// Providers within their share, the sum of all steps.
    pub(crate) compliant: Lanes,
    /// What the rules cost.
    pub(crate) governance: Lanes,
    /// Need that fell on others.
    pub(crate) spilled: Lanes,
    /// Need that was lost.
    pub(crate) lost: Lanes,
    /// The fortress index, where there is something to measure it against.
    pub(crate) fortress: Option<Weighing>,
    /// The recovery from a shock, where there is one to recover from.
    pub(crate) recovery: Option<Recovery>,
}

impl Period<'_> {
    /// The sums of a subject; a pool has none of its own, so that they are those of the place.
    pub(super) fn flows(&self, of: Subject) -> &Flows {
        match of {
            Subject::Kind(position) => &self.kinds[position],
            Subject::Place | Subject::Pool(_) => &self.place,
        }
    }

    /// One over the number of steps.
    pub(super) fn per_step(&self) -> f64 {
        1.0 / self.steps
    }
}

pub(super) use crate::payoff::share_of;
