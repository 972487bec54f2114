//! A made-up history, kept under the build's folder so that a second run need
//! not make it again.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use fristdag::{
    exchange::bulk::{Bulk, EVENTS_A_STAY},
    model::{
        place::RegionCode,
        time::{self, Instant},
    },
};

/// The month whose figures are asked for; it has ended at [`until`].
pub const MONTH: &str = "2019-05";

/// Count up when [`Bulk`] makes other histories, or what is kept of them is
/// kept otherwise.
const VERSION: u32 = 2;

pub fn region() -> RegionCode {
    "17".parse().unwrap()
}

/// The moment at which histories end, and everything is asked.
pub fn until() -> Instant {
    time::parse("2019-06-20T12:00:00+02:00").unwrap()
}

/// What was made up, and where it is kept.
pub struct History {
    bulk: Bulk,
    folder: PathBuf,
}

impl History {
    /// A history of at least `events` events over `years` years, of which
    /// `open` stays go on.
    pub fn of(events: u64, open: u64, years: i64) -> Self {
        let bulk = Bulk {
            region: region(),
            stays: events.div_ceil(EVENTS_A_STAY),
            open,
            years,
            until: until(),
            seed: 17,
        };
        let name = format!("v{VERSION}-{}-{open}-{years}", bulk.stays);
        let folder = scratch().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self { bulk, folder }
    }

    pub fn stays(&self) -> u64 {
        self.bulk.stays
    }

    pub fn events(&self) -> u64 {
        self.bulk.stays * EVENTS_A_STAY
    }

    /// The events as JSON Lines, by time.
    pub fn file(&self) -> File {
        let path = self.folder.join("events.jsonl");
        if !path.exists() {
            let half = self.folder.join("events.jsonl.half");
            let mut out = BufWriter::with_capacity(1 << 20, File::create(&half).unwrap());
            self.bulk.write(&mut out).unwrap();
            out.flush().unwrap();
            fs::rename(half, &path).unwrap();
        }
        File::open(path).unwrap()
    }

    /// Calls `f` with the events of each week, as nearly as equal parts are
    /// weeks.
    pub fn weekly(&self, mut f: impl FnMut(&str)) {
        let mut lines = BufReader::with_capacity(1 << 20, self.file());
        let mut week = String::new();
        for number in 1..=self.events() {
            lines.read_line(&mut week).unwrap();
            if number % self.a_week() == 0 || number == self.events() {
                f(&week);
                week.clear();
            }
        }
    }

    /// Events of a week.
    pub fn a_week(&self) -> u64 {
        let weeks = u64::try_from(self.bulk.years).unwrap() * 52;
        self.events().div_ceil(weeks).max(1)
    }

    /// When about so many events had happened.
    pub fn moment_after(&self, events: u64) -> Instant {
        let span = chrono::TimeDelta::days(365 * self.bulk.years).num_seconds();
        let left = (self.events() - events) as i64;
        until() - chrono::TimeDelta::seconds(span / self.events() as i64 * left)
    }

    /// A folder in which what `make` puts there is kept for other runs.
    pub fn kept(&self, name: &str, make: impl FnOnce(&Path)) -> PathBuf {
        let folder = self.folder.join(name);
        if !folder.exists() {
            let half = self.folder.join(format!("{name}.half"));
            drop(fs::remove_dir_all(&half));
            fs::create_dir(&half).unwrap();
            make(&half);
            fs::rename(half, &folder).unwrap();
        }
        folder
    }
}

/// Where benches keep what they make: on the disk of the build, since a store
/// in memory would be measured without its syncs.
pub fn scratch() -> PathBuf {
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-history");
    fs::create_dir_all(&built).unwrap();
    built
}

/// A copy of a folder, to be written to.
pub fn copied(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &target);
        } else if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
