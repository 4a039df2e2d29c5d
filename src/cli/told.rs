//! What an experiment tells at its end: as text or as one JSON document, and where its files are.

use super::ending::{Ending, Outcome};
use super::flags::Flags;
use super::{print, rows};
use commonground::report::answer::{Answer, Screen};
use commonground::report::table::Table;
use serde_json::json;
use std::path::{Path, PathBuf};

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// What fits on a screen.
    Screen,
    /// The same with all findings, and every table below it.
    All,
    /// One JSON document.
    Json,
}

impl Form {
    /// As the flags `--json` and `--all` ask for it.
    pub(super) fn of(json: bool, all: bool) -> Self {
        match (json, all) {
            (true, _) => Self::Json,
            (false, true) => Self::All,
            (false, false) => Self::Screen,
        }
    }
}

/// What an experiment tells.
pub(super) struct Told {
    /// The answer in short.
    pub(super) answer: Answer,
    /// What was found besides, with every interval, where the study has more to say than its answer.
    pub(super) findings: Vec<String>,
    /// Every table.
    pub(super) tables: Vec<Table>,
    /// Seed of all chance.
    pub(super) seed: u64,
    /// Number of runs, of each arm or of each of whatever `counts` tells.
    pub(super) runs: u64,
    /// What else was counted, by its name in JSON; the first of it is what runs are of each of.
    pub(super) counts: Vec<(&'static str, u64)>,
    /// Runs that failed.
    pub(super) failed_runs: u64,
    /// Whether it was stopped before it was done.
    pub(super) interrupted: bool,
}

impl Told {
    /// Prints what was found, and says where the files are.
    pub(super) fn print(&self, flags: &Flags, folder: &Path, files: &[PathBuf]) -> Outcome {
        print::result(&self.results(flags.form(), folder))?;
        let closing = self.closing(flags, folder, files);
        if !flags.quiet && !closing.is_empty() {
            print::say(&closing);
        }
        Ok(if self.interrupted { Ending::Stopped } else { self.ending() })
    }

    /// How a command ends that got to its end.
    pub(super) fn ending(&self) -> Ending {
        if self.failed_runs > 0 { Ending::Failed } else { Ending::Fine }
    }

    /// The results in that form; a JSON document names their folder.
    pub(super) fn results(&self, form: Form, folder: &Path) -> String {
        match form {
            Form::Json => self.document(folder),
            Form::All => all(&self.answer, &self.findings, &self.tables, Some(folder)),
            Form::Screen => on_a_screen(&self.answer, Some(folder)),
        }
    }

    fn document(&self, folder: &Path) -> String {
        let mut document = json!({
            "answer": self.answer,
            "findings": found(&self.answer, &self.findings),
            "rows": rows::of(folder),
            "folder": folder,
            "seed": self.seed,
        });
        for (name, count) in &self.counts {
            document[name] = json!(count);
        }
        document["runs"] = json!(self.runs);
        document["failed_runs"] = json!(self.failed_runs);
        document["interrupted"] = json!(self.interrupted);
        print::document(&document)
    }

    /// How it ended and where the files are.
    fn closing(&self, flags: &Flags, folder: &Path, files: &[PathBuf]) -> String {
        let (runs, seed) = (self.runs, self.seed);
        let of_each = if self.counts.is_empty() { "" } else { " of each" };
        let mut lines = Vec::new();
        if self.interrupted {
            lines.push(format!("Stopped after {runs} of {} runs{of_each}; what is done is kept.", flags.runs()));
        } else if flags.has_precision() && runs == flags.runs() {
            lines.push(format!("All {runs} runs were needed; if the interval is still too wide, raise --runs."));
        }
        let done = match self.counts.first() {
            Some((name, count)) => format!("{count} {name}, {runs} runs of each"),
            None => format!("{runs} runs"),
        };
        if self.failed_runs > 0 {
            let failed = if self.failed_runs == 1 { "1 run".to_owned() } else { format!("{} runs", self.failed_runs) };
            lines.push(format!("{failed} failed; the findings say where."));
        }
        let charts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "svg")).count();
        let charts = if charts == 1 { "1 chart".to_owned() } else { format!("{charts} charts") };
        let charts = if cfg!(feature = "png") { charts } else { format!("{charts} (SVG only: built without `png`)") };
        if flags.json {
            lines.push(format!("{done}, seed {seed}. Tables, {charts} and report.html are in {}", folder.display()));
        } else if !cfg!(feature = "png") {
            lines.push(format!("{charts}."));
        }
        let lines: Vec<String> = lines.iter().map(|line| print::wrapped(line, "")).collect();
        if lines.is_empty() { String::new() } else { format!("\n{}", lines.join("\n")) }
    }
}

/// An answer with its verdict, as far as a screen has room. `folder` is where its page is, where it has one.
pub(super) fn on_a_screen(answer: &Answer, folder: Option<&Path>) -> String {
    print::letters(&lines(answer, print::screen(), folder))
}

/// Every table and everything that was found, and the answer behind them, so that the verdict comes last.
pub(super) fn all(answer: &Answer, findings: &[String], tables: &[Table], folder: Option<&Path>) -> String {
    let mut text: Vec<String> = tables.iter().map(|table| table.to_text(print::WIDTH)).collect();
    if !findings.is_empty() {
        text.push(print::heading("Every finding"));
        text.extend(findings.iter().map(|finding| print::wrapped(&format!("- {finding}"), "  ")));
        text.push(String::new());
    }
    text.push(lines(answer, Screen { height: None, ..print::screen() }, folder));
    print::letters(&text.join("\n"))
}

fn lines(answer: &Answer, screen: Screen, folder: Option<&Path>) -> String {
    let page = folder.map(|folder| folder.join("report.html").display().to_string());
    answer.lines(screen, page.as_deref()).join("\n")
}

/// All that was found, for programs: the answer's sentences, and those with every interval.
pub(super) fn found(answer: &Answer, findings: &[String]) -> Vec<String> {
    let mut all = answer.sentences();
    all.extend(findings.iter().cloned());
    all
}
