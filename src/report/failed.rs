//! What is told of runs that failed: in sentences, and in the manifest.

use super::phrase::{capitalised, count, counted, quoted};
use crate::experiment::failures::FailedRuns;
use serde_json::{Value, json};

/// What a failure is, for the description of a column.
pub(super) const FAILURE: &str = "numbers left the range that can be computed";

/// One sentence or a few for everything of which runs failed; none if none did.
pub(super) fn sentences(failed: &[FailedRuns]) -> Vec<String> {
    let mut sentences: Vec<String> = failed.iter().map(sentence).collect();
    if !sentences.is_empty() {
        sentences.push(
            "Failed runs are left out of all other numbers here. Look for numbers in the scenario that are very large or very \
             small, or that grow from step to step without end (prices, costs and need by the year; spills), and bring them \
             nearer to what could happen."
                .to_owned(),
        );
    }
    sentences
}

/// "3 of 200 runs of “A” failed: numbers left the range that can be computed. The first is run 17, where it shows in need met
/// at the end of step 4."
fn sentence(failed: &FailedRuns) -> String {
    let of = if failed.of.is_empty() { String::new() } else { format!(" of {}", quoted(&failed.of)) };
    let some = match failed.runs {
        runs if runs == failed.all && runs == 1 => format!("The only run{of}"),
        runs if runs == failed.all => format!("All {}{of}", counted(runs, "run")),
        runs => format!("{} of {}{of}", count(runs), counted(failed.all, "run")),
    };
    let shown = failed.place.as_ref().map_or_else(String::new, |place| {
        let when = place.step.map_or_else(String::new, |step| format!(" at the end of step {step}"));
        format!(", where it shows in {}{when}", place.measure)
    });
    capitalised(&format!("{some} failed: {FAILURE}. The first is run {}{shown}.", failed.first))
}

/// The same for programs.
pub(super) fn entries(failed: &[FailedRuns]) -> Vec<Value> {
    let entry = |failed: &FailedRuns| {
        json!({
            "of": failed.of,
            "runs": failed.runs,
            "first_run": failed.first,
            "measure": failed.place.as_ref().map(|place| &place.measure),
            "step": failed.place.as_ref().and_then(|place| place.step),
        })
    };
    failed.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::failure::Failure;

    #[test]
    fn a_sentence_tells_how_many_failed_and_where_the_first_did() {
        let place = Failure { measure: "need met".to_owned(), step: Some(4) };
        let failed = FailedRuns { of: String::new(), runs: 3, all: 200, first: 17, place: Some(place) };
        let told = sentences(std::slice::from_ref(&failed));
        assert_eq!(
            told[0],
            "3 of 200 runs failed: numbers left the range that can be computed. The first is run 17, where it shows in need \
             met at the end of step 4."
        );
        let all = FailedRuns { of: "A".to_owned(), runs: 200, place: None, ..failed };
        assert!(sentence(&all).starts_with("All 200 runs of “A” failed: "));
        assert!(sentences(&[]).is_empty());
    }
}
