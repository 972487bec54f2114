//! `figures --with FILE`: what other agreements would change.

use std::path::PathBuf;

use super::{
    context::Context,
    failure::{Done, Failure},
    figures,
    table::{Side, Table},
    trial,
};
use crate::{
    desk::{
        other_rules::{LineChange, OtherRulesView},
        request::Ask,
    },
    model::month::Month,
    text::format,
};

/// The question, with the files' texts.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn ask(month: Month, files: &[PathBuf]) -> Result<Ask, Failure> {
    let files = files.iter().map(|path| trial::file(path));
    let files = files.collect::<Result<_, _>>()?;
    Ok(Ask::OtherRules { month, files })
}

/// The difference by payer, and the lines that differ.
pub(super) fn show(view: &OtherRulesView, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let ids: Vec<String> = view.with.iter().map(ToString::to_string).collect();
    context.line(format!(
        "{}  {}  {} {}",
        view.region.name(),
        format::month(view.month, lang),
        lang.pick("med", "with"),
        ids.join(", "),
    ))?;
    context.line(lang.pick(
        "Bara prövat: ingenting är ändrat.",
        "Only tried: nothing is changed.",
    ))?;
    for id in &view.elsewhere {
        context.line(lang.pick(
            format!("{id} är en annan regions avtal och binder ingen här."),
            format!("{id} is another region's agreement and binds nobody here."),
        ))?;
    }
    context.line("")?;
    payers(view, context)?;
    lines(view, context)?;
    figures::findings(&view.findings, context)
}

fn payers(view: &OtherRulesView, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("Betalare", "Payer"), Side::Left),
        ("", Side::Left),
        (lang.pick("Före", "Before"), Side::Right),
        (lang.pick("Efter", "After"), Side::Right),
        (lang.pick("Skillnad", "Difference"), Side::Right),
    ]);
    for one in &view.payers {
        table.row([
            one.payer.to_string(),
            one.name.clone(),
            format::money(one.before, lang),
            format::money(one.after, lang),
            format::money(one.difference, lang),
        ]);
    }
    table.row([
        lang.pick("Summa", "Total").to_owned(),
        String::new(),
        format::money(view.before, lang),
        format::money(view.after, lang),
        format::money(view.difference, lang),
    ]);
    Ok(table.write(context.out)?)
}

fn lines(view: &OtherRulesView, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    if view.payers.iter().all(|one| one.lines.is_empty()) {
        context.line("")?;
        return context.line(context.say("Inga rader skiljer sig.", "No line differs."));
    }
    let first = [
        ("", Side::Left),
        (lang.pick("Betalare", "Payer"), Side::Left),
        (lang.pick("Avtal", "Agreement"), Side::Left),
    ];
    let mut table = Table::new([&first[..], &figures::line_columns(lang)].concat());
    for payer in &view.payers {
        for changed in &payer.lines {
            let sign = match changed.change {
                LineChange::Removed => "-",
                LineChange::Added => "+",
            };
            let first = [
                sign.to_owned(),
                payer.payer.to_string(),
                changed.agreement.to_string(),
            ];
            let cells = figures::line_cells(&changed.line, lang);
            table.row(first.into_iter().chain(cells));
        }
    }
    context.line("")?;
    Ok(table.write(context.out)?)
}
