//! A checked scenario, ready to run: names are resolved to positions, columns are read, every list fits the others.
//!
//! [`Setup::new`] is the only way to one, and refuses what cannot be run, so a run cannot fail. What the step has to ask of all
//! parts together (does anybody pool results? who uses which pool?) is worked out here, once.

mod check;
mod commission;
mod derived;
mod forecast;
mod kind;
mod outlook;
mod parts;
mod shared_need;
mod shifts;

pub use check::Misfit;
pub use forecast::Forecast;
pub use kind::{Cost, Kind, Segment, Use};
pub use outlook::Outlooks;
pub use parts::{KindParts, Listing, Parts};

pub(crate) use commission::{Commissioned, Round};
pub(crate) use derived::Derived;
pub(crate) use shifts::ShiftOnTable;

use crate::lanes::Lanes;
use crate::outside::Outside;
use crate::payment::Payment;
use crate::place::Place;
use crate::pool::Pool;
use crate::rule::{Rules, Sanctioning};
use crate::shock::Shock;
use crate::society::Society;
use crate::upstream::Upstream;
use crate::yardstick::Benchmark;
use std::sync::Arc;

/// All that a run needs besides the seed and its number.
#[derive(Clone, Debug)]
pub struct Setup {
    pub(crate) steps: u32,
    pub(crate) warm_up: u32,
    pub(crate) steps_per_year: f64,
    pub(crate) pools: Vec<Named<Pool>>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) society: Society,
    pub(crate) upstream: Option<Upstream>,
    pub(crate) outside: Option<Outside>,
    pub(crate) rules: Rules,
    pub(crate) shocks: Vec<Named<Shock>>,
    pub(crate) listing: Listing,
    pub(crate) benchmark: Option<Arc<Benchmark>>,
    pub(crate) derived: Derived,
}

/// A part with the name it has in the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T> {
    /// Its key in the scenario file.
    pub name: String,
    /// The part.
    pub part: T,
}

impl Setup {
    /// Number of steps.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The first steps, of which no measure of a whole run takes account: what the place starts from is no part of what it comes to.
    pub fn warm_up(&self) -> u32 {
        self.warm_up
    }

    /// Number of steps that measures of a whole run are taken of.
    pub fn measured_steps(&self) -> u32 {
        self.steps - self.warm_up
    }

    /// Steps in a year, for what changes by the year.
    pub fn steps_per_year(&self) -> f64 {
        self.steps_per_year
    }

    /// Years that have passed at the start of a step.
    pub fn years(&self, step: u32) -> f64 {
        f64::from(step) / self.steps_per_year
    }

    /// The pools, in the order in which runs go through them.
    pub fn pools(&self) -> &[Named<Pool>] {
        &self.pools
    }

    /// Position of the pool whose fate the findings are about: of those that renew themselves, the first that is listed.
    pub fn main_pool(&self) -> usize {
        self.derived.main_pool
    }

    /// The kinds of provider with their positions, in the order in which they are shown.
    pub fn listed_kinds(&self) -> impl Iterator<Item = (usize, &Kind)> {
        self.listing.kinds.iter().map(|kind| (*kind, &self.kinds[*kind]))
    }

    /// In which order kinds and pools are shown.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The kinds of provider, in the order in which runs go through them.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Number of providers of all kinds.
    pub fn providers(&self) -> usize {
        self.derived.providers
    }

    /// Sum of the sizes of all providers.
    pub fn total_size(&self) -> f64 {
        self.derived.total_size
    }

    /// What all providers together plan to do in a step, in units of effort.
    pub fn planned_effort(&self) -> f64 {
        self.derived.planned_effort
    }

    /// Whether any provider has need to meet.
    pub fn has_need(&self) -> bool {
        self.derived.has_need
    }

    /// Whether any provider is paid.
    pub fn has_income(&self) -> bool {
        self.derived.has_income
    }

    /// Whether any provider has a purse.
    pub fn has_purses(&self) -> bool {
        self.derived.has_purses
    }

    /// Position of the kind whose one provider holds a prime contract at any time.
    pub fn prime(&self) -> Option<usize> {
        self.derived.prime
    }

    /// Whether any payment or bonus looks at what all providers spend, deliver and earn.
    pub fn keeps_books(&self) -> bool {
        self.derived.keeps_books
    }

    /// What all know of each other, and what trust does, before any rule.
    pub fn society(&self) -> &Society {
        &self.society
    }

    /// Upstream work: prevention that lowers need across the place.
    pub fn upstream(&self) -> Option<&Upstream> {
        self.upstream.as_ref()
    }

    /// Users from outside the place.
    pub fn outside(&self) -> Option<&Outside> {
        self.outside.as_ref()
    }

    /// The rules in force.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What happens to the place.
    pub fn shocks(&self) -> &[Named<Shock>] {
        &self.shocks
    }

    /// What runs are measured against, if it has been asked for ([`Setup::with_benchmark`]).
    pub fn benchmark(&self) -> Option<&Arc<Benchmark>> {
        self.benchmark.as_ref()
    }

    /// Whether any kind is inclined to fine its peers, whether or not a rule lets it.
    pub fn may_fine_peers(&self) -> bool {
        self.kinds.iter().any(|kind| kind.sanctioning != Sanctioning::default())
    }

    /// The same with what runs are measured against, which then is measured too.
    #[must_use]
    pub fn with_benchmark(&self, benchmark: Arc<Benchmark>) -> Self {
        Self { benchmark: Some(benchmark), ..self.clone() }
    }

    /// The same under the same rules, each only so far as these say ([`Rules::only`]).
    #[must_use]
    pub fn with_rules(&self, rules: Rules) -> Self {
        Self { rules, ..self.clone() }
    }

    /// The same with further shocks, which come after its own. A shock that names a pool or a kind that is not there does not hit it.
    #[must_use]
    pub fn with_shocks(&self, shocks: impl IntoIterator<Item = Named<Shock>>) -> Self {
        let mut setup = self.clone();
        setup.shocks.extend(shocks);
        setup
    }

    /// The same with another number of steps. Payments that would take over after the end are left out, and so is what it was
    /// measured against.
    ///
    /// # Errors
    /// There are no steps, or none after the warm-up, or a column of need ends before them.
    pub fn with_steps(&self, steps: u32) -> Result<Self, Vec<Misfit>> {
        let mut parts = Parts { steps, ..self.parts() };
        for kind in &mut parts.kinds {
            kind.then.retain(|regime| regime.at < steps);
        }
        Self::new(parts)
    }

    /// Holds the long lists that are equal in another setup only once: the thousands of cells of an experiment differ in
    /// little.
    pub fn share_lists_with(&mut self, other: &Self) {
        if self.derived.outlooks == other.derived.outlooks {
            self.derived.outlooks.clone_from(&other.derived.outlooks);
        }
        for (own, other) in self.kinds.iter_mut().zip(&other.kinds) {
            if own.prices == other.prices {
                own.prices = Arc::clone(&other.prices);
            }
            if let (Some(own), Some(other)) = (&mut own.need, &other.need)
                && own.expected == other.expected
            {
                own.expected = Arc::clone(&other.expected);
            }
        }
    }

    /// Whether learners that look ahead have not foreseen anything yet: the first step, in which all go on as they began.
    #[inline(always)]
    pub(crate) fn is_before_foresight(&self, step: u32) -> bool {
        step == 0 && self.derived.outlooks.is_some()
    }

    /// Effort on a pool if each kind exerts so much per unit of its size, without users from outside.
    pub(crate) fn effort_on(&self, pool: usize, level: impl Fn(&Kind) -> f64) -> f64 {
        self.derived.drawers[pool].effort(&self.kinds, level)
    }

    /// Effort of users from outside on a pool.
    #[inline(always)]
    pub(crate) fn outside_on(&self, place: &Place, pool: usize) -> Lanes {
        match &self.outside {
            Some(outside) if outside.pool == pool => place.outside_inside,
            _ => Lanes::ZERO,
        }
    }

    /// How full the fullest pool of a kind is with that effort on each, as a share of the most that it bears for good.
    #[inline(always)]
    pub(crate) fn occupancy(&self, kind: &Kind, effort_on: impl Fn(&Use) -> Lanes) -> Lanes {
        let mut fullest = Lanes::ZERO;
        for uses in &kind.uses {
            fullest = fullest.max(effort_on(uses) * self.derived.occupied_by_effort[uses.pool]);
        }
        fullest
    }

    /// The nested groups to which a kind belongs.
    #[inline(always)]
    pub(crate) fn groups_of(&self, kind: usize) -> impl Iterator<Item = (usize, &Vec<usize>)> {
        self.derived.groups.iter().enumerate().filter(move |(_, kinds)| kinds.contains(&kind))
    }

    /// Whether the payment of a kind is a prime contract in a step in which that one is in force.
    pub(crate) fn prime_in(&self, regime: impl Fn(usize) -> usize) -> Option<usize> {
        let holder = self.derived.prime?;
        self.kinds[holder].payment_in(regime(holder)).and_then(Payment::as_prime).map(|_| holder)
    }
}
