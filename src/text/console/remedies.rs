//! What to do about a finding of the month close, as the console can do it.

use crate::text::Lang;

/// What settles a finding, by its code; empty for one that is not known.
#[must_use]
pub fn remedy(code: &str, lang: Lang) -> &'static str {
    let (sv, en) = match code {
        "missing_rate" => (
            "Sätt årets vårddygnsbelopp på skärmen för avtal och vårddygnsbelopp.",
            "Set the year's day rate on the screen of agreements and day rates.",
        ),
        "unconfirmed_agreement" => (
            "Bekräfta avtalet på skärmen för avtal, eller godta med ett skäl.",
            "Confirm the agreement on the screen of agreements, or accept it with a reason.",
        ),
        "manual_stay" => (
            "För in beloppet med fristdag manual, eller låt bli; godta sedan med ett skäl.",
            "Enter the amount with fristdag manual, or none; then accept it with a reason.",
        ),
        "missing_county_average" | "threshold_unknown" => (
            "Gränsen är länets snitt för den månaden: läs in dess utskrivningar och lås den.",
            "The threshold is the county's average of that month: import its discharges and lock it.",
        ),
        "settlement_open_month" => (
            "Lås månaden först (pilarna byter månad).",
            "Lock that month first (the arrows change month).",
        ),
        "earlier_month_open" => (
            "Lås den månaden först (pilarna byter månad), eller lämna betalaren utanför.",
            "Lock that month first (the arrows change month), or leave the payer out.",
        ),
        "month_not_ended" => (
            "Siffrorna är så här långt; månaden kan låsas när den är slut.",
            "These are the figures so far; the month can be locked once it has ended.",
        ),
        "held_events" => (
            "Läs in inskrivningen, eller registrera den från tavlan.",
            "Import the admission, or record it from the board.",
        ),
        "municipality_missing" | "district_missing" | "district_unknown" => (
            "Öppna vårdtillfället och registrera Uppgifter rättade.",
            "Open the stay and record Details corrected.",
        ),
        "amount_too_large" => (
            "Någon tid är orimlig: öppna betalaren och rätta den.",
            "Some time is out of range: open the payer and correct it.",
        ),
        "refused_lines" => (
            "Rätta raderna och läs in dem igen, eller godta med ett skäl.",
            "Correct the lines and import them again, or accept it with a reason.",
        ),
        "stale_source" => (
            "Se efter att källan sänder, eller godta med ett skäl.",
            "See that the source sends, or accept it with a reason.",
        ),
        _ => ("", ""),
    };
    lang.pick(sv, en)
}
