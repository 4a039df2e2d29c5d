//! A meeting: what each option on the table would be worth to each member if all were bound by it, and the vote on them.
//!
//! Members take up the options one after the other. What all would do is worked out first only where a payment looks at it.

use super::table::Table;
use super::vote;
use crate::behaviour::BestResponse;
use crate::demand::Demand;
use crate::dice::Purpose;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::place::Place;
use crate::rule::{CollectiveChoice, InForce};
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::upstream::MOST_RELIEF;
use crate::world::{Columns, Member, Outlook, Valuation, World};

/// Members meet, now and then.
pub(super) struct Meet;

impl Couple for Meet {
    /// Every option is weighed by every member, and the votes are counted in every lane.
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let Some(rule) = setup.rules.collective_choice() else { return };
        // Where the rule is off in every run, nobody needs to meet.
        if !rule.meets(step) || !rule.acts().any() {
            return;
        }
        let mut values = std::mem::take(&mut world.scratch.valuation);
        if rule.rule.decision.is_weighed() {
            let luck = world.dice.uniform(&world.luck, Purpose::Vote, step, 0).standard_normal_quantile();
            let error = luck * world.place.noise;
            weigh(setup, world, &rule, error, &mut values);
        }
        vote::count(*moment, world, &rule, &mut values);
        world.scratch.valuation = values;
    }
}

#[inline(always)]
fn weigh(setup: &Setup, world: &World, rule: &InForce<'_, CollectiveChoice>, error: Lanes, values: &mut Valuation) {
    let World { kinds, place, .. } = world;
    foresee(setup, place, rule.rule, error, values);
    let Valuation { outlooks, reached, yields, members, deeds, parts, worth, public, favourites, .. } = values;
    let options = &setup.derived.options;
    Outlook::of_all(setup, place, options, outlooks, reached);
    take_seats(setup, place, kinds, members);
    worth.clear();
    worth.resize(members.len() * outlooks.len(), Lanes::ZERO);
    public.clear();
    let count = outlooks.len();
    for (position, outlook) in outlooks.iter_mut().enumerate() {
        let stocks = place.upstream.len();
        let reached = &reached[position * stocks..][..stocks];
        let table = Table { setup, place, kinds, yields, members, reached };
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

/// Writes down the yields per effort that members foresee of each pool if all were bound at each total, those from outside staying
/// what they are.
#[inline(always)]
fn foresee(setup: &Setup, place: &Place, rule: &CollectiveChoice, error: Lanes, values: &mut Valuation) {
    let boundary = setup.rules.boundary().map_or(Lanes::ZERO, |rule| rule.strength());
    let pools = setup.pools.len();
    for (pool, named) in setup.pools.iter().enumerate() {
        let seen = place.seen[pool] * (1.0 + error);
        if let Some(outlooks) = &setup.derived.outlooks {
            let prospects = &mut values.prospects[pool];
            if prospects.is_empty() {
                continue;
            }
            outlooks.read(pool, seen, prospects);
            let (planned, outside) = (setup.derived.planned_on[pool], setup.outside_on(place, pool));
            for (level, total) in rule.totals.iter().enumerate() {
                values.yields[level * pools + pool] = prospects.of(outside + planned * *total).care;
                keep_lanes_together();
            }
        } else if let Some(forecast) = &setup.derived.forecast {
            let stock = seen * (1.0 / named.part.capacity);
            for level in 0..rule.totals.len() {
                values.yields[level * pools + pool] = forecast.yield_per_effort(level, pool, stock, boundary);
            }
        }
    }
}

/// Writes down how things stand for each member.
#[inline(always)]
fn take_seats(setup: &Setup, place: &Place, kinds: &[Columns], members: &mut Vec<Member>) {
    let demand = Demand::of_all(setup, kinds);
    members.clear();
    for ((kind, own), common) in setup.kinds.iter().zip(kinds).zip(&place.kinds) {
        let left = 1.0 - common.relieved.min(MOST_RELIEF);
        for row in 0..own.rows.count() {
            let (new, need) =
                own.needs.as_ref().map_or((Lanes::ZERO, Lanes::ZERO), |all| (all[row].new, all[row].need));
            // What it refers now it would go on to refer.
            let refers = own.referred.as_ref().map(|_| kind.refers(own.conduct[row].position));
            let keep = |part: Lanes| refers.map_or(part, |refers| part * (1.0 - refers));
            let account = own.accounts.as_ref().map(|accounts| accounts[row]);
            members.push(Member {
                by_need: demand.share(kind, new),
                unrelieved: keep(new / left),
                old_need: keep(need - new),
                result: account.map_or(Lanes::ZERO, |account| account.income - account.cost),
                purse: own.purses.as_ref().map(|purses| purses[row]),
                need,
                refers: refers.unwrap_or(Lanes::ZERO),
            });
            keep_lanes_together();
        }
    }
}
