//! What the TOML reader's messages mean, and what to do: its own words are for
//! programmers, and stand only where none of these fit.

use crate::model::text::plain;

/// What looks like nothing, in a text or between names.
const UNSEEN: &str = "here stands a sign that cannot be seen; write the line anew";

const NO_NUMBER: &str = "this is no number; write digits alone, for instance 3";

/// Most letters of the file that a sentence repeats.
const SHOWN: usize = 30;

/// A fault of form in words of files: its code, and what to do. `found` is the
/// text at which the reader stopped.
pub(super) fn told(message: &str, found: &str) -> Option<(&'static str, String)> {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    if let Some(problem) = date(what, expected) {
        return Some(("bad_value", problem.to_owned()));
    }
    let found = shown(found);
    if what == "duplicate key" {
        return Some((
            "twice",
            format!("duplicate key `{found}`; remove one of the two"),
        ));
    }
    let problem = text(what, expected)
        .or_else(|| bracket(what))
        .map(str::to_owned)
        .or_else(|| name(what, &found))
        .or_else(|| value(what, &found))?;
    Some(("syntax", problem))
}

/// The first line of it, not too long; empty where nothing of it can be seen.
fn shown(found: &str) -> String {
    let line = plain(found.lines().next().unwrap_or_default());
    let line = line.trim();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn date(what: &str, expected: &str) -> Option<&'static str> {
    let kinds = ["date", "time", "offset", "datetime", "date-time"];
    if !kinds.contains(&what.strip_prefix("invalid ")?) {
        return None;
    }
    Some(if expected.contains(" between ") {
        "this date is not in the calendar; correct it"
    } else {
        "not a date; write 2019-01-01 without a time"
    })
}

fn text(what: &str, expected: &str) -> Option<&'static str> {
    Some(match what {
        "invalid basic string" | "invalid literal string" if only_a_quote(expected) => {
            "a text is not closed; end it with the quotation mark that it begins with, on the same line"
        }
        "invalid multi-line basic string" | "invalid multi-line literal string"
            if only_a_quote(expected) =>
        {
            "a text of several lines is not closed; end it with the three quotation marks that it begins with"
        }
        "invalid basic string"
        | "invalid literal string"
        | "invalid multi-line basic string"
        | "invalid multi-line literal string"
        | "invalid comment character"
        | "unexpected content between comment and newline" => UNSEEN,
        "missing escaped value" | "too few unicode value digits" | "invalid value" => {
            "in a text `\\` begins the code of a sign; write `\\\\` for the sign itself"
        }
        "carriage return must be followed by newline" => {
            "the lines end as nothing writes them any more (CR alone); save the file with the line ends of Windows or Unix"
        }
        _ => return None,
    })
}

fn only_a_quote(expected: &str) -> bool {
    ["`\"`", "`'`", "`\"\"\"`", "`'''`"].contains(&expected)
}

fn bracket(what: &str) -> Option<&'static str> {
    Some(match what {
        "unclosed table" | "unclosed array table" | "missing table open" => {
            "a table's name stands within brackets, as many after it as before; write [name] or [[name]]"
        }
        "missing comma between array elements" => {
            "before this a comma between two values is missing, or the `]` that ends the list; write it"
        }
        "unclosed array" => "a list is not closed; end it with `]`",
        "extra comma in array" | "extra comma in inline table" => {
            "a comma stands where a value should; remove it"
        }
        "unexpected `=` in array" => {
            "a list holds values without names; write them within `{` and `}`, or remove the name"
        }
        "missing comma between key-value pairs" | "extra assignment between key-value pairs" => {
            "a comma is missing between two fields; write it"
        }
        "missing key for inline table element" | "unclosed inline table" => {
            "the table that begins with `{` is not closed before this; end it with `}`"
        }
        "cannot recurse further; max recursion depth met" | "recursion limit" => {
            "lists and tables stand too deep within one another; write them flatter"
        }
        _ => return None,
    })
}

fn name(what: &str, found: &str) -> Option<String> {
    Some(match what {
        "key with no value" | "missing assignment between key-value pairs" => {
            "`=` is missing between a name and its value; write it".to_owned()
        }
        "invalid unquoted key" if found.is_empty() => UNSEEN.to_owned(),
        "invalid unquoted key" => format!(
            "`{found}` cannot stand in a name; it has the letters a to z, digits, `-` and `_` only"
        ),
        "unquoted keys cannot be empty" => "a name is missing here; write it".to_owned(),
        "invalid key-value pair" => {
            format!("`{found}` begins no line; write a name, `=` and a value, [name] or [[name]]")
        }
        _ if what.starts_with("cannot extend value of type ") => {
            format!("`{found}` has a value already; remove one of the two")
        }
        _ => return None,
    })
}

fn value(what: &str, found: &str) -> Option<String> {
    Some(match what {
        "string values must be quoted" | "missing value" | "missing value for key"
            if found.is_empty() =>
        {
            "a value is missing here; write one".to_owned()
        }
        "string values must be quoted" => format!(
            "`{found}` is no value; write text in straight quotation marks, a number, a date as 2019-01-01, true or false"
        ),
        "invalid boolean" => {
            format!("`{found}` is no value; write true or false, in small letters")
        }
        "unexpected key or value" if found.starts_with(',') => {
            "a comma ends no value; write a decimal with a point and in quotation marks, for instance \"2.5\""
                .to_owned()
        }
        "unexpected key or value" => {
            format!("`{found}` stands where the line should end; remove it, or begin a new line")
        }
        "unexpected leading zero" => {
            "a number does not begin with 0; write a code in quotation marks, for instance \"0480\""
                .to_owned()
        }
        "`_` may only go between digits"
        | "redundant numeric sign"
        | "redundant integer number prefix"
        | "integers with a radix cannot be signed"
        | "radix must be lowercase"
        | "unexpected sign" => NO_NUMBER.to_owned(),
        _ if ["number", "float", "fraction", "exponent"]
            .iter()
            .any(|kind| what.starts_with("invalid ") && what.ends_with(kind))
            || what.ends_with("number overflowed") =>
        {
            NO_NUMBER.to_owned()
        }
        _ => return None,
    })
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;
