//! What follows from the parts of a setup and is asked in every step, worked out once.

use super::{Commissioned, Forecast, Kind, Named, Outlooks, Parts, ShiftOnTable};
use crate::behaviour::Behaviour;
use crate::payment::Outcome;
use crate::pool::{Claimant, Pool};
use crate::production::Production;
use crate::rule::{CollectiveChoice, OptionOnTable, Rules};
use crate::upstream::{Ahead, Stream};
use std::sync::Arc;

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
    /// The pools whose fixed sums a commissioner sets anew.
    pub(crate) commissioned: Vec<Commissioned>,
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
    /// Whether any money follows care from one kind to another.
    pub(crate) money_follows: bool,
    /// Whether any rule may bind.
    pub(crate) bind: bool,
    /// Whether any may bind to refer: nothing but a shift does.
    pub(crate) binds_referral: bool,
    /// What lies on the table in the second ballot, where there is one: shifts between kinds.
    pub(crate) shifts: Vec<ShiftOnTable>,
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

    /// Effort of all kinds on the pool if each exerts so much per unit of its size.
    pub(crate) fn effort(&self, all: &[Kind], level: impl Fn(&Kind) -> f64) -> f64 {
        let users = self.kinds.iter().map(|(kind, amount)| (&all[*kind], amount));
        users.map(|(kind, amount)| level(kind) * kind.total_size * amount).sum()
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
        let second = set.collective_choice.as_ref().filter(|rule| rule.decision.may_shift());
        let second = second.and_then(|rule| rule.shifts.as_ref());
        let shifts = second.map_or_else(Vec::new, |rule| rule.options(kinds));
        let second = second.filter(|_| !shifts.is_empty());
        let prevention: Vec<_> = kinds.iter().map(Kind::prevention).collect();
        let (streams, builds) = Stream::all(setup.upstream.map_or(0.0, |upstream| upstream.most), &prevention);
        let drawers: Vec<Claimants> = pools.clone().map(uses).collect();
        let has_scarcity = kinds.iter().any(|kind| kind.cost.scarcity.is_some());
        let occupied = |(users, pool): (&Claimants, &Named<Pool>)| {
            let most = users.effort(kinds, |kind| kind.levels.1.max(kind.plan));
            let bears = if has_scarcity { pool.part.bears(most) } else { 0.0 };
            if bears > 0.0 { 1.0 / bears } else { 0.0 }
        };
        Self {
            main_pool: main_pool(setup),
            paid: pools.map(is_paid).collect(),
            commissioned: Commissioned::all(setup),
            crowded: setup.pools.iter().any(|pool| pool.part.production.as_ref().is_some_and(Production::is_crowded)),
            occupied_by_effort: drawers.iter().zip(&setup.pools).map(occupied).collect(),
            planned_on: drawers.iter().map(|users| users.effort(kinds, |kind| kind.plan)).collect(),
            drawers,
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
            money_follows: second.is_some_and(|rule| rule.follows > 0.0)
                || kinds.iter().filter_map(Kind::substitute).any(|form| form.follows > 0.0 || form.keeps > 0.0),
            bind: rules.bind(),
            binds_referral: rules.bind() && second.is_some(),
            shifts,
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
