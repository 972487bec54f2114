//! `explain`: why liability does or does not start.

use super::{
    as_of,
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{reply::Reply, request::Ask, service::Service},
    model::{ids::EpisodeId, text::plain},
    rules::trace::{Change, Outcome, SpanExplanation, Step},
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
    changes(&explanation.would_change, context)?;
    if !explanation.months.is_empty() {
        context.line("")?;
        context.line(context.say("I månadernas siffror:", "In the months' figures:"))?;
        steps(&explanation.months, context)?;
    }
    Ok(())
}

fn span_lines(number: usize, span: &SpanExplanation, context: &mut Context<'_>) -> Done {
    let start = span
        .start
        .map_or_else(|| "–".to_owned(), format::exact_moment);
    let label = context.say("Utskrivningsklar", "Ready span");
    context.line("")?;
    context.line(format!("{label} {number}: {start}"))?;
    steps(&span.steps, context)?;
    context.line(format!("= {}", explain::verdict(span, context.lang)))?;
    changes(&span.would_change, context)
}

/// What would change it, one sentence a line.
pub(super) fn changes(changes: &[Change], context: &mut Context<'_>) -> Done {
    for said in explain::changes(changes, context.lang) {
        context.line(format!("> {}", plain(&said)))?;
    }
    Ok(())
}

/// Steps as sentences, each with its clause.
pub(super) fn steps(steps: &[Step], context: &mut Context<'_>) -> Done {
    let mut before = None;
    for step in steps {
        let mark = match step.outcome {
            Outcome::Holds => "+",
            Outcome::Fails => "-",
            Outcome::Lost => "·",
        };
        let text = explain::step(step, context.lang);
        context.line(format!("{mark} {}", plain(&text)))?;
        if let Some(clause) = &step.clause {
            let text = explain::clause_after(clause, before, context.lang);
            context.line(format!("    [{}]", plain(&text)))?;
            before = Some(clause);
        }
    }
    Ok(())
}
