//! The codes of steps and remedies: stable, since the room `text` and other
//! programs put them in words. Each step's inputs are named beside its code.
//!
//! Values are text: moments RFC 3339 with Sweden's offset, dates ISO 8601,
//! several dates as ranges `2019-03-07..2019-03-08` joined by `, ` (a range
//! without an end, `2019-03-05..`, goes on), numbers as decimals, all else as
//! codes.

use crate::rules::agreement::Fact;

/// Who pays. Inputs `municipality`, `placing_municipality`, `district`;
/// result the payer, or why it is unsettled.
pub const PAYER: &str = "payer";
/// Whether the municipality is needed afterwards. Input and result
/// `municipal_needs`: `true` or `false`.
pub const MUNICIPAL_NEEDS: &str = "municipal_needs";
/// Where the span starts. Inputs `ready_notice`, `compulsory_care`,
/// `compulsory_care_ended`; result the moment, or
/// `compulsory_care_not_ended`, or `ended_before_start`.
pub const SPAN_START: &str = "span_start";
/// The rule that judges the span. Inputs `payer`, `care_form`, `judged_on`
/// (`span_start` or `span_end`), `date`, `model`; result
/// `agreement/rule`.
pub const RULE_IN_FORCE: &str = "rule_in_force";
/// A rule that was looked at and does not judge it. Input `rule`
/// (`agreement/rule`, or the agreement alone); result `not_a_party`,
/// `not_in_force`, `other_care_form`, `other_dates`, `start_goes_first` (the
/// rule in force goes by the span's start, and such a rule goes first) or
/// `agreement_binds` (the statute gives way to an agreement).
pub const RULE_LOST: &str = "rule_lost";
/// Whether the agreement charges at all: a suspension and its source.
pub const SUSPENDED: &str = "suspended";
/// What a rule asks for; the code goes on with the fact's name. Inputs: the
/// fact (`sip_called` …) with its moment, `waived`, `withdrawn`, `missing`
/// (an open point of the checklist, one input each), `last_date`; result the
/// dates on which it held, or `missing`, `late`, `withdrawn`.
pub const PRECONDITION: &str = "precondition";
/// The free days. Inputs `span_start`, `noon` (`by` or `after`),
/// `grace_days`, or `grace_weekdays` and the `days_off` that it passes over;
/// result the first date that can be charged.
pub const GRACE: &str = "grace";
/// Care that the region owes was missing. Inputs `open_care_unavailable`,
/// `open_care_available`, one pair for each time; result the touched dates.
pub const OPEN_CARE: &str = "open_care";
/// Dates charged so far. Inputs `days`, one `rate.YYYY` for each year,
/// `amount`; result the dates, or `none`.
pub const CHARGEABLE_DATES: &str = "chargeable_dates";
/// Days that an average counts, up to the end or now. Inputs `span_start`,
/// `day_zero`, `until`; result the days.
pub const DAY_COUNT: &str = "day_count";
/// Whether the stay is charged by itself. Inputs `days`, `from`, `free`;
/// result the days charged.
pub const LONG_STAY: &str = "long_stay";
/// Whether the stay is in its payer's average. Inputs `days`,
/// `other_patients`, `other_days`, `threshold`, `charging`, `charged_with`,
/// `charged_without` (days charged for the payer's month with and without the
/// stay); result `in_average`, `counted_as_zero` (something is unmet, and the
/// rule counts such with no days), or why it is left out.
pub const AVERAGE_MEMBER: &str = "average_member";
/// How the span ended. Input `retracted`, `discharged` or `aborted` with its
/// moment; result the date.
pub const END: &str = "end";
/// Finance settles it by hand; result `manual`.
pub const MANUAL: &str = "manual";
/// No `admitted` has come yet: for stays that cannot be explained. Inputs
/// `events`, `first_at`, `last_at`.
pub const HELD: &str = "held";

/// Remedy: nothing that is done now helps this span.
pub const TOO_LATE: &str = "too_late";
/// Remedy: all that the other remedies name, done together.
pub const ALL: &str = "all";
/// Remedy: care that the region owes is there again.
pub const OPEN_CARE_AVAILABLE: &str = "open_care_available";
/// Remedy: a court ends compulsory care.
pub const COMPULSORY_CARE_ENDED: &str = "compulsory_care_ended";

/// Every code of a step, preconditions written out.
pub const STEPS: [&str; 21] = [
    PAYER,
    MUNICIPAL_NEEDS,
    SPAN_START,
    RULE_IN_FORCE,
    RULE_LOST,
    SUSPENDED,
    precondition(Fact::AdmissionNotice),
    precondition(Fact::ReadyNotice),
    precondition(Fact::ExpectedDischarge),
    precondition(Fact::SipCalled),
    precondition(Fact::CareContact),
    precondition(Fact::Checklist),
    GRACE,
    OPEN_CARE,
    CHARGEABLE_DATES,
    DAY_COUNT,
    LONG_STAY,
    AVERAGE_MEMBER,
    END,
    MANUAL,
    HELD,
];

/// Every code of a remedy: a fact to be met, or one of the four above.
pub const REMEDIES: [&str; 9] = [
    "admission_notice",
    "expected_discharge",
    "sip_called",
    "care_contact",
    "checklist",
    OPEN_CARE_AVAILABLE,
    COMPULSORY_CARE_ENDED,
    ALL,
    TOO_LATE,
];

/// The code of a precondition's step.
#[must_use]
pub const fn precondition(fact: Fact) -> &'static str {
    match fact {
        Fact::AdmissionNotice => "precondition.admission_notice",
        Fact::ReadyNotice => "precondition.ready_notice",
        Fact::ExpectedDischarge => "precondition.expected_discharge",
        Fact::SipCalled => "precondition.sip_called",
        Fact::CareContact => "precondition.care_contact",
        Fact::Checklist => "precondition.checklist",
    }
}
