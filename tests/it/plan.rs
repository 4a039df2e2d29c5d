//! Experiments in parts, through the binary: killed, doubled, damaged or stopped early, they give the files of one go.

use crate::cli::{commonground, ended};
use crate::support::files;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

/// Two arms, few steps: enough runs for twelve shards, the last of them odd.
const PAIR: [&str; 6] = ["compare", "pasture-fortress", "pasture-ostrom", "--set", "/time/steps=12", "--quiet"];
const RUNS: [&str; 2] = ["--runs", "377"];

/// A folder with the results of one go in `whole`, and a plan of the same in `parts`.
fn planned(more: &[&str]) -> TempDir {
    let folder = tempdir().unwrap();
    done(folder.path(), &[&PAIR[..], more, &["--out", "whole"]].concat());
    done(folder.path(), &[&["plan"], &PAIR[..], more, &["--out", "parts", "--shards", "12"]].concat());
    folder
}

/// Runs a command that must end well; gives back what it printed.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let ended = ended(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.words);
    ended.results
}

/// Words without the line breaks that fit them to a terminal.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn missing(folder: &Path) -> (Option<i32>, String) {
    let status = ended(folder, &["status", "parts", "--quiet"]);
    (status.code, status.results.trim_end().to_owned())
}

/// Merges, and asserts that the files are those of one go, byte by byte.
fn assert_merges_to_the_whole(folder: &Path) {
    done(folder, &["merge", "parts", "--quiet"]);
    let (merged, whole) = (files(&folder.join("parts/results")), files(&folder.join("whole")));
    assert!(whole.len() > 5);
    assert_eq!(merged.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    for (name, bytes) in &whole {
        assert!(merged[name] == *bytes, "{} differs", name.display());
    }
}

/// How many further parts a process may end before the kill, and how much later it comes, is drawn from a seed; where in its
/// work it strikes is the machine's affair, and that is the point.
#[test]
fn killed_at_any_moment_and_started_again_it_comes_to_the_same() {
    let folder = planned(&RUNS);
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_122);
    let mut interrupted = 0;
    for threads in ["1", "2"].into_iter().cycle().take(40) {
        let enough = parts(folder.path()) + chance.random_range(0..2);
        let mut worker =
            commonground(folder.path(), &["work", "parts", "--quiet", "--threads", threads]).spawn().unwrap();
        while parts(folder.path()) < enough && worker.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        // Not to wait for anything, but to strike somewhere within the shard in hand.
        sleep(Duration::from_micros(chance.random_range(0..4_000)));
        worker.kill().unwrap();
        worker.wait().unwrap();
        if parts(folder.path()) == 12 {
            break;
        }
        interrupted += 1;
    }
    assert!(interrupted > 0, "no kill struck before the end");
    done(folder.path(), &["work", "parts", "--quiet"]);
    assert_merges_to_the_whole(folder.path());
}

/// How many parts have their place.
fn parts(folder: &Path) -> usize {
    let entries = fs::read_dir(folder.join("parts/parts")).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "part")).count()
}

/// `principles`, `sweep` and `sensitivity` with numbers of runs that are no multiple of sixteen.
#[test]
fn rules_and_cells_killed_and_started_again_come_to_the_same() {
    let price = ["--vary", "/providers/herder/payment/tariff/price=0.2..1:3"];
    let norm = ["--vary", "/providers/herder/norm/weight=0..1"];
    let short = ["--set", "/time/steps=12", "--quiet", "--seed", "7"];
    let principles = ["principles", "pasture-ostrom", "--measure", "stock_end,margin", "--runs", "21"];
    let sweep = ["sweep", "pasture-fortress", "--runs", "39", price[0], price[1]];
    let morris = ["sensitivity", "pasture-fortress", "--trajectories", "4", "--runs", "20", norm[0], norm[1]];
    let precise = ["sweep", "pasture-fortress", "--precision", "0.2", price[0], price[1]];
    for experiment in [&principles[..], &sweep, &morris, &precise] {
        let folder = tempdir().unwrap();
        let asked = [experiment, &short].concat();
        done(folder.path(), &[&asked[..], &["--out", "whole"]].concat());
        done(folder.path(), &[&["plan"], &asked[..], &["--out", "parts", "--shards", "4"]].concat());
        let mut worker = commonground(folder.path(), &["work", "parts", "--quiet"]).spawn().unwrap();
        while parts(folder.path()) == 0 && worker.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        worker.kill().unwrap();
        worker.wait().unwrap();
        done(folder.path(), &["work", "parts", "--quiet"]);
        assert_merges_to_the_whole(folder.path());
    }
}

#[test]
fn workers_that_race_for_the_same_shards_come_to_the_same() {
    let folder = planned(&RUNS);
    let shares: [&[&str]; 4] = [&[], &[], &["11,0-4"], &["2/3"]];
    let workers = shares.map(|share| {
        commonground(folder.path(), &[&["work", "parts", "--quiet", "--threads", "1"], share].concat()).spawn().unwrap()
    });
    for mut worker in workers {
        assert!(worker.wait().unwrap().success());
    }
    assert_merges_to_the_whole(folder.path());
}

#[test]
fn what_is_missing_or_damaged_is_told_and_never_merged() {
    let folder = planned(&RUNS);
    assert_eq!(missing(folder.path()), (Some(3), "0-11".to_owned()));
    done(folder.path(), &["work", "parts", "1-2,6", "--quiet"]);
    done(folder.path(), &["work", "parts", "1/4", "--quiet"]);
    assert_eq!(missing(folder.path()), (Some(3), "3,5,7,9-11".to_owned()));
    done(folder.path(), &["work", "parts", "--quiet"]);
    let part = folder.path().join("parts/parts/shard-000005.part");
    let mut bytes = fs::read(&part).unwrap();
    bytes[1000] ^= 4;
    fs::write(&part, bytes).unwrap();
    let status = ended(folder.path(), &["status", "parts"]);
    assert_eq!((status.code, status.results.as_str()), (Some(3), "5\n"));
    assert!(one_line(&status.words).contains("its checksum is not that of its bytes"), "{}", status.words);
    let merge = ended(folder.path(), &["merge", "parts"]);
    assert_eq!(merge.code, Some(2));
    assert!(one_line(&merge.words).contains("missing shards 5;"), "{}", merge.words);
    assert!(!folder.path().join("parts/results").exists());
    done(folder.path(), &["work", "parts", "--quiet"]);
    assert_merges_to_the_whole(folder.path());
}

#[test]
fn a_precision_stops_a_plan_where_it_stops_one_go() {
    let folder = planned(&["--runs", "2000", "--precision", "0.02"]);
    done(folder.path(), &["work", "parts", "--quiet"]);
    assert_merges_to_the_whole(folder.path());
    let rows = fs::read_to_string(folder.path().join("whole/runs.csv")).unwrap().lines().count() - 1;
    assert!((64 * 2 * 2..2000 * 2).contains(&rows), "{rows} rows: the rule is to look twice and to stop early");
}

#[test]
fn a_plan_is_kept_and_another_is_refused() {
    let folder = planned(&RUNS);
    let plan = fs::read(folder.path().join("parts/plan.json")).unwrap();
    let again = |more: &[&str]| {
        ended(folder.path(), &[&["plan"], &PAIR[..], &["--out", "parts", "--slurm", "--kubernetes"], more].concat())
    };
    assert_eq!(again(&RUNS).code, Some(0));
    let other = again(&["--runs", "378"]);
    assert_eq!(other.code, Some(2));
    let words = one_line(&other.words);
    assert!(words.contains("/runs is `377` there and `378` now; choose another folder"), "{words}");
    assert_eq!(fs::read(folder.path().join("parts/plan.json")).unwrap(), plan);
    for (file, line) in [("slurm.sh", "#SBATCH --requeue"), ("kubernetes.yaml", "  completions: 12\n")] {
        assert!(fs::read_to_string(folder.path().join("parts").join(file)).unwrap().contains(line), "{file}");
    }
}

/// The other format than the others have, where it is built in.
const FORMAT: &str = if cfg!(feature = "parquet") { "parquet" } else { "csv" };

/// Parts beside the folder, and the folder itself once all are there.
#[test]
fn killed_and_started_again_with_resume_one_command_comes_to_the_files_of_one_go() {
    let price = ["--vary", "/providers/herder/payment/tariff/price=0.2..1:5"];
    let short = ["--set", "/time/steps=12", "--quiet"];
    let compare = ["compare", "pasture-fortress", "pasture-ostrom", "--runs", "1024"];
    let principles = ["principles", "pasture-ostrom", "--runs", "128", "--format", FORMAT];
    let sweep = ["sweep", "pasture-fortress", "--runs", "200", price[0], price[1]];
    for experiment in [&compare[..], &principles, &sweep] {
        let folder = tempdir().unwrap();
        let asked = [experiment, &short].concat();
        done(folder.path(), &[&asked[..], &["--out", "whole"]].concat());
        let resumed = [&asked[..], &["--out", "out", "--resume"]].concat();
        let mut killed = commonground(folder.path(), &resumed).spawn().unwrap();
        let kept = folder.path().join("out.unfinished/parts");
        let count = || fs::read_dir(&kept).map_or(0, Iterator::count);
        while count() < 4 && killed.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        killed.kill().unwrap();
        killed.wait().unwrap();
        assert!(kept.exists() && !folder.path().join("out").exists(), "{experiment:?} was done before the kill");
        let other = ended(folder.path(), &[&resumed[..], &["--seed", "2"]].concat());
        assert_eq!(other.code, Some(2));
        assert!(one_line(&other.words).contains("/seed is `1` there and `2` now"), "{}", other.words);
        done(folder.path(), &resumed);
        assert!(!folder.path().join("out.unfinished").exists());
        let (found, whole) = (files(&folder.path().join("out")), files(&folder.path().join("whole")));
        assert!(found == whole, "{experiment:?} differs");
    }
}
