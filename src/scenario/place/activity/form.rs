//! Where in a published table stands what is looked for: its heads have changed over the years, with lines above them and in two lines.

use super::Counts;
use crate::scenario::data::{Row, Table, month, whole_number};
use crate::scenario::text::words;

/// Lines that are looked through for the names of the columns.
const LOOKED_THROUGH: usize = 60;

/// Heads of columns that count something else than all attendances.
const NO_ATTENDANCES: [&str; 11] =
    ["over", "booked", "breach", "4hr", "4 hours", "within", "percentage", "seen", "less than", "greater", "standard"];

/// Heads of columns that count something else than admissions by way of emergency departments.
const NO_ADMISSIONS: [&str; 5] = ["hrs", "hours", "other emergency", "total", "not via"];

/// Where in a table stands what is looked for.
#[derive(Debug)]
pub(super) struct Form {
    /// Rows of data begin after so many below the first line.
    begin: usize,
    period: Period,
    organisation: usize,
    /// Columns of type 1 attendances.
    attendances: Vec<usize>,
    /// Columns of admissions by way of emergency departments.
    admissions: Vec<usize>,
    /// The type of department, where each has a row of its own.
    kind: Option<usize>,
}

/// Where the month of a row is said.
#[derive(Clone, Copy, Debug)]
enum Period {
    /// In a column, or with its year in another.
    Column(usize, Option<usize>),
    /// Above the table, for all of it.
    Above(u32, u32),
}

impl Form {
    /// Finds it.
    ///
    /// # Errors
    /// The table is none of those that are looked for.
    pub(super) fn of(table: &Table) -> Result<Self, String> {
        let lines: Vec<&[String]> = std::iter::once(table.header.as_slice())
            .chain(table.rows.iter().map(|row| row.cells.as_slice()))
            .take(LOOKED_THROUGH)
            .collect();
        for (at, line) in lines.iter().enumerate() {
            let alone: Vec<String> = line.iter().map(|head| simplified(head)).collect();
            let above = lines[..at].iter().rev().find_map(|line| period_above(line));
            let groups = at.checked_sub(1).map(|before| grouped(lines[before], &alone));
            let mut heads = std::iter::once(alone).chain(groups);
            if let Some(form) = heads.find_map(|heads| Self::of_heads(&heads, at, above)) {
                return Ok(form);
            }
        }
        Err(format!(
            "it is not one of the monthly A&E tables of NHS England: columns of the period, the organisation's code, type 1 attendances and emergency admissions via A&E are looked for (it has {})",
            words::names(table.header.iter().map(String::as_str))
        ))
    }

    fn of_heads(heads: &[String], begin: usize, above: Option<(u32, u32)>) -> Option<Self> {
        let one = |names: &[&str]| heads.iter().position(|head| names.contains(&head.as_str()));
        let all = |is_meant: &dyn Fn(&str) -> bool| {
            let found = heads.iter().enumerate().filter(|(_, head)| is_meant(head));
            found.map(|(column, _)| column).collect::<Vec<usize>>()
        };
        let kind = one(&["type", "department type"]);
        let is_none_of = |head: &str, words: &[&str]| !words.iter().any(|word| head.contains(word));
        let is_attendance = |head: &str| {
            head.contains("attendances")
                && (kind.is_some() || head.contains("type 1"))
                && is_none_of(head, &NO_ATTENDANCES)
        };
        let is_admission = |head: &str| {
            head.contains("admission") && (kind.is_some() || head.contains("via")) && is_none_of(head, &NO_ADMISSIONS)
        };
        let (attendances, admissions) = (all(&is_attendance), all(&is_admission));
        let column = one(&["period", "month", "date", "period name", "month ending", "reporting period"]);
        let year = one(&["year", "financial year"]);
        let period = column
            .map(|column| Period::Column(column, year))
            .or_else(|| above.map(|(year, month)| Period::Above(year, month)))?;
        let organisation = one(&["org code", "code", "organisation code", "provider code", "provider org code"])?;
        let is_found = !attendances.is_empty() && !admissions.is_empty();
        is_found.then_some(Self { begin, period, organisation, attendances, admissions, kind })
    }

    /// The rows below the names of the columns, blank ones left out.
    pub(super) fn rows<'a>(&self, table: &'a Table) -> impl Iterator<Item = &'a Row> {
        table.rows.iter().skip(self.begin).filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
    }

    /// Whether a row holds all of a month, and not one type of department.
    pub(super) fn is_whole(&self) -> bool {
        self.kind.is_none()
    }

    /// The code of a row's organisation.
    pub(super) fn organisation<'a>(&self, row: &'a Row) -> &'a str {
        row.cell(self.organisation).trim()
    }

    /// Year and month of a row.
    ///
    /// # Errors
    /// It says none.
    pub(super) fn month(&self, row: &Row) -> Result<(u32, u32), String> {
        let (column, year) = match self.period {
            Period::Above(year, month) => return Ok((year, month)),
            Period::Column(column, year) => (column, year),
        };
        let cell = row.cell(column);
        let beside = || in_year(cell, row.cell(year?));
        month(cell).or_else(beside).ok_or_else(|| format!("{} is no month", words::name(cell)))
    }

    /// What a row counts.
    ///
    /// # Errors
    /// A cell is no count.
    pub(super) fn counts(&self, row: &Row) -> Result<Counts, String> {
        let sum = |columns: &[usize]| -> Result<f64, String> {
            columns.iter().map(|column| whole_number(row.cell(*column))).sum()
        };
        let is_major = self.kind.is_none_or(|column| simplified(row.cell(column)).trim_start_matches("type ") == "1");
        let attendances = if is_major { sum(&self.attendances)? } else { 0.0 };
        Ok((attendances, sum(&self.admissions)?))
    }
}

/// A month whose year stands in another column: 2015, or 2015-16 from April to March.
fn in_year(name: &str, year: &str) -> Option<(u32, u32)> {
    let begin: u32 = year.get(..4)?.parse().ok()?;
    let (_, number) = month(&format!("{name} {begin}")).or_else(|| month(&format!("{begin}-{name}")))?;
    let is_financial = year.trim().len() > 4;
    Some((if is_financial && number < 4 { begin + 1 } else { begin }, number))
}

/// The month that a line above a table gives to all of it: "Period: April 2015".
fn period_above(line: &[String]) -> Option<(u32, u32)> {
    let text = line.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    let (label, rest) = text.split_at_checked("period".len())?;
    if !label.eq_ignore_ascii_case("period") {
        return None;
    }
    month(rest.trim_start_matches([':', ' ']))
}

/// Heads with what stands above them: a name of several columns stands over the first of them.
fn grouped(above: &[String], heads: &[String]) -> Vec<String> {
    let mut group = String::new();
    let join = |(at, head): (usize, &String)| {
        if let Some(name) = above.get(at).filter(|name| !name.is_empty()) {
            group = simplified(name);
        }
        format!("{group} {head}").trim().to_owned()
    };
    heads.iter().enumerate().map(join).collect()
}

/// A head in small letters, with one blank for whatever stands between its words.
fn simplified(head: &str) -> String {
    let letters: String =
        head.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
