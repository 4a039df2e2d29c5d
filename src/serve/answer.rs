//! The answer to a question: runs made on all cores, and what the script of the page needs of them.

use super::desk::Ticket;
use super::numbers;
use super::prepare::Prepared;
use super::question::Question;
use super::refusal::Refusal;
use crate::experiment::recording::{Options, count_settings, record_settings};
use crate::model::simd::InstructionSet;
use crate::page::data_of;
use serde_json::{Value, json};
use std::time::Instant;

/// Makes the runs and tells what they come to.
///
/// # Errors
/// A setting that some arm cannot take; the question was taken back, or took too long.
pub(super) fn answer(prepared: &Prepared, question: &Question, ticket: &Ticket) -> Result<String, Refusal> {
    let begun = Instant::now();
    let Prepared { cast, grid, notes } = prepared;
    let point = grid.named(&question.stops);
    let settings = if question.around { grid.around(point) } else { vec![point] };
    ticket.begin(count_settings(grid, cast.arms.len(), &settings));
    let options = Options { runs: question.runs, seed: question.seed, instructions: InstructionSet::best() };
    let arms = (cast.arms.clone(), cast.reference);
    let recording = record_settings(arms, grid.clone(), &settings, options, ticket)?.ok_or_else(|| ticket.why())?;
    let mut data = data_of(cast, &recording);
    let stops: Vec<usize> = grid.points[point].clone();
    data["live"] = json!({
        "stops": stops,
        "around": question.around,
        "arms": cast.arms.iter().map(|arm| arm.name.as_str()).collect::<Vec<&str>>(),
        "values": question.values,
        "numbers": numbers::of(&cast.arms),
        "notes": notes,
        "milliseconds": begun.elapsed().as_millis() as u64,
    });
    Ok(Value::to_string(&data))
}
