//! Myopic best response: of the actions open to it, the one that pays best in this step against the others' last efforts.
//!
//! Providers move in turn, each seeing the last effort of all the others, so that the process settles where Cournot's does
//! (simultaneous best responses of more than two players overshoot and cycle: Theocharis 1960).

use crate::model::lanes::{Lanes, keep_lanes_together, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The myopic optimum against the others' last efforts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BestResponse {}

impl BestResponse {
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
}
