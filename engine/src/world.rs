//! The state of what rides in the lanes: every changing number is one `Lanes`, and stands in a column of the part that owns it.
//!
//! A column exists only where something in this setup reads it. A world is begun once a thread and begun again for each batch, in
//! the same memory, so that a step allocates nothing.

use crate::behaviour::Behaviour;
use crate::dice::{Dice, Kept, Luck};
use crate::lanes::{LANES, Lanes, Singles, keep_lanes_together};
use crate::need::Needs;
use crate::place::{Flows, Money, Place, Shape};
use crate::pool::{Claims, PoolState};
use crate::rows::{BLOCK, Packing, Parts, Rows, totals};
use crate::rule::{Offender, Peers};
use crate::setup::{Kind, Segment, Setup};
use crate::stage::Valuation;

/// Everything that changes from step to step.
#[derive(Clone, Debug)]
pub struct World {
    /// The columns of each kind, in the order of the setup.
    pub(crate) kinds: Vec<Columns>,
    /// The pools, in the order of the setup.
    pub(crate) pools: Vec<PoolState>,
    /// What all share besides the pools.
    pub(crate) place: Place,
    /// The chance of what rides in the lanes.
    pub(crate) dice: Dice,
    /// The luck of the place as a whole.
    pub(crate) luck: Luck,
    /// The luck of each shock.
    pub(crate) shock_luck: Vec<Luck>,
    /// Room to work in.
    pub(crate) scratch: Scratch,
}

/// The columns of a kind: one a part, with a small struct a row.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) rows: Rows,
    /// Whether anybody learns from, or compares, what it gained itself.
    pub(crate) weighs_own: bool,
    pub(crate) luck: Luck,
    pub(crate) kept: KeptDraws,
    /// What each does.
    pub(crate) conduct: Vec<Conduct>,
    /// Share of it meant for upstream work, where anybody may do any.
    pub(crate) upstream: Option<Vec<Lanes>>,
    /// One a segment.
    pub(crate) choosers: Vec<Chooser>,
    pub(crate) needs: Option<Vec<Needs>>,
    /// How far each one's need is from the expected by chance, in standard deviations, where that lasts.
    pub(crate) deviations: Option<Vec<Lanes>>,
    /// Level allotted to each, where a total may be shared by need.
    pub(crate) allotted: Option<Vec<Lanes>>,
    /// What each delivered, where payments look at the books.
    pub(crate) yields: Option<Vec<Lanes>>,
    pub(crate) accounts: Option<Vec<Account>>,
    /// What pooled finance brought each in this step, less what it gave up.
    pub(crate) settlements: Option<Vec<Lanes>>,
    pub(crate) offenders: Option<Vec<Offender>>,
    /// How far each is in dispute with the others, 0 to 1.
    pub(crate) disputes: Option<Vec<Lanes>>,
    pub(crate) peers: Option<Vec<Peers>>,
    /// Trust in the others, 0 to 1, where it moves.
    pub(crate) trust: Option<Vec<Lanes>>,
    /// Need met and need that has arisen so far, over all steps.
    pub(crate) need_so_far: Option<Vec<NeedSoFar>>,
    /// Margins so far, over all steps, but for what all receive alike.
    pub(crate) margins: Option<Vec<Lanes>>,
    /// Utility of the step: of all rows where others look at it, else of the block at hand.
    pub(crate) utility: Brief,
    pub(crate) claimed: Parts<Claimed>,
    pub(crate) delivered: Parts<Flows>,
    pub(crate) settled: Parts<Money>,
}

/// What one provider does in a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conduct {
    /// Level of effort claimed.
    pub(crate) level: Lanes,
    /// Position of the action taken.
    pub(crate) position: Lanes,
}

/// What one provider earns and spends in a step, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    /// Income, with any bonus.
    pub(crate) income: Lanes,
    /// Cost of effort.
    pub(crate) cost: Lanes,
    /// Income that the payer could not pay.
    pub(crate) unpaid: Lanes,
    /// Bonus.
    pub(crate) bonus: Lanes,
}

/// Need of one provider over all steps so far, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NeedSoFar {
    /// Met.
    pub(crate) met: Lanes,
    /// New, or received from others.
    pub(crate) arisen: Lanes,
}

/// What the members of a segment remember of their choices.
#[derive(Clone, Debug)]
pub(crate) struct Chooser {
    /// Attractions of learners, one an action, row by row.
    pub(crate) attractions: Vec<Lanes>,
    /// Weight of the experience of learners, the same for all.
    pub(crate) experience: f64,
    /// Levels that best responders have settled on for the next step.
    pub(crate) aims: Vec<Lanes>,
    /// Level of the others, in multiples of their plans, that conditional cooperators believe in.
    pub(crate) beliefs: Vec<Lanes>,
}

/// A number for each row, kept for all rows or only while the block at hand is worked on.
#[derive(Clone, Debug)]
pub(crate) struct Brief(Vec<Lanes>, bool);

/// What has been drawn for the next steps, by purpose.
#[derive(Clone, Debug)]
pub(crate) struct KeptDraws {
    pub(crate) need: Kept,
    pub(crate) choice: Kept,
    pub(crate) audit: Kept,
    pub(crate) trust: Kept,
}

totals! {
    /// Sums of the walk on which effort is chosen.
    pub(crate) struct Claimed {
        /// Effort claimed, in units of effort.
        effort,
        /// Number of those in breach of their share.
        breaches,
    }
}

/// Room to work in.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    /// Claims on a pool: one a kind that uses it, and last that of the outside.
    pub(crate) claims: Claims,
    /// Share granted of each claim.
    pub(crate) shares: Vec<Lanes>,
    /// What each action is worth to whoever is about to choose, one an action.
    pub(crate) worth: Vec<Lanes>,
    /// One a share of upstream work.
    pub(crate) divisions: Vec<Division>,
    /// One sum of weights an action.
    pub(crate) sums: Vec<Singles>,
    /// What members make of the options at a meeting.
    pub(crate) valuation: Valuation,
    /// Position and utility of each provider before anybody imitates.
    pub(crate) before: Vec<(Lanes, Lanes)>,
}

/// What a unit of effort comes to, however much it is, once it is divided between care and upstream work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Division {
    /// Share of it that becomes care.
    pub(crate) care: Lanes,
    /// Need met later that the rest, as upstream work, brings back to the provider.
    pub(crate) returned: Lanes,
}

impl Brief {
    fn new(rows: Rows, all: bool) -> Self {
        let count = if all { rows.count().max(BLOCK) } else { BLOCK };
        Self(vec![Lanes::ZERO; count], all)
    }

    #[inline(always)]
    pub(crate) fn of(&mut self, row: usize) -> &mut Lanes {
        let at = if self.1 { row } else { row % BLOCK };
        &mut self.0[at]
    }

    /// Whether those of all rows are kept.
    pub(crate) fn is_whole(&self) -> bool {
        self.1
    }

    /// The number of a row, where those of all rows are kept.
    #[inline(always)]
    pub(crate) fn at(&self, row: usize) -> Lanes {
        self.0[row]
    }
}

impl World {
    /// The world before the first step.
    pub fn begin(setup: &Setup, seed: u64, packing: &Packing) -> Self {
        let most_actions = setup.kinds.iter().map(|kind| kind.actions.len()).max().unwrap_or(0);
        let most_claims = setup.kinds.len() + 1;
        let imitated = if setup.derived.imitates { setup.providers() } else { 0 };
        Self {
            kinds: setup.kinds.iter().map(|kind| Columns::begin(setup, kind, seed, packing)).collect(),
            pools: setup.pools.iter().map(|pool| pool.part.begin()).collect(),
            place: first_place(setup),
            dice: Dice::new(packing),
            luck: Luck::of_place(seed),
            shock_luck: setup.shocks.iter().map(|shock| Luck::of(seed, &shock.name)).collect(),
            scratch: Scratch {
                claims: Claims::new(vec![Lanes::ZERO; most_claims]),
                shares: vec![Lanes::ZERO; most_claims],
                worth: vec![Lanes::ZERO; most_actions],
                divisions: vec![Division { care: Lanes::ZERO, returned: Lanes::ZERO }; most_actions],
                sums: vec![Singles::ZERO; most_actions],
                valuation: Valuation::default(),
                before: vec![(Lanes::ZERO, Lanes::ZERO); imitated],
            },
        }
    }

    /// Back to before the first step of other runs, in the same memory.
    pub(crate) fn begin_again(&mut self, setup: &Setup, packing: &Packing) {
        // Taken apart without `..`, so that the compiler asks what a column that is added begins with.
        let Self { kinds, pools, place, dice, luck: _, shock_luck: _, scratch: _ } = self;
        for (columns, kind) in kinds.iter_mut().zip(&setup.kinds) {
            columns.begin_again(setup, kind);
        }
        for (state, pool) in pools.iter_mut().zip(&setup.pools) {
            *state = pool.part.begin();
        }
        begin_place(setup, place);
        *dice = Dice::new(packing);
    }
}

/// The place before the first step.
fn first_place(setup: &Setup) -> Place {
    let plans: Vec<f64> = setup.kinds.iter().map(|kind| kind.plan).collect();
    let stocks: Vec<f64> = setup.pools.iter().map(|pool| pool.part.capacity * pool.part.start).collect();
    let prime = setup.derived.prime.and_then(|holder| setup.kinds[holder].prime());
    Place::begin(Shape {
        plans: &plans,
        stocks: &stocks,
        groups: setup.derived.groups.len(),
        shocks: setup.shocks.len(),
        outside: setup.outside.map_or(0.0, |outside| outside.effort),
        upstream_margin: setup.upstream.map_or(Lanes::ZERO, |upstream| upstream.marginal_relief(Lanes::ZERO)),
        reserve: prime.map_or(0.0, |form| form.reserve * form.budget * setup.total_size()),
        first_belief: setup.society.first_belief,
        first_level: first_effort(setup) / setup.planned_effort(),
    })
}

/// What all together do before the first step, in units of effort.
fn first_effort(setup: &Setup) -> f64 {
    let of = |kind: &Kind| {
        let levels = kind.segments.iter().map(|part| kind.first(&part.behaviour).0 * part.members.len() as f64);
        levels.sum::<f64>() * kind.size
    };
    setup.kinds.iter().map(of).sum()
}

/// The same in the place that is there.
fn begin_place(setup: &Setup, place: &mut Place) {
    *place = first_place(setup);
}

impl Columns {
    fn begin(setup: &Setup, kind: &Kind, seed: u64, packing: &Packing) -> Self {
        let rows = Rows::new(kind.count, packing);
        let count = rows.count();
        let rules = setup.rules.set();
        let learns = kind.segments.iter().any(|part| matches!(part.behaviour, Behaviour::Learner(_)));
        let compared = setup.derived.imitates || rules.ostracism.is_some() || rules.peer_sanctions.is_some();
        let compared_by_margin = rules.leadership.is_some() || rules.pooled_finance.is_some();
        let shared_by_need = rules.collective_choice.as_ref().is_some_and(|rule| rule.shares_by_need());
        let column = |present: bool| present.then(|| vec![Lanes::ZERO; count]);
        let kept = |present: bool| if present { vec![[0; 16]; rows.blocks() * 16] } else { Vec::new() };
        let mut columns = Self {
            rows,
            weighs_own: compared || kind.segments.iter().any(learns_from_its_own),
            luck: Luck::of(seed, &kind.name),
            kept: KeptDraws {
                need: kept(kind.need.is_some()),
                choice: kept(learns),
                audit: kept(rules.graduated_sanctions.is_some()),
                trust: kept(setup.society.trust_moves()),
            },
            conduct: vec![Conduct { level: Lanes::ZERO, position: Lanes::ZERO }; count],
            upstream: column(setup.derived.works_upstream),
            choosers: kind.segments.iter().map(|segment| Chooser::new(kind, segment, rows)).collect(),
            needs: kind.need.as_ref().map(|_| vec![Needs::NONE; count]),
            deviations: column(kind.need.as_ref().is_some_and(|need| need.persistence > 0.0)),
            allotted: column(shared_by_need && kind.need.is_some()),
            yields: column(setup.derived.keeps_books),
            accounts: (setup.has_income() || compared_by_margin).then(|| vec![Account::NONE; count]),
            settlements: column(rules.pooled_finance.is_some()),
            offenders: rules.graduated_sanctions.as_ref().map(|_| vec![Offender::begin(0.0); count]),
            disputes: column(setup.society.grievance > 0.0),
            peers: rules.peer_sanctions.as_ref().map(|_| vec![Peers::NONE; count]),
            trust: column(setup.society.trust_moves()),
            need_so_far: kind.need.as_ref().map(|_| vec![NeedSoFar::NONE; count]),
            margins: column(setup.has_income()),
            utility: Brief::new(rows, compared),
            claimed: Parts::new(rows),
            delivered: Parts::new(rows),
            settled: Parts::new(rows),
        };
        columns.begin_again(setup, kind);
        columns
    }

    fn begin_again(&mut self, setup: &Setup, kind: &Kind) {
        let Self {
            rows,
            weighs_own: _,
            luck: _,
            kept: _,
            conduct,
            upstream,
            choosers,
            needs,
            deviations,
            allotted,
            yields,
            accounts,
            settlements,
            offenders,
            disputes,
            peers,
            trust,
            need_so_far,
            margins,
            utility,
            claimed: _,
            delivered: _,
            settled: _,
        } = self;
        for (segment, chooser) in kind.segments.iter().zip(choosers) {
            let (level, share, position) = kind.first(&segment.behaviour);
            let members = rows.range(&segment.members);
            let first = Conduct { level: Lanes::all(level), position: Lanes::all(position as f64) };
            conduct[members.clone()].fill(first);
            if let Some(upstream) = upstream {
                upstream[members].fill(Lanes::all(share));
            }
            chooser.begin_again(setup, kind, &segment.behaviour, first.position);
        }
        fill(needs, Needs::NONE);
        fill(need_so_far, NeedSoFar::NONE);
        fill(accounts, Account::NONE);
        fill(offenders, Offender::begin(setup.society.coverage));
        fill(peers, Peers::NONE);
        fill(trust, Lanes::all(setup.society.trust));
        fill(allotted, Lanes::all(kind.plan));
        for column in [deviations, yields, settlements, disputes, margins] {
            fill(column, Lanes::ZERO);
        }
        utility.0.fill(Lanes::ZERO);
    }
}

/// Whether members of a segment learn from what they gained themselves, and from nothing else.
fn learns_from_its_own(segment: &Segment) -> bool {
    matches!(&segment.behaviour, Behaviour::Learner(learner) if learner.foregone == 0.0 && !learner.anticipates)
}

fn fill<T: Copy>(column: &mut Option<Vec<T>>, value: T) {
    if let Some(column) = column {
        column.fill(value);
    }
}

impl Account {
    const NONE: Self = Self { income: Lanes::ZERO, cost: Lanes::ZERO, unpaid: Lanes::ZERO, bonus: Lanes::ZERO };
}

impl NeedSoFar {
    const NONE: Self = Self { met: Lanes::ZERO, arisen: Lanes::ZERO };
}

impl Columns {
    /// The sum of a number of each row, times `weight`, in the one defined order: for what is seldom summed.
    #[inline(always)]
    pub(crate) fn sum(&self, weight: f64, of: impl Fn(usize) -> Lanes) -> Lanes {
        let mut parts = [Lanes::ZERO; LANES];
        for block in 0..self.rows.blocks() {
            let mut part = parts[self.rows.part(block)];
            for row in self.rows.block(block) {
                part += of(row) * self.rows.weight(row, weight);
                keep_lanes_together();
            }
            parts[self.rows.part(block)] = part;
        }
        self.rows.join(parts)
    }

    /// Income less cost, fines and what peers did, with what pooling brought: the margin of the step that was last settled, but
    /// for what all receive alike of the fines or pay alike for governance.
    #[inline(always)]
    pub(crate) fn margin(&self, row: usize) -> Lanes {
        let mut margin = match &self.accounts {
            Some(accounts) => accounts[row].income - accounts[row].cost,
            None => Lanes::ZERO,
        };
        if let Some(offenders) = &self.offenders {
            margin -= offenders[row].fine;
        }
        if let Some(settlements) = &self.settlements {
            margin += settlements[row];
        }
        if let Some(peers) = &self.peers {
            margin -= peers[row].fine + peers[row].spending;
        }
        margin
    }
}

impl Chooser {
    fn new(kind: &Kind, segment: &Segment, rows: Rows) -> Self {
        let count = rows.range(&segment.members).len();
        let column = |present: bool| if present { vec![Lanes::ZERO; count] } else { Vec::new() };
        let attractions = match &segment.behaviour {
            Behaviour::Learner(_) => vec![Lanes::ZERO; count * kind.actions.len()],
            _ => Vec::new(),
        };
        Self {
            attractions,
            experience: 1.0,
            aims: column(matches!(segment.behaviour, Behaviour::BestResponse(_))),
            beliefs: column(matches!(segment.behaviour, Behaviour::Conditional(_))),
        }
    }

    fn begin_again(&mut self, setup: &Setup, kind: &Kind, behaviour: &Behaviour, position: Lanes) {
        let Self { attractions, experience, aims, beliefs } = self;
        *experience = 1.0;
        if let Behaviour::Learner(learner) = behaviour {
            for own in attractions.chunks_exact_mut(kind.actions.len()) {
                for (attraction, action) in own.iter_mut().zip(&kind.actions) {
                    *attraction = learner.first_attraction(*action, kind.plan);
                }
            }
        }
        // Best responders begin with the listed level that is nearest to their start.
        aims.fill(kind.action(position).0);
        beliefs.fill(Lanes::all(setup.society.first_belief));
    }
}
