//! The fortress index: what one more unit of claim brings whoever makes it, less what it brings the place. It tells how far
//! the incentives, not the outcome, are those of a fortress: 0 where what pays a provider is what pays all.
//!
//! *Private*: the slope of the provider's own utility, the claims of the others being as they are, with payment, motivation,
//! the norm and the penalty that it expects. *Social*: the slope of welfare: the worth of the need met or the yield, less its
//! cost, less what it takes from others in the same step (crowding, rationing), less the shadow price of the stock drawn,
//! plus the need that upstream work will prevent. What a provider has ceded the right to claim brings neither.
//! The mean over providers is weighted by size: an index of the incentive on the average unit of effort.
//!
//! Where a pool is short, a claimant's gain is that of proportional rationing; rationing by weight gives the same, by
//! priority it is an approximation. Need that falls on others counts as met where they had effort to spare in this step.
//! Sources: marginal private and social cost: Pigou 1920; user cost of the stock: Gordon 1954, Clark 1990.

use crate::lanes::{Lanes, Mask, keep_lanes_together, select};
use crate::payoff::{Deterrents, Earnings, Foresight, one_if_no_pool, ratio};
use crate::place::Work as Done;
use crate::pool::PoolState;
use crate::setup::{Kind, Setup, Use};
use crate::simd::Work;
use crate::world::{Columns, World};
use crate::yardstick::ShadowPrice;

/// The size of "one more" in all slopes: a thousandth of the plan.
const MORE: f64 = 1e-3;
/// What counts as the level allotted although rounding put it a little below.
const JUST_BELOW: f64 = 1.0 - 1e-9;

/// The index of a step that has just ended.
pub(crate) struct Index<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) world: &'a World,
    /// The pools as they were before the step.
    pub(crate) before: &'a [PoolState],
    pub(crate) shadow: &'a ShadowPrice,
    pub(crate) scratch: &'a mut Scratch,
}

/// Room to work in, so that no index allocates.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    pools: Vec<Margin>,
    /// Worth of a unit of need met, by kind.
    worth: Vec<Lanes>,
    /// One a row.
    own: Vec<Own>,
}

impl Scratch {
    /// For a world of so many rows.
    pub(crate) fn new(setup: &Setup, rows: usize) -> Self {
        Self {
            pools: Vec::with_capacity(setup.pools.len()),
            worth: Vec::with_capacity(setup.kinds.len()),
            own: Vec::with_capacity(rows),
        }
    }
}

/// What one more unit of effort does to a pool and its users.
#[derive(Clone, Copy, Debug)]
struct Margin {
    /// Effort of all in this step.
    effort: Lanes,
    yield_per_effort: Lanes,
    /// Change of that yield.
    crowding: Lanes,
    /// Stock drawn, at its shadow price.
    price: Lanes,
    /// Where claims exceed what there is.
    short: Mask,
    /// Effort that there is enough for.
    supply: Lanes,
    /// Worth at the margin of all effort exerted.
    worth: Lanes,
    /// Worth lost by all together for each unit by which a unit of effort yields less.
    dependent: Lanes,
}

/// What one more unit of claim does to the provider that makes it.
#[derive(Clone, Copy, Debug)]
struct Own {
    /// Slope of its utility.
    private: Lanes,
    /// Worth of the care, less its cost.
    care: Lanes,
    /// Effort that it can exert more.
    gained: Lanes,
    /// Its part of `worth` of each pool that it uses.
    worth: Lanes,
    /// Its part of `dependent` of the pools that bind it.
    dependent: Lanes,
}

/// A provider, or a row of them.
#[derive(Clone, Copy)]
struct One<'a> {
    index: usize,
    kind: &'a Kind,
    own: &'a Columns,
    row: usize,
}

impl Work for Index<'_> {
    type Output = Lanes;

    #[inline(always)]
    fn run(self) -> Lanes {
        let Self { setup, world, before, shadow, scratch } = self;
        let scene = Scene { setup, world, before, shadow };
        let Scratch { pools, worth, own: all } = scratch;
        scene.worth_of_care(worth);
        scene.margins(pools);
        all.clear();
        for (index, (kind, own)) in setup.kinds.iter().zip(&world.kinds).enumerate() {
            let first = all.len();
            for row in 0..own.rows.count() {
                all.push(scene.own(One { index, kind, own, row }, pools, worth[index]));
                keep_lanes_together();
            }
            depend(kind, own, &all[first..], pools);
        }
        let (mut sum, mut first) = (Lanes::ZERO, 0);
        for (index, (kind, own)) in setup.kinds.iter().zip(&world.kinds).enumerate() {
            let upstream = scene.worth_of_upstream(index);
            let (common, members) = (&world.place.kinds[index], &all[first..]);
            first += own.rows.count();
            sum += own.sum(kind.size, |row| {
                let (one, member) = (One { index, kind, own, row }, &members[row]);
                let prevented = member.gained * one.upstream() * upstream;
                let social = member.care + prevented - scene.taken(one, member, pools);
                let free = 1.0 - select(scene.is_at_limit(one), common.bound, common.obliged);
                (member.private - social) * free
            });
        }
        sum * (1.0 / setup.total_size())
    }
}

/// Adds what the members of a kind mean to the pools that they use.
#[inline(always)]
fn depend(kind: &Kind, own: &Columns, members: &[Own], pools: &mut [Margin]) {
    let least = least_yield(kind, pools);
    for uses in &kind.uses {
        let pool = &mut pools[uses.pool];
        let binds = pool.yield_per_effort.equals(least);
        pool.worth += own.sum(1.0, |row| members[row].worth);
        pool.dependent += select(binds, own.sum(1.0, |row| members[row].dependent), Lanes::ZERO);
    }
}

/// What the index is taken of.
#[derive(Clone, Copy)]
struct Scene<'a> {
    setup: &'a Setup,
    world: &'a World,
    before: &'a [PoolState],
    shadow: &'a ShadowPrice,
}

impl One<'_> {
    #[inline(always)]
    fn level(self) -> Lanes {
        self.own.conduct[self.row].level
    }

    /// The plan that it goes by.
    #[inline(always)]
    fn plan(self) -> Lanes {
        self.own.planned(self.row)
    }

    #[inline(always)]
    fn upstream(self) -> Lanes {
        self.own.upstream.as_ref().map_or(Lanes::ZERO, |upstream| upstream[self.row])
    }

    /// Where a provider met all its need, so that more effort would meet no more.
    #[inline(always)]
    fn meets_all(self) -> Mask {
        self.own.needs.as_ref().map_or(Mask::all_of(true), |needs| needs[self.row].unmet.at_most(Lanes::ZERO))
    }
}

impl Scene<'_> {
    /// Worth of a unit of need met, by kind: what would have been met elsewhere if it had fallen on others is taken off.
    #[inline(always)]
    fn worth_of_care(self, all: &mut Vec<Lanes>) {
        all.clear();
        for kind in &self.setup.kinds {
            let mut worth = Lanes::all(kind.worth);
            for spill in kind.need.iter().flat_map(|need| &need.spills) {
                let (to, own) = (&self.setup.kinds[spill.to], &self.world.kinds[spill.to]);
                let spare = own.sum(1.0, |row| One { index: spill.to, kind: to, own, row }.meets_all().number());
                worth -= spare * (spill.share * spill.becomes * to.worth / to.count as f64);
            }
            all.push(worth);
        }
    }

    /// Worth of a unit of upstream effort of a kind: the need that it will prevent for all who cannot meet theirs.
    #[inline(always)]
    fn worth_of_upstream(self, builder: usize) -> Lanes {
        let Self { setup, world, .. } = self;
        let Some(upstream) = &setup.upstream else { return Lanes::ZERO };
        let stream = setup.derived.builds[builder];
        let acts = &setup.derived.streams[stream].acts;
        let mut prevented = Lanes::ZERO;
        for (index, (kind, own)) in setup.kinds.iter().zip(&world.kinds).enumerate() {
            if let Some(needs) = &own.needs {
                let unmet = |row: usize| (!One { index, kind, own, row }.meets_all()).number() * needs[row].new;
                prevented += own.sum(kind.size * acts[index] * kind.worth, unmet);
            }
        }
        world.place.upstream[stream].margin * prevented * upstream.built(setup.total_size(), None)
    }

    /// What one more unit of effort does to each pool, as it was in this step.
    #[inline(always)]
    fn margins(self, margins: &mut Vec<Margin>) {
        let Self { setup, world, before, shadow } = self;
        let more = MORE * setup.planned_effort();
        margins.clear();
        for (index, pool) in setup.pools.iter().enumerate() {
            let (pool, state) = (&pool.part, &before[index]);
            let mut effort = setup.outside_on(&world.place, index);
            for (kind, amount) in &setup.derived.drawers[index].kinds {
                effort += world.place.kinds[*kind].effort * *amount;
            }
            let yields = pool.yield_per_effort(effort, state.stock);
            let crowded = pool.yield_per_effort(effort + more, state.stock);
            let loss = pool.loss_per_effort(yields, state.stock).max(Lanes::ZERO);
            let claimed = effort * loss;
            let drawn = ((effort + more) * pool.loss_per_effort(crowded, state.stock) - claimed) * (1.0 / more);
            let available = pool.available(state);
            let short = claimed.greater(available);
            margins.push(Margin {
                effort,
                yield_per_effort: yields,
                crowding: (crowded - yields) * (1.0 / more),
                price: select(short, Lanes::ZERO, drawn * shadow.at(index, world.pools[index].stock)),
                short,
                supply: select(short, ratio(available, loss), Lanes::ZERO),
                worth: Lanes::ZERO,
                dependent: Lanes::ZERO,
            });
        }
    }

    /// What one more unit of claim does to the provider itself.
    #[inline(always)]
    fn own(self, one: One<'_>, pools: &[Margin], worth: Lanes) -> Own {
        let Self { setup, world, .. } = self;
        let One { index, kind, own, row } = one;
        let place = &world.place;
        let (level, upstream) = (one.level(), one.upstream());
        let mut earnings = Earnings::now(setup, place, index, own, row);
        let utility = if setup.rules.ostracism().is_some() { own.gained(row) } else { Lanes::ZERO };
        let mut deterrents =
            Deterrents::now(setup, place, index, own, row).with_peers(setup, place, kind, own, (row, utility));
        let sanction = self.sanction(one, &deterrents);
        (deterrents.norm, deterrents.breach, deterrents.penalty) = (None, None, None); // a jump has no slope
        let need_new = own.needs.as_ref().map_or(Lanes::ZERO, |needs| needs[row].new);
        let returned = Foresight::now(setup, place, index, need_new).of(upstream);
        let more = MORE * kind.plan;
        let (yields, crowded) = yields(kind, pools, more);
        let granted = place.kinds[index].granted;
        let gained = granted * self.kept(one, pools);
        let valued = |earnings: &Earnings<'_>, level: Lanes, plan: Lanes, work: &Done| {
            let cost = earnings.cost(level * earnings.granted);
            let gain = earnings.gain(work, cost, work.effort * returned, earnings.per_need()) - deterrents.loss(plan);
            (gain - deterrents.shunned(gain, plan), cost)
        };
        let work = earnings.work(level, upstream, yields);
        let (now, cost_now) = valued(&earnings, level, one.plan(), &work);
        earnings.granted = ratio(level * granted + gained * more, level + more);
        if let Some(scarcity) = &kind.cost.scarcity {
            let effort = |uses: &Use| pools[uses.pool].effort + more * kind.size * uses.amount;
            earnings.dear = scarcity.factor(setup.occupancy(kind, effort));
        }
        let after = earnings.work(level + more, upstream, crowded);
        let (then, cost_then) = valued(&earnings, level + more, one.plan() + more, &after);
        let slope = |from: Lanes, to: Lanes| (to - from) * (1.0 / more);
        let (good, useful) = match &kind.need {
            Some(_) => (slope(work.met, after.met), (!one.meets_all()).number()),
            None => (slope(work.delivered, after.delivered), Lanes::ONE),
        };
        let care = good * worth - slope(cost_now, cost_then);
        let none = gained.at_most(Lanes::ZERO);
        let per_effort = select(none, Lanes::ZERO, care / select(none, Lanes::ONE, gained));
        let time = work.effort * (1.0 - upstream) * earnings.attention;
        Own {
            private: slope(now, then) - sanction,
            care,
            gained,
            worth: per_effort * work.effort * kind.size,
            dependent: useful * time * worth * kind.size,
        }
    }

    /// What one more unit of claim takes from others, now and later.
    #[inline(always)]
    fn taken(self, one: One<'_>, own: &Own, pools: &[Margin]) -> Lanes {
        let mut taken = Lanes::ZERO;
        let granted = self.world.place.kinds[one.index].granted;
        let least = least_yield(one.kind, pools);
        for uses in &one.kind.uses {
            let pool = &pools[uses.pool];
            let part = select(pool.yield_per_effort.equals(least), own.dependent, Lanes::ZERO);
            let crowded_out = (part - pool.dependent) * pool.crowding;
            let effort = one.level() * granted * (one.kind.size * uses.amount);
            let others = (pool.supply - effort).max(Lanes::ZERO);
            let alone = others.at_most(Lanes::ZERO) | !pool.short;
            let rationed = select(alone, Lanes::ZERO, (pool.worth - own.worth) / select(alone, Lanes::ONE, others));
            taken += (crowded_out + pool.price * granted + rationed * own.gained) * uses.amount;
        }
        taken
    }

    /// What one more unit of claim costs in conscience and in fines expected.
    #[inline(always)]
    fn sanction(self, one: One<'_>, deterrents: &Deterrents) -> Lanes {
        let tolerated = (one.plan() - deterrents.agreed).less(deterrents.agreed * deterrents.tolerance);
        let penalty = deterrents.penalty.map_or(Lanes::ZERO, |penalty| select(tolerated, Lanes::ZERO, penalty));
        let norm = deterrents.norm.unwrap_or(Lanes::ZERO);
        select(self.is_at_limit(one), norm + penalty, Lanes::ZERO)
    }

    /// Where a provider claims as much as it has been allotted, or more.
    #[inline(always)]
    fn is_at_limit(self, one: One<'_>) -> Mask {
        one.plan().at_least(crate::payoff::agreed(&self.world.place, one.index, one.own, one.row) * JUST_BELOW)
    }

    /// Share of one more claim that is not taken off again because a pool is short: the less, the more of it one has already.
    #[inline(always)]
    fn kept(self, one: One<'_>, pools: &[Margin]) -> Lanes {
        let mut kept = Lanes::ONE;
        let granted = self.world.place.kinds[one.index].granted;
        for uses in &one.kind.uses {
            let pool = &pools[uses.pool];
            let effort = one.level() * granted * (one.kind.size * uses.amount);
            let own = ratio(effort, pool.supply).min(Lanes::ONE);
            let rationed = pool.short & granted.less(Lanes::ONE);
            kept = kept.min(select(rationed, 1.0 - own, Lanes::ONE));
        }
        kept
    }
}

/// The yield of a unit of effort as it was, and as it would be with one more claim.
#[inline(always)]
fn yields(kind: &Kind, pools: &[Margin], more: f64) -> (Lanes, Lanes) {
    let mut least = Lanes::all(f64::MAX);
    for uses in &kind.uses {
        let pool = &pools[uses.pool];
        least = least.min(pool.yield_per_effort + pool.crowding * (more * kind.size * uses.amount));
    }
    (least_yield(kind, pools), one_if_no_pool(least))
}

/// The yield of a unit of effort in the scarcest pool of a kind; one where no pool stands in its way.
#[inline(always)]
fn least_yield(kind: &Kind, pools: &[Margin]) -> Lanes {
    let mut least = Lanes::all(f64::MAX);
    for uses in &kind.uses {
        least = least.min(pools[uses.pool].yield_per_effort);
    }
    one_if_no_pool(least)
}
