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
    let before = [
        section("Time", vec![time(file)]),
        section("What is shared", file.pools.iter().map(|(name, part)| pool::describe(name, part)).collect()),
        section("Who uses it", provider::describe(scenario)),
        section("Prevention", file.upstream.iter().map(upstream).collect()),
    ];
    let after = [
        section("Principles", principles::describe(file)),
        section(
            "What happens to the place",
            file.shocks.iter().map(|(name, part)| shock::describe(name, part)).collect(),
        ),
        section("What is assumed", noted(file, &file.assumptions, |notes| &notes.assumptions)),
        section("Sources", noted(file, &file.sources, |notes| &notes.sources)),
    ];
    before
        .into_iter()
        .chain(constitution::describe(file))
        .chain(after)
        .filter(|section| !section.paragraphs.is_empty())
        .collect()
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
            "Each decides for itself alone. Its plan is what counts as its fair share.",
        ] {
            assert!(text.contains(sentence), "no `{sentence}` in:\n{text}");
        }
    }

    #[test]
    fn every_rule_that_is_present_is_told_with_its_cost() {
        let text = explained("pasture-ostrom");
        assert!(text.contains("Graduated sanctions (King's Fund 6, Ostrom 5). Whoever is seen to exceed its share"));
        assert!(text.contains("measures 0.1 and 1% of all working time; "), "{text}");
        assert!(!text.contains("Each decides for itself alone"));
    }

    #[test]
    fn a_fragment_keeps_its_sources_and_assumptions_beside_those_of_the_place() {
        let text = explained("place-fortress+alliance");
        assert!(text.contains("Alliance: Half of an excess ceded, 30% of results pooled over five years (assumed)"));
        assert!(text.contains("Social care at £469"));
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
