//! `episode`: one stay.

use chrono::NaiveDate;

use super::{
    as_of,
    board::patient,
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    console::view::event_detail,
    desk::{
        reply::{EventView, Reply, StayView},
        request::Ask,
        service::Service,
    },
    model::{
        ids::EpisodeId,
        stay::{Stay, StayEnd},
        text::plain,
        time::Instant,
    },
    rules::outlook::{Duty, Outlook},
    text::{Lang, duty as duty_words, format, ticks, words},
};

/// Which stay.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The stay's id
    #[arg(value_name = "ID")]
    pub id: EpisodeId,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// Show a protected identity; this is recorded
    #[arg(long)]
    pub reveal: bool,
    #[command(flatten)]
    pub as_of: as_of::Args,
}

/// Shows the stay.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = Ask::Stay {
        episode: args.id.clone(),
        reveal: args.reveal,
    };
    let answer = args.as_of.ask(desk, context, ask)?;
    let Reply::Stay(view) = &answer.reply else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(view);
    }
    answer.head(context)?;
    facts(view, context)?;
    if let Some(outlook) = &view.outlook {
        let end = view.stay.as_ref().and_then(|stay| stay.end.as_ref());
        standing(outlook, end, context)?;
        duties(&outlook.duties, context)?;
    }
    checklist(view, context)?;
    events(&view.events, context)
}

fn facts(view: &StayView, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let name = patient(&view.patient, lang);
    let number = view.patient.pnr.as_deref().unwrap_or("");
    context.line(format!("{}  {} {}", view.episode, plain(&name), plain(number)).trim_end())?;
    let Some(stay) = &view.stay else {
        return context.line(context.say(
            "Inskrivningen har inte kommit: händelserna väntar.",
            "The admission has not come: the events are held.",
        ));
    };
    context.line(place(stay, lang))?;
    if let Some(planned) = stay.expected_discharge.last() {
        let label = context.say("Beräknad utskrivning", "Expected discharge");
        context.line(format!("{label} {}", format::date(planned.date)))?;
    }
    Ok(())
}

fn place(stay: &Stay, lang: Lang) -> String {
    let details = &stay.details;
    let municipality = details
        .paying_municipality()
        .map_or(lang.pick("kommun saknas", "municipality missing"), |code| {
            code.name()
        });
    let text = format!(
        "{}, {} ({}); {}; {} {}",
        details.hospital,
        details.ward,
        words::care_form(details.care_form, lang),
        municipality,
        lang.pick("inskriven", "admitted"),
        format::moment(stay.admitted.at),
    );
    plain(&text).into_owned()
}

fn standing(outlook: &Outlook, end: Option<&StayEnd>, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut text = match end {
        Some(end) => words::stay_ended(end, lang),
        None => words::state(outlook.state, lang).to_owned(),
    };
    if let Some(at) = outlook.liability_start {
        text.push_str(&format!(
            "; {} {}",
            context.say("betalningsansvar från", "liability from"),
            format::near_moment(at, lang)
        ));
    }
    if let Some(at) = outlook.start_if_met_now {
        text.push_str(&format!(
            "; {} {}",
            context.say("åtgärdas det nu:", "if met now:"),
            format::near_moment(at, lang)
        ));
    }
    context.line("")?;
    context.line(format!("{}: {text}", context.say("Läge", "State")))?;
    for flag in &outlook.flags {
        let (what, class) = (
            words::flag(flag.code, lang),
            words::flag_class(flag.class, lang),
        );
        context.line(format!("! {what} ({class})"))?;
    }
    Ok(())
}

fn duties(duties: &[Duty], context: &mut Context<'_>) -> Done {
    if duties.is_empty() {
        return Ok(());
    }
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("Uppgift", "Duty"), Side::Left),
        (lang.pick("Vem", "Who"), Side::Left),
        (lang.pick("Senast", "Due"), Side::Left),
        (lang.pick("Läge", "State"), Side::Left),
        (lang.pick("Gjort", "Done"), Side::Left),
        (lang.pick("Regel", "Clause"), Side::Left),
    ]);
    for duty in duties {
        let clause = match duty.lasts_until {
            None => duty.clause.clone(),
            Some(last) => format!("{}; {}", duty.clause, lasts(last, lang)),
        };
        table.row([
            duty_words::duty(&duty.code, lang).to_owned(),
            duty_words::party(&duty.party, lang).to_owned(),
            moment(duty.due),
            duty_words::state(duty.state, duty.late, lang).to_owned(),
            moment(duty.done.as_ref().map(|stamp| stamp.at)),
            clause,
        ]);
    }
    context.line("")?;
    Ok(table.write(context.out)?)
}

/// Until when what is supplied must last.
pub(super) fn lasts(last: NaiveDate, lang: Lang) -> String {
    let date = format::date(last);
    lang.pick(
        format!("ska räcka t.o.m. {date}"),
        format!("must last to {date}"),
    )
}

fn checklist(view: &StayView, context: &mut Context<'_>) -> Done {
    if view.checklist.is_empty() {
        return Ok(());
    }
    context.line("")?;
    context.line(context.say("Checklista för hemgångsklar", "Home-ready checklist"))?;
    for row in &view.checklist {
        let mark = if row.done.is_some() { "[x]" } else { "[ ]" };
        let text = ticks::point(row, &view.checklist, context.lang);
        let when = row
            .done
            .map(|at| format!(", {}", format::moment(at)))
            .unwrap_or_default();
        context.line(format!("{mark} {}{when}", plain(&text)))?;
    }
    Ok(())
}

fn events(events: &[EventView], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("När", "When"), Side::Left),
        (lang.pick("Händelse", "Event"), Side::Left),
        ("Id", Side::Left),
        (lang.pick("Källa", "Source"), Side::Left),
        (lang.pick("Registrerad av", "Recorded by"), Side::Left),
        (lang.pick("Uppgifter", "Details"), Side::Left),
    ]);
    for event in events {
        let voided = event.voided.as_ref().map(|voided| {
            let word = lang.pick("makulerad", "voided");
            format!("{word}: {}", plain(&voided.reason))
        });
        let detail = Some(event_detail(event, events, lang)).filter(|it| !it.is_empty());
        let said: Vec<String> = voided.into_iter().chain(detail).collect();
        table.row([
            format::moment(event.at),
            words::kind(event.kind, lang).to_owned(),
            event.id.to_string(),
            event.source.clone().unwrap_or_default(),
            event.by.clone(),
            said.join("; "),
        ]);
    }
    context.line("")?;
    Ok(table.write(context.out)?)
}

pub(super) fn moment(at: Option<Instant>) -> String {
    at.map_or_else(|| "–".to_owned(), format::moment)
}
