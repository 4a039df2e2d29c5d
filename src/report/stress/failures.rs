//! Where a design fails, in sentences: the box of conditions, how much of its failures lie in it, and which limits may be chance.

use super::super::phrase::{count, list, percent, quoted};
use super::{Account, conditions};
use crate::experiment::stress::{FailBox, Failing, NEARLY, Standing};

/// One sentence; of a design that fails everywhere, or nearly, others on the goals that it meets somewhere.
pub(super) fn sentences(account: &Account, key: &str, standing: &Standing) -> Vec<String> {
    let futures = match &standing.failing {
        Failing::Nowhere => return Vec::new(),
        Failing::Within(found) => return vec![within(account, &format!("`{key}` fails"), found)],
        Failing::Everywhere => "every future".to_owned(),
        Failing::NearlyEverywhere(found) => {
            format!("{} of futures", percent(found.failures() as u64, found.cases() as u64))
        }
    };
    let goals: Vec<(&str, &Failing)> = account.goals().zip(&standing.failing_goals).collect();
    let always = goals.iter().filter_map(|(goal, failing)| match failing {
        Failing::Everywhere => Some(format!("{} always", quoted(goal))),
        Failing::NearlyEverywhere(_) => Some(format!("{} nearly always", quoted(goal))),
        _ => None,
    });
    let always: Vec<String> = always.collect();
    let what = if always.is_empty() { String::new() } else { format!(" (it misses {})", list(&always)) };
    let mut sentences =
        vec![format!("`{key}` fails in {futures}{what}, so that no condition tells its failures apart.")];
    sentences.extend(goals.iter().filter_map(|(goal, failing)| match failing {
        Failing::Within(found) if !is_rare(found) => {
            Some(within(account, &format!("`{key}` misses {}", quoted(goal)), found))
        }
        _ => None,
    }));
    sentences
}

/// Whether failures are as rare as its successes are in a design that fails nearly everywhere: a box says little of so few.
pub(super) fn is_rare(found: &FailBox) -> bool {
    found.failures() as f64 <= (1.0 - NEARLY) * found.cases() as f64
}

/// "`place-block` fails where …: 87% of the 300 futures there do, and 61% of all that do are there."
fn within(account: &Account, opening: &str, found: &FailBox) -> String {
    let (some, cases) = (found.chosen.of_interest as u64, found.chosen.cases as u64);
    if found.conditions.is_empty() {
        return format!("{opening} in {} of all futures, and no conditions tell these apart.", percent(some, cases));
    }
    let doubtful = found.conditions.iter().filter(|condition| condition.quasi_p > DOUBTFUL).count();
    let doubt = match doubtful {
        0 => String::new(),
        1 => " One of these limits may be there by chance (quasi-p above 5%).".to_owned(),
        some => format!(" {some} of these limits may be there by chance (quasi-p above 5%)."),
    };
    format!(
        "{opening} where {}: {} of the {} futures there do, and {} of all that do are there.{doubt}",
        conditions::told(account, found),
        percent(some, cases),
        count(cases),
        percent(some, found.failures() as u64)
    )
}

/// A limit with a higher quasi-p-value may be there by chance.
const DOUBTFUL: f64 = 0.05;
