//! "Did you mean …?": the nearest of the names that would have been right.

use super::words;

/// Longer names are no slip of the pen, and would be slow to compare.
const LONGEST: usize = 64;

/// The candidate a slip of the pen away from `name`: at most one edit in three characters, case and `-` for `_` not counted.
pub(super) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = plain(name);
    let allowed = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (strsim::damerau_levenshtein(&name, &plain(candidate)), candidate))
        .filter(|(edits, candidate)| *edits <= allowed && *edits < candidate.chars().count())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean `fine`?`, or nothing when no candidate is near.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates).map_or_else(String::new, |near| format!("; did you mean {}?", words::name(near)))
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_mended_and_a_different_word_is_not() {
        let known = ["fine", "forgiven_after", "rise"];
        assert_eq!(nearest("finee", known), Some("fine"));
        assert_eq!(nearest("Forgiven-After", known), Some("forgiven_after"));
        assert_eq!(nearest("price", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("x", ["y"]), None);
    }

    #[test]
    fn of_two_near_names_the_nearer_is_meant() {
        assert_eq!(nearest("rate_lo", ["rate_hi", "rate_low"]), Some("rate_low"));
    }
}
