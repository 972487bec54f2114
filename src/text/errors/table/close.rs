//! Errors of figures and of the month close.

use super::Said;

/// Errors of figures and of the month close.
pub(super) fn close(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "hash_changed" => (
            (
                "Siffrorna har ändrats sedan de visades",
                "Gå igenom dem på nytt: fristdag close --month MÅNAD --prepare",
            ),
            (
                "The figures have changed since they were shown",
                "Look at them again: fristdag close --month MONTH --prepare",
            ),
        ),
        "nothing_to_lock" => (
            (
                "Det finns inget att låsa i månaden",
                "Lås nästa månad som har belopp; tomma månader följer med.",
            ),
            (
                "There is nothing to lock in this month",
                "Lock the next month that has amounts; empty months go with it.",
            ),
        ),
        "blocked" => (
            (
                "Månaden kan inte låsas ännu",
                "Åtgärda det som hindrar: fristdag close --month MÅNAD --check",
            ),
            (
                "The month cannot be locked yet",
                "Settle what blocks it: fristdag close --month MONTH --check",
            ),
        ),
        "month_not_ended" => (
            ("Månaden är inte slut", "Vänta till månadsskiftet."),
            ("The month has not ended", "Wait until it has."),
        ),
        "already_locked" => (
            (
                "Månaden är redan låst",
                "Ändringar kommer som justering i nästa avslut.",
            ),
            (
                "The month is locked already",
                "Changes come as an adjustment in the next close.",
            ),
        ),
        "not_locked" => (
            (
                "Månaden är inte låst",
                "Lås den först: fristdag close --month MÅNAD --check",
            ),
            (
                "The month is not locked",
                "Lock it first: fristdag close --month MONTH --check",
            ),
        ),
        "earlier_month_open" => (
            (
                "En tidigare månad är öppen",
                "Lås den först, eller lämna betalaren utanför: --park.",
            ),
            (
                "An earlier month is open",
                "Lock it first, or leave the payer out: --park.",
            ),
        ),
        "finding_not_waivable" => (
            ("Det här går inte att godta, det måste åtgärdas", ""),
            ("This cannot be waived, it must be settled", ""),
        ),
        "finding_unknown" => (
            (
                "Månaden har ingen sådan anmärkning",
                "Se koderna: fristdag close --month MÅNAD --check",
            ),
            (
                "The month has no such finding",
                "See the codes: fristdag close --month MONTH --check",
            ),
        ),
        "missing_rate" => (
            (
                "Årets vårddygnsbelopp saknas",
                "För in det: fristdag rates set ÅR BELOPP --source TEXT",
            ),
            (
                "The year's day rate is missing",
                "Enter it: fristdag rates set YEAR AMOUNT --source TEXT",
            ),
        ),
        "not_available" => (
            (
                "Det formatet finns inte ännu",
                "Använd --format csv eller json.",
            ),
            (
                "That format is not available yet",
                "Use --format csv or json.",
            ),
        ),
        _ => return None,
    })
}
