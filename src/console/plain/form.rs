//! Forms, asked one field after the other.

use super::{
    speak::{self, squeezed},
    talk::{Hand, Page, Talk},
};
use crate::{
    console::{
        action::Command,
        form::{Checked, Field, Form, Task, Value},
        state::{Overlay, State},
        view,
    },
    text::{
        Lang,
        console::{self, Say, aloud::Aloud},
        errors, format,
    },
};

/// Where in a form the talk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A field, from 0, is asked for.
    Field(usize),
    /// All are told, and whether to send it is asked.
    Confirm,
}

/// What leaves a form.
const CANCEL: &str = "!";
/// What empties a field.
const CLEAR: &str = "-";

pub(super) fn page(talk: &mut Talk, state: &State, form: &Form) -> Page {
    let lang = state.lang;
    let opened = talk.step.is_none();
    let first = match form.fields.is_empty() {
        true => Step::Confirm,
        false => Step::Field(0),
    };
    let step = *talk.step.get_or_insert(first);
    let mut lines = Vec::new();
    if opened {
        let (title, intro) = view::form_texts(lang, form);
        lines.push(format!("{}.", squeezed(&title)));
        lines.extend(
            intro
                .iter()
                .map(|line| squeezed(line))
                .filter(|line| !line.is_empty()),
        );
        lines.push(Aloud::FormHow.text(lang).to_owned());
    }
    if let Some(error) = &form.refused {
        let told = errors::on_screen(error, lang);
        lines.extend(
            told.lines()
                .map(|line| speak::mind(line.trim_end_matches('.'), lang)),
        );
    }
    let prompt = match step {
        Step::Field(at) => {
            let field = &form.fields[at.min(form.fields.len() - 1)];
            lines.extend(options(field, lang));
            question(field, lang)
        }
        Step::Confirm => {
            lines.extend(summary(form, state));
            confirmation(form).text(lang).to_owned()
        }
    };
    let id = format!("form {step:?} {:?} {}", form.ids, form.refused.is_some());
    Page { id, lines, prompt }
}

/// `Tid, krävs [nu]`
fn question(field: &Field, lang: Lang) -> String {
    let mut asked = console::field(field.spec.name, lang).to_owned();
    if field.spec.required {
        asked.push_str(&format!(", {}", Aloud::Needed.text(lang)));
    }
    if let Value::Choice { options, at } = &field.value {
        asked.push_str(&format!(", {}", Aloud::ChooseOption.text(lang)));
        if !options.is_empty() {
            asked.push_str(&format!(" [{}]", at + 1));
        }
    } else if !field.is_empty() {
        asked.push_str(&format!(" [{}]", field.content()));
    }
    asked
}

fn options(field: &Field, lang: Lang) -> Vec<String> {
    let Value::Choice { options, .. } = &field.value else {
        return Vec::new();
    };
    let numbered = options.iter().enumerate();
    numbered
        .map(|(at, option)| {
            let word = match option.label.as_str() {
                "" => console::choice(&option.code, lang),
                label => label,
            };
            format!("{}. {word}", at + 1)
        })
        .collect()
}

/// The fields with their numbers, and what the form does to the countdown.
fn summary(form: &Form, state: &State) -> Vec<String> {
    let lang = state.lang;
    let mut lines: Vec<_> = form
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let label = console::field(field.spec.name, lang);
            format!("{}. {label}: {}.", at + 1, meaning(form, field, state))
        })
        .collect();
    let effect = view::effect_lines(state, form);
    let effect = effect.iter().map(|line| speak::spoken(line, lang));
    lines.extend(effect.map(|line| format!("{line}.")));
    lines
}

/// What a field's text means, in words.
fn meaning(form: &Form, field: &Field, state: &State) -> String {
    let lang = state.lang;
    match form.check(field, state.form_context()) {
        Checked::Empty => "-".to_owned(),
        Checked::Moment(at, future) => {
            let told = format::near_moment(at, lang);
            match future {
                true => format!("{told}, {}", Say::Future.text(lang)),
                false => told,
            }
        }
        Checked::Date(date) => format::short_day(date, lang),
        Checked::Bad(problem) => problem.text(lang).to_owned(),
        Checked::Text(text) => match &field.value {
            Value::Choice { options, at } => {
                options
                    .get(*at)
                    .map_or(text, |option| match option.label.as_str() {
                        "" => console::choice(&option.code, lang).to_owned(),
                        label => label.to_owned(),
                    })
            }
            Value::Text(_) => text,
        },
    }
}

fn confirmation(form: &Form) -> Aloud {
    match form.task {
        Task::Lock { .. } => Aloud::LockNow,
        _ => Aloud::Record,
    }
}

/// Takes a line that answers what was asked.
pub(super) fn take(talk: &mut Talk, hand: &mut Hand, line: &str) {
    if line == CANCEL {
        cancel(talk, hand);
        return;
    }
    match talk.step {
        Some(Step::Confirm) => confirm(talk, hand, line),
        Some(Step::Field(at)) => answer(talk, hand, at, line),
        // Nothing was asked yet.
        None => {}
    }
}

fn cancel(talk: &mut Talk, hand: &mut Hand) {
    // What was typed takes a second word to throw away on the screen; here
    // the mark that cancels is typed on purpose.
    for _ in 0..2 {
        if form(hand.state).is_some() {
            hand.run(Command::Back);
        }
    }
    hand.state.notice = None;
    talk.step = None;
    talk.remark(Aloud::Discarded, hand.state);
}

fn confirm(talk: &mut Talk, hand: &mut Hand, line: &str) {
    match line.to_lowercase().as_str() {
        "j" | "ja" | "y" | "yes" => hand.run(Command::Accept),
        "n" | "nej" | "no" => cancel(talk, hand),
        other => {
            let count = form(hand.state).map_or(0, |form| form.fields.len());
            match other.parse::<usize>() {
                Ok(number) if (1..=count).contains(&number) => {
                    talk.step = Some(Step::Field(number - 1));
                }
                _ => talk.remark(Aloud::NotUnderstood, hand.state),
            }
        }
    }
}

/// Writes a field, and goes on to the next where it will do.
fn answer(talk: &mut Talk, hand: &mut Hand, at: usize, line: &str) {
    let count = form(hand.state).map_or(1, |form| form.fields.len());
    for _ in 0..count {
        if form(hand.state).is_some_and(|form| form.focus != at) {
            hand.run(Command::NextPane);
        }
    }
    let before = form(hand.state).map(|form| form.fields[at].content().to_owned());
    if !write(hand, at, line) {
        talk.remark(Aloud::NoSuchNumber, hand.state);
        return;
    }
    let Some(form) = form(hand.state) else {
        return;
    };
    let checked = form.check(&form.fields[at], hand.state.form_context());
    match checked {
        Checked::Bad(problem) => {
            let told = problem.text(hand.state.lang);
            talk.remarks.push(speak::mind(told, hand.state.lang));
            // What stood there before is asked for again, not what will not do.
            if !line.is_empty() {
                write(
                    hand,
                    at,
                    before
                        .as_deref()
                        .filter(|text| !text.is_empty())
                        .unwrap_or(CLEAR),
                );
            }
        }
        _ => {
            if matches!(checked, Checked::Moment(..)) {
                let meant = meaning(form, &form.fields[at], hand.state);
                talk.remarks.push(format!("{meant}."));
            }
            let context = hand.state.form_context();
            let rest = at + 1..form.fields.len();
            // After a field that was changed from the summary, only what
            // still will not do is asked for.
            let told =
                |next: &usize| matches!(form.check(&form.fields[*next], context), Checked::Bad(_));
            let next = match talk.seen.max(at) == at {
                true => rest.clone().next(),
                false => rest.clone().find(told),
            };
            talk.seen = talk.seen.max(next.unwrap_or(form.fields.len()));
            talk.step = Some(next.map_or(Step::Confirm, Step::Field));
        }
    }
}

/// Whether the line could be written into the field.
fn write(hand: &mut Hand, at: usize, line: &str) -> bool {
    let field = form(hand.state).map(|form| &form.fields[at]);
    let choice = match field.map(|field| &field.value) {
        Some(Value::Choice { options, .. }) => Some(options.len()),
        _ => None,
    };
    match (line, choice) {
        ("", _) => true,
        (_, Some(count)) => {
            let Some(wanted) = line
                .parse()
                .ok()
                .filter(|number| (1..=count).contains(number))
            else {
                return false;
            };
            let chosen = |state: &State| match form(state).map(|form| &form.fields[at].value) {
                Some(Value::Choice { at, .. }) => at + 1,
                _ => wanted,
            };
            while chosen(hand.state) != wanted {
                hand.run(Command::EditRight);
            }
            true
        }
        (CLEAR, None) => {
            hand.run(Command::EditEnd);
            hand.run(Command::DeleteLine);
            true
        }
        (text, None) => {
            hand.run(Command::EditEnd);
            hand.run(Command::DeleteLine);
            hand.write(text);
            true
        }
    }
}

fn form(state: &State) -> Option<&Form> {
    match &state.overlay {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}
