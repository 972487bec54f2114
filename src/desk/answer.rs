//! Which request is answered by what.

use std::time::Duration;

use super::{
    Desk,
    angle::Angle,
    error::DeskError,
    reply::Reply,
    request::{Ask, Request},
};

/// The longest that `Watch` waits: a client that is gone holds no thread.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What a request is to the rules. Each kind is named here, so that a new one
/// does not build before it is decided what it is.
pub(super) enum Nature {
    /// Judged by them, so that it can be asked under others.
    Judged {
        /// Whether it can be asked as it was known then, too.
        past: bool,
    },
    /// Decides something that figures or the record rest on.
    Decision,
    /// Neither: answered alike, whatever rules are tried.
    Fact,
}

impl Nature {
    pub(super) fn of(ask: &Ask) -> Self {
        match ask {
            Ask::Board(_)
            | Ask::Stay { .. }
            | Ask::Explain { .. }
            | Ask::Duties(_)
            | Ask::Figures { .. }
            | Ask::OtherRules { .. }
            | Ask::Forecast { .. }
            | Ask::ExplainMonth { .. } => Self::Judged { past: true },
            Ask::Export { .. }
            | Ask::PayerHistory { .. }
            | Ask::CloseCheck { .. }
            | Ask::Agreements
            | Ask::Agreement { .. }
            | Ask::Diff { .. }
            | Ask::Preview { .. } => Self::Judged { past: false },
            Ask::Prepare { .. }
            | Ask::Approve { .. }
            | Ask::Park { .. }
            | Ask::Waive { .. }
            | Ask::Adopt { .. }
            | Ask::Confirm { .. }
            | Ask::Suspend { .. }
            | Ask::Resume { .. }
            | Ask::SetDate { .. }
            | Ask::Settle(_)
            | Ask::Manual(_)
            | Ask::SetRate { .. } => Self::Decision,
            Ask::Under { .. }
            | Ask::AsOf { .. }
            | Ask::Settlements
            | Ask::Log(_)
            | Ask::Status
            | Ask::Invoices { .. }
            | Ask::Rates
            | Ask::Record { .. }
            | Ask::Watch { .. }
            | Ask::Verify { .. } => Self::Fact,
        }
    }
}

impl Desk {
    pub(super) fn answer(&self, request: &Request) -> Result<Reply, DeskError> {
        match Nature::of(&request.ask) {
            Nature::Judged { .. } => self.judged(request, Angle::default()),
            Nature::Decision => self.decided(request),
            Nature::Fact => self.told(request),
        }
    }

    /// Answers what is judged by rules, from an angle.
    pub(super) fn judged(&self, request: &Request, angle: Angle<'_>) -> Result<Reply, DeskError> {
        let now = self.moment(request);
        let actor = &request.actor;
        match &request.ask {
            Ask::Board(ask) => self.board(actor, ask, now, angle),
            Ask::Stay { episode, reveal } => self.stay(actor, episode, *reveal, request.now, angle),
            Ask::Explain { episode } => self.explain(actor, episode, request.now, angle),
            Ask::Figures { month } => self.figures(actor, *month, now, angle),
            Ask::Export { month } => self.export(actor, *month, now, angle),
            Ask::OtherRules { month, files } => self.other_rules(actor, *month, files, now, angle),
            Ask::ExplainMonth { month, payer } => {
                self.explain_month(actor, (*month, *payer), now, angle)
            }
            Ask::Duties(ask) => self.duties(actor, ask, now, angle),
            Ask::Forecast {
                month,
                payer,
                what_if,
            } => self.forecast(actor, (*month, *payer), what_if.as_ref(), now, angle),
            Ask::PayerHistory { months } => self.payer_history(actor, *months, now, angle),
            Ask::CloseCheck { month } => self.close_check(*month, now, angle),
            Ask::Agreements => Ok(Reply::Agreements(self.agreements(angle.trial))),
            Ask::Agreement { id } => self.agreement(id, angle.trial),
            Ask::Diff { old, new } => self.diff(old.as_ref(), new, angle.trial),
            Ask::Preview { events } => self.preview(events, request.now, now, angle),
            _ => Err(DeskError::bad_input("wrong_request", "not judged")),
        }
    }

    /// Records what is decided.
    fn decided(&self, request: &Request) -> Result<Reply, DeskError> {
        let now = self.moment(request);
        let actor = &request.actor;
        match &request.ask {
            Ask::Prepare { month } => self.prepare(actor, *month, now),
            Ask::Approve { month, expect } => self.approve(actor, *month, expect, now),
            Ask::Park {
                month,
                payer,
                reason,
            } => self.park(actor, *month, *payer, reason, now),
            Ask::Waive {
                month,
                code,
                reason,
            } => self.waive(actor, *month, code, reason, now),
            Ask::Adopt {
                file,
                text,
                check_only,
            } => self.adopt(actor, file, text, *check_only),
            Ask::Confirm { id, until, source } => self.confirm(actor, id, *until, source),
            Ask::Suspend {
                id,
                from,
                until,
                reason,
                source,
            } => self.suspend(actor, id, (*from, *until), reason, source),
            Ask::Resume { id, from, source } => self.resume(actor, id, *from, source),
            Ask::SetDate {
                id,
                code,
                date,
                source,
            } => self.set_date(actor, id, (code, *date), source),
            Ask::Settle(ask) => self.settle(actor, ask, now),
            Ask::Manual(ask) => self.manual(actor, ask, now),
            Ask::SetRate {
                year,
                amount,
                source,
            } => self.set_rate(actor, *year, *amount, source),
            _ => Err(DeskError::bad_input("wrong_request", "no decision")),
        }
    }

    /// Answers what no rules on trial change, and leads on what is asked from
    /// an angle.
    fn told(&self, request: &Request) -> Result<Reply, DeskError> {
        let actor = &request.actor;
        match &request.ask {
            Ask::Under { files, ask } => self.on_trial(files, ask, request),
            Ask::AsOf { as_of, ask } => self.as_of(*as_of, &[], ask, request),
            Ask::Settlements => self.settlements(self.moment(request)),
            Ask::Log(ask) => self.log(actor, ask),
            Ask::Status => Ok(Reply::Status(Box::new(self.status(self.moment(request))))),
            Ask::Invoices { month } => Ok(Reply::Invoices(self.invoices(*month))),
            Ask::Rates => Ok(Reply::Rates(self.rates())),
            Ask::Record { events } => self.record(actor, events),
            Ask::Watch { since, wait_ms } => {
                let longest = Duration::from_millis(*wait_ms).min(LONGEST_WAIT);
                let seq = self.watch.wait_beyond(*since, longest);
                Ok(Reply::Position { seq })
            }
            Ask::Verify { anchor } => self.verify(anchor.as_ref()),
            _ => Err(DeskError::bad_input("wrong_request", "no fact")),
        }
    }
}
