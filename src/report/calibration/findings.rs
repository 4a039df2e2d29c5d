//! What was found, in sentences.

use super::super::failed::FAILURE;
use super::Account;
use super::words::{in_errors, name, prior, value, with_unit};
use crate::experiment::calibrate::file::Purpose;
use crate::experiment::calibrate::{Errors, Estimate, Parameter, UnitErrors};
use crate::report::phrase::{capitalised, count, counted, list};

/// Noise of the runs above this share of the data's errors is felt in the intervals.
const NOISY: f64 = 0.5;

/// A tolerance that is above its goal by more than this factor is still on its way.
const STILL_LOWER: f64 = 1.05;

/// What was found, in sentences, the parameters first.
pub fn findings(account: &Account) -> Vec<String> {
    let Account { problem, fit } = account;
    let mut findings: Vec<String> = problem
        .parameters
        .iter()
        .zip(fit.estimates(problem))
        .map(|(parameter, estimate)| of_parameter(parameter, &estimate))
        .collect();
    let names = |purpose| fit.errors(problem, purpose);
    findings.extend(names(Purpose::Fit).map(|errors| of_errors("that were fitted", &errors)));
    match names(Purpose::HoldOut) {
        Some(errors) => findings.push(of_errors("left out", &errors)),
        None => findings.push(
            "No data were left out, so that nothing is known of how well the fitted values foretell other data."
                .to_owned(),
        ),
    }
    findings.extend(caveats(account));
    findings
}

fn of_parameter(parameter: &Parameter, estimate: &Estimate) -> String {
    let Estimate { median, interval, left_open, best, at_end } = estimate;
    let name = capitalised(&name(parameter));
    let prior = prior(&parameter.prior);
    if !estimate.is_pinned_down() {
        return format!(
            "The data do not pin down {}: its 90% interval, {} to {}, is {:.0}% as wide as that of what was held possible \
             before ({prior}). The preset has {}.",
            super::words::name(parameter),
            value(interval.low),
            with_unit(interval.high, &parameter.unit),
            100.0 * left_open,
            value(*best)
        );
    }
    let mut text = format!(
        "{name} is {} (median; 90% interval {} to {}; before the data {prior}); the preset has {}.",
        with_unit(*median, &parameter.unit),
        value(interval.low),
        value(interval.high),
        value(*best)
    );
    let range = parameter.prior.range();
    let ends = [(at_end[0], range.from), (at_end[1], range.to)];
    for end in ends.iter().filter(|(touches, _)| *touches).map(|(_, end)| end) {
        text += " The interval touches the end of the prior at ";
        text += &value(*end);
        text += ": the data may want values beyond it.";
    }
    text
}

/// How well the preset does on some of the data, and how well the mean of the fitted data would.
fn of_errors(which: &str, errors: &Errors) -> String {
    let units = |pick: fn(&UnitErrors) -> Option<f64>| -> Option<String> {
        let words = |unit| Some(with_unit(pick(unit)?, &unit.unit));
        errors.by_unit.iter().map(words).collect::<Option<Vec<String>>>().map(|words| list(&words))
    };
    let preset = units(|unit| Some(unit.error)).unwrap_or_default();
    let text = format!(
        "On the {} {which} the preset is off by {preset} (root mean square), or {}.",
        counted(errors.count as u64, "observation"),
        in_errors(errors.in_errors)
    );
    let (Some(naive), Some(in_units)) = (errors.naive_in_errors, units(|unit| unit.naive)) else { return text };
    let verdict = if errors.in_errors < naive { "better" } else { "no better" };
    format!(
        "{text} That is {verdict} than no model at all: the mean of the fitted data is off by {in_units}, or {}.",
        in_errors(naive)
    )
}

/// What to bear in mind.
pub(super) fn caveats(account: &Account) -> Vec<String> {
    let Account { problem, fit } = account;
    let mut caveats = Vec::new();
    if fit.stretch > 1.0 {
        caveats.push(format!(
            "Even the best values miss the fitted data by {} times what their errors allow. The errors were stretched by that \
             before intervals were taken, so that these are as wide as the misfit warrants; the model lacks something, or the \
             errors are too small.",
            value(fit.stretch)
        ));
    }
    if !fit.settled {
        let still = fit.population.tolerance / fit.stretch;
        let why = if still > STILL_LOWER {
            format!("with errors still multiplied by {} the intervals are wider than the data warrant", value(still))
        } else {
            "points that were drawn more than once have not parted, so that the intervals are rough".to_owned()
        };
        caveats.push(format!("The rounds were not enough: {why}. Raise `rounds`, or `particles`."));
    }
    let noisy: Vec<String> = problem
        .of(Purpose::Fit)
        .filter(|(position, observation)| {
            let runs = f64::from(problem.file.method.runs);
            let checked = &fit.checked[*position];
            // The check has four times the runs, so that the noise of the search was twice as large.
            runs > 1.0 && 2.0 * checked.error > NOISY * observation.error
        })
        .map(|(_, observation)| observation.label())
        .collect();
    if !noisy.is_empty() {
        caveats.push(format!(
            "Of {} the mean over {} still varies by chance by more than half the data's error. The intervals are wider for it; \
             raise `runs`.",
            list(&noisy),
            counted(u64::from(problem.file.method.runs), "run")
        ));
    }
    if fit.impossible > 0 {
        caveats.push(format!(
            "{} of the sets of values tried are impossible in some scenario, and count as ruled out.",
            capitalised(&count(fit.impossible))
        ));
    }
    if fit.failed > 0 {
        caveats.push(format!(
            "With {} of the sets of values tried some run failed: {FAILURE}. They count as ruled out. Look for priors that reach to \
             very large or very small numbers, and narrow them.",
            count(fit.failed)
        ));
    }
    caveats
}
