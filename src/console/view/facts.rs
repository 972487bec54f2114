//! The facts above a stay's parts.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, Piece, Tone};
use crate::{
    console::{names::Names, screen::stay::StayPage},
    desk::reply::{ShownIdentity, StayView},
    model::{money::Kronor, text::plain, time::Instant},
    rules::outlook::{Boundary, FlagClass, Outlook, State},
    text::{
        Lang,
        console::{self, Say},
        format, words,
    },
};

/// What the stay's countdown runs to.
pub fn ends_at(view: &StayView) -> Option<Instant> {
    let outlook = view.outlook.as_ref()?;
    let next = outlook.next_boundary.as_ref().map(|next| next.at);
    match outlook.state {
        State::Grace => outlook.liability_start.or(next),
        _ => next,
    }
}

/// Who, where it stands, where and since when, and what is missing.
pub fn draw(paint: &mut Paint, area: Rect, view: &StayView, page: &StayPage) {
    let x = area.x + 1;
    let width = area.width.saturating_sub(2);
    let identity = identity(paint.lang(), paint.state.names, view, page);
    paint.pieces(x, area.y, width, &identity);
    let place = place(paint.lang(), view, width);
    let Some(outlook) = &view.outlook else {
        paint.put(
            x,
            area.y + 1,
            width,
            Say::AdmissionAwaited.text(paint.lang()),
            Tone::Soon,
        );
        return;
    };
    let standing = whole(standing(paint, view, outlook), width);
    paint.pieces(x, area.y + 1, width, &standing);
    paint.put(x, area.y + 2, width, &place, Tone::Faint);
    let flags = flags(paint.lang(), outlook, width);
    paint.pieces(x, area.y + 3, width, &flags);
}

fn identity(lang: Lang, names: Names, view: &StayView, page: &StayPage) -> Vec<Piece<'static>> {
    let mut pieces: Vec<Piece> = vec![(
        format!("{}  ", plain(view.episode.as_str())).into(),
        Tone::Title,
    )];
    let hidden = view.patient.protected && page.revealed.is_none();
    let patient = page.revealed.as_ref().unwrap_or(&view.patient);
    if hidden {
        pieces.push((Say::Masked.text(lang).into(), Tone::Soon));
        return pieces;
    }
    // What was asked for by a reveal, and logged, is shown as it is.
    let names = page.revealed.as_ref().map_or(names, |_| Names::Whole);
    let open = ShownIdentity {
        protected: false,
        ..patient.clone()
    };
    pieces.push((names.name(&open, lang).into_owned().into(), Tone::Strong));
    if let Some(pnr) = patient.pnr.as_ref().filter(|_| names == Names::Whole) {
        pieces.push((format!("  {}", plain(pnr)).into(), Tone::Plain));
    }
    if view.patient.protected {
        let word = format!("  ({})", Say::Revealed.text(lang));
        pieces.push((word.into(), Tone::Soon));
    }
    pieces
}

/// State, countdown, liability, cost.
fn standing(paint: &Paint, view: &StayView, outlook: &Outlook) -> Vec<Piece<'static>> {
    let (lang, now) = (paint.lang(), paint.state.now);
    let end = view.stay.as_ref().and_then(|stay| stay.end.as_ref());
    let ended = end.is_some();
    let state = match end {
        Some(end) => format!("- {}", words::stay_ended(end, lang).to_uppercase()),
        None => console::state(outlook.state, lang).to_owned(),
    };
    let mut pieces: Vec<Piece> = vec![(format!("{state}  ").into(), Tone::of(outlook.state))];
    let end = ends_at(view);
    if let Some(end) = end {
        let next = outlook.next_boundary.as_ref().map(|next| next.what);
        let what = next.map_or("", |next| console::boundary(next, lang));
        let left = format::countdown(end - now);
        // The next day's boundary is less than a day away; a liability's date
        // is always told.
        let at = match next {
            Some(Boundary::Day) if (end - now).num_hours() < 24 => format::clock(end),
            _ => format::near_moment(end, lang),
        };
        pieces.push((format!("{left} → {what} {at}   ").into(), Tone::Strong));
    }
    let fact = |say: Say, value: String| -> Piece<'static> {
        (format!("{} {value}   ", say.text(lang)).into(), Tone::Plain)
    };
    if let Some(amount) = outlook.accrued.amount.filter(|it| *it > Kronor::ZERO) {
        pieces.push(fact(Say::Accrued, format::money(amount, lang)));
    }
    let stands = outlook.state != State::Blocked && !ended;
    if let Some(amount) = outlook.tomorrow.filter(|_| stands) {
        pieces.push(fact(Say::Tomorrow, format::money(amount, lang)));
    }
    if let Some(start) = outlook.liability_start.filter(|start| Some(*start) != end) {
        pieces.push(fact(Say::LiabilityFrom, format::near_moment(start, lang)));
    } else if let Some(start) = outlook.start_if_met_now {
        let text = format!(
            "{} {}",
            format::near_moment(start, lang),
            Say::IfMetNow.text(lang)
        );
        pieces.push(fact(Say::LiabilityFrom, text));
    }
    if let Some(lost) = outlook.lost_per_day {
        pieces.push(fact(Say::LostPerDay, format::money(lost, lang)));
    }
    pieces
}

/// The first parts that fit whole: half a date or amount misleads.
fn whole(pieces: Vec<Piece<'static>>, width: u16) -> Vec<Piece<'static>> {
    let mut taken = 0;
    let fits = |piece: &Piece| {
        let needed = taken + piece.0.trim_end().width();
        taken += piece.0.width();
        needed <= usize::from(width)
    };
    let mut kept: Vec<_> = pieces.into_iter().take_while(fits).collect();
    // What is cut is marked as cut, and blanks at the end are no loss.
    if let Some(last) = kept.last_mut() {
        last.0 = last.0.trim_end().to_owned().into();
    }
    kept
}

/// Payer, ready since, planned discharge, hospital and ward, admission,
/// agreement; what has no room at the end is left out.
fn place(lang: Lang, view: &StayView, width: u16) -> String {
    let mut parts = Vec::new();
    let outlook = view.outlook.as_ref();
    match outlook.and_then(|outlook| outlook.payer) {
        Some(payer) => parts.push(format::payer(payer)),
        None => parts.push(format!(
            "{} {}",
            Say::Payer.text(lang),
            Say::Unsettled.text(lang)
        )),
    }
    if let Some(since) = outlook.and_then(|outlook| outlook.ready_since) {
        let since = format::near_moment(since, lang);
        parts.push(format!(
            "{} {since}",
            Say::ReadySince.text(lang).to_lowercase()
        ));
    }
    if let Some(stay) = &view.stay {
        if let Some(planned) = stay.expected_discharge.last() {
            let date = format::short_day(planned.date, lang);
            parts.push(format!(
                "{} {date}",
                Say::PlannedFor.text(lang).to_lowercase()
            ));
        }
        let details = &stay.details;
        parts.push(plain(&details.ward).into_owned());
        parts.push(plain(&details.hospital).into_owned());
        let admitted = format::near_moment(stay.admitted.at, lang);
        parts.push(format!(
            "{} {admitted}",
            Say::Admitted.text(lang).to_lowercase()
        ));
    }
    if let Some(agreement) = outlook.and_then(|outlook| outlook.agreement.as_ref()) {
        parts.push(plain(agreement.as_str()).into_owned());
    }
    while parts.len() > 2 && parts.join(" · ").width() > usize::from(width) {
        parts.pop();
    }
    parts.join(" · ")
}

/// What is missing or late; what has no room is counted.
fn flags(lang: Lang, outlook: &Outlook, width: u16) -> Vec<Piece<'static>> {
    /// Columns of the count.
    const MORE: u16 = 4;
    let all: Vec<Piece> = outlook
        .flags
        .iter()
        .map(|flag| {
            let tone = match flag.class {
                FlagClass::Quality => Tone::Soon,
                _ => Tone::Stopped,
            };
            let mark = if tone == Tone::Stopped { "x " } else { "! " };
            let word = console::flag(flag.code, lang);
            (format!("{mark}{word}   ").into(), tone)
        })
        .collect();
    let count = all.len();
    let mut seen = whole(all.clone(), width);
    if seen.len() < count {
        seen = whole(all, width - MORE);
        seen.push((format!(" +{}", count - seen.len()).into(), Tone::Soon));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_kept_whole_or_left_out() {
        let pieces = |texts: &[&'static str]| -> Vec<Piece<'static>> {
            texts
                .iter()
                .map(|text| ((*text).into(), Tone::Plain))
                .collect()
        };
        let kept = |texts: &[&'static str], width| -> String {
            let kept = whole(pieces(texts), width);
            kept.iter().map(|piece| piece.0.as_ref()).collect()
        };
        let texts = ["x STOPPAD  ", "per väntedag 9 900 kr   "];
        assert_eq!(kept(&texts, 40), "x STOPPAD  per väntedag 9 900 kr");
        assert_eq!(kept(&texts, 32), "x STOPPAD  per väntedag 9 900 kr");
        assert_eq!(kept(&texts, 31), "x STOPPAD");
    }
}
