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

/// What to do, from its code.
#[must_use]
pub fn remedy_word(code: &str, lang: Lang) -> &str {
    let (sv, en) = match code {
        "admission_notice" => ("skicka inskrivningsmeddelande", "send the admission notice"),
        "expected_discharge" => (
            "ange beräknad utskrivning",
            "set an expected discharge date",
        ),
        "sip_called" => ("kalla till SIP", "call the SIP"),
        "care_contact" => ("utse fast vårdkontakt", "assign a care contact"),
        "checklist" => ("gör klart checklistan", "complete the checklist"),
        "open_care_available" => (
            "regionens öppna vård kommer på plats",
            "the region's open care becomes available",
        ),
        "compulsory_care_ended" => ("tvångsvården upphör", "compulsory care ends"),
        "all" => ("allt detta tillsammans", "all of these together"),
        "too_late" => (
            "inget som görs nu ändrar detta",
            "nothing that is done now changes this",
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
        "municipal_needs" => ("Behöver kommunens insatser", "Needs the municipality"),
        "span_start" => ("Utskrivningsklar från", "Ready from"),
        "rule_in_force" => ("Gällande regel", "Rule in force"),
        "rule_lost" => ("Regel som inte gäller", "Rule that does not apply"),
        "grace" => (
            "Första dygn att betala efter fristen",
            "First chargeable day after grace",
        ),
        "open_care" => (
            "Dygn utan regionens öppna vård",
            "Days without the region's open care",
        ),
        "chargeable_dates" => ("Dygn att betala hittills", "Days charged so far"),
        "day_count" => ("Dygn i snittet", "Days for the average"),
        "long_stay" => (
            "Dygn som debiteras individuellt",
            "Days charged individually",
        ),
        "average_member" => ("Med i snittet", "Part of the average"),
        "end" => ("Perioden slutade", "The span ended"),
        "manual" => ("Avgörs för hand", "Settled by hand"),
        "held" => ("Väntar på inskrivning", "Waits for its admission"),
        other => (other, other),
    };
    lang.pick(sv, en).to_owned()
}

/// The name of a fact that went into a step.
fn name(code: &str, lang: Lang) -> String {
    if let Some(year) = code.strip_prefix("rate.") {
        return lang.pick(
            format!("vårddygnsbelopp {year}"),
            format!("day rate {year}"),
        );
    }
    fact(code)
        .or_else(|| count(code))
        .map_or_else(|| code.to_owned(), |(sv, en)| lang.pick(sv, en).to_owned())
}

/// Names of what happened or stands.
fn fact(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "admission_notice" => ("inskrivningsmeddelande", "admission notice"),
        "ready_notice" => ("underrättelse om utskrivningsklar", "ready notice"),
        "expected_discharge" => ("beräknad utskrivning", "expected discharge date"),
        "sip_called" => ("kallelse till SIP", "SIP called"),
        "care_contact" => ("fast vårdkontakt", "care contact"),
        "checklist" => ("hemgångsklar", "home-ready"),
        "waived" => ("behövs ej", "waived"),
        "withdrawn" => ("återtagen", "withdrawn"),
        "missing" => ("saknas", "missing"),
        "last_date" => ("senast", "no later than"),
        "municipality" => ("kommun", "municipality"),
        "placing_municipality" => ("placerande kommun", "placing municipality"),
        "district" => ("stadsdel", "district"),
        "municipal_needs" => ("behov av kommunen", "needs the municipality"),
        "compulsory_care" => ("tvångsvård", "compulsory care"),
        "compulsory_care_ended" => ("tvångsvården upphörde", "compulsory care ended"),
        "payer" => ("betalande enhet", "payer"),
        "care_form" => ("vårdform", "care form"),
        "judged_on" => ("bedöms efter", "judged on"),
        "date" => ("datum", "date"),
        "model" => ("modell", "model"),
        "rule" => ("regel", "rule"),
        "span_start" => ("början", "start"),
        "until" => ("till", "until"),
        "noon" => ("klockan 12", "noon"),
        "open_care_unavailable" => ("öppenvård saknas från", "open care missing from"),
        "open_care_available" => ("öppenvård finns från", "open care available from"),
        "retracted" => ("återtagen", "retracted"),
        "discharged" => ("utskriven", "discharged"),
        "aborted" => ("planeringen avbruten", "planning aborted"),
        "first_at" => ("första händelsen", "first event"),
        "last_at" => ("senaste händelsen", "latest event"),
        _ => return None,
    })
}

/// Names of numbers.
fn count(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "days" => ("dygn", "days"),
        "grace_days" => ("fristdagar", "grace days"),
        "amount" => ("kronor", "kronor"),
        "day_zero" => ("dag noll", "day zero"),
        "from" => ("från och med dygn", "from day"),
        "free" => ("fria dygn", "free days"),
        "other_patients" => ("andra patienter", "other patients"),
        "other_days" => ("deras dygn", "their days"),
        "threshold" => ("gräns", "threshold"),
        "charging" => ("debitering pågår", "charging goes on"),
        "charged_with" => (
            "dygn att betala med patienten",
            "days charged with this stay",
        ),
        "charged_without" => (
            "dygn att betala utan patienten",
            "days charged without this stay",
        ),
        "events" => ("händelser", "events"),
        _ => return None,
    })
}

fn input(input: &Input, lang: Lang) -> String {
    let mut text = name(&input.name, lang);
    if !input.value.is_empty() {
        text.push(' ');
        text.push_str(&value(&input.value, lang));
    }
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
        text if step.outcome == Outcome::Fails => format!("{outcome}, {}", value(text, lang)),
        text => value(text, lang),
    }
}

/// A value as people read it: a code in words, a moment in local time.
#[must_use]
pub fn value(text: &str, lang: Lang) -> String {
    if text.contains('T')
        && let Ok(at) = time::parse(text)
    {
        return format::moment(at);
    }
    if text.contains("..") {
        return ranges(text, lang);
    }
    let (sv, en) = match text {
        "true" => ("ja", "yes"),
        "false" => ("nej", "no"),
        "missing" => ("saknas", "missing"),
        "none" => ("inga", "none"),
        "late" => ("för sent", "too late"),
        "withdrawn" => ("återtagen", "withdrawn"),
        "by" => ("senast då", "by then"),
        "after" => ("efter", "after"),
        "held" => ("väntar", "held"),
        "span_start" => ("periodens början", "the span's start"),
        "span_end" => ("periodens slut", "the span's end"),
        "compulsory_care_not_ended" => (
            "tvångsvården har inte upphört",
            "compulsory care has not ended",
        ),
        "ended_before_start" => ("slutade innan den började", "ended before it began"),
        "not_a_party" => ("kommunen är inte part", "the payer is no party"),
        "not_in_force" => ("inte i kraft", "not in force"),
        "other_care_form" => ("annan vårdform", "another care form"),
        "other_dates" => ("andra datum", "other dates"),
        "agreement_binds" => ("avtalet går före", "the agreement goes first"),
        "in_average" => ("ja", "yes"),
        "municipality_missing" => ("kommun saknas", "municipality missing"),
        "district_missing" => ("stadsdel saknas", "district missing"),
        "district_unknown" => ("stadsdelen är okänd", "district unknown"),
        "somatic" => ("somatisk", "somatic"),
        "psychiatric" => ("psykiatrisk", "psychiatric"),
        other => return model_or_reason(other, lang).to_owned(),
    };
    lang.pick(sv, en).to_owned()
}

/// Dates as ranges `2019-03-07..2019-03-08`, joined by `, `; a side that is
/// left out has no limit.
fn ranges(text: &str, lang: Lang) -> String {
    let range = |part: &str| match part.split_once("..") {
        None => part.to_owned(),
        Some(("", "")) => lang.pick("hela tiden", "all the time").to_owned(),
        Some((from, "")) => lang.pick(format!("från {from}"), format!("from {from}")),
        Some(("", to)) => lang.pick(format!("till {to}"), format!("until {to}")),
        Some((from, to)) if from == to => from.to_owned(),
        Some((from, to)) => lang.pick(format!("{from} till {to}"), format!("{from} to {to}")),
    };
    text.split(", ").map(range).collect::<Vec<_>>().join(", ")
}

fn model_or_reason(code: &str, lang: Lang) -> &str {
    match code {
        "individual" => words::model(Model::Individual, lang),
        "average_excess" => words::model(Model::AverageExcess, lang),
        "average_trigger" => words::model(Model::AverageTrigger, lang),
        "fixed_share" => words::model(Model::FixedShare, lang),
        "manual" => words::model(Model::Manual, lang),
        other => words::exclusion_code(other, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{AgreementId, EventId};
    use crate::rules::trace::codes;

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
        let grace = made("grace", Outcome::Holds, "2019-03-07");
        assert_eq!(
            step(&grace, Lang::Sv),
            "Första dygn att betala efter fristen: 2019-03-07 (underrättelse om utskrivningsklar 2019-03-04 11:00, händelse M-4)"
        );
        let sip = made("precondition.sip_called", Outcome::Fails, "missing");
        assert!(step(&sip, Lang::En).starts_with("Precondition, SIP called: no, missing ("));
    }

    #[test]
    fn every_code_of_the_engine_has_words() {
        for code in codes::STEPS {
            assert_ne!(question(code, Lang::En), code);
            let fact = code.strip_prefix("precondition.");
            assert!(
                fact.is_none_or(|fact| name(fact, Lang::En) != fact),
                "{code}"
            );
        }
        for code in codes::REMEDIES {
            assert!(remedy_word(code, Lang::Sv) != code, "{code}");
        }
    }

    #[test]
    fn ranges_of_dates_read_as_people_say_them() {
        assert_eq!(value("2019-03-05..", Lang::Sv), "från 2019-03-05");
        assert_eq!(value("..", Lang::En), "all the time");
        assert_eq!(
            value("2019-03-07..2019-03-08, 2019-03-10..2019-03-10", Lang::En),
            "2019-03-07 to 2019-03-08, 2019-03-10"
        );
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_is() {
        let odd = made("lunar_phase", Outcome::Lost, "waxing");
        assert!(step(&odd, Lang::En).starts_with("lunar_phase: waxing ("));
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
