//! When prime contracts fail: the share of runs in which each arm's has failed so far.

use super::super::figure::{Body, Figure, Survival, SurvivalCurve};
use super::super::phrase::{Numerals, counted, list, quoted};
use super::super::study::Study;
use super::{from_beginning, time_axis};
use crate::experiment::Level;
use crate::model::measure::Unit;
use crate::statistics::{Interval, Survival as Lasting, wilson_interval};

/// More arms than this are not all named in a title.
const MOST_NAMED: usize = 2;

/// A step curve for each arm that has a prime; `None` where none has.
pub(super) fn figure(study: &Study) -> Option<Figure> {
    let level = study.level();
    let arms = study.summaries().zip(study.titles()).enumerate();
    let curves = arms.filter_map(|(arm, (summary, label))| {
        Some(fallen(from_beginning(arm, label, &summary.contract.as_ref()?.curve(level.share()))))
    });
    let survival = Survival {
        x: time_axis(study),
        y_title: "Runs in which the prime contract has failed (%)".to_owned(),
        confidence: level,
        curves: curves.collect(),
    };
    let title = title(study)?;
    let what = "Share of runs in which the prime contract has failed so far";
    Some(super::figure(study, "contract", title, what, Body::Survival(survival)))
}

/// What has fallen rather than what still stands.
fn fallen(standing: SurvivalCurve) -> SurvivalCurve {
    let rest = |shares: Vec<f64>| shares.into_iter().map(|share| 1.0 - share).collect();
    let SurvivalCurve { share, low, high, .. } = standing;
    SurvivalCurve { share: rest(share), low: rest(high), high: rest(low), ..standing }
}

/// How often the contract failed, of each arm with a prime or of the extremes; `None` where no arm has one.
fn title(study: &Study) -> Option<String> {
    let arms = study.summaries().zip(study.titles());
    let contracts: Vec<(&Lasting, String)> =
        arms.filter_map(|(summary, title)| Some((summary.contract.as_ref()?, title))).collect();
    let (most, often) = contracts.iter().max_by_key(|(contract, _)| contract.collapsed())?;
    Some(match contracts.as_slice() {
        [(contract, _)] => {
            format!(
                "The prime contract failed in {} of {}",
                level(contract, study.level())?,
                counted(contract.runs(), "run")
            )
        }
        few if few.len() <= MOST_NAMED => {
            let one = |(place, (contract, title)): (usize, &(&Lasting, String))| {
                let of = if place == 0 { " of runs" } else { "" };
                Some(format!("{}{of} with {}", level(contract, study.level())?, quoted(title)))
            };
            let shares: Option<Vec<String>> = few.iter().enumerate().map(one).collect();
            format!("The prime contract failed in {}", list(&shares?))
        }
        _ => format!(
            "The prime contract failed most often with {}: in {} of runs",
            quoted(often),
            level(most, study.level())?
        ),
    })
}

/// The share of runs in which it failed, as finely as the interval gives reason to; "none" of them.
fn level(contract: &Lasting, confidence: Level) -> Option<String> {
    if contract.collapsed() == 0 {
        return Some("none".to_owned());
    }
    let (share, interval) = failed(contract, confidence)?;
    Some(Numerals::new(Unit::Share, "", share, Some(interval)).level(share))
}

/// The share of runs in which it failed, with its interval.
fn failed(contract: &Lasting, confidence: Level) -> Option<(f64, Interval)> {
    let (failed, runs) = (contract.collapsed(), contract.runs());
    Some((failed as f64 / runs as f64, wilson_interval(failed, runs, confidence.share())?))
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::ensemble;
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn a_title_says_in_how_many_runs_the_contract_failed() {
        let arm = Scenario::load(&crate::scenario::bundled::BUNDLED, "place-fortress+prime").unwrap();
        let arms = [arm];
        let told = |failing: bool| {
            let fails = move |run: u64| failing && run.is_multiple_of(4);
            let ensemble = ensemble(&arms, 200, |_, run, key| match key {
                "contract_failed" => f64::from(u8::from(fails(run))),
                "contract_failed_step" if fails(run) => 14.0,
                _ => f64::NAN,
            });
            title(&Study { arms: &arms, ensemble: &ensemble })
        };
        assert_eq!(told(true).as_deref(), Some("The prime contract failed in 25% of 200 runs"));
        assert_eq!(told(false).as_deref(), Some("The prime contract failed in none of 200 runs"));
    }
}
