//! The recipes of docs/adding.md as they are read: what is to be pasted, and where.

use super::{ends_in, read, sources};
use std::collections::BTreeMap;

/// Lines for a part of a file that is there.
pub(super) struct Paste {
    pub(super) file: String,
    /// The part of the file, as it stands there: `fn key`, `enum Growth`.
    pub(super) item: String,
    /// The number that takes the place of another in the first line.
    pub(super) counted: Option<[String; 2]>,
    lines: Vec<String>,
}

/// One heading of the page with all that stands under it.
pub(super) struct Recipe {
    pub(super) heading: &'static str,
    pub(super) text: String,
    pub(super) pastes: Vec<Paste>,
    /// The new file, with its path, if there is one.
    pub(super) file: Option<(String, String)>,
}

/// The recipes, with the names of the part that each adds, and the enumeration by which the compiler knows it.
pub(super) const RECIPES: [(&str, &[&str], &str); 5] = [
    ("A rule that restricts", &["Recognition", "recognition"], "RuleName"),
    ("A rule that changes payoffs", &["Esteem", "esteem", "disapproval"], ""),
    ("A law of growth", &["Gompertz", "gompertz"], "Growth"),
    ("A payment", &["CappedBlock", "capped_block"], "Payment"),
    ("A measure", &["need_met_last"], ""),
];

pub(super) fn recipes() -> Vec<Recipe> {
    let page = read("docs/adding.md");
    RECIPES.into_iter().map(|(heading, ..)| recipe(&page, heading)).collect()
}

fn recipe(page: &str, heading: &'static str) -> Recipe {
    let from = page.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no recipe `{heading}`")).1;
    let text = from.split("\n## ").next().unwrap_or(from).to_owned();
    let mut recipe = Recipe { heading, pastes: Vec::new(), file: None, text: text.clone() };
    for block in text.split("```rust\n").skip(1).filter_map(|rest| rest.split("\n```").next()) {
        if block.starts_with("//!") {
            let path = text.split("### The file: `").nth(1).and_then(|rest| rest.split('`').next()).unwrap_or("");
            recipe.file = Some((path.to_owned(), block.to_owned()));
            continue;
        }
        for line in block.lines() {
            match place(line) {
                Some(paste) => recipe.pastes.push(paste),
                None => recipe.pastes.last_mut().expect("a place above the first line").lines.push(line.to_owned()),
            }
        }
    }
    recipe
}

/// Whether somebody is following a recipe just now: its new file is in the sources.
pub(super) fn is_followed(recipes: &[Recipe]) -> bool {
    recipes.iter().filter_map(|recipe| recipe.file.as_ref()).any(|(path, _)| sources().contains_key(path))
}

/// "// file, part of it, 16 in place of 15".
fn place(line: &str) -> Option<Paste> {
    let mut said = line.strip_prefix("// ")?.split(", ");
    let file = said.next().filter(|file| ends_in(file, "rs"))?.to_owned();
    let item = said.next()?.to_owned();
    let counted =
        said.find_map(|also| also.split_once(" in place of ")).map(|(new, old)| [new.to_owned(), old.to_owned()]);
    Some(Paste { file, item, counted, lines: Vec::new() })
}

impl Paste {
    /// The lines that are new or changed.
    pub(super) fn own_lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| line.trim()).filter(|line| !["", "// …"].contains(line))
    }

    /// The arms of a match by which the compiler knows the part.
    pub(super) fn is_arm(&self) -> bool {
        self.own_lines().any(|line| line.contains(" => ") && line.starts_with(|letter: char| letter.is_uppercase()))
    }
}

/// What stands in a file under such a name, from its first line to the one that closes it. There may be several.
pub(super) fn items<'a>(text: &'a str, name: &str) -> Vec<Vec<&'a str>> {
    if name == "mod and use" {
        return vec![
            text.lines()
                .filter(|line| line.starts_with("mod ") || line.starts_with("pub use "))
                .map(str::trim)
                .collect(),
        ];
    }
    let lines: Vec<&str> = text.lines().collect();
    let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let opens = |line: &str| code(line).split(name).nth(1).is_some_and(|rest| !goes_on(rest));
    let starts = (0..lines.len()).filter(|number| opens(lines[*number]));
    starts.map(|start| lines[start..=end_of(&lines, start)].iter().map(|line| line.trim()).collect()).collect()
}

/// The line that closes what a line opens.
pub(super) fn end_of(lines: &[&str], start: usize) -> usize {
    let deep = depth(lines[start]);
    let closes = |line: &str| depth(line) == deep && line.trim().starts_with(['}', ']']);
    (start + 1..lines.len()).find(|number| closes(lines[*number])).unwrap_or(start)
}

/// How far a line is indented.
pub(super) fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A line without what stands between quotation marks and behind a comment.
pub(super) fn code(line: &str) -> String {
    line.split("//").next().unwrap_or("").split('"').step_by(2).collect()
}

impl Recipe {
    /// How many lines of each file are new or changed, but for the new file.
    pub(super) fn lines_by_file(&self) -> BTreeMap<&str, usize> {
        let mut lines = BTreeMap::new();
        for paste in &self.pastes {
            *lines.entry(paste.file.as_str()).or_insert(0) += paste.own_lines().count();
        }
        lines
    }

    /// What stands before the first block of code and the first heading below its own, in one line.
    pub(super) fn beginning(&self) -> String {
        let text = self.text.split("\n### ").next().and_then(|text| text.split("\n```").next());
        text.unwrap_or("").replace('\n', " ")
    }
}
