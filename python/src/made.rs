//! What many runs of one scenario or several came to, in memory.

use crate::fault;
use crate::record::Outcomes;
use crate::scenario::{self, Scenario};
use crate::table::Table;
use crate::watch::{Progress, conduct};
use commonground::experiment::{self, Ensemble, Level, Options};
use commonground::model::measure::outcome_measures;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::report::answer::{Answer, Plane, Verdict};
use commonground::report::draw;
use commonground::report::figure::Figure;
use commonground::report::folder::{self, Command, Contents, Folder, Format, Place};
use commonground::report::study::{Study, arm_keys};
use commonground::scenario as library;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::OnceLock;

/// What many runs came to. Tables, findings and charts are made when they are first asked for.
#[pyclass(frozen, module = "commonground._engine")]
pub(crate) struct Made {
    arms: Vec<library::Scenario>,
    ensemble: Ensemble,
    outcomes: Outcomes,
    command: Command,
    contents: OnceLock<Result<Contents, String>>,
}

/// Runs one scenario or several on the same luck.
///
/// # Errors
/// Scenarios that cannot be compared; Ctrl-C.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "Python names them all")]
#[expect(clippy::needless_pass_by_value, reason = "so Python hands them over")]
pub(crate) fn compare(
    py: Python<'_>,
    scenarios: Vec<Py<Scenario>>,
    runs: u64,
    seed: u64,
    precision: Option<f64>,
    threads: Option<u16>,
    planner: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<Made> {
    let own: Vec<&Scenario> = scenarios.iter().map(Py::get).collect();
    let mut arms = scenario::arms(&own);
    check(&arms)?;
    let words = words(&own, &arms, (runs, seed, precision, planner));
    let level = Level::USUAL;
    let command = Command { words, runs, precision, widths: Vec::new(), level, format: Format::Csv };
    let options = Options { seed, runs, precision, level, instructions: InstructionSet::best() };
    let progress = Progress { callback: progress, all: runs };
    let (arms, ensemble, outcomes) = conduct(py, threads, &progress, move |look| {
        if planner {
            scenario::plan(&own, &mut arms);
        }
        let mut outcomes = Outcomes::of(arms.len());
        let setups: Vec<&Setup> = arms.iter().map(|arm| &arm.setup).collect();
        let ensemble = experiment::run(&setups, options, &mut outcomes, look);
        (arms, ensemble, outcomes)
    })?;
    let ensemble = ensemble.map_err(fault::inner)?;
    Ok(Made { arms, ensemble, outcomes, command, contents: OnceLock::new() })
}

/// The most arms that one table holds.
const MOST_ARMS: usize = 8;

/// Whether scenarios can stand side by side.
fn check(arms: &[library::Scenario]) -> PyResult<()> {
    let Some(first) = arms.first() else { return Err(fault::of_argument("give one scenario or more")) };
    if arms.len() > MOST_ARMS {
        return Err(fault::of_argument(format!(
            "these are {} scenarios; {MOST_ARMS} at most can be compared",
            arms.len()
        )));
    }
    let calendar = |arm: &library::Scenario| format!("`{}` has {}", arm.name, experiment::calendar(&arm.file.time));
    arms.iter().find(|arm| arm.file.time != first.file.time).map_or(Ok(()), |arm| {
        let both = format!("{}, {}", calendar(first), calendar(arm));
        Err(fault::of_argument(format!("scenarios that are compared must have the same `time`: {both}")))
    })
}

/// The command that makes the same: scenarios by their names, changed ones as the files that lie in the folder.
fn words(
    scenarios: &[&Scenario],
    arms: &[library::Scenario],
    (runs, seed, precision, planner): (u64, u64, Option<f64>, bool),
) -> Vec<String> {
    let mut words = vec!["commonground".to_owned(), if arms.len() > 1 { "compare" } else { "run" }.to_owned()];
    let named = scenarios.iter().zip(arm_keys(arms));
    words.extend(named.map(|(scenario, key)| {
        if scenario.is_as_named { scenario.checked.name.clone() } else { format!("scenarios/{key}.json") }
    }));
    words.extend(["--runs".to_owned(), runs.to_string(), "--seed".to_owned(), seed.to_string()]);
    words.extend(precision.into_iter().flat_map(|width| ["--precision".to_owned(), width.to_string()]));
    words.extend((!planner).then(|| "--no-planner".to_owned()));
    words
}

impl Made {
    fn study(&self) -> Study<'_> {
        Study { arms: &self.arms, ensemble: &self.ensemble }
    }

    fn contents(&self, py: Python<'_>) -> PyResult<&Contents> {
        let made = || folder::contents(&self.study(), Format::Csv).map_err(|error| error.to_string());
        let contents = py.detach(|| self.contents.get_or_init(made));
        contents.as_ref().map_err(fault::inner)
    }

    /// The charts of the folder, and what is traded for what.
    fn figures(&self, py: Python<'_>) -> PyResult<Vec<Figure>> {
        let tradeoff = Plane::of(&self.study()).map(|plane| plane.figure());
        Ok(self.contents(py)?.figures.iter().cloned().chain(tradeoff).collect())
    }
}

#[pymethods]
impl Made {
    #[getter]
    fn seed(&self) -> u64 {
        self.ensemble.seed
    }

    #[getter]
    fn runs(&self) -> u64 {
        self.ensemble.runs
    }

    #[getter]
    fn failed_runs(&self) -> u64 {
        self.ensemble.failed()
    }

    #[getter]
    fn arms(&self) -> Vec<(String, String)> {
        arm_keys(&self.arms).into_iter().zip(self.study().titles()).collect()
    }

    /// Names of the tables.
    fn tables(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let others = self.contents(py)?.data.iter().filter_map(|table| table.name.strip_suffix(".csv"));
        Ok(std::iter::once("runs").chain(others).map(str::to_owned).collect())
    }

    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Option<Table>> {
        if name == "runs" {
            return Ok(Some(py.detach(|| self.outcomes.table(&self.arms, self.ensemble.runs as usize))));
        }
        let tables = &self.contents(py)?.data;
        let table = tables.iter().find(|table| table.name.strip_suffix(".csv") == Some(name));
        table.map(|table| py.detach(|| Table::of_csv(&table.bytes, &table.columns))).transpose()
    }

    /// Findings and verdict, each as its part, its head and its text.
    fn findings(&self, py: Python<'_>) -> PyResult<Vec<[String; 3]>> {
        Ok(self.contents(py)?.answer.as_ref().map_or_else(Vec::new, parts))
    }

    /// Names and titles of the charts.
    fn charts(&self, py: Python<'_>) -> PyResult<Vec<(String, String)>> {
        Ok(self.figures(py)?.into_iter().map(|figure| (figure.name, figure.title)).collect())
    }

    /// A chart as SVG.
    fn chart(&self, py: Python<'_>, name: &str) -> PyResult<Option<String>> {
        let figure = self.figures(py)?.into_iter().find(|figure| figure.name == name);
        figure.map(|figure| py.detach(|| draw::svg(&figure)).map_err(fault::inner)).transpose()
    }

    /// Writes the folder that the command would; gives back its files.
    fn save(&self, py: Python<'_>, path: PathBuf, replace: bool, parquet: bool) -> PyResult<Vec<PathBuf>> {
        let format = if parquet { Format::Parquet } else { Format::Csv };
        let mut command = Command { format, ..self.command.clone() };
        if parquet {
            command.words.extend(["--format".to_owned(), "parquet".to_owned()]);
        }
        py.detach(|| {
            let folder = Folder::open(Place::Chosen(path), replace).map_err(fault::of_folder)?;
            let mut runs = folder.runs(&self.arms, format).map_err(fault::of_folder)?;
            let widths: Vec<usize> = self.arms.iter().map(|arm| outcome_measures(&arm.setup).len()).collect();
            for run in 0..self.ensemble.runs {
                runs.run(run, &self.outcomes.run(run as usize, &widths))?;
            }
            folder.write(&self.study(), runs, &command).map_err(fault::of_folder)
        })
    }
}

/// Findings and verdict of an answer.
pub(crate) fn parts(answer: &Answer) -> Vec<[String; 3]> {
    let part = |part: &str, head: &str, text: &str| [part, head, text].map(str::to_owned);
    let mut parts: Vec<[String; 3]> = answer.findings.iter().map(|text| part("finding", "", text)).collect();
    match &answer.verdict {
        Verdict::Given(lines) => parts.extend(lines.iter().map(|line| part("verdict", &line.head, &line.text))),
        Verdict::Withheld(why) => parts.push(part("verdict", "", why)),
    }
    parts
}
