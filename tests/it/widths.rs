//! `--precision` of several measures: runs are added until all are met, and the answer says which decided.

use crate::cli::ended;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

const ASKED: &str = "compare pasture-fortress pasture-ostrom --set /time/steps=12 --charts none --quiet";
const KEYS: [&str; 2] = ["stock_mean", "welfare"];

fn done(folder: &Path, words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let ended = ended(folder, &words);
    assert_eq!(ended.code, Some(0), "{words:?}: {}", ended.words);
    ended.results
}

/// Runs that were done, how wide the interval of each difference is, and the document.
fn compared(folder: &Path, more: &str) -> (u64, [f64; 2], Value) {
    let document: Value = serde_json::from_str(&done(folder, &format!("{ASKED} {more} --json"))).unwrap();
    let rows = document["rows"]["differences"].as_array().unwrap();
    let width = |key: &str| {
        let row = rows.iter().find(|row| row["measure"] == key).unwrap();
        row["high"].as_f64().unwrap() - row["low"].as_f64().unwrap()
    };
    (document["runs"].as_u64().unwrap(), KEYS.map(width), document)
}

/// One width is as it is after 64 runs and the other 0.6 of that, which as many runs and a half do not reach: the second decides,
/// whichever measure it is, and half as many runs would leave it too wide.
#[test]
fn runs_are_added_until_all_are_narrow_enough() {
    let folder = tempdir().unwrap();
    let (_, first, _) = compared(folder.path(), "--runs 64 --out first");
    for (decides, label) in ["Mean stock", "Welfare"].into_iter().enumerate() {
        let asked = [0, 1].map(|measure| first[measure] * if measure == decides { 0.6 } else { 1.01 });
        let precision = format!("--precision {}={} --precision {}={}", KEYS[0], asked[0], KEYS[1], asked[1]);
        let (runs, widths, document) = compared(folder.path(), &format!("{precision} --out of-{decides}"));
        assert!(runs > 64 && widths[0] <= asked[0] && widths[1] <= asked[1], "{runs}: {widths:?} of {asked:?}");
        let (_, before, _) = compared(folder.path(), &format!("--runs {} --out before-{decides}", runs / 2));
        assert!(before[decides] > asked[decides], "half as many runs are not enough: {before:?}");
        let notes = document["answer"]["notes"].to_string();
        assert!(notes.contains("decided the number of runs: its 95% interval is"), "{label}: {notes}");
        let manifest = fs::read_to_string(folder.path().join(format!("of-{decides}/manifest.json"))).unwrap();
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["precision"][KEYS[decides]], asked[decides]);
        let sentence =
            document["answer"]["notes"].as_array().unwrap().iter().find(|note| note.to_string().contains("decided"));
        let decided = sentence.unwrap().as_str().unwrap().to_lowercase();
        assert_eq!(decided.starts_with("welfare"), decides == 1, "{decided}");
        // In parts it stops where one go did, and says the same.
        done(
            folder.path(),
            &format!("plan {} {precision} --out parts-{decides} --shards 5", ASKED.replace(" --charts none", "")),
        );
        done(folder.path(), &format!("work parts-{decides} --quiet"));
        done(folder.path(), &format!("merge parts-{decides} --quiet --charts none"));
        let text = |path: String| fs::read_to_string(folder.path().join(path)).unwrap();
        for name in ["summary.csv", "differences.csv", "report.json"] {
            let parts = text(format!("parts-{decides}/results/{name}"));
            assert!(parts == text(format!("of-{decides}/{name}")), "{name}");
        }
    }
    let (runs, _, document) = compared(folder.path(), "--precision welfare=1e-9 --runs 64 --out never");
    let notes = document["answer"]["notes"].to_string();
    assert!(runs == 64 && notes.contains("are not enough for welfare"), "{notes}");
}

#[test]
fn what_cannot_be_precise_is_refused() {
    let folder = tempdir().unwrap();
    for (words, said) in [
        ("run pasture-fortress --precision welfare=0.1 --precision welfare=0.2", "`welfare` has two widths"),
        ("run pasture-fortress --precision 0.1 --precision stock_mean=0.2", "`stock_mean` has two widths"),
        ("sweep pasture-fortress --vary /society/trust=0..1:2 --precision welfare=0.1", "name that measure first"),
        ("plan principles pasture-ostrom --precision welfare=0.1 --out parts", "name that measure first"),
        ("stress place-fortress --shocks place --precision need_met=0.1", "share of futures"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let refused = ended(folder.path(), &words);
        let told = refused.words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(refused.code == Some(2) && told.contains(said), "{words:?}: {told}");
    }
}
