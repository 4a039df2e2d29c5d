//! What all providers share besides the pools: what is known, agreed, owed and under way, for what rides in the lanes.

use crate::lanes::{Lanes, Mask, select};
use crate::rows::{Total, totals};

/// What all providers share besides the pools.
#[derive(Clone, Debug)]
pub struct Place {
    /// What all members of a kind have in common, one a kind.
    pub kinds: Vec<Common>,
    /// Stock of upstream work done.
    pub upstream: Lanes,
    /// Need prevented, as a share of it, by one more unit of that stock.
    pub upstream_margin: Lanes,
    /// Share by which upstream work lowers need in this step, at most.
    pub relief: Lanes,
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
}

/// What all members of a kind have in common in a step. Quantities of care and money are per unit of size.
#[derive(Clone, Debug)]
pub struct Common {
    /// Yield of a unit of effort.
    pub yields: Lanes,
    /// Share of their claims that the pools grant.
    pub granted: Lanes,
    /// Share of their income that the payer can pay.
    pub funded: Lanes,
    /// Share of working time left for care.
    pub attention: Lanes,
    /// Share of working time lost between memberships of groups.
    pub attention_divided: Lanes,
    /// How far they sit at the table, 0 to 1.
    pub inside: Lanes,
    /// Chance that what one does is checked.
    pub checked: Lanes,
    /// Share of the norm's full force that what is allotted has.
    pub force: Lanes,
    /// Level allotted: their plan, a quota or what was agreed; where it is shared by need, each has its own.
    pub agreed: Lanes,
    /// Share of an excess that they have ceded the right to.
    pub bound: Lanes,
    /// Upstream share allotted.
    pub agreed_upstream: Lanes,
    /// Factor by which need is multiplied in this step.
    pub surge: Lanes,
    /// Need that other kinds let fall on each of them in the last step.
    pub received: Lanes,
    /// Need that other kinds have let fall on each of them for the next step.
    pub arriving: Lanes,
    /// Effort claimed by all of them together, in units of effort.
    pub effort: Lanes,
    /// How many of them were in breach of their share in this step.
    pub breaches: Lanes,
    /// What they claim from their payer together, in money.
    pub claims: Lanes,
    /// What they delivered and needed together.
    pub flows: Flows,
    /// What they earned together.
    pub money: Money,
    /// Position of the payment in force.
    pub regime: usize,
    /// Prices against those at the start of the payment in force.
    pub price_index: f64,
    /// Costs against those of the first step.
    pub cost_index: f64,
}

totals! {
    /// Sums over all members of a kind of what their effort came to in a step, in units of care and money.
    pub struct Flows {
        /// Yield delivered.
        delivered,
        /// Need met.
        met,
        /// Need to be met, waiting need included.
        need,
        /// New need.
        need_new,
        /// Need not met.
        unmet,
        /// Effort spent on upstream work.
        built,
        /// Claims on the payer.
        claims,
        /// Cost of effort.
        cost,
    }
}

totals! {
    /// Sums over all members of a kind of what they had earned and felt when a step was settled.
    pub struct Money {
        /// Income, with any bonus.
        income,
        /// Income that the payer could not pay.
        unpaid,
        /// Bonus.
        bonus,
        /// Margins, but for what all providers receive alike.
        margin,
        /// Fines.
        fines,
        /// How far they are in dispute, each counted as one.
        disputes,
        /// Trust, each counted as one.
        trust,
    }
}

/// What members have decided together.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Total, in multiples of the sum of all plans.
    pub total: Lanes,
    /// Share of effort to be spent on upstream work.
    pub upstream: Lanes,
    /// One if the total is shared by need, nought if by plan.
    pub by_need: Lanes,
}

/// A decision that is not yet in force.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Position of the option; negative if nothing is pending.
    pub option: Lanes,
    /// The decision itself.
    pub decision: Decision,
    /// Steps until it is in force.
    pub due: Lanes,
}

/// What a nested group has decided for its members.
#[derive(Clone, Debug)]
pub struct GroupQuota {
    /// Total in force, in multiples of its members' plans; 1 before there is one.
    pub total: Lanes,
    /// Total that is not yet in force; negative if nothing is pending.
    pub pending: Lanes,
    /// Steps until it is.
    pub due: Lanes,
}

/// What members pool of their results, per unit of the members' size.
#[derive(Clone, Debug)]
pub struct Pooling {
    /// Share of its result that a full member pools.
    pub share: Lanes,
    /// The members' mean result in the last step.
    pub result: Lanes,
    /// The result that the payer expects: to break even, until a contract is renewed.
    pub expected: Lanes,
    /// Sum of results since the contract began.
    pub achieved: Lanes,
    /// Sum of the members' sizes, so far as they sit at the table.
    pub size: Lanes,
    /// Number of members, so far as they sit at the table.
    pub members: Lanes,
    /// Money that the members have handed to the payer in this step, negative if they received it.
    pub returned: Lanes,
}

/// Those who were seen to keep to the norm in a step.
#[derive(Clone, Copy, Debug)]
pub struct Keepers {
    /// How many they are.
    pub count: Lanes,
    /// Sum of their utilities, each per unit of its size.
    pub utility: Lanes,
}

/// What all providers together spend and earn in a step, in money, and the contract of the prime.
#[derive(Clone, Debug)]
pub struct Books {
    /// Cost of effort.
    pub spending: Lanes,
    /// Income before any bonus.
    pub income: Lanes,
    /// Yield delivered, in units of yield.
    pub delivered: Lanes,
    /// The contract of the prime.
    pub contract: Contract,
}

/// How the contract of a prime stands, in money.
#[derive(Clone, Debug)]
pub struct Contract {
    /// What the holder pays the others in this step.
    pub paid: Lanes,
    /// What is left of its reserve, with the margins since the contract began.
    pub reserve: Lanes,
    /// One where the contract has failed.
    pub failed: Lanes,
    /// Step at whose end it failed; negative where it has not.
    pub failed_at: Lanes,
    /// Prices of the fallback against those at the start of the contract.
    pub fallback_index: f64,
}

/// What stands for a decision where there is none.
const NOTHING: Lanes = Lanes::all(-1.0);

impl Common {
    /// Before the first step, for a kind with this plan.
    pub(crate) fn begin(plan: f64) -> Self {
        Self {
            yields: Lanes::ONE,
            granted: Lanes::ONE,
            funded: Lanes::ONE,
            attention: Lanes::ONE,
            attention_divided: Lanes::ZERO,
            inside: Lanes::ONE,
            checked: Lanes::ZERO,
            force: Lanes::ONE,
            agreed: Lanes::all(plan),
            bound: Lanes::ZERO,
            agreed_upstream: Lanes::ZERO,
            surge: Lanes::ONE,
            received: Lanes::ZERO,
            arriving: Lanes::ZERO,
            effort: Lanes::ZERO,
            breaches: Lanes::ZERO,
            claims: Lanes::ZERO,
            flows: Flows::NONE,
            money: Money::NONE,
            regime: 0,
            price_index: 1.0,
            cost_index: 1.0,
        }
    }
}

impl Decision {
    /// All as planned.
    pub(crate) const AS_PLANNED: Self = Self { total: Lanes::ONE, upstream: Lanes::ZERO, by_need: Lanes::ZERO };
}

impl Pending {
    /// Nothing is on its way.
    pub(crate) const NONE: Self = Self { option: NOTHING, decision: Decision::AS_PLANNED, due: Lanes::ZERO };
}

impl GroupQuota {
    /// None before a group has decided.
    pub(crate) const NONE: Self = Self { total: Lanes::ONE, pending: NOTHING, due: Lanes::ZERO };

    #[inline(always)]
    fn take_effect(&mut self) {
        let arrives = self.pending.at_least(Lanes::ZERO) & self.due.at_most(Lanes::ZERO);
        self.total = select(arrives, self.pending, self.total);
        self.pending = select(arrives, NOTHING, self.pending);
        self.due -= 1.0;
    }
}

impl Pooling {
    /// Before the first step.
    pub(crate) const NONE: Self = Self {
        share: Lanes::ZERO,
        result: Lanes::ZERO,
        expected: Lanes::ZERO,
        achieved: Lanes::ZERO,
        size: Lanes::ONE,
        members: Lanes::ONE,
        returned: Lanes::ZERO,
    };
}

impl Keepers {
    /// Nobody, which is how a run begins.
    pub const NONE: Self = Self { count: Lanes::ZERO, utility: Lanes::ZERO };
}

impl Books {
    /// Before the first step, with that reserve of the prime.
    pub(crate) fn begin(reserve: f64) -> Self {
        Self {
            spending: Lanes::ZERO,
            income: Lanes::ZERO,
            delivered: Lanes::ZERO,
            contract: Contract {
                paid: Lanes::ZERO,
                reserve: Lanes::all(reserve),
                failed: Lanes::ZERO,
                failed_at: NOTHING,
                fallback_index: 1.0,
            },
        }
    }
}

impl Contract {
    /// The margin of the holder goes to its reserve; where that is gone the contract fails, for good.
    #[inline(always)]
    pub(crate) fn close(&mut self, margin: Lanes, step: u32) {
        let stands = self.failed.at_most(Lanes::ZERO);
        self.reserve = select(stands, self.reserve + margin, self.reserve);
        let fails = stands & self.reserve.less(Lanes::ZERO);
        self.failed = select(fails, Lanes::ONE, self.failed);
        self.failed_at = select(fails, Lanes::all(f64::from(step)), self.failed_at);
    }
}

impl Place {
    /// What was decided comes into force when it is due.
    #[inline(always)]
    pub(crate) fn take_effect(&mut self) {
        let Pending { option, decision, due } = &mut self.pending;
        let arrives = option.at_least(Lanes::ZERO) & due.at_most(Lanes::ZERO);
        self.decided = select(arrives, *option, self.decided);
        self.decision.total = select(arrives, decision.total, self.decision.total);
        self.decision.upstream = select(arrives, decision.upstream, self.decision.upstream);
        self.decision.by_need = select(arrives, decision.by_need, self.decision.by_need);
        self.carried = select(arrives, Lanes::ONE, self.carried);
        *option = select(arrives, NOTHING, *option);
        *due -= 1.0;
        for quota in &mut self.group_quotas {
            quota.take_effect();
        }
    }

    /// What was decided lapses, and so does what was about to come into force.
    pub(crate) fn lapse(&mut self, lapses: Mask) {
        self.decided = select(lapses, NOTHING, self.decided);
        self.pending.option = select(lapses, NOTHING, self.pending.option);
        for quota in &mut self.group_quotas {
            quota.pending = select(lapses, NOTHING, quota.pending);
        }
    }

    /// Weight in trust and ostracism of what is seen of those who count to the place.
    #[inline(always)]
    pub(crate) fn seen_by_all(&self) -> Lanes {
        self.publicity * self.counted
    }

    /// Money for a rule, out of a pool or from the members.
    #[inline(always)]
    pub(crate) fn spend(&mut self, from: Option<usize>, money: Lanes) {
        match from {
            Some(pool) => self.spent_on_rules[pool] += money,
            None => self.governance += money,
        }
    }

    /// Before the first step, with these kinds, pools (stock and capacity known), groups and shocks.
    pub(crate) fn begin(shape: Shape<'_>) -> Self {
        let Shape { plans, stocks, groups, shocks, outside, upstream_margin, reserve, first_belief, first_level } = shape;
        let pools = stocks.len();
        Self {
            kinds: plans.iter().map(|plan| Common::begin(*plan)).collect(),
            upstream: Lanes::ZERO,
            upstream_margin,
            relief: Lanes::ZERO,
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
        }
    }
}

/// What a place begins with.
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
    /// Need prevented by the first unit of upstream work.
    pub(crate) upstream_margin: Lanes,
    /// Reserve of the prime.
    pub(crate) reserve: f64,
    /// What all believe of the others' level, in multiples of their plans.
    pub(crate) first_belief: f64,
    /// What all do on average before the first step, in multiples of their plans.
    pub(crate) first_level: f64,
}
