use super::*;

const VARMLAND: &str = include_str!("../agreements/varmland-2019.toml");
const JONKOPING: &str = include_str!("../agreements/jonkoping-2018.toml");
const STOCKHOLM: &str = include_str!("../agreements/stockholm-2020.toml");
const HALLAND: &str = include_str!("../agreements/halland-2018.toml");

/// Loads `text` with `old` put in place of `new`, and tells the first fault
/// with the text of the line that it names.
fn fault(text: &str, old: &str, new: &str) -> (String, String) {
    assert!(text.contains(old), "{old}");
    let changed = text.replacen(old, new, 1);
    let AgreementErrors(errors) = Agreement::load("own.toml", &changed).unwrap_err();
    let first = &errors[0];
    assert_eq!(first.file, "own.toml");
    let told = first.to_string();
    let column = first.column.map(|column| format!(":{column}"));
    let place = format!("own.toml:{}{}: ", first.line, column.unwrap_or_default());
    assert!(told.starts_with(&place), "{told}");
    assert!(
        told.ends_with(&format!("{} [{}]", first.problem, first.code)),
        "{told}"
    );
    let line = changed.lines().nth(first.line - 1).unwrap();
    (first.problem.clone(), line.to_owned())
}

#[test]
fn faults_name_their_line_and_a_remedy() {
    for (text, old, new, problem, line) in [
        (VARMLAND, "name =", "nam =", "unknown field `nam`", "nam ="),
        (
            VARMLAND,
            "format = 1",
            "format = 2",
            "reads format 1",
            "format = 2",
        ),
        (
            VARMLAND,
            "\"1715\"",
            "\"1799\"",
            "unknown party \"1799\"",
            "\"1799\"",
        ),
        (
            VARMLAND,
            "\"1715\"",
            "\"0680\"",
            "another county",
            "\"0680\"",
        ),
        (VARMLAND, "\"1715\"", "\"1730\"", "stands twice", "\"1730\""),
        (
            VARMLAND,
            "region = \"17\"",
            "region = \"02\"",
            "unknown region",
            "region",
        ),
        (
            VARMLAND,
            "region = \"17\"",
            "region = \"all\"",
            "only the statute",
            "region",
        ),
        (
            VARMLAND,
            "unit = \"days\"",
            "unit = \"hours\"",
            "counted in days",
            "grace_days",
        ),
        (
            VARMLAND,
            "value = true, from",
            "value = true, unit = \"days\", from",
            "a choice",
            "noon",
        ),
        (
            VARMLAND,
            "clause = \"8. Tvist\"",
            "clause = \" \"",
            "the clause is empty",
            "clause",
        ),
        (
            VARMLAND,
            "clause = \"8. Tvist\"\n",
            "",
            "missing field `clause`",
            "[[dispute]]",
        ),
        (
            VARMLAND,
            "\"dates_skipped\"",
            "\"dates\"",
            "unknown variant",
            "open_care",
        ),
        (
            VARMLAND,
            "\"dates_skipped\"",
            "\"hours_subtracted\"",
            "write dates_skipped",
            "open_care",
        ),
        (
            VARMLAND,
            "waived_by = \"sip_waived\"",
            "waived_by = \"care_contact_waived\"",
            "cannot stand in the place of sip_called",
            "waived_by",
        ),
        (
            VARMLAND,
            "\"blocks_by_law\"",
            "\"quality\"",
            "a precondition blocks",
            "class",
        ),
        (
            VARMLAND,
            "\"ready_notice\"",
            "\"admission_notice\"",
            "stands twice",
            "admission_notice",
        ),
        (
            VARMLAND,
            "judged_on = \"span_start\"",
            "judged_on = \"span_end\"",
            "judged on \"span_start\"",
            "judged_on",
        ),
        (
            VARMLAND,
            "[rule.individual]",
            "manual = true\n[rule.individual]",
            "unknown field `manual`",
            "manual",
        ),
        (
            VARMLAND,
            "ticks = [\"medication\", \"aids\"]\n",
            "",
            "either `ticks` or a `fact`",
            "[[checklist]]",
        ),
        (
            VARMLAND,
            "id = \"varmland-2019\"",
            "id = \"manual\"",
            "kept for lines entered by hand",
            "id =",
        ),
        (
            VARMLAND,
            "from = 2019-01-01",
            "from = 2019-02-30",
            "",
            "from =",
        ),
        (
            VARMLAND,
            "from = 2019-01-01",
            "from = 2019-01-01T10:00:00",
            "without a time",
            "from =",
        ),
        (
            JONKOPING,
            "value = \"2.0\"",
            "value = 2.0",
            "invalid type",
            "threshold",
        ),
        (
            JONKOPING,
            "value = \"2.0\"",
            "value = \"-2\"",
            "not a number of days from 0 to 366",
            "threshold",
        ),
        (
            JONKOPING,
            "\"half_up_1\"",
            "\"half_even\"",
            "unknown rounding",
            "average_rounding",
        ),
        (
            JONKOPING,
            "long_stay_free =",
            "# long_stay_free =",
            "belong together",
            "long_stay_from",
        ),
        (
            STOCKHOLM,
            "county_average_rounding =",
            "# x =",
            "county_average_rounding",
            "threshold",
        ),
        (
            HALLAND,
            "\"1315\", \"1380\"",
            "\"1380\"",
            "belongs to no party",
            "1315",
        ),
    ] {
        let (found, at) = fault(text, old, new);
        assert!(found.contains(problem), "{new}: {found}");
        assert!(at.contains(line), "{new}: {found} at {at}");
    }
}

#[test]
fn gaps_and_overlaps_are_refused() {
    let (problem, line) = fault(JONKOPING, "until = 2018-02-28", "until = 2018-02-27");
    assert!(
        problem.starts_with("no rule holds for somatic care from 2018-02-28 to 2018-02-28"),
        "{problem}"
    );
    assert_eq!(line, "[[rule.applies]]");
    let (problem, _) = fault(JONKOPING, "until = 2018-02-28", "until = 2018-03-01");
    assert!(
        problem.contains("\"old-act-somatic\" and \"average\" both hold on 2018-03-01"),
        "{problem}"
    );
    let (problem, _) = fault(
        HALLAND,
        "until = 2018-10-31\n\n[confirmed]",
        "until = 2018-11-30\n\n[confirmed]",
    );
    assert!(
        problem.contains("from 2018-11-01 to 2018-11-30"),
        "{problem}"
    );
    let (problem, _) = fault(VARMLAND, "from = 2019-01-01", "from = 2018-12-31");
    assert!(
        problem.contains("from 2018-12-31 to 2018-12-31"),
        "{problem}"
    );
    let (problem, _) = fault(VARMLAND, "from = 2019-01-01", "from = 2019-01-02");
    assert!(problem.contains("outside the agreement's own"), "{problem}");
}

#[test]
fn a_value_must_hold_from_its_rules_first_date() {
    let (problem, _) = fault(
        VARMLAND,
        "grace_days = [{ value = 3, unit = \"days\", from = 2019-01-01",
        "grace_days = [{ value = 3, unit = \"days\", from = 2019-01-02",
    );
    assert!(
        problem.contains("grace_days holds only from 2019-01-02"),
        "{problem}"
    );
    let (problem, _) = fault(
        STOCKHOLM,
        "from = 2020-11-01, clause",
        "from = 2019-11-01, clause",
    );
    assert!(problem.contains("out of order"), "{problem}");
}

#[test]
fn values_change_on_their_dates() {
    let stockholm = Agreement::load("x", STOCKHOLM).unwrap();
    let Formula::AverageExcess(average) = &stockholm.rule("average").unwrap().formula else {
        panic!("not an average");
    };
    let on = |date: &str| average.threshold.on(date.parse().unwrap()).value;
    assert_eq!(on("2020-10-31"), Threshold::Days("2.0".parse().unwrap()));
    assert_eq!(
        on("2020-11-01"),
        Threshold::CountyAverage("2020-10".parse().unwrap())
    );
    assert_eq!(
        on("2021-10-31"),
        Threshold::CountyAverage("2020-10".parse().unwrap())
    );
    assert_eq!(on("2021-11-01"), Threshold::Days("1.3".parse().unwrap()));
}

#[test]
fn the_address_is_of_the_files_bytes() {
    let agreement = Agreement::load("x", VARMLAND).unwrap();
    assert_eq!(agreement.text(), VARMLAND);
    assert_eq!(agreement.address().len(), 64);
    let other = Agreement::load("x", &format!("{VARMLAND}\n")).unwrap();
    assert_ne!(agreement.address(), other.address());
}

#[test]
fn checklists_have_the_documents_points() {
    for (text, points) in [
        (VARMLAND, 3),
        (HALLAND, 5),
        (include_str!("../agreements/jamtland-2018.toml"), 7),
    ] {
        assert_eq!(Agreement::load("x", text).unwrap().checklist.len(), points);
    }
}

#[test]
fn parties_are_as_many_as_the_documents_list() {
    for (text, parties) in [
        (VARMLAND, 16),
        (JONKOPING, 13),
        (STOCKHOLM, 26),
        (HALLAND, 6),
    ] {
        let agreement = Agreement::load("x", text).unwrap();
        assert_eq!(agreement.parties.unwrap().len(), parties);
    }
}

#[test]
fn duties_and_routines_are_checked_as_a_whole() {
    const JAMTLAND: &str = include_str!("../agreements/jamtland-2018.toml");
    for (text, old, new, problem) in [
        (
            JAMTLAND,
            "[reception]\nfrom = \"08:00\"\nuntil = \"17:00\"\nclause = \"Samverkan\"\n",
            "",
            "the file has no `[reception]`",
        ),
        (
            JAMTLAND,
            "code = \"sip_offered\"",
            "code = \"sip_called\"",
            "duty \"sip_called\" stands twice",
        ),
        (JAMTLAND, "month = 12", "month = 13", "from 1 to 12"),
        (
            JAMTLAND,
            "code = \"rate_told\"",
            "code = \"joint_analysis\"",
            "stands twice",
        ),
        (
            HALLAND,
            "lasts = { amount = 3, unit = \"days\" }",
            "lasts = { amount = 3, unit = \"hours\" }",
            "`days` or `weekdays`",
        ),
        (
            HALLAND,
            "lasts = { amount = 3, unit = \"days\" }\n",
            "",
            "needs `lasts`",
        ),
        (
            HALLAND,
            "on = \"silence\", hours",
            "on = \"silence\", days",
            "unknown field `days`",
        ),
    ] {
        assert!(text.contains(old), "{old}");
        let errors = Agreement::load("x.toml", &text.replacen(old, new, 1)).unwrap_err();
        let told = errors.to_string();
        assert!(told.contains(problem) && told.contains("x.toml:"), "{told}");
    }
}
