use super::super::{Agreement, AgreementErrors};

/// Good as far as it goes: nothing in it is wrong in form.
const LINES: [&str; 4] = [
    "format = 1",
    "name = \"Avtal\"",
    "from = 2019-01-01",
    "parties = [\"0480\", \"0482\"]",
];

/// What is said of the lines with one put in another's place.
fn said(at: usize, line: &str) -> String {
    let mut lines = LINES;
    lines[at - 1] = line;
    let text = lines.join("\n");
    let AgreementErrors(errors) = Agreement::load("own.toml", &text).unwrap_err();
    assert_eq!(errors.len(), 1, "{line}");
    errors[0].to_string()
}

#[test]
fn what_is_no_toml_is_told_in_words_of_files_with_line_and_column() {
    let mut wrong = Vec::new();
    for (at, line, told) in [
        (2, "name = \"Avtal", ":2:14: a text is not closed"),
        (2, "name = 'Avtal", ":2:14: a text is not closed"),
        (
            2,
            "name = \"\"\"Avtal",
            ":4:27: a text of several lines is not closed",
        ),
        (
            2,
            "name = \"a\\qb\"",
            ":2:11: in a text `\\` begins the code of a sign",
        ),
        (
            2,
            "name = \"a\u{7}b\"",
            ":2:10: here stands a sign that cannot be seen",
        ),
        (
            2,
            "name\u{a0}= \"Avtal\"",
            ":2:5: here stands a sign that cannot be seen",
        ),
        (2, "name \"Avtal\"", ":2:6: `=` is missing"),
        (2, "name: \"Avtal\"", ":2:7: `=` is missing"),
        (2, "nämn = \"Avtal\"", ":2:2: `ä` cannot stand in a name"),
        (2, "= \"Avtal\"", ":2:1: a name is missing"),
        (2, "{ a = 1 }", ":2:1: `{ a = 1 }` begins no line"),
        (2, "name = Avtal", ":2:8: `Avtal` is no value"),
        (2, "name = ”Avtal”", ":2:8: `”Avtal”` is no value"),
        (2, "name =", ":2:7: a value is missing"),
        (
            2,
            "name = True",
            ":2:8: `True` is no value; write true or false",
        ),
        (
            2,
            "name = \"a\"; b",
            ":2:11: `; b` stands where the line should end",
        ),
        (1, "format = 1,0", ":1:11: a comma ends no value"),
        (1, "format = 01", ":1:10: a number does not begin with 0"),
        (1, "format = 1.", ":1:12: this is no number"),
        (1, "format = 1__0", ":1:11: this is no number"),
        (
            3,
            "from = 2019-02-29",
            ":3:8: this date is not in the calendar",
        ),
        (
            3,
            "from = 2019-13-01",
            ":3:8: this date is not in the calendar",
        ),
        (3, "from = 2019-1-1", ":3:8: not a date"),
        (
            4,
            "parties = [\"0480\" \"0482\"]",
            ":4:19: before this a comma",
        ),
        (4, "parties = [\"0480\"", ":4:18: a list is not closed"),
        (
            4,
            "parties = [\"0480\"]]",
            ":4:19: `]` stands where the line should end",
        ),
        (
            4,
            "parties = { a = 1",
            ":4:18: the table that begins with `{` is not closed",
        ),
        (
            4,
            "parties = { a = 1 b = 2 }",
            ":4:21: a comma is missing between two fields",
        ),
        (
            4,
            "[otherwise",
            ":4:11: a table's name stands within brackets",
        ),
        (4, "[[rule]", ":4:8: a table's name stands within brackets"),
        (4, "[]", ":4:2: a name is missing"),
        (4, "name = \"b\"", ":4:1: duplicate key `name`"),
        (4, "name.b = \"b\"", ":4:1: `name` has a value already"),
    ] {
        let said = said(at, line);
        if !said.starts_with(&format!("own.toml{told}")) {
            wrong.push(format!("{line}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_reader_says_beyond_that_stays_in_its_words() {
    assert_eq!(super::told("unheard of, expected something", "x"), None);
}

#[test]
fn no_more_of_the_file_is_repeated_than_tells_where() {
    let (_, told) = super::told("string values must be quoted", &"å".repeat(200)).unwrap();
    assert!(told.starts_with(&format!("`{}…` is no value", "å".repeat(30))));
}
