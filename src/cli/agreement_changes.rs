//! Two agreements' differences, for people.

use super::{context::Context, failure::Done};
use crate::{
    model::text::plain,
    rules::agreement::{AgreementDiff, Change, ChangeKind, Held},
    text::{
        Lang,
        agreement::{alternative, coded},
        format,
    },
};

/// Writes what differs, value by value.
pub(super) fn show(diff: &AgreementDiff, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    context.line(format!("{} → {}", diff.old.id, diff.new.id))?;
    if diff.changes.is_empty() {
        return context.line(lang.pick("Inga skillnader i sak.", "The same in every value."));
    }
    for change in &diff.changes {
        context.line(plain(&headline(change, lang)))?;
        for (mark, held) in [("-", &change.old), ("+", &change.new)] {
            if let Some(held) = held {
                context.line(format!("    {mark} {}", plain(&said(held, lang))))?;
            }
        }
    }
    Ok(())
}

fn headline(change: &Change, lang: Lang) -> String {
    let word = match change.change {
        ChangeKind::Added => lang.pick("tillagt", "added"),
        ChangeKind::Removed => lang.pick("borttaget", "removed"),
        ChangeKind::Changed => lang.pick("ändrat", "changed"),
    };
    let place = change.at.join(" › ");
    match change.from {
        Some(from) => {
            let from = format::date(from);
            let from = lang.pick(format!("från {from}"), format!("from {from}"));
            format!("{place} ({from}): {word}")
        }
        None => format!("{place}: {word}"),
    }
}

fn said(held: &Held, lang: Lang) -> String {
    let mut text = coded(&held.value, lang).to_owned();
    if let Some(clause) = &held.clause {
        let reading = if held.reading {
            lang.pick(", vår tolkning", ", our reading")
        } else {
            ""
        };
        let clause = format!("[{clause}{reading}]");
        text = format!("{text} {clause}").trim_start().to_owned();
    }
    if !held.alternatives.is_empty() {
        let label = lang.pick("annars", "else");
        let others = held.alternatives.iter();
        let others: Vec<_> = others.map(|one| alternative(one, lang)).collect();
        text = format!("{text} ({label}: {})", others.join("; "));
    }
    text
}
