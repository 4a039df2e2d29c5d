//! Parameters and observations as people read them.

use super::Account;
use super::words::{name, prior, value};
use crate::experiment::calibrate::file::Purpose;
use crate::report::phrase::capitalised;
use crate::report::table::{Entry, Table};

/// Parameters, and what is foretold beside what was observed.
pub fn tables(account: &Account) -> Vec<Table> {
    vec![parameters(account), predictions(account)]
}

fn parameters(account: &Account) -> Table {
    let Account { problem, fit } = account;
    let row =
        |(parameter, estimate): (&crate::experiment::calibrate::Parameter, crate::experiment::calibrate::Estimate)| {
            let unit = if parameter.unit.is_empty() { String::new() } else { format!(" ({})", parameter.unit) };
            vec![
                Entry::words(format!("{}{unit}", capitalised(&name(parameter)))),
                number(estimate.median),
                number(estimate.interval.low),
                number(estimate.interval.high),
                number(estimate.best),
                Entry::words(prior(&parameter.prior)),
            ]
        };
    Table {
        title: "Parameters after the data have spoken".to_owned(),
        columns: ["Parameter", "Median", "5%", "95%", "Preset", "Held possible before"].map(str::to_owned).to_vec(),
        rows: problem.parameters.iter().zip(fit.estimates(problem)).map(row).collect(),
    }
}

fn predictions(account: &Account) -> Table {
    let Account { problem, fit } = account;
    let row = |(position, observation): (usize, &crate::experiment::calibrate::Observation)| {
        let [low, _, high] = fit.range_of(position);
        let predicted = fit.checked[position].value;
        vec![
            Entry::words(observation.label()),
            Entry::words(observation.unit.clone()),
            Entry::words(match observation.purpose {
                Purpose::Fit => "fitted",
                Purpose::HoldOut => "left out",
            }),
            number(observation.observed),
            number(predicted),
            number(low),
            number(high),
            number((predicted - observation.observed) / observation.error),
        ]
    };
    Table {
        title: "Observed, and foretold by the preset; 5% and 95% over all values that the data leave possible; the difference \
                in standard errors of the data"
            .to_owned(),
        columns: ["Data", "Unit", "Use", "Observed", "Preset", "5%", "95%", "Off by"].map(str::to_owned).to_vec(),
        rows: problem.observations.iter().enumerate().map(row).collect(),
    }
}

fn number(number: f64) -> Entry {
    Entry::number(value(number), number)
}
