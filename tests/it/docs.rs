//! What the pages for those who build on it say of the sources: every file, name, place and count that they give, and every link.

mod forms;
mod parts;
mod pasted;
mod recipes;
mod typed;

use crate::support::files;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The pages that speak of the sources.
const PAGES: [&str; 3] = ["docs/adding.md", "docs/architecture.md", "docs/tests.md"];

/// Words between backticks that stand in no source: the parts and measures that docs/adding.md adds as examples, what it calls them,
/// and programs beside this one.
const IN_NO_SOURCE: [&str; 11] = [
    "recognition",
    "Recognition",
    "esteem",
    "Esteem",
    "gompertz",
    "capped_block",
    "need_met_last",
    "recognised",
    "step_down_beds",
    "mutants",
    "cargo",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The sources by their paths, with their text; read once for all tests.
fn sources() -> &'static BTreeMap<String, String> {
    static SOURCES: LazyLock<BTreeMap<String, String>> = LazyLock::new(gathered);
    &SOURCES
}

fn gathered() -> BTreeMap<String, String> {
    let folders = ["src", "engine/src", "statistics/src", "tests/it", "examples", "benches", "scenarios", ".cargo"];
    let of_folder = |folder: &'static str| {
        let named = move |(path, bytes): (PathBuf, Vec<u8>)| {
            let path = path.to_string_lossy().replace('\\', "/");
            (format!("{folder}/{path}"), String::from_utf8_lossy(&bytes).into_owned())
        };
        files(&root().join(folder)).into_iter().map(named)
    };
    let single =
        ["tests/allocations.rs", "tests/browser/page.test.mjs", "tests/mutants", "Cargo.toml", "engine/Cargo.toml"];
    let mut all: BTreeMap<String, String> = folders.into_iter().flat_map(of_folder).collect();
    all.extend(single.map(|file| (file.to_owned(), read(file))));
    assert!(all.len() > 300, "only {} sources were read", all.len());
    all
}

/// The words that a program could be made of, as they stand in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_'))
}

/// A page without its blocks of code.
fn prose(page: &str) -> String {
    page.split("\n```").step_by(2).map(|part| part.trim_start_matches(|letter| letter != '\n')).collect()
}

/// What stands between backticks, and the text that follows it.
fn spans(prose: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for line in prose.lines() {
        let mut rest = line;
        while let Some((span, after)) = rest.split_once('`').and_then(|(_, from)| from.split_once('`')) {
            found.push((span, after));
            rest = after;
        }
    }
    found
}

/// Whether the name of a file ends so.
fn ends_in(file: &str, ending: &str) -> bool {
    Path::new(file).extension().is_some_and(|has| has == ending)
}

fn is_file(span: &str) -> bool {
    let in_folder = ["tests/", "engine/", "src/", "assets/"].iter().any(|start| span.starts_with(start));
    !span.contains([' ', '*', '{']) && (in_folder || ["rs", "toml", "md"].iter().any(|ending| ends_in(span, ending)))
}

/// The sources at a path or in a folder, as a page names it: from the root, or by its last names alone.
fn named<'a>(sources: &'a BTreeMap<String, String>, span: &str) -> Vec<(&'a str, &'a str)> {
    let is = |path: &str| path == span || path.starts_with(&format!("{span}/")) || path.ends_with(&format!("/{span}"));
    sources.iter().filter(|(path, _)| is(path)).map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "a page says what is not so:\n  {}", faults.join("\n  "));
}

#[test]
fn every_file_and_name_on_a_page_is_in_the_sources() {
    let sources = sources();
    let known: HashSet<&str> = sources.values().flat_map(|text| words(text)).chain(IN_NO_SOURCE).collect();
    let (mut faults, mut looked_at) = (Vec::new(), 0);
    for page in PAGES {
        let text = prose(&read(page));
        for (span, after) in spans(&text) {
            looked_at += 1;
            let example = words(span).any(|word| IN_NO_SOURCE.contains(&word));
            if is_file(span) && !example && named(sources, span).is_empty() && !root().join(span).exists() {
                faults.push(format!("{page}: there is no `{span}`"));
            }
            let unknown = words(span).find(|word| word.len() > 2 && !known.contains(word));
            if let Some(word) = unknown.filter(|_| !is_file(span)) {
                faults.push(format!("{page}: `{word}` (of `{span}`) stands in no source"));
            }
            // "`name` in `file`" says where.
            let place =
                after.strip_prefix(" in `").and_then(|rest| rest.split('`').next()).filter(|place| is_file(place));
            if let Some(place) = place.filter(|_| !is_file(span)) {
                let last = words(span).last().unwrap_or(span);
                if !named(sources, place).iter().any(|(_, text)| words(text).any(|word| word == last)) {
                    faults.push(format!("{page}: `{last}` is not in `{place}`"));
                }
            }
        }
    }
    none(&faults);
    assert!(looked_at > 250, "only {looked_at} names were looked at");
}

#[test]
fn every_room_is_on_the_map() {
    let map = read("docs/architecture.md");
    let told: BTreeSet<&str> = spans(&map).into_iter().map(|(span, _)| span).collect();
    let mut faults = Vec::new();
    for file in ["src/lib.rs", "src/main.rs", "engine/src/lib.rs"] {
        let text = read(file);
        let rooms =
            text.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
        faults.extend(
            rooms
                .filter(|room| !told.contains(room))
                .map(|room| format!("docs/architecture.md leaves out `{room}` of {file}")),
        );
    }
    none(&faults);
}

/// Where a heading of a page can be linked to.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter);
    heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let (mut faults, mut looked_at) = (Vec::new(), 0);
    let pages = fs::read_dir(root().join("docs"))
        .unwrap()
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().to_string_lossy()));
    let pages = pages.filter(|page| ends_in(page, "md"));
    for page in pages.chain(["README.md".to_owned(), "CHANGELOG.md".to_owned()]) {
        let text = read(&page);
        let targets = prose(&text);
        for target in targets.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            looked_at += 1;
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = root().join(&page).parent().unwrap().join(file);
            let to = if file.is_empty() { text.clone() } else { fs::read_to_string(&path).unwrap_or_default() };
            let is_there = file.is_empty() || path.exists();
            if !is_there
                || !heading.is_empty() && !to.lines().any(|line| line.starts_with('#') && anchor(line) == heading)
            {
                faults.push(format!("{page}: ({target}) leads nowhere"));
            }
        }
    }
    none(&faults);
    assert!(looked_at > 60, "only {looked_at} links were looked at");
}
