//! `data-dictionary.csv`: every column of every table of a calibration.

use super::Account;
use crate::report::folder::plain::Rows;

/// File, column, type, unit and meaning.
type Entry = [&'static str; 5];

const ESTIMATES: &[Entry] = &[
    ["estimates.csv", "parameter", "text", "", "Name of the parameter in the calibration file"],
    ["estimates.csv", "unit", "text", "", "Unit of its values"],
    ["estimates.csv", "prior", "text", "", "uniform or log_uniform between the two ends"],
    ["estimates.csv", "from", "number", "unit", "Least value held possible before the data"],
    ["estimates.csv", "to", "number", "unit", "Greatest value held possible before the data"],
    ["estimates.csv", "median", "number", "unit", "Median after the data"],
    ["estimates.csv", "low", "number", "unit", "Lower end of the 90% interval"],
    ["estimates.csv", "high", "number", "unit", "Upper end of the 90% interval"],
    ["estimates.csv", "preset", "number", "unit", "Value of the point that fits best"],
    ["estimates.csv", "left_open", "number", "", "Width of the interval against that of the prior, on its scale"],
    ["estimates.csv", "meaning", "text", "", "What it is"],
];

const PREDICTIONS: &[Entry] = &[
    ["predictions.csv", "data", "text", "", "Name of the data in the calibration file"],
    ["predictions.csv", "scenario", "text", "", "Scenario that they belong to"],
    ["predictions.csv", "measure", "text", "", "Measure of the model"],
    ["predictions.csv", "step", "whole number", "step", "Step, counted from 1, where there is a list of them"],
    ["predictions.csv", "unit", "text", "", "Unit of the data"],
    ["predictions.csv", "use", "text", "", "fit or hold_out"],
    ["predictions.csv", "observed", "number", "unit", "What was observed"],
    ["predictions.csv", "error", "number", "unit", "Its standard error"],
    ["predictions.csv", "predicted", "number", "unit", "What the preset foretells, on luck by which it was not chosen"],
    [
        "predictions.csv",
        "predicted_error",
        "number",
        "unit",
        "Its standard error from the number of runs; empty of what is no mean",
    ],
    ["predictions.csv", "median", "number", "unit", "Median of what all points that are left foretell"],
    ["predictions.csv", "low", "number", "unit", "Lower end of their 90% interval"],
    ["predictions.csv", "high", "number", "unit", "Upper end of their 90% interval"],
    ["predictions.csv", "difference_in_errors", "number", "standard errors", "Predicted less observed over the error"],
    ["predictions.csv", "source", "text", "", "Where it was published"],
];

const SEARCH: &[Entry] = &[
    ["search.csv", "round", "whole number", "", "Number of the round; 0 is the prior"],
    [
        "search.csv",
        "tolerance",
        "number",
        "",
        "What the errors of the data were multiplied by; empty before they were looked at",
    ],
    ["search.csv", "moved", "number", "share", "Share of the points that moved"],
    ["search.csv", "least_misfit", "number", "standard errors", "Least root mean square of the differences so far"],
];

/// The dictionary as it is written. It has no entry for itself.
pub(super) fn text(account: &Account) -> String {
    let mut rows = Rows::new(&["file", "column", "type", "unit", "meaning"]);
    for entry in [ESTIMATES, PREDICTIONS, SEARCH].into_iter().flatten() {
        rows.add(entry);
    }
    rows.add(&["particles.csv", "particle", "whole number", "", "Number of the point; all count alike"]);
    for parameter in &account.problem.parameters {
        rows.add(&["particles.csv", &parameter.name, "number", &parameter.unit, &parameter.meaning]);
    }
    let misfit = "Sum over the fitted data of the squared differences in units of their errors";
    rows.add(&["particles.csv", "misfit", "number", "", misfit]);
    rows.text()
}
