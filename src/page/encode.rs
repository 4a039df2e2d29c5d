//! Curves as short text: two letters a number, 4,095 steps between the ends of a scale; and JSON that can stand in a page.

use serde_json::Value;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// What stands for no number.
const NONE: usize = 4095;

/// The two ends between which numbers are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Scale {
    /// From nothing, or the least number if that is below, to the greatest.
    pub(super) fn over<'a>(values: impl IntoIterator<Item = &'a f64>) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(*value), high.max(*value)));
        Self { low, high: if high > low { high } else { low + 1.0 } }
    }

    /// A curve as text.
    pub(super) fn text(self, values: &[f64]) -> String {
        let mut text = String::with_capacity(values.len() * 2);
        for value in values {
            let share = (value - self.low) / (self.high - self.low);
            let step = if value.is_finite() {
                (share * (NONE - 1) as f64).round().clamp(0.0, (NONE - 1) as f64) as usize
            } else {
                NONE
            };
            text.push(LETTERS[step >> 6] as char);
            text.push(LETTERS[step & 63] as char);
        }
        text
    }
}

/// A number rounded to five digits, as JSON; `null` where it is none.
pub(super) fn short(value: f64) -> Value {
    if !value.is_finite() {
        return Value::Null;
    }
    let rounded: f64 = format!("{value:.4e}").parse().unwrap_or(value);
    if rounded == 0.0 { Value::from(0) } else { Value::from(rounded) }
}

/// JSON in which nothing can end the script element that it stands in.
pub(super) fn in_page(value: &Value) -> String {
    let mut text = String::new();
    for letter in value.to_string().chars() {
        match letter {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            plain => text.push(plain),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_curve_takes_two_letters_a_number_and_keeps_its_ends() {
        let scale = Scale::over(&[0.2, 2.0, f64::NAN]);
        assert_eq!(scale, Scale { low: 0.0, high: 2.0 });
        assert_eq!(scale.text(&[0.0, 2.0, 1.0, f64::NAN, 9.0]), "AA_-f___".to_owned() + "_-");
        assert_eq!(Scale::over(&[-1.0]), Scale { low: -1.0, high: 0.0 });
        assert_eq!(Scale::over(&[]).text(&[0.0]), "AA");
    }

    #[test]
    fn nothing_in_the_data_can_end_its_script() {
        let text = in_page(&json!({ "name": "</script><script>&\u{2028}" }));
        assert!(!text.contains('<') && !text.contains('>') && !text.contains('&') && !text.contains('\u{2028}'));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({ "name": "</script><script>&\u{2028}" }));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([short(0.123_456_789), short(-0.0), short(f64::NAN)], [json!(0.12346), json!(0), Value::Null]);
    }
}
