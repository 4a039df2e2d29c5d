//! The design of a recording: what is turned, where it stops, and which arm follows what.

use crate::model::english;
use crate::model::rule::RuleName;
use crate::scenario::Scenario;
use crate::scenario::file::Knob;
use crate::scenario::text::{Fault, Faults};
use crate::statistics::design::full_factorial;
use std::collections::{BTreeMap, BTreeSet};

/// Knobs and switches of one recording, rules included.
pub const MOST_TURNS: usize = 7;
/// Rules of which all combinations are recorded; further rules stay as the scenario has them.
const MOST_RULES: usize = 5;
/// The most settings of a recording.
pub const MOST_POINTS: usize = 2048;

/// Everything that is turned, and every setting of it.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Knobs first, then rules.
    pub turns: Vec<Turn>,
    /// Every setting: for each turn the stop at which it stands. The last turn changes fastest.
    pub points: Vec<Vec<usize>>,
    /// Rules that are no switches since there are too many of them.
    pub fixed: Vec<RuleName>,
}

/// One thing that is turned.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Its name in the address of a view.
    pub name: String,
    /// What it does.
    pub what: What,
    /// The stop at which the scenarios themselves stand.
    pub home: usize,
    /// Which arms follow it.
    pub follows: Vec<bool>,
}

/// What is turned.
#[derive(Clone, Debug)]
pub enum What {
    /// A knob that the scenarios name.
    Knob(Knob),
    /// A rule that some scenario has: 0 without it, 1 with it.
    Rule(RuleName, String),
}

impl Turn {
    /// How many stops it has.
    pub fn stops(&self) -> usize {
        match &self.what {
            What::Knob(knob) => knob.stops.len(),
            What::Rule(..) => 2,
        }
    }

    /// Whether it is a rule.
    fn is_rule(&self) -> bool {
        matches!(self.what, What::Rule(..))
    }

    /// The stop of that name: of a knob as the scenario has it, of a rule `off` or `on`.
    fn stop(&self, name: &str) -> Option<usize> {
        match &self.what {
            What::Knob(knob) => knob.stops.iter().position(|stop| stop.name == name),
            What::Rule(..) => ["off", "on"].iter().position(|stop| *stop == name),
        }
    }

    /// What it is called in front of people.
    pub fn label(&self) -> String {
        match &self.what {
            What::Knob(knob) => knob.label.clone(),
            What::Rule(name, _) => english::capital(&english::words(name.key())),
        }
    }
}

impl Grid {
    /// The design of a recording of these arms. Knobs of the arm that the others are held against come first.
    ///
    /// # Errors
    /// Knobs of one name that differ between arms, arms that stand at none of a knob's stops or at different ones, or too many
    /// settings.
    pub fn of(arms: &[Scenario], reference: usize) -> Result<Self, Faults> {
        let mut turns = Vec::new();
        let others = (0..arms.len()).filter(|arm| *arm != reference);
        for arm in std::iter::once(reference).chain(others) {
            for (name, knob) in &arms[arm].file.knobs {
                follow(&mut turns, arms, arm, (name, knob))?;
            }
        }
        let room = MOST_TURNS.saturating_sub(turns.len()).min(MOST_RULES);
        let has = |name: RuleName| arms.iter().any(|arm| arm.file.rules.get(name).is_some());
        let mut rules: Vec<RuleName> = RuleName::ALL.into_iter().filter(|name| has(*name)).collect();
        let fixed = rules.split_off(room.min(rules.len()));
        turns.extend(rules.into_iter().map(|name| switch(name, arms)));
        let lengths: Vec<usize> = turns.iter().map(Turn::stops).collect();
        let count: usize = lengths.iter().product();
        if count > MOST_POINTS {
            let stops: Vec<String> = turns.iter().map(|turn| format!("{} ({})", turn.name, turn.stops())).collect();
            let problem = format!(
                "the stops of all knobs and rules make {count} settings, {MOST_POINTS} are the most: {}; leave out stops or knobs",
                stops.join(" × ")
            );
            return Err(fault(arms, 0, "knobs", problem));
        }
        Ok(Self { turns, points: full_factorial(&lengths), fixed })
    }

    /// The position of the setting at which the scenarios themselves stand.
    pub fn home(&self) -> usize {
        self.turns.iter().fold(0, |position, turn| position * turn.stops() + turn.home)
    }

    /// By how much the position of a setting moves with one stop of a turn.
    pub fn weight(&self, turn: usize) -> usize {
        self.turns[turn + 1..].iter().map(Turn::stops).product()
    }

    /// The position of the setting whose stops have these names, turn by turn; a turn that is not named, or wrongly, stands where the
    /// scenarios do.
    pub fn named(&self, stops: &BTreeMap<String, String>) -> usize {
        let stop = |turn: &Turn| stops.get(&turn.name).and_then(|name| turn.stop(name)).unwrap_or(turn.home);
        self.turns.iter().fold(0, |position, turn| position * turn.stops() + stop(turn))
    }

    /// A setting, and those that are reached from it by one turn alone, or by taking all its rules from an arm.
    pub fn around(&self, point: usize) -> Vec<usize> {
        let mut around = BTreeSet::from([point]);
        for (at, turn) in self.turns.iter().enumerate() {
            let weight = self.weight(at);
            let first = point - self.points[point][at] * weight;
            around.extend((0..turn.stops()).map(|stop| first + stop * weight));
        }
        let arms = self.turns.first().map_or(0, |turn| turn.follows.len());
        around.extend((0..arms).filter_map(|arm| self.without_rules(arm, point)));
        around.into_iter().collect()
    }

    /// A setting with all rules off that an arm follows; `None` if it follows none.
    pub fn without_rules(&self, arm: usize, point: usize) -> Option<usize> {
        let rules = self.turns.iter().enumerate().filter(|(_, turn)| turn.follows[arm] && turn.is_rule());
        let steps: Vec<usize> = rules.map(|(at, _)| self.points[point][at] * self.weight(at)).collect();
        (!steps.is_empty()).then(|| point - steps.iter().sum::<usize>())
    }

    /// What an arm makes of a setting: of what it does not follow, the first stop.
    pub(super) fn key(&self, arm: usize, point: &[usize]) -> Vec<usize> {
        self.turns.iter().zip(point).map(|(turn, stop)| if turn.follows[arm] { *stop } else { 0 }).collect()
    }

    /// The scenario of an arm at a setting, without knobs.
    pub(super) fn scenario(&self, arms: &[Scenario], arm: usize, point: &[usize]) -> Result<Scenario, Faults> {
        let (mut settings, mut without) = (Vec::new(), Vec::new());
        for (turn, stop) in self.turns.iter().zip(point).filter(|(turn, _)| turn.follows[arm]) {
            match &turn.what {
                What::Knob(knob) => {
                    let value = knob.stops[*stop].value.json();
                    settings.extend(knob.sets.iter().map(|pointer| (pointer.as_str(), value.clone())));
                }
                What::Rule(name, _) if *stop == 0 => without.push(*name),
                What::Rule(..) => {}
            }
        }
        arms[arm].turned(settings, &without)
    }
}

/// Takes in a knob of an arm: a new turn, or one that another arm has already.
fn follow(turns: &mut Vec<Turn>, arms: &[Scenario], arm: usize, (name, knob): (&String, &Knob)) -> Result<(), Faults> {
    let place = format!("knobs.{name}");
    let Some(home) = knob.stands(arms[arm].document().value()) else {
        let problem = "the scenario itself stands at none of its stops; add a stop with the value that is written";
        return Err(fault(arms, arm, &place, problem.to_owned()));
    };
    let Some(turn) = turns.iter_mut().find(|turn| turn.name == *name) else {
        let follows = (0..arms.len()).map(|other| other == arm).collect();
        turns.push(Turn { name: name.clone(), what: What::Knob(knob.clone()), home, follows });
        return Ok(());
    };
    let same = matches!(&turn.what, What::Knob(known) if known == knob);
    if !same || turn.home != home {
        let first = turn.follows.iter().position(|follows| *follows).unwrap_or(0);
        let what = if same { "stands elsewhere" } else { "is another one" };
        let problem = format!("the knob {what} in `{}`; one page needs one knob of that name", arms[first].name);
        return Err(fault(arms, arm, &place, problem));
    }
    turn.follows[arm] = true;
    Ok(())
}

/// A rule as a switch, told by its own first sentence.
fn switch(name: RuleName, arms: &[Scenario]) -> Turn {
    let time = |arm: &Scenario| english::Time::new(&arm.file.time.unit);
    let told = arms.iter().find_map(|arm| arm.file.rules.get(name)?.describe(&time(arm)).into_iter().next());
    let follows = arms.iter().map(|arm| arm.file.rules.get(name).is_some()).collect();
    Turn { name: name.key().to_owned(), what: What::Rule(name, told.unwrap_or_default()), home: 1, follows }
}

fn fault(arms: &[Scenario], arm: usize, place: &str, problem: String) -> Faults {
    let document = arms[arm].document();
    document.faults(vec![Fault { place: place.to_owned(), problem, position: document.position(place) }])
}
