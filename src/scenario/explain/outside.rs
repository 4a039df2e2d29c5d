//! Users from outside in plain English.

use super::Fact;
use crate::model::english::{Time, number, percent, words};
use crate::scenario::file::Outside;

/// What is said of them.
pub(super) fn describe(outside: &Outside, time: &Time) -> Fact {
    let (pool, effort, limit) = (words(&outside.pool), number(outside.effort), number(outside.limit));
    let (price, cost, entry) = (number(outside.price), number(outside.cost), percent(outside.entry));
    let mut sentences = vec![
        format!("Others use {pool} too, with {effort} of effort at the start and never more than {limit}."),
        format!("A unit of yield is worth {price} to them and a unit of effort costs them {cost}."),
        format!(
            "They come while that pays and go when it does not, by {entry} of the most in a {} in which profit equals cost.",
            time.one()
        ),
    ];
    if outside.crossing > 0.0 {
        let crossing = percent(outside.crossing);
        sentences.push(format!("Where no boundary is drawn, {crossing} of what members do falls outside the place."));
    }
    Fact::of("Users from outside", sentences)
}
