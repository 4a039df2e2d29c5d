//! A pool in plain English.

use super::{capital, number, percent};
use crate::model::measure::words;
use crate::model::pool::{Growth, Loss, Pool, Rationing};
use crate::model::production::Production;
use crate::scenario::file::File;

/// One paragraph on a pool. Some pools are not used by effort: providers are paid out of them.
pub(super) fn describe(name: &str, pool: &Pool, file: &File) -> String {
    let used = file.providers.values().any(|kind| kind.uses.get(name).is_some_and(|units| units.0 > 0.0))
        || file.outside.as_ref().is_some_and(|outside| outside.pool == *name);
    let pays = file.providers.values().any(|kind| kind.paid_from.as_deref() == Some(name));
    let yields = || match &pool.production {
        Some(form) => production(form),
        None => "A unit of effort yields one unit wherever the pool can grant it.".to_owned(),
    };
    let sentences = [
        stock(name, pool),
        growth(&pool.growth, pool.capacity),
        if pays { "Providers are paid out of it.".to_owned() } else { String::new() },
        if used { yields() } else { String::new() },
        if used { loss(&pool.loses) } else { String::new() },
        rationing(&pool.rationing).to_owned(),
        threshold(pool),
    ];
    let told: Vec<String> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    told.join(" ")
}

fn stock(name: &str, pool: &Pool) -> String {
    let start = if pool.start >= 1.0 { "full".to_owned() } else { format!("at {} of that", percent(pool.start)) };
    format!("{}. A full pool holds {} {}; it starts {start}.", capital(&words(name)), number(pool.capacity), pool.unit)
}

fn growth(growth: &Growth, capacity: f64) -> String {
    match growth {
        Growth::Logistic(law) => format!(
            "It grows by up to {} a step, most when it is half full and not at all when empty or full.",
            number(law.rate * capacity / 4.0)
        ),
        Growth::Depensated(law) => format!(
            "It grows at a rate of {} a step, but declines by itself once it falls below {} of full.",
            number(law.rate),
            percent(law.threshold)
        ),
        Growth::Inflow(law) => format!(
            "{} flow in with each step; a full pool loses {} by itself, an emptier one less.",
            number(law.amount),
            number(law.loss)
        ),
        Growth::Allocation(law) => format!(
            "{} is allotted for each step{}. Up to {} may be carried over and up to {} overspent, of which {} is taken back from each later allotment.",
            number(law.amount),
            change(law.growth_per_step),
            number(law.carry_over),
            number(law.overdraft),
            percent(law.recovery)
        ),
        Growth::Fixed(_) => "It does not renew itself; it stays what it is but for what is drawn.".to_owned(),
    }
}

/// ", 0.1% more with each step", or nothing where the sum stands still.
fn change(per_step: f64) -> String {
    match per_step {
        0.0 => String::new(),
        rise if rise > 0.0 => format!(", {} more with each step", percent(rise)),
        fall => format!(", {} less with each step", percent(-fall)),
    }
}

fn production(production: &Production) -> String {
    match production {
        Production::Schaefer(form) => format!(
            "A unit of effort yields {} of whatever stock there is: half the stock, half the yield.",
            percent(form.catchability)
        ),
        Production::Saturating(form) => format!(
            "A unit of effort yields one unit from a full pool and {} of that at {} of full: the yield holds up while the stock runs down, then breaks.",
            // (R/K)(1 + h)/(R/K + h) at R/K = h.
            percent(f64::midpoint(1.0, form.half)),
            percent(form.half)
        ),
        Production::Quadratic(form) => format!(
            "The first unit of effort yields {}, and each further unit of anybody's effort lowers the yield of all by {}.",
            number(form.linear),
            number(form.crowding)
        ),
        Production::CobbDouglas(form) => format!(
            "One unit of effort on one unit of stock yields {}; 1% more effort yields {}% more, 1% more stock {}% more.",
            number(form.scale),
            number(form.effort),
            number(form.stock)
        ),
    }
}

fn loss(loss: &Loss) -> String {
    match loss {
        Loss::Yield(0.0) | Loss::Effort(0.0) | Loss::Claim(0.0) => "Use takes nothing from it.".to_owned(),
        Loss::Yield(units) => format!("Each unit of yield takes {} from it.", number(*units)),
        Loss::Effort(share) => format!("Each unit of effort takes {} of what is there.", percent(*share)),
        Loss::Claim(units) => format!("Each unit of effort takes {} from it.", number(*units)),
    }
}

fn rationing(rationing: &Rationing) -> &'static str {
    match rationing {
        Rationing::Proportional {} => "When more is claimed than is there, all get the same share of their claims.",
        Rationing::Priority {} => "When more is claimed than is there, those with priority are served first.",
        Rationing::Weight {} => "When more is claimed than is there, the strong get more of what they claim.",
    }
}

fn threshold(pool: &Pool) -> String {
    let refuge = if pool.refuge > 0.0 {
        format!(" {} of it is out of reach.", capital(&percent(pool.refuge)))
    } else {
        String::new()
    };
    if pool.collapse > 0.0 && pool.renews_itself() {
        format!("A run counts as collapsed once less than {} is left.{refuge}", percent(pool.collapse))
    } else {
        refuge.trim_start().to_owned()
    }
}
