//! Tests of the store with an experiment that is cheap, fails now and then and stops early if told to.

use super::part::Writer;
use super::*;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::{TempDir, tempdir};

/// Squares of the item's number, two rows each; items 3 and 8 fail. It looks after 4 items, and has enough once as many are
/// done as `enough` says.
struct Squares {
    items: u64,
    enough: Option<u64>,
}

const ALL: Squares = Squares { items: 10, enough: None };

impl Experiment for Squares {
    fn kind(&self) -> &'static str {
        "squares"
    }

    fn parameters(&self) -> Value {
        json!({ "items": self.items })
    }

    fn columns(&self) -> Vec<String> {
        vec!["number".to_owned(), "square".to_owned()]
    }

    fn items(&self) -> u64 {
        self.items
    }

    fn perform(&self, item: u64) -> Result<Vec<f64>, String> {
        if [3, 8].contains(&item) {
            return Err(format!("{item} is unlucky"));
        }
        let number = item as f64;
        Ok(vec![number, number * number, -number, number * number])
    }

    fn looks(&self) -> Vec<u64> {
        if self.enough.is_some() { vec![4, self.items] } else { vec![self.items] }
    }

    fn is_enough(&self, parts: &[Part]) -> Result<bool, PlanError> {
        let mut last = 0;
        for part in parts {
            part.rows(|row| {
                last = row.item;
                Ok(())
            })?;
        }
        Ok(self.enough.is_some_and(|enough| last + 1 >= enough))
    }
}

fn planned(experiment: &Squares, shards: u64) -> (TempDir, Plan) {
    let folder = tempdir().unwrap();
    let plan = Plan::create(folder.path(), experiment, &[], Size::Shards(shards)).unwrap();
    (folder, plan)
}

fn work_all(plan: &Plan, experiment: &Squares) {
    for shard in plan.status(experiment).unwrap().missing.numbers() {
        assert_eq!(plan.work(experiment, *shard, &Nobody).unwrap(), Done::Now);
    }
}

/// Rows in words, because NaN is not equal to itself.
fn words(rows: &[Row]) -> String {
    format!("{rows:?}")
}

fn part(plan: &Plan, shard: u64) -> PathBuf {
    plan.path_of(shard)
}

#[test]
fn parts_in_any_order_and_any_number_make_the_whole() {
    let whole = words(&in_memory(&ALL, &Nobody).unwrap());
    for shards in [1, 3, 10] {
        let (_folder, plan) = planned(&ALL, shards);
        for shard in (0..plan.shards()).rev() {
            plan.work(&ALL, shard, &Nobody).unwrap();
        }
        assert_eq!(words(&plan.rows(&ALL).unwrap()), whole, "{shards} shards");
    }
}

#[test]
fn an_item_that_fails_is_a_row_with_its_reason() {
    let rows = in_memory(&ALL, &Nobody).unwrap();
    assert_eq!(rows.len(), 8 * 2 + 2);
    let failed: Vec<(u64, &str)> = rows.iter().filter_map(|row| Some((row.item, row.failure.as_deref()?))).collect();
    assert_eq!(failed, [(3, "3 is unlucky"), (8, "8 is unlucky")]);
    assert!(rows.iter().filter(|row| row.failure.is_some()).all(|row| row.values.iter().all(|value| value.is_nan())));
}

#[test]
fn shards_share_the_items_as_evenly_as_can_be() {
    let (_folder, plan) = planned(&ALL, 4);
    let ranges: Vec<_> = (0..=plan.shards()).map(|shard| plan.items_of(shard)).collect();
    assert_eq!(ranges, [Some(0..2), Some(2..5), Some(5..7), Some(7..10), None]);
}

#[test]
fn what_is_missing_is_told_and_nothing_is_read_before_it_is_there() {
    let (_folder, plan) = planned(&ALL, 6);
    plan.work(&ALL, 1, &Nobody).unwrap();
    plan.work(&ALL, 4, &Nobody).unwrap();
    assert_eq!(plan.status(&ALL).unwrap().missing.to_string(), "0,2-3,5");
    let error = plan.rows(&ALL).unwrap_err().to_string();
    assert!(error.contains("missing shards 0,2-3,5; do them with `commonground work"), "{error}");
}

#[test]
fn a_part_that_was_cut_changed_or_swapped_is_found_and_done_again() {
    let (_folder, plan) = planned(&ALL, 2);
    work_all(&plan, &ALL);
    let (good, other) = (fs::read(part(&plan, 0)).unwrap(), fs::read(part(&plan, 1)).unwrap());
    let flipped = |place: usize| {
        let mut bytes = good.clone();
        bytes[place] ^= 1;
        bytes
    };
    let mut damages = vec![Vec::new(), other, [&good[..], b"x"].concat()];
    damages.extend((0..good.len()).map(|place| good[..place].to_vec()));
    damages.extend((0..good.len()).map(flipped));
    for bytes in damages {
        fs::write(part(&plan, 0), &bytes).unwrap();
        let status = plan.status(&ALL).unwrap();
        assert_eq!((status.missing.to_string().as_str(), status.damage.len()), ("0", 1), "{} bytes", bytes.len());
    }
    assert_eq!(plan.work(&ALL, 0, &Nobody).unwrap(), Done::Now);
    assert_eq!(fs::read(part(&plan, 0)).unwrap(), good);
}

#[test]
fn a_shard_done_twice_is_the_same_and_is_skipped_when_it_is_there() {
    let (_folder, plan) = planned(&ALL, 2);
    let mut writers: Vec<Writer> = (0..2).map(|_| Writer::begin(&part(&plan, 0), plan.hash(), 0, 2).unwrap()).collect();
    for writer in &mut writers {
        ALL.shard(0..5, writer, &Nobody).unwrap();
    }
    let mut bytes = Vec::new();
    for writer in writers {
        writer.finish("").unwrap();
        bytes.push(fs::read(part(&plan, 0)).unwrap());
    }
    assert_eq!(bytes[0], bytes[1]);
    assert_eq!(plan.work(&ALL, 0, &Nobody).unwrap(), Done::Before);
}

#[test]
fn a_plan_is_kept_for_the_same_experiment_and_refused_to_another() {
    let (folder, plan) = planned(&ALL, 2);
    let again = |experiment: &Squares, size| Plan::create(folder.path(), experiment, &["other".into()], size);
    assert_eq!(again(&ALL, Size::Seconds(1.0)).unwrap(), plan);
    let error = again(&Squares { items: 11, enough: None }, Size::Shards(2)).unwrap_err().to_string();
    assert!(error.contains("another plan") && error.contains("/items is `10` there and `11` now"), "{error}");
    let error = again(&ALL, Size::Shards(3)).unwrap_err().to_string();
    assert!(error.contains("2 shards there"), "{error}");
}

#[test]
fn a_folder_with_other_files_takes_no_plan() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let error = Plan::create(folder.path(), &ALL, &[], Size::Shards(2)).unwrap_err().to_string();
    assert!(error.contains("it holds `notes.txt`, and no plan"), "{error}");
}

#[test]
fn a_plan_that_was_edited_or_made_by_another_version_is_refused() {
    let (folder, _plan) = planned(&ALL, 2);
    let path = folder.path().join("plan.json");
    let text = fs::read_to_string(&path).unwrap();
    let faults = |text: &str| {
        fs::write(&path, text).unwrap();
        Plan::open(folder.path()).unwrap_err().to_string()
    };
    assert!(faults(&text.replace("\"items\": 10", "\"items\": 11")).contains("its hash is another"));
    assert!(faults("{}").contains("is not the plan that was written"));
    fs::remove_file(&path).unwrap();
    assert!(Plan::open(folder.path()).unwrap_err().to_string().contains("holds no plan"));
}

/// Squares reckoned by a program with a fault.
struct WrongSquares;

impl Experiment for WrongSquares {
    fn kind(&self) -> &'static str {
        ALL.kind()
    }

    fn parameters(&self) -> Value {
        ALL.parameters()
    }

    fn columns(&self) -> Vec<String> {
        ALL.columns()
    }

    fn items(&self) -> u64 {
        ALL.items
    }

    fn perform(&self, item: u64) -> Result<Vec<f64>, String> {
        Ok(vec![item as f64, 1.0, 0.0, 0.0])
    }
}

#[test]
fn a_program_that_comes_to_other_numbers_is_found_out() {
    let (_folder, plan) = planned(&ALL, 2);
    assert!(plan.check_numbers(&ALL).is_ok());
    assert!(plan.check(&WrongSquares).is_ok(), "it says it does the same");
    let error = plan.check_numbers(&WrongSquares).unwrap_err().to_string();
    assert!(error.contains("comes to other numbers"), "{error}");
}

#[test]
fn a_stopping_rule_acts_only_between_rounds() {
    let early = Squares { items: 10, enough: Some(4) };
    let late = Squares { items: 10, enough: Some(5) };
    for (experiment, items) in [(early, 4), (late, 10)] {
        let (_folder, plan) = planned(&experiment, 5);
        assert_eq!(plan.rounds(), [Round { until: 4, shards: 2 }, Round { until: 10, shards: 3 }]);
        assert_eq!(plan.status(&experiment).unwrap().missing.to_string(), "0-1", "first the first round");
        work_all(&plan, &experiment);
        work_all(&plan, &experiment);
        let status = plan.status(&experiment).unwrap();
        assert!(status.missing.is_empty());
        assert_eq!((status.items, plan.rows(&experiment).unwrap().last().unwrap().item + 1), (items, items));
    }
}

#[test]
fn the_trial_that_sets_the_size_of_shards_changes_no_row() {
    let folder = tempdir().unwrap();
    let plan = Plan::create(folder.path(), &ALL, &[], Size::Seconds(1e-12)).unwrap();
    assert_eq!(plan.shards(), 10, "a shard holds at least an item");
    work_all(&plan, &ALL);
    assert_eq!(words(&plan.rows(&ALL).unwrap()), words(&in_memory(&ALL, &Nobody).unwrap()));
}

/// Says stop at the second question.
struct Impatient(AtomicU64);

impl Watcher for Impatient {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) > 0
    }
}

#[test]
fn a_shard_that_was_stopped_leaves_nothing() {
    let many = Squares { items: 100_000, enough: None };
    let (folder, plan) = planned(&many, 1);
    assert_eq!(plan.work(&many, 0, &Impatient(AtomicU64::new(0))).unwrap(), Done::Stopped);
    let left: Vec<_> = fs::read_dir(folder.path().join("parts")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn who_did_a_shard_is_noted_beside_its_part() {
    let (_folder, plan) = planned(&ALL, 2);
    work_all(&plan, &ALL);
    let note: Value = serde_json::from_str(&fs::read_to_string(note(&part(&plan, 1))).unwrap()).unwrap();
    assert_eq!((&note["shard"], &note["items"]["end"]), (&1.into(), &10.into()));
}

fn note(part: &Path) -> PathBuf {
    part.with_extension("note.json")
}

#[test]
fn rows_that_do_not_fit_the_columns_are_an_error_and_no_part() {
    let (_folder, plan) = planned(&ALL, 1);
    let mut writer = Writer::begin(&part(&plan, 0), plan.hash(), 0, 2).unwrap();
    let error = writer.take(7, Ok(&[1.0, 2.0, 3.0])).unwrap_err().to_string();
    assert_eq!(error, "item 7 has 3 values, which make no rows of 2 columns");
}
