//! A checked scenario, ready to run: names are resolved to positions, columns are read, every list fits the others.
//!
//! Only `scenario` makes one, and only out of a scenario without faults, so a run cannot fail.

use super::behaviour::{Action, Behaviour};
use super::benchmark::Benchmark;
use super::dice::Stream;
use super::lanes::{Lanes, keep_lanes_together, select};
use super::payment::{Bonus, Payment, Prime, Regime};
use super::pool::{Claimant, Pool};
use super::prices::Prices;
use super::rule::{Rules, Sanctioning};
use super::shock::Shock;
use super::society::{Norm, Society};
use std::ops::Range;
use std::sync::Arc;

/// All that a run needs besides the seed and its number.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one part whether the scenario has it")]
pub struct Setup {
    /// Number of steps.
    pub steps: u32,
    /// Steps in a year, for what changes by the year.
    pub steps_per_year: f64,
    /// The pools, in the order of the scenario.
    pub pools: Vec<Named<Pool>>,
    /// The pool whose fate the findings are about: the first that renews itself.
    pub main_pool: usize,
    /// The pools out of which providers are paid.
    pub payers: Vec<usize>,
    /// The pools that effort draws on, of providers or from outside.
    pub drawn_on: Vec<usize>,
    /// Whether one user's effort changes what a unit of effort yields in the same step.
    pub crowded: bool,
    /// What one draw a provider is needed for in every step.
    pub streams: Vec<Stream>,
    /// Whether any provider gives the best response to the others.
    pub responds: bool,
    /// Whether any provider imitates others.
    pub imitates: bool,
    /// Whether any provider conditions its effort on what it believes of others.
    pub has_conditional: bool,
    /// Kinds of provider.
    pub kinds: Vec<Kind>,
    /// Every single provider, those of a kind side by side.
    pub providers: Vec<Provider>,
    /// Providers by the priority of their kind, lowest first; the outside users come last as position `providers.len()`.
    pub by_priority: Vec<usize>,
    /// What each position in `by_priority` claims with.
    pub claimants: Vec<Claimant>,
    /// Sum of the sizes of all providers.
    pub total_size: f64,
    /// What all providers together plan to do in a step, in units of effort.
    pub planned_effort: f64,
    /// Whether any provider has need to meet.
    pub has_need: bool,
    /// Whether any provider is paid.
    pub has_income: bool,
    /// Whether any provider may earn a bonus.
    pub has_bonuses: bool,
    /// Whether any payment or bonus looks at the books of the place.
    pub keeps_books: bool,
    /// The provider that holds the budget of the place and pays others, at least for a time.
    pub prime: Option<usize>,
    /// What all know of each other, and what trust does, before any rule.
    pub society: Society,
    /// What runs are measured against. Only those who show it have it made: it takes the time of a few dozen runs.
    pub benchmark: Option<Benchmark>,
    /// Upstream work: prevention that lowers need across the place.
    pub upstream: Option<Upstream>,
    /// Users from outside the place.
    pub outside: Option<Outside>,
    /// The rules in force.
    pub rules: Rules,
    /// What happens to the place.
    pub shocks: Vec<Named<Shock>>,
}

/// A part with the name it has in the scenario.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// Its key in the scenario file.
    pub name: String,
    /// The part.
    pub part: T,
}

/// What all providers of a kind have in common. Sums and efforts are per unit of a provider's size.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its key in the scenario file.
    pub name: String,
    /// Planned level of effort: what counts as a fair share before anything else is agreed.
    pub plan: f64,
    /// Level in the first step.
    pub start: f64,
    /// Units of each pool claimed by a unit of effort, one a pool.
    pub uses: Vec<f64>,
    /// What effort costs.
    pub cost: Cost,
    /// Utility per unit of need met: professional motivation, the same in every arm.
    pub motivation: f64,
    /// Worth to the public of a unit of need met, or of yield where there is no need.
    pub worth: f64,
    /// Force of the norm.
    pub norm: Norm,
    /// How it is inclined to fine others, where a rule lets it.
    pub sanctioning: Sanctioning,
    /// Whether it sits at the table where no rule says who does.
    pub partner: bool,
    /// How it is paid in the first step.
    pub payment: Option<Payment>,
    /// How it is paid from later steps on, in order.
    pub then: Vec<Regime>,
    /// Which payment is in force, and what prices and costs have come to, one a step.
    pub prices: Arc<[Prices]>,
    /// What it may earn on top.
    pub bonus: Option<Bonus>,
    /// The pool out of which it is paid; `None` is from outside.
    pub paid_from: Option<usize>,
    /// The kind that pays it while it holds a prime contract; otherwise it is paid as `paid_from` says.
    pub paid_by: Option<usize>,
    /// The need of its part of the population, if need is part of the scenario.
    pub need: Option<Need>,
    /// What it may choose from: each level with each share of upstream work, level by level.
    pub actions: Vec<Action>,
    /// How many shares of upstream work there are at each level.
    pub shares: usize,
    /// Range of the levels it may choose from.
    pub levels: (f64, f64),
    /// Positions of its providers.
    pub members: Range<usize>,
    /// Sum of their sizes.
    pub total_size: f64,
}

/// One provider.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Position of its kind.
    pub kind: usize,
    /// Effort at level 1, in the scenario's unit of effort.
    pub size: f64,
    /// How it chooses.
    pub behaviour: Behaviour,
    /// Where its attractions start in the list of all; meaningful for learners only.
    pub attractions: usize,
}

/// Cost of effort per unit of size: per unit of effort, fixed, and rising with the square of the level.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Cost of a unit of effort.
    pub per_effort: f64,
    /// Cost whatever is done.
    pub fixed: f64,
    /// Added cost of level²: agency staff and overtime.
    pub convex: f64,
    /// Change of all costs a year, as a share.
    pub change_per_year: f64,
}

/// Need that falls to a kind, per unit of size and step.
#[derive(Clone, Debug)]
pub struct Need {
    /// Expected need in each step: level, trend, season, or a column of data.
    pub expected: Arc<[f64]>,
    /// Standard deviation of each provider's need around the expected, as a share of it.
    pub noise: f64,
    /// Share of a deviation from the expected that is still there a step later.
    pub persistence: f64,
    /// Weight of what is new in a step, with which the spread stays the same: √(1 − persistence²).
    pub innovation: f64,
    /// Share of unmet need that waits.
    pub waits: f64,
    /// Unmet need that falls on other kinds.
    pub spills: Vec<Spill>,
    /// Share of unmet need that falls on any of them.
    pub spilled: f64,
    /// Share of unmet need that is lost: neither waits nor falls on others.
    pub lost: f64,
    /// Share of activity beyond need that can be charged for all the same.
    pub induced: f64,
    /// How strongly upstream work lowers this need, against 1 for the most.
    pub relief: f64,
}

/// Unmet need that falls on another kind of provider.
#[derive(Clone, Copy, Debug)]
pub struct Spill {
    /// Position of the kind it falls on.
    pub to: usize,
    /// Share of the unmet need.
    pub share: f64,
    /// Units of the other kind's need that one unit becomes.
    pub becomes: f64,
}

/// Upstream work: prevention, hand-offs, freeing a neighbour's bed. It builds a stock that lowers need everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Upstream {
    /// Stock built by a place that spends all its planned effort of one step on upstream work.
    pub productivity: f64,
    /// Share of the stock lost per step.
    pub decay: f64,
    /// The most by which it lowers need, as a share.
    pub most: f64,
    /// Stock at which half of that is reached.
    pub half: f64,
}

/// Users from outside the place, who come while it pays.
#[derive(Clone, Copy, Debug)]
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

impl Setup {
    /// Years that have passed at the start of a step.
    pub fn years(&self, step: u32) -> f64 {
        f64::from(step) / self.steps_per_year
    }

    /// Holds the long lists that are equal in another setup only once: the thousands of cells of an experiment differ in
    /// little.
    pub fn share_lists_with(&mut self, other: &Self) {
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

    /// Whether any kind is inclined to fine its peers, whether or not a rule lets it.
    pub fn may_fine_peers(&self) -> bool {
        self.kinds.iter().any(|kind| kind.sanctioning != Sanctioning::default())
    }

    /// The kind of a provider.
    #[inline(always)]
    pub fn kind(&self, provider: &Provider) -> &Kind {
        &self.kinds[provider.kind]
    }
}

impl Need {
    /// The deviation from the expected in a step, in standard deviations, given that of the step before and a standard normal
    /// draw: an autoregressive process that is stationary from the first step on. Without persistence it is the draw, to the
    /// bit.
    #[inline(always)]
    pub fn deviation(&self, before: Lanes, luck: Lanes, step: u32) -> Lanes {
        if step == 0 { luck } else { before * self.persistence + luck * self.innovation }
    }
}

impl Kind {
    /// The payment at a position.
    #[inline(always)]
    pub fn payment_in(&self, regime: usize) -> Option<&Payment> {
        match regime.checked_sub(1) {
            None => self.payment.as_ref(),
            Some(later) => self.then.get(later).map(|regime| &regime.payment),
        }
    }

    /// Every payment it ever has, in order.
    pub fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.payment.iter().chain(self.then.iter().map(|regime| &regime.payment))
    }

    /// The prime contract that it holds at any time.
    pub fn prime(&self) -> Option<&Prime> {
        self.payments().find_map(Payment::as_prime)
    }

    /// The actions level by level: much of what they are worth depends on the level alone.
    #[inline(always)]
    pub fn by_level(&self) -> impl Iterator<Item = &[Action]> {
        self.actions.chunks_exact(self.shares)
    }

    /// Level and upstream share of the action at position `choice` in each lane.
    #[inline(always)]
    pub fn action(&self, choice: Lanes) -> (Lanes, Lanes) {
        let (mut level, mut upstream) = (Lanes::ZERO, Lanes::ZERO);
        for (position, action) in self.actions.iter().enumerate() {
            let taken = choice.equals(Lanes::all(position as f64));
            level = select(taken, Lanes::all(action.level), level);
            upstream = select(taken, Lanes::all(action.upstream), upstream);
            keep_lanes_together();
        }
        (level, upstream)
    }
}
