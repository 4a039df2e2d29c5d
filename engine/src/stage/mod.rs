//! The stages of a step, one file each, in the order in which they act.

mod agree;
mod bank;
mod books;
mod charge;
mod choose;
mod commission;
mod deliver;
mod draw;
mod follow;
mod foresee;
mod fund;
mod imitate;
mod inform;
mod learn;
mod meeting;
mod moved;
mod moves;
mod need;
mod option;
mod peers;
mod refer;
mod renew;
mod respond;
mod second;
mod settle;
mod shift_vote;
mod strike;
mod table;
mod vote;

use crate::setup::Setup;
use crate::step::{Stage, couple, walk};

/// The stages that a setup has use for, in order: the table of contents of the model.
pub fn stages(setup: &Setup) -> Vec<Stage> {
    let (derived, rules) = (&setup.derived, setup.rules.set());
    let meets = rules.collective_choice.is_some();
    // What each is paid can be claimed as soon as it has delivered, unless it depends on what the others have.
    let claims_at_once = !derived.looks_at_place && !derived.keeps_books;
    let parts_incomes =
        derived.keeps_books || derived.has_bonuses || rules.pooled_finance.is_some() || derived.money_follows;
    let compares = rules.ostracism.is_some() || rules.peer_sanctions.is_some();
    // Whoever learns knows how it fared among the others, and whether the contract of the place still stands.
    let splits = compares || derived.prime.is_some();
    let list = [
        (!setup.shocks.is_empty() || rules.external_authority.is_some(), couple::<strike::Strike>("strike")),
        (true, couple::<need::Open>("open")),
        (derived.has_need, walk::<need::Arise>("need")),
        (true, couple::<inform::Inform>("inform")),
        (derived.learns && derived.outlooks.is_some(), couple::<foresee::Foresee>("foresee")),
        (meets, couple::<meeting::Meet>("meet")),
        (setup.rules.bind(), couple::<agree::Agree>("agree")),
        (true, couple::<charge::Charge>("charge")),
        (true, walk::<choose::Choose>("choose")),
        (derived.refers, walk::<refer::Refer>("refer")),
        (true, couple::<draw::Draw>("draw")),
        (claims_at_once, walk::<deliver::DeliverAndClaim>("deliver")),
        (!claims_at_once, walk::<deliver::Deliver>("deliver")),
        (true, couple::<deliver::Spill>("spill")),
        (!claims_at_once, walk::<fund::Claim>("claim")),
        (true, couple::<fund::Fund>("fund")),
        (parts_incomes, walk::<fund::Receive>("receive")),
        (parts_incomes, couple::<books::Part>("part")),
        (parts_incomes, walk::<settle::SettleReceived>("settle")),
        (!parts_incomes, walk::<settle::Settle>("settle")),
        (compares, couple::<peers::Compare>("compare")),
        (splits, couple::<renew::Share>("share")),
        (true, walk::<learn::Learn>("learn")),
        (!splits, couple::<renew::Share>("share")),
        (derived.has_purses, walk::<bank::Bank>("bank")),
        (true, couple::<renew::Close>("close")),
        (derived.responds, couple::<respond::Respond>("respond")),
        (derived.imitates, couple::<imitate::Imitate>("imitate")),
        (true, couple::<renew::Renew>("renew")),
        (!derived.commissioned.is_empty(), couple::<commission::Commission>("commission")),
    ];
    list.into_iter().filter(|(needed, _)| *needed).map(|(_, stage)| stage).collect()
}
