//! Reads what is to be varied as it is written on the command line.

use super::grid::{even, geometric};
use super::{Level, Put, Values, Vary};
use serde_json::Value;
use std::str::FromStr;

/// The most values of an even grid.
const MOST_VALUES: usize = 10_000;

const FORMS: &str = "write /pointer=a..b:n for n even values, /pointer=[x,y,z] for a list of numbers, words or parts, \
                     /pointer=a..b for a range; log: before them for equal factors, * for factors on what is written";

impl FromStr for Vary {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (head, values) = text.split_once('=').ok_or_else(|| format!("`{text}` has no `=`; {FORMS}"))?;
        let (name, pointer) = self::head(head);
        let (mut rest, mut times, mut log) = (values.trim(), false, false);
        loop {
            if let Some(after) = rest.strip_prefix("log:") {
                (rest, log) = (after, true);
            } else if let Some(after) = rest.strip_prefix('*') {
                (rest, times) = (after, true);
            } else {
                break;
            }
        }
        let values = self::values(rest, log, !pointer.starts_with('/'))?;
        let vary = Self { pointer, name, values, times, log };
        vary.is_sound().map(|()| vary)
    }
}

impl Vary {
    /// Whether what stands before the values fits them.
    fn is_sound(&self) -> Result<(), String> {
        let numbers: &[f64] = match &self.values {
            Values::Levels(_) if self.times || self.log => {
                return Err(format!("`log:` and `*` stand before numbers, not before words or parts; {FORMS}"));
            }
            Values::Levels(_) => &[],
            Values::Each(numbers) => numbers,
            Values::Between(from, to) => &[*from, *to],
        };
        match numbers.iter().find(|number| self.log && **number <= 0.0) {
            Some(low) => {
                Err(format!("`log:` needs numbers above 0, and {low} is not; begin above it, as log:0.1..1000:5"))
            }
            None => Ok(()),
        }
    }
}

/// The name that stands before a pointer, if there is one, and the pointer: `form of payment:/providers/*/payment`.
pub(super) fn head(text: &str) -> (Option<String>, String) {
    let text = text.trim();
    let tied = |pointers: &str| pointers.replace(", /", ",/");
    match text.split_once(":/") {
        Some((name, rest)) if !text.starts_with('/') => (Some(name.trim().to_owned()), tied(&format!("/{rest}"))),
        _ => (None, tied(text)),
    }
}

fn values(text: &str, log: bool, fragments: bool) -> Result<Values, String> {
    if fragments && text.starts_with(['[', '{']) {
        return levels_of(levels(once(names(text)?), true), text);
    }
    if text.starts_with('{') {
        let Ok(Value::Object(parts)) = serde_json::from_str(text) else {
            return Err(format!("`{text}` is no JSON object of names and what they stand for; {FORMS}"));
        };
        let levels = parts.into_iter().map(|(name, value)| Level { name, put: Put::Value(value) });
        return levels_of(levels.collect(), text);
    }
    if text.starts_with('[') {
        return list(text);
    }
    let (from, rest) = text.split_once("..").ok_or_else(|| format!("`{text}` is no range; {FORMS}"))?;
    let (to, count) = rest.split_once(':').map_or((rest, None), |(to, count)| (to, Some(count)));
    let (from, to) = (number(from)?, number(to)?);
    if from >= to {
        return Err(format!("`{text}` runs from {from} to {to}; the first must be the smaller"));
    }
    match count.map(str::parse::<usize>) {
        None => Ok(Values::Between(from, to)),
        Some(Ok(count)) if (2..=MOST_VALUES).contains(&count) && log && from > 0.0 => {
            Ok(Values::Each(geometric(from, to, count)))
        }
        Some(Ok(count)) if (2..=MOST_VALUES).contains(&count) => Ok(Values::Each(even(from, to, count))),
        Some(_) => Err(format!("the number of values in `{text}` must be a whole number from 2 to {MOST_VALUES}")),
    }
}

/// A list of numbers, or of words and parts; words may stand without quotes.
fn list(text: &str) -> Result<Values, String> {
    let item = |word: &str| serde_json::from_str(word).unwrap_or_else(|_| Value::from(word));
    let bare = || bare_words(text).map(|words| words.into_iter().map(item).collect());
    let items: Vec<Value> = serde_json::from_str(text)
        .ok()
        .or_else(bare)
        .ok_or_else(|| format!("`{text}` is no list of numbers, words or JSON values; {FORMS}"))?;
    if items.is_empty() {
        return Err(format!("`{text}` is empty; {FORMS}"));
    }
    match items.iter().map(Value::as_f64).collect::<Option<Vec<f64>>>() {
        Some(numbers) => Ok(Values::Each(numbers)),
        None => levels_of(levels(once(items), false), text),
    }
}

/// `[none, 2015]`: the names of fragments, which may be numbers to the eye; with or without quotes.
fn names(text: &str) -> Result<Vec<Value>, String> {
    let quoted = || serde_json::from_str::<Vec<String>>(text).ok();
    let plain = || Some(bare_words(text)?.into_iter().map(str::to_owned).collect());
    let names = plain().or_else(quoted).filter(|names: &Vec<String>| !names.is_empty());
    let names = names.ok_or_else(|| {
        format!("`{text}` is no list of fragments, as [none,alliance]; what stands before values of a scenario begins with `/`")
    })?;
    Ok(names.into_iter().map(Value::from).collect())
}

/// `[tariff, block]`: words and numbers without quotes between commas.
fn bare_words(text: &str) -> Option<Vec<&str>> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    let is_plain = |letter: char| letter.is_alphanumeric() || "_-+. /".contains(letter);
    let words: Vec<&str> = inside.split(',').map(str::trim).collect();
    words.iter().all(|word| !word.is_empty() && word.chars().all(is_plain)).then_some(words)
}

/// Each value once, in the order in which they are first met.
pub(super) fn once(values: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let mut once: Vec<Value> = Vec::new();
    for value in values {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    once
}

/// What a list of values is called, each for itself.
pub(super) fn levels(items: Vec<Value>, fragments: bool) -> Vec<Level> {
    let mut levels: Vec<Level> = items
        .into_iter()
        .enumerate()
        .map(|(number, item)| match item {
            Value::String(word) if fragments => fragment(&word),
            item => Level { name: called(&item, number), put: Put::Value(item) },
        })
        .collect();
    // Two parts of one name with other numbers in them are told apart by their place in the list.
    let names: Vec<String> = levels.iter().map(|level| level.name.clone()).collect();
    for (number, level) in levels.iter_mut().enumerate() {
        if names.iter().filter(|name| **name == level.name).count() > 1 {
            level.name = format!("{} ({})", level.name, number + 1);
        }
    }
    levels
}

/// `none` and nothing are no fragment.
fn fragment(word: &str) -> Level {
    let name = word.trim().trim_start_matches('+').to_owned();
    let put = if name == "none" { Put::Nothing } else { Put::Fragment(name.clone()) };
    Level { name, put }
}

/// What a value is called: itself, or of a part its only name.
fn called(value: &Value, number: usize) -> String {
    match value {
        Value::String(word) => word.clone(),
        Value::Object(fields) if fields.len() == 1 => fields.keys().next().cloned().unwrap_or_default(),
        Value::Object(_) | Value::Array(_) => format!("part {}", number + 1),
        plain => plain.to_string(),
    }
}

fn levels_of(levels: Vec<Level>, text: &str) -> Result<Values, String> {
    if levels.is_empty() {
        return Err(format!("`{text}` is empty; {FORMS}"));
    }
    if levels.iter().any(|level| level.name.trim().is_empty() || level.name.chars().any(char::is_control)) {
        return Err(format!("a name in `{text}` is empty or holds control characters"));
    }
    Ok(Values::Levels(levels))
}

pub(super) fn number(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("`{text}` is not a number; {FORMS}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vary {
        text.parse().unwrap()
    }

    fn names(text: &str) -> Vec<String> {
        let Values::Levels(levels) = read(text).values else { panic!("{text} has no levels") };
        levels.into_iter().map(|level| level.name).collect()
    }

    #[test]
    fn a_grid_a_list_and_a_range_are_read() {
        assert_eq!(read("/a=0..0.3:4").values, Values::Each(vec![0.0, 0.1, 0.2, 0.3]));
        assert_eq!(read("/a=-1..1:3").values, Values::Each(vec![-1.0, 0.0, 1.0]));
        assert_eq!(read("/a=[3, 1e-2,2]").values, Values::Each(vec![3.0, 0.01, 2.0]));
        assert_eq!(read("/a=1e3..2e3").values, Values::Between(1000.0, 2000.0));
    }

    #[test]
    fn orders_of_magnitude_and_factors_are_read() {
        let log = read("/a=log:0.1..1000:5");
        assert_eq!((log.values, log.log, log.times), (Values::Each(vec![0.1, 1.0, 10.0, 100.0, 1000.0]), true, false));
        let both = read("/a=log:*0.1..10");
        assert_eq!((both.values, both.log, both.times), (Values::Between(0.1, 10.0), true, true));
        assert_eq!(read("/a=*[0.5,1]").values, Values::Each(vec![0.5, 1.0]));
    }

    #[test]
    fn words_switches_parts_and_fragments_are_read_each_with_a_name() {
        assert_eq!(names(r#"/a=["equal","by_size"]"#), ["equal", "by_size"]);
        assert_eq!(names("/a=[tariff, block]"), ["tariff", "block"]);
        assert_eq!(names("/a=[false,true]"), ["false", "true"]);
        assert_eq!(names(r#"/a=[{"tariff":{"price":1}},{"block":{"amount":1}}]"#), ["tariff", "block"]);
        assert_eq!(names(r#"/a=[{"tariff":{"price":1}},{"tariff":{"price":2}}]"#), ["tariff (1)", "tariff (2)"]);
        assert_eq!(
            names(r#"form of payment:/a={"cheap":{"tariff":{"price":1}},"dear":{"tariff":{"price":2}}}"#),
            ["cheap", "dear"]
        );
        let governance = read("governance=[none,+alliance]");
        let level = |name: &str, put| Level { name: name.to_owned(), put };
        let levels = vec![level("none", Put::Nothing), level("alliance", Put::Fragment("alliance".to_owned()))];
        assert_eq!((governance.pointer.as_str(), governance.values), ("governance", Values::Levels(levels)));
    }

    #[test]
    fn a_fragment_may_be_called_by_a_number_and_is_no_part() {
        let level = |name: &str| Level { name: name.to_owned(), put: Put::Fragment(name.to_owned()) };
        for text in ["paid as in=[2015,2024]", r#"paid as in=["2015", "2024"]"#, "paid as in=[+2015, 2024]"] {
            assert_eq!(read(text).values, Values::Levels(vec![level("2015"), level("2024")]), "{text}");
        }
        for text in
            [r#"governance=[none,{"block":{}}]"#, r#"governance={"none":1}"#, "governance=[[1]]", "governance=[]"]
        {
            assert!(text.parse::<Vary>().is_err(), "{text}");
        }
    }

    #[test]
    fn several_pointers_are_tied_by_commas_and_may_have_a_name() {
        let tied = read("drive:/providers/a, b/motivation,/providers/c/motivation=0..1");
        assert_eq!(tied.name.as_deref(), Some("drive"));
        assert_eq!(tied.pointers().collect::<Vec<_>>(), ["/providers/a, b/motivation", "/providers/c/motivation"]);
    }

    #[test]
    fn what_is_no_range_is_told_with_the_forms_there_are() {
        for text in [
            "/a",
            "/a=",
            "/a=3",
            "/a=2..1:3",
            "/a=1..1",
            "/a=0..1:1",
            "/a=0..1:2.5",
            "/a=0..NaN",
            "/a=[]",
            "/a=[x",
            "/a=[a;b]",
            "/a={}",
            "/a=log:0..1:5",
            "/a=log:[-1,1]",
            "/a=*[x,y]",
            "/a=log:[a,b]",
            "/a=[\"\"]",
            "/a={\"x\":1",
        ] {
            assert!(text.parse::<Vary>().is_err(), "{text}");
        }
    }
}
