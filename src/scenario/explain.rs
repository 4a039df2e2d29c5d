//! A scenario in plain English: what is shared, who uses it, what they live under, and what is assumed.
//!
//! Rules and payments describe themselves beside their mechanism; the words for everything else are here.

mod pool;
mod provider;
mod shock;

use super::Scenario;
use super::file::{File, Outside, Upstream};
use crate::model::measure::words;
use crate::model::rule::{Price, RuleSet, Terms};
use crate::model::society::Society;
use serde::Serialize;

/// A part of the explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// Its paragraphs, without line breaks.
    pub paragraphs: Vec<String>,
}

/// The whole scenario in plain English, in the order in which one would tell it.
pub fn explain(scenario: &Scenario) -> Vec<Section> {
    let file = &scenario.file;
    let sections = [
        section("Time", vec![time(file)]),
        section("What is shared", file.pools.iter().map(|(name, part)| pool::describe(name, part)).collect()),
        section("Who uses it", provider::describe(scenario)),
        section("What they know and trust", society(&file.society)),
        section("Prevention", file.upstream.iter().map(upstream).collect()),
        section("Users from outside", file.outside.iter().map(|part| outside(part, &file.time.unit)).collect()),
        section("The rules", rules(&file.rules)),
        section(
            "What happens to the place",
            file.shocks.iter().map(|(name, part)| shock::describe(name, part)).collect(),
        ),
        section("What is assumed", file.assumptions.clone()),
        section("Sources", file.sources.clone()),
    ];
    sections.into_iter().filter(|section| !section.paragraphs.is_empty()).collect()
}

fn section(heading: &'static str, paragraphs: Vec<String>) -> Section {
    Section { heading, paragraphs }
}

fn time(file: &File) -> String {
    let time = &file.time;
    let year = match time.unit.as_str() {
        "year" => String::new(),
        _ => format!(" A year has {} of them.", number(time.steps_per_year)),
    };
    format!("A run has {}.{year}", counted(time.steps, &time.unit))
}

fn society(society: &Society) -> Vec<String> {
    let mut knowledge = vec![format!(
        "Where nobody measures, what a provider does is seen with a chance of {} in each step.",
        percent(society.coverage)
    )];
    if society.noise > 0.0 {
        knowledge.push(format!("What is seen is off by {}.", percent(society.noise)));
    }
    if society.lag > 0.0 {
        knowledge.push(format!("What is known of the pool is {} old.", counted_as(society.lag, "step")));
    }
    let mut trust = vec![format!("Trust begins at {}.", percent(society.trust))];
    if society.trust_moves() {
        trust.push(format!(
            "A step in which all keep to their share wins back {} of what is missing; one in which all exceed it costs {} of what is there.",
            percent(society.trust_gain),
            percent(society.trust_loss)
        ));
        trust.push(format!("Up to {} above the share passes for keeping to it.", percent(society.tolerance)));
    }
    if society.resentment > 0.0 {
        trust.push(format!(
            "Whoever is fined under a limit in which it had no say loses {} of its trust.",
            percent(society.resentment)
        ));
    }
    vec![knowledge.join(" "), trust.join(" ")]
}

fn upstream(upstream: &Upstream) -> String {
    format!(
        "Work spent upstream builds a stock that lowers need everywhere, by {} at most. A place that spends all its planned effort on it builds {} in a step; half of the effect is reached at {}, and {} of it is lost in each step.",
        percent(upstream.most),
        number(upstream.productivity),
        number(upstream.half),
        percent(upstream.decay)
    )
}

fn outside(outside: &Outside, unit: &str) -> String {
    let crossing = if outside.crossing > 0.0 {
        format!(
            " Where no boundary is drawn, {} of what members do falls outside the place.",
            percent(outside.crossing)
        )
    } else {
        String::new()
    };
    format!(
        "Others use {} too, with {} of effort at the start and never more than {}. A unit of yield is worth {} to them and a unit of effort costs them {}; they come while that pays and go when it does not, by {} of the most in a {unit} in which profit equals cost.{crossing}",
        words(&outside.pool),
        number(outside.effort),
        number(outside.limit),
        number(outside.price),
        number(outside.cost),
        percent(outside.entry)
    )
}

fn rules(rules: &RuleSet) -> Vec<String> {
    let list: Vec<String> = rules
        .present()
        .map(|(name, rule)| {
            let Terms { strength, placebo, cost } = rule.terms();
            let force = match (placebo, strength) {
                (true, _) => " It is a placebo: its cost is paid and nothing else of it happens.".to_owned(),
                (false, strength) if strength < 1.0 => format!(" It acts at {} of its force.", percent(strength)),
                _ => String::new(),
            };
            let title = capital(&words(name.key()));
            format!("{title} ({}). {}{}{force}", rule.principle(), rule.describe(), price(cost))
        })
        .collect();
    if list.is_empty() { vec!["None: a fortress, in which each looks after itself.".to_owned()] } else { list }
}

fn price(price: &Price) -> String {
    let payer =
        price.from.as_ref().map_or_else(|| "from the members".to_owned(), |pool| format!("out of {}", words(pool)));
    let share = || format!("{} of the size of all a step", percent(price.share));
    let money = match (price.money > 0.0, price.share > 0.0) {
        (false, false) => None,
        (true, false) => Some(format!("{} a step", number(price.money))),
        (false, true) => Some(share()),
        (true, true) => Some(format!("{} a step and {}", number(price.money), share())),
    };
    match (money, price.attention > 0.0) {
        (None, false) => String::new(),
        (Some(money), false) => format!(" It costs {money}, {payer}."),
        (None, true) => format!(" It takes {} of all working time.", percent(price.attention)),
        (Some(money), true) => {
            format!(" It costs {money}, {payer}, and {} of all working time.", percent(price.attention))
        }
    }
}

/// A share as per cent, with as many decimals as it needs and at most two: `12.5%`.
fn percent(share: f64) -> String {
    format!("{}%", number((share * 1e4).round() / 100.0))
}

/// A number as people write it, with four decimals at most where it is not tiny.
fn number(value: f64) -> String {
    let rounded = (value * 1e4).round() / 1e4;
    if value != 0.0 && (rounded == 0.0 || value.abs() >= 1e15) { format!("{value:e}") } else { rounded.to_string() }
}

/// `1 step`, `60 seasons`.
fn counted(count: u32, noun: &str) -> String {
    counted_as(f64::from(count), noun)
}

fn counted_as(count: f64, noun: &str) -> String {
    match number(count).as_str() {
        "1" => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// The text with its first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::bundled::BUNDLED;

    fn explained(name: &str) -> String {
        let sections = explain(&Scenario::load(&BUNDLED, name).unwrap());
        let parts: Vec<String> =
            sections.into_iter().map(|part| format!("{}\n{}\n", part.heading, part.paragraphs.join("\n"))).collect();
        parts.concat()
    }

    #[test]
    fn a_pasture_without_rules_is_told_in_plain_english() {
        let text = explained("pasture-fortress");
        for sentence in [
            "A run has 60 seasons. A year has 1 of them.",
            "A full pool holds 100 tonnes of grass; it starts full.",
            "It grows by up to 12.5 a step, most when it is half full",
            "Each of the 6 is paid a price of 1 for each unit of activity.",
            "None: a fortress, in which each looks after itself.",
        ] {
            assert!(text.contains(sentence), "no `{sentence}` in:\n{text}");
        }
    }

    #[test]
    fn every_rule_that_is_present_is_told_with_its_cost() {
        let text = explained("pasture-ostrom");
        assert!(text.contains("Graduated sanctions (King's Fund 6, Ostrom 5). Whoever is seen to exceed its share"));
        assert!(text.contains("It costs 0.1 a step, from the members, and 1% of all working time."));
        assert!(!text.contains("a fortress, in which each"));
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(percent(0.125), "12.5%");
        assert_eq!(percent(0.1 + 0.2), "30%");
        assert_eq!(number(0.000_001), "1e-6");
        assert_eq!((counted(1, "season"), counted(2, "season")), ("1 season".to_owned(), "2 seasons".to_owned()));
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
    }
}
