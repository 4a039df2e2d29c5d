//! The tables of a study: outcomes by arm, differences run by run, and who wins and who loses by kind of provider.

use crate::model::measure::{Measure, Unit, words};
use crate::statistics::Interval;

use super::figure::Tone;
use super::phrase::{Numerals, capitalised, counted, percent, plural, quoted, without_kind};
use super::study::{COLLAPSE_STEP, Change, Contrast, Study};
use super::table::{Entry, Table};
use super::unit::{of_levels, with};

/// Outcomes by arm; with several arms the differences from the first; and both again by kind of provider, if there are
/// several kinds.
pub fn tables(study: &Study) -> Vec<Table> {
    let place: Vec<&Measure> = study.measures().iter().filter(|measure| measure.kind.is_none()).collect();
    let kinds: Vec<&Measure> = if study.kinds().is_empty() {
        Vec::new()
    } else {
        study.measures().iter().filter(|measure| measure.kind.is_some()).collect()
    };
    let level = study.level();
    let runs = counted(study.ensemble.runs, "run");
    let runs = if study.arms.len() > 1 { format!("{runs} of each arm") } else { runs };
    let first = quoted(study.titles().first().map_or("", String::as_str));
    let mut tables =
        vec![outcomes(study, format!("Outcomes: mean with its {level} interval, and median, {runs}"), &place)];
    if study.arms.len() > 1 {
        tables.push(differences(
            study,
            format!("Differences from {first}, run by run: mean with its {level} interval"),
            &place,
        ));
        if !kinds.is_empty() {
            tables.push(differences(
                study,
                format!("Who wins and who loses against {first}, by kind of provider"),
                &kinds,
            ));
        }
    } else if !kinds.is_empty() {
        tables.push(outcomes(study, "Outcomes by kind of provider".to_owned(), &kinds));
    }
    tables.extend(benchmark(study));
    tables
}

/// The best constant plan of each arm; none where no arm has been measured against one.
fn benchmark(study: &Study) -> Option<Table> {
    // A scenario whose numbers leave the range that can be computed has a plan without numbers.
    let number = |unit: Unit, value: f64| {
        if !value.is_finite() {
            return Entry::missing();
        }
        Entry::number(Numerals::new(unit, study.unit(), value, None).short(value), value)
    };
    let mut rows = Vec::new();
    for (arm, key) in study.arms.iter().zip(study.keys()) {
        let Some(benchmark) = arm.setup.benchmark() else { continue };
        let plan = &benchmark.plan;
        let mut row = |what: String, entry: Entry| rows.push(vec![Entry::words(&key), Entry::words(what), entry]);
        row(format!("Welfare of a {}", study.unit()), number(Unit::Number, plan.welfare));
        row("Stock at the end".to_owned(), number(Unit::Share, plan.stock_end));
        row("Upstream share of effort".to_owned(), number(Unit::Share, plan.upstream));
        for (position, kind) in arm.setup.listed_kinds() {
            row(format!("Effort against plan: {}", words(&kind.name)), number(Unit::Share, plan.levels[position]));
        }
    }
    let title = "The best constant plan that a planner could fix".to_owned();
    let columns = ["Arm", "What", "Value"].map(str::to_owned).to_vec();
    (!rows.is_empty()).then_some(Table { title, columns, rows })
}

fn outcomes(study: &Study, title: String, measures: &[&Measure]) -> Table {
    let several = study.arms.len() > 1;
    let mut columns = vec!["Measure"];
    columns.extend(several.then_some("Arm"));
    columns.extend(["Mean", "Low", "High", "Median"]);
    let keys = study.keys();
    let mut rows = Vec::new();
    let present = |measure: &&&Measure| (0..keys.len()).any(|arm| study.estimate(arm, &measure.key).is_some());
    for measure in measures.iter().filter(present) {
        for (arm, key) in keys.iter().enumerate() {
            let name = if arm == 0 { label(study, measure) } else { String::new() };
            let mut row = vec![Entry::words(name)];
            row.extend(several.then(|| Entry::words(key)));
            row.extend(outcome(study, arm, measure));
            rows.push(row);
        }
    }
    Table { title, columns: columns.into_iter().map(str::to_owned).collect(), rows }
}

/// Mean, both ends of its interval, median.
fn outcome(study: &Study, arm: usize, measure: &Measure) -> [Entry; 4] {
    let Some(estimate) = study.estimate(arm, &measure.key) else { return std::array::from_fn(|_| Entry::missing()) };
    let numerals = Numerals::new(measure.unit, study.unit(), estimate.mean, estimate.interval);
    let number = |value: f64| Entry::number(numerals.short(value), value);
    let [low, high] = ends(estimate.interval, number);
    let median = study.quantile(arm, &measure.key, 0.5).map_or_else(Entry::missing, number);
    [number(estimate.mean), low, high, median]
}

fn differences(study: &Study, title: String, measures: &[&Measure]) -> Table {
    let several = study.others().len() > 1;
    let mut columns = vec!["Measure"];
    columns.extend(several.then_some("Arm"));
    columns.extend(["Difference", "Low", "High", "Better in", "Verdict"]);
    let keys = study.keys();
    let mut rows = Vec::new();
    let present = |measure: &&&Measure| study.others().any(|arm| study.contrast(arm, &measure.key).is_some());
    for measure in measures.iter().filter(present) {
        let mut name = difference_label(study, measure);
        for arm in study.others() {
            let mut row = vec![Entry::words(std::mem::take(&mut name))];
            row.extend(several.then(|| Entry::words(keys.get(arm).map_or("", String::as_str))));
            row.extend(difference(study, arm, measure));
            rows.push(row);
        }
    }
    Table { title, columns: columns.into_iter().map(str::to_owned).collect(), rows }
}

/// Difference, both ends of its interval, share of runs in which the arm is better, verdict.
fn difference(study: &Study, arm: usize, measure: &Measure) -> [Entry; 5] {
    let Some(contrast) = study.contrast(arm, &measure.key) else { return std::array::from_fn(|_| Entry::missing()) };
    let numerals = Numerals::new(measure.unit, study.unit(), contrast.difference, contrast.interval);
    let number = |value: f64| Entry::number(numerals.signed(value), value);
    let [low, high] = ends(contrast.interval, number);
    let count = contrast.pairs.count();
    let better = contrast.better_runs().map_or_else(Entry::missing, |better| {
        Entry::number(percent(better, count), better as f64 / count.max(1) as f64)
    });
    [number(contrast.difference), low, high, better, Entry::words(verdict(&contrast))]
}

fn ends(interval: Option<Interval>, number: impl Fn(f64) -> Entry) -> [Entry; 2] {
    interval
        .map_or_else(|| [Entry::missing(), Entry::missing()], |interval| [number(interval.low), number(interval.high)])
}

/// What a difference means, in a word.
pub(super) fn verdict(contrast: &Contrast) -> &'static str {
    match (contrast.change, contrast.tone()) {
        (Change::Same, _) => "same",
        (Change::Unclear, _) | (_, Some(Tone::Unclear)) => "unclear",
        (_, Some(Tone::Better)) => "better",
        (_, Some(Tone::Worse)) => "worse",
        (Change::Higher, None) => "higher",
        (Change::Lower, None) => "lower",
    }
}

/// A measure with its unit, where its numbers do not show it.
fn label(study: &Study, measure: &Measure) -> String {
    with(&capitalised(&name(measure)), of_levels(measure.unit, study.unit()))
}

fn difference_label(study: &Study, measure: &Measure) -> String {
    match measure.unit {
        Unit::Share => format!("{} (points)", capitalised(&name(measure))),
        Unit::Duration => format!("{}, runs in which both recovered", label(study, measure)),
        _ if measure.key == COLLAPSE_STEP => {
            format!("{} ({}), runs in which both collapsed", capitalised(&name(measure)), plural(study.unit()))
        }
        _ => label(study, measure),
    }
}

/// The label of a measure, that of a kind with the kind first.
fn name(measure: &Measure) -> String {
    match (measure.key.as_str(), &measure.kind) {
        (COLLAPSE_STEP, _) => "time of the collapse".to_owned(),
        (_, Some(kind)) => format!("{}: {}", words(kind), without_kind(measure)),
        _ => measure.label.clone(),
    }
}
