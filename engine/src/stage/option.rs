//! What each option on the table would bring about for all, and the relief of need that its upstream work would build.

use crate::lanes::{Lanes, keep_lanes_together};
use crate::place::Place;
use crate::rule::OptionOnTable;
use crate::setup::Setup;
use crate::world::{Foreseen, Outlook};

/// Relief beyond which it is not taken off again: need that is prevented altogether leaves nothing to reckon from.
const MOST_RELIEF: f64 = 0.99;

impl Outlook {
    /// Writes down the options so far as what they bring about does not depend on the members. Options that build as much
    /// upstream bring the same relief, which is worked out once.
    #[inline(always)]
    pub(super) fn of_all(setup: &Setup, place: &Place, options: &[OptionOnTable], outlooks: &mut Vec<Self>) {
        use crate::rows::Total;
        outlooks.clear();
        for option in options {
            let built = built(setup, option);
            let mut known = None;
            for other in &*outlooks {
                if other.built.to_bits() == built.to_bits() {
                    known = Some(other.relief);
                    break;
                }
            }
            let relief = match known {
                Some(relief) => relief,
                None => mean_relief(setup, place, built),
            };
            let (all, none) = (Foreseen::NONE, Lanes::ZERO);
            outlooks.push(Self { option: *option, built, relief, all, contracts: none, pooled: none });
        }
    }
}

/// Relief of need at present.
#[inline(always)]
pub(super) fn relief_now(setup: &Setup, place: &Place) -> Lanes {
    setup.upstream.map_or(Lanes::ZERO, |upstream| upstream.relief(place.upstream).min(MOST_RELIEF))
}

/// Upstream stock that would be built in each step under an option.
fn built(setup: &Setup, option: &OptionOnTable) -> f64 {
    let share = setup.derived.planned_effort / setup.derived.total_size;
    setup.upstream.map_or(0.0, |upstream| upstream.productivity * option.upstream * option.total * share)
}

/// Steps over which the relief of need is followed by whoever has patience; what comes later counts as the last of them.
const FOLLOWED: u32 = 200;

/// The mean relief of need, discounted or over the horizon, if so much were built in each step from now on.
#[inline(always)]
fn mean_relief(setup: &Setup, place: &Place, built: f64) -> Lanes {
    let Some(upstream) = &setup.upstream else { return Lanes::ZERO };
    let mut stock = place.upstream;
    let discount = setup.derived.outlooks.as_ref().map(|outlooks| outlooks.discount());
    let horizon = setup.rules.set().collective_choice.as_ref().and_then(|rule| rule.horizon).unwrap_or(1);
    let Some(discount) = discount else {
        let mut sum = Lanes::ZERO;
        for _ in 0..horizon {
            stock = stock * (1.0 - upstream.decay) + built;
            sum += upstream.relief(stock);
            keep_lanes_together();
        }
        return sum * (1.0 / f64::from(horizon));
    };
    let (mut sum, mut weight) = (Lanes::ZERO, 1.0 - discount);
    for _ in 0..FOLLOWED {
        stock = stock * (1.0 - upstream.decay) + built;
        sum += upstream.relief(stock) * weight;
        weight *= discount;
        keep_lanes_together();
    }
    sum + upstream.relief(stock) * libm::pow(discount, f64::from(FOLLOWED))
}
