//! Who pays for a stay: the placing municipality, else the one of registration
//! (Jönköping, *Ersättningsmodell*; the statute 5:2).

use super::share::Unsettled;
use crate::model::{
    place::{District, MunicipalityCode, PayerCode},
    stay::Stay,
};

/// The payer: the placing municipality, else the one of registration; in
/// Stockholm the board of the stay's district.
///
/// # Errors
/// [`Unsettled`] where it cannot be told who pays.
pub fn payer_of(stay: &Stay) -> Result<PayerCode, Unsettled> {
    let municipality = stay
        .details
        .paying_municipality()
        .ok_or(Unsettled::MunicipalityMissing)?;
    if municipality != MunicipalityCode::STOCKHOLM {
        return Ok(PayerCode::from(municipality));
    }
    let district = stay
        .details
        .district
        .as_deref()
        .ok_or(Unsettled::DistrictMissing)?;
    district
        .parse::<District>()
        .map(PayerCode::from)
        .map_err(|_| Unsettled::DistrictUnknown)
}
