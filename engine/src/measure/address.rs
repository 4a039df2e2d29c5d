//! How a measure is called for: `margin.acute` of the whole run, `margin.acute@year4` of its fourth year.

use super::entry::{Entry, Occasion};
use super::years::Years;
use super::{Measure, entries};
use crate::lanes::Lanes;
use crate::record::Record;
use crate::setup::Setup;
use std::fmt;

/// Where a measure stands in the record of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// Position among the outcomes.
    Outcome(usize),
    /// Position among what is recorded of all years.
    Year(usize),
}

/// There is no such measure. Shown, it says which there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What was asked for.
    pub key: String,
    /// What it might have been: keys of measures, with the year where one was asked for.
    pub known: Vec<String>,
    told: String,
}

/// What stands between a measure and the number of a year.
pub(super) const YEAR: &str = "@year";

impl Address {
    /// Finds a measure by its key, with or without a year.
    ///
    /// # Errors
    /// The scenario has no such measure, or no such year.
    pub fn find(setup: &Setup, key: &str) -> Result<(Self, Measure), Unknown> {
        let all = entries(setup);
        let Some((stem, year)) = key.split_once('@') else {
            let mut outcomes = all.iter().filter(|entry| entry.is_taken(Occasion::Run));
            let position = outcomes.clone().position(|entry| entry.is_called(setup, key));
            return match position.and_then(|position| Some((position, outcomes.nth(position)?))) {
                Some((position, entry)) => Ok((Self::Outcome(position), entry.describe(setup))),
                None => Err(Unknown::outcome(setup, &all, key)),
            };
        };
        let years = Years::of(setup);
        let by_year: Vec<&Entry> = all.iter().filter(|entry| entry.is_taken(Occasion::Year)).collect();
        let number = year.strip_prefix(&YEAR[1..]).and_then(|number| number.parse::<u32>().ok());
        let row = number.and_then(|number| years.position(number));
        let column = by_year.iter().position(|entry| entry.is_called(setup, stem));
        match (number, row, column) {
            (Some(number), Some(row), Some(column)) => {
                let of_all = by_year[column].describe(setup);
                let label = format!("{} in year {number}", of_all.label);
                Ok((Self::Year(row * by_year.len() + column), Measure { key: key.to_owned(), label, ..of_all }))
            }
            (_, Some(_), None) => Err(Unknown::of_year(setup, &by_year, key, year)),
            _ => Err(Unknown::year(key, stem, year, &years)),
        }
    }

    /// The measure in sixteen runs.
    #[must_use]
    pub fn of(self, record: &Record) -> Lanes {
        match self {
            Self::Outcome(position) => record.outcomes[position],
            Self::Year(position) => record.years[position],
        }
    }
}

impl Unknown {
    fn outcome(setup: &Setup, all: &[Entry], key: &str) -> Self {
        let keys = |occasion: Occasion| -> Vec<String> {
            all.iter().filter(|entry| entry.is_taken(occasion)).map(|entry| entry.describe(setup).key).collect()
        };
        let (known, by_year) = (keys(Occasion::Run), keys(Occasion::Year));
        let told = format!(
            "there are {}; and of each year, as {}{YEAR}1: {}",
            known.join(", "),
            by_year[0],
            by_year.join(", ")
        );
        Self { key: key.to_owned(), known, told }
    }

    fn of_year(setup: &Setup, by_year: &[&Entry], key: &str, year: &str) -> Self {
        let keys: Vec<String> = by_year.iter().map(|entry| entry.describe(setup).key).collect();
        let told = format!("of each year there are {}", keys.join(", "));
        Self { key: key.to_owned(), known: keys.iter().map(|key| format!("{key}@{year}")).collect(), told }
    }

    fn year(key: &str, stem: &str, year: &str, years: &Years) -> Self {
        let words = years.words();
        let told = if year.starts_with(&YEAR[1..]) {
            format!("the scenario has no {year}; its years are {words}")
        } else {
            format!(
                "a year is written as {stem}{YEAR}{}; there are {words}",
                years.recorded.last().map_or(1, |year| year.number)
            )
        };
        Self { key: key.to_owned(), known: Vec::new(), told }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.told)
    }
}

impl std::error::Error for Unknown {}
