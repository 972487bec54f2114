//! Forms: one drawing for all of them.

use ratatui::layout::{Position, Rect};

use super::{
    chrome::after_columns,
    paint::{Paint, Tone, wrap},
};
use crate::{
    console::{
        form::{Checked, Field, Form, Task, Value},
        layout,
    },
    model::{text::plain, time::Instant},
    rules::outlook::Outlook,
    text::{
        Lang,
        console::{self, Say},
        errors, format, words,
    },
};

/// Columns of a form.
const WIDTH: u16 = 78;
/// Columns of the labels.
const LABEL: u16 = 22;

/// Draws a form and says where its cursor stands.
pub fn draw(paint: &mut Paint, form: &Form) -> Option<Position> {
    let above = intro(paint.state.lang, form);
    let below = outro(paint, form);
    let lines = above.len() + form.fields.len() * 2 + below.len() + 1;
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    let area = layout::centered(paint.state.size, WIDTH, height);
    let inside = paint.frame(area, &plain(&title(paint.state.lang, form)));
    let mut y = inside.y;
    for (text, tone) in &above {
        if y < inside.bottom() {
            paint.put(inside.x, y, inside.width, text, *tone);
        }
        y += 1;
    }
    let mut cursor = None;
    for (index, field) in form.fields.iter().enumerate() {
        if y + 1 >= inside.bottom() {
            break;
        }
        let line = Rect {
            y,
            height: 2,
            ..inside
        };
        let at = draw_field(paint, line, form, field, index == form.focus);
        cursor = at.or(cursor);
        y += 2;
    }
    // What the form does and why it was refused is never cut off by fields.
    let first = y.min(inside.bottom().saturating_sub(below.len() as u16));
    for (offset, (text, tone)) in below.iter().enumerate() {
        let y = first + offset as u16;
        if y < inside.bottom() {
            paint.put(inside.x, y, inside.width, text, *tone);
        }
    }
    cursor.filter(|_| !form.sending)
}

/// A form's title and what stands above its fields, as text.
pub fn texts(lang: Lang, form: &Form) -> (String, Vec<String>) {
    let above = intro(lang, form).into_iter().map(|line| line.0);
    (title(lang, form), above.collect())
}

fn title(lang: Lang, form: &Form) -> String {
    match &form.task {
        Task::Record { episode, kind } => format!("{} · {episode}", words::kind(*kind, lang)),
        Task::Correct { episode, kind, .. } => {
            format!(
                "{}: {} · {episode}",
                Say::CorrectTitle.text(lang),
                words::kind(*kind, lang)
            )
        }
        Task::Void { episode, kind, .. } => {
            format!(
                "{}: {} · {episode}",
                Say::VoidTitle.text(lang),
                words::kind(*kind, lang)
            )
        }
        Task::Waive { code, .. } => {
            format!(
                "{}: {}",
                Say::WaiveTitle.text(lang),
                words::finding(code, lang)
            )
        }
        Task::Park { payer, .. } => {
            format!("{}: {payer} {}", Say::ParkTitle.text(lang), payer.name())
        }
        Task::Lock { month, .. } => format!("{}: {month}", Say::LockTitle.text(lang)),
        Task::Export { month } => format!("{}: {month}", Say::ExportTitle.text(lang)),
    }
}

/// What stands above the fields: for a lock, exactly what is locked.
fn intro(lang: Lang, form: &Form) -> Vec<(String, Tone)> {
    let Task::Lock {
        month,
        total,
        hash,
        payers,
        ..
    } = &form.task
    else {
        return Vec::new();
    };
    let amount = format::money(*total, lang);
    vec![
        (
            format!(
                "{}   {amount}   {payers} {}",
                format::month(*month, lang),
                Say::LockPayers.text(lang)
            ),
            Tone::Strong,
        ),
        (
            format!("{} {}", Say::Hash.text(lang), plain(hash)),
            Tone::Faint,
        ),
        (String::new(), Tone::Plain),
        (Say::LockForGood.text(lang).to_owned(), Tone::Plain),
        (Say::LockHow.text(lang).to_owned(), Tone::Plain),
        (format!("  {month} {}", typed_total(&amount)), Tone::Accent),
    ]
}

/// A total as it is easiest typed.
fn typed_total(amount: &str) -> String {
    amount
        .chars()
        .filter(|char| char.is_ascii_digit() || matches!(char, ',' | '.' | '-'))
        .collect()
}

fn draw_field(
    paint: &mut Paint,
    area: Rect,
    form: &Form,
    field: &Field,
    focused: bool,
) -> Option<Position> {
    let lang = paint.lang();
    let label = console::field(field.spec.name, lang);
    let star = if field.spec.required { "*" } else { "" };
    let (mark, tone) = if focused {
        ("▸", Tone::Strong)
    } else {
        (" ", Tone::Plain)
    };
    paint.put(area.x, area.y, LABEL, &format!("{mark}{label}{star}"), tone);
    let x = area.x + LABEL + 1;
    let width = area.width.saturating_sub(LABEL + 1);
    let checked = form.check(field, paint.state.form_context());
    let (said, said_tone) = remark(lang, form, field, &checked, focused);
    paint.put(x, area.y + 1, width, &said, said_tone);
    match &field.value {
        Value::Choice { options, at } => {
            let word = options.get(*at).map_or("–", |option| {
                if option.label.is_empty() {
                    console::choice(&option.code, lang)
                } else {
                    &option.label
                }
            });
            let text = if focused {
                format!("← {word} →")
            } else {
                format!("  {word}")
            };
            paint.put(x, area.y, width, &text, tone);
            None
        }
        Value::Text(input) => {
            let room = width.saturating_sub(1) as usize;
            let skipped = input.visual_scroll(room);
            let seen = plain(after_columns(input.value(), skipped)).into_owned();
            paint.put(x, area.y, width, &seen, tone);
            paint.underline(Rect::new(x, area.y, width, 1));
            if focused && tone == Tone::Strong {
                paint.put(x, area.y, width, &seen, Tone::Strong);
            }
            let column = input.visual_cursor().saturating_sub(skipped) as u16;
            focused.then(|| Position::new((x + column).min(area.right()), area.y))
        }
    }
}

/// What stands beside a field: what a time means, or what is wrong.
fn remark(
    lang: Lang,
    form: &Form,
    field: &Field,
    checked: &Checked,
    focused: bool,
) -> (String, Tone) {
    match checked {
        Checked::Moment(at, future) => {
            let text = format!("= {}", format::near_moment(*at, lang));
            if *future {
                (format!("{text}  ! {}", Say::Future.text(lang)), Tone::Soon)
            } else {
                (text, Tone::Faint)
            }
        }
        Checked::Date(date) => (format!("= {}", format::short_day(*date, lang)), Tone::Faint),
        // A field that nobody has come to yet is not scolded.
        Checked::Bad(problem) if !field.is_empty() || form.shown_errors => {
            (format!("! {}", problem.text(lang)), Tone::Alarm)
        }
        Checked::Bad(_) if focused => (Say::Required.text(lang).to_owned(), Tone::Faint),
        _ => (String::new(), Tone::Plain),
    }
}

/// What stands below the fields: the effect, and why it was refused.
fn outro(paint: &Paint, form: &Form) -> Vec<(String, Tone)> {
    let lang = paint.lang();
    let mut lines = Vec::new();
    if form.episode().is_some() {
        let (text, tone) = effect(paint, form);
        let said = wrap(&text, WIDTH as usize - 4);
        lines.extend(said.into_iter().map(|line| (line, tone)));
        lines.push((String::new(), Tone::Plain));
    }
    if form.sending {
        lines.push((Say::Sending.text(lang).to_owned(), Tone::Accent));
    }
    if let Some(error) = &form.refused {
        let text = plain_lines(&errors::error(error, lang));
        for line in wrap(&text, WIDTH as usize - 6) {
            lines.push((format!("! {line}"), Tone::Alarm));
        }
    }
    if form.leaving {
        lines.push((Say::DiscardTyped.text(lang).to_owned(), Tone::Soon));
    }
    lines
}

/// Text of several lines, each made safe.
pub(super) fn plain_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(plain).collect();
    lines.join("\n")
}

/// The countdown before and after.
fn effect(paint: &Paint, form: &Form) -> (String, Tone) {
    let (lang, now) = (paint.lang(), paint.state.now);
    let label = Say::Effect.text(lang);
    match &form.preview.view {
        _ if form.preview.busy && form.preview.view.is_none() => (
            format!("{label}: {}", Say::Computing.text(lang)),
            Tone::Faint,
        ),
        None => (String::new(), Tone::Plain),
        Some(Err(error)) => {
            let said = errors::headline(error, lang);
            (
                format!("{label}: ! {said}: {}", plain(&error.detail)),
                Tone::Soon,
            )
        }
        Some(Ok(view)) => {
            let before = standing(view.before.as_ref(), lang, now);
            let after = standing(view.after.as_ref(), lang, now);
            if before == after {
                (
                    format!("{label}: {} ({after})", Say::NoEffect.text(lang)),
                    Tone::Plain,
                )
            } else {
                (format!("{label}: {before} → {after}"), Tone::Strong)
            }
        }
    }
}

fn standing(outlook: Option<&Outlook>, lang: Lang, now: Instant) -> String {
    let Some(outlook) = outlook else {
        return "–".to_owned();
    };
    let mut text = console::state(outlook.state, lang).to_owned();
    if let Some(start) = outlook.liability_start {
        text.push(' ');
        text.push_str(&format::near_moment(start, lang));
        if start > now {
            text.push_str(&format!(" ({})", format::countdown(start - now)));
        }
    }
    text
}
