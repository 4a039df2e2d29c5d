//! A scenario in plain English: what is shared, who uses it, what they live under, and what is assumed.
//!
//! What is said are facts: a subject, and sentences on it. Every part words its own beside its mechanism, in the scenario's
//! unit of time; nothing is searched for, replaced or taken apart in a sentence afterwards.

mod constitution;
mod knob;
mod outside;
mod pool;
pub mod principles;
mod provider;
mod upstream;

use super::Scenario;
use super::file::{File, Notes};
use crate::model::english::{Time, capital, number, words};
use crate::model::rule::Decision;
use crate::model::shock::Shock;
use serde::Serialize;

/// A part of the explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// What is said under it, in order.
    pub facts: Vec<Fact>,
}

/// What is said of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is about: "Acute", "Collective choice"; `None` where the sentences say so themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The principles that a rule stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principle: Option<&'static str>,
    /// Whole sentences, each of which stands by itself.
    pub sentences: Vec<String>,
}

impl Fact {
    /// Sentences on a subject.
    fn of(subject: impl Into<String>, sentences: Vec<String>) -> Self {
        Self { subject: Some(subject.into()), principle: None, sentences }
    }

    /// Sentences that say themselves what they are about.
    fn plain(sentences: Vec<String>) -> Self {
        Self { subject: None, principle: None, sentences }
    }

    /// What the fact is about, as one begins a paragraph on it: "Boundary (King's Fund 1, Ostrom 1B)".
    pub fn lead(&self) -> Option<String> {
        let subject = self.subject.as_ref()?;
        Some(self.principle.map_or_else(|| subject.clone(), |principle| format!("{subject} ({principle})")))
    }

    /// The sentences, one after the other.
    pub fn body(&self) -> String {
        self.sentences.join(" ")
    }

    /// All of it as a paragraph.
    pub fn paragraph(&self) -> String {
        self.lead().map_or_else(|| self.body(), |lead| format!("{lead}: {}", self.body()))
    }
}

/// The file as it is told: where one thing alone is on the table no lot is drawn. It is what members have settled on, as a class does
/// that votes on its rule.
fn as_decided(file: &File) -> File {
    let mut file = file.clone();
    if let Some(rule) = &mut file.rules.collective_choice
        && rule.decision == (Decision::Lot {})
        && [rule.totals.len(), rule.upstream.len(), rule.sharing.len()] == [1, 1, 1]
    {
        rule.decision = Decision::Majority {};
    }
    file
}

/// The whole scenario in plain English, in the order in which one would tell it.
pub fn explain(scenario: &Scenario) -> Vec<Section> {
    let file = &as_decided(&scenario.file);
    let time = Time::new(&file.time.unit);
    let before = [
        section("Time", vec![Fact::plain(vec![calendar(file, &time)])]),
        section(
            "What is shared",
            file.pools.iter().map(|(name, part)| pool::describe(name, part, file, &time)).collect(),
        ),
        section("Who uses it", provider::describe(scenario, &time)),
        section("Prevention", file.upstream.iter().map(|part| upstream::describe(part, &time)).collect()),
    ];
    let after = [
        section("Principles", principles::describe(file)),
        section("What happens to the place", shocks(file, &time)),
        section("What can be turned", file.knobs.values().map(knob::describe).collect()),
        section("What is assumed", noted(file, &file.assumptions, |notes| &notes.assumptions)),
        section("Sources", noted(file, &file.sources, |notes| &notes.sources)),
    ];
    let mut sections: Vec<Section> =
        before.into_iter().chain(constitution::describe(file, &time)).chain(after).collect();
    sections.retain(|section| !section.facts.is_empty());
    sections
}

/// What happens to the place; of many shocks, as of sizes by step, the first and how many more.
fn shocks(file: &File, time: &Time) -> Vec<Fact> {
    const MOST: usize = 12;
    let told = |(name, shock): (&String, &Shock)| Fact::of(title(name), vec![shock.describe(time)]);
    let mut facts: Vec<Fact> = file.shocks.iter().take(MOST).map(told).collect();
    let more = file.shocks.len() - facts.len();
    if more > 0 {
        facts.push(Fact::plain(vec![format!("And {more} more.")]));
    }
    facts
}

fn section(heading: &'static str, facts: Vec<Fact>) -> Section {
    Section { heading, facts }
}

/// A name as a subject: `step_down_beds` → "Step down beds".
fn title(name: &str) -> String {
    capital(&words(name))
}

/// How long a run is, and how its steps make years.
fn calendar(file: &File, time: &Time) -> String {
    let steps = time.count(f64::from(file.time.steps));
    // A unit such as "4 weeks" is no noun to be counted with, and has to be named once.
    let each = if time.one() == file.time.unit { String::new() } else { format!(" of {}", file.time.unit) };
    let per_year = file.time.steps_per_year;
    let years = match number(per_year).as_str() {
        "1" => String::new(),
        count if per_year > 1.0 => format!("; {count} make a year"),
        _ => format!("; each is {} years", number(1.0 / per_year)),
    };
    let warm_up = match file.time.warm_up {
        0 => String::new(),
        left_out => format!(
            " Measures of a whole run leave out the first {}, in which the place leaves what it started from.",
            time.count(f64::from(left_out))
        ),
    };
    format!("A run has {steps}{each}{years}.{warm_up}")
}

/// Lines of the file itself, and of the forms of governance that were laid over it, each under its name. They stand as their
/// authors have written them.
fn noted(file: &File, own: &[String], of: fn(&Notes) -> &Vec<String>) -> Vec<Fact> {
    let own = own.iter().map(|line| Fact::plain(vec![line.clone()]));
    let laid_over = file
        .notes
        .iter()
        .flat_map(|(name, notes)| of(notes).iter().map(|line| Fact::of(title(name), vec![line.clone()])));
    own.chain(laid_over).collect()
}
