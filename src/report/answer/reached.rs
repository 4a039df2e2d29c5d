//! How narrow intervals have become, where that was asked of several measures: which of them decided the number of runs.

use super::super::phrase::{capitalised, counted, list, significant};
use super::super::study::Study;
use crate::experiment::{FIRST_LOOK, Reached};

/// "Welfare decided: its 95% interval is 0.093 wide (0.1 asked), that of need met 0.0021 (0.005)."; `None` where no widths were asked
/// for by name.
pub(super) fn sentence(study: &Study) -> Option<String> {
    let reached = study.ensemble.reached();
    let (first, others) = reached.split_first()?;
    let (level, runs) = (study.level(), study.ensemble.runs);
    let opening = if !first.is_met() {
        format!("{} are not enough for {}", capitalised(&counted(runs, "run")), first.measure.label)
    } else if runs <= FIRST_LOOK {
        format!(
            "{}, the fewest that are looked at, are enough even for {}",
            capitalised(&counted(runs, "run")),
            first.measure.label
        )
    } else {
        format!("{} decided the number of runs", capitalised(&first.measure.label))
    };
    let rest = others.iter().map(|other| format!("that of {} {}", other.measure.label, width(other, "")));
    let rest: Vec<String> =
        std::iter::once(format!("its {level} interval is {}", width(first, "wide "))).chain(rest).collect();
    Some(format!("{opening}: {}.", list(&rest)))
}

/// "0.093 wide (0.1 asked)"
fn width(reached: &Reached, wide: &str) -> String {
    let width = reached.width.map_or_else(|| "not known yet".to_owned(), significant);
    format!("{width} {wide}({} asked)", significant(reached.asked))
}
