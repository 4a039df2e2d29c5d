//! Walker, Gardner & Ostrom 1990: eight players put tokens into a common fund, u = 5(e − x) + (x/X)(23X − 0.25X²).
//!
//! Net yield over what the tokens would earn elsewhere is 18X − 0.25X²: 324 at best with 36 tokens, 128 with the 64 of the
//! Nash equilibrium.

use super::settle::{End, end, scenario};
use super::{Chart, Check, Drawing, Form, Line, Plane, Replication, Reproduction, Status, Tolerance, Unit};
use crate::scenario::text::Faults;
use serde_json::{Value, json};

/// The entry of this result.
pub(super) const REPLICATION: Replication = Replication {
    name: "laboratory",
    title: "Common-pool game of the laboratory: 64 tokens against 36",
    source: "Walker, Gardner & Ostrom 1990; Ostrom, Gardner & Walker 1994",
    caveats: &[
        "The coefficients 5, 23 and 0.25 are recalled and not checked against the papers; they give the equilibria that were read, 8 tokens each against 36 in total, exactly.",
        "Net yield with all tokens in is computed: 18X − 0.25X² over 324. With 10 tokens each it is −0.49 of the best, −49%; a figure of −0.5% that goes round is that ratio with a per cent sign too many.",
    ],
    reproduce,
};

const FILE: &str = "replicate/laboratory-game";
/// Net yield of the best total.
const BEST: f64 = 324.0;
/// Rounding of shares of net yield as they are published.
const ROUNDED: Tolerance = Tolerance::Within(0.0005);

fn reproduce() -> Result<Reproduction, Faults> {
    let levels = |endowment: u32| json!({ "from": 0, "to": endowment, "count": endowment + 1 });
    let all_in = |tokens: u32| json!({ "fixed": { "level": tokens, "upstream": 0 } });
    let game = |endowment: u32, settings: Option<Value>| {
        let game = scenario(FILE, [("/providers/player/levels", levels(endowment))])?;
        match settings {
            Some(behaviour) => game.with(&crate::scenario::bundled::BUNDLED, "/providers/player/behaviour", behaviour),
            None => Ok(game),
        }
    };
    // One decider of all eight endowments: a level is a token of each, in eighths.
    let eighths = json!({ "from": 0, "to": 10, "count": 81 });
    let one = scenario(FILE, [("/providers/player/count", json!(1)), ("/providers/player/levels", eighths)])?;
    let runs = vec![
        ("nash-10", game(10, None)?),
        ("nash-25", game(25, None)?),
        ("one-decider", one),
        ("all-in-10", game(10, Some(all_in(10)))?),
        ("all-in-25", game(25, Some(all_in(25)))?),
    ];
    let ends: [End; 5] = std::array::from_fn(|run| end(&runs[run].1.setup));
    Ok(Reproduction {
        checks: checks(&ends),
        charts: vec![yields(&ends)],
        scenarios: runs.into_iter().map(|(name, run)| (format!("laboratory-{name}"), run)).collect(),
    })
}

fn checks([ten, twenty_five, one, all_ten, all_twenty_five]: &[End; 5]) -> Vec<Check> {
    let tokens = |what: &str, end: &End, published| Check {
        what: format!("{what}: tokens in the fund"),
        ours: end.effort,
        published,
        tolerance: Tolerance::Exact,
        unit: Unit::Number,
        status: Status::Read,
    };
    let kept = |what: &str, end: &End, published, status| Check {
        what: format!("{what}: net yield against the best"),
        ours: end.rent / BEST,
        published,
        tolerance: ROUNDED,
        unit: Unit::Share,
        status,
    };
    vec![
        tokens("best response, 10 tokens each", ten, 64.0),
        tokens("best response, 25 tokens each", twenty_five, 64.0),
        tokens("one decider", one, 36.0),
        kept("best response, 10 tokens each", ten, 0.395, Status::Read),
        kept("best response, 25 tokens each", twenty_five, 0.395, Status::Read),
        kept("one decider", one, 1.0, Status::Computed),
        kept("all 10 tokens in", all_ten, net_yield(80.0) / BEST, Status::Computed),
        kept("all 25 tokens in", all_twenty_five, net_yield(200.0) / BEST, Status::Computed),
    ]
}

/// Net yield of so many tokens in the fund.
fn net_yield(tokens: f64) -> f64 {
    18.0 * tokens - 0.25 * tokens * tokens
}

fn yields(ends: &[End; 5]) -> Chart {
    let curve = (0..=160).map(|half| f64::from(half) / 2.0).map(|tokens| (tokens, net_yield(tokens) / BEST)).collect();
    let point = |label: &str, end: &End| Line {
        label: label.to_owned(),
        points: vec![(end.effort, end.rent / BEST)],
        form: Form::Single,
    };
    Chart {
        name: "laboratory-yield",
        title: "Eight players put in 64 tokens where 36 would be best".to_owned(),
        subtitle: "Net yield of the common fund against the best, by the tokens in it; 8 players with 10 tokens each"
            .to_owned(),
        drawing: Drawing::Plane(Plane {
            x: ("tokens in the fund", (0.0, 80.0)),
            y: ("net yield against the best", Unit::Share),
            lines: vec![
                Line { label: "(18X − 0.25X²)/324".to_owned(), points: curve, form: Form::Joined },
                point("best response", &ends[0]),
                point("one decider", &ends[2]),
            ],
        }),
    }
}
