//! The verdict on a sweep: what happens from end to end, where it tips, and what was not tested.

use super::super::super::answer::{Fact, Line, matters};
use super::super::super::phrase::list;
use super::super::{tipping, words};
use super::View;
use crate::experiment::sweep::{Comparison, Design};

pub(super) fn lines(view: &View) -> Vec<Line> {
    let second = match tips(view) {
        Some(text) => Line::new("Tips", text),
        None => Line::new("Differs", differs(view)),
    };
    vec![Line::new("Outcome", outcome(view)), second, Line::new("Depends", depends(view))]
}

/// What the first outcome that moves comes to over the cells.
fn outcome(view: &View) -> String {
    let Some(outcome) = view.moving.first().copied() else { return String::new() };
    let subject = words::short(&view.sweep.outcomes[outcome]);
    let style = &view.styles[outcome];
    let Some((lowest, highest)) = view.extremes(outcome) else { return String::new() };
    let means = view.means(outcome);
    if let ([parameter], Design::Grid, true) =
        (view.sweep.cells.parameters.as_slice(), view.sweep.design, view.sweep.is_numbers())
    {
        let last = means.len() - 1;
        let [from, to] = words::ends(parameter);
        // Cells of a grid of one number stand in the order of its values.
        let measure = &view.sweep.outcomes[outcome].measure;
        let limit = matters(measure, means[0]);
        let beyond = |cell: usize| (means[cell] - means[0]).abs().min((means[cell] - means[last]).abs()) > limit;
        if !beyond(lowest) && !beyond(highest) && !means[0].is_nan() && !means[last].is_nan() {
            let (first, end) = style.pair(means[0], means[last]);
            let way = match means[last] - means[0] {
                change if change.abs() < limit => {
                    return format!("from {from} to {to} {subject} stays about the same ({first} to {end}).");
                }
                change if change > 0.0 => "rises",
                _ => "falls",
            };
            return format!("from {} {from} to {to} {subject} {way} from {first} to {end}.", parameter.name);
        }
    }
    let (low, high) = style.pair(means[lowest], means[highest]);
    let ties = |cell: usize| means.iter().filter(|mean| mean.total_cmp(&means[cell]).is_eq()).count();
    let place = |cell: usize| match ties(cell) {
        1 => format!("at {}", view.place(cell)),
        some => format!("in {some} cells"),
    };
    format!("{subject} lies between {low} ({}) and {high} ({}).", place(lowest), place(highest))
}

/// Where a chance passes one half; `None` where no chance was looked at.
fn tips(view: &View) -> Option<String> {
    let chances = || view.moving.iter().copied().filter(|outcome| view.sweep.outcomes[*outcome].is_chance);
    let first = chances().next()?;
    let found = chances().find_map(|outcome| tipping::tip(view.sweep, outcome));
    if found.is_none() && !view.sweep.is_numbers() && !has_lines(view) {
        return None;
    }
    Some(found.map_or_else(
        || {
            let means = view.means(first);
            let side = if means.iter().all(|mean| *mean < 0.5) {
                "stays below 50% in every cell"
            } else if means.iter().all(|mean| *mean >= 0.5) {
                "stays at 50% or above in every cell"
            } else {
                "passes 50%, but at no place that can be told"
            };
            format!("nowhere: {} {side}.", words::short(&view.sweep.outcomes[first]))
        },
        |found| format!("{found}."),
    ))
}

/// Whether some line leads along a number, on which a chance could tip.
fn has_lines(view: &View) -> bool {
    (0..view.sweep.cells.parameters.len()).any(|along| !view.sweep.lines(along).is_empty())
}

/// Which number moves the first outcome most; of one number, how a tipping point is asked for.
fn differs(view: &View) -> String {
    let Some(outcome) = view.moving.first().copied() else { return String::new() };
    let parameters = &view.sweep.cells.parameters;
    let told = &view.sweep.outcomes[outcome];
    let comparisons = view.sweep.comparisons();
    let mut facts: Vec<(usize, Fact)> = (0..comparisons.len())
        .filter_map(|comparison| Some((comparison, view.effect(comparison, outcome)?)))
        .filter(|(_, fact)| fact.is_clear())
        .collect();
    facts.sort_by(|(_, one), (_, other)| other.change.abs().total_cmp(&one.change.abs()));
    let part = |(comparison, fact): &(usize, Fact)| {
        let Comparison { parameter, from, to } = comparisons[*comparison];
        let (parameter, size) = (&parameters[parameter], view.styles[outcome].sizes(&[fact.change]));
        if parameter.is_levels() {
            let [from, to] = [from, to].map(|level| words::at(parameter, level));
            return format!("{} ({size} between {from} and {to})", parameter.name);
        }
        format!("{} ({size} from end to end)", parameter.name)
    };
    match facts.as_slice() {
        [first, .., last] => format!("most with {}, least with {}.", part(first), part(last)),
        [only] if parameters.len() > 1 => format!("clearly with {} alone.", part(only)),
        _ if parameters.len() > 1 => "the cells do not say which number does more; try sensitivity.".to_owned(),
        _ if !view.sweep.is_numbers() => match view.effect(0, outcome) {
            Some(fact) if fact.is_clear() => format!("{}.", part(&(0, fact))),
            _ => "no level differs clearly from the first.".to_owned(),
        },
        _ if view.sweep.outcomes.iter().any(|told| told.is_chance) => {
            "nowhere that was tested: no chance that was asked about moves.".to_owned()
        }
        _ => format!("where it tips was not asked; try --measure '{}<LIMIT'.", told.measure.key),
    }
}

fn depends(view: &View) -> String {
    let names: Vec<String> = view.sweep.cells.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    format!("tested: {}; all other numbers stay as in the scenario.", list(&names))
}
