//! Keys in a form.

use std::path::PathBuf;

use crate::{
    console::{
        action::Command,
        event::{Effect, ExportFormat, ExportJob, Purpose},
        form::{Form, Task},
        state::{Overlay, State},
    },
    text::console::{self, Say},
};

impl State {
    pub(super) fn form_command(&mut self, command: Command) {
        match command {
            Command::Accept => self.submit(),
            Command::Back => self.leave_form(),
            _ => {
                if let Some(Overlay::Form(form)) = &mut self.overlay
                    && !form.sending
                {
                    form.edit(command);
                }
            }
        }
    }

    /// What was typed is not thrown away by one key.
    fn leave_form(&mut self) {
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        if form.touched && !form.leaving {
            form.leaving = true;
            self.refuse(Say::DiscardTyped);
        } else {
            self.overlay = None;
        }
    }

    /// Sends the form, or leads to the first field that will not do.
    fn submit(&mut self) {
        let context = self.form_context();
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        if form.sending {
            return;
        }
        if let Some(bad) = form.first_bad(context) {
            form.focus = bad;
            form.shown_errors = true;
            return;
        }
        if matches!(form.task, Task::Bulk { .. }) {
            self.send_bulk();
            return;
        }
        if let Some(job) = export_job(form) {
            form.sending = true;
            self.effects.push(Effect::Export(job));
            return;
        }
        let purpose = match &form.task {
            Task::Waive { month, .. } | Task::Park { month, .. } => Purpose::ChangeClose(*month),
            Task::Lock { month, .. } => Purpose::Lock(*month),
            _ => Purpose::Record,
        };
        if let Some(ask) = form.request(context) {
            form.sending = true;
            form.refused = None;
            self.ask(purpose, ask);
        }
    }

    pub(super) fn preview_if_wanted(&mut self) {
        let context = self.form_context();
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        if let Some(ask) = form.wants_preview(context) {
            self.ask(Purpose::Preview, ask);
        }
    }

    pub(super) fn exported(&mut self, done: Result<Vec<PathBuf>, String>) {
        match done {
            Ok(files) => {
                let place = files.first().and_then(|file| file.parent());
                let place = place
                    .map(|place| place.display().to_string())
                    .unwrap_or_default();
                self.overlay = None;
                self.say(console::exported(files.len(), &place, self.lang));
            }
            Err(problem) => {
                if let Some(Overlay::Form(form)) = &mut self.overlay {
                    form.sending = false;
                    form.refused = Some(crate::desk::error::DeskError::no("export", problem));
                } else {
                    self.warn(problem);
                }
            }
        }
    }
}

fn export_job(form: &Form) -> Option<ExportJob> {
    let Task::Export { month } = &form.task else {
        return None;
    };
    let [format, directory] = form.fields.as_slice() else {
        return None;
    };
    let format = match format.content() {
        "json" => ExportFormat::Json,
        _ => ExportFormat::Csv,
    };
    Some(ExportJob {
        month: *month,
        format,
        directory: PathBuf::from(directory.content()),
    })
}
