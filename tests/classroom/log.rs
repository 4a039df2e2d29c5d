//! The log of a room on the disk.

use super::room::settings;
use commonground::classroom::event::{Ask, Who};
use commonground::classroom::log::{Kept, replay};
use std::io::Write;

#[test]
fn a_room_comes_back_from_its_log_and_half_a_line_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("class.jsonl");
    let mut kept = Kept::open(settings(9), &path, 1).unwrap();
    assert!(Kept::open(settings(9), &path, 1).is_err(), "a log is never written over");
    kept.ask(Who::Pupil("a"), Ask::Join("Anna".to_owned()), 2).unwrap();
    kept.ask(Who::Teacher, Ask::Next, 3).unwrap();
    let now = kept.room().now();
    kept.ask(Who::Pupil("a"), Ask::Choose(now, 7.into()), 4).unwrap();
    kept.ask(Who::Teacher, Ask::Close, 5).unwrap();
    assert!(kept.ask(Who::Pupil("a"), Ask::Choose(now, 7.into()), 6).is_err(), "what is refused is not in the log");
    let rounds = format!("{:?}", kept.room().groups()[0].rounds);
    drop(kept);
    std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"at\":6,\"event\":{\"cho").unwrap();
    let mut back = Kept::resume(&path, 7).unwrap();
    let taken = Kept::resume(&path, 7).unwrap_err();
    assert!(taken.contains("still running"), "two classes in one log would mix their turns: {taken}");
    assert_eq!(format!("{:?}", back.room().groups()[0].rounds), rounds);
    assert_eq!(back.room().seat_of("a"), Some(0));
    assert!(!back.room().seats()[0].present, "no page is there until it comes back");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.ends_with('\n') && !text.contains("{\"cho\n"), "{text}");
    back.ask(Who::Teacher, Ask::Names(true), 8).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.ends_with("{\"at\":8,\"event\":{\"names\":{\"shown\":true}}}\n") && !text.contains('\0'),
        "it goes on where it was cut: {text}"
    );
}

#[test]
fn a_log_that_is_none_is_told_with_its_line() {
    let open = serde_json::json!({ "at": 0, "event": { "opened": settings(9) } });
    let mut many = settings(9);
    many.seats = 9_000_000;
    for (text, wanted) in [
        (String::new(), "empty"),
        ("{}\n".to_owned(), "line 1"),
        (format!("{open}\n{{\"at\":1,\"event\":{{\"closed\":{{}}}}}}\n"), "line 2: There is nothing to close now."),
        (format!("{open}\nnonsense\n"), "line 2"),
        (format!("{}\n", serde_json::json!({ "at": 0, "event": { "opened": many } })), "seats"),
    ] {
        let problem = replay(text.as_bytes()).unwrap_err();
        assert!(problem.contains(wanted), "{problem}");
    }
}
