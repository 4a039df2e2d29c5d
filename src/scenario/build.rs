//! From a scenario file to a setup: names become positions, kinds become providers, and what no range can catch is checked.

use super::deal;
use super::file::{Behaviours, File, Kind, Need, Series};
use super::payments;
use super::text::{Document, Fault};
use crate::model::behaviour::{Action, Behaviour, MOST_ACTIONS, Peers};
use crate::model::dice::Stream;
use crate::model::pool::{Claimant, Loss};
use crate::model::prices::Prices;
use crate::model::rule::{Decision, Forecast, Rules};
use crate::model::setup::{self, Named, Setup};

/// The most providers in one scenario.
const MOST_PROVIDERS: u64 = 100_000;

/// The setup of a file, or every fault that makes it impossible.
pub(super) fn setup(file: &File, document: &Document) -> Result<Setup, Vec<Fault>> {
    let mut builder = Builder { file, document, faults: Vec::new() };
    builder.check();
    let kinds: Vec<setup::Kind> = builder.kinds();
    if !builder.faults.is_empty() {
        return Err(builder.faults);
    }
    Ok(builder.assemble(kinds))
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

    fn pool(&self, name: &str) -> Option<usize> {
        self.file.pools.get_index_of(name)
    }

    /// Looks up a pool that a place names, or records the fault.
    fn find_pool(&mut self, place: &str, name: &str) -> Option<usize> {
        let found = self.pool(name);
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

    fn check(&mut self) {
        let file = self.file;
        let count: u64 = file.providers.values().map(|kind| u64::from(kind.count)).sum();
        if count > MOST_PROVIDERS {
            self.fault("providers", format!("{count} providers are too many; {MOST_PROVIDERS} are the most"));
        }
        if !file.pools.values().any(crate::model::pool::Pool::renews_itself) {
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
            if matches!(shock, crate::model::shock::Shock::NewEntrant(_)) && file.outside.is_none() {
                self.fault(
                    &format!("shocks.{name}"),
                    "a new entrant needs `outside` in the scenario, to say which pool it uses",
                );
            }
        }
        self.check_rules();
        self.faults.extend(payments::check(file, self.document));
    }

    fn check_rules(&mut self) {
        let file = self.file;
        for (name, rule) in file.rules.present() {
            if let Some(pool) = &rule.terms().cost.from {
                self.find_pool(&format!("rules.{}.cost.from", name.key()), pool);
            }
        }
        if let Some(rule) = &file.rules.collective_choice
            && let Decision::OneDecider { kind } = &rule.decision
        {
            self.find_kind("rules.collective_choice.decision.one_decider.kind", kind);
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

    fn kinds(&mut self) -> Vec<setup::Kind> {
        let file = self.file;
        let mut first = 0;
        let mut kinds = Vec::new();
        for (name, kind) in &file.providers {
            let members = first..first + kind.count as usize;
            first = members.end;
            let mut kind = self.kind(name, kind, members);
            kind.prices = Prices::over_time(&kind, file.time.steps, file.time.steps_per_year);
            kinds.push(kind);
        }
        self.check_peers(&kinds);
        kinds
    }

    fn kind(&mut self, name: &str, kind: &Kind, members: std::ops::Range<usize>) -> setup::Kind {
        let place = format!("providers.{name}");
        for pool in kind.uses.keys() {
            self.find_pool(&format!("{place}.uses.{pool}"), pool);
        }
        let paid_from = kind.paid_from.as_ref().and_then(|pool| self.find_pool(&format!("{place}.paid_from"), pool));
        if let Behaviours::Mixed(parts) = &kind.behaviour {
            let total: f64 = parts.iter().map(|part| part.share).sum();
            if libm::fabs(total - 1.0) > 1e-6 {
                self.fault(&format!("{place}.behaviour"), format!("the shares sum to {total}; they must sum to 1"));
            }
        }
        let actions = self.actions(&place, kind);
        let levels = actions
            .iter()
            .fold((f64::MAX, f64::MIN), |(low, high), action| (low.min(action.level), high.max(action.level)));
        setup::Kind {
            name: name.to_owned(),
            plan: kind.plan,
            start: kind.start.unwrap_or(kind.plan),
            uses: self.file.pools.keys().map(|pool| kind.uses.get(pool).map_or(0.0, |amount| amount.0)).collect(),
            cost: setup::Cost {
                per_effort: kind.cost.per_effort,
                fixed: kind.cost.fixed,
                convex: kind.cost.convex,
                change_per_year: kind.cost.change_per_year,
            },
            motivation: kind.motivation,
            worth: kind.worth,
            norm: kind.norm,
            sanctioning: kind.sanctioning.unwrap_or_default(),
            partner: kind.partner,
            payment: kind.payment.clone(),
            then: kind.then.clone(),
            prices: Vec::new(),
            bonus: kind.bonus.clone(),
            paid_from,
            paid_by: kind.paid_by.as_ref().and_then(|payer| self.file.providers.get_index_of(payer)),
            need: kind.need.as_ref().map(|need| self.need(&place, need)),
            actions,
            levels,
            members,
            total_size: kind.size,
        }
    }

    fn actions(&mut self, place: &str, kind: &Kind) -> Vec<Action> {
        let (mut levels, mut upstream) = (kind.levels.values(), kind.upstream.values());
        levels.sort_by(f64::total_cmp);
        upstream.sort_by(f64::total_cmp);
        if upstream.iter().any(|share| *share > 1.0) {
            self.fault(&format!("{place}.upstream"), "a share of upstream work above 1; shares run from 0 to 1");
        }
        let count = levels.len() * upstream.len();
        if count > MOST_ACTIONS {
            let problem = format!(
                "{} levels × {} upstream shares make {count} actions; {MOST_ACTIONS} are the most",
                levels.len(),
                upstream.len()
            );
            self.fault(&format!("{place}.levels"), problem);
        }
        levels
            .iter()
            .flat_map(|level| upstream.iter().map(|share| Action { level: *level, upstream: *share }))
            .collect()
    }

    fn need(&mut self, place: &str, need: &Need) -> setup::Need {
        let mut shares = need.waits;
        let mut spills = Vec::new();
        for (to, spill) in &need.spills {
            shares += spill.share;
            let at = format!("{place}.need.spills.{to}");
            let Some(position) = self.find_kind(&at, to) else { continue };
            if self.file.providers[position].need.is_none() {
                self.fault(&at, format!("`{to}` has no `need`, so that nothing can fall on it"));
            }
            spills.push(setup::Spill { to: position, share: spill.share, becomes: spill.becomes });
        }
        if shares > 1.0 + 1e-9 {
            let problem = format!("`waits` and `spills` together take {shares} of the unmet need; 1 is all there is");
            self.fault(&format!("{place}.need"), problem);
        }
        setup::Need {
            expected: expected(need, self.file.time.steps, self.file.time.steps_per_year),
            noise: need.noise,
            waits: need.waits,
            spills,
            induced: need.induced,
            relief: need.relief,
        }
    }

    /// Whoever imitates all needs the same choices as all.
    fn check_peers(&mut self, kinds: &[setup::Kind]) {
        for (name, kind) in &self.file.providers {
            let imitates_all = behaviours(&kind.behaviour)
                .iter()
                .any(|behaviour| matches!(behaviour, Behaviour::Imitator(imitator) if imitator.peers == Peers::All));
            if imitates_all && kinds.iter().any(|other| other.actions != kinds[0].actions) {
                let problem = "imitators of `all` need all kinds to have the same `levels` and `upstream`; or let them imitate their `kind`";
                self.fault(&format!("providers.{name}.behaviour"), problem);
            }
        }
    }

    fn assemble(&self, kinds: Vec<setup::Kind>) -> Setup {
        let file = self.file;
        let pools: Vec<Named<_>> =
            file.pools.iter().map(|(name, pool)| Named { name: name.clone(), part: pool.clone() }).collect();
        let main_pool = pools.iter().position(|pool| pool.part.renews_itself()).unwrap_or(0);
        let providers = deal::providers(file, &kinds);
        let claimants: Vec<Claimant> = providers
            .iter()
            .map(|provider| {
                let kind = &file.providers[provider.kind];
                Claimant { priority: kind.priority, strength: kind.strength }
            })
            .chain([Claimant { priority: u32::MAX, strength: 1.0 }])
            .collect();
        let mut by_priority: Vec<usize> = (0..claimants.len()).collect();
        by_priority.sort_by_key(|position| claimants[*position].priority);
        let mut payers: Vec<usize> = kinds.iter().filter_map(|kind| kind.paid_from).collect();
        payers.sort_unstable();
        payers.dedup();
        let pool_names: Vec<&str> = file.pools.keys().map(String::as_str).collect();
        let kind_names: Vec<&str> = file.providers.keys().map(String::as_str).collect();
        let rules =
            Rules::new(file.rules.clone(), &pool_names, &kind_names, kinds.iter().map(|kind| kind.total_size).sum());
        let mut setup = Setup {
            steps: file.time.steps,
            steps_per_year: file.time.steps_per_year,
            crowded: pools.iter().any(|pool| {
                pool.part.production.as_ref().is_some_and(crate::model::production::Production::is_crowded)
            }),
            main_pool,
            payers,
            streams: streams(file, &kinds, &providers),
            responds: providers.iter().any(|provider| matches!(provider.behaviour, Behaviour::BestResponse(_))),
            imitates: providers.iter().any(|provider| matches!(provider.behaviour, Behaviour::Imitator(_))),
            has_conditional: providers.iter().any(|provider| matches!(provider.behaviour, Behaviour::Conditional(_))),
            has_need: kinds.iter().any(|kind| kind.need.is_some()),
            has_income: kinds.iter().any(|kind| kind.payment.is_some()),
            has_bonuses: kinds.iter().any(|kind| kind.bonus.is_some()),
            keeps_books: payments::look_at_books(&kinds),
            prime: payments::holder(&kinds, &providers),
            total_size: kinds.iter().map(|kind| kind.total_size).sum(),
            planned_effort: kinds.iter().map(|kind| kind.plan * kind.total_size).sum(),
            by_priority,
            claimants,
            society: file.society.clone(),
            benchmark: None,
            upstream: file.upstream.as_ref().map(|upstream| setup::Upstream {
                productivity: upstream.productivity,
                decay: upstream.decay,
                most: upstream.most,
                half: upstream.half,
            }),
            outside: file.outside.as_ref().map(|outside| setup::Outside {
                pool: self.pool(&outside.pool).unwrap_or(main_pool),
                effort: outside.effort,
                limit: outside.limit,
                price: outside.price,
                cost: outside.cost,
                entry: outside.entry,
                crossing: outside.crossing,
            }),
            rules,
            shocks: file.shocks.iter().map(|(name, shock)| Named { name: name.clone(), part: shock.clone() }).collect(),
            pools,
            kinds,
            providers,
        };
        setup.rules.forecast =
            file.rules.collective_choice.as_ref().map(|rule| Forecast::new(&setup, &rule.totals, rule.horizon));
        setup
    }
}

/// The purposes for which a draw a provider is needed in every step.
fn streams(file: &File, kinds: &[setup::Kind], providers: &[setup::Provider]) -> Vec<Stream> {
    let needed = [
        (Stream::Need, kinds.iter().any(|kind| kind.need.is_some())),
        (Stream::Choice, providers.iter().any(|provider| matches!(provider.behaviour, Behaviour::Learner(_)))),
        (Stream::Audit, file.rules.graduated_sanctions.is_some()),
        (Stream::Trust, file.society.trust_moves()),
    ];
    needed.into_iter().filter(|(_, needed)| *needed).map(|(stream, _)| stream).collect()
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
        Behaviours::One(one) => vec![one],
        Behaviours::Mixed(parts) => parts.iter().map(|part| &part.behaviour).collect(),
    }
}

/// Expected need in each step: level × growth × season.
fn expected(need: &Need, steps: u32, steps_per_year: f64) -> Vec<f64> {
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
