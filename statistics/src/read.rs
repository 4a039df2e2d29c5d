//! Reads a count of values from a file, within the bound that keeps accumulators from overflowing.

use serde::{Deserialize, Deserializer, de};

/// The largest count of values: 2⁴⁰. A million accumulators at the bound can
/// still be merged.
pub(super) const LARGEST_COUNT: u64 = 1 << 40;

/// A count of values; a larger one can only come from a damaged file.
pub(super) fn count<'de, D: Deserializer<'de>>(file: D) -> Result<u64, D::Error> {
    let count = u64::deserialize(file)?;
    if count > LARGEST_COUNT {
        return Err(de::Error::custom(format!("a count of {count} values is more than {LARGEST_COUNT}")));
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn a_count_that_might_overflow_is_refused() {
        let read = |text| count(&mut serde_json::Deserializer::from_str(text));
        assert_eq!(read("1099511627776").unwrap(), 1 << 40);
        let fault = read("1099511627777").unwrap_err().to_string();
        assert!(fault.starts_with("a count of 1099511627777 values is more than 1099511627776"));
    }
}
