//! The place: that of `place-fortress` and the bundle `care-nearer-home`, one provider a seat. A round is a year of twelve steps. A seat chooses how
//! much it does, how much of that is prevention, and, if it is the hospital, what it refers.

use super::commons::Terms;
use super::game::{Facts, Role, Watch};
use super::treatment::rules;
use serde_json::{Map, Value, json};

/// What does not change in it.
pub(super) const FACTS: Facts = Facts {
    steps: 12,
    unit: ("% of plan", "% of plan"),
    levels: (70, 10, 7),
    at_level_1: 100.0,
    fair: 3,
    upstream: &[0, 4, 8],
    refers: &[0, 50, 100],
    referable: 0.13,
    pool: "capacity",
    stock: "staff and beds",
    starts: 56.0,
    bare: 40.0,
    bot: "computer manager",
};

/// Watching and fines: a month is checked with a chance of one in twenty, so that about half of all years are.
pub(super) const WATCH: Watch = Watch { seen: 0.05, fine: 3.0, costs: 0.05 };

const fn seat(kind: &'static str, member: usize, name: &'static str, says: &'static str) -> Role {
    Role { kind, member, name, says, refers: false }
}

/// The seats, in the order in which they are filled. Whoever has no seat is run by a computer manager.
pub(super) const ROLES: [Role; 8] = [
    Role {
        refers: true,
        ..seat(
            "acute",
            0,
            "Hospital",
            "You are paid for each treatment, a little less every year, and 85% of that above plan. You may refer some patients to the community provider.",
        )
    },
    seat(
        "primary",
        0,
        "General practice",
        "You are paid for each person on your list, whatever you do, and a part for how much of the need is met.",
    ),
    seat(
        "social_care",
        0,
        "Social care provider",
        "You have a fixed budget, a little less every year. What you do not meet falls on the hospital.",
    ),
    seat(
        "community",
        0,
        "Community provider",
        "You have a fixed budget. What you do not meet falls on the hospital, and dearer.",
    ),
    seat(
        "mental_health",
        0,
        "Mental health provider",
        "You have a fixed budget. A part of what you do not meet falls on the hospital.",
    ),
    seat("voluntary", 0, "Charity", "You are small, with a fixed budget. What you do not meet falls on social care."),
    seat(
        "primary",
        1,
        "Second practice",
        "You are paid for each person on your list, whatever you do, and a part for how much of the need is met.",
    ),
    seat(
        "social_care",
        1,
        "Second care provider",
        "You have a fixed budget, a little less every year. What you do not meet falls on the hospital.",
    ),
];

/// All kinds of the place, seated or not.
const KINDS: [&str; 6] = ["acute", "community", "mental_health", "primary", "social_care", "voluntary"];

/// Watching and fines in a sentence.
pub(super) fn watch_says() -> String {
    format!(
        "Each month a seat is checked with a chance of one in twenty. Who is found above pays £{:.0}m for each £1m of care above, half as much again each \
         time after the first, shared out among all. The watch costs all together £{:.1}m a year.",
        WATCH.fine,
        WATCH.costs * 12.0
    )
}

/// What it is about.
pub(super) fn says(seats: usize) -> String {
    format!(
        "{seats} providers of care share the staff and beds of a place of 300,000. Each year each chooses how much it does, from 70 to 130% of plan, and how \
         much of that is prevention. Who does more meets more need and, if paid by treatment, earns more; it also wears staff and beds, which all share. \
         They renew themselves, slowly when few are left: below 40% they recover only if all do less. Prevention costs now and lowers everybody's need \
         in the years after. Need grows by 2% a year, and money does not."
    )
}

/// What a class has in place of the numbers of the place.
pub(super) fn patch(terms: &Terms) -> Value {
    let Terms { title, rounds, seats, .. } = terms;
    let seated = |kind: &str| ROLES.iter().take(*seats).filter(|role| role.kind == kind).count();
    let mut providers = Map::new();
    for kind in KINDS {
        let seats = seated(kind);
        let mut part = json!({ "count": seats.max(1), "partner": true, "upstream": shares(FACTS.upstream) });
        if seats > 0 {
            part["behaviour"] = json!({ "learner": null, "played": {
                "unit": { "name": "% of plan", "at_level_1": FACTS.at_level_1 }, "levels": none(seats), "upstream": none(seats), "otherwise": bot()
            } });
            if ROLES.iter().any(|role| role.kind == kind && role.refers) {
                part["behaviour"]["played"]["refers"] = none(seats);
            }
        }
        providers.insert(kind.to_owned(), part);
    }
    // The seats of a class all have the same levels, also those that may grow to meet what the hospital refers.
    providers["community"]["levels"] = json!(shares(&FACTS.all()));
    json!({
        "title": title,
        "question": "What happens to staff and beds that providers share, to need and to money, and what changes it?",
        "notes": { "class": { "sources": [], "assumptions": [
            "The place of place-fortress with one provider for each seat of a class, and care nearer home; community services cannot grow beyond 130% of plan (assumed)",
            "Providers may spend none, 4% or 8% of their effort on prevention (assumed)",
            "A player chooses once a year. Where nobody plays, a computer manager learns month by month what pays, with the learning of the bundled place, the same in every group (assumed)",
            "What a group voted for binds all seats and does not fade; it stands as the one thing on the table, so that the lot can fall on nothing else. Computer managers hold to it as far as their conscience goes (assumed)"
        ] } },
        "time": { "steps": rounds * FACTS.steps },
        "society": { "fading": 0 },
        "providers": providers,
        "rules": rules(terms)
    })
}

/// Lists in which nothing is written down yet.
fn none(seats: usize) -> Value {
    json!(vec![json!([]); seats])
}

fn shares(per_cent: &[u8]) -> Vec<f64> {
    per_cent.iter().map(|share| f64::from(*share) / 100.0).collect()
}

/// How a computer manager chooses: as the providers of the bundled place.
fn bot() -> Value {
    json!({ "learner": {
        "memory": 0.8, "foregone": 0.6, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 30, "habit": 0.2
    } })
}
