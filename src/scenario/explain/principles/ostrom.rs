//! Ostrom's eight principles as refined. Source: Ostrom 1990, ch. 3; Cox, Arnold & Villamayor-Tomás 2010, *Ecology and Society*
//! 15(4).

use super::{
    HALF, Principle, Verdict, absent, acts, decides_alone, judged, left_outside, list, partly, present, unchecked,
    undecided, unless, unseen,
};
use crate::model::english::percent;
use crate::model::rule::{Audience, Parts, Rule};
use crate::model::shock::Shock;
use crate::scenario::file::File;

/// The eleven, in order.
pub(super) fn principles(file: &File) -> Vec<Principle> {
    list([
        ("O1A", "Clear who the users are", users(file)),
        ("O1B", "Clear what the resource is", resource(file)),
        ("O2A", "Rules that fit the place", fit(file)),
        ("O2B", "Gains in proportion to burdens", proportion(file)),
        ("O3", "Collective choice", choice(file)),
        ("O4A", "Users are monitored", users_watched(file)),
        ("O4B", "The resource is monitored", resource_watched(file)),
        ("O5", "Graduated sanctions", sanctions(file)),
        ("O6", "Conflict resolution", conflicts(file)),
        ("O7", "The right to organise", right_to_organise(file)),
        ("O8", "Nested enterprises", nested(file)),
    ])
}

/// Partly where a kind is left outside, or no more than half of outside use is shut out.
fn users(file: &File) -> Verdict {
    judged(file.rules.partners.as_ref(), "no rule says who belongs", |_| {
        let shut_out = acts(file.rules.boundary.as_ref()).map_or(0.0, |rule| rule.shut_out);
        let open = file.outside.is_some() && shut_out <= HALF;
        let outside = left_outside(file).map(|names| format!("left outside: {names}"));
        unless(
            outside.or_else(|| open.then(|| "users from outside are hardly kept out".to_owned())),
            "it is settled who belongs and who does not",
        )
    })
}

/// Partly where no more than half of what members do counts to the place.
fn resource(file: &File) -> Verdict {
    judged(file.rules.boundary.as_ref(), "no boundary is drawn", |rule| {
        let little = rule.counted <= HALF;
        let lacking = little.then(|| format!("only {} of what members do counts to the place", percent(rule.counted)));
        unless(lacking, "a boundary says what counts to the place")
    })
}

/// A vision of the place's own; partly where a limit from outside applies beside it.
fn fit(file: &File) -> Verdict {
    judged(file.rules.shared_vision.as_ref(), "no common idea of the place stands behind the rules", |rule| {
        let imposed = acts(file.rules.quota.as_ref()).is_some();
        match rule.precision {
            0.0 => absent("the common idea of the place holds against no evidence"),
            _ => unless(
                imposed.then(|| "a limit from outside applies too".to_owned()),
                "a common idea of the place stands behind the rules",
            ),
        }
    })
}

/// Partly where results are parted whatever the size, only gains or only losses are shared, or a kind is left outside.
fn proportion(file: &File) -> Verdict {
    judged(file.rules.pooled_finance.as_ref(), "each keeps its own gains and losses", |rule| {
        if rule.pooled <= 0.0 {
            return absent("nothing is pooled");
        }
        let equal = (rule.parts == Parts::Equal).then(|| "equal parts fall hard on the small".to_owned());
        let one_sided = rule.gain_share <= 0.0 || rule.loss_share <= 0.0;
        let one_sided = || one_sided.then(|| "gains and losses are not both shared".to_owned());
        let outside = || left_outside(file).map(|names| format!("without a part in it: {names}"));
        unless(equal.or_else(one_sided).or_else(outside), "gains and losses are shared by size")
    })
}

/// Absent where one decides alone; partly where nothing is ceded, or a kind has no vote.
fn choice(file: &File) -> Verdict {
    judged(file.rules.collective_choice.as_ref(), "nobody has a say in the rules for all", |rule| {
        if let Some(alone) = decides_alone(rule) {
            return absent(&alone);
        }
        let voiceless = || left_outside(file).map(|names| format!("without a vote: {names}"));
        unless(undecided(rule).or_else(voiceless), "all who are bound have a say")
    })
}

/// By measures or by the monitors of groups; partly where only the monitor sees the figures, no more than half is checked, or a
/// kind is left outside.
fn users_watched(file: &File) -> Verdict {
    let groups = acts(file.rules.nested_groups.as_ref()).map_or(0.0, |rule| rule.strength * rule.coverage);
    if acts(file.rules.measures.as_ref()).is_none() && groups > 0.0 {
        return unless(unseen(groups, Audience::Public), "the monitors of groups check their members");
    }
    judged(file.rules.measures.as_ref(), "no rule has what users do checked", |rule| {
        let coverage = 1.0 - (1.0 - rule.coverage) * (1.0 - groups);
        unless(unseen(coverage, rule.audience).or_else(|| unchecked(file)), "what users do is checked, and they see it")
    })
}

/// Partly where what is known of the pool is neither exacter nor newer than without measures.
fn resource_watched(file: &File) -> Verdict {
    judged(file.rules.measures.as_ref(), "the pool is known only as it was before any rule", |rule| {
        let blunt = rule.noise >= file.society.noise && rule.lag >= file.society.lag;
        let lacking = blunt.then(|| "the figures on the pool are no better than without them".to_owned());
        unless(lacking, "the figures on the pool are better than without them")
    })
}

/// Partly where fines do not rise, or nobody is checked.
fn sanctions(file: &File) -> Verdict {
    judged(file.rules.graduated_sanctions.as_ref(), "a breach has no consequence", |rule| {
        let flat = (rule.rise <= 0.0).then(|| "the fine does not rise with repeated offences".to_owned());
        let blind = users_watched(file).0 == super::Status::Absent;
        let blind = || blind.then(|| "no rule watches for those who break the rules".to_owned());
        match rule.fine {
            0.0 => absent("the fine is nothing"),
            _ => unless(flat.or_else(blind), "fines rise with repeated offences"),
        }
    })
}

/// Partly where mediation is no faster than time.
fn conflicts(file: &File) -> Verdict {
    judged(file.rules.mediation.as_ref(), "disputes are left to themselves", |rule| {
        let slow = rule.settling <= file.society.settling;
        unless(slow.then(|| "mediation is no faster than time".to_owned()), "disputes are heard early")
    })
}

/// Present where nobody above the place acts on it; partly where that has half force, comes as a shock, or is a limit.
fn right_to_organise(file: &File) -> Verdict {
    let above = acts(file.rules.external_authority.as_ref());
    let strikes = |shock: &Shock| matches!(shock, Shock::NationalOverride(_) | Shock::Reorganisation(_));
    match above {
        Some(rule) if rule.terms().strength > HALF => {
            absent("the national level overrides, reorganises or sets targets of its own")
        }
        Some(_) => partly("the national level acts now and then, at a part of its force"),
        None if acts(file.rules.quota.as_ref()).is_some() => partly("a limit is set from outside"),
        None if file.shocks.values().any(strikes) => partly("the national level acts on it once or at times"),
        None => present("nobody above the place acts on it"),
    }
}

/// Partly where there is one group only.
fn nested(file: &File) -> Verdict {
    judged(file.rules.nested_groups.as_ref(), "there are no groups within the place", |rule| {
        let single = rule.groups.len() < 2;
        unless(
            single.then(|| "there is one group only".to_owned()),
            "groups within the place decide and watch for themselves",
        )
    })
}
