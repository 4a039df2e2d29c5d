//! `--precision`: how narrow intervals are to be, of the main measure or of several by their keys.

use super::ending::Failure;
use super::flags::Flags;
use commonground::experiment::{Ensemble, Width};
use commonground::model::measure::outcome_measures;
use commonground::scenario::Scenario;
use commonground::scenario::text::did_you_mean;

/// What decides where measures are asked for by `--measure`.
pub(super) const FIRST_DECIDES: &str = "the interval of the first --measure decides; name that measure first";

/// How narrow an interval is to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Precision {
    /// Key of the measure; without one it is the main measure.
    measure: Option<String>,
    width: f64,
}

impl Precision {
    /// `0.01`, or `welfare=0.1`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (measure, width) = text.split_once('=').map_or((None, text), |(key, width)| (Some(key.trim()), width));
        match width.trim().parse::<f64>() {
            Ok(width) if width.is_finite() && width > 0.0 && measure != Some("") => {
                Ok(Self { measure: measure.map(str::to_owned), width })
            }
            _ => Err("a width above 0 is needed, such as 0.01 for one percentage point, or welfare=0.1".to_owned()),
        }
    }
}

impl Flags {
    /// The width that is asked of the main measure alone; `None` where measures are named besides, as [`Flags::widths`] has it
    /// then.
    pub(super) fn precision(&self) -> Option<f64> {
        match self.precisions() {
            [Precision { measure: None, width }] => Some(*width),
            _ => None,
        }
    }

    /// The widths of an experiment with one measure to stop at.
    ///
    /// # Errors
    /// A measure is named, or several widths are given; `way_out` says what decides in this experiment.
    pub(super) fn check_one_precision(&self, way_out: &str) -> Result<(), Failure> {
        if self.precisions().is_empty() || self.precision().is_some() {
            return Ok(());
        }
        Err(Failure::Request(format!("--precision takes one width here, as 0.01: {way_out}")))
    }

    /// The widths that are asked of measures by name, in the order in which they were typed; none where there is but one width for
    /// the main measure.
    ///
    /// # Errors
    /// A measure that not every scenario has, or that is named twice.
    pub(super) fn widths(&self, arms: &[Scenario]) -> Result<Vec<Width>, Failure> {
        let mut widths: Vec<Width> = Vec::new();
        if self.precision().is_some() {
            return Ok(widths);
        }
        let main = Ensemble::main_measure_of(arms.iter().map(|arm| &arm.setup));
        for Precision { measure, width } in self.precisions() {
            let measure = measure.clone().unwrap_or_else(|| main.to_owned());
            for arm in arms {
                let known = outcome_measures(&arm.setup);
                if !known.iter().any(|known| known.key == measure) {
                    let near = did_you_mean(&measure, known.iter().map(|known| known.key.as_str()));
                    let way_out =
                        if near.is_empty() { "; measures.csv of a run lists those that there are" } else { &near };
                    let problem = format!(
                        "--precision: there is no measure `{measure}` of a whole run in `{}`{way_out}",
                        arm.name
                    );
                    return Err(Failure::Request(problem));
                }
            }
            if widths.iter().any(|known| known.measure == measure) {
                return Err(Failure::Request(format!("--precision: `{measure}` has two widths; give it one")));
            }
            widths.push(Width { measure, width: *width });
        }
        Ok(widths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_precision_is_a_positive_width_of_a_measure_or_of_none() {
        assert_eq!(Precision::parse("0.01"), Ok(Precision { measure: None, width: 0.01 }));
        let named = Precision { measure: Some("margin.acute".to_owned()), width: 2.0 };
        assert_eq!(Precision::parse("margin.acute=2"), Ok(named));
        for text in ["0", "-1", "NaN", "inf", "narrow", "", "welfare", "welfare=", "=0.1", "welfare=0"] {
            assert!(Precision::parse(text).is_err(), "{text}");
        }
    }
}
