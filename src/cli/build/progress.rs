//! The bar on a terminal: how far, what is at work, how fast, how long still.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How the bar looks.
const TEMPLATE: &str = "{bar:24} {pos}/{len}份  每秒{rate}份  还要{eta}  {wide_msg}";

/// A bar, or nothing where nobody would see it.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Asking the bar itself would wait for ever while it stands aside.
    seen: bool,
}

impl Progress {
    /// A bar for this many reports. It is drawn on standard error if that is a terminal.
    pub(super) fn new(reports: usize, wanted: bool) -> Self {
        let target = if wanted && reports > 1 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(reports).ok(), target);
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            // The library's own rate has four decimals.
            let rate = |state: &ProgressState, into: &mut dyn Write| {
                let _ = write!(into, "{:.1}", state.per_sec());
            };
            bar.set_style(style.with_key("rate", rate).progress_chars("━╸ "));
        }
        Self { seen: !bar.is_hidden(), bar }
    }

    /// Whether somebody sees it.
    pub(super) fn is_seen(&self) -> bool {
        self.seen
    }

    /// Says which report is begun. Called by any thread.
    pub(super) fn begin(&self, path: &str) {
        self.bar.set_message(path.to_owned());
    }

    /// One more is done.
    pub(super) fn advance(&self) {
        self.bar.inc(1);
    }

    /// Does something that writes to the terminal, with the bar out of its way.
    pub(super) fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        self.bar.suspend(write)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
