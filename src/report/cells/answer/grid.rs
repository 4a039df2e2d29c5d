//! The table of a sweep: a row of values for one number, a map for two, and for more what each does from end to end.

use super::super::super::answer::{Cell, Column, Grid, Judged, Style};
use super::super::super::phrase::{capitalised, count};
use super::super::{tables, words};
use super::View;
use crate::experiment::sweep::{Comparison, Design};
use crate::experiment::vary::Parameter;
use crate::model::english::lowered;
use crate::statistics::rank_correlation;

/// Columns of a terminal that the two tables are made for.
const NARROW: usize = 80;
const WIDE: usize = 118;
/// Rows of a map, at most.
const MOST_ROWS: usize = 9;
/// The most values that lie beside each other.
const MOST_BESIDE: usize = 18;

/// The table for 80 columns, that for more, and what stands under both.
pub(super) fn grids(view: &View) -> (Grid, Grid, Vec<String>) {
    match (view.sweep.design, view.sweep.cells.parameters.len()) {
        (Design::Grid, 1) => both(view, |beside| row(view, beside)),
        (Design::Grid, 2) => both(view, |beside| map(view, beside)),
        _ => (effects(view, false), effects(view, true), notes(view, false)),
    }
}

/// As many values beside each other as find room.
fn both(view: &View, grid: impl Fn(usize) -> Grid) -> (Grid, Grid, Vec<String>) {
    let most = view.sweep.cells.parameters[0].values.len().min(MOST_BESIDE);
    let fit = |width: usize| (1..=most).rev().map(&grid).find(|grid| grid.width() <= width).unwrap_or_else(|| grid(1));
    let (narrow, wide) = (fit(NARROW), fit(WIDE));
    let parameters = view.sweep.cells.parameters.iter();
    let all: usize = parameters.map(|parameter| parameter.values.len()).product();
    let shown = (narrow.columns.len() - 1) * if view.sweep.cells.parameters.len() == 2 { narrow.rows.len() } else { 1 };
    let notes = notes(view, shown < all);
    (narrow, wide, notes)
}

/// So many of some values, spread evenly, both ends among them.
fn spread(values: usize, most: usize) -> Vec<usize> {
    let count = values.min(most);
    let mut some: Vec<usize> = (0..count).map(|at| at * (values - 1) / (count.max(2) - 1)).collect();
    some.dedup();
    some
}

/// One number: its values across, an outcome a row.
fn row(view: &View, beside: usize) -> Grid {
    let parameter = &view.sweep.cells.parameters[0];
    let shown = spread(parameter.values.len(), beside);
    let mut columns = vec![Column::headed(capitalised(&parameter.name), 0)];
    columns.extend(shown.iter().map(|at| value_column(parameter, *at)));
    let row = |outcome: &usize| {
        let mut row = vec![Cell::plain(label(view, *outcome))];
        row.extend(shown.iter().map(|cell| Cell::plain(number(view, *cell, *outcome))));
        row
    };
    Grid { caption: String::new(), columns, rows: view.moving.iter().map(row).collect() }
}

/// What a map shows: a chance, which can be read like a map, or else the first outcome that moves.
fn mapped(view: &View) -> Option<usize> {
    let chance = view.moving.iter().find(|outcome| view.sweep.outcomes[**outcome].is_chance);
    chance.or(view.moving.first()).copied()
}

/// Whether every number of an outcome stands in the table, unless there are too many.
pub(super) fn shows(view: &View, outcome: usize) -> bool {
    match (view.sweep.design, view.sweep.cells.parameters.len()) {
        (Design::Grid, 1) => true,
        (Design::Grid, 2) => mapped(view) == Some(outcome),
        _ => false,
    }
}

/// Two numbers: the first across, the second upwards, an outcome in each cell.
fn map(view: &View, beside: usize) -> Grid {
    let Some(outcome) = mapped(view) else { return Grid::default() };
    let [across, upwards] = [0, 1].map(|number| &view.sweep.cells.parameters[number]);
    let shown = spread(across.values.len(), beside);
    let mut rows = spread(upwards.values.len(), MOST_ROWS);
    rows.reverse();
    let mut columns = vec![Column::headed(capitalised(&upwards.name), 0)];
    columns.extend(shown.iter().map(|at| value_column(across, *at)));
    let row = |up: &usize| {
        let mut row = vec![Cell::plain(words::at(upwards, upwards.values[*up]))];
        row.extend(shown.iter().map(|at| {
            let cell = view.sweep.cells.find(&[across.values[*at], upwards.values[*up]]);
            Cell::plain(cell.map_or_else(String::new, |cell| number(view, cell, outcome)))
        }));
        row
    };
    let caption = format!("{}; {} across", lowered(&label(view, outcome)), across.name);
    Grid { caption, columns, rows: rows.iter().map(row).collect() }
}

fn value_column(parameter: &Parameter, at: usize) -> Column {
    Column::number([String::new(), words::at(parameter, parameter.values[at])], 0)
}

/// "Need met, %", "Chance of collapse, %"
fn label(view: &View, outcome: usize) -> String {
    let heading = tables::heading(&view.sweep.outcomes[outcome]);
    match &view.styles[outcome] {
        Style::Percent => format!("{heading}, %"),
        Style::Money(unit) if !unit.is_empty() => format!("{heading}, {unit}"),
        Style::Money(_) | Style::Plain => heading,
    }
}

/// The mean in a cell; of a chance whole, and "all" or "–" where it is so in every run or none.
fn number(view: &View, cell: usize, outcome: usize) -> String {
    let mean = view.mean(cell, outcome);
    match mean {
        mean if mean.is_nan() => "?".to_owned(),
        mean if !view.sweep.outcomes[outcome].is_chance => view.styles[outcome].bare(mean),
        mean if mean <= 0.0 => "–".to_owned(),
        mean if mean >= 1.0 => "all".to_owned(),
        mean if mean < 0.005 => "<1".to_owned(),
        mean if mean > 0.995 => ">99".to_owned(),
        mean => format!("{:.0}", mean * 100.0),
    }
}

/// More than two numbers, or cells spread over ranges: what each does.
fn effects(view: &View, wide: bool) -> Grid {
    let end = |head: &str| Column::number([String::new(), head.to_owned()], 1);
    let mut columns = vec![Column::words(0), end("from"), end("to")];
    columns.extend(view.moving.iter().map(|outcome| Column::of(&tables::heading(&view.sweep.outcomes[*outcome]), 2)));
    let row = |parameter: &Parameter, [from, to]: [f64; 2], number: usize| {
        let first = [capitalised(&parameter.name), words::at(parameter, from), words::at(parameter, to)];
        let mut row: Vec<Cell> = first.into_iter().map(Cell::plain).collect();
        row.extend(view.moving.iter().map(|outcome| effect(view, number, *outcome, wide)));
        row
    };
    let parameters = &view.sweep.cells.parameters;
    let comparisons = view.sweep.comparisons();
    let rows = if view.sweep.design == Design::Grid {
        let compared =
            |(number, found): (usize, &Comparison)| row(&parameters[found.parameter], [found.from, found.to], number);
        comparisons.iter().enumerate().map(compared).collect()
    } else {
        let all =
            |(number, parameter): (usize, &Parameter)| row(parameter, [parameter.ends().0, parameter.ends().1], number);
        parameters.iter().enumerate().map(all).collect()
    };
    let caption = match view.sweep.design {
        Design::Grid => "change from the first value to the last, the others averaged",
        Design::Latin(_) | Design::Sobol(_) | Design::Listed if view.sweep.is_numbers() => {
            "rank correlation: 1 rises all along, −1 falls"
        }
        Design::Latin(_) | Design::Sobol(_) | Design::Listed => {
            "rank correlation: 1 rises all along, −1 falls; – of words, which have no order"
        }
    };
    Grid { caption: caption.to_owned(), columns, rows }
}

fn effect(view: &View, parameter: usize, outcome: usize, wide: bool) -> Cell {
    if view.sweep.design == Design::Grid {
        let Some(fact) = view.effect(parameter, outcome) else { return Cell::plain("–") };
        let style = &view.styles[outcome];
        let text = if wide { style.within(fact.change, fact.interval) } else { style.end(fact.change) };
        return if fact.judged == Judged::Neither { Cell::plain(text) } else { Cell::marked(text, fact.judged) };
    }
    if view.sweep.cells.parameters[parameter].is_levels() {
        return Cell::plain("–");
    }
    let values: Vec<f64> = view.sweep.cells.points.iter().map(|point| point[parameter]).collect();
    let correlation = rank_correlation(&values, &view.means(outcome));
    Cell::plain(correlation.map_or_else(|| "–".to_owned(), signed))
}

/// "+0.42", "−0.10", "0.00"
fn signed(correlation: f64) -> String {
    let text = format!("{correlation:+.2}");
    if text.ends_with("0.00") { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// What the marks mean, which cells are shown, and how many of them tie.
fn notes(view: &View, thinned: bool) -> Vec<String> {
    let cells = view.sweep.cells.points.len();
    let mut notes = Vec::new();
    if view.sweep.design == Design::Grid && view.sweep.cells.parameters.len() < 3 {
        let is_map = view.sweep.cells.parameters.len() == 2;
        let shown: Vec<usize> = if is_map { mapped(view).into_iter().collect() } else { view.moving.clone() };
        let is_chance = |outcome: &&usize| view.sweep.outcomes[**outcome].is_chance;
        let without = shown.iter().any(|outcome| view.means(*outcome).iter().any(|mean| mean.is_nan()));
        let has = |is: fn(f64) -> bool| {
            shown.iter().filter(is_chance).any(|outcome| view.means(*outcome).into_iter().any(is))
        };
        let signs = [
            has(|mean| mean <= 0.0).then_some("– no run"),
            has(|mean| mean >= 1.0).then_some("all: every run"),
            without.then_some("? no value"),
        ];
        let signs: Vec<&str> = signs.into_iter().flatten().collect();
        if !signs.is_empty() {
            notes.push(format!("({})", signs.join("; ")));
        }
        notes.extend(shown.iter().find(is_chance).filter(|_| is_map).and_then(|outcome| ties(view, *outcome)));
    }
    if thinned {
        notes.push(format!("Some of {} cells; all of them are in cells.csv.", count(cells as u64)));
    }
    notes
}

/// "Never in 32 of 63 cells, always in 23, sometimes in 8."
fn ties(view: &View, outcome: usize) -> Option<String> {
    let means = view.means(outcome);
    let never = means.iter().filter(|mean| **mean <= 0.0).count();
    let always = means.iter().filter(|mean| **mean >= 1.0).count();
    let sometimes = means.iter().filter(|mean| **mean > 0.0 && **mean < 1.0).count();
    let cells = count(means.len() as u64);
    (never > 1 || always > 1).then(|| {
        format!(
            "{}: never in {never} of {cells} cells, always in {always}, sometimes in {sometimes}.",
            tables::heading(&view.sweep.outcomes[outcome])
        )
    })
}
