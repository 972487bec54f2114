//! The engine's explanations as sentences.
//!
//! A step carries codes and values; here they become Swedish or English.
//! An unknown code, of an agreement's file or a later engine, is shown as
//! it is, with its inputs: nothing is left out for want of a word.

use super::{Lang, format, words};
use crate::{
    model::time,
    rules::{
        share::Model,
        trace::{Clause, Input, Outcome, Remedy, Step},
    },
};

/// One line that says a step: question, result, and what went in.
#[must_use]
pub fn step(step: &Step, lang: Lang) -> String {
    let mut line = format!("{}: {}", question(&step.code, lang), result(step, lang));
    let inputs: Vec<_> = step.inputs.iter().map(|one| input(one, lang)).collect();
    if !inputs.is_empty() {
        line.push_str(" (");
        line.push_str(&inputs.join("; "));
        line.push(')');
    }
    line
}

/// How a step went, as a word.
#[must_use]
pub fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Holds => lang.pick("ja", "yes"),
        Outcome::Fails => lang.pick("nej", "no"),
        Outcome::Lost => lang.pick("gäller inte", "does not apply"),
    }
}

/// Where a rule stands, in brackets' worth of text.
#[must_use]
pub fn clause(clause: &Clause, lang: Lang) -> String {
    let mut text = clause.agreement.to_string();
    if !clause.section.is_empty() {
        text.push_str(", ");
        text.push_str(&clause.section);
    }
    if clause.reading {
        text.push_str(lang.pick(" (vår tolkning)", " (our reading)"));
    }
    text
}

/// What would change the answer, with the start of liability it leads to.
#[must_use]
pub fn remedy(remedy: &Remedy, lang: Lang) -> String {
    let what = remedy_word(&remedy.code, lang);
    match remedy.liability_start {
        Some(at) => lang.pick(
            format!(
                "{what}; görs det nu börjar betalningsansvaret {}",
                format::near_moment(at, lang)
            ),
            format!(
                "{what}; if done now, liability starts {}",
                format::near_moment(at, lang)
            ),
        ),
        None => what.to_owned(),
    }
}

fn remedy_word(code: &str, lang: Lang) -> &str {
    let code = code.strip_prefix("precondition.").unwrap_or(code);
    let (sv, en) = match code {
        "admission_notice" => ("skicka inskrivningsmeddelande", "send the admission notice"),
        "ready_notice" => (
            "skicka underrättelse om utskrivningsklar",
            "send the ready notice",
        ),
        "expected_discharge" => (
            "ange beräknad utskrivning",
            "set an expected discharge date",
        ),
        "sip_called" => ("kalla till SIP", "call the SIP"),
        "care_contact" | "care_contact_assigned" => {
            ("utse fast vårdkontakt", "assign a care contact")
        }
        "checklist" | "home_ready" => ("gör klart checklistan", "complete the checklist"),
        "open_care_available" | "open_care" => (
            "regionens öppna vård kommer på plats",
            "the region's open care becomes available",
        ),
        "compulsory_care_ended" => ("tvångsvården upphör", "compulsory care ends"),
        "municipality" => ("ange patientens kommun", "enter the patient's municipality"),
        "district" => ("ange stadsdel", "enter the district"),
        "rate" => ("för in årets vårddygnsbelopp", "enter the year's day rate"),
        "too_late" => (
            "inget kan längre ändra detta",
            "nothing changes this any more",
        ),
        other => (other, other),
    };
    lang.pick(sv, en)
}

/// What a step asks.
fn question(code: &str, lang: Lang) -> String {
    if let Some(fact) = code.strip_prefix("precondition.") {
        let fact = name(fact, lang);
        return lang.pick(format!("Villkor, {fact}"), format!("Precondition, {fact}"));
    }
    let (sv, en) = match code {
        "payer" => ("Betalande enhet", "Payer"),
        "municipal_needs" | "needs" => {
            ("Behov av kommunens insatser", "Needs from the municipality")
        }
        "span" | "span_start" => ("Utskrivningsklar från", "Ready from"),
        "span_end" => ("Utskrivningsklar till", "Ready until"),
        "compulsory_care" => ("Tvångsvård", "Compulsory care"),
        "rule_in_force" | "rule" => ("Gällande regel", "Rule in force"),
        "agreement" => ("Avtal", "Agreement"),
        "confirmed" => ("Avtalet bekräftat", "Agreement confirmed"),
        "notice_by_noon" | "noon" => ("Underrättelse till kl. 12", "Notice by noon"),
        "grace" => ("Fristdagar", "Grace days"),
        "liability_start" => ("Betalningsansvaret börjar", "Liability starts"),
        "chargeable_dates" => ("Dygn att betala", "Chargeable days"),
        "discharge_day" => ("Utskrivningsdagen", "Discharge day"),
        "open_care" => ("Regionens öppna vård", "The region's open care"),
        "average" => ("Snitt", "Average"),
        "days" => ("Antal dygn", "Days"),
        "long_stay" => ("Långt vårdtillfälle", "Long stay"),
        "threshold" => ("Gräns", "Threshold"),
        "rate" => ("Vårddygnsbelopp", "Day rate"),
        "age" | "adult" => ("Ålder", "Age"),
        "manual" => ("För hand", "By hand"),
        other => (other, other),
    };
    lang.pick(sv, en).to_owned()
}

/// The name of a fact that went into a step.
fn name<'a>(code: &'a str, lang: Lang) -> &'a str {
    let (sv, en) = match code {
        "admission_notice" => ("inskrivningsmeddelande", "admission notice"),
        "ready_notice" => ("underrättelse om utskrivningsklar", "ready notice"),
        "expected_discharge" => ("beräknad utskrivning", "expected discharge date"),
        "sip_called" => ("kallelse till SIP", "SIP called"),
        "sip_waived" => ("SIP behövs ej", "SIP not needed"),
        "sip_call_withdrawn" => ("kallelsen återtagen", "SIP call withdrawn"),
        "care_contact" | "care_contact_assigned" => ("fast vårdkontakt", "care contact"),
        "care_contact_waived" => ("vårdkontakt behövs ej", "care contact not needed"),
        "checklist" | "home_ready" => ("hemgångsklar", "home-ready"),
        "open_care" | "open_care_unavailable" => ("öppenvård saknas", "open care missing"),
        "open_care_available" => ("öppenvård finns", "open care available"),
        "compulsory_care" => ("tvångsvård", "compulsory care"),
        "compulsory_care_ended" => ("tvångsvården upphörde", "compulsory care ended"),
        "municipality" => ("kommun", "municipality"),
        "placing_municipality" => ("placerande kommun", "placing municipality"),
        "district" => ("stadsdel", "district"),
        "municipal_needs" => ("behov av kommunen", "needs the municipality"),
        "care_form" => ("vårdform", "care form"),
        "span_start" | "start" => ("början", "start"),
        "span_end" | "end" => ("slut", "end"),
        "discharged" | "discharge" => ("utskriven", "discharged"),
        "last_day" | "deadline" | "due" => ("senast", "no later than"),
        "days" => ("dygn", "days"),
        "grace_days" => ("fristdagar", "grace days"),
        "threshold" => ("gräns", "threshold"),
        "rate" => ("vårddygnsbelopp", "day rate"),
        "payer" => ("betalande enhet", "payer"),
        "agreement" => ("avtal", "agreement"),
        other => (other, other),
    };
    lang.pick(sv, en)
}

fn input(input: &Input, lang: Lang) -> String {
    let mut text = format!("{} {}", name(&input.name, lang), value(&input.value, lang));
    if let Some(event) = &input.event {
        text.push_str(lang.pick(", händelse ", ", event "));
        text.push_str(event.as_str());
    }
    text
}

fn result(step: &Step, lang: Lang) -> String {
    let outcome = outcome(step.outcome, lang);
    match step.result.as_str() {
        "" => outcome.to_owned(),
        text if step.outcome == Outcome::Holds => value(text, lang),
        text => format!("{outcome}, {}", value(text, lang)),
    }
}

/// A value as text, said as people read it where its form tells what it is.
#[must_use]
pub fn value(text: &str, lang: Lang) -> String {
    let (sv, en) = match text {
        "true" | "yes" | "holds" | "met" => ("ja", "yes"),
        "false" | "no" => ("nej", "no"),
        "missing" | "none" => ("saknas", "missing"),
        "late" => ("för sent", "too late"),
        "waived" => ("behövs ej", "not needed"),
        "open" => ("pågår", "goes on"),
        "somatic" => ("somatisk", "somatic"),
        "psychiatric" => ("psykiatrisk", "psychiatric"),
        "individual" => (
            words::model(Model::Individual, lang),
            words::model(Model::Individual, lang),
        ),
        "average_excess" => (
            words::model(Model::AverageExcess, lang),
            words::model(Model::AverageExcess, lang),
        ),
        "manual" => (
            words::model(Model::Manual, lang),
            words::model(Model::Manual, lang),
        ),
        other => return moment_or(other, lang),
    };
    lang.pick(sv, en).to_owned()
}

/// RFC 3339 becomes local time; all else stays.
fn moment_or(text: &str, lang: Lang) -> String {
    if text.contains('T')
        && let Ok(at) = time::parse(text)
    {
        return format::moment(at);
    }
    words::exclusion_code(text, lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{AgreementId, EventId};

    fn made(code: &str, outcome: Outcome, result: &str) -> Step {
        Step {
            code: code.to_owned(),
            clause: None,
            inputs: vec![Input {
                name: "ready_notice".to_owned(),
                value: "2019-03-04T10:00:00Z".to_owned(),
                event: Some(EventId::new("M-4").unwrap()),
            }],
            outcome,
            result: result.to_owned(),
        }
    }

    #[test]
    fn a_step_reads_as_a_sentence_in_both_languages() {
        let grace = made("grace", Outcome::Holds, "3");
        assert_eq!(
            step(&grace, Lang::Sv),
            "Fristdagar: 3 (underrättelse om utskrivningsklar 2019-03-04 11:00, händelse M-4)"
        );
        let sip = made("precondition.sip_called", Outcome::Fails, "missing");
        assert!(step(&sip, Lang::En).starts_with("Precondition, SIP called: no, missing ("));
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_is() {
        let odd = made("lunar_phase", Outcome::Lost, "waxing");
        assert!(step(&odd, Lang::En).starts_with("lunar_phase: does not apply, waxing ("));
    }

    #[test]
    fn a_remedy_tells_when_liability_would_start() {
        let call = Remedy {
            code: "sip_called".to_owned(),
            liability_start: Some(time::parse("2019-03-07T00:00:00+01:00").unwrap()),
            clause: None,
        };
        assert_eq!(
            remedy(&call, Lang::En),
            "call the SIP; if done now, liability starts Thu 7 Mar 00:00"
        );
        let reading = Clause {
            agreement: AgreementId::new("lag-2017-612").unwrap(),
            section: "5 kap. 4 §".to_owned(),
            reading: true,
        };
        assert_eq!(
            clause(&reading, Lang::Sv),
            "lag-2017-612, 5 kap. 4 § (vår tolkning)"
        );
    }
}
