//! A chart as it stands in a page: the same picture in fewer letters. Files beside the page keep what the drawing library writes.
//!
//! Lines and areas become paths in relative steps, long ones half a pixel fine; lines of one style that follow each other become
//! one; and what is the same everywhere is left to the stylesheet.

/// Units of a drawing to a step of a long line: half a pixel.
const STEP: i32 = 5;
/// From so many points on a line is long.
const LONG: usize = 12;

/// What the stylesheet says, or a reader takes for granted.
const USUAL: [&str; 4] = [
    " opacity=\"1\"",
    " font-family=\"Roboto, Arial, Helvetica, sans-serif\"",
    " text-anchor=\"start\"",
    " stroke=\"none\"",
];

/// The picture in fewer letters.
pub(super) fn slim(svg: &str) -> String {
    let mut slim = String::with_capacity(svg.len() / 2);
    let mut before: Option<(String, String)> = None;
    for line in svg.lines() {
        let mut line = line.trim().to_owned();
        for usual in USUAL {
            // Words are a reader's: only what stands in a tag goes.
            if line.starts_with('<') {
                line = line.replace(usual, "");
            }
        }
        let next = path(&line);
        match (&mut before, next) {
            (Some((style, steps)), Some((own, more))) if *style == own && style.contains(NO_FILL) => {
                steps.push_str(&more);
            }
            (_, next) => {
                end(&mut slim, before.take());
                if next.is_none() {
                    slim.push_str(&line);
                }
                before = next;
            }
        }
    }
    end(&mut slim, before);
    slim
}

/// Lines over each other look alike drawn as one only where nothing shines through.
const NO_FILL: &str = "fill=\"none\"";

fn end(slim: &mut String, path: Option<(String, String)>) {
    if let Some((style, steps)) = path {
        for part in ["<path", &style, " d=\"", &steps, "\"/>"] {
            slim.push_str(part);
        }
    }
}

/// The style and the steps of a line or an area; `None` of anything else.
fn path(line: &str) -> Option<(String, String)> {
    let (rest, is_closed) = match (line.strip_prefix("<polyline"), line.strip_prefix("<polygon")) {
        (Some(rest), _) => (rest, false),
        (None, Some(rest)) => (rest, true),
        (None, None) => return None,
    };
    let (style, points) = rest.split_once(" points=\"")?;
    let points = points.strip_suffix("\"/>")?;
    let points: Option<Vec<(i32, i32)>> = points
        .split_whitespace()
        .map(|point| {
            let (x, y) = point.split_once(',')?;
            Some((x.parse().ok()?, y.parse().ok()?))
        })
        .collect();
    let mut points = points?;
    let mut style = style.to_owned();
    if points.len() >= LONG {
        style = scaled(&style)?;
        let step = |value: i32| (f64::from(value) / f64::from(STEP)).round() as i32;
        points = points.into_iter().map(|(x, y)| (step(x), step(y))).collect();
        points.dedup();
    }
    let (first, mut last) = (*points.first()?, *points.first()?);
    let mut steps = format!("M{} {}l", first.0, first.1);
    for (x, y) in points.into_iter().skip(1) {
        for (change, is_first) in [(x - last.0, true), (y - last.1, false)] {
            if change >= 0 && !(is_first && steps.ends_with('l')) {
                steps.push(' ');
            }
            steps.push_str(&change.to_string());
        }
        last = (x, y);
    }
    if is_closed {
        steps.push('z');
    }
    Some((style, steps))
}

/// The style for a path in steps.
fn scaled(style: &str) -> Option<String> {
    const WIDTH: &str = " stroke-width=\"";
    let scale = format!(" transform=\"scale({STEP})\"");
    let Some((before, after)) = style.split_once(WIDTH) else { return Some(style.to_owned() + &scale) };
    let (width, after) = after.split_once('"')?;
    let width: f64 = width.parse().ok()?;
    Some(format!("{before}{WIDTH}{}\"{after}{scale}", width / f64::from(STEP)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_areas_become_paths_in_steps_and_lines_of_one_style_one() {
        let style = " fill=\"none\" opacity=\"1\" stroke=\"#000000\" stroke-width=\"10\"";
        let svg = format!(
            "<polyline{style} points=\"0,0 10,-5 20,5 \"/>\n<polyline{style} points=\"0,7 9,7 \"/>\n\
             <polygon opacity=\"0.2\" fill=\"#111111\" points=\"1,1 2,1 2,2 \"/>"
        );
        let expected = "<path fill=\"none\" stroke=\"#000000\" stroke-width=\"10\" d=\"M0 0l10-5 10 10M0 7l9 0\"/>\
                        <path opacity=\"0.2\" fill=\"#111111\" d=\"M1 1l1 0 0 1z\"/>";
        assert_eq!(slim(&svg), expected);
    }

    #[test]
    fn a_long_line_keeps_its_width_and_its_ends() {
        let points: Vec<String> = (0..20).map(|at| format!("{},{} ", at * 50, 1000 - at * 5)).collect();
        let points = points.concat();
        let slim = slim(&format!("<polyline fill=\"none\" stroke-width=\"26\" points=\"{points}\"/>"));
        assert!(
            slim.starts_with("<path fill=\"none\" stroke-width=\"5.2\" transform=\"scale(5)\" d=\"M0 200l10-1 10-1"),
            "{slim}"
        );
    }

    #[test]
    fn words_stay_as_they_are() {
        let text = "<text x=\"1\" text-anchor=\"start\">\nan opacity=\"1\" in words\n</text>";
        assert_eq!(slim(text), "<text x=\"1\">an opacity=\"1\" in words</text>");
    }
}
