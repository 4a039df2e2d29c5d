//! Which principles of governance a scenario follows: the ten of the King's Fund (Ham & Alderwick 2015) and Ostrom's eight
//! (1990) as refined by Cox, Arnold & Villamayor-Tomás (2010).
//!
//! A principle is *absent* where its rule is, has no strength or is a placebo; *partly present* where the rule acts at a part
//! of its strength, reaches no more than half of what it is about (`HALF`), or lacks what its own parameters could give it;
//! *present* otherwise. That judges the rules as written, not what comes of them.

mod kings_fund;
mod ostrom;

use super::Fact;
use crate::model::english::{listed, percent, words};
use crate::model::payment::{Outcome, Payment};
use crate::model::rule::{Audience, Clock, CollectiveChoice, Decision, Rule, Terms};
use crate::scenario::file::File;
use serde::Serialize;

/// What reaches no more than this share of its object is there in part only. Our choice: more than half.
const HALF: f64 = 0.5;

/// A principle of governance, and whether a scenario follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Principle {
    /// Whose it is and its number: `KF4`, `O2B`.
    pub code: &'static str,
    /// What it asks for.
    pub name: &'static str,
    /// Whether it is followed.
    pub status: Status,
    /// Why, in half a sentence.
    pub reason: String,
}

/// Whether a principle is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is.
    Present,
    /// In part.
    Partly,
    /// It is not.
    Absent,
}

/// The King's Fund's ten principles, then Ostrom's eight, in order.
pub fn principles(file: &File) -> Vec<Principle> {
    [kings_fund::principles(file), ostrom::principles(file)].concat()
}

/// One sentence on each principle.
pub(super) fn describe(file: &File) -> Vec<Fact> {
    principles(file).into_iter().map(|principle| principle.fact()).collect()
}

impl Principle {
    fn fact(&self) -> Fact {
        let status = match self.status {
            Status::Present => "Present",
            Status::Partly => "Partly present",
            Status::Absent => "Absent",
        };
        Fact::of(format!("{} ({})", self.code, self.name), vec![format!("{status}; {}.", self.reason)])
    }
}

/// A status and its reason.
type Verdict = (Status, String);

fn present(reason: &str) -> Verdict {
    (Status::Present, reason.to_owned())
}

fn partly(reason: impl Into<String>) -> Verdict {
    (Status::Partly, reason.into())
}

fn absent(reason: &str) -> Verdict {
    (Status::Absent, reason.to_owned())
}

/// Whether a rule acts at all.
fn acts<R: Rule>(rule: Option<&R>) -> Option<&R> {
    rule.filter(
        |rule| matches!(rule.terms(), Terms { placebo: false, strength, clock, .. } if strength > 0.0 && clock.ever()),
    )
}

/// Absent where the rule does not act (`missing` says so where there is none), partly where it acts in part, else what its
/// parameters make of it.
fn judged<R: Rule>(rule: Option<&R>, missing: &str, judge: impl FnOnce(&R) -> Verdict) -> Verdict {
    let Some(rule) = rule else { return absent(missing) };
    match rule.terms() {
        Terms { placebo: true, .. } => absent("its cost is paid and nothing else of it happens"),
        Terms { strength, .. } if strength <= 0.0 => absent("the rule is there but switched off"),
        Terms { strength, .. } if strength < 1.0 => match judge(rule) {
            (Status::Present, _) => partly(format!("it acts at {} of its force", percent(strength))),
            verdict => verdict,
        },
        Terms { clock, .. } if clock != Clock::ALWAYS => match judge(rule) {
            (Status::Present, _) => partly("it is there for a part of the time only"),
            verdict => verdict,
        },
        Terms { .. } => judge(rule),
    }
}

/// Kinds that do not sit at the table, in words; nothing if all do.
fn left_outside(file: &File) -> Option<String> {
    let listed_kinds = acts(file.rules.partners.as_ref()).map(|rule| &rule.kinds);
    let inside = |name: &String, partner: bool| listed_kinds.map_or(partner, |kinds| kinds.contains(name));
    let names: Vec<&String> =
        file.providers.iter().filter(|(name, kind)| !inside(name, kind.partner)).map(|(name, _)| name).collect();
    (!names.is_empty()).then(|| listed(names))
}

/// Who decides for all, if one does.
fn decides_alone(rule: &CollectiveChoice) -> Option<String> {
    match &rule.decision {
        Decision::OneDecider { kind } => Some(format!("{} decides for all, alone", words(kind))),
        Decision::Lot {} => Some("what is decided is drawn by lot".to_owned()),
        Decision::AsWeAre {} => Some("nothing is decided but to go on as before".to_owned()),
        Decision::Outsider {} => Some("an outsider decides for all, alone".to_owned()),
        Decision::Majority {} | Decision::Supermajority { .. } | Decision::Unanimity {} => None,
    }
}

/// What keeps a decision from being one of all, that binds all.
fn undecided(rule: &CollectiveChoice) -> Option<String> {
    let unbound =
        || (rule.ceded <= 0.0).then(|| "they decide together, but nothing is ceded and nobody is bound".to_owned());
    decides_alone(rule).or_else(unbound)
}

/// What the measures leave unseen, or of whom.
fn unseen(coverage: f64, audience: Audience) -> Option<String> {
    match audience {
        Audience::Monitor => Some("nobody but the monitor sees the figures".to_owned()),
        Audience::Public if coverage <= HALF => Some(format!("only {} of what is done is checked", percent(coverage))),
        Audience::Public => None,
    }
}

/// Whom no measures reach, since they do not sit at the table.
fn unchecked(file: &File) -> Option<String> {
    left_outside(file).map(|names| format!("not checked, since they are left outside: {names}"))
}

/// Present for a reason, unless something is lacking.
fn unless(lacking: Option<String>, reason: &str) -> Verdict {
    lacking.map_or_else(|| present(reason), partly)
}

/// The names with the verdicts on them.
fn list<const N: usize>(entries: [(&'static str, &'static str, Verdict); N]) -> Vec<Principle> {
    entries.into_iter().map(|(code, name, (status, reason))| Principle { code, name, status, reason }).collect()
}

/// Whether every kind that is paid is paid by need, a part of it by outcomes of the whole place.
fn capitated(file: &File) -> bool {
    let mut paid = file.providers.values().filter_map(|kind| kind.payment.as_ref()).peekable();
    let by_need = |payment: &Payment| match payment {
        Payment::Capitation(form) => form.outcome_share > 0.0 && form.outcome == Outcome::Place,
        _ => false,
    };
    paid.peek().is_some() && paid.all(by_need)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::bundled::BUNDLED;

    fn found(name: &str) -> Vec<Principle> {
        principles(&Scenario::load(&BUNDLED, name).unwrap().file)
    }

    fn codes(name: &str, status: Status) -> Vec<&'static str> {
        found(name).into_iter().filter(|principle| principle.status == status).map(|principle| principle.code).collect()
    }

    #[test]
    fn a_fortress_follows_none_but_that_nobody_stands_above_it() {
        assert_eq!(codes("place-fortress", Status::Present), ["O7"]);
        assert!(codes("place-fortress", Status::Partly).is_empty());
    }

    #[test]
    fn the_kings_funds_ten_are_all_present_in_the_fragment_of_that_name() {
        let expected = ["KF1", "KF2", "KF3", "KF4", "KF5", "KF6", "KF7", "KF8", "KF9", "KF10"];
        let present = codes("place-fortress+kings-fund-ten", Status::Present);
        assert_eq!(present.iter().filter(|code| code.starts_with("KF")).copied().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn ostroms_eight_are_all_present_in_the_fragment_of_that_name() {
        let expected = ["O1A", "O1B", "O2A", "O2B", "O3", "O4A", "O4B", "O5", "O6", "O7", "O8"];
        let present = codes("place-fortress+ostrom-eight", Status::Present);
        assert_eq!(present.iter().filter(|code| code.starts_with('O')).copied().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_talking_shop_decides_and_binds_nobody() {
        let all = found("place-talking-shop");
        let governance = all.iter().find(|principle| principle.code == "KF4").unwrap();
        assert_eq!(governance.status, Status::Partly);
        assert_eq!(governance.reason, "they decide together, but nothing is ceded and nobody is bound");
    }

    #[test]
    fn where_one_decides_alone_the_others_have_no_say() {
        let all = found("place-fortress+merger");
        let status = |code: &str| all.iter().find(|principle| principle.code == code).unwrap().status;
        assert_eq!((status("KF4"), status("O3")), (Status::Partly, Status::Absent));
    }

    #[test]
    fn what_does_not_reach_those_outside_is_there_in_part() {
        let partly = codes("place-fortress+commissioning-few-large", Status::Partly);
        assert_eq!(partly, ["KF7", "KF10", "O2B", "O4A"]);
    }

    #[test]
    fn partners_who_do_nothing_together_are_there_in_part() {
        assert!(codes("place-sword", Status::Partly).contains(&"KF2"));
        assert!(codes("place-talking-shop", Status::Present).contains(&"KF2"));
    }

    #[test]
    fn a_placebo_is_absent_and_a_weak_rule_partly_present() {
        let mut file = Scenario::load(&BUNDLED, "place-fortress+ostrom-eight").unwrap().file;
        if let (Some(mediation), Some(boundary)) = (&mut file.rules.mediation, &mut file.rules.boundary) {
            mediation.placebo = true;
            boundary.strength = 0.5;
        }
        let status =
            |code: &str| principles(&file).into_iter().find(|principle| principle.code == code).unwrap().status;
        assert_eq!((status("O6"), status("O1B")), (Status::Absent, Status::Partly));
    }
}
