//! What charts show is what the runs say: gains stand above losses, and bands hold the share of the runs that their key names.

use crate::support::{SEED, checked, learner, pasture, with};
use commonground::experiment::plan::Nobody;
use commonground::experiment::{self, Level, Options, Sink};
use commonground::model::measure::{Better, outcome_measures, series_measures};
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::report::charts::figures;
use commonground::report::figure::{Body, Figure};
use commonground::report::study::Study;
use commonground::scenario::Scenario;
use serde_json::{Value, json};
use std::io;

const RUNS: u64 = 400;

/// Keeps the series of the first arm, run by run.
#[derive(Default)]
struct Kept(Vec<Vec<f64>>);

impl Sink for Kept {
    fn batch(&mut self, _: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        self.0
            .extend((0..lanes).map(|lane| arms[0].series.iter().map(|values| values.lane(lane)).collect::<Vec<f64>>()));
        Ok(())
    }
}

/// The charts of these arms, with the series of each run of the first.
fn drawn(values: &[Value]) -> (Vec<Figure>, Vec<Vec<f64>>) {
    let arms: Vec<Scenario> = values.iter().map(|value| checked(value).unwrap()).collect();
    let setups: Vec<&Setup> = arms.iter().map(|arm| &arm.setup).collect();
    let options =
        Options { seed: SEED, runs: RUNS, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    let mut kept = Kept::default();
    let ensemble = experiment::run(&setups, options, &mut kept, &Nobody).unwrap();
    (figures(&Study { arms: &arms, ensemble: &ensemble }), kept.0)
}

/// Users who learn, and do so by chance.
fn learners() -> Value {
    with(
        &pasture(),
        [
            ("/time/steps", json!(20)),
            ("/providers/herder/behaviour", learner()),
            ("/society/trust_loss", json!(0.5)),
            ("/society/trust_gain", json!(0.1)),
        ],
    )
}

#[test]
fn gains_stand_above_losses_whichever_way_a_measure_is_better() {
    // A quota lets more grass stand and costs more governance, and fewer are in deficit.
    let quota = json!({
        "level": 0.6, "error": 0, "enforcement": 1, "strength": 1, "cost": { "money": 3, "attention": 0 }
    });
    let (figures, _) = drawn(&[learners(), with(&learners(), [("/rules/quota", quota)])]);
    let chart = figures.iter().find(|figure| figure.name == "differences").unwrap();
    let Body::Dots(dots) = &chart.body else { panic!("{chart:?}") };
    let measures = outcome_measures(&checked(&learners()).unwrap().setup);
    let (mut less_is_better, mut losses) = (0, 0);
    for panel in &dots.panels {
        let gain = |row: &commonground::report::figure::DotRow| {
            let measure = measures.iter().find(|measure| measure.label.eq_ignore_ascii_case(&row.label));
            let measure = measure.unwrap_or_else(|| panic!("`{}` is no measure", row.label));
            if measure.better == Better::Lower { -row.value } else { row.value }
        };
        let gains: Vec<f64> = panel.rows.iter().map(gain).collect();
        assert!(gains.is_sorted_by(|above, below| above >= below), "{}: {gains:?}", panel.title);
        losses += gains.iter().filter(|gain| **gain < 0.0).count();
        less_is_better += panel.rows.iter().zip(&gains).filter(|(row, gain)| row.value * **gain < 0.0).count();
    }
    assert!(less_is_better >= 2 && losses >= 1, "{less_is_better} measures of which less is better, {losses} losses");
}

#[test]
fn a_band_holds_as_many_of_the_runs_as_its_key_says() {
    // They cannot empty the pasture: of many equal values more than a twentieth would lie on the edge of a band.
    let (figures, runs) =
        drawn(&[with(&learners(), [("/pools/pasture/production/schaefer/catchability", json!(0.004))])]);
    let measures = series_measures(&checked(&learners()).unwrap().setup);
    let mut checked = 0;
    for figure in &figures {
        let Body::Fan(fan) = &figure.body else { continue };
        let key = if figure.name == "stock" { "stock.pasture" } else { &figure.name.replace('-', "_") };
        let Some(position) = measures.iter().position(|measure| measure.key == key) else { continue };
        let series = &fan.series[0];
        // A chart of the stock begins before the first step.
        let first = series.x.len() - runs[0].len() / measures.len();
        for band in &series.bands {
            let (mut below, mut above, mut all) = (0, 0, 0_u32);
            for step in 3..series.x.len() - first {
                for run in &runs {
                    let value = run[step * measures.len() + position];
                    below += usize::from(value < band.low[first + step]);
                    above += usize::from(value > band.high[first + step]);
                    all += 1;
                }
            }
            let outside = (1.0 - band.share) / 2.0;
            for (side, count) in [("below", below), ("above", above)] {
                let share = count as f64 / f64::from(all);
                assert!((share - outside).abs() < 0.35 * outside, "{key}: {share} lie {side} {} of runs", band.share);
            }
            checked += 1;
        }
    }
    assert!(checked >= 2, "{checked} bands");
}
