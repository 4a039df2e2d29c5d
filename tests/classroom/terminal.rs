//! The game in the terminal, typed into a pipe.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a game printed, what it said, and how it ended.
fn played(folder: &Path, arguments: &[&str], typed: &str) -> (String, String, Option<i32>) {
    let mut game = Command::new(env!("CARGO_BIN_EXE_commonground"))
        .args(["play", "pasture"])
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    game.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = game.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn a_game_shows_what_choices_earn_takes_a_show_of_hands_and_ends_with_the_debrief() {
    let folder = tempfile::tempdir().unwrap();
    let typed = "7\n8 8 8 8 8 8\n1 6\n3x6 2x8 1x12\nundo\n3x6 3x5\nmany\n6x7\n6x7\n";
    let game = ["--rounds", "3", "--with", "talk", "--out", "lesson"];
    let (results, words, code) = played(folder.path(), &game, typed);
    assert_eq!(code, Some(0), "{words}");
    assert!(
        results.contains("coins now       0    8   16   24   32   40   48   56   64   72   80   88   96"),
        "{results}"
    );
    assert!(results.contains("If the others send 6 cows each, seat 1 would come to:"), "{results}");
    assert!(results.contains("If the others do what they did last, seat 1 would come to:"), "{results}");
    assert!(results.contains("Practice round 2 of 2") && results.contains("Talk for two minutes"), "{results}");
    assert!(results.contains("A promise: at most 6 cows each."), "{results}");
    assert!(words.contains("\"many\" is no number of cows"), "{words}");
    assert!(
        results.replace('\n', " ").matches("of 200 lucks.").count() >= 5 && results.contains("Is the model right?"),
        "{results}"
    );
    assert!(results.lines().all(|line| line.chars().count() <= 80), "{results}");
    let table = std::fs::read_to_string(folder.path().join("lesson/turns.csv")).unwrap();
    assert_eq!(table.lines().count(), 1 + 6 * 5);
    // What was undone is not in the table: three seats sent six and three five in the first round that counted.
    assert_eq!(
        table
            .lines()
            .filter(|line| line.starts_with("PLAY,1,A,talk,promise,6,1,"))
            .filter(|line| line.contains(",5,5,"))
            .count(),
        3
    );
    let run = Command::new(env!("CARGO_BIN_EXE_commonground"))
        .args(["check", "lesson/play-game-1-group-a.json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0));
}

#[test]
fn after_an_undo_seats_that_are_not_typed_are_computer_herders_again() {
    let folder = tempfile::tempdir().unwrap();
    let game = ["--rounds", "3", "--practice", "0", "--out", "lesson"];
    let (results, words, code) = played(folder.path(), &game, "6x12\nundo\n3\n.\n.\n");
    assert_eq!(code, Some(0), "{results}{words}");
    let table = std::fs::read_to_string(folder.path().join("lesson/turns.csv")).unwrap();
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let [round, cows, computer] =
        ["round", "cows", "computer"].map(|name| head.iter().position(|column| *column == name).unwrap());
    let rows = table.lines().skip(1).map(|line| line.split(',').collect::<Vec<&str>>());
    let rows: Vec<Vec<&str>> = rows.filter(|row| row[round] == "1").collect();
    assert_eq!(rows.len(), 6, "{table}");
    assert_eq!((rows[0][cows], rows[0][computer]), ("3", "0"), "{table}");
    assert!(rows[1..].iter().all(|row| row[computer] == "1"), "{table}");
}

#[test]
fn a_game_that_is_left_early_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    for typed in ["", "quit\n", "\u{1b}[2J\n99999\nquit\n"] {
        let (results, words, code) = played(folder.path(), &["--practice", "0"], typed);
        assert_eq!(code, Some(0), "{words}");
        assert!(!results.contains('\u{1b}') && !words.contains('\u{1b}'));
    }
    std::fs::create_dir(folder.path().join("lesson")).unwrap();
    let (_, words, code) = played(folder.path(), &["--out", "lesson"], "");
    assert_eq!(code, Some(2));
    assert!(words.contains("lesson"), "{words}");
}
