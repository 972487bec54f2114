//! The desk as its callers see it, whether it is in this process or behind
//! a socket.

use std::io::{Read, Write};

use serde::{Deserialize, Serialize};

use super::{actor::Actor, error::DeskError, reply::Reply, request::Request};

/// File format of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Format {
    Jsonl,
    Csv,
}

/// An import of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportJob {
    /// The file's name, for errors; `-` for standard input.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// Only check.
    pub dry_run: bool,
    /// Take the good lines and report the others.
    pub keep_good: bool,
    /// Bytes to come, where known, for progress.
    pub bytes: Option<u64>,
}

/// How far a long piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// Units done.
    pub done: u64,
    /// Units in all, where known.
    pub total: Option<u64>,
}

/// The steps of long work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Step {
    Reading,
    Checking,
    Publishing,
    Updating,
    Rebuilding,
    Verifying,
    Copying,
}

/// A line that was refused. Its `Debug` leaves the line itself out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// 1-based line (for CSV the line on which the row begins).
    pub line: u64,
    /// The field, where one can be named.
    pub field: Option<String>,
    /// What is wrong and what to do, without values.
    pub problem: String,
    /// The line itself, only with `keep_good`; for the refused file alone.
    pub text: Option<String>,
}

impl std::fmt::Debug for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Refused")
            .field("line", &self.line)
            .field("field", &self.field)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Lines read, blank ones not counted.
    pub lines: u64,
    /// Events added.
    pub added: u64,
    /// Events that were there already.
    pub skipped: u64,
    /// Stays touched.
    pub stays: u64,
    /// Stays whose admission is still awaited.
    pub held: u64,
    /// How many lines were refused.
    pub refused_lines: u64,
    /// The refused lines: all with `keep_good`, else the first 100.
    pub refused: Vec<Refused>,
    /// Journal position afterwards.
    pub seq: u64,
    /// Whether anything was written.
    pub recorded: bool,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupReport {
    /// Entries in it.
    pub entries: u64,
    /// Bytes written.
    pub bytes: u64,
    /// Hash of the last entry.
    pub hash: String,
}

/// How the caller reaches the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// This process holds it.
    Holder,
    /// Another process (its pid) holds it.
    Client(u32),
}

/// The desk, here or behind a socket. Calls block; share it among threads.
pub trait Service: Send + Sync {
    /// Asks one thing.
    ///
    /// # Errors
    /// [`DeskError`] with its class and code.
    fn ask(&self, request: Request) -> Result<Reply, DeskError>;

    /// Imports one file. Without `keep_good`, all of it or nothing: refused
    /// lines come back in the report with `recorded` false. By default there
    /// is no store.
    ///
    /// # Errors
    /// Where the store cannot be written, or the input cannot be read;
    /// `not_a_store`.
    fn import(
        &self,
        _actor: &Actor,
        _job: &ImportJob,
        _input: &mut dyn Read,
        _progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        Err(no_store())
    }

    /// Streams a consistent copy of the store to `out`. By default there is
    /// none.
    ///
    /// # Errors
    /// Where reading or writing fails; `not_a_store`.
    fn backup(
        &self,
        _actor: &Actor,
        _out: &mut dyn Write,
        _progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        Err(no_store())
    }

    /// How the store is reached at this moment.
    fn connection(&self) -> Connection;

    /// The caller is about to leave: waits that are under way in this process
    /// end now. By default there are none.
    fn leave(&self) {}
}

/// What needs a store is asked where there is none.
pub(super) fn no_store() -> DeskError {
    DeskError::store("not_a_store", "")
}
