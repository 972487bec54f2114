//! `--as-of`: answers from what was recorded up to an entry or a moment.

use super::{
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{
        reply::Reply,
        request::{AsOf, Ask},
        service::Service,
    },
    model::time::{self, Instant},
    text::format,
};

/// The option.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// Answer from what was recorded up to then: a time, or an entry's number
    #[arg(long, value_name = "TIME|SEQ", value_parser = parse)]
    as_of: Option<AsOf>,
}

fn parse(text: &str) -> Result<AsOf, String> {
    if let Ok(seq) = text.parse() {
        return Ok(AsOf::Seq(seq));
    }
    let at = time::parse(text).map_err(|error| {
        format!("{error}; or give the number of an entry of the journal, for instance 1200")
    })?;
    Ok(AsOf::Time(at))
}

/// An answer, and where the journal stood for it.
pub(super) struct Answer {
    pub reply: Reply,
    stood: Option<(u64, Instant)>,
}

impl Args {
    /// Asks, as of then.
    ///
    /// # Errors
    /// The desk's.
    pub fn ask(
        self,
        desk: &dyn Service,
        context: &Context<'_>,
        ask: Ask,
    ) -> Result<Answer, Failure> {
        let Some(as_of) = self.as_of else {
            let (reply, stood) = (context.ask(desk, ask)?, None);
            return Ok(Answer { reply, stood });
        };
        let ask = Box::new(ask);
        match context.ask(desk, Ask::AsOf { as_of, ask })? {
            Reply::AsOf(answer) => Ok(Answer {
                stood: Some((answer.seq, answer.recorded_at)),
                reply: answer.reply,
            }),
            _ => Err(Failure::unexpected()),
        }
    }
}

impl Answer {
    /// For people: a line that tells what is not known yet, if so.
    ///
    /// # Errors
    /// Those of writing.
    pub fn head(&self, context: &mut Context<'_>) -> Done {
        let Some((seq, recorded_at)) = self.stood else {
            return Ok(());
        };
        let at = format::moment(recorded_at);
        context.line(context.lang.pick(
            format!("Som det var känt vid post {seq}, registrerad {at}"),
            format!("As known at entry {seq}, recorded {at}"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_an_entry_and_all_else_a_time() {
        assert_eq!(parse("1200"), Ok(AsOf::Seq(1200)));
        let at = time::parse("2019-03-06T23:00:00+01:00").unwrap();
        assert_eq!(parse("2019-03-06T23:00:00+01:00"), Ok(AsOf::Time(at)));
        assert!(parse("yesterday").unwrap_err().contains("entry"));
    }
}
