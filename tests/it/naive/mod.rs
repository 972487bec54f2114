//! A second model of the month's figures, naive on purpose: written from the
//! sources' rules alone, day by day, without the agreements' files and without
//! the engine, of which it knows only the words for events, dates and places.
//! Generated histories are held against both.
//!
//! `FRISTDAG_HISTORIES` sets how many per region, `FRISTDAG_SEED` repeats a
//! run that failed.

mod arrival;
mod figures;
mod generate;
mod grounds;
mod halland;
mod hold;
mod individual;
mod jamtland;
mod jonkoping;
mod manual;
mod plan;
mod reach;
mod region;
mod same;
mod stay;
mod stockholm;
