//! An ensemble: a scenario written in code against the one that it changes, run by run on the same luck, with single runs laid open.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use commonground::prelude::*;

fn main() -> Result<(), Faults> {
    let watched = json!({
        "extends": "pasture-fortress",
        "title": "Pasture, every herd counted and every excess fined",
        "rules": {
            "measures": {
                "strength": 1, "cost": { "money": 0.1, "attention": 0.01 },
                "coverage": 0.9, "noise": 0.1, "lag": 1, "gaming": 0.1, "audience": "public"
            },
            "graduated_sanctions": {
                "strength": 1, "cost": { "money": 0.1, "attention": 0 }, "fine": 0.5, "rise": 0.5, "most": 5, "forgiven": 0.1
            }
        }
    });
    let arms = [
        Scenario::bundled("pasture-fortress")?.with_steps(120)?,
        Scenario::from_value("watched", &watched)?.with_steps(120)?,
    ];
    let outcomes = compare(&arms, Runs::until(0.02).at_most(2000).seed(1))?;
    for (arm, outcomes) in arms.iter().zip(&outcomes) {
        let stock = outcomes.outcome(Measure::STOCK_MEAN)?;
        println!("{}, {} runs", arm.file.title, outcomes.runs());
        println!("  mean stock {stock:.3}, median {:.3}", stock.quantile(0.5).unwrap_or(f64::NAN));
        println!(
            "  the first runs {:.3?}",
            stock.values().map(|values| &values[..values.len().min(5)]).unwrap_or_default()
        );
        for (step, stock) in outcomes.series(Measure::STOCK.of("pasture"))?.points().step_by(30) {
            println!("  season {step:3}: stock {stock:.3}");
        }
    }
    println!("With every herd counted, less without, run by run:");
    for name in [Measure::STOCK_MEAN, Measure::COLLAPSED, Measure::WELFARE] {
        let difference = outcomes[1].difference(&outcomes[0], name)?;
        println!("  {}: {difference:.3}", difference.measure().label);
    }
    Ok(())
}
