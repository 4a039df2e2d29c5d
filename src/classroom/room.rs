//! A room: a class at its games, as a machine without socket and without clock. What is asked of it becomes an event or is refused;
//! events change it, and nothing else does, so that a log of them leads to the same room again.

mod law;

use super::event::{Ask, Event, Refusal, When, Who};
use super::game::Choice;
use super::group::Group;
use super::settings::Settings;
use super::treatment::Settled;
use crate::plain;
use crate::scenario::text::Faults;
use rayon::prelude::*;

/// Letters of a name that are kept.
const MOST_LETTERS: usize = 24;

/// Screens of the debrief.
pub const SCREENS: usize = 4;

/// Where a lesson stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Pupils take their seats.
    Lobby,
    /// Groups that have something to decide talk.
    Talking,
    /// They vote.
    Voting,
    /// A round is open.
    Choosing,
    /// A game is over and another one comes.
    Between,
    /// The last game is over.
    Over,
    /// A screen of the debrief is shown.
    Debrief(usize),
}

/// A seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// The name that was given.
    pub name: String,
    /// Digest of the token of the page that holds it; nobody holds a seat without.
    pub key: Option<String>,
    /// Whether its page is there.
    pub present: bool,
}

/// A class.
#[derive(Clone, Debug)]
pub struct Room {
    settings: Settings,
    seats: Vec<Seat>,
    phase: Phase,
    game: usize,
    groups: Vec<Group>,
    /// Games that are over, the first of practice.
    past: Vec<Vec<Group>>,
    can_undo: bool,
    names: bool,
}

impl Room {
    /// A class that was just set up.
    ///
    /// # Errors
    /// Settings that cannot be run.
    pub fn open(settings: Settings) -> Result<Self, Refusal> {
        let settings = settings.checked().map_err(Refusal)?;
        let first = usize::from(settings.practice == 0);
        let groups = begin(&settings, first)?;
        Ok(Self {
            seats: vec![Seat::default(); settings.seats],
            phase: Phase::Lobby,
            game: first,
            groups,
            past: Vec::new(),
            can_undo: false,
            names: false,
            settings,
        })
    }

    /// What the class is set up as.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The seats, in the order of their groups.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// Where the lesson stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The game, 0 for practice.
    pub fn game(&self) -> usize {
        self.game
    }

    /// The groups in this game.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The games that are over, and this one.
    pub fn games(&self) -> impl Iterator<Item = &[Group]> {
        self.past.iter().map(Vec::as_slice).chain([self.groups.as_slice()])
    }

    /// Whether the last round can be opened again.
    pub fn can_undo(&self) -> bool {
        self.can_undo
    }

    /// Whether names are shown.
    pub fn shows_names(&self) -> bool {
        self.names
    }

    /// The round that is open, counted from 0, or how many were played.
    pub fn round(&self) -> usize {
        self.groups.first().map_or(0, |group| group.rounds.len())
    }

    /// Rounds of this game.
    pub fn rounds(&self) -> usize {
        let settings = &self.settings;
        (if self.game == 0 { settings.practice } else { settings.rounds }) as usize
    }

    /// The game and the round that are open.
    pub fn now(&self) -> When {
        When { game: self.game, round: self.round() }
    }

    /// The seat that a key holds.
    pub fn seat_of(&self, key: &str) -> Option<usize> {
        self.seats.iter().position(|seat| seat.key.as_deref() == Some(key))
    }

    /// What a seat has chosen in the round that is open.
    pub fn choice_of(&self, seat: usize) -> Option<Choice> {
        let (group, own) = self.settings.group_of(seat)?;
        self.groups.get(group)?.choices.get(own).copied().flatten()
    }

    /// Works out what each choice of those who are there would come to in the round that is open, unless that is known.
    pub fn foresee(&self) {
        let there = |seat: usize| self.seats.get(seat).is_some_and(|seat| seat.present);
        let seats: Vec<usize> =
            (0..self.seats.len()).filter(|seat| self.phase == Phase::Choosing && there(*seat)).collect();
        seats.into_par_iter().for_each(|seat| {
            let group = self.settings.group_of(seat).and_then(|(group, own)| self.groups.get(group).zip(Some(own)));
            _ = group.map(|(group, own)| group.prospects(own).len());
        });
    }

    /// What a seat has voted.
    pub fn vote_of(&self, seat: usize) -> Option<Settled> {
        let (group, own) = self.settings.group_of(seat)?;
        self.groups.get(group)?.votes.get(own).copied().flatten()
    }

    /// Whether a seat has done what is asked of it now: chosen, or voted. Of those who have nothing to do, `None`.
    pub fn has_acted(&self, seat: usize) -> Option<bool> {
        let (group, _) = self.settings.group_of(seat)?;
        match self.phase {
            Phase::Choosing => Some(self.choice_of(seat).is_some()),
            Phase::Voting if self.groups.get(group)?.decides() => Some(self.vote_of(seat).is_some()),
            _ => None,
        }
    }

    /// Of the people whose page is there and who are asked for something, how many have done it, and how many they are.
    pub fn progress(&self) -> (usize, usize) {
        let acted: Vec<bool> = (0..self.seats.len())
            .filter(|seat| self.seats[*seat].present)
            .filter_map(|seat| self.has_acted(seat))
            .collect();
        (acted.iter().filter(|acted| **acted).count(), acted.len())
    }

    /// The event that comes of what somebody asks.
    ///
    /// # Errors
    /// Why it is not done, in words for whoever asked.
    pub fn ask(&self, who: Who<'_>, ask: Ask) -> Result<Event, Refusal> {
        let event = match (who, ask) {
            (Who::Pupil(key), Ask::Join(name)) => match self.seat_of(key) {
                Some(seat) => Event::Returned { seat },
                None => Event::Joined { seat: self.free_seat()?, name: cleaned(&name), key: key.to_owned() },
            },
            (Who::Pupil(key), Ask::Leave) => Event::Left { seat: self.own_seat(key)? },
            (Who::Pupil(key), Ask::Return) => Event::Returned { seat: self.own_seat(key)? },
            (Who::Pupil(key), Ask::Choose(When { game, round }, Choice { level, upstream, refers })) => {
                Event::Chose { seat: self.own_seat(key)?, game, round, level, upstream, refers }
            }
            (Who::Pupil(key), Ask::Vote(game, rule, limit)) => {
                Event::Voted { seat: self.own_seat(key)?, game, rule, limit }
            }
            (Who::Teacher, Ask::Free(seat)) => Event::Freed { seat },
            (Who::Teacher, Ask::Next) => Event::Next {},
            (Who::Teacher, Ask::Close) => Event::Closed {},
            (Who::Teacher, Ask::Undo) => Event::Undone {},
            (Who::Teacher, Ask::Names(shown)) => Event::Names { shown },
            (Who::Teacher, Ask::Screen(screen)) => Event::Screen { screen },
            (Who::Teacher, _) => return Err(Refusal::of("The teacher has no seat.")),
            (Who::Pupil(_), _) => return Err(Refusal::of("That is for the teacher to do.")),
        };
        self.may(&event)?;
        Ok(event)
    }

    fn own_seat(&self, key: &str) -> Result<usize, Refusal> {
        self.seat_of(key).ok_or_else(|| Refusal::of("This page has no seat any more. Join again."))
    }

    /// The first free seat of the group in which fewest are held.
    fn free_seat(&self) -> Result<usize, Refusal> {
        let free = |group: usize| self.settings.seats_of(group).find(|seat| self.seats[*seat].key.is_none());
        let held = |group: usize| self.settings.seats_of(group).filter(|seat| self.seats[*seat].key.is_some()).count();
        let open = (0..self.groups.len()).filter(|group| free(*group).is_some());
        open.min_by_key(|group| held(*group)).and_then(free).ok_or_else(|| Self::full(self.seats.len()))
    }

    fn full(seats: usize) -> Refusal {
        Refusal(format!("All {seats} seats are taken. Ask your teacher to free one."))
    }

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
                if let Some((group, own)) = self.settings.group_of(*seat) {
                    self.groups[group].choices[own] = None;
                    self.groups[group].votes[own] = None;
                }
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
        if self.round() >= self.rounds() {
            self.phase = if self.game < self.settings.games.len() { Phase::Between } else { Phase::Over };
        }
        Ok(())
    }

    fn undo(&mut self) {
        self.groups.iter_mut().for_each(Group::reopen);
        self.phase = Phase::Choosing;
        self.can_undo = false;
    }
}

fn begin(settings: &Settings, game: usize) -> Result<Vec<Group>, Refusal> {
    let groups = (0..settings.groups.len()).map(|group| Group::begin(settings, group, game));
    groups.collect::<Result<_, _>>().map_err(|faults: Faults| engine(&faults))
}

fn engine(faults: &Faults) -> Refusal {
    Refusal(format!("The game cannot be run: {faults}"))
}

/// A name as it may be shown: on one line, of letters that show themselves, and not long.
fn cleaned(name: &str) -> String {
    let plain: String = name.chars().filter(|letter| plain::is_plain(*letter)).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(MOST_LETTERS).collect::<String>().trim().to_owned()
}
