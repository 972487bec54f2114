//! The agreements of one store, and which of their rules judges a span.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    agreement::{Agreement, AgreementError, AgreementErrors, Formula, JudgedOn, NamedDate, Rule},
    orders::Orders,
    trace::Clause,
};
use crate::model::{
    event::CareForm,
    ids::AgreementId,
    place::{MunicipalityCode, RegionCode},
};

/// The id of the statute, which binds where nothing else does.
pub const STATUTE: &str = "lag-2017-612";
/// The agreement id under which figures show what is settled by hand.
pub const MANUAL: &str = "manual";

/// The files that are shipped, by name.
const SHIPPED: [(&str, &str); 6] = [
    (
        "lag-2017-612.toml",
        include_str!("agreements/lag-2017-612.toml"),
    ),
    (
        "varmland-2019.toml",
        include_str!("agreements/varmland-2019.toml"),
    ),
    (
        "jonkoping-2018.toml",
        include_str!("agreements/jonkoping-2018.toml"),
    ),
    (
        "stockholm-2020.toml",
        include_str!("agreements/stockholm-2020.toml"),
    ),
    (
        "jamtland-2018.toml",
        include_str!("agreements/jamtland-2018.toml"),
    ),
    (
        "halland-2018.toml",
        include_str!("agreements/halland-2018.toml"),
    ),
];

/// The agreements of one region's store. It always holds the statute.
#[derive(Debug, Clone)]
pub struct Rulebook {
    region: RegionCode,
    agreements: Vec<Arc<Agreement>>,
    /// Where the statute stands in `agreements`.
    statute: usize,
    /// Where agreements of the region stand.
    own: Vec<usize>,
    /// Confirmations that finance made, over the files' own.
    confirmed: Vec<(AgreementId, NaiveDate)>,
    /// Suspensions and dates that finance set.
    orders: Orders,
    /// Over the files that can judge here, and the engine that reads them.
    fingerprint: u64,
}

impl Rulebook {
    /// The agreements that come with the program, for a store of `region`.
    ///
    /// # Panics
    /// Never: a test loads every shipped file for every region.
    #[must_use]
    pub fn shipped(region: RegionCode) -> Self {
        Self::with_files::<&str>(region, &[]).expect("a test loads every shipped file")
    }

    /// The shipped agreements, with `files` (name and text) added; one with
    /// the id of another takes its place.
    ///
    /// # Errors
    /// Everything that is wrong with the files, or between them.
    pub fn with_files<T: AsRef<str>>(
        region: RegionCode,
        files: &[(T, T)],
    ) -> Result<Self, AgreementErrors> {
        let shipped = SHIPPED.iter().map(|(file, text)| (*file, *text, true));
        let given = files
            .iter()
            .map(|(file, text)| (file.as_ref(), text.as_ref(), false));
        Self::load(region, shipped.chain(given))
    }

    /// These agreements, with `files` (name and text) added; one with the id of
    /// another takes its place. What finance decided beside the files stays.
    ///
    /// # Errors
    /// Everything that is wrong with the files, or between them.
    pub fn and_files<T: AsRef<str>>(&self, files: &[(T, T)]) -> Result<Self, AgreementErrors> {
        let names: Vec<String> = self.all().map(|one| format!("{}.toml", one.id)).collect();
        let own = names
            .iter()
            .zip(self.all())
            .map(|(name, one)| (name.as_str(), one.text(), true));
        let given = files
            .iter()
            .map(|(file, text)| (file.as_ref(), text.as_ref(), false));
        let mut made = Self::load(self.region, own.chain(given))?;
        made.confirmed.clone_from(&self.confirmed);
        made.order(self.orders.clone())?;
        Ok(made)
    }

    /// These files and no others, as a lock kept them; the statute must be
    /// among them.
    ///
    /// # Errors
    /// Everything that is wrong with the files, or between them.
    pub fn only<T: AsRef<str>>(
        region: RegionCode,
        files: &[(T, T)],
    ) -> Result<Self, AgreementErrors> {
        let given = files.iter();
        Self::load(
            region,
            given.map(|(file, text)| (file.as_ref(), text.as_ref(), false)),
        )
    }

    /// Loads files, each with whether it gives way to one with the same id.
    fn load<'f>(
        region: RegionCode,
        files: impl Iterator<Item = (&'f str, &'f str, bool)>,
    ) -> Result<Self, AgreementErrors> {
        let mut loaded: Vec<Loaded<'_>> = Vec::new();
        let mut errors = Vec::new();
        for (file, text, gives_way) in files {
            match Agreement::load(file, text) {
                Err(AgreementErrors(found)) => errors.extend(found),
                Ok(agreement) => {
                    let agreement = Arc::new(agreement);
                    let one = Loaded {
                        file,
                        gives_way,
                        agreement,
                    };
                    add(&mut loaded, one, &mut errors);
                }
            }
        }
        if errors.is_empty() {
            errors.extend(conflicts(&loaded));
            errors.extend(too_early(&loaded));
        }
        if !errors.is_empty() {
            return Err(AgreementErrors(errors));
        }
        Self::of(
            region,
            loaded.into_iter().map(|one| one.agreement).collect(),
        )
    }

    fn of(region: RegionCode, agreements: Vec<Arc<Agreement>>) -> Result<Self, AgreementErrors> {
        let statute = agreements
            .iter()
            .position(|agreement| agreement.id.as_str() == STATUTE);
        let Some(statute) = statute.filter(|at| agreements[*at].parties.is_none()) else {
            return Err(AgreementErrors(vec![AgreementError {
                file: format!("{STATUTE}.toml"),
                line: 1,
                column: None,
                field: None,
                code: "statute_missing",
                problem: "the statute is missing or does not bind all; add its file, with region = \"all\" and parties = [\"all\"]"
                    .to_owned(),
            }]));
        };
        let own = agreements
            .iter()
            .enumerate()
            .filter(|(_, agreement)| agreement.region == Some(region))
            .map(|(at, _)| at)
            .collect();
        let mut rulebook = Self {
            region,
            agreements,
            statute,
            own,
            confirmed: Vec::new(),
            orders: Orders::default(),
            fingerprint: 0,
        };
        rulebook.fingerprint = fingerprint(&rulebook);
        Ok(rulebook)
    }

    /// The store's region.
    #[must_use]
    pub fn region(&self) -> RegionCode {
        self.region
    }

    /// Every agreement that was loaded, those of other regions included.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Agreement>> {
        self.agreements.iter()
    }

    /// The clause of a reading that the engine follows under every agreement,
    /// by its code in the statute's file.
    #[must_use]
    pub fn reading(&self, code: &str) -> Option<Clause> {
        let statute = self.statute();
        let reading = statute.readings.iter().find(|it| it.code == code)?;
        Some(statute.clause_at(reading.clause.as_str(), true))
    }

    /// Those that can judge here: the region's own, then the statute.
    pub fn binding(&self) -> impl Iterator<Item = &Arc<Agreement>> {
        let own = self.own.iter().map(|at| &self.agreements[*at]);
        own.chain(std::iter::once(&self.agreements[self.statute]))
    }

    /// The agreement of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<Agreement>> {
        self.agreements
            .iter()
            .find(|agreement| agreement.id.as_str() == id)
    }

    /// The statute.
    #[must_use]
    pub fn statute(&self) -> &Arc<Agreement> {
        &self.agreements[self.statute]
    }

    /// A number that is another one when other files can judge here. What was
    /// judged under another number is judged again.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Whether any agreement here counts averages over a payer's month.
    #[must_use]
    pub fn has_averages(&self) -> bool {
        let averages = |rule: &Rule| {
            matches!(
                rule.formula,
                Formula::AverageExcess(_) | Formula::AverageTrigger(_)
            )
        };
        self.binding()
            .any(|agreement| agreement.rules().iter().any(averages))
    }

    /// Notes that finance confirmed an agreement until a date; the latest
    /// call for an id counts.
    pub fn confirm(&mut self, id: AgreementId, until: NaiveDate) {
        self.confirmed.retain(|(other, _)| *other != id);
        self.confirmed.push((id, until));
    }

    /// What finance decided beside the files.
    #[must_use]
    pub fn orders(&self) -> &Orders {
        &self.orders
    }

    /// Puts decisions beside the files, in place of those before.
    ///
    /// # Errors
    /// A date that its file cannot have, as if it were written there.
    pub fn order(&mut self, orders: Orders) -> Result<(), AgreementErrors> {
        let none = BTreeMap::new();
        for agreement in &mut self.agreements {
            let set = orders.dates.get(&agreement.id).unwrap_or(&none);
            let is = |date: &NamedDate| date.set == set.get(&date.code).copied();
            if !agreement.dates.iter().all(is) {
                let file = format!("{}.toml", agreement.id);
                *agreement = Arc::new(Agreement::load_with(&file, agreement.text(), set)?);
            }
        }
        self.orders = orders;
        self.fingerprint = fingerprint(self);
        Ok(())
    }

    /// The last date to which an agreement is confirmed, by finance or, before
    /// it did so, by the file.
    #[must_use]
    pub fn confirmed_until(&self, agreement: &Agreement) -> Option<NaiveDate> {
        let by_finance = self.confirmed.iter().find(|(id, _)| *id == agreement.id);
        by_finance.map(|(_, until)| *until).or_else(|| {
            agreement
                .confirmed
                .as_ref()
                .map(|confirmed| confirmed.until.0)
        })
    }

    /// The rule that judges a span of `payer` which started on `start` and
    /// ended on `end` (for an open span: the date as at which one asks).
    ///
    /// A rule judged on the start goes before one judged on the end: a span
    /// that began under an individual rule enters no average. What began
    /// before the statute, or within an agreement but under none of its
    /// rules, is for finance. Two agreements never compete here: that is
    /// refused when they are loaded.
    #[must_use]
    pub fn rule_for(
        &self,
        payer: MunicipalityCode,
        care_form: CareForm,
        start: NaiveDate,
        end: NaiveDate,
    ) -> (&Arc<Agreement>, &Rule) {
        let statute = self.statute();
        if start < statute.from {
            return (statute, statute.fallback());
        }
        let own = || {
            let own = self.own.iter().map(|at| &self.agreements[*at]);
            own.filter(|agreement| agreement.binds(payer))
        };
        for (judged_on, date) in [(JudgedOn::SpanStart, start), (JudgedOn::SpanEnd, end)] {
            for agreement in own() {
                if let Some(rule) = agreement.judging(judged_on, care_form, date) {
                    return (agreement, rule);
                }
            }
        }
        if let Some(agreement) = own().find(|agreement| agreement.covers(start)) {
            return (agreement, agreement.fallback());
        }
        let by_start = statute.judging(JudgedOn::SpanStart, care_form, start);
        let rule = by_start.or_else(|| statute.judging(JudgedOn::SpanEnd, care_form, end));
        (statute, rule.unwrap_or_else(|| statute.fallback()))
    }
}

/// The first bytes of a SHA-256 over the program's version and the addresses
/// of the files that can judge.
fn fingerprint(rulebook: &Rulebook) -> u64 {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for agreement in rulebook.binding() {
        digest.update(agreement.address());
    }
    let binding = rulebook.binding().map(AsRef::as_ref);
    rulebook.orders.digest(binding, &mut digest);
    let [a, b, c, d, e, f, g, h, ..] = digest.finalize().0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// An agreement with the file that it came from.
struct Loaded<'a> {
    file: &'a str,
    gives_way: bool,
    agreement: Arc<Agreement>,
}

fn add<'a>(loaded: &mut Vec<Loaded<'a>>, one: Loaded<'a>, errors: &mut Vec<AgreementError>) {
    let id = &one.agreement.id;
    match loaded.iter_mut().find(|other| other.agreement.id == *id) {
        None => loaded.push(one),
        // Two files of a user must not hide each other.
        Some(other) if other.gives_way => *other = one,
        Some(other) => errors.push(AgreementError {
            file: one.file.to_owned(),
            line: one.agreement.line_of("id"),
            column: None,
            field: Some("id".to_owned()),
            code: "id_taken",
            problem: format!(
                "the id {id} is also in {}; remove one of the files or give it another id",
                other.file,
            ),
        }),
    }
}

/// Agreements of one region that bind the same payer on the same date.
fn conflicts(loaded: &[Loaded<'_>]) -> Vec<AgreementError> {
    let mut found = Vec::new();
    for (index, later) in loaded.iter().enumerate() {
        for earlier in &loaded[..index] {
            if let Some((party, date)) = conflict(&earlier.agreement, &later.agreement) {
                found.push(AgreementError {
                    file: later.file.to_owned(),
                    line: later.agreement.line_of("from"),
                    column: None,
                    field: Some("from".to_owned()),
                    code: "conflict",
                    problem: format!(
                        "{} and {} (in {}) both bind {party} on {date}; give the earlier one an `until`, or remove one",
                        later.agreement.id, earlier.agreement.id, earlier.file,
                    ),
                });
            }
        }
    }
    found
}

/// What begins before the statute: a span from before it is for finance,
/// whatever an agreement says, so that such a date would promise too much.
fn too_early(loaded: &[Loaded<'_>]) -> Vec<AgreementError> {
    let mut statutes = loaded.iter().map(|one| &one.agreement);
    let statute = statutes.find(|agreement| agreement.id.as_str() == STATUTE);
    let Some(first) = statute.map(|statute| statute.from) else {
        return Vec::new();
    };
    let early = loaded.iter().filter(|one| one.agreement.from < first);
    early
        .map(|one| AgreementError {
            file: one.file.to_owned(),
            line: one.agreement.line_of("from"),
            column: None,
            field: Some("from".to_owned()),
            code: "before_statute",
            problem: format!(
                "{} begins on {}, before the statute ({first}); nothing is computed before that date: let `from` be {first} or later",
                one.agreement.id, one.agreement.from,
            ),
        })
        .collect()
}

fn conflict(a: &Agreement, b: &Agreement) -> Option<(MunicipalityCode, NaiveDate)> {
    if a.region.is_none() || a.region != b.region {
        return None;
    }
    let date = a.from.max(b.from);
    if !a.covers(date) || !b.covers(date) {
        return None;
    }
    let party = MunicipalityCode::all().find(|party| a.binds(*party) && b.binds(*party))?;
    Some((party, date))
}

#[cfg(test)]
#[path = "rulebook_tests.rs"]
mod tests;
