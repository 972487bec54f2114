//! Words for duties.

use super::{Lang, ticks};
use crate::rules::outlook::DutyState;

/// A duty, from its code in an agreement.
#[must_use]
pub fn duty(code: &str, lang: Lang) -> &str {
    let (sv, en) = match code {
        "admission_notice" => ("Inskrivningsmeddelande", "Admission notice"),
        "reception" => ("Mottagande", "Notice taken in"),
        "expected_discharge" => ("Beräknad utskrivning", "Expected discharge date"),
        "care_contact" => ("Fast vårdkontakt", "Care contact"),
        "doctor_contact" => ("Fast läkarkontakt", "Doctor named"),
        "sip_offered" => ("SIP erbjuden", "SIP offered"),
        "sip_called" => ("Kallelse till SIP", "SIP called"),
        "sip_held" => ("SIP-möte", "SIP meeting"),
        "care_plan" => ("Samordnad vårdplan", "Care plan"),
        "acknowledgement" => ("Kvittens av meddelande", "Message acknowledged"),
        "discharge" => ("Utskrivning", "Discharge"),
        "discharge_hours" => ("Utskrivningstid", "Discharge hours"),
        "discharge_notice" => ("Utskrivningsmeddelande", "Discharge notice"),
        "follow_up" => ("Uppföljning", "Follow-up"),
        "svpl_meeting" => ("Planeringsmöte", "Planning meeting"),
        "joint_analysis" => ("Gemensam analys", "Joint analysis"),
        "rate_told" => ("Meddela dygnsbelopp", "Tell the day rate"),
        "outcome_report" => ("Rapport om utfall", "Outcome report"),
        "monthly_basis" => ("Månadsunderlag", "Monthly basis"),
        "written_routine" => ("Rutin vid driftstopp", "Outage routine"),
        other => return ticks::tick(other, lang),
    };
    lang.pick(sv, en)
}

/// Who has a duty, from its code in an agreement.
#[must_use]
pub fn party(code: &str, lang: Lang) -> &str {
    match code {
        "region" => lang.pick("regionen", "the region"),
        "together" => lang.pick("parterna gemensamt", "the parties together"),
        other => super::words::party_code(other, lang),
    }
}

/// Whether a duty is done.
#[must_use]
pub fn state(state: DutyState, late: bool, lang: Lang) -> &'static str {
    match (state, late) {
        (DutyState::Open, false) => lang.pick("öppen", "open"),
        (DutyState::Open, true) => lang.pick("försenad", "overdue"),
        (DutyState::Done, false) => lang.pick("gjord", "done"),
        (DutyState::Done, true) => lang.pick("gjord sent", "done late"),
        (DutyState::Reminder, _) => lang.pick("påminnelse", "reminder"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rulebook;

    /// Every code of the shipped agreements has words of its own.
    #[test]
    fn every_duty_that_is_shipped_has_words() {
        for region in ["01", "06", "13", "17", "23"] {
            let rulebook = Rulebook::shipped(region.parse().unwrap());
            for agreement in rulebook.binding() {
                let duties = agreement.duties.iter().map(|it| it.code.name());
                let routines = agreement.routines.iter().map(|it| it.code.name());
                for code in duties.chain(routines) {
                    for lang in [Lang::Sv, Lang::En] {
                        assert_ne!(duty(code, lang), code, "{code}");
                    }
                }
                for routine in &agreement.routines {
                    let code = routine.party.name();
                    assert_ne!(party(code, Lang::Sv), code);
                }
            }
        }
    }
}
