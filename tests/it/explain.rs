//! `explain`: every part says of itself what is so, in the scenario's unit of time, and names stay what they are.

mod houses;
mod needs;
mod parts;
mod rules;

use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED};
use commonground::scenario::explain::{Fact, Section, explain};

/// The whole explanation of a bundled scenario, a paragraph a line.
pub(crate) fn explained(name: &str) -> String {
    text(&explain(&Scenario::load(&BUNDLED, name).unwrap()))
}

pub(crate) fn text(sections: &[Section]) -> String {
    let parts = sections.iter().map(|part| {
        let facts: Vec<String> = part.facts.iter().map(Fact::paragraph).collect();
        format!("{}\n{}\n", part.heading, facts.join("\n"))
    });
    parts.collect()
}

#[test]
fn a_pasture_without_rules_is_told_in_plain_english() {
    let text = explained("pasture-fortress");
    for sentence in [
        "A run has 60 seasons.",
        "Pasture: A full pool holds 100 tonnes of grass; it starts full.",
        "It grows at a rate of 0.5 a season, but declines by itself once it is below 20% of full.",
        "What an option brings in a year counts for 90% of what it brings now, alone and in a meeting.",
        "Each is paid a price of 1 for each unit of activity.",
        "Each decides for itself alone. Its plan is what counts as its fair share.",
    ] {
        assert!(text.contains(sentence), "no `{sentence}` in:\n{text}");
    }
}

#[test]
fn every_rule_that_is_present_is_told_with_its_cost() {
    let text = explained("pasture-ostrom");
    assert!(text.contains("Graduated sanctions (King's Fund 6, Ostrom 5): A provider that is seen to"), "{text}");
    assert!(text.contains("The cost of measures is 0.1 in money and 1% of all working time each season."), "{text}");
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
    assert!(text.contains("All kinds alike: Each plans 100%"), "{text}");
    assert_eq!(text.matches("learns what pays").count(), 1, "{text}");
}

#[test]
fn a_pool_that_pays_is_not_said_to_be_used_by_effort() {
    let text = explained("place-fortress");
    let money = text.lines().find(|line| line.starts_with("Money: ")).unwrap();
    assert!(money.contains("Providers are paid out of it.") && !money.contains("A unit of effort"), "{money}");
    assert!(money.contains("A full pool holds £"), "{money}");
}

#[test]
fn who_sits_at_the_table_is_told_where_rules_hold_for_them_alone() {
    let text = explained("place-fortress+commissioning-many-small");
    assert!(text.contains("at the table sit acute, mental health and community."), "{text}");
    assert!(!text.contains("there is no common table"), "{text}");
}

/// What the authors of a scenario have written themselves.
const WRITTEN_BY_AUTHORS: [&str; 2] = ["What is assumed", "Sources"];

#[test]
fn no_step_is_called_a_step_where_it_has_a_name() {
    let mut told = 0;
    for name in bundled::all() {
        let scenario = Scenario::load(&BUNDLED, &name).unwrap();
        if scenario.file.time.unit == "step" {
            continue;
        }
        let sections = explain(&scenario).into_iter().filter(|part| !WRITTEN_BY_AUTHORS.contains(&part.heading));
        for sentence in sections.flat_map(|part| part.facts).flat_map(|fact| fact.sentences) {
            let mut words = sentence.split(|letter: char| !letter.is_alphabetic());
            assert!(!words.any(|word| ["step", "steps", "Step", "Steps"].contains(&word)), "{name}: {sentence}");
            told += 1;
        }
    }
    assert!(told > 1000, "hardly anything is told: {told} sentences");
}

#[test]
fn every_sentence_is_one() {
    for name in bundled::scenarios() {
        let sections = explain(&Scenario::load(&BUNDLED, name).unwrap()).into_iter();
        let own = sections.filter(|part| !WRITTEN_BY_AUTHORS.contains(&part.heading));
        for sentence in own.flat_map(|part| part.facts).flat_map(|fact| fact.sentences) {
            let begins = sentence
                .chars()
                .next()
                .is_some_and(|first| first.is_uppercase() || first.is_ascii_digit() || "£−".contains(first));
            assert!(begins && sentence.ends_with('.') && !sentence.contains("  "), "{name}: `{sentence}`");
        }
    }
}
