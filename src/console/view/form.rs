//! Forms: one drawing for all of them.

use ratatui::layout::{Position, Rect};

use super::{
    chrome::after_columns,
    decide, effect,
    paint::{Paint, Tone, wrap},
};
use crate::{
    console::{
        form::{Checked, Deed, Field, FieldKind, Form, Problem, Task, Value, towns},
        layout,
    },
    model::{event::Kind, text::plain},
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
    let others = above.len() + below.len() + 1;
    let rows = Rows::of(form, layout::most_rows(paint.state.size), others);
    let lines = others + rows.height();
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    let height = height.min(layout::most_rows(paint.state.size));
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
    for (index, field) in form
        .fields
        .iter()
        .enumerate()
        .skip(rows.first)
        .take(rows.seen)
    {
        let focused = index == form.focus;
        let height = if focused || !rows.tight { 2 } else { 1 };
        if y + height > inside.bottom() {
            break;
        }
        let line = Rect {
            y,
            height,
            ..inside
        };
        let at = draw_field(paint, line, form, field, focused);
        cursor = at.or(cursor);
        y += height;
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

/// Which fields are seen, and how close they stand.
struct Rows {
    /// Only the field that is written in has its line of remarks.
    tight: bool,
    first: usize,
    seen: usize,
}

impl Rows {
    /// `most` lines in all, `others` of them and the frame's for other things.
    fn of(form: &Form, most: u16, others: usize) -> Self {
        let count = form.fields.len();
        let room = usize::from(most).saturating_sub(others + 2).max(2);
        let tight = count * 2 > room;
        let seen = if tight { (room - 1).min(count) } else { count };
        // The field that is written in is always among them.
        let first = (form.focus + 1).saturating_sub(seen);
        Self { tight, first, seen }
    }

    fn height(&self) -> usize {
        if self.tight {
            self.seen + 1
        } else {
            self.seen * 2
        }
    }
}

/// A form's title and what stands above its fields, as text.
pub fn texts(lang: Lang, form: &Form) -> (String, Vec<String>) {
    let above = intro(lang, form).into_iter().map(|line| line.0);
    (title(lang, form), above.collect())
}

fn title(lang: Lang, form: &Form) -> String {
    match &form.task {
        Task::Admit => Say::AdmitTitle.text(lang).to_owned(),
        Task::Settle { episode, kind, .. } => {
            let kind = words::kind(*kind, lang);
            format!("{}: {kind} · {episode}", Say::SettleTitle.text(lang))
        }
        Task::Undo { .. } => Say::UndoTitle.text(lang).to_owned(),
        Task::Record { episode, kind } => format!("{} · {episode}", words::kind(*kind, lang)),
        Task::Bulk { kind, stays, .. } => {
            console::bulk_form(words::kind(*kind, lang), stays.len(), lang)
        }
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
            format!("{}: {}", Say::ParkTitle.text(lang), format::payer(*payer))
        }
        Task::Lock { month, .. } => format!("{}: {month}", Say::LockTitle.text(lang)),
        Task::Decide { what, id } => decide::title(*what, id, lang),
        Task::Export { month } => format!("{}: {month}", Say::ExportTitle.text(lang)),
    }
}

/// What stands above the fields: for a lock, exactly what is locked; for an
/// undoing, what is undone.
fn intro(lang: Lang, form: &Form) -> Vec<(String, Tone)> {
    if let Task::Undo { deeds, later } = &form.task {
        return undoing(lang, deeds, *later);
    }
    if let Task::Bulk {
        stays, left_out, ..
    } = &form.task
    {
        return super::bulk::intro(stays, left_out, WIDTH as usize - 4, lang);
    }
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
        (whole_hash(hash, lang), Tone::Faint),
        (String::new(), Tone::Plain),
        (Say::LockForGood.text(lang).to_owned(), Tone::Plain),
        (Say::LockHow.text(lang).to_owned(), Tone::Plain),
        (format!("  {month} {}", typed_total(&amount)), Tone::Accent),
    ]
}

/// A hash in full, as it is what is approved; its name gives way.
fn whole_hash(hash: &str, lang: Lang) -> String {
    let named = format!("{} {}", Say::Hash.text(lang), plain(hash));
    if named.chars().count() > usize::from(WIDTH - 4) {
        return plain(hash).into_owned();
    }
    named
}

/// What is undone, a few lines of it, and whether others built on it.
fn undoing(lang: Lang, deeds: &[Deed], later: usize) -> Vec<(String, Tone)> {
    /// Lines that are told one by one.
    const FEW: usize = 4;
    let named = deeds.iter().map(|deed| {
        let voided = deed.voided.as_ref().and_then(|event| event.get("kind"));
        let voided = voided.and_then(|kind| Kind::from_name(kind.as_str()?));
        let what = match voided {
            Some(kind) => console::again(words::kind(kind, lang), lang),
            None => words::kind(deed.kind, lang).to_owned(),
        };
        let stay = plain(deed.episode.as_str());
        format!("{what} · {stay}")
    });
    // What was done several times for a stay is told once.
    let mut told: Vec<(String, usize)> = Vec::new();
    for name in named {
        match told.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => *times += 1,
            None => told.push((name, 1)),
        }
    }
    let more: usize = told.iter().skip(FEW).map(|(_, times)| times).sum();
    told.truncate(FEW);
    let lines = told.into_iter().map(|(name, times)| match times {
        1 => name,
        _ => format!("{name} ({times})"),
    });
    let mut lines: Vec<_> = lines.map(|line| (line, Tone::Strong)).collect();
    if more > 0 {
        lines.push((format!("+{more}"), Tone::Strong));
    }
    if later > 0 {
        let said = wrap(&console::built_on(later, lang), WIDTH as usize - 4);
        lines.extend(said.into_iter().map(|line| (line, Tone::Soon)));
    }
    lines.push((String::new(), Tone::Plain));
    lines
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
    if area.height > 1 {
        paint.put(x, area.y + 1, width, &said, said_tone);
    } else if said_tone == Tone::Alarm {
        // No room for why: at least that something is wrong.
        paint.put(area.right() - 1, area.y, 1, "!", said_tone);
    }
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
        _ if field.spec.kind == FieldKind::Municipality && !field.is_empty() => {
            municipality(lang, field, checked)
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

/// Which municipality is meant, or what the key to the right would write.
fn municipality(lang: Lang, field: &Field, checked: &Checked) -> (String, Tone) {
    let towns = towns(field.content());
    match (checked, towns.as_slice()) {
        (Checked::Text(_), [town]) if town.name() == field.content() => {
            (format!("= {town}"), Tone::Faint)
        }
        (Checked::Text(_), [town]) => (format!("= {} {town}", town.name()), Tone::Faint),
        (_, [first, rest @ ..]) => {
            let offer = console::completion(first.name(), rest.len(), lang);
            let problem = Problem::SeveralMunicipalities.text(lang);
            (format!("{problem}; {offer}"), Tone::Soon)
        }
        _ => (
            format!("! {}", Problem::Municipality.text(lang)),
            Tone::Alarm,
        ),
    }
}

/// What stands below the fields: the effect, and why it was refused.
fn outro(paint: &Paint, form: &Form) -> Vec<(String, Tone)> {
    let lang = paint.lang();
    let mut lines = Vec::new();
    if form.records() || form.spans_stays() {
        for (text, tone) in effect::lines(paint.state, form) {
            let said = wrap(&text, WIDTH as usize - 4);
            lines.extend(said.into_iter().map(|line| (line, tone)));
        }
        lines.push((String::new(), Tone::Plain));
    }
    if let Task::Decide { what, .. } = &form.task {
        let context = paint.state.form_context();
        let width = WIDTH as usize - 4;
        lines.extend(decide::meaning(form, *what, context, lang, width));
        lines.push((String::new(), Tone::Plain));
    }
    if form.refused.is_none() && paint.state.outdates(form) {
        let said = wrap(Say::LockStale.text(lang), WIDTH as usize - 6);
        lines.extend(
            said.into_iter()
                .map(|line| (format!("! {line}"), Tone::Alarm)),
        );
    }
    if form.sending {
        lines.push((Say::Sending.text(lang).to_owned(), Tone::Accent));
    }
    if let Some(error) = &form.refused {
        let text = plain_lines(&errors::on_screen(error, lang));
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
