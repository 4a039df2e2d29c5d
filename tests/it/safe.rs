//! Nothing let in: whatever a file, a name, a path or a flag holds, the program says what is wrong, panics never, and prints no
//! character that steers a terminal.

#![cfg(unix)]

use crate::cli::{Ended, ended, folder_with};
use commonground::experiment::calibrate::Problem;
use commonground::plain::is_plain;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::{Address, Store};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use tempfile::tempdir;

/// Runs the program, which prints nothing but plain characters, and gives back what it said on one line.
fn said(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let Ended { code, results, words } = ended(folder, arguments);
    let all = results + &words;
    let strange = all.chars().find(|letter| !is_plain(*letter) && *letter != '\n');
    assert_eq!(strange, None, "{arguments:?}: {}", all.escape_debug());
    (code, all.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A bundled file as a value.
fn bundled(name: &str) -> Value {
    let text = BUNDLED.0.iter().find(|(known, _)| *known == name).unwrap().1;
    serde_json::from_str(text).unwrap()
}

/// The program refuses a file with these words.
#[track_caller]
fn refused(file: &Value, expected: &str) {
    let folder = folder_with("x.json", &file.to_string());
    let (code, words) = said(folder.path(), &["check", "x.json"]);
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains(expected), "{words}");
}

#[test]
fn names_units_and_texts_that_steer_a_terminal_are_refused_and_shown_escaped() {
    let mut unit = bundled("pasture-fortress.json");
    unit["time"]["unit"] = json!("s\u{1b}[2J\u{1b}]0;pwned\u{7}");
    refused(
        &unit,
        r"time.unit: `s\u{1b}[2J\u{1b}]0;pwned\u{7}` holds a control character (`\u{1b}`), which a text may not",
    );
    let mut name = bundled("pasture-fortress.json");
    name["providers"]["herder"]["uses"] = json!({ "\u{1b}[31mX": 1 });
    refused(&name, r"`\u{1b}[31mX` holds a control character (`\u{1b}`), which a name may not");
    let mut turned = bundled("pasture-fortress.json");
    turned["assumptions"] = json!(["fine", "a \u{202e}elif"]);
    refused(&turned, r"assumptions[1]: `a \u{202e}elif` holds a mark that turns or hides text (`\u{202e}`)");
    let mut study = bundled("stress/winter-surge.json");
    study["title"] = json!("two\nlines");
    refused(&study, r"title: `two\nlines` holds a line end (`\n`)");
    let mut calibration = bundled("calibrations/trust-margins.json");
    calibration["scenarios"] = json!({ "x\u{0}y": { "scenario": "place-fortress" } });
    refused(&calibration, r"`x\u{0}y` holds a control character (`\u{0}`), which a name may not");
    let mut extends = bundled("pasture-fortress.json");
    extends["extends"] = json!("a\u{9b}b");
    refused(&extends, r"`a\u{9b}b` holds a control character");
}

#[test]
fn paths_and_flags_that_steer_a_terminal_are_shown_escaped() {
    let folder = tempdir().unwrap();
    let strange = "x\u{1b}[31m\u{202e}\n.json";
    for arguments in [
        &["run", strange][..],
        &["check", strange],
        &["explain", strange],
        &[strange],
        &["run", "pasture-fortress", "--set", strange],
        &["run", "pasture-fortress", "--runs", strange],
        &["run", "pasture-fortress", "--out", strange],
        &["sweep", "pasture-fortress", "--vary", strange],
        &["sweep", "pasture-fortress", "--vary", "/time/steps=1..2:2", "--measure", strange],
        &["stress", "pasture-fortress", "--shocks", strange],
        &["calibrate", strange],
        &["work", strange],
        &["work", ".", strange],
        &["status", strange],
        &["merge", strange],
        &["report", strange],
        &["replicate", strange],
        &["new", strange],
        &["scenarios", "show", strange],
        &["scenarios", "copy", "pasture-fortress", strange],
    ] {
        let (code, words) = said(folder.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {words}");
        assert!(words.contains(r"\u{202e}"), "{arguments:?}: {words}");
    }
    // A file may have such a name; what is told of it is plain all the same.
    fs::write(folder.path().join(strange), bundled("pasture-fortress.json").to_string()).unwrap();
    let (code, words) = said(folder.path(), &["run", strange, "--runs", "16", "--out", "r"]);
    assert_eq!(code, Some(0), "{words}");
    for file in ["manifest.json", "report.json", "report.html", "runs.csv", "summary.csv", "data-dictionary.csv"] {
        let text = fs::read_to_string(folder.path().join("r").join(file)).unwrap();
        let strange = text.chars().find(|letter| !is_plain(*letter) && *letter != '\n');
        assert_eq!(strange, None, "{file}");
    }
    let manifest: Value = serde_json::from_slice(&fs::read(folder.path().join("r/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["arms"][0]["asked_as"], strange);
}

#[test]
fn a_prior_that_runs_backwards_is_a_fault() {
    for prior in [json!({ "log_uniform": { "from": 5, "to": 1 } }), json!({ "uniform": { "from": 1, "to": 1 } })] {
        let mut calibration = bundled("calibrations/public-goods.json");
        calibration["parameters"]["slope"]["prior"] = prior;
        refused(&calibration, "the first must be the smaller");
    }
    for (from, words) in [(1e-320, "is too near to 0"), (-1e300, "is outside the range"), (0.0, "ratios make no sense")]
    {
        let mut calibration = bundled("calibrations/public-goods.json");
        calibration["parameters"]["slope"]["prior"] = json!({ "log_uniform": { "from": from, "to": 1 } });
        refused(&calibration, words);
    }
}

#[test]
fn pipes_devices_and_folders_are_no_files() {
    let folder = tempdir().unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.json")).status().unwrap().success());
    for (name, words) in [
        ("pipe.json", "is a pipe, a socket or a device"),
        ("/dev/zero", "is a pipe, a socket or a device"),
        (".", "is a folder"),
    ] {
        for command in [
            &["run", name][..],
            &["check", name],
            &["stress", "pasture-fortress", "--shocks", name],
            &["calibrate", name],
        ] {
            let (code, said) = said(folder.path(), command);
            assert_eq!(code, Some(2), "{command:?}: {said}");
            assert!(said.contains(words), "{command:?}: {said}");
        }
    }
}

#[test]
fn other_peoples_files_leak_nothing() {
    let folder = folder_with("secret.txt", "password=hunter2,x\nhunter3\n");
    fs::write(folder.path().join("x.json"), json!({ "extends": "secret.txt" }).to_string()).unwrap();
    let need = json!({ "providers": { "acute": { "need": { "level": { "csv": { "file": "secret.txt", "column": "y" } } } } } });
    let mut reads = json!({ "extends": "place-fortress" });
    reads["providers"] = need["providers"].clone();
    fs::write(folder.path().join("y.json"), reads.to_string()).unwrap();
    for name in ["x.json", "y.json", "secret.txt", "/proc/self/environ"] {
        let (code, words) = said(folder.path(), &["check", name]);
        assert_eq!(code, Some(2), "{words}");
        assert!(!["hunter", "password", "PATH="].iter().any(|secret| words.contains(secret)), "{name}: {words}");
    }
    // Whoever embeds the library gives the scenarios of others a store without a disk.
    let outside = folder.path().join("secret.txt");
    for text in [json!({ "extends": outside }), json!({ "extends": "/etc/hostname" })] {
        let faults = Scenario::from_text(&BUNDLED, "theirs.json", &text.to_string()).unwrap_err().to_string();
        assert!(faults.contains("there is no file"), "{faults}");
    }
    let mut calibration = bundled("calibrations/public-goods.json");
    calibration["scenarios"]["without"]["scenario"] = json!(outside);
    let store = OneFile(calibration.to_string());
    let faults = Problem::load(&store, "theirs.json").unwrap_err().to_string();
    assert!(faults.contains("there is no file"), "{faults}");
}

/// A visitor's one file, and behind it what is bundled; no disk.
struct OneFile(String);

impl Store for OneFile {
    fn read(&self, address: &Address) -> std::io::Result<Vec<u8>> {
        match address {
            Address::Disk(path) if path == Path::new("theirs.json") => Ok(self.0.clone().into_bytes()),
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

#[test]
fn job_files_and_next_lines_can_be_pasted() {
    let folder = tempdir().unwrap();
    let plan = ["plan", "run", "pasture-fortress", "--runs", "32", "--shards", "2", "--slurm", "--kubernetes", "--out"];
    let (code, words) = said(folder.path(), &[&plan[..], &["p\ntouch PWNED\n#"]].concat());
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains(r"`p\ntouch PWNED\n#` holds a line end"), "{words}");
    let name = "it's $(touch PWNED)";
    let (code, words) = said(folder.path(), &[&plan[..], &[name]].concat());
    assert_eq!(code, Some(0), "{words}");
    for part in [r"commonground work 'it'\''s $(touch PWNED)'", r"'it'\''s $(touch PWNED)/slurm.sh'"] {
        assert!(words.contains(part), "{words}");
    }
    let mut script = Command::new("bash");
    script.args([&format!("{name}/slurm.sh")]).current_dir(folder.path());
    script.env("SLURM_ARRAY_TASK_ID", "0").env("COMMONGROUND", env!("CARGO_BIN_EXE_commonground"));
    assert!(script.status().unwrap().success());
    let (code, missing) = said(folder.path(), &["status", name, "--quiet"]);
    assert_eq!((code, missing.as_str()), (Some(3), "1"));
    assert!(!folder.path().join("PWNED").exists());
    // A folder above with such a name breaks the job file as well.
    let inner = folder.path().join("a\nb");
    fs::create_dir(&inner).unwrap();
    let (code, words) = said(&inner, &[&plan[..], &["p"]].concat());
    assert_eq!(code, Some(2), "{words}");
}

#[test]
fn nothing_is_replaced_behind_a_link() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = |out: &str, more: &[&str]| {
        said(folder.path(), &[&["run", "pasture-fortress", "--runs", "16", "--quiet", "--out", out], more].concat())
    };
    fs::create_dir(at("theirs")).unwrap();
    fs::write(at("theirs/precious.csv"), "precious").unwrap();
    symlink("theirs", at("link")).unwrap();
    for out in ["link", "link/"] {
        let (code, words) = run(out, &["--replace"]);
        assert_eq!(code, Some(2), "{words}");
        assert!(words.contains("`link` is a link, and nothing is replaced behind a link"), "{words}");
    }
    assert_eq!(run("r", &[]).0, Some(0));
    fs::remove_dir_all(at("r/charts")).unwrap();
    symlink("../theirs", at("r/charts")).unwrap();
    let (code, words) = run("r", &["--replace"]);
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains("`r/charts` is a link"), "{words}");
    assert_eq!(fs::read_dir(at("theirs")).unwrap().count(), 1);
    // A manifest that somebody wrote has nothing removed that results never have.
    fs::remove_file(at("r/charts")).unwrap();
    fs::write(at("r/notes.txt"), "mine").unwrap();
    let listed = json!({ "files": ["notes.txt", "../theirs/precious.csv", "gone.csv"] });
    fs::write(at("r/manifest.json"), listed.to_string()).unwrap();
    fs::write(at("r/gone.csv"), "").unwrap();
    assert_eq!(run("r", &["--replace"]).0, Some(0));
    assert_eq!(["r/notes.txt", "theirs/precious.csv", "r/gone.csv"].map(|name| at(name).exists()), [true, true, false]);
}

#[test]
fn parts_of_two_builds_are_never_put_together() {
    let folder = tempdir().unwrap();
    let plan = ["plan", "run", "pasture-fortress", "--runs", "32", "--shards", "2", "--out", "p"];
    assert_eq!(said(folder.path(), &plan).0, Some(0));
    let path = folder.path().join("p/plan.json");
    let mut planned: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let sources = planned["identity"]["sources"].as_str().unwrap().to_owned();
    assert_eq!(sources, commonground::identity::SOURCES);
    assert_eq!(sources.len(), 3 * 12 + 2, "{sources}");
    planned["identity"]["sources"] = json!("0123456789ab-0123456789ab-0123456789ab");
    let identity = serde_json::to_vec(&planned["identity"]).unwrap();
    let digits = Sha256::digest(identity).iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
    planned["plan"] = json!(digits);
    fs::write(&path, planned.to_string()).unwrap();
    for command in [&["work", "p"][..], &["status", "p"], &["merge", "p"], &plan] {
        let (code, words) = said(folder.path(), command);
        assert_eq!(code, Some(2), "{words}");
        assert!(words.contains("was made by another build of commonground"), "{words}");
    }
    assert_eq!(said(folder.path(), &["run", "pasture-fortress", "--runs", "16", "--out", "r"]).0, Some(0));
    let manifest: Value = serde_json::from_slice(&fs::read(folder.path().join("r/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["sources"], sources);
}

#[test]
fn what_is_too_many_is_refused_before_it_takes_the_memory() {
    let folder = tempdir().unwrap();
    let mut kinds = bundled("pasture-fortress.json");
    let herder = kinds["providers"]["herder"].clone();
    let many = (0..3000).map(|number| (format!("herder-{number}"), herder.clone())).collect::<serde_json::Map<_, _>>();
    kinds["providers"] = Value::Object(many);
    refused(&kinds, "it has 3000 fields; at most 2000 fields are allowed");
    let mut members = bundled("pasture-fortress.json");
    members["providers"]["herder"]["count"] = json!(1_000_000_000);
    refused(&members, "is outside the range");
    let price = "/providers/herder/payment/tariff/price=0.2..1:";
    for arguments in [
        &["run", "pasture-fortress", "--runs", "10000000000"][..],
        &["plan", "run", "pasture-fortress", "--shards", "10000000", "--out", "p"],
        &["sweep", "pasture-fortress", "--vary", &format!("{price}4000000000")],
        &["sweep", "pasture-fortress", "--design", "sobol", "--cells", "4294967295", "--vary", "/society/trust=0..1"],
        &["sensitivity", "pasture-fortress", "--trajectories", "4294967295", "--vary", "/society/trust=0..1"],
        &[
            "sensitivity",
            "pasture-fortress",
            "--method",
            "sobol",
            "--base",
            "4294967295",
            "--vary",
            "/society/trust=0..1",
        ],
    ] {
        let limited = ["-c", "ulimit -v 3000000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_commonground")];
        let output = Command::new("bash").args(limited).args(arguments).current_dir(folder.path()).output().unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {words}");
        assert!(
            words.contains("at most")
                || words.contains("from 1 to")
                || words.contains("from 2 to")
                || words.contains("are the most"),
            "{arguments:?}: {words}"
        );
    }
}
