//! What would happen if what is missing were done at a moment: the fact is
//! put into a copy of the stay and the copy judged, so that a promise is
//! always the engine's own answer. It is put after everything else of that
//! moment, as one who does it now would.

use crate::{
    model::{
        event::Recipients,
        ids::EventId,
        place::PayerCode,
        stay::{
            AdmissionNotice, CareContact, ChecklistMark, ExpectedDischarge, ReadySpan, SipCall,
            SpanEnd, SpanEnding, Stamp, Stay, StayEnd,
        },
        time::{Instant, local_date, start_of},
    },
    rules::{
        Rulebook, SpanJudgement,
        agreement::{Agreement, Fact},
        judge::judge_for,
        trace::codes,
    },
};

/// What can be done about a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Deed {
    /// A precondition is met.
    Meet(Fact),
    /// Open care is there again.
    OpenCareBack,
    /// A court ends compulsory care.
    CompulsoryCareEnds,
    /// The ward sends the ready notice.
    ReadyNotice,
    /// It turns out that the municipality is needed.
    MunicipalNeeds,
    /// The span ends: the patient leaves, or the ward takes the notice back.
    End(SpanEnding),
}

impl Deed {
    /// Its code among actions: what to do.
    pub fn code(self) -> &'static str {
        match self {
            Self::Meet(fact) => fact.name(),
            Self::OpenCareBack => codes::OPEN_CARE_AVAILABLE,
            Self::CompulsoryCareEnds => codes::COMPULSORY_CARE_ENDED,
            Self::ReadyNotice => codes::READY_NOTICE,
            Self::MunicipalNeeds => codes::DETAILS_CHANGED,
            Self::End(SpanEnding::Retracted) => codes::READY_RETRACTED,
            Self::End(_) => codes::DISCHARGED,
        }
    }
}

/// What stands in the way now and can be done.
pub(in crate::rules) fn wanting(judgement: &SpanJudgement<'_>) -> Vec<Deed> {
    let unmet = judgement.conditions.iter().filter(|it| !it.stands);
    let mut deeds: Vec<_> = unmet.map(|it| Deed::Meet(it.precondition.fact)).collect();
    if judgement.open_care_blocks() {
        deeds.push(Deed::OpenCareBack);
    }
    deeds
}

/// What something supposed to happen at `at` bears as its event.
fn stamp(at: Instant) -> Option<Stamp> {
    let event = EventId::new("supposed").ok()?;
    Some(Stamp { at, event })
}

/// The open `span` as a discharge at `at` would leave it.
pub(in crate::rules) fn ended(span: &ReadySpan, at: Instant) -> Option<ReadySpan> {
    let end = SpanEnd {
        stamp: stamp(at)?,
        how: SpanEnding::Discharged,
    };
    Some(ReadySpan {
        end: Some(end),
        ..span.clone()
    })
}

/// The stay, not ready so far, with a ready notice sent at `at`.
pub(in crate::rules) fn noticed(stay: &Stay, at: Instant) -> Option<Stay> {
    let notice = stamp(at)?;
    let mut copy = stay.clone();
    copy.spans.push(ReadySpan {
        start: Some(notice.clone()),
        notice,
        end: None,
    });
    Some(copy)
}

/// Does `deeds` at `at`, in their order, in a copy. `agreement` tells the
/// items of the checklist.
pub(in crate::rules) fn suppose(
    stay: &Stay,
    agreement: &Agreement,
    deeds: &[Deed],
    at: Instant,
) -> Option<Stay> {
    let checklist = agreement.checklist.iter().flat_map(|point| &point.ticks);
    let stamp = stamp(at)?;
    let mut copy = stay.clone();
    for deed in deeds {
        match deed {
            Deed::Meet(Fact::Checklist) => tick(&mut copy, checklist.clone(), &stamp),
            Deed::Meet(fact) => meet(&mut copy, *fact, stamp.clone()),
            Deed::OpenCareBack => {
                if let Some(gap) = copy.open_care_gaps.last_mut() {
                    gap.until.get_or_insert_with(|| stamp.clone());
                }
            }
            Deed::CompulsoryCareEnds => {
                copy.compulsory_care_ended
                    .get_or_insert_with(|| stamp.clone());
                if let Some(span) = copy.spans.last_mut() {
                    span.start.get_or_insert_with(|| stamp.clone());
                }
            }
            Deed::ReadyNotice => be_ready(&mut copy, &stamp),
            Deed::MunicipalNeeds => copy.details.municipal_needs = true,
            Deed::End(how) => end(&mut copy, *how, &stamp),
        }
    }
    Some(copy)
}

/// As the fold does it: a span that a court must let begin has no start yet.
fn be_ready(copy: &mut Stay, stamp: &Stamp) {
    if copy.open_span().is_some() {
        return;
    }
    let awaited = copy.details.compulsory_care.is_some() && copy.compulsory_care_ended.is_none();
    copy.spans.push(ReadySpan {
        notice: stamp.clone(),
        start: (!awaited).then(|| stamp.clone()),
        end: None,
    });
}

fn end(copy: &mut Stay, how: SpanEnding, stamp: &Stamp) {
    if let Some(span) = copy.spans.last_mut().filter(|span| span.end.is_none()) {
        span.end = Some(SpanEnd {
            stamp: stamp.clone(),
            how,
        });
    }
    if how != SpanEnding::Retracted {
        copy.end = Some(StayEnd {
            stamp: stamp.clone(),
            discharged: how == SpanEnding::Discharged,
        });
    }
}

fn tick<'a>(copy: &mut Stay, items: impl Iterator<Item = &'a String>, stamp: &Stamp) {
    for item in items {
        if copy.done(item).is_none() {
            copy.checklist.push(ChecklistMark {
                stamp: stamp.clone(),
                item: item.clone(),
                done: true,
            });
        }
    }
}

fn meet(copy: &mut Stay, fact: Fact, stamp: Stamp) {
    match fact {
        Fact::AdmissionNotice => copy.admission_notices.push(AdmissionNotice {
            stamp,
            to: Recipients {
                municipality: true,
                open_care: true,
            },
            need_seen_at: None,
        }),
        Fact::ExpectedDischarge => copy.expected_discharge.push(ExpectedDischarge {
            date: local_date(stamp.at),
            stamp,
        }),
        Fact::CareContact => copy.care_contacts.push(CareContact {
            stamp,
            name: String::new(),
            unit: String::new(),
        }),
        Fact::SipCalled => copy.sip_calls.push(SipCall {
            called: stamp,
            meeting_at: None,
            withdrawn: None,
        }),
        // Every span has the one; the other is ticked above.
        Fact::ReadyNotice | Fact::Checklist => {}
    }
}

/// When liability would start for the open span if `deeds` were done at `at`:
/// the first chargeable date from that moment's own on. None where it would
/// not start by itself.
pub(in crate::rules) fn start_if(
    stay: &Stay,
    payer: PayerCode,
    agreement: &Agreement,
    deeds: &[Deed],
    at: Instant,
    rulebook: &Rulebook,
) -> Option<Instant> {
    let today = local_date(at);
    let copy = suppose(stay, agreement, deeds, at)?;
    let span = copy.open_span()?;
    let judgement = judge_for(payer, &copy, span, rulebook, today)?;
    judgement.next_chargeable(today).map(start_of)
}
