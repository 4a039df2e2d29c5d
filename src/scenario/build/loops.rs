//! Spills that go round in a loop and come back as more than they were: need that nobody meets would grow without end.

use super::Builder;
use crate::model::setup::KindParts;

/// Rounds of spilling after which growth is measured, over as many again: enough that it no longer depends on where need began.
const ROUNDS: u32 = 2048;

/// Growth in a round that is taken for a loop that multiplies. What only adds up, step by step, grows by less so late.
const GROWTH: f64 = 1e-3;

/// Where a kind's need goes in a step if nobody meets it: to the positions of kinds, how much of each unit. What waits goes to its own kind.
type Flow = Vec<(usize, f64)>;

impl Builder<'_> {
    /// Records the loop of spills that multiplies need, if there is one.
    pub(super) fn check_loops(&mut self, kinds: &[KindParts]) {
        let may_refer = kinds.iter().any(|kind| kind.need.as_ref().is_some_and(|need| need.substitute.is_some()));
        let mut ways = std::iter::once(false).chain(may_refer.then_some(true));
        let Some(cycle) = ways.find_map(|refers| multiplying(&flows(kinds, refers))) else { return };
        let [from, to] = [cycle[0], cycle[1 % cycle.len()]];
        let names: Vec<String> = cycle.iter().chain([&from]).map(|kind| format!("`{}`", kinds[*kind].name)).collect();
        let problem = format!(
            "unmet need goes round {} and comes back as more than it was, so that need nobody meets grows without end; lower \
             `becomes`, `share` or `waits` on the way",
            names.join(" → ")
        );
        self.fault(&format!("providers.{}.need.spills.{}", kinds[from].name, kinds[to].name), problem);
    }
}

/// Where need goes if nobody refers any, or all refer as much as can be met elsewhere.
fn flows(kinds: &[KindParts], refers: bool) -> Vec<Flow> {
    let of = |(position, kind): (usize, &KindParts)| {
        let need = kind.need.as_ref()?;
        let form = need.substitute.as_ref().filter(|_| refers);
        let kept = 1.0 - form.map_or(0.0, |form| form.share);
        let spills = need.spills.iter().map(|spill| (spill.to, kept * spill.share * spill.becomes));
        let referred = form.map(|form| (form.by, form.share * form.cost));
        let all = std::iter::once((position, kept * need.waits)).chain(spills).chain(referred);
        Some(all.filter(|(_, units)| *units > 0.0).collect())
    };
    kinds.iter().enumerate().map(|pair| of(pair).unwrap_or_default()).collect()
}

/// The kinds of a loop in which need that is never met multiplies.
fn multiplying(flows: &[Flow]) -> Option<Vec<usize>> {
    let spills = |(from, flows): (usize, &Flow)| flows.iter().any(|(to, _)| *to != from);
    if !flows.iter().enumerate().any(spills) {
        return None;
    }
    // Where no unit comes back as more than one in a single round, none ever does; of most places no more need be looked at.
    if flows.iter().all(|to| to.iter().map(|(_, units)| units).sum::<f64>() <= 1.0) {
        return None;
    }
    // What a unit of unmet need of each kind comes to in so many rounds, in units of the largest.
    let mut worth = vec![1.0; flows.len()];
    let mut next = worth.clone();
    let mut growth = 0.0;
    for round in 0..2 * ROUNDS {
        for (next, to) in next.iter_mut().zip(flows) {
            *next = to.iter().map(|(to, units)| units * worth[*to]).sum();
        }
        let largest = next.iter().copied().fold(0.0, f64::max);
        if largest <= 0.0 {
            return None; // all spills end
        }
        worth.iter_mut().zip(&next).for_each(|(worth, value)| *worth = value / largest);
        growth += if round < ROUNDS { 0.0 } else { libm::log(largest) };
    }
    (growth / f64::from(ROUNDS) > GROWTH).then(|| cycle(flows, &worth))
}

/// The loop that is reached from the kind whose need comes to most by always going where it comes to most.
fn cycle(flows: &[Flow], worth: &[f64]) -> Vec<usize> {
    let mut at = (0..worth.len()).max_by(|a, b| worth[*a].total_cmp(&worth[*b])).unwrap_or(0);
    let mut way: Vec<usize> = Vec::new();
    while !way.contains(&at) {
        way.push(at);
        let comes_to = |(to, units): &&(usize, f64)| units * worth[*to];
        let others = flows[at].iter().filter(|(to, _)| *to != at);
        let Some((next, _)) = others.max_by(|a, b| comes_to(a).total_cmp(&comes_to(b))) else { break };
        at = *next;
    }
    way.iter().position(|kind| *kind == at).map_or(way.clone(), |start| way.split_off(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_that_multiplies_is_found_behind_a_long_way() {
        let flows = [vec![(1, 900.0)], vec![(2, 0.5)], vec![(1, 2.1)], vec![(3, 1.0)]];
        assert_eq!(
            multiplying(&flows).map(|mut cycle| {
                cycle.sort_unstable();
                cycle
            }),
            Some(vec![1, 2])
        );
    }

    #[test]
    fn what_comes_back_as_less_or_the_same_is_no_loop_that_multiplies() {
        assert_eq!(multiplying(&[vec![(1, 900.0)], vec![(2, 0.5)], vec![(1, 2.0)]]), None);
        assert_eq!(multiplying(&[vec![(1, 1000.0)], vec![(2, 1000.0)], vec![]]), None);
        assert_eq!(multiplying(&[vec![(0, 1.0)], vec![(1, 1.0)]]), None);
    }

    /// 0.5 ± √(1.5 · 0.25): 1.11.
    #[test]
    fn need_that_waits_meanwhile_counts() {
        let halves = |waits: f64| [vec![(0, waits), (1, 1.5)], vec![(0, 0.25), (1, waits)]];
        assert!(multiplying(&halves(0.5)).is_some());
        assert_eq!(multiplying(&halves(0.3)), None);
    }
}
