//! Shares of a mixture: where one of them is varied, the rest are scaled so that all add up to one.

use super::{Parameter, fault};
use crate::scenario::text::{Document, Fault};
use serde_json::Value;

/// A list of parts with a share each, of which some are varied.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::experiment) struct Mixture {
    /// Where the list stands.
    list: String,
    members: Vec<Member>,
}

#[derive(Clone, Debug, PartialEq)]
struct Member {
    pointer: String,
    /// The share that is written.
    written: f64,
    /// Which parameter varies it.
    varied: Option<usize>,
}

/// What shares may exceed one by, as rounding makes them.
const ROUNDING: f64 = 1e-9;

/// A share in a list of parts that have one each.
pub(super) struct Part<'a> {
    /// Where the list stands.
    pub(super) list: &'a str,
    /// The parts.
    pub(super) items: &'a [Value],
    /// Which of them it is.
    pub(super) item: usize,
}

/// What a pointer such as `/providers/herder/behaviour/0/share` leads into; `None` where that is no mixture.
pub(super) fn in_mixture<'a>(document: &'a Document, pointer: &'a str) -> Option<Part<'a>> {
    let (list, item) = pointer.strip_suffix("/share")?.rsplit_once('/')?;
    let items = document.value().pointer(list)?.as_array()?;
    let all_have = items.iter().all(|item| item.get("share").is_some_and(Value::is_number));
    let item = item.parse().ok().filter(|item| *item < items.len())?;
    (all_have && items.len() > 1).then_some(Part { list, items, item })
}

/// The mixtures in which some shares are varied and others are not.
pub(in crate::experiment) fn mixtures(document: &Document, parameters: &[Parameter]) -> Vec<Mixture> {
    let mut found: Vec<Mixture> = Vec::new();
    for (number, parameter) in parameters.iter().enumerate() {
        for place in parameter.places(document) {
            let Some(Part { list, items, item }) = in_mixture(document, &place) else { continue };
            if !found.iter().any(|known| known.list == list) {
                found.push(Mixture::of(list, items));
            }
            if let Some(mixture) = found.iter_mut().find(|known| known.list == list) {
                mixture.members[item].varied = Some(number);
            }
        }
    }
    found.retain(|mixture| mixture.members.iter().any(|member| member.varied.is_none()));
    found
}

impl Mixture {
    fn of(list: &str, items: &[Value]) -> Self {
        let member = |(number, item): (usize, &Value)| Member {
            pointer: format!("{list}/{number}/share"),
            written: item["share"].as_f64().unwrap_or(0.0),
            varied: None,
        };
        Self { list: list.to_owned(), members: items.iter().enumerate().map(member).collect() }
    }

    /// Where it stands.
    pub(in crate::experiment) fn place(&self) -> &str {
        &self.list
    }

    /// The shares that are not varied, scaled to what is left of one; evenly where all of them are 0.
    ///
    /// # Errors
    /// Those that are varied add up to more than one.
    pub(super) fn rest(&self, parameters: &[Parameter], point: &[f64]) -> Result<Vec<(String, Value)>, Fault> {
        let value =
            |member: &Member| member.varied.map(|number| parameters[number].number(point[number], member.written));
        let varied: f64 = self.members.iter().filter_map(value).sum();
        if varied > 1.0 + ROUNDING {
            let problem = format!(
                "the shares that are varied add up to {varied}; 1 is the most, so leave such cells out with --where"
            );
            return Err(fault(&self.list, problem));
        }
        let others = || self.members.iter().filter(|member| member.varied.is_none());
        let (left, written): (f64, f64) = ((1.0 - varied).max(0.0), others().map(|member| member.written).sum());
        let count = others().count() as f64;
        let share = |member: &Member| if written > 0.0 { left * member.written / written } else { left / count };
        Ok(others().map(|member| (member.pointer.clone(), Parameter::json(share(member)))).collect())
    }
}
