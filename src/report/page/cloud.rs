//! The chart of paired runs: a dot a pair, zero lines, and the share of each quadrant in its corner.

use maud::{Markup, html};

use super::plane::{Scale, Size, line, short, text};
use crate::report::answer::Cloud;

const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 46.0;

/// The drawing as SVG.
pub(super) fn svg(cloud: &Cloud, size: Size) -> Markup {
    let values = |axis: usize| cloud.points.iter().map(|point| point[axis]).chain([0.0]).collect::<Vec<f64>>();
    let (right, bottom) = (size.width - RIGHT, size.height - BOTTOM);
    let (x, y) = (Scale::over(&values(0), LEFT, right), Scale::over(&values(1), bottom, TOP));
    let (title, description) = (format!("cloud-{}-title", size.class), format!("cloud-{}-text", size.class));
    let corners = [
        ("quadrant end", right - 4.0, TOP - 8.0),
        ("quadrant", LEFT + 4.0, TOP - 8.0),
        ("quadrant", LEFT + 4.0, bottom - 8.0),
        ("quadrant end", right - 4.0, bottom - 8.0),
    ];
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {} {}", size.width, size.height)) class=(size.class)
            role="img" aria-labelledby={ (title) " " (description) } {
            title id=(title) { (cloud.title) }
            desc id=(description) { (cloud.description) }
            @for tick in x.ticks() {
                (line("grid", [x.at(tick), TOP, x.at(tick), bottom]))
                (text("tick middle", x.at(tick), bottom + 17.0, &number(tick)))
            }
            @for tick in y.ticks() {
                (line("grid", [LEFT, y.at(tick), right, y.at(tick)]))
                (text("tick end", LEFT - 6.0, y.at(tick) + 4.0, &number(tick)))
            }
            (line("zero", [x.at(0.0), TOP, x.at(0.0), bottom]))
            (line("zero", [LEFT, y.at(0.0), right, y.at(0.0)]))
            @for [across, upwards] in &cloud.points {
                circle class="pair" cx=(short(x.at(*across))) cy=(short(y.at(*upwards))) r="2.6" {}
            }
            @for ((class, at_x, at_y), share) in corners.iter().zip(&cloud.shares) {
                (text(class, *at_x, *at_y, share))
            }
            (text("end", right, size.height - 8.0, &cloud.across))
            (text("", 4.0, 15.0, &cloud.upwards))
        }
    }
}

/// A tick with its sign.
fn number(value: f64) -> String {
    let size = format!("{}", (value.abs() * 1e6).round() / 1e6);
    match value {
        value if value > 0.0 => format!("+{size}"),
        value if value < 0.0 => format!("−{size}"),
        _ => size,
    }
}
