//! The log's words.

use super::{Lang, format, words};
use crate::{
    desk::reply::{LogLine, LogWhat},
    model::money::Kronor,
};

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
        LogWhat::AgreementSuspended => ("avtal vilar", "agreement suspended"),
        LogWhat::AgreementResumed => ("avtal gäller igen", "agreement resumed"),
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
    if let Some(about) = &line.subject {
        add(&subject(line.what, about, lang));
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

/// What an entry is about: amounts and codes as they are said elsewhere.
fn subject(what: LogWhat, text: &str, lang: Lang) -> String {
    let kronor = |text: &str| match text.parse::<Kronor>() {
        Ok(amount) => format::money(amount, lang),
        Err(_) => text.to_owned(),
    };
    match what {
        LogWhat::RateSet | LogWhat::SettlementEntered => match text.split_once(": ") {
            Some((year, amount)) => format!("{year}: {}", kronor(amount)),
            None => text.to_owned(),
        },
        LogWhat::ManualLine => kronor(text),
        LogWhat::FindingWaived => words::finding(text, lang).to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_and_findings_are_told_as_everywhere_else() {
        let told = |what: &str, subject: &str, lang| {
            let entry = json!({"seq": 1, "recorded_at": "2026-11-22T12:50:00+01:00", "by": "anna",
                "what": what, "at": null, "subject": subject});
            line(&serde_json::from_value(entry).unwrap(), lang)
        };
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(
            plain(told("rate_set", "2026: 10200.00", Lang::Sv)),
            "vårddygnsbelopp 2026: 10 200 kr"
        );
        assert_eq!(
            plain(told("manual_line", "-1500.50", Lang::Sv)),
            "manuell rad -1 500,50 kr"
        );
        assert_eq!(
            told("finding_waived", "missing_rate", Lang::Sv),
            "anmärkning godtagen vårddygnsbelopp saknas"
        );
    }
}
