//! From a question to scenarios that can be run: read without a disk, changed, checked, and small enough.

use super::hand;
use super::limits::{MOST_PROVIDERS, MOST_STEPS, MOST_WORK};
use super::question::{Asked, Question};
use super::refusal::Refusal;
use crate::experiment::check_arms;
use crate::experiment::recording::Grid;
use crate::page::{Cast, FRONT};
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::file::File;
use crate::scenario::text::{Address, Document};
use serde_json::Value;

/// Arms and what can be turned in them.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    /// The arms, values set.
    pub(super) cast: Cast,
    /// What is turned.
    pub(super) grid: Grid,
    /// Which arms keep a number of their own where others are turned.
    pub(super) notes: Vec<String>,
}

/// Reads and changes what a question names. `given` are the scenarios that the server was started with.
///
/// # Errors
/// Every fault of a scenario; scenarios that do not fit beside each other, or are too large for a page.
pub(super) fn prepare(given: &[Scenario], question: &Question) -> Result<Prepared, Refusal> {
    let asked: Vec<Scenario> = if question.arms.is_empty() {
        given.to_vec()
    } else {
        question.arms.iter().map(|asked| read(given, asked)).collect::<Result<_, _>>()?
    };
    let mut arms = hand::set(&asked, &question.values, question.runs)?;
    check_arms(&arms).map_err(Refusal::asked)?;
    let is_front =
        arms.iter().map(|arm| arm.name.as_str()).eq(FRONT) && question.arms.iter().all(|arm| arm.text.is_none());
    let reference = usize::from(is_front);
    let notes = hand::fit_knobs(&mut arms, reference);
    let grid = Grid::of(&arms, reference)?;
    let cast = if is_front { Cast::front(arms) } else { Cast::of(arms) };
    Ok(Prepared { cast, grid, notes })
}

/// A scenario by name or from the text of a dropped file. Neither reads a disk: what is given was read at the start, and a text may
/// extend bundled scenarios only.
fn read(given: &[Scenario], asked: &Asked) -> Result<Scenario, Refusal> {
    let document = match &asked.text {
        Some(text) => Document::from_text::<File>(&BUNDLED, Address::Disk(asked.name.clone().into()), text)?,
        None => match given.iter().find(|scenario| scenario.name == asked.name) {
            Some(known) => return Ok(known.clone()),
            None => Document::read::<File>(&BUNDLED, &asked.name)?,
        },
    };
    // Before it is built, since that takes memory for every provider.
    bounded(document.value(), 1)?;
    Ok(Scenario::check(&BUNDLED, &asked.name, document)?)
}

/// Whether a scenario, as it is written, is small enough to be run while somebody waits.
///
/// # Errors
/// It is not; the words say by what, and how much would be.
pub(super) fn bounded(scenario: &Value, runs: u64) -> Result<(), Refusal> {
    let count = |kind: &Value| kind.get("count").and_then(Value::as_u64).unwrap_or(1);
    let kinds = scenario.get("providers").and_then(Value::as_object);
    let providers = kinds.map_or(0, |kinds| kinds.values().map(count).fold(0, u64::saturating_add));
    let steps = scenario.pointer("/time/steps").and_then(Value::as_u64).unwrap_or(0);
    if providers > MOST_PROVIDERS {
        return Err(Refusal::asked(format!(
            "{providers} providers are more than a page can wait for ({MOST_PROVIDERS} at most); use `commonground run`"
        )));
    }
    if steps > MOST_STEPS {
        return Err(Refusal::asked(format!(
            "{steps} steps are more than a page can wait for ({MOST_STEPS} at most); use `commonground run`"
        )));
    }
    let work = providers.saturating_mul(steps);
    if work.saturating_mul(runs) > MOST_WORK {
        let fit = MOST_WORK / work.max(1);
        return Err(Refusal::asked(format!(
            "{providers} providers over {steps} steps, {runs} times, are more than a page can wait for; about {fit} runs would fit. \
             For more, use `commonground run`"
        )));
    }
    Ok(())
}
