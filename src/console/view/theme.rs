//! How tones look, theme by theme: the terminal's 16 colours and modifiers.
//! A word or symbol beside it tells the same, so nothing is lost without.

use ratatui::style::{Color, Modifier, Style};

use super::paint::Tone;
use crate::{console::state::Look, settings::preferences::Theme};

/// The style of a tone; without colours only its modifiers are left.
pub fn style(tone: Tone, look: Look) -> Style {
    let (colour, modifiers) = match look.theme {
        Theme::Default => usual(tone),
        Theme::HighContrast => high_contrast(tone),
        Theme::ColourBlind => colour_blind(tone),
    };
    let style = Style::new().add_modifier(modifiers);
    match colour.filter(|_| look.colour) {
        Some(colour) => style.fg(colour),
        None => style,
    }
}

fn usual(tone: Tone) -> (Option<Color>, Modifier) {
    let none = Modifier::empty();
    match tone {
        Tone::Plain => (None, none),
        Tone::Strong => (None, Modifier::BOLD),
        Tone::Faint => (None, Modifier::DIM),
        Tone::Title => (Some(Color::Cyan), Modifier::BOLD),
        Tone::Column => (None, Modifier::UNDERLINED | Modifier::DIM),
        Tone::Alarm => (Some(Color::Red), Modifier::BOLD),
        Tone::Soon => (Some(Color::Yellow), none),
        Tone::Stopped => (Some(Color::Magenta), none),
        Tone::Good => (Some(Color::Green), none),
        Tone::Accent => (Some(Color::Cyan), none),
        Tone::Selected => (None, Modifier::REVERSED),
        Tone::Voided => (None, Modifier::DIM | Modifier::CROSSED_OUT),
    }
}

/// Nothing is dim, and what matters is bold: read from afar, on bad screens.
fn high_contrast(tone: Tone) -> (Option<Color>, Modifier) {
    let none = Modifier::empty();
    match tone {
        Tone::Plain | Tone::Faint => (None, none),
        Tone::Strong => (None, Modifier::BOLD),
        Tone::Title => (Some(Color::LightCyan), Modifier::BOLD),
        Tone::Column => (None, Modifier::UNDERLINED | Modifier::BOLD),
        Tone::Alarm => (Some(Color::LightRed), Modifier::BOLD | Modifier::REVERSED),
        Tone::Soon => (Some(Color::LightYellow), Modifier::BOLD),
        Tone::Stopped => (Some(Color::LightMagenta), Modifier::BOLD),
        Tone::Good => (Some(Color::LightGreen), Modifier::BOLD),
        Tone::Accent => (Some(Color::LightCyan), none),
        Tone::Selected => (None, Modifier::REVERSED | Modifier::BOLD),
        Tone::Voided => (None, Modifier::CROSSED_OUT),
    }
}

/// Red and green never stand against each other: yellow for what costs or
/// will, blue for what stands still, underlined where it costs now.
fn colour_blind(tone: Tone) -> (Option<Color>, Modifier) {
    match tone {
        Tone::Title => (Some(Color::LightBlue), Modifier::BOLD),
        Tone::Alarm => (
            Some(Color::LightYellow),
            Modifier::BOLD | Modifier::UNDERLINED,
        ),
        Tone::Stopped => (Some(Color::LightBlue), Modifier::empty()),
        Tone::Good | Tone::Accent => (Some(Color::LightCyan), Modifier::empty()),
        other => usual(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONES: [Tone; 12] = [
        Tone::Plain,
        Tone::Strong,
        Tone::Faint,
        Tone::Title,
        Tone::Column,
        Tone::Alarm,
        Tone::Soon,
        Tone::Stopped,
        Tone::Good,
        Tone::Accent,
        Tone::Selected,
        Tone::Voided,
    ];

    fn look(theme: Theme, colour: bool) -> Look {
        Look {
            ascii: false,
            utf8: true,
            colour,
            theme,
        }
    }

    #[test]
    fn without_colour_no_tone_has_one() {
        for theme in Theme::ALL {
            for tone in TONES {
                let style = style(tone, look(theme, false));
                assert_eq!((style.fg, style.bg), (None, None), "{theme:?} {tone:?}");
            }
        }
    }

    #[test]
    fn only_the_16_colours_of_every_terminal_are_used() {
        for theme in Theme::ALL {
            for tone in TONES {
                let colour = style(tone, look(theme, true)).fg;
                let other = matches!(colour, Some(Color::Rgb(..) | Color::Indexed(_)));
                assert!(!other, "{theme:?} {tone:?}");
            }
        }
    }

    #[test]
    fn red_never_stands_against_green_where_that_is_asked_for() {
        for tone in TONES {
            let colour = style(tone, look(Theme::ColourBlind, true)).fg;
            let red_or_green = matches!(
                colour,
                Some(
                    Color::Red
                        | Color::Green
                        | Color::LightRed
                        | Color::LightGreen
                        | Color::Magenta
                )
            );
            assert!(!red_or_green, "{tone:?}");
        }
    }

    #[test]
    fn high_contrast_dims_nothing() {
        for tone in TONES {
            let style = style(tone, look(Theme::HighContrast, true));
            assert!(!style.add_modifier.contains(Modifier::DIM), "{tone:?}");
        }
    }
}
