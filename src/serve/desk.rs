//! Whose turn it is: how many questions are worked on at a time, how many wait and how fast they may come, and which are taken back.

use super::limits::{AT_WORK, BURST, LONGEST_WORK, MOST_QUESTIONS, RATE};
use super::refusal::Refusal;
use crate::experiment::Watcher;
use crate::net::Pace;
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::Semaphore;

/// The desk that all questions come to.
#[derive(Debug)]
pub(super) struct Desk {
    open: Mutex<BTreeMap<String, Arc<Ticket>>>,
    pace: Mutex<Pace>,
    pub(super) at_work: Arc<Semaphore>,
    is_closed: AtomicBool,
}

/// A question that is worked on or waits.
#[derive(Debug)]
pub(super) struct Ticket {
    begun: Instant,
    is_cancelled: AtomicBool,
    done: AtomicU64,
    all: AtomicU64,
}

/// Holds a question's place at the desk. Dropped, the question is taken back and its place is free.
#[derive(Debug)]
pub(super) struct Held {
    desk: Arc<Desk>,
    page: String,
    pub(super) ticket: Arc<Ticket>,
}

impl Desk {
    /// A desk at which nobody has asked yet.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            open: Mutex::default(),
            pace: Mutex::new(Pace::new(f64::from(BURST), f64::from(RATE))),
            at_work: Arc::new(Semaphore::new(AT_WORK)),
            is_closed: AtomicBool::new(false),
        })
    }

    /// Takes a question in; an older one of the same page is taken back.
    ///
    /// # Errors
    /// Questions come too fast, too many wait, or the server is about to stop.
    pub(super) fn take(self: &Arc<Self>, page: &str) -> Result<Held, Refusal> {
        if self.is_closed.load(Ordering::Relaxed) {
            return Err(Refusal::busy("the server is about to stop"));
        }
        if !lock(&self.pace).take(Instant::now()) {
            let words = format!("more than {RATE} questions a second; ask again in a moment");
            return Err(Refusal::Words(StatusCode::TOO_MANY_REQUESTS, words));
        }
        let mut open = lock(&self.open);
        if let Some(older) = open.remove(page) {
            older.cancel();
        }
        if open.len() >= MOST_QUESTIONS {
            return Err(Refusal::busy(format!("{MOST_QUESTIONS} pages are waiting for runs; ask again in a moment")));
        }
        let ticket = Arc::new(Ticket {
            begun: Instant::now(),
            is_cancelled: AtomicBool::new(false),
            done: AtomicU64::new(0),
            all: AtomicU64::new(0),
        });
        open.insert(page.to_owned(), Arc::clone(&ticket));
        Ok(Held { desk: Arc::clone(self), page: page.to_owned(), ticket })
    }

    /// How far the question of a page is: what is done, and of how much.
    pub(super) fn progress(&self, page: &str) -> Option<(u64, u64)> {
        let ticket = lock(&self.open).get(page).cloned()?;
        Some((ticket.done.load(Ordering::Relaxed), ticket.all.load(Ordering::Relaxed)))
    }

    /// Takes the question of a page back.
    pub(super) fn cancel(&self, page: &str) {
        if let Some(ticket) = lock(&self.open).remove(page) {
            ticket.cancel();
        }
    }

    /// Takes all questions back, and no further ones in.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
        for ticket in std::mem::take(&mut *lock(&self.open)).values() {
            ticket.cancel();
        }
    }
}

impl Ticket {
    fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Says how much there is to do.
    pub(super) fn begin(&self, all: u64) {
        self.all.store(all, Ordering::Relaxed);
    }

    /// Why there is no answer, once the work has stopped.
    pub(super) fn why(&self) -> Refusal {
        if self.is_cancelled.load(Ordering::Relaxed) {
            return Refusal::cancelled();
        }
        let seconds = LONGEST_WORK.as_secs();
        Refusal::busy(format!("this took longer than {seconds} seconds; ask for fewer runs, or use `commonground run`"))
    }
}

impl Watcher for Ticket {
    fn done(&self, count: u64) {
        self.done.fetch_max(count, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed) || self.begun.elapsed() > LONGEST_WORK
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.ticket.cancel();
        let mut open = lock(&self.desk.open);
        if open.get(&self.page).is_some_and(|ticket| Arc::ptr_eq(ticket, &self.ticket)) {
            open.remove(&self.page);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_newer_question_of_a_page_takes_the_place_of_an_older_and_of_no_other() {
        let desk = Desk::new();
        let (first, other) = (desk.take("a").unwrap(), desk.take("b").unwrap());
        let second = desk.take("a").unwrap();
        assert!(first.ticket.stop() && !second.ticket.stop() && !other.ticket.stop());
        drop(first);
        assert_eq!(desk.progress("a"), Some((0, 0)), "the newer one still stands");
        second.ticket.begin(8);
        second.ticket.done(3);
        assert_eq!(desk.progress("a"), Some((3, 8)));
        desk.cancel("a");
        assert!(second.ticket.stop() && desk.progress("a").is_none());
        desk.close();
        assert!(other.ticket.stop() && desk.take("c").is_err());
    }

    #[test]
    fn no_more_wait_than_the_desk_has_room_for() {
        let desk = Desk::new();
        let held: Vec<Held> = (0..MOST_QUESTIONS).map(|page| desk.take(&page.to_string()).unwrap()).collect();
        assert!(matches!(desk.take("one-more"), Err(Refusal::Words(StatusCode::SERVICE_UNAVAILABLE, _))));
        drop(held);
        assert!(desk.take("one-more").is_ok());
    }

    #[test]
    fn questions_come_no_faster_than_the_rate() {
        let now = Instant::now();
        let mut pace = Pace::new(f64::from(BURST), f64::from(RATE));
        assert_eq!((0..1000).filter(|_| pace.take(now)).count(), BURST as usize);
        assert_eq!((0..1000).filter(|_| pace.take(now + Duration::from_secs(1))).count(), RATE as usize);
    }
}
