//! The log's words.

use super::{Lang, format, words};
use crate::desk::reply::{LogLine, LogWhat};

/// What an entry is.
#[must_use]
pub fn what(what: LogWhat, lang: Lang) -> &'static str {
    let (sv, en) = match what {
        LogWhat::Event => ("händelse", "event"),
        LogWhat::Import => ("import", "import"),
        LogWhat::RateSet => ("vårddygnsbelopp", "day rate"),
        LogWhat::AgreementKept => ("avtalsfil sparad", "agreement file kept"),
        LogWhat::AgreementAdopted => ("avtal antaget", "agreement adopted"),
        LogWhat::AgreementConfirmed => ("avtal bekräftat", "agreement confirmed"),
        LogWhat::AgreementSuspended => ("avtal upphävt tills vidare", "agreement suspended"),
        LogWhat::AgreementResumed => ("avtal i kraft igen", "agreement resumed"),
        LogWhat::AgreementDateSet => ("avtalsdatum satt", "agreement date set"),
        LogWhat::SettlementEntered => ("slutreglering", "settlement"),
        LogWhat::FindingWaived => ("anmärkning godtagen", "finding waived"),
        LogWhat::ManualLine => ("manuell rad", "manual line"),
        LogWhat::MonthPrepared => ("månad förberedd", "month prepared"),
        LogWhat::PayerParked => ("betalare utanför", "payer parked"),
        LogWhat::MonthLocked => ("månad låst", "month locked"),
        LogWhat::LinesRefused => ("rader nekade", "lines refused"),
        LogWhat::IdentityShown => ("skyddad identitet visad", "protected identity shown"),
        LogWhat::BackupMade => ("säkerhetskopia", "backup"),
    };
    lang.pick(sv, en)
}

/// What an entry did, in one line, without who and when.
#[must_use]
pub fn line(line: &LogLine, lang: Lang) -> String {
    let head = line
        .kind
        .map_or_else(|| what(line.what, lang), |kind| words::kind(kind, lang));
    let mut told = head.to_owned();
    let mut add = |text: &str| {
        told.push(' ');
        told.push_str(text);
    };
    if let Some(at) = line.at {
        add(&format::moment(at));
    }
    if let Some(month) = line.month {
        add(&month.to_string());
    }
    if let Some(payer) = line.payer {
        add(&format::payer(payer));
    }
    if let Some(subject) = &line.subject {
        add(subject);
    }
    if let Some(count) = line.count {
        add(&match line.what {
            LogWhat::Import => format!("({count} {})", lang.pick("händelser", "events")),
            LogWhat::LinesRefused => format!("({count} {})", lang.pick("rader", "lines")),
            _ => format!("({count} {})", lang.pick("poster", "entries")),
        });
    }
    if let Some(reason) = &line.reason {
        add(&format!("– {reason}"));
    }
    told
}
