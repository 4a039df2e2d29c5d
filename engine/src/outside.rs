//! Users from outside the place, who come while it pays and go when it does not (Gordon 1954).

use crate::lanes::Lanes;

/// Users from outside the place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outside {
    /// The pool they use.
    pub pool: usize,
    /// Their effort before the first step.
    pub effort: f64,
    /// The most effort they can bring.
    pub limit: f64,
    /// What a unit of yield is worth to them.
    pub price: f64,
    /// What a unit of effort costs them.
    pub cost: f64,
    /// How fast they come and go: change of effort per step as a share of `limit`, per unit of profit over cost.
    pub entry: f64,
    /// Share of the members' activity that falls outside the place where no boundary is drawn.
    pub crossing: f64,
}

impl Outside {
    /// Their effort in the next step, given that in this one, what a unit of it yielded and what was granted of it.
    #[inline(always)]
    pub(crate) fn next(&self, present: Lanes, yields: Lanes, granted: Lanes) -> Lanes {
        let profit = yields * granted * self.price - self.cost;
        let change = profit * (self.entry * self.limit / self.cost);
        let most = present.max(Lanes::all(self.limit));
        (present + change).max(Lanes::ZERO).min(most)
    }
}
