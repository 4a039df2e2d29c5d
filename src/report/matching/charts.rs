//! The charts of a match: what is foretold against what was observed, the numbers before and after, what each target ruled out, and
//! which pull apart.

use super::{Account, Narrowed, value_of};
use crate::experiment::matching::file::Observed;
use crate::report::figure::{
    Agreement, AgreementPanel, Axis, Bars, Body, DotRow, Figure, Format, Matrix, MatrixCell, Pair, Posterior,
    Posteriors, Tone,
};
use crate::report::phrase::{capitalised, count, counted, quoted};

/// Even slices of a range whose points are counted.
const SLICES: usize = 40;

/// Numbers that are drawn: those narrowed most.
const DRAWN: usize = 8;

/// The charts, in the order in which they are to be read.
pub fn figures(account: &Account) -> Vec<Figure> {
    let mut figures = Vec::new();
    if account.left() > 0 {
        figures.extend([numbers(account), agreement(account)]);
    }
    figures.push(ruled_out(account));
    figures.extend(pairs(account));
    figures
}

fn figure(account: &Account, name: &str, title: String, subtitle: &str, body: Body) -> Figure {
    let method = account.problem.file.method;
    let note = format!(
        "{}: {} tried, {} left; {} of each arm, {} where it is close; seed {}.",
        account.problem.file.title,
        counted(account.search.points.len() as u64, "point"),
        count(account.left() as u64),
        counted(u64::from(method.runs), "run"),
        count(u64::from(method.verify)),
        method.seed
    );
    Figure { name: name.to_owned(), title, subtitle: subtitle.to_owned(), note, body }
}

fn numbers(account: &Account) -> Figure {
    let all = account.numbers();
    let best = account.search.best();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| all[*a].left_open.total_cmp(&all[*b].left_open));
    order.truncate(DRAWN);
    let row = |axis: &usize| posterior(account, &all[*axis], *axis, best.map_or(f64::NAN, |point| point.shares[*axis]));
    let most = order.first().map_or("", |axis| all[*axis].name.as_str());
    let title = format!("Of {}, the evidence narrows {most} most", counted(all.len() as u64, "open number"));
    let what = "How often values are met among the points that are left, from the least to the greatest held possible before. The \
                numbers that are narrowed most";
    let body = Body::Posteriors(Posteriors {
        title: "what the evidence leaves".to_owned(),
        interval: "median and 90% interval".to_owned(),
        mark: "the point that is least off".to_owned(),
        rows: order.iter().map(row).collect(),
    });
    figure(account, "numbers", title, what, body)
}

fn posterior(account: &Account, number: &Narrowed, axis: usize, best: f64) -> Posterior {
    let sum: f64 = account.search.left().map(|point| point.weight).sum();
    let mut heights = vec![0.0; SLICES];
    for point in account.search.left() {
        let slice = ((point.shares[axis] * SLICES as f64) as usize).min(SLICES - 1);
        heights[slice] += SLICES as f64 * point.weight / sum;
    }
    let value = account.problem.numbers().nth(axis).map_or(f64::NAN, |(_, open)| open.at(best));
    let unit = if number.unit.is_empty() { String::new() } else { format!(", {}", number.unit) };
    let ([low, median, high], [from, middle, to]) = (number.after, number.shares);
    Posterior {
        label: format!("{}{unit}", capitalised(&number.name)),
        ends: number.before,
        heights,
        median: (median, middle),
        interval: [(low, from), (high, to)],
        best: (value, best),
    }
}

fn agreement(account: &Account) -> Figure {
    let mut panels: Vec<AgreementPanel> = Vec::new();
    let best = account.search.best();
    for (position, aim) in account.problem.aims.iter().enumerate() {
        let Some(observed @ (Observed::About(_) | Observed::Between(_))) = aim.observed else { continue };
        let [low, _, high] = account.foretold(position);
        let pair = Pair {
            label: aim.name.clone(),
            observed: observed.centre(),
            error: aim.variance.sqrt(),
            foretold: best.map_or(f64::NAN, |point| value_of(point, position)),
            interval: (low, high),
            left_out: !aim.is_matched,
        };
        match panels.iter_mut().find(|panel| panel.axis.title == aim.unit) {
            Some(panel) => panel.pairs.push(pair),
            None => panels.push(AgreementPanel { axis: Axis::number(aim.unit.clone()), pairs: vec![pair] }),
        }
    }
    let title = format!("The points that are left agree with {}", counted(matched(account) as u64, "target"));
    let what = "Marker: foretold at the point that is least off. Upright line: 90% of the points that are left. Line across: standard \
                deviation of the target, its error and the model's discrepancy together. One-sided targets are in the table";
    figure(account, "foretold-against-observed", title, what, Body::Agreement(Agreement { panels }))
}

fn matched(account: &Account) -> usize {
    account.problem.aims.iter().filter(|aim| aim.is_matched).count()
}

fn ruled_out(account: &Account) -> Figure {
    let out = &account.ruled_out;
    let row = |out: &super::RuledOut| DotRow {
        label: account.aim(out.target).meaning.clone(),
        value: out.points as f64 / out.of.max(1) as f64,
        low: f64::NAN,
        high: f64::NAN,
        tone: Tone::Better,
    };
    let first = out.first().map_or_else(String::new, |out| quoted(&account.aim(out.target).meaning));
    let title = format!("{first} rules out most");
    let what = "Share of the first wave, even over all ranges, that each target rules out by itself";
    let axis = Axis { range: Some((0.0, 1.0)), ..Axis::percent("Points of the first wave (%)") };
    figure(
        account,
        "ruled-out",
        title,
        what,
        Body::Bars(Bars { axis, rows: out.iter().map(row).collect(), judged: false }),
    )
}

/// More targets than these are too many for a triangle.
const MOST_IN_TRIANGLE: usize = 16;

fn pairs(account: &Account) -> Option<Figure> {
    let matched: Vec<usize> = (0..account.problem.aims.len()).filter(|aim| account.aim(*aim).is_matched).collect();
    if matched.len() < 2 || matched.len() > MOST_IN_TRIANGLE {
        return None;
    }
    let place = |target: usize| matched.iter().position(|known| *known == target).unwrap_or(0);
    let all = account.ruled_out.first().map_or(1, |out| out.of.max(1)) as f64;
    let cell = |pair: &super::Pair| {
        let difference = pair.met as f64 - pair.expected;
        MatrixCell {
            row: place(pair.targets[1]),
            column: place(pair.targets[0]),
            value: difference / all,
            clear: difference.abs() > super::chance(pair),
        }
    };
    let title = match account.apart().first() {
        Some(pair) => {
            let [one, other] = pair.targets.map(|target| quoted(&account.aim(target).meaning));
            format!("{one} and {other} are furthest apart")
        }
        None => "No two targets pull apart more than chance would have it".to_owned(),
    };
    let what = "Points of the first wave that meet both targets, less those that would if one told nothing of the other; pale: no more \
                than chance";
    let body = Body::Matrix(Matrix {
        labels: matched.iter().map(|target| account.aim(*target).name.clone()).collect(),
        cells: account.pairs.iter().map(cell).collect(),
        format: Format::Percent,
        positive: "met together more often".to_owned(),
        negative: "met together less often".to_owned(),
    });
    Some(figure(account, "pairs", title, what, body))
}
