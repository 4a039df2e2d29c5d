//! The debrief: four screens, the same for every class. Each sentence says in how many of two hundred lucks it holds, since one luck
//! is one luck.

use super::event::Refusal;
use super::group::Group;
use super::meadow::{Meadow, Turns, grass, turn};
use super::room::Room;
use super::settings::letter;
use super::treatment::{COWS_AT_LEVEL_1, Rule, Settled, Treatment};
use crate::model::lanes::LANES;
use crate::model::look::Stepper;
use crate::model::rows::Packing;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::text::Faults;
use serde::Serialize;
use serde_json::json;

/// Lucks that each sentence is tried on.
pub const LUCKS: usize = 200;

/// Grass below which a meadow is called nearly bare, in per cent: what the scenario calls its collapse.
pub const BARE: f64 = 25.0;

/// A screen's sentence, and in how many lucks it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was seen.
    pub says: String,
    /// In how many of [`LUCKS`].
    pub holds: usize,
}

/// The middle of many lucks, round by round, and what eight of ten lie between.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fan {
    /// What it is of.
    pub name: String,
    /// Grass at the end of each round: a tenth of the lucks lies below it.
    pub low: Vec<f64>,
    /// Half of them.
    pub middle: Vec<f64>,
    /// Nine tenths of them.
    pub high: Vec<f64>,
}

/// What a group is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Debrief {
    /// Letter of the group.
    pub group: String,
    /// What it was given.
    pub treatment: &'static str,
    /// The rule that the third screen is about.
    pub rule: String,
    /// Grass after each round, as it was played.
    pub grass: Vec<f64>,
    /// The sentences of each screen.
    pub findings: [Vec<Finding>; 4],
    /// The meadow in one hand.
    pub owner: Fan,
    /// Computer herders, each for itself.
    pub alone: Fan,
    /// The same under the rule.
    pub ruled: Fan,
    /// Coins of each seat, the most first, with its number in the group.
    pub took: Vec<(usize, f64)>,
}

/// What a meadow came to in one luck.
struct Fate {
    grass: Vec<f64>,
    coins: Vec<f64>,
}

impl Fate {
    fn end(&self) -> f64 {
        self.grass.last().copied().unwrap_or(100.0)
    }

    fn total(&self) -> f64 {
        self.coins.iter().sum()
    }
}

/// The four questions, one for each screen: what pupils are to do, and what they are asked.
pub const QUESTIONS: [(&str, &str); 4] = [
    ("Describe.", "What happened to the meadow? When did it turn?"),
    ("Explain.", "Same grass, same luck, same foresight. Why does one owner do what a group does not?"),
    (
        "Transfer.",
        "Where do you share something that can run out? Which of these rules could work there, and who would watch?",
    ),
    ("Is the model right?", "Who took most, and was that fair? What would people do that computer herders do not?"),
];

/// What each group is shown.
///
/// # Errors
/// The engine cannot run it, which no class has seen.
pub fn debriefs(room: &Room) -> Result<Vec<Debrief>, Refusal> {
    let rule = class_rule(room);
    let groups = room.groups().iter().enumerate();
    let all = groups.map(|(index, group)| of_group(index, group, group.settled.unwrap_or(rule)));
    all.collect::<Result<_, _>>().map_err(|faults: Faults| Refusal(format!("The meadow cannot be run: {faults}")))
}

/// The rule that a class voted: that of the last group that was free to choose one, or of the last that settled on one.
fn class_rule(room: &Room) -> Settled {
    let settled = |of: Option<Treatment>| {
        let mut games: Vec<&Group> = room.games().flatten().collect();
        games.reverse();
        games
            .into_iter()
            .filter(|group| of.is_none_or(|of| group.treatment == of))
            .find_map(|group| group.settled.filter(|settled| settled.rule != Rule::Free))
    };
    settled(Some(Treatment::Vote))
        .or_else(|| settled(None))
        .unwrap_or(Settled { rule: Rule::Fine, limit: COWS_AT_LEVEL_1 as u8 })
}

fn of_group(index: usize, group: &Group, rule: Settled) -> Result<Debrief, Faults> {
    let rounds = group.rounds.len();
    let rule = if rule.rule == Rule::Free { Settled { rule: Rule::Fine, limit: rule.limit } } else { rule };
    let seed = group.luck().seed;
    // What computer herders did in the group's name is written down too: the same choices, whatever the luck.
    let turns: Vec<Turns> =
        group.rounds.iter().map(|round| round.seats.iter().map(|turn| Some(turn.wanted as u8)).collect()).collect();
    let again = fates(&group.meadow().scenario(&turns)?.setup, rounds, seed);
    let terms = |treatment, settled| super::meadow::Terms { treatment, settled, ..group.terms().clone() };
    let free_at = Meadow::new(&terms(Treatment::Alone, None))?;
    let alone_at = free_at.scenario(&[])?;
    let owner_at = alone_at.extended(
        json!({ "providers": { "herder": { "count": 1, "behaviour": { "played": { "levels": [[]] } } } } }),
    )?;
    let ruled_at = Meadow::new(&terms(Treatment::Watch, Some(rule)))?;
    let [owner, alone] = [&owner_at, &alone_at].map(|scenario| fates(&scenario.setup, rounds, seed));
    let ruled = fates(&ruled_at.scenario(&[])?.setup, rounds, seed);
    let [free, held] = [&free_at, &ruled_at].map(|meadow| meadow.scenario(&turns));
    let own = (fates(&free?.setup, rounds, seed), fates(&held?.setup, rounds, seed));
    let mut took: Vec<(usize, f64)> = (0..group.seats()).map(|seat| (seat, group.coins_of(seat))).collect();
    took.sort_by(|a, b| b.1.total_cmp(&a.1));
    let findings = [
        pool(group, &again),
        against_owner(group, &owner),
        under_rule(&alone, &ruled, (rule.rule == Rule::Fence).then_some((own.0.as_slice(), own.1.as_slice()))),
        takers(group, &took, &again),
    ];
    Ok(Debrief {
        group: letter(index),
        treatment: group.treatment.name(),
        rule: rule.rule.says(rule.limit),
        grass: group.rounds.iter().map(|round| round.after).collect(),
        findings,
        owner: fan("One owner", &owner, rounds),
        alone: fan("No rule", &alone, rounds),
        ruled: fan("This rule", &ruled, rounds),
        took,
    })
}

fn count(fates: &[Fate], holds: impl Fn(&Fate) -> bool) -> usize {
    fates.iter().filter(|fate| holds(fate)).count()
}

fn pool(group: &Group, again: &[Fate]) -> Vec<Finding> {
    let (end, coins) = (group.grass(), group.coins());
    let bare = end < BARE;
    let state = if bare { "Your meadow was nearly bare at the end" } else { "Your meadow was alive at the end" };
    vec![Finding {
        says: format!(
            "{state}: {end:.0}% of the grass was left. Together you earned {coins:.0} coins. With the same cows it ends {} a quarter",
            if bare { "below" } else { "at or above" }
        ),
        holds: count(again, |fate| (fate.end() < BARE) == bare),
    }]
}

fn against_owner(group: &Group, owner: &[Fate]) -> Vec<Finding> {
    let (grass, coins) = (group.grass(), group.coins());
    let more = 2 * count(owner, |fate| fate.end() > grass) >= owner.len();
    let richer = 2 * count(owner, |fate| fate.total() > coins) >= owner.len();
    let word = |more: bool| if more { "more" } else { "no more" };
    vec![
        Finding {
            says: format!(
                "One owner of the whole meadow, who looks as far ahead as each computer herder, ends with {} grass than you",
                word(more)
            ),
            holds: count(owner, |fate| (fate.end() > grass) == more),
        },
        Finding {
            says: format!("The owner earns {} coins than all of you together", word(richer)),
            holds: count(owner, |fate| (fate.total() > coins) == richer),
        },
    ]
}

/// Computer herders without a rule and with it, luck by luck; and the group's own choices, where the rule can hold them.
fn under_rule(alone: &[Fate], ruled: &[Fate], own: Option<(&[Fate], &[Fate])>) -> Vec<Finding> {
    let pairs = |a: &[Fate], b: &[Fate], of: fn(&Fate) -> f64| {
        a.iter().zip(b).filter(|(without, with)| of(with) > of(without)).count()
    };
    let told = |who: &str, what: &str, holds: usize, of: usize| {
        let more = 2 * holds >= of;
        Finding {
            says: format!("{who} {} {what} under this rule than without it", if more { "more" } else { "no more" }),
            holds: if more { holds } else { of - holds },
        }
    };
    let mut findings = vec![
        told("Computer herders keep", "grass", pairs(alone, ruled, Fate::end), alone.len()),
        told("Together they earn", "coins", pairs(alone, ruled, Fate::total), alone.len()),
    ];
    if let Some((free, held)) = own {
        findings.push(told("Your own choices, held to it, leave", "grass", pairs(free, held, Fate::end), free.len()));
    }
    findings
}

fn takers(group: &Group, took: &[(usize, f64)], again: &[Fate]) -> Vec<Finding> {
    let (Some(most), Some(least)) = (took.first(), took.last()) else { return Vec::new() };
    let top = |fate: &Fate| {
        let best = fate.coins.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        best.is_some_and(|(seat, _)| seat == most.0)
    };
    vec![Finding {
        says: format!(
            "Of {:.0} coins, the seat that took most has {:.0} and the one that took least {:.0}. With the same cows the same seat takes most",
            group.coins(),
            most.1,
            least.1
        ),
        holds: count(again, top),
    }]
}

/// What a meadow comes to in each of two hundred lucks.
fn fates(setup: &Setup, rounds: usize, seed: u64) -> Vec<Fate> {
    let mut all = Vec::with_capacity(LUCKS);
    for first in (0..LUCKS).step_by(LANES) {
        let runs = std::array::from_fn(|lane| (first + lane) as u64);
        let mut stepper = Stepper::new(setup, seed, &Packing::Runs(runs), InstructionSet::best());
        let lanes = LANES.min(LUCKS - first);
        let mut batch: Vec<Fate> =
            (0..lanes).map(|_| Fate { grass: Vec::new(), coins: vec![0.0; setup.providers()] }).collect();
        for _ in 0..rounds {
            if !stepper.pass() {
                break;
            }
            let look = stepper.look();
            for (lane, fate) in batch.iter_mut().enumerate() {
                fate.grass.push(grass(&look, lane));
                for (coins, seen) in fate.coins.iter_mut().zip(&look.providers) {
                    *coins += turn(seen, lane, true).coins;
                }
            }
        }
        all.append(&mut batch);
    }
    all
}

fn fan(name: &str, fates: &[Fate], rounds: usize) -> Fan {
    let sorted = |round: usize| {
        let mut grass: Vec<f64> = fates.iter().filter_map(|fate| fate.grass.get(round)).copied().collect();
        grass.sort_by(f64::total_cmp);
        grass
    };
    let rounds: Vec<Vec<f64>> = (0..rounds).map(sorted).collect();
    let quantile = |share: f64| {
        let at = |grass: &Vec<f64>| grass.get(((grass.len().max(1) - 1) as f64 * share) as usize).copied();
        rounds.iter().map(|grass| at(grass).unwrap_or(0.0)).collect()
    };
    Fan { name: name.to_owned(), low: quantile(0.1), middle: quantile(0.5), high: quantile(0.9) }
}
