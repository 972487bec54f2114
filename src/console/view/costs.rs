//! A stay's cost as a chart: a bar for each date, so far and ahead.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{
        layout::{self, COST_WORDS},
        screen::stay::{Pane, StayPage},
    },
    desk::reply::StayView,
    model::{
        money::Kronor,
        text::{pad, pad_start},
        time,
    },
    rules::outlook::{Costs, DayCost, State},
    text::{
        Lang,
        console::{self, Say},
        format,
    },
};

/// The longest bar.
const LONGEST: u16 = 30;
/// Columns of a row beside its bar: date, amount, sum.
const BESIDE: u16 = 47;

/// The dates of the chart; whether each lies ahead.
pub fn days(costs: &Costs) -> impl Iterator<Item = (&DayCost, bool)> {
    let past = costs.so_far.iter().map(|day| (day, false));
    past.chain(costs.ahead.iter().map(|day| (day, true)))
}

/// Draws words and chart.
pub fn draw(paint: &mut Paint, area: Rect, view: &StayView, page: &StayPage) {
    let lang = paint.lang();
    let (words, _) = layout::cut_top(area, COST_WORDS);
    for (line, (text, tone)) in (0..).zip(said(view, lang)) {
        if line < words.height {
            let width = area.width.saturating_sub(2);
            paint.put(area.x + 1, words.y + line, width, &text, tone);
        }
    }
    let rows = layout::cost_rows(area);
    let today = time::local_date(paint.state.now);
    let place = page.places[Pane::Costs as usize];
    let lines = chart(&view.costs, today, lang, rows.width);
    // No line is selected: a reversed bar would look like its opposite.
    list(paint, rows, place, false, lines.into_iter(), Say::NoCost);
}

/// The numbers in words, and why there may be none.
fn said(view: &StayView, lang: Lang) -> Vec<(String, Tone)> {
    let Some(outlook) = &view.outlook else {
        return vec![(Say::AdmissionAwaited.text(lang).to_owned(), Tone::Soon)];
    };
    let accrued = &outlook.accrued;
    let so_far = console::cost_so_far(accrued.amount, accrued.days, lang);
    let mut lines = vec![(so_far, Tone::Strong)];
    if !view.costs.ahead.is_empty() {
        let ahead = console::cost_ahead(outlook.tomorrow, view.costs.in_a_week, lang);
        lines.extend(ahead.map(|line| (line, Tone::Plain)));
    }
    let by_average = view.costs.so_far.is_empty() && outlook.liability_start.is_none();
    match outlook.state {
        State::Blocked => lines.push((Say::BlockedNoCost.text(lang).to_owned(), Tone::Stopped)),
        State::Liable | State::Grace if by_average => {
            lines.push((Say::AverageNoDays.text(lang).to_owned(), Tone::Faint));
        }
        _ => {}
    }
    lines
}

/// A row for each date: bar, amount, and the sum from the first one on.
fn chart(costs: &Costs, today: NaiveDate, lang: Lang, width: u16) -> Vec<Vec<Piece<'static>>> {
    let room = usize::from(width.saturating_sub(BESIDE).clamp(4, LONGEST));
    let amounts = || days(costs).filter_map(|(day, _)| day.amount);
    let most = amounts().max().unwrap_or(Kronor::ZERO);
    let mut sum = Some(Kronor::ZERO);
    days(costs)
        .map(|(day, ahead)| {
            sum = sum.zip(day.amount).map(|(sum, more)| sum + more);
            let date = if day.date == today {
                Say::Today.text(lang).to_owned()
            } else {
                format::short_day(day.date, lang)
            };
            let (fill, tone) = if ahead {
                ("░", Tone::Soon)
            } else {
                ("█", Tone::Alarm)
            };
            let bar = fill.repeat(length(day.amount, most, room));
            let amount = console::amount_or_unknown(day.amount, lang);
            let total = console::amount_or_unknown(sum, lang);
            vec![
                (pad(&date, 15).into(), Tone::Plain),
                (pad(&bar, room).into(), tone),
                (pad_start(&amount, 13).into(), Tone::Strong),
                (format!("  Σ {}", pad_start(&total, 13)).into(), Tone::Faint),
            ]
        })
        .collect()
}

/// Columns of a bar; an amount above zero has at least one.
fn length(amount: Option<Kronor>, most: Kronor, room: usize) -> usize {
    let amount = amount.unwrap_or(Kronor::ZERO);
    if amount <= Kronor::ZERO || most <= Kronor::ZERO {
        return 0;
    }
    // The longest bar that is not longer than its share, without division of
    // money: twenty comparisons at most.
    (1..=room)
        .rev()
        .find(|columns| times(most, *columns) <= times(amount, room))
        .unwrap_or(1)
}

fn times(amount: Kronor, count: usize) -> Kronor {
    std::iter::repeat_n(amount, count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_amount_and_none_is_lost() {
        let kronor = |text: &str| text.parse::<Kronor>().unwrap();
        let most = kronor("9400");
        let of = |text: &str| length(Some(kronor(text)), most, 20);
        assert_eq!((of("9400"), of("4700"), of("1"), of("0")), (20, 10, 1, 0));
        assert_eq!(of("-9400"), 0);
        assert_eq!(length(None, most, 20), 0);
        assert_eq!(length(Some(most), Kronor::ZERO, 20), 0);
    }
}
