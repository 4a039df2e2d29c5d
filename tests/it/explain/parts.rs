//! What every pool, production, payment, behaviour and shock says of itself, for a month and for a century.

use commonground::model::behaviour::Behaviour;
use commonground::model::commissioner::Commissioner;
use commonground::model::english::Time;
use commonground::model::payment::{Bonus, Payment};
use commonground::model::pool::{ActsOn, Growth, Pool, Rationing};
use commonground::model::production::Production;
use commonground::model::reviews::Reviews;
use commonground::model::scarcity::Scarcity;
use commonground::model::shock::Shock;
use schemars::{JsonSchema, schema_for};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A part, and what it says where a step is a month and where it is a century.
type Case<'a> = (Value, &'a str, &'a str);

fn check<T: DeserializeOwned>(cases: &[Case<'_>], describe: impl Fn(&T, &Time) -> String) {
    for (part, month, century) in cases {
        let read: T = serde_json::from_value(part.clone()).unwrap();
        assert_eq!(describe(&read, &Time::new("month")), *month, "{part}");
        assert_eq!(describe(&read, &Time::new("century")), *century, "{part}");
    }
}

/// As [`check`], and every form that the schema knows is among the cases.
fn check_all<T: DeserializeOwned + JsonSchema>(cases: &[Case<'_>], describe: impl Fn(&T, &Time) -> String) {
    check(cases, describe);
    let schema = schema_for!(T).to_value();
    let forms = schema["oneOf"].as_array().unwrap().iter().map(|form| form["required"][0].as_str().unwrap().to_owned());
    for form in forms {
        assert!(cases.iter().any(|(part, ..)| part.get(&form).is_some()), "nobody has looked at what `{form}` says");
    }
}

/// A pool of 200 £m with that law.
fn pool(growth: &Growth) -> Pool {
    let mut pool: Pool = serde_json::from_value(json!({
        "unit": "£m", "capacity": 200, "start": 0.5, "growth": { "fixed": {} }, "loses": { "yield": 1 },
        "rationing": { "proportional": {} }, "collapse": 0.25, "refuge": 0.01
    }))
    .unwrap();
    pool.growth = growth.clone();
    pool
}

#[test]
fn a_pool_says_of_what_its_growth_is_reckoned_where_that_is_not_the_usual() {
    let mut pool = pool(&serde_json::from_value(json!({ "logistic": { "rate": 0.5 } })).unwrap());
    for (acts_on, wanted) in [(None, false), (Some(ActsOn::Stock), false), (Some(ActsOn::Left), true)] {
        pool.growth_acts_on = acts_on;
        let told = pool.describe_growing();
        let sentence = "Growth is reckoned from what is left of it once all have drawn.";
        assert_eq!(told.as_deref(), wanted.then_some(sentence));
    }
}

#[test]
fn every_law_of_growth_describes_itself() {
    let cases = [
        (
            json!({ "logistic": { "rate": 0.5 } }),
            "It grows by up to £25m a month, most when it is half full and not at all when empty or full.",
            "It grows by up to £25m a century, most when it is half full and not at all when empty or full.",
        ),
        (
            json!({ "depensated": { "rate": 0.3, "threshold": 0.2 } }),
            "It grows at a rate of 0.3 a month, but declines by itself once it is below 20% of full.",
            "It grows at a rate of 0.3 a century, but declines by itself once it is below 20% of full.",
        ),
        (
            json!({ "inflow": { "amount": 50, "loss": 5 } }),
            "Each month £50m flows in; a full pool loses £5m by itself, an emptier one less.",
            "Each century £50m flows in; a full pool loses £5m by itself, an emptier one less.",
        ),
        (
            json!({ "allocation": { "amount": 62.75, "growth_per_step": 0.001, "carry_over": 1, "overdraft": 2, "recovery": 0.5 } }),
            "Each month £62.75m is allotted, 0.1% more each time; up to £1m may be carried over and up to £2m overspent, of which 50% is taken back from each later allotment.",
            "Each century £62.75m is allotted, 0.1% more each time; up to £1m may be carried over and up to £2m overspent, of which 50% is taken back from each later allotment.",
        ),
        (
            json!({ "fixed": {} }),
            "It does not renew itself: what is drawn from it is gone.",
            "It does not renew itself: what is drawn from it is gone.",
        ),
    ];
    check_all::<Growth>(&cases, |growth, time| pool(growth).describe_growth(time));
}

#[test]
fn a_commissioner_describes_itself() {
    let part: Commissioner = serde_json::from_value(json!({ "passes_on": 0.5, "least": 0.9, "most": 1.06 })).unwrap();
    assert_eq!(
        part.describe(),
        "Once a year fixed sums paid out of it are set anew: 50% of each follows the money that is left once rules and care by the unit are paid for as in the last year, from 90% to 106% of that year’s sum, and the rest its price index."
    );
}

#[test]
fn a_pool_describes_its_stock_its_losses_and_its_limits() {
    let mut pool = pool(&Growth::Fixed(serde_json::from_value(json!({})).unwrap()));
    assert_eq!(pool.describe_stock(), "A full pool holds £200m; it starts at 50% of that.");
    let limits = ["A run counts as collapsed once less than 25% is left.", "1% of it is out of reach."];
    assert_eq!(pool.describe_limits(), limits);
    let mut told = |loses: Value| {
        pool.loses = serde_json::from_value(loses).unwrap();
        pool.describe_loss()
    };
    assert_eq!(told(json!({ "yield": 0.02 })), "Each unit of yield takes £0.02m from it.");
    assert_eq!(told(json!({ "effort": 0.01 })), "Each unit of effort takes 1% of what is there.");
    assert_eq!(told(json!({ "claim": 1 })), "Each unit of effort takes 1 from it.");
    assert_eq!(told(json!({ "claim": 0 })), "Use takes nothing from it.");
}

#[test]
fn reviews_and_scarcity_describe_themselves() {
    let reviews = [
        (
            json!({ "chance": 0.27, "most_change": 0.03 }),
            "It reviews its plan with a chance of 27% a month; a plan moves by at most 0.03 of size a month.",
            "It reviews its plan with a chance of 27% a century; a plan moves by at most 0.03 of size a century.",
        ),
        (
            json!({ "chance": 1, "most_change": 0.5 }),
            "It reviews its plan every month; a plan moves by at most 0.5 of size a month.",
            "It reviews its plan every century; a plan moves by at most 0.5 of size a century.",
        ),
    ];
    check::<Reviews>(&reviews, |reviews, time| reviews.describe("It", time));
    let dear = "Where all together exert more than 85% of the most effort that a pool it uses can bear for good, what varies with effort costs 4.3% more for each tenth above.";
    check::<Scarcity>(&[(json!({ "above": 0.85, "rise": 0.43 }), dear, dear)], |scarcity, _| scarcity.describe());
}

#[test]
fn every_way_of_rationing_describes_itself() {
    let same = |name: &str, told: &'static str| (json!({ name: {} }), told, told);
    let cases = [
        same("proportional", "When more is claimed than is there, all get the same share of their claims."),
        same("priority", "When more is claimed than is there, those with priority are served first."),
        same("weight", "When more is claimed than is there, the strong get more of what they claim."),
    ];
    check_all::<Rationing>(&cases, |rationing, _| rationing.describe().to_owned());
}

#[test]
fn every_production_describes_itself() {
    let same = |part: Value, told: &'static str| (part, told, told);
    let cases = [
        same(
            json!({ "schaefer": { "catchability": 0.01 } }),
            "A unit of effort yields 1% of whatever stock there is: half the stock, half the yield.",
        ),
        same(
            json!({ "saturating": { "half": 0.2 } }),
            "A unit of effort yields one unit from a full pool and 60% of that at 20% of full: the yield holds up while the stock runs down, then breaks.",
        ),
        same(
            json!({ "quadratic": { "linear": 23, "crowding": 0.25 } }),
            "The first unit of effort yields 23, and each further unit of anybody's effort lowers the yield of all by 0.25.",
        ),
        same(
            json!({ "cobb_douglas": { "scale": 10, "effort": 0.6, "stock": 0.2 } }),
            "One unit of effort on one unit of stock yields 10; 1% more effort yields 0.6% more, 1% more stock 0.2% more.",
        ),
    ];
    check_all::<Production>(&cases, |production, _| production.describe());
}

#[test]
fn every_payment_describes_itself() {
    let cases = [
        (
            json!({ "tariff": { "price": 1.11, "baseline": 1.02, "marginal_rate": 0.3, "change_per_year": -0.038 } }),
            "a price of 1.11 for each unit of activity, 30% of it above 102% of the plan, falling by 3.8% a year",
            "a price of 1.11 for each unit of activity, 30% of it above 102% of the plan, falling by 3.8% a year",
        ),
        (
            json!({ "block": { "amount": 1.1, "change_per_year": 0.02 } }),
            "a block of 1.1 a month per unit of size, whatever is delivered, rising by 2% a year",
            "a block of 1.1 a century per unit of size, whatever is delivered, rising by 2% a year",
        ),
        (
            json!({ "blended": { "price": 1, "variable": 0.2, "change_per_year": 0 } }),
            "a price of 1 for each unit planned, and 20% of it more or less for each unit above or below the plan",
            "a price of 1 for each unit planned, and 20% of it more or less for each unit above or below the plan",
        ),
        (
            json!({ "capitation": { "amount": 1, "outcome_share": 0.1, "outcome": "place", "target": 0.9, "change_per_year": 0 } }),
            "1 a month per unit of size by need, 10% of it in proportion to how much of the need of the whole place is met, in full from 90% on",
            "1 a century per unit of size by need, 10% of it in proportion to how much of the need of the whole place is met, in full from 90% on",
        ),
        (
            json!({ "gain_share": { "amount": 1, "budget": 2, "gain": 0.5, "loss": 0.3, "corridor": 0.02, "counted_from": "corridor",
                "gain_cap": 0.1, "loss_cap": 0.04, "change_per_year": 0 } }),
            "1 a month per unit of size, plus 50% of what the whole place spends below its budget of 2 a month per unit and less 30% of what it spends above it so far as it is more than 2%, gaining at most 10% and losing at most 4% of that budget",
            "1 a century per unit of size, plus 50% of what the whole place spends below its budget of 2 a century per unit and less 30% of what it spends above it so far as it is more than 2%, gaining at most 10% and losing at most 4% of that budget",
        ),
        (
            json!({ "prime": { "budget": 0.8, "reserve": 2, "fallback": { "block": { "amount": 1, "change_per_year": 0 } }, "change_per_year": 0 } }),
            "the budget of the whole place, 0.8 a month per unit of the size of all, out of which it pays the others by contract and keeps what is left; once it has lost the budget of 2 months, the contract fails, and it is paid a block of 1 a month per unit of size, whatever is delivered",
            "the budget of the whole place, 0.8 a century per unit of the size of all, out of which it pays the others by contract and keeps what is left; once it has lost the budget of 2 centuries, the contract fails, and it is paid a block of 1 a century per unit of size, whatever is delivered",
        ),
        (
            json!({ "public_good": { "amount": 20, "per_head": 0.4, "change_per_year": 0 } }),
            "20 a month per unit of size, plus 0.4 per unit of size for each unit that anybody in the place delivers",
            "20 a century per unit of size, plus 0.4 per unit of size for each unit that anybody in the place delivers",
        ),
    ];
    check_all::<Payment>(&cases, Payment::describe);
    for (payment, ..) in cases {
        let read: Payment = serde_json::from_value(payment).unwrap();
        assert!(read.brief().starts_with("a ") || read.brief().starts_with("the "), "{}", read.brief());
    }
}

#[test]
fn a_bonus_describes_itself() {
    let bonus = json!({ "amount": 0.02, "balance": "own", "target": 0.1, "need_met": { "share": 0.3, "of": "place", "target": 0.95 } });
    let rest = "per unit of size if its own balance is at least 10% of income; 30% of it goes instead by how much of the need of the whole place is met, in full from 95% on";
    let (month, century) = (format!("a bonus of 0.02 a month {rest}"), format!("a bonus of 0.02 a century {rest}"));
    check::<Bonus>(&[(bonus, &month, &century)], Bonus::describe);
}

#[test]
fn every_behaviour_describes_itself() {
    let cases = [
        (
            json!({ "fixed": { "level": 1.5, "upstream": 0.1 } }),
            "always does 150%, 10% of it upstream",
            "always does 150%, 10% of it upstream",
        ),
        (
            json!({ "best_response": { "foresight": "steady_state" } }),
            "does what would pay best once the pools have come to rest against what the others did last",
            "does what would pay best once the pools have come to rest against what the others did last",
        ),
        (
            json!({ "learner": { "memory": 0.7, "foregone": 0.8, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 20, "habit": 0 } }),
            "learns what pays from what its choices earned and, at a weight of 0.8, from what its other choices would have earned; it remembers 70% from one month to the next and leans to whatever paid best (sharpness 20; 0 would be a coin toss)",
            "learns what pays from what its choices earned and, at a weight of 0.8, from what its other choices would have earned; it remembers 70% from one century to the next and leans to whatever paid best (sharpness 20; 0 would be a coin toss)",
        ),
        (
            json!({ "imitator": { "rate": 0.2, "mutation": 0.01, "comparison": { "proportional": {} }, "peers": "all" } }),
            "looks at any other provider with a chance of 20% a month and copies it if it is better off, or tries something at random with a chance of 1%",
            "looks at any other provider with a chance of 20% a century and copies it if it is better off, or tries something at random with a chance of 1%",
        ),
        (
            json!({ "conditional": { "slope": 0.9, "bias": 0.1, "hump": 0.5, "belief_speed": 0.3, "gives_way": 2 } }),
            "does 90% of what it believes the others do, plus 10% of the plan; where others do more than 50% of the plan it does less again; where it expects a fine of 2 per unit it gives up half of a breach; each month that belief moves 30% of the way to what it sees",
            "does 90% of what it believes the others do, plus 10% of the plan; where others do more than 50% of the plan it does less again; where it expects a fine of 2 per unit it gives up half of a breach; each century that belief moves 30% of the way to what it sees",
        ),
        (
            json!({ "played": {
                "unit": { "name": "cows", "at_level_1": 6 }, "levels": [[6, null]],
                "otherwise": { "fixed": { "level": 1, "upstream": 0 } }
            } }),
            "does in each month what was played and written down for it, in cows (6 are level 1); where nothing is written down it always does 100%",
            "does in each century what was played and written down for it, in cows (6 are level 1); where nothing is written down it always does 100%",
        ),
    ];
    check_all::<Behaviour>(&cases, |behaviour, time| behaviour.describe(1.0, time));
    let tokens: Behaviour = serde_json::from_value(json!({ "fixed": { "level": 25, "upstream": 0 } })).unwrap();
    assert_eq!(tokens.describe(10.0, &Time::new("round")), "always does 25");
}

#[test]
fn every_shock_describes_itself() {
    let cases = [
        (
            json!({ "need_surge": { "when": { "at": 12 }, "length": 3, "size": 0.3, "kinds": ["step_family", "acute"] } }),
            "After 12 months, need of step family and acute rises by 30% for 3 months.",
            "After 12 centuries, need of step family and acute rises by 30% for 3 centuries.",
        ),
        (
            json!({ "funding_cut": { "when": { "chance": 0.02 }, "length": 1, "size": 0.1, "pool": "step_money" } }),
            "With a chance of 2% each month, 10% of what usually comes into step money fails to come for 1 month.",
            "With a chance of 2% each century, 10% of what usually comes into step money fails to come for 1 century.",
        ),
        (
            json!({ "stock_loss": { "when": { "at": 1 }, "size": 0.02, "pool": "step_down_beds" } }),
            "After 1 month, 2% of step down beds is lost at once.",
            "After 1 century, 2% of step down beds is lost at once.",
        ),
        (
            json!({ "leader_leaves": { "when": { "at": 0 } } }),
            "At the start, the leader who held the agreement together leaves, and it lapses.",
            "At the start, the leader who held the agreement together leaves, and it lapses.",
        ),
        (
            json!({ "new_entrant": { "when": { "at": 2 }, "effort": 1000 } }),
            "After 2 months, a new user arrives from outside with 1,000 of effort.",
            "After 2 centuries, a new user arrives from outside with 1,000 of effort.",
        ),
        (
            json!({ "national_override": { "when": { "at": 2 }, "length": 6, "size": 0.5 } }),
            "After 2 months, the national level sets 50% of what was agreed aside for 6 months.",
            "After 2 centuries, the national level sets 50% of what was agreed aside for 6 centuries.",
        ),
        (
            json!({ "reorganisation": { "when": { "at": 2 }, "length": 6, "size": 0.05 } }),
            "After 2 months, a reorganisation ends agreements and takes 5% of working time for 6 months.",
            "After 2 centuries, a reorganisation ends agreements and takes 5% of working time for 6 centuries.",
        ),
    ];
    check_all::<Shock>(&cases, Shock::describe);
}
