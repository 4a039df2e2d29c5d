//! The order of the house: which way imports go, what every file begins with, and what the model may not use.

use commonground::model::lanes::LANES;
use commonground::model::run::run;
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED};
use commonground::scenario::explain::explain;
use commonground::scenario::text::Disk;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of the program, lowest first, and what each may import besides itself. Below them lie two crates of their own, the
/// engine (`model`) and `statistics`, which cannot import what is above.
const LAYERS: [(&str, &[&str]); 10] = [
    ("statistics", &[]),
    ("model", &[]),
    ("scenario", &["model"]),
    ("experiment", &["model", "scenario", "statistics"]),
    ("report", &["model", "scenario", "statistics", "experiment"]),
    ("page", &["model", "scenario", "statistics", "experiment", "report"]),
    ("net", &[]),
    ("serve", &["model", "scenario", "statistics", "experiment", "report", "page", "net"]),
    ("classroom", &["model", "scenario", "statistics", "net"]),
    ("cli", &["model", "scenario", "statistics", "experiment", "report", "page", "net", "serve", "classroom"]),
];

/// Lines that a file of the program may have.
const MOST_LINES: usize = 400;

/// What would make a result depend on something other than scenario, seed and run number, or on the platform.
const FORBIDDEN_IN_MODEL: [&str; 14] = [
    "HashMap",
    "HashSet",
    "Instant",
    "SystemTime",
    "thread_rng",
    "StdRng",
    "SmallRng",
    ".powf(",
    ".powi(",
    "mul_add(",
    "par_iter",
    "std::fs",
    "std::env",
    "println!",
];

/// Where the code of the program stands.
const SOURCES: [&str; 3] = ["src", "engine/src", "statistics/src"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder whose name ends so, with its path from the root and its text, in order.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    assert!(!found.is_empty(), "no {ending} under {folder}");
    found.sort();
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The code of a line: what stands before a comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or("")
}

fn none(offenders: &[String], fault: &str) {
    assert!(offenders.is_empty(), "{fault}:\n  {}", offenders.join("\n  "));
}

#[test]
fn imports_go_down_only() {
    let mut offenders = Vec::new();
    for (layer, allowed) in LAYERS {
        for (file, text) in files("src", ".rs").iter().filter(|(file, _)| file.starts_with(&format!("src/{layer}"))) {
            for (number, line) in text.lines().enumerate() {
                for import in imports(code(line)) {
                    if !is_allowed(layer, allowed, import) {
                        offenders.push(format!("{file}:{}: {}", number + 1, line.trim()));
                    }
                }
            }
        }
    }
    none(&offenders, "a layer imports what is not below it");
}

/// What follows each `crate::` or `commonground::` of a line.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    ["crate::", "commonground::"].into_iter().flat_map(move |root| line.split(root).skip(1))
}

fn is_allowed(layer: &str, allowed: &[&str], import: &str) -> bool {
    let starts = |path: &str| {
        import
            .strip_prefix(path)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
    };
    let known = LAYERS.iter().any(|(name, _)| starts(name));
    !known || starts(layer) || allowed.iter().any(|path| starts(path))
}

/// The rooms of the engine, floor by floor, lowest first, as the head of its `lib.rs` lists them: names, and behind a wide gap or on
/// a line of its own what they hold.
fn floors() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("engine/src/lib.rs")).unwrap();
    let list = text.lines().skip_while(|line| *line != "//! ```text").skip(1).take_while(|line| *line != "//! ```");
    list.map(|line| line.trim_start_matches("//! ").split("   ").next().unwrap_or(""))
        .map(|names| names.split_whitespace().map(str::to_owned).collect::<Vec<String>>())
        .filter(|names| !names.is_empty())
        .collect()
}

/// The room of the engine to which a file belongs, and how deep it lies in the tree of modules.
fn room(file: &str) -> (&str, usize) {
    let path = file.trim_start_matches("engine/src/").trim_end_matches(".rs").trim_end_matches("/mod");
    (path.split('/').next().unwrap_or(path), path.split('/').count())
}

/// The rooms that a line of such a file names: behind `crate::`, or behind as many `super::` as lead to the top.
fn named_rooms(line: &str, depth: usize) -> Vec<String> {
    let from_top = ["crate::".to_owned(), "super::".repeat(depth)];
    let after: Vec<&str> = from_top.iter().flat_map(|top| line.split(top.as_str()).skip(1)).collect();
    let names = after.iter().flat_map(|path| match path.strip_prefix('{') {
        Some(several) => several.split('}').next().unwrap_or("").split(',').collect(),
        None => vec![*path],
    });
    let word =
        |name: &str| name.trim().split(|next: char| !next.is_alphanumeric() && next != '_').next().map(str::to_owned);
    names.filter_map(word).collect()
}

#[test]
fn imports_of_the_engine_go_down_its_floors_only() {
    let floors = floors();
    let floor_of = |room: &str| floors.iter().position(|floor| floor.iter().any(|name| name == room));
    let (mut offenders, mut seen) = (Vec::new(), 0);
    for (file, text) in files("engine/src", ".rs").iter().filter(|(file, _)| !file.ends_with("/lib.rs")) {
        let (room, depth) = room(file);
        let Some(floor) = floor_of(room) else {
            offenders.push(format!("{file}: `{room}` is not in the list of rooms in engine/src/lib.rs"));
            continue;
        };
        for (number, line) in text.lines().enumerate().filter(|(number, _)| !is_test(text, *number)) {
            for other in named_rooms(code(line), depth) {
                seen += usize::from(other != room);
                if floor_of(&other).is_some_and(|other| other > floor) {
                    offenders.push(format!("{file}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    none(&offenders, "a room of the engine imports what is above it");
    assert!(floors.len() > 5 && seen > 300, "{} floors, {seen} imports: too few were read", floors.len());
}

#[test]
fn the_rooms_that_a_line_names_are_found() {
    assert_eq!(named_rooms("use crate::rows::{Parts, totals};", 2), ["rows"]);
    assert_eq!(named_rooms("use crate::{lanes::Lanes, dice};", 1), ["lanes", "dice"]);
    assert_eq!(named_rooms("use super::super::stage::stages;", 2), ["stage"]);
    assert!(named_rooms("use super::Kind;", 2).is_empty());
    assert_eq!(named_rooms("let a = crate::payoff::agreed(crate::world::b());", 3), ["payoff", "world"]);
    assert!(floors().iter().flatten().any(|room| room == "weighing"), "{:?}", floors());
}

#[test]
fn every_source_file_says_first_what_it_is() {
    let beside = ["tests", "benches", "examples"];
    let all = SOURCES.into_iter().chain(beside).filter(|folder| root().join(folder).is_dir());
    let offenders: Vec<String> = all
        .flat_map(|folder| {
            let mut found = Vec::new();
            collect(&root().join(folder), ".rs", &mut found);
            found
        })
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(file, _)| file)
        .collect();
    none(&offenders, "a file must begin with `//!` and what it is");
}

#[test]
fn no_source_file_is_longer_than_a_reader_can_bear() {
    let offenders: Vec<String> = SOURCES
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .filter(|(_, text)| text.lines().count() > MOST_LINES)
        .map(|(file, text)| format!("{file}: {} lines", text.lines().count()))
        .collect();
    none(&offenders, &format!("a file has more than {MOST_LINES} lines"));
}

#[test]
fn the_model_uses_nothing_that_could_make_a_result_depend_on_the_machine() {
    let mut offenders = Vec::new();
    for (file, text) in files("engine/src", ".rs").iter().filter(|(file, _)| !file.ends_with("tests.rs")) {
        for (number, line) in text.lines().enumerate() {
            for word in FORBIDDEN_IN_MODEL {
                if code(line).contains(word) && !is_test(text, number) {
                    offenders.push(format!("{file}:{}: {word}", number + 1));
                }
            }
        }
    }
    none(&offenders, "the model uses what it may not");
}

/// Whether a line belongs to the tests at the end of a file.
fn is_test(text: &str, number: usize) -> bool {
    text.lines().take(number).any(|line| line.starts_with("#[cfg(test)]"))
}

#[test]
fn every_scenario_file_is_bundled_loads_is_explained_and_runs() {
    let mut offenders = Vec::new();
    for (file, text) in files("scenarios", ".json") {
        let name = file.trim_start_matches("scenarios/");
        match BUNDLED.0.iter().find(|(listed, _)| *listed == name) {
            None => offenders.push(format!("{name} is not in the list of bundled scenarios")),
            Some((_, bundled)) if *bundled != text => offenders.push(format!("{name} is not what is bundled")),
            Some(_) => {}
        }
    }
    for name in bundled::all() {
        match Scenario::load(&Disk { bundled: BUNDLED }, &name) {
            Err(faults) => offenders.push(format!("{name}: {faults}")),
            Ok(scenario) if explain(&scenario).len() < 5 => offenders.push(format!("{name} is hardly explained")),
            Ok(scenario) => {
                let short = scenario.setup.with_steps(3).expect("three steps");
                let record = run(&short, 1, [1; LANES], InstructionSet::best());
                if record.series.iter().any(|value| value.lane(0).is_infinite()) {
                    offenders.push(format!("{name} runs into the infinite"));
                }
            }
        }
    }
    none(&offenders, "a bundled scenario is missing or at fault");
}

#[test]
fn the_readme_lists_every_command_and_every_scenario() {
    let readme = fs::read_to_string(root().join("README.md")).expect("a README.md");
    let mut missing: Vec<String> = bundled::scenarios()
        .chain(bundled::fragments())
        .filter(|name| !readme.contains(name))
        .map(|name| format!("scenario `{name}`"))
        .collect();
    missing.extend(
        commands().into_iter().filter(|name| !is_listed(&readme, name)).map(|name| format!("command `{name}`")),
    );
    none(&missing, "README.md does not mention");
}

/// Whether a command is shown as it is typed, with the program's name or alone between backticks.
fn is_listed(readme: &str, command: &str) -> bool {
    ["commonground ", "`"].iter().any(|before| {
        readme.split(&format!("{before}{command}")).skip(1).any(|after| after.starts_with([' ', '`', '\n']))
    })
}

/// The commands that the program says it has.
fn commands() -> Vec<String> {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_commonground")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let list: Vec<String> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect();
    assert!(list.len() > 3, "no commands found in the help:\n{help}");
    list
}
