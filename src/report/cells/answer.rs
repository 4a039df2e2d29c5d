//! The answer of `sweep`: what the numbers that vary do, and where it tips, on one screen.

mod grid;
mod verdict;

use super::super::answer::{Answer, Fact, Style, Verdict, counted_in_words, too_few, too_many_failures, unit_of_money};
use super::super::phrase::{capitalised, count, counted, list};
use super::{findings, tipping, words};
use crate::experiment::field::Field;
use crate::experiment::sweep::Sweep;
use crate::experiment::target::Outcome;
use crate::experiment::vary::Parameter;
use crate::scenario::Scenario;

/// A sweep as its answer sees it.
struct View<'a> {
    scenario: &'a Scenario,
    sweep: &'a Sweep,
    /// How the numbers of each outcome are written.
    styles: Vec<Style>,
    /// Outcomes that differ between cells, by position.
    moving: Vec<usize>,
}

/// The answer of a sweep.
pub(super) fn answer(scenario: &Scenario, sweep: &Sweep) -> Answer {
    let field = &sweep.field;
    let mut answer = Answer {
        title: format!("{}: {}", scenario.file.title, varied(&sweep.cells.parameters)),
        measured: measured(field),
        findings: findings::failed(field, &sweep.cells),
        ..Answer::default()
    };
    if field.runs == 0 {
        return answer;
    }
    let view = View::of(scenario, sweep);
    (answer.narrow, answer.wide, answer.notes) = grid::grids(&view);
    answer.findings.extend(view.findings());
    answer.verdict = match view.withheld() {
        Some(reason) => Verdict::none(reason),
        None => Verdict::Given(verdict::lines(&view)),
    };
    answer
}

/// "9 cells, 100 runs of each"
pub(super) fn measured(field: &Field) -> String {
    format!("{}, {} of each", counted(field.cells.len() as u64, "cell"), counted(field.runs, "run"))
}

/// "tariff price from 0.2 to 1", "tariff price and norm weight"
pub(super) fn varied(parameters: &[Parameter]) -> String {
    match parameters {
        [only] if only.is_levels() => format!("{}: {}", only.name, words::range(only)),
        [only] => format!("{} {}", only.name, words::range(only)),
        [_, _] | [_, _, _] => list(&parameters.iter().map(|parameter| parameter.name.clone()).collect::<Vec<_>>()),
        many if many.iter().any(Parameter::is_levels) => format!("{} things varied", counted_in_words(many.len())),
        many => format!("{} numbers varied", counted_in_words(many.len())),
    }
}

/// How the numbers of an outcome are written.
pub(super) fn style(scenario: &Scenario, outcome: &Outcome) -> Style {
    Style::of(&outcome.measure, &unit_of_money(&scenario.setup))
}

/// What an outcome comes to in every cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// It differs between cells.
    Moves,
    /// It is this number in all that have a value.
    Constant(f64),
    /// So many cells have no value; none does.
    Missing,
}

/// What the means of an outcome come to, and in how many cells there is none.
pub(super) fn content(means: &[f64]) -> (Content, usize) {
    let known: Vec<f64> = means.iter().copied().filter(|mean| !mean.is_nan()).collect();
    let missing = means.len() - known.len();
    let content = match known.first() {
        None => Content::Missing,
        Some(first) if known.iter().all(|mean| mean.total_cmp(first).is_eq()) => Content::Constant(*first),
        Some(_) => Content::Moves,
    };
    (content, missing)
}

/// Cells without a value that are told one by one.
const FEW: usize = 3;

/// What is to be said of cells without a value, and where those are if they are few; `None` where there are none.
pub(super) fn missing(outcome: &Outcome, missing: usize, cells: usize, places: &[String]) -> Option<String> {
    let instead = match outcome.measure.key.as_str() {
        "collapse_step" => "no run collapses there. Ask for collapsed, or for 'collapse_step<20'",
        _ => "no run there has one (cells.csv says which)",
    };
    let which = match missing {
        0 => return None,
        some if some == cells => "No cell has a value".to_owned(),
        1 => format!("1 of {} cells has no value", count(cells as u64)),
        some => format!("{} of {} cells have no value", count(some as u64), count(cells as u64)),
    };
    let few = (1..=FEW).contains(&places.len()) && places.len() < cells;
    let at = if few { format!(" (at {})", list(places)) } else { String::new() };
    Some(format!("{which} of {}{at}: {instead}.", words::outcome(outcome)))
}

/// That nothing moves an outcome: "the chance of collapse is 0% in every cell"
pub(super) fn constant(style: &Style, outcome: &Outcome, value: f64) -> String {
    format!("the {} is {} in every cell", words::short(outcome), style.level(value))
}

/// The way out where nothing moves: another measure, or wider ranges.
pub(super) fn way_out(outcomes: &[Outcome], has_need: bool) -> String {
    let known = |key: &str| outcomes.iter().any(|outcome| outcome.key == key);
    let other = [("need_met", has_need), ("stock_end", true), ("trust_end", true)];
    let other = other.into_iter().find(|(key, there)| *there && !known(key)).map_or("welfare", |(key, _)| key);
    format!("Nothing that was varied moves it. Another measure (--measure {other}) or wider ranges may show more")
}

impl<'a> View<'a> {
    fn of(scenario: &'a Scenario, sweep: &'a Sweep) -> Self {
        let styles = sweep.outcomes.iter().map(|outcome| style(scenario, outcome)).collect();
        let view = Self { scenario, sweep, styles, moving: Vec::new() };
        let moving = (0..sweep.outcomes.len()).filter(|outcome| content(&view.means(*outcome)).0 == Content::Moves);
        Self { moving: moving.collect(), ..view }
    }

    fn mean(&self, cell: usize, outcome: usize) -> f64 {
        self.sweep.estimate(cell, outcome).map_or(f64::NAN, |found| found.0)
    }

    fn means(&self, outcome: usize) -> Vec<f64> {
        (0..self.sweep.cells.points.len()).map(|cell| self.mean(cell, outcome)).collect()
    }

    /// How an outcome differs between two values of a parameter; only of a grid.
    fn effect(&self, comparison: usize, outcome: usize) -> Option<Fact<'a>> {
        let (change, interval) = self.sweep.effect(comparison, outcome)?;
        let known = self.means(outcome).into_iter().filter(|mean| !mean.is_nan());
        let from = known.reduce(f64::min)?;
        Some(Fact::found(&self.sweep.outcomes[outcome].measure, (from, change), Some(interval)))
    }

    /// The cells in which an outcome is lowest and highest.
    fn extremes(&self, outcome: usize) -> Option<(usize, usize)> {
        let means = self.means(outcome);
        let known = || (0..means.len()).filter(|cell| !means[*cell].is_nan());
        let lowest = known().min_by(|one, other| means[*one].total_cmp(&means[*other]))?;
        Some((lowest, known().max_by(|one, other| means[*one].total_cmp(&means[*other]))?))
    }

    /// "tariff price 0.5 and norm weight 0.2"
    fn place(&self, cell: usize) -> String {
        words::cell(&self.sweep.cells.parameters, &self.sweep.cells.points[cell])
    }

    fn findings(&self) -> Vec<String> {
        let sweep = self.sweep;
        let mut sentences = Vec::new();
        for (outcome, told) in sweep.outcomes.iter().enumerate() {
            let means = self.means(outcome);
            let (content, without) = content(&means);
            let holes = (0..means.len()).filter(|cell| means[*cell].is_nan());
            let holes: Vec<String> = holes.take(FEW + 1).map(|cell| self.place(cell)).collect();
            sentences.extend(missing(told, without, means.len(), &holes));
            match content {
                Content::Constant(value) => sentences.push(format!(
                    "{}: nothing that was varied moves it.",
                    capitalised(&constant(&self.styles[outcome], told, value))
                )),
                // The verdict tells the first, a row of values all, a map what is in it.
                Content::Moves => {
                    let is_told = self.moving.first() == Some(&outcome) || grid::shows(self, outcome);
                    sentences.extend(self.range(outcome).filter(|_| !is_told));
                }
                Content::Missing => {}
            }
        }
        // The first place where a chance tips stands in the verdict.
        let tips = self.moving.iter().flat_map(|outcome| tipping::more_places(sweep, *outcome));
        sentences.extend(tips);
        sentences.extend(findings::chosen(&sweep.cells));
        if sweep.field.interrupted {
            sentences.push(format!("Stopped early: every cell has {}.", counted(sweep.field.runs, "run")));
        }
        sentences
    }

    /// "Need met is lowest at price 2 (61%) and highest at price 0.5 (90%)."; of ties, how many there are.
    fn range(&self, outcome: usize) -> Option<String> {
        let (lowest, highest) = self.extremes(outcome)?;
        let means = self.means(outcome);
        let ties = |cell: usize| means.iter().filter(|mean| mean.total_cmp(&means[cell]).is_eq()).count();
        let (low, high) = self.styles[outcome].pair(means[lowest], means[highest]);
        let place = |cell: usize| match ties(cell) {
            1 => format!("at {}", self.place(cell)),
            some => format!("in {} of {} cells", count(some as u64), count(means.len() as u64)),
        };
        let subject = capitalised(&words::short(&self.sweep.outcomes[outcome]));
        Some(format!("{subject} is lowest {} ({low}) and highest {} ({high}).", place(lowest), place(highest)))
    }

    /// The reason why there is no verdict; `None` where there is one.
    fn withheld(&self) -> Option<String> {
        let field = &self.sweep.field;
        let all = field.runs * field.cells.len() as u64;
        if let Some(reason) = too_many_failures(field.failed(), all).or_else(|| too_few(field.runs, " of each cell")) {
            return Some(reason);
        }
        if !self.moving.is_empty() {
            return None;
        }
        let told =
            self.sweep.outcomes.iter().enumerate().map(|(outcome, told)| match content(&self.means(outcome)).0 {
                Content::Constant(value) => constant(&self.styles[outcome], told, value),
                Content::Moves | Content::Missing => format!("{} has no value in any cell", words::outcome(told)),
            });
        let told = list(&told.collect::<Vec<_>>());
        Some(format!("{told}. {}", way_out(&self.sweep.outcomes, self.scenario.setup.has_need())))
    }
}
