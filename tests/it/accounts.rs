//! The accounts of payments that look beyond a provider's own: gain shares, the contracts of a prime and bonuses, worked out
//! again from the totals of the place. Part of the test of the books in every step of random scenarios.

use crate::books::{assert_at_most, assert_close};
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::look::Look;
use commonground::model::payment::{CountedFrom, GainShare, Outcome, Payment, Prime};
use commonground::model::setup::Setup;

/// Cash = what it had + earned − spent + lent, with what it has come to owe its suppliers; never below its overdraft, and no more is done
/// than could be paid for.
pub(crate) fn balance_purses(setup: &Setup, before: &Look, after: &Look, at: &str) {
    for (index, kind) in setup.kinds().iter().enumerate() {
        let Some(purse) = &kind.purse else { continue };
        let at = format!("{at}, purse of `{}`", kind.name);
        let planned = kind.cost.fixed + kind.plan * (kind.cost.per_effort + kind.cost.convex * kind.plan);
        let month = planned * setup.steps_per_year() / 12.0;
        let (mut cash, mut debt, mut lent) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
        for (was, is) in before.members(index).zip(after.members(index)) {
            let size = scale(setup, is.cash.abs() + is.debt + is.income.abs() + is.cost.abs());
            assert_close(is.cash, was.cash + is.margin + is.lent + (is.debt - was.debt), size, &format!("{at}: cash"));
            assert_at_most(Lanes::all(-purse.overdraft * month), is.cash, size, &format!("{at}: overdraft"));
            assert_at_most(Lanes::ZERO, is.debt, size, &format!("{at}: debt"));
            assert_at_most(Lanes::ZERO, is.lent, size, &format!("{at}: lent"));
            let most = purse.lender.map_or(0.0, |lender| lender.cap * planned);
            assert_at_most(is.lent, Lanes::all(most), size, &format!("{at}: more is lent than the lender's cap"));
            assert_at_most(is.level, was.most, 1.0, &format!("{at}: more is done than could be paid for"));
            cash += is.cash * is.size;
            debt += is.debt * is.size;
            lent += is.lent * is.size;
        }
        let banked = &after.place.kinds[index].banked;
        for (sum, wanted, what) in
            [(banked.cash, cash, "cash"), (banked.debt, debt, "debts"), (banked.lent, lent, "loans")]
        {
            assert_close(sum, wanted, scale(setup, wanted), &format!("{at}: {what} of all"));
        }
    }
}

/// The kind that holds a prime contract in this step, and its terms.
pub(crate) fn prime<'a>(setup: &'a Setup, world: &Look) -> Option<(usize, &'a Prime)> {
    let kinds = setup.kinds().iter().enumerate();
    let mut held = kinds.filter_map(|(index, kind)| {
        let payment = kind.payment_in(world.place.kinds[index].regime)?;
        Some((index, payment.as_prime()?))
    });
    held.next()
}

/// What the place pays the kind for the same work, against others.
fn spread(world: &Look, kind: usize) -> Lanes {
    world.place.kinds[kind].spread.map_or(Lanes::ONE, |spread| spread.income)
}

/// By how many times a commissioner had set the fixed sums of a kind anew before a step.
fn contract(before: &Look, kind: usize) -> Lanes {
    before.place.kinds[kind].contract.unwrap_or(Lanes::ONE)
}

/// A block and a blend come to what their terms say with the sum set anew; and a commissioner has noted all that was claimed, until it begins
/// a year with nothing.
fn balance_sums(setup: &Setup, before: &Look, after: &Look, at: &str) {
    for (index, kind) in setup.kinds().iter().enumerate() {
        let common = &after.place.kinds[index];
        let Some(payment) = kind.payment_in(common.regime) else { continue };
        let induced = kind.need.as_ref().map_or(1.0, |need| need.induced);
        // Nothing that is done elsewhere is paid as if it were done here.
        let stays = kind.need.as_ref().is_none_or(|need| need.substitute.is_none())
            && common.shifted.to_array().iter().all(|units| *units == 0.0);
        for state in after.members(index) {
            let billed = state.met * (1.0 - induced) + state.delivered * induced;
            let per_index = match payment {
                Payment::Block(form) => contract(before, index) * form.amount,
                Payment::Blended(form) if stays => {
                    contract(before, index) * (form.price * kind.plan)
                        + (billed - kind.plan) * (form.price * form.variable)
                }
                _ => continue,
            };
            let wanted = per_index * (spread(after, index) * common.price_index);
            let claimed = state.income - state.bonus - state.followed + state.unpaid;
            assert_close(claimed, wanted, scale(setup, wanted), &format!("{at}, `{}`: sum", kind.name));
        }
        if common.contract.is_some() {
            let (was, is) = (&before.place.claimed[index], &after.place.claimed[index]);
            let [was, is] = [was, is].map(|claimed| claimed.fixed + claimed.by_unit);
            let size = scale(setup, was.abs() + common.claims);
            for lane in 0..LANES {
                let (noted, begun) = (is.lane(lane) - was.lane(lane) - common.claims.lane(lane), is.lane(lane) == 0.0);
                assert!(begun || noted.abs() <= 1e-9 * size, "{at}, `{}`: {noted} was not noted", kind.name);
            }
            let renewed = common.contract.unwrap_or(Lanes::ONE);
            assert_at_most(Lanes::ZERO, renewed, 1.0, &format!("{at}, `{}`: a negative sum", kind.name));
        }
    }
}

/// All that there is to balance.
pub(crate) fn balance(setup: &Setup, before: &Look, after: &Look, at: &str) {
    if setup.keeps_books() {
        let (mut spending, mut income) = (Lanes::ZERO, Lanes::ZERO);
        for state in &after.providers {
            spending += state.cost * state.size;
            income += (state.income - state.bonus) * state.size;
        }
        assert_close(after.place.books.spending, spending, scale(setup, spending), &format!("{at}: spending of all"));
        assert_close(after.place.books.income, income, scale(setup, income), &format!("{at}: income of all"));
    }
    balance_sums(setup, before, after, at);
    balance_gain_shares(setup, before, after, at);
    balance_public_goods(setup, before, after, at);
    balance_contract(setup, before, after, at);
    balance_bonuses(setup, after, at);
}

fn scale(setup: &Setup, lanes: Lanes) -> f64 {
    lanes.abs().to_array().into_iter().fold(setup.total_size(), f64::max)
}

/// Whoever is paid by a public good has its sum and the return from what all deliver.
fn balance_public_goods(setup: &Setup, before: &Look, after: &Look, at: &str) {
    let mut delivered = Lanes::ZERO;
    for state in &after.providers {
        delivered += state.delivered * state.size;
    }
    for state in &after.providers {
        let kind = &setup.kinds()[state.kind];
        let Some(Payment::PublicGood(form)) = kind.payment_in(after.place.kinds[state.kind].regime) else { continue };
        let claimed = state.income - state.bonus - state.followed + state.unpaid;
        let wanted = (delivered * form.per_head + contract(before, state.kind) * form.amount)
            * (spread(after, state.kind) * after.place.kinds[state.kind].price_index);
        assert_close(claimed, wanted, scale(setup, wanted), &format!("{at}, `{}`: public good", kind.name));
    }
}

/// Each kind has its sum and its part of what the place saved, or less its part of what it overspent.
fn balance_gain_shares(setup: &Setup, before: &Look, after: &Look, at: &str) {
    for (index, kind) in setup.kinds().iter().enumerate() {
        let Some(Payment::GainShare(form)) = kind.payment_in(after.place.kinds[index].regime) else { continue };
        let mut claimed = Lanes::ZERO;
        for state in after.members(index) {
            claimed += (state.income - state.bonus - state.followed + state.unpaid) * state.size;
        }
        let price_index = after.place.kinds[index].price_index;
        let budget = form.budget * price_index * setup.total_size();
        let wanted = Lanes::from_fn(|lane| {
            let gap = budget - after.place.books.spending.lane(lane);
            let amount = form.amount * contract(before, index).lane(lane);
            let pays = amount * price_index * kind.total_size + shared(form, gap, budget);
            pays.max(0.0) * spread(after, index).lane(lane)
        });
        assert_close(claimed, wanted, scale(setup, wanted), &format!("{at}, `{}`: gain share", kind.name));
    }
}

/// What a kind gains or loses by a gap, in money.
fn shared(form: &GainShare, gap: f64, budget: f64) -> f64 {
    let edge = form.corridor * budget;
    let width = gap.abs();
    let counted = match form.counted_from {
        _ if width <= edge => 0.0,
        CountedFrom::Budget => width,
        CountedFrom::Corridor => width - edge,
    };
    if gap > 0.0 {
        (counted * form.gain).min(form.gain_cap * budget)
    } else {
        -(counted * form.loss).min(form.loss_cap * budget)
    }
}

/// What the holder receives = what it pays the others + its own income; its margins go to the reserve until that is gone.
fn balance_contract(setup: &Setup, before: &Look, after: &Look, at: &str) {
    let Some((kind, form)) = prime(setup, after) else { return };
    let Some(state) = after.members(kind).next() else { return };
    let size = state.size;
    let (was, is) = (&before.place.books.contract, &after.place.books.contract);
    let mut owed = Lanes::ZERO;
    for state in &after.providers {
        if setup.kinds()[state.kind].paid_by == Some(kind) {
            owed += (state.income - state.bonus - state.followed) * state.size;
        }
    }
    let received = (state.income - state.bonus - state.followed + state.unpaid) * size + is.paid;
    let budget = form.budget * after.place.kinds[kind].price_index * setup.total_size();
    for lane in 0..LANES {
        let stood = was.failed.lane(lane) == 0.0;
        let close = |got: f64, wanted: f64, what: &str| {
            let most = 1e-9 * (setup.total_size() + got.abs().max(wanted.abs()));
            assert!((got - wanted).abs() <= most, "{at}, run {lane}: {what}: {got} is not {wanted}");
        };
        close(is.paid.lane(lane), if stood { owed.lane(lane) } else { 0.0 }, "paid by contract");
        let reserve = was.reserve.lane(lane) + if stood { state.margin.lane(lane) * size } else { 0.0 };
        close(is.reserve.lane(lane), reserve, "reserve");
        if stood {
            close(received.lane(lane), budget * spread(after, kind).lane(lane), "budget of the place");
        }
        assert_eq!(is.failed.lane(lane) == 1.0, !stood || is.reserve.lane(lane) < 0.0, "{at}, run {lane}: failure");
    }
}

/// A bonus is between nothing and its amount, and that part of it that goes by the balance all or nothing.
fn balance_bonuses(setup: &Setup, after: &Look, at: &str) {
    for state in &after.providers {
        let Some(bonus) = &setup.kinds()[state.kind].bonus else {
            assert_eq!(state.bonus, Lanes::ZERO, "{at}: a bonus that nobody offers");
            continue;
        };
        assert_at_most(state.bonus, Lanes::all(bonus.amount), 1.0, &format!("{at}: bonus"));
        assert_at_most(Lanes::ZERO, state.bonus, 1.0, &format!("{at}: bonus"));
        let books = &after.place.books;
        let (income, cost) = match bonus.balance {
            Outcome::Own => (state.income - state.bonus, state.cost),
            Outcome::Place => (books.income, books.spending),
        };
        let part = bonus.amount * bonus.need_met.as_ref().map_or(1.0, |need_met| 1.0 - need_met.share);
        for lane in 0..LANES {
            let (got, above) = (state.bonus.lane(lane), (income - cost - income * bonus.target).lane(lane));
            if above.abs() > 1e-9 * (setup.total_size() + income.lane(lane).abs()) {
                let reached = got >= part - 1e-9;
                let missed = got <= bonus.amount - part + 1e-9;
                assert!(if above > 0.0 { reached } else { missed }, "{at}, run {lane}: bonus {got}, balance {above}");
            }
        }
    }
}
