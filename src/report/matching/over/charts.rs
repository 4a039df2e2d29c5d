//! A row of dots a design: the difference at every point, in the colour of the number that decides.

use super::findings::numerals;
use super::tables::name;
use super::{Account, rules};
use crate::experiment::matching::{Difference, Sort};
use crate::model::measure::Unit;
use crate::report::figure::{Axis, Body, Colour, Figure, Strip, Strips};
use crate::report::phrase::{capitalised, count, counted, quoted};

/// A chart for each of the first measures that are told.
const CHARTS: usize = 2;

/// The charts.
pub fn figures(account: &Account) -> Vec<Figure> {
    if account.keys.len() < 2 {
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
    let is_level = account.over.sort == Sort::Written;
    let row = |arm: usize| {
        let found = account.difference(arm, measure);
        let all = if is_level { account.over.levels(arm, measure) } else { account.over.differences(arm, measure) };
        let dots = account.over.points.iter().zip(all).map(|(point, (difference, _))| (difference, share(*point)));
        Strip { label: name(account, arm), words: said(account, found), dots: dots.collect() }
    };
    let (title, subtitle, axis) = words(account, measure);
    let arms = match account.over.sort {
        Sort::Rules(_) => rules::order(account, measure),
        _ => account.others().collect(),
    };
    let coloured =
        deciding.map_or_else(String::new, |number| format!("; colour: {}, which decides most", account.number(number)));
    Figure {
        name: format!("over-{}", about.key.replace(['.', '_'], "-")),
        title,
        subtitle: format!("{subtitle}, a dot for each point{coloured}. Counts leave out what luck leaves open"),
        note: format!(
            "{}; {} of each {} at each point, seed {}. Points: {}.",
            account.kept.title,
            counted(account.over.runs, "run"),
            if let Sort::Rules(_) = account.over.sort { "combination of rules" } else { "design" },
            account.over.seed,
            count(account.over.points.len() as u64)
        ),
        body: Body::Strips(Strips {
            axis,
            colour: deciding
                .zip(range)
                .map(|(number, ends)| Colour { title: capitalised(&account.number(number)), ends }),
            rows: arms.into_iter().map(row).collect(),
        }),
    }
}

/// What the dots of a row come to.
pub(super) fn said(account: &Account, found: &Difference) -> String {
    let Difference { higher, lower, points, .. } = found;
    match account.over.sort {
        Sort::Designs => format!("higher in {higher}, lower in {lower} of {points}"),
        Sort::Written => format!("higher than written in {higher}, lower in {lower} of {points}"),
        Sort::Rules(_) => format!("adds in {higher}, takes in {lower} of {points}"),
    }
}

/// From the lowest level to the highest, with some room: how far all are from nothing is not asked.
fn around(account: &Account, measure: usize) -> Option<(f64, f64)> {
    const ROOM: f64 = 0.08;
    let levels =
        || account.over.levels(1, measure).into_iter().map(|(level, _)| level).filter(|level| level.is_finite());
    let (low, high) = (levels().fold(f64::INFINITY, f64::min), levels().fold(f64::NEG_INFINITY, f64::max));
    (high > low).then_some((low - ROOM * (high - low), high + ROOM * (high - low)))
}

/// Title, subtitle and axis.
pub(super) fn words(account: &Account, measure: usize) -> (String, String, Axis) {
    let about = account.measure(measure);
    let label = &about.label;
    let difference = |title: String| match about.unit {
        Unit::Share => Axis::points(format!("{title} (percentage points)")),
        _ => Axis::number(title),
    };
    let of = |arm: usize| {
        let found = account.difference(arm, measure);
        let points = counted(found.points as u64, "point");
        (count(found.higher as u64), format!("{points} that the evidence leaves open"), count(found.lower as u64))
    };
    match account.over.sort {
        Sort::Designs => {
            let (higher, points, lower) = of(1);
            let names = [quoted(&account.names[1]), quoted(&account.names[0])];
            let title = format!(
                "{} is higher under {} in {higher} of {points}, lower in {lower}",
                capitalised(label),
                names[0]
            );
            (title, format!("Difference in {label} from {}", names[1]), difference(format!("Difference in {label}")))
        }
        Sort::Written => {
            let levels = account.levels(1, measure);
            let (_, points, _) = of(1);
            let written = account.levels(0, measure).mean;
            let numerals = numerals(account, about, levels.interval[0].abs().max(levels.interval[1].abs()));
            let [low, high] = levels.interval.map(|end| numerals.short(end));
            let title = format!("{}: {low} to {high} at nine tenths of {points}", capitalised(label));
            let axis = match about.unit {
                Unit::Share => Axis::percent(capitalised(label)),
                _ => Axis::number(capitalised(label)),
            };
            let axis = Axis { range: around(account, measure), ..axis };
            (title, format!("As the scenario is written it is {}", numerals.level(written)), axis)
        }
        Sort::Rules(_) => {
            let (higher, points, lower) = of(account.keys.len() - 1);
            let title =
                format!("All rules together add to {label} in {higher} of {points}, and take from it in {lower}");
            let subtitle = format!("What each rule adds to {label}, over all orders in which rules could be adopted");
            (title, subtitle, difference(format!("Added to {label}")))
        }
    }
}
