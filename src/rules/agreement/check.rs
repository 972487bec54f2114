//! From the file's form to an [`Agreement`]: everything that serde cannot see.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{
    Agreement, Content, Formula, JudgedOn, Rule, coverage, duty_check,
    error::{AgreementErrors, Faults},
    file::{FORMAT, Otherwise, Written},
    precondition::ChecklistPoint,
    rule_check,
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
    written: Written,
) -> Result<Agreement, AgreementErrors> {
    let mut faults = Faults::of(file, text);
    let id = head(&written, &mut faults);
    let region = region(&written, &mut faults);
    let parties = parties(&written, region, &mut faults);
    let period = (
        written.from.0,
        written.until.as_ref().map(|day| day.get_ref().0),
    );
    checklist(&written, &mut faults);
    duty_check::check(&written, &mut faults);
    let mut known = rule_check::Known {
        period,
        parties: parties.as_deref(),
        checklist: !written.checklist.is_empty(),
        ids: Vec::new(),
    };
    let mut rules: Vec<Rule> = Vec::new();
    for rule in &written.rule {
        rules.extend(rule_check::rule(rule, &mut known, &mut faults));
    }
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
        checklist: written
            .checklist
            .into_iter()
            .map(toml::Spanned::into_inner)
            .collect(),
        duties: written
            .duty
            .into_iter()
            .map(toml::Spanned::into_inner)
            .collect(),
        discharge_hours: written.discharge_hours,
        reception: written.reception,
        routines: written
            .routine
            .into_iter()
            .map(toml::Spanned::into_inner)
            .collect(),
        readings: written.reading,
        rules,
        content: Content {
            text: text.into(),
            address: hex::encode(Sha256::digest(text.as_bytes())).into(),
        },
    })
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
            format_args!("format {format} is not known to this version; it reads format {FORMAT}"),
        );
    }
    if let Some(until) = &written.until
        && until.get_ref() < &written.from
    {
        faults.at(
            &until.span(),
            "`until` lies before `from`; correct one of them",
        );
    }
    let id = &written.id;
    if id.get_ref() == MANUAL {
        faults.at(
            &id.span(),
            "the id `manual` is kept for lines entered by hand; choose another",
        );
    }
    AgreementId::new(id.get_ref())
        .map_err(|why| {
            faults.at(
                &id.span(),
                format_args!("the id {why}; write one like region-2019"),
            )
        })
        .ok()
}

fn region(written: &Written, faults: &mut Faults<'_>) -> Option<RegionCode> {
    let region = &written.region;
    if region.get_ref() == "all" {
        if written.id.get_ref() != STATUTE {
            faults.at(
                &region.span(),
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
                format_args!("unknown party {code:?}; write SCB's four-digit municipality code"),
            ),
            Ok(code) if region.is_some_and(|region| code.region() != region) => faults.at(
                &party.span(),
                format_args!(
                    "party {code} lies in another county than the agreement's region; remove it"
                ),
            ),
            Ok(code) if parties.contains(&code) => faults.at(
                &party.span(),
                format_args!("party {code} stands twice; remove one"),
            ),
            Ok(code) => parties.push(code),
        }
    }
    if listed.is_empty() {
        faults.at(
            &written.parties.span(),
            "nobody is bound; list the parties, or [\"all\"]",
        );
    }
    parties.sort();
    Some(parties)
}

fn checklist(written: &Written, faults: &mut Faults<'_>) {
    for (index, point) in written.checklist.iter().enumerate() {
        let span = point.span();
        let ChecklistPoint {
            code, ticks, fact, ..
        } = point.get_ref();
        if ticks.is_empty() == fact.is_none() {
            faults.at(
                &span,
                format_args!(
                    "checklist point {code:?} needs either `ticks` or a `fact`, and not both"
                ),
            );
        }
        let before = &written.checklist[..index];
        if before.iter().any(|other| other.get_ref().code == *code) {
            faults.at(
                &span,
                format_args!("checklist point {code:?} stands twice; remove one"),
            );
        }
    }
}
