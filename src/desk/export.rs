//! What of a month is locked, to be written as files.

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    error::DeskError,
    figures::Reckoning,
    invoices, locks,
    reply::{ExportView, Parked, Reply},
};
use crate::{
    ledger::figures::Status,
    model::{month::Month, place::PayerCode, time::Instant},
};

impl Desk {
    pub(super) fn export(
        &self,
        actor: &Actor,
        month: Month,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let mut view = self.reckoning(&state, now, angle).export(month)?;
        if let Scope::Payer(own) = actor.scope {
            of_payer(&mut view, own);
        }
        Ok(Reply::Export(Box::new(view)))
    }
}

impl Reckoning<'_> {
    /// The locked part of a month, and who is not in it.
    fn export(&self, month: Month) -> Result<ExportView, DeskError> {
        let locks = locks::whole_locks(self.look.reader, self.look.state, self.books, month)?;
        if locks.is_empty() {
            return Err(DeskError::no("not_locked", month));
        }
        let mut locked = locks::merged(&locks)?;
        let not_locked = self.not_locked(month)?;
        if !not_locked.is_empty() {
            // The month is locked when every payer is.
            locked.figures.status = Status::Open;
            locked.locked_json = None;
        }
        Ok(ExportView {
            figures: locked.figures,
            locked_json: locked.locked_json,
            locks: locks.len(),
            invoices: self
                .books
                .locks_of(month)
                .flat_map(invoices::of_lock)
                .collect(),
            not_locked,
        })
    }

    /// The payers of a locked month who are still to be locked, and why.
    pub(super) fn not_locked(&self, month: Month) -> Result<Vec<Parked>, DeskError> {
        let waiting = self.waiting(month)?;
        let mut payers: Vec<PayerCode> = waiting
            .iter()
            .flat_map(|figures| &figures.payers)
            .map(|entry| entry.payer)
            .collect();
        payers.dedup();
        let why = |payer: PayerCode| {
            let reason = self.books.parked.get(&(month, payer));
            reason.cloned().unwrap_or_default()
        };
        Ok(payers
            .into_iter()
            .map(|payer| Parked {
                payer,
                reason: why(payer),
            })
            .collect())
    }
}

/// What one payer may see: its own part, without the bytes that hold all.
fn of_payer(view: &mut ExportView, own: PayerCode) {
    view.figures.keep(own);
    view.invoices.retain(|invoice| invoice.payer == own);
    view.not_locked.retain(|parked| parked.payer == own);
    if view.not_locked.is_empty() {
        view.figures.status = Status::Locked;
    }
    view.locked_json = None;
}
