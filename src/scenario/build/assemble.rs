//! The setup of a file without faults: every part in its place, and what the step has to ask of them all.

use crate::model::behaviour::Behaviour;
use crate::model::dice::Stream;
use crate::model::pool::Claimant;
use crate::model::production::Production;
use crate::model::rule::{Forecast, Rules};
use crate::model::setup::{self, Named, Provider, Setup};
use crate::scenario::deal;
use crate::scenario::file::{File, Outside, Upstream};
use crate::scenario::payments;
use indexmap::IndexMap;

/// Puts together what the file says, with its kinds as they have been checked.
pub(super) fn setup(file: &File, kinds: Vec<setup::Kind>) -> Setup {
    let pools = named(&file.pools);
    let main_pool = pools.iter().position(|pool| pool.part.renews_itself()).unwrap_or(0);
    let providers = deal::providers(file, &kinds);
    let claimants = claimants(file, &providers);
    let any = |of: fn(&Behaviour) -> bool| providers.iter().any(|provider| of(&provider.behaviour));
    let mut setup = Setup {
        steps: file.time.steps,
        steps_per_year: file.time.steps_per_year,
        crowded: pools.iter().any(|pool| pool.part.production.as_ref().is_some_and(Production::is_crowded)),
        drawn_on: drawn_on(file, &kinds, main_pool),
        main_pool,
        payers: payers(&kinds),
        streams: streams(file, &kinds, &providers),
        binds: file.rules.quota.is_some() || file.rules.collective_choice.is_some(),
        responds: any(|behaviour| matches!(behaviour, Behaviour::BestResponse(_))),
        imitates: any(|behaviour| matches!(behaviour, Behaviour::Imitator(_))),
        has_conditional: any(|behaviour| matches!(behaviour, Behaviour::Conditional(_))),
        has_need: kinds.iter().any(|kind| kind.need.is_some()),
        has_income: kinds.iter().any(|kind| kind.payment.is_some()),
        has_bonuses: kinds.iter().any(|kind| kind.bonus.is_some()),
        keeps_books: payments::look_at_books(&kinds),
        prime: payments::holder(&kinds, &providers),
        total_size: kinds.iter().map(|kind| kind.total_size).sum(),
        planned_effort: kinds.iter().map(|kind| kind.plan * kind.total_size).sum(),
        by_priority: by_priority(&claimants),
        claimants,
        society: file.society.clone(),
        benchmark: None,
        upstream: file.upstream.as_ref().map(upstream),
        outside: file.outside.as_ref().map(|part| outside(part, file, main_pool)),
        rules: rules(file, &kinds),
        shocks: named(&file.shocks),
        pools,
        kinds,
        providers,
    };
    setup.rules.forecast =
        file.rules.collective_choice.as_ref().map(|rule| Forecast::new(&setup, &rule.totals, rule.horizon));
    setup
}

fn named<T: Clone>(parts: &IndexMap<String, T>) -> Vec<Named<T>> {
    parts.iter().map(|(name, part)| Named { name: name.clone(), part: part.clone() }).collect()
}

/// What each provider claims with, and last the outside, which is served after all where priority counts.
fn claimants(file: &File, providers: &[Provider]) -> Vec<Claimant> {
    let own = providers.iter().map(|provider| {
        let kind = &file.providers[provider.kind];
        Claimant { priority: kind.priority, strength: kind.strength }
    });
    own.chain([Claimant { priority: u32::MAX, strength: 1.0 }]).collect()
}

fn by_priority(claimants: &[Claimant]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..claimants.len()).collect();
    order.sort_by_key(|position| claimants[*position].priority);
    order
}

/// The pools that any kind uses, and that of users from outside.
fn drawn_on(file: &File, kinds: &[setup::Kind], main_pool: usize) -> Vec<usize> {
    let outside = file.outside.as_ref().map(|part| outside(part, file, main_pool).pool);
    let is_drawn_on = |pool: &usize| outside == Some(*pool) || kinds.iter().any(|kind| kind.uses[*pool] > 0.0);
    (0..file.pools.len()).filter(is_drawn_on).collect()
}

/// The pools out of which any kind is paid, each once.
fn payers(kinds: &[setup::Kind]) -> Vec<usize> {
    let mut payers: Vec<usize> = kinds.iter().filter_map(|kind| kind.paid_from).collect();
    payers.sort_unstable();
    payers.dedup();
    payers
}

/// The purposes for which a draw a provider is needed in every step.
fn streams(file: &File, kinds: &[setup::Kind], providers: &[Provider]) -> Vec<Stream> {
    let needed = [
        (Stream::Need, kinds.iter().any(|kind| kind.need.is_some())),
        (Stream::Choice, providers.iter().any(|provider| matches!(provider.behaviour, Behaviour::Learner(_)))),
        (Stream::Audit, file.rules.graduated_sanctions.is_some()),
        (Stream::Trust, file.society.trust_moves()),
    ];
    needed.into_iter().filter(|(_, needed)| *needed).map(|(stream, _)| stream).collect()
}

fn upstream(part: &Upstream) -> setup::Upstream {
    let Upstream { productivity, decay, most, half } = *part;
    setup::Upstream { productivity, decay, most, half }
}

fn outside(part: &Outside, file: &File, main_pool: usize) -> setup::Outside {
    let Outside { effort, limit, price, cost, entry, crossing, .. } = *part;
    let pool = file.pools.get_index_of(&part.pool).unwrap_or(main_pool);
    setup::Outside { pool, effort, limit, price, cost, entry, crossing }
}

fn rules(file: &File, kinds: &[setup::Kind]) -> Rules {
    let pools: Vec<&str> = file.pools.keys().map(String::as_str).collect();
    let names: Vec<&str> = file.providers.keys().map(String::as_str).collect();
    Rules::new(file.rules.clone(), &pools, &names, kinds.iter().map(|kind| kind.total_size).sum())
}
