//! New need comes up, less what upstream work prevents, and meets what others have let fall and what has been waiting.

use crate::dice::Purpose;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::one_if_no_pool;
use crate::step::{At, Couple, Moment, Walk};
use crate::world::{Columns, Scratch, World};

/// Prices and costs of this step, and what upstream work prevents in it.
pub(super) struct Open;

impl Couple for Open {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        promise(moment, world);
        let World { kinds, place, dice, .. } = world;
        let years = |step: u32| libm::floor(setup.years(step)) as u32;
        let begun = step.checked_sub(1).map_or(0, |before| years(step) - years(before));
        for (index, ((kind, common), own)) in setup.kinds.iter().zip(&mut place.kinds).zip(kinds).enumerate() {
            if let Some(deviations) = &mut own.spread {
                common.spread = kind.spread.draw(deviations, dice, &own.luck, step, begun).or(common.spread);
            }
            let prices = kind.prices[step as usize];
            common.regime = prices.regime;
            common.price_index = prices.paid;
            common.cost_index = prices.cost;
            if setup.derived.prime == Some(index) {
                place.books.contract.fallback_index = prices.fallback;
            }
            common.received = common.arriving;
            common.arriving = Lanes::ZERO;
            common.referred_worth = common.arriving_worth;
            common.arriving_worth = Lanes::ZERO;
        }
        if let Some(upstream) = &setup.upstream {
            for (stream, stock) in setup.derived.streams.iter().zip(&mut place.upstream) {
                stock.reached = upstream.reached(stream.most, stock.stock);
                keep_lanes_together();
            }
            for (index, common) in place.kinds.iter_mut().enumerate() {
                common.relieved = Lanes::ZERO;
                for (stream, stock) in setup.derived.streams.iter().zip(&place.upstream) {
                    common.relieved += stock.reached * stream.acts[index];
                }
                keep_lanes_together();
            }
        }
    }
}

/// What a unit of effort will yield from the pools as they are, if all do what they did: those with urgent need reckon with it.
#[inline(always)]
fn promise(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, step, .. } = *moment;
    let World { place, pools, .. } = world;
    for (kind, common) in setup.kinds.iter().zip(&mut place.kinds) {
        if !kind.has_urgent_need() {
            continue;
        }
        let mut least = Lanes::all(f64::MAX);
        for uses in &kind.uses {
            let effort = match step {
                0 => Lanes::all(setup.derived.planned_on[uses.pool]),
                _ => place.efforts[uses.pool],
            };
            least = least.min(setup.pools[uses.pool].part.yield_per_effort(effort, pools[uses.pool].stock));
        }
        common.promised = one_if_no_pool(least);
    }
}

/// Need arises.
pub(super) struct Arise;

impl Walk for Arise {
    #[inline(always)]
    fn begin(_: &mut Columns) {}

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        arise(at, own);
    }
}

/// The need of a block.
#[inline(always)]
fn arise(at: &At<'_>, own: &mut Columns) {
    let Some((need, needs)) = at.kind.need.as_ref().zip(own.needs.as_mut()) else { return };
    let common = &at.place.kinds[at.index];
    let mut expected = common.surge * (1.0 - common.relieved) * need.expected_in(at.step);
    if let Some(spread) = &common.spread {
        expected *= spread.need;
    }
    let draws = at.dice.block(&own.luck, Purpose::Need, at.step, at.block, &mut own.kept.need);
    for row in at.rows.clone() {
        let luck = draws.of(row).standard_normal_quantile();
        let deviation = match &mut own.deviations {
            Some(deviations) => {
                deviations[row] = need.deviation(deviations[row], luck, at.step);
                deviations[row]
            }
            None => luck,
        };
        need.arise(&mut needs[row], expected, deviation, common.received);
        keep_lanes_together();
    }
}
