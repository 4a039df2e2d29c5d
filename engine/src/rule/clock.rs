//! The clock of a rule: from which step on it is there, and until when.

use crate::english::Time;

/// When a rule is there. In all other steps it neither acts nor costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The step with which it begins, counted from 0.
    pub from: u32,
    /// The step with which it is there no more; `None`: it lasts to the end.
    pub until: Option<u32>,
}

impl Clock {
    /// There from the first step to the last.
    pub const ALWAYS: Self = Self { from: 0, until: None };

    /// Whether the rule is there in a step.
    pub fn covers(&self, step: u32) -> bool {
        self.age(step).is_some()
    }

    /// Steps since the rule began; nothing where it is not there.
    pub fn age(&self, step: u32) -> Option<u32> {
        let ended = self.until.is_some_and(|until| step >= until);
        step.checked_sub(self.from).filter(|_| !ended)
    }

    /// Whether it is there in any step.
    pub fn ever(&self) -> bool {
        self.until.is_none_or(|until| until > self.from)
    }

    /// When it is there, in a sentence of plain English; nothing for a rule that always is.
    pub fn describe(&self, time: &Time) -> Option<String> {
        let after = |step: u32| time.count(f64::from(step));
        match (self.from, self.until) {
            (0, None) => None,
            (0, Some(until)) => Some(format!("It ends after {}.", after(until))),
            (from, None) => Some(format!("It begins after {}.", after(from))),
            (from, Some(until)) => Some(format!("It begins after {} and ends after {}.", after(from), after(until))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_there_from_the_step_that_it_names_and_no_more_from_the_other() {
        let clock = Clock { from: 3, until: Some(5) };
        let there: Vec<Option<u32>> = (1..=6).map(|step| clock.age(step)).collect();
        assert_eq!(there, [None, None, Some(0), Some(1), None, None]);
        assert!(Clock::ALWAYS.covers(0) && Clock::ALWAYS.covers(100_000));
        assert!(clock.ever() && !(Clock { from: 5, until: Some(5) }).ever());
    }
}
