//! Conditions between numbers of a scenario, as `/a < /b` or `/a + /b <= 1`: cells that do not meet them are left out.

use super::{Parameter, Values, Vary, fault, number_at, own_changes, within};
use crate::experiment::formula::Formula;
use crate::scenario::Scenario;
use crate::scenario::text::Fault;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::str::FromStr;

/// A condition that every cell is to meet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition {
    text: String,
    sides: [Formula; 2],
    sign: Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

const FORM: &str =
    "write two sides with <, <=, > or >= between them, pointers with blanks around them: '/a < /b', '/a + /b <= 1'";

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let marked = in_braces(text);
        let Some(at) = outside_braces(&marked).find(|(_, letter)| "<>".contains(*letter)).map(|(at, _)| at) else {
            return Err(format!("`{text}` compares nothing; {FORM}"));
        };
        let (left, rest) = (&marked[..at], &marked[at + 1..]);
        let (or_equal, right) = rest.strip_prefix('=').map_or((false, rest), |right| (true, right));
        let sign = match (marked.as_bytes()[at], or_equal) {
            (b'<', false) => Sign::Less,
            (b'<', true) => Sign::LessOrEqual,
            (_, false) => Sign::More,
            (_, true) => Sign::MoreOrEqual,
        };
        let side = |side: &str| side.parse::<Formula>().map_err(|problem| format!("`{text}`: {problem}; {FORM}"));
        let sides = [side(left)?, side(right)?];
        if sides.iter().all(|side| side.names.is_empty()) {
            return Err(format!("`{text}` names no number of the scenario; {FORM}"));
        }
        Ok(Self { text: text.trim().to_owned(), sides, sign })
    }
}

impl TryFrom<String> for Condition {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.text
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Condition {
    /// Pointers to nothing, to several things, or to no number.
    pub(in crate::experiment) fn faults(&self, scenario: &Scenario, varied: &[Vary]) -> Vec<Fault> {
        let document = scenario.document();
        let varied = varied.iter().flat_map(|vary| vary.places(document).into_iter().map(move |place| (place, vary)));
        let varied: Vec<(String, &Vary)> = varied.collect();
        let problem = |pointer: &String| {
            if pointer.split('/').any(|token| token == "*") {
                return Some(format!("`{pointer}` names several numbers; name one, without `*`"));
            }
            // A number in a part that is varied need not be there before, and not in every part.
            let inside = varied.iter().find_map(|(place, vary)| Some((within(pointer, place)?, &vary.values)));
            if let Some((inside, Values::Levels(levels))) = inside {
                let is_number = levels.iter().any(|level| level.number(inside).is_some());
                return (!is_number).then(|| format!("`{pointer}` is a number in none of the values that are tried"));
            }
            match document.value().pointer(pointer) {
                Some(value) if value.is_number() => None,
                Some(_) => Some(format!("`{pointer}` is no number")),
                None => Some(document.with(pointer, Value::Null).err().map_or_else(
                    || format!("`{pointer}` leads nowhere"),
                    |fault| format!("`{pointer}`: {}", fault.problem),
                )),
            }
        };
        let names = self.sides.iter().flat_map(|side| &side.names);
        names.filter_map(problem).map(|problem| fault(&format!("--where {}", self.text), problem)).collect()
    }

    /// Whether a cell meets it. One that has not all of its numbers, as of a part that it does not have, does.
    pub(in crate::experiment) fn holds(&self, scenario: &Scenario, changes: &[(String, Value)]) -> bool {
        let side = |formula: &Formula| -> Option<f64> {
            let numbers: Option<Vec<f64>> =
                formula.names.iter().map(|pointer| number_at(scenario, changes, pointer)).collect();
            let numbers = numbers?;
            Some(formula.value(&|name| numbers[name]))
        };
        let [Some(left), Some(right)] = [&self.sides[0], &self.sides[1]].map(side) else { return true };
        match self.sign {
            Sign::Less => left < right,
            Sign::LessOrEqual => left <= right,
            Sign::More => left > right,
            Sign::MoreOrEqual => left >= right,
        }
    }
}

/// The letters outside braces.
fn outside_braces(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0_usize;
    text.char_indices().filter(move |(_, letter)| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

/// The same with every pointer in braces: a `/` at the beginning of a word and what follows it up to a blank or a sign.
fn in_braces(text: &str) -> String {
    let mut marked = String::new();
    let (mut inside, mut given, mut before) = (false, 0_usize, ' ');
    for (at, letter) in text.char_indices() {
        let ends = letter.is_whitespace() || "<>=(),".contains(letter);
        if inside && ends {
            marked.push('}');
            inside = false;
        }
        match letter {
            '{' => given += 1,
            '}' => given = given.saturating_sub(1),
            _ => {}
        }
        let next = text[at + letter.len_utf8()..].chars().next();
        let begins = letter == '/' && !inside && given == 0 && (before.is_whitespace() || "<>=(,-+*".contains(before));
        if begins && next.is_some_and(|next| !next.is_whitespace()) {
            marked.push('{');
            inside = true;
        }
        marked.push(letter);
        before = letter;
    }
    if inside {
        marked.push('}');
    }
    marked
}

/// Whether a cell meets every condition.
pub(in crate::experiment) fn meets(
    conditions: &[Condition],
    scenario: &Scenario,
    parameters: &[Parameter],
    mixtures: &[super::Mixture],
    point: &[f64],
) -> bool {
    if conditions.is_empty() {
        return true;
    }
    let document = scenario.document();
    let changes = super::changes(document, parameters, mixtures, point)
        .unwrap_or_else(|_| own_changes(document, parameters, point));
    conditions.iter().all(|condition| condition.holds(scenario, &changes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_told_from_divisions() {
        assert_eq!(in_braces("/a/b <= /c / 2 + 1"), "{/a/b} <= {/c} / 2 + 1");
        assert_eq!(in_braces("({/a b}+/c)<1"), "({/a b}+{/c})<1");
    }

    #[test]
    fn a_condition_holds_for_what_is_changed_and_for_what_is_written() {
        let scenario = Scenario::bundled("pasture-fortress").unwrap();
        let (gain, loss) = ("/society/trust_gain", "/society/trust_loss");
        let condition: Condition = format!("{gain} < {loss}").parse().unwrap();
        let holds = |changes: &[(&str, f64)]| {
            let changes: Vec<(String, Value)> =
                changes.iter().map(|(place, value)| ((*place).to_owned(), Value::from(*value))).collect();
            condition.holds(&scenario, &changes)
        };
        assert!(holds(&[(gain, 0.1), (loss, 0.2)]) && !holds(&[(gain, 0.2), (loss, 0.2)]) && !holds(&[(gain, 0.9)]));
        assert!("2 * /society/trust_gain >= 0".parse::<Condition>().unwrap().holds(&scenario, &[]));
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in ["", "/a", "1 < 2", "/a <", "/a < /b < /c", "/a = /b", "/a + < 1"] {
            assert!(text.parse::<Condition>().is_err(), "{text}");
        }
        let scenario = Scenario::bundled("pasture-fortress").unwrap();
        for text in ["/society/trust_gian < 1", "/society < 1", "/providers/*/motivation < 1"] {
            assert_eq!(text.parse::<Condition>().unwrap().faults(&scenario, &[]).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_slip_beside_what_is_varied_is_no_condition_that_every_cell_meets() {
        let scenario = Scenario::bundled("pasture-ostrom").unwrap();
        let varied = [
            "/society/trust=0..1",
            "/rules/measures/audience=[public,monitor]",
            r#"/providers/herder/payment={"by the head":{"tariff":{"price":1}},"fixed":{"block":{"amount":1}}}"#,
        ]
        .map(|text| text.parse::<Vary>().unwrap());
        let faults = |text: &str| text.parse::<Condition>().unwrap().faults(&scenario, &varied).len();
        for text in
            ["/society/trust_gian < 1", "/rules/measures/audience < 1", "/providers/herder/payment/tarif/price < 1"]
        {
            assert_eq!(faults(text), 1, "{text}");
        }
        for text in ["/society/trust < 1", "/providers/herder/payment/block/amount < 1"] {
            assert_eq!(faults(text), 0, "{text}");
        }
    }
}
