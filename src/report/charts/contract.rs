//! When prime contracts fail: the share of runs in which each arm's has failed so far.

use super::super::figure::{Body, Figure, Survival, SurvivalCurve};
use super::super::findings::contract_headline;
use super::super::study::Study;
use super::{from_beginning, time_axis};
use crate::experiment::LEVEL;

/// A step curve for each arm that has a prime; `None` where none has.
pub(super) fn figure(study: &Study) -> Option<Figure> {
    let arms = study.summaries().zip(study.titles()).enumerate();
    let curves = arms.filter_map(|(arm, (summary, label))| {
        Some(fallen(from_beginning(arm, label, &summary.contract.as_ref()?.curve(LEVEL))))
    });
    let survival = Survival {
        x: time_axis(study),
        y_title: "Runs in which the prime contract has failed (%)".to_owned(),
        confidence: LEVEL,
        curves: curves.collect(),
    };
    let title = contract_headline(study)?;
    let what = "Share of runs in which the prime contract has failed so far";
    Some(super::figure(study, "contract", title, what, Body::Survival(survival)))
}

/// What has fallen rather than what still stands.
fn fallen(standing: SurvivalCurve) -> SurvivalCurve {
    let rest = |shares: Vec<f64>| shares.into_iter().map(|share| 1.0 - share).collect();
    let SurvivalCurve { share, low, high, .. } = standing;
    SurvivalCurve { share: rest(share), low: rest(high), high: rest(low), ..standing }
}
