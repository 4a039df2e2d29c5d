//! What the recipes of docs/adding.md paste fits where it is to stand, line by line, in as many lines of as many files as they say.

use super::recipes::{Paste, RECIPES, code, is_followed, items, recipes};
use super::{ends_in, none, sources, words};
use commonground::model::english::in_letters;
use std::collections::{BTreeMap, BTreeSet};

/// What is a part's own in lines that are otherwise like those of its sisters.
const OWN: [&str; 3] =
    ["law.rate * self.capacity / std::f64::consts::E", "setup.rules.esteem()", "(form.amount, form.price)"];
/// What the lines of a recipe bring with them.
const BOUND: [&str; 3] = ["law", "form", "rule"];

/// Whether a line is like another but for names, which it replaces by others, each by the same throughout.
fn is_sister(line: &str, other: &str, names: &[&str]) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let (mut rest, mut left, mut taken) = (line, other, BTreeMap::new());
    loop {
        let next = names.iter().filter_map(|name| rest.find(name).map(|at| (at, *name))).min();
        let Some((at, name)) = next else { return rest == left };
        let Some(after) = left.strip_prefix(&rest[..at]) else { return false };
        let end = after.find(|letter| !is_word(letter)).unwrap_or(after.len());
        if end == 0 || *taken.entry(name).or_insert(&after[..end]) != &after[..end] {
            return false;
        }
        (rest, left) = (&rest[at + name.len()..], &after[end..]);
    }
}

/// What does not fit where it is to stand, of a recipe that adds a part of these names, or has added it.
fn misfits(paste: &Paste, text: &str, names: &[&str], is_followed: bool) -> Vec<String> {
    let items = items(text, &paste.item);
    if items.is_empty() {
        return vec!["there is no such part of it".to_owned()];
    }
    let mut misfits = Vec::new();
    if let Some([new, old]) = &paste.counted {
        let changed = paste.own_lines().next().unwrap_or("");
        let first = changed.replacen(new.as_str(), old, 1);
        let is_first = |line: &&str| *line == first || is_followed && *line == changed;
        if !items.iter().flatten().any(is_first) {
            misfits.push(format!("no line is `{first}`"));
        }
    }
    let known: BTreeSet<&str> = words(text).chain(names.iter().copied()).chain(BOUND).collect();
    let lines = paste.own_lines().skip(usize::from(paste.counted.is_some())).filter(|line| !line.starts_with("///"));
    for line in lines {
        let own = OWN.into_iter().find(|own| line.contains(own));
        // A part of the engine is told of in the same words as its sisters; what tests ask of it is its own.
        let by_name =
            paste.file.starts_with("engine/") && own.is_none() && names.iter().any(|name| line.contains(name));
        let imported = paste.item.starts_with("use ") && line == format!("{},", names[0]);
        let is_told = by_name && !imported && !line.starts_with("Entry::new(") || line.starts_with("#[");
        if is_told && !items.iter().flatten().any(|there| is_sister(line, there, names)) {
            misfits.push(format!("no line is like `{line}`"));
        }
        let code = code(&line.replace(own.unwrap_or("\0"), ""));
        misfits
            .extend(words(&code).find(|word| !known.contains(word)).map(|word| format!("nothing is called `{word}`")));
    }
    misfits
}

#[test]
fn what_a_recipe_pastes_fits_where_it_is_to_stand() {
    let (sources, mut faults, mut looked_at) = (sources(), Vec::new(), 0);
    let recipes = recipes();
    for (recipe, (heading, names, _)) in recipes.iter().zip(RECIPES) {
        for paste in &recipe.pastes {
            looked_at += paste.own_lines().count();
            let misfits = match sources.get(&paste.file) {
                Some(text) => misfits(paste, text, names, is_followed(&recipes)),
                None => vec!["there is no such file".to_owned()],
            };
            faults.extend(misfits.iter().map(|fault| format!("{heading}: {}, {}: {fault}", paste.file, paste.item)));
        }
    }
    none(&faults);
    assert!(looked_at > 80, "only {looked_at} lines were looked at");
}

/// The number that a word is, up to twelve.
fn number(word: &str) -> Option<usize> {
    (0..=12).find(|number| in_letters(*number) == Some(word))
}

#[test]
fn a_recipe_has_as_many_lines_in_as_many_files_as_it_says() {
    let (recipes, mut faults, mut looked_at) = (recipes(), Vec::new(), 0);
    // What is as in the first recipe is not told again.
    let first = recipes[0].lines_by_file();
    for recipe in &recipes {
        let mut fault = |fault: String| faults.push(format!("{}: {fault}", recipe.heading));
        let (own, beginning) = (recipe.lines_by_file(), recipe.beginning());
        // "seven lines in `file`": the last number before it.
        let parts: Vec<&str> = beginning.split('`').collect();
        for pair in parts.chunks_exact(2).filter(|pair| pair[1].starts_with("engine/src/") && ends_in(pair[1], "rs")) {
            looked_at += 1;
            let (said, is) =
                (words(pair[0]).filter_map(number).last(), own.get(pair[1]).or(first.get(pair[1])).copied());
            if said != is {
                fault(format!("it says {said:?} lines in {}, and has {is:?}", pair[1]));
            }
        }
        let tests = own.keys().filter(|file| file.starts_with("tests/")).count();
        let plural = if tests == 1 { "test" } else { "tests" };
        if !beginning.contains(&format!(" in {} {plural}", in_letters(tests).unwrap_or(""))) {
            fault(format!("it has lines in {tests} {plural}"));
        }
        let arms = recipe.pastes.iter().filter(|paste| paste.is_arm() && paste.file.starts_with("engine/")).count();
        let asked = format!("The compiler then asks for {} match arms", in_letters(arms).unwrap_or(""));
        if arms > 0 && !recipe.text.contains(&asked) {
            fault(format!("it has {arms} match arms"));
        }
    }
    none(&faults);
    assert!(looked_at > 8, "only {looked_at} counts were looked at");
}
