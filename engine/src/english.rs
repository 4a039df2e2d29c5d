//! Plain English for whatever describes itself: the unit of time, numbers, sums, names and lists.
//!
//! A part puts its sentences together from these, so that nothing has to be replaced in them later.

/// What a step is called: "month", "months".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    one: String,
    many: String,
}

impl Time {
    /// From the unit of time in the singular: "month", "century", "tenth of a year".
    ///
    /// A unit that counts something itself ("4 weeks") has no plural, so a step is then called a step.
    pub fn new(unit: &str) -> Self {
        let one = if is_count(unit) { "step" } else { unit };
        Self { one: one.to_owned(), many: plural(one) }
    }

    /// In the singular: "month".
    pub fn one(&self) -> &str {
        &self.one
    }

    /// In the plural: "months".
    pub fn many(&self) -> &str {
        &self.many
    }

    /// Behind an amount: "a month", "an hour", "per tenth of a year".
    pub fn per(&self) -> String {
        if self.one.contains(' ') { format!("per {}", self.one) } else { with_article(&self.one) }
    }

    /// A length of time: "1 month", "12 months", "0.5 months".
    pub fn count(&self, count: f64) -> String {
        count_of(count, &self.one, &self.many)
    }

    /// How often: "every month", "every 6 months".
    pub fn every(&self, interval: u32) -> String {
        if interval == 1 { format!("every {}", self.one) } else { format!("every {}", self.count(f64::from(interval))) }
    }
}

/// Whether a unit of time begins with a number of its own: "4 weeks", "two weeks".
fn is_count(unit: &str) -> bool {
    const NUMBERS: [&str; 11] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "several"];
    unit.split_once(' ').is_some_and(|(first, _)| first.parse::<f64>().is_ok() || NUMBERS.contains(&first))
}

/// "a month", "an hour".
pub fn with_article(noun: &str) -> String {
    let sounded = noun.to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| sounded.starts_with(start));
    let vowel = begins(&["a", "e", "i", "o", "u", "8"]) && !begins(&["uni", "use", "usu", "eu", "one", "once"]);
    let article = if vowel || begins(&["hour", "honest", "heir"]) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The plural of a regular noun, or of the noun that a phrase begins with: "centuries", "tenths of a year".
pub fn plural(noun: &str) -> String {
    const AFTER_THE_NOUN: [&str; 12] =
        [" of ", " in ", " at ", " on ", " with ", " from ", " to ", " for ", " between ", " after ", " per ", " ("];
    let end = AFTER_THE_NOUN.iter().filter_map(|word| noun.find(word)).min().unwrap_or(noun.len());
    let (head, rest) = noun.split_at(end);
    format!("{}{rest}", plural_of_word(head))
}

fn plural_of_word(noun: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| noun.ends_with(ending));
    if ends(&["series", "species"]) {
        return noun.to_owned();
    }
    if let Some(stem) = noun.strip_suffix("is").filter(|stem| stem.len() > 1) {
        return format!("{stem}es");
    }
    if let Some(stem) = noun.strip_suffix('y').filter(|_| !ends(&["ay", "ey", "oy", "uy"])) {
        return format!("{stem}ies");
    }
    if let Some(stem) = noun.strip_suffix("half") {
        return format!("{stem}halves");
    }
    // A "ch" that is spoken as a k ("epoch") takes no e.
    let hisses = ends(&["s", "x", "z", "sh"]) || ends(&["ch"]) && !ends(&["och"]);
    if hisses { format!("{noun}es") } else { format!("{noun}s") }
}

/// A number of something: "1 provider", "1,000 providers".
pub fn counted(count: f64, noun: &str) -> String {
    count_of(count, noun, &plural(noun))
}

fn count_of(count: f64, one: &str, many: &str) -> String {
    match number(count).as_str() {
        "1" => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}

/// A key as words: `mental_health` → "mental health". Its letters are never changed.
pub fn words(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

/// Keys as an enumeration: "acute, mental health and community".
pub fn listed<'a>(keys: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = keys.into_iter().map(|key| words(key)).collect();
    list(&names)
}

/// Words as an enumeration, as they are: "a, b and c".
pub fn list(items: &[String]) -> String {
    joined(items, "and")
}

/// Words of which one is meant: "a, b or c".
pub fn either(items: &[String]) -> String {
    joined(items, "or")
}

fn joined(items: &[String], before_the_last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {before_the_last} {last}", most.join(", ")),
    }
}

/// The same text with a capital at its start.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same text within a sentence; an abbreviation at its start stays one: "NHS trust".
pub fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// A small whole number in letters: "no", "one", up to "twelve".
pub fn in_letters(number: usize) -> Option<&'static str> {
    const LETTERS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    LETTERS.get(number).copied()
}

/// Below this, numbers are written with a power of ten.
const LEAST: f64 = 1e-6;
/// From here on, numbers are written with a power of ten.
const MOST: f64 = 1e15;
/// Decimals of a number that is large enough for them.
const DECIMALS: usize = 4;

/// A number as people write it: "0.125", "12,500", "0.00012", with four decimals at most where that leaves something of it.
pub fn number(value: f64) -> String {
    written(value, DECIMALS)
}

/// A share as per cent: "12.5%", with two decimals at most where that leaves something of it.
pub fn percent(share: f64) -> String {
    format!("{}%", written(share * 100.0, DECIMALS / 2))
}

fn written(value: f64, decimals: usize) -> String {
    let size = libm::fabs(value);
    if value != 0.0 && !(LEAST..MOST).contains(&size) {
        return format!("{value:e}");
    }
    // A number so small that nothing would be left of it keeps its first two digits.
    let (mut scaled, mut first_digit) = (size, 0);
    while value != 0.0 && scaled < 1.0 {
        scaled *= 10.0;
        first_digit += 1;
    }
    let decimals = if first_digit > 0 { decimals.max(first_digit + 1) } else { decimals };
    let text = format!("{size:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{}", grouped(text))
}

/// Digits with a comma between thousands.
pub fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// The signs of money that stand before a number.
const CURRENCIES: [char; 4] = ['£', '$', '€', '¥'];

/// A number with its unit: "100 tonnes of fish", "£62.75m".
pub fn quantity(value: f64, unit: &str) -> String {
    in_currency(value, unit).unwrap_or_else(|| format!("{} {unit}", number(value)))
}

/// A number that is known to be in that unit, of which only a currency is said again: "12.5", "£62.75m".
pub fn amount(value: f64, unit: &str) -> String {
    let currency = unit.split(' ').next().unwrap_or_default();
    in_currency(value, currency).unwrap_or_else(|| number(value))
}

fn in_currency(value: f64, unit: &str) -> Option<String> {
    let sign = unit.chars().next().filter(|sign| CURRENCIES.contains(sign))?;
    Some(format!("{sign}{}{}", number(value), &unit[sign.len_utf8()..]))
}

/// ", falling by 3.8% a year", or nothing where prices stand still.
pub fn yearly(change: f64) -> String {
    match change {
        0.0 => String::new(),
        rise if rise > 0.0 => format!(", rising by {} a year", percent(rise)),
        fall => format!(", falling by {} a year", percent(-fall)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_time_have_their_plurals_and_articles() {
        let told = |unit: &str| {
            let time = Time::new(unit);
            [time.many().to_owned(), time.per(), time.every(1), time.every(6), time.count(1.0), time.count(0.5)]
        };
        assert_eq!(told("month"), ["months", "a month", "every month", "every 6 months", "1 month", "0.5 months"]);
        assert_eq!(told("century")[..4], ["centuries", "a century", "every century", "every 6 centuries"]);
        assert_eq!(told("hour")[..2], ["hours", "an hour"]);
        assert_eq!(
            told("tenth of a year")[..4],
            ["tenths of a year", "per tenth of a year", "every tenth of a year", "every 6 tenths of a year"]
        );
        assert_eq!(told("4 weeks")[..2], ["steps", "a step"]);
    }

    #[test]
    fn regular_nouns_have_their_plurals() {
        let nouns =
            ["day", "season", "round", "match", "epoch", "crisis", "half", "wish", "waltz", "series", "half of it"];
        let plurals = [
            "days",
            "seasons",
            "rounds",
            "matches",
            "epochs",
            "crises",
            "halves",
            "wishes",
            "waltzes",
            "series",
            "halves of it",
        ];
        assert_eq!(nouns.map(plural), plurals);
        assert_eq!(
            ["unit", "hour", "era", "European year"].map(with_article),
            ["a unit", "an hour", "an era", "a European year"]
        );
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let numbers = [0.0, 1.0, -0.5, 12_500.0, 0.123_456, 0.1 + 0.2, 0.000_123_456, 1e-7, 1e15, 1_234_567.25];
        let texts = ["0", "1", "−0.5", "12,500", "0.1235", "0.3", "0.00012", "1e-7", "1e15", "1,234,567.25"];
        assert_eq!(numbers.map(number), texts);
        let shares = [0.125, 0.1 + 0.2, 1.0, 0.0, 0.000_012_34, 25.0];
        assert_eq!(shares.map(percent), ["12.5%", "30%", "100%", "0%", "0.0012%", "2,500%"]);
        assert_eq!([0.02, -0.038, 0.0].map(yearly), [", rising by 2% a year", ", falling by 3.8% a year", ""]);
        assert_eq!((counted(1.0, "season"), counted(2.0, "season")), ("1 season".to_owned(), "2 seasons".to_owned()));
    }

    #[test]
    fn money_has_its_sign_before_the_number() {
        assert_eq!(quantity(62.75, "£m"), "£62.75m");
        assert_eq!(quantity(45.0, "£m of care a month"), "£45m of care a month");
        assert_eq!(quantity(1000.0, "tonnes of fish"), "1,000 tonnes of fish");
        assert_eq!([amount(0.5, "£m of care a month"), amount(0.5, "tonnes")], ["£0.5m", "0.5"]);
    }

    #[test]
    fn names_keep_their_letters() {
        assert_eq!(words("step_down-beds"), "step down beds");
        let names = ["a_b", "c", "d"].map(str::to_owned);
        assert_eq!((listed(&names), list(&names)), ("a b, c and d".to_owned(), "a_b, c and d".to_owned()));
        assert_eq!((capital("élan"), capital("")), ("Élan".to_owned(), String::new()));
        assert_eq!(["One owner", "NHS trust", "A", ""].map(lowered), ["one owner", "NHS trust", "a", ""]);
        assert_eq!([0, 12, 13].map(in_letters), [Some("no"), Some("twelve"), None]);
    }
}
