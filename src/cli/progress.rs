//! How far long work is, on standard error, where somebody watches it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    desk::service::{Progress, Step},
    text::{Lang, words},
};

/// A bar that shows what is being done; silent where nobody watches.
pub(super) struct Bar {
    bar: ProgressBar,
    lang: Lang,
    step: Option<Step>,
}

impl Bar {
    /// Shown only if `watched`.
    pub fn new(watched: bool, lang: Lang) -> Self {
        let target = if watched {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            bar: ProgressBar::with_draw_target(None, target),
            lang,
            step: None,
        }
    }

    /// Shows how far it is.
    pub fn at(&mut self, progress: Progress) {
        if self.step != Some(progress.step) {
            self.step = Some(progress.step);
            self.bar.set_message(words::step(progress.step, self.lang));
            self.bar.reset_eta();
        }
        match progress.total {
            Some(total) => {
                self.bar
                    .set_style(style("{msg:14} [{bar:30}] {percent}%  {eta}"));
                self.bar.set_length(total);
            }
            None => self.bar.set_style(style("{msg:14} {spinner} {human_pos}")),
        }
        self.bar.set_position(progress.done);
    }

    /// Takes the bar off the screen.
    pub fn done(self) {
        self.bar.finish_and_clear();
    }
}

/// A style from a template of ours.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}

impl Drop for Bar {
    fn drop(&mut self) {
        if !self.bar.is_finished() {
            self.bar.finish_and_clear();
        }
    }
}
