use chrono::NaiveDate;

use super::*;

fn municipality(text: &str) -> MunicipalityCode {
    text.parse().unwrap()
}

fn payer(text: &str) -> PayerCode {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_tables_are_whole_and_sorted() {
    let regions: Vec<_> = RegionCode::all().collect();
    assert_eq!(regions.len(), 21);
    assert!(regions.is_sorted_by(|a, b| a < b));
    let municipalities: Vec<_> = MunicipalityCode::all().collect();
    assert_eq!(municipalities.len(), 290);
    assert!(municipalities.is_sorted_by(|a, b| a < b));
    for code in &municipalities {
        assert!(!code.name().is_empty());
        assert!(regions.contains(&code.region()), "{code}");
        assert_eq!(municipality(&code.to_string()), *code);
    }
    for code in &regions {
        assert!(code.name().contains("egion"), "{code}");
        assert_eq!(code.to_string().parse(), Ok(*code));
    }
    assert_eq!(
        regions
            .iter()
            .map(|code| code.municipalities().count())
            .sum::<usize>(),
        290
    );
    let districts: Vec<_> = District::all().collect();
    assert_eq!(districts.len(), 17);
    assert!(districts.is_sorted_by(|a, b| a.name() < b.name()));
}

#[test]
fn merged_boards_end_where_their_successor_begins() {
    let mut merged = 0;
    for district in District::all() {
        assert_eq!(district.name().parse(), Ok(district));
        let open = district.valid_on(day("2026-01-01"));
        assert_eq!(open, district.successor().is_none(), "{district}");
        let Some(successor) = district.successor() else {
            continue;
        };
        let days = day("2007-01-01")
            .iter_days()
            .take_while(|date| *date < day("2026-01-01"));
        for date in days {
            assert!(
                district.valid_on(date) != successor.valid_on(date),
                "{district} {date}"
            );
        }
        merged += 1;
    }
    assert_eq!(merged, 6);
    assert_eq!(
        District::all()
            .filter(|board| board.valid_on(day("2026-01-01")))
            .count(),
        11
    );
}

#[test]
fn codes_tell_their_names() {
    assert_eq!(municipality("0643").name(), "Habo");
    assert_eq!(municipality("1715").name(), "Kil");
    assert_eq!(municipality("1715").region().name(), "Region Värmland");
    let gotland = municipality("0980");
    assert_eq!(
        (gotland.name(), gotland.region().name()),
        ("Gotland", "Region Gotland")
    );
    assert_eq!(
        gotland.region().municipalities().collect::<Vec<_>>(),
        [gotland]
    );
    let varmland: RegionCode = "17".parse().unwrap();
    assert_eq!(varmland.municipalities().count(), 16);
    assert_eq!(MunicipalityCode::STOCKHOLM.name(), "Stockholm");
}

#[test]
fn payers_parse_and_print() {
    let bromma = payer("0180/Bromma");
    assert_eq!(bromma.name(), "Bromma");
    assert_eq!(bromma.municipality(), MunicipalityCode::STOCKHOLM);
    assert_eq!(bromma.to_string(), "0180/Bromma");
    let merged = payer("0180/Hägersten-Liljeholmen");
    assert!(merged.valid_on(day("2020-06-30")) && !merged.valid_on(day("2020-07-01")));
    assert_eq!(
        merged.district().unwrap().successor().unwrap().name(),
        "Hägersten-Älvsjö"
    );
    assert_eq!(payer("0643").name(), "Habo");
    assert!(payer("0643").valid_on(day("1990-01-01")));
}

#[test]
fn payers_are_ordered_as_their_text() {
    let mut payers: Vec<PayerCode> = MunicipalityCode::all().map(PayerCode::from).collect();
    payers.extend(District::all().map(PayerCode::from));
    payers.sort();
    assert!(payers.is_sorted_by_key(|payer| payer.to_string()));
}

#[test]
fn errors_say_what_to_write() {
    let region = |text: &str| text.parse::<RegionCode>().unwrap_err();
    assert_eq!(region("7"), PlaceError::RegionForm("7".into()));
    assert_eq!(region("02"), PlaceError::RegionUnknown("02".into()));
    assert_eq!(region("+1"), PlaceError::RegionForm("+1".into()));
    let code = |text: &str| text.parse::<MunicipalityCode>().unwrap_err();
    assert_eq!(code("643"), PlaceError::MunicipalityForm("643".into()));
    assert_eq!(code("Habo"), PlaceError::MunicipalityForm("Habo".into()));
    assert_eq!(code("9999"), PlaceError::MunicipalityUnknown("9999".into()));
    assert_eq!(code("٠٦"), PlaceError::MunicipalityForm("٠٦".into()));
    let payer = |text: &str| text.parse::<PayerCode>().unwrap_err();
    assert_eq!(
        payer("0643/Bromma"),
        PlaceError::DistrictElsewhere(municipality("0643"))
    );
    assert_eq!(
        payer("0180/bromma"),
        PlaceError::DistrictUnknown("bromma".into())
    );
    assert_eq!(payer("0180/"), PlaceError::DistrictUnknown(String::new()));
    assert_eq!(
        payer("/Bromma"),
        PlaceError::MunicipalityForm(String::new())
    );
    let shown = payer("0180/\u{1b}[2J\u{202e}").to_string();
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    assert!(code(&"x".repeat(5000)).to_string().len() < 200);
}

#[test]
fn text_and_binary_round_trips() {
    let json = serde_json::to_string(&(municipality("0643"), payer("0180/Bromma"))).unwrap();
    assert_eq!(json, r#"["0643","0180/Bromma"]"#);
    let read: (MunicipalityCode, PayerCode) = serde_json::from_str(&json).unwrap();
    assert_eq!(read, (municipality("0643"), payer("0180/Bromma")));
    assert!(serde_json::from_str::<MunicipalityCode>("643").is_err());
    assert!(serde_json::from_str::<RegionCode>("\"02\"").is_err());
    for code in MunicipalityCode::all() {
        let value = (code, code.region(), PayerCode::from(code));
        let bytes = postcard::to_stdvec(&value).unwrap();
        assert_eq!(postcard::from_bytes::<(_, _, _)>(&bytes), Ok(value));
    }
    for district in District::all() {
        let value = (district, PayerCode::from(district));
        let bytes = postcard::to_stdvec(&value).unwrap();
        assert_eq!(postcard::from_bytes::<(_, _)>(&bytes), Ok(value));
    }
    let unknown = postcard::to_stdvec(&9999u16).unwrap();
    assert!(postcard::from_bytes::<MunicipalityCode>(&unknown).is_err());
}
