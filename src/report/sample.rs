//! Ensembles made by hand, for tests.

use crate::experiment::{Ensemble, Level, Summary};
use crate::scenario::{Scenario, bundled::BUNDLED};
use crate::statistics::Paired;

use super::study::COLLAPSE_STEP;

/// A fishery-like scenario without need, as so many arms titled A, B, C.
pub(super) fn pastures(arms: usize) -> Vec<Scenario> {
    titled(vec![Scenario::load(&BUNDLED, "pasture-fortress").unwrap(); arms])
}

/// A place with need, money and several kinds of provider, as so many arms titled A, B, C.
pub(super) fn places(arms: usize) -> Vec<Scenario> {
    titled(vec![Scenario::load(&BUNDLED, "place-fortress").unwrap(); arms])
}

fn titled(mut arms: Vec<Scenario>) -> Vec<Scenario> {
    for (arm, title) in arms.iter_mut().zip('A'..='Z') {
        arm.file.title = title.to_string();
    }
    arms
}

/// An ensemble in which every outcome is what `value` says of it, by arm, run and key. The time of collapse, from 1, says
/// whether a run collapsed: NaN if not. Series are a half throughout.
pub(super) fn ensemble(arms: &[Scenario], runs: u64, value: impl Fn(usize, u64, &str) -> f64) -> Ensemble {
    let value = |arm: usize, run: u64, key: &str| match key {
        "collapsed" => f64::from(u8::from(value(arm, run, COLLAPSE_STEP) >= 1.0)),
        _ => value(arm, run, key),
    };
    let mut summaries: Vec<Summary> = arms.iter().map(|arm| Summary::new(&arm.setup)).collect();
    for (arm, summary) in summaries.iter_mut().enumerate() {
        for run in 0..runs {
            for (measure, cell) in summary.measures.iter().zip(&mut summary.outcomes) {
                cell.tally.push(value(arm, run, &measure.key));
                cell.sketch.push(value(arm, run, &measure.key));
            }
            let collapse = value(arm, run, COLLAPSE_STEP);
            summary.survival.push((collapse >= 1.0).then(|| collapse as usize - 1));
            if let Some(contract) = &mut summary.contract {
                let failure = value(arm, run, "contract_failed_step");
                contract.push((failure >= 1.0).then(|| failure as usize - 1));
            }
        }
        for cell in &mut summary.series {
            cell.tally.push(0.5);
            cell.sketch.push(0.5);
        }
    }
    let differences = (1..arms.len()).map(|arm| {
        let pairs = summaries[0].measures.iter().map(|measure| {
            let mut paired = Paired::default();
            (0..runs).for_each(|run| paired.push(value(0, run, &measure.key), value(arm, run, &measure.key)));
            Some(paired)
        });
        pairs.collect()
    });
    let has_need = arms.iter().all(|arm| arm.setup.has_need());
    Ensemble {
        seed: 7,
        level: Level::USUAL,
        runs,
        interrupted: false,
        differences: differences.collect(),
        main_measure: if has_need { "need_met" } else { "stock_mean" }.to_owned(),
        arms: summaries,
        widths: Vec::new(),
    }
}

/// Evenly spread between −1 and 1 by run number: noise without chance.
pub(super) fn wave(run: u64) -> f64 {
    (run % 21) as f64 / 10.0 - 1.0
}
