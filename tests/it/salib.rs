//! Sensitivity indices beside those of SALib 1.6.0 on the very same sample and outputs; `python/tools/make_salib_reference.py` made
//! the files.

use commonground::statistics::{elementary_effects, sobol_indices};
use std::fs;
use std::path::Path;

/// Both reckon the same formulas in double precision, in another order of sums.
const TOLERANCE: f64 = 1e-10;

/// Half-widths are of 1,000 bootstrap samples each, ours between percentiles, theirs 1.96 standard deviations: they differ by
/// chance and by the shape of the distribution.
const WIDTHS: f64 = 0.15;

/// The numbers of a file, without its head and without a first column of names.
fn numbers(name: &str) -> Vec<Vec<f64>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let text = fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.split(',').filter_map(|field| field.parse().ok()).collect()).collect()
}

/// Points and outputs.
fn sample(name: &str) -> (Vec<Vec<f64>>, Vec<f64>) {
    numbers(name).into_iter().map(|row| (row[..3].to_vec(), row[3])).unzip()
}

fn agree(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < TOLERANCE, "{ours} against {theirs}");
}

fn agree_in_width(ours: f64, theirs: f64) {
    assert!((ours / theirs - 1.0).abs() < WIDTHS, "{ours} against {theirs}");
}

#[test]
fn sobol_indices_are_those_of_salib_on_the_same_sample() {
    let (points, outputs) = sample("salib_sobol_sample.csv");
    assert_eq!(points.len(), 128 * 5);
    let ours = sobol_indices(&outputs, 3, 1000, 0.95, 1).unwrap();
    let theirs = numbers("salib_sobol_indices.csv");
    assert_eq!(theirs.len(), 3);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        agree(ours.first.value, theirs[0]);
        agree_in_width(ours.first.interval.width() / 2.0, theirs[1]);
        agree(ours.total.value, theirs[2]);
        agree_in_width(ours.total.interval.width() / 2.0, theirs[3]);
    }
}

#[test]
fn elementary_effects_are_those_of_salib_on_the_same_sample() {
    let (points, outputs) = sample("salib_morris_sample.csv");
    assert_eq!(points.len(), 20 * 4);
    let ours = elementary_effects(&points, &outputs, 1000, 0.95, 1).unwrap();
    let theirs = numbers("salib_morris_effects.csv");
    assert_eq!(theirs.len(), 3);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        agree(ours.mean, theirs[0]);
        agree(ours.size, theirs[1]);
        agree(ours.deviation, theirs[2]);
        if theirs[3] > TOLERANCE {
            agree_in_width(ours.size_interval.width() / 2.0, theirs[3]);
        }
    }
}
