//! A round by a show of hands: what was typed, read as cows of each seat.

use super::meadow::Turns;
use super::treatment::MOST_COWS;

/// Cows of each seat, from a line such as `7 5 6`, `3x6 2x8` (three seats six cows each, two eight) or `. 6` (a computer herder and
/// six). Seats that are not named are left to computer herders.
///
/// # Errors
/// What cannot be read, and what can.
pub fn read(line: &str, seats: usize) -> Result<Turns, String> {
    let mut turns = Vec::new();
    for word in line.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()) {
        let (times, cows) = word.split_once(['x', '×', '*']).unwrap_or(("1", word));
        let times: usize = times.parse().map_err(|_| unread(word))?;
        let cows = if cows == "." {
            None
        } else {
            Some(cows.parse::<u8>().ok().filter(|cows| *cows <= MOST_COWS).ok_or_else(|| unread(word))?)
        };
        if times > seats - turns.len() {
            return Err(format!(
                "That is more than {seats} seats. Type the cows of each, or of some: the rest are computer herders."
            ));
        }
        turns.extend(std::iter::repeat_n(cows, times));
    }
    turns.resize(seats, None);
    Ok(turns)
}

fn unread(word: &str) -> String {
    let word = crate::plain::one_line(word);
    format!(
        "\"{word}\" is no number of cows from 0 to {MOST_COWS}. Type one for each seat, such as 7 5 6, or by a show of hands 3x6 2x8."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_read_one_by_one_or_by_a_show_of_hands() {
        assert_eq!(read("7 5, .", 4), Ok(vec![Some(7), Some(5), None, None]));
        assert_eq!(read("2x6 1x12", 3), Ok(vec![Some(6), Some(6), Some(12)]));
        assert_eq!(read("", 2), Ok(vec![None, None]));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_a_way_out() {
        for line in ["13", "-1", "many", "6.5", "99999999999999999999x1", "x6", "6x", "3x13"] {
            assert!(read(line, 4).is_err_and(|problem| problem.contains("such as 7 5 6")), "{line}");
        }
        assert!(read("7 18446744073709551615x6", 4).is_err_and(|problem| problem.contains("more than 4 seats")));
        assert!(read("5x6", 4).is_err_and(|problem| problem.contains("more than 4 seats")));
    }
}
