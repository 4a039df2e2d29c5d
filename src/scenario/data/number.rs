//! Numbers as people write them: with a decimal comma, with marks between thousands, or not there at all.

use super::Told;
use crate::scenario::file::{Csv, Mark, Separator};
use crate::scenario::text::words;

/// What people write where a value is missing or must not be shown.
const GAPS: [&str; 12] = ["", "*", "-", "–", "—", "..", ".", ":", "na", "n/a", "null", "nan"];

/// Whether a cell says that there is no value.
pub(super) fn is_gap(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    GAPS.contains(&cell.as_str())
}

/// How numbers are written in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Notation {
    decimal: Mark,
    thousands: Option<Mark>,
}

impl Notation {
    /// What the file says, or what the cells of the column show.
    ///
    /// # Errors
    /// It is not plain from the cells whether a mark stands before decimals or between thousands.
    pub(super) fn of(asked: &Csv, separator: Separator, cells: &[&str], told: &mut Told) -> Result<Self, String> {
        if let (Some(decimal), Some(thousands)) = (asked.decimal, asked.thousands)
            && decimal == thousands
        {
            return Err("`decimal` and `thousands` are the same mark; it can be one of them only".to_owned());
        }
        let decimal = match asked.decimal {
            Some(mark) => mark,
            None => shown_decimal(asked, separator, cells, told)?,
        };
        let thousands = asked.thousands.or_else(|| shown_thousands(decimal, cells, told));
        Ok(Self { decimal, thousands })
    }

    /// The number in a cell.
    ///
    /// # Errors
    /// It is none, or not a finite one.
    pub(super) fn read(self, cell: &str) -> Result<f64, String> {
        let grouped = self.thousands.filter(|mark| is_grouped(cell, *mark, self.decimal));
        let plain: String = cell
            .chars()
            .filter(|letter| !grouped.is_some_and(|mark| mark.is(*letter)))
            .map(|letter| if self.decimal.is(letter) { '.' } else { letter })
            .collect();
        // With a decimal comma a point is no second decimal sign.
        let has_other_point = self.decimal != Mark::Point && cell.contains('.') && grouped != Some(Mark::Point);
        match plain.parse::<f64>() {
            Ok(_) if has_other_point => Err(format!("{} is not a number with a decimal comma", words::name(cell))),
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) => Err(format!("{} is not a finite number", words::name(cell))),
            Err(_) => Err(format!("{} is not a number", words::name(cell))),
        }
    }
}

/// A count of people or beds, which may have commas between its thousands.
///
/// # Errors
/// It is no whole number, or less than none.
pub(in crate::scenario) fn whole_number(cell: &str) -> Result<f64, String> {
    let notation = Notation { decimal: Mark::Point, thousands: Some(Mark::Comma) };
    match notation.read(cell)? {
        count if count >= 0.0 && count.fract() == 0.0 => Ok(count),
        _ => Err(format!("{} is no count", words::name(cell))),
    }
}

/// The decimal sign that the cells show: a point, unless commas can be nothing else.
fn shown_decimal(asked: &Csv, separator: Separator, cells: &[&str], told: &mut Told) -> Result<Mark, String> {
    let with_comma: Vec<&str> =
        cells.iter().copied().filter(|cell| looks_numeric(cell) && cell.contains(',')).collect();
    if with_comma.is_empty() || asked.thousands == Some(Mark::Comma) {
        return Ok(Mark::Point);
    }
    let could_be_thousands = with_comma.iter().all(|cell| is_grouped(cell, Mark::Comma, Mark::Point));
    let points_group = |cell: &str| !cell.contains('.') || is_grouped(cell, Mark::Point, Mark::Comma);
    let could_be_decimal = with_comma.iter().all(|cell| cell.matches(',').count() == 1 && points_group(cell));
    match (could_be_thousands, could_be_decimal) {
        (false, true) => {
            told.notes.push("the comma is read as the decimal sign".to_owned());
            Ok(Mark::Comma)
        }
        // Where commas stand between cells too, a number in quotation marks has them between its thousands.
        (true, true) if separator != Separator::Comma => Err(format!(
            "it is not plain whether the comma in {} stands before decimals or between thousands; say `\"decimal\": \",\"` or `\"thousands\": \",\"`",
            words::name(with_comma.first().copied().unwrap_or_default())
        )),
        _ => Ok(Mark::Point),
    }
}

/// The mark between thousands that the cells show.
fn shown_thousands(decimal: Mark, cells: &[&str], told: &mut Told) -> Option<Mark> {
    let marks =
        [(Mark::Comma, "commas"), (Mark::Point, "points"), (Mark::Blank, "blanks"), (Mark::Apostrophe, "apostrophes")];
    let (mark, name) = marks.into_iter().filter(|(mark, _)| *mark != decimal).find(|(mark, _)| {
        let mut with =
            cells.iter().filter(|cell| looks_numeric(cell) && cell.chars().any(|letter| mark.is(letter))).peekable();
        // A point is read as decimals unless it stands in no other way than between thousands of a decimal comma.
        with.peek().is_some() && with.all(|cell| is_grouped(cell, *mark, decimal))
    })?;
    told.notes.push(format!("{name} between thousands are left out"));
    Some(mark)
}

/// Whether there is nothing but digits, signs and marks in a cell.
fn looks_numeric(cell: &str) -> bool {
    let marks = [Mark::Comma, Mark::Point, Mark::Blank, Mark::Apostrophe];
    let is_part = |letter: char| {
        letter.is_ascii_digit() || matches!(letter, '+' | '-' | 'e' | 'E') || marks.iter().any(|mark| mark.is(letter))
    };
    cell.chars().any(|letter| letter.is_ascii_digit()) && cell.chars().all(is_part)
}

/// Whether a mark stands before groups of three digits and nowhere else: 1,234,567.8.
fn is_grouped(cell: &str, mark: Mark, decimal: Mark) -> bool {
    let whole = cell.split(|letter| decimal.is(letter)).next().unwrap_or_default();
    let after = cell.get(whole.len()..).unwrap_or_default();
    let whole = whole.trim_start_matches(['+', '-']);
    let mut groups = whole.split(|letter| mark.is(letter));
    let is_digits = |group: &str, most: usize| {
        !group.is_empty() && group.chars().count() <= most && group.chars().all(|letter| letter.is_ascii_digit())
    };
    let first = groups.next().is_some_and(|group| is_digits(group, 3));
    let rest: Vec<&str> = groups.collect();
    first
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3 && is_digits(group, 3))
        && !after.chars().skip(1).any(|letter| mark.is(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(asked: &Csv, separator: Separator, cells: &[&str]) -> Result<Vec<f64>, String> {
        let notation = Notation::of(asked, separator, cells, &mut Told::default())?;
        cells.iter().map(|cell| notation.read(cell)).collect()
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let plain = Csv::default();
        assert_eq!(read(&plain, Separator::Comma, &["1.5", "-2e3"]), Ok(vec![1.5, -2000.0]));
        assert_eq!(read(&plain, Separator::Semicolon, &["0,92", "1,1"]), Ok(vec![0.92, 1.1]));
        assert_eq!(
            read(&plain, Separator::Comma, &["8,648", "12", "1,234,567.5"]),
            Ok(vec![8648.0, 12.0, 1_234_567.5])
        );
        assert_eq!(read(&plain, Separator::Semicolon, &["1.234,5", "7,25"]), Ok(vec![1234.5, 7.25]));
        assert_eq!(read(&plain, Separator::Tab, &["9\u{202f}212", "10 000"]), Ok(vec![9212.0, 10_000.0]));
        assert_eq!(read(&plain, Separator::Comma, &["9'212"]), Ok(vec![9212.0]));
    }

    #[test]
    fn a_mark_that_could_be_either_is_asked_for() {
        let plain = Csv::default();
        let unclear = read(&plain, Separator::Semicolon, &["9,212", "8,648"]);
        assert!(unclear.unwrap_err().contains("say `\"decimal\": \",\"` or `\"thousands\": \",\"`"));
        let decimal = Csv { decimal: Some(Mark::Comma), ..Csv::default() };
        assert_eq!(read(&decimal, Separator::Semicolon, &["9,212"]), Ok(vec![9.212]));
        let thousands = Csv { thousands: Some(Mark::Comma), ..Csv::default() };
        assert_eq!(read(&thousands, Separator::Semicolon, &["9,212"]), Ok(vec![9212.0]));
        let both = Csv { decimal: Some(Mark::Comma), thousands: Some(Mark::Comma), ..Csv::default() };
        assert!(read(&both, Separator::Semicolon, &["1"]).is_err());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for cell in ["abc", "1,2,3", "1.5,5", "1 2", "1e999", "inf", "£3"] {
            assert!(read(&Csv::default(), Separator::Comma, &["1", cell]).is_err(), "{cell}");
        }
    }

    #[test]
    fn gaps_are_known_by_what_people_write() {
        assert!(["", "*", "NA", "n/a", "-", "..", " NaN "].into_iter().all(is_gap));
        assert!(!["0", "-1", "x"].into_iter().any(is_gap));
    }
}
