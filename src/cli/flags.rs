//! The flags that all experiments share.

use super::ending::Failure;
use super::precision::Precision;
use super::told::Form;
use super::whole::whole;
use super::{STORE, load, paths};
use clap::ValueEnum;
use clap::builder::{EnumValueParser, TypedValueParser};
use commonground::experiment::Level;
use commonground::report::draw::Pictures;
use commonground::report::folder::Format;
use commonground::scenario::Scenario;
use serde_json::Value;
use std::fmt;
use std::path::PathBuf;

/// Flags of every experiment.
#[derive(Clone, Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Flags {
    /// Number of runs; with --precision the most [default: 1000, with --precision
    /// 100000]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u64>(1, MOST_RUNS))]
    runs: Option<u64>,
    /// Seed of all chance: the same seed gives the same results, bit for bit
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = whole::<u64>(0, u64::MAX))]
    pub(super) seed: u64,
    /// Number of threads; it changes nothing but the time [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, MOST_THREADS))]
    pub(super) threads: Option<u16>,
    /// Stop once the interval of the main measure is narrower than X (the
    /// measure's paired difference, with several scenarios), or that of another
    /// measure, as welfare=0.1; given more than once, stop once all are
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = Precision::parse)]
    precision: Vec<Precision>,
    /// Level of all intervals, as a share: with 0.9 they are 90% intervals
    #[arg(long, value_name = "SHARE", default_value = "0.95", allow_negative_numbers = true, value_parser = level)]
    pub(super) level: Level,
    /// Change a number of every scenario, as in /society/trust=0.8 or, for every
    /// kind, /providers/*/motivation=0.5; adds a field that is left out, as
    /// /society/patience=0.9; may be given more than once
    #[arg(long = "set", value_name = "POINTER=VALUE", value_parser = setting)]
    settings: Vec<Setting>,
    /// Folder for the files; without it a new one under results/
    #[arg(long, value_name = "DIR", value_parser = paths::new())]
    pub(super) out: Option<PathBuf>,
    /// Replace the results that are in --out already
    #[arg(long, requires = "out")]
    pub(super) replace: bool,
    /// Keep finished parts beside --out until all are done: started again after
    /// any stop, the same command goes on from there
    #[arg(long, requires = "out")]
    pub(super) resume: bool,
    /// Format of the long tables (runs, series, cells, subsets, futures); short
    /// ones are always CSV
    #[arg(long, value_parser = Tables::parser(), default_value_t = Tables::Csv)]
    format: Tables,
    /// Pictures of charts in the folder and on its page; `none` draws nothing
    #[arg(long, value_enum, default_value_t = Charts::All)]
    charts: Charts,
    /// Print one JSON document (answer, findings, rows of the short tables,
    /// folder) instead of text
    #[arg(long)]
    pub(super) json: bool,
    /// Print every finding and every table, however many rows they take
    #[arg(long, conflicts_with = "json")]
    all: bool,
    /// Say nothing but results and errors
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What `run` and `compare` measure runs against.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Yardstick {
    /// Do not look for the best plan that a planner could fix: quicker where kinds
    /// or pools are many, and nothing is measured against it
    #[arg(long)]
    no_planner: bool,
}

/// Formats of the tables of runs and series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Tables {
    /// Comma-separated values
    Csv,
    /// Apache Parquet
    Parquet,
}

/// Pictures of charts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Charts {
    /// No chart is drawn
    None,
    /// SVG, which the page shows
    Svg,
    /// SVG and PNG
    #[default]
    All,
}

impl From<Charts> for Pictures {
    fn from(charts: Charts) -> Self {
        match charts {
            Charts::None => Self::None,
            Charts::Svg => Self::Svg,
            Charts::All => Self::All,
        }
    }
}

/// Another value at a place of the scenario.
#[derive(Clone, Debug, PartialEq)]
struct Setting {
    /// JSON pointer to the place.
    pointer: String,
    /// What to put there.
    value: Value,
}

const MOST_RUNS: u64 = 1_000_000_000;
const MOST_THREADS: u16 = 1024;
const RUNS: u64 = 1000;
const RUNS_WITH_PRECISION: u64 = 100_000;

impl Tables {
    /// Takes only what this program was built with.
    pub(super) fn parser() -> impl TypedValueParser<Value = Self> {
        EnumValueParser::<Self>::new().try_map(|tables| {
            let is_built_in = Format::from(tables).is_built_in();
            if is_built_in { Ok(tables) } else { Err(Format::WITHOUT_PARQUET) }
        })
    }
}

impl fmt::Display for Tables {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        })
    }
}

impl From<Tables> for Format {
    fn from(tables: Tables) -> Self {
        match tables {
            Tables::Csv => Self::Csv,
            Tables::Parquet => Self::Parquet,
        }
    }
}

impl Yardstick {
    /// Whether runs are measured against a planner's best.
    pub(super) fn has_planner(&self) -> bool {
        !self.no_planner
    }
}

impl Flags {
    /// Number of runs, with a precision the most.
    pub(super) fn runs(&self) -> u64 {
        let default = if self.has_precision() { RUNS_WITH_PRECISION } else { RUNS };
        self.runs.unwrap_or(default)
    }

    /// Whether runs end once intervals are narrow enough.
    pub(super) fn has_precision(&self) -> bool {
        !self.precision.is_empty()
    }

    /// How narrow intervals are to be, as it was typed.
    pub(super) fn precisions(&self) -> &[Precision] {
        &self.precision
    }

    /// How results are printed.
    pub(super) fn form(&self) -> Form {
        Form::of(self.json, self.all)
    }

    /// Pictures of charts that the folder gets.
    pub(super) fn pictures(&self) -> Pictures {
        self.charts.into()
    }

    /// Format of the tables of runs and series.
    pub(super) fn format(&self) -> Format {
        self.format.into()
    }

    /// The same flags, with this number of runs where none was typed and no precision asked for.
    pub(super) fn or_runs(&self, runs: u64) -> Self {
        self.or_runs_up_to(runs, RUNS_WITH_PRECISION)
    }

    /// The same flags, with so many runs where none was typed: the first number, or with a precision at most the second.
    pub(super) fn or_runs_up_to(&self, runs: u64, most: u64) -> Self {
        let default = if self.has_precision() { most } else { runs };
        Self { runs: self.runs.or(Some(default)), ..self.clone() }
    }

    /// A scenario with the values of `--set` in it.
    ///
    /// # Errors
    /// Every fault in it, or in a value of `--set`.
    pub(super) fn load(&self, name: &str) -> Result<Scenario, Failure> {
        let mut scenario = load(name)?;
        for Setting { pointer, value } in &self.settings {
            scenario = scenario.with(&STORE, pointer, value.clone())?;
        }
        Ok(scenario)
    }
}

/// A level as it is typed.
///
/// # Errors
/// It is no share, or none that a level can be; the words say what to write.
pub(super) fn level(text: &str) -> Result<Level, String> {
    let percent = text.strip_suffix('%').and_then(|percent| percent.parse::<f64>().ok());
    Level::new(percent.or_else(|| text.parse().ok()).unwrap_or(f64::NAN))
}

fn setting(text: &str) -> Result<Setting, String> {
    let (pointer, value) = text.split_once('=').ok_or("POINTER=VALUE is needed, as in /society/trust=0.8")?;
    let value: Value = serde_json::from_str(value)
        .map_err(|_| format!("`{value}` is not a number; one is needed, as in /society/trust=0.8"))?;
    Ok(Setting { pointer: pointer.to_owned(), value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_a_pointer_and_a_finite_number() {
        let expected = Setting { pointer: "/society/trust".into(), value: Value::from(0.8) };
        assert_eq!(setting("/society/trust=0.8"), Ok(expected));
        for text in ["/society/trust", "/society/trust=", "/society/trust=NaN", "/society/trust=1e999"] {
            assert!(setting(text).is_err(), "{text}");
        }
    }
}
