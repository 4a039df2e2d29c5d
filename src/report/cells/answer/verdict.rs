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
    if found.is_none() && !view.sweep.is_numbers() && !view.sweep.has_lines() {
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

/// Which number moves the first outcome most; where it moves with none clearly, what moves another that does; of one number, how a
/// tipping point is asked for.
fn differs(view: &View) -> String {
    let Some((first, others)) = view.moving.split_first() else { return String::new() };
    let parameters = &view.sweep.cells.parameters;
    if let Some((_, told)) = moved(view, *first) {
        return format!("{told}.");
    }
    let name = |outcome: usize| words::short(&view.sweep.outcomes[outcome]);
    let found = others.iter().filter_map(|outcome| Some((*outcome, moved(view, *outcome)?)));
    if let Some((other, (_, told))) = found.max_by(|(_, (one, _)), (_, (other, _))| one.total_cmp(other)) {
        return format!("{} not clearly; {} {told}.", name(*first), name(other));
    }
    match parameters.len() {
        1 if !view.sweep.is_numbers() => "no level differs clearly from the first.".to_owned(),
        1 if view.sweep.outcomes.iter().any(|told| told.is_chance) => {
            "nowhere that was tested: no chance that was asked about moves.".to_owned()
        }
        1 => format!("where it tips was not asked; try --measure '{}<LIMIT'.", view.sweep.outcomes[*first].measure.key),
        _ => "the cells do not say which number does more; try sensitivity.".to_owned(),
    }
}

/// What moves an outcome clearly, in words, and how many times the smallest change that matters it does so; `None` where nothing
/// does, and of one number, of which the first row tells it.
fn moved(view: &View, outcome: usize) -> Option<(f64, String)> {
    let parameters = &view.sweep.cells.parameters;
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
    let told = match facts.as_slice() {
        [first, .., last] => format!("most with {}, least with {}", part(first), part(last)),
        [only] if parameters.len() > 1 => format!("clearly with {} alone", part(only)),
        [only] if !view.sweep.is_numbers() => format!("with {}", part(only)),
        _ => return None,
    };
    Some((facts.first()?.1.weight(), told))
}

fn depends(view: &View) -> String {
    let names: Vec<String> = view.sweep.cells.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    format!("tested: {}; all other numbers stay as in the scenario.", list(&names))
}
