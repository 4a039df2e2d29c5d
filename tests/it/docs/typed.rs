//! What docs/adding.md has to be typed: its scenario loads, its commands are there, and so is what they set.

use super::recipes::RECIPES;
use super::{ends_in, read};
use commonground::scenario::Scenario;
use serde_json::{Value, json};

/// The blocks of the page in a language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("\n```{language}\n");
    page.match_indices(&opening).filter_map(|(at, _)| page[at + opening.len()..].split("\n```").next()).collect()
}

fn is_example(name: &str) -> bool {
    RECIPES.iter().any(|(_, names, _)| names.contains(&name))
}

#[test]
fn the_scenario_of_the_page_loads_but_for_the_rule_that_is_not_there_yet() {
    let page = read("docs/adding.md");
    let texts = blocks(&page, "json");
    assert!(!texts.is_empty(), "no scenario on the page");
    for text in texts {
        let mut scenario: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
        let rules = scenario["rules"].as_object_mut().expect("rules");
        rules.retain(|name, _| !is_example(name));
        Scenario::from_value("recognised.json", &scenario).unwrap_or_else(|faults| panic!("{faults} in\n{text}"));
    }
}

#[test]
fn every_command_of_the_page_is_there_and_so_is_what_it_sets() {
    let (page, modules) = (read("docs/adding.md"), read("tests/it/main.rs"));
    let lines = blocks(&page, "sh").into_iter().flat_map(str::lines).flat_map(|line| line.split(" && "));
    let mut typed = 0;
    for line in lines {
        typed += 1;
        let mut rest = line.split(' ');
        match (rest.next(), rest.next()) {
            (Some("cargo"), Some("test")) => {
                for name in rest.filter(|name| *name != "--test") {
                    let is_module = name == "it" || modules.contains(&format!("mod {name};"));
                    assert!(is_module || is_example(name), "`{line}`: no test is called `{name}`");
                }
            }
            (Some("cargo"), Some("run")) => runs(&page, line.split_once(" -- ").expect("a command").1),
            (Some("echo"), _) => {
                let text = line.split('\'').nth(1).expect("a text");
                assert!(serde_json::from_str::<Value>(text).is_ok(), "`{line}`");
            }
            _ => panic!("`{line}` is none of the commands that are known here"),
        }
    }
    assert!(typed > 10, "only {typed} commands were looked at");
}

/// Asserts that a command of the program can be typed so.
fn runs(page: &str, command: &str) {
    let mut words = command.split(' ');
    let name = words.next().unwrap_or("");
    assert!(read("src/cli/mod.rs").contains(&format!("({name}::Arguments)")), "no command `{name}`");
    let mut scenario = None;
    while let Some(word) = words.next() {
        match word {
            "--runs" => assert!(words.next().is_some_and(|runs| runs.parse::<u32>().is_ok()), "`{command}`"),
            "--set" => {
                let set = words.next().unwrap_or("").trim_matches('\'');
                let (pointer, value) = set.split_once('=').expect("a pointer and a value");
                let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{error} in `{command}`"));
                assert!(
                    value.as_object().is_some_and(|parts| parts.keys().all(|part| is_example(part))),
                    "`{command}`"
                );
                can_be_set(scenario.as_ref().expect("a scenario before what is set"), pointer);
            }
            file if ends_in(file, "json") => {
                let is_made = page.contains(&format!("> {file}\n")) || page.contains(&format!("`{file}`"));
                assert!(is_made, "nothing on the page makes {file}");
            }
            bundled => scenario = Some(Scenario::bundled(bundled).unwrap_or_else(|faults| panic!("{faults}"))),
        }
    }
}

/// Asserts that a scenario has a place at a pointer, where what stands there now, or nothing, can be set.
fn can_be_set(scenario: &Scenario, pointer: &str) {
    let all: Value = serde_json::from_str(&scenario.resolved()).expect("JSON");
    let now = all.pointer(pointer).cloned().unwrap_or(json!({}));
    scenario.set(pointer, now).unwrap_or_else(|faults| panic!("{pointer}: {faults}"));
}
