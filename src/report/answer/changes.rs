//! What changes for each kind of provider between two designs, from and to, as a chart draws it.

use serde::{Deserialize, Serialize};

use super::super::phrase::{capitalised, list};
use super::fact::Judged;
use super::numbers::Style;
use super::view::View;
use crate::model::measure::words;

/// One measure of every kind of provider, with both designs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// What it shows, as a sentence.
    pub title: String,
    /// The same in numbers, for whoever cannot see it.
    pub description: String,
    /// The two designs.
    pub designs: [String; 2],
    /// Whether the numbers are per cent.
    pub percent: bool,
    /// A kind a row, in the order of the first design's numbers.
    pub bars: Vec<Bar>,
}

/// What changes for a kind of provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The kind.
    pub label: String,
    /// With the first design.
    pub from: f64,
    /// With the other.
    pub to: f64,
    /// The change in words: "96% to 84%".
    pub words: String,
    /// What it means for the kind.
    pub judged: Judged,
}

/// Of two designs with several kinds of provider: the need met of each, or the yield where there is no need.
pub(super) fn changes(view: &View) -> Option<Changes> {
    if view.designs() != 2 {
        return None;
    }
    let (key, name) = [("need_met", "need met"), ("yield", "yield per unit of effort")]
        .into_iter()
        .find(|(key, _)| view.by_kind(1, key).len() > 1)?;
    let mut facts = view.by_kind(1, key);
    facts.sort_by(|(_, one), (_, other)| other.from.total_cmp(&one.from));
    let style = facts.first().map(|(_, fact)| Style::of(fact.measure, ""))?;
    let percent = style == Style::Percent;
    let scale = if percent { 100.0 } else { 1.0 };
    let bars: Vec<Bar> = facts
        .iter()
        .map(|(kind, fact)| {
            let (from, to) = style.pair(fact.from, fact.to);
            Bar {
                label: capitalised(&words(kind)),
                from: fact.from * scale,
                to: fact.to * scale,
                words: format!("{from} to {to}"),
                judged: fact.judged,
            }
        })
        .collect();
    let number = |judged: Judged| bars.iter().filter(|bar| bar.judged == judged).count();
    let (better, worse) = (number(Judged::Better), number(Judged::Worse));
    let each: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.label, bar.words)).collect();
    let name = capitalised(name);
    Some(Changes {
        title: format!("{name} rises for {better} and falls for {worse} of {} kinds", bars.len()),
        description: format!("{name}, {} to {}: {}.", view.names.name(0), view.names.name(1), list(&each)),
        designs: [view.names.name(0).to_owned(), view.names.name(1).to_owned()],
        percent,
        bars,
    })
}
