//! The recorded table: what was counted when it was last thought right.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

const TABLE: &str = "benches/instructions.csv";
const HEAD: &str = "scenario,instructions,first_cache_misses";

/// How far instructions may be from those recorded, as a share. Another version of the C library or a little other code around the step
/// moves them by less than one per cent.
const INSTRUCTIONS: f64 = 0.03;
/// The same for misses, which move with where things lie in memory, and a whole number of them a step that nobody minds.
const MISSES: f64 = 0.10;
const FEW_MISSES: f64 = 2.0;

/// A scenario and what was counted of it.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) figures: Figures,
}

/// Of a step of one provider in a batch of sixteen runs.
#[derive(Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) instructions: f64,
    /// Lines that were not in the first cache of data.
    pub(crate) misses: f64,
}

/// Writes the table.
///
/// # Errors
/// It cannot be written.
pub(crate) fn record(rows: &[Row]) -> Result<ExitCode, String> {
    let mut text = format!("{HEAD}\n");
    for Row { name, figures } in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name},{:.1},{:.2}", figures.instructions, figures.misses);
    }
    fs::write(path(), &text).map_err(|fault| format!("{TABLE}: {fault}"))?;
    println!(
        "{TABLE}: instructions and misses of the first cache, a step of one provider in sixteen runs (AVX2)\n{text}"
    );
    Ok(ExitCode::SUCCESS)
}

/// Prints each figure beside the recorded one; fails if one is off, for the worse or for the better.
///
/// # Errors
/// The table cannot be read.
pub(crate) fn compare(rows: &[Row]) -> Result<ExitCode, String> {
    let before = read()?;
    println!(
        "{:30}{:>14}{:>10}{:>20}{:>10}",
        "a step of one provider", "instructions", "recorded", "first-cache misses", "recorded"
    );
    let (mut worse, mut better) = (false, false);
    for Row { name, figures } in rows {
        let (_, old) = before.iter().find(|(own, _)| own == name).ok_or_else(|| missing(name))?;
        println!(
            "{name:30}{:14.0}{:10.0}{:20.1}{:10.1}",
            figures.instructions, old.instructions, figures.misses, old.misses
        );
        let off = [
            change(figures.instructions, old.instructions, INSTRUCTIONS, 0.0),
            change(figures.misses, old.misses, MISSES, FEW_MISSES),
        ];
        worse |= off.iter().any(|off| *off > 0.0);
        better |= off.iter().any(|off| *off < 0.0);
    }
    if worse {
        println!(
            "A step takes more than {}% more instructions or {}% more misses than recorded.",
            INSTRUCTIONS * 100.0,
            MISSES * 100.0
        );
    } else if better {
        println!("A step takes less than recorded: well done.");
    } else {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "If that is meant, record it: CARGO_INCREMENTAL=0 cargo bench --profile dev --bench instructions -- --record"
    );
    Ok(ExitCode::FAILURE)
}

/// By what share a figure is off, if by more than the tolerance and a little; otherwise 0.
fn change(now: f64, before: f64, tolerance: f64, little: f64) -> f64 {
    let by = now - before;
    if by.abs() > tolerance * before + little { by / before } else { 0.0 }
}

fn missing(name: &str) -> String {
    format!(
        "{TABLE} has no row for {name}; record it: CARGO_INCREMENTAL=0 cargo bench --profile dev --bench instructions -- --record"
    )
}

fn read() -> Result<Vec<(String, Figures)>, String> {
    let text = fs::read_to_string(path()).map_err(|fault| format!("{TABLE}: {fault}"))?;
    text.lines().skip(1).map(|line| parse(line).ok_or_else(|| format!("{TABLE}: `{line}` is not a row"))).collect()
}

fn parse(line: &str) -> Option<(String, Figures)> {
    let mut cells = line.split(',');
    let name = cells.next()?.to_owned();
    let (instructions, misses) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    Some((name, Figures { instructions, misses }))
}

fn path() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), TABLE].iter().collect()
}
