//! Long work: done without the interpreter's lock while the thread that asked for it listens for Ctrl-C and shows progress.

use crate::fault;
use commonground::experiment::Watcher;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::mem;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How far the work is, and whether it is to stop.
#[derive(Debug, Default)]
pub(crate) struct Look {
    stop: AtomicBool,
    done: AtomicU64,
}

impl Watcher for Look {
    fn done(&self, runs: u64) {
        self.done.store(runs, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Who is told how many runs are done, and of how many.
pub(crate) struct Progress {
    pub(crate) callback: Option<Py<PyAny>>,
    pub(crate) all: u64,
}

impl Progress {
    fn tell(&self, py: Python<'_>, done: u64) -> PyResult<()> {
        self.callback.as_ref().map_or(Ok(()), |callback| callback.call1(py, (done, self.all)).map(drop))
    }
}

/// Between two looks at what Python has to say.
const EVERY: Duration = Duration::from_millis(50);

/// Does the work on so many threads, on all cores where none are given.
///
/// # Errors
/// Ctrl-C, as `KeyboardInterrupt`, and whatever a handler of signals or of progress raises; what is done is then thrown away.
pub(crate) fn conduct<T: Send>(
    py: Python<'_>,
    threads: Option<u16>,
    progress: &Progress,
    work: impl FnOnce(&Look) -> T + Send,
) -> PyResult<T> {
    let (pool, look) = (&pool(threads)?, &Look::default());
    let (outcome, raised) = py.detach(|| {
        thread::scope(|scope| {
            let (ended, waits) = channel();
            let worker = scope.spawn(move || {
                let outcome = pool.install(|| work(look));
                let _ = ended.send(());
                outcome
            });
            let mut raised = None;
            while matches!(waits.recv_timeout(EVERY), Err(RecvTimeoutError::Timeout)) && !worker.is_finished() {
                if raised.is_none() {
                    raised = Python::attach(|py| {
                        py.check_signals()?;
                        progress.tell(py, look.done.load(Ordering::Relaxed))
                    })
                    .err();
                    look.stop.store(raised.is_some(), Ordering::Relaxed);
                }
            }
            (worker.join(), raised)
        })
    });
    if let Some(raised) = raised {
        return Err(raised);
    }
    let outcome = outcome.map_err(|_| fault::inner("the work has ended by a fault of the program"))?;
    progress.tell(py, look.done.load(Ordering::Relaxed))?;
    Ok(outcome)
}

/// The threads of this process that serve all work for which no number is given. A process that was forked has none of its parent's.
static SHARED: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

fn pool(threads: Option<u16>) -> PyResult<Arc<ThreadPool>> {
    let build = |count: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(count).build();
        pool.map(Arc::new).map_err(|error| fault::inner(format!("the threads cannot be started: {error}")))
    };
    if let Some(threads) = threads {
        return build(usize::from(threads));
    }
    let own = std::process::id();
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    match shared.take() {
        Some((process, pool)) if process == own => {
            *shared = Some((own, Arc::clone(&pool)));
            Ok(pool)
        }
        of_the_parent => {
            // Its threads are not here to be ended.
            mem::forget(of_the_parent);
            let pool = build(0)?;
            *shared = Some((own, Arc::clone(&pool)));
            Ok(pool)
        }
    }
}
