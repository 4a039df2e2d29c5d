//! The page of a result folder: that it shows whatever a folder holds, and lets nothing of it act.

use std::collections::BTreeMap;
use std::io;

use super::*;
use crate::report::answer::answer;
use crate::report::digest::Digest;
use crate::report::sample::{ensemble, places, wave};
use crate::report::study::{COLLAPSE_STEP, Study};
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;

/// A folder in memory, with a manifest that lists its files.
fn page(files: &[(&str, String)], manifest: Value) -> Result<String, PageError> {
    let mut manifest = manifest;
    manifest["files"] = files.iter().map(|(name, _)| *name).collect();
    let mut all: BTreeMap<&str, String> = files.iter().cloned().collect();
    all.insert(MANIFEST, manifest.to_string());
    html(&|name| all.get(name).map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into()))
}

fn svg(words: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 1 1\"><title>{words}</title></svg>")
}

fn digest(findings: &[&str]) -> String {
    let findings = findings.iter().map(|finding| (*finding).to_owned()).collect();
    serde_json::to_string(&Digest { findings, ..Digest::default() }).unwrap()
}

#[test]
fn a_folder_of_any_command_shows_its_charts_and_its_short_tables() {
    let long: String = (0..=SHORT).map(|row| row.to_string() + "\n").collect();
    let files = [
        ("charts/tipping-line.svg", svg("Where it tips")),
        ("cells.csv", "trust,collapsed\n0.5,0.25\n".to_owned()),
        ("runs.csv", format!("run\n{long}")),
    ];
    let manifest = serde_json::json!({"commonground": "9.9.9", "command": ["commonground", "sweep"], "cells": 16});
    let page = page(&files, manifest).unwrap();
    for part in ["<h3>Tipping line</h3>", "<title>Where it tips</title>", "<td>0.25</td>", "<dt>Cells</dt>"] {
        assert!(page.contains(part), "no {part} in:\n{page}");
    }
    assert!(!page.contains("<?xml") && !page.contains("<caption>runs.csv"), "{page}");
}

#[test]
fn nothing_in_a_folder_can_act_or_lead_out_of_it() {
    let files = [(DIGEST, digest(&["<script>alert(1)</script>"])), ("../secret.csv", "a\n1\n".to_owned())];
    let page = page(&files, serde_json::json!({"command": ["commonground", "<b>"]})).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("&lt;b&gt;"), "{page}");
    assert!(!page.contains("<script") && !page.contains("secret"), "{page}");
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn of_a_further_arm_only_what_differs_is_told() {
    let arm = |name: &str| Scenario::load(&BUNDLED, name).unwrap().resolved();
    let files = [
        ("scenarios/pasture-fortress.json", arm("pasture-fortress")),
        ("scenarios/pasture-ostrom.json", arm("pasture-ostrom")),
    ];
    let page = page(&files, serde_json::json!({})).unwrap();
    let count = |text: &str| page.matches(text).count();
    assert_eq!(count("A full pool holds 100 tonnes of grass"), 1, "what is shared is told once");
    assert_eq!(count("<h4>What is shared</h4>"), 1);
    assert_eq!(count("<h4>Who decides what</h4>"), 2);
    assert!(
        page.contains("Not here: Each decides for itself alone. Its plan is what counts as its fair share."),
        "{page}"
    );
    assert_eq!(count("<h3>Sources</h3>"), 1);
}

#[test]
fn headings_are_in_order() {
    let arm = Scenario::load(&BUNDLED, "pasture-ostrom").unwrap().resolved();
    let files = [
        ("charts/stock.svg", svg("Stock")),
        (DIGEST, digest(&["It lasts."])),
        ("scenarios/one.json", arm.clone()),
        ("scenarios/two.json", arm),
    ];
    let page = page(&files, serde_json::json!({})).unwrap();
    let levels: Vec<u32> = page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect();
    assert_eq!((levels[0], levels.iter().filter(|level| **level == 1).count()), (1, 1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn the_answer_comes_first_and_all_else_is_a_closed_appendix() {
    let arms = places(3);
    let ensemble = ensemble(&arms, 100, |arm, run, key| match key {
        COLLAPSE_STEP => f64::NAN,
        "need_met" => 0.5 + 0.1 * arm as f64 + 0.01 * wave(run),
        "stock_end" => 0.25 + 0.1 * arm as f64,
        _ => 0.25,
    });
    let answer = Some(answer(&Study { arms: &arms, ensemble: &ensemble }));
    let digest = serde_json::to_string(&Digest { answer, ..Digest::default() }).unwrap();
    let page = page(&[(DIGEST, digest), ("charts/stock.svg", svg("Stock"))], serde_json::json!({})).unwrap();
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part} in:\n{page}"));
    let order = [
        "<dt>Better</dt>",
        "<table class=\"matrix\">",
        "id=\"plane-w-title\"",
        "<details class=\"appendix\">",
        "<title>Stock</title>",
    ];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{page}");
    assert!(!page.contains("<details open") && !page.contains("<h2>Findings</h2>"));
    assert!(page.contains("fortress-3 70.0% and 45.0%"), "the description holds the numbers that are drawn");
}

#[test]
fn what_is_missing_or_damaged_is_named_with_the_way_out() {
    let none = html(&|_| Err(io::ErrorKind::NotFound.into())).unwrap_err().to_string();
    assert!(none.contains("there is no manifest.json in it; give a folder"), "{none}");
    let broken = page(&[(DIGEST, "{".to_owned())], serde_json::json!({})).unwrap_err().to_string();
    assert!(broken.starts_with("`report.json` in it is damaged"), "{broken}");
    let manifest = br#"{"files": ["charts/stock.svg"]}"#.to_vec();
    let gone = html(&|name| if name == MANIFEST { Ok(manifest.clone()) } else { Err(io::ErrorKind::NotFound.into()) });
    let gone = gone.unwrap_err().to_string();
    assert!(gone.contains("lists `charts/stock.svg`, which cannot be read"), "{gone}");
}

#[test]
fn a_scenario_that_this_version_cannot_read_is_no_fault() {
    let files = [("scenarios/old.json", "{\"title\": \"Old\"}".to_owned())];
    let page = page(&files, serde_json::json!({})).unwrap();
    assert!(page.contains("This version of commonground cannot read it"), "{page}");
}
