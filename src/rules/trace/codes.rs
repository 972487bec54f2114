//! The codes of steps and changes: stable, since the room `text` and other
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
/// `agreement/rule`. Of a line that no single stay decides: `payer`, `month`,
/// `model`.
pub const RULE_IN_FORCE: &str = "rule_in_force";
/// A rule that was looked at and does not judge it. Inputs `rule`
/// (`agreement/rule`, or the agreement alone), `model`, and for each care form
/// that it is for `care_form` and `dates`; result `not_a_party`,
/// `not_in_force`, `other_care_form`, `other_dates`, `start_goes_first` (the
/// rule in force goes by the span's start, and such a rule goes first) or
/// `agreement_binds` (the statute gives way to an agreement).
pub const RULE_LOST: &str = "rule_lost";
/// Whether the agreement charges at all: a suspension and its source.
pub const SUSPENDED: &str = "suspended";
/// The free days. Inputs `span_start`, `noon` (`by` or `after`),
/// `grace_days`, or `grace_weekdays` and the `days_off` that it passes over;
/// result the first date that can be charged.
pub const GRACE: &str = "grace";
/// Care that the region owes was missing. Inputs `open_care_unavailable`,
/// `open_care_available`, one pair for each time; result the touched dates.
pub const OPEN_CARE: &str = "open_care";
/// Dates charged so far, or in the `month` that is an input. Inputs `days`,
/// one `rate.YYYY` for each year, `amount`; result the dates, or `none`.
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
/// Whether the patient is of age, where the rule is for adults. Inputs `date`,
/// `birth_date` (the event that gave it, never the date); result `true` or
/// `false`.
pub const ADULT: &str = "adult";
/// How the span ended. Input `retracted`, `discharged` or `aborted` with its
/// moment; result the date.
pub const END: &str = "end";
/// Finance settles it by hand; result `manual`.
pub const MANUAL: &str = "manual";
/// No `admitted` has come yet: for stays that cannot be explained. Inputs
/// `events`, `first_at`, `last_at`.
pub const HELD: &str = "held";

/// What the stay gives to one month. Inputs `month`, `payer`, `model`,
/// `dates`, `days`, `charged`, `birth_date`; result `individual`, `in_average`,
/// `long_stay`, `discharged_free` (nothing to charge) or why it
/// is left out.
pub const MONTH_SHARE: &str = "month_share";

/// What a locked month holds of the stay. Inputs those of `month_share`, and
/// `amount` of the stay's own lines, `invoice` of the payer's month; result that
/// of `month_share`, or `nothing`.
pub const MONTH_LOCKED: &str = "month_locked";
/// What the stay would give to a locked month with all that is known now, where
/// that is something else; under the lock's own rules. Inputs and results as in
/// `month_locked`, without `invoice`.
pub const MONTH_NOW: &str = "month_now";
/// What was posted for a payer's locked month as a whole. Inputs `for_month`,
/// `payer`, the later `month` that posted it, `invoice` (the number of the
/// invoice or credit note), `credits` (the invoice that it credits); result
/// kronor, below zero for a credit note.
pub const POSTED: &str = "posted";
/// What is still to be posted for a payer's locked month as a whole. Inputs
/// `for_month`, `payer`, `month` (the payer's next close), `credits` for each
/// invoice that can be credited; result kronor, below zero for a credit note,
/// or `none` where no amount changes.
pub const TO_POST: &str = "to_post";

/// Of a month: the payer's average. Inputs `patients`, `days`, `rounding`;
/// result the days, or `none`.
pub const AVERAGE: &str = "average";
/// Of a month: the threshold. Where it is the county's own average also the
/// inputs `county_month`, `patients`, `days`, `rounding`, `frozen`; result the
/// days, or `unknown`.
pub const THRESHOLD: &str = "threshold";
/// Of a month: what lies above the threshold. Inputs `average`, `threshold`,
/// `patients`, `days`, `rounding`; result the days to charge, or `none`.
pub const EXCESS: &str = "excess";
/// Of a month: an earlier or this month's average. Inputs `month`, `patients`,
/// `days`, `average`, `threshold`; result `above` or `not_above`.
pub const TRACK_MONTH: &str = "track_month";
/// Of a month: whether averages have led to charges. Inputs `months_to_start`,
/// `months_to_end`, `times`; result `not_charging`, `starts` (from the next
/// month), `starts_retroactive`, `charging` or `ends` (with this month).
pub const TRACK: &str = "track";
/// Of a line: days charged. Inputs `days`, `from`, `free`; result the quantity.
pub const LINE_DAYS: &str = "line_days";
/// Of a line: the day rate. Inputs `year`, `source`; result the kronor.
pub const RATE: &str = "rate";
/// Of a line: inputs `quantity`, `rate`; result the amount.
pub const LINE_AMOUNT: &str = "line_amount";
/// Of a line: inputs `total`, `parts`, `rounding`; result the amount.
pub const FIXED_PART: &str = "fixed_part";
/// Of a line: inputs `reason`, `by`; result the amount.
pub const MANUAL_LINE: &str = "manual_line";
/// Of a settlement: inputs `actual`, `source`, `by`, `paid`; result the
/// difference, below zero where it is paid back.
pub const SETTLEMENT: &str = "settlement";
/// Of a settlement that is paid back: its part on one invoice, the latest
/// first. Inputs `for_month`, `invoice`; result kronor below zero.
pub const PAID_BACK: &str = "paid_back";
/// Of an adjustment: what was billed for a locked month. Inputs `for_month`,
/// `invoice` for each that bears some of it; result kronor.
pub const BILLED: &str = "billed";
/// Of an adjustment: what the month comes to with all that is known. Input
/// `for_month`; result kronor.
pub const DUE: &str = "due";
/// Of an adjustment: a line that differs. Inputs `stay`, `billed`, `due`, and
/// `recorded_later` for each event of the stay that came after the lock.
pub const CHANGED_LINE: &str = "changed_line";
/// Of an adjustment: inputs `due`, `billed`; result the difference.
pub const DIFFERENCE: &str = "difference";
/// Of a credit: the part of the difference that one invoice bears. Input
/// `invoice`; result kronor.
pub const CREDIT_PART: &str = "credit_part";
/// Of a line: this program computes another amount than was locked. Input
/// `computed`; result the line's amount.
pub const COMPUTED_OTHERWISE: &str = "computed_otherwise";

/// Action: nothing that is done now helps; `reason` tells why.
pub const NOTHING: &str = "nothing";
/// Action: all that the others name, done together.
pub const ALL: &str = "all";
/// Action: care that the region owes is there again.
pub const OPEN_CARE_AVAILABLE: &str = "open_care_available";
/// Action: a court ends compulsory care.
pub const COMPULSORY_CARE_ENDED: &str = "compulsory_care_ended";
/// Action: the ward sends the ready notice.
pub const READY_NOTICE: &str = "ready_notice";
/// Action: the registration is corrected; the event's item names the field.
pub const DETAILS_CHANGED: &str = "details_changed";
/// Action: the patient leaves at that moment.
pub const DISCHARGED: &str = "discharged";
/// Action: the ward takes the ready notice back.
pub const READY_RETRACTED: &str = "ready_retracted";

/// Action about a line: the stays of a month's average have so many days fewer.
pub const FEWER_DAYS: &str = "fewer_days";
/// Action about a line: its stay counts so many days fewer.
pub const SHORTER_STAY: &str = "shorter_stay";

/// Every code of a step, preconditions written out.
pub const STEPS: [&str; 45] = [
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
    MONTH_SHARE,
    MONTH_LOCKED,
    MONTH_NOW,
    POSTED,
    TO_POST,
    ADULT,
    AVERAGE,
    THRESHOLD,
    EXCESS,
    TRACK_MONTH,
    TRACK,
    LINE_DAYS,
    RATE,
    LINE_AMOUNT,
    FIXED_PART,
    MANUAL_LINE,
    SETTLEMENT,
    PAID_BACK,
    BILLED,
    DUE,
    CHANGED_LINE,
    DIFFERENCE,
    CREDIT_PART,
    COMPUTED_OTHERWISE,
];

/// Every action: a fact to be met, or one of the others above.
pub const ACTIONS: [&str; 13] = [
    "admission_notice",
    "expected_discharge",
    "sip_called",
    "care_contact",
    "checklist",
    OPEN_CARE_AVAILABLE,
    COMPULSORY_CARE_ENDED,
    READY_NOTICE,
    DETAILS_CHANGED,
    DISCHARGED,
    READY_RETRACTED,
    ALL,
    NOTHING,
];

/// Every reason for which an action has no effect.
pub const REASONS: [&str; 8] = [
    "others_missing",
    "too_late",
    "span_ended",
    "stay_ended",
    "minor",
    "fixed_share",
    "manual",
    "nothing_due",
];

/// Actions that only lines of figures tell.
pub const LINE_ACTIONS: [&str; 2] = [FEWER_DAYS, SHORTER_STAY];

/// Reasons for which nothing changes a line, beside [`REASONS`].
pub const LINE_REASONS: [&str; 7] = [
    "fixed_part",
    "settlement",
    "manual_line",
    "posted",
    "charging",
    "month_ended",
    "locked",
];

/// What a rule asks for: the code of its step, `precondition.` and the
/// fact's name. Inputs: the fact (`sip_called` …) with its moment, `waived`,
/// `withdrawn`, `missing` (an open point of the checklist, one input each),
/// `last_date`; result the dates on which it held (under an average `met`: it
/// asks only what stands at the discharge), or `missing`, `late`, `withdrawn`.
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
