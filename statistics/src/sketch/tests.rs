//! Tests of the sketch: quantiles against R's type 7, and the same bytes under any order and any
//! split.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

const PROBABILITIES: [f64; 9] = [0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0];

fn filled(mut sketch: Sketch, values: &[f64]) -> Sketch {
    sketch.push_lanes(values);
    sketch
}

fn bytes(sketch: &Sketch) -> String {
    serde_json::to_string(sketch).unwrap()
}

/// Values with a long tail on both sides, most of them of the size of `unit`.
fn sample(count: usize, unit: f64, seed: u64) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut draw = || (random.random::<f64>() - 0.4) / (random.random::<f64>() + 0.05);
    (0..count).map(|_| unit * draw()).collect()
}

/// R's type 7 on the values themselves, with the two order statistics it lies between.
fn type_seven(values: &[f64], probability: f64) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = (sorted.len() - 1) as f64 * probability;
    let (low, high) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
    (low + (position - position.floor()) * (high - low), low, high)
}

/// What a quantile may be off: a share of the larger of the two order statistics that it lies between.
fn bound(low: f64, high: f64) -> f64 {
    Sketch::RELATIVE_ERROR * low.abs().max(high.abs())
}

#[test]
fn quantiles_are_within_the_stated_error_of_type_seven_at_any_size() {
    for (count, unit) in [(50, 1.0), (5_000, 1.0), (5_000, 1e12), (5_000, 1e-9), (500, 1e300), (500, 1e-300)] {
        let values = sample(count, unit, 21);
        let sketch = filled(Sketch::default(), &values);
        for probability in PROBABILITIES {
            let (expected, low, high) = type_seven(&values, probability);
            let found = sketch.quantile(probability).unwrap();
            assert!(
                (found - expected).abs() <= bound(low, high),
                "{count} of {unit} at {probability}: {found} not {expected}"
            );
        }
    }
}

/// From 10⁻⁹ to 10⁶, each size as often as another.
#[test]
fn quantiles_of_values_of_many_sizes_are_each_within_the_error_of_their_own() {
    let mut random = ChaCha8Rng::seed_from_u64(26);
    let values: Vec<f64> = (0..4_000).map(|_| libm::pow(10.0, 15.0 * random.random::<f64>() - 9.0)).collect();
    let sketch = filled(Sketch::default(), &values);
    for probability in PROBABILITIES {
        let (expected, low, high) = type_seven(&values, probability);
        let found = sketch.quantile(probability).unwrap();
        assert!((found - expected).abs() <= bound(low, high), "at {probability}: {found} not {expected}");
    }
}

/// 1, 2, 3, 4, 10: position 4 · 0.9 = 3.6, so 4 + 0.6 · (10 − 4) = 7.6.
#[test]
fn few_values_have_exact_quantiles() {
    let sketch = filled(Sketch::exact_up_to(5), &[10.0, 3.0, 1.0, 4.0, 2.0]);
    assert!(sketch.is_exact());
    assert!((sketch.quantile(0.9).unwrap() - 7.6).abs() < 1e-12);
    assert_eq!(sketch.quantile(0.5), Some(3.0));
}

#[test]
fn shares_that_sit_on_zero_or_one_stay_there() {
    let mut values = vec![0.0; 300];
    values.extend([1.0; 300]);
    values.extend(sample(300, 1e-3, 22).iter().map(|small| 0.5 + small));
    let sketch = filled(Sketch::default(), &values);
    for (probability, expected) in [(0.05, 0.0), (0.33, 0.0), (0.67, 1.0), (0.95, 1.0)] {
        assert_eq!(sketch.quantile(probability), Some(expected));
    }
}

#[test]
fn differences_of_chances_are_one_below_nought_or_one_above() {
    let mut values = vec![-1.0; 300];
    values.extend([0.0; 300]);
    values.extend([1.0; 300]);
    values.extend([1.003, -1.004]);
    for sketch in [filled(Sketch::default(), &values), {
        let mut sketch = Sketch::default();
        for value in &values {
            sketch.push(*value);
        }
        sketch
    }] {
        for (probability, expected) in [(0.05, -1.0), (0.3, -1.0), (0.5, 0.0), (0.7, 1.0), (0.95, 1.0)] {
            assert_eq!(sketch.quantile(probability), Some(expected), "at {probability}");
        }
    }
}

#[test]
fn any_order_and_any_split_gives_the_same_bytes() {
    let mut values = sample(900, 1.0, 23);
    values.extend([0.0, -0.0, 1.0, 1.0, f64::NAN, f64::INFINITY, 1e200, -1e200]);
    for limit in [0, 100, 5_000] {
        let empty = Sketch::exact_up_to(limit);
        let whole = bytes(&filled(empty.clone(), &values));
        for parts in [2, 9, 450] {
            let chunks = values.chunks(values.len().div_ceil(parts));
            let mut merged = empty.clone();
            chunks.rev().for_each(|chunk| merged.merge(&filled(empty.clone(), chunk)));
            assert_eq!(bytes(&merged), whole, "limit {limit}, {parts} parts");
        }
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        assert_eq!(bytes(&filled(empty, &reversed)), whole);
    }
}

#[test]
fn exact_values_are_dropped_when_a_merge_makes_them_too_many() {
    let mut sketch = filled(Sketch::exact_up_to(4), &[0.1, 0.2, 0.3]);
    sketch.merge(&filled(Sketch::exact_up_to(4), &[0.4]));
    assert!(sketch.is_exact());
    sketch.merge(&filled(Sketch::exact_up_to(4), &[0.5]));
    assert!(!sketch.is_exact() && sketch.exact.is_empty());
    assert!((sketch.quantile(0.5).unwrap() - 0.3).abs() <= bound(0.3, 0.3));
}

/// Of ten values the binomial with a half gives the second and the ninth: P(2 ≤ X ≤ 8) = 1 −
/// 22/1024 = 0.979.
#[test]
fn the_interval_of_the_median_of_ten_is_from_the_second_to_the_ninth() {
    let values: Vec<f64> = (1..=10).map(f64::from).collect();
    let sketch = filled(Sketch::exact_up_to(10), &values);
    assert_eq!(sketch.quantile_interval(0.5, 0.95), Some(Interval { low: 2.0, high: 9.0 }));
    assert_eq!(sketch.quantile_interval(0.0, 0.95), Some(Interval { low: 1.0, high: 1.0 }));
    assert_eq!(sketch.quantile_interval(1.0, 0.95), Some(Interval { low: 10.0, high: 10.0 }));
}

/// The coverage is at least the level, and above it only as far as order statistics are coarse.
#[test]
fn the_interval_of_a_quantile_holds_it_as_often_as_it_says() {
    const SAMPLES: u32 = 3_000;
    const SLACK: f64 = 0.012; // three standard deviations of the share
    let mut random = ChaCha8Rng::seed_from_u64(24);
    for probability in [0.25, 0.5, 0.9] {
        let holds = (0..SAMPLES).filter(|_| {
            let mut sketch = Sketch::exact_up_to(100);
            (0..100).for_each(|_| sketch.push(random.random::<f64>()));
            sketch.quantile_interval(probability, 0.95).unwrap().contains(probability)
        });
        let share = holds.count() as f64 / f64::from(SAMPLES);
        assert!((0.95 - SLACK..0.98 + SLACK).contains(&share), "{probability}: {share}");
    }
}

#[test]
fn nothing_seen_has_no_quantile() {
    let empty = Sketch::default();
    assert_eq!((empty.quantile(0.5), empty.quantile_interval(0.5, 0.95)), (None, None));
    assert_eq!(filled(empty, &[1.0]).quantile(1.5), None);
}

#[test]
fn a_sketch_comes_back_from_json_as_it_was() {
    let sketch = filled(Sketch::exact_up_to(2_000), &sample(1_000, 0.3, 25));
    let back: Sketch = serde_json::from_str(&bytes(&sketch)).unwrap();
    assert_eq!(back, sketch);
}
