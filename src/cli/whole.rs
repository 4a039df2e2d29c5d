//! Whole numbers as they are typed, and what is said where none was.

use std::fmt::Display;
use std::str::FromStr;

/// Reads a whole number of that range, for `value_parser`.
///
/// # Errors
/// The text is no whole number, or outside the range; the words say which there are.
pub(super) fn whole<N>(least: N, most: N) -> impl Fn(&str) -> Result<N, String> + Clone + Send + Sync
where
    N: FromStr + PartialOrd + Display + Copy + Send + Sync,
{
    move |text| match text.parse::<N>() {
        Ok(number) if least <= number && number <= most => Ok(number),
        _ => Err(format!("a whole number from {least} to {most} is needed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_within_the_range_is_read_and_anything_else_told_what_would_be() {
        let runs = whole::<u64>(1, 1000);
        assert_eq!((runs("1"), runs("1000")), (Ok(1), Ok(1000)));
        for text in ["0", "1001", "-5", "1e3", "1.0", "many", "", "99999999999999999999999"] {
            assert_eq!(runs(text), Err("a whole number from 1 to 1000 is needed".to_owned()), "{text}");
        }
    }
}
