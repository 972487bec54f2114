//! The file of record: chained lines in segments, staging, identities apart, backup.
