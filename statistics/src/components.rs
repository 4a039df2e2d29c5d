//! What makes the runs of an experiment differ: its parameters, luck, or the two together.

use serde::Serialize;

use super::summary::{mean, sample_variance};

/// Shares of the variance of a single run over cells of parameters and run numbers. They sum to 1.
///
/// Every cell meets the same luck: run 17 of one has the draws of run 17 of another. So luck is a factor like a parameter,
/// and the two-way analysis of variance with one value in each cell takes it apart (Scheffé 1959, ch. 4; estimates below
/// zero are set to zero).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Components {
    /// Differences between cells that every run shows alike: what indices and charts of means are about.
    pub parameters: f64,
    /// Differences between runs that every cell shows alike. They blur no comparison between cells.
    pub luck: f64,
    /// Differences between runs that hang on the cell. They blur comparisons, the less the more runs there are.
    pub together: f64,
    /// The share of the variance of the cells' means that is left of `together` after so many runs: noise in an index.
    pub noise_of_means: f64,
}

/// Takes the variance apart, from mean and variance of the `runs` of every cell and the variance, over runs, of the mean of all
/// cells.
///
/// `None` with fewer than two cells or runs, where a number is missing, or where nothing varies.
pub fn variance_components(means: &[f64], variances: &[f64], variance_of_runs: f64, runs: u64) -> Option<Components> {
    let cells = means.len() as f64;
    let numbers = means.iter().chain(variances).chain([&variance_of_runs]);
    if means.len() < 2 || means.len() != variances.len() || runs < 2 || !numbers.copied().all(f64::is_finite) {
        return None;
    }
    let between = sample_variance(means);
    // Sums of squares within cells are those of luck and those of both: (n − 1) Σ s² = N (n − 1) s²(runs) + rest.
    let together = ((mean(variances) - variance_of_runs) * cells / (cells - 1.0)).max(0.0);
    let luck = (variance_of_runs - together / cells).max(0.0);
    let parameters = (between - together / runs as f64).max(0.0);
    let all = parameters + luck + together;
    (all > 0.0).then(|| Components {
        parameters: parameters / all,
        luck: luck / all,
        together: together / all,
        noise_of_means: if between > 0.0 { (together / runs as f64 / between).min(1.0) } else { 1.0 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn components(rows: &[[f64; 4]]) -> Option<Components> {
        let means: Vec<f64> = rows.iter().map(|row| mean(row)).collect();
        let variances: Vec<f64> = rows.iter().map(|row| sample_variance(row)).collect();
        let runs: Vec<f64> =
            (0..4).map(|run| rows.iter().map(|row| row[run]).sum::<f64>() / rows.len() as f64).collect();
        variance_components(&means, &variances, sample_variance(&runs), 4)
    }

    /// Cells at 0 and 2, luck −1, 0, 0, 1 the same in both: variances 2 and 2/3, nothing together.
    #[test]
    fn luck_that_all_cells_share_is_told_from_parameters() {
        let found = components(&[[-1.0, 0.0, 0.0, 1.0], [1.0, 2.0, 2.0, 3.0]]).unwrap();
        assert!((found.parameters - 0.75).abs() < 1e-12 && (found.luck - 0.25).abs() < 1e-12, "{found:?}");
        assert!(found.together < 1e-12 && found.noise_of_means < 1e-12);
    }

    /// Luck that helps one cell and harms the other: run means are all 0, cell means too, all variance is of both together.
    #[test]
    fn luck_that_hangs_on_the_cell_is_told_from_luck_that_does_not() {
        let found = components(&[[-1.0, 1.0, -1.0, 1.0], [1.0, -1.0, 1.0, -1.0]]).unwrap();
        assert!(found.parameters.abs() < 1e-12 && found.luck.abs() < 1e-12, "{found:?}");
        assert!((found.together - 1.0).abs() < 1e-12 && (found.noise_of_means - 1.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_does_not_vary_or_is_missing_has_no_components() {
        assert_eq!(components(&[[1.0; 4], [1.0; 4]]), None);
        assert_eq!(components(&[[1.0, 2.0, 3.0, 4.0]]), None);
        assert_eq!(components(&[[1.0, f64::NAN, 3.0, 4.0], [1.0; 4]]), None);
    }
}
