//! Published results, reproduced by the engine: the fast ones whole, of the slow one what takes a moment.

use commonground::experiment::replicate::{ALL, Replication};

#[test]
fn tryout() {
    for one in ALL {
        let clock = std::time::Instant::now();
        let found = one.reproduce().unwrap_or_else(|faults| panic!("{faults}"));
        for check in &found.checks {
            println!("{:5} {:70} {:12.5} {:12.5}", check.passes(), check.what, check.ours, check.published);
        }
        println!("{}: {:?}", one.name, clock.elapsed());
    }
}
