//! The chart of what changes for each kind of provider: a ring where it was, a dot where it comes to, and the numbers beside it.

use maud::{Markup, html};

use super::plane::{Scale, Size, line, short, text};
use crate::report::answer::{Changes, Judged};

const ROW: f64 = 30.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 28.0;
/// Letters of a row's name that have room, and of its numbers.
const NAMES: f64 = 132.0;
const NUMBERS: f64 = 104.0;

/// The drawing as SVG; as high as it has rows.
pub(super) fn svg(changes: &Changes, size: Size) -> Markup {
    let rows = changes.bars.len() as f64;
    let bottom = TOP + rows * ROW;
    let values: Vec<f64> = changes.bars.iter().flat_map(|bar| [bar.from, bar.to]).collect();
    let x = Scale::over(&values, NAMES, size.width - NUMBERS);
    let (title, description) = (format!("changes-{}-title", size.class), format!("changes-{}-text", size.class));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {} {}", size.width, bottom + BOTTOM)) class=(size.class)
            role="img" aria-labelledby={ (title) " " (description) } {
            title id=(title) { (changes.title) }
            desc id=(description) { (changes.description) }
            @for tick in x.ticks() {
                (line("grid", [x.at(tick), TOP, x.at(tick), bottom]))
                (text("tick middle", x.at(tick), bottom + 17.0, &format!("{tick}{}", if changes.percent { "%" } else { "" })))
            }
            @for (at, bar) in changes.bars.iter().enumerate() {
                @let y = TOP + (at as f64 + 0.5) * ROW;
                @let class = class(bar.judged);
                (text("", 0.0, y + 4.5, &bar.label))
                (line(&format!("way {class}"), [x.at(bar.from), y, x.at(bar.to), y]))
                circle class=(format!("from {class}")) cx=(short(x.at(bar.from))) cy=(short(y)) r="5" {}
                circle class=(format!("to {class}")) cx=(short(x.at(bar.to))) cy=(short(y)) r="5.5" {}
                (text("end", size.width, y + 4.5, &bar.words))
            }
        }
    }
}

fn class(judged: Judged) -> &'static str {
    match judged {
        Judged::Better => "better",
        Judged::Worse => "worse",
        Judged::Same | Judged::Unclear | Judged::Neither => "same",
    }
}
