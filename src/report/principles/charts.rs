//! The charts of the rules: what each is worth, and which need each other or crowd each other out.

use super::super::figure::{Axis, Bars, Body, DotRow, Figure, Matrix, MatrixCell, Tone};
use super::super::phrase::{capitalised, counted, each_by_itself, subject};
use super::super::unit::{axis_of_differences, of_differences, with};
use super::findings::{cost_of_all, headline, pair_headline};
use super::set_charts::{best_sets, first_and_last};
use super::tables::plain;
use super::{Account, Estimate, ranked};
use crate::experiment::principles::{Effects, Method};
use crate::model::measure::{Better, words};
use crate::model::rule::RuleName;

/// For each measure the values of the rules and, of several rules, what each does first and last, the interactions of all pairs
/// and the best sets; last, what the rules cost.
pub fn figures(account: &Account) -> Vec<Figure> {
    if account.principles.runs == 0 {
        return Vec::new();
    }
    let of = |effects| {
        [
            Some(values(account, effects)),
            first_and_last(account, effects),
            interactions(account, effects),
            best_sets(account, effects),
        ]
    };
    let told = account.principles.effects.iter().filter(|effects| effects.together.count() > 0);
    let mut figures: Vec<Figure> = told.flat_map(of).flatten().collect();
    if !figures.is_empty() {
        figures.extend(costs(account));
    }
    figures
}

/// What each rule costs by its price, the dearest first: working time as a bar, money beside its name; nothing where all rules
/// are free.
fn costs(account: &Account) -> Option<Figure> {
    let title = cost_of_all(account)?;
    let row = |rule: &RuleName| {
        let money = account.money_a_year(*rule);
        let name = capitalised(&words(rule.key()));
        let label = if money > 0.0 { format!("{name}, {} in money", plain(money)) } else { name };
        let value = account.price(*rule).map_or(0.0, |price| price.attention);
        DotRow { label, value, low: f64::NAN, high: f64::NAN, tone: Tone::Unclear }
    };
    let mut rows: Vec<DotRow> = account.rules().iter().map(row).collect();
    rows.sort_by(|a, b| b.value.total_cmp(&a.value));
    Some(Figure {
        name: "costs".to_owned(),
        title,
        subtitle: "The price of each rule: share of all working time, and money a year in the scenario's unit"
            .to_owned(),
        note: format!(
            "{}. What a mechanism takes besides, such as the time of leaders, is not in its price.",
            source(account)
        ),
        body: Body::Bars(Bars { axis: Axis::percent("Working time (%)"), rows, judged: false }),
    })
}

fn values(account: &Account, effects: &Effects) -> Figure {
    let rows = ranked(effects).into_iter().map(|(rule, estimate)| DotRow {
        label: capitalised(&account.rule(rule)),
        value: estimate.mean,
        low: end(&estimate, |interval| interval.low),
        high: end(&estimate, |interval| interval.high),
        tone: estimate.tone(effects.better()),
    });
    let what = format!(
        "What each rule adds to {}, on average over all orders in which the rules could be adopted (Shapley value), with its \
         {} interval",
        subject(&effects.measure),
        effects.level
    );
    let judged = effects.better() != Better::Neither;
    let body = Body::Bars(Bars { axis: axis(account, effects), rows: rows.collect(), judged });
    figure(account, format!("shapley-{}", effects.measure.key), headline(account, effects), &what, body)
}

fn interactions(account: &Account, effects: &Effects) -> Option<Figure> {
    let pairs = account.principles.design.pairs().zip(&effects.interactions);
    let cells: Vec<MatrixCell> = pairs
        .filter_map(|((column, row), tally)| {
            let estimate = Estimate::of(effects, tally)?;
            Some(MatrixCell { row, column, value: estimate.mean, clear: estimate.is_clear() })
        })
        .collect();
    if cells.is_empty() {
        return None;
    }
    let labels = (0..account.rules().len()).map(|rule| capitalised(&account.rule(rule))).collect();
    let what = format!(
        "How much more each of two rules adds to {}{} where the other is there (interaction index)",
        subject(&effects.measure),
        with("", of_differences(effects.measure.unit, &account.scenario.file.time.unit))
    );
    let (positive, negative) = match effects.better() {
        Better::Higher => ("need each other", "crowd each other out"),
        Better::Lower => ("crowd each other out", "need each other"),
        Better::Towards | Better::Neither => ("more together", "less together"),
    };
    let body = Body::Matrix(Matrix {
        labels,
        cells,
        format: axis(account, effects).format,
        positive: positive.to_owned(),
        negative: negative.to_owned(),
    });
    let name = format!("interactions-{}", effects.measure.key);
    Some(figure(account, name, pair_headline(account, effects), &what, body))
}

pub(super) fn axis(account: &Account, effects: &Effects) -> Axis {
    axis_of_differences(&capitalised(&effects.measure.label), effects.measure.unit, &account.scenario.file.time.unit)
}

pub(super) fn end(estimate: &Estimate, of: fn(&crate::statistics::Interval) -> f64) -> f64 {
    estimate.interval.as_ref().map_or(f64::NAN, of)
}

/// A figure with the words that all have in common.
pub(super) fn figure(account: &Account, name: String, title: String, what: &str, body: Body) -> Figure {
    let principles = account.principles;
    let early = if principles.interrupted { ", stopped early" } else { "" };
    let how = match principles.design.method() {
        Method::Exact => format!("all {} combinations", 1_u64 << account.rules().len()),
        Method::Orders(orders) => format!("{orders} random orders in each run"),
    };
    Figure {
        name,
        title,
        subtitle: format!("{what}; {how}, {}{early}", counted(principles.runs, "run")),
        note: format!(
            "{}. Costs of the rules are in the values. {}",
            source(account),
            each_by_itself(principles.level)
        ),
        body,
    }
}

/// Where the numbers of a figure come from.
fn source(account: &Account) -> String {
    format!(
        "{}; commonground {}, seed {}; {}",
        account.scenario.file.title,
        crate::identity::VERSION,
        account.principles.seed,
        account.key()
    )
}
