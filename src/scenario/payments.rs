//! Checks of how providers are paid that no range can make: who pays whom, what follows when, and what is shared out.

use super::build::unknown;
use super::file::{File, Kind};
use super::text::{Document, Fault};
use crate::model::payment::{GainShare, Payment};

/// Rounding allowed in a sum of shares.
const ROUNDING: f64 = 1e-9;

/// Every fault in how providers are paid.
pub(super) fn check(file: &File, document: &Document) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, problem: String| faults.push(document.fault(&format!("providers.{place}"), problem));
    for (name, kind) in &file.providers {
        if kind.payment.is_none() {
            let others = [
                ("paid_from", kind.paid_from.is_some()),
                ("paid_by", kind.paid_by.is_some()),
                ("then", !kind.then.is_empty()),
                ("bonus", kind.bonus.is_some()),
            ];
            for (field, _) in others.into_iter().filter(|(_, given)| *given) {
                fault(&format!("{name}.{field}"), "there is nothing to pay: `payment` is missing".to_owned());
            }
        }
        check_order(file, name, kind, &mut fault);
        check_payer(file, name, kind, &mut fault);
        check_prime(file, name, kind, &mut fault);
    }
    check_primes(file, &mut fault);
    check_shares(file, &mut fault);
    faults
}

/// Each later payment begins after the one before it, and within the run.
fn check_order(file: &File, name: &str, kind: &Kind, fault: &mut impl FnMut(&str, String)) {
    let mut before = 0;
    for (index, regime) in kind.then.iter().enumerate() {
        let place = format!("{name}.then[{index}].at");
        if regime.at >= file.time.steps {
            let last = file.time.steps - 1;
            fault(&place, format!("step {} never comes: the run ends with step {last}", regime.at));
        } else if index > 0 && regime.at <= before {
            fault(&place, format!("step {} does not come after step {before}; list them in their order", regime.at));
        }
        before = regime.at;
    }
}

/// Whoever is said to pay a kind holds a budget to do so.
fn check_payer(file: &File, name: &str, kind: &Kind, fault: &mut impl FnMut(&str, String)) {
    let Some(payer) = &kind.paid_by else { return };
    let place = format!("{name}.paid_by");
    if kind.paid_from.is_some() {
        fault(&place, "it is paid out of a pool already; take away `paid_from` or `paid_by`".to_owned());
    }
    let Some(holder) = file.providers.get(payer) else {
        return fault(&place, unknown("kind of provider", payer, file.providers.keys()));
    };
    if payer == name {
        fault(&place, "it cannot be paid by itself; name the kind whose `payment` is `prime`".to_owned());
    } else if kind.is_prime() {
        fault(&place, format!("`{name}` holds a `prime` contract itself and cannot be paid by `{payer}`"));
    } else if !holder.is_prime() {
        fault(&place, format!("`{payer}` holds no budget: its `payment` is not `prime`"));
    }
}

/// A prime contract has one holder, and somebody to pay.
fn check_prime(file: &File, name: &str, kind: &Kind, fault: &mut impl FnMut(&str, String)) {
    if !kind.is_prime() {
        return;
    }
    if kind.count > 1 {
        let problem = format!("{} providers cannot hold one budget: a `prime` contract needs a count of 1", kind.count);
        fault(&format!("{name}.count"), problem);
    }
    if !file.providers.values().any(|other| other.paid_by.as_deref() == Some(name)) {
        let problem = format!("a `prime` contract with nobody to pay: let other kinds say `\"paid_by\": \"{name}\"`");
        fault(&format!("{name}.payment"), problem);
    }
}

/// There is one budget of the place, and so one prime contract at most.
fn check_primes(file: &File, fault: &mut impl FnMut(&str, String)) {
    let contracts = file
        .providers
        .iter()
        .flat_map(|(name, kind)| kind.payments().map(move |payment| (name, payment)))
        .filter(|(_, payment)| payment.as_prime().is_some());
    for (name, _) in contracts.skip(1) {
        let problem = "a second `prime` contract; the budget of the place can be given to one, and once".to_owned();
        fault(&format!("{name}.payment"), problem);
    }
}

/// At no step is more than the whole of a gain or a loss shared out, and all who share look at one budget.
fn check_shares(file: &File, fault: &mut impl FnMut(&str, String)) {
    let mut steps: Vec<u32> = file.providers.values().flat_map(|kind| kind.then.iter().map(|next| next.at)).collect();
    steps.push(0);
    steps.sort_unstable();
    for step in steps {
        let sharing: Vec<(&String, &GainShare)> = file
            .providers
            .iter()
            .filter_map(|(name, kind)| match kind.payment_at(step)? {
                Payment::GainShare(form) => Some((name, form)),
                _ => None,
            })
            .collect();
        let Some((name, first)) = sharing.last() else { continue };
        for (what, of) in [("gain", (|form| form.gain) as fn(&GainShare) -> f64), ("loss", |form| form.loss)] {
            let total: f64 = sharing.iter().map(|(_, form)| of(form)).sum();
            if total > 1.0 + ROUNDING {
                let problem =
                    format!("from step {step} on the parts in a {what} sum to {total}; 1 is all there is to share");
                return fault(&format!("{name}.payment"), problem);
            }
        }
        if let Some((other, form)) = sharing.iter().find(|(_, form)| libm::fabs(form.budget - first.budget) > ROUNDING)
        {
            let problem = format!(
                "from step {step} on its `budget` of the place is {}, but {} for `{other}`; a place has one budget",
                first.budget, form.budget
            );
            return fault(&format!("{name}.payment"), problem);
        }
    }
}

impl Kind {
    /// Every payment it ever has, in order.
    fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.payment.iter().chain(self.then.iter().map(|regime| &regime.payment))
    }

    fn payment_at(&self, step: u32) -> Option<&Payment> {
        let later = self.then.iter().rev().find(|regime| regime.at <= step);
        later.map(|regime| &regime.payment).or(self.payment.as_ref())
    }

    fn is_prime(&self) -> bool {
        self.payments().any(|payment| payment.as_prime().is_some())
    }
}
