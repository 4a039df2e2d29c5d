//! `data-dictionary.csv`: every column of every table in the folder: what it means, its unit, which values it takes.

use std::io;

use super::super::study::Study;
use super::columns::unit;
use super::runs::measures_of;
use super::tidy::{Column, Field, Format, Kind, Rows};

/// The dictionary as it is written. It has no entry for itself.
pub(super) fn text(study: &Study, format: Format) -> io::Result<Vec<u8>> {
    let columns = Column::list(&["file", "column", "type", "unit", "meaning", "values"].map(|name| (name, Kind::Text)));
    let mut table = Rows::new(Format::Csv, &columns, Vec::new())?;
    for entry in entries(study, format) {
        table.add(&entry.each_ref().map(|text| Field::Text(text)))?;
    }
    table.finish()
}

fn entries(study: &Study, format: Format) -> Vec<[String; 6]> {
    let arms = study.keys().join("; ");
    let runs = format.file("runs");
    let mut entries = fixed(&runs, RUNS, &arms, study.unit());
    for measure in measures_of(study.arms) {
        let limits = "missing where the run or the arm has none";
        entries.push([&runs, &measure.key, "number", unit(measure.unit), &measure.label, limits].map(str::to_owned));
    }
    let several = study.arms.len() > 1;
    let tables = [
        (format.file("series"), SERIES),
        (Format::Csv.file("summary"), SUMMARY),
        (Format::Csv.file("differences"), if several { DIFFERENCES } else { &[] }),
        (Format::Csv.file("measures"), MEASURES),
    ];
    entries.extend(tables.iter().flat_map(|(file, rows)| fixed(file, rows, &arms, study.unit())));
    entries
}

/// Column, type, unit, meaning and values. `{arms}` stands for the names of the arms, `{step}` for what a step is.
type Row = [&'static str; 5];

fn fixed(file: &str, rows: &[Row], arms: &str, step: &str) -> Vec<[String; 6]> {
    let filled = |text: &str| text.replace("{arms}", arms).replace("{step}", step);
    rows.iter()
        .map(|[column, kind, unit, meaning, values]| {
            [file.to_owned(), filled(column), filled(kind), filled(unit), filled(meaning), filled(values)]
        })
        .collect()
}

const RUNS: &[Row] = &[
    [
        "run",
        "whole number",
        "",
        "Number of the run; a run of one arm meets the same luck as that run of another",
        "from 0",
    ],
    ["arm", "text", "", "Short name of the arm", "{arms}"],
];

const SERIES: &[Row] = &[
    ["arm", "text", "", "Short name of the arm", "{arms}"],
    ["step", "whole number", "{step}", "Number of steps done", "from 1; long runs are thinned evenly"],
    ["measure", "text", "", "What is measured at the end of the step", "measures.csv, recorded: step"],
    ["mean", "number", "of the measure", "Mean over the runs", ""],
    ["q05", "number", "of the measure", "Value below which 5% of the runs lie", ""],
    ["q25", "number", "of the measure", "Value below which 25% of the runs lie", ""],
    ["median", "number", "of the measure", "Value below which half of the runs lie", ""],
    ["q75", "number", "of the measure", "Value below which 75% of the runs lie", ""],
    ["q95", "number", "of the measure", "Value below which 95% of the runs lie", ""],
    ["runs", "whole number", "runs", "Runs that have a value", ""],
];

const SUMMARY: &[Row] = &[
    ["arm", "text", "", "Short name of the arm", "{arms}"],
    ["measure", "text", "", "What is measured once a run", "measures.csv, recorded: run"],
    ["unit", "text", "", "Unit of the measure", "share (0 to 1 is 0% to 100%); steps_of_need; steps; number"],
    ["mean", "number", "of the measure", "Mean over the runs", ""],
    ["low", "number", "of the measure", "Lower end of the 95% interval of the mean", ""],
    ["high", "number", "of the measure", "Upper end of the 95% interval of the mean", ""],
    ["q05", "number", "of the measure", "Value below which 5% of the runs lie", ""],
    ["q25", "number", "of the measure", "Value below which 25% of the runs lie", ""],
    ["median", "number", "of the measure", "Value below which half of the runs lie", ""],
    ["q75", "number", "of the measure", "Value below which 75% of the runs lie", ""],
    ["q95", "number", "of the measure", "Value below which 95% of the runs lie", ""],
    ["runs", "whole number", "runs", "Runs that have a value", ""],
    ["missing", "whole number", "runs", "Runs that have none", ""],
];

const DIFFERENCES: &[Row] = &[
    ["arm", "text", "", "Short name of the arm that is compared", "{arms}"],
    ["reference", "text", "", "Short name of the arm that it is compared with, the first", "{arms}"],
    ["measure", "text", "", "What is measured once a run", "measures.csv, recorded: run"],
    ["unit", "text", "", "Unit of the measure", "share (0 to 1 is 0% to 100%); steps_of_need; steps; number"],
    ["difference", "number", "of the measure", "Mean over the runs of arm less reference in the same run", ""],
    ["low", "number", "of the measure", "Lower end of the 95% interval of the difference", ""],
    ["high", "number", "of the measure", "Upper end of the 95% interval of the difference", ""],
    ["median", "number", "of the measure", "Median of the differences run by run", ""],
    ["share_higher", "number", "share", "Share of the runs in which the arm is higher than the reference", "0 to 1"],
    ["share_lower", "number", "share", "Share of the runs in which the arm is lower than the reference", "0 to 1"],
    ["verdict", "text", "", "What the difference means", "better; worse; higher; lower; same; unclear"],
    ["runs", "whole number", "runs", "Runs in which both have a value", ""],
];

const MEASURES: &[Row] = &[
    ["measure", "text", "", "Key of the measure in the other tables", ""],
    ["recorded", "text", "", "When it is taken: once a run, or at the end of each step", "run; step"],
    ["label", "text", "", "Its name for people", ""],
    ["unit", "text", "", "Its unit", "share (0 to 1 is 0% to 100%); steps_of_need; steps; number"],
    ["better", "text", "", "Which direction is better for the place", "higher; lower; neither"],
    ["kind", "text", "", "The kind of provider that it is about", "empty: the whole place"],
];
