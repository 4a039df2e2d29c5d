//! Which rows of a table are meant, and in which order: one series, from the first moment to the last.

use super::moment::{Moment, moments, month_of};
use super::table::{Row, Table};
use crate::scenario::file::Csv;
use crate::scenario::text::{counted, did_you_mean, words};
use std::collections::BTreeSet;

/// Names of columns by which runs and places of a table are told apart, though they hold numbers.
const NUMBERED: [&str; 10] =
    ["run", "org", "code", "site", "seed", "replicate", "scenario", "trust", "place", "experiment"];

/// The rows of the series that is asked for, in order.
///
/// # Errors
/// There is no such row, several series stand below one another, a total is among them, or their dates fall.
pub(super) fn of_series<'a>(table: &'a Table, asked: &Csv, series: usize) -> Result<Vec<&'a Row>, String> {
    let mut rows = chosen(table, asked)?;
    let others: Vec<usize> = (0..table.header.len()).filter(|column| *column != series).collect();
    if let Some(row) = rows.iter().find(|row| others.iter().any(|column| is_total(row.cell(*column)))) {
        return Err(format!("line {} seems to be a total; say with `where` which rows are meant", row.line));
    }
    if let Some(name) = &asked.order_by {
        rows = in_order(rows, table.position(name)?, name)?;
    }
    let free: Vec<usize> =
        others.into_iter().filter(|column| !asked.where_.contains_key(&table.header[*column])).collect();
    several_series(table, &rows, &free)?;
    if asked.order_by.is_none() {
        falling(table, &rows, &free)?;
    }
    Ok(rows)
}

/// The rows in which every column has what `where` says.
pub(super) fn chosen<'a>(table: &'a Table, asked: &Csv) -> Result<Vec<&'a Row>, String> {
    let mut rows: Vec<&Row> = table.rows.iter().collect();
    for (name, wanted) in &asked.where_ {
        let column = table.position(name)?;
        let values: BTreeSet<&str> = rows.iter().map(|row| row.cell(column)).collect();
        rows.retain(|row| row.cell(column) == wanted.trim());
        if rows.is_empty() {
            let near = did_you_mean(wanted, values.iter().copied());
            return Err(format!(
                "no row has {} in column {}{near}{}",
                words::name(wanted),
                words::name(name),
                among(&values)
            ));
        }
    }
    Ok(rows)
}

/// A column in which several series that stand below one another differ, if moments repeat.
fn several_series(table: &Table, rows: &[&Row], free: &[usize]) -> Result<(), String> {
    let repeats = free.iter().any(|column| {
        let cells = cells(rows, *column);
        moments(&cells).is_some() && cells.iter().collect::<BTreeSet<_>>().len() < cells.len()
    });
    let differs = |column: &&usize| {
        let cells = cells(rows, **column);
        let apart = cells.iter().collect::<BTreeSet<_>>().len();
        apart > 1 && apart < cells.len() && tells_apart(&table.header[**column], &cells)
    };
    let Some(column) = free.iter().find(differs).filter(|_| repeats) else { return Ok(()) };
    let values: BTreeSet<&str> = cells(rows, *column).into_iter().collect();
    let name = &table.header[*column];
    Err(format!(
        "several series stand below one another: {} in which {} changes; say which is meant with `\"where\": {{\"{}\": …}}`{}",
        counted(rows.len() as u64, "row"),
        words::name(name),
        words::cut(name),
        among(&values)
    ))
}

/// Whether a column holds names and no moments, or numbers of runs and places.
fn tells_apart(name: &str, cells: &[&str]) -> bool {
    let is_month = |cell: &&str| month_of(cell).is_some();
    let named: Vec<String> = name.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect();
    let is_numbered = named.iter().any(|word| NUMBERED.contains(&word.as_str()));
    let are_names = moments(cells).is_none()
        && !cells.iter().all(is_month)
        && cells.iter().all(|cell| cell.chars().any(char::is_alphabetic));
    is_numbered || are_names
}

fn in_order<'a>(rows: Vec<&'a Row>, column: usize, name: &str) -> Result<Vec<&'a Row>, String> {
    let moments = moments(&cells(&rows, column)).ok_or_else(|| {
        format!("column {} of `order_by` holds neither numbers nor dates of one form", words::name(name))
    })?;
    let mut both: Vec<(Moment, &Row)> = moments.into_iter().zip(rows).collect();
    both.sort_by(|(one, _), (other, _)| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    if let Some(pair) = both.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let (one, other) = (pair[0].1.line, pair[1].1.line);
        return Err(format!("lines {one} and {other} have the same {}", words::name(name)));
    }
    Ok(both.into_iter().map(|(_, row)| row).collect())
}

/// A column of dates that goes back somewhere.
fn falling(table: &Table, rows: &[&Row], free: &[usize]) -> Result<(), String> {
    for column in free {
        let cells = cells(rows, *column);
        let dated = cells.iter().all(|cell| cell.parse::<f64>().is_err());
        let Some(moments) = moments(&cells).filter(|_| dated) else { continue };
        if let Some(at) = (1..moments.len()).find(|at| moments[*at] < moments[at - 1]) {
            return Err(format!(
                "in column {0} line {1} is earlier than the one before it; say `\"order_by\": \"{2}\"`",
                words::name(&table.header[*column]),
                rows[at].line,
                words::cut(&table.header[*column])
            ));
        }
    }
    Ok(())
}

fn is_total(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    ["total", "totals", "grand total", "sum"].contains(&cell.as_str())
}

fn cells<'a>(rows: &[&'a Row], column: usize) -> Vec<&'a str> {
    rows.iter().map(|row| row.cell(column)).collect()
}

/// " (it has `X01`, `X02`)".
fn among(values: &BTreeSet<&str>) -> String {
    format!(" (it has {})", words::names(values.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::super::Told;
    use super::*;

    fn lines(text: &str, asked: &Csv) -> Result<Vec<usize>, String> {
        let table = Table::read(text, asked, &mut Told::default())?;
        let series = table.position("need")?;
        of_series(&table, asked, series).map(|rows| rows.iter().map(|row| row.line).collect())
    }

    fn only(column: &str, value: &str) -> Csv {
        Csv { where_: [(column.to_owned(), value.to_owned())].into(), ..Csv::default() }
    }

    const LONG: &str = "period,org,need\n2024-01,X01,0\n2024-02,X01,0\n2024-01,X02,5\n2024-02,X02,6\n";

    #[test]
    fn of_several_series_one_is_chosen_and_else_it_is_a_fault() {
        assert_eq!(lines(LONG, &only("org", "X02")), Ok(vec![4, 5]));
        let told = lines(LONG, &Csv::default()).unwrap_err();
        assert_eq!(
            told,
            "several series stand below one another: 4 rows in which `org` changes; say which is meant with `\"where\": {\"org\": …}` (it has `X01`, `X02`)"
        );
        let told = lines(LONG, &only("org", "X2")).unwrap_err();
        assert_eq!(told, "no row has `X2` in column `org`; did you mean `X02`? (it has `X01`, `X02`)");
    }

    #[test]
    fn runs_of_a_model_below_one_another_are_several_series_though_they_have_numbers() {
        let text = "[run number],[step],need\n2,0,1\n1,0,2\n1,1,3\n2,1,4\n";
        assert!(lines(text, &Csv::default()).unwrap_err().contains("`[run number]` changes"));
        let asked = Csv { order_by: Some("[step]".into()), ..only("[run number]", "2") };
        assert_eq!(lines(text, &asked), Ok(vec![2, 5]));
    }

    #[test]
    fn a_year_and_a_month_in_columns_of_their_own_are_one_series() {
        assert_eq!(
            lines("year,month,need\n2023,Nov,1\n2023,Dec,2\n2024,Jan,3\n2024,Feb,4\n", &Csv::default()),
            Ok(vec![2, 3, 4, 5])
        );
        assert_eq!(lines("year,month,need\n2023,11,1\n2023,12,2\n2024,1,3\n", &Csv::default()), Ok(vec![2, 3, 4]));
        assert_eq!(lines("need\n1\n1\n", &Csv::default()), Ok(vec![2, 3]));
        assert_eq!(
            lines("month,note,need\n2024-01,winter,1\n2024-02,winter,1\n2024-03,spring,2\n", &Csv::default()),
            Ok(vec![2, 3, 4])
        );
    }

    #[test]
    fn totals_and_falling_dates_are_faults() {
        let told = lines("period,org,need\n2024-01,X01,1\n2024-01,TOTAL,9\n", &Csv::default()).unwrap_err();
        assert_eq!(told, "line 3 seems to be a total; say with `where` which rows are meant");
        let falls = "month,need\n2024-02,1\n2024-01,2\n";
        let told = lines(falls, &Csv::default()).unwrap_err();
        assert_eq!(told, "in column `month` line 3 is earlier than the one before it; say `\"order_by\": \"month\"`");
        let asked = Csv { order_by: Some("month".into()), ..Csv::default() };
        assert_eq!(lines(falls, &asked), Ok(vec![3, 2]));
        assert!(
            lines("month,need\n2024-01,1\n2024-01,2\n", &asked)
                .unwrap_err()
                .contains("lines 2 and 3 have the same `month`")
        );
        let asked = Csv { order_by: Some("need".into()), ..Csv::default() };
        assert!(lines("month,need\n2024-01,x\n", &asked).unwrap_err().contains("neither numbers nor dates"));
    }
}
