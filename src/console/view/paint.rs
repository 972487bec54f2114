//! Writing on the screen: tones instead of colours, so that a terminal
//! without colours loses nothing, and text cut to its place.

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};
use unicode_width::UnicodeWidthStr;

use super::theme;
use crate::{
    console::state::State,
    model::text::{bare, fits, plain},
    rules::outlook,
    text::Lang,
};

/// What a text means, and so how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Tone {
    Plain,
    Strong,
    Faint,
    Title,
    Column,
    Alarm,
    Soon,
    Stopped,
    Good,
    Accent,
    Selected,
    Voided,
}

impl Tone {
    /// The look of a stay's state; the word and symbol beside it tell the same.
    #[must_use]
    pub fn of(state: outlook::State) -> Self {
        match state {
            outlook::State::Liable => Self::Alarm,
            outlook::State::Grace => Self::Soon,
            outlook::State::Blocked => Self::Stopped,
            outlook::State::NotReady => Self::Faint,
        }
    }
}

/// A part of a line.
pub type Piece<'a> = (Cow<'a, str>, Tone);

/// The screen while it is drawn.
pub struct Paint<'a> {
    buffer: &'a mut Buffer,
    selected: Option<Rect>,
    /// What is drawn.
    pub state: &'a State,
}

impl<'a> Paint<'a> {
    /// A screen to draw the state on.
    pub fn new(buffer: &'a mut Buffer, state: &'a State) -> Self {
        Self {
            buffer,
            selected: None,
            state,
        }
    }

    /// All of the screen.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The user's language.
    pub fn lang(&self) -> Lang {
        self.state.lang
    }

    /// Writes text, cut to `width` columns, and says how many it took.
    pub fn put(&mut self, x: u16, y: u16, width: u16, text: &str, tone: Tone) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let width = width.min(area.right() - x);
        let text = fits(text, width as usize);
        // A hard space keeps numbers whole; the screen has no other lines.
        let text = if text.contains('\u{a0}') {
            Cow::Owned(text.replace('\u{a0}', " "))
        } else {
            text
        };
        let style = theme::style(tone, self.state.look);
        let (end, _) = self.buffer.set_stringn(x, y, &text, width as usize, style);
        end - x
    }

    /// Writes text so that it ends at the right of `width` columns.
    pub fn put_end(&mut self, x: u16, y: u16, width: u16, text: &str, tone: Tone) {
        let taken = text.width().min(width as usize) as u16;
        self.put(x + width - taken, y, taken, text, tone);
    }

    /// Writes parts one after the other.
    pub fn pieces(&mut self, x: u16, y: u16, width: u16, pieces: &[Piece]) -> u16 {
        let mut taken = 0;
        for (text, tone) in pieces {
            taken += self.put(x + taken, y, width - taken, text, *tone);
        }
        taken
    }

    /// Writes a text in as many lines as it takes and fit.
    pub fn paragraph(&mut self, area: Rect, text: &str, tone: Tone) {
        let safe: Vec<_> = text.lines().map(plain).collect();
        let lines = wrap(&safe.join("\n"), area.width as usize);
        for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
            self.put(area.x, y, area.width, line, tone);
        }
    }

    /// Marks a line as the selected one. A mark stands before it as well, as
    /// a reversed line is lost where a terminal reverses nothing.
    pub fn select(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        let style = theme::style(Tone::Selected, self.state.look);
        self.buffer.set_style(area, style);
        self.selected = Some(area);
    }

    /// Marks letters that a filter found, whatever they look like otherwise.
    pub fn found(&mut self, area: Rect) {
        let marked = Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
        self.buffer
            .set_style(area.intersection(self.buffer.area), marked);
    }

    /// The line that was marked as the selected one last.
    pub fn selected(&self) -> Option<Rect> {
        self.selected
    }

    /// Underlines a line of column names.
    pub fn underline(&mut self, area: Rect) {
        let style = theme::style(Tone::Column, self.state.look);
        self.buffer
            .set_style(area.intersection(self.buffer.area), style);
    }

    /// An empty box with a title; gives the area inside.
    pub fn frame(&mut self, area: Rect, title: &str) -> Rect {
        let area = area.intersection(self.buffer.area);
        if area.width < 4 || area.height < 3 {
            return Rect::ZERO;
        }
        for y in area.top()..area.bottom() {
            let blank = " ".repeat(area.width as usize);
            self.buffer.set_string(area.x, y, blank, Style::reset());
            self.put(area.x, y, 1, "│", Tone::Accent);
            self.put(area.right() - 1, y, 1, "│", Tone::Accent);
        }
        let line = "─".repeat(area.width as usize - 2);
        self.put(
            area.x,
            area.y,
            area.width,
            &format!("┌{line}┐"),
            Tone::Accent,
        );
        self.put(
            area.x,
            area.bottom() - 1,
            area.width,
            &format!("└{line}┘"),
            Tone::Accent,
        );
        self.put(
            area.x + 2,
            area.y,
            area.width - 4,
            &format!(" {title} "),
            Tone::Title,
        );
        Rect::new(area.x + 2, area.y + 1, area.width - 4, area.height - 2)
    }

    /// Brings lines and marks into ASCII where the terminal asks for it.
    pub fn finish(self) {
        if !self.state.look.ascii {
            return;
        }
        for cell in &mut self.buffer.content {
            let plain = match cell.symbol() {
                "─" => "-",
                "│" => "|",
                "┌" | "┐" | "└" | "┘" => "+",
                "…" => ".",
                "–" | "·" | "−" => "-",
                "→" | "▸" => ">",
                "▾" => "v",
                "█" => "#",
                "░" => ":",
                "Σ" => "=",
                "§" => "*",
                "←" => "<",
                "↑" | "▲" => "^",
                "↓" | "▼" => "v",
                "×" => "x",
                "»" => ">",
                "À" => "A",
                symbol => match super::gauge::ascii(symbol) {
                    Some(plain) => plain,
                    None => continue,
                },
            };
            cell.set_symbol(plain);
        }
        if !self.state.look.utf8 {
            for cell in &mut self.buffer.content {
                if !cell.symbol().is_ascii() {
                    let bare = bare(cell.symbol());
                    cell.set_char(bare.chars().next().unwrap_or(' '));
                }
            }
        }
    }
}

/// A line of the screen as text, without the mark of the selected one.
pub fn line_of(buffer: &Buffer, line: Rect) -> String {
    let mut text = String::new();
    let mut x = line.left();
    while x < line.right() {
        let symbol = buffer[(x, line.y)].symbol();
        text.push_str(symbol);
        x += (symbol.width() as u16).max(1);
    }
    text.trim_start_matches(['▸', '>']).trim().to_owned()
}

/// Text in lines of at most `width` columns, broken between words where that
/// is possible.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            while line.width() > width && width > 1 {
                let rest = split_off(&mut line, width);
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
        lines.push(line);
    }
    lines
}

/// Keeps what fits in `width` columns, at least one character, and gives the
/// rest.
fn split_off(line: &mut String, width: usize) -> String {
    let mut end = 0;
    for (start, char) in line.char_indices() {
        let next = start + char.len_utf8();
        if end > 0 && line[..next].width() > width {
            break;
        }
        end = next;
    }
    line.split_off(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_between_words_and_inside_long_ones() {
        assert_eq!(wrap("ett två tre", 7), ["ett två", "tre"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
        assert_eq!(wrap("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(wrap("x y", 0), ["x", "y"]);
    }
}
