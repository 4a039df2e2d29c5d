//! The answer of `sensitivity`: which of the numbers that vary move the result, on one screen.

use super::super::super::answer::{
    Answer, Cell, Column, FEWEST, Grid, Line, Style, Verdict, matters, too_many_failures,
};
use super::super::super::phrase::{capitalised, counted, list};
use super::super::answer::{Content, constant, content, measured, missing, style, varied, way_out};
use super::super::{findings, tables, words};
use super::{NAMED, Ranking, is_negligible, ranked};
use crate::experiment::sensitivity::{Method, Sensitivity};
use crate::scenario::Scenario;

/// An analysis as its answer sees it.
struct View<'a> {
    scenario: &'a Scenario,
    analysis: &'a Sensitivity,
    /// Outcomes of which something can be said, each with its parameters, the most important first.
    told: Vec<(usize, Vec<Ranking>)>,
    styles: Vec<Style>,
}

/// The answer of a sensitivity analysis.
pub(in crate::report::cells) fn answer(scenario: &Scenario, analysis: &Sensitivity) -> Answer {
    let mut answer = Answer {
        title: format!("{}: what {} does", scenario.file.title, varied(&analysis.cells.parameters)),
        measured: measured(&analysis.field),
        findings: findings::failed(&analysis.field, &analysis.cells),
        ..Answer::default()
    };
    if let [_, _, ..] = analysis.cells.parameters.as_slice() {
        answer.title = format!("{}: what {} do", scenario.file.title, varied(&analysis.cells.parameters));
    }
    if analysis.field.runs == 0 {
        answer.verdict = Verdict::none("no run was done in every cell, and an incomplete design has no index");
        return answer;
    }
    let view = View::of(scenario, analysis);
    (answer.narrow, answer.wide) = (view.grid(false), view.grid(true));
    // Where nothing has a ranking, why not is the verdict's to say.
    if !view.told.is_empty() {
        answer.findings.extend(view.findings());
    }
    answer.verdict = match view.withheld() {
        Some(reason) => Verdict::none(reason),
        None => Verdict::Given(view.lines()),
    };
    answer
}

/// The parameters of an outcome that something moves, and that has a value in every cell; of any other none.
pub(super) fn told(analysis: &Sensitivity, outcome: usize) -> Vec<Ranking> {
    match content(&analysis.means(outcome)) {
        (Content::Moves, 0) => ranked(analysis, outcome),
        _ => Vec::new(),
    }
}

/// The number that ranks a parameter, and its interval.
fn weight(ranking: &Ranking) -> (f64, Option<crate::statistics::Interval>) {
    let found = ranking.numbers.iter().find(|(name, ..)| ["total", "mu_star"].contains(name));
    found.map_or((0.0, None), |(_, value, interval)| (*value, *interval))
}

impl<'a> View<'a> {
    fn of(scenario: &'a Scenario, analysis: &'a Sensitivity) -> Self {
        let ranked = (0..analysis.outcomes.len()).map(|outcome| (outcome, told(analysis, outcome)));
        let told = ranked.filter(|(_, rankings)| !rankings.is_empty()).collect();
        let styles = analysis.outcomes.iter().map(|outcome| style(scenario, outcome)).collect();
        Self { scenario, analysis, told, styles }
    }

    fn is_morris(&self) -> bool {
        matches!(self.analysis.method, Method::Morris { .. })
    }

    fn name(&self, ranking: &Ranking) -> &str {
        &self.analysis.cells.parameters[ranking.parameter].name
    }

    fn subject(&self, outcome: usize) -> String {
        words::outcome(&self.analysis.outcomes[outcome])
    }

    fn short(&self, outcome: usize) -> String {
        words::short(&self.analysis.outcomes[outcome])
    }

    /// A row a parameter: its ends, and for each outcome how much it does.
    fn grid(&self, wide: bool) -> Grid {
        if self.told.is_empty() {
            return Grid::default();
        }
        let end = |head: &str| Column::number([String::new(), head.to_owned()], 3);
        let mut columns = vec![Column::words(0), end("from"), end("to")];
        for (outcome, _) in &self.told {
            let heading = tables::heading(&self.analysis.outcomes[*outcome]);
            columns.push(Column::of(&heading, 0));
            if !self.is_morris() {
                columns.push(Column::number(["of it".to_owned(), "alone".to_owned()], 2));
            }
        }
        let row = |ranking: &Ranking| {
            let parameter = &self.analysis.cells.parameters[ranking.parameter];
            let [from, to] = words::ends(parameter);
            let mut row: Vec<Cell> = [capitalised(&parameter.name), from, to].into_iter().map(Cell::plain).collect();
            for (outcome, rankings) in &self.told {
                let own = rankings.iter().find(|other| other.parameter == ranking.parameter);
                row.extend(own.into_iter().flat_map(|own| self.cells(*outcome, own, wide)));
            }
            row
        };
        let rows = self.told.first().map_or_else(Vec::new, |(_, rankings)| rankings.iter().map(row).collect());
        let caption = if self.is_morris() {
            "mean size of the change that each makes"
        } else {
            "% of the variance between cells"
        };
        Grid { caption: caption.to_owned(), columns, rows }
    }

    fn cells(&self, outcome: usize, ranking: &Ranking, wide: bool) -> Vec<Cell> {
        let style = if self.is_morris() { &self.styles[outcome] } else { &Style::Percent };
        let one = |column: usize| {
            let (_, value, interval) = ranking.numbers[column];
            let ends = interval.filter(|_| wide);
            let ends = ends.map(|ends| format!(" ({} to {})", style.bare(ends.low), style.bare(ends.high)));
            Cell::plain(style.bare(value) + &ends.unwrap_or_default())
        };
        // Of Sobol's indices the total comes first: it ranks them.
        if self.is_morris() { vec![one(0)] } else { vec![one(1), one(0)] }
    }

    fn findings(&self) -> Vec<String> {
        let analysis = self.analysis;
        let mut sentences = Vec::new();
        for (outcome, told) in analysis.outcomes.iter().enumerate() {
            let means = analysis.means(outcome);
            let (content, without) = content(&means);
            sentences
                .extend(missing(told, without, means.len(), &[]).map(|text| format!("{text} So it has no ranking.")));
            if let (Content::Constant(value), 0) = (content, without) {
                let constant = capitalised(&constant(&self.styles[outcome], told, value));
                sentences.push(format!("{constant}: nothing that was varied moves it."));
            }
        }
        for (outcome, rankings) in self.told.iter().skip(1) {
            sentences.push(format!("For the {}: {}.", self.short(*outcome), self.decides(*outcome, rankings)));
        }
        sentences.extend(self.told.first().and_then(|(outcome, rankings)| self.uneven(*outcome, rankings)));
        for (outcome, rankings) in &self.told {
            sentences.extend(super::unsure(analysis, &self.subject(*outcome), rankings));
        }
        sentences.extend(self.told.first().and_then(|(outcome, _)| self.luck(*outcome)));
        sentences.extend(findings::chosen(&analysis.cells));
        if analysis.field.interrupted {
            sentences.push(format!("Stopped early: every cell has {}.", counted(analysis.field.runs, "run")));
        }
        sentences
    }

    /// Numbers whose effect is as uneven as it is large, so that it depends on the others or on where they stand.
    fn uneven(&self, outcome: usize, rankings: &[Ranking]) -> Option<String> {
        let uneven = rankings.iter().filter(|ranking| {
            let found = |key: &str| ranking.numbers.iter().find(|(name, ..)| *name == key).map(|found| found.1);
            let matters = !is_negligible(self.analysis, rankings, ranking);
            matters && found("mu_star").zip(found("sigma")).is_some_and(|(size, deviation)| deviation >= size)
        });
        let names: Vec<String> = uneven.map(|ranking| self.name(ranking).to_owned()).collect();
        let verb = if names.len() == 1 { "does" } else { "do" };
        (!names.is_empty()).then(|| {
            let subject = self.short(outcome);
            let all = rankings.len() == names.len() && names.len() > 1;
            let names = if all { "each of them".to_owned() } else { list(&names) };
            let verb = if all { "does" } else { verb };
            format!("What {names} {verb} to the {subject} varies, or depends on the other numbers.")
        })
    }

    /// How much of the variance of single runs is luck.
    fn luck(&self, outcome: usize) -> Option<String> {
        let found = self.analysis.components(outcome)?;
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        Some(format!(
            "Of the variance of the {} from run to run {} is due to these numbers, the rest to luck.",
            self.short(outcome),
            percent(found.parameters)
        ))
    }

    /// "graduated sanctions fine (25 points), then measures coverage (20 points)"
    fn decides(&self, outcome: usize, rankings: &[Ranking]) -> String {
        let part = |ranking: &Ranking| {
            let value = weight(ranking).0;
            if self.is_morris() {
                format!("{} ({})", self.name(ranking), self.styles[outcome].sizes(&[value]))
            } else {
                format!("{} ({:.0}% of the variance)", self.name(ranking), value.clamp(0.0, 1.0) * 100.0)
            }
        };
        let parts: Vec<String> = super::weighty(self.analysis, rankings).take(NAMED).map(part).collect();
        parts.join(", then ")
    }

    fn lines(&self) -> Vec<Line> {
        let Some((outcome, rankings)) = self.told.first() else { return Vec::new() };
        let idle: Vec<String> = rankings
            .iter()
            .filter(|ranking| is_negligible(self.analysis, rankings, ranking))
            .map(|ranking| self.name(ranking).to_owned())
            .collect();
        let same = match idle.as_slice() {
            [] => format!("none: every one of these numbers moves the {}.", self.short(*outcome)),
            some => format!("next to nothing depends on {}.", list(some)),
        };
        vec![
            Line::new("Decides", format!("the {}: {}.", self.short(*outcome), self.decides(*outcome, rankings))),
            Line::new("Same", same),
            Line::new("Depends", self.depends(rankings)),
        ]
    }

    /// Whether the order is sure, and what it holds for.
    fn depends(&self, rankings: &[Ranking]) -> String {
        let holds = "on the ranges: wider ones move more";
        let [first, second, ..] = rankings else { return format!("{holds}.") };
        let ends = weight(first).1.zip(weight(second).1);
        if ends.is_some_and(|(first, second)| second.high >= first.low) {
            let more = match self.analysis.method {
                Method::Morris { .. } => "--trajectories",
                Method::Sobol { .. } => "--base",
            };
            let (first, second) = (self.name(first), self.name(second));
            return format!("{holds}. Which of {first} and {second} comes first is open: raise {more}.");
        }
        format!("{holds}. That {} comes first is sure.", self.name(first))
    }

    /// The reason why there is no verdict; `None` where there is one.
    fn withheld(&self) -> Option<String> {
        let field = &self.analysis.field;
        let all = field.runs * field.cells.len() as u64;
        if let Some(reason) = too_many_failures(field.failed(), all) {
            return Some(reason);
        }
        let Some((outcome, rankings)) = self.told.first() else { return Some(self.nothing()) };
        let (rows, flag) = match self.analysis.method {
            Method::Morris { trajectories, .. } => (trajectories, "--trajectories"),
            Method::Sobol { base } => (base, "--base"),
        };
        if (rows as u64) < FEWEST {
            return Some(format!("{flag} {rows} is too few to rank anything; use {FEWEST} or more"));
        }
        let measure = &self.analysis.outcomes[*outcome].measure;
        let reach = |ranking: &Ranking| weight(ranking).1.map_or(0.0, |ends| ends.high);
        let most = rankings.iter().map(reach).fold(0.0, f64::max);
        let mean = self.analysis.means(*outcome).first().copied().unwrap_or(0.0);
        (self.is_morris() && most < matters(measure, mean)).then(|| {
            let subject = self.subject(*outcome);
            format!(
                "no number moves {subject} by what matters (the most is {}). {}",
                self.styles[*outcome].sizes(&[most]),
                way_out(&self.analysis.outcomes, self.scenario.setup.has_need())
            )
        })
    }

    /// Why nothing has a ranking: what is the same everywhere, and what has no value somewhere, each as what it is.
    fn nothing(&self) -> String {
        let analysis = self.analysis;
        let has_need = self.scenario.setup.has_need();
        let mut constants = Vec::new();
        let mut holes = Vec::new();
        for (outcome, told) in analysis.outcomes.iter().enumerate() {
            let means = analysis.means(outcome);
            match content(&means) {
                (Content::Constant(value), 0) => constants.push(constant(&self.styles[outcome], told, value)),
                (_, without) => holes.push(missing(told, without, means.len(), &[]).unwrap_or_else(|| {
                    format!("{} has no variance that could be shared out.", capitalised(&words::outcome(told)))
                })),
            }
        }
        let mut reasons: Vec<String> = Vec::new();
        if !constants.is_empty() {
            reasons.push(format!("{}. {}", list(&constants), way_out(&analysis.outcomes, has_need)));
        }
        reasons.extend(holes);
        reasons.join(". ").trim_end_matches('.').to_owned()
    }
}
