//! Intervals at another level than 95%: they are as wide as that level asks for, and are called so wherever they are named.

use crate::cli::{ended, folder_with};
use commonground::statistics::{student_t_quantile, wilson_interval};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

type Row = BTreeMap<String, String>;

const RUNS: &str = "40";

fn done(folder: &Path, words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let ended = ended(folder, &words);
    assert_eq!(ended.code, Some(0), "{words:?}: {}", ended.words);
    ended.results
}

fn rows(path: &Path) -> Vec<Row> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap()
}

fn close(got: f64, wanted: f64, what: &str) {
    assert!((got - wanted).abs() < 1e-9 * wanted.abs().max(1.0), "{what}: {got} and not {wanted}");
}

/// Student's at 80%: half a width of t(0.9, 39) standard errors, each the standard deviation over √40. Wilson's of the chance of
/// collapse, from the same share.
#[test]
fn a_summary_has_the_intervals_of_the_level() {
    let folder = tempdir().unwrap();
    done(folder.path(), &format!("run pasture-ostrom --runs {RUNS} --level 0.8 --out out --charts none -q"));
    let summary = rows(&folder.path().join("out/summary.csv"));
    let of = |key: &str| summary.iter().find(|row| row["measure"] == key).unwrap();
    let stock = of("stock_mean");
    let reach = student_t_quantile(0.9, 39) * number(stock, "sd") / 40.0_f64.sqrt();
    assert!(reach > 0.0);
    close(number(stock, "low"), number(stock, "mean") - reach, "low");
    close(number(stock, "high"), number(stock, "mean") + reach, "high");
    let collapsed = of("collapsed");
    let wanted = wilson_interval((number(collapsed, "mean") * 40.0).round() as u64, 40, 0.8).unwrap();
    close(number(collapsed, "low"), wanted.low, "low of a chance");
    close(number(collapsed, "high"), wanted.high, "high of a chance");
    let years = rows(&folder.path().join("out/years.csv"));
    let last = years.iter().rfind(|row| row["measure"] == "welfare").unwrap();
    assert!(number(last, "low") < number(last, "mean") && number(last, "mean") < number(last, "high"), "{last:?}");
}

/// Every kind of experiment at 80%: no word in what it prints and in any file of it names an interval of 95%, and some name those of
/// 80%.
#[test]
fn every_experiment_says_the_level_and_no_other() {
    for words in [
        "run pasture-ostrom --runs 20",
        "compare pasture-fortress pasture-ostrom --runs 20",
        "compare pasture-fortress pasture-ostrom pasture-owner --runs 20 --set /time/steps=40",
        "sweep pasture-fortress --runs 20 --vary /providers/herder/payment/tariff/price=0.2..1:3",
        "sweep pasture-fortress --runs 20 --vary /providers/herder/payment/tariff/price=0.2..1:3 --vary /society/trust=0..1:2",
        "sensitivity pasture-fortress --runs 8 --trajectories 20 --vary /society/trust=0..1 --vary /society/noise=0..1",
        "principles pasture-ostrom --runs 20",
        "stress pasture-fortress pasture-ostrom --shocks study.json",
    ] {
        let folder = folder_with("study.json", &crate::stress::study().to_string());
        let printed = done(folder.path(), &format!("{words} --all --level 0.8 --out out --charts svg -q"));
        let mut texts = vec![("what is printed".to_owned(), printed)];
        for entry in walk(&folder.path().join("out")) {
            if let Ok(text) = fs::read_to_string(&entry) {
                texts.push((entry.display().to_string(), text));
            }
        }
        let mut named = 0;
        for (name, text) in &texts {
            // What stands on two lines of a terminal or a table is one.
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = line.find("95% interval").map(|at| &line[at.saturating_sub(90)..(at + 20).min(line.len())]);
            assert!(found.is_none(), "{words}: {name} has {found:?}");
            named += line.matches("80% interval").count();
        }
        assert!(named > 4, "{words}: {named}");
        let manifest = fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["level"], 0.8, "{words}");
    }
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// A narrower interval needs fewer runs, and parts that are merged keep the level.
#[test]
fn a_level_is_kept_by_precision_and_by_parts() {
    let folder = tempdir().unwrap();
    let runs = |level: &str| {
        let words = format!(
            "run pasture-fortress --precision 0.05 --level {level} --runs 4096 --json -q --charts none --out of-{level}"
        );
        let document: serde_json::Value = serde_json::from_str(&done(folder.path(), &words)).unwrap();
        document["runs"].as_u64().unwrap()
    };
    let (narrow, usual) = (runs("0.5"), runs("0.95"));
    assert!(narrow < usual, "{narrow} and {usual}");
    let asked = "compare pasture-fortress pasture-ostrom --set /time/steps=12 --runs 50 --level 0.9 --quiet";
    done(folder.path(), &format!("{asked} --out whole"));
    done(folder.path(), &format!("plan {asked} --out parts --shards 3"));
    done(folder.path(), "work parts --quiet");
    done(folder.path(), "merge parts --quiet");
    done(folder.path(), &format!("{asked} --out resumed --resume"));
    for name in ["manifest.json", "summary.csv", "differences.csv", "report.html"] {
        let text = |out: &str| fs::read_to_string(folder.path().join(out).join(name)).unwrap();
        assert!(text("parts/results") == text("whole") && text("resumed") == text("whole"), "{name}");
    }
    let other = asked.replace("0.9", "0.8");
    let refused = ended(folder.path(), &format!("plan {other} --out parts").split(' ').collect::<Vec<_>>());
    assert!(refused.code == Some(2) && refused.words.contains("level"), "{}", refused.words);
}

#[test]
fn what_is_no_level_is_refused_with_the_way_out() {
    let folder = tempdir().unwrap();
    for (level, words) in [
        ("0", "such as 0.9"),
        ("1", "such as 0.9"),
        ("high", "such as 0.9"),
        ("NaN", "such as 0.9"),
        ("-0.5", "such as 0.9"),
        ("95", "95% is 0.95"),
        ("99.9", "99.9% is 0.999"),
        ("90%", "90% is 0.9"),
    ] {
        let run = ended(folder.path(), &["run", "pasture-fortress", "--level", level]);
        let said = run.words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(run.code == Some(2) && said.contains(words), "{level}: {said}");
    }
    assert!(!folder.path().join("results").exists());
}
