//! Upstream work in plain English.

use super::Fact;
use crate::model::english::{Time, number, percent};
use crate::scenario::file::Upstream;

/// What is said of it.
pub(super) fn describe(upstream: &Upstream, time: &Time) -> Fact {
    let (most, half) = (percent(upstream.most), number(upstream.half));
    let (built, one) = (number(upstream.productivity), time.one());
    let mut sentences = vec![
        format!("Work spent upstream builds a stock that lowers need everywhere, by {most} at most."),
        format!(
            "A place that spends all its planned effort on it builds {built} {}; half of the effect is reached at {half}.",
            time.per()
        ),
        format!("Each {one} {} of the stock is lost.", percent(upstream.decay)),
    ];
    let delay =
        upstream.delay.map(|delay| format!("What is built begins to act after {} on average.", time.count(delay)));
    sentences.extend(delay);
    Fact::of("Upstream work", sentences)
}
