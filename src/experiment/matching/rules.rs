//! What each rule of a scenario adds at every point that the evidence leaves: its Shapley value there, with the standard error that
//! luck leaves it.

use super::kept::Kept;
use super::over::{AtPoint, Cell, Over, OverError, Sort, gathered};
use super::sets::{Sets, SetsAt};
use crate::experiment::plan::Nobody;
use crate::experiment::principles::{self, Effects, Question, Unfit};
use crate::experiment::{Options, Watcher};
use crate::model::measure::Measure;
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults};
use crate::statistics::Tally;

/// Why the rules cannot be judged over an ensemble.
#[derive(Debug)]
pub enum RulesError {
    /// The scenario cannot be asked that.
    Unfit(Unfit),
    /// As for arms.
    Over(OverError),
}

/// Runs the combinations of a scenario's rules at every point, `options.runs` times each on the same run numbers.
///
/// # Errors
/// The scenario has no rules or not that measure; the ensemble sets nothing in it, or is impossible in it.
pub fn over_rules(
    kept: &Kept,
    scenario: &Scenario,
    (measures, orders): (&[String], Option<u32>),
    options: Options,
    watcher: &dyn Watcher,
) -> Result<Over, RulesError> {
    let question = Question::new(&scenario.setup, measures, orders).map_err(RulesError::Unfit)?;
    let rules = question.design.rules().to_vec();
    let listed = question.design.listed();
    let asked: Vec<Measure> = question.measures().cloned().collect();
    let at_point = |point: usize| {
        let setup = kept.setup(scenario, point)?;
        let question = Question::new(&setup, measures, orders).map_err(|unfit| impossible(scenario, &unfit))?;
        let found = principles::run(&setup, &question, options, &Nobody);
        let sets = found.effects.first().and_then(|first| SetsAt::of(first, &listed));
        Ok(AtPoint { cells: cells(&found.effects, rules.len()), failed: found.failures.runs, sets })
    };
    let mut begun = Over::begun(Sort::Rules(rules.clone()), &asked, options);
    begun.sets = Some(Sets { listed: listed.clone(), points: Vec::new() });
    // The combinations of one point keep all threads busy.
    gathered(kept, std::slice::from_ref(scenario), begun, 1, watcher, &at_point).map_err(RulesError::Over)
}

/// A point without the rules or measures of the scenario, which sets of numbers do not take away.
fn impossible(scenario: &Scenario, unfit: &Unfit) -> Faults {
    let fault = Fault { place: "rules".to_owned(), problem: unfit.to_string(), position: None };
    Faults { file: scenario.name.clone(), faults: vec![fault] }
}

/// None of the rules, each, all together: of each what every measure comes to.
fn cells(effects: &[Effects], rules: usize) -> Vec<Vec<Cell>> {
    let mut zero = Tally::default();
    zero.push(0.0);
    zero.push(0.0);
    let none = Tally::default();
    let of = |cell: &dyn Fn(&Effects) -> Cell| effects.iter().map(cell).collect::<Vec<Cell>>();
    let mut cells = vec![of(&|effects| Cell::of(effects.worth.first().unwrap_or(&none), &zero))];
    cells.extend((0..rules).map(|rule| of(&|effects| Cell::of(&none, &effects.shapley[rule]))));
    cells.push(of(&|effects| Cell::of(effects.worth.last().unwrap_or(&none), &effects.together)));
    cells
}
