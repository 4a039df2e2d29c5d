//! The memory that an ensemble runs in: each thread has one workspace an arm, which serves all batches that it does.

use crate::model::run::Workspace;
use crate::model::setup::Setup;
use std::sync::{Mutex, PoisonError};

/// Workspaces of the arms, lent to whoever is about to run them.
pub(super) struct Workspaces<'a> {
    arms: &'a [&'a Setup],
    seed: u64,
    /// Sets that nobody uses at the moment: in all there are no more than threads, so that memory does not grow with the runs.
    idle: Mutex<Vec<Vec<Workspace>>>,
}

impl<'a> Workspaces<'a> {
    /// None yet.
    pub(super) fn new(arms: &'a [&'a Setup], seed: u64) -> Self {
        Self { arms, seed, idle: Mutex::default() }
    }

    /// The arms, in the order of the workspaces.
    pub(super) fn arms(&self) -> &'a [&'a Setup] {
        self.arms
    }

    /// Does some work with a workspace for each arm, which nobody else has meanwhile.
    pub(super) fn lend<T>(&self, work: impl FnOnce(&mut [Workspace]) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = idle().pop();
        let make = || self.arms.iter().map(|setup| Workspace::new(setup, self.seed)).collect();
        let mut own = kept.unwrap_or_else(make);
        let done = work(&mut own);
        idle().push(own);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_handed_back_is_lent_again() {
        let workspaces = Workspaces::new(&[], 1);
        workspaces.lend(|_| workspaces.lend(|_| ()));
        assert_eq!(workspaces.idle.lock().unwrap().len(), 2);
        workspaces.lend(|_| assert_eq!(workspaces.idle.lock().unwrap().len(), 1));
        assert_eq!(workspaces.idle.lock().unwrap().len(), 2);
    }
}
