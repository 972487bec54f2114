//! Jämtland Härjedalen, from 2018-03-01: averages over three months that turn
//! charges by the stay on and off.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    figures::{Entry, Figures, entry, moved, named, rate},
    manual,
    stay::{Span, Stay, YearMonth, discharged_in, month_of, plus, ymd},
};

const AGREEMENT: &str = "jamtland-2018";
const FIRST: YearMonth = (2018, 3);
const ITEMS: [&str; 5] = [
    "self_care",
    "written_information",
    "information_transfer",
    "aids",
    "medication",
];

/// The main track, or that of psychiatric care in 2018.
#[derive(Clone, Copy, PartialEq)]
struct Track {
    psychiatric: bool,
    above: i64,
    /// Stays with so many days are charged.
    charged_at: i64,
    /// For their days less these.
    free: i64,
}

const MAIN: Track = Track {
    psychiatric: false,
    above: 3,
    charged_at: 4,
    free: 3,
};
const PSYCHIATRIC: Track = Track {
    psychiatric: true,
    above: 30,
    charged_at: 30,
    free: 29,
};

fn days(stay: &Stay, span: &Span, discharge: NaiveDate) -> Option<i64> {
    let ready = stay.home_ready(&ITEMS)?;
    let mut zero = span.start_date();
    if !Stay::before_noon(span.start) {
        zero = plus(zero, 1);
    }
    let home = fristdag::model::time::local_date(ready);
    Some(stay.dates(zero.max(home), discharge))
}

/// A stay that left, and its days where it was ready for home.
struct Left<'a> {
    stay: &'a Stay,
    date: NaiveDate,
    days: Option<i64>,
}

/// Every stay of a payer on a track that ever left.
fn left<'a>(stays: &[&'a Stay], track: Track) -> Vec<Left<'a>> {
    let mut found = Vec::new();
    for stay in stays {
        let Some((span, date)) = stay.discharged_span() else {
            continue;
        };
        let psychiatric = stay.is_psychiatric() && date <= ymd(2018, 12, 31);
        if span.start_date() >= ymd(2018, 1, 1) && psychiatric == track.psychiatric {
            let days = days(stay, &span, date);
            found.push(Left { stay, date, days });
        }
    }
    found
}

/// Those of a month.
fn of<'a, 'b>(left: &'b [Left<'a>], month: YearMonth) -> impl Iterator<Item = &'b Left<'a>> {
    left.iter().filter(move |left| month_of(left.date) == month)
}

fn is_above(left: &[Left], track: Track, month: YearMonth) -> bool {
    let counted: Vec<i64> = of(left, month).filter_map(|left| left.days).collect();
    counted.iter().sum::<i64>() > track.above * counted.len() as i64
}

/// What a month means for a payer.
#[derive(Clone, Copy, PartialEq)]
enum Charge {
    Nothing,
    Month,
    /// This month and the two before it.
    Three,
}

/// Walks the months from the first one and answers the last.
fn walk(left: &[Left], track: Track, last: YearMonth) -> Charge {
    let (mut charging, mut times) = (false, 0);
    let (mut above, mut below) = (0, 0);
    let mut month = FIRST;
    loop {
        let mut charge = if charging {
            Charge::Month
        } else {
            Charge::Nothing
        };
        if is_above(left, track, month) {
            (above, below) = (above + 1, 0);
        } else {
            (above, below) = (0, below + 1);
        }
        if !charging && above == 3 {
            charging = true;
            times += 1;
            if times > 1 {
                charge = Charge::Three;
            }
        } else if charging && below == 3 {
            charging = false;
        }
        if month == last {
            return charge;
        }
        month = moved(month, 1);
    }
}

fn charge(entry: &mut Entry, all: &[Left], track: Track, month: YearMonth, back: i32) {
    let about = moved(month, -back);
    let (kind, told) = if back == 0 {
        ("individual", "-".to_owned())
    } else {
        ("retroactive", named(about))
    };
    for left in of(all, about) {
        let days = left.days.unwrap_or(0);
        if days >= track.charged_at {
            let quantity = Decimal::from(days - track.free);
            entry.line(kind, &left.stay.id, &told, quantity, rate(about.0));
        }
    }
}

pub fn month(stays: &[&Stay], month: YearMonth, _today: NaiveDate) -> Figures {
    let mut figures = Figures::new();
    let mut payers: Vec<_> = stays.iter().filter_map(|stay| stay.payer()).collect();
    payers.sort();
    payers.dedup();
    for payer in payers {
        let own: Vec<&Stay> = stays
            .iter()
            .filter(|stay| stay.payer() == Some(payer))
            .copied()
            .collect();
        for track in [MAIN, PSYCHIATRIC] {
            if month < FIRST || (track.psychiatric && month > (2018, 12)) {
                continue;
            }
            let entry = entry(&mut figures, &payer.to_string(), AGREEMENT);
            tell(entry, &own, track, month);
        }
    }
    let old = discharged_in(stays, month);
    manual::list(&mut figures, &old, |_, span, _| {
        span.start_date() < ymd(2018, 1, 1)
    });
    figures
}

fn tell(entry: &mut Entry, own: &[&Stay], track: Track, month: YearMonth) {
    let all = left(own, track);
    let (mut total, mut patients) = (0, 0);
    for left in of(&all, month) {
        entry.discharged += 1;
        match left.days {
            None => entry.exclude(&left.stay.id, "not_home_ready"),
            Some(days) => (total, patients) = (total + days, patients + 1),
        }
    }
    entry.counted += patients;
    if patients > 0 {
        entry.average(
            Decimal::from(total) / Decimal::from(patients),
            Some(Decimal::from(track.above)),
        );
    }
    match walk(&all, track, month) {
        Charge::Nothing => {}
        Charge::Month => charge(entry, &all, track, month, 0),
        Charge::Three => (0..3).for_each(|back| charge(entry, &all, track, month, back)),
    }
}
