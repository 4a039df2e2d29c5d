//! Shifts between kinds: what members vote on in a second ballot, once the total is known.
//!
//! On the table is every shift of a `size` s from one kind i to another j, both of which sit at the table, that j has room for: on top of its
//! plan it lies within the levels that j may choose from. Members weigh each against none,
//! at the total T that has just been agreed on or stands. With S the sizes of kinds, a shift moves allotted effort, and where j may meet
//! part of i's need (`substitute`: share, cost κ; else κ = 1 and nothing is referred) the need that goes with it:
//!
//! ```text
//! aᵢ ← aᵢ − x,   x = s · T · planᵢ              effort per unit of i's size
//! aⱼ ← aⱼ + κ x · Sᵢ/Sⱼ
//! φᵢ ← at least min(s, share), so far as i is bound    share of its need that i refers
//! money of j += f · v · x · Sᵢ                   f = `follows`; v what i is paid for a unit of planned care
//! ```
//!
//! Money: i goes on being paid for the share f of what has been shifted as if it met it, and hands on f · v for each unit
//! (`payoff::Following`), so that whoever is paid by the unit loses its price whatever f is and the payer pays the share f of
//! what it would have saved; whoever is paid a sum hands over the share f of it that was for that care. Money moves only so far as the
//! shift does: × q′ of the agreement (strength, clock, what is carried out) × what has been ceded × the seats of both. Where the referral
//! itself brings money (`substitute.follows`), that is not paid twice.
//!
//! The three shifts that most votes favour are put one by one, the most favoured first, against none; the first that is carried is
//! decided, and holds until the next meeting decides anew. Sizes 2, 5 and 10% and f between 0 and 1: *assumed*.

use crate::english::{either, percent};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Shifts between kinds on the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shifts {
    /// Sizes on the table, as shares of what the kind does that gives.
    #[schemars(length(min = 1, max = 8), inner(range(min = 0.0, max = 1.0)))]
    pub sizes: Vec<f64>,
    /// Share of what the giver is paid for care shifted that follows it to whoever does it instead.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub follows: f64,
}

/// How many shifts are put to the vote.
pub(crate) const PUT_TO_THE_VOTE: usize = 3;

impl Shifts {
    /// Plain English.
    pub(crate) fn describe(&self) -> String {
        let sizes: Vec<String> = self.sizes.iter().map(|size| percent(*size)).collect();
        let money = match self.follows {
            0.0 => "no money goes with it".to_owned(),
            1.0 => "what the giver is paid for it goes with it".to_owned(),
            share => format!("{} of what the giver is paid for it goes with it", percent(share)),
        };
        format!(
            "A second ballot may shift {} of what one kind does to another, with the need that can be met there; {money}.",
            either(&sizes)
        )
    }
}
