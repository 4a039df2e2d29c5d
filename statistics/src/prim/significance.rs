//! Whether a limit of a box could be there by chance (Bryant & Lempert 2010).

use super::super::binomial::binomial_upper_tail;
use super::{Cases, Interval, Limits, Region};

/// For each dimension the quasi-p-values of its limits: how likely at least so many cases of interest are in the box if each
/// is of interest with the density of the same box without that limit.
pub(super) fn quasi_p(cases: &Cases, region: &Region) -> Vec<[Option<f64>; 2]> {
    let without = |dimension: usize, limits: Limits| {
        let mut all = region.limits.clone();
        all[dimension] = limits;
        let wider = cases.within(&all);
        binomial_upper_tail(cases.count(&region.inside) as u64, region.inside.len() as u64, cases.density(&wider))
    };
    let of = |(dimension, (own, whole)): (usize, (&Limits, &Limits))| match (own, whole) {
        _ if own == whole => [None, None],
        (Limits::Between(own), Limits::Between(whole)) => {
            let lower = Limits::Between(Interval { low: whole.low, ..*own });
            let upper = Limits::Between(Interval { high: whole.high, ..*own });
            [
                (own.low > whole.low).then(|| without(dimension, lower)),
                (own.high < whole.high).then(|| without(dimension, upper)),
            ]
        }
        _ => [Some(without(dimension, whole.clone())), None],
    };
    region.limits.iter().zip(&cases.whole).enumerate().map(of).collect()
}
