//! The ten principles of the King's Fund. Source: Ham & Alderwick 2015, *Place-based systems of care*.

use super::Status::{Absent, Present};
use super::{
    HALF, Principle, Verdict, absent, acts, capitated, judged, left_outside, list, partly, present, unchecked,
    undecided, unless, unseen,
};
use crate::model::english::percent;
use crate::model::payment::Payment;
use crate::scenario::file::File;

/// The ten, in order.
pub(super) fn principles(file: &File) -> Vec<Principle> {
    list([
        ("KF1", "A population and a boundary", boundary(file)),
        ("KF2", "The right partners", partners(file)),
        ("KF3", "A shared vision", vision(file)),
        ("KF4", "Governance that binds all", governance(file)),
        ("KF5", "Leaders of the system", leaders(file)),
        ("KF6", "Conflicts settled, breaches answered", conflicts(file)),
        ("KF7", "Money that follows the aim", money(file)),
        ("KF8", "A dedicated team", team(file)),
        ("KF9", "Systems within systems", systems(file)),
        ("KF10", "One set of measures", measures(file)),
    ])
}

/// Partly where no more than half of what members do counts to the place.
fn boundary(file: &File) -> Verdict {
    judged(file.rules.boundary.as_ref(), "nothing says whose activity counts to the place", |rule| {
        let little = rule.counted <= HALF;
        let lacking = little.then(|| format!("only {} of what members do counts to the place", percent(rule.counted)));
        unless(lacking, "most of what members do counts to the place")
    })
}

/// Partly where a kind is left outside, or nothing is done together at the table.
fn partners(file: &File) -> Verdict {
    let rules = &file.rules;
    let together = acts(rules.collective_choice.as_ref()).is_some()
        || acts(rules.pooled_finance.as_ref()).is_some()
        || acts(rules.shared_vision.as_ref()).is_some();
    judged(rules.partners.as_ref(), "no rule brings the partners to a table", |_| {
        let outside = left_outside(file).map(|names| format!("left outside: {names}"));
        let idle = || (!together).then(|| "it is settled who is bound, but nothing is done together".to_owned());
        unless(outside.or_else(idle), "every kind of provider has a seat")
    })
}

/// Absent where the vision holds against no evidence.
fn vision(file: &File) -> Verdict {
    judged(file.rules.shared_vision.as_ref(), "there is no common idea of what all will do", |rule| {
        match rule.precision {
            0.0 => absent("the vision holds against no evidence"),
            _ => present("all begin with the same idea of what each will do"),
        }
    })
}

/// Partly where one decides alone, nothing is ceded, or the public has no vote.
fn governance(file: &File) -> Verdict {
    judged(file.rules.collective_choice.as_ref(), "nothing is decided together", |rule| {
        let public = || (rule.public_seats <= 0.0).then(|| "the public has no vote".to_owned());
        unless(undecided(rule).or_else(public), "members and the public decide, and a part of each one's say is ceded")
    })
}

/// Partly where leaders make nothing clearer.
fn leaders(file: &File) -> Verdict {
    judged(file.rules.leadership.as_ref(), "nobody gives time to the system", |rule| {
        let vain = rule.clarity <= 0.0;
        unless(
            vain.then(|| "leaders give their time, and nothing is clearer for it".to_owned()),
            "leaders give their time to the system",
        )
    })
}

/// Mediation and sanctions; partly where only one of them acts.
fn conflicts(file: &File) -> Verdict {
    let sanctions = judged(file.rules.graduated_sanctions.as_ref(), "", |rule| match rule.fine {
        0.0 => absent("the fine is nothing"),
        _ => present(""),
    });
    let mediation = judged(file.rules.mediation.as_ref(), "", |_| present(""));
    match (mediation.0, sanctions.0) {
        (Absent, Absent) => absent("disputes are left to themselves and breaches without consequence"),
        (Absent, _) => partly("breaches are fined, but disputes are left to themselves"),
        (_, Absent) => partly("disputes are heard, but a breach has no consequence"),
        (Present, Present) => present("disputes are heard and breaches fined"),
        _ => partly("disputes are heard and breaches fined, but not with full force"),
    }
}

/// Three levels: results pooled, a capitated budget for more than a year with a part by outcomes of the place for all who are
/// paid, and gains and losses shared. Partly where one or two are there, or a kind is left outside.
fn money(file: &File) -> Verdict {
    let pooling = acts(file.rules.pooled_finance.as_ref());
    let years = |contract: u32| f64::from(contract) > file.time.steps_per_year;
    let shares_out =
        |payment: &Payment| matches!(payment, Payment::GainShare(form) if form.gain > 0.0 && form.loss > 0.0);
    let shared = pooling.is_some_and(|rule| rule.pooled > 0.0 && rule.gain_share > 0.0 && rule.loss_share > 0.0)
        || file.providers.values().filter_map(|kind| kind.payment.as_ref()).any(shares_out);
    let levels = [
        (pooling.is_some_and(|rule| rule.pooled > 0.0), "no results are pooled"),
        (capitated(file), "not all are paid by need with a part by outcomes of the place"),
        (pooling.is_some_and(|rule| years(rule.contract)), "no contract runs for more than a year"),
        (shared, "gains and losses are not shared"),
    ];
    let missing: Vec<&str> = levels.iter().filter(|(there, _)| !there).map(|(_, words)| *words).collect();
    match missing.len() {
        0 => judged(file.rules.pooled_finance.as_ref(), "", |_| {
            unless(
                left_outside(file).map(|names| format!("without a part in what is pooled: {names}")),
                "results are pooled, a capitated budget of some years pays in part for outcomes, and gains and losses are shared",
            )
        }),
        4 => absent("each has its own money, and nobody shares in another's gains or losses"),
        _ => partly(missing.join("; ")),
    }
}

/// Partly where the team can do no more than half of the work, or nothing is decided that it could carry out.
fn team(file: &File) -> Verdict {
    judged(file.rules.dedicated_team.as_ref(), "no team carries out decisions", |rule| {
        let small = (rule.capacity <= HALF).then(|| format!("it can do only {} of the work", percent(rule.capacity)));
        let idle = acts(file.rules.collective_choice.as_ref()).is_none();
        let idle = || idle.then(|| "nothing is decided that it could carry out".to_owned());
        unless(small.or_else(idle), "a team carries out what was decided")
    })
}

/// Partly where there is one group only.
fn systems(file: &File) -> Verdict {
    judged(file.rules.nested_groups.as_ref(), "there are no groups within the place", |rule| {
        let single = rule.groups.len() < 2;
        unless(single.then(|| "there is one group only".to_owned()), "groups with quotas and monitors of their own")
    })
}

/// Partly where only the monitor sees the figures, no more than half of what is done is checked, or a kind is left outside.
fn measures(file: &File) -> Verdict {
    judged(file.rules.measures.as_ref(), "nobody measures", |rule| {
        unless(
            unseen(rule.coverage, rule.audience).or_else(|| unchecked(file)),
            "all members and the public see one set of figures",
        )
    })
}
