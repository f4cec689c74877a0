//! A progress bar for what takes longer than a second, on a terminal only.

use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work under way.
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
