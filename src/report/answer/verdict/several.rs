//! The verdict on several designs: Better, Worse, Depends.

use super::super::super::phrase::list;
use super::super::fact::{Fact, Judged, matters};
use super::super::topics::{Group, Topic};
use super::super::view::View;
use super::{Line, assumptions, groups, phrase};

/// How many facts stand in a row, at most.
const MOST_BETTER: usize = 2;
const MOST_WORSE: usize = 3;
/// Letters of a row, which are two lines of a terminal; a fact that goes beyond gives way.
const LONGEST: usize = 138;

pub(super) fn lines(view: &View) -> Vec<Line> {
    let better = weightiest(view, Judged::Better, MOST_BETTER);
    let worse = weightiest(view, Judged::Worse, MOST_WORSE);
    let text =
        |facts: &[(&Topic, Vec<Fact>)], none: &str| if facts.is_empty() { none.to_owned() } else { row(view, facts) };
    vec![
        Line::new("Better", text(&better, "Nothing that matters.")),
        Line::new("Worse", text(&worse, "Nothing that was measured.")),
        Line::new("Depends", depends(view, &better, &worse)),
    ]
}

/// The measures in which some design is judged so, without those that say nearly the same; the weightiest first, people before
/// all else where something gets worse.
fn weightiest<'v, 'a>(view: &'v View<'a>, judged: Judged, most: usize) -> Vec<(&'v Topic, Vec<Fact<'a>>)> {
    let mut all: Vec<(&Topic, Vec<Fact>)> = Vec::new();
    for topic in &view.topics {
        let facts: Vec<Fact> = view.facts(&topic.key).into_iter().filter(|fact| fact.judged == judged).collect();
        let said = all.iter().any(|(before, _)| topic.repeats.as_ref() == Some(&before.key));
        if !facts.is_empty() && !said {
            all.push((topic, facts));
        }
    }
    let weight = |facts: &[Fact]| facts.iter().map(Fact::weight).fold(0.0, f64::max);
    let first = |topic: &Topic| usize::from(!(judged == Judged::Worse && topic.group == Group::People));
    all.sort_by(|(one, a), (other, b)| first(one).cmp(&first(other)).then(weight(b).total_cmp(&weight(a))));
    all.truncate(most);
    all
}

/// As many facts as fit in a row, one at least.
fn row(view: &View, facts: &[(&Topic, Vec<Fact>)]) -> String {
    let mut row = String::new();
    let mut before: Vec<usize> = Vec::new();
    for (topic, facts) in facts {
        let designs: Vec<usize> = facts.iter().map(|fact| fact.design).collect();
        let whose = if before == designs { "the same".to_owned() } else { whose(view, &designs) };
        let next = said(view, topic, facts, &whose);
        if row.is_empty() {
            row = next;
        } else if row.chars().count() + next.chars().count() < LONGEST {
            row = format!("{row}; {next}");
        } else {
            break;
        }
        before = designs;
    }
    row + "."
}

/// Some of the designs that are compared, in as few words as name them: "all", "all but sword", "block and based".
fn whose(view: &View, designs: &[usize]) -> String {
    let others: Vec<usize> = view.others().collect();
    let left_out: Vec<&usize> = others.iter().filter(|design| !designs.contains(design)).collect();
    match left_out.as_slice() {
        [] if others.len() > 1 => "all".to_owned(),
        [one] if others.len() > 3 => format!("all but {}", view.names.name(**one)),
        _ => list(&designs.iter().map(|design| view.names.name(*design).to_owned()).collect::<Vec<_>>()),
    }
}

/// A measure with the designs that are judged alike in it.
fn said(view: &View, topic: &Topic, facts: &[Fact], whose: &str) -> String {
    if view.designs() == 2 {
        return facts.first().map_or_else(String::new, |fact| phrase(view, topic, fact));
    }
    let Some(first) = facts.first() else { return String::new() };
    let to: Vec<f64> = facts.iter().map(|fact| fact.to).collect();
    let from = topic.style.pair(first.from, first.to).0;
    format!("{} {from} to {} with {whose}", topic.subject, topic.style.range(&to))
}

fn depends(view: &View, better: &[(&Topic, Vec<Fact>)], worse: &[(&Topic, Vec<Fact>)]) -> String {
    let of = |facts: &[(&Topic, Vec<Fact>)]| facts.iter().map(|(topic, _)| topic.group).collect::<Vec<_>>();
    let (gains, losses) = (of(better), of(worse));
    let only_lost: Vec<Group> = losses.iter().copied().filter(|group| !gains.contains(group)).collect();
    let choice = match view.designs() {
        2 if better.is_empty() || worse.is_empty() => String::new(),
        2 if only_lost.is_empty() => "On which of these counts more. ".to_owned(),
        2 => format!("On what counts more: {}, or {}. ", groups(&gains), groups(&only_lost)),
        _ => winners(view),
    };
    format!("{choice}Not on luck; {}.", assumptions(view))
}

/// "No design wins on all: fortress for people, block for money, based for trust. "
fn winners(view: &View) -> String {
    let mut named: Vec<(String, Vec<&'static str>)> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    // Where there is need, what is left of the pool is a means.
    let has_need = view.topics.iter().any(|topic| topic.key == "need_met");
    for topic in view.topics.iter().filter(|topic| !(has_need && topic.group == Group::Pool)) {
        if groups.contains(&topic.group) {
            continue;
        }
        let Some(winner) = winner(view, topic) else { continue };
        groups.push(topic.group);
        let name = view.names.name(winner).to_owned();
        match named.iter_mut().find(|(known, _)| *known == name) {
            Some((_, groups)) => groups.push(topic.group.whom()),
            None => named.push((name, vec![topic.group.whom()])),
        }
    }
    let each = |(name, whom): &(String, Vec<&str>)| {
        format!("{name} for {}", list(&whom.iter().map(|whom| (*whom).to_owned()).collect::<Vec<_>>()))
    };
    match named.as_slice() {
        [] => String::new(),
        [(name, whom)] => {
            format!("{name} is ahead for {}. ", list(&whom.iter().map(|whom| (*whom).to_owned()).collect::<Vec<_>>()))
        }
        many => format!("No design wins on all: {}. ", many.iter().map(each).collect::<Vec<_>>().join(", ")),
    }
}

/// The design that is ahead, or the first where none is ahead of it by what matters; `None` where all are level.
fn winner(view: &View, topic: &Topic) -> Option<usize> {
    let measure = view.measure(&topic.key)?;
    let mut ranked: Vec<(usize, f64, f64)> = Vec::new();
    for design in view.order.iter().copied() {
        let mean = view.mean(design, &topic.key)?;
        ranked.push((design, measure.good(mean)?, mean));
    }
    ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
    let (best, last) = (ranked.first()?, ranked.last()?);
    let limit = matters(measure, best.2);
    let level: Vec<usize> = ranked.iter().filter(|one| best.1 - one.1 < limit).map(|one| one.0).collect();
    match level.as_slice() {
        _ if best.1 - last.1 < limit => None,
        some if some.contains(&0) => Some(0),
        [only] => Some(*only),
        _ => None,
    }
}
