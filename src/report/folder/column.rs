//! Columns of the tables of a result folder, each with what the data dictionary tells of it.

use crate::experiment::Level;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the head of the table.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Unit of its numbers; empty where they have none.
    pub unit: String,
    /// What it means, for whoever has never seen the program.
    pub meaning: String,
    /// Which values it takes, where neither kind nor meaning tell; often empty.
    pub values: String,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number from 0 that there always is.
    Count,
    /// A number that may be missing.
    Number,
}

/// The unit of a column whose rows are about different measures.
pub(in crate::report) const OF_THE_MEASURE: &str = "of the measure";

/// The units that measures have, as files write them.
const UNITS: &str = "share (0 to 1 is 0% to 100%); steps_of_need; steps; number";

impl Column {
    /// A column of words.
    pub fn text(name: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self::new(name, Kind::Text, "", meaning)
    }

    /// A column of whole numbers that are always there.
    pub fn count(name: impl Into<String>, unit: &str, meaning: impl Into<String>) -> Self {
        Self::new(name, Kind::Count, unit, meaning)
    }

    /// A column of numbers that may be missing.
    pub fn number(name: impl Into<String>, unit: &str, meaning: impl Into<String>) -> Self {
        Self::new(name, Kind::Number, unit, meaning)
    }

    /// The same column, with the values that it takes.
    #[must_use]
    pub fn of(self, values: impl Into<String>) -> Self {
        Self { values: values.into(), ..self }
    }

    /// The same column for one of several things that the table is about: `need_met_mean`.
    #[must_use]
    pub(in crate::report) fn about(self, key: &str, label: &str) -> Self {
        let name = format!("{key}_{}", self.name);
        let meaning = format!("{label}: {}", self.meaning);
        Self { name, meaning, ..self }
    }

    /// The name of a measure, in whose unit other columns are.
    pub(in crate::report) fn measure(meaning: &str) -> [Self; 2] {
        [Self::text("measure", meaning), Self::text("unit", "Unit of the measure").of(UNITS)]
    }

    /// Mean and both ends of its interval.
    pub(in crate::report) fn estimate(
        [mean, low, high]: [&str; 3],
        unit: &str,
        meaning: &str,
        level: Level,
    ) -> [Self; 3] {
        let [below, above] = Self::interval([low, high], unit, mean, level);
        [Self::number(mean, unit, meaning), below, above]
    }

    /// Both ends of the interval of another column.
    pub(in crate::report) fn interval([low, high]: [&str; 2], unit: &str, of: &str, level: Level) -> [Self; 2] {
        let end =
            |name: &str, which: &str| Self::number(name, unit, format!("{which} end of the {level} interval of {of}"));
        [end(low, "Lower"), end(high, "Upper")]
    }

    /// The quantiles that are told of every distribution over runs.
    pub(in crate::report) fn quantiles(unit: &str) -> [Self; 5] {
        let below =
            |name: &str, share: &str| Self::number(name, unit, format!("Value below which {share} of the runs lie"));
        [("q05", "5%"), ("q25", "25%"), ("median", "half"), ("q75", "75%"), ("q95", "95%")]
            .map(|(name, share)| below(name, share))
    }

    /// Numbers of runs with a value and without one.
    pub(in crate::report) fn runs() -> [Self; 2] {
        [Self::count("runs", "runs", "Runs that have a value"), Self::count("missing", "runs", "Runs that have none")]
    }

    fn new(name: impl Into<String>, kind: Kind, unit: &str, meaning: impl Into<String>) -> Self {
        Self { name: name.into(), kind, unit: unit.to_owned(), meaning: meaning.into(), values: String::new() }
    }
}

impl Kind {
    /// What the dictionary calls it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "whole number",
            Self::Number => "number",
        }
    }
}
