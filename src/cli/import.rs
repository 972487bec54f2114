//! `import`: events from files.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{
    context::Context,
    failure::{Done, Failure},
    progress::Bar,
    refused,
};
use crate::{
    desk::{
        error::{DeskError, ErrorKind},
        service::{Format, ImportJob, ImportReport, Refused, Service},
    },
    model::text::plain,
    text::phrases,
};

/// Most refused lines that are told one by one.
const TOLD: usize = 100;

/// Which files, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The files; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Format [default: by the file's ending; standard input: jsonl]
    #[arg(long, value_enum, value_name = "jsonl|csv")]
    pub format: Option<Form>,
    /// Only check
    #[arg(long)]
    pub dry_run: bool,
    /// Take the good lines, and write the others to FILE.refused.jsonl
    #[arg(long)]
    pub keep_good: bool,
}

/// File formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// One event a line
    Jsonl,
    /// One stay a row
    Csv,
}

/// Imports the files, each by itself: one that is refused does not keep the
/// others out. Ends badly if any was.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let mut worst: Option<u8> = None;
    for file in &args.files {
        match one(file, args, desk, context) {
            Ok(()) => {}
            Err(Failure::Unread) => return Err(Failure::Unread),
            // A store that cannot be written will not take the next file either.
            Err(Failure::Desk(error)) if error.kind == ErrorKind::Store => {
                return Err(Failure::Desk(error));
            }
            Err(failure) => {
                let code = failure.tell(context.lang, context.err);
                worst = worst.max(Some(code));
            }
        }
    }
    if worst.is_some() {
        Err(Failure::Said(ErrorKind::BadInput.exit_code()))
    } else {
        Ok(())
    }
}

fn one(file: &Path, args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let job = ImportJob {
        file: file.display().to_string(),
        format: format(file, args.format)?,
        dry_run: args.dry_run,
        keep_good: args.keep_good,
        bytes: size(file),
    };
    let mut input = input(file)?;
    let mut bar = Bar::new(context.terminal, context.lang);
    let report = desk.import(&context.actor, &job, &mut *input, &mut |step| bar.at(step))?;
    bar.done();
    tell_refused(&job, &report, context)?;
    summary(&job, &report, context)?;
    if report.refused_lines == 0 {
        return Ok(());
    }
    if args.keep_good && !args.dry_run {
        return keep(file, &report.refused, context);
    }
    Err(Failure::Said(ErrorKind::BadInput.exit_code()))
}

/// The format asked for, else the one that the file's ending tells.
fn format(file: &Path, asked: Option<Form>) -> Result<Format, DeskError> {
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
    match (asked, ending.as_ref().and_then(|ending| ending.to_str())) {
        (Some(Form::Jsonl), _) | (None, Some("jsonl" | "ndjson")) => Ok(Format::Jsonl),
        (Some(Form::Csv), _) | (None, Some("csv")) => Ok(Format::Csv),
        (None, _) if is_stdin(file) => Ok(Format::Jsonl),
        (None, _) => Err(DeskError::bad_input("format_unknown", file.display())),
    }
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn size(file: &Path) -> Option<u64> {
    let found = std::fs::metadata(file).ok()?;
    (!is_stdin(file) && found.is_file()).then_some(found.len())
}

fn input(file: &Path) -> Result<Box<dyn Read>, Failure> {
    if is_stdin(file) {
        return Ok(Box::new(io::stdin().lock()));
    }
    match File::open(file) {
        Ok(open) => Ok(Box::new(open)),
        Err(error) => Err(Failure::file(file, &error)),
    }
}

/// `file:line: field "x": problem`, up to a hundred.
fn tell_refused(job: &ImportJob, report: &ImportReport, context: &mut Context<'_>) -> Done {
    for refused in report.refused.iter().take(TOLD) {
        let field = refused
            .field
            .as_ref()
            .map(|field| format!("{} \"{field}\": ", context.say("fält", "field")))
            .unwrap_or_default();
        let problem = phrases::say(&refused.problem, context.lang);
        let text = format!("{}:{}: {field}{problem}", job.file, refused.line);
        writeln!(context.err, "{}", plain(&text))?;
    }
    let told = report.refused.len().min(TOLD) as u64;
    if report.refused_lines > told {
        let more = report.refused_lines - told;
        writeln!(
            context.err,
            "{}",
            context
                .lang
                .pick(format!("och {more} till"), format!("and {more} more"))
        )?;
    }
    Ok(())
}

fn summary(job: &ImportJob, report: &ImportReport, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let result = match (job.dry_run, report.recorded || report.refused_lines == 0) {
        (true, _) => lang.pick("kontrollerad, inget infört", "checked, nothing recorded"),
        (false, true) => lang.pick("infört", "recorded"),
        (false, false) => lang.pick("inget infört", "nothing recorded"),
    };
    let (file, lines, added, skipped) = (&job.file, report.lines, report.added, report.skipped);
    let (stays, held, refused) = (report.stays, report.held, report.refused_lines);
    let text = lang.pick(
        format!(
            "{file}: {result}; {lines} rader, {added} nya, {skipped} fanns redan, {refused} fel; \
             {stays} vårdtillfällen, {held} väntar på inskrivning"
        ),
        format!(
            "{file}: {result}; {lines} lines, {added} new, {skipped} already there, {refused} refused; \
             {stays} stays, {held} wait for admission"
        ),
    );
    context.line(plain(&text))
}

/// Writes the refused lines beside the file, to be corrected.
fn keep(file: &Path, lines: &[Refused], context: &mut Context<'_>) -> Done {
    let beside = if is_stdin(file) {
        Path::new("stdin")
    } else {
        file
    };
    let path = refused::write(beside, lines).map_err(|error| Failure::file(beside, &error))?;
    let label = context.say("Rader med fel:", "Refused lines:");
    writeln!(context.err, "{label} {}", path.display())?;
    Ok(())
}
