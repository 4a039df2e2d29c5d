//! As much linear algebra as an emulator needs.

/// The sum of products.
pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The lower root of a symmetric matrix, of which the lower half is given; `None` where it has none.
pub(super) fn cholesky(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for row in 0..matrix.len() {
        let (done, rest) = matrix.split_at_mut(row);
        let own = &mut rest[0];
        for (column, other) in done.iter().enumerate() {
            own[column] = (own[column] - dot(&own[..column], &other[..column])) / other[column];
        }
        let square = own[row] - dot(&own[..row], &own[..row]);
        if !(square > 0.0 && square.is_finite()) {
            return None;
        }
        own[row] = square.sqrt();
        own.truncate(row + 1);
    }
    Some(matrix)
}

/// What the root turns into `right`; with `whole` what root and its mirror together do.
pub(super) fn solved(root: &[Vec<f64>], right: &[f64], whole: bool) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::with_capacity(right.len());
    for (row, value) in root.iter().zip(right) {
        let at = values.len();
        values.push((value - dot(&row[..at], &values)) / row[at]);
    }
    if whole {
        for at in (0..values.len()).rev() {
            values[at] /= root[at][at];
            let value = values[at];
            values[..at].iter_mut().zip(&root[at]).for_each(|(left, factor)| *left -= factor * value);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let root = cholesky(vec![vec![4.0], vec![2.0, 5.0], vec![1.0, 3.0, 6.0]]).unwrap();
        let found = solved(&root, &[4.0 + 4.0 + 3.0, 2.0 + 10.0 + 9.0, 1.0 + 6.0 + 18.0], true);
        assert!(found.iter().zip([1.0, 2.0, 3.0]).all(|(found, value)| (found - value).abs() < 1e-12), "{found:?}");
        assert_eq!(cholesky(vec![vec![1.0], vec![2.0, 1.0]]), None);
    }
}
