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

/// Letters of a label, in px.
const SIZE: f64 = 13.0;

/// How wide words are at most, in the bold letters of a label: those of the widest font that a reader is likely to have.
pub(in super::super) fn width_of(words: &str) -> f64 {
    let share = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | ' ' | '|' | ':' | '!' => 0.39,
        'f' | 't' | 'r' | '-' | '(' | ')' | '/' | 'I' => 0.5,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 1.1,
        '+' | '−' | '=' | '<' | '>' | 'O' | 'Q' | 'G' | 'D' | 'H' | 'N' | 'U' => 0.86,
        letter if letter.is_ascii() => 0.73,
        _ => 1.05,
    };
    words.chars().map(share).sum::<f64>() * SIZE
}

impl Place {
    fn covers(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The same, moved as little as it takes to lie in the room.
    fn moved_into(&self, room: &Self) -> Self {
        let right = (room.left - self.left).max(0.0) - (self.right - room.right).max(0.0);
        let down = (room.top - self.top).max(0.0) - (self.bottom - room.bottom).max(0.0);
        // What is wider than the room keeps its beginning.
        let right = right.max(room.left - self.left);
        Self { left: self.left + right, right: self.right + right, top: self.top + down, bottom: self.bottom + down }
    }

    /// The point of it that is nearest to another, and how far that is, squared.
    fn nearest(&self, (x, y): (f64, f64)) -> ((f64, f64), f64) {
        let (near_x, near_y) = (x.max(self.left).min(self.right), y.max(self.top).min(self.bottom));
        ((near_x, near_y), (near_x - x) * (near_x - x) + (near_y - y) * (near_y - y))
    }

    fn is_within(&self, room: &Self) -> bool {
        self.left >= room.left && self.right <= room.right && self.top >= room.top && self.bottom <= room.bottom
    }
}

/// A place for each label, within the room: no two over each other, none over what is taken, no leader past another dot, each as
/// near to its dot as that allows. Where there is no such arrangement, the one with fewest overlaps that is found.
pub(in super::super) fn placed(words: &[&str], dots: &[(f64, f64)], taken: &[Place], room: Place) -> Vec<Label> {
    let near: Vec<Vec<Label>> = words
        .iter()
        .zip(dots)
        .map(|(words, dot)| {
            let is_plain = |label: &Label| !dots.iter().any(|other| other != dot && passes(*dot, label.anchor, *other));
            // Places with a leader past another dot come last: they are for dots in the midst of others.
            let free = free(all_around(*dot, width_of(words)), taken, &room);
            let (mut own, past): (Vec<Label>, Vec<Label>) = free.into_iter().partition(is_plain);
            own.extend(past);
            own
        })
        .collect();
    if let Some(found) = arranged(&near) {
        return found;
    }
    let far: Vec<Vec<Label>> = near
        .into_iter()
        .zip(words.iter().zip(dots))
        .map(|(mut own, (words, dot))| {
            let width = width_of(words);
            own.extend(free(anywhere(*dot, width, &room), taken, &room));
            if own.is_empty() {
                own.extend(all_around(*dot, width).first().map(|first| {
                    let place = first.place.moved_into(&room);
                    Label { place, anchor: place.nearest(*dot).0 }
                }));
            }
            own
        })
        .collect();
    arranged(&far).unwrap_or_else(|| one_by_one(&far))
}

fn free(labels: Vec<Label>, taken: &[Place], room: &Place) -> Vec<Label> {
    let is_free = |label: &Label| label.place.is_within(room) && !taken.iter().any(|other| label.place.covers(other));
    labels.into_iter().filter(is_free).collect()
}

/// An arrangement without overlaps; `None` where none is found in time.
fn arranged(candidates: &[Vec<Label>]) -> Option<Vec<Label>> {
    let (mut found, mut patience) = (Vec::new(), PATIENCE);
    search(candidates, &mut found, &mut patience).then_some(found)
}

/// Each label at its first place that covers no label before it, or at its first.
fn one_by_one(candidates: &[Vec<Label>]) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    for own in candidates {
        let is_free = |label: &&Label| !found.iter().any(|other| other.place.covers(&label.place));
        found.extend(own.iter().find(is_free).or(own.first()).copied());
    }
    found
}

/// Places all over the room, the nearest first.
fn anywhere(dot: (f64, f64), width: f64, room: &Place) -> Vec<Label> {
    const STEP: f64 = 9.0;
    let (columns, rows) = (
        ((room.right - room.left - width) / STEP).max(0.0) as u32,
        ((room.bottom - room.top - HEIGHT) / STEP).max(0.0) as u32,
    );
    let one = |(column, row): (u32, u32)| {
        let (left, top) = (room.left + f64::from(column) * STEP, room.top + f64::from(row) * STEP);
        let place = Place { left, top, right: left + width, bottom: top + HEIGHT };
        Label { place, anchor: place.nearest(dot).0 }
    };
    let mut all: Vec<Label> =
        (0..=columns).flat_map(|column| (0..=rows).map(move |row| (column, row))).map(one).collect();
    all.sort_by(|one, other| one.place.nearest(dot).1.total_cmp(&other.place.nearest(dot).1));
    all
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

    /// Even numbers from 0 to 1 that look drawn.
    fn drawn(seed: &mut u64) -> f64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 40) as f64 / (1_u64 << 24) as f64
    }

    #[test]
    fn labels_of_any_designs_stay_inside_and_apart() {
        let names =
            ["ostrom +67.3%", "fortress −13.5%", "talking-shop −14.8%", "kings-fund-ten +4.4%", "owner +100.0%", "A"];
        let mut seed = 20_261_128;
        for design in 0..400 {
            let (width, height) = if design % 2 == 0 { (460.0, 370.0) } else { (358.0, 330.0) };
            let room = Place { left: 44.0, top: 24.0, right: width - 2.0, bottom: height - 48.0 };
            let many = 3 + design % 6;
            // Half of them crowd in a corner or at an edge, as designs do.
            let crowd = if design % 3 == 0 { 0.08 } else { 1.0 };
            let (corner_x, corner_y) = (drawn(&mut seed), drawn(&mut seed));
            let dots: Vec<(f64, f64)> = (0..many)
                .map(|_| {
                    let share =
                        |corner: f64, seed: &mut u64| (corner * (1.0 - crowd) + crowd * drawn(seed)).clamp(0.02, 0.98);
                    let (x, y) = (share(corner_x, &mut seed), share(corner_y, &mut seed));
                    (room.left + x * (width - 60.0), room.top + y * (room.bottom - room.top))
                })
                .collect();
            let words: Vec<&str> = (0..many).map(|at| names[(at + design) % names.len()]).collect();
            let around = |(x, y): &(f64, f64)| Place { left: x - 7.0, top: y - 7.0, right: x + 7.0, bottom: y + 7.0 };
            let taken: Vec<Place> = dots.iter().map(around).collect();
            let labels = placed(&words, &dots, &taken, room);
            for (at, label) in labels.iter().enumerate() {
                assert!(label.place.is_within(&room), "{design}: {label:?}");
                assert!(!taken.iter().any(|dot| dot.covers(&label.place)), "{design}: {label:?}");
                assert!(!labels[..at].iter().any(|other| other.place.covers(&label.place)), "{design}: {label:?}");
            }
        }
    }
}
