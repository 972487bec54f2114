//! Keys on a line of the figures.

use super::{go::Keys, reply::unexpected};
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        layout,
        screen::{
            Screen,
            line::{LinePage, Node},
            stay::Pane,
        },
        state::State,
        view,
    },
    desk::{error::DeskError, reply::Reply, request::Ask},
    text::console::Say,
};

impl Keys for LinePage {
    fn open(_: &State) -> Option<Self> {
        None
    }

    fn reload(state: &mut State) {
        let Some(page) = state.page::<Self>() else {
            return;
        };
        let ask = Ask::ExplainMonth {
            month: page.month,
            payer: Some(page.entry.payer),
        };
        state.ask(Purpose::Screen(Screen::Line), ask);
    }

    fn command(state: &mut State, command: Command) {
        if let Some(how) = state.movement(command) {
            let (len, height) = (state.line_rows().len(), state.line_height());
            if let Some(page) = state.page_mut::<Self>() {
                page.place.go(how, len, height);
            }
            return;
        }
        match command {
            Command::Back => state.pop(),
            Command::Open => state.open_node(),
            Command::Left => state.fold(false),
            Command::Right => state.fold(true),
            _ => {}
        }
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let command = match action {
            Action::Command(command @ (Command::Open | Command::Left | Command::Right)) => command,
            _ => return None,
        };
        let Some((page, node)) = state.page::<Self>().zip(state.line_node()) else {
            return Some(Say::WhyStillReading);
        };
        match command {
            Command::Open if page.stay_of(node).is_none() && !page.unfolds(node) => {
                Some(Say::WhyNoStayOnLine)
            }
            Command::Right if !page.unfolds(node) => Some(Say::WhyNothingMore),
            _ => None,
        }
    }

    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        // An answer from before this line was opened is another one's.
        let Some(page) = state.find_page(|page: &Self| page.applied < serial) else {
            return Ok(());
        };
        match reply {
            Ok(Reply::MonthTrace(trace)) => {
                page.applied = serial;
                page.take(*trace);
            }
            Ok(_) => return Err(unexpected()),
            Err(error) if page.trace.is_none() => page.error = Some(error),
            Err(error) => return Err(error),
        }
        let (len, height) = (state.line_rows().len(), state.line_height());
        if let Some(page) = state.page_mut::<Self>() {
            page.place.keep(len, height);
        }
        Ok(())
    }
}

impl State {
    fn line_height(&self) -> usize {
        self.height(layout::line_rows)
    }

    fn line_rows(&self) -> Vec<view::LineRow> {
        match (self.page::<LinePage>(), self.frame()) {
            (Some(page), Some(frame)) => {
                view::line_rows(page, self.lang, layout::line_rows(frame.body).width)
            }
            _ => Vec::new(),
        }
    }

    /// What is selected.
    fn line_node(&self) -> Option<Node> {
        let at = self.page::<LinePage>()?.place.at;
        self.line_rows().get(at).map(|row| row.node)
    }

    /// Unfolds what is selected; where that is done, opens its stay.
    fn open_node(&mut self) {
        let Some((page, node)) = self.page::<LinePage>().zip(self.line_node()) else {
            self.refuse(Say::WhyStillReading);
            return;
        };
        let open = page.open.contains(&node) || !page.unfolds(node);
        match page.stay_of(node).cloned() {
            Some(episode) if open => self.open_stay(episode, Pane::Why),
            None if !page.unfolds(node) => self.refuse(Say::WhyNoStayOnLine),
            _ => self.fold(!open),
        }
    }

    /// Unfolds what is selected, or folds it: the stay where its own step is
    /// folded already.
    fn fold(&mut self, unfold: bool) {
        let Some((page, node)) = self.page::<LinePage>().zip(self.line_node()) else {
            return;
        };
        let node = match node {
            Node::StayStep(stay, _) if !unfold && !page.open.contains(&node) => Node::Stay(stay),
            node => node,
        };
        if unfold && !page.unfolds(node) {
            self.refuse(Say::WhyNothingMore);
            return;
        }
        if let Some(page) = self.page_mut::<LinePage>() {
            if unfold {
                page.open.insert(node);
            } else {
                page.open.remove(&node);
            }
        }
        let (rows, height) = (self.line_rows(), self.line_height());
        let at = rows.iter().position(|row| row.node == node).unwrap_or(0);
        if let Some(page) = self.page_mut::<LinePage>() {
            page.place.select(at, rows.len(), height);
        }
    }
}
