//! A checked scenario, ready to run: names are resolved to positions, columns are read, every list fits the others.
//!
//! [`Setup::new`] is the only way to one, and refuses what cannot be run, so a run cannot fail. What the step has to ask of all
//! parts together (does anybody pool results? who uses which pool?) is worked out here, once.

mod forecast;
mod kind;
mod outlook;
mod parts;
mod shared_need;

pub use forecast::Forecast;
pub use kind::{Cost, Kind, Segment, Use};
pub use outlook::Outlooks;
pub use parts::{KindParts, Listing, Misfit, Parts};

use crate::behaviour::Behaviour;
use crate::outside::Outside;
use crate::payment::{Outcome, Payment};
use crate::pool::{Claimant, Pool};
use crate::production::Production;
use crate::rule::{CollectiveChoice, OptionOnTable, Rules, Sanctioning};
use crate::shock::Shock;
use crate::society::Society;
use crate::upstream::{Ahead, Stream, Upstream};
use crate::yardstick::Benchmark;
use std::sync::Arc;

/// All that a run needs besides the seed and its number.
#[derive(Clone, Debug)]
pub struct Setup {
    pub(crate) steps: u32,
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

/// What follows from the parts and is asked in every step.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one part whether the scenario has it")]
pub(crate) struct Derived {
    /// The pool whose fate the findings are about: the first that renews itself.
    pub(crate) main_pool: usize,
    /// Who draws on each pool by effort.
    pub(crate) drawers: Vec<Claimants>,
    /// Who is paid out of each pool.
    pub(crate) paid: Vec<Claimants>,
    /// Whether one user's effort changes what a unit of effort yields in the same step.
    pub(crate) crowded: bool,
    /// Share of the most that each pool can bear for good that a unit of effort on it is: nought for a pool that does not renew itself, and
    /// where scarcity has no price.
    pub(crate) occupied_by_effort: Vec<f64>,
    /// What all together plan to exert on each pool, in units of effort on it.
    pub(crate) planned_on: Vec<f64>,
    /// Number of providers.
    pub(crate) providers: usize,
    /// Sum of the sizes of all providers.
    pub(crate) total_size: f64,
    /// What all providers together plan to do in a step, in units of effort.
    pub(crate) planned_effort: f64,
    pub(crate) has_need: bool,
    pub(crate) has_income: bool,
    pub(crate) has_bonuses: bool,
    /// Whether anybody has a purse.
    pub(crate) has_purses: bool,
    /// Whether any payment or bonus looks at the books of the place.
    pub(crate) keeps_books: bool,
    /// Whether any payment or bonus looks at the need that is met across the place.
    pub(crate) looks_at_place: bool,
    /// The kind whose one provider holds the budget of the place and pays others, at least for a time.
    pub(crate) prime: Option<usize>,
    /// Whether any provider learns.
    pub(crate) learns: bool,
    /// Whether any provider gives the best response to the others.
    pub(crate) responds: bool,
    /// Whether any provider imitates others.
    pub(crate) imitates: bool,
    /// Whether any provider conditions its effort on what it believes of others.
    pub(crate) has_conditional: bool,
    /// Whether anybody may ever do upstream work.
    pub(crate) works_upstream: bool,
    /// Whether any kind may refer need to another.
    pub(crate) refers: bool,
    /// Whether any rule may bind.
    pub(crate) bind: bool,
    /// What lies on the table where members decide together.
    pub(crate) options: Vec<OptionOnTable>,
    /// What the members can foresee, where they decide together and nobody has patience.
    pub(crate) forecast: Option<Arc<Forecast>>,
    /// The stocks of upstream work: that of the place, then one of each kind that prevents something itself.
    pub(crate) streams: Vec<Stream>,
    /// Position of the stock that each kind builds.
    pub(crate) builds: Vec<usize>,
    /// The steps to come for upstream work, where providers have patience.
    pub(crate) ahead: Option<Ahead>,
    /// What providers foresee of the pools, where they have patience.
    pub(crate) outlooks: Option<Arc<Outlooks>>,
    /// Whether each kind is among the partners that the rule of that name lists.
    pub(crate) partners: Vec<bool>,
    /// Positions of the kinds in each nested group.
    pub(crate) groups: Vec<Vec<usize>>,
}

/// Those who claim on a pool, by kind, and last the users from outside.
#[derive(Clone, Debug)]
pub(crate) struct Claimants {
    /// Position of each kind and how many units of the pool it claims with a unit of its effort.
    pub(crate) kinds: Vec<(usize, f64)>,
    /// What each claims with.
    pub(crate) who: Vec<Claimant>,
    /// Positions in `who` by priority.
    pub(crate) by_priority: Vec<usize>,
}

impl Claimants {
    fn new(kinds: Vec<(usize, f64)>, all: &[Kind]) -> Self {
        let who: Vec<Claimant> = kinds
            .iter()
            .map(|(kind, _)| all[*kind].claimant)
            .chain([Claimant { priority: u32::MAX, strength: 1.0 }])
            .collect();
        let mut by_priority: Vec<usize> = (0..who.len()).collect();
        by_priority.sort_by_key(|position| who[*position].priority);
        Self { kinds, who, by_priority }
    }
}

impl Derived {
    pub(crate) fn of(setup: &Parts, kinds: &[Kind], rules: &Rules) -> Self {
        let any = |of: fn(&Behaviour) -> bool| {
            kinds.iter().flat_map(|kind| &kind.segments).any(|segment| of(&segment.behaviour))
        };
        let pools = 0..setup.pools.len();
        let uses = |pool: usize| {
            let users = kinds.iter().enumerate().filter_map(|(index, kind)| Some((index, kind.uses_of(pool)?)));
            Claimants::new(users.collect(), kinds)
        };
        let is_paid = |pool: usize| {
            let paid = kinds.iter().enumerate().filter(|(_, kind)| kind.paid_from == Some(pool));
            Claimants::new(paid.map(|(index, _)| (index, 1.0)).collect(), kinds)
        };
        let listed = |names: &[String], kind: &Kind| names.contains(&kind.name);
        let positions = |names: &[String]| (0..kinds.len()).filter(|index| listed(names, &kinds[*index])).collect();
        let set = rules.set();
        let prevention: Vec<_> = kinds.iter().map(Kind::prevention).collect();
        let (streams, builds) = Stream::all(setup.upstream.map_or(0.0, |upstream| upstream.most), &prevention);
        Self {
            main_pool: main_pool(setup),
            drawers: pools.clone().map(uses).collect(),
            paid: pools.map(is_paid).collect(),
            crowded: setup.pools.iter().any(|pool| pool.part.production.as_ref().is_some_and(Production::is_crowded)),
            occupied_by_effort: vec![0.0; setup.pools.len()],
            planned_on: vec![0.0; setup.pools.len()],
            providers: kinds.iter().map(|kind| kind.count).sum(),
            total_size: kinds.iter().map(|kind| kind.total_size).sum(),
            planned_effort: kinds.iter().map(|kind| kind.plan * kind.total_size).sum(),
            has_need: kinds.iter().any(|kind| kind.need.is_some()),
            has_income: kinds.iter().any(|kind| kind.payment.is_some()),
            has_bonuses: kinds.iter().any(|kind| kind.bonus.is_some()),
            has_purses: kinds.iter().any(|kind| kind.purse.is_some()),
            keeps_books: kinds.iter().any(Kind::looks_at_books),
            looks_at_place: kinds.iter().any(|kind| kind.looks_at(Outcome::Place)),
            prime: kinds.iter().position(|kind| kind.prime().is_some()),
            learns: any(|behaviour| matches!(behaviour, Behaviour::Learner(_))),
            responds: any(|behaviour| matches!(behaviour, Behaviour::BestResponse(_))),
            imitates: any(|behaviour| matches!(behaviour, Behaviour::Imitator(_))),
            has_conditional: any(|behaviour| matches!(behaviour, Behaviour::Conditional(_))),
            works_upstream: kinds.iter().any(Kind::may_work_upstream)
                || set.collective_choice.as_ref().is_some_and(|rule| rule.upstream.iter().any(|share| *share > 0.0)),
            refers: kinds.iter().any(|kind| kind.substitute().is_some()),
            bind: rules.bind(),
            options: set.collective_choice.iter().flat_map(CollectiveChoice::options).collect(),
            streams,
            builds,
            ahead: None,
            forecast: None,
            outlooks: None,
            partners: match &set.partners {
                Some(rule) => kinds.iter().map(|kind| listed(&rule.kinds, kind)).collect(),
                None => Vec::new(),
            },
            groups: match &set.nested_groups {
                Some(rule) => rule.groups.values().map(|group| positions(&group.kinds)).collect(),
                None => Vec::new(),
            },
        }
    }
}

/// The first pool that renews itself, in the order of the reader.
fn main_pool(parts: &Parts) -> usize {
    parts.listing.pools.iter().copied().find(|pool| parts.pools[*pool].part.renews_itself()).unwrap_or(0)
}

impl Setup {
    /// Number of steps.
    pub fn steps(&self) -> u32 {
        self.steps
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
    /// There are no steps, or a column of need ends before them.
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

    /// Works out what the price of scarcity goes by.
    fn measure_occupancy(&mut self) {
        for pool in 0..self.pools.len() {
            let planned = self.effort_on(pool, |kind| kind.plan);
            let bears = self.pools[pool].part.bears(self.effort_on(pool, |kind| kind.levels.1.max(kind.plan)));
            self.derived.planned_on[pool] = planned;
            self.derived.occupied_by_effort[pool] = if bears > 0.0 { 1.0 / bears } else { 0.0 };
        }
    }

    /// Effort on a pool if each kind exerts so much per unit of its size, without users from outside.
    pub(crate) fn effort_on(&self, pool: usize, level: impl Fn(&Kind) -> f64) -> f64 {
        let users = self.derived.drawers[pool].kinds.iter().map(|(kind, amount)| (&self.kinds[*kind], amount));
        users.map(|(kind, amount)| level(kind) * kind.total_size * amount).sum()
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
