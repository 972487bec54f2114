//! What would change an answer, as sentences.

use super::{Lang, format, value};
use crate::{
    model::{
        money::Kronor,
        time::{Instant, local_date},
    },
    rules::trace::{Change, Effect, codes},
    text::ticks,
};

/// Each change as a sentence, in order.
#[must_use]
pub fn changes(changes: &[Change], lang: Lang) -> Vec<String> {
    let now = changes.iter().filter_map(|change| change.at).min();
    changes.iter().map(|it| change(it, now, lang)).collect()
}

/// One change as a sentence; `now` is the moment that one asks at.
#[must_use]
pub fn change(change: &Change, now: Option<Instant>, lang: Lang) -> String {
    match change.action.as_str() {
        codes::NOTHING => nothing(change, lang),
        codes::FEWER_DAYS | codes::SHORTER_STAY => fewer(change, lang),
        codes::DISCHARGED | codes::READY_RETRACTED => ended(change, now, lang),
        codes::DETAILS_CHANGED if change.effect == Effect::PayerSettled => register(change, lang),
        _ => deed(change, lang),
    }
}

fn deed(change: &Change, lang: Lang) -> String {
    let what = what(change, lang);
    let by = change.by.map_or_else(String::new, |date| {
        let day = format::short_day(date, lang);
        lang.pick(format!(" (senast {day})"), format!(" (by {day})"))
    });
    let days = change.days.map(|days| value::days(&days.to_string(), lang));
    let days = days.unwrap_or_default();
    let effect = match (change.effect, change.liability_start) {
        (Effect::LiabilityStart, Some(at)) => {
            let day = format::short_day(local_date(at), lang);
            lang.pick(
                format!("görs det nu börjar betalningsansvaret {day}"),
                format!("if done now, liability starts {day}"),
            )
        }
        (Effect::InAverage, _) => lang.pick(
            format!("görs det nu ingår patienten i snittet, med {days} vid utskrivning i dag"),
            format!("if done now, the patient enters the average, with {days} if leaving today"),
        ),
        (Effect::DaysCount, _) => lang.pick(
            "då räknas dygnen igen".to_owned(),
            "then days count again".to_owned(),
        ),
        _ => lang.pick(
            "räcker inte ensamt".to_owned(),
            "not enough by itself".to_owned(),
        ),
    };
    format!("{what}{by}: {effect}.")
}

/// What to do, as an order.
fn what(change: &Change, lang: Lang) -> String {
    match change.action.as_str() {
        "checklist" => checklist(change, lang),
        code => deed_word(code, lang).to_owned(),
    }
}

/// What to do, from the code of a deed; the code itself where it is unknown.
#[must_use]
pub fn deed_word(code: &str, lang: Lang) -> &str {
    let (sv, en) = match code {
        "admission_notice" => (
            "Skicka inskrivningsmeddelande till kommunen",
            "Send the admission notice to the municipality",
        ),
        "expected_discharge" => (
            "Ange beräknad utskrivning",
            "Set an expected discharge date",
        ),
        "sip_called" => ("Kalla till SIP", "Call the SIP"),
        "care_contact" => ("Utse fast vårdkontakt", "Assign a care contact"),
        "checklist" => ("Gör klart checklistan", "Complete the checklist"),
        codes::OPEN_CARE_AVAILABLE => (
            "Insatserna från regionens öppna vård kommer på plats",
            "The region's open care becomes available",
        ),
        codes::COMPULSORY_CARE_ENDED => ("Tvångsvården upphör", "Compulsory care ends"),
        codes::READY_NOTICE => (
            "Underrätta om att patienten är utskrivningsklar",
            "Send the ready notice",
        ),
        codes::DETAILS_CHANGED => (
            "Visar det sig att patienten behöver kommunen: registrera det",
            "Should the patient need the municipality: record it",
        ),
        codes::ALL => ("Allt detta tillsammans", "All of these together"),
        other => (other, other),
    };
    lang.pick(sv, en)
}

/// The points of the checklist that are open.
fn checklist(change: &Change, lang: Lang) -> String {
    let items: Vec<_> = change
        .events
        .iter()
        .filter_map(|it| it.item.as_deref())
        .map(|item| ticks::tick(item, lang).to_lowercase())
        .collect();
    let items = value::joined(&items, lang);
    lang.pick(
        format!("Gör klart på checklistan: {items}"),
        format!("Complete on the checklist: {items}"),
    )
}

fn register(change: &Change, lang: Lang) -> String {
    let district = change
        .events
        .iter()
        .any(|it| it.item.as_deref() == Some("district"));
    let (sv, en) = if district {
        (
            "Registrera stadsdelen: först då är det klart vem som ska faktureras.",
            "Record the district: only then is it known who is billed.",
        )
    } else {
        (
            "Registrera kommunen: först då är det klart vem som ska faktureras.",
            "Record the municipality: only then is it known who is billed.",
        )
    };
    lang.pick(sv, en).to_owned()
}

fn ended(change: &Change, now: Option<Instant>, lang: Lang) -> String {
    let when = match change.at {
        at if at == now => lang.pick("i dag", "today").to_owned(),
        Some(at) => format::short_day(local_date(at), lang),
        None => String::new(),
    };
    let cost = cost(change, lang);
    if change.action == codes::READY_RETRACTED {
        return lang.pick(
            format!("Tas underrättelsen tillbaka {when}: {cost}; en ny underrättelse börjar om."),
            format!("If the notice is taken back {when}: {cost}; a new notice starts anew."),
        );
    }
    lang.pick(
        format!("Skrivs patienten ut {when}: {cost}."),
        format!("If the patient leaves {when}: {cost}."),
    )
}

/// How many days fewer it would take for a line not to be there.
fn fewer(change: &Change, lang: Lang) -> String {
    let days = change.days.unwrap_or_default();
    let days = value::days(&days.to_string(), lang);
    match change.month {
        Some(month) => {
            let month = format::month(month, lang);
            lang.pick(
                format!("Med {days} färre tillsammans i {month} hade snittet inte passerat gränsen: då ingen rad."),
                format!("With {days} fewer in all in {month} the average would not have passed the threshold: no line then."),
            )
        }
        None => lang.pick(
            format!("Hade vårdtillfället räknats {days} kortare hade det inte debiterats för sig."),
            format!("Had the stay counted {days} fewer, it would not be charged by itself."),
        ),
    }
}

/// Days and money of a span that ends so.
fn cost(change: &Change, lang: Lang) -> String {
    if let Some(reason) = &change.reason {
        let why = value::shown(reason, lang);
        return lang.pick(
            format!("utanför snittet, {why}"),
            format!("not in the average, {why}"),
        );
    }
    let Some(days) = change.days else {
        return lang
            .pick(
                "perioden ingår inte i något snitt",
                "the span enters no average",
            )
            .to_owned();
    };
    if days == 0 && change.amount == Some(Kronor::ZERO) {
        return lang.pick("inget att betala", "nothing to pay").to_owned();
    }
    let days = value::days(&days.to_string(), lang);
    match change.amount {
        Some(amount) => format!("{days}, {}", format::money(amount, lang)),
        None => lang.pick(
            format!("{days}; beloppet går inte att räkna ut än"),
            format!("{days}; the amount cannot be computed yet"),
        ),
    }
}

fn nothing(change: &Change, lang: Lang) -> String {
    if let (Some("too_late"), Some(last)) = (change.reason.as_deref(), change.by) {
        let day = format::short_day(last, lang);
        return lang.pick(
            format!("Inte gjort senast {day}: inget betalningsansvar för den här perioden, vad som än görs nu."),
            format!("Not done by {day}: no liability for this span, whatever is done now."),
        );
    }
    let reason = change.reason.as_deref().unwrap_or_default();
    let said = of_a_stay(reason).or_else(|| of_a_line(reason));
    let (sv, en) = said.unwrap_or((
        "Inget som görs nu ändrar detta.",
        "Nothing that is done now changes this.",
    ));
    lang.pick(sv, en).to_owned()
}

/// Why nothing helps a stay.
fn of_a_stay(reason: &str) -> Option<(&'static str, &'static str)> {
    Some(match reason {
        "span_ended" => (
            "Perioden är slut: inget som görs nu ändrar den.",
            "The span has ended: nothing that is done now changes it.",
        ),
        "stay_ended" => (
            "Vårdtillfället är avslutat: inget som görs nu ändrar det.",
            "The stay has ended: nothing that is done now changes it.",
        ),
        "minor" => (
            "Patienten är under 18 år: ekonomi avgör beloppet för hand.",
            "The patient is under 18: finance decides the amount by hand.",
        ),
        "fixed_share" => (
            "Kommunen betalar en fast andel: inget datum för enskilda patienter.",
            "The municipality pays a fixed share: no date for a single patient.",
        ),
        "suspended" => (
            "Avtalet är vilande när perioden börjar: perioden kostar inget.",
            "The agreement is suspended when the span begins: the span costs nothing.",
        ),
        "manual" => (
            "Källorna ger ingen regel: ekonomi avgör beloppet för hand.",
            "The sources give no rule: finance decides the amount by hand.",
        ),
        "nothing_due" => (
            "Inget mäts än enligt avtalet: perioden kostar inget.",
            "Nothing is measured yet under the agreement: the span costs nothing.",
        ),
        _ => return None,
    })
}

/// Why nothing changes a line of figures.
fn of_a_line(reason: &str) -> Option<(&'static str, &'static str)> {
    Some(match reason {
        "fixed_part" => (
            "Andelen står fast; årets avräkning gör upp skillnaden mot den verkliga kostnaden.",
            "The share stands; the year's settlement makes up the difference to the actual cost.",
        ),
        "settlement" => (
            "Bara en annan verklig kostnad ändrar det: införd före låsningen, eller i en senare månad.",
            "Only another actual cost changes it: entered before the lock, or in a later month.",
        ),
        "manual_line" => (
            "Raden är införd för hand: bara ekonomi kan lägga till en till.",
            "The line was entered by hand: only finance can add another one.",
        ),
        "posted" => (
            "Bara en ny rättelse av den låsta månaden ändrar det.",
            "Only another correction of the locked month changes it.",
        ),
        "charging" => (
            "Debitering pågår: månadens eget snitt ändrar inte raden, bara när den slutar.",
            "Charging goes on: the month's own average does not change the line, only when it ends.",
        ),
        "month_ended" => (
            "Månaden är slut: bara en rättelse av det som har hänt ändrar raden.",
            "The month has ended: only a correction of what happened changes the line.",
        ),
        "locked" => (
            "Månaden är låst: en senare rättelse blir en justering eller kreditfaktura i ett senare avslut.",
            "The month is locked: a later correction becomes an adjustment or a credit note in a later close.",
        ),
        _ => return None,
    })
}
