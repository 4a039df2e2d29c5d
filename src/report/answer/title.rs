//! Facts as titles of charts: one sentence each, with the designs' own titles, as the legend has them.

use super::super::phrase::{capitalised, count, list, of_runs, percent, quoted, subject, whole};
use super::super::study::{COLLAPSED, Study};
use super::fact::{Fact, Judged};
use super::numbers::Style;
use super::topics::{falls, money_unit, pool_name};
use crate::model::measure::Measure;

/// The sentence on a measure: its mean with one design, the change with two, with more which are better and worse.
pub(in super::super) fn of_measure(study: &Study, key: &str) -> String {
    let found = match study.others().len() {
        0 => study.estimate(0, key).map(|estimate| {
            let level = style(study, estimate.measure).level(estimate.mean);
            let subject = capitalised(&subject(estimate.measure));
            let runs = if study.ensemble.runs == 1 { "in this run" } else { "on average" };
            format!("{subject} is {level}{} {runs}", whole(estimate.measure))
        }),
        1 => change(study, 1, key),
        _ => sides(study, key),
    };
    found.unwrap_or_else(|| NOTHING.to_owned())
}

/// The sentence on the change of a measure with one design.
pub(in super::super) fn of_change(study: &Study, design: usize, key: &str) -> String {
    change(study, design, key).unwrap_or_else(|| NOTHING.to_owned())
}

const NOTHING: &str = "No run has a value to compare";

fn style(study: &Study, measure: &Measure) -> Style {
    Style::of(measure, &money_unit(study))
}

fn change(study: &Study, design: usize, key: &str) -> Option<String> {
    let fact = Fact::of(study, design, key)?;
    let titles = study.titles();
    let (first, other) = (quoted(titles.first()?), quoted(titles.get(design)?));
    let subject = subject(fact.measure);
    Some(capitalised(&match fact.judged {
        Judged::Same => format!("{subject} is about the same with {other} as with {first}"),
        Judged::Unclear => format!("it is not clear whether {subject} differs between {other} and {first}"),
        Judged::Better | Judged::Worse | Judged::Neither => {
            let (from, to) = style(study, fact.measure).pair(fact.from, fact.to);
            let way = if fact.change > 0.0 { "rises" } else { "falls" };
            format!("{subject} {way} from {from} with {first} to {to} with {other}")
        }
    }))
}

/// In how many of several designs a measure is better or worse than with the first.
fn sides(study: &Study, key: &str) -> Option<String> {
    let facts: Vec<Fact> = study.others().filter_map(|design| Fact::of(study, design, key)).collect();
    let measure = facts.first()?.measure;
    let first = quoted(study.titles().first()?);
    let number = |judged: Judged| facts.iter().filter(|fact| fact.judged == judged).count();
    let sides = [
        (number(Judged::Better), "better in"),
        (number(Judged::Worse), "worse in"),
        (number(Judged::Neither), "different in"),
    ];
    let parts: Vec<String> =
        sides.iter().filter(|(number, _)| *number > 0).map(|(number, side)| format!("{side} {number}")).collect();
    let subject = subject(measure);
    let others = facts.len();
    Some(if parts.is_empty() {
        format!("{} is in none of {others} other designs clearly another than with {first}", capitalised(&subject))
    } else {
        format!("Against {first}, {subject} is {} of {others} other designs", list(&parts))
    })
}

/// The sentence on the fate of the main pool.
pub(in super::super) fn of_pool(study: &Study) -> String {
    let summaries: Vec<(u64, u64)> =
        study.summaries().map(|summary| (summary.survival.collapsed(), summary.survival.runs())).collect();
    let what = format!("The {} {}", pool_name(study), falls(study));
    let several = summaries.len() > 1;
    if summaries.iter().all(|(some, _)| *some == 0) {
        return format!("{what} in no run{}", if several { " of any design" } else { "" });
    }
    if summaries.iter().all(|(some, runs)| some == runs) {
        return format!("{what} in every run{}", if several { " of every design" } else { "" });
    }
    let shares = summaries.iter().zip(study.titles()).map(|((some, runs), title)| {
        let share = match *some {
            0 => "no run".to_owned(),
            some if some == *runs => "every run".to_owned(),
            some => format!("{} of runs", percent(some, *runs)),
        };
        format!("in {share} with {}", quoted(&title))
    });
    match summaries.as_slice() {
        [(some, runs)] => format!("{what} in {}", of_runs(*some, *runs)),
        [_, _] => format!("{what} {}", list(&shares.collect::<Vec<_>>())),
        many => {
            let facts: Vec<Fact> = study.others().filter_map(|design| Fact::of(study, design, COLLAPSED)).collect();
            let number = |judged: Judged| count(facts.iter().filter(|fact| fact.judged == judged).count() as u64);
            format!(
                "{what} less often than with {} in {} of {} other designs, and more often in {}",
                quoted(study.titles().first().map_or("", String::as_str)),
                number(Judged::Better),
                many.len() - 1,
                number(Judged::Worse)
            )
        }
    }
}
