//! The table of a comparison: of two designs a row a measure, of more a row a design.

use super::fact::Judged;
use super::grid::{Cell, Column, Grid};
use super::numbers::Style;
use super::topics::Topic;
use super::view::View;
use crate::statistics::Interval;

/// What the head of the column of intervals ends in: "95% interval".
pub const INTERVAL: &str = " interval";

/// Two designs: what each comes to, the change and how sure it is; where there is more room, also in how many pairs of runs the
/// second is better.
pub(super) fn two(view: &View, wide: bool) -> Grid {
    let one_line = |text: &str| [String::new(), text.to_owned()];
    let mut columns = vec![
        Column::words(0),
        Column::words(0),
        Column::number(one_line(view.names.name(0)), 0),
        Column::number(one_line(view.names.name(1)), 0),
        Column::number(one_line("change"), 0),
        Column::number(one_line(&format!("{}{INTERVAL}", view.study.level())), 1),
    ];
    if wide {
        columns.push(Column::number(one_line("better in"), 2));
    }
    let mut group = "";
    let rows = view.topics.iter().map(|topic| {
        let name = if group == topic.group.name() { "" } else { topic.group.name() };
        group = topic.group.name();
        let mut row = vec![Cell::plain(name), Cell::plain(topic.label.as_str())];
        row.extend(changed(view, topic));
        if wide {
            let share = view.fact(1, &topic.key).and_then(|fact| fact.better_pairs());
            row.push(Cell::plain(share.map_or_else(String::new, pairs)));
        }
        row
    });
    Grid { rows: rows.collect(), columns, caption: String::new() }
}

/// From, to, change and interval.
fn changed(view: &View, topic: &Topic) -> [Cell; 4] {
    let level = |design: usize| {
        let mean = view.mean(design, &topic.key);
        Cell::plain(mean.map_or_else(|| "–".to_owned(), |mean| topic.style.cell(mean)))
    };
    let fact = view.fact(1, &topic.key);
    let change = fact.as_ref().map_or_else(String::new, |fact| topic.style.change(fact.change));
    let interval = fact.as_ref().and_then(|fact| Some(between(&topic.style, fact.interval?)));
    let judged = fact.map(|fact| fact.judged);
    [level(0), level(1), Cell { text: change, judged }, Cell::plain(interval.unwrap_or_default())]
}

/// "−6.9 to −6.0"
fn between(style: &Style, Interval { low, high }: Interval) -> String {
    format!("{} to {}", style.end(low), style.end(high))
}

/// "95% of pairs"
fn pairs(share: f64) -> String {
    let whole = (share * 100.0).round();
    match share {
        share if share >= 1.0 => "all pairs".to_owned(),
        share if share <= 0.0 => "no pair".to_owned(),
        _ if whole >= 100.0 => "over 99% of pairs".to_owned(),
        _ if whole <= 0.0 => "under 1% of pairs".to_owned(),
        _ => format!("{whole}% of pairs"),
    }
}

/// Several designs: what each comes to; where there is more room, the first in full and of the others the changes with their
/// intervals.
pub(super) fn many(view: &View, wide: bool) -> Grid {
    let mut columns = vec![Column::words(0)];
    columns.extend(view.topics.iter().map(|topic| Column::number(head(topic, view.study.unit()), topic.rank.max(1))));
    let rows = view.order.iter().map(|design| {
        let mut row = vec![Cell::plain(view.names.name(*design))];
        row.extend(view.topics.iter().map(|topic| cell(view, *design, topic, wide)));
        row
    });
    let change = format!("in %; change against {} with its {} interval", view.names.first(), view.study.level());
    Grid { rows: rows.collect(), columns, caption: if wide { change } else { "in %".to_owned() } }
}

/// The head of a column, with the unit where it is not per cent.
fn head(topic: &Topic, time: &str) -> [String; 2] {
    let [first, second] = topic.head.clone();
    match &topic.style {
        Style::Money(unit) if second.is_empty() && !unit.is_empty() => [first, format!("{unit} a {time}")],
        Style::Money(_) | Style::Percent | Style::Plain => [first, second],
    }
}

fn cell(view: &View, design: usize, topic: &Topic, wide: bool) -> Cell {
    let fact = view.fact(design, &topic.key);
    let text = match (&fact, wide) {
        (Some(fact), true) => topic.style.within(fact.change, fact.interval),
        _ => view.mean(design, &topic.key).map_or_else(|| "–".to_owned(), |mean| topic.style.bare(mean)),
    };
    let judged = fact.map(|fact| fact.judged).filter(|judged| *judged != Judged::Neither);
    Cell { text, judged }
}
