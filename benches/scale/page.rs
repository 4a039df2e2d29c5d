//! The curves as tables, and the page that shows them.

use crate::curves::Curve;
use commonground::model::simd::InstructionSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/performance.md";
const PICTURE: &str = "docs/images/performance.svg";
const FIRST: &str = "<!-- scale: what `cargo bench --bench scale -- --write` put here -->";
const LAST: &str = "<!-- end of scale -->";

/// A table a curve, in Markdown.
pub(crate) fn tables(curves: &[Curve]) -> String {
    let mut text = String::new();
    for curve in curves {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}: ns a step of one provider ({})\n", capital(curve.title), curve.note);
        for line in &curve.lines {
            let sizes: Vec<String> = line.points.iter().map(|(size, _)| count(*size)).collect();
            let times: Vec<String> = line.points.iter().map(|(_, time)| format!("{time:.2}")).collect();
            let _ = writeln!(text, "| {} | {} |", line.label, sizes.join(" | "));
            let _ = writeln!(text, "|---|{}", "---:|".repeat(sizes.len()));
            let _ = writeln!(text, "| ns | {} |\n", times.join(" | "));
            for fault in &line.left_out {
                let _ = writeln!(text, "{} is left out at one size: {}\n", line.label, fault.replace('\n', " "));
            }
        }
    }
    text
}

/// Writes the picture, and the machine and what was left out into the page.
///
/// # Errors
/// A file that cannot be read or written, or a page without marks.
pub(crate) fn write(picture: &str, curves: &[Curve]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(root.join(PICTURE), picture).map_err(|fault| format!("{PICTURE}: {fault}"))?;
    let old = fs::read_to_string(root.join(PAGE)).map_err(|fault| format!("{PAGE}: {fault}"))?;
    let marks = old.split_once(FIRST).and_then(|(before, rest)| Some((before, rest.split_once(LAST)?.1)));
    let (before, after) = marks.ok_or_else(|| format!("{PAGE} has not the lines {FIRST} and {LAST}"))?;
    let new = format!("{before}{FIRST}\n\n{}\n{LAST}{after}", under_the_picture(curves));
    fs::write(root.join(PAGE), new).map_err(|fault| format!("{PAGE}: {fault}"))
}

/// The machine, what stays in each curve, and what could not be had.
fn under_the_picture(curves: &[Curve]) -> String {
    let mut text = format!("One thread of {}, {:?}.\n\n", processor(), InstructionSet::best());
    for curve in curves {
        let _ = writeln!(text, "- By {}: {}.", curve.title, curve.note);
        let left_out = curve.lines.iter().filter(|line| !line.left_out.is_empty());
        for line in left_out {
            let _ = writeln!(
                text,
                "  {} is left out at {} sizes: {}.",
                line.label,
                line.left_out.len(),
                line.left_out[0].replace('\n', " ")
            );
        }
    }
    text
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let of = |key: &str| {
        let line = text.lines().find(|line| line.split(':').next().is_some_and(|name| name.trim() == key));
        line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned())
    };
    match (of("model name"), of("cpu family"), of("model")) {
        (Some(name), Some(family), Some(model)) => format!("{name} (family {family}, model {model})"),
        _ => std::env::consts::ARCH.to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number with commas between its thousands.
pub(crate) fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let head = digits.len() % 3;
    let groups: Vec<&str> = [&digits[..head]]
        .into_iter()
        .chain(digits.as_bytes()[head..].chunks(3).filter_map(|group| std::str::from_utf8(group).ok()))
        .filter(|group| !group.is_empty())
        .collect();
    groups.join(",")
}
