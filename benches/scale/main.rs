//! What a step of one provider costs, and how that changes with the size of things.
//!
//! ```text
//! cargo bench --bench scale                              the curves, as tables
//! cargo bench --bench scale -- --write                   … and into docs/performance.md with its charts
//! cargo bench --bench scale -- run place-fortress        whole runs of scenarios, with each instruction set
//! cargo bench --bench scale -- stages place-fortress     what each stage of the step takes
//! cargo bench --bench scale -- ensemble place-fortress   what statistics add to the runs
//! ```
//!
//! After a name `@42` makes 42 places side by side, each with pools of its own; `x9` nine times the providers; `#24` 24 steps:
//! `place-fortress@42#24`. One thread; the lowest of many times counts.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod chart;
#[path = "../common/mod.rs"]
mod common;
mod curves;
mod modes;
mod page;

use common::town::Town;
use commonground::model::setup::Setup;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    match asked.as_slice() {
        [] => print!("{}", page::tables(&curves::all())),
        ["--write"] => write(),
        ["run", names @ ..] => names.iter().for_each(|name| modes::run(name, &wanted(name))),
        ["stages", names @ ..] => names.iter().for_each(|name| modes::stages(name, &wanted(name))),
        ["ensemble", names @ ..] => names.iter().for_each(|name| modes::ensemble(name, &wanted(name))),
        _ => println!("`{}` is none of: --write, run, stages, ensemble", asked.join(" ")),
    }
}

fn write() {
    let curves = curves::all();
    print!("{}", page::tables(&curves));
    let written = chart::svg(&curves).and_then(|picture| page::write(&picture, &curves));
    written.unwrap_or_else(|fault| panic!("the page cannot be written: {fault}"));
}

/// The setup that a name with its additions stands for.
fn wanted(name: &str) -> Setup {
    let (rest, steps) = addition(name, '#');
    let (rest, crowd) = addition(rest, 'x');
    let (scenario, places) = addition(rest, '@');
    let places = places.unwrap_or(1) as usize;
    let steps = steps.unwrap_or_else(|| common::scenarios::scenario(scenario).setup.steps());
    let town = Town { scenario, steps, copies: places, sets: places, crowd: crowd.unwrap_or(1) };
    town.setup().unwrap_or_else(|faults| panic!("{faults}"))
}

/// What stands before a mark, and the number after it if there is one.
fn addition(name: &str, mark: char) -> (&str, Option<u32>) {
    name.rsplit_once(mark).and_then(|(rest, number)| Some((rest, Some(number.parse().ok()?)))).unwrap_or((name, None))
}
