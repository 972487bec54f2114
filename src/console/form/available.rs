//! Which actions make sense now; a disabled one says why.

use crate::{
    desk::reply::{EventView, StayView},
    model::{event::Kind, ids::EventId, stay::Stay},
    text::console::Say,
};

/// Whether an event of this kind makes sense for the stay now.
///
/// # Errors
/// Why not.
pub fn can_record(kind: Kind, view: &StayView) -> Result<(), Say> {
    // Corrections and remarks are of use even before the admission comes.
    if matches!(kind, Kind::Note | Kind::DetailsChanged) {
        return Ok(());
    }
    let stay = view.stay.as_ref().ok_or(Say::WhyNoStay)?;
    if !stay.is_open() && !after_the_end(kind) {
        return Err(Say::WhyEnded);
    }
    let reason = match kind {
        Kind::ReadyNotice => stay.open_span().is_some().then_some(Say::WhySpanOpen),
        Kind::ReadyRetracted => stay.open_span().is_none().then_some(Say::WhyNoSpan),
        Kind::SipCalled => stay.standing_sip_call().is_some().then_some(Say::WhyCalled),
        Kind::SipCallWithdrawn => stay.standing_sip_call().is_none().then_some(Say::WhyNoCall),
        Kind::SipWaived => stay.sip_waived.is_some().then_some(Say::WhyWaived),
        Kind::SipHeld => stay.sip_held.is_some().then_some(Say::WhyDoneAlready),
        Kind::CareContactWaived => stay.care_contact_waived.is_some().then_some(Say::WhyWaived),
        Kind::Checklist => view.checklist.is_empty().then_some(Say::WhyNoChecklist),
        Kind::OpenCareUnavailable => gap_open(stay).then_some(Say::WhyGapOpen),
        Kind::OpenCareAvailable => (!gap_open(stay)).then_some(Say::WhyNoGap),
        Kind::CompulsoryCareEnded => compulsory(stay),
        Kind::DischargeNotice => stay
            .discharge_notice
            .is_some()
            .then_some(Say::WhyDoneAlready),
        Kind::FollowedUp => stay.followed_up.is_some().then_some(Say::WhyDoneAlready),
        Kind::Acknowledged => open_messages(stay).is_empty().then_some(Say::WhyNoMessage),
        _ => None,
    };
    reason.map_or(Ok(()), Err)
}

/// What still counts once a stay has ended.
fn after_the_end(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Acknowledged | Kind::FollowedUp | Kind::DischargeNotice | Kind::SipHeld
    )
}

fn gap_open(stay: &Stay) -> bool {
    stay.open_care_gaps
        .last()
        .is_some_and(|gap| gap.until.is_none())
}

fn compulsory(stay: &Stay) -> Option<Say> {
    if stay.details.compulsory_care.is_none() {
        Some(Say::WhyNotCompulsory)
    } else {
        stay.compulsory_care_ended
            .is_some()
            .then_some(Say::WhyDoneAlready)
    }
}

/// The messages that nobody has confirmed yet, newest first.
#[must_use]
pub fn open_messages(stay: &Stay) -> Vec<(&EventId, Kind)> {
    let confirmed = |id: &EventId| stay.acknowledgements.iter().any(|ack| &ack.message == id);
    let open = stay.messages.iter().rev();
    open.filter(|message| !confirmed(&message.stamp.event))
        .map(|message| (&message.stamp.event, message.kind))
        .collect()
}

/// Whether an event can be taken back.
///
/// # Errors
/// Why not.
pub fn can_void(event: Option<&EventView>) -> Result<&EventView, Say> {
    let event = event.ok_or(Say::WhyPickEvent)?;
    if event.kind == Kind::Void {
        return Err(Say::WhyVoid);
    }
    if event.voided.is_some() {
        return Err(Say::WhyVoided);
    }
    Ok(event)
}

/// Whether an event can be taken back and recorded anew with other fields.
///
/// # Errors
/// Why not: an identity is masked in what the console was shown, so it could
/// not be written back whole.
pub fn can_correct(event: Option<&EventView>) -> Result<&EventView, Say> {
    let event = can_void(event)?;
    if event.kind == Kind::Admitted || event.json.get("patient").is_some() {
        return Err(Say::WhyIdentity);
    }
    Ok(event)
}
