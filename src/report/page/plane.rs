//! The chart of what is traded for what: one drawing for wide screens, and one for narrow ones and for paper.

mod labels;

use maud::{Markup, html};

use crate::report::answer::{Dot, Plane};
use labels::{Label, Place, placed, width_of};

/// The size of a drawing.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The class by which the stylesheet shows it or not.
    pub(super) class: &'static str,
}

/// For screens wider than a phone.
pub(super) const WIDE: Size = Size { width: 460.0, height: 370.0, class: "w" };
/// For a phone, and for paper.
pub(super) const NARROW: Size = Size { width: 358.0, height: 330.0, class: "n" };

const LEFT: f64 = 44.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 32.0;
const BOTTOM: f64 = 46.0;
const RADIUS: f64 = 5.5;

/// The drawing as SVG.
pub(super) fn svg(plane: &Plane, size: Size) -> Markup {
    let values = |pick: fn(&Dot) -> [f64; 3]| plane.dots.iter().flat_map(pick).collect::<Vec<f64>>();
    let x = Scale::over(&values(|dot| dot.x), LEFT, size.width - RIGHT);
    let upwards: Vec<f64> = values(|dot| dot.y).into_iter().chain(plane.plan).collect();
    let y = Scale::over(&upwards, size.height - BOTTOM, TOP);
    let (title, description) = (format!("plane-{}-title", size.class), format!("plane-{}-text", size.class));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {} {}", size.width, size.height)) class=(size.class)
            role="img" aria-labelledby={ (title) " " (description) } {
            title id=(title) { (plane.title) }
            desc id=(description) { (plane.description) }
            (axes(plane, size, &x, &y))
            (dots(plane, size, &x, &y))
        }
    }
}

fn axes(plane: &Plane, size: Size, x: &Scale, y: &Scale) -> Markup {
    let (right, bottom) = (size.width - RIGHT, size.height - BOTTOM);
    html! {
        @for tick in x.ticks() {
            (line("grid", [x.at(tick), TOP, x.at(tick), bottom]))
            (text("tick middle", x.at(tick), bottom + 17.0, &percent(tick)))
        }
        @for tick in y.ticks() {
            (line("grid", [LEFT, y.at(tick), right, y.at(tick)]))
            (text("tick end", LEFT - 6.0, y.at(tick) + 4.0, &percent(tick)))
        }
        (line("axis", [LEFT, bottom, right, bottom]))
        (text("end", right, size.height - 8.0, &plane.across))
        (text("", 4.0, 15.0, &plane.upwards))
        @if let Some(plan) = plane.plan {
            (line("plan", [LEFT, y.at(plan), right, y.at(plan)]))
            (text("planned", LEFT + 6.0, y.at(plan) - 6.0, &planned(plan)))
        }
    }
}

fn planned(plan: f64) -> String {
    format!("The best fixed plan would leave {plan:.0}%")
}

/// Leaders below crosses below dots below labels.
fn dots(plane: &Plane, size: Size, x: &Scale, y: &Scale) -> Markup {
    let points: Vec<(f64, f64)> = plane.dots.iter().map(|dot| (x.at(dot.x[0]), y.at(dot.y[0]))).collect();
    let room = Place { left: LEFT, top: TOP - 8.0, right: size.width - 2.0, bottom: size.height - BOTTOM - 2.0 };
    let mut taken: Vec<Place> =
        plane.dots.iter().zip(&points).flat_map(|(dot, point)| occupied(dot, *point, x, y)).collect();
    taken.extend(plane.plan.map(|plan| {
        let words = planned(plan);
        Place { left: LEFT, top: y.at(plan) - 18.0, right: LEFT + 6.0 + width_of(&words), bottom: y.at(plan) }
    }));
    taken.extend(plane.plan.map(|plan| Place {
        left: LEFT,
        top: y.at(plan) - 1.0,
        right: size.width - RIGHT,
        bottom: y.at(plan) + 1.0,
    }));
    let words: Vec<&str> = plane.dots.iter().map(|dot| dot.label.as_str()).collect();
    let labels = placed(&words, &points, &taken, room);
    html! {
        @for (label, (from_x, from_y)) in labels.iter().zip(&points) {
            (line("leader", [*from_x, *from_y, label.anchor.0, label.anchor.1]))
        }
        @for (dot, (at_x, at_y)) in plane.dots.iter().zip(&points) {
            (line("cross", [x.at(dot.x[1]), *at_y, x.at(dot.x[2]), *at_y]))
            (line("cross", [*at_x, y.at(dot.y[1]), *at_x, y.at(dot.y[2])]))
            circle class=(if dot.filled { "dot filled" } else { "dot" }) cx=(short(*at_x)) cy=(short(*at_y)) r=(RADIUS) {}
        }
        @for (Label { place, .. }, words) in labels.iter().zip(&words) {
            (text("label", place.left, place.bottom - 4.0, words))
        }
    }
}

/// What a dot with its cross covers.
fn occupied(dot: &Dot, (at_x, at_y): (f64, f64), x: &Scale, y: &Scale) -> [Place; 3] {
    let around = |half: f64| Place { left: at_x - half, top: at_y - half, right: at_x + half, bottom: at_y + half };
    let thin = around(1.5);
    [
        around(RADIUS + 1.5),
        Place { left: x.at(dot.x[1]), right: x.at(dot.x[2]), ..thin },
        Place { top: y.at(dot.y[2]), bottom: y.at(dot.y[1]), ..thin },
    ]
}

pub(super) fn line(class: &str, [from_x, from_y, to_x, to_y]: [f64; 4]) -> Markup {
    html! { line class=(class) x1=(short(from_x)) y1=(short(from_y)) x2=(short(to_x)) y2=(short(to_y)) {} }
}

pub(super) fn text(class: &str, x: f64, y: f64, words: &str) -> Markup {
    html! { text class=(class) x=(short(x)) y=(short(y)) { (words) } }
}

/// A length with one decimal.
pub(super) fn short(length: f64) -> String {
    format!("{length:.1}")
}

fn percent(value: f64) -> String {
    let digits = if value.fract() == 0.0 { format!("{:.0}%", value.abs()) } else { format!("{:.1}%", value.abs()) };
    if value < 0.0 { format!("−{digits}") } else { digits }
}

/// From values to places.
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Over all values with a little room beside them, in round steps.
    pub(super) fn over(values: &[f64], from: f64, to: f64) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let (least, most) = if least <= most { (least, most) } else { (0.0, 1.0) };
        let span = (most - least).max(0.5);
        let rough = span / 4.0;
        let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * power).find(|step| *step >= rough).unwrap_or(rough);
        let low = ((least - span * 0.12) / step).floor() * step;
        let high = ((most + span * 0.12) / step).ceil() * step;
        Self { low, high, step, from, to }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    pub(super) fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as u32;
        (0..=count).map(|tick| ((self.low + f64::from(tick) * self.step) * 1e6).round() / 1e6).collect()
    }
}
