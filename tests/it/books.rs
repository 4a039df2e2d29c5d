//! The books of every step: stock, need, what falls on others, and money, on many random scenarios of every mix of parts.

use crate::accounts;
use crate::laws::scenarios;
use crate::random::Without;
use crate::rhythm;
use crate::support::{FIRST_RUNS, SEED, pasture, setup, walk, with};
use commonground::model::dice::{Dice, Luck, Purpose};
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::look::Look;
use commonground::model::pool::{ActsOn, Claimant, Claims, Growth, Pool};
use commonground::model::production::Production;
use commonground::model::rows::Packing;
use commonground::model::setup::Setup;
use commonground::model::shock::{Shock, When};
use serde_json::json;

/// Rounding error allowed in a book, as a share of the largest sum in it.
const ROUNDING: f64 = 1e-9;

#[test]
fn the_books_balance_at_every_step() {
    for (number, scenario) in scenarios(200, Without::default()) {
        let setup = setup(&scenario);
        let dice = Dice::new(&Packing::Runs(FIRST_RUNS));
        walk(&setup, |step, before, after| {
            let at = format!("scenario {number}, step {step}");
            for pool in 0..setup.pools().len() {
                balance_pool(&setup, &dice, step, before, after, pool, &at);
            }
            balance_need(&setup, before, after, &at);
            balance_spills(&setup, before, after, &at);
            balance_money(&setup, after, &at);
            accounts::balance(&setup, before, after, &at);
            rhythm::balance(&setup, before, after, &at);
            accounts::balance_purses(&setup, before, after, &at);
            assert_sound(&setup, after, &at);
            if step + 1 == setup.steps() {
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
fn balance_pool(setup: &Setup, dice: &Dice, step: u32, before: &Look, after: &Look, pool: usize, at: &str) {
    let part = &setup.pools()[pool].part;
    let at = format!("{at}, pool `{}`", setup.pools()[pool].name);
    let lost = stock_lost(setup, dice, step, before, after, pool);
    let drawn =
        used(setup, before, after, pool, lost) + after.place.paid[pool] + after.place.spent_on_rules[pool] + lost;
    let (stock, supply) = (before.pools[pool].stock, after.pools[pool].supply);
    let overdraft = match &part.growth {
        Growth::Allocation(law) => (law.overdraft - before.pools[pool].owed).max(0.0),
        _ => Lanes::ZERO,
    };
    assert_at_most(drawn, stock + overdraft, part.capacity, &format!("{at}: more is drawn than there is"));
    let left = stock - drawn;
    let grows = if part.growth_acts_on == Some(ActsOn::Left) { left } else { stock };
    let next = match &part.growth {
        Growth::Logistic(law) => left + slowed(law.growth(grows, part.capacity), supply),
        Growth::Depensated(law) => left + slowed(law.growth(grows, part.capacity), supply),
        Growth::Inflow(law) => left + law.growth(grows, part.capacity, supply),
        Growth::Fixed(_) => left,
        Growth::Allocation(law) => {
            let sum = supply * law.amount_at(step + 1);
            let lapsed = (left - law.carry_over).max(0.0);
            let owes = after.pools[pool].owed - before.pools[pool].owed;
            left + sum - lapsed + owes
        }
    };
    let next = next.max(part.capacity * part.refuge);
    assert_close(after.pools[pool].stock, next, part.capacity, &format!("{at}: stock"));
    assert_close(after.pools[pool].grown, next - left, part.capacity, &format!("{at}: growth"));
}

/// Growth under a funding cut; a decline is not slowed by it.
fn slowed(growth: Lanes, supply: Lanes) -> Lanes {
    Lanes::from_fn(|lane| growth.lane(lane) * if growth.lane(lane) > 0.0 { supply.lane(lane) } else { 1.0 })
}

/// What users took out of a pool.
fn used(setup: &Setup, before: &Look, after: &Look, pool: usize, lost: Lanes) -> Lanes {
    let part: &Pool = &setup.pools()[pool].part;
    let mut effort = outside_effort(setup, after, pool);
    for state in &after.providers {
        effort += state.level * (state.size * setup.kinds()[state.kind].uses_of(pool).unwrap_or(0.0));
    }
    let yields = part.yield_per_effort(effort, before.pools[pool].stock);
    let per_effort = part.loss_per_effort(yields, before.pools[pool].stock).max(0.0);
    let outside = outside_effort(setup, after, pool) * per_effort;
    // All of a kind claim with the same strength and priority, so that a kind is rationed as one.
    let users: Vec<(usize, f64)> =
        (0..setup.kinds().len()).filter_map(|kind| Some((kind, setup.kinds()[kind].uses_of(pool)?))).collect();
    let claim_of = |(kind, amount): &(usize, f64)| {
        let efforts = after.members(*kind).map(|state| state.level * (per_effort * state.size * *amount));
        efforts.fold(Lanes::ZERO, |sum, claim| sum + claim)
    };
    let mut claims: Vec<Lanes> = users.iter().map(claim_of).collect();
    claims.push(outside);
    let mut who: Vec<Claimant> = users.iter().map(|(kind, _)| setup.kinds()[*kind].claimant).collect();
    who.push(Claimant { priority: u32::MAX, strength: 1.0 });
    let mut by_priority: Vec<usize> = (0..who.len()).collect();
    by_priority.sort_by_key(|position| who[*position].priority);
    let mut shares = vec![Lanes::ONE; claims.len()];
    let mut untouched = before.pools[pool].clone();
    untouched.drawn = lost + after.place.spent_on_rules[pool];
    let available = part.available(&untouched);
    let claims = Claims::new(claims);
    part.rationing.share_out(available, &claims, &who, &by_priority, &mut shares);
    let mut used = outside * shares[users.len()];
    for (claim, (kind, _)) in claims.each.iter().zip(&users) {
        used += *claim * after.place.kinds[*kind].granted;
    }
    used
}

pub(crate) fn outside_effort(setup: &Setup, after: &Look, pool: usize) -> Lanes {
    if setup.outside().is_some_and(|outside| outside.pool == pool) { after.place.outside_inside } else { Lanes::ZERO }
}

/// What shocks took out of a pool, one after the other, once its rules had been paid for.
fn stock_lost(setup: &Setup, dice: &Dice, step: u32, before: &Look, after: &Look, pool: usize) -> Lanes {
    let mut left = before.pools[pool].stock - after.place.spent_on_rules[pool];
    for shock in setup.shocks() {
        let Shock::StockLoss(loss) = &shock.part else { continue };
        if loss.pool != setup.pools()[pool].name {
            continue;
        }
        let strikes = match loss.when {
            When::At(at) => Lanes::all(f64::from(u8::from(at == step))),
            When::Chance(chance) => {
                let luck = Luck::of(SEED, &shock.name);
                dice.uniform(&luck, Purpose::Shock, step, 0).less(Lanes::all(chance)).number()
            }
        };
        left -= strikes * left.max(0.0) * loss.size;
    }
    before.pools[pool].stock - after.place.spent_on_rules[pool] - left
}

/// Need = met + waiting + spilled + lost + referred, for each provider.
fn balance_need(setup: &Setup, before: &Look, after: &Look, at: &str) {
    for (index, state) in after.providers.iter().enumerate() {
        let Some(terms) = &setup.kinds()[state.kind].need else { continue };
        let need = state.need_new + state.need_received + before.providers[index].unmet * terms.waits;
        let gone = state.met + state.unmet * (terms.waits + terms.spilled() + terms.lost()) + state.referred;
        let size = need.to_array().into_iter().fold(1.0, f64::max);
        assert_close(gone, need, size, &format!("{at}, provider {index}: need"));
        assert_at_most(state.met, need, size, &format!("{at}, provider {index}: more is met than needed"));
        assert_close(state.need_received, before.providers[index].arriving, size, &format!("{at}: need received"));
    }
}

/// What spills from one kind arrives at the others, times what a unit becomes.
fn balance_spills(setup: &Setup, before: &Look, after: &Look, at: &str) {
    let (mut sent, mut arrived) = (Lanes::ZERO, Lanes::ZERO);
    for (index, state) in after.providers.iter().enumerate() {
        arrived += state.arriving * state.size;
        let Some(need) = &setup.kinds()[state.kind].need else { continue };
        let need_before = state.need_new + state.need_received + before.providers[index].unmet * need.waits;
        let unmet = need_before - state.referred - state.met;
        if let Some(form) = &need.substitute {
            sent += state.referred * (form.cost * state.size);
        }
        for spill in &need.spills {
            sent += unmet * (spill.share * spill.becomes * state.size);
        }
    }
    let size = sent.to_array().into_iter().fold(1.0, f64::max);
    assert_close(arrived, sent, size, &format!("{at}: what spilled"));
}

/// Money paid = money received + spent on governance, and fines go back to those who paid them.
fn balance_money(setup: &Setup, after: &Look, at: &str) {
    for pool in &(0..setup.pools().len()).collect::<Vec<usize>>() {
        let mut received = Lanes::ZERO;
        for state in &after.providers {
            if setup.kinds()[state.kind].paid_from == Some(*pool) {
                received += (state.income - state.bonus - state.followed) * state.size;
            }
        }
        if accounts::prime(setup, after).is_some_and(|(kind, _)| setup.kinds()[kind].paid_from == Some(*pool)) {
            received += after.place.books.contract.paid;
        }
        assert_close(received, after.place.paid[*pool], setup.pools()[*pool].part.capacity, &format!("{at}: received"));
    }
    let (mut earned, mut margin, mut fines) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
    let (mut followed, mut changed_hands) = (Lanes::ZERO, Lanes::ZERO);
    for state in &after.providers {
        followed += state.followed * state.size;
        changed_hands += state.followed.abs() * state.size;
        earned += (state.income - state.cost) * state.size;
        margin += state.margin * state.size;
        fines += state.fine * state.size;
    }
    assert_close(
        followed,
        Lanes::ZERO,
        setup.total_size() + mean_size(changed_hands),
        &format!("{at}: what followed care"),
    );
    let size = earned.abs().to_array().into_iter().fold(setup.total_size(), f64::max);
    let returned = after.place.pooling.returned;
    let size = size + mean_size(returned);
    let lost = after.place.governance + after.place.peer_sanctions;
    assert_close(margin, earned - lost - returned, size + mean_size(lost), &format!("{at}: margins"));
    assert_close(fines, after.place.fines, size + mean_size(fines), &format!("{at}: fines"));
}

fn mean_size(lanes: Lanes) -> f64 {
    lanes.to_array().iter().map(|value| value.abs()).sum::<f64>() / LANES as f64
}

/// Shares are shares (a NaN is none), and care is not negative where production cannot be.
fn assert_sound(setup: &Setup, after: &Look, at: &str) {
    let place = &after.place;
    let mut shares = vec![place.coverage, place.publicity, place.counted, place.standing, place.hidden];
    shares.extend([place.vision, place.carried]);
    shares.extend(place.kinds.iter().flat_map(|kind| [kind.attention, kind.inside, kind.checked, kind.force]));
    for state in &after.providers {
        shares.extend([state.upstream, state.granted, state.funded, state.bound, state.trust, state.risk, state.fined]);
        shares.push(state.dispute);
    }
    for share in shares {
        assert_at_most(Lanes::ZERO, share, 1.0, &format!("{at}: a share below nought"));
        assert_at_most(share, Lanes::ONE, 1.0, &format!("{at}: a share above one"));
    }
    let destroys = |pool: &Pool| matches!(pool.production, Some(Production::Quadratic(_)));
    if !setup.pools().iter().any(|pool| destroys(&pool.part)) {
        for state in &after.providers {
            assert_at_most(Lanes::ZERO, state.delivered, 1.0, &format!("{at}: less than nothing is delivered"));
        }
    }
    for pool in &after.pools {
        assert_at_most(Lanes::ZERO, pool.stock, 1.0, &format!("{at}: less than nothing in a pool"));
    }
}

/// Whether two numbers of each run agree within [`ROUNDING`] of `scale`.
pub(crate) fn assert_close(got: Lanes, wanted: Lanes, scale: f64, what: &str) {
    for (got, wanted) in got.to_array().into_iter().zip(wanted.to_array()) {
        assert!((got - wanted).abs() <= ROUNDING * scale, "{what}: {got} is not {wanted}");
    }
}

/// Whether a number of each run is no more than another, but for [`ROUNDING`] of `scale`.
pub(crate) fn assert_at_most(got: Lanes, most: Lanes, scale: f64, what: &str) {
    for (got, most) in got.to_array().into_iter().zip(most.to_array()) {
        assert!(got <= most + ROUNDING * scale, "{what}: {got} is more than {most}");
    }
}

#[test]
fn a_loss_that_names_effort_or_yield_leaves_the_pool_with_what_was_not_taken() {
    // One step by hand: 10 users of size 5 at level 1, q = 0.01, stock 100: yield 0.01 · 100 · 50 = 50, growth nil at capacity.
    let base = pasture();
    for (loses, left) in
        [(json!({ "yield": 1 }), 50.0), (json!({ "yield": 0.5 }), 75.0), (json!({ "effort": 0.002 }), 90.0)]
    {
        let setup = setup(&with(&base, [("/pools/pasture/loses", loses), ("/time/steps", json!(1))]));
        let world = walk(&setup, |_, _, _| {});
        assert!((world.pools[0].stock.lane(7) - left).abs() < 1e-12);
    }
}
