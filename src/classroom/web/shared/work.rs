//! What follows from where a room stands and takes a while: what choices would come to, and the debrief. It has workers of its own, so
//! that rounds are closed and pages drawn meanwhile.

use super::Shared;
use crate::classroom::debrief::debriefs;
use crate::classroom::room::{Phase, Room};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

impl Shared {
    /// Works out what follows from where the room stands now, and tells those who wait for it: what choices would come to, or the
    /// debrief. No round waits for it.
    pub(in crate::classroom::web) fn work_out(&self) {
        if self.asked.swap(true, Ordering::SeqCst) {
            // Who waits will see what this one would.
            return;
        }
        let _one = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        self.asked.store(false, Ordering::SeqCst);
        let room = self.read().room().clone();
        let news = match room.phase() {
            Phase::Choosing => self.at_work(|| room.foresee()),
            Phase::Over | Phase::Debrief(_) => self.debrief(&room),
            Phase::Lobby | Phase::Talking | Phase::Voting | Phase::Between => false,
        };
        if news {
            self.changes.send_modify(|_| ());
        }
    }

    /// Makes the debrief, unless there is one. Whether there is one that there was not.
    fn debrief(&self, room: &Room) -> bool {
        if !self.debriefs.read().unwrap_or_else(PoisonError::into_inner).is_empty() {
            return false;
        }
        let all = self.at_work(|| debriefs(room)).unwrap_or_default();
        let kept = self.read();
        let played = |room: &Room| room.groups().iter().map(|group| group.turns.clone()).collect::<Vec<_>>();
        if played(kept.room()) != played(room) {
            // The round was undone meanwhile.
            return false;
        }
        *self.debriefs.write().unwrap_or_else(PoisonError::into_inner) = all;
        true
    }

    fn at_work<Made: Send>(&self, work: impl FnOnce() -> Made + Send) -> Made {
        match &self.workers {
            Some(workers) => workers.install(work),
            None => work(),
        }
    }
}

/// Half of the machine's threads. Without them what is to be worked out is worked out by whoever asks.
pub(super) fn workers() -> Option<ThreadPool> {
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get().div_ceil(2));
    ThreadPoolBuilder::new().num_threads(threads).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::event::{Ask, Who};
    use crate::classroom::log::Kept;
    use crate::classroom::settings::{Plan, Settings};
    use crate::classroom::web::Token;

    #[test]
    fn the_last_round_is_told_before_its_debrief_is_made_and_an_undo_takes_that_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings::new("MEAD", 4, 3, Plan::Contrast, 1).expect("settings");
        settings.practice = 0;
        let kept = Kept::open(settings, &folder.path().join("class.jsonl"), 0).expect("a log");
        let room = Shared::new(kept, &Token::new().expect("chance"), String::new());
        room.sit("anna", Ask::Join("Anna".to_owned())).expect("a seat");
        let told = || room.debriefs.read().expect("no panic").first().map(|debrief| debrief.stock.clone());
        for ask in [Ask::Next, Ask::Close, Ask::Close, Ask::Close] {
            room.ask(Who::Teacher, ask).expect("it may be done");
        }
        assert_eq!(room.read().room().phase(), Phase::Over);
        assert_eq!((told(), room.changes().borrow().urgent), (None, room.read().events()));
        room.work_out();
        let first = told().expect("a debrief");
        room.ask(Who::Teacher, Ask::Undo).expect("it may be undone");
        assert_eq!(told(), None);
        let now = room.read().room().now();
        room.ask(Who::Pupil("anna"), Ask::Choose(now, 0.into())).expect("a choice");
        room.ask(Who::Teacher, Ask::Close).expect("it may be closed");
        room.work_out();
        assert_ne!(told().expect("a debrief"), first);
    }
}
