//! A group: seats that share something, what they have done with it, and what they have chosen and voted but not yet been held to.

use super::commons::{Commons, Luck, Round, Terms, Turns, met_of};
use super::event::Refusal;
use super::game::{Facts, Game, Role};
use super::prospects::Prospect;
use super::settings::{Settings, letter};
use super::treatment::{Rule, Settled, Treatment};
use crate::scenario::text::Faults;
use std::sync::{Arc, OnceLock};

/// A group in a game.
#[derive(Clone, Debug)]
pub struct Group {
    /// What each seat has chosen for the round that is open.
    pub choices: Turns,
    /// What each seat has voted, while there is a vote.
    pub votes: Vec<Option<Settled>>,
    /// What was played, round by round.
    pub turns: Vec<Turns>,
    /// What came of it.
    pub rounds: Vec<Round>,
    commons: Arc<Commons>,
    luck: Luck,
    /// What each seat's choices would come to in the round that is open, once somebody has asked: none of it is in the log.
    prospects: Arc<Vec<OnceLock<Vec<Prospect>>>>,
}

impl Group {
    /// A group at the beginning of a game: 0 is practice.
    pub(super) fn begin(settings: &Settings, group: usize, game: usize) -> Result<Self, Faults> {
        let seats = settings.seats_of(group).len();
        let practice = game == 0;
        let treatment = match game.checked_sub(1) {
            None => Treatment::Alone,
            Some(game) => settings.games[game][group],
        };
        let what = if practice { "practice".to_owned() } else { format!("game {game}, {}", treatment.name()) };
        let terms = Terms {
            game: settings.game,
            title: format!("Class {}, group {}, {what}", settings.code, letter(group)),
            seats,
            rounds: if practice { settings.practice.max(1) } else { settings.rounds },
            treatment,
            settled: None,
        };
        // Practice meets a luck of its own, and every game the same.
        let luck = Luck { run: settings.luck.run + u64::from(practice), ..settings.luck };
        Ok(Self {
            choices: vec![None; seats],
            votes: vec![None; seats],
            turns: Vec::new(),
            rounds: Vec::new(),
            commons: Arc::new(Commons::new(&terms)?),
            prospects: unasked(seats),
            luck,
        })
    }

    /// Seats.
    pub fn seats(&self) -> usize {
        self.terms().seats
    }

    /// The game that it plays.
    pub fn game(&self) -> Game {
        self.terms().game
    }

    /// What it is given.
    pub fn treatment(&self) -> Treatment {
        self.terms().treatment
    }

    /// What it has settled on.
    pub fn settled(&self) -> Option<Settled> {
        self.terms().settled
    }

    /// What does not change in it.
    pub fn facts(&self) -> &'static Facts {
        self.game().facts()
    }

    /// Who sits in a seat.
    pub fn role(&self, seat: usize) -> Option<Role> {
        self.commons.roles().get(seat).copied()
    }

    /// What is left now of what it shares, in per cent of the most that there can be.
    pub fn stock(&self) -> f64 {
        self.rounds.last().map_or(self.facts().starts, |round| round.after)
    }

    /// What a seat has earned so far.
    pub fn earned_by(&self, seat: usize) -> f64 {
        self.rounds.iter().filter_map(|round| round.seats.get(seat)).fold(0.0, |earned, turn| earned + turn.earned)
    }

    /// What all have earned so far.
    pub fn earned(&self) -> f64 {
        self.rounds.iter().fold(0.0, |earned, round| earned + round.earned())
    }

    /// Share of the need of all seats so far that was met; nothing where there is none.
    pub fn met(&self) -> Option<f64> {
        met_of(self.rounds.iter().flat_map(|round| &round.seats))
    }

    /// The same of one seat.
    pub fn met_by(&self, seat: usize) -> Option<f64> {
        met_of(self.rounds.iter().filter_map(|round| round.seats.get(seat)))
    }

    /// The luck that it meets.
    pub fn luck(&self) -> Luck {
        self.luck
    }

    /// What it shares, and how.
    pub fn terms(&self) -> &Terms {
        &self.commons.terms
    }

    /// The same, ready to be played.
    pub fn commons(&self) -> &Commons {
        &self.commons
    }

    /// What each level of a seat would come to, if the others do what they did last. It is worked out once a round.
    pub fn prospects(&self, seat: usize) -> &[Prospect] {
        let work = || self.commons.prospects(&self.rounds, self.luck, seat).unwrap_or_default();
        self.prospects.get(seat).map_or(&[], |known| known.get_or_init(work))
    }

    /// The same, if it has been worked out: whoever draws pages does not wait for it.
    pub fn known(&self, seat: usize) -> Option<&[Prospect]> {
        self.prospects.get(seat)?.get().map(Vec::as_slice)
    }

    /// Plays the round that is open. A seat that has not chosen leaves it to a computer herder.
    pub(super) fn close(&mut self) -> Result<(), Faults> {
        let mut turns = self.turns.clone();
        turns.push(self.choices.clone());
        self.rounds = self.commons.play(&turns, self.luck)?;
        self.turns = turns;
        self.prospects = unasked(self.seats());
        self.choices = vec![None; self.seats()];
        Ok(())
    }

    /// Opens the last round again, with what had been chosen in it.
    pub(super) fn reopen(&mut self) {
        self.rounds.pop();
        self.prospects = unasked(self.seats());
        if let Some(choices) = self.turns.pop() {
            self.choices = choices;
        }
    }

    /// Whether it has something to decide in this game.
    pub fn decides(&self) -> bool {
        !self.treatment().offers().is_empty()
    }

    /// Takes a vote down.
    pub(super) fn vote(&mut self, seat: usize, vote: Settled) -> Result<(), Refusal> {
        self.may_vote(vote)?;
        if let Some(own) = self.votes.get_mut(seat) {
            *own = Some(vote);
        }
        Ok(())
    }

    /// Whether a vote may be given.
    pub(super) fn may_vote(&self, vote: Settled) -> Result<(), Refusal> {
        if !self.treatment().offers().contains(&vote.rule) {
            return Err(Refusal::of("Your group does not vote on that rule."));
        }
        if vote.limit >= self.facts().levels.2 {
            return Err(Refusal(format!("A limit is one of {}.", self.game().range())));
        }
        Ok(())
    }

    /// Counts the votes: the rule with most of them, of equal ones the milder; the limit that half of the votes are at or below.
    /// Where nobody votes, the rule for that at the level that is fair.
    pub(super) fn settle(&mut self) -> Result<(), Faults> {
        let offers = self.treatment().offers();
        let Some(unvoted) = self.treatment().unvoted() else { return Ok(()) };
        let votes: Vec<Settled> = self.votes.iter().flatten().copied().collect();
        let settled = if votes.is_empty() {
            Settled { rule: unvoted, limit: self.facts().fair }
        } else {
            let count = |rule: Rule| votes.iter().filter(|vote| vote.rule == rule).count();
            let rule = offers.iter().copied().reduce(|best, rule| if count(rule) > count(best) { rule } else { best });
            let mut limits: Vec<u8> = votes.iter().map(|vote| vote.limit).collect();
            limits.sort_unstable();
            Settled { rule: rule.unwrap_or(unvoted), limit: limits[(limits.len() - 1) / 2] }
        };
        self.commons = Arc::new(Commons::new(&Terms { settled: Some(settled), ..self.terms().clone() })?);
        self.prospects = unasked(self.seats());
        Ok(())
    }
}

fn unasked(seats: usize) -> Arc<Vec<OnceLock<Vec<Prospect>>>> {
    Arc::new((0..seats).map(|_| OnceLock::new()).collect())
}
