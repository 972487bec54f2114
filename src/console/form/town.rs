//! Municipalities as people write them: by code, by name, by its beginning.

use crate::model::place::MunicipalityCode;

/// The municipalities that a text may mean: one where it is a code or a whole
/// name, else all whose name begins so, by name.
#[must_use]
pub fn towns(text: &str) -> Vec<MunicipalityCode> {
    let wanted = text.trim().to_lowercase();
    if let Ok(code) = wanted.parse() {
        return vec![code];
    }
    if wanted.is_empty() {
        return Vec::new();
    }
    let name = |code: &MunicipalityCode| code.name().to_lowercase();
    if let Some(whole) = MunicipalityCode::all().find(|code| name(code) == wanted) {
        return vec![whole];
    }
    let begins = |code: &MunicipalityCode| {
        name(code).starts_with(&wanted) || code.to_string().starts_with(&wanted)
    };
    let mut found: Vec<_> = MunicipalityCode::all().filter(begins).collect();
    found.sort_by_key(name);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        towns(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_code_a_name_and_a_beginning_are_read() {
        assert_eq!(told("1780"), ["1780"]);
        assert_eq!(told(" karlstad "), ["1780"]);
        assert_eq!(told("ÅRE"), ["2321"]);
        assert_eq!(told("karlst"), ["1780"]);
        // A whole name goes before the names that begin with it.
        assert_eq!(told("Habo").len(), 1);
        assert!(told("karl").len() > 3 && told("karl").contains(&"1780".to_owned()));
        assert!(told("178").contains(&"1780".to_owned()));
        assert_eq!(told("xyz"), Vec::<String>::new());
        assert_eq!(told(""), Vec::<String>::new());
    }
}
