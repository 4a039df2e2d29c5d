//! What members know, who sits at the table and who may use the pool in this step.

use crate::dice::Purpose;
use crate::lanes::{Lanes, Mask, keep_lanes_together};
use crate::place::Place;
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::World;

/// Rules that change what is known.
pub(super) struct Inform;

impl Couple for Inform {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let rules = &setup.rules;
        let place = &mut world.place;
        begin(setup, place);
        if let Some(rule) = rules.boundary() {
            rule.inform(place);
        }
        if let Some(rule) = rules.partners() {
            rule.inform(place, &setup.derived.partners);
        }
        if let Some(rule) = rules.pooled_finance() {
            rule.inform(place, setup.kinds.iter().map(|kind| (kind.total_size, kind.count)));
        }
        if let Some(rule) = rules.shared_vision() {
            rule.inform(place, step);
        }
        if let Some(rule) = rules.measures() {
            rule.inform(place);
        }
        if let Some(rule) = rules.graduated_sanctions() {
            rule.inform(place);
        }
        let checked = place.coverage * place.counted;
        place.evidence += place.seen_by_all();
        for kind in &mut place.kinds {
            kind.checked = checked * kind.inside;
        }
        if let Some(rule) = rules.nested_groups() {
            rule.inform(place, (0..setup.kinds.len()).map(|kind| setup.groups_of(kind).count()));
        }
        if let Some(rule) = rules.leadership() {
            let in_deficit = share_in_deficit(setup, world);
            let draw = world.dice.uniform(&world.luck, Purpose::Leader, step, 0);
            rule.inform(&mut world.place, in_deficit, draw);
        }
        if let Some(rule) = rules.external_authority() {
            let draws = [0, 1].map(|which| world.dice.uniform(&world.luck, Purpose::Authority, step, which));
            rule.inform(&mut world.place, draws);
        }
        let World { place, pools, .. } = world;
        for (seen, pool) in place.seen.iter_mut().zip(pools) {
            *seen += (pool.stock - *seen) / (1.0 + place.lag);
            keep_lanes_together();
        }
    }
}

/// How things stand before any rule has acted.
#[inline(always)]
fn begin(setup: &Setup, place: &mut Place) {
    let society = &setup.society;
    place.coverage = Lanes::all(society.coverage);
    place.publicity = place.coverage;
    place.noise = Lanes::all(society.noise);
    place.lag = Lanes::all(society.lag);
    place.hidden = Lanes::ZERO;
    place.fine = Lanes::ZERO;
    place.rise = Lanes::ZERO;
    place.vision = Lanes::ZERO;
    place.attention_led = Lanes::ZERO;
    place.pressure = Lanes::ZERO;
    for (common, kind) in place.kinds.iter_mut().zip(&setup.kinds) {
        common.attention_divided = Lanes::ZERO;
        common.force = Lanes::ONE;
        common.inside = Mask::all_of(kind.partner).number();
    }
    place.outside_inside = place.outside;
    place.counted = Lanes::all(setup.outside.map_or(1.0, |outside| 1.0 - outside.crossing));
}

/// Share of all providers whose margin in the last step was below nought.
#[inline(always)]
fn share_in_deficit(setup: &Setup, world: &World) -> Lanes {
    let dividend = world.place.dividend;
    let mut in_deficit = Lanes::ZERO;
    for own in &world.kinds {
        in_deficit += own.sum(1.0, |row| (own.margin(row) + dividend).less(Lanes::ZERO).number());
    }
    in_deficit * (1.0 / setup.derived.providers as f64)
}
