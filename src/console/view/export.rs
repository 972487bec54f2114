//! Files being written, in a box over the close.

use super::paint::{Paint, Tone, wrap};
use crate::{
    console::{
        event::ExportFormat,
        export::{ExportLog, FileState},
        layout,
    },
    model::text::plain,
    text::{
        Lang, close,
        console::{self, Say},
        errors, format,
    },
};

/// Columns of the box.
const WIDTH: u16 = 76;

/// Draws how far each file is, and where it went or why not, in full.
pub fn draw(paint: &mut Paint, log: &ExportLog) {
    let lang = paint.lang();
    let size = paint.state.size;
    let width = WIDTH.min(size.0).saturating_sub(4) as usize;
    let lines = lines(log, lang, width);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let height = height.saturating_add(4).min(layout::most_rows(size));
    let area = layout::centered(size, WIDTH, height);
    let month = format::month(log.month, lang);
    let title = format!("{}: {month}", Say::ExportTitle.text(lang));
    let inside = paint.frame(area, &title);
    for ((text, tone), y) in lines
        .iter()
        .zip(inside.top()..inside.bottom().saturating_sub(1))
    {
        paint.put(inside.x, y, inside.width, text, *tone);
    }
    let last = inside.bottom().saturating_sub(1);
    let back = Say::Back.text(lang);
    paint.put(inside.x, last, inside.width, back, Tone::Faint);
}

/// How far each file is, as text.
pub fn texts(log: &ExportLog, lang: Lang) -> Vec<String> {
    let lines = lines(log, lang, usize::from(u16::MAX));
    lines.into_iter().map(|line| line.0).collect()
}

fn lines(log: &ExportLog, lang: Lang, width: usize) -> Vec<(String, Tone)> {
    let mut lines = Vec::new();
    let mut add = |before: &str, text: &str, tone: Tone| {
        for line in text.lines() {
            for line in wrap(&plain(line), width - before.len()) {
                lines.push((format!("{before}{line}"), tone));
            }
        }
    };
    let (written, all) = (log.written(), log.files.len());
    add(
        "",
        &console::files_done(written, all, log.done, lang),
        Tone::Strong,
    );
    for (format, state) in &log.files {
        let name = match format {
            ExportFormat::Csv => "CSV",
            ExportFormat::Json => "JSON",
        };
        let mut file = |mark: &str, say: Say, more: &str, tone| {
            add(
                "",
                &format!("{mark} {name}: {}{more}", say.text(lang)),
                tone,
            );
        };
        match state {
            FileState::Waiting => file("-", Say::FileWaiting, "", Tone::Faint),
            FileState::Writing => file("~", Say::FileWriting, "", Tone::Soon),
            FileState::Written(path, bytes, _) => {
                let size = format::number((*bytes).into(), lang);
                let size = format!(", {size} {}", Say::Bytes.text(lang));
                file("+", Say::FileWritten, &size, Tone::Good);
                add("  ", &path.display().to_string(), Tone::Plain);
            }
            FileState::Failed(error) => {
                file("x", Say::FileFailed, "", Tone::Alarm);
                add("  ", &errors::on_screen(error, lang), Tone::Plain);
            }
        }
    }
    if let Some(said) = close::none_in_files(log.not_locked(), lang) {
        add("", &said, Tone::Soon);
    }
    lines
}
