//! The table of one design: the mean, where nine runs in ten lie, and what the best fixed plan would come to.

use super::super::study::{COLLAPSED, collapse_quantile};
use super::fact::{FEWEST, Judged};
use super::grid::{Cell, Column, Grid};
use super::topics::Topic;
use super::view::View;
use crate::experiment::Summary;

/// A row a measure.
pub(super) fn grid(view: &View) -> Grid {
    let runs = view.study.ensemble.runs;
    let one_line = |text: &str| [String::new(), text.to_owned()];
    let (mean, range) = match runs {
        1 => ("this run", ""),
        2..FEWEST => ("mean", "lowest to highest"),
        _ => ("mean", "9 runs in 10"),
    };
    let mut columns = vec![Column::words(0), Column::words(0), Column::number(one_line(mean), 0)];
    columns.push(Column::number(one_line(range), 0));
    columns.push(Column::number(one_line("best fixed plan"), 1));
    let mut group = "";
    let mut rows = Vec::new();
    for topic in &view.topics {
        let name = if group == topic.group.name() { "" } else { topic.group.name() };
        group = topic.group.name();
        let mut row = vec![Cell::plain(name), Cell::plain(topic.label.as_str())];
        row.extend(level(view, topic));
        rows.push(row);
        if topic.key == "stock_end" {
            rows.extend(
                lowest(view).map(|low| vec![Cell::default(), Cell::plain("Lowest"), low.0, low.1, Cell::default()]),
            );
        }
    }
    Grid { columns, rows, caption: String::new() }.without_empty_columns()
}

/// Mean, range and what the best plan comes to.
fn level(view: &View, topic: &Topic) -> [Cell; 3] {
    let runs = view.study.ensemble.runs;
    let Some(mean) = view.mean(0, &topic.key) else { return [Cell::plain("–"), Cell::default(), Cell::default()] };
    if topic.key == COLLAPSED {
        let share = if runs == 1 { "yes".to_owned() } else { of_all(mean, topic) };
        return [Cell::plain(share), Cell::plain(when(view)), Cell::default()];
    }
    let range = match runs {
        1 => String::new(),
        2..FEWEST => extremes(view, topic),
        _ => quantiles(view, topic),
    };
    [Cell::plain(topic.style.cell(mean)), Cell::plain(range), Cell::plain(planned(view, topic).unwrap_or_default())]
}

/// A share of runs: "all runs".
fn of_all(mean: f64, topic: &Topic) -> String {
    if mean >= 1.0 { "all runs".to_owned() } else { topic.style.cell(mean) }
}

/// Where nine runs in ten lie: "21.2 to 32.0%".
fn quantiles(view: &View, topic: &Topic) -> String {
    let ends = (view.study.quantile(0, &topic.key, 0.05), view.study.quantile(0, &topic.key, 0.95));
    let (Some(low), Some(high)) = ends else { return String::new() };
    between(topic, low, high)
}

fn extremes(view: &View, topic: &Topic) -> String {
    let summary: Option<&Summary> = view.study.ensemble.arms.first();
    let tally = summary.and_then(|summary| summary.outcome(&topic.key)).map(|cell| &cell.tally);
    let ends = tally.and_then(|tally| Some((tally.minimum()?, tally.maximum()?)));
    ends.map_or_else(String::new, |(low, high)| between(topic, low, high))
}

fn between(topic: &Topic, low: f64, high: f64) -> String {
    let (low, high) = (topic.style.cell(low), topic.style.cell(high));
    if low == high { "alike".to_owned() } else { format!("{} to {high}", low.trim_end_matches('%')) }
}

/// What the planner's best comes to in the same measure.
fn planned(view: &View, topic: &Topic) -> Option<String> {
    let plan = &view.study.arms.first()?.setup.benchmark()?.plan;
    let value = match topic.key.as_str() {
        "stock_end" => plan.stock_end,
        "welfare_share" => 1.0,
        "welfare" => plan.welfare,
        _ => return None,
    };
    Some(topic.style.cell(value))
}

/// When the pool falls below its mark, and whether it comes back: "from season 4, back by season 10".
pub(super) fn when(view: &View) -> String {
    let unit = view.study.unit();
    let Some(summary) = view.study.ensemble.arms.first() else { return String::new() };
    let first = match summary.survival.median() {
        Some(step) if summary.survival.runs() == 1 => format!("by {unit} {}", step + 1),
        Some(step) if summary.survival.collapsed() == summary.survival.runs() => {
            format!("typically by {unit} {}", step + 1)
        }
        Some(step) => format!("half by {unit} {}", step + 1),
        None => match collapse_quantile(summary, 0.0) {
            Some(step) => format!("first in {unit} {step}"),
            None => return String::new(),
        },
    };
    match back(view) {
        Some(step) => format!("{first}, back by {unit} {step}"),
        None => first,
    }
}

/// The step, from 1, from whose end on half of the runs are above the mark for good, having been below it.
pub(super) fn back(view: &View) -> Option<u32> {
    let mark = super::topics::mark(&view.study)?;
    let middle = middle(view)?;
    let last_below = middle.iter().rposition(|(_, stock)| *stock < mark)?;
    middle.get(last_below + 1).map(|(step, _)| *step)
}

/// The step and the level at which the middle run has least of the pool.
pub(super) fn lowest_point(view: &View) -> Option<(u32, f64)> {
    middle(view)?.into_iter().reduce(|least, next| if next.1 < least.1 { next } else { least })
}

/// The median of the main pool after each recorded step, from 1.
fn middle(view: &View) -> Option<Vec<(u32, f64)>> {
    let summary = view.study.ensemble.arms.first()?;
    let setup = &view.study.arms.first()?.setup;
    let cells = summary.series_of(&format!("stock.{}", setup.pools().get(setup.main_pool())?.name))?;
    let level = |(step, cell): (&u32, &&crate::experiment::Cell)| Some((step + 1, cell.sketch.quantile(0.5)?));
    summary.steps.iter().zip(&cells).map(level).collect()
}

/// The lowest level of the pool, where that is clearly below where it ends.
fn lowest(view: &View) -> Option<(Cell, Cell)> {
    let topic = view.topic("stock_end")?;
    let (step, low) = lowest_point(view)?;
    let end = view.mean(0, "stock_end")?;
    let matters = view.measure("stock_end")?.matters;
    let when = format!("in {} {step}", view.study.unit());
    back(view)?;
    (end - low > matters).then(|| (Cell::plain(topic.style.cell(low)), Cell { text: when, judged: None::<Judged> }))
}
