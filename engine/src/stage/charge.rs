//! What the rules cost in this step: attention at once, money when all settle.

use crate::lanes::Lanes;
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
        place.spent_on_rules.fill(Lanes::ZERO);
        for switch in rules.switches() {
            attention += switch.attention;
            place.spend(switch.from, switch.money);
        }
        if let Some(rule) = rules.dedicated_team() {
            let (money, time) = rule.growth(setup.years(step));
            attention += time;
            place.spend(rule.switch.from, money);
        }
        for kind in &mut place.kinds {
            kind.attention = (1.0 - (attention + kind.attention_divided)).max(Lanes::ZERO);
        }
    }
}
