//! Tests of the tally: hand-computed figures, the same bytes under any order and any split, coverage.

use num_bigint::BigInt;
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
    let tally = tally(&[999_999_998.0, 999_999_999.0, 1_000_000_000.0, 999_999_999.0]);
    assert!((tally.variance().unwrap() - 2.0 / 3.0).abs() < 1e-14);
}

#[test]
fn equal_values_have_no_variance_at_all() {
    for value in [0.1, -1e9, 1e300, 5e-324] {
        assert_eq!(tally(&[value; 97]).variance(), Some(0.0));
        assert_eq!(tally(&[value; 97]).mean(), Some(value));
    }
}

/// Values as they hurt: of one size, of all sizes, of either sign, the smallest there are, a tiny spread about a huge mean.
fn hostile() -> Vec<(&'static str, Vec<f64>)> {
    let mut random = ChaCha8Rng::seed_from_u64(14);
    let mut shares = |count: usize| -> Vec<f64> { (0..count).map(|_| random.random::<f64>() - 0.3).collect() };
    let scaled = |values: &[f64], by: f64| -> Vec<f64> { values.iter().map(|value| value * by).collect() };
    let plain = shares(1_000);
    let mut sizes = shares(600);
    sizes.iter_mut().zip(-300..).for_each(|(value, power)| *value *= libm::exp10(f64::from(power)));
    let mut ending_out = scaled(&plain, 1e300);
    ending_out.extend(plain.iter().map(|value| -value * 1e300));
    ending_out.extend(scaled(&plain, 1e-300));
    vec![
        ("shares", plain.clone()),
        ("single pounds", scaled(&plain, 1e12)),
        ("thousandths", scaled(&plain, 1e-3)),
        ("tiny", scaled(&plain, 1e-300)),
        ("huge", scaled(&plain, 1e300)),
        ("smaller than normal", scaled(&plain, 1e-310)),
        ("smallest", vec![5e-324, -5e-324, 1e-323, 0.0, 5e-324]),
        ("of all sizes", sizes),
        ("large ones that end out", ending_out),
        ("a tiny spread about a large mean", plain.iter().map(|value| 1e12 + value * 1e-3).collect()),
        (
            "with zeros of both signs",
            vec![0.0, -0.0, 1.0, 0.0, 0.0, 2e-9, 1e9, -1e9, 0.0, 3.0, -0.0, 7.0, 1.0, 1.0, 1.0, 0.5],
        ),
        ("largest", vec![f64::MAX, f64::MAX / 2.0, f64::MAX]),
    ]
}

/// A value in steps of 2⁻¹⁰⁷⁴, the smallest number there is.
fn whole(value: f64) -> BigInt {
    let size = value.abs().to_bits();
    let (exponent, rest) = (size >> 52, size & ((1 << 52) - 1));
    let steps = BigInt::from(if exponent == 0 { rest } else { rest | (1 << 52) }) << exponent.saturating_sub(1);
    if value < 0.0 { -steps } else { steps }
}

/// Whether a figure, or its square, is as near to above / below, in steps or in squared steps, as a share of it and one step of
/// the figure, which matters only to the smallest numbers.
fn is_near(found: f64, (above, below): (&BigInt, &BigInt), power: u32, parts: u64) -> bool {
    let steps = whole(found);
    let error = (steps.pow(power) * below - above).magnitude().clone();
    let one_step = ((steps.magnitude() + 1_u32).pow(power) - steps.magnitude().pow(power)) * below.magnitude();
    error * parts <= above.magnitude() + one_step * parts
}

#[test]
fn figures_are_those_of_exact_arithmetic_rounded() {
    for (name, values) in hostile() {
        let tally = tally(&values);
        let count = BigInt::from(values.len());
        let sum: BigInt = values.iter().map(|value| whole(*value)).sum();
        assert!(is_near(tally.mean().unwrap(), (&sum, &count), 1, 1 << 53), "mean of {name}");
        let squares: BigInt = values.iter().map(|value| (whole(*value) * &count - &sum).pow(2)).sum();
        let freedom = &count * &count * (&count - 1);
        let deviation = tally.standard_deviation().unwrap();
        assert!(is_near(deviation, (&squares, &freedom), 2, 1 << 51), "deviation of {name}: {deviation}");
        let error = tally.standard_error().unwrap();
        assert!(is_near(error, (&squares, &(freedom * &count)), 2, 1 << 51), "error of {name}: {error}");
    }
}

#[test]
fn any_order_and_any_split_of_hostile_values_gives_the_same_bytes() {
    let values: Vec<f64> = hostile().into_iter().flat_map(|(_, values)| values).collect();
    let whole = bytes(&tally(&values));
    for size in [1, 3, 16, 17, 40] {
        let mut merged = Tally::default();
        values.chunks(size).rev().for_each(|part| merged.merge(&tally(part)));
        assert_eq!(bytes(&merged), whole, "parts of {size}");
    }
}

#[test]
fn sixteen_at_once_are_sixteen_one_by_one() {
    for (name, values) in hostile() {
        let mut single = Tally::default();
        for value in &values {
            single.push(*value);
        }
        assert_eq!(single, tally(&values), "{name}");
    }
}

/// 2⁴⁰ values, half of them below zero, reached by doubling: the variance is n / (n − 1) times the square.
#[test]
fn two_to_the_fortieth_values_do_not_overflow() {
    let largest = f64::from_bits((1023 + 0x100) << 52).next_down(); // the largest of its block
    let mut all = tally(&[largest, -largest]);
    let mut above = tally(&[largest]);
    for _ in 1..40 {
        all.merge(&all.clone());
        above.merge(&above.clone());
    }
    assert_eq!(all.count(), 1 << 40);
    assert!((all.standard_deviation().unwrap() / largest - 1.0).abs() < 1e-11);
    above.merge(&above.clone());
    assert_eq!((above.mean(), above.variance()), (Some(largest), Some(0.0)));
    assert!(serde_json::from_str::<Tally>(&bytes(&above)).is_ok());
}

#[test]
fn values_that_are_not_finite_are_counted_apart() {
    let tally = tally(&[1.0, f64::NAN, f64::INFINITY, 3.0]);
    assert_eq!((tally.count(), tally.missing(), tally.failed(), tally.mean()), (2, 1, 1, Some(2.0)));
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
    let tally = tally(&[1e9, -0.1, 1.0 / 3.0, f64::NAN, f64::INFINITY, f64::MAX, f64::MIN, 5e-324]);
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
    assert!(serde_json::from_str::<Tally>(&text).is_ok());
    for (right, wrong) in [
        ("\"count\":1,", "\"count\":2199023255552,"),
        ("\"count\":1,", "\"count\":0,"),
        ("\"sum\":576460752303423488,", "\"sum\":1152921504606846976,"),
        ("\"squares_upper\":18014398509481984,", "\"squares_upper\":72057594037927936,"),
        ("\"number\":127,", "\"number\":256,"),
        ("\"minimum\":1.0,", "\"minimum\":2.0,"),
        ("\"blocks\":[", "\"blocks\":[{\"number\":127,\"sum\":1,\"squares_upper\":0,\"squares_lower\":1},"),
    ] {
        let damaged = text.replace(right, wrong);
        assert_ne!(damaged, text, "{right} is in {text}");
        assert!(serde_json::from_str::<Tally>(&damaged).is_err(), "{wrong}");
    }
}
