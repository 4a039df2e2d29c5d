//! From a scenario file to a setup: names become positions, kinds become providers, and what no range can catch is checked.

mod assemble;
mod check;
mod loops;

use super::deal;
use super::file::{Behaviours, File, Kind, Need, Series, Substitute};
use super::text::{Document, Fault};
use crate::model::behaviour::{Behaviour, MOST_ACTIONS};
use crate::model::need;
use crate::model::pool::Claimant;
use crate::model::setup::{Cost, KindParts, Listing, Misfit, Setup, Use};
use crate::model::substitute;
use crate::model::upstream::Prevents;
use std::sync::Arc;

/// The setup of a file, or every fault that makes it impossible.
pub(super) fn setup(file: &File, document: &Document) -> Result<Setup, Vec<Fault>> {
    let (file, listing) = &by_name(file);
    let mut builder = Builder { file, document, faults: Vec::new() };
    builder.check();
    let kinds: Vec<KindParts> = builder.kinds();
    if !builder.faults.is_empty() {
        return Err(builder.faults);
    }
    let fault = |misfit: Misfit| document.fault(&misfit.place.replacen("kinds.", "providers.", 1), misfit.problem);
    assemble::setup(file, kinds, listing.clone()).map_err(|misfits| misfits.into_iter().map(fault).collect())
}

/// The same file with kinds and pools in the order of their names, and the order in which it lists them. Runs go by the names: in
/// sums the order changes the last bit, and in a tie a bit decides, so that otherwise it would matter what a file lists first.
fn by_name(file: &File) -> (File, Listing) {
    let mut sorted = file.clone();
    sorted.providers.sort_unstable_keys();
    sorted.pools.sort_unstable_keys();
    let listing = Listing {
        kinds: file.providers.keys().filter_map(|name| sorted.providers.get_index_of(name)).collect(),
        pools: file.pools.keys().filter_map(|name| sorted.pools.get_index_of(name)).collect(),
    };
    (sorted, listing)
}

struct Builder<'a> {
    file: &'a File,
    document: &'a Document,
    faults: Vec<Fault>,
}

impl Builder<'_> {
    fn fault(&mut self, place: &str, problem: impl Into<String>) {
        self.faults.push(self.document.fault(place, problem));
    }

    /// Looks up a pool that a place names, or records the fault.
    fn find_pool(&mut self, place: &str, name: &str) -> Option<usize> {
        let found = self.file.pools.get_index_of(name);
        if found.is_none() {
            let problem = unknown("pool", name, self.file.pools.keys());
            self.fault(place, problem);
        }
        found
    }

    /// Looks up a kind that a place names, or records the fault.
    fn find_kind(&mut self, place: &str, name: &str) -> Option<usize> {
        let found = self.file.providers.get_index_of(name);
        if found.is_none() {
            let problem = unknown("kind of provider", name, self.file.providers.keys());
            self.fault(place, problem);
        }
        found
    }

    fn kinds(&mut self) -> Vec<KindParts> {
        let file = self.file;
        let kinds: Vec<KindParts> = file.providers.iter().map(|(name, kind)| self.kind(name, kind)).collect();
        self.check_peers();
        self.check_prevention();
        self.check_loops(&kinds);
        kinds
    }

    fn kind(&mut self, name: &str, kind: &Kind) -> KindParts {
        let place = format!("providers.{name}");
        for pool in kind.uses.keys() {
            self.find_pool(&format!("{place}.uses.{pool}"), pool);
        }
        let paid_from = kind.paid_from.as_ref().and_then(|pool| self.find_pool(&format!("{place}.paid_from"), pool));
        if kind.purse.is_some() && kind.payment.is_none() {
            self.fault(
                &format!("{place}.purse"),
                "a `purse` without a `payment`: it would have nothing to spend".to_owned(),
            );
        }
        self.check_mixture(&place, &kind.behaviour);
        let (levels, upstream) = self.choices(&place, kind);
        let position = |pool: &String| self.file.pools.get_index_of(pool);
        let uses = kind.uses.iter().filter_map(|(pool, amount)| Some(Use { pool: position(pool)?, amount: amount.0 }));
        KindParts {
            name: name.to_owned(),
            total_size: kind.size,
            behaviours: deal::behaviours(&kind.behaviour, kind.count as usize),
            plan: kind.plan,
            start: kind.start.unwrap_or(kind.plan),
            uses: uses.filter(|uses| uses.amount > 0.0).collect(),
            claimant: Claimant { priority: kind.priority, strength: kind.strength },
            cost: Cost {
                per_effort: kind.cost.per_effort,
                fixed: kind.cost.fixed,
                convex: kind.cost.convex,
                change_per_year: kind.cost.change_per_year,
                scarcity: kind.cost.scarcity,
            },
            motivation: kind.motivation,
            worth: kind.worth,
            reviews: kind.reviews,
            norm: kind.norm,
            sanctioning: kind.sanctioning.unwrap_or_default(),
            partner: kind.partner,
            payment: kind.payment.clone(),
            then: kind.then.clone(),
            bonus: kind.bonus.clone(),
            purse: kind.purse,
            paid_from,
            paid_by: kind.paid_by.as_ref().and_then(|payer| self.file.providers.get_index_of(payer)),
            need: kind.need.as_ref().map(|need| self.need(&place, need)),
            prevents: self.prevents(&place, kind),
            spread: kind.spread.unwrap_or_default(),
            levels,
            upstream,
        }
    }

    /// Whose need its upstream work prevents.
    fn prevents(&mut self, place: &str, kind: &Kind) -> Vec<Prevents> {
        let mut all = Vec::new();
        for (of, most) in &kind.prevents {
            let at = format!("{place}.prevents.{of}");
            let Some(position) = self.find_kind(&at, of) else { continue };
            if self.file.providers[position].need.is_none() {
                self.fault(&at, format!("`{of}` has no `need`, so that nothing of it can be prevented"));
            }
            all.push(Prevents { of: position, most: most.0 });
        }
        if !all.is_empty() && self.file.upstream.is_none() {
            let problem = "without `upstream` in the scenario nothing says how upstream work builds up";
            self.fault(&format!("{place}.prevents"), problem);
        }
        all
    }

    /// Levels and upstream shares to choose from, in ascending order.
    fn choices(&mut self, place: &str, kind: &Kind) -> (Vec<f64>, Vec<f64>) {
        let (mut levels, mut upstream) = (kind.levels.values(), kind.upstream.values());
        levels.sort_by(f64::total_cmp);
        upstream.sort_by(f64::total_cmp);
        if upstream.iter().any(|share| *share > 1.0) {
            self.fault(&format!("{place}.upstream"), "a share of upstream work above 1; shares run from 0 to 1");
        }
        let refer = kind.need.as_ref().and_then(|need| need.substitute.as_ref()).map(|form| form.refer.values().len());
        let count = levels.len() * upstream.len() * refer.unwrap_or(1);
        if count > MOST_ACTIONS {
            let referred = refer.map_or_else(String::new, |refer| format!(" × {refer} shares to refer"));
            let problem = format!(
                "{} levels × {} upstream shares{referred} make {count} actions; {MOST_ACTIONS} are the most",
                levels.len(),
                upstream.len()
            );
            self.fault(&format!("{place}.levels"), problem);
        }
        (levels, upstream)
    }

    fn need(&mut self, place: &str, need: &Need) -> need::Need {
        let mut spilled = 0.0;
        let mut spills = Vec::new();
        for (to, spill) in &need.spills {
            spilled += spill.share;
            let at = format!("{place}.need.spills.{to}");
            let Some(position) = self.find_kind(&at, to) else { continue };
            if self.file.providers[position].need.is_none() {
                self.fault(&at, format!("`{to}` has no `need`, so that nothing can fall on it"));
            }
            spills.push(need::Spill { to: position, share: spill.share, becomes: spill.becomes });
        }
        let shares = need.waits + spilled;
        if shares > 1.0 + 1e-9 {
            let problem = format!("`waits` and `spills` together take {shares} of the unmet need; 1 is all there is");
            self.fault(&format!("{place}.need"), problem);
        }
        need::Need {
            expected: expected(need, self.file.time.steps, self.file.time.steps_per_year),
            noise: need.noise,
            persistence: need.persistence,
            waits: need.waits,
            spills,
            induced: need.induced,
            relief: need.relief,
            urgent: need.urgent,
            substitute: need.substitute.as_ref().and_then(|form| self.substitute(place, form)),
        }
    }

    /// Which kind may meet a part of a need, and what of it may be referred, in ascending order.
    fn substitute(&mut self, place: &str, form: &Substitute) -> Option<substitute::Substitute> {
        let at = format!("{place}.need.substitute");
        let by = self.find_kind(&format!("{at}.by"), &form.by)?;
        if self.file.providers[by].need.is_none() {
            self.fault(
                &format!("{at}.by"),
                format!("`{}` has no `need`, so that nothing can be referred to it", form.by),
            );
        }
        if place == format!("providers.{}", form.by) {
            self.fault(&format!("{at}.by"), "a kind cannot refer its need to itself");
        }
        let mut refer = form.refer.values();
        refer.sort_by(f64::total_cmp);
        if refer.iter().any(|share| *share > 1.0) {
            self.fault(&format!("{at}.refer"), "more is referred than can be met there; shares run from 0 to 1");
        }
        if form.follows + form.keeps > 1.0 + 1e-9 {
            let problem =
                format!("`follows` and `keeps` together are {}; 1 is all that is paid", form.follows + form.keeps);
            self.fault(&at, problem);
        }
        let Substitute { share, cost, worth, care, follows, keeps, .. } = *form;
        Some(substitute::Substitute { by, share, cost, worth, care, follows, keeps, refer })
    }
}

/// ``there is no pool `mony`; did you mean `money`?``
pub(super) fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a String>) -> String {
    let known: Vec<&String> = known.collect();
    let near = known.iter().max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
    match near {
        Some(near) if strsim::jaro_winkler(near, name) > 0.8 => {
            format!("there is no {what} `{name}`; did you mean `{near}`?")
        }
        _ => {
            let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("there is no {what} `{name}`; there are {}", list.join(", "))
        }
    }
}

fn behaviours(all: &Behaviours) -> Vec<&Behaviour> {
    match all {
        Behaviours::One(one) => vec![chosen(one)],
        Behaviours::Mixed(parts) => parts.iter().map(|part| chosen(&part.behaviour)).collect(),
    }
}

/// How a provider chooses where nobody plays for it.
fn chosen(behaviour: &Behaviour) -> &Behaviour {
    match behaviour {
        Behaviour::Played(played) => played.otherwise.as_deref().unwrap_or(behaviour),
        _ => behaviour,
    }
}

/// Expected need in each step: level × growth × season.
fn expected(need: &Need, steps: u32, steps_per_year: f64) -> Arc<[f64]> {
    (0..steps)
        .map(|step| {
            let level = match &need.level {
                Series::Number(level) => *level,
                Series::List(list) => list.get(step as usize).copied().unwrap_or(0.0),
                Series::Column(_) => 0.0,
            };
            let season = match need.season.len() {
                0 => 1.0,
                length => need.season[step as usize % length],
            };
            level * season * libm::pow(1.0 + need.trend, f64::from(step) / steps_per_year)
        })
        .collect()
}
