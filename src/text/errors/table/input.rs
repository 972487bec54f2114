//! Errors of what is given.

use super::Said;

/// Errors of what was asked or given.
pub(super) fn input(code: &str) -> Option<(Said, Said)> {
    when(code)
        .or_else(|| events(code))
        .or_else(|| entered(code))
        .or_else(|| outside(code))
}

/// Times that cannot be asked for.
fn when(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "as_of_ahead" => (
            (
                "Så långt har journalen inte kommit",
                "Ange en post som finns (fristdag status), eller en tidpunkt.",
            ),
            (
                "The journal has not come that far",
                "Give an entry that there is (fristdag status), or a time.",
            ),
        ),
        "as_of_early" => (
            (
                "Då var ingenting registrerat; det första är från",
                "Ange en senare tidpunkt, eller post 1 eller högre.",
            ),
            (
                "Nothing was recorded then; the first is from",
                "Give a later time, or entry 1 or above.",
            ),
        ),
        "as_of_empty" => (
            (
                "Lagret är tomt: ingenting är registrerat än",
                "Läs in händelser först: fristdag import FIL",
            ),
            (
                "The store is empty: nothing has been recorded yet",
                "Read events first: fristdag import FILE",
            ),
        ),
        "as_of_not_here" => (
            (
                "Frågan kan inte besvaras som det var känt",
                "--as-of gäller figures, board, explain, episode, duties och forecast.",
            ),
            (
                "The question cannot be answered as it was known",
                "--as-of is for figures, board, explain, episode, duties and forecast.",
            ),
        ),
        "month_ahead" => (
            (
                "Månaden har inte börjat",
                "Välj den pågående månaden eller en tidigare.",
            ),
            (
                "The month has not begun",
                "Choose the present month or an earlier one.",
            ),
        ),
        "months_range" => (
            (
                "Så många månader kan inte visas",
                "Välj ett antal inom gränserna.",
            ),
            (
                "So many months cannot be shown",
                "Choose a number within the limits.",
            ),
        ),
        "year_out_of_range" => (
            ("Året ligger utanför 2018–2200", "Kontrollera året."),
            ("The year is outside 2018–2200", "Check the year."),
        ),
        _ => return None,
    })
}

/// Stays that are not there, and events that cannot be recorded.
fn events(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "stay_unknown" => (
            (
                "Vårdtillfället finns inte i lagret",
                "Kontrollera dess id: fristdag board --all",
            ),
            (
                "The store has no such stay",
                "Check its id: fristdag board --all",
            ),
        ),
        "stay_held" => (
            (
                "Inskrivningen har inte kommit",
                "Händelserna väntar; skicka vårdtillfällets admitted.",
            ),
            (
                "The admission has not come",
                "The events wait; send the stay's admitted.",
            ),
        ),
        "event_refused" => (
            ("Händelsen kan inte registreras", ""),
            ("The event cannot be recorded", ""),
        ),
        "no_events" => (
            ("Det finns inga händelser att registrera", ""),
            ("There is nothing to record", ""),
        ),
        "several_stays" => (
            (
                "Händelserna gäller flera vårdtillfällen",
                "Ta ett vårdtillfälle i taget.",
            ),
            (
                "The events are of several stays",
                "Take one stay at a time.",
            ),
        ),
        "too_many_events" => (
            (
                "För många händelser på en gång",
                "Läs in dem med fristdag import.",
            ),
            ("Too many events at once", "Use fristdag import."),
        ),
        "too_many_refused" => (
            (
                "Filen har fler felaktiga rader än som kan lämnas tillbaka; inget är infört",
                "Kontrollera att det är en fil med händelser, eller dela den.",
            ),
            (
                "The file has more faulty lines than can be given back; nothing was recorded",
                "Check that it is a file of events, or split it.",
            ),
        ),
        "import_too_large" => (
            (
                "Filen är för stor för en inläsning",
                "Dela filen och läs in delarna var för sig.",
            ),
            (
                "The file is too large for one import",
                "Split it and import the parts.",
            ),
        ),
        "import_overtaken" => (
            (
                "Lagret ändrades under inläsningen; inget lästes in",
                "Kör samma kommando igen.",
            ),
            (
                "The store changed during the import; nothing was taken in",
                "Run the same command again.",
            ),
        ),
        "format_unknown" => (
            (
                "Filens ändelse säger inte vilket format den har",
                "Ange --format jsonl eller csv.",
            ),
            (
                "The file's ending does not tell its format",
                "Give --format jsonl or csv.",
            ),
        ),
        _ => return None,
    })
}

/// What finance enters.
fn entered(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "agreement_unknown" => (
            (
                "Avtalet finns inte i lagret",
                "Se vilka som finns: fristdag agreements",
            ),
            (
                "The store has no such agreement",
                "See which there are: fristdag agreements",
            ),
        ),
        "agreement_refused" => (
            (
                "Avtalsfilen godtas inte; inget har ändrats",
                "Rätta raderna ovan och försök igen.",
            ),
            (
                "The agreement's file is refused; nothing was changed",
                "Correct the lines above and try again.",
            ),
        ),
        "rate_wrong" => (
            (
                "Vårddygnsbeloppet godtas inte",
                "Skriv kronor över noll med högst två decimaler.",
            ),
            (
                "The day rate is refused",
                "Write kronor above zero with at most two decimals.",
            ),
        ),
        "amount_wrong" => (
            (
                "Beloppet går inte att använda",
                "Skriv kronor med högst två decimaler.",
            ),
            (
                "The amount cannot be used",
                "Write kronor with at most two decimals.",
            ),
        ),
        "amount_not_positive" => (
            (
                "Beloppet är inte över noll",
                "Skriv kronor över noll; ett avdrag kommer av sig självt i nästa avslut.",
            ),
            (
                "The amount is not above zero",
                "Write kronor above zero; a minus comes by itself in the next close.",
            ),
        ),
        "reason_missing" => (
            (
                "Det saknas ett skäl eller en källa",
                "Skriv varför med --reason, och var det står med --source.",
            ),
            (
                "A reason or a source is missing",
                "Say why with --reason, and where it stands with --source.",
            ),
        ),
        "anchor_wrong" => (
            (
                "Ankaret går inte att läsa",
                "Spara det som status --json eller verify --json ger.",
            ),
            (
                "The anchor cannot be read",
                "Keep what status --json or verify --json gives.",
            ),
        ),
        _ => return None,
    })
}

/// What lies outside the store: files, terminals, other programs.
fn outside(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "file_exists" => (
            (
                "Filen finns redan",
                "Välj ett annat namn, eller skriv över den med --force.",
            ),
            (
                "The file is there already",
                "Choose another name, or replace it with --force.",
            ),
        ),
        "output_failed" => (
            (
                "Svaret kunde inte skrivas ut",
                "Frigör utrymme, eller skicka det någon annanstans.",
            ),
            (
                "The answer could not be written out",
                "Free some space, or send it somewhere else.",
            ),
        ),
        "console" => (
            (
                "Terminalen går inte att använda",
                "Kör kommandot i en terminal, eller använd board, figures och close.",
            ),
            (
                "The terminal cannot be used",
                "Run the command in a terminal, or use board, figures and close.",
            ),
        ),
        "no_terminal" => (
            (
                "Konsolen behöver en terminal",
                "Utan terminal: fristdag board",
            ),
            (
                "The console needs a terminal",
                "Without one: fristdag board",
            ),
        ),
        "no_home" => (
            ("Hemmappen är okänd", "Ange lagrets mapp med --store."),
            (
                "The home folder is unknown",
                "Name the store's folder with --store.",
            ),
        ),
        "wrong_request" => (
            (
                "Begäran är inte rätt formad",
                "Uppdatera klienten till samma version som lagrets.",
            ),
            (
                "The request is not well formed",
                "Bring the client to the store's version.",
            ),
        ),
        "bad_input" => (("Indata stämmer inte", ""), ("The input does not hold", "")),
        _ => return None,
    })
}
