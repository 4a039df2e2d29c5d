//! Kills, terminations and hang-ups at any moment and over every command that can go on: what comes of it in the end is what one
//! go comes to, byte by byte; nobody is refused, and nothing is left over.
//!
//! `COMMONGROUND_KILLS=200 cargo test --test it kills` sends that many signals; without it there are a few.

#![cfg(unix)]

use crate::cli::{commonground, ended};
use crate::interrupt::runs_are_written;
use crate::stress::study;
use crate::support::files;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

/// Few steps of few runs: what takes time is the writing, which is what is to be stopped.
const SHORT: [&str; 2] = ["--set", "/time/steps=4"];
/// Signals that are sent unless more are asked for: two for each command.
const FEW: usize = 16;
/// The hold between two steps of writing, in milliseconds.
const PAUSE: &str = "2";

/// A command, or a few one after the other, and where the results are to be.
struct Case {
    steps: Vec<Vec<&'static str>>,
    out: &'static str,
}

fn cases() -> Vec<Case> {
    let resumed = |words: &[&'static str]| Case {
        steps: vec![[words, &["--out", "r", "--resume", "--quiet"]].concat()],
        out: "r",
    };
    let price = "/providers/herder/payment/tariff/price=0.4..0.8:2";
    let pair = [&["compare", "pasture-fortress", "pasture-ostrom", "--runs", "96"], &SHORT[..]].concat();
    vec![
        resumed(&[&["run", "pasture-fortress", "--runs", "96"], &SHORT[..]].concat()),
        resumed(&pair),
        resumed(&[&["sweep", "pasture-fortress", "--vary", price, "--runs", "16"], &SHORT[..]].concat()),
        resumed(&[&["principles", "pasture-ostrom", "--runs", "16"], &SHORT[..]].concat()),
        resumed(&["stress", "pasture-fortress", "--shocks", "study.json", "--runs", "4"]),
        Case {
            steps: vec![
                [&["plan"], &pair[..], &["--out", "parts", "--shards", "12", "--quiet"]].concat(),
                vec!["work", "parts", "--quiet"],
                vec!["merge", "parts", "--out", "r", "--quiet"],
            ],
            out: "r",
        },
        Case { steps: vec![vec!["calibrate", "calibration.json", "--out", "r", "--quiet"]], out: "r" },
        Case { steps: vec![vec!["match", "match.json", "--out", "r", "--quiet"]], out: "r" },
    ]
}

/// One unknown number of the small commons, sought in two rounds.
fn calibration() -> String {
    serde_json::json!({
        "title": "A commons", "question": "How do they choose?", "sources": ["a test"], "assumptions": [], "preset": "users",
        "method": { "runs": 16, "particles": 20, "rounds": 2, "seed": 5 },
        "scenarios": { "commons": { "scenario": "commons-mini", "patch": { "time": { "steps": 4 } } } },
        "parameters": { "coverage": { "meaning": "chance of an audit", "unit": "",
            "prior": { "uniform": { "from": 0, "to": 1 } }, "pointers": ["/society/coverage"] } },
        "data": { "effort": { "scenario": "commons", "measure": "effort", "steps": 3, "unit": "of plan", "observed": 1.5,
            "error": 0.05, "use": "fit", "source": "a test" } }
    })
    .to_string()
}

/// One open number of the small commons, matched in two waves.
fn matched() -> String {
    serde_json::json!({
        "title": "A commons", "question": "How do they choose?", "sources": ["a test"], "assumptions": [],
        "method": { "first": 16, "wave": 16, "waves": 1, "runs": 4, "verify": 8, "keep": 20, "seed": 5 },
        "arms": { "commons": { "scenario": "commons-mini", "patch": { "time": { "steps": 4 } } } },
        "numbers": { "coverage": { "meaning": "chance of an audit", "unit": "", "range": [0, 1],
            "pointers": ["/society/coverage"], "note": "assumed" } },
        "targets": { "effort": { "meaning": "effort", "value": "{commons: effort@step3}", "unit": "of plan",
            "observed": { "at_least": 0.1 }, "error": 0.05, "discrepancy": 0, "source": "a test" } }
    })
    .to_string()
}

fn place() -> TempDir {
    let place = tempdir().unwrap();
    fs::write(place.path().join("match.json"), matched()).unwrap();
    fs::write(place.path().join("study.json"), study().to_string()).unwrap();
    fs::write(place.path().join("calibration.json"), calibration()).unwrap();
    place
}

fn started(place: &Path, words: &[&str]) -> Child {
    let mut command = commonground(place, words);
    command.env("COMMONGROUND_PAUSE", PAUSE).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn send(signal: &str, child: &Child) {
    drop(Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status());
}

/// Everything but what `work` notes of who did what when.
fn compared(place: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = files(place);
    files.retain(|path, _| !path.to_string_lossy().ends_with(".note.json"));
    files
}

/// Does every step of a case without disturbance; how long each took.
fn undisturbed(place: &Path, case: &Case) -> Vec<Duration> {
    let one = |words: &Vec<&str>| {
        let begun = Instant::now();
        let output = started(place, words).wait_with_output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        begun.elapsed()
    };
    case.steps.iter().map(one).collect()
}

/// Stops the steps of a case so many times, each at a moment of its own, and goes on to the end. Gives back how often it was
/// stopped before the end.
fn disturbed(place: &Path, case: &Case, kills: usize, times: &[Duration], chance: &mut ChaCha8Rng) -> usize {
    let mut stopped = 0;
    let mut sent = 0;
    for (words, time) in case.steps.iter().zip(times) {
        let wanted = (sent + kills.div_ceil(case.steps.len())).min(kills);
        loop {
            let child = started(place, words);
            let disturb = sent < wanted;
            let signal = ["-KILL", "-TERM", "-HUP", "-INT"][chance.random_range(0_usize..4)];
            if disturb {
                sleep(time.mul_f64(chance.random_range(0.0..1.0)));
                send(signal, &child);
                sent += 1;
            }
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            match output.status.code() {
                Some(0) => break,
                Some(129 | 130 | 143) | None if disturb => stopped += 1,
                other => panic!("{words:?} after {signal}: {other:?} {said}"),
            }
        }
    }
    stopped
}

#[test]
fn a_stop_at_any_moment_changes_no_byte_refuses_nobody_and_leaves_nothing() {
    let asked = std::env::var("COMMONGROUND_KILLS").ok().and_then(|text| text.parse().ok());
    let all: usize = asked.unwrap_or(FEW);
    let cases = cases();
    let mut chance = ChaCha8Rng::seed_from_u64(15);
    let (mut sent, mut stopped) = (0, 0);
    for (number, case) in cases.iter().enumerate() {
        let whole = place();
        let times = undisturbed(whole.path(), case);
        let expected = compared(whole.path());
        let mut left = (all - sent).div_ceil(cases.len() - number);
        while left > 0 {
            let kills = left.min(5);
            let place = place();
            stopped += disturbed(place.path(), case, kills, &times, &mut chance);
            let found = compared(place.path());
            let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&found), names(&expected), "{:?}", case.steps);
            for (name, bytes) in &expected {
                assert!(found[name] == *bytes, "{} of {:?} differs", name.display(), case.steps);
            }
            assert!(found.contains_key(&Path::new(case.out).join("manifest.json")));
            (left, sent) = (left - kills, sent + kills);
        }
    }
    println!("{sent} signals, {stopped} of them before the end");
    assert!(stopped * 4 > sent, "{stopped} of {sent} signals came before the end");
}

#[test]
fn what_is_finished_is_said_to_be_and_stays_as_it_is() {
    let place = place();
    for case in &cases()[..5] {
        let out = place.path().join(case.out);
        undisturbed(place.path(), case);
        let (before, seen) =
            (files(place.path()), fs::metadata(out.join("manifest.json")).unwrap().modified().unwrap());
        let words: Vec<&str> = case.steps[0].iter().copied().filter(|word| *word != "--quiet").collect();
        let again = ended(place.path(), &words);
        assert_eq!(again.code, Some(0), "{}", again.words);
        assert_eq!(again.words.trim_end(), "Finished before: the results are in r, and nothing was done again.");
        assert!(files(place.path()) == before);
        assert_eq!(fs::metadata(out.join("manifest.json")).unwrap().modified().unwrap(), seen);
        // Another question in the same folder is refused as ever.
        let other = ended(place.path(), &[&words[..], &["--seed", "2"]].concat());
        assert_eq!(other.code, Some(2));
        assert!(other.words.contains("`r` exists and is not empty"), "{}", other.words);
        fs::remove_dir_all(out).unwrap();
    }
}

#[test]
fn a_folder_has_one_writer_and_what_a_dead_one_left_is_taken_away() {
    let place = tempdir().unwrap();
    let endless = ["run", "pasture-fortress", "--runs", "50000000", "--out", "r"];
    let mut child = commonground(place.path(), &endless).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while !place.path().join("r/scenarios").exists() {
        assert!(begun.elapsed() < Duration::from_mins(2), "nothing was begun");
        sleep(Duration::from_millis(5));
    }
    let second = ended(place.path(), &["run", "pasture-fortress", "--runs", "16", "--out", "r"]);
    assert_eq!(second.code, Some(2));
    let said = second.words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(&format!("`r` is being written to by process {} on ", child.id())), "{said}");
    send("-KILL", &child);
    child.wait().unwrap();
    assert!(place.path().join("r/.commonground.lock").exists(), "the kill came too late");
    let few = ["run", "pasture-fortress", "--runs", "16", "--quiet"];
    let after = ended(place.path(), &[&few[..], &["--out", "r"]].concat());
    assert_eq!(after.code, Some(0), "{}", after.words);
    assert_eq!(ended(place.path(), &[&few[..], &["--out", "whole"]].concat()).code, Some(0));
    assert!(files(&place.path().join("r")) == files(&place.path().join("whole")));
}

#[test]
fn a_stop_by_any_signal_keeps_what_is_done_and_nohup_is_heeded() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let place = tempdir().unwrap();
        let endless = ["run", "pasture-fortress", "--set", "/time/steps=12", "--runs", "50000000", "--out", "r"];
        let mut command = commonground(place.path(), &endless);
        command.env("COMMONGROUND_LINE_EVERY", "300");
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let begun = Instant::now();
        while !runs_are_written(&place.path().join("r")) {
            assert!(begun.elapsed() < Duration::from_mins(2), "nothing was written");
            sleep(Duration::from_millis(5));
        }
        sleep(Duration::from_secs(1));
        send(signal, &child);
        let output = child.wait_with_output().unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{signal}: {words}");
        assert!(place.path().join("r/manifest.json").is_file(), "{signal}: {words}");
        // Where nobody sees a bar there is a line now and then.
        let line = words.lines().find(|line| line.contains(" of 50000000 runs, ")).expect(&words);
        assert!(line.ends_with(" left") || line.ends_with(" so far"), "{line}");
    }
    let place = tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_commonground");
    let script = format!("trap '' HUP; exec '{program}' run pasture-fortress --runs 3000 --out r --quiet");
    let mut sh = Command::new("sh");
    let mut child = sh.args(["-c", &script]).current_dir(place.path()).stdout(Stdio::null()).spawn().unwrap();
    while !place.path().join("r/scenarios").exists() {
        assert!(child.try_wait().unwrap().is_none());
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(200));
    send("-HUP", &child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let manifest = fs::read_to_string(place.path().join("r/manifest.json")).unwrap();
    assert!(manifest.contains("\"interrupted\": false"), "{manifest}");
}
