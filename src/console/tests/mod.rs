//! The console against a desk whose answers are written here.

mod agreements;
mod answers;
mod asked;
mod bytes;
mod closing;
mod duties;
mod finding;
mod flow;
mod going;
mod hostile;
mod limits;
mod lines;
mod locking;
mod log;
mod looping;
mod many;
mod payers;
mod pictures;
mod rows;
mod sizes;
mod staying;
mod stays;
mod telling;

use std::{collections::VecDeque, sync::Arc};

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::{buffer::Buffer, layout::Rect};
use serde_json::{Value, json};

pub(super) use stays::doubled;
use stays::{outlook, stay};

use super::{
    event::{Effect, Event, Purpose, Ticket},
    seen::Seen,
    state::{Look, State},
    view,
};
use crate::{
    desk::{
        actor::{Actor, Role, Scope},
        error::DeskError,
        reply::{Board, BoardRow, CloseView, Reply, StayView},
        request::Ask,
    },
    model::{
        event,
        time::{self, Instant},
    },
    rules::trace::Explanation,
    settings::{
        keymap::Key,
        preferences::{Theme, Work},
    },
    text::Lang,
};

pub const NOW: &str = "2019-03-06T23:00:00+01:00";

pub fn now() -> Instant {
    time::parse(NOW).unwrap()
}

pub fn actor() -> Actor {
    Actor {
        user: "anna".to_owned(),
        unit: "CSK".to_owned(),
        role: Role::Planner,
        scope: Scope::Region,
    }
}

pub fn row(episode: &str, state: &str, name: Option<&str>, more: Value) -> BoardRow {
    let mut line = json!({
        "episode": episode, "payer": "1780", "ward": "Avd 5", "care_form": "somatic",
        "ready_since": "2019-03-04T11:00:00+01:00", "state": state, "agreement": "varmland-2019",
        "liability_start": null, "seconds_left": null, "next_boundary": null, "flags": [],
        "start_if_met_now": null, "lost_per_day": null, "last_event": "2019-03-06T20:00:00+01:00",
        "accrued": {"days": 0, "amount": "0.00"}, "tomorrow": "9400.00"
    });
    for (key, value) in more.as_object().unwrap() {
        line[key] = value.clone();
    }
    serde_json::from_value(json!({
        "line": line,
        "patient": {"name": name, "pnr": null, "protected": name.is_none()},
        "hospital": "CSK", "admitted_at": "2019-02-27T08:00:00+01:00", "expected_discharge": null,
        "seq": 40, "source": "cosmic", "heard": "2019-03-06T20:00:00+01:00", "conflicts": 0, "next_duty": null
    }))
    .unwrap()
}

pub fn board() -> Board {
    let until = |at: &str, what: &str| json!({"at": at, "what": what});
    Board {
        head: serde_json::from_value(json!({
            "region": "17", "now": NOW, "seq": 41, "ready": 5, "liable": 1, "blocked": 1,
            "not_ready": 1, "held": 1, "today": "9400.00",
            "sources": [{"source": "cosmic", "last": "2019-03-06T20:00:00+01:00"},
                        {"source": "cambio", "last": "2019-03-05T10:00:00+01:00"}],
            "read_only": null, "conflicts": 0, "store": "a1",
            "noon": {"at": "2019-03-07T12:00:00+01:00", "stays": 2, "worth": "18800.00"}
        }))
        .unwrap(),
        rows: vec![
            row(
                "VARM-7",
                "liable",
                Some("Göran Åkesson"),
                json!({
                "liability_start": "2019-03-05T00:00:00+01:00",
                "next_boundary": until("2019-03-07T00:00:00+01:00", "day"),
                "accrued": {"days": 2, "amount": "18800.00"}}),
            ),
            row(
                "VARM-1",
                "grace",
                Some("Anna Andersson"),
                json!({
                "liability_start": "2019-03-07T00:00:00+01:00",
                "next_boundary": until("2019-03-07T00:00:00+01:00", "liability")}),
            ),
            row(
                "VARM-2",
                "grace",
                Some("Bertil Björk"),
                json!({
                "payer": "1715", "ready_since": "2019-03-04T13:00:00+01:00",
                "liability_start": "2019-03-08T00:00:00+01:00",
                "next_boundary": until("2019-03-08T00:00:00+01:00", "liability"),
                "flags": [{"flag": "acknowledgement_overdue", "class": "quality"}]}),
            ),
            row(
                "VARM-9",
                "blocked",
                None,
                json!({
                "flags": [{"flag": "sip_call_missing", "class": "blocks_by_law"},
                          {"flag": "care_contact_missing", "class": "quality"}],
                "start_if_met_now": "2019-03-07T00:00:00+01:00", "lost_per_day": "9400.00"}),
            ),
            row(
                "VARM-4",
                "not_ready",
                Some("Karin Lind"),
                json!({
                "ready_since": null, "tomorrow": null, "payer": null}),
            ),
        ],
    }
}

pub fn why() -> Explanation {
    let clause = |section: &str, reading: bool| {
        json!({"agreement": "varmland-2019", "name": "Överenskommelse Värmland",
        "document": "Överenskommelse Värmland", "section": section, "reading": reading})
    };
    serde_json::from_value(json!({
        "episode": "VARM-1", "payer": "1780",
        "steps": [{"code": "payer", "clause": clause("5:2", false), "outcome": "holds", "result": "1780",
            "inputs": [{"name": "municipality", "value": "1780", "event": "a"}]}],
        "spans": [{"start": "2019-03-04T11:00:00+01:00", "agreement": "varmland-2019",
            "steps": [
                {"code": "precondition.admission_notice", "clause": clause("7", false), "outcome": "holds", "result": "2019-02-28..",
                 "inputs": [{"name": "admission_notice", "value": "2019-02-27T15:30:00+01:00", "event": "b"}]},
                {"code": "precondition.sip_called", "clause": clause("7", false), "outcome": "fails", "result": "missing", "inputs": []},
                {"code": "grace", "clause": clause("7 och not i", true), "outcome": "holds", "result": "2019-03-07",
                 "inputs": [{"name": "noon", "value": "by", "event": null}, {"name": "grace_days", "value": "3", "event": null},
                    {"name": "ready_notice", "value": "2019-03-04T11:00:00+01:00", "event": "e"}]}],
            "liability_start": null,
            "would_change": [{"action": "sip_called", "events": [{"kind": "sip_called", "item": null}],
                "at": "2019-03-05T09:00:00+01:00", "by": null, "effect": "liability_start", "reason": null,
                "liability_start": "2019-03-07T00:00:00+01:00", "days": null, "amount": null, "clause": clause("7", false)}]}],
        "would_change": [], "months": []
    }))
    .unwrap()
}

pub fn close(blocked: bool) -> CloseView {
    let findings = if blocked {
        json!([
            {"code": "missing_rate", "payer": null, "episode": null, "detail": "2019", "waivable": false, "waived": null},
            {"code": "unconfirmed_agreement", "payer": null, "episode": null, "detail": "varmland-2019", "waivable": true, "waived": null}])
    } else {
        json!([{"code": "unconfirmed_agreement", "payer": null, "episode": null, "detail": "varmland-2019",
            "waivable": true, "waived": "regionen har svarat per telefon"}])
    };
    let payer = |code: &str, name: &str, lines: Value, amount: &str| {
        json!({"payer": code, "name": name, "agreement": "varmland-2019", "model": "individual",
            "status": "open", "discharged": 3, "counted": 2,
            "excluded": [{"episode": "VARM-8", "reason": "sip_call_missing"}],
            "average": null, "threshold": null, "amount": amount, "lines": lines})
    };
    let line = |episode: &str, quantity: &str, amount: &str| {
        json!({"kind": "individual", "episode": episode, "for_month": null,
            "quantity": quantity, "rate": "7800", "amount": amount})
    };
    let blockers = if blocked {
        json!([findings[0]])
    } else {
        json!([])
    };
    serde_json::from_value(json!({
        "figures": {"region": "17", "month": "2019-03", "status": "open", "hash": null, "amount": "39000.00",
            "findings": findings,
            "payers": [
                payer("1715", "Kil", json!([line("VARM-2", "1", "7800.00")]), "7800.00"),
                payer("1780", "Karlstad", json!([line("VARM-1", "3", "23400.00"), line("VARM-7", "1", "7800.00")]), "31200.00")]},
        "hash": "3f9a2c7d11e04b58a6c2d9e07f13b2c4", "blockers": blockers, "earliest_open": "2019-03",
        "parked": [], "locked": [], "prepared_by": null
    }))
    .unwrap()
}

/// A console whose questions are answered from above.
pub struct Bench {
    pub state: State,
    pub asked: Vec<Ask>,
    pub quit: bool,
    /// What the terminal was asked to copy.
    pub copied: Vec<String>,
    /// What was to be kept of months seen.
    pub remembered: Option<Seen>,
    /// What is more in the figures than at first.
    pub later: Option<&'static str>,
    /// How often the bell was sounded.
    pub bells: usize,
    /// The board that is answered.
    pub board: Board,
    /// Where the console before was left.
    pub left: Option<u64>,
    pub blocked: bool,
    /// Payers that no lock holds yet.
    pub without: Vec<crate::desk::reply::Parked>,
    /// Whether months are answered as locked.
    pub locked: bool,
    /// Entries in the log, numbered from 1.
    pub logged: u64,
    /// What the next orders are answered with, instead of success.
    pub refuse: Option<DeskError>,
    /// What stays are answered with.
    pub view: StayView,
    /// Whether what is tried changes nothing.
    pub idle: bool,
}

impl Bench {
    pub fn new(width: u16, height: u16) -> Self {
        let look = Look {
            ascii: false,
            utf8: true,
            colour: true,
            theme: Theme::Default,
        };
        let mut state = State::new(Lang::Sv, look, (width, height), now(), actor());
        state.fixed = Some(now());
        // The desk's own order; what other work puts first has its tests.
        state.settings.role = Work::Finance;
        state.can_export = true;
        let mut bench = Self {
            state,
            asked: Vec::new(),
            quit: false,
            copied: Vec::new(),
            remembered: None,
            later: None,
            bells: 0,
            board: board(),
            left: None,
            blocked: false,
            without: Vec::new(),
            locked: false,
            logged: 450,
            refuse: None,
            view: stay(),
            idle: false,
        };
        let effects = bench.state.start();
        bench.answer(effects);
        bench
    }

    pub fn event(&mut self, event: Event) {
        self.state.ids = (0..8).map(|id| format!("ui-{id}")).collect::<VecDeque<_>>();
        let effects = self.state.handle(event, now());
        self.answer(effects);
    }

    pub fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, ask) => {
                    self.asked.push((*ask).clone());
                    let reply = self.reply(&ticket, &ask);
                    self.event(Event::Reply(ticket, reply));
                }
                Effect::Quit => self.quit = true,
                Effect::Export(job) => {
                    self.export(&job);
                }
                Effect::Remember(seen) => self.remembered = Some(*seen),
                Effect::Copy(text) => self.copied.push(text),
                Effect::Bell => self.bells += 1,
                Effect::Recall(_) => self.event(Event::Recalled(self.left)),
                Effect::Redraw => {}
            }
        }
    }

    fn reply(&mut self, ticket: &Ticket, ask: &Ask) -> Result<Reply, DeskError> {
        let order = !matches!(
            ticket.purpose,
            Purpose::Board | Purpose::Preview | Purpose::Stay(_)
        );
        if order && let Some(error) = self.refuse.take() {
            return Err(error);
        }
        Ok(match ask {
            Ask::Board(ask) => {
                let mut board = self.board.clone();
                if !ask.all {
                    board.rows.retain(|row| row.line.ready_since.is_some());
                }
                board.rows.truncate(ask.limit.unwrap_or(usize::MAX));
                Reply::Board(Arc::new(board))
            }
            Ask::Stay { reveal, .. } => {
                let mut view = self.view.clone();
                if *reveal {
                    view.patient.name = Some("Anna Andersson".to_owned());
                }
                Reply::Stay(Box::new(view))
            }
            Ask::Explain { .. } => Reply::Explanation(Box::new(why())),
            Ask::Preview { events } => self.preview(&events[0]),
            Ask::Record { .. } => {
                serde_json::from_value(json!({"recorded": {"seq": 42, "added": 1, "skipped": 0}}))
                    .unwrap()
            }
            Ask::CloseCheck { month } => {
                let mut view = close(self.blocked);
                view.figures.month = *month;
                let more = self.later.map(|it| it.parse().unwrap());
                view.figures.payers[1].amount += more.unwrap_or_default();
                if self.locked {
                    view.figures.status = crate::ledger::figures::Status::Locked;
                    view.figures.hash = Some("77aa00ff77aa00ff77aa".to_owned());
                }
                Reply::Close(Box::new(view))
            }
            Ask::Prepare { .. } => {
                let mut view = close(false);
                view.prepared_by = Some("anna".to_owned());
                Reply::Close(Box::new(view))
            }
            Ask::Waive { .. } | Ask::Park { .. } => Reply::Close(Box::new(close(false))),
            Ask::Approve { month, .. } => serde_json::from_value(json!({"locked": {
                "month": month, "hash": "3f9a", "amount": "39000.00", "seq": 43, "invoices": [],
                "not_locked": self.without}}))
            .unwrap(),
            Ask::Forecast { payer, what_if, .. } => {
                Reply::Forecast(Box::new(asked::forecast(*payer, what_if.as_ref())))
            }
            Ask::PayerHistory { .. } => Reply::PayerHistory(Box::new(asked::history())),
            Ask::ExplainMonth { .. } => Reply::MonthTrace(Box::new(asked::month_trace())),
            Ask::Invoices { .. } => serde_json::from_value(json!({"invoices": [
                {"number": "17-000001", "credit": false, "credits": null, "month": "2019-03", "payer": "1780",
                 "name": "Karlstad", "amount": "31200.00", "made_at": NOW},
                {"number": "17-000002", "credit": true, "credits": "17-000000", "month": "2019-03", "payer": "1715",
                 "name": "Kil", "amount": "7800.00", "made_at": NOW}]}))
            .unwrap(),
            other => return answers::more(other, self.logged),
        })
    }

    /// Liability starts a day later, if it is not idle; a stay that is new has
    /// nothing before.
    fn preview(&self, event: &str) -> Reply {
        let mut view = json!({
            "before": outlook("2019-03-07T00:00:00+01:00"),
            "after": outlook("2019-03-08T00:00:00+01:00"),
            "in_a_week": ["56400.00", "47000.00"]});
        if self.idle {
            view["after"] = view["before"].clone();
            view["in_a_week"][1] = view["in_a_week"][0].clone();
        }
        if !event.contains("VARM-") {
            (view["before"], view["in_a_week"][0]) = (Value::Null, Value::Null);
        }
        Reply::Preview(Box::new(serde_json::from_value(view).unwrap()))
    }

    /// Presses keys: characters as such, others by name in `<…>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(char) = rest.chars().next() {
            let (key, used) = match rest
                .strip_prefix('<')
                .and_then(|named| named.split_once('>'))
            {
                Some((name, _)) => (named(name), name.len() + 2),
                None => (
                    Key::new(KeyCode::Char(char), KeyModifiers::NONE),
                    char.len_utf8(),
                ),
            };
            rest = &rest[used..];
            self.event(Event::Key(key));
        }
        self
    }

    pub fn picture(&self) -> String {
        picture(&self.state)
    }

    pub fn says(&self, text: &str) -> bool {
        self.picture().contains(text)
    }
}

fn named(name: &str) -> Key {
    let (code, modifiers) = match name {
        "enter" => (KeyCode::Enter, KeyModifiers::NONE),
        "esc" => (KeyCode::Esc, KeyModifiers::NONE),
        "tab" => (KeyCode::Tab, KeyModifiers::NONE),
        "down" => (KeyCode::Down, KeyModifiers::NONE),
        "up" => (KeyCode::Up, KeyModifiers::NONE),
        "left" => (KeyCode::Left, KeyModifiers::NONE),
        "right" => (KeyCode::Right, KeyModifiers::NONE),
        "end" => (KeyCode::End, KeyModifiers::NONE),
        "f1" => (KeyCode::F(1), KeyModifiers::NONE),
        "ctrl-c" => (KeyCode::Char('c'), KeyModifiers::CONTROL),
        "ctrl-u" => (KeyCode::Char('u'), KeyModifiers::CONTROL),
        other => panic!("no key {other}"),
    };
    Key::new(code, modifiers)
}

pub fn picture(state: &State) -> String {
    let (width, height) = state.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    view::draw(state, &mut buffer);
    let mut lines = Vec::new();
    for y in 0..height {
        let mut line = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += (unicode_width::UnicodeWidthStr::width(symbol) as u16).max(1);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}
