//! Asking the program to stop: Ctrl-C, and what a machine sends that shuts down (TERM) or loses its terminal (HUP).

use super::ending::Failure;
use std::io;
use std::sync::atomic::{AtomicI32, Ordering};

/// The signal that asked for a stop; 0: none has.
static ASKED_BY: AtomicI32 = AtomicI32::new(0);

/// The signal of Ctrl-C.
const INTERRUPT: i32 = 2;

/// What a shell adds to the number of a signal to say that it ended a program.
const BY_SIGNAL: i32 = 128;

/// Listens in a thread of its own: the first signal calls `asked`, the second ends the program at once.
///
/// # Errors
/// The system does not let the program listen.
pub(super) fn listen(asked: impl Fn() + Send + 'static) -> Result<(), Failure> {
    let listening = on_signal(move |signal| {
        if ASKED_BY.swap(signal, Ordering::Relaxed) != 0 {
            std::process::exit(i32::from(exit_code()));
        }
        asked();
    });
    listening.map_err(|error| Failure::Request(format!("the program cannot listen for Ctrl-C: {error}")))
}

/// Whether a stop was asked for.
pub(super) fn is_asked() -> bool {
    ASKED_BY.load(Ordering::Relaxed) != 0
}

/// The exit code of a program that was stopped: 128 and the signal, as shells have it; 130 for Ctrl-C.
pub(super) fn exit_code() -> u8 {
    let signal = ASKED_BY.load(Ordering::Relaxed);
    u8::try_from(BY_SIGNAL + if signal == 0 { INTERRUPT } else { signal }).unwrap_or(u8::MAX)
}

#[cfg(unix)]
fn on_signal(react: impl Fn(i32) + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    // Under `nohup` a lost terminal is no reason to stop.
    let hang_up = (!is_ignored(SIGHUP)).then_some(SIGHUP);
    let mut signals = Signals::new([SIGINT, SIGTERM].into_iter().chain(hang_up))?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || signals.forever().for_each(react))?;
    Ok(())
}

/// Whether whoever started the program had it ignore a signal, as far as the system tells (Linux does).
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(not(unix))]
fn on_signal(react: impl Fn(i32) + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(move || react(INTERRUPT)).map_err(io::Error::other)
}
