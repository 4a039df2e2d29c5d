//! Checks of a scenario file that no range can make: names that name nothing, counts and steps that do not fit.

use super::{Builder, behaviours};
use crate::model::behaviour::{Behaviour, Peers};
use crate::model::pool::{Loss, Pool};
use crate::model::rule::Decision;
use crate::model::shock::Shock;
use crate::scenario::file::{Behaviours, Kind};
use crate::scenario::payments;

/// The most providers in one scenario.
const MOST_PROVIDERS: u64 = 1_000_000;

impl Builder<'_> {
    /// Finds every fault that can be told before kinds become providers.
    pub(super) fn check(&mut self) {
        let file = self.file;
        let count: u64 = file.providers.values().map(|kind| u64::from(kind.count)).sum();
        if count > MOST_PROVIDERS {
            self.fault("providers", format!("{count} providers are too many; {MOST_PROVIDERS} are the most"));
        }
        let time = &file.time;
        if time.warm_up >= time.steps {
            let (warm_up, most) = (time.warm_up, time.steps.saturating_sub(1));
            self.fault(
                "time.warm_up",
                format!("{warm_up} leaves no step to measure; at most {most} in a run of so many steps"),
            );
        }
        self.check_pools();
        self.check_shocks();
        self.check_rules();
        self.faults.extend(payments::check(file, self.document));
    }

    fn check_pools(&mut self) {
        let file = self.file;
        if !file.pools.values().any(Pool::renews_itself) {
            self.fault("pools", "no pool renews itself; at least one needs a growth other than `allocation`");
        }
        for (name, pool) in &file.pools {
            if let Loss::Claim(units) = pool.loses
                && units > 0.0
                && pool.production.is_some()
            {
                self.fault(
                    &format!("pools.{name}.loses"),
                    "`claim` counts effort in units of the stock; with a `production` say `yield` or `effort`",
                );
            }
        }
        if let Some(outside) = &file.outside {
            self.find_pool("outside.pool", &outside.pool);
        }
    }

    fn check_shocks(&mut self) {
        let file = self.file;
        for (name, shock) in &file.shocks {
            let (pool, kinds) = shock.names();
            if let Some(pool) = pool {
                self.find_pool(&format!("shocks.{name}"), pool);
            }
            for kind in kinds {
                self.find_kind(&format!("shocks.{name}"), kind);
            }
            if let Some(at) = shock.at().filter(|at| *at >= file.time.steps) {
                let problem = format!("step {at} never comes: the run ends with step {}", file.time.steps - 1);
                self.fault(&format!("shocks.{name}"), problem);
            }
            if matches!(shock, Shock::NewEntrant(_)) && file.outside.is_none() {
                self.fault(
                    &format!("shocks.{name}"),
                    "a new entrant needs `outside` in the scenario, to say which pool it uses",
                );
            }
        }
    }

    /// The shares of a mixture of behaviours make a whole.
    pub(super) fn check_mixture(&mut self, place: &str, behaviour: &Behaviours) {
        if let Behaviours::Mixed(parts) = behaviour {
            let total: f64 = parts.iter().map(|part| part.share).sum();
            if libm::fabs(total - 1.0) > 1e-6 {
                self.fault(&format!("{place}.behaviour"), format!("the shares sum to {total}; they must sum to 1"));
            }
        }
    }

    fn check_rules(&mut self) {
        let file = self.file;
        for (name, rule) in file.rules.present() {
            if let Some(pool) = &rule.terms().cost.from {
                self.find_pool(&format!("rules.{}.cost.from", name.key()), pool);
            }
            let clock = rule.terms().clock;
            if let Some(until) = clock.until.filter(|_| !clock.ever()) {
                let problem = format!("it would end with step {until}, before it begins with step {}", clock.from);
                self.fault(&format!("rules.{}.until", name.key()), problem);
            }
        }
        if let Some(rule) = &file.rules.collective_choice
            && let Decision::OneDecider { kind } = &rule.decision
        {
            self.check_seat("rules.collective_choice.decision.one_decider.kind", kind);
        }
        if let Some(rule) = &file.rules.partners {
            for (index, kind) in rule.kinds.iter().enumerate() {
                self.find_kind(&format!("rules.partners.kinds[{index}]"), kind);
            }
        }
        for (name, group) in file.rules.nested_groups.iter().flat_map(|rule| &rule.groups) {
            for (index, kind) in group.kinds.iter().enumerate() {
                self.find_kind(&format!("rules.nested_groups.groups.{name}.kinds[{index}]"), kind);
            }
        }
    }

    /// Whoever decides alone needs a seat at the table, or nothing would ever be decided.
    fn check_seat(&mut self, place: &str, kind: &str) {
        let Some(position) = self.find_kind(place, kind) else { return };
        let by_itself = self.file.providers[position].partner;
        let partners = self.file.rules.partners.as_ref();
        let strength = partners.map_or(0.0, |rule| if rule.placebo { 0.0 } else { rule.strength });
        let listed = partners.is_some_and(|rule| rule.kinds.iter().any(|name| name == kind));
        let has_seat = (by_itself && strength < 1.0) || (listed && strength > 0.0);
        if !has_seat {
            let way_out = if strength > 0.0 {
                "name it among `rules.partners.kinds`".to_owned()
            } else {
                format!("say `\"partner\": true` under `providers.{kind}`")
            };
            let problem = format!(
                "`{kind}` has no seat at the table, so that nothing would ever be decided; {way_out}, or let another kind decide"
            );
            self.fault(place, problem);
        }
    }

    /// No more than all of a need can be prevented.
    pub(super) fn check_prevention(&mut self) {
        let file = self.file;
        let Some(upstream) = &file.upstream else { return };
        for (name, kind) in &file.providers {
            let Some(need) = &kind.need else { continue };
            let others = file.providers.values().filter_map(|other| other.prevents.get(name)).map(|most| most.0);
            let most = upstream.most * need.relief + others.sum::<f64>();
            if most > 1.0 + 1e-9 {
                let problem = format!(
                    "upstream work could prevent {most} of it: `upstream.most` × `relief` and what kinds that name `{name}` under `prevents` add; 1 is all there is"
                );
                self.fault(&format!("providers.{name}.need"), problem);
            }
        }
    }

    /// Whoever imitates all needs the same choices as all.
    pub(super) fn check_peers(&mut self) {
        let refer = |kind: &Kind| Some(kind.need.as_ref()?.substitute.as_ref()?.refer.values());
        let choices = |kind: &Kind| (kind.levels.values(), kind.upstream.values(), refer(kind));
        let mut all = self.file.providers.values().map(choices);
        let first = all.next();
        let alike = all.all(|other| Some(other) == first);
        for (name, kind) in &self.file.providers {
            let imitates_all = behaviours(&kind.behaviour)
                .iter()
                .any(|behaviour| matches!(behaviour, Behaviour::Imitator(imitator) if imitator.peers == Peers::All));
            if imitates_all && !alike {
                let problem = "imitators of `all` need all kinds to have the same `levels`, `upstream` and shares to `refer`; or let them imitate their `kind`";
                self.fault(&format!("providers.{name}.behaviour"), problem);
            }
        }
    }
}
