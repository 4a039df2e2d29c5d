//! Shocks in plain English.

use super::{capital, counted, number, percent};
use crate::model::measure::words;
use crate::model::shock::{Shock, When};

/// One paragraph on a shock.
pub(super) fn describe(name: &str, shock: &Shock) -> String {
    format!("{}: {}.", capital(&words(name)), sentence(shock))
}

fn sentence(shock: &Shock) -> String {
    match shock {
        Shock::NeedSurge(shock) => {
            let whose = if shock.kinds.is_empty() { "all".to_owned() } else { list(&shock.kinds) };
            let change = if shock.size < 0.0 { "falls" } else { "rises" };
            format!(
                "{}, need of {whose} {change} by {} for {}",
                when(&shock.when),
                percent(shock.size.abs()),
                steps(shock.length)
            )
        }
        Shock::FundingCut(shock) => format!(
            "{}, {} of what usually comes into {} fails to come for {}",
            when(&shock.when),
            percent(shock.size),
            words(&shock.pool),
            steps(shock.length)
        ),
        Shock::StockLoss(shock) => {
            format!("{}, {} of {} is lost at once", when(&shock.when), percent(shock.size), words(&shock.pool))
        }
        Shock::LeaderLeaves(shock) => {
            format!("{}, whoever held the agreement together leaves, and it lapses", when(&shock.when))
        }
        Shock::NewEntrant(shock) => {
            format!("{}, a new user arrives from outside with {} of effort", when(&shock.when), number(shock.effort))
        }
        Shock::NationalOverride(shock) => format!(
            "{}, the national level sets {} of what was agreed aside for {}",
            when(&shock.when),
            percent(shock.size),
            steps(shock.length)
        ),
        Shock::Reorganisation(shock) => format!(
            "{}, a reorganisation ends agreements and takes {} of working time for {}",
            when(&shock.when),
            percent(shock.size),
            steps(shock.length)
        ),
    }
}

fn when(when: &When) -> String {
    match when {
        When::At(0) => "at the start".to_owned(),
        When::At(step) => format!("after {}", steps(*step)),
        When::Chance(chance) => format!("with a chance of {} in each step", percent(*chance)),
    }
}

fn steps(count: u32) -> String {
    counted(count, "step")
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| words(name)).collect();
    names.join(" and ")
}
