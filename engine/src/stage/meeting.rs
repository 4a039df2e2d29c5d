//! A meeting: what each option on the table would be worth to each member if all were bound by it, and the vote on them.
//!
//! Members take up the options one after the other. What all would do is worked out first only where a payment looks at it.

use super::option::{self, Foreseen, Outlook};
use super::table::{Deed, Member, Table, relief};
use super::vote::{self, Count};
use crate::behaviour::BestResponse;
use crate::demand::Demand;
use crate::dice::Purpose;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::place::Place;
use crate::pool::Pool;
use crate::rows::Parts;
use crate::rule::{CollectiveChoice, InForce};
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::{Columns, World};

/// Members meet, now and then.
pub(super) struct Meet;

/// What the members, and last the public, make of the options. It is kept from meeting to meeting, so that only the first
/// allocates.
#[derive(Clone, Debug, Default)]
pub struct Valuation {
    /// What each option would bring about.
    outlooks: Vec<Outlook>,
    /// Yields per effort that members foresee: `levels × pools`.
    yields: Vec<Lanes>,
    /// What of each member does not depend on the option, row by row.
    members: Vec<Member>,
    /// What each member would do under the option at hand.
    deeds: Vec<Deed>,
    /// Sums over the members of each kind.
    parts: Vec<Parts<Foreseen>>,
    /// One a row and option, row by row.
    worth: Vec<Lanes>,
    /// What each option is worth to the public.
    public: Vec<Lanes>,
    /// Position of the option worth most, one a row, and last the public's.
    favourites: Vec<Lanes>,
    /// Room to count in.
    pub(super) count: Count,
}

impl Valuation {
    /// What an option is worth to a row.
    pub(super) fn worth(&self, row: usize, option: usize) -> Lanes {
        self.worth[row * self.outlooks.len() + option]
    }

    /// What an option is worth to the public.
    pub(super) fn public(&self, option: usize) -> Lanes {
        self.public[option]
    }

    /// The option worth most to a row; of equal ones the first.
    pub(super) fn favourite(&self, row: usize) -> Lanes {
        self.favourites[row]
    }

    /// The option worth most to the public.
    pub(super) fn public_favourite(&self) -> Lanes {
        self.favourites[self.members.len()]
    }
}

impl Couple for Meet {
    /// Every option is weighed by every member, and the votes are counted in every lane.
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let Some(rule) = setup.rules.collective_choice() else { return };
        // Where the rule is off in every run, nobody needs to meet.
        if !rule.rule.meets(step) || !rule.strength().greater(Lanes::ZERO).any() {
            return;
        }
        let luck = world.dice.uniform(&world.luck, Purpose::Vote, step, 0).standard_normal_quantile();
        let error = luck * world.place.noise;
        let mut values = std::mem::take(&mut world.scratch.valuation);
        weigh(setup, world, &rule, error, &mut values);
        vote::count(setup, world, &rule, &mut values);
        world.scratch.valuation = values;
    }
}

#[inline(always)]
fn weigh(setup: &Setup, world: &World, rule: &InForce<'_, CollectiveChoice>, error: Lanes, values: &mut Valuation) {
    let World { kinds, place, .. } = world;
    let Valuation { outlooks, yields, members, deeds, parts, worth, public, favourites, .. } = values;
    let options = &setup.derived.options;
    foresee(setup, place, rule.rule, error, yields);
    Outlook::of_all(setup, place, options, outlooks);
    take_seats(setup, place, kinds, members);
    if parts.is_empty() {
        parts.extend(kinds.iter().map(|own| Parts::new(own.rows)));
    }
    let table = Table { setup, place, kinds, yields, members };
    deeds.resize(members.len(), Deed::NONE);
    worth.clear();
    worth.resize(members.len() * outlooks.len(), Lanes::ZERO);
    public.clear();
    let count = outlooks.len();
    for (position, outlook) in outlooks.iter_mut().enumerate() {
        table.foresee(outlook, deeds, parts);
        table.weigh(outlook, deeds, position, count, worth);
        public.push(outlook.all.public);
    }
    favourites.clear();
    for worth in worth.chunks_exact(count) {
        favourites.push(BestResponse::choose(worth)); // a loop, since what `extend` is given would not be inlined
    }
    favourites.push(BestResponse::choose(public));
}

/// Writes down the yields per effort that members foresee: `levels × pools`.
#[inline(always)]
fn foresee(setup: &Setup, place: &Place, rule: &CollectiveChoice, error: Lanes, yields: &mut Vec<Lanes>) {
    yields.clear();
    for total in &rule.totals {
        for (pool, named) in setup.pools.iter().enumerate() {
            let seen = place.seen[pool] * (1.0 + error);
            let effort = bound_effort(setup, place, pool, *total);
            yields.push(match &setup.derived.outlooks {
                Some(outlooks) => outlooks.at(pool, effort, seen).map_or(Lanes::ONE, |prospect| prospect.care),
                None => in_this_step(&named.part, effort, seen),
            });
        }
    }
}

/// What a unit of effort yields in this step, what the pool cannot grant taken off, where nobody looks further.
#[inline(always)]
fn in_this_step(pool: &Pool, effort: Lanes, stock: Lanes) -> Lanes {
    if pool.renews_itself() { pool.yield_per_effort(effort, stock) * pool.grants(effort, stock) } else { Lanes::ONE }
}

/// Effort on a pool if all were bound at a total, those from outside staying what they are.
#[inline(always)]
fn bound_effort(setup: &Setup, place: &Place, pool: usize, total: f64) -> Lanes {
    let mut planned = 0.0;
    for (kind, amount) in &setup.derived.drawers[pool].kinds {
        let kind = &setup.kinds[*kind];
        planned += kind.plan * kind.total_size * amount;
    }
    let outside = setup.outside.filter(|outside| outside.pool == pool).map_or(Lanes::ZERO, |_| place.outside_inside);
    outside + planned * total
}

/// Writes down how things stand for each member.
#[inline(always)]
fn take_seats(setup: &Setup, place: &Place, kinds: &[Columns], members: &mut Vec<Member>) {
    let demand = Demand::of_all(setup, kinds);
    let relieved = option::relief_now(setup, place);
    members.clear();
    for (kind, own) in setup.kinds.iter().zip(kinds) {
        let left = 1.0 - relieved * relief(kind);
        for row in 0..own.rows.count() {
            let (new, need) =
                own.needs.as_ref().map_or((Lanes::ZERO, Lanes::ZERO), |all| (all[row].new, all[row].need));
            let account = own.accounts.as_ref().map(|accounts| accounts[row]);
            members.push(Member {
                by_need: demand.share(kind, new),
                unrelieved: new / left,
                old_need: need - new,
                result: account.map_or(Lanes::ZERO, |account| account.income - account.cost),
            });
            keep_lanes_together();
        }
    }
}
