//! A rule of one's own: fines that rise while the pasture is known to be thin, beside the same fines always and never.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use commonground::prelude::*;

/// Fines are five times as high while the herders know the pasture to be below half of full. A rule sees sixteen runs side by side,
/// and chooses in each of them.
fn alarm(now: &Moment<'_>, stage: &'static str, place: &mut Place) {
    if stage == "inform" {
        let half = now.setup.pools()[0].part.capacity / 2.0;
        place.fine = select(place.seen[0].less(half), place.fine * 5.0, place.fine);
    }
}

fn main() -> Result<(), Faults> {
    let low = Scenario::bundled("pasture-ostrom")?.set("/rules/graduated_sanctions/fine", 0.1)?;
    let high = low.set("/rules/graduated_sanctions/fine", 0.5)?;
    let runs = Runs::of(500).seed(1);
    let never = low.run(runs);
    for (name, outcomes) in [("while it is thin", low.run_under(runs, alarm)), ("always", high.run(runs))] {
        println!("High fines {name}, against low fines always:");
        for measure in [Measure::STOCK_MEAN, Measure::COMPLIANCE, Measure::WELFARE] {
            let gained = outcomes.difference(&never, measure)?;
            println!("  {}: {:.3} and {gained:.3} more", gained.measure().label, never.outcome(gained.measure())?);
        }
    }
    Ok(())
}
