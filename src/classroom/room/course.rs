//! What each event does to a room.

use super::{Phase, Room, Seat, begin, engine};
use crate::classroom::event::{Event, Refusal};
use crate::classroom::game::Choice;
use crate::classroom::group::Group;
use crate::classroom::treatment::Settled;
use crate::plain;
use rayon::prelude::*;

/// Letters of a name that are kept.
const MOST_LETTERS: usize = 24;

impl Room {
    /// Lets an event happen.
    ///
    /// # Errors
    /// It may not happen now; the room is as it was.
    pub fn apply(&mut self, event: &Event) -> Result<(), Refusal> {
        self.may(event)?;
        match event {
            Event::Opened(_) => {}
            Event::Joined { seat, name, key } => {
                self.seats[*seat] = Seat { name: cleaned(name), key: Some(key.clone()), present: true };
            }
            Event::Left { seat } => self.seats[*seat].present = false,
            Event::Returned { seat } => self.seats[*seat].present = true,
            Event::Freed { seat } => {
                self.seats[*seat] = Seat::default();
                self.forget(*seat);
                self.freed.push(*seat);
            }
            Event::Chose { seat, level, upstream, refers, .. } => {
                if let Some((group, own)) = self.settings.group_of(*seat) {
                    self.groups[group].choices[own] =
                        Some(Choice { level: *level, upstream: *upstream, refers: *refers });
                }
            }
            Event::Voted { seat, rule, limit, .. } => {
                if let Some((group, own)) = self.settings.group_of(*seat) {
                    self.groups[group].vote(own, Settled { rule: *rule, limit: *limit })?;
                }
            }
            Event::Next {} => self.go_on()?,
            Event::Closed {} if self.phase == Phase::Voting => self.settle()?,
            Event::Closed {} => self.close()?,
            Event::Undone {} => self.undo(),
            Event::Names { shown } => self.names = *shown,
            Event::Screen { screen } => self.phase = Phase::Debrief(*screen),
        }
        Ok(())
    }

    fn go_on(&mut self) -> Result<(), Refusal> {
        match self.phase {
            Phase::Lobby => self.phase = self.first_phase(),
            Phase::Talking => self.phase = Phase::Voting,
            Phase::Between => {
                let groups = begin(&self.settings, self.game + 1)?;
                self.past.push(std::mem::replace(&mut self.groups, groups));
                self.game += 1;
                self.phase = self.first_phase();
            }
            Phase::Over => self.phase = Phase::Debrief(0),
            Phase::Voting | Phase::Choosing | Phase::Debrief(_) => {}
        }
        self.can_undo = false;
        self.freed.clear();
        Ok(())
    }

    /// How a game begins: with talk where anybody has something to decide.
    fn first_phase(&self) -> Phase {
        if self.groups.iter().any(Group::decides) { Phase::Talking } else { Phase::Choosing }
    }

    /// The votes are counted.
    fn settle(&mut self) -> Result<(), Refusal> {
        let mut groups = self.groups.clone();
        groups.iter_mut().try_for_each(Group::settle).map_err(|faults| engine(&faults))?;
        self.groups = groups;
        self.phase = Phase::Choosing;
        Ok(())
    }

    /// The round is played.
    fn close(&mut self) -> Result<(), Refusal> {
        let mut groups = self.groups.clone();
        groups.par_iter_mut().try_for_each(Group::close).map_err(|faults| engine(&faults))?;
        self.groups = groups;
        self.can_undo = true;
        self.freed.clear();
        if self.round() >= self.rounds() {
            self.phase = if self.game < self.settings.games.len() { Phase::Between } else { Phase::Over };
        }
        Ok(())
    }

    /// Whoever was freed since has chosen nothing, nor has who sits there now.
    fn undo(&mut self) {
        self.groups.iter_mut().for_each(Group::reopen);
        for seat in std::mem::take(&mut self.freed) {
            self.forget(seat);
        }
        self.phase = Phase::Choosing;
        self.can_undo = false;
    }

    /// What a seat has chosen and voted is nothing any more.
    fn forget(&mut self, seat: usize) {
        if let Some((group, own)) = self.settings.group_of(seat) {
            self.groups[group].choices[own] = None;
            self.groups[group].votes[own] = None;
        }
    }
}

/// A name as it may be shown: on one line, of letters that show themselves, and not long.
pub(super) fn cleaned(name: &str) -> String {
    let plain: String = name.chars().filter(|letter| plain::is_plain(*letter)).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(MOST_LETTERS).collect::<String>().trim().to_owned()
}
