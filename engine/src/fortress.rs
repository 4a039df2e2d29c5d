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

use super::benchmark::ShadowPrice;
use super::lanes::{Lanes, Mask, keep_lanes_together, select};
use super::pool::PoolState;
use super::setup::{Kind, Provider, Setup};
use super::simd::Work;
use super::utility::{Prospect, ratio};
use super::world::{ProviderState, World};

/// The size of "one more" in all slopes: a thousandth of the plan.
const MORE: f64 = 1e-3;
/// What counts as the level allotted although rounding put it a little below.
const JUST_BELOW: f64 = 1.0 - 1e-9;

/// The index of a step that has just ended.
pub(super) struct Index<'a> {
    pub(super) setup: &'a Setup,
    pub(super) world: &'a World,
    /// The pools as they were before the step.
    pub(super) before: &'a [PoolState],
    pub(super) shadow: &'a ShadowPrice,
}

/// What one more unit of effort does to a pool and its users.
struct Margin {
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

impl Work for Index<'_> {
    type Output = Lanes;

    #[inline(always)]
    fn run(self) -> Lanes {
        let Self { setup, world, .. } = self;
        let worth = self.worth_of_care();
        let upstream = self.worth_of_upstream();
        let mut pools = self.margins();
        let mut all = Vec::with_capacity(setup.providers.len());
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            all.push(self.own(provider, state, &mut pools, worth[provider.kind]));
            keep_lanes_together();
        }
        let mut sum = Lanes::ZERO;
        for ((provider, state), own) in setup.providers.iter().zip(&world.providers).zip(&all) {
            let prevented = own.gained * state.upstream * upstream;
            let social = own.care + prevented - self.taken(provider, state, own, &pools);
            let free = 1.0 - select(is_at_limit(state), state.bound, Lanes::ZERO);
            sum += (own.private - social) * free * provider.size;
            keep_lanes_together();
        }
        sum * (1.0 / setup.total_size)
    }
}

impl Index<'_> {
    /// Worth of a unit of need met, by kind: what would have been met elsewhere if it had fallen on others is taken off.
    #[inline(always)]
    fn worth_of_care(&self) -> Vec<Lanes> {
        let Self { setup, world, .. } = self;
        let mut all = Vec::with_capacity(setup.kinds.len());
        for kind in &setup.kinds {
            let mut worth = Lanes::all(kind.worth);
            for spill in kind.need.iter().flat_map(|need| &need.spills) {
                let to = &setup.kinds[spill.to];
                let mut spare = Lanes::ZERO;
                for index in to.members.clone() {
                    spare += meets_all(&world.providers[index]).number();
                }
                worth -= spare * (spill.share * spill.becomes * to.worth / to.members.len() as f64);
            }
            all.push(worth);
        }
        all
    }

    /// Worth of a unit of upstream effort: the need that it will prevent for all who cannot meet theirs.
    #[inline(always)]
    fn worth_of_upstream(&self) -> Lanes {
        let Self { setup, world, .. } = self;
        let Some(upstream) = &setup.upstream else { return Lanes::ZERO };
        let mut prevented = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            let kind = setup.kind(provider);
            let relief = kind.need.as_ref().map_or(0.0, |need| need.relief);
            let unmet = 1.0 - meets_all(state).number();
            prevented += unmet * state.need_new * (provider.size * relief * kind.worth);
            keep_lanes_together();
        }
        let built = upstream.productivity / (setup.total_size * upstream.decay.max(1e-6));
        world.place.upstream_margin * prevented * built
    }

    /// What one more unit of effort does to each pool, as it was in this step.
    #[inline(always)]
    fn margins(&self) -> Vec<Margin> {
        let Self { setup, world, before, shadow } = self;
        let more = MORE * setup.planned_effort;
        let mut margins = Vec::with_capacity(setup.pools.len());
        for (index, pool) in setup.pools.iter().enumerate() {
            let (pool, state) = (&pool.part, &before[index]);
            let mut effort = match &setup.outside {
                Some(outside) if outside.pool == index => world.place.outside_inside,
                _ => Lanes::ZERO,
            };
            for (provider, state) in setup.providers.iter().zip(&world.providers) {
                effort += state.level * (provider.size * setup.kind(provider).uses[index]);
            }
            let yields = pool.yield_per_effort(effort, state.stock);
            let crowded = pool.yield_per_effort(effort + more, state.stock);
            let loss = pool.loss_per_effort(yields, state.stock).max(Lanes::ZERO);
            let claimed = effort * loss;
            let drawn = ((effort + more) * pool.loss_per_effort(crowded, state.stock) - claimed) * (1.0 / more);
            let available = pool.available(state);
            let short = claimed.greater(available);
            margins.push(Margin {
                yield_per_effort: yields,
                crowding: (crowded - yields) * (1.0 / more),
                price: select(short, Lanes::ZERO, drawn * shadow.at(index, world.pools[index].stock)),
                short,
                supply: select(short, ratio(available, loss), Lanes::ZERO),
                worth: Lanes::ZERO,
                dependent: Lanes::ZERO,
            });
        }
        margins
    }

    /// What one more unit of claim does to the provider itself; adds its part to what its pools mean to all.
    #[inline(always)]
    fn own(&self, provider: &Provider, state: &ProviderState, pools: &mut [Margin], worth: Lanes) -> Own {
        let mut prospect = Prospect::now(self.setup, self.world, provider, state);
        let sanction = sanction(&prospect, state);
        (prospect.norm, prospect.breach, prospect.penalty) = (Lanes::ZERO, None, None); // a jump has no slope
        let kind = prospect.kind;
        let more = MORE * kind.plan;
        let (yields, crowded) = yields(&prospect, pools, more);
        let gained = state.granted * kept(&prospect, state, pools);
        let work = prospect.work(state.level, state.upstream, yields);
        prospect.granted = ratio(state.level * state.granted + gained * more, state.level + more);
        let after = prospect.work(state.level + more, state.upstream, crowded);
        let (now, then) = (prospect.worth(state.level, &work), prospect.worth(state.level + more, &after));
        let slope = |from: Lanes, to: Lanes| (to - from) * (1.0 / more);
        let (good, useful) = match &kind.need {
            Some(_) => (slope(work.met, after.met), 1.0 - meets_all(state).number()),
            None => (slope(work.delivered, after.delivered), Lanes::ONE),
        };
        let care = good * worth - slope(now.cost, then.cost);
        let none = gained.at_most(Lanes::ZERO);
        let per_effort = select(none, Lanes::ZERO, care / select(none, Lanes::ONE, gained));
        let time = work.effort * (1.0 - state.upstream) * prospect.attention;
        let own = Own {
            private: slope(now.utility, then.utility) - sanction,
            care,
            gained,
            worth: per_effort * work.effort * provider.size,
            dependent: useful * time * worth * provider.size,
        };
        for (pool, uses) in pools.iter_mut().zip(&kind.uses) {
            if *uses > 0.0 {
                pool.worth += own.worth;
                pool.dependent += select(pool.yield_per_effort.equals(yields), own.dependent, Lanes::ZERO);
            }
        }
        own
    }

    /// What one more unit of claim takes from others, now and later.
    #[inline(always)]
    fn taken(&self, provider: &Provider, state: &ProviderState, own: &Own, pools: &[Margin]) -> Lanes {
        let mut taken = Lanes::ZERO;
        let kind = self.setup.kind(provider);
        let least = least_yield(kind, pools);
        for (pool, uses) in pools.iter().zip(&kind.uses).filter(|(_, uses)| **uses > 0.0) {
            let part = select(pool.yield_per_effort.equals(least), own.dependent, Lanes::ZERO);
            let crowded_out = (part - pool.dependent) * pool.crowding;
            let others = (pool.supply - state.effort() * (provider.size * *uses)).max(Lanes::ZERO);
            let alone = others.at_most(Lanes::ZERO) | !pool.short;
            let rationed = select(alone, Lanes::ZERO, (pool.worth - own.worth) / select(alone, Lanes::ONE, others));
            taken += (crowded_out + pool.price * state.granted + rationed * own.gained) * *uses;
        }
        taken
    }
}

/// What one more unit of claim costs in conscience and in fines expected.
#[inline(always)]
fn sanction(prospect: &Prospect<'_>, state: &ProviderState) -> Lanes {
    let tolerated = (state.level - state.agreed).less(state.agreed * prospect.tolerance);
    let penalty = prospect.penalty.map_or(Lanes::ZERO, |penalty| select(tolerated, Lanes::ZERO, penalty));
    select(is_at_limit(state), prospect.norm + penalty, Lanes::ZERO)
}

/// Where a provider claims as much as it has been allotted, or more.
#[inline(always)]
fn is_at_limit(state: &ProviderState) -> Mask {
    state.level.at_least(state.agreed * JUST_BELOW)
}

/// Where a provider met all its need, so that more effort would meet no more.
#[inline(always)]
fn meets_all(state: &ProviderState) -> Mask {
    state.unmet.at_most(Lanes::ZERO)
}

/// The yield of a unit of effort as it was, and as it would be with one more claim.
#[inline(always)]
fn yields(prospect: &Prospect<'_>, pools: &[Margin], more: f64) -> (Lanes, Lanes) {
    let mut least = Lanes::all(f64::MAX);
    for (pool, uses) in pools.iter().zip(&prospect.kind.uses).filter(|(_, uses)| **uses > 0.0) {
        least = least.min(pool.yield_per_effort + pool.crowding * (more * prospect.size * *uses));
    }
    let none = least.equals(Lanes::all(f64::MAX));
    (least_yield(prospect.kind, pools), select(none, Lanes::ONE, least))
}

/// The yield of a unit of effort in the scarcest pool of a kind; one where no pool stands in its way.
#[inline(always)]
fn least_yield(kind: &Kind, pools: &[Margin]) -> Lanes {
    let mut least = Lanes::all(f64::MAX);
    for (pool, _) in pools.iter().zip(&kind.uses).filter(|(_, uses)| **uses > 0.0) {
        least = least.min(pool.yield_per_effort);
    }
    select(least.equals(Lanes::all(f64::MAX)), Lanes::ONE, least)
}

/// Share of one more claim that is not taken off again because a pool is short: the less, the more of it one has already.
#[inline(always)]
fn kept(prospect: &Prospect<'_>, state: &ProviderState, pools: &[Margin]) -> Lanes {
    let mut kept = Lanes::ONE;
    for (pool, uses) in pools.iter().zip(&prospect.kind.uses).filter(|(_, uses)| **uses > 0.0) {
        let own = ratio(state.effort() * (prospect.size * *uses), pool.supply).min(Lanes::ONE);
        let rationed = pool.short & state.granted.less(Lanes::ONE);
        kept = kept.min(select(rationed, 1.0 - own, Lanes::ONE));
    }
    kept
}
