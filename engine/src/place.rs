//! What all providers share besides the pools: what is known, agreed, owed and under way, for sixteen runs side by side.

use super::books::Books;
use super::lanes::{Lanes, Mask, select};
use super::rule::{Keepers, Pooling};
use super::setup::Setup;

/// What all providers share besides the pools.
#[derive(Clone, Debug)]
pub struct Place {
    /// Stock of upstream work done.
    pub upstream: Lanes,
    /// Need prevented, as a share of it, by one more unit of that stock.
    pub upstream_margin: Lanes,
    /// Effort of users from outside who would use the pool.
    pub outside: Lanes,
    /// Part of it that gets in.
    pub outside_inside: Lanes,
    /// Yield of a unit of effort in this step, one a kind.
    pub yields: Vec<Lanes>,
    /// Share of working time left for care in this step, one a kind.
    pub attention: Vec<Lanes>,
    /// Share of working time that shocks take, for this step.
    pub lost_attention: Lanes,
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
    /// How far each kind sits at the table, 0 to 1.
    pub inside: Vec<Lanes>,
    /// Chance that what a provider does is checked in this step, one a kind.
    pub checked: Vec<Lanes>,
    /// Share of the norm's full force that what is allotted has, one a kind.
    pub force: Vec<Lanes>,
    /// Weight of the shared vision against what has been seen.
    pub vision: Lanes,
    /// Steps' worth of full sight of each other so far.
    pub evidence: Lanes,
    /// Part of it that members have talked over since, which no longer weighs against the vision.
    pub talked_over: Lanes,
    /// Share of working time that leaders give to the system, for this step.
    pub attention_led: Lanes,
    /// Share of working time lost between memberships of groups in this step, one a kind.
    pub attention_divided: Vec<Lanes>,
    /// Steps until there is a leader again.
    pub vacancy: Lanes,
    /// Steps for which an override from the national level still lasts.
    pub override_left: Lanes,
    /// Steps for which a reorganisation from the national level still lasts.
    pub reorganisation_left: Lanes,
    /// Utility lost per unit of need that is missing to a target of one's own.
    pub pressure: Lanes,
    /// Providers in breach of their share in this step, one sum a kind.
    pub breaches: Vec<Lanes>,
    /// What members pool of their results.
    pub pooling: Pooling,
    /// Fine per unit of excess seen, for a first offence.
    pub fine: Lanes,
    /// By how much the fine rises with each offence not yet forgiven, as a share.
    pub rise: Lanes,
    /// What is known of each pool's stock.
    pub seen: Vec<Lanes>,
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
    /// Factor by which need is multiplied in this step, one a kind.
    pub surge: Vec<Lanes>,
    /// Steps for which each shock still lasts.
    pub shock_left: Vec<Lanes>,
    /// Position of the payment in force, one a kind.
    pub regime: Vec<usize>,
    /// Prices against those at the start of the payment in force, one a kind.
    pub price_index: Vec<f64>,
    /// Costs against those of the first step, one a kind.
    pub cost_index: Vec<f64>,
    /// Share by which upstream work lowers need in this step, at most.
    pub relief: Lanes,
    /// Need met across the place in this step, in units of care.
    pub met: Lanes,
    /// Need across the place in this step, in units of care.
    pub need: Lanes,
    /// What the rules cost the members in money in this step.
    pub governance: Lanes,
    /// Fines of this step, in money.
    pub fines: Lanes,
    /// What each unit of size receives of the fines, less what it pays for governance.
    pub dividend: Lanes,
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

impl GroupQuota {
    const NONE: Self = Self { total: Lanes::ONE, pending: NOTHING, due: Lanes::ZERO };

    #[inline(always)]
    fn take_effect(&mut self) {
        let arrives = self.pending.at_least(Lanes::ZERO) & self.due.at_most(Lanes::ZERO);
        self.total = select(arrives, self.pending, self.total);
        self.pending = select(arrives, NOTHING, self.pending);
        self.due -= 1.0;
    }
}

/// What stands for a decision where there is none.
const NOTHING: Lanes = Lanes::all(-1.0);

impl Place {
    /// What was decided comes into force when it is due.
    #[inline(always)]
    pub fn take_effect(&mut self) {
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
    pub fn lapse(&mut self, lapses: Mask) {
        self.decided = select(lapses, NOTHING, self.decided);
        self.pending.option = select(lapses, NOTHING, self.pending.option);
        for quota in &mut self.group_quotas {
            quota.pending = select(lapses, NOTHING, quota.pending);
        }
    }

    pub(super) fn begin(setup: &Setup) -> Self {
        let outside = Lanes::all(setup.outside.map_or(0.0, |outside| outside.effort));
        let (pools, kinds) = (setup.pools.len(), setup.kinds.len());
        let decision = Decision { total: Lanes::ONE, upstream: Lanes::ZERO, by_need: Lanes::ZERO };
        Self {
            upstream: Lanes::ZERO,
            upstream_margin: setup.upstream.map_or(Lanes::ZERO, |upstream| upstream.marginal_relief(Lanes::ZERO)),
            outside,
            outside_inside: outside,
            yields: vec![Lanes::ONE; kinds],
            attention: vec![Lanes::ONE; kinds],
            lost_attention: Lanes::ZERO,
            coverage: Lanes::ZERO,
            publicity: Lanes::ZERO,
            noise: Lanes::ZERO,
            lag: Lanes::ZERO,
            hidden: Lanes::ZERO,
            counted: Lanes::ONE,
            inside: vec![Lanes::ONE; kinds],
            checked: vec![Lanes::ZERO; kinds],
            force: vec![Lanes::ONE; kinds],
            vision: Lanes::ZERO,
            evidence: Lanes::ZERO,
            talked_over: Lanes::ZERO,
            attention_led: Lanes::ZERO,
            attention_divided: vec![Lanes::ZERO; kinds],
            vacancy: Lanes::ZERO,
            override_left: Lanes::ZERO,
            reorganisation_left: Lanes::ZERO,
            pressure: Lanes::ZERO,
            breaches: vec![Lanes::ZERO; kinds],
            pooling: Pooling::NONE,
            fine: Lanes::ZERO,
            rise: Lanes::ZERO,
            seen: setup.pools.iter().map(|pool| Lanes::all(pool.part.capacity * pool.part.start)).collect(),
            standing: Lanes::ONE,
            decided: NOTHING,
            pending: Pending { option: NOTHING, decision: decision.clone(), due: Lanes::ZERO },
            decision,
            carried: Lanes::ONE,
            group_quotas: vec![GroupQuota::NONE; setup.rules.groups.len()],
            surge: vec![Lanes::ONE; kinds],
            shock_left: vec![Lanes::ZERO; setup.shocks.len()],
            regime: vec![0; kinds],
            price_index: vec![1.0; kinds],
            cost_index: vec![1.0; kinds],
            relief: Lanes::ZERO,
            met: Lanes::ZERO,
            need: Lanes::ZERO,
            governance: Lanes::ZERO,
            fines: Lanes::ZERO,
            dividend: Lanes::ZERO,
            books: Books::begin(setup),
            keepers: Keepers::NONE,
            conduct: Lanes::all(setup.society.first_belief),
            peer_sanctions: Lanes::ZERO,
            paid: vec![Lanes::ZERO; pools],
            spent_on_rules: vec![Lanes::ZERO; pools],
        }
    }
}
