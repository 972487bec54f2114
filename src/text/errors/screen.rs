//! What to do about an error in the console, where the command line's own
//! remedy would send its user elsewhere.

/// The remedy in both languages, by the error's code.
pub(super) fn remedy(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "hash_changed" => (
            "Esc: gå igenom dem, och lås på nytt. Ändrade rader är märkta.",
            "Esc: look at them, and lock again. Changed rows are marked.",
        ),
        "blocked" => (
            "Åtgärda det som hindrar: det står överst i månadsavslutet.",
            "Settle what blocks it: it stands at the top of the month close.",
        ),
        "not_locked" => ("Lås den först.", "Lock it first."),
        "earlier_month_open" => (
            "Lås den först, eller lämna betalaren utanför.",
            "Lock it first, or leave the payer out.",
        ),
        "finding_unknown" => (
            "Läs om månaden: anmärkningen är borta.",
            "Reload the month: the finding is gone.",
        ),
        "missing_rate" => (
            "Sätt det på skärmen för avtal och vårddygnsbelopp.",
            "Set it on the screen of agreements and day rates.",
        ),
        "file_exists" => (
            "Välj en annan mapp, eller flytta undan filen.",
            "Choose another folder, or move the file away.",
        ),
        _ => return None,
    })
}
