//! A round by a show of hands: what was typed, read as what each seat chooses.

use super::commons::Turns;
use super::game::{Choice, Game};

/// What each seat chooses, from a line such as `7 5 6`, `3x6 2x8` (three seats six cows each, two eight) or `. 6` (a computer and
/// six). In a place prevention and what is referred, in per cent, may follow: `110/4/50`. Seats that are not named are left to computers.
///
/// # Errors
/// What cannot be read, and what can.
pub fn read(line: &str, game: Game, seats: usize) -> Result<Turns, String> {
    let mut turns = Vec::new();
    for word in line.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()) {
        let (times, choice) = word.split_once(['x', '×', '*']).unwrap_or(("1", word));
        let times: usize = times.parse().map_err(|_| unread(game, word))?;
        let choice =
            if choice == "." { None } else { Some(choice_in(game, choice).ok_or_else(|| unread(game, word))?) };
        if times > seats - turns.len() {
            return Err(format!(
                "That is more than {seats} seats. Type what each chooses, or some: computers choose for the rest."
            ));
        }
        turns.extend(std::iter::repeat_n(choice, times));
    }
    turns.resize(seats, None);
    let roles = game.roles(seats);
    let wrong = turns.iter().zip(&roles).position(|(turn, role)| turn.is_some_and(|choice| !game.allows(choice, role)));
    match wrong {
        Some(seat) => Err(format!("Seat {} ({}) has nothing to refer.", seat + 1, roles[seat].name)),
        None => Ok(turns),
    }
}

/// "110/4/50": a level, prevention, and what is referred of what can be.
fn choice_in(game: Game, word: &str) -> Option<Choice> {
    let facts = game.facts();
    let mut parts = word.split('/').map(|part| part.parse::<u8>().ok());
    let level = facts.position(parts.next()??)?;
    let mut share = |of: &[u8]| match parts.next() {
        None => Some(0),
        Some(share) => of.iter().position(|one| Some(*one) == share).map(|position| position as u8),
    };
    let choice = Choice { level, upstream: share(facts.upstream)?, refers: share(facts.refers)? };
    parts.next().is_none().then_some(choice)
}

fn unread(game: Game, word: &str) -> String {
    let word = crate::plain::one_line(word);
    let [first, last] = game.facts().ends();
    match game {
        Game::Meadow => format!(
            "\"{word}\" is no number of cows from {first} to {last}. Type one for each seat, such as 7 5 6, or by a show of hands 3x6 2x8."
        ),
        Game::Place => format!(
            "\"{word}\" is no choice. Type a level for each seat, {first} to {last} in tens, such as 110 100 90; with prevention 110/4 (0, 4 or 8), and for \
             the hospital with what it refers 110/4/50 (0, 50 or 100)."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cows(numbers: &[Option<u8>]) -> Turns {
        numbers.iter().map(|number| number.map(Choice::from)).collect()
    }

    #[test]
    fn seats_are_read_one_by_one_or_by_a_show_of_hands() {
        assert_eq!(read("7 5, .", Game::Meadow, 4), Ok(cows(&[Some(7), Some(5), None, None])));
        assert_eq!(read("2x6 1x12", Game::Meadow, 3), Ok(cows(&[Some(6), Some(6), Some(12)])));
        assert_eq!(read("", Game::Meadow, 2), Ok(cows(&[None, None])));
    }

    #[test]
    fn in_a_place_prevention_and_referral_follow_the_level() {
        let read = |line| read(line, Game::Place, 4);
        let choice = |level, upstream, refers| Some(Choice { level, upstream, refers });
        assert_eq!(read("110/4/50 2x100/8"), Ok(vec![choice(4, 1, 1), choice(3, 2, 0), choice(3, 2, 0), None]));
        for line in ["105", "110/5", "110/4/50/1", "60", "110/", "/4", "6"] {
            assert!(read(line).is_err_and(|problem| problem.contains("such as 110 100 90")), "{line}");
        }
        assert!(read("100 100/0/50").is_err_and(|problem| problem.contains("Seat 2 (General practice)")));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_a_way_out() {
        let read = |line| read(line, Game::Meadow, 4);
        for line in ["13", "-1", "many", "6.5", "99999999999999999999x1", "x6", "6x", "3x13", "6/4"] {
            assert!(read(line).is_err_and(|problem| problem.contains("such as 7 5 6")), "{line}");
        }
        assert!(read("7 18446744073709551615x6").is_err_and(|problem| problem.contains("more than 4 seats")));
        assert!(read("5x6").is_err_and(|problem| problem.contains("more than 4 seats")));
    }
}
