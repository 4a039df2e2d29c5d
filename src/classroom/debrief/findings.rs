//! The sentences of the debrief, each with the number of lucks in which it holds.

use super::{Fate, Finding};
use crate::classroom::game::Game;
use crate::classroom::group::Group;
use crate::model::english::{counted, lowered, number};

fn count(fates: &[Fate], holds: impl Fn(&Fate) -> bool) -> usize {
    fates.iter().filter(|fate| holds(fate)).count()
}

/// What became of what the group shares.
pub(super) fn pool(group: &Group, again: &[Fate]) -> Vec<Finding> {
    let (end, earned, bare) = (group.stock(), group.earned(), group.facts().bare);
    let is_bare = end < bare;
    let side = if is_bare { "below" } else { "at or above" };
    let says = if let (Game::Place, Some(met)) = (group.game(), group.met()) {
        format!(
            "At the end {end:.0}% of full staff and beds were left, of {:.0}% at the beginning. You met {:.0}% of the need, and {}. With the same choices \
             staff and beds end {side} {bare:.0}%, below which they recover only if all do less",
            group.facts().starts,
            met * 100.0,
            margin(earned)
        )
    } else {
        let state = if is_bare { "Your meadow was nearly bare at the end" } else { "Your meadow was alive at the end" };
        format!(
            "{state}: {end:.0}% of the grass was left. Together you earned {}. With the same cows it ends {side} a quarter",
            coins(earned)
        )
    };
    vec![Finding { says, holds: count(again, |fate| (fate.end() < bare) == is_bare) }]
}

/// "all your margins come to £12m", "all your margins come to −£12m".
fn margin(earned: f64) -> String {
    let sign = if earned.round() < 0.0 { "−" } else { "" };
    format!("all your margins come to {sign}£{}m", number(earned.abs().round()))
}

/// "1 coin", "−12 coins".
fn coins(earned: f64) -> String {
    counted(earned.round(), "coin")
}

/// The group beside one who decides for all.
pub(super) fn against_one_hand(group: &Group, owner: &[Fate]) -> Vec<Finding> {
    let (stock, earned) = (group.stock(), group.earned());
    let told = |begin: &str, what: &str, end: &str, is_more: &dyn Fn(&Fate) -> bool| {
        let more = 2 * count(owner, is_more) >= owner.len();
        Finding {
            says: format!("{begin} {} {what} {end}", if more { "more" } else { "no more" }),
            holds: count(owner, |fate| is_more(fate) == more),
        }
    };
    let richer = |fate: &Fate| fate.total() > earned;
    let fuller = |fate: &Fate| fate.end() > stock;
    match (group.game(), group.met()) {
        (Game::Place, Some(met)) => vec![
            told(
                "One board, with the best plan that is the same for every seat and year (by what care is worth, less what it costs), ends with",
                "staff and beds",
                "than you",
                &fuller,
            ),
            told("The board meets", "need", "than you did", &|fate| fate.share() > met),
            told("Under the board all margins together come to", "money", "than yours", &richer),
        ],
        _ => vec![
            told(
                "One owner of the whole meadow, who looks as far ahead as each computer herder, ends with",
                "grass",
                "than you",
                &fuller,
            ),
            told("The owner earns", "coins", "than all of you together", &richer),
        ],
    }
}

/// Computers without a rule and with it, luck by luck; and the group's own choices, where the rule can hold them.
pub(super) fn under_rule(
    group: &Group,
    alone: &[Fate],
    ruled: &[Fate],
    own: Option<(&[Fate], &[Fate])>,
) -> Vec<Finding> {
    let told = |who: &str, what: &str, (a, b): (&[Fate], &[Fate]), of: fn(&Fate) -> f64| {
        let holds = a.iter().zip(b).filter(|(without, with)| of(with) > of(without)).count();
        let more = 2 * holds >= a.len();
        Finding {
            says: format!("{who} {} {what} under this rule than without it", if more { "more" } else { "no more" }),
            holds: if more { holds } else { a.len() - holds },
        }
    };
    let both = (alone, ruled);
    let stock = group.facts().stock;
    let mut findings = match group.game() {
        Game::Meadow => vec![
            told("Computer herders keep", stock, both, Fate::end),
            told("Together they earn", "coins", both, Fate::total),
        ],
        Game::Place => vec![
            told("Computer managers keep", stock, both, Fate::end),
            told("They meet", "of the need", both, Fate::share),
            told("Their margins together come to", "money", both, Fate::total),
        ],
    };
    if let Some(own) = own {
        findings.push(told("Your own choices, held to it, leave", stock, own, Fate::end));
    }
    findings
}

/// Who came out best and who worst.
pub(super) fn takers(group: &Group, took: &[(usize, f64)], again: &[Fate]) -> Vec<Finding> {
    let (Some(most), Some(least)) = (took.first(), took.last()) else { return Vec::new() };
    let top = |fate: &Fate| {
        let best = fate.earned.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        best.is_some_and(|(seat, _)| seat == most.0)
    };
    let says = match group.game() {
        Game::Meadow => format!(
            "Of {}, the seat that took most has {} and the one that took least {}. With the same cows the same seat takes most",
            coins(group.earned()),
            number(most.1.round()),
            number(least.1.round())
        ),
        Game::Place => {
            let name = |seat: usize| lowered(group.role(seat).map_or("", |role| role.name));
            let met = |seat: usize| group.met_by(seat).unwrap_or(0.0) * 100.0;
            format!(
                "The best margin is that of the {}, which met {:.0}% of its need, and the worst that of the {}, which met {:.0}%. With the same choices the \
                 same seat comes out best",
                name(most.0),
                met(most.0),
                name(least.0),
                met(least.0)
            )
        }
    };
    vec![Finding { says, holds: count(again, top) }]
}
