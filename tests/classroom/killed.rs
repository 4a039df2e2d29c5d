//! A class that is killed in the middle of a round, as a program and not as a room.

use super::page::{Page, Served};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A class that runs as a program; it is killed however its test ends.
pub(crate) struct Class(Child);

impl Drop for Class {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A class that runs as a program, and where it is.
pub(crate) fn opened(folder: &Path, arguments: &[&str]) -> (Class, Served) {
    let mut class = Command::new(env!("CARGO_BIN_EXE_commonground"))
        .args(["class", "--port", "0"])
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(class.stdout.take().unwrap()).lines().map(Result::unwrap);
    let teacher = lines.find(|line| line.starts_with("Teacher")).unwrap();
    let (address, token) = teacher.split_once("http://").unwrap().1.split_once("/teacher#").unwrap();
    let served = Served { address: address.parse().unwrap(), teacher: token.to_owned() };
    (Class(class), served)
}

#[tokio::test]
async fn a_class_that_is_killed_in_the_middle_of_a_round_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (class, served) =
        opened(folder.path(), &["--seats", "8", "--practice", "0", "--rounds", "3", "--log", "class.jsonl"]);
    let mut teacher = Page::teacher(&served).await;
    let mut anna = Page::pupil_of(&served, "Anna", teacher.view["code"].as_str().unwrap()).await;
    teacher.next("next", "choosing").await;
    anna.until(|page| page.view["phase"] == "choosing").await;
    anna.choose(11).await;
    drop(class);
    let (_class, served) = opened(folder.path(), &["--resume", "class.jsonl"]);
    let mut back = Page::open(&served, json!({ "as": "pupil", "token": anna.token.clone().unwrap() })).await;
    back.until(|page| page.view["you"]["choice"]["level"] == 11).await;
    let mut teacher = Page::teacher(&served).await;
    teacher.until(|page| page.view["done"] == 1 && page.view["of"] == 1).await;
    teacher.say(json!({ "close": {} })).await;
    back.until(|page| page.view["you"]["last"]["wanted"] == 11.0).await;
}
