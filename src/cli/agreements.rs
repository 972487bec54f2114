//! `agreements`: the agreements of this store.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    agreement_changes,
    agreement_check::{self, Beside},
    agreement_file,
    args::Global,
    context::Context,
    failure::{Done, Failure},
    open,
    table::{Side, Table},
    trial,
};
use crate::{
    desk::{
        alone::Alone,
        reply::{AgreementText, AgreementView, Reply},
        request::{AgreementFile, AgreementSide, Ask},
        service::Service,
    },
    model::{text::plain, time},
    text::{Lang, format},
};

/// What to do with agreements; without a word: list them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    pub action: Option<Action>,
    /// One JSON document
    #[arg(long, global = true)]
    pub json: bool,
}

/// The actions.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// List them
    List,
    /// Print an agreement's file
    Show {
        /// The agreement's id
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Check an agreement's file
    Check {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Check an agreement's file and use it from now on
    Adopt {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Record that the region has confirmed an agreement
    Confirm {
        /// The agreement's id
        #[arg(value_name = "ID")]
        id: String,
        /// Last date, for instance 2019-12-31
        #[arg(long, value_name = "DATE", value_parser = time::parse_date)]
        until: NaiveDate,
        /// Who says so, and where
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
    /// Suspend an agreement: what it judges by dates from --from on costs
    /// nothing, and no other rule takes its place
    Suspend {
        /// The agreement's id
        #[arg(value_name = "ID")]
        id: String,
        /// First date: of a span's start, for averages of the discharge
        #[arg(long, value_name = "DATE", value_parser = time::parse_date)]
        from: NaiveDate,
        /// Last date [default: until `resume`]
        #[arg(long, value_name = "DATE", value_parser = time::parse_date)]
        until: Option<NaiveDate>,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Who says so, and where
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
    /// End a suspension
    Resume {
        /// The agreement's id
        #[arg(value_name = "ID")]
        id: String,
        /// First date on which it charges again; the suspension's own first
        /// date takes it back whole
        #[arg(long, value_name = "DATE", value_parser = time::parse_date)]
        from: NaiveDate,
        /// Who says so, and where
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
    /// Set a date that the agreement's file leaves open
    Set {
        /// The agreement's id
        #[arg(value_name = "ID")]
        id: String,
        /// The date's code, as `show` gives it
        #[arg(value_name = "NAME")]
        name: String,
        /// The date
        #[arg(value_name = "DATE", value_parser = time::parse_date)]
        date: NaiveDate,
        /// Who says so, and where
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
    /// Compare two agreements value by value; one alone with what it replaces
    Diff {
        /// An agreement's id, or a file
        #[arg(value_name = "ID|FILE")]
        first: String,
        /// Another one
        #[arg(value_name = "ID|FILE")]
        second: Option<String>,
    },
}

impl Args {
    /// Whether it can be answered of files and the program's own agreements.
    pub fn needs_no_store(&self) -> bool {
        matches!(
            &self.action,
            Some(Action::Show { .. } | Action::Check { .. } | Action::Diff { .. })
        )
    }
}

/// Does it where there is no store in `folder`, and says so.
pub(super) fn run_alone(args: &Args, global: &Global, context: &mut Context<'_>) -> Done {
    let folder = open::folder(global)?.display().to_string();
    let folder = plain(&folder);
    let note = context.lang.pick(
        format!("Inget lager i {folder}: svaret gäller filer för sig, och de avtal som kommer med programmet"),
        format!("No store in {folder}: the answer is of files by themselves, and of the agreements that come with the program"),
    );
    writeln!(context.err, "fristdag: {note}")?;
    let desk = trial::noted(Arc::new(Alone::default()), global, context)?;
    run_beside(args, &*desk, Beside::Program, context)
}

/// Does it.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    run_beside(args, desk, Beside::Store, context)
}

fn run_beside(args: &Args, desk: &dyn Service, beside: Beside, context: &mut Context<'_>) -> Done {
    let whole = matches!(&args.action, Some(Action::Show { .. }));
    let origin = !matches!(&args.action, Some(Action::Check { .. }));
    let ask = ask(args.action.as_ref())?;
    let checked = match (&args.action, &ask) {
        (Some(Action::Check { .. }), Ask::Adopt { file, text, .. }) => Some(AgreementFile {
            file: file.clone(),
            text: text.clone(),
        }),
        _ => None,
    };
    let reply = context.ask(desk, ask)?;
    if let (Reply::Agreement(agreement), Some(file)) = (&reply, checked) {
        agreement_check::tell((agreement, file), beside, desk, args.json, context)?;
        if args.json {
            return Ok(());
        }
    }
    match reply {
        Reply::Agreements(list) if args.json => context.json(&list),
        Reply::Agreements(list) => show(&list, origin, context),
        Reply::Agreement(agreement) if args.json => context.json(&agreement),
        Reply::Agreement(agreement) if whole => whole_file(&agreement, context),
        Reply::Difference(diff) if args.json => context.json(&diff),
        Reply::Difference(diff) => agreement_changes::show(&diff, context),
        Reply::Agreement(agreement) => show(std::slice::from_ref(&agreement.view), origin, context),
        _ => Err(Failure::unexpected()),
    }
}

fn ask(action: Option<&Action>) -> Result<Ask, Failure> {
    Ok(match action {
        None | Some(Action::List) => Ask::Agreements,
        Some(Action::Show { id }) => Ask::Agreement { id: id.clone() },
        Some(Action::Check { file }) => file_ask(file, true)?,
        Some(Action::Adopt { file }) => file_ask(file, false)?,
        Some(Action::Confirm { id, until, source }) => Ask::Confirm {
            id: id.clone(),
            until: *until,
            source: source.clone(),
        },
        Some(Action::Diff { first, second }) => diff_ask(first, second.as_deref())?,
        Some(decision) => decision_ask(decision),
    })
}

/// Decisions beside the file.
fn decision_ask(action: &Action) -> Ask {
    match action {
        Action::Suspend {
            id,
            from,
            until,
            reason,
            source,
        } => Ask::Suspend {
            id: id.clone(),
            from: *from,
            until: *until,
            reason: reason.clone(),
            source: source.clone(),
        },
        Action::Resume { id, from, source } => Ask::Resume {
            id: id.clone(),
            from: *from,
            source: source.clone(),
        },
        Action::Set {
            id,
            name,
            date,
            source,
        } => Ask::SetDate {
            id: id.clone(),
            code: name.clone(),
            date: *date,
            source: source.clone(),
        },
        // The others are asked for above.
        _ => Ask::Agreements,
    }
}

fn diff_ask(first: &str, second: Option<&str>) -> Result<Ask, Failure> {
    let first = side(first)?;
    Ok(match second {
        None => Ask::Diff {
            old: None,
            new: first,
        },
        Some(second) => Ask::Diff {
            old: Some(first),
            new: side(second)?,
        },
    })
}

/// A file where the word looks like a path or is one, else an id.
fn side(word: &str) -> Result<AgreementSide, Failure> {
    let path = Path::new(word);
    let a_file = word.contains('/') || word.ends_with(".toml") || path.is_file();
    if !a_file {
        return Ok(AgreementSide::Id(word.to_owned()));
    }
    agreement_file::read(path).map(AgreementSide::File)
}

/// The file as it is, below comments on what was decided beside it.
fn whole_file(agreement: &AgreementText, context: &mut Context<'_>) -> Done {
    for line in decided(&agreement.view, context.lang) {
        context.line(format!("# {}", plain(&line)))?;
    }
    Ok(context.out.write_all(agreement.text.as_bytes())?)
}

/// Suspensions and dates, one a line.
fn decided(view: &AgreementView, lang: Lang) -> Vec<String> {
    let suspended = view.suspended.iter().map(|one| {
        let from = format::date(one.from);
        let dates = match one.until.map(format::date) {
            Some(until) => lang.pick(format!("{from} till {until}"), format!("{from} to {until}")),
            None => lang.pick(
                format!("från {from} tills vidare"),
                format!("from {from} until further notice"),
            ),
        };
        let word = lang.pick("vilar, inget debiteras", "suspended, nothing is charged");
        let source = lang.pick("källa", "source");
        let ended = one.ended_by.as_ref().map_or_else(String::new, |by| {
            lang.pick(
                format!("; upphörde enligt {by}"),
                format!("; ended by {by}"),
            )
        });
        let (id, reason, by) = (&view.id, &one.reason, &one.source);
        format!("{id} {word}: {dates}; {reason}; {source} {by}{ended}")
    });
    let dates = view.dates.iter().map(|date| {
        let name = lang.pick(&date.sv, &date.en);
        let source = match &date.source {
            Some(source) => lang.pick(
                format!("fastställt, källa {source}"),
                format!("set, source {source}"),
            ),
            None => lang
                .pick("avtalets eget datum", "the agreement's own date")
                .to_owned(),
        };
        let (id, day) = (&view.id, format::date(date.date));
        format!("{id} {}: {day}; {name}; {source}", date.code)
    });
    suspended.chain(dates).collect()
}

fn file_ask(file: &Path, check_only: bool) -> Result<Ask, Failure> {
    let AgreementFile { file, text } = agreement_file::read(file)?;
    Ok(Ask::Adopt {
        file,
        text,
        check_only,
    })
}

/// One a line; `origin` where it is known whether it came with the program.
fn show(list: &[AgreementView], origin: bool, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        ("Id", Side::Left),
        (lang.pick("Namn", "Name"), Side::Left),
        (lang.pick("Från", "From"), Side::Left),
        (lang.pick("Till", "Until"), Side::Left),
        (lang.pick("Bekräftat till", "Confirmed until"), Side::Left),
        (lang.pick("Parter", "Parties"), Side::Left),
        (lang.pick("Källa", "Origin"), Side::Left),
    ]);
    for one in list {
        let parties = match one.parties.len() {
            0 => lang.pick("alla", "all").to_owned(),
            count => count.to_string(),
        };
        table.row([
            one.id.to_string(),
            one.name.clone(),
            format::date(one.from),
            one.until.map(format::date).unwrap_or_default(),
            one.confirmed_until
                .map_or_else(|| "–".to_owned(), format::date),
            parties,
            match (origin, one.adopted) {
                (false, _) => "–",
                (true, true) => lang.pick("antaget här", "adopted here"),
                (true, false) => lang.pick("med programmet", "with the program"),
            }
            .to_owned(),
        ]);
    }
    table.write(context.out)?;
    for one in list {
        for line in decided(one, lang) {
            context.line(plain(&line))?;
        }
    }
    Ok(())
}
