//! Who is on the page: the arms in the order in which they are shown, what each is called, and how its runs are drawn.

use super::evidence::Evidence;
use super::words::counted;
use crate::experiment::recording::Recorded;
use crate::model::english::{capital, words};
use crate::model::measure::Measure;
use crate::model::rule::{Decision, RuleName};
use crate::report::study::arm_keys;
use crate::scenario::Scenario;

/// The scenarios of the front page, in the order in which they stand on it. The second is the one that others are held against;
/// the fourth is the third without a say: it tells what comes of being bound to anything.
pub const FRONT: [&str; 4] = ["pasture-owner", "pasture-fortress", "pasture-ostrom", "pasture-ostrom+random-agreement"];

/// The arms of a page.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The arms in the order in which they are shown.
    pub arms: Vec<Scenario>,
    /// Position of the one that the others are held against.
    pub reference: usize,
    keys: Vec<String>,
    is_front: bool,
    evidence: Option<Evidence>,
}

impl Cast {
    /// Arms of which the first is what the others are held against.
    pub fn of(arms: Vec<Scenario>) -> Self {
        Self { keys: arm_keys(&arms), arms, reference: 0, is_front: false, evidence: None }
    }

    /// The front page: one owner, fortresses, and the same under rules of their own and under a rule drawn by lot. `arms` are those of [`FRONT`].
    pub fn front(arms: Vec<Scenario>) -> Self {
        Self { keys: arm_keys(&arms), arms, reference: 1, is_front: true, evidence: None }
    }

    /// The same arms, with what they come to at all points that evidence leaves open.
    #[must_use]
    pub fn with_evidence(self, evidence: Evidence) -> Self {
        Self { evidence: Some(evidence), ..self }
    }

    /// The arms with the one first that the others are held against.
    pub fn from_reference(&self) -> Vec<Scenario> {
        let mut arms = self.arms.clone();
        arms[..=self.reference].rotate_right(1);
        arms
    }

    /// What they come to where evidence leaves numbers open, if that is known.
    pub(super) fn evidence(&self) -> Option<&Evidence> {
        self.evidence.as_ref()
    }

    /// Short names of the arms, each another.
    pub(super) fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Positions of the arms that are bound without a say, by lot or to what all do anyway: a placebo of what others agree on.
    pub(super) fn placebos(&self) -> Vec<usize> {
        (0..self.arms.len()).filter(|arm| is_placebo(&self.arms[*arm])).collect()
    }

    /// Whether an arm is bound by what its members decide together, at a setting.
    pub(super) fn is_agreed(record: &Recorded) -> bool {
        let rule = record.scenario.file.rules.collective_choice.as_ref();
        rule.is_some_and(|rule| rule.decision.is_by_members())
    }

    /// The arm whose gain is told: the last that is neither what others are held against nor a placebo.
    pub(super) fn judged(&self) -> Option<usize> {
        let others = || (0..self.arms.len()).rev().filter(|arm| *arm != self.reference);
        others().find(|arm| !is_placebo(&self.arms[*arm])).or_else(|| others().next())
    }

    /// Whether the runs are drawn as meadows with cows: the pastures that come with the program, and what extends them.
    pub(super) fn is_meadow(&self) -> bool {
        self.arms.iter().all(|arm| {
            let file = &arm.file;
            file.pools.len() == 1 && file.pools.contains_key("pasture") && file.providers.keys().eq(["herder"])
        })
    }

    /// What money is called: coins in the hands of herders.
    pub(super) fn money(&self) -> &'static str {
        if self.is_meadow() { "coins" } else { "money" }
    }

    /// What a measure is called on this page: in a meadow pools are grass, providers herders and money coins.
    pub(super) fn label(&self, measure: &Measure, unit: &str) -> String {
        if !self.is_meadow() {
            return measure.label.clone();
        }
        match measure.key.as_str() {
            "welfare" => format!("coins a {unit}"),
            "stock_end" => "grass at the end".to_owned(),
            "collapsed" => "runs in which the grass collapsed at some time".to_owned(),
            "margin" => "income left after costs".to_owned(),
            "in_deficit" => "herders who lost money".to_owned(),
            "governance" => "cost of rules, of income".to_owned(),
            _ => measure.label.clone(),
        }
    }

    /// What an arm is called at a setting.
    pub(super) fn name(&self, record: &Recorded) -> String {
        if !self.is_front {
            return capital(&words(&self.keys[record.arm]));
        }
        let providers = record.scenario.setup.providers();
        let (count, is_one) = (capital(&counted(providers)), providers == 1);
        let rules = &record.scenario.file.rules;
        let is_drawn = is_placebo(&self.arms[record.arm]);
        match (record.arm, rules.get(RuleName::CollectiveChoice).is_some(), rules.present().next().is_some()) {
            (_, true, _) if is_drawn && is_one => "One under a random rule".to_owned(),
            (_, true, _) if is_drawn => format!("{count} under a random rule"),
            _ if is_drawn => format!("{count}, no rule drawn"),
            (0, ..) => "One owner".to_owned(),
            (1, ..) if is_one => "One fortress".to_owned(),
            (1, ..) => format!("{count} fortresses"),
            (_, true, _) if is_one => "One, agreeing alone".to_owned(),
            (_, true, _) => format!("{count} who agree"),
            (_, _, true) => format!("{count}, no meeting"),
            _ => format!("{count}, no rules"),
        }
    }

    /// A sentence on who is in an arm at a setting.
    pub(super) fn about(&self, record: &Recorded) -> String {
        let rules: Vec<String> = record.scenario.file.rules.present().map(|(name, _)| words(name.key())).collect();
        let under = if rules.is_empty() { "no rules".to_owned() } else { format!("rules: {}", rules.join(", ")) };
        match (self.is_front, record.arm) {
            (true, arm) if is_placebo(&self.arms[arm]) && !rules.is_empty() => {
                "Bound, watched and fined as those who agree, but the rule is drawn by lot.".to_owned()
            }
            (true, 0) => {
                "The whole pasture is theirs: what a cow eats today is missing from their own herd tomorrow.".to_owned()
            }
            (true, 1) => "Each adds cows as long as that pays for itself. No rules.".to_owned(),
            (true, _) if rules.is_empty() => "The same herders with all rules switched off.".to_owned(),
            (true, _) => format!("The same herders under {under}."),
            (false, _) => capital(&format!("{under}.")),
        }
    }

    /// How an arm is drawn: 0 green and dotted, 1 orange and dashed, 2 blue and whole, and further ones in turn. What others are
    /// held against is orange; of the rest the first without rules is green.
    pub(super) fn tones(&self) -> Vec<usize> {
        let mut others = [2, 0, 3, 4, 5, 6, 7].into_iter();
        if self.is_front {
            return (0..self.arms.len()).collect();
        }
        (0..self.arms.len()).map(|arm| if arm == self.reference { 1 } else { others.next().unwrap_or(7) }).collect()
    }

    /// The title of the page.
    pub(super) fn title(&self) -> String {
        let short = |arm: usize| capital(&words(&self.keys[arm]));
        match (self.is_front, self.arms.len()) {
            (true, _) => "The commons in ten seconds".to_owned(),
            (_, 2) => format!("“{}” against “{}”", short(1), short(0)),
            (_, count) if count > 2 => format!("{} designs against “{}”", capital(&counted(count - 1)), short(0)),
            _ => self.arms.first().map_or_else(String::new, |only| only.file.title.clone()),
        }
    }
}

/// Whether an arm is bound without a say, by lot or to what all do anyway.
fn is_placebo(arm: &Scenario) -> bool {
    let rule = arm.file.rules.collective_choice.as_ref();
    rule.is_some_and(|rule| matches!(rule.decision, Decision::Lot {} | Decision::AsWeAre {}))
}
