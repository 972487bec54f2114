//! Menus, the palette and the help, told.

use super::{
    speak,
    talk::{Hand, Page, Talk},
};
use crate::{
    console::{
        action::{Action, Command, Context},
        list::Move,
        menu::Menu,
        palette::Palette,
        screen::Screen,
        state::{Overlay, State},
        view,
    },
    settings::keymap::chord_name,
    text::console::{Say, aloud::Aloud},
};

pub(super) fn menu(talk: &mut Talk, state: &State, menu: &Menu) -> Page {
    let lang = state.lang;
    let title = menu.title.text(lang);
    talk.list_from = talk.list_from.min(menu.items.len().saturating_sub(1));
    let row = |at: usize| {
        let item = menu.items.get(at)?;
        let name = view::item_name(state, *item);
        Some(with_reason(&name, item.disabled, state))
    };
    let mut lines = vec![format!("{title}.")];
    lines.extend(speak::numbered(talk.list_from, menu.items.len(), lang, row));
    let id = format!("menu {title} {}", talk.list_from);
    speak::page(id, lines, Aloud::ListChoices, lang)
}

pub(super) fn palette(talk: &mut Talk, state: &State, palette: &Palette) -> Page {
    let lang = state.lang;
    let row = |at: usize| {
        let entry = palette.entries.get(*palette.shown.get(at)?)?;
        Some(with_reason(&entry.name, entry.disabled, state))
    };
    let mut lines = vec![format!("{}.", Say::PaletteTitle.text(lang))];
    if palette.shown.is_empty() {
        lines.push(Say::NothingFits.text(lang).to_owned());
    }
    lines.extend(speak::numbered(
        talk.list_from,
        palette.shown.len(),
        lang,
        row,
    ));
    let id = format!("palette {} {}", palette.input.value(), talk.list_from);
    speak::page(id, lines, Aloud::ListChoices, lang)
}

fn with_reason(name: &str, disabled: Option<Say>, state: &State) -> String {
    match disabled {
        Some(why) => format!("{name} ({})", why.text(state.lang)),
        None => name.to_owned(),
    }
}

/// The keys of a context, as lines.
pub(super) fn help(state: &State, context: Context) -> Vec<String> {
    let lang = state.lang;
    let mut lines = vec![Aloud::Help.text(lang).to_owned()];
    let told = state.keymap.help(context);
    let told = told.filter(|line| !is_about_the_screen(line.action));
    lines.extend(told.map(|line| {
        let desc = lang.pick(&line.desc.sv, &line.desc.en);
        // Here that letter asks for more.
        let chords = line.chords.iter().map(|chord| chord_name(chord));
        let keys: Vec<_> = chords.filter(|keys| keys != "m").collect();
        format!("{}: {desc}.", keys.join(", "))
    }));
    let mark = state.keymap.key_of(context, Action::Command(Command::Mark));
    if let Some(key) = mark.filter(|_| context == Context::On(Screen::Board)) {
        lines.push(format!("{} {key} 3 5.", Aloud::MarkHow.text(lang)));
    }
    lines
}

/// What only changes what is drawn, or moves in it.
fn is_about_the_screen(action: Action) -> bool {
    match action {
        Action::Command(
            Command::NextPane
            | Command::PreviousPane
            | Command::Redraw
            | Command::Theme
            | Command::Ascii
            | Command::Copy,
        ) => true,
        Action::Command(command) => Move::of(command, None).is_some(),
        _ => false,
    }
}

/// Takes a line while a list is open.
pub(super) fn take(talk: &mut Talk, hand: &mut Hand, line: &str) {
    let count = match &hand.state.overlay {
        Some(Overlay::Menu(menu)) => menu.items.len(),
        Some(Overlay::Palette(palette)) => palette.shown.len(),
        _ => 0,
    };
    match (line, line.parse::<usize>()) {
        ("" | "q" | "!", _) => {
            talk.list_from = 0;
            hand.run(Command::Back);
        }
        ("m", _) if talk.list_from + super::talk::ROWS < count => {
            talk.list_from += super::talk::ROWS;
        }
        ("m", _) => talk.remark(Aloud::NoMore, hand.state),
        (_, Ok(number)) if (1..=count).contains(&number) => {
            let before = hand.state.screen();
            hand.select(number - 1);
            hand.run(Command::Accept);
            if hand.state.overlay.is_none() || hand.state.screen() != before {
                talk.list_from = 0;
            }
            if hand.state.screen() != before {
                talk.from = 0;
                talk.part = None;
            }
        }
        (_, Ok(_)) => talk.remark(Aloud::NoSuchNumber, hand.state),
        (text, Err(_)) => search(talk, hand, text),
    }
}

/// Looks for something else among all that can be done.
fn search(talk: &mut Talk, hand: &mut Hand, text: &str) {
    if !matches!(hand.state.overlay, Some(Overlay::Palette(_))) {
        talk.remark(Aloud::NotUnderstood, hand.state);
        return;
    }
    talk.list_from = 0;
    hand.run(Command::EditEnd);
    hand.run(Command::DeleteLine);
    hand.write(text.trim_start_matches(':').trim());
}
