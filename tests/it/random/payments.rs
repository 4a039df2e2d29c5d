//! Random payments that look beyond a provider's own, bonuses and changes of regime.

use super::Maker;
use serde_json::{Value, json};

impl Maker {
    /// Cash, an overdraft and sometimes a lender.
    pub(super) fn purse(&mut self) -> Value {
        let mut purse = json!({
            "reserve": self.between(0.0, 3.0), "overdraft": self.share() * 3.0, "smoothing": self.share() * 6.0,
            "pull": self.share() * 1.5
        });
        if self.chance(0.5) {
            purse["fixed_half_life"] = json!(self.between(0.1, 5.0));
        }
        if self.chance(0.5) {
            purse["lender"] = json!({ "share": self.share(), "cap": self.share() * 0.3 });
        }
        purse
    }

    /// Whoever sets fixed sums anew, for all that a pool pays or for no more than their price index.
    pub(super) fn commissioner(&mut self) -> Value {
        json!({ "passes_on": self.share(), "least": self.between(0.1, 1.0), "most": self.between(1.0, 2.0) })
    }

    /// Puts payments in place of others that look beyond a provider's own, adds bonuses and changes of regime.
    pub(super) fn pay_by_the_place(&mut self, scenario: &mut Value, kinds: &[&str]) {
        let budget = self.between(0.3, 1.5);
        for name in kinds {
            if scenario["providers"][name].get("payment").is_none() {
                continue;
            }
            if self.chance(0.25) {
                scenario["providers"][name]["payment"] = self.gain_share(budget, kinds.len());
            }
            if self.chance(0.2) {
                scenario["providers"][name]["then"] = json!([{ "at": self.whole(1, 2), "payment": self.payment() }, { "at": self.whole(3, 5), "payment": self.payment() }]);
            }
            if self.chance(0.3) {
                scenario["providers"][name]["bonus"] = self.bonus();
            }
        }
        if kinds.len() > 1 && self.chance(0.3) {
            self.give_budget_to(kinds[0], &kinds[1..], scenario);
        }
    }

    /// Makes a kind the holder of a prime contract, from the start or from a later step, which pays all others that are paid.
    fn give_budget_to(&mut self, holder: &str, others: &[&str], scenario: &mut Value) {
        let fallback = self.own_payment();
        let prime = json!({ "prime": {
            "budget": self.between(0.2, 1.5), "reserve": self.between(0.0, 3.0), "fallback": fallback,
            "change_per_year": self.between(-0.05, 0.05)
        } });
        let providers = &mut scenario["providers"];
        providers[holder]["count"] = json!(1);
        if providers[holder].get("payment").is_some() && self.chance(0.3) {
            providers[holder]["then"] = json!([{ "at": 2, "payment": prime }, { "at": 5, "payment": self.payment() }]);
        } else {
            providers[holder]["payment"] = prime;
        }
        if providers[others[0]].get("payment").is_none() {
            providers[others[0]]["payment"] = self.payment();
        }
        for other in others {
            let Some(kind) = providers[*other].as_object_mut().filter(|kind| kind.contains_key("payment")) else {
                continue;
            };
            kind.remove("paid_from");
            kind.insert("paid_by".to_owned(), json!(holder));
        }
    }

    fn gain_share(&mut self, budget: f64, sharers: usize) -> Value {
        let most = 1.0 / sharers as f64;
        json!({ "gain_share": {
            "amount": self.between(0.0, 1.5), "budget": budget, "gain": self.share() * most, "loss": self.share() * most,
            "corridor": self.share() * 0.2, "counted_from": self.one_of(&[json!("budget"), json!("corridor")]),
            "gain_cap": self.share(), "loss_cap": self.share(), "change_per_year": self.between(-0.05, 0.05)
        } })
    }

    fn bonus(&mut self) -> Value {
        let of = [json!("own"), json!("place")];
        let mut bonus = json!({
            "amount": self.between(0.0, 0.2), "balance": self.one_of(&of), "target": self.between(-0.5, 0.5)
        });
        if self.chance(0.5) {
            bonus["need_met"] =
                json!({ "share": self.share(), "of": self.one_of(&of), "target": self.between(0.5, 1.0) });
        }
        bonus
    }
}
