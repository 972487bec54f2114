//! Keys on a stay.

use super::go::Keys;
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        layout,
        list::{Move, Place},
        screen::stay::{Pane, StayPage},
        state::State,
        timeline, view,
    },
    desk::request::Ask,
    model::{
        event::Kind,
        ids::{EpisodeId, EventId},
    },
    text::console::Say,
};

impl Keys for StayPage {
    fn open(_: &State) -> Option<Self> {
        None
    }

    fn reload(state: &mut State) {
        if let Some(page) = state.stay() {
            let episode = page.episode.clone();
            state.ask_stay(episode);
        }
    }

    fn command(state: &mut State, command: Command) {
        state.stay_command(command);
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let page = state.stay()?;
        match action {
            Action::Record(kind) => state.why_not_record(page, kind),
            Action::Command(
                command @ (Command::Correct
                | Command::Void
                | Command::Settle
                | Command::Undo
                | Command::Reveal),
            ) => state.why_not_in(page, command),
            Action::Command(Command::UnfoldAll | Command::FoldAll) => {
                (page.pane != Pane::Why).then_some(Say::WhyNotTree)
            }
            _ => None,
        }
    }
}

impl State {
    /// Asks for a stay and its explanation. Never reveals: a reveal is an
    /// entry in the journal, and stays on the screen without asking again.
    pub(super) fn ask_stay(&mut self, episode: EpisodeId) {
        let stay = Ask::Stay {
            episode: episode.clone(),
            reveal: false,
        };
        self.ask(Purpose::Stay(episode.clone()), stay);
        let explain = Ask::Explain {
            episode: episode.clone(),
        };
        self.ask(Purpose::Explanation(episode), explain);
    }

    fn stay_command(&mut self, command: Command) {
        if let Some(how) = self.movement(command) {
            self.move_in_stay(how);
            return;
        }
        match command {
            Command::Back => self.pop(),
            Command::NextPane | Command::PreviousPane => self.turn_pane(command),
            Command::Right | Command::Left => self.turn_branch(command),
            Command::UnfoldAll | Command::FoldAll => self.turn_all(command),
            Command::Explain => self.show_pane(Pane::Why),
            Command::Costs => self.show_pane(Pane::Costs),
            Command::Act => self.open_actions(),
            Command::Open => self.open_in_stay(),
            Command::Correct => self.open_correction(),
            Command::Void => self.open_void(),
            Command::Settle => self.open_settling(),
            Command::Undo => self.open_undo(),
            Command::Reveal => self.reveal(),
            _ => {}
        }
    }

    fn move_in_stay(&mut self, how: Move) {
        let (len, height) = self.stay_list();
        if let Some(page) = self.page_mut::<StayPage>() {
            let place = &mut page.places[page.pane as usize];
            match page.pane {
                Pane::Costs => place.scroll(how, len, height),
                _ => place.go(how, len, height),
            }
        }
    }

    fn show_pane(&mut self, pane: Pane) {
        if let Some(page) = self.page_mut::<StayPage>() {
            page.pane = pane;
        }
    }

    fn turn_pane(&mut self, command: Command) {
        if let Some(page) = self.page_mut::<StayPage>() {
            page.pane = page.pane.step(command == Command::NextPane);
        }
    }

    /// What Enter does where it is pressed.
    fn open_in_stay(&mut self) {
        match self.stay().map(|page| page.pane) {
            Some(Pane::Events) => self.open_correction(),
            Some(Pane::Checklist) => self.open_record(Kind::Checklist, None),
            Some(Pane::Why) => self.follow_line(),
            _ => {}
        }
    }

    /// Lines in the part in front, and how many of them are seen.
    pub(in crate::console) fn stay_list(&self) -> (usize, usize) {
        let (Some(page), Some(frame)) = (self.stay(), self.frame()) else {
            return (0, 0);
        };
        let areas = layout::stay(frame.body, page.pane);
        let area = layout::stay_list(&areas, page.pane);
        let view = page.view.as_ref();
        let len = match page.pane {
            Pane::Events => view.map_or(0, |view| timeline::rows(view).len()),
            Pane::Checklist => view.map_or(0, |view| view.checklist.len()),
            Pane::Duties => page.duties().len(),
            Pane::Why => view::why_lines(page, self.lang, area.width).len(),
            Pane::Costs => {
                let area = layout::cost_rows(area);
                let days = view.map_or(0, |view| view::days(&view.costs).count());
                return (days, area.height as usize);
            }
        };
        (len, area.height as usize)
    }

    /// The lines of the explanation, and where one is in them.
    fn branches(&self) -> Option<(Vec<view::WhyLine>, usize)> {
        let (page, frame) = (self.stay()?, self.frame()?);
        let areas = layout::stay(frame.body, Pane::Why);
        let width = layout::stay_list(&areas, Pane::Why).width;
        let lines = view::why_lines(page, self.lang, width);
        let at = page.places[Pane::Why as usize].at;
        Some((lines, at))
    }

    /// Unfolds or folds the branch that one is on; from inside of one, left
    /// leads out to it. Elsewhere the keys lead to the next part.
    fn turn_branch(&mut self, command: Command) {
        let open = command == Command::Right;
        if self.stay().is_none_or(|page| page.pane != Pane::Why) {
            self.turn_pane(if open {
                Command::NextPane
            } else {
                Command::PreviousPane
            });
            return;
        }
        let Some((lines, at)) = self.branches() else {
            return;
        };
        let Some(line) = lines.get(at) else { return };
        match &line.branch {
            Some(branch) if branch.open != open => self.turn(&branch.name.clone()),
            Some(_) if open => self.move_in_stay(Move::Down(1)),
            _ if open => {}
            _ => {
                let is_parent = |one: &view::WhyLine| {
                    let name = one.branch.as_ref().map(|branch| &branch.name);
                    name.is_some() && name == line.inside.as_ref()
                };
                if let Some(parent) = lines.iter().position(is_parent) {
                    self.move_in_stay(Move::To(parent));
                }
            }
        }
    }

    fn turn(&mut self, branch: &str) {
        if let Some(page) = self.page_mut::<StayPage>() {
            page.folds.turn(branch);
        }
        self.move_in_stay(Move::Down(0));
    }

    fn turn_all(&mut self, command: Command) {
        let Some(page) = self.page_mut::<StayPage>() else {
            return;
        };
        if page.pane != Pane::Why {
            self.refuse(Say::WhyNotTree);
            return;
        }
        page.folds.all(command == Command::UnfoldAll);
        page.places[Pane::Why as usize] = Place::default();
    }

    /// Goes to the event that an input came from, or turns the branch.
    fn follow_line(&mut self) {
        let Some((mut lines, at)) = self.branches() else {
            return;
        };
        if at >= lines.len() {
            return;
        }
        let line = lines.swap_remove(at);
        match (line.event, line.branch) {
            (Some(event), _) => self.go_to_event(&event),
            (None, Some(branch)) => self.turn(&branch.name),
            (None, None) => {}
        }
    }

    fn go_to_event(&mut self, event: &EventId) {
        let Some(page) = self.page_mut::<StayPage>() else {
            return;
        };
        let view = page.view.as_ref();
        if let Some(line) = view.and_then(|view| timeline::line_of(view, event)) {
            page.pane = Pane::Events;
            self.move_in_stay(Move::To(line));
        }
    }
}
