//! Public goods with and without punishment: Herrmann, Thöni & Gächter 2008, with the types of Fischbacher, Gächter & Fehr 2001.
//!
//! Four players with 20 tokens each give to a project that returns 0.4 to each for every token given, for ten periods. With
//! punishment each may pay to fine others who give less than all do on average.

use super::settle::{Go, mean, runs, scenario};
use super::{Chart, Check, Drawing, Form, Line, Plane, Replication, Reproduction, Status, Tolerance, Unit};
use crate::model::lanes::{LANES, Lanes};
use crate::model::setup::Setup;
use crate::scenario::text::Faults;
use rayon::prelude::*;

/// The entry of this result.
pub(super) const REPLICATION: Replication = Replication {
    name: "public-goods",
    title: "Public goods: contributions with and without punishment",
    source: "Herrmann, Thöni & Gächter 2008; Fischbacher, Gächter & Fehr 2001",
    caveats: &[
        "The two curves are means over many societies and were read second-hand; in single societies punishment raises contributions by more, or not at all.",
        "Four players cannot be 50% conditional cooperators, 30% free riders and 14% hump-shaped: they are two, one and one.",
        "Parameters of behaviour are the same with and without punishment. They are fitted by `calibrate` to a part of the periods; errors are given apart for the periods left out.",
    ],
    reproduce,
};

/// Sets of sixteen runs of each treatment.
const SETS: u64 = 64;
const PERIODS: usize = 10;
/// Tokens of a player.
const ENDOWMENT: f64 = 20.0;
/// The most that the root mean square error of a curve may be: a tenth of the endowment.
const CLOSE: Tolerance = Tolerance::Within(0.1 * ENDOWMENT);
/// Mean contributions in periods 1 to 10.
const WITHOUT: [f64; PERIODS] = [11.3, 11.1, 11.3, 10.7, 10.3, 9.6, 8.5, 8.0, 7.3, 4.4];
const WITH: [f64; PERIODS] = [11.7, 12.5, 13.4, 13.8, 13.7, 14.0, 14.3, 14.1, 14.7, 14.1];
/// Periods of the curve with punishment to which behaviour was not fitted: the second half.
const LEFT_OUT: std::ops::Range<usize> = 5..PERIODS;

type Curve = [f64; PERIODS];

fn reproduce() -> Result<Reproduction, Faults> {
    let without = scenario("replicate/public-good", [])?;
    let with = scenario("replicate/public-good-punishment", [])?;
    let (ours_without, ours_with) = (curve(&without.setup), curve(&with.setup));
    Ok(Reproduction {
        checks: checks(&ours_without, &ours_with),
        charts: vec![chart(&ours_without, &ours_with)],
        scenarios: vec![("public-good".to_owned(), without), ("public-good-punishment".to_owned(), with)],
    })
}

/// Mean contribution of a player in each period.
fn curve(setup: &Setup) -> Curve {
    let sets: Vec<Curve> = (0..SETS).into_par_iter().map(|set| of_set(setup, set)).collect();
    std::array::from_fn(|period| sets.iter().map(|set| set[period]).sum::<f64>() / SETS as f64)
}

fn of_set(setup: &Setup, set: u64) -> Curve {
    let mut given = [0.0; PERIODS];
    runs(setup, set, |step, now| {
        let kinds = &now.place().kinds;
        let total = kinds.iter().fold(Lanes::ZERO, |sum, kind| sum + kind.output.delivered);
        if let Some(period) = given.get_mut(step as usize) {
            *period = mean(total) / setup.total_size();
        }
        Go::On
    });
    given
}

/// Root mean square of the differences.
fn apart(ours: &[f64], published: &[f64]) -> f64 {
    let squares: f64 =
        ours.iter().zip(published).map(|(ours, published)| (ours - published) * (ours - published)).sum();
    (squares / ours.len() as f64).sqrt()
}

fn checks(without: &Curve, with: &Curve) -> Vec<Check> {
    let check = |what: &str, ours, published, tolerance| Check {
        what: what.to_owned(),
        ours,
        published,
        tolerance,
        unit: Unit::Number,
        status: Status::Read,
    };
    let error = |what: &str, ours: &[f64], published: &[f64]| {
        check(&format!("{what}: root mean square error, tokens of 20"), apart(ours, published), 0.0, CLOSE)
    };
    let gap = |with: &Curve, without: &Curve, period: usize| with[period] - without[period];
    let widened = |with: &Curve, without: &Curve| gap(with, without, PERIODS - 1) - gap(with, without, 0);
    vec![
        error("without punishment", without, &WITHOUT),
        error("with punishment", with, &WITH),
        error("with punishment, periods 6 to 10 (left out)", &with[LEFT_OUT], &WITH[LEFT_OUT]),
        check("without punishment, period 1: tokens given", without[0], WITHOUT[0], CLOSE),
        check("with punishment, period 1: tokens given", with[0], WITH[0], CLOSE),
        check("with punishment, period 10: tokens given (left out)", with[PERIODS - 1], WITH[PERIODS - 1], CLOSE),
        check(
            "by how much the curves are further apart in period 10 than in period 1",
            widened(with, without),
            widened(&WITH, &WITHOUT),
            Tolerance::Relative(0.5),
        ),
    ]
}

fn chart(without: &Curve, with: &Curve) -> Chart {
    let points = |curve: &Curve| -> Vec<(f64, f64)> {
        curve.iter().enumerate().map(|(period, given)| (period as f64 + 1.0, *given)).collect()
    };
    let gap = std::iter::once((f64::NAN, f64::NAN));
    let published = points(&WITHOUT).into_iter().chain(gap).chain(points(&WITH)).collect();
    let line = |label: &str, points, form| Line { label: label.to_owned(), points, form };
    Chart {
        name: "public-goods",
        title: "Where players may fine each other they go on giving; where they may not, giving falls off".to_owned(),
        subtitle: format!(
            "Mean contribution of 20 tokens, with and without punishment; engine: mean of {} runs",
            SETS * LANES as u64
        ),
        drawing: Drawing::Plane(Plane {
            x: ("period", (0.5, 10.5)),
            y: ("tokens given", Unit::Number),
            lines: vec![
                line("published", published, Form::Joined),
                line("engine, with", points(with), Form::Single),
                line("engine, without", points(without), Form::Single),
            ],
        }),
    }
}
