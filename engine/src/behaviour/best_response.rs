//! Best response: of the efforts open to it, the one that pays best against the others' last efforts.
//!
//! Providers move in turn, each seeing the last effort of all the others, so that the process settles where Cournot's does
//! (simultaneous best responses of more than two players overshoot and cycle: Theocharis 1960).
//!
//! What "pays best" means depends on how far it looks. The myopic user looks at this step and takes the stock as it finds
//! it: on a pool that yields in proportion to effort many of them end near open access. The user who looks to the steady
//! state counts what its own effort leaves of the stock for good, but nothing of what that costs the others: the
//! Cournot–Nash equilibrium of the fishery, with N owners E = N/(N+1) of open access (Clark 1990, *Mathematical
//! Bioeconomics*, without discounting).

use crate::lanes::{Lanes, keep_lanes_together, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The optimum against the others' last efforts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BestResponse {
    /// How far it looks.
    #[serde(default, skip_serializing_if = "Foresight::is_myopic")]
    pub foresight: Foresight,
    /// Chooses between the levels of the list too: the list says where to look, and the best is sought between the
    /// neighbours of the best one in it, where worth must have one peak.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub between: bool,
}

/// How far a provider looks that gives its best response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Foresight {
    /// To the end of this step, with the stock as it is.
    #[default]
    Myopic,
    /// To the steady state in which the pools come to rest if all others keep to what they do now.
    SteadyState,
}

impl Foresight {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_myopic(&self) -> bool {
        *self == Self::Myopic
    }
}

/// Golden sections by which the best level between two is closed in on: 0.618²⁸ of their distance, 1.4·10⁻⁶, is left.
const SECTIONS: u32 = 28;
/// (√5 − 1)/2.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

impl BestResponse {
    pub(super) fn describe(&self) -> String {
        let when = match self.foresight {
            Foresight::Myopic => "",
            Foresight::SteadyState => " once the pools have come to rest",
        };
        format!("does what would pay best{when} against what the others did last")
    }

    /// The position of the action with the highest worth; of equal ones the first, which is the least effort.
    #[inline(always)]
    pub fn choose(worth: &[Lanes]) -> Lanes {
        let mut best = Lanes::ZERO;
        let mut highest = Lanes::all(f64::MIN);
        for (position, worth) in worth.iter().enumerate() {
            let better = worth.greater(highest);
            highest = select(better, *worth, highest);
            best = select(better, Lanes::all(position as f64), best);
            keep_lanes_together();
        }
        best
    }

    /// The level of highest worth between `low` and `high`, by golden section.
    #[inline(always)]
    pub fn peak(low: Lanes, high: Lanes, worth: impl Fn(Lanes) -> Lanes) -> Lanes {
        let (mut low, mut high) = (low, high);
        let (mut left, mut right) = (high - (high - low) * GOLDEN, low + (high - low) * GOLDEN);
        let (mut at_left, mut at_right) = (worth(left), worth(right));
        for _ in 0..SECTIONS {
            let falls = at_left.at_least(at_right);
            (low, high) = (select(falls, low, left), select(falls, right, high));
            let new = select(falls, high - (high - low) * GOLDEN, low + (high - low) * GOLDEN);
            let at_new = worth(new);
            (left, right) = (select(falls, new, right), select(falls, left, new));
            (at_left, at_right) = (select(falls, at_new, at_right), select(falls, at_left, at_new));
        }
        (low + high) * 0.5
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "positions and averages of round numbers are exact")]

    use super::*;

    #[test]
    fn the_action_that_is_worth_most_is_taken_and_of_equals_the_first() {
        let best = BestResponse::choose(&[0.0, 3.0, 4.0, 4.0].map(Lanes::all));
        assert_eq!(best.lane(0), 2.0);
    }

    #[test]
    fn the_peak_between_two_levels_is_found_inside_and_at_either_end() {
        let peak = |at: f64| {
            let worth = |level: Lanes| (level - at) * (level - at) * -1.0;
            BestResponse::peak(Lanes::ONE, Lanes::all(3.0), worth).lane(7)
        };
        for (at, wanted) in [(1.7, 1.7), (0.0, 1.0), (9.0, 3.0)] {
            assert!((peak(at) - wanted).abs() < 3e-6, "{at}: {}", peak(at));
        }
    }
}
