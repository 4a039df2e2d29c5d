//! What differs between groups of a class: what they see, whether they talk, and which rule they live under. Nothing else does.

use super::commons::Terms;
use super::game::Game;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// By how much the fine rises with each time that one was found.
const FINE_RISES: f64 = 0.5;

/// Of what is above a fence, the share that is sent home.
pub const SENT_HOME: f64 = 0.5;

/// What a group is given, from nothing to all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Each sees the grass and its own coins.
    Alone,
    /// All see what each seat did in the last round.
    Information,
    /// They talk first and promise each other a limit.
    Talk,
    /// They talk and vote which rule they want, and what limit.
    Vote,
    /// They talk and vote a limit, and are watched and fined.
    Watch,
}

/// A rule that a group may live under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// No limit.
    Free,
    /// A limit that nobody enforces.
    Promise,
    /// A limit, and half of what is above it is sent home, or not done.
    Fence,
    /// A limit, with a watch that sees one in two and a fine.
    Fine,
}

/// What a group has settled on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// Which rule.
    pub rule: Rule,
    /// The level that each seat may take, as a position among the levels of the game: on the meadow a number of cows.
    pub limit: u8,
}

impl Treatment {
    /// From nothing to all of it.
    pub const ALL: [Self; 5] = [Self::Alone, Self::Information, Self::Talk, Self::Vote, Self::Watch];

    /// Its name in two or three words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Information => "sees the others",
            Self::Talk => "talks",
            Self::Vote => "votes on a rule",
            Self::Watch => "watches and fines",
        }
    }

    /// What it is, in a sentence for the class.
    pub fn says(self) -> &'static str {
        match self {
            Self::Alone => "Nobody sees what the others do, and nobody talks.",
            Self::Information => "After each round all see what each seat chose. Nobody talks.",
            Self::Talk => "You talk for two minutes and promise each other a limit. Nobody checks it.",
            Self::Vote => "You talk for two minutes, then vote which rule you want, and what limit.",
            Self::Watch => {
                "You talk for two minutes and vote a limit. A watch checks, and whoever is found above it pays a fine."
            }
        }
    }

    /// The rules that a group may vote for; none where there is nothing to decide.
    pub fn offers(self) -> &'static [Rule] {
        match self {
            Self::Alone | Self::Information => &[],
            Self::Talk => &[Rule::Promise],
            Self::Vote => &[Rule::Free, Rule::Promise, Rule::Fence, Rule::Fine],
            Self::Watch => &[Rule::Fine],
        }
    }

    /// The rule of a group in which nobody votes: that is for the case that computers choose for all of its seats.
    pub(super) fn unvoted(self) -> Option<Rule> {
        match self {
            Self::Alone | Self::Information => None,
            Self::Talk => Some(Rule::Promise),
            Self::Vote => Some(Rule::Fence),
            Self::Watch => Some(Rule::Fine),
        }
    }

    /// Whether all see what each seat did.
    pub fn shows_others(self) -> bool {
        self != Self::Alone
    }
}

impl Rule {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "no rule",
            Self::Promise => "a promise",
            Self::Fence => "a fence",
            Self::Fine => "watching and fines",
        }
    }

    /// What it means in a game for one who takes more than the limit.
    pub fn says(self, game: Game, limit: u8) -> String {
        self.told(game, &format!("at most {} each", game.limit(limit)), "that")
    }

    /// The same before there is a limit, for those who vote.
    pub fn offer(self, game: Game) -> String {
        self.told(game, "at most the limit each", "it")
    }

    fn told(self, game: Game, most: &str, that: &str) -> String {
        match (self, game) {
            (Self::Free, Game::Meadow) => "No rule: each sends as many cows as it likes.".to_owned(),
            (Self::Free, Game::Place) => "No rule: each does as much as it likes.".to_owned(),
            (Self::Promise, _) => format!("A promise: {most}. Nobody checks it."),
            (Self::Fence, Game::Meadow) => {
                format!("A fence: {most}. Of every two cows above {that}, one is sent home.")
            }
            (Self::Fence, Game::Place) => format!("A fence: {most}. Half of what is above {that} is not done."),
            (Self::Fine, _) => format!("Watching and fines: {most}. {}", game.watch_says()),
        }
    }
}

/// The rules of the scenario for a treatment and for what the group has settled on: the only part in which groups differ.
pub(super) fn rules(terms: &Terms) -> Value {
    let &Terms { game, seats, rounds, treatment, settled, .. } = terms;
    let watch = game.watch(seats);
    let mut rules = json!({});
    if treatment.shows_others() {
        rules["measures"] = json!({
            "strength": 1, "cost": { "money": 0, "attention": 0 }, "coverage": watch.seen, "noise": 0, "lag": 0, "gaming": 0, "audience": "public"
        });
    }
    let Some(Settled { rule, limit }) = settled.filter(|settled| settled.rule != Rule::Free) else { return rules };
    let facts = game.facts();
    // What the group voted for is the one thing on the table, so that the lot can fall on nothing else.
    rules["collective_choice"] = json!({
        "strength": 1, "cost": { "money": 0, "attention": 0 }, "interval": rounds * facts.steps, "decision": { "lot": {} }, "votes": "equal",
        "public_seats": 0, "ceded": if rule == Rule::Fence { SENT_HOME } else { 0.0 },
        "totals": [f64::from(facts.at(limit)) / facts.at_level_1], "upstream": [0], "sharing": ["plan"]
    });
    if rule == Rule::Fine {
        rules["graduated_sanctions"] = json!({
            "strength": 1, "cost": { "money": watch.costs, "attention": 0 },
            "fine": watch.fine, "rise": FINE_RISES, "most": 5, "forgiven": 0
        });
    }
    rules
}
