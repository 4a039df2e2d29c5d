//! Tests of the tally: hand-computed figures, the same bytes under any order and any split, coverage.

use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::super::distribution::normal_quantile;
use super::*;

fn tally(values: &[f64]) -> Tally {
    let mut tally = Tally::default();
    tally.push_lanes(values);
    tally
}

fn bytes(tally: &Tally) -> String {
    serde_json::to_string(tally).unwrap()
}

/// 2, 4, 4, 4, 5, 5, 7, 9: mean 40 / 8 = 5, squared deviations 9+1+1+1+0+0+4+16 = 32, variance
/// 32 / 7.
#[test]
fn mean_and_variance_are_those_worked_out_by_hand() {
    let tally = tally(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
    assert_eq!(tally.mean(), Some(5.0));
    assert!((tally.variance().unwrap() - 32.0 / 7.0).abs() < 1e-14);
    assert!((tally.standard_error().unwrap() - (4.0_f64 / 7.0).sqrt()).abs() < 1e-14);
    assert_eq!((tally.minimum(), tally.maximum()), (Some(2.0), Some(9.0)));
}

/// Mean 5, standard error √(4/7) = 0.755929, t(0.975; 7) = 2.364624.
#[test]
fn the_interval_of_the_mean_is_students() {
    let interval = tally(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).mean_interval(0.95).unwrap();
    assert!((interval.low - (5.0 - 0.755_929 * 2.364_624)).abs() < 1e-5);
    assert!((interval.high - (5.0 + 0.755_929 * 2.364_624)).abs() < 1e-5);
}

#[test]
fn any_order_and_any_split_gives_the_same_bytes() {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut values: Vec<f64> = (0..3_000).map(|_| 1e3 * (random.random::<f64>() - 0.5)).collect();
    values.extend([0.0, -0.0, f64::NAN, 3e12, f64::NEG_INFINITY]);
    let whole = bytes(&tally(&values));
    for parts in [1, 2, 7, 500] {
        let mut merged = Tally::default();
        let shards: Vec<Tally> = values.chunks(values.len().div_ceil(parts)).map(tally).collect();
        shards.iter().rev().for_each(|shard| merged.merge(shard));
        assert_eq!(bytes(&merged), whole, "{parts} parts");
    }
    values.reverse();
    assert_eq!(bytes(&tally(&values)), whole);
}

#[test]
fn a_small_spread_about_a_large_mean_is_not_lost() {
    let tally = tally(&[999_999_998.0, 999_999_999.0, 1_000_000_000.0, -0.0 + 999_999_999.0]);
    assert!((tally.variance().unwrap() - 2.0 / 3.0).abs() < 1e-14);
}

#[test]
fn rounding_moves_the_mean_by_at_most_one_step() {
    let mut random = ChaCha8Rng::seed_from_u64(12);
    for size in [1e-6, 1.0, 1e3] {
        let values: Vec<f64> = (0..1_000).map(|_| size * (random.random::<f64>() - 0.3)).collect();
        let exact = values.iter().sum::<f64>() / 1_000.0;
        let error = (tally(&values).mean().unwrap() - exact).abs();
        assert!(error <= Tally::STEP, "size {size}: {error}");
    }
}

#[test]
fn equal_values_have_no_variance_at_all() {
    assert_eq!(tally(&[0.1; 97]).variance(), Some(0.0));
    assert_eq!(tally(&[-1e9; 97]).variance(), Some(0.0));
}

#[test]
fn values_beyond_the_limit_are_summed_as_the_limit() {
    let tally = tally(&[1e300, 1e300]);
    assert_eq!(tally.mean(), Some(Tally::LIMIT));
    assert_eq!(tally.maximum(), Some(1e300));
}

/// 2⁴⁰ values at the limit, half of them below zero, reached by doubling: the variance is n /
/// (n − 1) · 10¹⁸.
#[test]
fn two_to_the_fortieth_values_at_the_limit_do_not_overflow() {
    let mut all = tally(&[1e9, -1e9]);
    let mut above = tally(&[1e9]);
    for _ in 1..40 {
        all.merge(&all.clone());
        above.merge(&above.clone());
    }
    assert_eq!(all.count(), 1 << 40);
    assert!((all.variance().unwrap() / 1e18 - 1.0).abs() < 1e-11);
    assert_eq!((above.mean(), above.variance()), (Some(1e9), Some(0.0)));
}

#[test]
fn values_that_are_not_finite_are_counted_apart() {
    let tally = tally(&[1.0, f64::NAN, f64::INFINITY, 3.0]);
    assert_eq!((tally.count(), tally.missing(), tally.mean()), (2, 2, Some(2.0)));
}

#[test]
fn too_few_values_have_no_figure() {
    assert_eq!(Tally::default().mean(), None);
    assert_eq!(Tally::default().minimum(), None);
    assert_eq!(Tally::default().mean_interval(0.95), None);
    assert_eq!(tally(&[4.0]).variance(), None);
    assert_eq!(tally(&[4.0]).mean_interval(0.95), None);
}

#[test]
fn a_tally_comes_back_from_json_as_it_was() {
    let tally = tally(&[1e9, -0.1, 1.0 / 3.0, f64::NAN]);
    let back: Tally = serde_json::from_str(&bytes(&tally)).unwrap();
    assert_eq!(back, tally);
    let empty: Tally = serde_json::from_str(&bytes(&Tally::default())).unwrap();
    assert_eq!(empty, Tally::default());
}

/// Of 4,000 samples the share whose interval holds the true mean has a standard deviation of
/// 0.0034.
#[test]
fn ninety_five_of_a_hundred_intervals_hold_the_mean() {
    const SAMPLES: u32 = 4_000;
    const TOLERANCE: f64 = 0.0105; // three standard deviations
    let mut random = ChaCha8Rng::seed_from_u64(13);
    for size in [3, 10, 40] {
        let holds = (0..SAMPLES).filter(|_| {
            let mut sample = Tally::default();
            (0..size).for_each(|_| sample.push(7.0 + 2.0 * normal(&mut random)));
            sample.mean_interval(0.95).unwrap().contains(7.0)
        });
        let share = holds.count() as f64 / f64::from(SAMPLES);
        assert!((share - 0.95).abs() < TOLERANCE, "samples of {size}: {share}");
    }
}

/// A standard normal draw, by inversion.
fn normal(random: &mut ChaCha8Rng) -> f64 {
    normal_quantile(random.random_range(1e-12..1.0))
}

#[test]
fn a_damaged_file_is_refused() {
    let text = bytes(&tally(&[1.0]));
    for (right, wrong) in [
        ("\"count\":1,", "\"count\":2199023255552,"),
        ("\"count\":1,", "\"count\":0,"),
        ("\"sum\":8589934592,", "\"sum\":40564819207303340847894502572032,"),
        ("\"squares_lower\":0,", "\"squares_lower\":-1,"),
    ] {
        let damaged = text.replace(right, wrong);
        assert_ne!(damaged, text, "{right} is in {text}");
        assert!(serde_json::from_str::<Tally>(&damaged).is_err(), "{wrong}");
    }
}
