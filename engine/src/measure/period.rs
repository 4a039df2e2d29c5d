//! A step, a year or a run that has come to its end: all that measures are taken of.

use super::entry::Subject;
use super::flows::Flows;
use crate::lanes::Lanes;
use crate::recovery::{Recovery, Window};
use crate::setup::Setup;
use crate::weighing::Weighing;
use crate::world::World;
use std::cell::RefCell;

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
    /// The part of it that came out of pools of money.
    pub(crate) rules_paid: Lanes,
    /// Need that fell on others.
    pub(crate) spilled: Lanes,
    /// Need that was lost.
    pub(crate) lost: Lanes,
    /// Need that was referred to others.
    pub(crate) referred: Lanes,
    /// The fortress index, where there is something to measure it against.
    pub(crate) fortress: Option<Weighing>,
    /// The recovery from a shock, where there is one to recover from.
    pub(crate) recovery: Option<Recovery>,
    /// Room for the number and the size of each provider, in which measures that are taken once a run sort.
    pub(crate) room: RefCell<Vec<(f64, f64)>>,
}

impl RunSums {
    /// Before the first step, in a world of so many rows.
    pub(crate) fn new(setup: &Setup, rows: usize) -> Self {
        Self {
            collapse: Lanes::all(-1.0),
            stock: Lanes::ZERO,
            compliant: Lanes::ZERO,
            governance: Lanes::ZERO,
            rules_paid: Lanes::ZERO,
            spilled: Lanes::ZERO,
            lost: Lanes::ZERO,
            referred: Lanes::ZERO,
            fortress: setup.benchmark.as_ref().map(|_| Weighing::new(setup, rows)),
            recovery: Window::of(setup).map(Recovery::new),
            room: RefCell::new(Vec::with_capacity(setup.providers())),
        }
    }

    /// Back to before the first step.
    pub(crate) fn begin_again(&mut self) {
        let Self {
            collapse,
            stock,
            compliant,
            governance,
            rules_paid,
            spilled,
            lost,
            referred,
            fortress,
            recovery,
            room: _,
        } = self;
        *collapse = Lanes::all(-1.0);
        for sum in [stock, compliant, governance, rules_paid, spilled, lost, referred] {
            *sum = Lanes::ZERO;
        }
        if let Some(weighing) = fortress {
            weighing.begin_again();
        }
        if let Some(recovery) = recovery {
            recovery.begin_again();
        }
    }

    /// Back to nothing but when the pool collapsed and how it recovers.
    pub(crate) fn forget_so_far(&mut self) {
        let Self { collapse, recovery, .. } = self;
        let (collapse, recovery) = (*collapse, recovery.take());
        self.begin_again();
        (self.collapse, self.recovery) = (collapse, recovery);
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

pub(super) use crate::payoff::share_of;
