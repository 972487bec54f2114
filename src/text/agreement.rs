//! Words for what stands in an agreement's file.

use rust_decimal::Decimal;

use super::{Lang, format, phrases};
use crate::{
    model::money::Kronor,
    rules::agreement::{
        Anchor, Concerns, Fact, JudgedOn, Occasion, Waiver, Within, WithinUnit, WrittenValue,
    },
};

/// The name of a rule's value; the file's own where there is none.
#[must_use]
pub fn value_name(name: &str, lang: Lang) -> &str {
    let (sv, en) = match name {
        "grace_days" => ("Fristdagar", "Days of grace"),
        "grace_days_after_noon" => ("Fristdagar efter kl. 12", "Days of grace after noon"),
        "noon_in_time" => ("Kl. 12.00 räknas som i tid", "12:00 itself is by noon"),
        "discharge_day_charged" => ("Utskrivningsdagen debiteras", "Day of discharge charged"),
        "preconditions_count_from" => (
            "Uppfyllt villkor räknas från",
            "A met precondition counts from",
        ),
        "open_care" => ("När öppenvård saknas", "Where open care is missing"),
        "threshold" => ("Gräns för snittet", "Threshold of the average"),
        "average_rounding" => ("Snittet avrundas", "Rounding of the average"),
        "county_average_rounding" => ("Länets snitt avrundas", "Rounding of the county's average"),
        "day_counting" => ("Dygn räknas", "Days are counted"),
        "long_stay_from" => ("Långt vårdtillfälle från", "A long stay from"),
        "long_stay_free" => ("Fria dygn i ett långt", "Free days of a long stay"),
        "adults_only" => ("Bara vuxna räknas", "Adults only"),
        "unmet" => ("Den utan betalansvar", "A stay without liability"),
        "months_to_start" => (
            "Månader över tills det börjar",
            "Months above until it starts",
        ),
        "months_to_end" => (
            "Månader under tills det slutar",
            "Months below until it ends",
        ),
        "retroactive_from_time" => (
            "Startmånaderna debiteras från gång",
            "Starting months charged from time",
        ),
        "charged_from" => ("Debiteras från dygn", "Charged from day"),
        "free_days" => ("Fria dygn", "Free days"),
        "psychiatric_track" => ("Eget spår för psykiatrin", "A track for psychiatry alone"),
        "parts" => ("Delar per år", "Parts a year"),
        "rounding" => ("Delarna avrundas", "Rounding of the parts"),
        "total" => ("Belopp", "Amount"),
        "settlement" => ("Slutreglering", "Settlement"),
        "when_late" => ("Kommer det för sent", "When it comes late"),
        other => return other,
    };
    lang.pick(sv, en)
}

/// A value with its unit: a code in words, a number as the language writes it.
#[must_use]
pub fn value(value: &WrittenValue, lang: Lang) -> String {
    // A county's average of a month: a number only when that month is known.
    if let Some((code, month)) = value.value.split_once(' ') {
        return format!("{} {month}", coded(code, lang));
    }
    match value.unit.as_deref() {
        None => coded(&value.value, lang).to_owned(),
        Some("kronor") => match value.value.parse::<Kronor>() {
            Ok(amount) => format::money(amount, lang),
            Err(_) => value.value.clone(),
        },
        Some("count") => value.value.clone(),
        Some(unit) => {
            let number = value.value.parse();
            let number = number.map_or_else(
                |_| coded(&value.value, lang).to_owned(),
                |it| format::number(it, lang),
            );
            format!("{number} {}", counted_in(unit, lang))
        }
    }
}

/// A value's code in words; the code itself where there are none.
#[must_use]
pub fn coded(code: &str, lang: Lang) -> &str {
    let (sv, en) = match code {
        "true" => ("ja", "yes"),
        "false" => ("nej", "no"),
        "none" => ("inte alls", "not at all"),
        "half_up_0" => ("till hela, halva uppåt", "to whole numbers, halves up"),
        "half_up_1" => ("till en decimal, halva uppåt", "to one decimal, halves up"),
        "half_up_2" => (
            "till två decimaler, halva uppåt",
            "to two decimals, halves up",
        ),
        "hours_24" => ("hela 24-timmarsperioder", "whole periods of 24 hours"),
        "dates" => ("från datum till datum", "from date to date"),
        "dates_skipped" => ("hela datum hoppas över", "whole dates are skipped"),
        "hours_subtracted" => ("timmarna dras av", "the hours are taken off"),
        "ignored" => ("ändrar inget", "changes nothing"),
        "day_after" => ("dagen efter", "the day after"),
        "same_day" => ("samma dag", "the same day"),
        "does_not_count" => ("räknas inte", "it does not count"),
        "counts_from_call" => ("räknas från kallelsen", "it counts from the call"),
        "leaves" => ("lämnar beräkningen", "leaves the figures"),
        "counted_as_zero" => ("räknas som noll dygn", "counts as no days"),
        "county_average" => ("länets snitt", "the county's average"),
        other => return other,
    };
    lang.pick(sv, en)
}

fn counted_in(unit: &str, lang: Lang) -> &str {
    let (sv, en) = match unit {
        "days" => ("dygn", "days"),
        "weekdays" => ("vardagar", "weekdays"),
        "months" => ("månader", "months"),
        "hours" => ("timmar", "hours"),
        other => return other,
    };
    lang.pick(sv, en)
}

/// A fact that a rule asks for.
#[must_use]
pub fn fact(fact: Fact, lang: Lang) -> &'static str {
    let (sv, en) = match fact {
        Fact::AdmissionNotice => ("Inskrivningsmeddelande skickat", "Admission notice sent"),
        Fact::ReadyNotice => ("Underrättad om utskrivningsklar", "Ready notice sent"),
        Fact::ExpectedDischarge => ("Beräknad utskrivning angiven", "Expected discharge set"),
        Fact::SipCalled => ("Kallelse till SIP", "SIP called"),
        Fact::CareContact => ("Fast vårdkontakt utsedd", "Care contact assigned"),
        Fact::Checklist => ("Checklistan klar", "Checklist complete"),
    };
    lang.pick(sv, en)
}

/// What stands in a fact's place.
#[must_use]
pub fn waiver(waiver: Waiver, lang: Lang) -> &'static str {
    match waiver {
        Waiver::SipWaived => lang.pick("eller: SIP behövs ej", "or: SIP not needed"),
        Waiver::CareContactWaived => lang.pick(
            "eller: vårdkontakt behövs ej",
            "or: care contact not needed",
        ),
    }
}

/// Which date of a span decides that a rule judges it.
#[must_use]
pub fn judged_on(on: JudgedOn, lang: Lang) -> &'static str {
    match on {
        JudgedOn::SpanStart => lang.pick(
            "avgörs av dagen då klarperioden börjar",
            "judged by the day on which the span starts",
        ),
        JudgedOn::SpanEnd => lang.pick(
            "avgörs av dagen då klarperioden slutar",
            "judged by the day on which the span ends",
        ),
    }
}

/// When a duty is due.
#[must_use]
pub fn due(within: Within, anchor: Anchor, lang: Lang) -> String {
    let anchor = self::anchor(anchor, lang);
    let number = within.amount;
    let unit = match within.unit {
        WithinUnit::Hours => ("timmar", "hours"),
        WithinUnit::Days => ("dagar", "days"),
        WithinUnit::Weekdays => ("vardagar", "weekdays"),
        WithinUnit::Months => ("månader", "months"),
        WithinUnit::Before => {
            return lang.pick(format!("före {anchor}"), format!("before {anchor}"));
        }
        WithinUnit::WithoutDelay => {
            return lang.pick(
                format!("utan dröjsmål efter {anchor}"),
                format!("without delay after {anchor}"),
            );
        }
        WithinUnit::Reception => {
            return lang.pick(
                format!("under mottagarens arbetstid efter {anchor}"),
                format!("in the recipients' hours after {anchor}"),
            );
        }
    };
    lang.pick(
        format!("inom {number} {} från {anchor}", unit.0),
        format!("within {number} {} of {anchor}", unit.1),
    )
}

fn anchor(anchor: Anchor, lang: Lang) -> &'static str {
    let (sv, en) = match anchor {
        Anchor::Admission => ("inskrivningen", "the admission"),
        Anchor::AdmissionNotice => ("inskrivningsmeddelandet", "the admission notice"),
        Anchor::ReadyNotice => ("underrättelsen", "the ready notice"),
        Anchor::SpanStart => ("klarperiodens början", "the span's start"),
        Anchor::HomeReady => ("hemgångsklar", "being home-ready"),
        Anchor::Discharge => ("utskrivningen", "the discharge"),
        Anchor::Message => ("meddelandet", "the message"),
        Anchor::SipCalled => ("kallelsen till SIP", "the SIP call"),
        Anchor::SipMeeting => ("SIP-mötet", "the SIP meeting"),
    };
    lang.pick(sv, en)
}

/// When a routine's turn comes.
#[must_use]
pub fn occasion(occasion: Occasion, lang: Lang) -> String {
    match occasion {
        Occasion::Monthly => lang.pick("varje månad", "each month").to_owned(),
        Occasion::Quarterly => lang.pick("varje kvartal", "each quarter").to_owned(),
        Occasion::Yearly { month } => lang.pick(
            format!("varje år, senast i månad {month}"),
            format!("each year, by the end of month {month}"),
        ),
        Occasion::AverageAbove => lang
            .pick(
                "när snittet är över gränsen",
                "when the average is above the threshold",
            )
            .to_owned(),
        Occasion::Silence { hours } => lang.pick(
            format!("när en källa varit tyst i {hours} timmar"),
            format!("when a source has been silent for {hours} hours"),
        ),
    }
}

/// Whom a duty concerns, where not everybody.
#[must_use]
pub fn concerns(concerns: Concerns, lang: Lang) -> Option<&'static str> {
    match concerns {
        Concerns::All => None,
        Concerns::CompulsoryCare => {
            Some(lang.pick("gäller tvångsvårdade", "of those in compulsory care"))
        }
    }
}

/// An alternative: a sentence, or of a value `31 with free_days = 3: a day
/// more`, its codes in words where they have some.
#[must_use]
pub fn alternative(text: &str, lang: Lang) -> String {
    use crate::rules::agreement::Alternative;
    let number = |value: &str| value.parse::<Decimal>().ok();
    let said = |value| {
        let number = number(value).map(|it| format::number(it, lang));
        number.unwrap_or_else(|| coded(value, lang).to_owned())
    };
    let is_value = |value| number(value).is_some() || coded(value, lang) != value;
    let Some(read) = Alternative::read(text).filter(|read| is_value(read.value)) else {
        return phrases::say(text, lang).into_owned();
    };
    let mut told = said(read.value);
    for (name, value) in &read.with {
        let name = value_name(name, lang);
        told.push_str(&format!(", {name}: {}", said(value)));
    }
    if let Some(note) = read.note {
        told.push_str(&format!(" ({})", phrases::say(note, lang)));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rulebook;

    #[test]
    fn every_value_that_is_shipped_has_words() {
        let date = "2021-12-01".parse().unwrap();
        for region in ["01", "06", "13", "17", "23"] {
            let rulebook = Rulebook::shipped(region.parse().unwrap());
            for agreement in rulebook.binding() {
                for rule in agreement.rules() {
                    for one in agreement.written_values(rule, date) {
                        assert_ne!(value_name(&one.name, Lang::Sv), one.name);
                        let is_code = one.value.contains(|char: char| char.is_ascii_lowercase());
                        if is_code && one.unit.is_none() {
                            assert_ne!(coded(&one.value, Lang::Sv), one.value, "{one:?}");
                        }
                        assert!(!value(&one, Lang::En).contains('_'), "{one:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn alternatives_tell_what_changes_with_them() {
        assert_eq!(
            alternative("dates with open_care = dates_skipped: by date", Lang::En),
            "from date to date, Where open care is missing: whole dates are skipped (by date)"
        );
        assert_eq!(alternative("31: one more", Lang::En), "31 (one more)");
        assert_eq!(
            alternative("31 with free_days = 30: days above thirty", Lang::Sv),
            "31, Fria dygn: 30 (dygn över trettio)"
        );
        assert_eq!(alternative("1.3", Lang::Sv), "1,3");
        assert_eq!(alternative("As it was: so.", Lang::Sv), "As it was: so.");
    }

    #[test]
    fn every_alternative_of_our_files_is_said_in_swedish() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut seen = 0;
        for folder in ["src/rules/agreements", "fixtures/agreements"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_none_or(|it| it != "toml") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for one in alternatives(&text.parse().unwrap()) {
                    seen += 1;
                    let (sv, en) = (alternative(&one, Lang::Sv), alternative(&one, Lang::En));
                    let is_number = one.parse::<Decimal>().is_ok();
                    assert!(is_number || sv != en, "{path:?}: {one}");
                    let note = one
                        .split_once(": ")
                        .filter(|(value, _)| !value.contains(". "));
                    if let Some((_, note)) = note {
                        assert!(!sv.contains(note), "{path:?}: {one}");
                    }
                }
            }
        }
        assert!(seen > 60, "{seen}");
    }

    /// Every text in a list of that name, wherever it stands.
    fn alternatives(table: &toml::Table) -> Vec<String> {
        let texts = |value: &toml::Value| value.as_str().map(str::to_owned);
        let mut found = Vec::new();
        for (name, value) in table {
            let rows = match value {
                toml::Value::Array(all) if name == "alternatives" => {
                    found.extend(all.iter().filter_map(texts));
                    continue;
                }
                toml::Value::Array(all) => all.as_slice(),
                one => std::slice::from_ref(one),
            };
            let inner = rows.iter().filter_map(toml::Value::as_table);
            found.extend(inner.flat_map(alternatives));
        }
        found
    }
}
