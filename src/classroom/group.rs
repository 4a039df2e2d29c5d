//! A group: seats that share a meadow, what they have done on it, and what they have chosen and voted but not yet been held to.

use super::event::Refusal;
use super::meadow::{Luck, Meadow, Prospect, Round, Terms, Turns};
use super::settings::{Settings, letter};
use super::treatment::{COWS_AT_LEVEL_1, Rule, Settled, Treatment};
use crate::scenario::text::Faults;
use std::sync::Arc;

/// A group in a game.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is given.
    pub treatment: Treatment,
    /// What it has settled on.
    pub settled: Option<Settled>,
    /// What each seat has chosen for the round that is open.
    pub choices: Turns,
    /// What each seat has voted, while there is a vote.
    pub votes: Vec<Option<Settled>>,
    /// What was played, round by round.
    pub turns: Vec<Turns>,
    /// What came of it.
    pub rounds: Vec<Round>,
    terms: Terms,
    meadow: Arc<Meadow>,
    luck: Luck,
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
            title: format!("Class {}, group {}, {what}", settings.code, letter(group)),
            seats,
            rounds: if practice { settings.practice.max(1) } else { settings.rounds },
            treatment,
            settled: None,
        };
        // Practice meets a luck of its own, and every game the same.
        let luck = Luck { run: settings.luck.run + u64::from(practice), ..settings.luck };
        Ok(Self {
            treatment,
            settled: None,
            choices: vec![None; seats],
            votes: vec![None; seats],
            turns: Vec::new(),
            rounds: Vec::new(),
            meadow: Arc::new(Meadow::new(&terms)?),
            terms,
            luck,
        })
    }

    /// Seats.
    pub fn seats(&self) -> usize {
        self.terms.seats
    }

    /// Grass now, in per cent of a full meadow.
    pub fn grass(&self) -> f64 {
        self.rounds.last().map_or(100.0, |round| round.after)
    }

    /// Coins of a seat so far.
    pub fn coins_of(&self, seat: usize) -> f64 {
        self.rounds.iter().filter_map(|round| round.seats.get(seat)).fold(0.0, |coins, turn| coins + turn.coins)
    }

    /// Coins of all so far.
    pub fn coins(&self) -> f64 {
        self.rounds.iter().fold(0.0, |coins, round| coins + round.coins())
    }

    /// The luck that it meets.
    pub fn luck(&self) -> Luck {
        self.luck
    }

    /// What its meadow is like.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Its meadow.
    pub fn meadow(&self) -> &Meadow {
        &self.meadow
    }

    /// What each number of cows of a seat would come to, if the others do what they did last.
    pub fn prospects(&self, seat: usize) -> Vec<Prospect> {
        let last: Vec<f64> = self.rounds.last().map_or_else(
            || vec![COWS_AT_LEVEL_1; self.seats()],
            |round| round.seats.iter().map(|turn| turn.wanted).collect(),
        );
        self.meadow.prospects(self.grass(), &last, seat)
    }

    /// Plays the round that is open. A seat that has not chosen leaves it to a computer herder.
    pub(super) fn close(&mut self) -> Result<(), Faults> {
        let mut turns = self.turns.clone();
        turns.push(self.choices.clone());
        self.rounds = self.meadow.play(&turns, self.luck)?;
        self.turns = turns;
        self.choices = vec![None; self.seats()];
        Ok(())
    }

    /// Opens the last round again, with what had been chosen in it.
    pub(super) fn reopen(&mut self) {
        self.rounds.pop();
        if let Some(choices) = self.turns.pop() {
            self.choices = choices;
        }
    }

    /// Whether it has something to decide in this game.
    pub fn decides(&self) -> bool {
        !self.treatment.offers().is_empty()
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
        if !self.treatment.offers().contains(&vote.rule) {
            return Err(Refusal::of("Your group does not vote on that rule."));
        }
        if vote.limit > super::treatment::MOST_COWS {
            return Err(Refusal::of("A limit is a number of cows from 0 to 12."));
        }
        Ok(())
    }

    /// Counts the votes: the rule with most of them, of equal ones the milder; the limit that half of the votes are at or below.
    /// Where nobody votes, the rule for that at the herd that earns most for all.
    pub(super) fn settle(&mut self) -> Result<(), Faults> {
        let offers = self.treatment.offers();
        let Some(unvoted) = self.treatment.unvoted() else { return Ok(()) };
        let votes: Vec<Settled> = self.votes.iter().flatten().copied().collect();
        let settled = if votes.is_empty() {
            Settled { rule: unvoted, limit: COWS_AT_LEVEL_1 as u8 }
        } else {
            let count = |rule: Rule| votes.iter().filter(|vote| vote.rule == rule).count();
            let rule = offers.iter().copied().reduce(|best, rule| if count(rule) > count(best) { rule } else { best });
            let mut limits: Vec<u8> = votes.iter().map(|vote| vote.limit).collect();
            limits.sort_unstable();
            Settled { rule: rule.unwrap_or(unvoted), limit: limits[(limits.len() - 1) / 2] }
        };
        self.settled = Some(settled);
        self.terms.settled = Some(settled);
        self.meadow = Arc::new(Meadow::new(&self.terms)?);
        Ok(())
    }
}
