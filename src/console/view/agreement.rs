//! One agreement: who is bound and until when, and its rules as a tree.

use ratatui::layout::{Position, Rect};

use super::{
    Draw,
    agreements::standing,
    paint::{Paint, Piece, Tone},
    rules::rule_lines,
};
use crate::{
    console::{layout, screen::agreement::AgreementPage},
    model::{place::PayerCode, text::plain, time},
    text::{
        console::{self, Say},
        errors,
    },
};

impl Draw for AgreementPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        let (facts, tree) = layout::agreement(area);
        head(paint, facts, self);
        let lines = rule_lines(self, paint.lang(), tree.width);
        let lines = lines.iter().skip(self.place.top);
        for ((text, tone), y) in lines.zip(tree.top()..tree.bottom()) {
            paint.put(tree.x + 1, y, tree.width.saturating_sub(2), text, *tone);
        }
    }

    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        let lang = paint.lang();
        let body = paint
            .state
            .frame()
            .map(|frame| layout::agreement(frame.body).1)?;
        let len = rule_lines(self, lang, body.width).len();
        let last = (self.place.top + body.height as usize).min(len);
        let said = console::position(last, len, lang);
        paint.put_end(area.x, area.y, area.width, &said, Tone::Faint);
        None
    }
}

fn head(paint: &mut Paint, area: Rect, page: &AgreementPage) {
    let lang = paint.lang();
    let (x, width) = (area.x + 1, area.width.saturating_sub(2));
    paint.put(x, area.y, width, &plain(&page.id), Tone::Title);
    let Some(text) = &page.view else {
        let (said, tone) = match &page.error {
            Some(error) => (errors::error(error, lang), Tone::Soon),
            None => (Say::Reading.text(lang).to_owned(), Tone::Faint),
        };
        let below = layout::cut_top(area, 1).1;
        paint.paragraph(Rect { x, width, ..below }, &said, tone);
        return;
    };
    let view = &text.view;
    let today = time::local_date(paint.state.now);
    let mut first: Vec<Piece> = vec![
        (format!("{}  ", plain(&page.id)).into(), Tone::Title),
        (
            format!("{}  ", console::holds(view.from, view.until, lang)).into(),
            Tone::Plain,
        ),
    ];
    first.extend(standing(view, today, lang));
    paint.pieces(x, area.y, width, &first);
    paint.put(x, area.y + 1, width, &plain(&view.name), Tone::Strong);
    let kept = if view.adopted {
        Say::Adopted
    } else {
        Say::Shipped
    };
    let bound = match view.parties.as_slice() {
        [] => Say::BindsAll.text(lang).to_owned(),
        parties => {
            let names: Vec<_> = parties.iter().map(PayerCode::name).collect();
            format!(
                "{}: {}",
                console::payers(parties.len(), lang),
                names.join(", ")
            )
        }
    };
    let third = format!("{} · {bound}", kept.text(lang));
    paint.put(x, area.y + 2, width, &third, Tone::Faint);
    paint.underline(Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    });
}
