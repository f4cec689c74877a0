//! A progress bar for what takes longer than a second, on a terminal only.

use std::{
    io::{self, IsTerminal},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work under way, in parts that are counted.
pub(super) struct Progress {
    started: Instant,
    shown: bool,
    bar: Option<ProgressBar>,
}

/// What a reader waits for without asking.
const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), shown: io::stderr().is_terminal(), bar: None }
    }

    /// Says how much is done.
    pub(super) fn tell(&mut self, done: u64, total: u64) {
        if !self.shown || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{wide_bar} {pos} of {len}, {eta} left");
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr())
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Work of which only the time so far can be said.
pub(super) struct Waiting {
    // Dropped first: the thread then ends.
    done: Option<Sender<()>>,
    clock: Option<JoinHandle<()>>,
}

impl Waiting {
    /// Says `what` is being done, with the seconds it has taken; nothing unless on a terminal.
    pub(super) fn new(what: &'static str) -> Self {
        if !io::stderr().is_terminal() {
            return Self { done: None, clock: None };
        }
        let (done, ended) = mpsc::channel();
        let clock = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
            let spinner = ProgressBar::new_spinner()
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
                .with_elapsed(PATIENCE)
                .with_message(what);
            while ended.recv_timeout(Duration::from_millis(100)) == Err(RecvTimeoutError::Timeout) {
                spinner.tick();
            }
            spinner.finish_and_clear();
        });
        Self { done: Some(done), clock: Some(clock) }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        drop(self.done.take());
        // A clock that panicked has nothing to clear.
        let _ = self.clock.take().map(JoinHandle::join);
    }
}
