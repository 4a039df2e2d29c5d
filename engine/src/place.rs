//! What all providers share besides the pools: what is known, agreed, owed and under way, for what rides in the lanes.

mod agreement;
mod common;
mod money;
mod shift;
mod upstream;

pub use agreement::{Decision, GroupQuota, Pending};
pub(crate) use common::Work;
pub use common::{Banked, Common, Money, Output};
pub use money::{Books, Claimed, Contract, Keepers, Pooling};
pub use shift::Shift;
pub use upstream::UpstreamStock;

use crate::lanes::Lanes;
use crate::prospects::Prospects;
pub(crate) use agreement::NOTHING;
use std::mem::take;

/// What all providers share besides the pools.
#[derive(Clone, Debug)]
pub struct Place {
    /// What all members of a kind have in common, one a kind.
    pub kinds: Vec<Common>,
    /// Stocks of upstream work: that of the place, then one of each kind that prevents something itself; none without such work.
    pub upstream: Vec<UpstreamStock>,
    /// Effort of users from outside who would use the pool.
    pub outside: Lanes,
    /// Part of it that gets in.
    pub outside_inside: Lanes,
    /// Share of working time that shocks take, for this step.
    pub lost_attention: Lanes,
    /// Share of working time that leaders give to the system, for this step.
    pub attention_led: Lanes,
    /// Chance that what a provider does is seen, for this step.
    pub coverage: Lanes,
    /// How much weight what is seen has in trust and beliefs: coverage, if all get to know it.
    pub publicity: Lanes,
    /// Standard error of what is seen.
    pub noise: Lanes,
    /// Mean age of what is known of the pool.
    pub lag: Lanes,
    /// Part of an excess that is kept out of the measured figures.
    pub hidden: Lanes,
    /// Share of the members' activity that counts to the place.
    pub counted: Lanes,
    /// What is known of each pool's stock.
    pub seen: Vec<Lanes>,
    /// The outlook of each pool from what is known of its stock, where anybody has patience.
    pub prospects: Vec<Prospects>,
    /// Weight of the shared vision against what has been seen.
    pub vision: Lanes,
    /// Steps' worth of full sight of each other so far.
    pub evidence: Lanes,
    /// Part of it that members have talked over since, which no longer weighs against the vision.
    pub talked_over: Lanes,
    /// Steps until there is a leader again.
    pub vacancy: Lanes,
    /// Steps for which an override from the national level still lasts.
    pub override_left: Lanes,
    /// Steps for which a reorganisation from the national level still lasts.
    pub reorganisation_left: Lanes,
    /// Utility lost per unit of need that is missing to a target of one's own.
    pub pressure: Lanes,
    /// What members pool of their results.
    pub pooling: Pooling,
    /// Fine per unit of excess seen, for a first offence.
    pub fine: Lanes,
    /// By how much the fine rises with each offence not yet forgiven, as a share.
    pub rise: Lanes,
    /// Share of what was agreed that holds in this step: 0 while it is overridden.
    pub standing: Lanes,
    /// Position of the option that the members have decided on; negative before there is one.
    pub decided: Lanes,
    /// What they have decided.
    pub decision: Decision,
    /// What they have decided and is not yet in force.
    pub pending: Pending,
    /// Share of what was decided that is carried out.
    pub carried: Lanes,
    /// What each nested group has decided.
    pub group_quotas: Vec<GroupQuota>,
    /// Steps for which each shock still lasts.
    pub shock_left: Vec<Lanes>,
    /// Total claim on the yield of each pool.
    pub efforts: Vec<Lanes>,
    /// Yield per effort of each pool.
    pub yields: Vec<Lanes>,
    /// What all did on average in this step, in multiples of their plans.
    pub level: Lanes,
    /// What all did on average over the last year, where that is what they are held to: total and upstream share.
    pub usual: Option<Decision>,
    /// Need met across the place in this step, in units of care.
    pub met: Lanes,
    /// Need across the place in this step, in units of care.
    pub need: Lanes,
    /// Share of those at the table who were in breach of their share in this step.
    pub breaches: Lanes,
    /// What the rules cost the members in money in this step.
    pub governance: Lanes,
    /// Fines of this step, in money.
    pub fines: Lanes,
    /// What each unit of size receives of the fines, less what it pays for governance.
    pub dividend: Lanes,
    /// What each unit of size has received so far of the fines, less what it paid for governance, over all steps.
    pub dividends: Lanes,
    /// Sum over all providers of how far they are in dispute.
    pub disputes: Lanes,
    /// What all spend and earn, where any payment looks at it.
    pub books: Books,
    /// Those who were seen to keep to the norm, where others are ostracised.
    pub keepers: Keepers,
    /// What all did on average in the last step, in multiples of their plans, where peers fine each other.
    pub conduct: Lanes,
    /// What peers spent on fining each other in this step and what they were fined, in money.
    pub peer_sanctions: Lanes,
    /// Paid out of each pool to providers in this step.
    pub paid: Vec<Lanes>,
    /// Spent on governance out of each pool in this step.
    pub spent_on_rules: Vec<Lanes>,
    /// What each kind has claimed in the year under way, where a commissioner looks at it.
    pub claimed: Vec<Claimed>,
    /// What has been spent on governance out of each pool in the year under way, where a commissioner looks at it.
    pub ruled: Vec<Lanes>,
}

impl Place {
    /// Weight in trust and ostracism of what is seen of those who count to the place.
    #[inline(always)]
    pub(crate) fn seen_by_all(&self) -> Lanes {
        self.publicity * self.counted
    }

    /// Back to what the place was first, in the same memory.
    pub(crate) fn begin_again(&mut self, first: &Self) {
        let Self {
            kinds,
            upstream,
            prospects,
            seen,
            group_quotas,
            shock_left,
            efforts,
            yields,
            paid,
            spent_on_rules,
            claimed,
            ruled,
            ..
        } = self;
        // What is not named here is copied: the compiler refuses a list that is forgotten.
        *self = Self {
            kinds: refilled(take(kinds), &first.kinds),
            upstream: refilled(take(upstream), &first.upstream),
            prospects: take(prospects), // read out anew before anybody looks
            seen: refilled(take(seen), &first.seen),
            group_quotas: refilled(take(group_quotas), &first.group_quotas),
            shock_left: refilled(take(shock_left), &first.shock_left),
            efforts: refilled(take(efforts), &first.efforts),
            yields: refilled(take(yields), &first.yields),
            paid: refilled(take(paid), &first.paid),
            spent_on_rules: refilled(take(spent_on_rules), &first.spent_on_rules),
            claimed: refilled(take(claimed), &first.claimed),
            ruled: refilled(take(ruled), &first.ruled),
            ..*first
        };
    }

    /// Before the first step, with these kinds, pools (stock and capacity known), groups and shocks.
    pub(crate) fn begin(shape: Shape<'_>) -> Self {
        let Shape {
            plans,
            stocks,
            groups,
            shocks,
            outside,
            upstream,
            reserve,
            first_belief,
            first_level,
            held_to_usual,
            prospects,
        } = shape;
        let pools = stocks.len();
        Self {
            kinds: plans.iter().map(|plan| Common::begin(*plan)).collect(),
            upstream,
            outside: Lanes::all(outside),
            outside_inside: Lanes::all(outside),
            lost_attention: Lanes::ZERO,
            attention_led: Lanes::ZERO,
            coverage: Lanes::ZERO,
            publicity: Lanes::ZERO,
            noise: Lanes::ZERO,
            lag: Lanes::ZERO,
            hidden: Lanes::ZERO,
            counted: Lanes::ONE,
            prospects,
            seen: stocks.iter().map(|stock| Lanes::all(*stock)).collect(),
            vision: Lanes::ZERO,
            evidence: Lanes::ZERO,
            talked_over: Lanes::ZERO,
            vacancy: Lanes::ZERO,
            override_left: Lanes::ZERO,
            reorganisation_left: Lanes::ZERO,
            pressure: Lanes::ZERO,
            pooling: Pooling::NONE,
            fine: Lanes::ZERO,
            rise: Lanes::ZERO,
            standing: Lanes::ONE,
            decided: NOTHING,
            decision: Decision::AS_PLANNED,
            pending: Pending::NONE,
            carried: Lanes::ONE,
            group_quotas: vec![GroupQuota::NONE; groups],
            shock_left: vec![Lanes::ZERO; shocks],
            efforts: vec![Lanes::ZERO; pools],
            yields: vec![Lanes::ONE; pools],
            level: Lanes::all(first_level),
            usual: held_to_usual.then(|| Decision { total: Lanes::all(first_level), ..Decision::AS_PLANNED }),
            met: Lanes::ZERO,
            need: Lanes::ZERO,
            breaches: Lanes::ZERO,
            governance: Lanes::ZERO,
            fines: Lanes::ZERO,
            dividend: Lanes::ZERO,
            dividends: Lanes::ZERO,
            disputes: Lanes::ZERO,
            books: Books::begin(reserve),
            keepers: Keepers::NONE,
            conduct: Lanes::all(first_belief),
            peer_sanctions: Lanes::ZERO,
            paid: vec![Lanes::ZERO; pools],
            spent_on_rules: vec![Lanes::ZERO; pools],
            claimed: Vec::new(),
            ruled: Vec::new(),
        }
    }
}

/// The same list again in memory that is there.
fn refilled<T: Copy>(mut list: Vec<T>, first: &[T]) -> Vec<T> {
    list.clear();
    list.extend_from_slice(first);
    list
}

/// What a place begins with.
#[derive(Clone, Debug)]
pub(crate) struct Shape<'a> {
    /// Planned level of each kind.
    pub(crate) plans: &'a [f64],
    /// First stock of each pool.
    pub(crate) stocks: &'a [f64],
    /// Number of nested groups.
    pub(crate) groups: usize,
    /// Number of shocks.
    pub(crate) shocks: usize,
    /// Effort of users from outside.
    pub(crate) outside: f64,
    /// The stocks of upstream work.
    pub(crate) upstream: Vec<UpstreamStock>,
    /// Reserve of the prime.
    pub(crate) reserve: f64,
    /// What all believe of the others' level, in multiples of their plans.
    pub(crate) first_belief: f64,
    /// What all do on average before the first step, in multiples of their plans.
    pub(crate) first_level: f64,
    /// Whether all are held to what they usually do.
    pub(crate) held_to_usual: bool,
    /// Room for the outlook of each pool.
    pub(crate) prospects: Vec<Prospects>,
}
