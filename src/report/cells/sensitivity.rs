//! What a sensitivity analysis found: which parameters drive the outcome, and how much is luck.

mod answer;
mod figures;

use crate::experiment::sensitivity::{Method, Sensitivity};
use crate::model::measure::Unit;
use crate::scenario::Scenario;
use crate::statistics::Interval;
use std::io;

use super::super::folder::{Column, Field, OF_THE_MEASURE, TableFile};
use super::super::phrase::{Numerals, capitalised, counted, list};
use super::super::table::{Entry, Table};
use super::{data, tables, words};

pub(super) use answer::answer;
pub(super) use figures::figures;

/// A row of numbers for each parameter, as both methods have it.
struct Ranking {
    /// Position of the parameter.
    parameter: usize,
    /// Names of the columns and their numbers, with an interval where there is one.
    numbers: Vec<(&'static str, f64, Option<Interval>)>,
}

/// Which column ranks the parameters.
fn weight(ranking: &Ranking) -> f64 {
    ranking.numbers.iter().find(|(name, ..)| ["total", "mu_star"].contains(name)).map_or(0.0, |(_, value, _)| *value)
}

/// The parameters from the most to the least important; none of an analysis that was stopped or has no variance.
fn ranked(analysis: &Sensitivity, outcome: usize) -> Vec<Ranking> {
    if analysis.field.interrupted && analysis.field.runs == 0 {
        return Vec::new();
    }
    let morris = analysis.effects(outcome).into_iter().flatten().map(|effects| {
        vec![
            ("mu_star", effects.size, Some(effects.size_interval)),
            ("mu", effects.mean, None),
            ("sigma", effects.deviation, None),
        ]
    });
    let sobol = analysis.indices(outcome).into_iter().flatten().map(|indices| {
        vec![
            ("first", indices.first.value, Some(indices.first.interval)),
            ("total", indices.total.value, Some(indices.total.interval)),
        ]
    });
    let mut rankings: Vec<Ranking> =
        morris.chain(sobol).enumerate().map(|(parameter, numbers)| Ranking { parameter, numbers }).collect();
    rankings.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    rankings
}

/// Indices of every outcome, and what makes its variance.
pub(super) fn data(analysis: &Sensitivity) -> io::Result<[TableFile; 2]> {
    Ok([indices(analysis)?, variance(analysis)?])
}

/// A row for each outcome, parameter and index.
fn indices(analysis: &Sensitivity) -> io::Result<TableFile> {
    let (stem, unit, known) = match analysis.method {
        Method::Morris { .. } => (
            "effects",
            OF_THE_MEASURE,
            "mu_star: mean size of the elementary effects; mu: their mean; sigma: their deviation",
        ),
        Method::Sobol { .. } => {
            ("indices", "share", "first: share of the variance alone; total: share with all that it takes part in")
        }
    };
    let mut columns = vec![data::outcome(), data::parameter("parameter", "What is varied")];
    columns.extend(data::ends(&analysis.cells.parameters));
    columns.push(Column::text("index", "Which index").of(known));
    columns.extend(Column::estimate(["value", "low", "high"], unit, "The index", analysis.field.level));
    TableFile::short(stem, columns, |rows| {
        for (position, outcome) in analysis.outcomes.iter().enumerate() {
            for Ranking { parameter, numbers } in ranked(analysis, position) {
                let parameter = &analysis.cells.parameters[parameter];
                let (from, to) = parameter.ends();
                let ends = [from, to].map(|end| parameter.written(end));
                for (index, value, interval) in numbers {
                    let mut row = vec![Field::Text(&outcome.key), Field::Text(&parameter.pointer)];
                    row.extend(data::end_fields(&analysis.cells.parameters, [from, to], &ends));
                    row.extend([Field::Text(index), Field::Number(Some(value))]);
                    row.extend(Field::ends(interval));
                    rows.add(&row)?;
                }
            }
        }
        Ok(())
    })
}

/// A row for each outcome: whose the variance of single runs is.
fn variance(analysis: &Sensitivity) -> io::Result<TableFile> {
    let share = |name: &str, meaning: &str| Column::number(name, "share", meaning);
    let columns = vec![
        data::outcome(),
        share("parameters", "Share of the variance of single runs that is the parameters'"),
        share("luck", "Share that is luck which every cell meets alike"),
        share("together", "Share that is luck which depends on the parameters"),
        share("noise_of_means", "Share of the variance of the cells' means that is noise"),
    ];
    TableFile::short("variance", columns, |rows| {
        for (position, outcome) in analysis.outcomes.iter().enumerate() {
            let Some(found) = analysis.components(position) else { continue };
            let mut row = vec![Field::Text(&outcome.key)];
            let shares = [found.parameters, found.luck, found.together, found.noise_of_means];
            row.extend(shares.map(|share| Field::Number(Some(share))));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// Which parameters matter, which do not, and how much is luck.
pub(super) fn findings(scenario: &Scenario, analysis: &Sensitivity) -> Vec<String> {
    if analysis.field.runs == 0 {
        return vec!["No run was done in every cell, so no index is given: an incomplete design has none.".to_owned()];
    }
    let mut sentences = super::findings::failed(&analysis.field, &analysis.cells);
    for (position, outcome) in analysis.outcomes.iter().enumerate() {
        let subject = words::outcome(outcome);
        let rankings = answer::told(analysis, position);
        if rankings.is_empty() {
            continue;
        }
        sentences.push(match analysis.method {
            Method::Morris { .. } => moved(scenario, analysis, position, &rankings),
            Method::Sobol { .. } => explained(analysis, position, &rankings),
        });
        sentences.extend(negligible(analysis, &subject, &rankings));
        sentences.extend(unsure(analysis, &subject, &rankings));
        sentences.extend(luck(analysis, position));
    }
    sentences.extend(super::findings::chosen(&analysis.cells));
    sentences.extend(super::findings::cautions(&analysis.field));
    sentences
}

/// Parameters named in one sentence.
const NAMED: usize = 3;

fn moved(scenario: &Scenario, analysis: &Sensitivity, outcome: usize, rankings: &[Ranking]) -> String {
    let told = &analysis.outcomes[outcome];
    let part = |ranking: &Ranking| {
        let parameter = &analysis.cells.parameters[ranking.parameter];
        let size = ranking.numbers[0].1;
        let numerals = Numerals::new(told.measure.unit, &scenario.file.time.unit, size, ranking.numbers[0].2);
        let range = if parameter.is_levels() {
            format!("between {}", list(&words::levels(parameter)))
        } else {
            words::range(parameter)
        };
        format!("{} ({} {range})", parameter.name, numerals.size(size))
    };
    let parts: Vec<String> = weighty(analysis, rankings).map(part).collect();
    format!(
        "{} is moved most by {} (μ*, the mean size of its elementary effects).",
        capitalised(&words::outcome(told)),
        list(&parts)
    )
}

fn explained(analysis: &Sensitivity, outcome: usize, rankings: &[Ranking]) -> String {
    let part = |ranking: &Ranking| {
        let name = &analysis.cells.parameters[ranking.parameter].name;
        let [first, total] = [0, 1].map(|column| ranking.numbers[column].1.clamp(0.0, 1.0) * 100.0);
        format!("{name} ({total:.0}% in all, {first:.0}% alone)")
    };
    let parts: Vec<String> = weighty(analysis, rankings).map(part).collect();
    let subject = words::outcome(&analysis.outcomes[outcome]);
    format!("The variance of {subject} between cells comes most from {}.", list(&parts))
}

/// The first few of the parameters that matter, and be it only the first.
fn weighty<'a>(analysis: &'a Sensitivity, rankings: &'a [Ranking]) -> impl Iterator<Item = &'a Ranking> {
    let matters =
        move |(place, ranking): &(usize, &Ranking)| *place == 0 || !is_negligible(analysis, rankings, ranking);
    rankings.iter().enumerate().filter(matters).map(|(_, ranking)| ranking).take(NAMED)
}

/// Whether a parameter does not matter: all of its interval is below a twentieth of the largest, or of the variance.
fn is_negligible(analysis: &Sensitivity, rankings: &[Ranking], ranking: &Ranking) -> bool {
    let most = match analysis.method {
        Method::Morris { .. } => rankings.first().map_or(0.0, weight),
        Method::Sobol { .. } => 1.0,
    };
    let found = ranking.numbers.iter().find(|(name, ..)| ["total", "mu_star"].contains(name));
    found.and_then(|(_, _, interval)| *interval).is_some_and(|interval| interval.high < most / 20.0)
}

/// Parameters that do not matter.
fn negligible(analysis: &Sensitivity, subject: &str, rankings: &[Ranking]) -> Option<String> {
    let names: Vec<String> = rankings
        .iter()
        .filter(|ranking| is_negligible(analysis, rankings, ranking))
        .map(|ranking| analysis.cells.parameters[ranking.parameter].name.clone())
        .collect();
    let less = if matches!(analysis.method, Method::Morris { .. }) {
        "a twentieth of the largest effect"
    } else {
        "a twentieth of the variance"
    };
    (!names.is_empty()).then(|| format!("Next to nothing depends on {}: less than {less} of {subject}.", list(&names)))
}

/// The widest interval of a share of the variance that still tells something.
const WIDEST: f64 = 0.3;

/// A word of caution where the intervals of the indices tell little.
fn unsure(analysis: &Sensitivity, subject: &str, rankings: &[Ranking]) -> Option<String> {
    let Method::Sobol { base } = analysis.method else { return None };
    let intervals = rankings.iter().flat_map(|ranking| ranking.numbers.iter().filter_map(|(.., interval)| *interval));
    let widest = intervals.map(|interval| interval.width()).fold(0.0, f64::max);
    (widest > WIDEST).then(|| {
        format!(
            "Caution: the indices of {subject} are known to within {:.0} points at worst; raise --base above {base}.",
            widest * 100.0
        )
    })
}

/// How much of the variance of single runs is luck.
fn luck(analysis: &Sensitivity, outcome: usize) -> Option<String> {
    let found = analysis.components(outcome)?;
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    Some(format!(
        "Of the variance of single runs {} is the parameters', {} luck that every cell meets alike, and {} luck that depends on the \
         parameters; after {} the last makes {} of the variance of the cells' means, which is noise in these indices.",
        percent(found.parameters),
        percent(found.luck),
        percent(found.together),
        counted(analysis.field.runs, "run"),
        if found.noise_of_means < 0.005 { "less than 1%".to_owned() } else { percent(found.noise_of_means) }
    ))
}

/// A table for each outcome.
pub(super) fn tables(scenario: &Scenario, analysis: &Sensitivity) -> Vec<Table> {
    let is_effect = matches!(analysis.method, Method::Morris { .. });
    let table = |outcome: usize| {
        let told = &analysis.outcomes[outcome];
        let rankings = answer::told(analysis, outcome);
        let mut columns = vec!["Parameter".to_owned(), "From".to_owned(), "To".to_owned()];
        for (name, _, interval) in rankings.first().map_or(&[][..], |first| &first.numbers) {
            columns.push(heading(name).to_owned());
            columns.extend(interval.map(|_| ["Low".to_owned(), "High".to_owned()]).into_iter().flatten());
        }
        let row = |ranking: &Ranking| {
            let parameter = &analysis.cells.parameters[ranking.parameter];
            let (from, to) = parameter.ends();
            let mut row = vec![Entry::words(capitalised(&parameter.name))];
            row.extend([from, to].map(|value| tables::entry(parameter, value)));
            for (_, value, interval) in &ranking.numbers {
                let unit =
                    if matches!(analysis.method, Method::Morris { .. }) { told.measure.unit } else { Unit::Share };
                let numerals = Numerals::new(unit, &scenario.file.time.unit, *value, interval.or(ranking.numbers[0].2));
                let written = |value: f64| if is_effect { numerals.bare(value) } else { numerals.short(value) };
                let entry = |value: f64| Entry::number(written(value), value);
                row.push(entry(*value));
                row.extend(interval.map(|interval| [entry(interval.low), entry(interval.high)]).into_iter().flatten());
            }
            row
        };
        let unit = if is_effect && told.measure.unit == Unit::Share { ", in percentage points" } else { "" };
        let title = format!("{}: what each parameter does{unit}, most important first", tables::heading(told));
        Table { title, columns, rows: rankings.iter().map(row).collect() }
    };
    (0..analysis.outcomes.len()).map(table).filter(|table| !table.rows.is_empty()).collect()
}

fn heading(name: &'static str) -> &'static str {
    match name {
        "mu_star" => "μ*",
        "mu" => "μ",
        "sigma" => "σ",
        "first" => "Alone",
        "total" => "In all",
        other => other,
    }
}
