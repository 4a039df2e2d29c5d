//! The state of what rides in the lanes: every changing number is one `Lanes`, and stands in a column of the part that owns it.
//!
//! A column exists only where something in this setup reads it. A step allocates nothing, and what has
//! been run can be begun again in the same memory.

mod begin;
mod columns;
mod valuation;

pub(crate) use columns::{Account, Columns};
pub(crate) use valuation::{Count, Deed, Foreseen, Member, Outlook, Second, Valuation};

use crate::dice::{Dice, Luck};
use crate::lanes::{Lanes, Singles};
use crate::place::{Claimed, Place, Shape, UpstreamStock};
use crate::pool::{Claims, PoolState};
use crate::rows::Packing;
use crate::rule::Decision;
use crate::setup::{Kind, Setup};
use crate::upstream::Upstream;

/// Everything that changes from step to step.
#[derive(Clone, Debug)]
pub struct World {
    /// The columns of each kind, in the order of the setup.
    pub(crate) kinds: Vec<Columns>,
    /// The pools, in the order of the setup.
    pub(crate) pools: Vec<PoolState>,
    /// What all share besides the pools.
    pub(crate) place: Place,
    /// The place before the first step, to begin again from.
    first_place: Place,
    /// The chance of what rides in the lanes.
    pub(crate) dice: Dice,
    /// The luck of the place as a whole.
    pub(crate) luck: Luck,
    /// The luck of each shock.
    pub(crate) shock_luck: Vec<Luck>,
    /// Room to work in.
    pub(crate) scratch: Scratch,
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
    /// Share of it that is upstream work.
    pub(crate) upstream: Lanes,
    /// Share of need that is referred to others along with it.
    pub(crate) refers: Lanes,
    /// Need met later that the rest, as upstream work, brings back to the provider.
    pub(crate) returned: Lanes,
}

impl World {
    /// The world before the first step.
    pub fn begin(setup: &Setup, seed: u64, packing: &Packing) -> Self {
        let most_actions = setup.kinds.iter().map(|kind| kind.actions.len()).max().unwrap_or(0);
        let most_claims = setup.kinds.len() + 1;
        let imitated = if setup.derived.imitates { setup.providers() } else { 0 };
        let first_place = first_place(setup);
        let kinds: Vec<Columns> = setup.kinds.iter().map(|kind| Columns::begin(setup, kind, seed, packing)).collect();
        let valuation = Valuation::new(setup, &kinds);
        Self {
            kinds,
            pools: setup.pools.iter().map(|pool| pool.part.begin()).collect(),
            place: first_place.clone(),
            first_place,
            dice: Dice::new(packing),
            luck: Luck::of_place(seed),
            shock_luck: setup.shocks.iter().map(|shock| Luck::of(seed, &shock.name)).collect(),
            scratch: Scratch {
                claims: Claims::new(vec![Lanes::ZERO; most_claims]),
                shares: vec![Lanes::ZERO; most_claims],
                worth: vec![Lanes::ZERO; most_actions],
                divisions: vec![
                    Division {
                        care: Lanes::ZERO,
                        upstream: Lanes::ZERO,
                        refers: Lanes::ZERO,
                        returned: Lanes::ZERO
                    };
                    most_actions
                ],
                sums: vec![Singles::ZERO; most_actions],
                valuation,
                before: vec![(Lanes::ZERO, Lanes::ZERO); imitated],
            },
        }
    }

    /// Number of rows of all kinds.
    pub(crate) fn rows(&self) -> usize {
        self.kinds.iter().map(|own| own.rows.count()).sum()
    }

    /// Back to before the first step of other runs, in the same memory.
    pub(crate) fn begin_again(&mut self, setup: &Setup, packing: &Packing) {
        // Taken apart without `..`, so that the compiler asks what a column that is added begins with.
        let Self { kinds, pools, place, first_place, dice, luck: _, shock_luck: _, scratch: _ } = self;
        for (columns, kind) in kinds.iter_mut().zip(&setup.kinds) {
            columns.begin_again(setup, kind);
        }
        for (state, pool) in pools.iter_mut().zip(&setup.pools) {
            *state = pool.part.begin();
        }
        place.begin_again(first_place);
        *dice = Dice::new(packing);
    }

    /// Forgets what providers have come to so far, which no stage reads but measures of a whole run do.
    pub(crate) fn forget_so_far(&mut self) {
        self.kinds.iter_mut().for_each(Columns::forget_so_far);
        self.place.dividends = Lanes::ZERO;
    }
}

/// The place before the first step.
fn first_place(setup: &Setup) -> Place {
    let plans: Vec<f64> = setup.kinds.iter().map(|kind| kind.plan).collect();
    let stocks: Vec<f64> = setup.pools.iter().map(|pool| pool.part.capacity * pool.part.start).collect();
    let prime = setup.derived.prime.and_then(|holder| setup.kinds[holder].prime());
    let mut place = Place::begin(Shape {
        plans: &plans,
        stocks: &stocks,
        groups: setup.derived.groups.len(),
        shocks: setup.shocks.len(),
        outside: setup.outside.map_or(0.0, |outside| outside.effort),
        upstream: first_upstream(setup),
        reserve: prime.map_or(0.0, |form| form.reserve * form.budget * setup.total_size()),
        first_belief: setup.society.first_belief,
        first_level: first_effort(setup) / setup.planned_effort(),
        held_to_usual: setup.rules.collective_choice().is_some_and(|rule| rule.rule.decision == Decision::AsWeAre {}),
        prospects: setup.derived.outlooks.as_ref().map(|outlooks| outlooks.room()).unwrap_or_default(),
    });
    if !setup.derived.commissioned.is_empty() {
        place.claimed = vec![Claimed::NOTHING; setup.kinds.len()];
        place.ruled = vec![Lanes::ZERO; setup.pools.len()];
    }
    for kind in setup.derived.commissioned.iter().flat_map(|pool| &pool.kinds) {
        place.kinds[*kind].contract = Some(Lanes::ONE);
    }
    place
}

/// The stocks of upstream work before the first step.
fn first_upstream(setup: &Setup) -> Vec<UpstreamStock> {
    let first = |upstream: &Upstream| {
        let streams = setup.derived.streams.iter();
        streams.map(|stream| UpstreamStock::begin(upstream.margin(stream.most, Lanes::ZERO))).collect()
    };
    setup.upstream.as_ref().map_or_else(Vec::new, first)
}

/// What all together do before the first step, in units of effort.
fn first_effort(setup: &Setup) -> f64 {
    let of = |kind: &Kind| {
        let levels = kind.segments.iter().map(|part| kind.first(&part.behaviour).0 * part.members.len() as f64);
        levels.sum::<f64>() * kind.size
    };
    setup.kinds.iter().map(of).sum()
}
