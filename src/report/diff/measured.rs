//! The outcomes of two folders held against each other: run by run where the luck is the same, mean against mean elsewhere.

use std::io;

use super::super::folder::ReadRows;
use super::super::phrase::Numerals;
use super::super::table::Entry;
use super::DiffError;
use super::opened::Opened;
use crate::experiment::{Level, contrast_interval, mean_interval};
use crate::model::measure::Measure;
use crate::statistics::{Interval, Paired, Tally};

/// The table of all runs.
const RUNS: &str = "runs";

/// A measure of an arm in both folders.
pub(super) struct Compared {
    /// The arm, as the first folder calls it.
    pub(super) arm: String,
    pub(super) measure: Measure,
    first: Tally,
    second: Tally,
    pairs: Paired,
    /// Whether runs of the same number meet the same luck.
    paired: bool,
    level: Level,
    /// Whether some run that both have is not the same in them.
    parts: bool,
}

impl Compared {
    /// Whether the measure is the same in every run.
    pub(super) fn is_same(&self) -> bool {
        if self.paired { !self.parts } else { self.first == self.second }
    }

    /// The mean of the second less that of the first, and its interval.
    fn difference(&self) -> Option<(f64, Option<Interval>)> {
        let sort = self.measure.sort;
        if self.paired {
            return Some((
                self.pairs.differences().mean()?,
                contrast_interval(&self.pairs, &self.first, sort, self.level),
            ));
        }
        let means = [self.first.mean()?, self.second.mean()?];
        let intervals = mean_interval(&self.first, sort, self.level).zip(mean_interval(&self.second, sort, self.level));
        Some((means[1] - means[0], intervals.map(|(first, second)| apart(means, [first, second]))))
    }

    /// The row of a table; `time` is what a step is.
    pub(super) fn row(&self, time: &str) -> Vec<Entry> {
        let level = |tally: &Tally| {
            let interval = mean_interval(tally, self.measure.sort, self.level);
            tally.mean().map_or_else(Entry::missing, |mean| {
                Entry::number(Numerals::new(self.measure.unit, time, mean, interval).short(mean), mean)
            })
        };
        let (difference, interval) = match self.difference() {
            Some((difference, interval)) => {
                let numerals = Numerals::new(self.measure.unit, time, difference, interval);
                let ends =
                    interval.map(|ends| format!("{} to {}", numerals.signed(ends.low), numerals.signed(ends.high)));
                (Entry::number(numerals.signed(difference), difference), ends.map_or_else(Entry::missing, Entry::words))
            }
            None => (Entry::missing(), Entry::missing()),
        };
        vec![
            Entry::words(&self.arm),
            Entry::words(&self.measure.label),
            level(&self.first),
            level(&self.second),
            difference,
            interval,
        ]
    }
}

/// The interval of the difference of two means that are independent of each other, from the interval of each: that of Zou and Donner
/// (2008, Statistics in Medicine 27:1693), which of two chances is Newcombe's.
fn apart([one, other]: [f64; 2], [first, second]: [Interval; 2]) -> Interval {
    let (difference, far) = (other - one, |a: f64, b: f64| a.hypot(b));
    Interval {
        low: difference - far(other - second.low, first.high - one),
        high: difference + far(second.high - other, one - first.low),
    }
}

/// Every measure that arms have in both folders; `pairs` are arms that are held against each other, `paired` says whether the luck
/// is the same, `level` how sure intervals are.
pub(super) fn compared(
    one: &Opened,
    other: &Opened,
    pairs: &[[String; 2]],
    (paired, level): (bool, Level),
) -> Result<Vec<Compared>, DiffError> {
    let (Some((head, rows)), Some((other_head, other_rows))) = (one.table(RUNS)?, other.table(RUNS)?) else {
        return Ok(Vec::new());
    };
    let (mut all, mut places) = (Vec::new(), Vec::new());
    let at = |head: &[String], key: &str| head.iter().position(|column| column == key);
    for (pair, [arm, _]) in pairs.iter().enumerate() {
        for measure in one.measures()? {
            let (Some(here), Some(there)) = (at(&head, &measure.key), at(&other_head, &measure.key)) else { continue };
            places.push((pair, here, there));
            let (first, second, pairs) = (Tally::default(), Tally::default(), Paired::default());
            all.push(Compared { arm: arm.clone(), measure, first, second, pairs, paired, level, parts: false });
        }
    }
    let side = |side: usize| pairs.iter().map(|pair| pair[side].clone()).collect();
    let (mut here, mut there) = (Runs::new(rows, side(0)), Runs::new(other_rows, side(1)));
    loop {
        let first = here.next().map_err(|reason| one.damaged(RUNS, reason))?;
        let second = there.next().map_err(|reason| other.damaged(RUNS, reason))?;
        if first.is_none() && second.is_none() {
            break;
        }
        for (compared, (pair, column, other_column)) in all.iter_mut().zip(&places) {
            let value = |run: &Option<Vec<Vec<String>>>, column: usize| {
                let text = run.as_ref()?.get(*pair)?.get(column)?;
                Some(text.parse().unwrap_or(f64::NAN))
            };
            let values = (value(&first, *column), value(&second, *other_column));
            values.0.into_iter().for_each(|value| compared.first.push(value));
            values.1.into_iter().for_each(|value| compared.second.push(value));
            if let (true, (Some(first), Some(second))) = (paired, values) {
                let same = first.total_cmp(&second).is_eq() || (first.is_nan() && second.is_nan());
                compared.parts |= !same;
                compared.pairs.push(first, second);
            }
        }
    }
    all.retain(|compared| compared.first.count() + compared.second.count() > 0);
    Ok(all)
}

/// The runs of a table, one after the other.
struct Runs {
    rows: ReadRows,
    arms: Vec<String>,
    /// The first row of the next run.
    kept: Option<Vec<String>>,
}

impl Runs {
    fn new(rows: ReadRows, arms: Vec<String>) -> Self {
        Self { rows, arms, kept: None }
    }

    /// The rows of the next run, one for each arm; empty for an arm that has none.
    fn next(&mut self) -> io::Result<Option<Vec<Vec<String>>>> {
        let mut run: Option<(String, Vec<Vec<String>>)> = None;
        while let Some(row) = self.kept.take().map_or_else(|| self.rows.next().transpose(), |row| Ok(Some(row)))? {
            let (number, arm) = (row.first().cloned().unwrap_or_default(), row.get(1).cloned().unwrap_or_default());
            let (current, rows) = run.get_or_insert_with(|| (number.clone(), vec![Vec::new(); self.arms.len()]));
            if *current != number {
                self.kept = Some(row);
                break;
            }
            if let Some(at) = self.arms.iter().position(|known| *known == arm) {
                rows[at] = row;
            }
        }
        Ok(run.map(|(_, rows)| rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_one_after_the_other_with_a_row_for_each_arm() {
        let rows = ["0,a,1", "0,b,2", "1,a,3", "2,b,4"].map(|row| Ok(row.split(',').map(str::to_owned).collect()));
        let mut runs = Runs::new(Box::new(rows.into_iter()), vec!["b".to_owned(), "a".to_owned()]);
        let mut last = || {
            let values =
                |rows: Vec<Vec<String>>| rows.iter().map(|row| row.get(2).cloned().unwrap_or_default()).collect();
            runs.next().unwrap().map(values)
        };
        let row = |one: &str, other: &str| Some(vec![one.to_owned(), other.to_owned()]);
        assert_eq!([last(), last(), last(), last()], [row("2", "1"), row("", "3"), row("4", ""), None]);
    }

    /// Newcombe 1998, Statistics in Medicine 17:873, table II (a): 56 of 70 less 48 of 80.
    #[test]
    fn the_difference_of_two_chances_has_newcombes_interval() {
        let tally = |some: u32, all: u32| {
            let mut tally = Tally::default();
            (0..all).for_each(|run| tally.push(f64::from(u8::from(run < some))));
            tally
        };
        let (first, second) = (tally(48, 80), tally(56, 70));
        let chance = crate::model::measure::Sort::Chance;
        let intervals = [&first, &second].map(|tally| mean_interval(tally, chance, Level::USUAL).unwrap());
        let interval = apart([0.6, 0.8], intervals);
        assert!((interval.low - 0.0524).abs() < 5e-5 && (interval.high - 0.3339).abs() < 5e-5, "{interval:?}");
    }
}
