//! Keys in a form.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{
    console::{
        action::Command,
        event::{Effect, ExportFormat, ExportJob, ExportStep, Purpose},
        export::ExportLog,
        form::{Form, Task},
        state::{Overlay, State},
    },
    desk::error::DeskError,
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
    pub(super) fn submit(&mut self) {
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
            let log = ExportLog::new(&job, (**form).clone());
            self.overlay = Some(Overlay::Export(Box::new(log)));
            self.effects.push(Effect::Export(job));
            return;
        }
        // Whether there is such a stay already is known with the effect.
        if form.task == Task::Admit && form.preview.busy {
            self.refuse(Say::Computing);
            return;
        }
        if form.task == Task::Admit
            && let Some(Ok(view)) = &form.preview.view
            && view.before.is_some()
        {
            form.focus = 0;
            self.refuse(Say::StayExists);
            return;
        }
        let undoes = matches!(form.task, Task::Undo { .. });
        let purpose = match &form.task {
            Task::Waive { month, .. } | Task::Park { month, .. } => Purpose::ChangeClose(*month),
            Task::Lock { month, .. } => Purpose::Lock(*month),
            Task::Decide { .. } => Purpose::Decision,
            _ => Purpose::Record,
        };
        if let Some(ask) = form.request(context) {
            form.sending = true;
            form.refused = None;
            let serial = self.ask(purpose, ask);
            if undoes {
                self.done.undoes(serial);
            }
        }
    }

    pub(super) fn preview_if_wanted(&mut self) {
        let context = self.form_context();
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        let each = form.wants_previews(context);
        let one = form.wants_preview(context);
        let asked = one.map(|ask| self.ask(Purpose::Preview, ask));
        let each = each.into_iter().map(|(episode, ask)| {
            let serial = self.ask(Purpose::EachPreview, ask);
            (serial, episode)
        });
        let awaited: BTreeMap<_, _> = each.collect();
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        form.preview.asked = asked.unwrap_or(form.preview.asked);
        if !awaited.is_empty() {
            form.preview.each.clear();
            form.preview.awaited = awaited;
        }
    }

    /// Takes how far a file is, while somebody watches.
    pub(super) fn exporting(&mut self, step: ExportStep) {
        if let Some(Overlay::Export(log)) = &mut self.overlay {
            log.take(step);
        }
    }

    /// Says where the files went; who did not wait reads it below.
    pub(super) fn exported(&mut self, done: Result<Vec<PathBuf>, DeskError>) {
        let watched = match &mut self.overlay {
            Some(Overlay::Export(log)) => {
                log.done = true;
                true
            }
            _ => false,
        };
        match done {
            Ok(files) => {
                let place = files.first().and_then(|file| file.parent());
                let place = place.map(|place| place.display().to_string());
                let place = place.unwrap_or_default();
                self.say(console::exported(files.len(), &place, self.lang));
            }
            Err(_) if watched => {}
            Err(error) => self.overlay = Some(Overlay::Message(error)),
        }
    }

    /// Leaves a message; where a file failed, the form is there again with
    /// what was typed.
    pub(in crate::console) fn close_message(&mut self) {
        self.overlay = match self.overlay.take() {
            Some(Overlay::Export(log)) if log.done && log.written() < log.files.len() => {
                Some(Overlay::Form(Box::new(log.form)))
            }
            _ => None,
        };
    }
}

fn export_job(form: &Form) -> Option<ExportJob> {
    let Task::Export { month } = &form.task else {
        return None;
    };
    let [format, directory] = form.fields.as_slice() else {
        return None;
    };
    let formats = match format.content() {
        "csv" => vec![ExportFormat::Csv],
        "json" => vec![ExportFormat::Json],
        _ => vec![ExportFormat::Csv, ExportFormat::Json],
    };
    Some(ExportJob {
        month: *month,
        formats,
        directory: PathBuf::from(directory.content()),
    })
}
