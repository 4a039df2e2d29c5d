//! What people played, from a table with a row for each turn: one list for each of them. A gap is no fault here but a turn that nobody
//! played, and so is a row that is not there, where the table says which turn a row is.

use super::moment::{Moment, moments};
use super::number::{Notation, is_gap};
use super::rows::chosen;
use super::table::{Row, Table};
use super::{SHOWN, Told, told_at};
use crate::scenario::file::Csv;
use crate::scenario::text::words;

/// What one of those who played did, turn by turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Player {
    /// What the column says that tells players apart; nothing where none does.
    pub name: String,
    /// What was written down for each turn.
    pub turns: Vec<Option<f64>>,
}

/// The players of a table, in the order in which they first come, and the rows that were used.
pub(super) fn of_table(
    table: &Table,
    asked: &Csv,
    each: Option<&str>,
    told: &mut Told,
) -> Result<(Vec<Player>, usize), String> {
    let Some(name) = &asked.column else {
        return Err("name the `column` that says what was played; a row stands for a turn".to_owned());
    };
    if asked.missing.is_some() {
        return Err(
            "`missing` fills gaps; a gap in what was played is a turn that nobody played, so leave it out".to_owned()
        );
    }
    let column = table.position(name)?;
    let rows = chosen(table, asked)?;
    let texts: Vec<&str> = rows.iter().map(|row| row.cell(column)).filter(|cell| !is_gap(cell)).collect();
    let notation = Notation::of(asked, table.separator, &texts, told)?;
    let faults: Vec<String> = rows.iter().filter_map(|row| turn(row, column, notation).err()).collect();
    if !faults.is_empty() {
        let more = if faults.len() > SHOWN { format!("; and {} more", faults.len() - SHOWN) } else { String::new() };
        return Err(format!(
            "in column {}, {}{more}",
            words::name(name),
            faults.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ")
        ));
    }
    let steps = steps(table, asked, &rows)?;
    let who = each.map(|name| table.position(name)).transpose()?;
    let mut players: Vec<(Player, Vec<usize>)> = Vec::new();
    for (row, step) in rows.iter().zip(steps) {
        let name = who.map_or("", |column| row.cell(column));
        let at = players.iter().position(|(player, _)| player.name == name).unwrap_or(players.len());
        if at == players.len() {
            players.push((Player { name: name.to_owned(), turns: Vec::new() }, Vec::new()));
        }
        let (player, lines) = &mut players[at];
        let step = step.unwrap_or(player.turns.len());
        if player.turns.len() <= step {
            player.turns.resize(step + 1, None);
            lines.resize(step + 1, 0);
        }
        if lines[step] > 0 {
            return Err(twice(asked, each, (lines[step], row.line)));
        }
        lines[step] = row.line;
        player.turns[step] = turn(row, column, notation).ok().flatten();
    }
    Ok((players.into_iter().map(|(player, _)| player).collect(), rows.len()))
}

/// What is written down in a row.
fn turn(row: &Row, column: usize, notation: Notation) -> Result<Option<f64>, String> {
    let cell = row.cell(column);
    if is_gap(cell) {
        return Ok(None);
    }
    match notation.read(cell) {
        Ok(number) if number < 0.0 => Err(told_at(row.line, "what was played is not below 0")),
        Ok(number) => Ok(Some(number)),
        Err(problem) => Err(told_at(row.line, &problem)),
    }
}

/// Turns of a table beyond which numbers are no numbers of turns.
const MOST_TURNS: f64 = 100_000.0;

/// The turn of each row: its number, counted from the first, or where moments have no numbers the place among all moments of the table.
/// Nothing where no column says it, and rows are taken as they come.
fn steps(table: &Table, asked: &Csv, rows: &[&Row]) -> Result<Vec<Option<usize>>, String> {
    let Some(name) = &asked.order_by else { return Ok(vec![None; rows.len()]) };
    let column = table.position(name)?;
    let cells: Vec<&str> = rows.iter().map(|row| row.cell(column)).collect();
    let numbers: Option<Vec<f64>> =
        cells.iter().map(|cell| cell.trim().parse().ok().filter(|number: &f64| number.fract() == 0.0)).collect();
    if let Some(numbers) = numbers {
        let first = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        if numbers.iter().all(|number| number - first < MOST_TURNS) {
            return Ok(numbers.iter().map(|number| Some((number - first) as usize)).collect());
        }
    }
    let all = moments(&cells).ok_or_else(|| {
        format!("column {} of `order_by` holds neither numbers nor dates of one form", words::name(name))
    })?;
    let mut sorted: Vec<Moment> = all.clone();
    sorted.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    sorted.dedup();
    Ok(all.iter().map(|moment| sorted.iter().position(|one| one == moment)).collect())
}

fn twice(asked: &Csv, each: Option<&str>, (one, other): (usize, usize)) -> String {
    let order = asked.order_by.as_deref().unwrap_or_default();
    let way_out = match each {
        None => "say with `each` in which column players are told apart, or choose one with `where`".to_owned(),
        Some(each) => format!("one {} is there more than once; choose with `where`", words::name(each)),
    };
    format!("lines {one} and {other} have the same {}: {way_out}", words::name(order))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "round,subject,tokens,group\n1,a,5,1\n1,b,7,1\n3,a,6,1\n2,b,NA,1\n3,b,8,1\n1,c,9,2\n";

    /// What somebody of a name played.
    type Played = (String, Vec<Option<f64>>);

    fn read(asked: &Csv, each: Option<&str>) -> Result<Vec<Played>, String> {
        let mut told = Told::default();
        let table = Table::read(LONG, asked, &mut told)?;
        let (players, _) = of_table(&table, asked, each, &mut told)?;
        Ok(players.into_iter().map(|player| (player.name, player.turns)).collect())
    }

    fn asked(order_by: Option<&str>, group: &str) -> Csv {
        Csv {
            column: Some("tokens".into()),
            order_by: order_by.map(Into::into),
            where_: [("group".to_owned(), group.to_owned())].into(),
            ..Csv::default()
        }
    }

    #[test]
    fn each_player_has_a_list_and_a_row_that_is_not_there_is_a_turn_that_nobody_played() {
        let lists = read(&asked(Some("round"), "1"), Some("subject")).expect("a table");
        let wanted = [("a", vec![Some(5.0), None, Some(6.0)]), ("b", vec![Some(7.0), None, Some(8.0)])];
        assert_eq!(lists, wanted.map(|(name, turns)| (name.to_owned(), turns)));
        // Without `order_by` rows are taken as they come.
        assert_eq!(read(&asked(None, "1"), Some("subject")).expect("a table")[0].1, [Some(5.0), Some(6.0)]);
        assert_eq!(read(&asked(None, "2"), None).expect("a table")[0].1, [Some(9.0)]);
    }

    #[test]
    fn two_rows_for_one_turn_are_a_fault_that_says_the_way_out() {
        let told = read(&asked(Some("round"), "1"), None).expect_err("two players");
        assert!(told.contains("lines 2 and 3 have the same `round`: say with `each`"), "{told}");
        let told = read(&asked(Some("round"), "1"), Some("group")).expect_err("two rows");
        assert!(told.contains("`group` is there more than once"), "{told}");
        let filled = Csv { missing: Some(crate::scenario::file::Missing::Carry), ..asked(None, "1") };
        assert!(read(&filled, Some("subject")).expect_err("gaps are turns").contains("leave it out"));
        let words = Csv { column: Some("subject".into()), ..asked(None, "1") };
        assert!(read(&words, None).expect_err("no numbers").contains("line 2: `a` is not a number"));
    }
}
