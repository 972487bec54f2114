//! `agreements`: the agreements of this store.

use std::{fs, path::PathBuf};

use chrono::NaiveDate;

use super::{
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::{AgreementText, AgreementView, Reply},
        request::Ask,
        service::Service,
    },
    model::time,
    text::format,
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
}

/// Does it.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let whole = matches!(&args.action, Some(Action::Show { .. }));
    match context.ask(desk, ask(args.action.as_ref())?)? {
        Reply::Agreements(list) if args.json => context.json(&list),
        Reply::Agreements(list) => show(&list, context),
        Reply::Agreement(agreement) if args.json => context.json(&agreement),
        Reply::Agreement(agreement) if whole => {
            Ok(context.out.write_all(agreement.text.as_bytes())?)
        }
        Reply::Agreement(agreement) => holds(&agreement, context),
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
    })
}

fn file_ask(file: &PathBuf, check_only: bool) -> Result<Ask, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    Ok(Ask::Adopt {
        file: file.display().to_string(),
        text,
        check_only,
    })
}

fn holds(agreement: &AgreementText, context: &mut Context<'_>) -> Done {
    show(std::slice::from_ref(&agreement.view), context)
}

fn show(list: &[AgreementView], context: &mut Context<'_>) -> Done {
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
            if one.adopted {
                lang.pick("antaget här", "adopted here").to_owned()
            } else {
                lang.pick("med programmet", "with the program").to_owned()
            },
        ]);
    }
    Ok(table.write(context.out)?)
}
