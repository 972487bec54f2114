//! From the file's form to an [`Agreement`]: everything that serde cannot see.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    Agreement, Content, Formula, JudgedOn, Rule, coverage, date, duty_check,
    error::{AgreementErrors, Faults},
    file::{FORMAT, Otherwise, Written},
    layout::Step,
    parts_check, rule_check,
    value::Source,
};
use crate::model::{
    ids::AgreementId,
    place::{MunicipalityCode, RegionCode},
};
use crate::rules::rulebook::{MANUAL, STATUTE};

/// The id of the rule for spans that no other rule reaches.
const OTHERWISE: &str = "otherwise";

/// Checks the whole and makes the agreement.
pub(super) fn whole(
    file: &str,
    text: &str,
    mut written: Written,
    set: &BTreeMap<String, NaiveDate>,
) -> Result<Agreement, AgreementErrors> {
    let mut faults = Faults::of(file, text);
    date::settle(&mut written, set, &mut faults);
    // A rule whose date is nowhere would be told of as if it had another.
    let mut faults = faults.none_so_far()?;
    let id = head(&written, &mut faults);
    let region = region(&written, &mut faults);
    let parties = parties(&written, region, &mut faults);
    let period = (
        written.from.0,
        written.until.as_ref().map(|day| day.get_ref().0),
    );
    parts_check::all(&written, &mut faults);
    duty_check::check(&written, &mut faults);
    let mut rules = rules(&written, period, parties.as_deref(), &mut faults);
    coverage::check(&written, &mut faults);
    let Some(id) = id else {
        return Err(faults.end().err().unwrap_or(AgreementErrors(Vec::new())));
    };
    faults.end()?;
    rules.push(otherwise(written.otherwise));
    Ok(Agreement {
        id,
        name: written.name,
        document: written.document,
        region,
        parties,
        from: period.0,
        until: period.1,
        confirmed: written.confirmed,
        disputes: written.dispute,
        checklist: values(written.checklist),
        dates: values(written.date),
        duties: values(written.duty),
        discharge_hours: written.discharge_hours,
        reception: written.reception,
        routines: values(written.routine),
        readings: written.reading,
        rules,
        content: Content {
            text: text.into(),
            address: hex::encode(Sha256::digest(text.as_bytes())).into(),
        },
    })
}

fn values<T>(written: Vec<toml::Spanned<T>>) -> Vec<T> {
    let written = written.into_iter();
    written.map(toml::Spanned::into_inner).collect()
}

fn rules(
    written: &Written,
    period: (NaiveDate, Option<NaiveDate>),
    parties: Option<&[MunicipalityCode]>,
    faults: &mut Faults<'_>,
) -> Vec<Rule> {
    let mut known = rule_check::Known {
        period,
        parties,
        checklist: !written.checklist.is_empty(),
        ids: Vec::new(),
    };
    let rules = written.rule.iter().enumerate();
    rules
        .flat_map(|(at, rule)| rule_check::rule(at, rule, &mut known, faults))
        .collect()
}

fn otherwise(written: Otherwise) -> Rule {
    Rule {
        id: Arc::from(OTHERWISE),
        judged_on: JudgedOn::SpanStart,
        applies: Vec::new(),
        source: Source {
            clause: written.clause,
            reading: written.reading,
            alternatives: written.alternatives,
        },
        preconditions: Vec::new(),
        formula: Formula::Manual,
    }
}

fn head(written: &Written, faults: &mut Faults<'_>) -> Option<AgreementId> {
    let format = written.format.get_ref();
    if *format != FORMAT {
        faults.at(
            &written.format.span(),
            "format",
            format_args!("format {format} is not known to this version; it reads format {FORMAT}"),
        );
    }
    if let Some(until) = &written.until
        && until.get_ref() < &written.from
    {
        faults.at(
            &until.span(),
            "dates_reversed",
            "`until` lies before `from`; correct one of them",
        );
    }
    for (field, text) in [("name", &written.name), ("document", &written.document)] {
        if text.trim().is_empty() {
            let problem = format_args!("the {field} is empty; write it");
            faults.within(&[Step::Field(field)], "empty", problem);
        }
    }
    let id = &written.id;
    if id.get_ref() == MANUAL {
        faults.at(
            &id.span(),
            "id",
            "the id `manual` is kept for lines entered by hand; choose another",
        );
    }
    // Another file under it would have every agreement judged beside no statute.
    if id.get_ref() == STATUTE && written.region.get_ref() != "all" {
        faults.at(
            &id.span(),
            "id",
            format_args!("the id `{STATUTE}` is the statute's own; choose another"),
        );
    }
    let made = AgreementId::new(id.get_ref()).ok();
    let made = made.filter(|id| can_be_typed(id.as_str()));
    if made.is_none() {
        faults.at(
            &id.span(),
            "id",
            "an id has small letters a to z, digits and hyphens between them; write one like region-2019",
        );
    }
    made
}

/// Whether an id can be typed in commands, where what begins with a hyphen is
/// an option, and stand in file names.
fn can_be_typed(id: &str) -> bool {
    let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    id.chars().all(plain) && !id.starts_with('-') && !id.ends_with('-')
}

fn region(written: &Written, faults: &mut Faults<'_>) -> Option<RegionCode> {
    let region = &written.region;
    if region.get_ref() == "all" {
        if written.id.get_ref() != STATUTE {
            faults.at(
                &region.span(),
                "region",
                "only the statute binds every region; write the region's two-digit county code",
            );
        }
        return None;
    }
    region
        .get_ref()
        .parse()
        .map_err(|_| {
            faults.at(
                &region.span(),
                "region",
                "unknown region; write SCB's two-digit county code, or \"all\"",
            );
        })
        .ok()
}

fn parties(
    written: &Written,
    region: Option<RegionCode>,
    faults: &mut Faults<'_>,
) -> Option<Vec<MunicipalityCode>> {
    let listed = written.parties.get_ref();
    if let [only] = listed.as_slice()
        && only.get_ref() == "all"
    {
        return region.map(|region| {
            let mut all: Vec<_> = region.municipalities().collect();
            all.sort();
            all
        });
    }
    let mut parties = Vec::with_capacity(listed.len());
    for party in listed {
        let code = party.get_ref();
        match code.parse::<MunicipalityCode>() {
            Err(_) => faults.at(
                &party.span(),
                "unknown_party",
                format_args!("unknown party {code:?}; write SCB's four-digit municipality code"),
            ),
            Ok(code) if region.is_some_and(|region| code.region() != region) => faults.at(
                &party.span(),
                "foreign_party",
                format_args!(
                    "party {code} lies in another county than the agreement's region; remove it"
                ),
            ),
            Ok(code) if parties.contains(&code) => faults.at(
                &party.span(),
                "twice",
                format_args!("party {code} stands twice; remove one"),
            ),
            Ok(code) => parties.push(code),
        }
    }
    if listed.is_empty() {
        faults.at(
            &written.parties.span(),
            "no_party",
            "nobody is bound; list the parties, or [\"all\"]",
        );
    }
    parties.sort();
    Some(parties)
}
