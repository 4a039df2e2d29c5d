//! A hold between two steps of writing, for tests that stop the program at every moment: in debug builds, as many milliseconds as
//! the variable `COMMONGROUND_PAUSE` says; nothing in a release build.

/// Waits, if a test asks for it.
#[cfg(debug_assertions)]
pub(crate) fn pause() {
    let asked = std::env::var("COMMONGROUND_PAUSE").ok().and_then(|text| text.parse().ok());
    if let Some(milliseconds) = asked {
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
    }
}

/// Does not wait.
#[cfg(not(debug_assertions))]
pub(crate) fn pause() {}
