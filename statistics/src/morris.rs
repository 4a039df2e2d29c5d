//! Elementary effects: which inputs matter at all, from few points (Morris 1991; Campolongo, Cariboni & Saltelli 2007).

use super::interval::{Interval, upper_probability};
use super::summary::{mean, quantile, sample_deviation};
use super::uniform::Uniform;

/// What the elementary effects of one input come to. Effects are in units of the output per full range of the input.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementaryEffects {
    /// μ: the mean of the effects. Effects of either sign cancel.
    pub mean: f64,
    /// μ*: the mean of their sizes, by which inputs are ranked.
    pub size: f64,
    /// Bootstrap interval of μ*, trajectories resampled.
    pub size_interval: Interval,
    /// σ: the standard deviation of the effects. Large against μ*, the input acts non-linearly or together with others.
    pub deviation: f64,
}

/// A design of trajectories: from a random start on a grid of `levels` (an even number) each input in turn, in random order,
/// moves by half the grid, Δ = levels / (2 (levels − 1)).
///
/// There are `count` · (`inputs` + 1) points, a trajectory after the other.
pub fn trajectories(count: usize, inputs: usize, levels: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut uniform = Uniform::new(seed);
    let levels = levels.max(2);
    let value = |level: &usize| *level as f64 / (levels - 1) as f64;
    let mut points = Vec::with_capacity(count * (inputs + 1));
    for _ in 0..count {
        let mut at: Vec<usize> = (0..inputs).map(|_| uniform.below(levels)).collect();
        points.push(at.iter().map(value).collect());
        for input in uniform.order(inputs) {
            at[input] = (at[input] + levels / 2) % levels;
            points.push(at.iter().map(value).collect());
        }
    }
    points
}

/// The elementary effects of every input, from the points of [`trajectories`] and the output at each.
///
/// `None` unless the design is complete: whole trajectories, at least two of them, each moving every input once, with a
/// finite output at every point.
pub fn elementary_effects(
    points: &[Vec<f64>],
    outputs: &[f64],
    resamples: usize,
    level: f64,
    seed: u64,
) -> Option<Vec<ElementaryEffects>> {
    let inputs = points.first()?.len();
    let whole = points.len() == outputs.len() && points.len().is_multiple_of(inputs + 1);
    if !whole || points.len() < 2 * (inputs + 1) || !outputs.iter().all(|output| output.is_finite()) {
        return None;
    }
    let mut effects: Vec<Vec<f64>> = vec![Vec::new(); inputs];
    for (points, outputs) in points.chunks(inputs + 1).zip(outputs.chunks(inputs + 1)) {
        for (points, outputs) in points.windows(2).zip(outputs.windows(2)) {
            let (input, step) = moved(&points[0], &points[1])?;
            effects[input].push((outputs[1] - outputs[0]) / step);
        }
    }
    let count = points.len() / (inputs + 1);
    if effects.iter().any(|effects| effects.len() != count) {
        return None;
    }
    let mut uniform = Uniform::new(seed);
    Some(effects.iter().map(|effects| summed_up(effects, resamples, level, &mut uniform)).collect())
}

/// The one input that differs between two points, and by how much.
fn moved(from: &[f64], to: &[f64]) -> Option<(usize, f64)> {
    let mut moves = from.iter().zip(to).map(|(from, to)| to - from).enumerate().filter(|(_, step)| *step != 0.0);
    let only = moves.next()?;
    moves.next().is_none().then_some(only)
}

fn summed_up(effects: &[f64], resamples: usize, level: f64, uniform: &mut Uniform) -> ElementaryEffects {
    let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    let mut bootstrap: Vec<f64> = (0..resamples.max(1))
        .map(|_| (0..sizes.len()).map(|_| sizes[uniform.below(sizes.len())]).sum::<f64>() / sizes.len() as f64)
        .collect();
    bootstrap.sort_by(f64::total_cmp);
    let upper = upper_probability(level);
    ElementaryEffects {
        mean: mean(effects),
        size: mean(&sizes),
        size_interval: Interval { low: quantile(&bootstrap, 1.0 - upper), high: quantile(&bootstrap, upper) },
        deviation: sample_deviation(effects),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLERANCE: f64 = 1e-12;

    #[test]
    fn each_trajectory_moves_every_input_once_and_stays_in_the_cube() {
        for points in trajectories(20, 4, 6, 3).chunks(5) {
            let mut moves: Vec<usize> =
                points.windows(2).map(|pair| moved(&pair[0], &pair[1]).unwrap()).map(|(input, _)| input).collect();
            moves.sort_unstable();
            assert_eq!(moves, [0, 1, 2, 3]);
            assert!(points.iter().flatten().all(|value| (0.0..=1.0).contains(value)));
            // Δ = 6 / 10.
            let step = moved(&points[0], &points[1]).unwrap().1.abs();
            assert!((step - 0.6).abs() < TOLERANCE, "{step}");
        }
    }

    /// y = 3 a − 2 b + 0 c: every effect of an input is its factor, so σ is 0.
    #[test]
    fn the_effects_of_a_linear_function_are_its_factors() {
        let points = trajectories(8, 3, 4, 1);
        let outputs: Vec<f64> = points.iter().map(|point| 3.0 * point[0] - 2.0 * point[1]).collect();
        let effects = elementary_effects(&points, &outputs, 100, 0.95, 1).unwrap();
        for (effects, factor) in effects.iter().zip([3.0_f64, -2.0, 0.0]) {
            assert!((effects.mean - factor).abs() < TOLERANCE, "{effects:?}");
            assert!((effects.size - factor.abs()).abs() < TOLERANCE);
            assert!(effects.deviation < TOLERANCE && effects.size_interval.width() < TOLERANCE);
        }
    }

    /// y = a b with both on {0, 1}: the effect of a is b, 0 or 1, so μ = μ* and σ² = μ (1 − μ) n / (n − 1).
    #[test]
    fn inputs_that_act_together_have_a_spread() {
        let points = trajectories(200, 2, 2, 5);
        let outputs: Vec<f64> = points.iter().map(|point| point[0] * point[1]).collect();
        for effects in elementary_effects(&points, &outputs, 500, 0.95, 1).unwrap() {
            let share = effects.size;
            // Half of the effects are 1, give or take 0.5 / √200 = 0.035; the interval reaches 1.96 times that to both sides.
            assert!((share - 0.5).abs() < 0.12, "{effects:?}");
            assert!((effects.size_interval.width() - 0.139).abs() < 0.03, "{effects:?}");
            assert!((effects.deviation - (share * (1.0 - share) * 200.0 / 199.0).sqrt()).abs() < TOLERANCE);
        }
    }

    #[test]
    fn an_incomplete_design_has_no_effects() {
        let points = trajectories(3, 2, 4, 1);
        let mut outputs = vec![1.0; 9];
        assert!(elementary_effects(&points, &outputs, 10, 0.95, 1).is_some());
        assert_eq!(elementary_effects(&points[..8], &outputs[..8], 10, 0.95, 1), None);
        assert_eq!(elementary_effects(&points[..3], &outputs[..3], 10, 0.95, 1), None);
        outputs[4] = f64::NAN;
        assert_eq!(elementary_effects(&points, &outputs, 10, 0.95, 1), None);
    }
}
