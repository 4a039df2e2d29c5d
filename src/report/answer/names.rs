//! What designs are called: short names without what all have in common, and what they are of.

use std::collections::BTreeSet;

use super::super::study::Study;

/// Names of the designs of a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Names {
    /// What the names of the files have in common at the start, left out everywhere: "place-"; empty if nothing.
    pub(in crate::report) prefix: String,
    /// One a design, each another.
    pub(in crate::report) short: Vec<String>,
    /// Where the names are too long for a table: what each letter stands for.
    pub(in crate::report) letters: Vec<(String, String)>,
}

/// Letters of a name that a table has room for.
const LONGEST: usize = 24;

impl Names {
    pub(in crate::report) fn of(study: &Study) -> Self {
        Self::of_keys(&study.keys())
    }

    /// Short names of designs that are called so.
    pub(in crate::report) fn of_keys(keys: &[String]) -> Self {
        let (prefix, short) = without_common_start(keys);
        if short.iter().all(|name| name.chars().count() <= LONGEST) {
            return Self { prefix, short, letters: Vec::new() };
        }
        let letters: Vec<String> = ('A'..='Z').take(keys.len()).map(String::from).collect();
        Self { prefix, letters: letters.iter().cloned().zip(short).collect(), short: letters }
    }

    /// The name of a design.
    pub(in crate::report) fn name(&self, design: usize) -> &str {
        self.short.get(design).map_or("", String::as_str)
    }

    /// What stands under a table: what was left out of all names, and what letters stand for.
    pub(in crate::report) fn note(&self) -> Option<String> {
        let prefix = (!self.prefix.is_empty()).then(|| format!("names: {}…", self.prefix));
        let letters =
            self.letters.iter().map(|(letter, name)| format!("{letter} = {name}")).collect::<Vec<_>>().join(", ");
        let parts: Vec<String> = prefix.into_iter().chain((!letters.is_empty()).then_some(letters)).collect();
        (!parts.is_empty()).then(|| format!("({})", parts.join("; ")))
    }

    /// What the first design is called.
    pub(in crate::report) fn first(&self) -> &str {
        self.name(0)
    }
}

/// Names without the words that all begin with, and those words; every name keeps a word, and all stay different.
fn without_common_start(keys: &[String]) -> (String, Vec<String>) {
    let whole = || (String::new(), keys.to_vec());
    let Some(first) = keys.first().filter(|_| keys.len() > 1) else { return whole() };
    let mut ends = first.char_indices().filter(|(_, letter)| "-_".contains(*letter)).map(|(at, _)| at + 1);
    let shared = |end: &usize| {
        let start = &first[..*end];
        keys.iter().all(|key| key.strip_prefix(start).is_some_and(|rest| rest.chars().any(char::is_alphabetic)))
    };
    let Some(end) = ends.rfind(shared) else { return whole() };
    let short: Vec<String> = keys.iter().map(|key| key[end..].to_owned()).collect();
    let different: BTreeSet<String> = short.iter().map(|name| name.to_lowercase()).collect();
    if different.len() == keys.len() { (first[..end].to_owned(), short) } else { whole() }
}

/// What a study is about: the title of its only design, or what the titles of all begin with, and which designs there are.
pub(in crate::report) fn title(study: &Study, names: &Names) -> String {
    let titles: Vec<&str> = study.arms.iter().map(|arm| arm.file.title.as_str()).collect();
    let designs = match names.short.as_slice() {
        [] | [_] => return titles.first().map_or_else(String::new, |title| (*title).to_owned()),
        [one, other] => format!("{one} or {other}"),
        many => format!("{} designs", super::numbers::counted_in_words(many.len())),
    };
    match common_place(&titles) {
        Some(place) => format!("{place}: {designs}"),
        None => super::super::phrase::capitalised(&designs),
    }
}

/// What all titles say before a comma or a colon: "Isle of Wight".
fn common_place<'a>(titles: &[&'a str]) -> Option<&'a str> {
    let first = titles.first()?;
    let ends = first.char_indices().filter(|(_, letter)| ",:".contains(*letter)).map(|(at, _)| at);
    let shared = |end: &usize| titles.iter().all(|title| title.starts_with(&first[..=*end]));
    let whole = |end: &usize| !first[end + 1..].starts_with(|letter: char| letter.is_ascii_digit());
    let end = ends.filter(whole).rfind(shared);
    match end {
        Some(end) => Some(&first[..end]),
        None => titles.iter().all(|title| title == first).then_some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(keys: &[&str]) -> (String, Vec<String>) {
        without_common_start(&keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>())
    }

    fn named(prefix: &str, names: &[&str]) -> (String, Vec<String>) {
        (prefix.to_owned(), names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn what_all_names_begin_with_goes_and_no_word_is_broken() {
        assert_eq!(short(&["place-fortress", "place-based"]), named("place-", &["fortress", "based"]));
        assert_eq!(short(&["isle-of-wight-fortress", "isle-of-wight-place-based"]).0, "isle-of-wight-");
        assert_eq!(short(&["pasture", "pastoral"]), named("", &["pasture", "pastoral"]));
        assert_eq!(short(&["a", "a-2"]), named("", &["a", "a-2"]));
        assert_eq!(short(&["plan", "plan-2", "plan-3"]), named("", &["plan", "plan-2", "plan-3"]));
        assert_eq!(short(&["x-1", "x-2"]), named("", &["x-1", "x-2"]));
        assert_eq!(short(&["only-one"]), named("", &["only-one"]));
    }

    #[test]
    fn a_place_is_what_titles_share_before_a_comma_that_parts_no_number() {
        assert_eq!(
            common_place(&["A place of 300,000, block", "A place of 300,000, a talking shop"]),
            Some("A place of 300,000")
        );
        assert_eq!(common_place(&["A place of 300,000", "A place of 300,500"]), None);
        assert_eq!(common_place(&["Pasture, A", "Fishery, A"]), None);
        assert_eq!(common_place(&["Same", "Same"]), Some("Same"));
    }
}
