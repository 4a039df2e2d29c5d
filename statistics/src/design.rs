//! Designs of experiments: which points of a unit cube are tried.
//!
//! A design is a list of points with a number from 0 to 1 for each dimension; what those numbers stand for is the caller's.
//! The full factorial counts positions instead, as its levels need not be even.

use super::uniform::Uniform;

/// The most points of a Sobol sequence: those that the generator can number.
pub const MOST_SOBOL_POINTS: usize = 1 << 16;

/// The most dimensions of a Sobol sequence.
pub const MOST_SOBOL_DIMENSIONS: usize = sobol_burley::NUM_DIMENSIONS as usize;

/// Every combination of positions in lists of these lengths; the last dimension changes fastest.
///
/// There are as many as the product of the lengths, so the caller checks that first.
pub fn full_factorial(lengths: &[usize]) -> Vec<Vec<usize>> {
    lengths.iter().fold(vec![Vec::new()], |points, length| {
        let longer = |point: &Vec<usize>| -> Vec<Vec<usize>> {
            (0..*length).map(|position| point.iter().copied().chain([position]).collect()).collect()
        };
        points.iter().flat_map(longer).collect()
    })
}

/// A Latin hypercube: in every dimension each of `points` equal slices holds just one point, somewhere within it (McKay,
/// Beckman & Conover 1979).
pub fn latin_hypercube(points: usize, dimensions: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut uniform = Uniform::new(seed);
    let mut design = vec![Vec::with_capacity(dimensions); points];
    for _ in 0..dimensions {
        let slices = uniform.order(points);
        for (point, slice) in design.iter_mut().zip(slices) {
            point.push((slice as f64 + uniform.number()) / points as f64);
        }
    }
    design
}

/// The first points of a Sobol sequence with Owen's scrambling (Sobol 1967; Burley 2020; directions of Joe & Kuo 2008): of
/// 2ᵐ points every dimension has one in each of 2ᵐ equal slices.
///
/// No more than [`MOST_SOBOL_POINTS`] by [`MOST_SOBOL_DIMENSIONS`]; what is asked beyond is left out. The points have 24
/// binary digits.
pub fn sobol_sequence(points: usize, dimensions: usize, seed: u64) -> Vec<Vec<f64>> {
    let dimensions = dimensions.min(MOST_SOBOL_DIMENSIONS) as u32;
    let scramble = (seed ^ (seed >> 32)) as u32;
    let point = |number: usize| {
        (0..dimensions).map(|dimension| f64::from(sobol_burley::sample(number as u32, dimension, scramble))).collect()
    };
    (0..points.min(MOST_SOBOL_POINTS)).map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each of as many equal slices as there are points holds one point.
    fn is_even(design: &[Vec<f64>], dimension: usize) -> bool {
        let mut slices: Vec<usize> =
            design.iter().map(|point| (point[dimension] * design.len() as f64) as usize).collect();
        slices.sort_unstable();
        slices == (0..design.len()).collect::<Vec<_>>()
    }

    #[test]
    fn a_full_factorial_has_every_combination_the_last_fastest() {
        assert_eq!(full_factorial(&[2, 3]), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert_eq!(full_factorial(&[4, 5, 6]).len(), 120);
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_slice_of_each_dimension() {
        let design = latin_hypercube(37, 5, 9);
        assert!((0..5).all(|dimension| is_even(&design, dimension)));
        assert_eq!(design, latin_hypercube(37, 5, 9));
        assert_ne!(design, latin_hypercube(37, 5, 10));
    }

    #[test]
    fn a_sobol_sequence_has_one_point_in_each_slice_of_each_dimension() {
        for seed in [0, 1, u64::MAX] {
            let design = sobol_sequence(64, 250, seed);
            assert!((0..250).all(|dimension| is_even(&design, dimension)), "seed {seed}");
        }
    }

    /// A (0, 4, 2)-net in base 2: of 16 points one lies in each of 16 boxes of 4 by 4.
    #[test]
    fn a_sobol_sequence_fills_the_square_in_two_dimensions_at_once() {
        let design = sobol_sequence(16, 2, 3);
        let mut boxes: Vec<usize> =
            design.iter().map(|point| (point[0] * 4.0) as usize * 4 + (point[1] * 4.0) as usize).collect();
        boxes.sort_unstable();
        assert_eq!(boxes, (0..16).collect::<Vec<_>>());
    }
}
