//! The settlement of a year's fixed shares (Halland 2018): what they really
//! cost, less what was paid.

use super::{
    figures::{Credit, LineKind, MonthFigures},
    lock::Lock,
};
use crate::{
    model::{ids::AgreementId, money::Kronor, month::Month, place::PayerCode},
    rules::{
        agreement::{Agreement, Formula},
        share::Model,
    },
};

/// What stands on one invoice for a settled month, less what was credited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billed {
    /// The month that it is for.
    pub for_month: Month,
    /// The invoice's number.
    pub invoice: String,
    /// Kronor.
    pub amount: Kronor,
}

/// A settlement as a month's figures take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Who pays.
    pub payer: PayerCode,
    /// The agreement that is settled.
    pub agreement: AgreementId,
    /// The months whose fixed shares it settles, ascending.
    pub period: Vec<Month>,
    /// The actual cost of the period.
    pub actual: Kronor,
    /// What was billed for the period, by invoice, in order.
    pub billed: Vec<Billed>,
    /// Months of the period that no lock has billed yet.
    pub open: Vec<Month>,
    /// Where the actual cost stands.
    pub source: String,
    /// Who entered it.
    pub by: String,
}

/// What a settlement comes out as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// Nothing to pay either way.
    Even,
    /// Kronor that the payer still owes.
    Due(Kronor),
    /// What is paid back, each part naming the invoice that it credits.
    Back(Vec<Credit>),
}

/// The months of `year` in which `agreement` has `payer` pay a fixed share,
/// ascending. Suspended months are among them: they cost nothing by
/// themselves, and are settled with the rest.
#[must_use]
pub fn period(agreement: &Agreement, payer: PayerCode, year: i32) -> Vec<Month> {
    let Some(january) = Month::new(year, 1) else {
        return Vec::new();
    };
    let shared = |month: &Month| {
        agreement.rules().iter().any(|rule| {
            let Formula::FixedShare(fixed) = &rule.formula else {
                return false;
            };
            let bound = fixed
                .total
                .iter()
                .any(|it| PayerCode::from(it.payer) == payer);
            bound && rule.applies.iter().any(|it| it.covers(month.first()))
        })
    };
    january.through(january.plus(11)).filter(shared).collect()
}

impl Settlement {
    /// A settlement that knows of no lock yet, nor who entered it.
    #[must_use]
    pub fn of(agreement: &Agreement, payer: PayerCode, year: i32, actual: Kronor) -> Self {
        let period = period(agreement, payer, year);
        Self {
            payer,
            agreement: agreement.id.clone(),
            open: period.clone(),
            period,
            actual,
            billed: Vec::new(),
            source: String::new(),
            by: String::new(),
        }
    }

    /// Takes in what a lock billed and credited for the period: fixed shares,
    /// corrections of them, and earlier settlements. Locks come in order.
    pub fn take(&mut self, lock: &Lock, figures: &MonthFigures) {
        if lock.payers.contains(&self.payer) {
            self.open.retain(|month| *month != lock.month);
        }
        let (payer, agreement) = (self.payer, self.agreement.clone());
        let own = figures.payers.iter().filter(|entry| {
            entry.payer == payer && entry.agreement == agreement && entry.model == Model::FixedShare
        });
        let mut invoices = lock.invoices.iter();
        let invoice = invoices.find(|it| it.payer == payer && it.credits.is_none());
        for entry in own {
            for line in &entry.lines {
                let about = match line.kind {
                    LineKind::FixedShare => Some(lock.month),
                    LineKind::Adjustment | LineKind::Settlement => line.for_month,
                    _ => None,
                };
                let Some(for_month) = about.filter(|month| self.period.contains(month)) else {
                    continue;
                };
                self.billed.push(Billed {
                    for_month,
                    invoice: invoice.map(|it| it.number.clone()).unwrap_or_default(),
                    amount: line.amount,
                });
            }
            for credit in &entry.credits {
                self.credited(credit);
            }
        }
    }

    fn credited(&mut self, credit: &Credit) {
        if let Some(billed) = self
            .billed
            .iter_mut()
            .find(|it| it.for_month == credit.for_month && it.invoice == credit.invoice)
        {
            billed.amount = billed.amount - credit.amount;
        }
    }

    /// What was paid for the period.
    #[must_use]
    pub fn paid(&self) -> Kronor {
        self.billed.iter().map(|it| it.amount).sum()
    }

    /// The last month of the period, by which figures tell which year is settled.
    #[must_use]
    pub fn last(&self) -> Option<Month> {
        self.period.last().copied()
    }

    /// Actual cost less what was paid. What is paid back is taken off the
    /// latest invoices first (a reading: no source says which).
    #[must_use]
    pub fn settled(&self) -> Settled {
        let rest = self.actual - self.paid();
        if rest == Kronor::ZERO {
            return Settled::Even;
        }
        if rest > Kronor::ZERO {
            return Settled::Due(rest);
        }
        let mut back = -rest;
        let mut credits = Vec::new();
        for billed in self.billed.iter().rev() {
            let amount = back.min(billed.amount);
            if amount > Kronor::ZERO {
                credits.push(Credit {
                    for_month: billed.for_month,
                    invoice: billed.invoice.clone(),
                    amount,
                    settles: true,
                });
                back = back - amount;
            }
        }
        credits.reverse();
        Settled::Back(credits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rulebook;

    fn kronor(text: &str) -> Kronor {
        text.parse().unwrap()
    }

    /// Falkenberg's ten months of 420 kronor.
    fn falkenberg(actual: &str) -> Settlement {
        let rulebook = Rulebook::shipped("13".parse().unwrap());
        let agreement = rulebook.get("halland-2018").unwrap();
        let payer = "1382".parse().unwrap();
        let mut made = Settlement::of(agreement, payer, 2018, kronor(actual));
        let billed = made.period.iter().map(|month| Billed {
            for_month: *month,
            invoice: format!("13-{:06}", month.number()),
            amount: kronor("420"),
        });
        made.billed = billed.collect();
        made
    }

    #[test]
    fn the_period_is_the_ten_months_of_the_agreement() {
        let months: Vec<String> = falkenberg("0")
            .period
            .iter()
            .map(|m| m.to_string())
            .collect();
        assert_eq!(months.len(), 10);
        assert_eq!((&*months[0], &*months[9]), ("2018-01", "2018-10"));
        let rulebook = Rulebook::shipped("13".parse().unwrap());
        let agreement = rulebook.get("halland-2018").unwrap();
        assert!(period(agreement, "1382".parse().unwrap(), 2019).is_empty());
        assert!(period(agreement, "1780".parse().unwrap(), 2018).is_empty());
    }

    #[test]
    fn what_is_owed_and_what_is_even() {
        assert_eq!(falkenberg("10000").settled(), Settled::Due(kronor("5800")));
        assert_eq!(falkenberg("4200").settled(), Settled::Even);
    }

    #[test]
    fn what_is_paid_back_names_the_latest_invoices_and_loses_nothing() {
        let Settled::Back(credits) = falkenberg("3200.50").settled() else {
            panic!("paid too much");
        };
        let told: Vec<String> = credits
            .iter()
            .map(|it| format!("{} {} {}", it.for_month, it.invoice, it.amount))
            .collect();
        assert_eq!(
            told,
            [
                "2018-08 13-000008 159.50",
                "2018-09 13-000009 420.00",
                "2018-10 13-000010 420.00",
            ]
        );
        let Settled::Back(all) = falkenberg("0").settled() else {
            panic!("paid too much");
        };
        let sum: Kronor = all.iter().map(|it| it.amount).sum();
        assert_eq!((all.len(), sum), (10, kronor("4200")));
    }

    #[test]
    fn what_was_credited_before_cannot_be_credited_again() {
        let mut settlement = falkenberg("3000");
        let Settled::Back(credits) = settlement.settled() else {
            panic!("paid too much");
        };
        for credit in &credits {
            settlement.credited(credit);
        }
        assert_eq!(settlement.paid(), kronor("3000"));
        assert_eq!(settlement.settled(), Settled::Even);
        settlement.actual = kronor("2580");
        let Settled::Back(more) = settlement.settled() else {
            panic!("paid too much");
        };
        assert_eq!(more.len(), 2, "60 left of August, then July: {more:?}");
    }
}
