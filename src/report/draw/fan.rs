//! Quantile fans over time.

use super::super::figure::{Fan, FanSeries};
use super::curves::{self, Arm, Curves, Key, joined, ribbons};
use super::sketch::{Rect, Sketch};

/// Draws the fans into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, fan: &Fan, area: Rect) -> f64 {
    let curves = Curves {
        x: &fan.x,
        y: fan.y.clone(),
        arms: fan.series.iter().enumerate().map(arm).collect(),
        guides: &fan.guides,
        keys: keys(fan),
    };
    curves::draw(sketch, &curves, area)
}

fn arm((number, series): (usize, &FanSeries)) -> Arm<'_> {
    let mut bands: Vec<_> = series.bands.iter().collect();
    bands.sort_by(|a, b| b.share.total_cmp(&a.share));
    Arm {
        number,
        label: &series.label,
        lines: joined(&series.x, &series.median),
        ribbons: bands.into_iter().flat_map(|band| ribbons(&series.x, &band.low, &band.high, |line| line)).collect(),
    }
}

/// The line first, then the bands from the narrowest to the widest.
fn keys(fan: &Fan) -> Vec<Key> {
    let mut shares: Vec<f64> =
        fan.series.iter().flat_map(|series| series.bands.iter().map(|band| band.share)).collect();
    shares.sort_by(|a, b| b.total_cmp(a));
    shares.dedup();
    let bands = shares
        .iter()
        .enumerate()
        .rev()
        .map(|(wider, share)| Key::Ribbon { text: format!("{}% of runs", curves::percent(*share)), layers: wider + 1 });
    std::iter::once(Key::Line("median".to_owned())).chain(bands).collect()
}
