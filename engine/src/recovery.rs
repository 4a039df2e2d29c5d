//! Recovery after a shock: how long it takes until things are as they were in the year before.

use crate::lanes::{Lanes, Mask, select};
use crate::limits::NO_VALUE;
use crate::payoff::ratio;
use crate::setup::Setup;
use crate::world::World;

/// How far below the level of the year before things may still be and count as recovered: one point of need met, or of the
/// stock's capacity. Assumed: about what one month's need strays from the expected in a place.
pub(super) const TOLERANCE: f64 = 0.01;

/// The steps that a recovery is reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// First step of the year before the shock, or of as much of it as there is.
    from: u32,
    /// Step at which the shock strikes.
    strikes: u32,
    /// First step after the shock.
    over: u32,
}

impl Window {
    /// Around the first shock that strikes at a fixed step, together with those that strike before it is over. There is none
    /// without such a shock, where it strikes at once, and where it lasts to the end of the run.
    pub(super) fn of(setup: &Setup) -> Option<Self> {
        let mut shocks: Vec<(u32, u32)> =
            setup.shocks.iter().filter_map(|shock| Some((shock.part.at()?, shock.part.length()))).collect();
        shocks.sort_unstable();
        let strikes = shocks.first()?.0;
        let mut over = strikes;
        for (at, length) in shocks {
            if at <= over {
                over = over.max(at.saturating_add(length));
            }
        }
        let year = (setup.steps_per_year.max(1.0) as u32).min(strikes);
        (strikes > 0 && over < setup.steps).then(|| Self { from: strikes - year, strikes, over })
    }
}

/// Watches for the recovery while runs go on.
#[derive(Clone, Debug)]
pub(super) struct Recovery {
    window: Window,
    /// Sum of the levels of the year before.
    before: Lanes,
    /// First step after the shock at which things were as before; negative until then.
    back: Lanes,
}

impl Recovery {
    pub(super) fn new(window: Window) -> Self {
        Self { window, before: Lanes::ZERO, back: Lanes::all(-1.0) }
    }

    /// Back to before the first step.
    pub(super) fn begin_again(&mut self) {
        *self = Self::new(self.window);
    }

    /// Takes note of a step that has just ended: of how much of the need at hand is met, of that which waits as well, or of
    /// the main pool's stock where there is no need. Need met against the need that came up would call a place recovered
    /// while it works off what has piled up.
    #[inline(always)]
    pub(super) fn observe(&mut self, setup: &Setup, world: &World, step: u32) {
        let Window { from, strikes, over } = self.window;
        if step < from || (strikes..over).contains(&step) {
            return;
        }
        let main = setup.main_pool();
        let level = if setup.has_need() {
            ratio(world.place.met, world.place.need)
        } else {
            world.pools[main].stock * (1.0 / setup.pools[main].part.capacity)
        };
        if step < strikes {
            self.before += level;
            return;
        }
        let usual = self.before * (1.0 / f64::from(strikes - from));
        let returns = level.at_least(usual - TOLERANCE) & self.back.less(Lanes::ZERO);
        self.back = select(returns, Lanes::all(f64::from(step)), self.back);
    }

    /// Whether things were as before again.
    pub(super) fn is_back(&self) -> Mask {
        self.back.at_least(Lanes::ZERO)
    }

    /// How many steps after the shock they were; missing where they never were.
    pub(super) fn time(&self) -> Lanes {
        select(self.is_back(), self.back - f64::from(self.window.over), Lanes::all(NO_VALUE))
    }
}
