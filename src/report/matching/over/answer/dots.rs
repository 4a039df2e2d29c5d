//! The one chart of the first screen: the first measure at every point, a row a design, coloured by the number that decides.

use super::super::charts::{said, words};
use super::super::tables::name;
use super::super::{Account, rules};
use crate::experiment::matching::Sort;
use crate::model::measure::Unit;
use crate::report::answer::{Dots, DotsRow};
use crate::report::phrase::{capitalised, significant};

/// Rows that have room.
const MOST: usize = 8;

pub(super) fn dots(account: &Account) -> Option<Dots> {
    let measure = *account.told().first()?;
    let about = account.measure(measure);
    let is_level = account.over.sort == Sort::Written;
    let scale = if about.unit == Unit::Share { 100.0 } else { 1.0 };
    let third = thirds(account, measure);
    let row = |arm: usize| {
        let all = if is_level { account.over.levels(arm, measure) } else { account.over.differences(arm, measure) };
        let dots = account.over.points.iter().zip(all).filter(|(_, (value, _))| value.is_finite());
        DotsRow {
            label: name(account, arm),
            words: said(account, account.difference(arm, measure)),
            dots: dots.map(|(point, (value, _))| (scale * value, third(*point))).collect(),
        }
    };
    let arms: Vec<usize> = match account.over.sort {
        Sort::Rules(_) => rules::order(account, measure),
        _ => account.others().collect(),
    };
    let rows: Vec<DotsRow> = arms.into_iter().take(MOST).map(row).collect();
    let (title, subtitle, _) = words(account, measure);
    let unit = match (about.unit, is_level) {
        (Unit::Share, true) => ", %",
        (Unit::Share, false) => ", percentage points",
        _ => "",
    };
    let axis = if is_level { capitalised(&about.label) } else { format!("Difference in {}", about.label) };
    let described: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.label, row.words)).collect();
    Some(Dots {
        title,
        description: format!("{subtitle}. {}.", described.join("; ")),
        axis: format!("{axis}{unit}"),
        has_zero: !is_level,
        colour: colour(account, measure),
        rows,
    })
    .filter(|dots| dots.rows.iter().any(|row| !row.dots.is_empty()))
}

/// Least and greatest value of the number that decides, at the points that were done.
fn ends(account: &Account, number: usize) -> [f64; 2] {
    let values = || account.over.points.iter().map(|point| account.kept.points[*point].values[number]);
    [values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max)]
}

fn thirds<'a>(account: &'a Account, measure: usize) -> impl Fn(usize) -> u8 + 'a {
    let deciding = account.deciding(measure).map(|number| (number, ends(account, number)));
    move |point| match deciding {
        Some((number, [low, high])) if high > low => {
            match (account.kept.points[point].values[number] - low) / (high - low) {
                share if share < 1.0 / 3.0 => 0,
                share if share > 2.0 / 3.0 => 2,
                _ => 1,
            }
        }
        _ => 1,
    }
}

fn colour(account: &Account, measure: usize) -> Vec<String> {
    let Some(number) = account.deciding(measure) else { return Vec::new() };
    let [low, high] = ends(account, number).map(significant);
    vec![capitalised(&account.number(number)), low, high]
}
