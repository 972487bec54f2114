//! The agreements in force, and the day rates below them.

use ratatui::layout::{Position, Rect};

use super::{
    Draw,
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{
        layout,
        screen::agreements::{AgreementsPage, Part},
    },
    desk::reply::{AgreementView, RateView},
    model::{
        text::{pad, pad_start, plain},
        time,
    },
    text::{
        Lang,
        console::{self, Say},
        errors,
    },
};

/// Columns of an agreement's id.
const ID: usize = 17;
/// Columns of the dates between which it holds.
const DATES: usize = 22;
/// Width below which where an agreement stands is cut off in its line.
const NARROW: u16 = 76;

impl Draw for AgreementsPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        let lang = paint.lang();
        let areas = layout::agreements(area, self.lines());
        let front = self.part == Part::Agreements;
        title(paint, areas.title, Say::Agreements, front);
        if let Some(error) = &self.error {
            paint.paragraph(areas.agreements, &errors::error(error, lang), Tone::Soon);
            return;
        }
        let today = time::local_date(paint.state.now);
        let agreements = self.agreements.iter().flatten();
        let lines = agreements.map(|view| agreement_line(view, today, lang));
        let place = self.places[Part::Agreements as usize];
        list(paint, areas.agreements, place, front, lines, Say::Reading);
        let front = !front;
        title(paint, areas.rates_title, Say::Rates, front);
        let rates = self.rates.iter().flatten();
        let lines = rates.map(|rate| rate_line(rate, lang));
        let place = self.places[Part::Rates as usize];
        list(paint, areas.rates, place, front, lines, Say::Reading);
    }

    /// What a narrow window cuts off the selected line.
    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        let lang = paint.lang();
        let said = match (self.agreement(), self.rate()) {
            (Some(view), _) => {
                let today = time::local_date(paint.state.now);
                let standing = standing(view, today, lang).into_iter();
                // Its line has room for it unless the window is narrow.
                let standing = standing
                    .map(|piece| piece.0.trim_end().to_owned())
                    .filter(|_| area.width < NARROW);
                let rest = [origin(view, lang), plain(&view.name).into_owned()];
                standing.chain(rest).collect::<Vec<_>>().join(" · ")
            }
            (None, Some(rate)) => plain(&rate.source).into_owned(),
            (None, None) => return None,
        };
        paint.put(area.x, area.y, area.width, &said, Tone::Faint);
        None
    }
}

fn title(paint: &mut Paint, area: Rect, say: Say, front: bool) {
    paint.underline(area);
    let (mark, tone) = if front {
        ("▸", Tone::Title)
    } else {
        (" ", Tone::Strong)
    };
    let text = format!("{mark}{}", say.text(paint.lang()));
    paint.put(area.x, area.y, area.width, &text, tone);
}

fn agreement_line(
    view: &AgreementView,
    today: chrono::NaiveDate,
    lang: Lang,
) -> Vec<Piece<'static>> {
    let mut pieces: Vec<Piece> = vec![
        (
            format!("{} ", pad(&plain(view.id.as_str()), ID - 1)).into(),
            Tone::Strong,
        ),
        (
            pad(&console::holds(view.from, view.until, lang), DATES).into(),
            Tone::Plain,
        ),
    ];
    pieces.extend(standing(view, today, lang));
    let rest = format!("{} · {}", origin(view, lang), plain(&view.name));
    pieces.push((rest.into(), Tone::Faint));
    pieces
}

/// Whom an agreement binds, and where its file comes from.
fn origin(view: &AgreementView, lang: Lang) -> String {
    let bound = match view.parties.as_slice() {
        [] => Say::BindsAll.text(lang).to_owned(),
        parties => console::payers(parties.len(), lang),
    };
    let kept = if view.adopted {
        Say::Adopted
    } else {
        Say::Shipped
    };
    format!("{bound} · {}", kept.text(lang))
}

/// What one must know of an agreement before one trusts it: suspended, its
/// confirmation past. Told in words, the gravest first.
pub(super) fn standing(
    view: &AgreementView,
    today: chrono::NaiveDate,
    lang: Lang,
) -> Vec<Piece<'static>> {
    let mut pieces: Vec<Piece> = Vec::new();
    if let Some(one) = view.suspended.iter().find(|one| one.covers(today)) {
        let said = console::suspended(one.from, one.until, lang);
        pieces.push((format!("! {said}  ").into(), Tone::Alarm));
    }
    if let Some(until) = view.confirmed_until {
        let (said, tone) = if until < today {
            (
                format!("! {}  ", console::confirmation_past(until, lang)),
                Tone::Soon,
            )
        } else {
            (format!("{}  ", console::confirmed(until, lang)), Tone::Good)
        };
        pieces.push((said.into(), tone));
    }
    pieces
}

fn rate_line(rate: &RateView, lang: Lang) -> Vec<Piece<'static>> {
    let (word, tone) = if rate.confirmed {
        (Say::RateConfirmed, Tone::Good)
    } else {
        (Say::RateWaits, Tone::Soon)
    };
    let amount = console::kronor(rate.amount, lang);
    vec![
        (
            format!("{}  {}  ", rate.year, pad_start(&amount, 12)).into(),
            Tone::Strong,
        ),
        (pad(word.text(lang), 24).into(), tone),
        (format!(" {}", plain(&rate.source)).into(), Tone::Faint),
    ]
}
