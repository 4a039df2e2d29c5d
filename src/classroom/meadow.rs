//! The meadow: that of `pasture-fortress`, on which grass that falls below a fifth of full dies, with numbers for a class. A cow eats
//! its part of the grass and earns a tenth of the per cent of grass in coins, less 2 for its keep, whatever the number of seats.

use super::commons::Terms;
use super::game::{Facts, Role, Watch};
use super::treatment::rules;
use serde_json::{Value, json};

/// The most cows that a seat may send.
const MOST_COWS: u8 = 12;

/// Cows of a seat at level 1: the herd that earns most for all in the long run, six seats or any other number.
const COWS_AT_LEVEL_1: f64 = 6.0;

/// Coins for each cow above the limit that is found, where a group has watching and fines.
const FINE: f64 = 10.0;

/// Coins that watching costs each seat a round.
const WATCHING_COSTS: f64 = 1.0;

/// Chance that a round is dry, and the share of the grass that a dry round takes.
const DRY: (f64, f64) = (0.1, 0.1);

/// The kind of provider that herds, by its name in the scenario.
pub(super) const HERDERS: &str = "herder";

/// What does not change on it.
pub(super) const FACTS: Facts = Facts {
    steps: 1,
    unit: ("cow", "cows"),
    levels: (0, 1, MOST_COWS + 1),
    at_level_1: COWS_AT_LEVEL_1,
    fair: 6,
    upstream: &[],
    refers: &[],
    referable: 0.0,
    pool: "pasture",
    stock: "grass",
    starts: 100.0,
    bare: 25.0,
    bot: "computer herder",
};

/// All seats are herders.
pub(super) fn role(seat: usize) -> Role {
    Role { kind: HERDERS, member: seat, name: "", says: "", refers: false }
}

/// What watching and fines are.
pub(super) fn watch(seats: usize) -> Watch {
    Watch { seen: 0.5, fine: FINE, costs: WATCHING_COSTS * seats as f64 }
}

/// The same in a sentence.
pub(super) fn watch_says() -> String {
    format!(
        "In each round a seat is checked with a chance of one in two. Who is found above pays {FINE} coins a cow, half as much again each time \
         after the first, shared out among all. The watch costs each seat {WATCHING_COSTS} coin a round."
    )
}

/// What it is about.
pub(super) fn says(seats: usize) -> String {
    format!(
        "{seats} seats share a meadow. Each sends 0 to {MOST_COWS} cows in every round. A cow earns a tenth of the per cent of grass in coins, less 2 for \
         its keep: 8 coins on a full meadow, none on a fifth of it. It eats {:.2}% of the grass. Grass grows back, fastest when about two thirds are \
         left; below a fifth it dies. One round in ten is dry and takes a tenth of the grass.",
        6.0 / seats as f64
    )
}

/// Coins for a unit of yield, so that a cow earns a tenth of the grass in per cent whatever the number of seats.
pub(super) fn price(seats: usize) -> f64 {
    seats as f64 / 0.6
}

/// What a class has in place of the pasture's numbers.
pub(super) fn patch(terms: &Terms) -> Value {
    let Terms { title, seats, rounds, .. } = terms;
    let seats = *seats as f64;
    json!({
        "title": title,
        "question": "What happens to a meadow that a group shares, and what changes it?",
        "assumptions": [
            "The meadow of pasture-fortress in numbers for a class: a cow earns a tenth of the grass in per cent, less 2 coins, and eats 6 in 100 of the grass divided by the number of seats, so that one cow of six seats eats 1% of it (assumed)",
            format!("A round is dry with a chance of {}, and then a tenth of the grass is gone (assumed)", DRY.0),
            "Where nobody plays, a computer herder learns what pays, with the patience and the learning of the bundled pasture, the same in every group (assumed)",
            "What a group voted for stands as the one thing on the table, so that the lot can fall on nothing else; computer herders hold to it as far as their conscience goes (assumed)"
        ],
        "time": { "steps": rounds, "unit": "round" },
        "pools": { "pasture": { "unit": "% of a full meadow", "production": { "schaefer": { "catchability": 0.06 / seats } } } },
        "providers": { HERDERS: {
            "count": seats as u64, "size": COWS_AT_LEVEL_1 * seats, "plan": 1,
            "levels": { "from": 0, "to": f64::from(MOST_COWS) / COWS_AT_LEVEL_1, "count": u32::from(MOST_COWS) + 1 },
            "cost": { "per_effort": 2 }, "worth": price(terms.seats), "norm": { "weight": 3, "imposed": 0.3 },
            "behaviour": { "learner": null, "played": {
                "unit": { "name": "cows", "at_level_1": COWS_AT_LEVEL_1 }, "levels": vec![json!([]); terms.seats], "otherwise": bot()
            } },
            "payment": { "tariff": { "price": price(terms.seats) } }
        } },
        "shocks": { "dry": { "stock_loss": { "when": { "chance": DRY.0 }, "size": DRY.1, "pool": "pasture" } } },
        "knobs": null,
        "rules": rules(terms)
    })
}

/// How a computer herder chooses: as the herders of the bundled pasture, in coins that are ten times its pounds.
fn bot() -> Value {
    json!({ "learner": {
        "memory": 0.9, "foregone": 1, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 2, "habit": 1
    } })
}
