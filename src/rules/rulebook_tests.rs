use super::*;

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const VARMLAND: &str = include_str!("agreements/varmland-2019.toml");

#[test]
fn every_shipped_file_loads_for_every_region() {
    if let Err(errors) = Rulebook::with_files::<&str>(region("17"), &[]) {
        panic!("{errors}");
    }
    for code in RegionCode::all() {
        assert_eq!(Rulebook::shipped(code).all().count(), SHIPPED.len());
    }
}

#[test]
fn two_agreements_that_bind_one_payer_at_once_are_refused() {
    let rival = VARMLAND
        .replacen("varmland-2019", "varmland-2022", 1)
        .replacen("until = 2019-12-31", "until = 2022-12-31", 1)
        .replace("2019-01-01", "2022-01-01");
    let errors = Rulebook::with_files(region("17"), &[("new.toml", rival.as_str())]).unwrap_err();
    let said = errors.to_string();
    assert!(
        said.starts_with(
            "new.toml:11: from: varmland-2022 and varmland-2019 (in varmland-2019.toml) both bind"
        ),
        "{said}"
    );
    assert!(said.contains("2022-01-01"), "{said}");

    // With an end to the old one, both stand.
    let ended = VARMLAND.replacen(
        "from = 2019-01-01\n",
        "from = 2019-01-01\nuntil = 2021-12-31\n",
        1,
    );
    let ended = ended.replace(
        "psychiatric\"\nfrom = 2019-01-01",
        "psychiatric\"\nfrom = 2019-01-01\nuntil = 2021-12-31",
    );
    let ended = ended.replace(
        "somatic\"\nfrom = 2019-01-01",
        "somatic\"\nfrom = 2019-01-01\nuntil = 2021-12-31",
    );
    let files = [("old.toml", ended.as_str()), ("new.toml", rival.as_str())];
    let rulebook = Rulebook::with_files(region("17"), &files).unwrap();
    let rule_on = |day: &str| {
        let karlstad = "1780".parse().unwrap();
        let (agreement, _) = rulebook.rule_for(karlstad, CareForm::Somatic, date(day), date(day));
        agreement.id.to_string()
    };
    assert_eq!(rule_on("2018-12-31"), "lag-2017-612");
    assert_eq!(rule_on("2021-12-31"), "varmland-2019");
    assert_eq!(rule_on("2022-01-01"), "varmland-2022");
}

#[test]
fn a_users_file_takes_the_place_of_a_shipped_one_but_not_of_another_users() {
    let own = VARMLAND.replacen("value = 3,", "value = 2,", 1);
    let rulebook = Rulebook::with_files(region("17"), &[("own.toml", own.as_str())]).unwrap();
    assert_eq!(rulebook.get("varmland-2019").unwrap().text(), own);
    assert_eq!(rulebook.all().count(), SHIPPED.len());
    let twice = [("a.toml", own.as_str()), ("b.toml", own.as_str())];
    let errors = Rulebook::with_files(region("17"), &twice).unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("b.toml:3: id: the id varmland-2019 is also in a.toml")
    );
}

#[test]
fn an_agreement_that_has_ended_leaves_the_field_to_what_follows() {
    // Its rules have no last date of their own.
    let earlier = VARMLAND.replacen(
        "from = 2019-01-01",
        "from = 2019-01-01\nuntil = 2019-06-30",
        1,
    );
    let later = VARMLAND
        .replace("varmland-2019", "varmland-later")
        .replacen("\"1715\", ", "", 1)
        .replace("2019-01-01", "2019-07-01");
    let files = [("a.toml", earlier.as_str()), ("b.toml", later.as_str())];
    let rulebook = Rulebook::with_files(region("17"), &files).unwrap();
    for (payer, day, id) in [
        ("1780", "2019-06-30", "varmland-2019"),
        ("1780", "2019-07-01", "varmland-later"),
        // Party to the earlier one alone.
        ("1715", "2019-06-30", "varmland-2019"),
        ("1715", "2019-07-01", STATUTE),
    ] {
        let day = date(day);
        let (agreement, rule) =
            rulebook.rule_for(payer.parse().unwrap(), CareForm::Somatic, day, day);
        assert_eq!(agreement.id.as_str(), id, "{payer} on {day}");
        assert_ne!(&*rule.id, "otherwise");
    }
    // A span that began under it stays its own.
    let (agreement, _) = rulebook.rule_for(
        "1780".parse().unwrap(),
        CareForm::Somatic,
        date("2019-06-30"),
        date("2019-07-09"),
    );
    assert_eq!(agreement.id.as_str(), "varmland-2019");
}

#[test]
fn every_fault_of_every_file_is_told() {
    let files = [("a.toml", "format = 1"), ("b.toml", "nonsense")];
    let AgreementErrors(errors) = Rulebook::with_files(region("17"), &files).unwrap_err();
    let names: Vec<_> = errors.iter().map(|error| error.file.as_str()).collect();
    assert_eq!(names, ["a.toml", "b.toml"]);
}

#[test]
fn other_regions_agreements_bind_nobody_here() {
    let rulebook = Rulebook::shipped(region("17"));
    let binding: Vec<_> = rulebook
        .binding()
        .map(|agreement| agreement.id.to_string())
        .collect();
    assert_eq!(binding, ["varmland-2019", "lag-2017-612"]);
    let habo = "0643".parse().unwrap();
    let day = date("2019-05-01");
    let (agreement, _) = rulebook.rule_for(habo, CareForm::Somatic, day, day);
    assert_eq!(agreement.id.as_str(), STATUTE);
}

#[test]
fn what_finance_confirmed_goes_before_the_file() {
    let mut rulebook = Rulebook::shipped(region("17"));
    let until =
        |rulebook: &Rulebook| rulebook.confirmed_until(rulebook.get("varmland-2019").unwrap());
    assert_eq!(until(&rulebook), Some(date("2019-12-31")));
    let id = AgreementId::new("varmland-2019").unwrap();
    rulebook.confirm(id.clone(), date("2020-12-31"));
    rulebook.confirm(id, date("2021-12-31"));
    assert_eq!(until(&rulebook), Some(date("2021-12-31")));
}

#[test]
fn a_lock_brings_its_own_agreements_and_no_others() {
    let statute = SHIPPED[0].1;
    let rulebook = Rulebook::only(region("17"), &[("lag.toml", statute)]).unwrap();
    let day = date("2019-05-01");
    let (agreement, _) = rulebook.rule_for("1780".parse().unwrap(), CareForm::Somatic, day, day);
    assert_eq!(agreement.id.as_str(), STATUTE);
    let errors = Rulebook::only(region("17"), &[("varmland.toml", VARMLAND)]).unwrap_err();
    assert!(errors.to_string().contains("the statute is missing"));
}
