//! What an action is worth to a provider: own margin + motivation × need met − expected penalties − norm.
//!
//! It is put together by whoever asks from what work earns ([`Earnings`]), what holds a provider back from more than its share
//! ([`Deterrents`]) and what is gained later ([`Foresight`]). All quantities are per unit of the provider's size, so that large
//! and small providers weigh them alike. The same formulas value what was done, what might have been done, and what a proposal
//! would mean if all were bound by it. What is absent is an empty option: asking costs nothing beside sixteen lanes.

mod deterrents;
mod earnings;
mod following;
mod foresight;
mod sight;
#[cfg(test)]
mod tests;

pub(crate) use deterrents::{Deterrents, agreed};
pub(crate) use earnings::{Earnings, one_if_no_pool, scarcest};
pub(crate) use following::{Following, unit};
pub(crate) use foresight::{Expected, Foresight, NeedAhead, referral};
pub(crate) use sight::Sight;

use crate::lanes::{Lanes, select};
use crate::limits::NO_VALUE;

/// `part / whole`, one where there is no whole.
#[inline(always)]
pub(crate) fn ratio(part: Lanes, whole: Lanes) -> Lanes {
    let none = whole.at_most(Lanes::ZERO);
    select(none, Lanes::ONE, part / select(none, Lanes::ONE, whole))
}

/// A sum as a share of a whole; missing where there is no whole.
#[inline(always)]
pub(crate) fn share_of(sum: Lanes, whole: Lanes) -> Lanes {
    let none = whole.at_most(Lanes::ZERO);
    select(none, Lanes::all(NO_VALUE), sum / select(none, Lanes::ONE, whole))
}
