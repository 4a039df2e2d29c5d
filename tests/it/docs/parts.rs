//! The new files of docs/adding.md, held against their sisters; the arms that the compiler asks for; and what is to be typed.

use super::recipes::{RECIPES, code, depth, end_of, recipes};
use super::{ends_in, none, sources, words};
use std::collections::{BTreeMap, BTreeSet};

/// What the examples look at, and the file that says what it has.
const LOOKED_AT: [(&str, &str); 4] = [
    ("place", "engine/src/place.rs"),
    ("activity", "engine/src/payment/mod.rs"),
    ("pool", "engine/src/pool/mod.rs"),
    ("time", "engine/src/english.rs"),
];

/// The function in which a line stands.
fn function_of<'a>(lines: &[&'a str], number: usize) -> &'a str {
    let around = lines[..number].iter().rev().filter(|line| depth(line) < depth(lines[number]));
    around.map(|line| line.split_once("fn ")).find_map(|found| words(found?.1).next()).unwrap_or("")
}

/// Where an enumeration is matched with an arm for each of its variants and none for the rest: by file and function.
fn matches_of(name: &str, sources: &BTreeMap<String, String>) -> BTreeSet<(String, String)> {
    let opening = format!("pub enum {name} {{");
    let defined = sources.iter().find(|(path, text)| path.starts_with("engine/") && text.contains(&opening));
    let (home, text) = defined.unwrap_or_else(|| panic!("no enumeration `{name}`"));
    let body = text.split_once(&opening).and_then(|(_, rest)| rest.split("\n}").next()).unwrap_or("");
    let variants: Vec<&str> = body
        .lines()
        .filter(|line| line.trim().starts_with(|letter: char| letter.is_uppercase()))
        .filter_map(|line| words(line).next())
        .collect();
    assert!(variants.len() > 4, "`{name}` has {variants:?} only");
    let mut found = BTreeSet::new();
    for (path, text) in sources.iter().filter(|(path, _)| ends_in(path, "rs")) {
        let lines: Vec<&str> = text.lines().collect();
        let own = if path == home { "Self::" } else { "\0" };
        let opens = |line: &str| code(line).contains("match ") && line.ends_with('{');
        for start in (0..lines.len()).filter(|number| opens(lines[*number])) {
            let body = &lines[start + 1..end_of(&lines, start)];
            let arms = || body.iter().filter(|line| depth(line) == depth(lines[start]) + 4).map(|line| line.trim());
            let has = |variant: &str| {
                let names = |line: &str, before: &str| {
                    line.split(before)
                        .skip(1)
                        .any(|rest| words(rest).next() == Some(variant) && rest.starts_with(variant))
                };
                arms().any(|line| names(line, &format!("{name}::")) || names(line, own))
            };
            if variants.iter().all(|variant| has(variant)) && !arms().any(|line| line.starts_with("_ =>")) {
                found.insert((path.clone(), format!("fn {}", function_of(&lines, start))));
            }
        }
    }
    found
}

#[test]
fn the_compiler_asks_for_the_arms_that_a_recipe_has_and_for_no_others() {
    let sources = sources();
    for (recipe, (heading, _, by)) in recipes().iter().zip(RECIPES).filter(|(_, (.., by))| !by.is_empty()) {
        let arms = recipe.pastes.iter().filter(|paste| paste.is_arm());
        let told: BTreeSet<(String, String)> = arms.map(|paste| (paste.file.clone(), paste.item.clone())).collect();
        assert_eq!(told, matches_of(by, sources), "{heading}");
    }
}

/// The functions of a file that have a sister wherever there is one of their name: those that a part is called by.
fn signatures(text: &str) -> impl Iterator<Item = &str> {
    let called = ["fn income(", "fn growth(", "fn brief(", "fn describe(", "fn terms(", "fn principle("];
    text.lines().map(str::trim).filter(move |line| {
        called.iter().any(|name| line.contains(name)) && line.contains("&self") || line.contains("fn brief()")
    })
}

#[test]
fn a_new_file_is_like_its_sisters() {
    let (sources, mut faults, mut looked_at) = (sources(), Vec::new(), 0);
    let engine: BTreeSet<&str> =
        sources.iter().filter(|(path, _)| path.starts_with("engine/")).flat_map(|(_, text)| words(text)).collect();
    for recipe in recipes() {
        let Some((path, text)) = &recipe.file else { continue };
        let at = format!("{}: {path}", recipe.heading);
        // Whoever follows the page to the letter has it in the sources.
        let is_tried = sources.get(path).is_none_or(|there| there.trim() == text.trim());
        assert!(is_tried, "{at} is there already, and is another: take another example");
        let folder = &path[..=path.rfind('/').expect("a folder")];
        let sisters: Vec<&String> =
            sources.iter().filter(|(other, _)| other.starts_with(folder)).map(|(_, text)| text).collect();
        for line in signatures(text) {
            looked_at += 1;
            if !sisters.iter().any(|sister| sister.contains(line)) {
                faults.push(format!("{at}: no sister has `{line}`"));
            }
        }
        for (what, file) in LOOKED_AT {
            let has = |name: &str| {
                [format!("pub {name}:"), format!("pub fn {name}("), format!("pub(crate) {name}:")]
                    .iter()
                    .any(|has| sources[file].contains(has))
            };
            let before = format!("{what}.");
            let asked = text.split(&before).skip(1).filter_map(|rest| words(rest).next());
            faults.extend(
                asked
                    .inspect(|_| looked_at += 1)
                    .filter(|name| !has(name))
                    .map(|name| format!("{at}: `{what}` has no `{name}`")),
            );
        }
        // What it imports, and what it is derived from.
        let head = text.split("\npub struct ").next().unwrap_or("");
        let unknown =
            head.lines().filter(|line| !line.starts_with("//")).flat_map(words).find(|word| !engine.contains(word));
        faults.extend(unknown.map(|word| format!("{at}: nothing is called `{word}`")));
        if folder.ends_with("/rule/") {
            let same = |from: &str, to: &str| {
                text.split_once(from)
                    .and_then(|(_, rest)| rest.split_once(to))
                    .map(|(all, _)| format!("{from}{all}{to}"))
            };
            let terms = [
                same("    /// How strongly the rule acts", "pub until: Option<u32>,\n"),
                same("    fn terms(&self)", "\n    }\n"),
            ];
            for rule in sisters.iter().filter(|sister| sister.contains("\nimpl Rule for ")) {
                looked_at += 1;
                let first = rule.lines().next().unwrap_or("");
                faults.extend(
                    terms
                        .iter()
                        .flatten()
                        .filter(|terms| !rule.contains(*terms))
                        .map(|_| format!("{at}: other terms than in the file `{first}`")),
                );
            }
        }
    }
    none(&faults);
    assert!(looked_at > 50, "only {looked_at} lines and names were looked at");
}
