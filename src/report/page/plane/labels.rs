//! Where labels stand beside their dots: near, and over nothing else.

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Place {
    pub(in super::super) left: f64,
    pub(in super::super) top: f64,
    pub(in super::super) right: f64,
    pub(in super::super) bottom: f64,
}

/// A label in its place, and where its leader ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Label {
    pub(in super::super) place: Place,
    pub(in super::super) anchor: (f64, f64),
}

/// Height of a label.
const HEIGHT: f64 = 16.0;
/// Distances of a label from its dot, the nearest first.
const DISTANCES: [f64; 5] = [10.0, 20.0, 34.0, 52.0, 74.0];
/// Directions in which a label may lie: right, left, above, below, and between.
const DIRECTIONS: [(f64, f64); 8] =
    [(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.8, -0.6), (0.8, 0.6), (-0.8, -0.6), (-0.8, 0.6)];
/// After so many tries the search takes what it has.
const PATIENCE: u32 = 200_000;

/// About how wide words are in the bold letters of a label.
pub(in super::super) fn width_of(words: &str) -> f64 {
    words.chars().count() as f64 * 7.9
}

impl Place {
    fn covers(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_within(&self, room: &Self) -> bool {
        self.left >= room.left && self.right <= room.right && self.top >= room.top && self.bottom <= room.bottom
    }
}

/// A place for each label: no two over each other, none over what is taken, no leader past another dot, each as near to its dot
/// as that allows. Where there is no such arrangement the nearest places.
pub(in super::super) fn placed(words: &[&str], dots: &[(f64, f64)], taken: &[Place], room: Place) -> Vec<Label> {
    let candidates: Vec<Vec<Label>> = words
        .iter()
        .zip(dots)
        .map(|(words, dot)| {
            let all = all_around(*dot, width_of(words));
            let is_free =
                |label: &&Label| label.place.is_within(&room) && !taken.iter().any(|other| label.place.covers(other));
            let free: Vec<Label> = all.iter().filter(is_free).copied().collect();
            let is_plain = |label: &Label| !dots.iter().any(|other| other != dot && passes(*dot, label.anchor, *other));
            // Places with a leader past another dot come last: they are for dots in the midst of others.
            let (plain, past): (Vec<Label>, Vec<Label>) = free.into_iter().partition(is_plain);
            let mut own = plain;
            own.extend(past);
            if own.is_empty() { all.into_iter().take(1).collect() } else { own }
        })
        .collect();
    let mut found = Vec::new();
    let mut patience = PATIENCE;
    if search(&candidates, &mut found, &mut patience) {
        found
    } else {
        candidates.iter().filter_map(|own| own.first().copied()).collect()
    }
}

/// Whether a leader from a dot passes nearer to another than to its edge, on its way and not at its start.
fn passes((x, y): (f64, f64), (to_x, to_y): (f64, f64), (other_x, other_y): (f64, f64)) -> bool {
    const NEAR: f64 = 6.0;
    let (right, down) = (to_x - x, to_y - y);
    let length = (right * right + down * down).max(f64::MIN_POSITIVE);
    let along = ((other_x - x) * right + (other_y - y) * down) / length;
    let (off_x, off_y) = (x + along * right - other_x, y + along * down - other_y);
    along > 0.0 && along < 1.0 && off_x * off_x + off_y * off_y < NEAR * NEAR
}

/// Every place that a label of that width may have around a dot, the nearest first.
fn all_around((x, y): (f64, f64), width: f64) -> Vec<Label> {
    let one = |distance: f64, (right, down): (f64, f64)| {
        let (at_x, at_y) = (x + right * distance, y + down * distance);
        let left = match right {
            right if right > 0.0 => at_x,
            right if right < 0.0 => at_x - width,
            _ => at_x - width / 2.0,
        };
        let top = match down {
            down if down > 0.0 && right == 0.0 => at_y,
            down if down < 0.0 && right == 0.0 => at_y - HEIGHT,
            _ => at_y - HEIGHT / 2.0,
        };
        let place = Place { left, top, right: left + width, bottom: top + HEIGHT };
        Label { place, anchor: (at_x, at_y) }
    };
    DISTANCES.iter().flat_map(|distance| DIRECTIONS.map(|direction| one(*distance, direction))).collect()
}

/// The first arrangement without overlaps, label by label, going back where none is left.
fn search(candidates: &[Vec<Label>], found: &mut Vec<Label>, patience: &mut u32) -> bool {
    let Some(own) = candidates.get(found.len()) else { return true };
    for label in own {
        *patience = patience.saturating_sub(1);
        if *patience == 0 {
            return false;
        }
        if !found.iter().any(|other| other.place.covers(&label.place)) {
            found.push(*label);
            if search(candidates, found, patience) {
                return true;
            }
            found.pop();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_dots_on_one_spot_lie_beside_each_other_within_the_room() {
        let room = Place { left: 40.0, top: 20.0, right: 340.0, bottom: 280.0 };
        let dots = [
            (70.0, 60.0),
            (72.0, 61.0),
            (73.0, 60.5),
            (300.0, 200.0),
            (295.0, 205.0),
            (300.0, 207.0),
            (71.0, 62.0),
            (74.0, 63.0),
        ];
        let words =
            ["capitated +3.6%", "block +6.3%", "based +3.3%", "fortress −4.4%", "talking-shop −4.8%", "a", "b", "c"];
        let taken: Vec<Place> =
            dots.iter().map(|(x, y)| Place { left: x - 7.0, top: y - 7.0, right: x + 7.0, bottom: y + 7.0 }).collect();
        let labels = placed(&words, &dots, &taken, room);
        assert_eq!(labels.len(), dots.len());
        for (at, label) in labels.iter().enumerate() {
            assert!(label.place.is_within(&room), "{label:?}");
            assert!(!taken.iter().any(|dot| dot.covers(&label.place)), "{label:?}");
            assert!(!labels[..at].iter().any(|other| other.place.covers(&label.place)), "{label:?}");
        }
    }
}
