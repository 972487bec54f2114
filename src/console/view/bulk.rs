//! A deed for many stays: for whom it is, and what came of it for each.

use super::{
    form::plain_lines,
    overlay::listed,
    paint::{Paint, Piece, Tone, wrap},
};
use crate::{
    console::{
        bulk::{Bulk, Outcome},
        form::BulkStay,
        list::Place,
        state::State,
    },
    model::{
        ids::EpisodeId,
        text::{pad, plain},
    },
    text::{
        Lang,
        console::{self, Say},
        errors, words,
    },
};

/// Columns of a stay's id.
const STAY: usize = 16;

/// What stands above the fields: for how many and whom, and for whom not.
pub fn intro(
    stays: &[BulkStay],
    left_out: &[(EpisodeId, Say)],
    width: usize,
    lang: Lang,
) -> Vec<(String, Tone)> {
    let names = |ids: &mut dyn Iterator<Item = &EpisodeId>| {
        let ids: Vec<_> = ids.map(|id| plain(id.as_str()).into_owned()).collect();
        ids.join(", ")
    };
    let whom = names(&mut stays.iter().map(|(episode, _)| episode));
    let all = stays.len() + left_out.len();
    let told = console::bulk_for(stays.len(), all, &whom, lang);
    let mut lines: Vec<_> = wrap(&told, width)
        .into_iter()
        .map(|line| (line, Tone::Strong))
        .collect();
    let messages = stays.iter().map(|(_, messages)| messages.len()).sum();
    if messages > 0 {
        lines.push((console::bulk_messages(messages, lang), Tone::Plain));
    }
    let mut reasons: Vec<Say> = Vec::new();
    for (_, why) in left_out {
        if !reasons.contains(why) {
            reasons.push(*why);
        }
    }
    for why in reasons {
        let mut of = left_out.iter().filter(|(_, other)| *other == why);
        let whom = names(&mut of.by_ref().map(|(episode, _)| episode));
        let told = console::bulk_not_for(&whom, why.text(lang), lang);
        lines.extend(
            wrap(&told, width)
                .into_iter()
                .map(|line| (line, Tone::Soon)),
        );
    }
    lines.push((String::new(), Tone::Plain));
    lines
}

/// What came of it, stay by stay, as text.
pub fn lines(state: &State) -> Vec<String> {
    let bulk = state.bulk.as_ref();
    let rows = bulk.map_or_else(Vec::new, |bulk| rows(bulk, state.lang));
    let line = |row: &Vec<Piece>| row.iter().map(|piece| piece.0.as_ref()).collect();
    rows.iter().map(line).collect()
}

/// What came of it, stay by stay.
pub fn outcome(paint: &mut Paint, place: Place) {
    let lang = paint.lang();
    let Some(bulk) = &paint.state.bulk else {
        return;
    };
    let title = bulk.kind.map_or("", |kind| words::kind(kind, lang));
    listed(paint, title, place, rows(bulk, lang));
}

fn rows(bulk: &Bulk, lang: Lang) -> Vec<Vec<Piece<'static>>> {
    bulk.outcomes
        .iter()
        .map(|(episode, outcome)| {
            let (text, tone) = told(outcome, lang);
            vec![
                (pad(&plain(episode.as_str()), STAY).into(), Tone::Strong),
                (format!(" {text}").into(), tone),
            ]
        })
        .collect()
}

fn told(outcome: &Outcome, lang: Lang) -> (String, Tone) {
    match outcome {
        Outcome::Waiting => (Say::Sending.text(lang).to_owned(), Tone::Accent),
        Outcome::Recorded(recorded) if recorded.added == 0 => {
            (Say::AlreadyRecorded.text(lang).to_owned(), Tone::Plain)
        }
        Outcome::Recorded(_) => (Say::Recorded.text(lang).to_owned(), Tone::Good),
        Outcome::Refused(error) => {
            let why = plain_lines(&errors::on_screen(error, lang)).replace('\n', " ");
            (format!("! {why}"), Tone::Alarm)
        }
        Outcome::LeftOut(why) => {
            let label = Say::NotSent.text(lang);
            (format!("{label}: {}", why.text(lang)), Tone::Soon)
        }
    }
}
