//! The state of sixteen runs side by side: every changing number is one `Lanes`.

use super::behaviour::Behaviour;
use super::books::Books;
use super::dice::Stream;
use super::lanes::{Lanes, Mask, select};
use super::pool::PoolState;
use super::rule::{Keepers, Pooling};
use super::setup::Setup;

/// Everything that changes from step to step.
#[derive(Clone, Debug)]
pub struct World {
    /// Pools, in the order of the setup.
    pub pools: Vec<PoolState>,
    /// Providers, in the order of the setup.
    pub providers: Vec<ProviderState>,
    /// Attractions of all learners, one an action.
    pub attractions: Vec<Lanes>,
    /// Levels that best responders have settled on for the next step, one a provider; empty where there are none.
    pub aims: Vec<Lanes>,
    /// What all share besides the pools.
    pub place: Place,
    /// Room to work in.
    pub room: Room,
}

/// One provider. Quantities of care and money are per unit of its size.
#[derive(Clone, Debug)]
pub struct ProviderState {
    /// Level of effort claimed.
    pub level: Lanes,
    /// Share of it meant for upstream work.
    pub upstream: Lanes,
    /// Position of the action taken.
    pub choice: Lanes,
    /// Weight of experience (learners), the same in every lane.
    pub experience: f64,
    /// New need of this step, before what has been waiting.
    pub need_new: Lanes,
    /// Need that came over from other kinds.
    pub need_received: Lanes,
    /// Need that has been waiting.
    pub backlog: Lanes,
    /// Unmet need of this step that will wait for the next.
    pub unmet_backlog: Lanes,
    /// Need that other kinds have let fall on it for the next step.
    pub arriving: Lanes,
    /// Share of its claim that the pools grant.
    pub granted: Lanes,
    /// Yield of a unit of effort.
    pub yield_per_effort: Lanes,
    /// Share of its income that the payer can pay.
    pub funded: Lanes,
    /// Effort exerted.
    pub effort: Lanes,
    /// Yield delivered.
    pub delivered: Lanes,
    /// Need met.
    pub met: Lanes,
    /// Unmet need that has fallen on others.
    pub spilled: Lanes,
    /// Unmet need that was lost.
    pub lost: Lanes,
    /// Income of the step, with any bonus.
    pub income: Lanes,
    /// Bonus of the step.
    pub bonus: Lanes,
    /// Income of the step that the payer could not pay.
    pub unpaid: Lanes,
    /// Cost of effort of the step.
    pub cost: Lanes,
    /// Income less cost, levies and fines, of the step.
    pub margin: Lanes,
    /// Effort above the level allotted.
    pub excess: Lanes,
    /// Level allotted: its plan, a quota or what was agreed.
    pub agreed: Lanes,
    /// Share of an excess that it has ceded the right to.
    pub bound: Lanes,
    /// Upstream share allotted.
    pub agreed_upstream: Lanes,
    /// Trust in the others, 0 to 1.
    pub trust: Lanes,
    /// Believed level of the others, in multiples of their plans.
    pub belief: Lanes,
    /// Perceived chance of being caught.
    pub risk: Lanes,
    /// Offences not yet forgiven.
    pub offences: Lanes,
    /// Fine of the step.
    pub fine: Lanes,
    /// Whether it was fined in this step: one or nought.
    pub fined: Lanes,
    /// How far it is in dispute with the others, 0 to 1.
    pub dispute: Lanes,
    /// What pooled finance brought it in this step, less what it gave up.
    pub settlement: Lanes,
    /// Utility of the step.
    pub utility: Lanes,
}

/// What all providers share besides the pools.
#[derive(Clone, Debug)]
pub struct Place {
    /// Stock of upstream work done.
    pub upstream: Lanes,
    /// Effort of users from outside who would use the pool.
    pub outside: Lanes,
    /// Part of it that gets in.
    pub outside_inside: Lanes,
    /// Share of working time left for care, for this step.
    pub attention: Lanes,
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
    /// Share of working time that leaders give to the system, for this step.
    pub attention_led: Lanes,
    /// Share of working time lost between memberships of groups, for this step.
    pub attention_divided: Lanes,
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
    /// The total of each nested group, in multiples of its members' plans.
    pub group_totals: Vec<Lanes>,
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
    /// What all spend and earn, where any payment looks at it.
    pub books: Books,
    /// Those who were seen to keep to the norm, where others are ostracised.
    pub keepers: Keepers,
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

/// Room to work in, so that a step allocates nothing.
#[derive(Clone, Debug)]
pub struct Room {
    /// One uniform draw a provider for each purpose in `Setup::streams`, one purpose after the other.
    pub draws: Vec<Lanes>,
    /// One claim a provider and one for the outside.
    pub claims: Vec<Lanes>,
    /// Share granted of each claim.
    pub shares: Vec<Lanes>,
    /// One weight or utility an action.
    pub worth: Vec<Lanes>,
    /// Total claim on the yield of each pool.
    pub efforts: Vec<Lanes>,
    /// Yield per effort of each pool.
    pub yields: Vec<Lanes>,
}

impl Room {
    /// The draws for a purpose, one a provider; none if the scenario has no use for them.
    #[inline(always)]
    pub fn draws(&self, setup: &Setup, stream: Stream) -> &[Lanes] {
        let count = setup.providers.len();
        match setup.streams.iter().position(|other| *other == stream) {
            Some(position) => &self.draws[position * count..(position + 1) * count],
            None => &[],
        }
    }
}

impl World {
    /// The world before the first step.
    pub fn begin(setup: &Setup) -> Self {
        let count = setup.providers.len();
        let actions = setup.kinds.iter().map(|kind| kind.actions.len()).max().unwrap_or(0);
        Self {
            pools: setup.pools.iter().map(|pool| pool.part.begin()).collect(),
            providers: setup.providers.iter().map(|provider| ProviderState::begin(setup, provider)).collect(),
            attractions: first_attractions(setup),
            aims: first_aims(setup),
            place: Place::begin(setup),
            room: Room {
                draws: vec![Lanes::ZERO; count * setup.streams.len()],
                claims: vec![Lanes::ZERO; count + 1],
                shares: vec![Lanes::ZERO; count + 1],
                worth: vec![Lanes::ZERO; actions],
                efforts: vec![Lanes::ZERO; setup.pools.len()],
                yields: vec![Lanes::ZERO; setup.pools.len()],
            },
        }
    }
}

/// Best responders begin with the listed level that is nearest to their start.
fn first_aims(setup: &Setup) -> Vec<Lanes> {
    if !setup.responds {
        return Vec::new();
    }
    setup
        .providers
        .iter()
        .map(|provider| setup.kind(provider).action(ProviderState::begin(setup, provider).choice).0)
        .collect()
}

fn first_attractions(setup: &Setup) -> Vec<Lanes> {
    let mut all = Vec::new();
    for provider in &setup.providers {
        if let Behaviour::Learner(learner) = &provider.behaviour {
            let kind = setup.kind(provider);
            all.extend(kind.actions.iter().map(|action| learner.first_attraction(*action, kind.plan)));
        }
    }
    all
}

impl ProviderState {
    fn begin(setup: &Setup, provider: &super::setup::Provider) -> Self {
        let kind = setup.kind(provider);
        let (level, upstream) = match &provider.behaviour {
            Behaviour::Fixed(constant) => (constant.level, constant.upstream),
            _ => (kind.start.clamp(kind.levels.0, kind.levels.1), kind.actions[0].upstream),
        };
        let nearest = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
        let distances = kind.actions.iter().map(|action| libm::fabs(action.level - level)).enumerate();
        let choice = distances.min_by(nearest).map_or(0, |(index, _)| index);
        Self {
            level: Lanes::all(level),
            upstream: Lanes::all(upstream),
            choice: Lanes::all(choice as f64),
            experience: 1.0,
            need_new: Lanes::ZERO,
            need_received: Lanes::ZERO,
            backlog: Lanes::ZERO,
            unmet_backlog: Lanes::ZERO,
            arriving: Lanes::ZERO,
            granted: Lanes::ONE,
            yield_per_effort: Lanes::ONE,
            funded: Lanes::ONE,
            effort: Lanes::all(level),
            delivered: Lanes::ZERO,
            met: Lanes::ZERO,
            spilled: Lanes::ZERO,
            lost: Lanes::ZERO,
            income: Lanes::ZERO,
            bonus: Lanes::ZERO,
            unpaid: Lanes::ZERO,
            cost: Lanes::ZERO,
            margin: Lanes::ZERO,
            excess: Lanes::ZERO,
            agreed: Lanes::all(kind.plan),
            bound: Lanes::ZERO,
            agreed_upstream: Lanes::ZERO,
            trust: Lanes::all(setup.society.trust),
            belief: Lanes::all(setup.society.first_belief),
            risk: Lanes::all(setup.society.coverage),
            offences: Lanes::ZERO,
            fine: Lanes::ZERO,
            fined: Lanes::ZERO,
            dispute: Lanes::ZERO,
            settlement: Lanes::ZERO,
            utility: Lanes::ZERO,
        }
    }

    /// The effort and upstream share that remain of a wish once what has been ceded is taken off.
    #[inline(always)]
    pub fn bind(&self, level: Lanes, upstream: Lanes) -> (Lanes, Lanes) {
        let level = level - self.bound * (level - self.agreed).max(Lanes::ZERO);
        let upstream = upstream + self.bound * (self.agreed_upstream - upstream).max(Lanes::ZERO);
        (level, upstream)
    }

    /// Need to be met in this step: new, received from others, and waiting.
    #[inline(always)]
    pub fn need(&self) -> Lanes {
        self.need_new + self.need_received + self.backlog
    }
}

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
        *option = select(arrives, Lanes::all(-1.0), *option);
        *due -= 1.0;
    }

    /// What was decided lapses, and so does what was about to come into force.
    pub fn lapse(&mut self, lapses: Mask) {
        self.decided = select(lapses, Lanes::all(-1.0), self.decided);
        self.pending.option = select(lapses, Lanes::all(-1.0), self.pending.option);
    }

    fn begin(setup: &Setup) -> Self {
        let outside = Lanes::all(setup.outside.map_or(0.0, |outside| outside.effort));
        let (pools, kinds) = (setup.pools.len(), setup.kinds.len());
        let decision = Decision { total: Lanes::ONE, upstream: Lanes::ZERO, by_need: Lanes::ZERO };
        Self {
            upstream: Lanes::ZERO,
            outside,
            outside_inside: outside,
            attention: Lanes::ONE,
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
            attention_led: Lanes::ZERO,
            attention_divided: Lanes::ZERO,
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
            decided: Lanes::all(-1.0),
            pending: Pending { option: Lanes::all(-1.0), decision: decision.clone(), due: Lanes::ZERO },
            decision,
            carried: Lanes::ONE,
            group_totals: vec![Lanes::ONE; setup.rules.groups.len()],
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
            books: Books::begin(setup),
            keepers: Keepers::NONE,
            paid: vec![Lanes::ZERO; pools],
            spent_on_rules: vec![Lanes::ZERO; pools],
        }
    }
}
