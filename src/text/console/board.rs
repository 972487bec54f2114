//! The board's sentences.

use chrono::TimeDelta;
use unicode_width::UnicodeWidthStr;

use super::{Say, age, sentences::counted, state};
use crate::{
    desk::reply::{NoonHead, SourceAge},
    model::{ids::EpisodeId, money::Kronor, time::Instant},
    rules::outlook::State,
    text::{Lang, format},
};

/// That sources are silent, and what that means: the longest telling that
/// fits.
#[must_use]
pub fn silent(sources: &[&SourceAge], now: Instant, width: usize, lang: Lang) -> String {
    let each = sources.iter();
    let each: Vec<_> = each
        .map(|one| format!("{} {}", one.source, age(now - one.last)))
        .collect();
    let label = Say::Stale.text(lang);
    let short = format!("! {label}: {}", each.join(", "));
    let means = lang.pick("nedräkningarna kan vara fel", "the countdowns may be wrong");
    let long = format!("{short} – {means}");
    if long.width() + 2 <= width {
        long
    } else {
        short
    }
}

/// The noon clock: how long, how many notices lose a day, what that is worth;
/// at length and shorter.
#[must_use]
pub fn noon(noon: &NoonHead, left: TimeDelta, lang: Lang) -> [String; 4] {
    let left = format::countdown(left);
    let (at, stays) = (format::near_moment(noon.at, lang), noon.stays);
    let clock = format::clock(noon.at);
    if stays == 0 {
        let long = lang.pick(
            format!("till {at}: {left}, inget dygn förloras"),
            format!("until {at}: {left}, no day is lost"),
        );
        let short = format!("→ {clock}: {left}");
        return [long, short.clone(), short.clone(), short];
    }
    let worth = noon
        .worth
        .map_or_else(|| "?".to_owned(), |sum| format::money(sum, lang));
    let notices = notices_lose(stays, lang);
    [
        lang.pick(
            format!("till {at}: {left}, {notices}, {worth}"),
            format!("until {at}: {left}, {notices}, {worth}"),
        ),
        format!("→ {clock}: {left}, {notices}, {worth}"),
        format!("→ {clock}: {left}, {stays} × -1 d, {worth}"),
        format!("→ {clock}: {left}, {stays} × -1 d"),
    ]
}

/// How many ready notices lose a day at noon.
#[must_use]
pub fn notices_lose(count: u32, lang: Lang) -> String {
    counted(
        count as usize,
        lang.pick("underrättelse förlorar ett dygn", "notice loses a day"),
        lang.pick("underrättelser förlorar ett dygn", "notices lose a day"),
    )
}

/// That rows stay put, and how many of them would change.
#[must_use]
pub fn frozen(changes: usize, lang: Lang) -> String {
    if changes == 0 {
        return lang.pick("FRYST", "FROZEN").to_owned();
    }
    let waits = counted(
        changes,
        lang.pick("ändring väntar", "change waits"),
        lang.pick("ändringar väntar", "changes wait"),
    );
    format!("{}, {waits}", lang.pick("FRYST", "FROZEN"))
}

/// What a group comes to.
#[must_use]
pub fn group_sums(rows: u32, liable: u32, today: &str, lang: Lang) -> String {
    let running = Say::Liable.text(lang);
    let label = Say::Today.text(lang);
    format!("{rows} · {liable} {running} · {label} {today}")
}

/// A sum as it is written, to which some rows give what no rate is known for.
#[must_use]
pub fn sum(written: String, known: Kronor, unpriced: bool, lang: Lang) -> String {
    match (unpriced, known == Kronor::ZERO) {
        (false, _) => written,
        (true, true) => "?".to_owned(),
        (true, false) => lang.pick(format!("minst {written}"), format!("at least {written}")),
    }
}

/// How many stays are marked.
#[must_use]
pub fn marked(count: usize, lang: Lang) -> String {
    let word = lang.pick("märkta", "marked");
    format!("+ {count} {word}")
}

/// That ready notices are new.
#[must_use]
pub fn new_notices(stays: &[EpisodeId], lang: Lang) -> String {
    let label = lang.pick("Ny underrättelse", "New ready notice");
    match stays {
        [one] => format!("{label}: {one}"),
        many => format!("{label}: {} st", many.len()),
    }
}

/// That the followed stay stands otherwise than before.
#[must_use]
pub fn followed_moved(
    episode: &EpisodeId,
    before: Option<State>,
    after: Option<State>,
    lang: Lang,
) -> String {
    let word = |standing: Option<State>| {
        standing.map_or(Say::NotOnBoard.text(lang), |standing| state(standing, lang))
    };
    format!("» {episode}: {} → {}", word(before), word(after))
}

/// The title of a form for many.
#[must_use]
pub fn bulk_form(kind: &str, count: usize, lang: Lang) -> String {
    let stays = counted(
        count,
        lang.pick("vårdtillfälle", "stay"),
        lang.pick("vårdtillfällen", "stays"),
    );
    format!("{kind} · {stays}")
}

/// For how many and whom.
#[must_use]
pub fn bulk_for(count: usize, of: usize, whom: &str, lang: Lang) -> String {
    let label = lang.pick("För", "For");
    let of_word = lang.pick("av", "of");
    format!("{label} {count} {of_word} {of}: {whom}")
}

/// How many messages are confirmed together.
#[must_use]
pub fn bulk_messages(count: usize, lang: Lang) -> String {
    let label = lang.pick(
        "Allt som väntar på kvittens",
        "All that waits to be confirmed",
    );
    let messages = counted(
        count,
        lang.pick("meddelande", "message"),
        lang.pick("meddelanden", "messages"),
    );
    format!("{label}: {messages}")
}

/// For how many more something changes.
#[must_use]
pub fn change_too(count: usize, lang: Lang) -> String {
    lang.pick(
        format!("+{count} till ändras"),
        format!("+{count} more change"),
    )
}

/// For how many nothing changes.
#[must_use]
pub fn unchanged(count: usize, lang: Lang) -> String {
    counted(
        count,
        lang.pick("vårdtillfälle ändras inte", "stay does not change"),
        lang.pick("vårdtillfällen ändras inte", "stays do not change"),
    )
}

/// For whom not, and why.
#[must_use]
pub fn bulk_not_for(whom: &str, why: &str, lang: Lang) -> String {
    let label = lang.pick("Inte", "Not");
    format!("{label} {whom}: {why}")
}

/// What came of it: recorded, refused, left out.
#[must_use]
pub fn bulk_done([done, refused, left_out]: [usize; 3], lang: Lang) -> String {
    let words = lang.pick(
        ["registrerade", "nekade", "inte skickade"],
        ["recorded", "refused", "not sent"],
    );
    let counts = [done, refused, left_out];
    let told = counts.iter().zip(words);
    let told = told
        .enumerate()
        .filter(|(at, (count, _))| *at == 0 || **count > 0);
    let told: Vec<_> = told
        .map(|(_, (count, word))| format!("{count} {word}"))
        .collect();
    told.join(", ")
}
