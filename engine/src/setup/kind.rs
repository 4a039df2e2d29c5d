//! A kind of provider: what all its members have in common.

use crate::behaviour::{Action, Behaviour, Played};
use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::need::Need;
use crate::payment::{Bonus, Outcome, Payment, Prime, Regime};
use crate::pool::Claimant;
use crate::prices::Prices;
use crate::purse::{Purse, Till};
use crate::reviews::Reviews;
use crate::rule::Sanctioning;
use crate::scarcity::Scarcity;
use crate::society::Norm;
use crate::spread::Spread;
use crate::substitute::Substitute;
use crate::upstream::Prevents;
use std::ops::Range;
use std::sync::Arc;

/// What all providers of a kind have in common. Sums and efforts are per unit of a provider's size.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its key in the scenario file.
    pub name: String,
    /// Number of its providers, all of one size.
    pub count: usize,
    /// Effort of each at level 1, in the scenario's unit of effort.
    pub size: f64,
    /// Sum of their sizes.
    pub total_size: f64,
    /// Planned level of effort: what counts as a fair share before anything else is agreed.
    pub plan: f64,
    /// Level in the first step.
    pub start: f64,
    /// The pools that its effort draws on.
    pub uses: Vec<Use>,
    /// With what it claims where claims are rationed.
    pub claimant: Claimant,
    /// What effort costs.
    pub cost: Cost,
    /// Utility per unit of need met: professional motivation, the same in every arm.
    pub motivation: f64,
    /// Worth to the public of a unit of need met, or of yield where there is no need.
    pub worth: f64,
    /// When its plans are reviewed and how far they can move; without it, in every step and to anywhere.
    pub reviews: Option<Reviews>,
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
    /// What it holds and may spend; without it money never binds.
    pub purse: Option<Purse>,
    /// What that comes to.
    pub(crate) till: Option<Till>,
    /// The pool out of which it is paid; `None` is from outside.
    pub paid_from: Option<usize>,
    /// The kind that pays it while it holds a prime contract; otherwise it is paid as `paid_from` says.
    pub paid_by: Option<usize>,
    /// The need of its part of the population, if need is part of the scenario.
    pub need: Option<Need>,
    /// Need that its upstream work prevents; where it names none, that work builds the stock of the place.
    pub prevents: Vec<Prevents>,
    /// By how much places differ in what it is paid, needs and costs.
    pub spread: Spread,
    /// What it may choose from: each level with each share of upstream work, level by level.
    pub actions: Vec<Action>,
    /// How many shares of upstream work there are at each level.
    pub shares: usize,
    /// Range of the levels it may choose from.
    pub levels: (f64, f64),
    /// Its members by how they choose, side by side.
    pub segments: Vec<Segment>,
}

/// A pool that effort draws on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Use {
    /// Position of the pool.
    pub pool: usize,
    /// Units of it claimed by a unit of effort, above nought.
    pub amount: f64,
}

/// Members of a kind that choose alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// How they choose where nobody plays for them.
    pub behaviour: Behaviour,
    /// What was played in their name.
    pub played: Option<Played>,
    /// Their numbers within the kind.
    pub members: Range<usize>,
}

/// Cost of effort per unit of size: per unit of effort, fixed, and rising with the square of the level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Cost of a unit of effort.
    pub per_effort: f64,
    /// Cost whatever is done.
    pub fixed: f64,
    /// Added cost of level²: agency staff and overtime.
    pub convex: f64,
    /// Change of all costs a year, as a share.
    pub change_per_year: f64,
    /// What scarcity adds.
    pub scarcity: Option<Scarcity>,
}

impl Cost {
    /// Cost of so much effort, at costs so many times those of the first step, where scarcity multiplies what varies with effort by `dear`.
    #[inline(always)]
    pub(crate) fn of(&self, effort: Lanes, index: f64, dear: Lanes) -> Lanes {
        let mut variable = effort * (effort * self.convex + self.per_effort);
        if self.scarcity.is_some() {
            variable *= dear;
        }
        (variable + self.fixed) * index
    }
}

impl Segment {
    /// Members that choose as a behaviour says.
    pub(crate) fn of(behaviour: &Behaviour, members: Range<usize>) -> Self {
        let played = match behaviour {
            Behaviour::Played(played) => Some(played.clone()),
            _ => None,
        };
        let otherwise = played.as_ref().and_then(|played| played.otherwise.as_deref());
        Self { behaviour: otherwise.unwrap_or(behaviour).clone(), played, members }
    }

    /// The behaviour that it was made from.
    pub(crate) fn as_written(&self) -> Behaviour {
        self.played.clone().map_or_else(|| self.behaviour.clone(), Behaviour::Played)
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

    /// Units of a pool claimed by a unit of effort, if it uses that pool.
    pub fn uses_of(&self, pool: usize) -> Option<f64> {
        self.uses.iter().find(|uses| uses.pool == pool).map(|uses| uses.amount)
    }

    /// Whether any of its payments, or its bonus, looks at the books of the place.
    pub(crate) fn looks_at_books(&self) -> bool {
        self.payments().any(Payment::looks_at_books)
            || self.bonus.as_ref().is_some_and(|bonus| bonus.balance == Outcome::Place)
    }

    /// Whether any of its payments, or its bonus, looks at that share of need met.
    pub(crate) fn looks_at(&self, outcome: Outcome) -> bool {
        self.payments()
            .filter_map(Payment::outcome)
            .chain(self.bonus.iter().filter_map(Bonus::outcome))
            .any(|of| of == outcome)
    }

    /// Whether anybody of it may do upstream work of its own accord.
    pub(crate) fn may_work_upstream(&self) -> bool {
        let fixed = |segment: &Segment| match &segment.behaviour {
            Behaviour::Fixed(constant) if constant.upstream > 0.0 => true,
            _ => segment.played.as_ref().is_some_and(|played| played.most().1 > 0.0),
        };
        self.actions.iter().any(|action| action.upstream > 0.0) || self.segments.iter().any(fixed)
    }

    /// How strongly the stock of the place lowers its need, what its own work prevents, and what effort it plans.
    pub(crate) fn prevention(&self) -> (f64, &[Prevents], f64) {
        let relief = self.need.as_ref().map_or(0.0, |need| need.relief);
        (relief, &self.prevents, self.plan * self.total_size)
    }

    /// The actions level by level: much of what they are worth depends on the level alone.
    #[inline(always)]
    pub(crate) fn by_level(&self) -> impl Iterator<Item = &[Action]> {
        self.actions.chunks_exact(self.shares)
    }

    /// Level and upstream share of the action at position `choice` in each lane.
    #[inline(always)]
    pub(crate) fn action(&self, choice: Lanes) -> (Lanes, Lanes) {
        let (mut level, mut upstream) = (Lanes::ZERO, Lanes::ZERO);
        for (position, action) in self.actions.iter().enumerate() {
            let taken = choice.equals(Lanes::all(position as f64));
            level = select(taken, Lanes::all(action.level), level);
            upstream = select(taken, Lanes::all(action.upstream), upstream);
            keep_lanes_together();
        }
        (level, upstream)
    }

    /// Whether some of its need is urgent.
    pub(crate) fn has_urgent_need(&self) -> bool {
        self.need.as_ref().is_some_and(|need| need.urgent > 0.0)
    }

    /// The position of the action that stands for a plan: the nearest level, with the shares of upstream work and of referral that another
    /// action has.
    #[inline(always)]
    pub(crate) fn standing_for(&self, level: Lanes, like: Lanes) -> Lanes {
        self.nearest(level) + Lanes::from_fn(|lane| (like.lane(lane) as usize % self.shares) as f64)
    }

    /// The position of an action like the one at position `like`, but with the shares of upstream work and of referral nearest to those
    /// that are given.
    pub(crate) fn with_shares(&self, like: f64, upstream: Option<f64>, refers: Option<f64>) -> f64 {
        let first = like as usize / self.shares * self.shares;
        let Some(now) = self.actions.get(like as usize) else { return like };
        let (upstream, refers) = (upstream.unwrap_or(now.upstream), refers.unwrap_or(now.refers));
        let far = |action: &Action| libm::fabs(action.upstream - upstream) + libm::fabs(action.refers - refers);
        let nearest = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
        let shares = self.actions[first..first + self.shares].iter().map(far).enumerate();
        (first + shares.min_by(nearest).map_or(0, |(share, _)| share)) as f64
    }

    /// What of its need another kind may meet.
    #[inline(always)]
    pub(crate) fn substitute(&self) -> Option<&Substitute> {
        self.need.as_ref().and_then(|need| need.substitute.as_ref())
    }

    /// Share of need that the action at position `choice` in each lane refers.
    #[inline(always)]
    pub(crate) fn refers(&self, choice: Lanes) -> Lanes {
        let mut refers = Lanes::ZERO;
        for (position, action) in self.actions.iter().enumerate() {
            let taken = choice.equals(Lanes::all(position as f64));
            refers = select(taken, Lanes::all(action.refers), refers);
            keep_lanes_together();
        }
        refers
    }

    /// The position of the action whose level is nearest, for imitators to copy; of equally near ones the first.
    #[inline(always)]
    pub(crate) fn nearest(&self, level: Lanes) -> Lanes {
        let (mut choice, mut least) = (Lanes::ZERO, Lanes::all(f64::MAX));
        for (position, action) in self.actions.iter().enumerate() {
            let distance = (level - action.level).abs();
            let nearer = distance.less(least);
            least = select(nearer, distance, least);
            choice = select(nearer, Lanes::all(position as f64), choice);
            keep_lanes_together();
        }
        choice
    }

    /// What its members of a segment do in the first step: level, upstream share, and position of the nearest action.
    pub(crate) fn first(&self, behaviour: &Behaviour) -> (f64, f64, usize) {
        let (level, upstream) = match behaviour {
            Behaviour::Fixed(constant) => (constant.level, constant.upstream),
            _ => (self.start.clamp(self.levels.0, self.levels.1), self.actions[0].upstream),
        };
        let nearest = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
        let distances = self.actions.iter().map(|action| libm::fabs(action.level - level)).enumerate();
        (level, upstream, distances.min_by(nearest).map_or(0, |(index, _)| index))
    }
}
