//! The table of rules: what each is worth on average, alone and taken away from all, and what it costs.

use super::super::super::answer::{Cell, Column, Fact, Grid, Judged, Style, counted_in_words, unit_of_money};
use super::super::super::phrase::capitalised;
use super::super::super::unit;
use super::super::Account;
use super::super::tables::{percent, plain};
use super::{View, change, named};
use crate::experiment::principles::Effects;

/// A row a rule, and one for all together.
pub(super) fn grid(view: &View, wide: bool) -> Grid {
    let head = |first: &str, second: &str| [first.to_owned(), second.to_owned()];
    let mut columns = vec![Column::words(0), Column::number(head("share of", "the gain"), 0)];
    let several = view.account.rules().len() > 1;
    if several {
        columns.extend([Column::number(head("", "alone"), 1), Column::number(head("taken", "away"), 2)]);
    }
    let others: Vec<&Effects> = others(view).collect();
    columns.extend(others.iter().map(|effects| Column::of(&capitalised(&effects.measure.label), 4)));
    let money = unit_of_money(&view.account.scenario.setup);
    let money = if money.is_empty() { "money".to_owned() } else { money };
    columns.extend([Column::number([money, "a year".to_owned()], 3), Column::number(head("working", "time"), 3)]);
    let rows = view.rules.iter().map(|rule| row(view, *rule, &others, wide));
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    if several {
        rows.push(all(view, &others, wide));
    }
    Grid { caption: caption(view), columns, rows }.without_empty_columns()
}

/// Further measures that have a value.
fn others<'v>(view: &'v View) -> impl Iterator<Item = &'v Effects> {
    let effects = view.account.principles.effects.iter();
    effects.filter(|effects| effects.measure.key != view.main.measure.key && effects.together.count() > 0)
}

/// "points of the stock at the end, which is 6% without rules and 65% with all three"
fn caption(view: &View) -> String {
    let (from, to) = view.style.pair(view.together.from, view.together.to);
    let time = &view.account.scenario.file.time.unit;
    let of = match unit::of_differences(view.main.measure.unit, time) {
        Some(unit) => format!("in {unit}: {}", view.subject),
        None => view.subject.clone(),
    };
    format!("{of} is {from} without rules, {to} with {}", view.all_rules())
}

fn row(view: &View, rule: usize, others: &[&Effects], wide: bool) -> Vec<Cell> {
    let account = view.account;
    let mut row = vec![Cell::plain(named(account, rule)), cell(&view.style, view.worth(rule), wide)];
    if account.rules().len() > 1 {
        row.push(plain_cell(&view.style, view.alone(rule), wide));
        // To lose what it adds to all others is what it is to be without it.
        let away = view.main.removed.get(rule).and_then(|tally| change(account, view.main, tally));
        row.push(plain_cell(&view.style, away.map(|fact| turned(&fact)), wide));
    }
    row.extend(others.iter().map(|effects| {
        let fact = effects.shapley.get(rule).and_then(|tally| change(account, effects, tally));
        cell(&style(account, effects), fact, wide)
    }));
    let name = account.rules()[rule];
    let attention = account.price(name).map_or(0.0, |price| price.attention);
    row.extend(costs(account.money_a_year(name), attention));
    row
}

fn all(view: &View, others: &[&Effects], wide: bool) -> Vec<Cell> {
    let account = view.account;
    let together =
        Fact::found(view.together.measure, (view.together.from, view.together.change), view.together.interval);
    let name = format!("All {}", counted_in_words(account.rules().len()));
    let mut row = vec![Cell::plain(name), cell(&view.style, Some(together), wide), Cell::default(), Cell::default()];
    row.extend(
        others.iter().map(|effects| cell(&style(account, effects), change(account, effects, &effects.together), wide)),
    );
    let attention = account.rules().iter().filter_map(|rule| account.price(*rule)).map(|price| price.attention).sum();
    row.extend(costs(account.rules().iter().map(|rule| account.money_a_year(*rule)).sum(), attention));
    row
}

/// What it is to be without what was added.
fn turned<'a>(fact: &Fact<'a>) -> Fact<'a> {
    let interval = fact.interval.map(|ends| crate::statistics::Interval { low: -ends.high, high: -ends.low });
    Fact::found(fact.measure, (fact.to, -fact.change), interval)
}

fn style(account: &Account, effects: &Effects) -> Style {
    Style::of(&effects.measure, &unit_of_money(&account.scenario.setup))
}

fn text(style: &Style, fact: &Fact, wide: bool) -> String {
    if wide { style.within(fact.change, fact.interval) } else { style.end(fact.change) }
}

fn cell(style: &Style, fact: Option<Fact>, wide: bool) -> Cell {
    let Some(fact) = fact else { return Cell::plain("–") };
    let text = text(style, &fact, wide);
    if fact.judged == Judged::Neither { Cell::plain(text) } else { Cell::marked(text, fact.judged) }
}

/// A number whose judgement stands beside another in its row.
fn plain_cell(style: &Style, fact: Option<Fact>, wide: bool) -> Cell {
    Cell::plain(fact.map_or_else(|| "–".to_owned(), |fact| text(style, &fact, wide)))
}

/// Empty where it costs nothing, so that a column without costs goes.
fn costs(money: f64, attention: f64) -> [Cell; 2] {
    let some = |cost: f64, text: String| Cell::plain(if cost > 0.0 { text } else { String::new() });
    [some(money, plain(money)), some(attention, percent(attention))]
}
