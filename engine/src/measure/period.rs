//! A step, a year or a run that has come to its end: all that measures are taken of.

use super::entry::Subject;
use super::flows::Flows;
use crate::lanes::{Lanes, select};
use crate::recovery::Recovery;
use crate::setup::Setup;
use crate::weighing::Weighing;
use crate::world::World;
use std::ops::Range;

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
    /// One a provider.
    pub(crate) providers: Vec<ProviderSums>,
}

/// Sums over the run for one provider, per unit of its size: what measures that compare single providers need.
#[derive(Clone, Debug)]
pub(crate) struct ProviderSums {
    pub(crate) met: Lanes,
    pub(crate) arisen: Lanes,
    pub(crate) margin: Lanes,
}

impl ProviderSums {
    pub(crate) const NONE: Self = Self { met: Lanes::ZERO, arisen: Lanes::ZERO, margin: Lanes::ZERO };
}

impl RunSums {
    /// Sums the single providers up, into the flows of those that are given by their positions.
    pub(crate) fn sum_up(&self, setup: &Setup, members: Range<usize>, flows: &mut Flows) {
        for index in members {
            let (sums, size) = (&self.providers[index], setup.providers[index].size);
            flows.met += sums.met * size;
            flows.arisen += sums.arisen * size;
            flows.margin += sums.margin * size;
        }
    }
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

/// A sum as a share of a whole; missing where there is no whole.
pub(super) fn share_of(sum: Lanes, whole: Lanes) -> Lanes {
    let none = whole.at_most(Lanes::ZERO);
    select(none, Lanes::all(f64::NAN), sum / select(none, Lanes::ONE, whole))
}
