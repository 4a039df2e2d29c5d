//! A scenario in plain English: what is shared, who uses it, what they live under, and what is assumed.
//!
//! Rules and payments describe themselves beside their mechanism; the words for everything else are here.

mod constitution;
mod pool;
pub mod principles;
mod provider;
mod shock;

use super::Scenario;
use super::file::{File, Notes, Upstream};
use crate::model::measure::words;
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
    let mut sections: Vec<Section> = told(scenario, file);
    for paragraph in sections.iter_mut().flat_map(|part| &mut part.paragraphs) {
        *paragraph = in_units(paragraph, &file.time.unit);
    }
    // What the authors of the scenario have written stands as it is.
    sections.push(section("What is assumed", noted(file, &file.assumptions, |notes| &notes.assumptions)));
    sections.push(section("Sources", noted(file, &file.sources, |notes| &notes.sources)));
    sections.retain(|section| !section.paragraphs.is_empty());
    sections
}

/// What the parts of a scenario say of themselves, with steps called steps.
fn told(scenario: &Scenario, file: &File) -> Vec<Section> {
    let before = [
        section("Time", vec![time(file)]),
        section("What is shared", file.pools.iter().map(|(name, part)| pool::describe(name, part, file)).collect()),
        section("Who uses it", provider::describe(scenario)),
        section("Prevention", file.upstream.iter().map(upstream).collect()),
    ];
    let after = [
        section("Principles", principles::describe(file)),
        section(
            "What happens to the place",
            file.shocks.iter().map(|(name, part)| shock::describe(name, part)).collect(),
        ),
    ];
    before.into_iter().chain(constitution::describe(file)).chain(after).collect()
}

fn section(heading: &'static str, paragraphs: Vec<String>) -> Section {
    Section { heading, paragraphs }
}

fn time(file: &File) -> String {
    let time = &file.time;
    let run = if time.unit.contains(' ') {
        format!("A run has {}, each {}", counted(time.steps, "step"), with_article(&time.unit))
    } else {
        format!("A run has {}", counted(time.steps, &time.unit))
    };
    match number(time.steps_per_year).as_str() {
        "1" => format!("{run}."),
        count => format!("{run}; {count} make a year."),
    }
}

/// "a month", "an hour".
fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) || noun == "hour" { "an" } else { "a" };
    format!("{article} {noun}")
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

/// Lines of the file itself, and of the forms of governance that were laid over it, each after its name.
fn noted(file: &File, own: &[String], of: fn(&Notes) -> &Vec<String>) -> Vec<String> {
    let laid_over = file
        .notes
        .iter()
        .flat_map(|(name, notes)| of(notes).iter().map(|line| format!("{}: {line}", capital(&words(name)))));
    own.iter().cloned().chain(laid_over).collect()
}

/// The text with steps called what the scenario calls them, where that is one word: "every 6 months", "an hour".
fn in_units(text: &str, unit: &str) -> String {
    if unit.contains(' ') {
        return text.to_owned();
    }
    text.replace(" a step", &format!(" {}", with_article(unit)))
        .replace(" steps", &format!(" {unit}s"))
        .replace(" step", &format!(" {unit}"))
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
            "A run has 60 seasons.",
            "A full pool holds 100 tonnes of grass; it starts full.",
            "It grows by up to 12.5 a season, most when it is half full",
            "Each of the 6 is paid a price of 1 for each unit of activity.",
            "Each decides for itself alone. Its plan is what counts as its fair share.",
        ] {
            assert!(text.contains(sentence), "no `{sentence}` in:\n{text}");
        }
    }

    #[test]
    fn every_rule_that_is_present_is_told_with_its_cost() {
        let text = explained("pasture-ostrom");
        assert!(text.contains("Graduated sanctions (King's Fund 6, Ostrom 5). Whoever is seen to exceed its share"));
        assert!(text.contains("measures 0.1 in money and 1% of all working time; "), "{text}");
        assert!(!text.contains("Each decides for itself alone"));
    }

    #[test]
    fn a_fragment_keeps_its_sources_and_assumptions_beside_those_of_the_place() {
        let text = explained("place-fortress+alliance");
        assert!(text.contains("Alliance: Half of an excess ceded, 30% of results pooled over five years (assumed)"));
        assert!(text.contains("Social care at £469"));
    }

    #[test]
    fn what_all_kinds_have_in_common_is_told_once() {
        let text = explained("place-fortress");
        assert!(text.contains("All kinds alike. Each plans 100%"), "{text}");
        assert_eq!(text.matches("learns what pays").count(), 1, "{text}");
    }

    #[test]
    fn a_pool_that_pays_is_not_said_to_be_used_by_effort() {
        let text = explained("place-fortress");
        let money = text.lines().find(|line| line.starts_with("Money.")).unwrap();
        assert!(money.contains("Providers are paid out of it.") && !money.contains("A unit of effort"), "{money}");
    }

    #[test]
    fn who_sits_at_the_table_is_told_where_rules_hold_for_them_alone() {
        let text = explained("place-fortress+commissioning-many-small");
        assert!(text.contains("at the table sit acute, mental health and community."), "{text}");
        assert!(!text.contains("there is no common table"), "{text}");
    }

    #[test]
    fn steps_are_called_what_the_scenario_calls_them() {
        assert_eq!(
            in_units("in each step, once a step, after 3 steps", "month"),
            "in each month, once a month, after 3 months"
        );
        assert_eq!(in_units("once a step", "hour"), "once an hour");
        assert_eq!(in_units("once a step", "tenth of a year"), "once a step");
        assert!(explained("replicate/fishery-owners").contains("steps, each a tenth of a year; 10 make a year."));
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
