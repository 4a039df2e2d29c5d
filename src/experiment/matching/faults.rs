//! What is wrong with a match file beyond its form.

use super::file::{File, Observed, Scale, Target, Use};
use super::formula::Formula;
use super::problem::Place;
use crate::experiment::calibrate::{in_place, pointer};
use crate::experiment::vary::misfit;
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::file::File as ScenarioFile;
use crate::scenario::text::{Address, Document, Fault, did_you_mean};

/// What is wrong within the file, whatever the scenarios say.
pub(super) fn own(document: &Document, file: &File) -> Vec<Fault> {
    let mut faults = names(document, file);
    faults.extend(ranges(document, file));
    for (name, target) in &file.targets {
        let at = |field: &str| pointer(&["targets", name, field]);
        if target.error + target.discrepancy <= 0.0 {
            let problem = "with `discrepancy` it is 0, so that no model could agree; give one of the two";
            faults.push(document.fault(&at("error"), problem));
        }
        match target.observed {
            None if target.purpose == Use::Match => {
                let problem = "`observed` is missing; only what is held out (`\"use\": \"hold_out\"`) may wait for it";
                faults.push(document.fault(&pointer(&["targets", name]), problem));
            }
            Some(Observed::Between([from, to])) if from >= to => {
                let problem = format!("it runs from {from} to {to}; the first must be the smaller");
                faults.push(document.fault(&at("observed"), problem));
            }
            _ => {}
        }
    }
    if !file.targets.values().any(|target| target.purpose == Use::Match) {
        faults.push(document.fault("targets", "all are held out; points need targets to agree with"));
    }
    if file.method.verify < file.method.runs {
        let problem = format!("it must be at least `runs`, {}", file.method.runs);
        faults.push(document.fault("/method/verify", problem));
    }
    faults
}

fn names(document: &Document, file: &File) -> Vec<Fault> {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let mut faults = Vec::new();
    for (name, arm) in &file.arms {
        let at = pointer(&["arms", name]);
        if !name.chars().all(is_plain) {
            let problem = format!("`{name}` is no name for a file; use small letters, digits and dashes");
            faults.push(document.fault(&at, problem));
        }
        if !file.targets.values().flat_map(Target::formulas).any(|formula| uses(formula, name)) {
            faults.push(document.fault(&at, "no target reads it; take it away, or name it in a target"));
        }
        if arm.patch.contains_key("extends") {
            let problem = "a patch extends nothing; lay fragments over the scenario as in `place-fortress+alliance`";
            faults.push(document.fault(&pointer(&["arms", name, "patch", "extends"]), problem));
        }
    }
    for name in file.derived.keys().filter(|name| file.numbers.contains_key(*name)) {
        let problem = "an open number has that name already; choose another";
        faults.push(document.fault(&pointer(&["derived", name]), problem));
    }
    faults
}

/// Whether a formula names an arm.
pub(super) fn uses(formula: &str, arm: &str) -> bool {
    let of = |name: &String| name.split_once(':').is_some_and(|(of, _)| of.trim() == arm);
    // Of a formula that cannot be read, which is told by itself, what it seems to name counts.
    formula
        .parse::<Formula>()
        .map_or_else(|_| formula.contains(&format!("{{{arm}:")), |formula| formula.names.iter().any(of))
}

fn ranges(document: &Document, file: &File) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, open) in &file.numbers {
        let [from, to] = open.range;
        let at = pointer(&["numbers", name, "range"]);
        if from >= to {
            faults.push(document.fault(&at, format!("it runs from {from} to {to}; the first must be the smaller")));
        } else if from <= 0.0 && open.scale == Scale::Log {
            let problem = format!("it begins at {from}, where ratios make no sense; begin above 0 or take `linear`");
            faults.push(document.fault(&at, problem));
        }
        let is_used =
            |text: &str| text.parse::<Formula>().is_ok_and(|formula| formula.names.iter().any(|known| known == name));
        let is_open = open.pointers.is_empty() && open.times.is_empty();
        if is_open && !file.derived.values().any(|derived| is_used(&derived.value)) {
            let problem = "it stands nowhere; give `pointers`, `times`, or use it in `derived`";
            faults.push(document.fault(&pointer(&["numbers", name]), problem));
        }
    }
    faults
}

/// The formulas of derived numbers, which may use what stands above them.
pub(super) fn derived(document: &Document, file: &File) -> Result<Vec<Formula>, Vec<Fault>> {
    let (mut formulas, mut faults) = (Vec::new(), Vec::new());
    for (position, (name, derived)) in file.derived.iter().enumerate() {
        let at = pointer(&["derived", name, "value"]);
        let known = || file.numbers.keys().chain(file.derived.keys().take(position)).map(String::as_str);
        match derived.value.parse::<Formula>() {
            Ok(formula) => {
                for unknown in formula.names.iter().filter(|name| !known().any(|known| known == *name)) {
                    let near = did_you_mean(unknown, known());
                    let problem = format!("there is no number `{unknown}` here or above{near}");
                    faults.push(document.fault(&at, problem));
                }
                formulas.push(formula);
            }
            Err(problem) => faults.push(document.fault(&at, problem)),
        }
    }
    if faults.is_empty() { Ok(formulas) } else { Err(faults) }
}

/// Shares of the way from one end of a range to the other at which it is tried before anything runs. The one between finds out places
/// where only whole numbers fit.
const TRIED: [f64; 3] = [0.0, 0.437, 1.0];

/// Pointers to nothing, places that are set twice, values that do not fit.
pub(super) fn of_places(
    document: &Document,
    file: &File,
    arms: &[(String, Scenario)],
    places: &[Vec<Vec<Place>>],
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let sections =
        file.numbers.keys().map(|name| ("numbers", name)).chain(file.derived.keys().map(|name| ("derived", name)));
    let sections: Vec<(&str, &String)> = sections.collect();
    for (name, open) in &file.numbers {
        faults.extend(nowhere(document, arms, ["numbers", name, "pointers"], &open.pointers));
        faults.extend(nowhere(document, arms, ["numbers", name, "times"], &open.times));
    }
    for (name, derived) in &file.derived {
        faults.extend(nowhere(document, arms, ["derived", name, "pointers"], &derived.pointers));
    }
    for ((arm, _), of_arm) in arms.iter().zip(places) {
        let mut taken: Vec<&str> = Vec::new();
        for (places, (section, name)) in of_arm.iter().zip(&sections) {
            for place in places {
                if taken.contains(&place.pointer.as_str()) {
                    let problem = format!("`{}` is set twice in arm `{arm}`; one place has one number", place.pointer);
                    faults.push(document.fault(&pointer(&[section, name]), problem));
                }
                taken.push(&place.pointer);
            }
        }
    }
    faults.extend(values(document, file, arms, places));
    once(faults)
}

fn nowhere(document: &Document, arms: &[(String, Scenario)], at: [&str; 3], pointers: &[String]) -> Vec<Fault> {
    let is_there =
        |asked: &str| arms.iter().any(|(_, arm)| !super::places::expand(arm.document().value(), asked).is_empty());
    let missing = pointers.iter().enumerate().filter(|(_, asked)| !is_there(asked));
    let fault = |(number, asked): (usize, &String)| {
        let why = arms.first().and_then(|(name, arm)| {
            let fault = arm.document().with(asked, serde_json::Value::Null).err()?;
            (!asked.contains('*')).then(|| format!("; in `{name}`, {}", fault.problem))
        });
        let problem = format!("`{asked}` is no number in any arm{}", why.unwrap_or_default());
        document.fault(&pointer(&[at[0], at[1], at[2], &number.to_string()]), problem)
    };
    missing.map(fault).collect()
}

/// Values of open numbers that do not fit where they would stand. Nearly always all fit, which is seen at once; only else each is
/// tried by itself.
fn values(document: &Document, file: &File, arms: &[(String, Scenario)], places: &[Vec<Vec<Place>>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for ((arm, scenario), of_arm) in arms.iter().zip(places) {
        for share in TRIED {
            if fits(file, scenario, of_arm, share) {
                continue;
            }
            for ((name, open), places) in file.numbers.iter().zip(of_arm) {
                // A range that runs backwards is told by itself.
                if open.range[0] >= open.range[1] || open.range[0] <= 0.0 && open.scale == Scale::Log {
                    continue;
                }
                for place in places {
                    let value = place.json(open.at(share)).as_f64().unwrap_or(f64::NAN);
                    for fault in misfit(scenario.document(), &place.pointer, value) {
                        let problem = format!("in arm `{arm}`, {}", in_place(&fault));
                        faults.push(document.fault(&pointer(&["numbers", name, "range"]), problem));
                    }
                }
            }
        }
    }
    faults
}

/// Whether all open numbers at a share of their ranges fit an arm's form at once.
fn fits(file: &File, scenario: &Scenario, places: &[Vec<Place>], share: f64) -> bool {
    let mut value = scenario.document().value().clone();
    for (open, places) in file.numbers.values().zip(places) {
        for place in places {
            if let Some(number) = value.pointer_mut(&place.pointer) {
                *number = place.json(open.at(share));
            }
        }
    }
    let text =
        Document::from_text::<ScenarioFile>(&BUNDLED, Address::Disk(scenario.name.clone().into()), &value.to_string());
    text.and_then(|document| document.parse::<ScenarioFile>()).is_ok()
}

/// Each fault once.
fn once(faults: Vec<Fault>) -> Vec<Fault> {
    let mut kept: Vec<Fault> = Vec::new();
    for fault in faults {
        if !kept.contains(&fault) {
            kept.push(fault);
        }
    }
    kept
}
