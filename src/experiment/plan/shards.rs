//! Lists of shards as people and schedulers write them: `0,3-5`, as in Slurm's `--array`.

use std::fmt;
use std::str::FromStr;

/// Numbers of shards, ascending, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shards(Vec<u64>);

/// A list may name so many shards.
const MOST: u64 = 10_000_000;

impl Shards {
    /// The numbers, ascending.
    pub fn numbers(&self) -> &[u64] {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl FromIterator<u64> for Shards {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Self {
        let mut numbers: Vec<u64> = numbers.into_iter().collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self(numbers)
    }
}

impl fmt::Display for Shards {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let runs = self.0.chunk_by(|one, next| one + 1 == *next);
        for (position, run) in runs.enumerate() {
            let comma = if position > 0 { "," } else { "" };
            match run {
                [first, .., last] => write!(formatter, "{comma}{first}-{last}")?,
                [only] => write!(formatter, "{comma}{only}")?,
                [] => {}
            }
        }
        Ok(())
    }
}

impl FromStr for Shards {
    type Err = String;

    /// Reads `0,3-5`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut numbers = Vec::new();
        for piece in text.split(',').map(str::trim) {
            let (first, last) = piece.split_once('-').unwrap_or((piece, piece));
            let (first, last) = (number(first, text)?, number(last, text)?);
            if last < first {
                return Err(format!("`{piece}` runs backwards; write `{last}-{first}`"));
            }
            if last - first >= MOST || numbers.len() as u64 + (last - first) >= MOST {
                return Err(format!("`{text}` names more than {MOST} shards"));
            }
            numbers.extend(first..=last);
        }
        Ok(numbers.into_iter().collect())
    }
}

fn number(piece: &str, text: &str) -> Result<u64, String> {
    piece
        .trim()
        .parse()
        .map_err(|_| format!("`{text}` is no list of shards; numbers and ranges are needed, as in `0,3-5`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_written_as_slurm_reads_it() {
        for (numbers, text) in [(vec![], ""), (vec![5, 0, 4, 3, 4], "0,3-5"), (vec![1, 2], "1-2"), (vec![7], "7")] {
            assert_eq!(numbers.into_iter().collect::<Shards>().to_string(), text);
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["0,3-5", "7", "1-2,9"] {
            assert_eq!(text.parse::<Shards>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_list_is_refused_with_the_way_out() {
        for (text, words) in [
            ("", "as in `0,3-5`"),
            ("three", "as in `0,3-5`"),
            ("-1", "as in `0,3-5`"),
            ("5-3", "write `3-5`"),
            ("0-99999999999", "more than 10000000 shards"),
        ] {
            assert!(text.parse::<Shards>().unwrap_err().contains(words), "{text}");
        }
    }
}
