//! `explain`: why liability does or does not start.

use super::{
    as_of,
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{reply::Reply, request::Ask, service::Service},
    model::{ids::EpisodeId, text::plain},
    rules::trace::{Outcome, SpanExplanation, Step},
    text::{explain, format},
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
    #[command(flatten)]
    pub as_of: as_of::Args,
}

/// Shows the explanation, step by step.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = Ask::Explain {
        episode: args.id.clone(),
    };
    let answer = args.as_of.ask(desk, context, ask)?;
    let Reply::Explanation(explanation) = &answer.reply else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(explanation);
    }
    answer.head(context)?;
    context.line(&explanation.episode)?;
    steps(&explanation.steps, context)?;
    for (index, span) in explanation.spans.iter().enumerate() {
        span_lines(index + 1, span, context)?;
    }
    if explanation.spans.is_empty() {
        context.line(context.say(
            "Ingen underrättelse om utskrivningsklar.",
            "No ready notice.",
        ))?;
    }
    Ok(())
}

fn span_lines(number: usize, span: &SpanExplanation, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let start = span.start.map_or_else(|| "–".to_owned(), format::moment);
    let agreement = span
        .agreement
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let label = context.say("Utskrivningsklar", "Ready span");
    context.line("")?;
    context.line(format!("{label} {number}: {start}  {agreement}").trim_end())?;
    steps(&span.steps, context)?;
    let end = match span.liability_start {
        Some(at) => format!(
            "{} {}",
            context.say("Betalningsansvaret börjar", "Liability starts"),
            format::moment(at)
        ),
        None => context
            .say(
                "Inget betalningsansvar per patient börjar.",
                "No liability per patient starts.",
            )
            .to_owned(),
    };
    context.line(format!("= {end}"))?;
    for remedy in &span.remedies {
        context.line(format!("> {}", explain::remedy(remedy, lang)))?;
    }
    Ok(())
}

fn steps(steps: &[Step], context: &mut Context<'_>) -> Done {
    for step in steps {
        let mark = match step.outcome {
            Outcome::Holds => "+",
            Outcome::Fails => "-",
            Outcome::Lost => "·",
        };
        let text = explain::step(step, context.lang);
        context.line(format!("{mark} {}", plain(&text)))?;
        if let Some(clause) = &step.clause {
            let text = explain::clause(clause, context.lang);
            context.line(format!("    [{}]", plain(&text)))?;
        }
    }
    Ok(())
}
