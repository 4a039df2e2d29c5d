//! A design that somebody else made: a table with a pointer at the head of each column and a cell of the experiment in each row.

use super::read::{head, levels, once};
use super::{Level, Values, Vary};
use serde_json::Value;

/// Faults of a table that are told before the rest is only counted.
const TOLD: usize = 10;

/// What the columns of a CSV table vary. The values stand in the order of the rows, so that a design takes them row by row.
///
/// # Errors
/// Every fault of the table: heads that are no pointers, rows without a value, no rows at all.
pub fn listed(text: &str) -> Result<Vec<Vary>, Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // A comma in the head may tie pointers; a table that is parted by semicolons has no comma outside quotes.
    let separator = if first.split('"').step_by(2).any(|part| part.contains(';')) { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(str::to_owned).collect(),
        Err(problem) => return Err(vec![problem.to_string()]),
    };
    let mut faults: Vec<String> =
        heads.iter().enumerate().filter_map(|(column, head)| fault_of_head(column, head)).collect();
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); heads.len()];
    for record in reader.records() {
        let line = record.as_ref().ok().and_then(csv::StringRecord::position).map_or(0, |at| line_at(text, at));
        match record {
            Err(problem) => faults.push(problem.to_string()),
            Ok(record) if record.len() != heads.len() => {
                faults.push(format!("line {line} has {} cells where the head has {}", record.len(), heads.len()));
            }
            Ok(record) => {
                for ((column, cell), head) in columns.iter_mut().zip(&record).zip(&heads) {
                    if cell.is_empty() {
                        faults.push(format!("line {line} has no value for {head}; every row is a whole cell"));
                    }
                    column.push(cell.to_owned());
                }
            }
        }
    }
    if faults.is_empty() && columns.first().is_none_or(Vec::is_empty) {
        faults.push("there is no row below the head; each row is a cell of the experiment".to_owned());
    }
    if !faults.is_empty() {
        let more = faults.len().saturating_sub(TOLD);
        faults.truncate(TOLD);
        faults.extend((more > 0).then(|| format!("there are {more} more faults like these")));
        return Err(faults);
    }
    Ok(heads.iter().zip(columns).map(|(head, cells)| column(head, cells)).collect())
}

/// The line of a record: what is read as its beginning are the blank lines before it.
fn line_at(text: &str, position: &csv::Position) -> u64 {
    let rest = text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    position.line() + blank as u64
}

fn fault_of_head(column: usize, text: &str) -> Option<String> {
    let number = column + 1;
    if text.is_empty() {
        return Some(format!("column {number} has no head; each is a JSON pointer such as /society/trust"));
    }
    let is_number = text.parse::<f64>().is_ok();
    is_number.then(|| {
        format!(
            "the head of column {number} is the number {text}; the first line names the columns, each by a JSON pointer"
        )
    })
}

/// Numbers where all are, words or parts otherwise, one a row; without a pointer fragments, which may be called by a number.
fn column(text: &str, cells: Vec<String>) -> Vary {
    let (name, pointer) = head(text);
    let fragments = !pointer.starts_with('/');
    let number = |cell: &String| cell.parse::<f64>().ok().filter(|number| number.is_finite());
    let numbers = cells.iter().map(number).collect::<Option<Vec<f64>>>().filter(|_| !fragments);
    let values = numbers.map_or_else(|| Values::Levels(rows(&parts(cells, fragments), fragments)), Values::Each);
    Vary { name, ..Vary::new(pointer, values) }
}

/// Cells as JSON where they are, as words otherwise; fragments are words.
fn parts(cells: Vec<String>, fragments: bool) -> Vec<Value> {
    let part = |cell: &String| serde_json::from_str(cell).ok().filter(|_| !fragments);
    cells.into_iter().map(|cell| part(&cell).unwrap_or_else(|| Value::from(cell))).collect()
}

/// A level for each row; the same value has the same name in all of them.
fn rows(values: &[Value], fragments: bool) -> Vec<Level> {
    let once = once(values.iter().cloned());
    let known: Vec<(Level, Value)> = levels(once.clone(), fragments).into_iter().zip(once).collect();
    let level = |value: &Value| known.iter().find(|(_, other)| other == value).map(|(level, _)| level.clone());
    values.iter().filter_map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Put;
    use super::*;

    #[test]
    fn a_column_is_numbers_or_words_in_the_order_of_the_rows() {
        let text = "/a/price,/b/votes,\"/c,/d\"\r\n0.9,equal,1\n0.4,by_size,2\n0.9,equal,3\n";
        let found = listed(text).unwrap();
        assert_eq!(found[0], Vary::new("/a/price", Values::Each(vec![0.9, 0.4, 0.9])));
        let Values::Levels(levels) = &found[1].values else { panic!("no levels") };
        assert_eq!(levels.iter().map(|level| level.name.as_str()).collect::<Vec<_>>(), ["equal", "by_size", "equal"]);
        assert_eq!(found[2].pointers().collect::<Vec<_>>(), ["/c", "/d"]);
        assert_eq!(listed("\u{feff}/a;/b\n1;2\n").unwrap().len(), 2);
        let fragments = listed("paid as in\n2015\nnone\n2024\n2015\n").unwrap();
        let Values::Levels(levels) = &fragments[0].values else { panic!("no levels") };
        let fragment = |name: &str| Put::Fragment(name.to_owned());
        let puts: Vec<Put> = levels.iter().map(|level| level.put.clone()).collect();
        assert_eq!(puts, [fragment("2015"), Put::Nothing, fragment("2024"), fragment("2015")]);
        let numbers = listed("paid as in\n2015\n2024\n").unwrap();
        assert!(matches!(&numbers[0].values, Values::Levels(levels) if levels[1].put == fragment("2024")));
    }

    #[test]
    fn every_fault_of_a_table_is_told_with_its_line() {
        assert_eq!(listed("/a,/b\n1,2\n3\n,4\n").unwrap_err().len(), 2);
        for text in ["/a,/b\n\n\n1,2\n\n3\n", "/a,/b\r\n\r\n\r\n1,2\r\n\r\n3\r\n"] {
            assert_eq!(listed(text).unwrap_err(), ["line 6 has 1 cells where the head has 2"]);
        }
        for text in ["", "/a,/b\n", "/a,\n1,2\n", "0.4,0.3\n0.9,0.5\n"] {
            assert!(listed(text).is_err(), "{text}");
        }
    }
}
