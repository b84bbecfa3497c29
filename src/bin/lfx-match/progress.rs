//! How far long work is, on standard error: a bar on a terminal, a line now and then elsewhere.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::input::Applicants;

/// Work that is done sooner than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// Where nothing can be overwritten, a line is said this often.
const PAUSE: Duration = Duration::from_secs(5);

/// How far a file of applicants is worked through.
pub(crate) struct Progress {
    shown: Shown,
    size: Option<u64>,
    read: Arc<AtomicU64>,
    start: Instant,
    said: Instant,
    applicants: u64,
    rejected: u64,
}

enum Shown {
    Nothing,
    /// On a terminal; there is no bar before it is worth one.
    Bar(Option<ProgressBar>),
    Lines,
}

/// When progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Never,
    /// On a terminal that is not busy with the result.
    Auto,
    Always,
}

impl Progress {
    pub(crate) fn new(when: When, applicants: &Applicants) -> Self {
        let shown = match (when, io::stderr().is_terminal()) {
            (When::Never, _) | (When::Auto, false) => Shown::Nothing,
            (When::Auto | When::Always, true) => Shown::Bar(None),
            (When::Always, false) => Shown::Lines,
        };
        let now = Instant::now();
        Self {
            shown,
            size: applicants.size,
            read: Arc::clone(&applicants.read),
            start: now,
            said: now,
            applicants: 0,
            rejected: 0,
        }
    }

    /// One more row has been dealt with.
    pub(crate) fn count(&mut self, is_rejected: bool) {
        self.applicants += u64::from(!is_rejected);
        self.rejected += u64::from(is_rejected);
        // Looking at the clock for every row would cost more than the rest.
        if (self.applicants + self.rejected).is_multiple_of(64)
            && !matches!(self.shown, Shown::Nothing)
        {
            self.show();
        }
    }

    fn show(&mut self) {
        let read = self.read.load(Ordering::Relaxed);
        let counted = self.counted();
        match &mut self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => {
                if bar.is_none() && self.start.elapsed() >= PATIENCE {
                    *bar = Some(new_bar(self.size).with_elapsed(self.start.elapsed()));
                }
                if let Some(bar) = bar {
                    bar.set_position(read);
                    bar.set_message(counted);
                }
            }
            Shown::Lines if self.said.elapsed() >= PAUSE => {
                self.said = Instant::now();
                let left = self.size.filter(|_| read > 0).map(|size| {
                    let share = read as f64 / size.max(read) as f64;
                    let left = self.start.elapsed().div_f64(share).mul_f64(1.0 - share);
                    format!(", {:.0} % read, {} left", share * 100.0, HumanDuration(left))
                });
                say(&format!("{counted}{}", left.unwrap_or_default()));
            }
            Shown::Lines => {}
        }
    }

    fn counted(&self) -> String {
        let seconds = self.start.elapsed().as_secs_f64().max(1e-3);
        format!(
            "{} applicants, {} a second, {} rejected",
            HumanCount(self.applicants),
            HumanCount((self.applicants as f64 / seconds) as u64),
            HumanCount(self.rejected)
        )
    }

    /// Does `say` while no bar is in its way.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        match &self.shown {
            Shown::Bar(Some(bar)) => bar.suspend(say),
            _ => say(),
        }
    }

    /// All is done: the bar goes, a last line comes.
    pub(crate) fn finish(&self) {
        match &self.shown {
            Shown::Nothing | Shown::Bar(None) => {}
            Shown::Bar(Some(bar)) => bar.finish_and_clear(),
            Shown::Lines => {
                let time = HumanDuration(self.start.elapsed());
                say(&format!("{}, in {time}", self.counted()));
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        // After a failure, too, its message must not stand beside a bar.
        if let Shown::Bar(Some(bar)) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

fn say(line: &str) {
    // Progress that cannot be shown is no reason to stop.
    let _ = writeln!(io::stderr(), "progress: {line}");
}

fn new_bar(size: Option<u64>) -> ProgressBar {
    let template = match size {
        Some(_) => "{wide_bar} {percent:>3} %  {msg}, {eta} left",
        None => "{spinner} {msg}",
    };
    let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::stderr());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.progress_chars("█▉▊▋▌▍▎▏·")),
        Err(_) => bar,
    }
}
