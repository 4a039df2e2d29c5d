//! Three hundred pages at a class that runs as a program: how long a round's close takes to reach them, and what a kill in the middle of a
//! round loses. It prints what it measures: `cargo test --test classroom load -- --nocapture`.

use super::killed::{Class, opened};
use super::page::{Page, Served};
use serde_json::{Value, json};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PAGES: usize = 300;

/// Of what is chosen while the program is killed, how much has been heard before.
const HEARD: usize = PAGES / 2;

fn cows(page: usize, round: usize) -> u8 {
    ((page + 5 * round) % 13) as u8
}

/// Does something with every page at once.
async fn each<Then: Future<Output = Page> + Send + 'static>(
    pages: Vec<Page>,
    does: impl Fn(usize, Page) -> Then,
) -> Vec<Page> {
    let all: Vec<_> = pages.into_iter().enumerate().map(|(number, page)| tokio::spawn(does(number, page))).collect();
    let mut pages = Vec::new();
    for one in all {
        pages.push(one.await.unwrap());
    }
    pages
}

async fn joined(served: &Arc<Served>, code: &str) -> Vec<Page> {
    let mut all = Vec::new();
    for number in 0..PAGES {
        let (served, code) = (served.clone(), code.to_owned());
        all.push(tokio::spawn(async move { Page::pupil_of(&served, &format!("Pupil {number}"), &code).await }));
    }
    let mut pages = Vec::new();
    for one in all {
        pages.push(one.await.unwrap());
    }
    pages
}

/// The teacher closes the round. How long 99 of 100 pages take to hear of it: from the press of the key, and from the first that heard.
#[expect(clippy::print_stdout, reason = "it measures besides")]
async fn closed(teacher: &mut Page, pages: Vec<Page>, round: usize) -> Vec<Page> {
    let words = format!("\"round\":{},", round + 1);
    let waiting = pages.into_iter().map(|mut page| {
        let words = words.clone();
        tokio::spawn(async move {
            let (at, text) = page.when(&words).await;
            (at, text, page)
        })
    });
    let waiting: Vec<_> = waiting.collect();
    // What pages are told besides has been told.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let pressed = Instant::now();
    teacher.say(json!({ "close": {} })).await;
    let (mut times, mut pages) = (Vec::new(), Vec::new());
    for one in waiting {
        let (at, text, mut page) = one.await.unwrap();
        page.take(&text);
        times.push(at.duration_since(pressed));
        pages.push(page);
    }
    times.sort();
    let p99 = times[PAGES * 99 / 100];
    println!(
        "round {}: the first of {PAGES} pages hears of its close after {:.0?}, 99 of 100 within {:.0?} of that, {p99:.0?} after the key",
        round + 1,
        times[0],
        p99.saturating_sub(times[0])
    );
    // A tenth of a second is asked for on a machine that does nothing else; here it is that nobody holds up the others.
    assert!(p99 < Duration::from_secs(10), "{p99:?}");
    for (number, page) in pages.iter().enumerate() {
        assert_eq!(page.view["you"]["last"]["wanted"], json!(f64::from(cows(number, round))), "page {number}");
    }
    pages
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_pages_hear_of_a_close_and_a_kill_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (class, served) = opened(folder.path(), &["--seats", "300", "--practice", "3", "--log", "class.jsonl"]);
    let served = Arc::new(served);
    let mut teacher = Page::teacher(&served).await;
    let code = teacher.view["code"].as_str().unwrap().to_owned();
    let begun = Instant::now();
    let pages = joined(&served, &code).await;
    println!("{PAGES} pages join within {:.1?}", begun.elapsed());
    teacher.next("next", "choosing").await;
    let choose = |round: usize| {
        move |number: usize, mut page: Page| async move {
            page.until(|page| page.view["phase"] == "choosing" && page.view["round"] == json!(round)).await;
            page.choose(cows(number, round)).await;
            page
        }
    };
    let begun = Instant::now();
    let pages = each(pages, choose(0)).await;
    println!("{PAGES} choices are heard within {:.1?}", begun.elapsed());
    let pages = closed(&mut teacher, pages, 0).await;
    let pages = chosen_and_killed(class, pages).await;

    let (_class, served) = opened(folder.path(), &["--resume", "class.jsonl"]);
    let served = Arc::new(served);
    let pages = each(pages, |number, before| back(served.clone(), number, before)).await;
    let mut teacher = Page::teacher(&served).await;
    let pages = each(pages, choose(1)).await;
    closed(&mut teacher, pages, 1).await;
}

/// The program is killed while all choose; half of them have been told that they have.
async fn chosen_and_killed(class: Class, mut pages: Vec<Page>) -> Vec<Page> {
    let mut unheard = pages.split_off(HEARD);
    let choose = |number: usize, mut page: Page| async move {
        page.choose(cows(number, 1)).await;
        page
    };
    let mut pages = each(pages, choose).await;
    for (number, page) in unheard.iter_mut().enumerate() {
        page.wants(cows(HEARD + number, 1)).await;
    }
    drop(class);
    pages.append(&mut unheard);
    pages
}

/// A page that comes back finds its seat, its name, what it earned, and what it had been told that it chose.
async fn back(served: Arc<Served>, number: usize, before: Page) -> Page {
    let mut after = Page::open(&served, json!({ "as": "pupil", "token": before.token })).await;
    after.until(|page| page.view["you"].is_object()).await;
    for what in ["seat", "name", "earned"] {
        assert_eq!(after.view["you"][what], before.view["you"][what], "{what} of page {number}");
    }
    let choice = &after.view["you"]["choice"];
    let nothing = number >= HEARD && *choice == Value::Null;
    assert!(nothing || choice["level"] == cows(number, 1), "page {number}: {choice}");
    // A token is given once.
    after.token = before.token;
    after
}
