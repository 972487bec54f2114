//! The points that are ticked off before somebody goes home.

use super::Lang;
use crate::desk::reply::ChecklistRow;

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

/// A row of a checklist; where a point takes several ticks, each says which.
#[must_use]
pub fn point(row: &ChecklistRow, all: &[ChecklistRow], lang: Lang) -> String {
    let name = lang.pick(&row.sv, &row.en);
    if all.iter().filter(|other| other.sv == row.sv).count() < 2 {
        return name.clone();
    }
    format!("{name}: {}", tick(&row.item, lang).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_point_say_which_tick_they_are() {
        let row = |item: &str, sv: &str| ChecklistRow {
            item: item.to_owned(),
            sv: sv.to_owned(),
            en: sv.to_owned(),
            done: None,
        };
        let all = [
            row("medication", "Läkemedel och hjälpmedel"),
            row("aids", "Läkemedel och hjälpmedel"),
            row("self_care", "Egenvård"),
        ];
        let said = all.each_ref().map(|row| point(row, &all, Lang::Sv));
        assert_eq!(
            said,
            [
                "Läkemedel och hjälpmedel: läkemedel",
                "Läkemedel och hjälpmedel: hjälpmedel",
                "Egenvård"
            ]
        );
    }
}
