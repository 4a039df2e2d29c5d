//! Moments as tables write them: what lets rows be put in order.

/// A moment that can be compared with others of its column.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Moment(f64);

/// Days are counted as if every month had so many: order is all that is asked.
const DAYS: u32 = 31;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The moments of a column's cells, if all of them are moments written in one way: a number, a date with the year first or last,
/// or a month's name and a year.
pub(super) fn moments(cells: &[&str]) -> Option<Vec<Moment>> {
    let ways: [fn(&str) -> Option<Moment>; 4] = [number, year_first, day_first, named_month];
    ways.into_iter().find_map(|way| cells.iter().map(|cell| way(cell.trim())).collect())
}

/// Year and month of a date, however it is written.
pub(in crate::scenario) fn month(cell: &str) -> Option<(u32, u32)> {
    let ways: [fn(&str) -> Option<Moment>; 4] = [year_first, day_first, named_month, digits];
    let Moment(days) = ways.into_iter().find_map(|way| way(cell.trim()))?;
    let months = (days as u32 - 1) / DAYS - 1;
    Some((months / 12, months % 12 + 1))
}

/// 201604, 20160401, and 42461: the day as a workbook counts it.
fn digits(cell: &str) -> Option<Moment> {
    let number: u32 = cell.parse().ok()?;
    match cell.len() {
        5 => day_of_a_workbook(number),
        6 => moment(number / 100, number % 100, 1),
        8 => moment(number / 10_000, number / 100 % 100, number % 100),
        _ => None,
    }
}

/// The date of a day that is counted from the end of 1899, as workbooks do. After Howard Hinnant, "chrono-compatible low-level date
/// algorithms": years begin in March, so that leap days come last.
fn day_of_a_workbook(number: u32) -> Option<Moment> {
    /// Days from 1 March of the year 0 to 30 December 1899.
    const BEGIN: u32 = 693_899;
    const DAYS_OF_400_YEARS: u32 = 146_097;
    let days = number + BEGIN;
    let (era, day) = (days / DAYS_OF_400_YEARS, days % DAYS_OF_400_YEARS);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    moment(era * 400 + year, month, day)
}

/// A step, a year, a date as a workbook counts it.
fn number(cell: &str) -> Option<Moment> {
    cell.parse::<f64>().ok().filter(|number| number.is_finite()).map(Moment)
}

/// 2024-01, 2024/01/31, 2024-01-31T00:00:00.
fn year_first(cell: &str) -> Option<Moment> {
    let date = cell.split(['T', ' ']).next().unwrap_or_default();
    match parts(date)?.as_slice() {
        [year, month] => moment(*year, *month, 1),
        [year, month, day] => moment(*year, *month, *day),
        _ => None,
    }
}

/// 31/01/2024, 31.1.2024: the day first, as in Britain and on the continent.
fn day_first(cell: &str) -> Option<Moment> {
    match parts(cell.split(' ').next().unwrap_or_default())?.as_slice() {
        [month, year] => moment(*year, *month, 1),
        [day, month, year] => moment(*year, *month, *day),
        _ => None,
    }
}

/// April 2019, Apr-19, MSitAE-APRIL-2019.
fn named_month(cell: &str) -> Option<Moment> {
    let words: Vec<String> = cell
        .split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect();
    let month = words.iter().find_map(|word| month_of(word))?;
    let year = words.iter().rev().find_map(|word| word.parse::<u32>().ok())?;
    moment(if year < 100 { 2000 + year } else { year }, month, 1)
}

/// The number of a month from its name or the first three letters of it.
pub(super) fn month_of(word: &str) -> Option<u32> {
    let word = &*word.to_lowercase();
    let is_meant = |name: &str| name == word || name.get(..3) == Some(word) || (word, name) == ("sept", "september");
    MONTHS.iter().position(|name| is_meant(name)).map(|month| month as u32 + 1)
}

fn parts(date: &str) -> Option<Vec<u32>> {
    let parts: Option<Vec<u32>> = date.split(['-', '/', '.']).map(|part| part.parse().ok()).collect();
    parts.filter(|parts| parts.len() > 1)
}

fn moment(year: u32, month: u32, day: u32) -> Option<Moment> {
    let fits = (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| Moment(f64::from((year * 12 + month) * DAYS + day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn rises(cells: &[&str]) {
        let moments = moments(cells).unwrap_or_else(|| panic!("{cells:?} are no moments"));
        assert!(moments.is_sorted_by(|earlier, later| earlier < later), "{cells:?}: {moments:?}");
    }

    #[test]
    fn dates_are_put_in_order_however_they_are_written() {
        rises(&["2023-12", "2024-01", "2024-02-03"]);
        rises(&["2016-04-01", "2016-05-01T00:00:00"]);
        rises(&["31/12/2023", "01/01/2024", "2/2/2024"]);
        rises(&["MSitAE-APRIL-2019", "MSitAE-MAY-2019"]);
        rises(&["Dec-18", "Jan-19", "Sept 2019"]);
        rises(&["9", "10", "43105"]);
    }

    #[test]
    fn a_month_is_found_in_a_date() {
        for (cell, expected) in [
            ("2016-04-01", (2016, 4)),
            ("31/12/2023", (2023, 12)),
            ("MSitAE-JANUARY-2024", (2024, 1)),
            ("201604", (2016, 4)),
            ("20160430", (2016, 4)),
            ("43105", (2018, 1)),
            ("42460", (2016, 3)),
            ("42461", (2016, 4)),
            ("36585", (2000, 2)),
            ("36586", (2000, 3)),
        ] {
            assert_eq!(month(cell), Some(expected), "{cell}");
        }
        assert_eq!([month("4"), month("201613"), month("99999999")], [None; 3]);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for cells in [["2024-13", "2024-01"], ["x", "1"], ["2024-01", "31/12/2024"], ["", "1"], ["TOTAL", "2024-01"]] {
            assert_eq!(moments(&cells), None, "{cells:?}");
        }
    }
}
