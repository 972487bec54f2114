//! The points that are ticked off before somebody goes home.

use super::Lang;

/// A tick of a checklist, from its code; an agreement's own are said as they
/// are written there.
#[must_use]
pub fn tick(code: &str, lang: Lang) -> &str {
    let (sv, en) = match code {
        "self_care" => ("Egenvård bedömd", "Self-care assessed"),
        "written_information" => ("Skriftlig information", "Written information"),
        "information_transfer" => ("Information överförd", "Information transferred"),
        "aids" => ("Hjälpmedel", "Aids"),
        "medication" => ("Läkemedel", "Medication"),
        other => (other, other),
    };
    lang.pick(sv, en)
}
