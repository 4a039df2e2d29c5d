//! What a scenario file says of a series: a number, a list, or a column of a table of data, in the form in which people have it.

use super::one;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A level: a number, a list with one value a step, or a column of data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Series {
    /// The same in every step.
    Number(#[schemars(range(min = 0.0, max = 1e6))] f64),
    /// One value a step.
    List(#[schemars(length(min = 1), inner(range(min = 0.0, max = 1e6)))] Vec<f64>),
    /// A column of a CSV file.
    Column(Column),
}

/// A column of a CSV file beside the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Where the values are.
    pub csv: Csv,
    /// What each value is multiplied by.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 1e9))]
    pub times: f64,
    /// What happens where the run is longer than the data; without it that is a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Continuation>,
}

/// What people played: a column of a CSV file beside the scenario, with a row for each turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Turns {
    /// Where the turns are. A gap is a turn that nobody played; with `order_by` a row that is not there is one, too.
    pub csv: Csv,
    /// Column by which players are told apart: each is a provider, in the order in which they first come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// What each value is multiplied by.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 1e9))]
    pub times: f64,
}

/// A file, one series in it, and how the file is to be read where that is not plain from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Csv {
    /// Path of the file, from the scenario file that names it.
    pub file: String,
    /// Header of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// First cell of the row, where series stand in rows; in place of `column`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Which rows are meant, where several series stand below one another: what stands in which column.
    #[serde(rename = "where", default, skip_serializing_if = "IndexMap::is_empty")]
    pub where_: IndexMap<String, String>,
    /// Lines above the names of the columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1000))]
    pub skip: Option<u32>,
    /// What stands between two cells: `,`, `;`, `|` or a tab; without it, what the file shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
    /// What stands before the decimals; without it, what the file shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Mark>,
    /// What stands between thousands; without it, what the file shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thousands: Option<Mark>,
    /// How a value that is missing or suppressed is filled; without it that is a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    /// Column by which the rows are put in order: dates or numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_by: Option<String>,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Separator {
    /// A comma.
    #[serde(rename = ",")]
    Comma,
    /// A semicolon.
    #[serde(rename = ";")]
    Semicolon,
    /// A tab.
    #[serde(rename = "\t")]
    Tab,
    /// A bar.
    #[serde(rename = "|")]
    Bar,
}

/// What stands within a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Mark {
    /// A comma.
    #[serde(rename = ",")]
    Comma,
    /// A point.
    #[serde(rename = ".")]
    Point,
    /// A blank.
    #[serde(rename = " ")]
    Blank,
    /// An apostrophe.
    #[serde(rename = "'")]
    Apostrophe,
}

/// How a gap is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// With the last value before it.
    Carry,
    /// On the straight line between its neighbours.
    Interpolate,
    /// With the mean of what the same time of other years has.
    Season,
}

/// How data go on beyond their end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Continuation {
    /// The last so many values repeat.
    #[schemars(range(min = 1, max = 100_000))]
    pub repeat_last: u32,
    /// Growth with each repetition, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub growth: f64,
}

impl Csv {
    /// Whether it stands in a column or in a row, and the name that it has there.
    pub(in crate::scenario) fn series(&self) -> (&'static str, &str) {
        match (&self.column, &self.row) {
            (Some(name), _) => ("column", name),
            (None, name) => ("row", name.as_deref().unwrap_or_default()),
        }
    }
}

impl Separator {
    /// All, the usual first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// The character.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }
}

impl Mark {
    /// Whether a character is this mark: blanks may be hard or narrow ones, apostrophes curly.
    #[must_use]
    pub fn is(self, letter: char) -> bool {
        match self {
            Self::Comma => letter == ',',
            Self::Point => letter == '.',
            Self::Blank => matches!(letter, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'),
            Self::Apostrophe => matches!(letter, '\'' | '’'),
        }
    }
}
