//! Why two folders are not the same: what decides results, and is another in the one than in the other.

use super::super::phrase::{count, list};
use super::super::table::Entry;
use super::opened::Opened;
use super::{DiffError, pointers};
use crate::experiment::Level;
use serde::Deserialize;
use serde_json::Value;

/// Something that is another in the one than in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cause {
    /// What it is, as one begins a row with it.
    pub(super) what: String,
    /// What it is in the one and in the other; empty where it is not there.
    pub(super) values: [String; 2],
    /// What it belongs to, as a sentence lists it.
    pub(super) topic: &'static str,
}

impl Cause {
    fn new(topic: &'static str, what: impl Into<String>, one: impl Into<String>, other: impl Into<String>) -> Self {
        Self { what: what.into(), values: [one.into(), other.into()], topic }
    }

    /// The row of a table.
    pub(super) fn row(&self) -> Vec<Entry> {
        let entry = |text: &String| if text.is_empty() { Entry::missing() } else { Entry::words(text) };
        vec![Entry::words(&self.what), entry(&self.values[0]), entry(&self.values[1])]
    }
}

/// What the three hashes of the sources are of, in their order.
const SOURCES: [&str; 3] =
    ["Sources of the model", "Sources of the statistics", "Sources of scenarios and experiments"];

/// Everything that decides results and is not the same, that which weighs most first. `pairs` are arms that are held against each
/// other.
pub(super) fn causes(one: &Opened, other: &Opened, pairs: &[[String; 2]]) -> Result<Vec<Cause>, DiffError> {
    let mut causes = Vec::new();
    let experiment = |folder: &Opened| folder.manifest["command"][1].as_str().unwrap_or_default().to_owned();
    causes.extend(apart("the experiment", "Experiment", experiment(one), experiment(other)));
    let told = |topic, what: &str, field| apart(topic, what, one.told(field), other.told(field));
    causes.extend(told("the program", "Version of the program", "commonground"));
    causes.extend(sources(&one.told("sources"), &other.told("sources")));
    causes.extend(told("the seed", "Seed", "seed"));
    let runs = |folder: &Opened| {
        let runs = folder.manifest["runs"].as_u64().map_or_else(String::new, count);
        let stopped = folder.manifest["interrupted"] == Value::Bool(true);
        if stopped { format!("{runs}, then stopped") } else { runs }
    };
    causes.extend(apart("the number of runs", "Runs", runs(one), runs(other)));
    causes.extend(told("the number of runs", "Precision asked for", "precision"));
    causes.extend(apart("the level of intervals", "Level of intervals", level(one), level(other)));
    causes.extend(designs(one, other, pairs));
    causes.extend(scenarios(one, other, pairs)?);
    if causes.is_empty() {
        let words = |folder: &Opened| command(&folder.manifest["command"]);
        causes.extend(apart("the command", "Command", words(one), words(other)));
    }
    Ok(causes)
}

fn apart(topic: &'static str, what: &str, one: String, other: String) -> Option<Cause> {
    (one != other).then(|| Cause::new(topic, what, one, other))
}

/// The level of intervals; folders of earlier versions, whose manifest is silent, have the usual one.
fn level(folder: &Opened) -> String {
    let written = Level::deserialize(&folder.manifest["level"]).unwrap_or_default();
    written.to_string()
}

fn command(words: &Value) -> String {
    words.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
}

fn sources(one: &str, other: &str) -> Vec<Cause> {
    let (first, second): (Vec<&str>, Vec<&str>) = (one.split('-').collect(), other.split('-').collect());
    if first.len() != SOURCES.len() || second.len() != SOURCES.len() {
        return apart("the program", "Sources of the program", one.to_owned(), other.to_owned()).into_iter().collect();
    }
    let each = SOURCES.into_iter().zip(first.into_iter().zip(second));
    each.filter_map(|(what, (one, other))| apart("the program", what, one.to_owned(), other.to_owned())).collect()
}

/// Arms that only one of the two has.
fn designs(one: &Opened, other: &Opened, pairs: &[[String; 2]]) -> Option<Cause> {
    let rest = |folder: &Opened, side: usize| {
        let mut arms = folder.arms();
        arms.retain(|arm| !pairs.iter().any(|pair| pair[side] == *arm));
        list(&arms)
    };
    apart("the designs", "Designs that only one has", rest(one, 0), rest(other, 1))
}

/// Places of the scenarios, and of the study of shocks, that are not the same. What a scenario is called decides nothing.
fn scenarios(one: &Opened, other: &Opened, pairs: &[[String; 2]]) -> Result<Vec<Cause>, DiffError> {
    let file = |arm: &String| format!("scenarios/{arm}.json");
    let mut files: Vec<[String; 2]> = pairs.iter().map(|[first, second]| [file(first), file(second)]).collect();
    let both = |name: &&String| other.files.contains(name) && !name.starts_with("scenarios/");
    files.extend(
        one.files.iter().filter(|name| *name == "study.json").filter(both).map(|name| [name.clone(), name.clone()]),
    );
    if pairs.is_empty() {
        let scenarios = one.files.iter().filter(|name| name.starts_with("scenarios/") && other.files.contains(name));
        files.extend(scenarios.map(|name| [name.clone(), name.clone()]));
    }
    let mut causes = Vec::new();
    for [first, second] in files {
        if !one.files.contains(&first) || !other.files.contains(&second) {
            continue;
        }
        let stem = |name: &str| name.trim_start_matches("scenarios/").trim_end_matches(".json").to_owned();
        let name = if first == second { stem(&first) } else { format!("{} and {}", stem(&first), stem(&second)) };
        for (pointer, here, there) in pointers::places(&one.json(&first)?, &other.json(&second)?) {
            let says =
                |words: &str| pointer.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            if !WORDS.into_iter().any(says) {
                let what = format!("{name}: {pointer}");
                causes.push(Cause::new(topic(&pointer), what, here.unwrap_or_default(), there.unwrap_or_default()));
            }
        }
    }
    Ok(causes)
}

/// What a scenario says to people.
const WORDS: [&str; 5] = ["/title", "/question", "/sources", "/assumptions", "/notes"];

/// Whether a place is a column of data, or a value of the scenario.
fn topic(pointer: &str) -> &'static str {
    /// Series that may be columns of data.
    const SERIES: [&str; 2] = ["/need/level", "/allocation/amount"];
    let is_of = |series: &&str| pointer.ends_with(*series) || pointer.contains(&format!("{series}/"));
    if SERIES.iter().any(is_of) { "the data" } else { "the scenario" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_sources_it_is_said_which() {
        let told = sources("a-b-c", "a-x-c");
        assert_eq!(told, [Cause::new("the program", SOURCES[1], "b", "x")]);
        assert!(sources("a-b-c", "a-b-c").is_empty());
        assert_eq!(sources("", "a-b-c").len(), 1);
    }
}
