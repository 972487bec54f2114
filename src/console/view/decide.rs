//! What a decision will mean, told in its form before it is recorded.

use super::paint::{Tone, wrap};
use crate::{
    console::form::{Checked, Context, Decision, Form, Value},
    model::text::plain,
    text::{
        Lang,
        console::{self, Say},
    },
};

/// The title of a decision's form.
pub(super) fn title(what: Decision, id: &str, lang: Lang) -> String {
    let say = match what {
        Decision::Confirm => Say::ConfirmTitle,
        Decision::Suspend => Say::SuspendTitle,
        Decision::Resume => Say::ResumeTitle,
        Decision::SetDate => Say::SetDateTitle,
        Decision::SetRate => Say::SetRateTitle,
    };
    let title = say.text(lang);
    if id.is_empty() {
        return title.to_owned();
    }
    format!("{title}: {id}")
}

/// What is recorded means, in lines; as far as the fields will do.
pub(super) fn meaning(
    form: &Form,
    what: Decision,
    context: Context,
    lang: Lang,
    width: usize,
) -> Vec<(String, Tone)> {
    let told = told(form, what, context, lang);
    let known = told.is_some();
    let text = told.unwrap_or_else(|| Say::FillToSee.text(lang).to_owned());
    let tone = if known { Tone::Strong } else { Tone::Faint };
    let mut lines: Vec<_> = wrap(&plain(&text), width)
        .into_iter()
        .map(|line| (line, tone))
        .collect();
    let kept = wrap(Say::DecisionIsKept.text(lang), width);
    lines.extend(kept.into_iter().map(|line| (line, Tone::Faint)));
    lines
}

fn told(form: &Form, what: Decision, context: Context, lang: Lang) -> Option<String> {
    let date = |name: &str| match form.named(name, context)? {
        Checked::Date(date) => Some(date),
        _ => None,
    };
    let text = |name: &str| match form.named(name, context)? {
        Checked::Text(text) => Some(text),
        _ => None,
    };
    Some(match what {
        Decision::Confirm => console::means_confirmed(date("until")?, lang),
        Decision::Suspend => {
            if matches!(form.named("until", context), Some(Checked::Bad(_))) {
                return None;
            }
            console::means_suspended(date("from")?, date("until"), lang)
        }
        Decision::Resume => console::means_resumed(date("from")?, lang),
        Decision::SetDate => console::means_date_set(&chosen(form)?, date("new_date")?, lang),
        Decision::SetRate => {
            let amount = text("amount")?.parse().ok()?;
            console::means_rate_set(&text("year")?, amount, lang)
        }
    })
}

/// The words of what is chosen in a form's first field.
fn chosen(form: &Form) -> Option<String> {
    match &form.fields.first()?.value {
        Value::Choice { options, at } => Some(options.get(*at)?.label.clone()),
        Value::Text(_) => None,
    }
}
