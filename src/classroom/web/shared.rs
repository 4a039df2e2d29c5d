//! The room that all sockets share: one writes at a time, and every change has a number that the others wait for.

mod work;

use super::token::{self, Token};
use crate::classroom::debrief::Debrief;
use crate::classroom::event::{Ask, Refusal, Who};
use crate::classroom::log::Kept;
use crate::classroom::room::{Phase, Room};
use crate::classroom::{export, view};
use rayon::ThreadPool;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// Sockets that may be open at a time.
const MOST_SOCKETS: usize = 1_000;

/// What is waited for: the number of the last change, and of the last one that cannot wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) last: u64,
    pub(super) urgent: u64,
}

/// A page, by what it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Stranger,
    Pupil(String),
    Teacher,
    Projector,
}

/// A room behind the web.
pub struct Shared {
    kept: RwLock<Kept>,
    debriefs: RwLock<Vec<Debrief>>,
    talking_since: RwLock<Option<Instant>>,
    /// Held while what follows from a change is worked out, and whether somebody waits for it.
    working: Mutex<()>,
    asked: AtomicBool,
    /// What works it out, so that rounds are closed and pages drawn meanwhile.
    workers: Option<ThreadPool>,
    changes: watch::Sender<Change>,
    teacher: String,
    address: String,
    sockets: AtomicUsize,
    /// Pages of each key.
    pages: Mutex<HashMap<String, usize>>,
}

impl Shared {
    /// A room, the teacher's token, and the address at which pupils join.
    pub fn new(kept: Kept, teacher: &Token, address: String) -> Self {
        let events = kept.events();
        let shared = Self {
            kept: RwLock::new(kept),
            debriefs: RwLock::default(),
            talking_since: RwLock::default(),
            working: Mutex::default(),
            asked: AtomicBool::new(false),
            workers: work::workers(),
            changes: watch::Sender::new(Change { last: events, urgent: events }),
            teacher: teacher.key(),
            address,
            sockets: AtomicUsize::new(0),
            pages: Mutex::default(),
        };
        shared.set_clock();
        shared.work_out();
        shared
    }

    /// The address at which pupils join.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether a token is the teacher's.
    pub fn is_teacher(&self, text: &str) -> bool {
        token::key(text) == self.teacher
    }

    /// A socket takes its place, unless there are too many.
    pub(super) fn enter(&self) -> bool {
        let entered = self.sockets.fetch_add(1, Ordering::SeqCst) < MOST_SOCKETS;
        if !entered {
            self.leave();
        }
        entered
    }

    /// A socket is gone.
    pub(super) fn leave(&self) {
        self.sockets.fetch_sub(1, Ordering::SeqCst);
    }

    /// A page sits down at the seat of a key. Its seat is taken before another page may stand up from it: when a page is loaded again
    /// the old one ends while the new one begins, and what was last must be that somebody is there.
    ///
    /// # Errors
    /// Why it has no seat.
    pub(super) fn sit(&self, key: &str, ask: Ask) -> Result<(), Refusal> {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        self.ask(Who::Pupil(key), ask)?;
        *pages.entry(key.to_owned()).or_default() += 1;
        Ok(())
    }

    /// A page stands up. Where it was the last one at its seat, a computer goes on.
    pub(super) fn stand_up(&self, key: &str) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let left = pages.get(key).map_or(0, |pages| pages.saturating_sub(1));
        if left > 0 {
            pages.insert(key.to_owned(), left);
            return;
        }
        pages.remove(key);
        // A seat that was freed meanwhile is nobody's to leave.
        let _ = self.ask(Who::Pupil(key), Ask::Leave);
    }

    /// What tells of changes.
    pub(super) fn changes(&self) -> watch::Receiver<Change> {
        self.changes.subscribe()
    }

    fn read(&self) -> RwLockReadGuard<'_, Kept> {
        // A thread that panicked has changed nothing: a room is replaced whole, after its log is written.
        self.kept.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what somebody asks, and tells all.
    ///
    /// # Errors
    /// Why it is not done.
    pub fn ask(&self, who: Who<'_>, ask: Ask) -> Result<(), Refusal> {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64);
        let urgent = matches!(ask, Ask::Next | Ask::Close | Ask::Undo | Ask::Screen(_) | Ask::Names(_) | Ask::Free(_));
        let undoes = ask == Ask::Undo;
        let (turned, events) = {
            let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
            let before = kept.room().phase();
            kept.ask(who, ask, at)?;
            if undoes {
                self.debriefs.write().unwrap_or_else(PoisonError::into_inner).clear();
            }
            (kept.room().phase() != before, kept.events())
        };
        if turned {
            self.set_clock();
        }
        self.changes.send_modify(|change| {
            change.last = change.last.max(events);
            if urgent {
                change.urgent = change.urgent.max(events);
            }
        });
        Ok(())
    }

    /// The clock of the talk begins, or is over.
    fn set_clock(&self) {
        let talks = self.read().room().phase() == Phase::Talking;
        *self.talking_since.write().unwrap_or_else(PoisonError::into_inner) = talks.then(Instant::now);
    }

    /// The seat that a key holds.
    pub(super) fn has_seat(&self, key: &str) -> bool {
        self.read().room().seat_of(key).is_some()
    }

    /// Whether this is the code of the room.
    pub(super) fn is_code(&self, code: &str) -> bool {
        self.read().room().settings().code.eq_ignore_ascii_case(code.trim())
    }

    /// What a page is shown now, as JSON, with the number of the change that it shows.
    pub(super) fn picture(&self, page: &Page) -> (u64, String) {
        let kept = self.read();
        let debriefs = self.debriefs.read().unwrap_or_else(PoisonError::into_inner);
        let (room, number) = (kept.room(), kept.events());
        let mut view = match page {
            Page::Stranger => view::stranger(room),
            Page::Pupil(key) => match room.seat_of(key) {
                Some(seat) => view::pupil(room, seat, &debriefs),
                None => view::stranger(room),
            },
            Page::Teacher => view::teacher(room, &debriefs),
            Page::Projector => view::projector(room, &debriefs),
        };
        view["talk_left"] = json!(self.talk_left(room));
        if matches!(page, Page::Teacher | Page::Projector) {
            view["address"] = json!(self.address);
        }
        (number, view.to_string())
    }

    /// Seconds of the talk that are left.
    fn talk_left(&self, room: &Room) -> Option<u64> {
        let since = (*self.talking_since.read().unwrap_or_else(PoisonError::into_inner))?;
        Some(u64::from(room.settings().talk_seconds).saturating_sub(since.elapsed().as_secs()))
    }

    pub(super) fn csv(&self) -> Result<String, String> {
        export::csv(self.read().room()).map_err(|refusal| refusal.0)
    }

    /// Every game as a scenario, in one file.
    pub(super) fn scenarios(&self) -> Result<String, String> {
        let games = export::scenarios(self.read().room()).map_err(|refusal| refusal.0)?;
        let mut all = serde_json::Map::new();
        for game in games {
            let scenario: Value = serde_json::from_str(&game.text).map_err(|error| error.to_string())?;
            all.insert(game.file, json!({ "seed": game.seed, "run": game.run, "scenario": scenario }));
        }
        Ok(format!("{:#}", Value::Object(all)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::settings::{Plan, Settings};
    use std::sync::Barrier;

    #[test]
    fn a_page_that_is_loaded_again_is_there_whichever_of_both_is_heard_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings::new("MEAD", 4, 3, Plan::Contrast, 1).expect("settings");
        let kept = Kept::open(settings, &folder.path().join("class.jsonl"), 0).expect("a log");
        let room = Shared::new(kept, &Token::new().expect("chance"), String::new());
        room.sit("anna", Ask::Join("Anna".to_owned())).expect("a seat");
        let both = Barrier::new(2);
        for _ in 0..100 {
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    both.wait();
                    room.stand_up("anna");
                });
                both.wait();
                room.sit("anna", Ask::Return).expect("the seat");
            });
            assert!(room.read().room().seats()[0].present);
        }
        room.stand_up("anna");
        assert!(!room.read().room().seats()[0].present);
    }
}
