//! What the plain console says: whole words and sentences for listening, no
//! symbols, no columns.

use chrono::TimeDelta;

use crate::{
    desk::reply::NoonHead,
    model::money::Kronor,
    rules::outlook::{Boundary, State},
    text::{Lang, format},
};

/// A state as a word.
#[must_use]
pub fn state(state: State, lang: Lang) -> &'static str {
    match state {
        State::Liable => lang.pick("Löper", "Liable"),
        State::Grace => lang.pick("Frist", "Grace"),
        State::Blocked => lang.pick("Stoppad", "Blocked"),
        State::NotReady => lang.pick("Ej klar", "Not ready"),
    }
}

/// What a countdown runs to, at the start of a sentence.
#[must_use]
pub fn boundary(boundary: Boundary, lang: Lang) -> &'static str {
    match boundary {
        Boundary::Liability => lang.pick("Betalansvar", "Liability"),
        Boundary::AboveThreshold => lang.pick("Över gränsen", "Above the threshold"),
        Boundary::Individual => lang.pick("Enskilt ansvar", "Individual liability"),
        Boundary::Day => lang.pick("Nästa dygn", "The next day"),
    }
}

/// `om 2 dygn 4 timmar`, `in 2 days 4 hours`: the two largest units; for a
/// moment that has passed, how long ago.
#[must_use]
pub fn until(left: TimeDelta, lang: Lang) -> String {
    let seconds = left.num_seconds().unsigned_abs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let day = (days, lang.pick(("dygn", "dygn"), ("day", "days")));
    let hour = (hours, lang.pick(("timme", "timmar"), ("hour", "hours")));
    let minute = (
        minutes,
        lang.pick(("minut", "minuter"), ("minute", "minutes")),
    );
    let units = if days > 0 {
        [day, hour]
    } else {
        [hour, minute]
    };
    let told = units.into_iter().filter(|(number, _)| *number > 0);
    let told: Vec<_> = told
        .map(|(number, (one, many))| format!("{number} {}", if number == 1 { one } else { many }))
        .collect();
    let span = if told.is_empty() {
        lang.pick("mindre än en minut", "less than a minute")
            .to_owned()
    } else {
        told.join(" ")
    };
    if left < TimeDelta::zero() {
        return lang.pick(format!("för {span} sedan"), format!("{span} ago"));
    }
    lang.pick(format!("om {span}"), format!("in {span}"))
}

/// `18 800 kronor`, `18,800 kronor`.
#[must_use]
pub fn kronor(amount: Kronor, lang: Lang) -> String {
    let text = format::money(amount, lang);
    let number = text.trim_start_matches("SEK").trim_end_matches("kr");
    format!(
        "{} {}",
        number.trim_matches('\u{a0}'),
        lang.pick("kronor", "kronor")
    )
}

/// The same, where the amount may not be known for want of a rate.
#[must_use]
pub fn amount(amount: Option<Kronor>, lang: Lang) -> String {
    let unknown = || lang.pick("okänt belopp", "an unknown amount").to_owned();
    amount.map_or_else(unknown, |amount| kronor(amount, lang))
}

/// A sum to which some rows give what no rate is known for.
#[must_use]
pub fn sum(known: Kronor, unpriced: bool, lang: Lang) -> String {
    match (unpriced, known == Kronor::ZERO) {
        (true, true) => amount(None, lang),
        _ => super::sum(kronor(known, lang), known, unpriced, lang),
    }
}

/// The noon clock: when noon is, how many notices lose a day, what that costs.
#[must_use]
pub fn noon(noon: &NoonHead, left: TimeDelta, lang: Lang) -> String {
    let (at, left) = (format::near_moment(noon.at, lang), until(left, lang));
    let lost = match noon.stays {
        0 => lang
            .pick("inget dygn förloras", "no day is lost")
            .to_owned(),
        stays => {
            let notices = super::notices_lose(stays, lang);
            format!("{notices}, {}", amount(noon.worth, lang))
        }
    };
    format!("{at}, {left}: {lost}")
}

says! {
    /// A fixed sentence of the plain console.
    Aloud:
    Welcome = "fristdag, enkelt läge. Skriv en rad och tryck Enter.", "fristdag, plain mode. Type a line and press Enter.";
    Board = "Tavlan.", "The board.";
    BoardChoices = "Välj nummer, m för mer, / för filter, : för allt som kan göras, ? för hjälp, q för att avsluta.", "Choose a number, m for more, / for a filter, : for all that can be done, ? for help, q to quit.";
    ScreenChoices = "Välj nummer, m för mer, : för allt som kan göras, ? för hjälp, q för tillbaka.", "Choose a number, m for more, : for all that can be done, ? for help, q to go back.";
    ListChoices = "Välj nummer, m för mer, q för att stänga.", "Choose a number, m for more, q to close.";
    FormHow = "Tom rad behåller det inom hakparentes, minus tömmer, utropstecken avbryter.", "An empty line keeps what is in brackets, a minus clears it, an exclamation mark cancels.";
    Needed = "krävs", "needed";
    ChooseOption = "välj nummer", "choose a number";
    Record = "Registrera? j/n, eller ett fälts nummer för att ändra", "Record? y/n, or a field's number to change it";
    LockNow = "Låsa? j/n", "Lock? y/n";
    Changed = "Ändrat sedan sist:", "Changed since last:";
    Mind = "Obs", "Note";
    NoSuchNumber = "Det finns inget sådant nummer.", "There is no such number.";
    NoMore = "Det finns inte mer.", "There is no more.";
    NotUnderstood = "Förstod inte. Frågetecken ger hjälp.", "Not understood. A question mark gives help.";
    Chosen = "vald", "chosen";
    Missing = "Saknas eller sent", "Missing or late";
    SoFar = "hittills", "so far";
    Of = "av", "of";
    Nobody = "Inga rader.", "No rows.";
    Unlock = "Tom rad låser upp", "An empty line unlocks";
    LockedInScrollback = "Det som redan sagts står kvar i terminalen.", "What was said before remains in the terminal.";
    Discarded = "Avbrutet. Inget registrerades.", "Cancelled. Nothing was recorded.";
    Help = "Skriv en tangent ur listan, eller dess namn, och tryck Enter. Tom rad läser om det som visas.", "Type a key from the list, or its name, and press Enter. An empty line says again what is shown.";
    Holds = "Ja", "Yes";
    Fails = "Nej", "No";
    Lost = "Gäller inte", "Does not apply";
    Therefore = "Alltså", "So";
    Deed = "Gör", "Do";
    Becomes = "blir", "becomes";
    InAll = "summa", "in all";
    Noon = "Middagsklockan", "The noon clock";
    OldestSource = "Äldsta källa", "Oldest source";
    LastHeard = "Senast hört", "Last heard";
    Day = "Dag", "Day";
    LostPerDay = "Varje väntedag kostar", "Each day of waiting costs";
    Marked = "Märkt", "Marked";
    Unmarked = "Inte längre märkt", "Not marked any more";
    Followed = "Följs", "Followed";
    ChangedSince = "Ändrad sedan förra passet", "Changed since my last shift";
    NewNotice = "Ny underrättelse", "New ready notice";
    InConflict = "Uppgifter i konflikt", "Facts in conflict";
    SourceSilent = "Källan är tyst", "The source is silent";
    MarkHow = "Flera rader märks med tangenten och deras nummer:", "Several rows are marked by the key and their numbers:";
    NothingToChoose = "Där finns inget att välja.", "There is nothing to choose there.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_words_with_their_plural() {
        let hours = |hours| TimeDelta::hours(hours);
        assert_eq!(until(hours(1), Lang::Sv), "om 1 timme");
        assert_eq!(until(hours(52), Lang::Sv), "om 2 dygn 4 timmar");
        assert_eq!(until(hours(-25), Lang::En), "1 day 1 hour ago");
        assert_eq!(until(TimeDelta::seconds(90), Lang::En), "in 1 minute");
        assert_eq!(
            until(TimeDelta::seconds(9), Lang::Sv),
            "om mindre än en minut"
        );
    }

    #[test]
    fn money_is_told_without_its_sign() {
        let amount: Kronor = "18800".parse().unwrap();
        assert_eq!(kronor(amount, Lang::Sv), "18\u{a0}800 kronor");
        assert_eq!(kronor(amount, Lang::En), "18,800 kronor");
    }
}
