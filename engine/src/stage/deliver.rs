//! Effort becomes care: need is met, waits, falls on others or is lost; upstream work builds up.

use super::fund;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::Earnings;
use crate::step::{At, Couple, Moment, Walk};
use crate::world::{Columns, Scratch, World};

/// Effort becomes care.
pub(super) struct Deliver;

/// The same, and what each is paid for it is claimed at once.
pub(super) struct DeliverAndClaim;

/// What the place as a whole has met, built up and let fall on others.
pub(super) struct Spill;

impl Walk for Deliver {
    #[inline(always)]
    fn begin(own: &mut Columns) {
        own.delivered.clear();
    }

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        deliver::<false>(at, own);
    }
}

impl Walk for DeliverAndClaim {
    #[inline(always)]
    fn begin(own: &mut Columns) {
        own.delivered.clear();
    }

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        deliver::<true>(at, own);
    }
}

#[inline(always)]
fn deliver<const CLAIM: bool>(at: &At<'_>, own: &mut Columns) {
    let mut earnings = Earnings::of_kind(at.setup, &at.place.kinds[at.index], at.kind);
    let sums = own.delivered.of(at.block);
    for row in at.rows.clone() {
        let weight = own.rows.weight(row, at.kind.size);
        let level = own.conduct[row].level;
        let upstream = own.upstream.as_ref().map_or(Lanes::ZERO, |upstream| upstream[row]);
        earnings.hold(own.purses.as_ref().map(|purses| &purses[row]));
        if let Some(needs) = &own.needs {
            earnings.need = needs[row].need;
        }
        if let Some(referred) = &own.referred {
            earnings.refers(referred[row]);
        }
        let work = earnings.work(level, upstream, earnings.yields);
        sums.delivered += work.delivered * weight;
        if own.upstream.is_some() {
            sums.built += work.effort * upstream * weight;
        }
        if let Some(needs) = &mut own.needs {
            let needs = &mut needs[row];
            needs.unmet = needs.need - work.met;
            sums.met += work.met * weight;
            sums.need += needs.need * weight;
            sums.need_new += needs.new * weight;
            sums.unmet += needs.unmet * weight;
            if let Some(referred) = &own.referred {
                sums.referred += referred[row] * weight;
            }
        }
        let cost = earnings.cost(work.effort);
        sums.cost += cost * weight;
        if let Some(yields) = &mut own.yields {
            yields[row] = work.delivered;
        }
        if let Some(accounts) = &mut own.accounts {
            accounts[row].cost = cost;
            if CLAIM {
                earnings.funded = Lanes::ONE;
                let claimed = earnings.income(&work, cost, earnings.per_need());
                accounts[row].income = claimed;
                if at.kind.paid_from.is_some() {
                    sums.claims += claimed.max(Lanes::ZERO) * weight;
                }
            }
        }
        keep_lanes_together();
    }
}

impl Couple for Spill {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, .. } = *moment;
        let World { kinds, place, .. } = world;
        let (mut met, mut need, mut built) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
        for stock in &mut place.upstream {
            stock.built = Lanes::ZERO;
        }
        let (mut cost, mut delivered, mut upstream) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
        for (index, (kind, own)) in setup.kinds.iter().zip(kinds).enumerate() {
            let sums = own.delivered.join();
            met += sums.met;
            need += sums.need;
            built += sums.built;
            if let Some(stock) = setup.derived.builds.get(index).and_then(|stream| place.upstream.get_mut(*stream)) {
                stock.built += sums.built;
            }
            cost += sums.cost;
            delivered += sums.delivered;
            upstream += sums.built;
            for spill in kind.need.iter().flat_map(|need| &need.spills) {
                let each = sums.unmet * (spill.share * spill.becomes / setup.kinds[spill.to].total_size);
                place.kinds[spill.to].arriving += each;
            }
            if let Some(form) = kind.substitute() {
                let by = &setup.kinds[form.by];
                place.kinds[form.by].arriving += sums.referred * (form.cost / by.total_size);
                place.kinds[form.by].arriving_worth += sums.referred * form.gain(kind.worth, by.worth);
            }
            place.kinds[index].output = sums;
            keep_lanes_together();
        }
        (place.met, place.need) = (met, need);
        place.note_usual(upstream * (1.0 / setup.derived.planned_effort), 1.0 / setup.steps_per_year);
        if setup.derived.keeps_books {
            fund::open(place, cost, delivered);
        }
        if let Some(upstream) = &setup.upstream {
            for (stream, stock) in setup.derived.streams.iter().zip(&mut place.upstream) {
                stock.built *= upstream.productivity / setup.derived.total_size;
                upstream.pass(&mut stock.stock, &mut stock.ripening, stock.built);
                stock.margin = upstream.margin(stream.most, stock.stock);
                if let Some(ahead) = &setup.derived.ahead {
                    let left = ahead.left(stock, stock.built);
                    stock.ahead = ahead.reached(upstream, stream.most, &left, Lanes::ZERO);
                }
                keep_lanes_together();
            }
        }
    }
}
