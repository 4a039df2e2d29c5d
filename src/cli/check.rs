//! `check`: every fault in scenarios, studies of shocks, calibrations and matches, or what is in them.

use super::against::Evidence;
use super::ending::{Ending, Failure, Outcome};
use super::{STORE, load, print};
use commonground::experiment::calibrate::Problem;
use commonground::experiment::calibrate::file::{File as Calibration, Purpose};
use commonground::experiment::matching;
use commonground::experiment::stress::Shocks;
use commonground::experiment::stress::file::File as Study;
use commonground::model::english::Time;
use commonground::scenario::Scenario;
use commonground::scenario::bundled;
use commonground::scenario::file::File;
use commonground::scenario::text::{Document, Fault, Faults, Form, counted, did_you_mean};
use serde_json::Value;

/// What `check` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground check mine.json
  commonground check scenarios/*.json
  commonground check scenarios/stress/place.json calibrations/trust-margins
  commonground check evidence/covenants
  commonground check mine.json --against evidence/england

A file is a scenario, a study of shocks (for `stress`), a calibration (for
`calibrate`) or a match (for `match`), as its fields tell. Prints every fault
with its place, line and a way out. Of a sound scenario it prints cautions: what
is accepted and may not be meant, such as a season whose length does not fit the
year. Exits with 0 if all files are fine, cautions or none, with 2 if any has a
fault. Whether a study fits the designs that are to meet it is seen
by `stress`, before it runs anything.

With --against, a scenario is held against every target of a match: what it says
stands in place of the open numbers in every arm, and the table shows by how many
standard deviations each target is off. That it is ruled out is no fault.")]
pub(crate) struct Arguments {
    /// Files to check, or names of bundled ones
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Match file whose targets the scenarios are held against
    #[arg(long, value_name = "EVIDENCE")]
    against: Option<String>,
}

/// Checks one file after the other; the verdicts are the result.
pub(crate) fn check(arguments: &Arguments) -> Outcome {
    let mut ending = Ending::Fine;
    let evidence = arguments.against.as_deref().map(Evidence::load).transpose()?;
    for name in &arguments.files {
        match checked(name) {
            Ok(sound) => {
                print::result(&sound.verdict(name))?;
                if let Some(evidence) = &evidence {
                    print::result(&held_against(evidence, name)?)?;
                }
            }
            Err(faults) => {
                ending = Ending::Faulty;
                let told = [Some(faults.to_string()), laid_over(name)];
                print::result(&told.into_iter().flatten().collect::<Vec<String>>().join("\n"))?;
            }
        }
    }
    Ok(ending)
}

/// How a scenario stands against the evidence.
fn held_against(evidence: &Evidence, name: &str) -> Result<String, Failure> {
    if Kind::of(name) != Kind::Scenario {
        return Err(Failure::Request(format!("--against holds scenarios against evidence, and `{name}` is none")));
    }
    evidence.told(&load(name)?)
}

/// A file without a fault.
struct Sound {
    /// What is in it, in a line.
    contents: String,
    /// What of it is in doubt.
    cautions: Vec<Fault>,
    /// Its address, which goes without saying where a caution has its line in it.
    file: String,
}

impl Sound {
    fn verdict(&self, name: &str) -> String {
        let cautions = match self.cautions.len() {
            0 => String::new(),
            count => format!(", with {}", counted(count as u64, "caution")),
        };
        let fine = format!("{name}: fine{cautions}; {}", self.contents);
        let lines = self.cautions.iter().map(|caution| {
            let words = caution.beside(&self.file);
            format!("  {}", print::wrapped(&format!("caution: {words}"), "    "))
        });
        [print::wrapped(&fine, "  ")].into_iter().chain(lines).collect::<Vec<String>>().join("\n")
    }
}

/// Parts of a scenario of which a fragment changes some.
const PARTS: [&str; 5] = ["pools", "providers", "society", "rules", "shocks"];

/// How a fragment is checked, which is no scenario by itself.
fn laid_over(name: &str) -> Option<String> {
    let document = Document::read::<File>(&STORE, name).ok()?;
    let is_whole =
        document.files().count() > 1 || File::WHOLE.iter().any(|field| document.value().get(field).is_some());
    let says_something = PARTS.iter().any(|part| document.value().get(part).is_some_and(Value::is_object));
    let is_fragment = says_something && Kind::of_fields(document.value()) == Kind::Scenario && !is_whole;
    let words =
        format!("It is a fragment, which says only what it changes: check it over a scenario, as SCENARIO+{name}");
    is_fragment.then(|| print::wrapped(&words, ""))
}

/// What a file says, if there is no fault in it.
fn checked(name: &str) -> Result<Sound, Faults> {
    let contents = match Kind::of(name) {
        Kind::Scenario => {
            let scenario = load(name)?;
            let file = scenario.document().files().next().map_or_else(String::new, ToString::to_string);
            return Ok(Sound { contents: of_scenario(&scenario), cautions: scenario.cautions(&STORE), file });
        }
        Kind::Study => of_study(&Shocks::load(&STORE, name)?),
        Kind::Calibration => of_calibration(&Problem::load(&STORE, name)?),
        Kind::Match => of_match(&matching::Problem::load(&STORE, name)?),
    };
    Ok(Sound { contents, cautions: Vec::new(), file: String::new() })
}

/// What a file may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Scenario,
    Study,
    Calibration,
    Match,
}

impl Kind {
    /// What most of the fields of a file belong to, and as what its faults are told: a scenario where that leaves it open.
    fn of(name: &str) -> Self {
        match Document::read::<File>(&STORE, name) {
            Ok(document) => Self::of_fields(document.value()),
            Err(_) if sounds_like_a_study(name) => Self::Study,
            Err(_) => Self::Scenario,
        }
    }

    fn of_fields(value: &Value) -> Self {
        let forms = [
            (Self::Study, Study::schema()),
            (Self::Calibration, Calibration::schema()),
            (Self::Match, matching::file::File::schema()),
            (Self::Scenario, File::schema()),
        ];
        let known = |schema: &Value| {
            let fields = value.as_object().into_iter().flat_map(|fields| fields.keys());
            fields.filter(|field| schema["properties"].get(field.as_str()).is_some()).count()
        };
        // Of equal counts the last is taken.
        forms.into_iter().max_by_key(|(_, schema)| known(schema)).map_or(Self::Scenario, |(kind, _)| kind)
    }
}

/// Whether a name is that of a bundled study, or a slip of the pen away from one and from no scenario.
fn sounds_like_a_study(name: &str) -> bool {
    let is_near = |near: String| !near.is_empty();
    bundled::studies().any(|study| study == name)
        || is_near(did_you_mean(name, bundled::studies()))
            && !is_near(did_you_mean(name, bundled::scenarios().chain(bundled::fragments())))
}

fn of_scenario(scenario: &Scenario) -> String {
    let (file, setup) = (&scenario.file, &scenario.setup);
    let kinds: Vec<String> = file.providers.iter().map(|(name, kind)| format!("{} {name}", kind.count)).collect();
    let mut text = format!(
        "“{}”, {}; pools: {}; providers: {}; rules: {}",
        file.title,
        Time::new(&file.time.unit).count(f64::from(setup.steps())),
        names(file.pools.keys()),
        kinds.join(", "),
        names(file.rules.present().map(|(name, _)| name.key()))
    );
    if !file.shocks.is_empty() {
        text.push_str("; shocks: ");
        text.push_str(&names(file.shocks.keys()));
    }
    text
}

fn of_study(shocks: &Shocks) -> String {
    let file = &shocks.file;
    let ladders =
        file.ladders.iter().map(|(name, ladder)| format!("{name} ({})", counted(ladder.steps.len() as u64, "step")));
    format!(
        "study of shocks “{}”; goals: {}; score: {}; ladders: {}; uncertain: {}; {} on {}: {}",
        file.title,
        names(file.goals.keys()),
        file.score.measure,
        names(ladders),
        names(file.parameters.keys()),
        counted(file.points.count() as u64, "point"),
        counted(shocks.rungs.len() as u64, "rung"),
        counted((file.points.count() * shocks.rungs.len()) as u64, "future")
    )
}

fn of_calibration(problem: &Problem) -> String {
    let file = &problem.file;
    format!(
        "calibration “{}”; scenarios: {}; unknown: {}; {} to fit, {} left out; {}, {} of each scenario a point",
        file.title,
        names(file.scenarios.keys()),
        names(file.parameters.keys()),
        counted(problem.of(Purpose::Fit).count() as u64, "observation"),
        problem.of(Purpose::HoldOut).count(),
        counted(file.method.particles.into(), "particle"),
        counted(file.method.runs.into(), "run")
    )
}

fn of_match(problem: &matching::Problem) -> String {
    let file = &problem.file;
    let held_out = problem.aims.iter().filter(|aim| !aim.is_matched).count();
    format!(
        "match “{}”; arms: {}; open: {}; {}, {held_out} held out; {} at most, {} of each arm a point, {} where it is close",
        file.title,
        names(file.arms.keys()),
        names(file.numbers.keys()),
        counted((problem.aims.len() - held_out) as u64, "target"),
        counted(matching::most_points(&file.method), "point"),
        counted(file.method.runs.into(), "run"),
        file.method.verify
    )
}

/// "a, b, c", or "none".
fn names(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    let names: Vec<String> = names.map(|name| name.as_ref().to_owned()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_file_is_what_most_of_its_fields_belong_to_and_else_a_scenario() {
        let of = |value: Value| Kind::of_fields(&value);
        assert_eq!(of(json!({ "title": "", "goals": {}, "laders": {} })), Kind::Study);
        assert_eq!(of(json!({ "title": "", "data": {}, "scenarios": {}, "parameters": {} })), Kind::Calibration);
        assert_eq!(of(json!({ "title": "", "arms": {}, "targets": {}, "numbers": {} })), Kind::Match);
        assert_eq!(of(json!({ "title": "", "question": "", "pools": {} })), Kind::Scenario);
        assert_eq!([of(json!({})), of(json!([1])), of(json!({ "titel": 1 }))], [Kind::Scenario; 3]);
    }
}
