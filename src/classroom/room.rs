//! A room: a class at its games, as a machine without socket and without clock. What is asked of it becomes an event or is refused;
//! events change it, and nothing else does, so that a log of them leads to the same room again.

mod course;
mod law;

use super::event::{Ask, Event, Refusal, When, Who};
use super::game::Choice;
use super::group::Group;
use super::settings::Settings;
use super::treatment::Settled;
use crate::scenario::text::Faults;
use course::cleaned;
use rayon::prelude::*;

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
    /// Seats that were freed since the last round was closed.
    freed: Vec<usize>,
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
            freed: Vec::new(),
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

    /// Works out what each choice of those who are there would come to in the round that is open. Whether there is any that was not
    /// known.
    pub fn foresee(&self) -> bool {
        let open = self.phase == Phase::Choosing;
        let there = self.seats.iter().zip(self.settings.places()).filter(|(seat, _)| open && seat.present);
        let unknown: Vec<(&Group, usize)> = there
            .filter_map(|(_, (group, own))| Some((self.groups.get(group)?, own)))
            .filter(|(group, own)| group.known(*own).is_none())
            .collect();
        unknown.par_iter().for_each(|(group, own)| _ = group.prospects(*own));
        !unknown.is_empty()
    }

    /// What a seat has voted.
    pub fn vote_of(&self, seat: usize) -> Option<Settled> {
        let (group, own) = self.settings.group_of(seat)?;
        self.groups.get(group)?.votes.get(own).copied().flatten()
    }

    /// Whether a seat has done what is asked of it now: chosen, or voted. Of those who have nothing to do, `None`.
    pub fn has_acted(&self, seat: usize) -> Option<bool> {
        self.settings.group_of(seat).and_then(|place| self.has_acted_at(place))
    }

    fn has_acted_at(&self, (group, own): (usize, usize)) -> Option<bool> {
        let group = self.groups.get(group)?;
        match self.phase {
            Phase::Choosing => Some(group.choices.get(own)?.is_some()),
            Phase::Voting if group.decides() => Some(group.votes.get(own)?.is_some()),
            _ => None,
        }
    }

    /// Of the people whose page is there and who are asked for something, how many have done it, and how many they are.
    pub fn progress(&self) -> (usize, usize) {
        // Every page is told, so it is one walk over the class and not one for each seat.
        let there = self.seats.iter().zip(self.settings.places()).filter(|(seat, _)| seat.present);
        there
            .filter_map(|(_, place)| self.has_acted_at(place))
            .fold((0, 0), |(done, of), acted| (done + usize::from(acted), of + 1))
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
}

fn begin(settings: &Settings, game: usize) -> Result<Vec<Group>, Refusal> {
    let groups = (0..settings.groups.len()).map(|group| Group::begin(settings, group, game));
    groups.collect::<Result<_, _>>().map_err(|faults: Faults| engine(&faults))
}

fn engine(faults: &Faults) -> Refusal {
    Refusal(format!("The game cannot be run: {faults}"))
}
