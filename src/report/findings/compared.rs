//! Sentences on the difference of a measure between an arm and the first. Their direction follows the interval.

use crate::model::measure::Unit;
use crate::statistics::Interval;

use super::super::phrase::{Numerals, capitalised, of_runs, quoted, subject, whole};
use super::super::study::{Change, Contrast, Study};

/// The difference with its interval, the share of runs that it holds in, and both levels. That the first arm is what is
/// compared with has been said by [`opening`].
pub(super) fn sentence(study: &Study, arm: usize, key: &str) -> Option<String> {
    let contrast = study.contrast(arm, key)?;
    let other = quoted(study.titles().get(arm)?);
    let subject = subject(contrast.measure);
    let numerals = numerals(study, &contrast);
    let levels = levels(study, arm, key)?;
    let sentence = match contrast.change {
        Change::Same => format!("{subject} is the same with {other} in every pair of runs ({}).", levels.0),
        Change::Unclear => format!(
            "there is no clear difference in {subject} with {other}: {} on average{}.",
            against(&levels),
            unclear(contrast.interval, numerals)
        ),
        Change::Higher | Change::Lower => format!(
            "{subject} is {} with {other}{}, in {}: {} on average.",
            size(&contrast, numerals),
            interval(&contrast, numerals),
            clear_runs(&contrast),
            against(&levels)
        ),
    };
    Some(capitalised(&sentence))
}

/// Says what is compared with what, before the first comparison.
pub(super) fn opening(study: &Study) -> Option<String> {
    let first = quoted(study.titles().first()?);
    (!study.others().is_empty())
        .then(|| format!("What follows is compared with {first}, run by run: in each run every arm met the same luck."))
}

/// The difference in a few words.
pub(super) fn headline(study: &Study, arm: usize, key: &str) -> Option<String> {
    let contrast = study.contrast(arm, key)?;
    let titles = study.titles();
    let (first, other) = (quoted(titles.first()?), quoted(titles.get(arm)?));
    let subject = subject(contrast.measure);
    let numerals = numerals(study, &contrast);
    Some(capitalised(&match contrast.change {
        Change::Same => format!("{subject} is the same with {other} as with {first}"),
        Change::Unclear => format!("{subject} does not clearly differ between {other} and {first}"),
        Change::Higher | Change::Lower => {
            format!("{subject} is {} with {other} than with {first}", size(&contrast, numerals))
        }
    }))
}

/// In how many of several arms a measure is clearly higher or lower than in the first.
pub(super) fn count(study: &Study, key: &str) -> Option<String> {
    let contrasts: Vec<Contrast> = study.others().filter_map(|arm| study.contrast(arm, key)).collect();
    let number = |change: Change| contrasts.iter().filter(|contrast| contrast.change == change).count();
    let subject = capitalised(&subject(contrasts.first()?.measure));
    let arms = contrasts.len();
    let first = quoted(study.titles().first()?);
    Some(match (number(Change::Higher), number(Change::Lower)) {
        (0, 0) => format!("{subject} is in none of {arms} arms clearly other than with {first}"),
        (higher, 0) if higher == arms => format!("{subject} is higher in all {arms} other arms than with {first}"),
        (0, lower) if lower == arms => format!("{subject} is lower in all {arms} other arms than with {first}"),
        (higher, lower) => format!(
            "Against {first}, {} is clearly higher in {higher} and lower in {lower} of {arms} other arms",
            super::subject(contrasts.first()?.measure)
        ),
    })
}

/// "62.1% against 59.0%".
fn against((other, first): &(String, String)) -> String {
    format!("{other} against {first}")
}

/// The mean in the arm and in the first, as precise as their difference.
fn levels(study: &Study, arm: usize, key: &str) -> Option<(String, String)> {
    let (other, first) = (study.estimate(arm, key)?, study.estimate(0, key)?);
    let numerals = numerals(study, &study.contrast(arm, key)?);
    let level = |mean: f64| match other.measure.unit {
        Unit::StepsOfNeed => numerals.level(mean),
        _ => numerals.short(mean),
    };
    Some((level(other.mean) + whole(other.measure), level(first.mean)))
}

/// "3.1 points higher"
fn size(contrast: &Contrast, numerals: Numerals) -> String {
    let direction = match (contrast.change, contrast.measure.unit) {
        (Change::Lower, Unit::Steps | Unit::Duration) => "shorter",
        (_, Unit::Steps | Unit::Duration) => "longer",
        (Change::Lower, _) => "lower",
        _ => "higher",
    };
    format!("{} {direction}", numerals.size(contrast.difference.abs()))
}

/// The interval of a clear difference, in the direction of the sentence: " (95% interval 2.8 to 3.4)".
fn interval(contrast: &Contrast, numerals: Numerals) -> String {
    match contrast.interval {
        Some(interval) if interval.width() > 0.0 => {
            let (near, far) = match contrast.change {
                Change::Lower => (-interval.high, -interval.low),
                _ => (interval.low, interval.high),
            };
            format!(" (95% interval {} to {})", numerals.bare(near), numerals.bare(far))
        }
        _ => String::new(),
    }
}

/// The interval of an unclear difference: " (95% interval of the difference −0.3 to +0.5 points)".
fn unclear(interval: Option<Interval>, numerals: Numerals) -> String {
    let Some(interval) = interval else { return " (too few runs for an interval)".to_owned() };
    let (low, high) = (numerals.signed(interval.low), numerals.signed(interval.high));
    format!(" (95% interval of the difference {low} to {high})")
}

/// The runs in which the measure moved in the direction of the mean: "97% of 1,000 runs".
fn clear_runs(contrast: &Contrast) -> String {
    let pairs = contrast.pairs;
    of_runs(if contrast.change == Change::Lower { pairs.below() } else { pairs.above() }, pairs.count())
}

fn numerals<'a>(study: &Study<'a>, contrast: &Contrast) -> Numerals<'a> {
    Numerals::new(contrast.measure.unit, study.unit(), contrast.difference, contrast.interval)
}
