//! The laws of the model, each on many random scenarios of every mix of parts.

use crate::random::{Maker, RULES, Without};
use crate::support::{FIRST_RUNS, SEED, bits, checked, free, setup, sixteen_runs, walk};
use commonground::experiment::{self, Options, Sink, Watcher};
use commonground::model::dice::{Dice, Stream};
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::pool::{Growth, Pool};
use commonground::model::production::Production;
use commonground::model::record::Record;
use commonground::model::run::run;
use commonground::model::setup::Setup;
use commonground::model::shock::{Shock, When};
use commonground::model::simd::InstructionSet;
use commonground::model::world::World;
use serde_json::{Value, json};
use std::io;

/// Rounding error allowed in a book, as a share of the largest sum in it.
const ROUNDING: f64 = 1e-9;

/// Each scenario of a law, with its number.
fn scenarios(count: u64, without: Without) -> impl Iterator<Item = (u64, Value)> {
    (0..count).map(move |number| (number, Maker::new(number).scenario(without)))
}

#[test]
fn random_scenarios_have_no_faults_and_every_part_appears_among_them() {
    let texts: Vec<String> = scenarios(300, Without::default())
        .map(|(number, scenario)| {
            if let Err(faults) = checked(&scenario) {
                panic!("scenario {number}: {faults}");
            }
            scenario.to_string()
        })
        .collect();
    let parts = [
        "logistic",
        "depensated",
        "inflow",
        "allocation",
        "fixed",
        "schaefer",
        "saturating",
        "quadratic",
        "cobb_douglas",
        "proportional",
        "priority",
        "weight",
        "best_response",
        "learner",
        "imitator",
        "conditional",
        "tariff",
        "block",
        "blended",
        "capitation",
        "paid_from",
        "spills",
        "outside",
        "productivity",
    ];
    for part in parts.iter().chain(&RULES).chain(&crate::random::SHOCKS) {
        let found = texts.iter().filter(|text| text.contains(&format!("\"{part}\""))).count();
        assert!(found >= 5, "`{part}` is in {found} scenarios only");
    }
}

#[test]
fn a_rule_that_is_off_and_free_is_absent() {
    for (number, without) in scenarios(150, Without { rules: false, ..Without::default() }) {
        for name in RULES {
            let mut without = without.clone();
            without["rules"].as_object_mut().unwrap().remove(name);
            let expected = bits(&sixteen_runs(&setup(&without)));
            for (strength, placebo) in [(0.0, false), (0.7, true)] {
                let with = with_rule(&without, number, name, strength, placebo, &free());
                assert!(bits(&sixteen_runs(&setup(&with))) == expected, "scenario {number}: `{name}` leaves a trace");
            }
        }
    }
}

#[test]
fn a_placebo_with_a_cost_is_that_cost_and_nothing_else() {
    let cost = json!({ "money": 1.5, "attention": 0.05 });
    let mut moved = 0;
    for (number, mut scenario) in scenarios(60, Without::default()) {
        for name in RULES {
            scenario["rules"].as_object_mut().unwrap().remove(name);
            let off = bits(&sixteen_runs(&setup(&with_rule(&scenario, number, name, 0.0, false, &cost))));
            let placebo = bits(&sixteen_runs(&setup(&with_rule(&scenario, number, name, 0.9, true, &cost))));
            assert!(off == placebo, "scenario {number}: the placebo of `{name}` acts");
            moved += usize::from(bits(&sixteen_runs(&setup(&scenario))) != off);
        }
    }
    assert!(moved > 250, "a cost of time and money was felt in {moved} of 300 cases only");
}

/// The scenario with one more rule.
fn with_rule(scenario: &Value, number: u64, name: &str, strength: f64, placebo: bool, cost: &Value) -> Value {
    let mut copy = scenario.clone();
    let kinds: Vec<&str> = scenario["providers"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut rule = Maker::new(number + 10_000).rule(name, &scenario["pools"], &kinds);
    rule["strength"] = json!(strength);
    rule["placebo"] = json!(placebo);
    rule["cost"] = cost.clone();
    copy["rules"][name] = rule;
    copy
}

#[test]
fn rules_move_no_draw_so_that_all_arms_meet_the_same_need() {
    let mut compared = 0;
    for (number, scenario) in scenarios(120, Without { upstream: true, rules: false }) {
        let mut bare = scenario.clone();
        bare["rules"] = json!({});
        let (with, bare) = (setup(&scenario), setup(&bare));
        let needs = |setup: &Setup| {
            let mut all: Vec<[u64; LANES]> = Vec::new();
            walk(setup, |_, _, after| {
                all.extend(after.providers.iter().map(|state| state.need_new.to_array().map(f64::to_bits)));
                for stream in [Stream::Need, Stream::Choice, Stream::Trust] {
                    if bare.streams.contains(&stream) {
                        all.extend(
                            after.room.draws(setup, stream).iter().map(|draw| draw.to_array().map(f64::to_bits)),
                        );
                    }
                }
            });
            all
        };
        assert!(needs(&with) == needs(&bare), "scenario {number}: a rule shifts chance");
        compared += usize::from(bits(&sixteen_runs(&with)) != bits(&sixteen_runs(&bare)));
    }
    assert!(compared > 60, "the arms differed in {compared} of 120 scenarios only");
}

#[test]
fn a_run_has_the_same_bits_in_any_lane_any_company_and_any_instruction_set() {
    // In scenario 373 the pool is rationed by weight in some runs and has just enough in others.
    let found = std::iter::once((373, Maker::new(373).scenario(Without::default())));
    for (number, scenario) in scenarios(80, Without::default()).chain(found) {
        let setup = setup(&scenario);
        let in_order = run(&setup, SEED, FIRST_RUNS, InstructionSet::Baseline);
        for set in InstructionSet::available() {
            assert!(bits(&run(&setup, SEED, FIRST_RUNS, set)) == bits(&in_order), "scenario {number} on {set:?}");
        }
        let elsewhere = std::array::from_fn(|lane| [900 + lane as u64, 5][usize::from(lane == 11)]);
        let moved = run(&setup, SEED, elsewhere, InstructionSet::best());
        let alone = run(&setup, SEED, [5; LANES], InstructionSet::best());
        assert!(lane_bits(&in_order, 5) == lane_bits(&moved, 11), "scenario {number}: run 5 minds its company");
        assert!(lane_bits(&in_order, 5) == lane_bits(&alone, 3), "scenario {number}: run 5 minds being alone");
    }
}

/// The numbers of one run.
fn lane_bits(record: &Record, lane: usize) -> Vec<u64> {
    let all = record.series.iter().chain(&record.outcomes).chain([&record.collapse]);
    all.map(|lanes| lanes.lane(lane).to_bits()).collect()
}

/// Keeps the bits of every run in the order in which they come.
#[derive(Default)]
struct Kept(Vec<Vec<u64>>);

impl Sink for Kept {
    fn batch(&mut self, first: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        for lane in 0..lanes {
            self.0.push(std::iter::once(first).chain(arms.iter().flat_map(|arm| lane_bits(arm, lane))).collect());
        }
        Ok(())
    }
}

/// Lets every run be done.
struct Patience;

impl Watcher for Patience {
    fn done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}

#[test]
fn an_experiment_has_the_same_bytes_on_any_number_of_threads() {
    for (number, scenario) in scenarios(8, Without::default()) {
        let mut bare = scenario.clone();
        bare["rules"] = json!({});
        let (bare, ruled) = (setup(&bare), setup(&scenario));
        let on = |threads: usize| {
            let options = Options { seed: SEED, runs: 150, precision: None, instructions: InstructionSet::best() };
            let mut kept = Kept::default();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let arms = [&bare, &ruled];
            let ensemble = pool.install(|| experiment::run(&arms, options, &mut kept, &Patience)).unwrap();
            (format!("{ensemble:?}"), kept.0)
        };
        let (summary, runs) = on(1);
        assert_eq!(runs.len(), 150);
        for threads in [2, 3] {
            let (other_summary, other_runs) = on(threads);
            assert!(runs == other_runs, "scenario {number}: runs differ on {threads} threads");
            assert!(summary == other_summary, "scenario {number}: the summary differs on {threads} threads");
        }
    }
}

#[test]
fn the_books_balance_at_every_step() {
    for (number, scenario) in scenarios(200, Without::default()) {
        let setup = setup(&scenario);
        let dice = Dice::new(SEED, FIRST_RUNS);
        walk(&setup, |step, before, after| {
            let at = format!("scenario {number}, step {step}");
            for pool in 0..setup.pools.len() {
                balance_pool(&setup, &dice, step, before, after, pool, &at);
            }
            balance_need(&setup, before, after, &at);
            balance_spills(&setup, before, after, &at);
            balance_money(&setup, after, &at);
            assert_sound(&setup, after, &at);
            if step + 1 == setup.steps {
                let all = format!("{after:?}");
                let fault = all.find("NaN").or_else(|| all.find("inf"));
                assert!(
                    fault.is_none(),
                    "{at}: a number that is none: {}",
                    &all[fault.unwrap_or(0).saturating_sub(300)..][..400]
                );
            }
        });
    }
}

/// Stock after = stock before + growth − drawn; drawn = use + pay + rules + shocks ≤ what there is.
fn balance_pool(setup: &Setup, dice: &Dice, step: u32, before: &World, after: &World, pool: usize, at: &str) {
    let part = &setup.pools[pool].part;
    let at = format!("{at}, pool `{}`", setup.pools[pool].name);
    let lost = stock_lost(setup, dice, step, before, pool);
    let drawn =
        used(setup, before, after, pool, lost) + after.place.paid[pool] + after.place.spent_on_rules[pool] + lost;
    let (stock, supply) = (before.pools[pool].stock, after.pools[pool].supply);
    let overdraft = Lanes::all(if let Growth::Allocation(law) = &part.growth { law.overdraft } else { 0.0 });
    assert_at_most(drawn, stock + overdraft, part.capacity, &format!("{at}: more is drawn than there is"));
    let left = stock - drawn;
    let next = match &part.growth {
        Growth::Logistic(law) => left + law.growth(stock, part.capacity) * supply,
        Growth::Depensated(law) => left + law.growth(stock, part.capacity) * supply,
        Growth::Inflow(law) => left + law.growth(stock, part.capacity, supply),
        Growth::Fixed(_) => left,
        Growth::Allocation(law) => {
            let sum = supply * (law.amount * libm::pow(1.0 + law.growth_per_step, f64::from(step + 1)));
            let lapsed = (left - law.carry_over).max(0.0);
            let owes = after.pools[pool].owed - before.pools[pool].owed;
            left + sum - lapsed + owes
        }
    };
    let next = next.max(part.capacity * part.refuge);
    assert_close(after.pools[pool].stock, next, part.capacity, &format!("{at}: stock"));
    assert_close(after.pools[pool].grown, next - left, part.capacity, &format!("{at}: growth"));
}

/// What users took out of a pool.
fn used(setup: &Setup, before: &World, after: &World, pool: usize, lost: Lanes) -> Lanes {
    let part: &Pool = &setup.pools[pool].part;
    let mut effort = outside_effort(setup, after, pool);
    for (provider, state) in setup.providers.iter().zip(&after.providers) {
        effort += state.level * (provider.size * setup.kinds[provider.kind].uses[pool]);
    }
    let yields = part.yield_per_effort(effort, before.pools[pool].stock);
    let loss = part.loss_per_effort(yields, before.pools[pool].stock).max(0.0);
    let outside = outside_effort(setup, after, pool) * loss;
    let mut claims: Vec<Lanes> = setup
        .providers
        .iter()
        .zip(&after.providers)
        .map(|(provider, state)| state.level * loss * (provider.size * setup.kinds[provider.kind].uses[pool]))
        .collect();
    claims.push(outside);
    let mut shares = vec![Lanes::ZERO; claims.len()];
    let mut untouched = before.pools[pool].clone();
    untouched.drawn = lost;
    let available = part.available(&untouched);
    part.rationing.share_out(available, &claims, &setup.claimants, &setup.by_priority, &mut shares);
    let mut used = outside * shares[setup.providers.len()];
    for (claim, state) in claims.iter().zip(&after.providers) {
        used += *claim * state.granted;
    }
    used
}

fn outside_effort(setup: &Setup, after: &World, pool: usize) -> Lanes {
    if setup.outside.is_some_and(|outside| outside.pool == pool) { after.place.outside_inside } else { Lanes::ZERO }
}

/// What shocks took out of a pool, one after the other.
fn stock_lost(setup: &Setup, dice: &Dice, step: u32, before: &World, pool: usize) -> Lanes {
    let mut left = before.pools[pool].stock;
    for (index, shock) in setup.shocks.iter().enumerate() {
        let Shock::StockLoss(loss) = &shock.part else { continue };
        if loss.pool != setup.pools[pool].name {
            continue;
        }
        let strikes = match loss.when {
            When::At(at) => Lanes::all(f64::from(u8::from(at == step))),
            When::Chance(chance) => dice.uniform(Stream::Shock, step, index as u32).less(Lanes::all(chance)).number(),
        };
        left -= strikes * left * loss.size;
    }
    before.pools[pool].stock - left
}

/// Need = met + waiting + spilled + lost, for each provider.
fn balance_need(setup: &Setup, before: &World, after: &World, at: &str) {
    for (index, (provider, state)) in setup.providers.iter().zip(&after.providers).enumerate() {
        if setup.kinds[provider.kind].need.is_none() {
            continue;
        }
        let need = state.need_new + state.need_received + before.providers[index].backlog;
        let gone = state.met + state.backlog + state.spilled + state.lost;
        let size = need.to_array().into_iter().fold(1.0, f64::max);
        assert_close(gone, need, size, &format!("{at}, provider {index}: need"));
        assert_at_most(state.met, need, size, &format!("{at}, provider {index}: more is met than needed"));
        assert_close(state.need_received, before.providers[index].arriving, size, &format!("{at}: need received"));
    }
}

/// What spills from one kind arrives at the others, times what a unit becomes.
fn balance_spills(setup: &Setup, before: &World, after: &World, at: &str) {
    let (mut sent, mut arrived) = (Lanes::ZERO, Lanes::ZERO);
    for (index, (provider, state)) in setup.providers.iter().zip(&after.providers).enumerate() {
        arrived += state.arriving * provider.size;
        let Some(need) = &setup.kinds[provider.kind].need else { continue };
        let unmet = state.need_new + state.need_received + before.providers[index].backlog - state.met;
        for spill in &need.spills {
            sent += unmet * (spill.share * spill.becomes * provider.size);
        }
    }
    let size = sent.to_array().into_iter().fold(1.0, f64::max);
    assert_close(arrived, sent, size, &format!("{at}: what spilled"));
}

/// Money paid = money received + spent on governance, and fines go back to those who paid them.
fn balance_money(setup: &Setup, after: &World, at: &str) {
    for pool in &setup.payers {
        let mut received = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(&after.providers) {
            if setup.kinds[provider.kind].paid_from == Some(*pool) {
                received += state.income * provider.size;
            }
        }
        assert_close(received, after.place.paid[*pool], setup.pools[*pool].part.capacity, &format!("{at}: received"));
    }
    let (mut earned, mut margin, mut fines) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
    for (provider, state) in setup.providers.iter().zip(&after.providers) {
        earned += (state.income - state.cost) * provider.size;
        margin += state.margin * provider.size;
        fines += state.fine * provider.size;
    }
    let size = earned.abs().to_array().into_iter().fold(setup.total_size, f64::max);
    assert_close(margin, earned - after.place.governance, size, &format!("{at}: margins"));
    assert_close(fines, after.place.fines, size + mean_size(fines), &format!("{at}: fines"));
}

fn mean_size(lanes: Lanes) -> f64 {
    lanes.to_array().iter().map(|value| value.abs()).sum::<f64>() / LANES as f64
}

/// Shares are shares (a NaN is none), and care is not negative where production cannot be.
fn assert_sound(setup: &Setup, after: &World, at: &str) {
    let place = &after.place;
    let mut shares = vec![place.attention, place.coverage, place.publicity, place.counted, place.standing, place.force];
    shares.push(place.hidden);
    for state in &after.providers {
        shares.extend([state.upstream, state.granted, state.funded, state.bound, state.trust, state.risk, state.fined]);
    }
    for share in shares {
        assert_at_most(Lanes::ZERO, share, 1.0, &format!("{at}: a share below nought"));
        assert_at_most(share, Lanes::ONE, 1.0, &format!("{at}: a share above one"));
    }
    let destroys = |pool: &Pool| matches!(pool.production, Some(Production::Quadratic(_)));
    if !setup.pools.iter().any(|pool| destroys(&pool.part)) {
        for state in &after.providers {
            assert_at_most(Lanes::ZERO, state.delivered, 1.0, &format!("{at}: less than nothing is delivered"));
        }
    }
    for pool in &after.pools {
        assert_at_most(Lanes::ZERO, pool.stock, 1.0, &format!("{at}: less than nothing in a pool"));
    }
}

/// Whether two numbers of each run agree within [`ROUNDING`] of `scale`.
fn assert_close(got: Lanes, wanted: Lanes, scale: f64, what: &str) {
    for (got, wanted) in got.to_array().into_iter().zip(wanted.to_array()) {
        assert!((got - wanted).abs() <= ROUNDING * scale, "{what}: {got} is not {wanted}");
    }
}

/// Whether a number of each run is no more than another, but for [`ROUNDING`] of `scale`.
fn assert_at_most(got: Lanes, most: Lanes, scale: f64, what: &str) {
    for (got, most) in got.to_array().into_iter().zip(most.to_array()) {
        assert!(got <= most + ROUNDING * scale, "{what}: {got} is more than {most}");
    }
}

#[test]
fn a_loss_that_names_effort_or_yield_leaves_the_pool_with_what_was_not_taken() {
    // One step by hand: 10 users of size 5 at level 1, q = 0.01, stock 100: yield 0.01 · 100 · 50 = 50, growth nil at capacity.
    let base = crate::support::pasture();
    for (loses, left) in
        [(json!({ "yield": 1 }), 50.0), (json!({ "yield": 0.5 }), 75.0), (json!({ "effort": 0.002 }), 90.0)]
    {
        let setup = setup(&crate::support::with(&base, [("/pools/pasture/loses", loses), ("/time/steps", json!(1))]));
        let world = walk(&setup, |_, _, _| {});
        assert!((world.pools[0].stock.lane(7) - left).abs() < 1e-12);
    }
}
