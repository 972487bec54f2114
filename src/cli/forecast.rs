//! `forecast`: what the month will come to, and what is lost at noon.

use super::{
    as_of,
    context::Context,
    failure::{Done, Failure},
    figures,
    table::{Side, Table},
};
use crate::{
    desk::{reply::Reply, request::Ask, service::Service},
    ledger::forecast::{
        EntryForecast, EntryScenario, Forecast, NoonClock, PayerForecast, Scenarios,
    },
    model::{money::Kronor, month::Month, place::PayerCode, text::plain},
    text::{Lang, explain, forecast as said, format, words},
};

/// Which month, and for whom.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The month, for instance 2019-03 [default: the one that runs]
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<Month>,
    /// Only this payer, with each of its stays, for instance 1780
    #[arg(long, value_name = "CODE")]
    pub payer: Option<PayerCode>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub as_of: as_of::Args,
}

/// Shows the forecast.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = Ask::Forecast {
        month: args.month,
        payer: args.payer,
        what_if: None,
    };
    let answer = args.as_of.ask(desk, context, ask)?;
    let Reply::Forecast(forecast) = &answer.reply else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(forecast);
    }
    answer.head(context)?;
    show(forecast, args.payer.is_some(), context)
}

fn show(forecast: &Forecast, stays: bool, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    context.line(format!(
        "{}  {}  {}",
        forecast.region.name(),
        format::month(forecast.month, lang),
        format::moment(forecast.now),
    ))?;
    if let Some(standing) = said::standing(forecast.standing, lang) {
        context.line(standing)?;
    }
    context.line("")?;
    amounts(forecast, context)?;
    averages(&forecast.payers, context)?;
    in_words(&forecast.payers, context)?;
    if stays {
        each_stay(&forecast.payers, context)?;
    }
    if let Some(noon) = &forecast.noon {
        at_noon(noon, context)?;
    }
    figures::findings(&forecast.findings, context)
}

/// The scenarios' columns; of a month that has ended the first alone.
fn five<T>(scenarios: &Scenarios<T>, show: impl Fn(&T) -> String) -> [String; 5] {
    let of = |one: &Option<T>| one.as_ref().map(&show).unwrap_or_default();
    [
        show(&scenarios.so_far),
        of(&scenarios.none_leaves),
        of(&scenarios.today),
        of(&scenarios.tomorrow),
        of(&scenarios.planned),
    ]
}

fn amounts(forecast: &Forecast, context: &mut Context<'_>) -> Done {
    if forecast.payers.is_empty() {
        return context.line(context.say(
            "Inga patienter och inga belopp.",
            "No patients and no amounts.",
        ));
    }
    let lang = context.lang;
    let mut columns = vec![
        (lang.pick("Betalare", "Payer"), Side::Left),
        ("", Side::Left),
        (lang.pick("Status", "Status"), Side::Left),
        (lang.pick("Klara", "Ready"), Side::Right),
        (lang.pick("Ej klara", "Not ready"), Side::Right),
    ];
    columns.extend(said::scenarios(lang).map(|name| (name, Side::Right)));
    let mut table = Table::new(columns);
    let money = |amount: &Option<Kronor>| super::board::amount(*amount, lang);
    for payer in &forecast.payers {
        let [so_far, none, today, tomorrow, planned] = five(&payer.amounts, money);
        table.row([
            payer.payer.to_string(),
            payer.name.clone(),
            words::status(payer.status, lang).to_owned(),
            payer.ready.to_string(),
            payer.not_ready.to_string(),
            so_far,
            none,
            today,
            tomorrow,
            planned,
        ]);
    }
    let [so_far, none, today, tomorrow, planned] = five(&forecast.amounts, money);
    table.row([
        lang.pick("Alla", "All").to_owned(),
        String::new(),
        String::new(),
        forecast
            .payers
            .iter()
            .map(|one| one.ready)
            .sum::<u32>()
            .to_string(),
        forecast
            .payers
            .iter()
            .map(|one| one.not_ready)
            .sum::<u32>()
            .to_string(),
        so_far,
        none,
        today,
        tomorrow,
        planned,
    ]);
    Ok(table.write(context.out)?)
}

/// Entries that have an average.
fn averaged(payer: &PayerForecast) -> impl Iterator<Item = &EntryForecast> {
    let average = |entry: &&EntryForecast| {
        let scenarios = &entry.scenarios;
        entry.keep.is_some() || scenarios.so_far.threshold.is_some()
    };
    payer.entries.iter().filter(average)
}

fn averages(payers: &[PayerForecast], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut columns = vec![
        (lang.pick("Snitt", "Average"), Side::Left),
        (lang.pick("Avtal", "Agreement"), Side::Left),
        (lang.pick("Gräns", "Threshold"), Side::Right),
    ];
    columns.extend(said::scenarios(lang).map(|name| (name, Side::Right)));
    let mut table = Table::new(columns);
    let mut any = false;
    for payer in payers {
        for entry in averaged(payer) {
            any = true;
            let [so_far, none, today, tomorrow, planned] =
                five(&entry.scenarios, |one| average(one, lang));
            table.row([
                payer.payer.to_string(),
                agreement(entry),
                format::exact_days(entry.scenarios.so_far.threshold.as_deref(), lang),
                so_far,
                none,
                today,
                tomorrow,
                planned,
            ]);
        }
    }
    if any {
        context.line("")?;
        table.write(context.out)?;
    }
    Ok(())
}

fn agreement(entry: &EntryForecast) -> String {
    match &entry.rule {
        Some(rule) => format!("{}/{rule}", entry.agreement),
        None => entry.agreement.to_string(),
    }
}

/// `2,5 (4)`: the average, and of how many.
fn average(scenario: &EntryScenario, lang: Lang) -> String {
    format!(
        "{} ({})",
        format::exact_days(scenario.average.as_deref(), lang),
        scenario.counted
    )
}

/// What averages and plans take, sentence by sentence.
fn in_words(payers: &[PayerForecast], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut lines = Vec::new();
    for payer in payers {
        let several = averaged(payer).count() > 1;
        for entry in averaged(payer) {
            let of = match several {
                true => format!("{} {}", payer.payer, agreement(entry)),
                false => payer.payer.to_string(),
            };
            lines.extend(
                about(entry, lang)
                    .into_iter()
                    .map(|text| format!("{of}: {text}")),
            );
        }
        let mut say = |text: String| lines.push(format!("{}: {text}", payer.payer));
        let stays = |stays: &[crate::model::ids::EpisodeId]| {
            let names: Vec<_> = stays.iter().map(ToString::to_string).collect();
            names.join(", ")
        };
        if !payer.unplanned.is_empty() {
            let names = stays(&payer.unplanned);
            say(lang.pick(
                format!("utan beräknad utskrivning, lämnar inte i planen: {names}"),
                format!("no expected discharge, stay in the plan: {names}"),
            ));
        }
        if !payer.overdue.is_empty() {
            let names = stays(&payer.overdue);
            say(lang.pick(
                format!("beräknad utskrivning har passerat, räknas som i dag: {names}"),
                format!("expected discharge has passed, taken as today: {names}"),
            ));
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    context.line("")?;
    lines.iter().try_for_each(|line| context.line(plain(line)))
}

/// What it takes to keep an entry's average down, and what it leads to.
fn about(entry: &EntryForecast, lang: Lang) -> Vec<String> {
    let keep = entry.keep.iter().map(|keep| said::keep(keep, lang));
    let trigger = entry.trigger.iter().map(|it| said::trigger(it, lang));
    let effects = effects(entry, lang).into_iter();
    let effects = effects.map(|(name, effect)| format!("{name}: {}", said::effect(effect, lang)));
    keep.chain(trigger).chain(effects).collect()
}

/// What today's and the plan's average do to the months in a row.
fn effects(
    entry: &EntryForecast,
    lang: Lang,
) -> Vec<(&'static str, crate::rules::model::average_trigger::Effect)> {
    let [_, _, today, _, planned] = said::scenarios(lang);
    let of = |one: &Option<EntryScenario>| one.as_ref().and_then(|one| one.effect);
    let both = [
        (today, of(&entry.scenarios.today)),
        (planned, of(&entry.scenarios.planned)),
    ];
    both.into_iter()
        .filter_map(|(name, effect)| Some((name, effect?)))
        .collect()
}

fn each_stay(payers: &[PayerForecast], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("Vårdtillfälle", "Stay"), Side::Left),
        (lang.pick("Avdelning", "Ward"), Side::Left),
        (lang.pick("Läge", "State"), Side::Left),
        (lang.pick("Planerad", "Planned"), Side::Left),
        (lang.pick("Hittills", "So far"), Side::Right),
        (lang.pick("I morgon", "Tomorrow"), Side::Right),
    ]);
    let mut any = false;
    for stay in payers.iter().flat_map(|payer| &payer.stays) {
        any = true;
        table.row([
            stay.episode.to_string(),
            stay.ward.clone(),
            words::state(stay.state, lang).to_owned(),
            stay.expected_discharge
                .map_or_else(|| "–".to_owned(), format::date),
            super::board::amount(stay.accrued.amount, lang),
            super::board::amount(stay.tomorrow, lang),
        ]);
    }
    if any {
        context.line("")?;
        table.write(context.out)?;
    }
    Ok(())
}

fn at_noon(noon: &NoonClock, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    context.line("")?;
    context.line(said::noon(noon.at, noon.seconds_left, lang))?;
    if noon.stays.is_empty() {
        return context.line(context.say("Inga.", "None."));
    }
    let mut table = Table::new([
        (lang.pick("Vårdtillfälle", "Stay"), Side::Left),
        (lang.pick("Avdelning", "Ward"), Side::Left),
        (lang.pick("Betalare", "Payer"), Side::Left),
        (lang.pick("Planerad", "Planned"), Side::Left),
        (lang.pick("I tid", "In time"), Side::Left),
        (lang.pick("Sedan", "Later"), Side::Left),
        (lang.pick("Värt", "Worth"), Side::Right),
        (lang.pick("Saknas", "Missing"), Side::Left),
    ]);
    for loss in &noon.stays {
        let missing = loss.missing.iter();
        let missing: Vec<_> = missing.map(|code| explain::deed_word(code, lang)).collect();
        table.row([
            loss.episode.to_string(),
            loss.ward.clone(),
            loss.payer
                .map_or_else(|| "?".to_owned(), |payer| payer.to_string()),
            format::date(loss.expected_discharge),
            format::date(loss.in_time),
            format::date(loss.late),
            super::board::amount(loss.worth, lang),
            missing.join(", "),
        ]);
    }
    table.write(context.out)?;
    context.line(format!(
        "{} {}",
        context.say("Tillsammans:", "In all:"),
        super::board::amount(noon.worth, lang)
    ))
}
