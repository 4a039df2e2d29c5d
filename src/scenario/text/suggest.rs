//! "Did you mean …?": the nearest of the names that would have been right.

use super::words;

/// Longer names are no slip of the pen, and would be slow to compare.
const LONGEST: usize = 64;
/// Shorter words, such as `of` and `by`, say nothing of what is meant.
const SHORTEST_WORD: usize = 3;

/// The candidate a slip of the pen away from `name`: at most one edit in three characters, case and `-` for `_` not counted; or else
/// the one that shares its words.
pub(super) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = plain(name);
    let allowed = (name.chars().count() / 3).max(1);
    let candidates: Vec<&str> = candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST).collect();
    let by_letters = candidates
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, &plain(candidate)), *candidate))
        .filter(|(edits, candidate)| *edits <= allowed && *edits < candidate.chars().count())
        .min_by_key(|(edits, _)| *edits);
    by_letters.map(|(_, candidate)| candidate).or_else(|| by_words(&name, &candidates))
}

/// The candidate of which `name` has all words and some more, as `society_trust` has those of `trust`, or the other way round; none
/// where two are as near.
fn by_words<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let words: Vec<&str> = name.split('_').filter(|word| word.len() >= SHORTEST_WORD).collect();
    let more_words = |candidate: &str| {
        let candidate = plain(candidate);
        let others: Vec<&str> = candidate.split('_').collect();
        let shared = words.iter().filter(|word| others.contains(word)).count();
        let is_within = shared > 0 && (shared == words.len() || shared == others.len());
        is_within.then_some(words.len() + others.len() - 2 * shared)
    };
    let mut near: Vec<(usize, &str)> =
        candidates.iter().filter_map(|candidate| Some((more_words(candidate)?, *candidate))).collect();
    near.sort_by_key(|(more, _)| *more);
    match near.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        near => near.first().map(|(_, candidate)| *candidate),
    }
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
    fn a_name_with_words_too_many_or_too_few_is_mended_where_one_alone_is_meant() {
        let known = ["trust", "trust_gain", "trust_loss", "steps_per_year"];
        assert_eq!(nearest("society_trust", known), Some("trust"));
        assert_eq!(nearest("yearly_trust_loss", known), Some("trust_loss"));
        assert_eq!(nearest("steps_year", known), Some("steps_per_year"));
        assert_eq!(nearest("gain", known), Some("trust_gain"));
        assert_eq!(nearest("trust_of_the_place_in_itself", ["fine", "rise"]), None);
        assert_eq!(nearest("share", ["gain_share", "loss_share"]), None);
    }

    #[test]
    fn of_two_near_names_the_nearer_is_meant() {
        assert_eq!(nearest("rate_lo", ["rate_hi", "rate_low"]), Some("rate_low"));
    }
}
