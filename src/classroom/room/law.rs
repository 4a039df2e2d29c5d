//! What may happen in a room, and when.

use super::{Phase, Room, SCREENS};
use crate::classroom::event::{Event, Refusal, When};
use crate::classroom::game::Choice;
use crate::classroom::treatment::Settled;

impl Room {
    /// Whether an event may happen now.
    pub(super) fn may(&self, event: &Event) -> Result<(), Refusal> {
        let allow = |holds: bool, words: &str| if holds { Ok(()) } else { Err(Refusal::of(words)) };
        let held = |seat: usize| self.seats.get(seat).is_some_and(|seat| seat.key.is_some());
        match event {
            Event::Opened(_) => Err(Refusal::of("The class is open already.")),
            Event::Joined { seat, key, .. } => {
                let free = self.seats.get(*seat).is_some_and(|seat| seat.key.is_none());
                allow(free && self.seat_of(key).is_none(), "That seat is taken.")
            }
            Event::Left { seat } | Event::Returned { seat } | Event::Freed { seat } => {
                allow(held(*seat), "Nobody holds that seat.")
            }
            Event::Chose { seat, game, round, level, upstream, refers } => {
                allow(held(*seat), "Nobody holds that seat.")?;
                let open = self.phase == Phase::Choosing && self.now() == (When { game: *game, round: *round });
                allow(open, "That round is closed.")?;
                self.may_choose(*seat, Choice { level: *level, upstream: *upstream, refers: *refers })
            }
            Event::Voted { seat, game, rule, limit } => {
                allow(held(*seat), "Nobody holds that seat.")?;
                allow(self.phase == Phase::Voting && *game == self.game, "There is no vote now.")?;
                let group = self.settings.group_of(*seat).and_then(|(group, _)| self.groups.get(group));
                group.map_or(Ok(()), |group| group.may_vote(Settled { rule: *rule, limit: *limit }))
            }
            Event::Next {} => allow(
                matches!(self.phase, Phase::Lobby | Phase::Talking | Phase::Between | Phase::Over),
                "Close what is open first.",
            ),
            Event::Closed {} => {
                allow(matches!(self.phase, Phase::Choosing | Phase::Voting), "There is nothing to close now.")
            }
            Event::Undone {} => allow(self.can_undo, "There is nothing to undo."),
            Event::Names { .. } => Ok(()),
            Event::Screen { screen } => {
                let over = matches!(self.phase, Phase::Over | Phase::Debrief(_));
                allow(over && *screen < SCREENS, "The debrief comes after the last round.")
            }
        }
    }

    fn may_choose(&self, seat: usize, choice: Choice) -> Result<(), Refusal> {
        let game = self.settings.game;
        let group = self.settings.group_of(seat).and_then(|(group, own)| self.groups.get(group)?.role(own));
        if group.is_some_and(|role| game.allows(choice, &role)) {
            return Ok(());
        }
        Err(Refusal(format!("Choose one of {}, and only what your page offers.", game.range())))
    }
}
