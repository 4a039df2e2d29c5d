//! The search on functions whose answer is known.

use super::conflicts::{exclusions, pairs, ruled_out};
use super::file::{Method, Observed};
use super::{Aim, Foretold, Forgetful, Model, Search, search};
use crate::experiment::plan::Nobody;

/// Functions of a point in place of runs.
struct Known {
    dimensions: usize,
    aims: Vec<Aim>,
    of: fn(&[f64]) -> Vec<f64>,
}

impl Model for Known {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn aims(&self) -> &[Aim] {
        &self.aims
    }

    fn foretell(&self, point: &[f64], _: u32) -> Option<Vec<Foretold>> {
        Some((self.of)(point).into_iter().map(|value| (value, 0.0)).collect())
    }
}

fn method(first: u32, wave: u32, waves: u32) -> Method {
    Method { first, wave, waves, runs: 16, verify: 16, keep: 10_000, seed: 3, cutoff: 3.0, rank: 1 }
}

fn searched(known: &Known, method: &Method) -> Search {
    search(known, method, &Forgetful, &Nobody).unwrap().unwrap()
}

/// A strip, a disc and a wave: |x₀ + x₁ − 1| ≤ 0.15 holds in 0.2775 of the square, the disc of radius √0.03 in 0.0942, and
/// sin 4x ≥ 0.7 in 0.3977 of the line.
fn strip_disc_and_wave() -> Known {
    let of = |point: &[f64]| {
        let (x, y) = (point[2] - 0.5, point[3] - 0.5);
        vec![point[0] + point[1], x * x + y * y, (4.0 * point[4]).sin()]
    };
    let aims = vec![
        Aim::plain("strip", Observed::About(1.0), 0.05),
        Aim::plain("disc", Observed::AtMost(0.0), 0.01),
        Aim::plain("wave", Observed::About(1.0), 0.1),
    ];
    Known { dimensions: 6, aims, of }
}

#[test]
fn the_share_that_is_left_is_the_known_one_within_a_twentieth() {
    let known = strip_disc_and_wave();
    let found = searched(&known, &method(512, 512, 4));
    let expected = 0.2775 * std::f64::consts::PI * 0.03 * (2.366_20 - 0.775_40) / 4.0;
    let ratio = found.left.0 / expected;
    println!("left {} ± {} of {expected}; {:?}", found.left.0, found.left.1, found.waves);
    assert!((ratio - 1.0).abs() < 0.05, "{ratio}");
    assert!(found.waves[1..].iter().map(|wave| wave.left).sum::<usize>() > 800, "{:?}", found.waves);
    // Along a number that nothing depends on what is left is even.
    let [low, median, high] = found.quantiles([0.05, 0.5, 0.95], |point| point.shares[5]);
    assert!(
        (low - 0.05).abs() < 0.03 && (median - 0.5).abs() < 0.05 && (high - 0.95).abs() < 0.03,
        "{low} {median} {high}"
    );
    // And the sample that is handed on counts each point alike.
    let drawn = found.sample(200, 1);
    assert!(drawn.len() > 180 && drawn.windows(2).all(|pair| pair[0] < pair[1]), "{}", drawn.len());
    let mean = drawn.iter().map(|at| found.points[*at].shares[5]).sum::<f64>() / drawn.len() as f64;
    assert!((mean - 0.5).abs() < 0.07, "{mean}");
}

#[test]
fn a_corner_that_the_first_wave_does_not_meet_is_found() {
    let of = |point: &[f64]| point.to_vec();
    let aims = (0..8).map(|axis| Aim::plain(&format!("{axis}"), Observed::AtLeast(0.9), 0.1)).collect();
    let known = Known { dimensions: 8, aims, of };
    let found = searched(&known, &method(128, 128, 5));
    assert_eq!(found.waves[0].left, 0);
    let expected = 0.4_f64.powi(8);
    assert!((found.left.0 / expected - 1.0).abs() < 0.25, "{} {expected} {:?}", found.left.0, found.waves);
}

#[test]
fn targets_that_exclude_each_other_are_named() {
    let of = |point: &[f64]| vec![point[0], point[1], point[0] + 0.5 * point[1], point[2]];
    let aims = vec![
        Aim::plain("low", Observed::AtMost(0.2), 0.02),
        Aim::plain("other", Observed::About(0.5), 0.1),
        Aim::plain("high", Observed::AtLeast(0.9), 0.02),
        Aim::plain("free", Observed::AtLeast(0.3), 0.1),
    ];
    let known = Known { dimensions: 3, aims, of };
    let found = searched(&known, &method(256, 128, 3));
    assert_eq!((found.left().count(), found.left.0), (0, 0.0));
    let excluded = exclusions(&known.aims, &found, 3.0);
    let sets: Vec<&[usize]> = excluded.iter().map(|found| found.targets.as_slice()).collect();
    assert_eq!(sets, [[0, 2]]);
    // Both are missed by as much, 5 deviations, where x₀ is 0.3 and x₁ is 1.
    assert!((excluded[0].nearest_miss - 5.0).abs() < 1.0, "{excluded:?}");
    let pair = pairs(&known.aims, &found, 3.0).into_iter().find(|pair| pair.targets == [0, 2]).unwrap();
    assert!(pair.met == 0 && pair.met_in_all == 0 && pair.expected > 10.0, "{pair:?}");
    let mut out = ruled_out(&known.aims, &found, 3.0);
    assert!(out.is_sorted_by_key(|out| std::cmp::Reverse(out.points)), "{out:?}");
    out.sort_by_key(|out| out.target);
    assert!(out[3].points == 0 && out[0].points > 150 && out[0].of == 256, "{out:?}");
    assert!(out[1].alone == 0 && out[0].alone > 30 && out[0].alone < out[0].points, "{out:?}");
}

#[test]
fn one_miss_is_allowed_where_the_second_furthest_counts() {
    let of = |point: &[f64]| vec![point[0], point[0]];
    let aims = vec![Aim::plain("low", Observed::AtMost(0.2), 0.02), Aim::plain("high", Observed::AtLeast(0.8), 0.02)];
    let known = Known { dimensions: 1, aims, of };
    let found = searched(&known, &Method { rank: 2, ..method(256, 16, 0) });
    assert!((found.left.0 - 0.52).abs() < 0.02, "{}", found.left.0);
}
