//! What the rules cost in this step: attention at once, and what the members pay when all settle. What pools pay has been paid
//! when the step began ([`crate::clocks`]).

use crate::lanes::Lanes;
use crate::place::Place;
use crate::rule::Switch;
use crate::step::{Couple, Moment};
use crate::world::World;

/// Rules that cost.
pub(super) struct Charge;

impl Couple for Charge {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let (rules, place) = (&setup.rules, &mut world.place);
        let mut attention = place.lost_attention + place.attention_led;
        place.governance = rules.mediation().map_or(Lanes::ZERO, |rule| rule.fee(place));
        for switch in rules.switches() {
            attention += switch.attention;
            levy(place, switch, switch.money);
        }
        if let Some(rule) = rules.dedicated_team() {
            let (money, time) = rule.growth(setup.years(rule.age(step).unwrap_or(0)));
            attention += time;
            levy(place, rule.switch, money);
        }
        for kind in &mut place.kinds {
            kind.attention = (1.0 - (attention + kind.attention_divided)).max(Lanes::ZERO);
        }
    }
}

/// What the members pay for a rule, where no pool does.
#[inline(always)]
fn levy(place: &mut Place, switch: &Switch, money: Lanes) {
    if switch.from.is_none() {
        place.governance += money;
    }
}
