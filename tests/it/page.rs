//! The interactive page: it is made whole, small enough, the same on any number of threads, has a verdict and data at every
//! setting, and nothing that a scenario is called can leave its place.

use commonground::experiment::recording::{Grid, Options, Recording, record};
use commonground::experiment::{Runs, Watcher, compare};
use commonground::model::measure::Measure;
use commonground::model::simd::InstructionSet;
use commonground::page::{Cast, FRONT, MOST_BYTES, Page};
use commonground::scenario::Scenario;
use serde_json::{Value, json};
use std::process::Command;

struct Nobody;

impl Watcher for Nobody {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

/// The front page's scenarios with few stops and few seasons, so that a test takes little time.
fn small() -> Vec<Scenario> {
    let stops = |values: &[f64]| -> Value {
        values
            .iter()
            .map(|value| json!({ "value": value, "name": value.to_string(), "says": format!("It is {value}.") }))
            .collect()
    };
    let knob = |label: &str, pointer: &str, values: &[f64]| json!({ "label": label, "sets": [pointer], "stops": stops(values) });
    FRONT
        .iter()
        .map(|name| {
            let scenario = Scenario::bundled(name).unwrap().with_steps(12).unwrap();
            let owners = scenario.file.knobs.contains_key("owners");
            let owners = owners.then(|| knob("Herders", "/providers/herder/count", &[1.0, 6.0]));
            let patience = knob("Patience", "/society/patience", &[0.0, 0.9]);
            scenario.extended(json!({ "knobs": { "owners": owners, "patience": patience } })).unwrap()
        })
        .collect()
}

fn recorded(arms: Vec<Scenario>, reference: usize) -> Recording {
    let options = Options { runs: 40, seed: 3, instructions: InstructionSet::best() };
    record(arms, reference, options, &Nobody).unwrap().unwrap()
}

/// The data of a page, as its script reads them.
fn data(html: &str) -> Value {
    let from = html.split_once("id=\"data\">").unwrap().1;
    serde_json::from_str(from.split_once("</script>").unwrap().0).unwrap()
}

fn front() -> (Cast, Recording, Page) {
    let cast = Cast::front(small());
    let recording = recorded(cast.arms.clone(), cast.reference);
    let page = Page::of(&cast, &recording);
    (cast, recording, page)
}

#[test]
fn every_setting_has_a_verdict_and_a_record_of_every_arm() {
    let (_, recording, page) = front();
    let data = data(&page.html);
    let settings = 2 * 2 * 2 * 2 * 2;
    assert_eq!(recording.grid.points.len(), settings, "owners, patience and three rules");
    assert_eq!(page.verdicts.len(), settings);
    for (point, verdict) in page.verdicts.iter().enumerate() {
        assert!(verdict.head.len() > 20, "{verdict:?}");
        assert!(verdict.lines.iter().all(|line| line.text.len() > 20 && !line.text.contains("NaN")), "{verdict:?}");
        assert_eq!(data["verdicts"][point][0], json!(verdict.head));
        let depends = &verdict.lines[2].text;
        assert!(depends.contains("under a random rule”") || depends.contains("no rule drawn”"), "{depends}");
        for arm in 0..4 {
            let record = &data["records"][data["points"][point][arm].as_u64().unwrap() as usize];
            assert_eq!(record["arm"], json!(arm));
            assert!(
                record["q"].as_array().unwrap().iter().flat_map(|curves| curves.as_array().unwrap()).all(|curve| curve
                    .as_str()
                    .unwrap()
                    .len()
                    == 24)
            );
            let reference = &data["records"][data["points"][point][1].as_u64().unwrap() as usize];
            for named in reference["named"].as_array().unwrap() {
                assert!(record["runs"][named.to_string()].is_array(), "run {named} of arm {arm} at {point}");
            }
        }
    }
}

#[test]
fn what_is_recorded_is_what_the_scenario_comes_to_at_that_setting() {
    let (cast, recording, page) = front();
    let data = data(&page.html);
    let set =
        |scenario: &Scenario| scenario.set("/providers/herder/count", 1).unwrap().set("/society/patience", 0).unwrap();
    let arms = [set(&cast.arms[1]), set(&cast.arms[2]).extended(json!({ "rules": { "measures": null } })).unwrap()];
    let [fortress, governed] = &compare(&arms, Runs::of(40).seed(3)).unwrap()[..] else { unreachable!() };
    // Herders and patience at their first stops; of the rules the first, measures, is off and the other two are on.
    let point = recording.grid.points.iter().position(|stops| stops[..] == [0, 0, 0, 1, 1]).unwrap();
    let position =
        |key: &str| data["measures"].as_array().unwrap().iter().position(|measure| measure["key"] == key).unwrap();
    for key in ["welfare", "stock_end"] {
        let mean = |arm: usize| {
            data["records"][data["points"][point][arm].as_u64().unwrap() as usize]["outcomes"][position(key)][0]
                .as_f64()
                .unwrap()
        };
        let wanted = |outcomes: &commonground::prelude::Outcomes| outcomes.outcome(key).unwrap().mean().unwrap();
        assert!(
            (mean(1) - wanted(fortress)).abs() < 1e-4 * wanted(fortress).abs().max(0.01),
            "{key}: {} {}",
            mean(1),
            wanted(fortress)
        );
        assert!(
            (mean(2) - wanted(governed)).abs() < 1e-4 * wanted(governed).abs().max(0.01),
            "{key}: {} {}",
            mean(2),
            wanted(governed)
        );
        let difference = data["pairs"][point][2][3][position(key)][0].as_f64().unwrap();
        let wanted = governed.difference(fortress, key).unwrap().mean().unwrap();
        assert!((difference - wanted).abs() < 1e-4 * wanted.abs().max(0.01), "{key}: {difference} {wanted}");
    }
}

#[test]
fn named_runs_are_the_middle_and_the_farthest_of_the_reference_and_the_same_in_all_arms() {
    let (_, recording, _) = front();
    for (at, [typical, unusual]) in &recording.named {
        let record = &recording.records[*at];
        assert_eq!(record.arm, recording.reference);
        let index = record.measures.iter().position(|measure| measure.key == recording.main.key).unwrap();
        let values = &record.outcomes[index];
        let value = |run: &u64| values[*run as usize];
        let below = values.iter().filter(|other| **other < value(typical)).count();
        let above = values.iter().filter(|other| **other > value(typical)).count();
        assert!(below <= 20 && above <= 20, "{below} below and {above} above the typical run");
        let far = values.iter().map(|other| (other - value(typical)).abs()).fold(0.0, f64::max);
        assert!((value(unusual) - value(typical)).abs() >= far, "run {unusual} is not the farthest");
    }
}

#[test]
fn single_herders_add_up_to_what_all_earn() {
    let (_, recording, _) = front();
    let mut seen = 0;
    for record in &recording.records {
        for (run, herd) in &record.herds {
            let welfare = &record.runs[run][2];
            let effort = &record.runs[run][1];
            for step in 0..welfare.len() {
                let earned: f64 = herd.earned.iter().map(|one| one[step]).sum();
                let cows: f64 = herd.effort.iter().map(|one| one[step]).sum();
                assert!((earned - welfare[step]).abs() < 1e-9, "{earned} {}", welfare[step]);
                assert!((cows - effort[step] * record.scenario.setup.planned_effort()).abs() < 1e-9);
                seen += 1;
            }
        }
    }
    assert!(seen > 900, "{seen}");
}

#[test]
fn one_herder_who_meets_itself_keeps_what_one_fortress_keeps() {
    let (_, recording, _) = front();
    let stock = |arm: usize| {
        let point = recording.grid.points.iter().position(|stops| stops[..2] == [0, 1]).unwrap();
        let record = &recording.records[recording.points[point][arm]];
        record.quantiles[0].clone()
    };
    assert_eq!(stock(0), stock(1), "one owner and one fortress are the same place");
}

#[test]
fn the_page_has_the_same_bytes_on_one_thread_and_on_two() {
    let made = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| front().2.html)
    };
    assert_eq!(made(1), made(2));
}

#[test]
fn nothing_that_a_scenario_is_called_is_ever_markup() {
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    let scenario = Scenario::bundled("pasture-fortress").unwrap().with_steps(8).unwrap();
    let stops = json!([{ "value": 1, "name": "<b>1", "says": evil }, { "value": 6, "name": "&6", "says": evil }]);
    let knobs = json!({ "owners": { "label": "<i>Herders", "unit": "\"><u>", "sets": ["/providers/herder/count"], "stops": stops }, "patience": null });
    let changes = json!({ "title": evil, "question": evil, "assumptions": [evil], "knobs": knobs });
    let mut arm = scenario.extended(changes).unwrap();
    evil.clone_into(&mut arm.name);
    let cast = Cast::of(vec![arm]);
    let page = Page::of(&cast, &recorded(cast.arms.clone(), 0));
    assert!(page.html.contains("alert(1)"), "the title is on the page");
    for markup in ["<script>alert", "<img", "<b>1", "<i>Herders", "<u>"] {
        assert!(!page.html.contains(markup), "{markup}");
    }
    assert_eq!(page.html.matches("</script>").count(), 2, "one script of data and one that acts");
    assert_eq!(data(&page.html)["arms"][0]["title"], json!(evil));
}

#[test]
fn the_policy_names_the_one_style_and_the_one_script_and_lets_nothing_else_in() {
    let (_, _, page) = front();
    let html = &page.html;
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"), "{}", &html[..60]);
    for part in
        ["default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "base-uri 'none'", "form-action 'none'"]
    {
        assert!(html.contains(part), "{part}");
    }
    let markup = html.split("<script").next().unwrap();
    for word in [" style=", " onclick=", "javascript:", "http://", "https://"] {
        assert!(!markup.contains(word), "{word}");
    }
    assert!(
        markup.contains("<svg") && markup.contains(&page.verdicts.last().unwrap().lines[0].lead.to_owned()),
        "a still picture and a verdict stand without a script"
    );
}

#[test]
fn a_place_is_shown_with_its_need_and_its_money() {
    let arms: Vec<Scenario> =
        ["place-fortress", "place-based"].map(|name| Scenario::bundled(name).unwrap().with_steps(24).unwrap()).into();
    let cast = Cast::of(arms);
    let grid = Grid::of(&cast.arms, 0).unwrap();
    assert_eq!(grid.turns.len(), 5, "the rules of place-based are its switches, five at most");
    let options = Options { runs: 20, seed: 1, instructions: InstructionSet::best() };
    let recording = record(cast.arms.clone(), 0, options, &Nobody).unwrap().unwrap();
    let page = Page::of(&cast, &recording);
    let data = data(&page.html);
    let keys: Vec<&str> =
        data["series"].as_array().unwrap().iter().map(|series| series["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["stock.capacity", "need_met", "waiting", "margin"]);
    assert_eq!(page.verdicts.len(), 32);
    assert!(page.verdicts.iter().all(|verdict| verdict.lines.iter().all(|line| line.text.len() > 20)));
    assert!(page.html.len() < MOST_BYTES);
    assert_eq!(recording.main.key, Measure::NEED_MET.as_str());
}

fn program(arguments: &[&str], folder: &std::path::Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_commonground")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_writes_one_file_and_never_over_another() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("a.json"),
        r#"{ "extends": "pasture-owner", "time": { "steps": 10 }, "knobs": null }"#,
    )
    .unwrap();
    let (code, output, words) = program(&["page", "a.json", "--runs", "20", "--out", "a.html"], folder.path());
    assert_eq!((code, output.as_str()), (Some(0), "a.html\n"), "{words}");
    assert!(words.contains("1 setting, 20 runs each of 1 arm"), "{words}");
    let (code, _, words) = program(&["page", "a.json", "--runs", "20", "--out", "a.html"], folder.path());
    assert!(code == Some(2) && words.contains("is there already"), "{words}");
    let (code, ..) =
        program(&["page", "a.json", "--runs", "20", "--out", "a.html", "--replace", "--quiet"], folder.path());
    assert_eq!(code, Some(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left behind");
}

/// The faults of a pasture with these knobs.
fn faults(knobs: &Value) -> String {
    let changed = Scenario::bundled("pasture-owner").unwrap().extended(json!({ "knobs": knobs }));
    changed.expect_err("knobs with a fault").to_string()
}

#[test]
fn a_fault_in_knobs_is_told_with_its_place_and_a_way_out() {
    let stops = |values: &[Value]| -> Value {
        values
            .iter()
            .enumerate()
            .map(|(at, value)| json!({ "value": value, "name": at.to_string(), "says": "A stop." }))
            .collect()
    };
    let knob = |pointer: &str, values: &[Value]| json!({ "k": { "label": "K", "sets": [pointer], "stops": stops(values) }, "patience": null });
    let cases = [
        (knob("/society/patiense", &[json!(0), json!(1)]), "knobs.k.sets[0]: `/society/patiense` leads nowhere"),
        (knob("/society", &[json!(0), json!(1)]), "leads to neither a number nor a switch"),
        (knob("/time/steps", &[json!(10), json!(20)]), "is the calendar"),
        (
            knob("/society/trust", &[json!(0.5), json!(2)]),
            "knobs.k.stops[1].value: at `/society/trust`: `2` is outside the range 0 to 1",
        ),
        (
            knob("/society/trust", &[json!(0.5), json!(0.5)]),
            "knobs.k.stops[1]: another stop of this knob has that name or value",
        ),
        (
            knob("/society/trust", &[json!(0.5), json!(true)]),
            "`true` does not fit at `/society/trust`, where a number stands",
        ),
        (knob("/providers/herder/count", &[json!(1), json!(1.5)]), "knobs.k.stops[1].value"),
        (knob("/society/trust", &[json!(0.5)]), "it has 1 item; at least 2 items are needed"),
    ];
    for (knobs, wanted) in cases {
        let told = faults(&knobs);
        assert!(told.contains(wanted), "{told}\nwanted: {wanted}");
    }
    let twice =
        json!({ "other": { "label": "K", "sets": ["/society/patience"], "stops": stops(&[json!(0), json!(1)]) } });
    assert!(faults(&twice).contains("is turned by the knob `patience` already"), "{}", faults(&twice));
}

#[test]
fn knobs_that_differ_between_arms_or_stand_nowhere_are_told() {
    let options = Options { runs: 20, seed: 1, instructions: InstructionSet::best() };
    let told = |arms: Vec<Scenario>| record(arms, 0, options, &Nobody).map(|_| ()).unwrap_err().to_string();
    let arm = Scenario::bundled("pasture-fortress").unwrap();
    let moved = arm.set("/society/patience", 0.85).unwrap();
    assert!(
        told(vec![moved]).contains("stands at none of its stops"),
        "{}",
        told(vec![arm.set("/society/patience", 0.85).unwrap()])
    );
    let other = arm.set("/knobs/owners/label", "Owners").unwrap();
    assert!(told(vec![arm.clone(), other]).contains("the knob is another one in `pasture-fortress`"));
}

/// Without knobs, with few seasons and two rules.
fn plain(name: &str) -> Scenario {
    let changes = json!({ "knobs": null, "rules": { "measures": null } });
    Scenario::bundled(name).unwrap().with_steps(16).unwrap().extended(changes).unwrap()
}

#[test]
fn the_gain_of_an_agreement_is_told_over_the_better_of_its_placebos() {
    let names = ["pasture-fortress", "pasture-ostrom", "pasture-ostrom+random-agreement", "pasture-ostrom+as-we-are"];
    let cast = Cast::of(names.map(plain).into());
    let recording = recorded(cast.arms.clone(), 0);
    let page = Page::of(&cast, &recording);
    let outcomes = compare(&cast.arms, Runs::of(40).seed(3)).unwrap();
    let mean = |arm: usize| outcomes[arm].outcome("welfare").unwrap().mean().unwrap();
    let better = if mean(2) > mean(3) { 2 } else { 3 };
    let gain = outcomes[1].difference(&outcomes[better], "welfare").unwrap().mean().unwrap();
    let home = recording.grid.home();
    let [_, others, depends] = &page.verdicts[home].lines;
    let name = ["", "", "random agreement", "as we are"][better];
    assert!(
        others.text.contains(&format!("{name}: {gain:+.1} coins a season")),
        "{}\nwanted {name} {gain:+.1}",
        others.text
    );
    assert_eq!(others.text.matches("The gain of what they agree on").count(), 1, "{}", others.text);
    assert!(depends.text.contains("over the better placebo"), "{}", depends.text);
    let data = data(&page.html);
    let placebos: Vec<bool> = (0..4).map(|arm| data["arms"][arm]["placebo"].as_bool().unwrap()).collect();
    assert_eq!((placebos, &data["judged"]), (vec![false, false, true, true], &json!(1)));

    // Without their meeting all three are the same place, and there is nothing to tell.
    let without = recording.grid.named(&[("collective_choice".to_owned(), "off".to_owned())].into());
    assert!(!page.verdicts[without].lines[1].text.contains("The gain of what they agree on"));
}

#[test]
fn the_front_page_is_under_its_size_and_its_scenarios_fit_together() {
    let arms: Vec<Scenario> = FRONT.iter().map(|name| Scenario::bundled(name).unwrap()).collect();
    let grid = Grid::of(&arms, 1).unwrap();
    assert_eq!(grid.points.len(), 6 * 6 * 8);
    assert_eq!(grid.points[grid.home()], [3, 3, 1, 1, 1], "six herders, a patience of 0.9, all rules");
    let cast = Cast::front(arms);
    let options = Options { runs: 20, seed: 1, instructions: InstructionSet::best() };
    let recording = record(cast.arms.clone(), cast.reference, options, &Nobody).unwrap().unwrap();
    let page = Page::of(&cast, &recording);
    assert!(page.html.len() < MOST_BYTES, "{} bytes", page.html.len());
    assert!(
        page.verdicts
            .iter()
            .all(|verdict| verdict.lines.iter().all(|line| line.text.len() > 20 && !line.text.contains("NaN")))
    );
}
