//! The chart of an ensemble: a row of dots a design, coloured by thirds of the number that decides.

use maud::{Markup, html};

use super::plane::{Scale, Size, line, short, text};
use crate::report::answer::Dots;

const ROW: f64 = 52.0;
const BOTTOM: f64 = 46.0;
const KEY: f64 = 26.0;
const EDGE: f64 = 10.0;
/// Heights at which dots of a row stand, so that those of one place do not hide each other.
const HEIGHTS: [f64; 5] = [0.0, -6.0, 6.0, -3.0, 3.0];
const THIRDS: [&str; 3] = ["low", "mid", "high"];

/// The drawing as SVG; as high as it has rows.
pub(super) fn svg(dots: &Dots, size: Size) -> Markup {
    let top = if dots.colour.len() == 3 { KEY } else { 0.0 };
    let bottom = top + dots.rows.len() as f64 * ROW;
    let zero = dots.has_zero.then_some(0.0);
    let values: Vec<f64> = dots.rows.iter().flat_map(|row| &row.dots).map(|(at, _)| *at).chain(zero).collect();
    let x = Scale::over(&values, EDGE, size.width - EDGE);
    let (title, description) = (format!("dots-{}-title", size.class), format!("dots-{}-text", size.class));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {} {}", size.width, bottom + BOTTOM)) class=(size.class)
            role="img" aria-labelledby={ (title) " " (description) } {
            title id=(title) { (dots.title) }
            desc id=(description) { (dots.description) }
            @if let [name, least, most] = dots.colour.as_slice() {
                circle class="point low" cx="6" cy="10" r="4.5" {}
                (text("tick", 14.0, 14.0, &format!("{name} near {least}")))
                circle class="point high" cx=(short(size.width / 2.0 + 6.0)) cy="10" r="4.5" {}
                (text("tick", size.width / 2.0 + 14.0, 14.0, &format!("near {most}")))
            }
            @for tick in x.ticks() {
                (line("grid", [x.at(tick), top, x.at(tick), bottom]))
                (text("tick middle", x.at(tick), bottom + 17.0, &format!("{tick}").replace('-', "−")))
            }
            @if dots.has_zero { (line("zero", [x.at(0.0), top, x.at(0.0), bottom])) }
            @for (at, row) in dots.rows.iter().enumerate() {
                @let y = top + at as f64 * ROW;
                (text("label", 0.0, y + 14.0, &row.label))
                (text("end", size.width, y + 14.0, &row.words))
                @for (number, (value, third)) in row.dots.iter().enumerate() {
                    circle class=(format!("point {}", THIRDS[usize::from(*third).min(2)])) cx=(short(x.at(*value)))
                        cy=(short(y + 34.0 + HEIGHTS[number % HEIGHTS.len()])) r="3.6" {}
                }
            }
            (text("end", size.width, bottom + 38.0, &dots.axis))
        }
    }
}
