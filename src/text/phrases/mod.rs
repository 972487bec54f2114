//! What the rooms below `text` say about files and input, said in Swedish.
//!
//! Files are read, and lines refused, where no language is known; there a
//! problem is one English sentence (in the file of refused lines, in JSON and
//! between processes it stays that). The catalogue finds it again by its
//! English form, as message catalogues do: `{}` stands for what a sentence
//! names, and is said in its turn.

mod agreement;
mod event;
mod help;
mod reading;
mod store;
mod syntax;
mod value;

use std::borrow::Cow;

use super::Lang;

/// An English sentence and the Swedish one, which names by number (`{0}`).
type Phrase = (&'static str, &'static str);

/// Every sentence, the more particular before the more general.
fn catalogue() -> impl Iterator<Item = &'static Phrase> {
    let parts = [
        help::PHRASES,
        reading::PHRASES,
        syntax::PHRASES,
        agreement::PHRASES,
        event::PHRASES,
        store::PHRASES,
        value::PHRASES,
    ];
    parts.into_iter().flatten()
}

/// A sentence in the user's language; one that the catalogue lacks as it is.
#[must_use]
pub fn say(english: &str, lang: Lang) -> Cow<'_, str> {
    let swedish = (lang != Lang::En).then(|| swedish(english)).flatten();
    match swedish {
        Some(swedish) => Cow::Owned(lang.pick(swedish, String::new())),
        None => Cow::Borrowed(english),
    }
}

/// Several lines, each a sentence with or without the place that it is about
/// before it (`file:line: field: …`) and a code after it (`… [code]`).
#[must_use]
pub fn lines(english: &str, lang: Lang) -> Cow<'_, str> {
    if lang == Lang::En {
        return Cow::Borrowed(english);
    }
    let said: Vec<String> = english.split('\n').map(|one| line(one, lang)).collect();
    Cow::Owned(said.join("\n"))
}

/// Whether a sentence has its Swedish.
#[must_use]
pub fn known(english: &str) -> bool {
    swedish(english).is_some()
}

fn line(english: &str, lang: Lang) -> String {
    let (sentence, code) = match english.rsplit_once(" [") {
        Some((before, code)) if is_code(code) => english.split_at(before.len()),
        _ => (english, ""),
    };
    // What stands before the sentence says where; one that begins with a name
    // could take that for a part of it.
    let starts = std::iter::once(0).chain(sentence.match_indices(": ").map(|(at, _)| at + 2));
    let plain = |at: &usize| {
        let mut fits = catalogue().filter(|(template, _)| !template.starts_with("{}"));
        fits.any(|(template, _)| named(template, &sentence[*at..]).is_some())
    };
    let at = starts
        .into_iter()
        .find(plain)
        .unwrap_or_else(|| after_line(sentence));
    let (before, rest) = sentence.split_at(at);
    format!("{}{}{code}", place(before, lang), say(rest, lang))
}

/// Where a sentence begins behind `file:line: ` and, if there is one, `field: `.
fn after_line(text: &str) -> usize {
    let is_line = |before: &str| {
        let line = before.rsplit_once(':').map(|(_, line)| line);
        line.is_some_and(|line| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut ends = text.match_indices(": ").map(|(at, _)| at);
    let Some(line) = ends.find(|at| is_line(&text[..*at])).map(|at| at + 2) else {
        return 0;
    };
    let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.".contains(&b);
    match text[line..].split_once(": ") {
        Some((name, _)) if name.bytes().all(is_name) => line + name.len() + 2,
        _ => line,
    }
}

fn is_code(text: &str) -> bool {
    let code = text.strip_suffix(']');
    code.is_some_and(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
}

/// What stands before a sentence: files and fields by name, with our words.
fn place(place: &str, lang: Lang) -> String {
    let parts = place.split(": ").map(|part| {
        let words = [
            ("field \"", lang.pick("fält \"", "field \"")),
            ("event ", lang.pick("händelse ", "event ")),
        ];
        let found = words
            .iter()
            .find_map(|(english, said)| Some((part.strip_prefix(english)?, said)));
        found.map_or_else(|| part.to_owned(), |(name, said)| format!("{said}{name}"))
    });
    parts.collect::<Vec<_>>().join(": ")
}

fn swedish(english: &str) -> Option<String> {
    catalogue().find_map(|(template, swedish)| {
        let named = named(template, english)?;
        let mut said = (*swedish).to_owned();
        for (index, name) in named.iter().enumerate() {
            let place = format!("{{{index}}}");
            // What stands as it is to be written is not said otherwise.
            let mut quotes = ["`", "\""].iter();
            let written = quotes.any(|it| said.contains(&format!("{it}{place}{it}")));
            let name = match self::swedish(name) {
                Some(name) if !written => Cow::Owned(name),
                _ => Cow::Borrowed(*name),
            };
            said = said.replacen(&place, &name, 1);
        }
        Some(said)
    })
}

/// What a sentence names where the template has `{}`; none where the sentence
/// is another one.
fn named<'t>(template: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = template.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = match parts.peek() {
            // A name runs to the first sign of what follows, the last one to
            // the sentence's end.
            Some(_) => rest.find(part)?,
            None => rest.strip_suffix(part)?.len(),
        };
        found.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_is_found_as_itself() {
        for (english, swedish) in catalogue() {
            let count = english.matches("{}").count();
            let text = english.replace("{}", "§");
            let first = catalogue().find(|(template, _)| named(template, &text).is_some());
            assert_eq!(first.unwrap().0, *english, "another phrase hides it");
            for index in 0..count {
                let said = format!("{{{index}}}");
                assert_eq!(swedish.matches(&said).count(), 1, "{swedish} names {said}");
            }
            assert!(!swedish.contains(&format!("{{{count}}}")), "{swedish}");
        }
    }

    #[test]
    fn a_name_may_hold_what_it_likes() {
        let told = say("party {0} stands twice; remove one", Lang::Sv);
        assert_eq!(told, "parten {0} står två gånger; ta bort den ena");
        assert_eq!(named("{} a {}", "x a y a z"), Some(vec!["x", "y a z"]));
        assert_eq!(named("a{}", "b"), None);
    }

    #[test]
    fn what_is_to_be_written_stays_as_it_is_written() {
        let english = "unknown variant `psykiatrisk`, expected `somatic` or `psychiatric`; write one of these";
        assert_eq!(
            say(english, Lang::Sv),
            "okänt värde `psykiatrisk`; väntat är `somatic` eller `psychiatric`; skriv något av dem"
        );
        let english = "invalid type: string \"somatic\", expected a list; write it so";
        assert_eq!(
            say(english, Lang::Sv),
            "fel slags värde: texten \"somatic\"; väntat är en lista inom hakparenteser; skriv det så"
        );
        assert_eq!(
            say(
                "no rule holds for somatic care from 2019-01-01 on; add one (`manual = true` where the document gives none)",
                Lang::Sv
            ),
            "ingen regel gäller för somatisk vård från och med 2019-01-01; lägg till en (`manual = true` där dokumentet inte ger någon)"
        );
    }

    #[test]
    fn place_and_code_stay_beside_the_sentence() {
        let english = "a: b.toml:7: rule.from: party 1480 stands twice; remove one [twice]\nnext";
        assert_eq!(
            lines(english, Lang::Sv),
            "a: b.toml:7: rule.from: parten 1480 står två gånger; ta bort den ena [twice]\nnext"
        );
        assert_eq!(lines(english, Lang::En), english);
        assert_eq!(
            lines(
                "a.toml:7: rule.from: 7 stands twice; remove one [twice]",
                Lang::Sv
            ),
            "a.toml:7: rule.from: 7 står två gånger; ta bort det ena [twice]"
        );
        assert_eq!(
            lines("event m-1: field \"at\": is missing; add it", Lang::Sv),
            "händelse m-1: fält \"at\": saknas; lägg till det"
        );
    }
}
