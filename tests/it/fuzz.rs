//! Files and flags that nobody would write: the bundled scenarios, studies, calibrations and data, changed at random. Nothing
//! panics, and nothing that is said of them holds a character that steers a terminal.
//!
//! `COMMONGROUND_FUZZ=600 cargo test --test it fuzz` goes on for so many seconds, from a seed that is told; without it each of
//! the five tests takes four.

use crate::cli::commonground;
use commonground::experiment::Runs;
use commonground::experiment::calibrate::Problem;
use commonground::experiment::stress::Shocks;
use commonground::plain::is_plain;
use commonground::prelude::compare;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::data;
use commonground::scenario::explain::explain;
use commonground::scenario::file::Csv;
use commonground::scenario::text::{Address, Store};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// One file of ours, and behind it what is bundled.
struct OneFile<'a>(&'a [u8]);

const NAME: &str = "fuzzed.json";

impl Store for OneFile<'_> {
    fn read(&self, address: &Address) -> io::Result<Vec<u8>> {
        match address {
            Address::Disk(path) if path == Path::new(NAME) => Ok(self.0.to_vec()),
            other => BUNDLED.read(other),
        }
    }
    fn neighbours(&self, _: &Address) -> Vec<String> {
        Vec::new()
    }
    fn bundled(&self) -> Vec<&str> {
        BUNDLED.bundled()
    }
}

/// Tries what `one` makes of chance, again and again. It gives back what was tried and what was said of it.
fn fuzz(mut one: impl FnMut(&mut ChaCha8Rng) -> (String, Box<dyn FnOnce() -> String>)) {
    let asked = std::env::var("COMMONGROUND_FUZZ").ok().and_then(|text| text.parse().ok());
    let seed = if asked.is_some() { SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() } else { 15 };
    let time = Duration::from_secs(asked.unwrap_or(4));
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let (begun, mut tried, mut sound) = (Instant::now(), 0, 0);
    while begun.elapsed() < time {
        let (shown, say) = one(&mut chance);
        let said = catch_unwind(AssertUnwindSafe(say));
        let Ok(said) = said else { panic!("seed {seed}, try {tried} panicked: {shown}") };
        let strange = said.chars().find(|letter| !is_plain(*letter) && *letter != '\n');
        assert_eq!(strange, None, "seed {seed}, try {tried}: {shown}\n{}", said.escape_debug());
        tried += 1;
        sound += usize::from(said.starts_with(FINE));
    }
    assert!(tried > 0 && sound > 0, "seed {seed}: {tried} tried, {sound} of them without fault");
}

/// What is said of a file without fault begins so.
const FINE: &str = "fine";

/// Bundled files in a folder, with their ending.
fn bundled(folder: &str, ending: &str) -> Vec<&'static str> {
    let is_there = |name: &str| name.ends_with(ending) && name.rfind('/').map_or("", |slash| &name[..=slash]) == folder;
    BUNDLED.0.iter().filter(|(name, _)| is_there(name)).map(|(_, text)| *text).collect()
}

fn pick<'a, T>(chance: &mut ChaCha8Rng, list: &'a [T]) -> &'a T {
    &list[chance.random_range(0..list.len())]
}

const NUMBERS: [f64; 21] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    3.0,
    1e-9,
    1e-30,
    5e-324,
    -5e-324,
    1e-308,
    1e6,
    1e9,
    1e12,
    1e15,
    -1e12,
    1e150,
    1e308,
    -1e308,
    9_007_199_254_740_993.0,
];
const TEXTS: [&str; 12] = [
    "",
    " ",
    "x",
    "\u{1b}[31mred",
    "\u{202e}turned",
    "a\nb\r\t",
    "\u{0}",
    "pasture",
    "../../etc/passwd",
    "=1+1",
    "<b>&\"'",
    "é日本👍",
];

/// A file changed in a few places: now as a document, now as text.
fn mutated(text: &str, chance: &mut ChaCha8Rng) -> Vec<u8> {
    let changes = chance.random_range(1..=3);
    if chance.random_range(0..8) == 0 {
        return broken(text.as_bytes(), changes, chance);
    }
    let Ok(mut document) = serde_json::from_str::<Value>(text) else { return broken(text.as_bytes(), changes, chance) };
    for _ in 0..changes {
        let mut places = Vec::new();
        collect(&document, String::new(), &mut places);
        let place = pick(chance, &places).clone();
        change(&mut document, &place, chance);
    }
    serde_json::to_vec(&document).unwrap()
}

/// Bytes put in, taken out or cut off.
fn broken(text: &[u8], changes: usize, chance: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..changes {
        let at = chance.random_range(0..=bytes.len());
        match chance.random_range(0..4) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, chance.random_range(0..=255)),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            _ => drop(bytes.splice(at..at, pick(chance, &TEXTS).bytes())),
        }
    }
    bytes
}

fn collect(value: &Value, here: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            collect(value, format!("{here}/{}", key.replace('~', "~0").replace('/', "~1")), places);
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| collect(value, format!("{here}/{index}"), places));
        }
        _ => {}
    }
    places.push(here);
}

fn change(document: &mut Value, place: &str, chance: &mut ChaCha8Rng) {
    let Some(value) = document.pointer_mut(place) else { return };
    let number = *pick(chance, &NUMBERS);
    match (value, chance.random_range(0..10)) {
        (value, 0) => *value = json!(pick(chance, &TEXTS)),
        (value, 1) => {
            *value =
                pick(chance, &[json!(null), json!(true), json!([]), json!({}), json!([1, 2]), json!(u64::MAX)]).clone();
        }
        (Value::Object(fields), 2) => drop(fields.insert((*pick(chance, &TEXTS)).to_owned(), json!(number))),
        (Value::Object(fields), 3..=4) if !fields.is_empty() => {
            let key = fields.keys().nth(chance.random_range(0..fields.len())).cloned().unwrap();
            fields.shift_remove(&key);
        }
        (Value::Object(fields), _) if !fields.is_empty() => {
            let key = fields.keys().nth(chance.random_range(0..fields.len())).cloned().unwrap();
            let copy = fields[&key].clone();
            fields.insert(format!("{key}-2"), copy);
        }
        (Value::Array(items), _) => {
            let one = items.first().cloned().unwrap_or(json!(number));
            items.extend(std::iter::repeat_n(one, chance.random_range(1..200)));
        }
        (Value::Number(old), 5..=8) => {
            let factor = pick(chance, &[0.1, 0.9, 1.1, 2.0, 10.0, -1.0]);
            let new = old.as_f64().unwrap_or(0.0) * factor;
            *old = serde_json::Number::from_f64(new).unwrap_or_else(|| 0.into());
            if new == new.trunc() && new.abs() < 1e15 {
                *old = (new as i64).into();
            }
        }
        (value, _) => *value = json!(number),
    }
}

/// Runs of a scenario that is small enough, and all that is said of it.
fn told(scenario: &Scenario) -> String {
    let mut said = FINE.to_owned();
    for fact in explain(scenario).iter().flat_map(|section| &section.facts) {
        said += &fact.paragraph();
    }
    if scenario.setup.providers() as u64 * u64::from(scenario.setup.steps()) > 2_000 {
        return said;
    }
    let outcomes = compare([scenario], Runs::of(16)).map_err(|faults| faults.to_string());
    match outcomes {
        Ok(outcomes) => said += &outcomes.len().to_string(),
        Err(faults) => said += &faults,
    }
    said
}

fn document(files: &[&'static str], say: fn(&OneFile) -> String) {
    fuzz(|chance| {
        let text = *pick(chance, files);
        let bytes = mutated(text, chance);
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        (shown, Box::new(move || say(&OneFile(&bytes))))
    });
}

#[test]
fn scenarios_changed_at_random_are_told_or_refused() {
    document(&bundled("", ".json"), |store| match Scenario::load(store, NAME) {
        Ok(scenario) => told(&scenario),
        Err(faults) => faults.to_string(),
    });
}

#[test]
fn studies_changed_at_random_are_read_or_refused() {
    document(&bundled("stress/", ".json"), |store| match Shocks::load(store, NAME) {
        Ok(shocks) => FINE.to_owned() + &shocks.file.title,
        Err(faults) => faults.to_string(),
    });
}

#[test]
fn calibrations_changed_at_random_are_read_or_refused() {
    document(&bundled("calibrations/", ".json"), |store| match Problem::load(store, NAME) {
        Ok(problem) => FINE.to_owned() + &problem.file.title,
        Err(faults) => faults.to_string(),
    });
}

#[test]
fn data_changed_at_random_are_read_or_refused() {
    let files = bundled("data/", ".csv");
    fuzz(|chance| {
        let text = *pick(chance, &files);
        let names: Vec<&str> = text.lines().next().unwrap_or("").split(',').collect();
        let column = if chance.random_range(0..4) == 0 { *pick(chance, &TEXTS) } else { *pick(chance, &names) };
        let changes = chance.random_range(0..4);
        let bytes = broken(text.as_bytes(), changes, chance);
        let shown = format!("{column}\n{}", String::from_utf8_lossy(&bytes));
        let asked = Csv { column: Some(column.to_owned()), ..Csv::default() };
        let say = move || match data::read(&OneFile(&bytes), &Address::Disk(NAME.into()), &asked, 12) {
            Ok(read) => {
                assert!(read.values.iter().all(|number| number.is_finite()));
                FINE.to_owned()
            }
            Err(problem) => problem,
        };
        (shown, Box::new(say))
    });
}

#[test]
fn flags_put_together_at_random_are_done_or_refused() {
    const COMMANDS: [&str; 12] = [
        "run",
        "compare",
        "principles",
        "sweep",
        "sensitivity",
        "stress",
        "calibrate",
        "plan",
        "work",
        "status",
        "merge",
        "explain",
    ];
    const WORDS: [&str; 34] = [
        "pasture-fortress",
        "pasture-ostrom",
        "--runs",
        "16",
        "0",
        "-1",
        "1e3",
        "NaN",
        "inf",
        "--seed",
        "18446744073709551616",
        "--precision",
        "1e-320",
        "--set",
        "/time/steps=2",
        "/time/steps=1e308",
        "/society/trust=-0",
        "//=1",
        "--vary",
        "/society/trust=0..1:2",
        "/society/trust=1..0:3",
        "/society/trust=[]",
        "--measure",
        "stock_end<1e309",
        "need_met@year0",
        "--shards",
        "--shocks",
        "winter-surge",
        "--quiet",
        "--json",
        "--out",
        "r",
        "x\u{1b}[31m\u{202e}",
        "--replace",
    ];
    let folder = tempfile::tempdir().unwrap();
    fuzz(|chance| {
        let mut words =
            vec![*pick(chance, &COMMANDS), *pick(chance, &["pasture-fortress", "pasture-ostrom", "pasture-owner"])];
        words.extend((0..chance.random_range(0..7)).map(|_| *pick(chance, &WORDS)));
        if !words.contains(&"--runs") {
            words.extend(["--set", "/time/steps=2", "--runs", "16"]);
        }
        let mut command = commonground(folder.path(), &words);
        let say = move || {
            let output = command.output().unwrap();
            let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            assert!(matches!(output.status.code(), Some(0..=3)), "{:?}: {said}", output.status);
            if output.status.success() { FINE.to_owned() + &said } else { said }
        };
        (format!("{words:?}"), Box::new(say))
    });
}
