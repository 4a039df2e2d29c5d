//! Times that other work on the machine disturbs least.

use std::time::Instant;

/// Calls shorter than this are timed by the wall clock: the lowest of many is undisturbed, and the clock of the processor's time ticks
/// only every few milliseconds. Longer ones are always disturbed, and by their processor time less.
const SHORT: f64 = 20e6;

/// Processor time of this thread so far, in seconds; `None` where the system does not say.
pub(crate) fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds * 1e-9)
}

/// Nanoseconds of the fastest of `times` calls, which are given their number.
pub(crate) fn fastest(times: u64, mut work: impl FnMut(u64)) -> f64 {
    (0..times).map(|number| nanoseconds(|| work(number))).fold(f64::MAX, f64::min)
}

/// Nanoseconds of the fastest of as many calls as take `patience` seconds, but of two at least. The first is not counted: it meets cold
/// caches.
pub(crate) fn fastest_within(patience: f64, mut work: impl FnMut(u64)) -> f64 {
    let start = Instant::now();
    work(0);
    let mut least = f64::MAX;
    for number in 1.. {
        least = least.min(nanoseconds(|| work(number)));
        if start.elapsed().as_secs_f64() > patience {
            break;
        }
    }
    least
}

fn nanoseconds(work: impl FnOnce()) -> f64 {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    work();
    let wall = start.elapsed().as_secs_f64() * 1e9;
    match cpu_seconds().zip(cpu) {
        Some((after, before)) if wall > SHORT => wall.min((after - before) * 1e9),
        _ => wall,
    }
}
