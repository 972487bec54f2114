//! A screen as an SVG picture: cells of text with their styles, nothing else.
//! Whatever font a renderer has, the columns hold: each text is stretched to
//! its cells.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell, and how far its text's base line lies from its
/// top, in pixels.
const WIDTH: usize = 8;
const HEIGHT: usize = 17;
const BASE: usize = 13;
/// Room around the cells, in pixels.
const EDGE: usize = 8;
/// The terminal's own colours.
const INK: &str = "#d8dee9";
const PAPER: &str = "#16191f";

/// What a run of cells has in common.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    ink: &'static str,
    paper: &'static str,
    modifier: Modifier,
}

/// The picture, as one SVG document that ends with a line feed; `title` is
/// what readers of the picture hear.
#[must_use]
pub fn svg(buffer: &Buffer, title: &str) -> String {
    let (columns, rows) = (buffer.area.width as usize, buffer.area.height as usize);
    let (width, height) = (columns * WIDTH + 2 * EDGE, rows * HEIGHT + 2 * EDGE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,monospace\" \
         font-size=\"13\" fill=\"{INK}\" xml:space=\"preserve\">\n",
        escaped(title)
    );
    for (row, cells) in buffer.content.chunks(columns.max(1)).enumerate() {
        line(&mut out, row, cells);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// One row: runs of cells that look the same.
fn line(out: &mut String, row: usize, cells: &[Cell]) {
    let mut column = 0;
    while column < cells.len() {
        let look = look_of(&cells[column]);
        let start = column;
        let mut text = String::new();
        while column < cells.len() && look_of(&cells[column]) == look {
            let symbol = cells[column].symbol();
            text.push_str(symbol);
            // The cell behind a wide character is its second half.
            column += symbol.width().max(1);
        }
        run(out, row, start, column.min(cells.len()), &text, &look);
    }
}

fn run(out: &mut String, row: usize, start: usize, end: usize, text: &str, look: &Look) {
    let (x, y) = (EDGE + start * WIDTH, EDGE + row * HEIGHT);
    let width = (end - start) * WIDTH;
    if look.paper != PAPER {
        let paper = look.paper;
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{paper}\"/>"
        );
    }
    if look.modifier.contains(Modifier::UNDERLINED) {
        // Drawn, not said: so it runs through the gaps, in every renderer.
        let (y, ink) = (y + HEIGHT - 2, look.ink);
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"1\" fill=\"{ink}\"/>"
        );
    }
    let style = style_of(look);
    for (offset, part) in parts(text) {
        let x = x + offset * WIDTH;
        let (y, width) = (y + BASE, part.width() * WIDTH);
        let part = escaped(part);
        let _ = writeln!(
            out,
            "<text x=\"{x}\" y=\"{y}\" textLength=\"{width}\" \
             lengthAdjust=\"spacingAndGlyphs\"{style}>{part}</text>"
        );
    }
}

/// The parts of a run between wider gaps, each with the cells before it:
/// renderers differ in what they do with blanks.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut rest, mut offset) = (text, 0);
    loop {
        let start = rest.len() - rest.trim_start_matches(' ').len();
        (rest, offset) = (&rest[start..], offset + start);
        let end = rest.find("  ").unwrap_or(rest.trim_end_matches(' ').len());
        if end == 0 {
            return parts;
        }
        parts.push((offset, &rest[..end]));
        (offset, rest) = (offset + rest[..end].width(), &rest[end..]);
    }
}

fn style_of(look: &Look) -> String {
    let mut style = String::new();
    if look.ink != INK {
        let _ = write!(style, " fill=\"{}\"", look.ink);
    }
    let told = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.65\""),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
    ];
    for (modifier, attribute) in told {
        if look.modifier.contains(modifier) {
            style.push_str(attribute);
        }
    }
    style
}

fn look_of(cell: &Cell) -> Look {
    let (ink, paper) = (colour(cell.fg, INK), colour(cell.bg, PAPER));
    let (ink, paper) = if cell.modifier.contains(Modifier::REVERSED) {
        (paper, ink)
    } else {
        (ink, paper)
    };
    Look {
        ink,
        paper,
        modifier: cell.modifier,
    }
}

/// A terminal's sixteen colours; any other is the terminal's own.
fn colour(colour: Color, own: &'static str) -> &'static str {
    match colour {
        Color::Black => "#16191f",
        Color::Red => "#e06c75",
        Color::Green => "#98c379",
        Color::Yellow => "#e5c07b",
        Color::Blue => "#61afef",
        Color::Magenta => "#c678dd",
        Color::Cyan => "#56b6c2",
        Color::Gray => "#abb2bf",
        Color::DarkGray => "#7f848e",
        Color::LightRed => "#ff7b86",
        Color::LightGreen => "#b5e890",
        Color::LightYellow => "#ffd68a",
        Color::LightBlue => "#8cc8ff",
        Color::LightMagenta => "#e2a0f5",
        Color::LightCyan => "#7fe3ee",
        Color::White => "#ffffff",
        _ => own,
    }
}

/// Text as XML has it. Characters that XML forbids never reach a buffer that
/// the console drew.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use ratatui::{layout::Rect, style::Style};

    use super::*;

    #[test]
    fn runs_keep_their_columns_and_styles() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        buffer.set_string(0, 0, "<åäö>", Style::new());
        let alarm = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
        buffer.set_string(6, 0, "日本", alarm);
        let chosen = Style::new().add_modifier(Modifier::REVERSED);
        buffer.set_string(0, 1, "vald", chosen);
        let picture = svg(&buffer, "a & b");
        assert!(picture.contains("<title>a &amp; b</title>"));
        assert!(picture.contains("textLength=\"40\""), "{picture}");
        assert!(picture.contains(">&lt;åäö&gt;</text>"), "{picture}");
        // Two wide characters take four cells, from the seventh on.
        assert!(
            picture.contains("x=\"56\" y=\"21\" textLength=\"32\""),
            "{picture}"
        );
        assert!(picture.contains("fill=\"#e06c75\" font-weight=\"bold\">日本<"));
        assert!(picture.contains("height=\"17\" fill=\"#d8dee9\"/>"));
    }

    #[test]
    fn a_line_under_text_runs_through_its_gaps() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let lined = Style::new().add_modifier(Modifier::UNDERLINED);
        buffer.set_string(0, 0, "a    b", lined);
        let picture = svg(&buffer, "");
        let under = "<rect x=\"8\" y=\"23\" width=\"48\" height=\"1\" fill=\"#d8dee9\"/>";
        assert!(picture.contains(under), "{picture}");
        assert_eq!(picture.matches("<text").count(), 2);
    }

    #[test]
    fn wide_gaps_part_a_run() {
        assert_eq!(parts("  a b   c "), [(2, "a b"), (8, "c")]);
        assert_eq!(parts("日  x"), [(0, "日"), (4, "x")]);
        assert_eq!(parts("    "), []);
    }

    #[test]
    fn an_empty_screen_is_a_picture_too() {
        let picture = svg(&Buffer::empty(Rect::ZERO), "");
        assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
        assert!(!picture.contains("<text"));
    }
}
