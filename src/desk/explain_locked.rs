//! What locked months hold of a stay, under the lock's own rules; where more is
//! known now, what it would give, and where the difference went or will go.

use std::collections::BTreeMap;

use super::{
    error::DeskError,
    figures::{Reckoning, Weighed},
    locks::{self, WholeLock},
    stay::fold,
};
use crate::{
    ledger::{
        adjust::{self, EntryKey},
        figures::{LineKind, MonthFigures},
        invoice,
    },
    model::{
        money::Kronor,
        month::Month,
        place::PayerCode,
        stay::{Origins, Stay},
        time::{Instant, local_date},
    },
    rules::{
        self, Rulebook, Subject,
        explain::{Inputs, given_to_month},
        rates::Rates,
        share::Share,
        trace::{Outcome, Step, codes},
    },
    views::state::RecordedEvent,
};

/// What a stay gave to a locked month by one key, and gives to it now.
#[derive(Default)]
struct Given {
    then: Option<(Share, Step)>,
    now: Option<(Share, Step)>,
}

/// A locked month, and a lock that holds some of its payers.
struct LockedMonth<'a> {
    month: Month,
    lock: &'a WholeLock,
    rulebook: &'a Rulebook,
    rates: &'a Rates,
}

impl Reckoning<'_> {
    /// What a stay gives to each month, in order: open months as counted now,
    /// locked ones as they were locked. `own` is the payer who may see it, if
    /// not all.
    pub(super) fn months_of(
        &self,
        subject: Subject<'_>,
        events: &[RecordedEvent],
        own: Option<PayerCode>,
    ) -> Result<Vec<Step>, DeskError> {
        let seen = |payer: PayerCode| own.is_none_or(|own| own == payer);
        let today = local_date(subject.now);
        let mut months: Vec<(Month, Step)> = Vec::new();
        for share in rules::shares(subject.stay, subject.rulebook, today).shares {
            if seen(share.payer) && !self.books.is_locked(share.month, share.payer) {
                months.push((share.month, given_to_month(subject, &share)));
            }
        }
        for month in self.locked_months(subject.stay, events) {
            for (key, given) in self.given(month, subject, events)? {
                if seen(key.0) {
                    let steps = self.told(month, subject.stay, &key, given)?;
                    months.extend(steps.into_iter().map(|step| (month, step)));
                }
            }
        }
        months.sort_by_key(|(month, _)| *month);
        Ok(months.into_iter().map(|(_, step)| step).collect())
    }

    /// Locked months that the stay reaches now, or reached when they were
    /// locked.
    fn locked_months(&self, stay: &Stay, events: &[RecordedEvent]) -> Vec<Month> {
        let first = events.iter().map(|one| Month::at(one.event.at)).min();
        let Some((first, last)) = first.zip(self.books.locked_through()) else {
            return Vec::new();
        };
        // Nothing is due after the last event of a stay that has ended.
        let reached = |month: Month, stay: &Stay, until: Instant| {
            let ended = || {
                events
                    .iter()
                    .map(|one| one.event.at)
                    .filter(|at| *at <= until)
            };
            stay.is_open() || ended().max().is_some_and(|at| month <= Month::at(at))
        };
        let then = |month: Month| {
            let own = self.books.locks_of(month);
            let mut locks = own.chain(self.books.covering(month));
            locks.any(|kept| {
                let (position, as_at) = (kept.lock.position, kept.lock.as_at);
                let stay = fold(&known(events, position), Some(as_at));
                stay.is_some_and(|stay| reached(month, &stay, as_at))
            })
        };
        first
            .through(last)
            .filter(|month| reached(*month, stay, Instant::MAX_UTC) || then(*month))
            .collect()
    }

    /// What the stay gave to a locked month and gives to it now, by entry.
    fn given(
        &self,
        month: Month,
        subject: Subject<'_>,
        events: &[RecordedEvent],
    ) -> Result<BTreeMap<EntryKey, Given>, DeskError> {
        let mut all: BTreeMap<EntryKey, Given> = BTreeMap::new();
        let own = self.locks_over(month)?;
        for (at, lock) in own.iter().enumerate() {
            let rulebook = locks::rulebook(&lock.lock, self.look.state)?;
            let locked = LockedMonth {
                month,
                lock,
                rulebook: &rulebook,
                rates: &locks::rates(&lock.lock),
            };
            let holds = |payer| locks::holds(&own, at, payer) && self.books.is_locked(month, payer);
            let then = locked.then(events);
            // Asked about a moment before the lock, nothing is known since.
            let now = match subject.now < lock.lock.as_at {
                true => then.clone(),
                false => locked.shares(subject),
            };
            let key = |share: &Share| (share.payer, share.agreement.clone(), share.model);
            // What came after a lock is not in it, though it may cover the payer.
            let named = |payer| lock.lock.payers.contains(&payer);
            for one in then.into_iter().filter(|(share, _)| named(share.payer)) {
                let given = all.entry(key(&one.0)).or_default();
                given.then = Some(one);
            }
            for one in now.into_iter().filter(|(share, _)| holds(share.payer)) {
                let given = all.entry(key(&one.0)).or_default();
                given.now = Some(one);
            }
        }
        Ok(all)
    }

    /// The steps about one entry of a locked month.
    fn told(
        &self,
        month: Month,
        stay: &Stay,
        key: &EntryKey,
        given: Given,
    ) -> Result<Vec<Step>, DeskError> {
        let Given { then, now } = given;
        let differs = then.as_ref().map(|it| &it.0) != now.as_ref().map(|it| &it.0);
        let nothing = || nothing(month, stay, key);
        let mut locked = then.map_or_else(nothing, |it| it.1);
        locked.code = codes::MONTH_LOCKED.to_owned();
        let mut inputs = Inputs::default();
        if let Some(amount) = adjust::of_stay(key, &self.locked(month)?, &stay.episode) {
            inputs.value("amount", amount);
        }
        if let Some(number) = self.invoice(month, key.0) {
            inputs.value("invoice", number);
        }
        locked.inputs.extend(inputs.end());
        let mut steps = vec![locked];
        if differs {
            let weighed = self.weigh(month)?;
            let mut counted = now.map_or_else(nothing, |it| it.1);
            counted.code = codes::MONTH_NOW.to_owned();
            if let Some(amount) = adjust::of_stay(key, &weighed.recomputed, &stay.episode) {
                let mut inputs = Inputs::default();
                inputs.value("amount", amount);
                counted.inputs.extend(inputs.end());
            }
            steps.push(counted);
            steps.extend(self.gone_to(month, key, &weighed)?);
        }
        Ok(steps)
    }

    /// The figures that the locks of a month hold.
    fn locked(&self, month: Month) -> Result<Vec<MonthFigures>, DeskError> {
        let (reader, state) = (self.look.reader, self.look.state);
        let own = locks::whole_locks(reader, state, self.books, month)?;
        own.iter().map(WholeLock::figures).collect()
    }

    /// The number of a payer's invoice for a month, if it got one.
    fn invoice(&self, month: Month, payer: PayerCode) -> Option<String> {
        let made = self
            .books
            .locks_of(month)
            .flat_map(|kept| &kept.lock.invoices);
        let mut own = made.filter(|it| it.payer == payer && it.credits.is_none());
        own.next().map(|invoice| invoice.number.clone())
    }

    /// Where the difference of an entry went, and where the rest will go.
    fn gone_to(
        &self,
        month: Month,
        key: &EntryKey,
        weighed: &Weighed,
    ) -> Result<Vec<Step>, DeskError> {
        let (payer, mut steps) = (key.0, Vec::new());
        for kept in self
            .books
            .locks
            .iter()
            .filter(|kept| kept.lock.month > month)
        {
            if kept.lock.payers.contains(&payer) {
                let later = locks::whole(self.look.reader, self.look.state, kept)?;
                posted(month, key, &later, &later.figures()?, &mut steps);
            }
        }
        let sum = |sums: &adjust::Sums| sums.get(key).copied().unwrap_or_default();
        let rest = sum(&weighed.due) - sum(&weighed.billed);
        let next = self.last_locked(payer).map(Month::next);
        match next {
            Some(next) if rest != Kronor::ZERO => {
                let mut inputs = of_difference(month, payer, next);
                let borne = weighed.borne.get(key).into_iter().flatten();
                for (number, _) in
                    borne.filter(|(_, left)| rest < Kronor::ZERO && *left > Kronor::ZERO)
                {
                    inputs.value("credits", number);
                }
                steps.push(step(codes::TO_POST, inputs, rest.to_string()));
            }
            _ if steps.is_empty() => {
                let inputs = of_difference(month, payer, month);
                steps.push(step(codes::TO_POST, inputs, "none".to_owned()));
            }
            _ => {}
        }
        Ok(steps)
    }
}

impl LockedMonth<'_> {
    /// What the stay gave as the lock knew it.
    fn then(&self, events: &[RecordedEvent]) -> Vec<(Share, Step)> {
        let as_at = self.lock.lock.as_at;
        let known = known(events, self.lock.lock.position);
        let origins = Origins::of(known.iter().map(|one| &one.event), Some(as_at));
        let Some((stay, origins)) = fold(&known, Some(as_at)).zip(origins) else {
            return Vec::new();
        };
        self.shares(Subject {
            stay: &stay,
            origins: &origins,
            now: as_at,
            rulebook: self.rulebook,
            rates: self.rates,
        })
    }

    /// What a stay gives to the month under the lock's rules.
    fn shares(&self, subject: Subject<'_>) -> Vec<(Share, Step)> {
        let (rulebook, rates) = (self.rulebook, self.rates);
        let subject = Subject {
            rulebook,
            rates,
            ..subject
        };
        let today = local_date(subject.now);
        let given = rules::shares(subject.stay, rulebook, today).shares;
        let own = given.into_iter().filter(|share| share.month == self.month);
        own.map(|share| {
            let step = given_to_month(subject, &share);
            (share, step)
        })
        .collect()
    }
}

/// The events that were recorded up to a position.
fn known(events: &[RecordedEvent], position: u64) -> Vec<RecordedEvent> {
    let known = events.iter().filter(|one| one.seq <= position);
    known.cloned().collect()
}

/// That a stay gives nothing to an entry of a month.
fn nothing(month: Month, stay: &Stay, (payer, _, model): &EntryKey) -> Step {
    let mut inputs = Inputs::default();
    inputs.value("stay", &stay.episode);
    inputs.value("month", month);
    inputs.value("payer", payer);
    inputs.value("model", rules::explain::model_name(*model));
    Step {
        outcome: Outcome::Fails,
        ..step("", inputs, "nothing".to_owned())
    }
}

fn step(code: &str, inputs: Inputs, result: String) -> Step {
    Step {
        code: code.to_owned(),
        clause: None,
        inputs: inputs.end(),
        outcome: Outcome::Holds,
        result,
    }
}

fn of_difference(for_month: Month, payer: PayerCode, month: Month) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.value("for_month", for_month);
    inputs.value("payer", payer);
    inputs.value("month", month);
    inputs
}

/// What a later lock posted for a month of an entry.
fn posted(
    for_month: Month,
    key: &EntryKey,
    later: &WholeLock,
    figures: &MonthFigures,
    steps: &mut Vec<Step>,
) {
    let (payer, invoices) = (key.0, &later.lock.invoices);
    let own = || invoices.iter().filter(move |it| it.payer == payer);
    let notes = own().filter(|it| it.credits.is_some());
    let notes: BTreeMap<_, _> = invoice::credited(figures, payer)
        .into_keys()
        .zip(notes)
        .collect();
    let invoice = own().find(|it| it.credits.is_none());
    for entry in figures.payers.iter().filter(|it| adjust::key(it) == *key) {
        let adjusted = |it: &&crate::ledger::figures::Line| {
            it.kind == LineKind::Adjustment && it.for_month == Some(for_month)
        };
        for line in entry.lines.iter().filter(adjusted) {
            let mut inputs = of_difference(for_month, payer, later.lock.month);
            if let Some(invoice) = invoice {
                inputs.value("invoice", &invoice.number);
            }
            steps.push(step(codes::POSTED, inputs, line.amount.to_string()));
        }
        for credit in entry.credits.iter() {
            if credit.for_month != for_month || credit.settles {
                continue;
            }
            let mut inputs = of_difference(for_month, payer, later.lock.month);
            if let Some(note) = notes.get(&(for_month, credit.invoice.clone())) {
                inputs.value("invoice", &note.number);
            }
            inputs.value("credits", &credit.invoice);
            steps.push(step(codes::POSTED, inputs, (-credit.amount).to_string()));
        }
    }
}
