//! The state of sixteen runs side by side: every changing number is one `Lanes`.

pub use super::place::{Decision, GroupQuota, Pending, Place};

use super::behaviour::Behaviour;
use super::dice::Stream;
use super::lanes::{Lanes, Singles};
use super::pool::{Claims, PoolState};
use super::rule::Valuation;
use super::setup::Setup;
use super::utility::Division;

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
    /// How far its need is from the expected by chance, in standard deviations.
    pub deviation: Lanes,
    /// New need of this step, before what has been waiting.
    pub need_new: Lanes,
    /// Need that came over from other kinds.
    pub need_received: Lanes,
    /// Need to be met in this step: new, received from others, and what has been waiting.
    pub need: Lanes,
    /// Need that was not met in the step that was last delivered: it waits, falls on others or is lost.
    pub unmet: Lanes,
    /// Need that other kinds have let fall on it for the next step.
    pub arriving: Lanes,
    /// Share of its claim that the pools grant.
    pub granted: Lanes,
    /// Share of its income that the payer can pay.
    pub funded: Lanes,
    /// Yield delivered.
    pub delivered: Lanes,
    /// Need met.
    pub met: Lanes,
    /// Income of the step, with any bonus.
    pub income: Lanes,
    /// Bonus of the step.
    pub bonus: Lanes,
    /// Income of the step that the payer could not pay.
    pub unpaid: Lanes,
    /// Cost of effort of the step.
    pub cost: Lanes,
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
    /// What it expects each unit of effort in breach to cost it at the hands of its peers.
    pub reproach: Lanes,
    /// What its peers fined it in this step.
    pub peer_fine: Lanes,
    /// What it spent on fining its peers in this step.
    pub peer_spending: Lanes,
    /// How far it is in dispute with the others, 0 to 1.
    pub dispute: Lanes,
    /// What pooled finance brought it in this step, less what it gave up.
    pub settlement: Lanes,
    /// Utility of the step.
    pub utility: Lanes,
}

/// Room to work in, so that a step allocates nothing.
#[derive(Clone, Debug)]
pub struct Room {
    /// One uniform draw a provider for each purpose in `Setup::streams`, one purpose after the other.
    pub draws: Vec<Lanes>,
    /// Claims on each pool: one a provider, and last that of the outside.
    pub claims: Vec<Claims>,
    /// Share granted of each claim.
    pub shares: Vec<Lanes>,
    /// What each action would have been worth to a best responder, one an action.
    pub worth: Vec<Lanes>,
    /// One a share of upstream work.
    pub divisions: Vec<Division>,
    /// One sum of weights an action.
    pub sums: Vec<Singles>,
    /// What each action is worth to whoever is about to choose, one an action.
    pub weighed: Vec<Lanes>,
    /// Total claim on the yield of each pool.
    pub efforts: Vec<Lanes>,
    /// Yield per effort of each pool.
    pub yields: Vec<Lanes>,
    /// What members make of the options at a meeting.
    pub valuation: Valuation,
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
                claims: vec![Claims::new(vec![Lanes::ZERO; count + 1]); setup.pools.len()],
                shares: vec![Lanes::ZERO; count + 1],
                worth: vec![Lanes::ZERO; actions],
                divisions: vec![Division::NONE; actions],
                sums: vec![Singles::ZERO; actions],
                weighed: vec![Lanes::ZERO; actions],
                efforts: vec![Lanes::ZERO; setup.pools.len()],
                yields: vec![Lanes::ZERO; setup.pools.len()],
                valuation: Valuation::default(),
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
            deviation: Lanes::ZERO,
            need_new: Lanes::ZERO,
            need_received: Lanes::ZERO,
            need: Lanes::ZERO,
            unmet: Lanes::ZERO,
            arriving: Lanes::ZERO,
            granted: Lanes::ONE,
            funded: Lanes::ONE,
            delivered: Lanes::ZERO,
            met: Lanes::ZERO,
            income: Lanes::ZERO,
            bonus: Lanes::ZERO,
            unpaid: Lanes::ZERO,
            cost: Lanes::ZERO,
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
            reproach: Lanes::ZERO,
            peer_fine: Lanes::ZERO,
            peer_spending: Lanes::ZERO,
            dispute: Lanes::ZERO,
            settlement: Lanes::ZERO,
            utility: Lanes::ZERO,
        }
    }

    /// The effort and upstream share that remain of a wish once what has been ceded is taken off.
    #[inline(always)]
    pub fn bind(&self, setup: &Setup, level: Lanes, upstream: Lanes) -> (Lanes, Lanes) {
        (self.bind_level(setup, level), self.bind_upstream(setup, upstream))
    }

    /// The effort that remains of a wish.
    #[inline(always)]
    pub fn bind_level(&self, setup: &Setup, level: Lanes) -> Lanes {
        if !setup.rules.bind {
            return level;
        }
        level - self.bound * (level - self.agreed).max(Lanes::ZERO)
    }

    /// The upstream share that remains of a wish.
    #[inline(always)]
    pub fn bind_upstream(&self, setup: &Setup, upstream: Lanes) -> Lanes {
        if !setup.rules.bind {
            return upstream;
        }
        upstream + self.bound * (self.agreed_upstream - upstream).max(Lanes::ZERO)
    }

    /// Margin of the step that was last settled: income less cost, levies and fines, with the fines shared out by size, and what
    /// pooling brought; what peers spend on fining each other is lost with the fine.
    #[inline(always)]
    pub fn margin(&self, setup: &Setup, place: &Place) -> Lanes {
        let rules = &setup.rules.set;
        let mut margin = self.income - self.cost;
        if rules.graduated_sanctions.is_some() {
            margin -= self.fine;
        }
        if rules.pooled_finance.is_some() {
            margin += self.settlement;
        }
        margin += place.dividend;
        if rules.peer_sanctions.is_some() {
            margin -= self.peer_fine + self.peer_spending;
        }
        margin
    }

    /// Effort exerted: what the pools grant of the level claimed.
    #[inline(always)]
    pub fn effort(&self) -> Lanes {
        self.level * self.granted
    }
}
