//! A row of dots a design: the difference at every point, in the colour of the number that decides.

use super::Account;
use crate::model::measure::Unit;
use crate::report::figure::{Axis, Body, Colour, Figure, Strip, Strips};
use crate::report::phrase::{capitalised, count, counted, quoted};

/// A chart for each of the first measures that are told.
const CHARTS: usize = 2;

/// The charts.
pub fn figures(account: &Account) -> Vec<Figure> {
    if account.arms.len() < 2 {
        return Vec::new();
    }
    account.told().into_iter().take(CHARTS).map(|measure| strips(account, measure)).collect()
}

fn strips(account: &Account, measure: usize) -> Figure {
    let about = account.measure(measure);
    let deciding = account.deciding(measure);
    let range = deciding.map(|number| {
        let values = || account.over.points.iter().map(|point| account.kept.points[*point].values[number]);
        [values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max)]
    });
    let share = |point: usize| match (deciding, range) {
        (Some(number), Some([low, high])) if high > low => {
            (account.kept.points[point].values[number] - low) / (high - low)
        }
        _ => f64::NAN,
    };
    let row = |arm: usize| {
        let found = account.difference(arm, measure);
        let all = account.over.differences(arm, measure);
        let dots = account.over.points.iter().zip(all).map(|(point, (difference, _))| (difference, share(*point)));
        Strip {
            label: account.names[arm].clone(),
            words: format!("higher in {}, lower in {} of {}", found.higher, found.lower, found.points),
            dots: dots.collect(),
        }
    };
    let unit = |title: String| match about.unit {
        Unit::Share => Axis::points(format!("{title} (percentage points)")),
        _ => Axis::number(title),
    };
    let first = account.difference(1, measure);
    let title = format!(
        "{} is higher under {} in {} of {} that the evidence leaves open, lower in {}",
        capitalised(&about.label),
        quoted(&account.names[1]),
        count(first.higher as u64),
        counted(first.points as u64, "point"),
        count(first.lower as u64)
    );
    let coloured =
        deciding.map_or_else(String::new, |number| format!("; colour: {}, which decides most", account.number(number)));
    Figure {
        name: format!("over-{}", about.key.replace(['.', '_'], "-")),
        title,
        subtitle: format!(
            "Difference in {} from {}, a dot for each point{coloured}. Higher and lower: luck left out",
            about.label,
            quoted(&account.names[0])
        ),
        note: format!(
            "{}; {} of each design at each point, seed {}. Points: {}.",
            account.kept.title,
            counted(account.over.runs, "run"),
            account.over.seed,
            counted(account.over.points.len() as u64, "point")
        ),
        body: Body::Strips(Strips {
            axis: unit(format!("Difference in {}", about.label)),
            colour: deciding
                .zip(range)
                .map(|(number, ends)| Colour { title: capitalised(&account.number(number)), ends }),
            rows: account.others().map(row).collect(),
        }),
    }
}
