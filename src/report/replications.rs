//! Published results beside ours: the table, the findings and the charts of replications.

mod answer;

use super::answer::Answer;
use super::figure::{self, Axis, Body, EffectRow, Effects, Figure, PlaneLine};
use super::folder::{Contents, Folder, FolderError};
use super::table::{Entry, Table};
use crate::experiment::replicate::{
    Chart, Check, Drawing, Form, Pairs, Plane, Replication, Reproduction, Status, Tolerance, Unit,
};
use serde::Serialize;
use serde_json::json;
use std::path::PathBuf;

/// A published result with what the engine made of it.
#[derive(Clone, Debug)]
pub struct Replicated<'a> {
    /// The published result.
    pub replication: &'a Replication,
    /// Ours.
    pub reproduction: &'a Reproduction,
}

/// Writes the result folder, `results.json` among its files, and gives back their paths, the manifest last.
///
/// # Errors
/// A file cannot be written or a chart not be drawn; then none of the new files is left.
pub fn write(all: &[Replicated], folder: Folder) -> Result<Vec<PathBuf>, FolderError> {
    let documents: Vec<Document> = all.iter().map(Replicated::document).collect();
    let results = format!("{}\n", serde_json::to_string_pretty(&documents).unwrap_or_default());
    let scenarios = all.iter().flat_map(|one| &one.reproduction.scenarios);
    let contents = Contents {
        answer: Some(answer(all)),
        files: vec![("results.json".to_owned(), results.into_bytes())],
        data: Vec::new(),
        scenarios: scenarios.map(|(name, scenario)| (name.clone(), scenario.resolved())).collect(),
        findings: all.iter().flat_map(Replicated::findings).collect(),
        figures: all.iter().flat_map(Replicated::figures).collect(),
        tables: all.iter().map(Replicated::table).collect(),
    };
    folder.write_all(contents, |files| manifest(all, files))
}

/// What is printed at the end, and stands first on the page.
pub fn answer(all: &[Replicated]) -> Answer {
    answer::answer(all)
}

/// What was run, and the files that came of it.
fn manifest(all: &[Replicated], files: &[&str]) -> String {
    let words = ["commonground", "replicate"].into_iter().chain(all.iter().map(|one| one.replication.name));
    let manifest = json!({
        "commonground": crate::identity::VERSION,
        "sources": crate::identity::SOURCES,
        "command": words.collect::<Vec<_>>(),
        "passes": all.iter().all(|one| one.reproduction.passes()),
        "files": files,
    });
    format!("{manifest:#}\n")
}

/// One published result as a machine reads it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document<'a> {
    /// The name by which it is asked for.
    pub name: &'a str,
    /// What it is.
    pub title: &'a str,
    /// Where it was published.
    pub source: &'a str,
    /// Whether every value is what was published, within its tolerance.
    pub passes: bool,
    /// The values.
    pub checks: Vec<Row<'a>>,
    /// What to bear in mind.
    pub caveats: Vec<String>,
}

/// One value with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row<'a> {
    /// What the value is.
    pub what: &'a str,
    /// Ours.
    pub ours: f64,
    /// The published one.
    pub published: f64,
    /// How far ours may be from it.
    pub tolerance: Tolerance,
    /// What it is counted in.
    pub unit: Unit,
    /// How the published value is known.
    pub status: Status,
    /// Whether it passes.
    pub passes: bool,
}

impl<'a> Replicated<'a> {
    /// Ours beside the published values, a row each.
    pub fn table(&self) -> Table {
        let columns = ["value", "ours", "published", "tolerance", "status", ""];
        Table {
            title: format!("{} ({})", self.replication.title, self.replication.source),
            columns: columns.map(str::to_owned).to_vec(),
            rows: self.reproduction.checks.iter().map(row).collect(),
        }
    }

    /// Whether it was reproduced, in a sentence.
    pub fn finding(&self) -> String {
        let checks: Vec<&Check> = self.reproduction.checks.iter().filter(|check| check.is_judged()).collect();
        let passed = checks.iter().filter(|check| check.passes()).count();
        let name = self.replication.name;
        if passed == checks.len() {
            format!("{name}: reproduced, all {passed} values within their tolerance.")
        } else {
            format!(
                "{name}: NOT reproduced, {} of {} values are out of tolerance.",
                checks.len() - passed,
                checks.len()
            )
        }
    }

    /// Whether it was reproduced, and what to bear in mind.
    pub fn findings(&self) -> Vec<String> {
        let name = self.replication.name;
        let caveats = self.caveats().into_iter().map(|caveat| format!("To bear in mind for {name}: {caveat}"));
        std::iter::once(self.finding()).chain(caveats).collect()
    }

    /// What to bear in mind, and which values are recalled.
    pub fn caveats(&self) -> Vec<String> {
        let recalled = self.reproduction.checks.iter().filter(|check| check.status == Status::Recalled).count();
        let mut all: Vec<String> = self.replication.caveats.iter().map(|&caveat| caveat.to_owned()).collect();
        if recalled > 0 {
            all.push(format!("{recalled} published values are recalled and not checked against the paper."));
        }
        all
    }

    /// The same for a machine.
    pub fn document(&self) -> Document<'a> {
        Document {
            name: self.replication.name,
            title: self.replication.title,
            source: self.replication.source,
            passes: self.reproduction.passes(),
            checks: self.reproduction.checks.iter().map(Row::of).collect(),
            caveats: self.caveats(),
        }
    }

    /// Its charts.
    pub fn figures(&self) -> Vec<Figure> {
        self.reproduction.charts.iter().map(|chart| figure(chart, self.replication)).collect()
    }
}

impl<'a> Row<'a> {
    fn of(check: &'a Check) -> Self {
        let Check { what, ours, published, tolerance, unit, status } = check;
        let (ours, published, tolerance) = (*ours, *published, *tolerance);
        Self { what, ours, published, tolerance, unit: *unit, status: *status, passes: check.passes() }
    }
}

fn row(check: &Check) -> Vec<Entry> {
    let number = |value: f64| Entry::number(shown(value, check.unit), value);
    vec![
        Entry::words(check.what.as_str()),
        number(check.ours),
        number(check.published),
        Entry::words(tolerance(check)),
        Entry::words(check.status.word()),
        Entry::words(match (check.is_judged(), check.passes()) {
            (false, _) => "",
            (true, true) => "pass",
            (true, false) => "FAIL",
        }),
    ]
}

/// Numbers with four digits that say something; shares as per cent.
fn shown(value: f64, unit: Unit) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let (value, sign) = match unit {
        Unit::Number => (value, ""),
        Unit::Share => (value * 100.0, "%"),
    };
    let size = value.abs();
    let decimals = if size >= 1000.0 {
        0
    } else if size >= 100.0 {
        1
    } else if size >= 10.0 {
        2
    } else {
        4
    };
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{}{sign}", if text == "-0" { "0" } else { text }).replace('-', "−")
}

fn tolerance(check: &Check) -> String {
    match check.tolerance {
        Tolerance::Exact => "exact".to_owned(),
        Tolerance::Told => "not judged".to_owned(),
        Tolerance::Within(distance) => match check.unit {
            Unit::Number => format!("± {}", shown(distance, Unit::Number)),
            Unit::Share => format!("± {} points", shown(distance * 100.0, Unit::Number)),
        },
        Tolerance::Relative(share) => format!("± {} of it", shown(share, Unit::Share)),
    }
}

fn figure(chart: &Chart, replication: &Replication) -> Figure {
    Figure {
        name: chart.name.to_owned(),
        title: chart.title.clone(),
        subtitle: chart.subtitle.clone(),
        note: format!("commonground replicate {}; after {}", replication.name, replication.source),
        body: match &chart.drawing {
            Drawing::Plane(drawing) => plane(drawing),
            Drawing::Pairs(drawing) => pairs(drawing),
        },
    }
}

fn plane(drawing: &Plane) -> Body {
    let (across, ends) = drawing.x;
    let x = Axis { range: Some(ends), ..Axis::number(across) };
    let y = axis(drawing.y, drawing.lines.iter().flat_map(|line| &line.points).map(|(_, y)| *y));
    let lines = drawing.lines.iter().map(|line| PlaneLine {
        label: line.label.clone(),
        points: line.points.clone(),
        joined: line.form == Form::Joined,
    });
    Body::Plane(figure::Plane { x, y, lines: lines.collect() })
}

/// Ours as the first number of a row, the published one with its tolerance as the second.
fn pairs(drawing: &Pairs) -> Body {
    let rows = drawing.rows.iter().map(|pair| {
        let (published, tolerance) = pair.published;
        EffectRow {
            label: pair.label.clone(),
            values: [(pair.ours, f64::NAN, f64::NAN), (published, published - tolerance, published + tolerance)],
        }
    });
    Body::Effects(Effects {
        axis: axis(drawing.axis, drawing.rows.iter().flat_map(|pair| [pair.ours, pair.published.0])),
        names: ["engine".to_owned(), "published, with its tolerance".to_owned()],
        rows: rows.collect(),
    })
}

/// An axis for these numbers: shares run from 0% to 100% where nothing lies outside but by rounding.
fn axis((title, unit): (&str, Unit), mut values: impl Iterator<Item = f64>) -> Axis {
    const ROUNDING: f64 = 1e-3;
    match unit {
        Unit::Number => Axis::number(title),
        Unit::Share => {
            let within = values.all(|value| value.is_nan() || (-ROUNDING..=1.0 + ROUNDING).contains(&value));
            Axis { range: within.then_some((0.0, 1.0)), ..Axis::percent(title) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_the_digits_that_say_something() {
        assert_eq!(shown(46.666_67, Unit::Number), "46.67");
        assert_eq!(shown(0.060_592, Unit::Share), "6.0592%");
        assert_eq!(shown(-19.753, Unit::Share), "−1975%");
        assert_eq!(shown(64.0, Unit::Number), "64");
        assert_eq!(shown(-1e-9, Unit::Number), "0");
        assert_eq!(shown(f64::NAN, Unit::Number), "–");
    }
}
