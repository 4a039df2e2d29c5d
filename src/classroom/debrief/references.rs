//! What computers come to on the terms of a class, whoever sits in it: groups of one size share what they come to without a rule,
//! and those that are held to one rule what they come to under it.

use super::LUCKS;
use super::fates::{Fate, fates};
use crate::classroom::commons::{Act, Commons, Terms};
use crate::classroom::game::Game;
use crate::classroom::group::Group;
use crate::classroom::meadow;
use crate::classroom::room::Room;
use crate::classroom::treatment::{Rule, Settled, Treatment};
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use rayon::prelude::*;
use serde_json::json;
use std::sync::Arc;

/// Lucks on which the plans of one board are tried before the best of them is.
const TRIED: usize = 32;

/// Without a rule: in one hand, and each computer for itself.
pub(super) struct Free {
    pub(super) owner: Vec<Fate>,
    pub(super) alone: Vec<Fate>,
}

/// What a group is held against.
pub(super) struct Reference {
    pub(super) rule: Settled,
    pub(super) free: Arc<Free>,
    pub(super) ruled: Arc<Vec<Fate>>,
}

/// What each group of a class is held against.
pub(super) fn references(room: &Room) -> Result<Vec<Reference>, Faults> {
    let class = class_rule(room);
    let groups: Vec<(&Group, Settled)> = room.groups().iter().map(|group| (group, rule_of(group, class))).collect();
    let free = each(&groups, |(group, _)| size(group), |(group, _)| free(group))?;
    let ruled = each(&groups, |(group, rule)| (size(group), *rule), |(group, rule)| under(group, *rule))?;
    let both = groups.iter().zip(free.into_iter().zip(ruled));
    Ok(both.map(|((_, rule), (free, ruled))| Reference { rule: *rule, free, ruled }).collect())
}

/// Works something out for each of some, once for all that have the same key.
fn each<One: Sync, Key: PartialEq + Send, Made: Send + Sync>(
    ones: &[One],
    key: impl Fn(&One) -> Key,
    of: impl Fn(&One) -> Result<Made, Faults> + Sync,
) -> Result<Vec<Arc<Made>>, Faults> {
    let mut firsts: Vec<(Key, &One)> = Vec::new();
    for one in ones {
        if firsts.iter().all(|(other, _)| *other != key(one)) {
            firsts.push((key(one), one));
        }
    }
    let made = firsts.into_par_iter().map(|(key, one)| Ok((key, Arc::new(of(one)?))));
    let made: Vec<(Key, Arc<Made>)> = made.collect::<Result<_, Faults>>()?;
    let same = |one: &One| made.iter().find(|(other, _)| *other == key(one)).map(|(_, made)| made.clone());
    Ok(ones.iter().filter_map(same).collect())
}

/// Seats and rounds of a group, by which computers differ where there is no rule.
fn size(group: &Group) -> (usize, usize) {
    (group.seats(), group.rounds.len())
}

/// The rule that a class voted: that of the last group that was free to choose one, or of the last that settled on one.
fn class_rule(room: &Room) -> Settled {
    let settled = |of: Option<Treatment>| {
        let mut games: Vec<&Group> = room.games().flatten().collect();
        games.reverse();
        games
            .into_iter()
            .filter(|group| of.is_none_or(|of| group.treatment() == of))
            .find_map(|group| group.settled().filter(|settled| settled.rule != Rule::Free))
    };
    settled(Some(Treatment::Vote))
        .or_else(|| settled(None))
        .unwrap_or(Settled { rule: Rule::Fine, limit: room.settings().game.facts().fair })
}

/// The rule that a group is told of: its own, if it has one that holds anybody.
fn rule_of(group: &Group, class: Settled) -> Settled {
    let rule = group.settled().unwrap_or(class);
    if rule.rule == Rule::Free { Settled { rule: Rule::Fine, limit: rule.limit } } else { rule }
}

/// The terms of a group without a rule, or under one.
pub(super) fn terms(group: &Group, rule: Option<Settled>) -> Terms {
    let treatment = if rule.is_some() { Treatment::Watch } else { Treatment::Alone };
    Terms { treatment, settled: rule, ..group.terms().clone() }
}

/// Whether seats live under the same rules on both terms: what they may vote for is no rule.
pub(super) fn same_rules(one: &Terms, other: &Terms) -> bool {
    (one.settled, one.treatment.shows_others()) == (other.settled, other.treatment.shows_others())
}

fn run(group: &Group, setup: &Setup, seats: usize) -> Vec<Fate> {
    fates(group.game(), setup, (seats, group.rounds.len()), group.luck().seed, LUCKS)
}

fn free(group: &Group) -> Result<Free, Faults> {
    let free = Commons::new(&terms(group, None))?;
    let owner = match group.game() {
        Game::Meadow => run(group, &owned(&free)?.setup, 1),
        Game::Place => run(group, &best_plan(&free, group)?, group.seats()),
    };
    Ok(Free { owner, alone: run(group, &free.setup(&[])?, group.seats()) })
}

fn under(group: &Group, rule: Settled) -> Result<Vec<Fate>, Faults> {
    let ruled = Commons::new(&terms(group, Some(rule)))?;
    Ok(run(group, &ruled.setup(&[])?, group.seats()))
}

/// The meadow with one herder on it.
fn owned(meadow: &Commons) -> Result<Scenario, Faults> {
    let one = json!({ "count": 1, "behaviour": { "played": { "levels": [[]] } } });
    meadow.scenario.extended(json!({ "providers": { meadow::HERDERS: one } }))
}

/// One board: of all plans that are the same for all seats and all years the one with which care is worth most above its cost.
fn best_plan(place: &Commons, group: &Group) -> Result<Setup, Faults> {
    let (facts, rounds) = (group.facts(), group.rounds.len());
    let plans = facts.all().into_iter().flat_map(|level| facts.upstream.iter().map(move |share| (level, *share)));
    let plans: Vec<(u8, u8)> = plans.collect();
    let of = |(level, share): &(u8, u8)| {
        let act: Act = (f64::from(*level), f64::from(*share) / 100.0, 0.0);
        let setup = place.setup_of(&vec![vec![Some(act); rounds * facts.steps as usize]; group.seats()])?;
        let tried = fates(group.game(), &setup, (group.seats(), rounds), group.luck().seed, TRIED);
        Ok((tried.iter().map(|fate| fate.worth).sum::<f64>(), setup))
    };
    let all: Vec<(f64, Setup)> = plans.par_iter().map(of).collect::<Result<_, Faults>>()?;
    // The first of the best.
    let best = all.into_iter().min_by(|one, other| other.0.total_cmp(&one.0));
    best.map_or_else(|| place.setup(&[]), |(_, setup)| Ok(setup))
}
