//! Targets and open numbers as people read them.

use super::findings::observed_words;
use super::{Account, Narrowed};
use crate::report::phrase::{capitalised, significant};
use crate::report::table::{Entry, Table};

/// Targets, open numbers, and sets of targets that exclude each other.
pub fn tables(account: &Account) -> Vec<Table> {
    let mut tables = vec![targets(account), numbers(account), waves(account)];
    tables.retain(|table| !table.rows.is_empty());
    tables
}

fn number(value: f64) -> Entry {
    if value.is_finite() { Entry::number(significant(value), value) } else { Entry::missing() }
}

fn targets(account: &Account) -> Table {
    let row = |(position, aim): (usize, &crate::experiment::matching::Aim)| {
        let [low, median, high] = account.foretold(position);
        let out = account.ruled_out.iter().find(|out| out.target == position);
        let share = out.map_or(f64::NAN, |out| 100.0 * out.points as f64 / out.of.max(1) as f64);
        let name = if aim.is_matched { aim.meaning.clone() } else { format!("{} (held out)", aim.meaning) };
        vec![
            Entry::words(format!("{name}, {}", aim.unit)),
            Entry::words(aim.observed.map_or_else(|| "not looked at".to_owned(), observed_words)),
            number(aim.variance.sqrt()),
            number(median),
            number(low),
            number(high),
            number(share),
        ]
    };
    Table {
        title: "What was measured, and what the points that are left foretell".to_owned(),
        columns: ["Target", "Observed", "±", "Median", "5%", "95%", "Rules out, %"].map(str::to_owned).to_vec(),
        rows: account.problem.aims.iter().enumerate().map(row).collect(),
    }
}

fn numbers(account: &Account) -> Table {
    let row = |narrowed: &Narrowed| {
        let unit = if narrowed.unit.is_empty() { String::new() } else { format!(", {}", narrowed.unit) };
        let [low, median, high] = narrowed.after;
        let [from, to] = narrowed.before;
        vec![
            Entry::words(capitalised(&format!("{}{unit}", narrowed.name))),
            number(from),
            number(to),
            number(median),
            number(low),
            number(high),
            number(100.0 * narrowed.left_open),
        ]
    };
    Table {
        title: "Open numbers before and after".to_owned(),
        columns: ["Number", "From", "To", "Median", "5%", "95%", "Left open, %"].map(str::to_owned).to_vec(),
        rows: account.numbers().iter().map(row).collect(),
    }
}

fn waves(account: &Account) -> Table {
    let row = |(position, wave): (usize, &crate::experiment::matching::Wave)| {
        let explained: Vec<f64> = wave.explained.iter().flatten().copied().collect();
        let least = explained.iter().copied().fold(f64::INFINITY, f64::min);
        let mean = explained.iter().sum::<f64>() / explained.len() as f64;
        vec![
            Entry::words(if position == 0 { "first, over all ranges".to_owned() } else { format!("{}", position + 1) }),
            number(wave.points as f64),
            number(wave.left as f64),
            number(100.0 * mean),
            number(100.0 * least),
        ]
    };
    Table {
        title: "Waves: what they tried, and how well emulators foretold points left out".to_owned(),
        columns: ["Wave", "Points", "Left", "Explained, %", "Least, %"].map(str::to_owned).to_vec(),
        rows: account.search.waves.iter().enumerate().map(row).collect(),
    }
}
