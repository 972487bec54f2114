//! What can be wrong with a line of events or a row of stays.

use super::Phrase;

/// The more particular before the more general.
pub(super) const PHRASES: &[Phrase] = &[
    (
        "{} (in the header; no row was read)",
        "{0} (i rubriken; ingen rad lästes)",
    ),
    // The line.
    (
        "not valid JSON at column {}; check the line",
        "inte giltig JSON vid kolumn {0}; kontrollera raden",
    ),
    (
        "more text after the event; write one event a line",
        "mer text efter händelsen; skriv en händelse per rad",
    ),
    (
        "is longer than 64 KiB; write one event a line",
        "raden är längre än 64 KiB; skriv en händelse per rad",
    ),
    (
        "byte {} is not valid UTF-8; save the file as UTF-8",
        "byte {0} är inte giltig UTF-8; spara filen som UTF-8",
    ),
    (
        "a field before column {} is none of events; remove it or correct its name",
        "ett fält före kolumn {0} är inget fält i händelser; ta bort det eller rätta namnet",
    ),
    // A field.
    (
        "is not a field of events; remove it or correct its name",
        "är inget fält i händelser; ta bort det eller rätta namnet",
    ),
    (
        "does not belong to {}; remove it",
        "hör inte till {0}; ta bort det",
    ),
    ("stands twice; keep one", "står två gånger; behåll det ena"),
    ("is missing; add it", "saknas; lägg till det"),
    ("is empty; write a text", "är tomt; skriv en text"),
    ("is empty", "är tomt"),
    (
        "is longer than 16 KiB; shorten it",
        "är längre än 16 KiB; korta det",
    ),
    ("is longer than 128 bytes", "är längre än 128 byte"),
    ("holds a control character", "innehåller ett styrtecken"),
    (
        "has the wrong type; see the table of events",
        "har fel typ; se tabellen över händelser",
    ),
    (
        "has the wrong type; expected {}",
        "har fel typ; väntat är {0}",
    ),
    ("an object", "ett objekt"),
    (
        "is not a kind of event; check its name",
        "är ingen händelsetyp; kontrollera namnet",
    ),
    (
        "details_changed changes nothing; name what it corrects",
        "details_changed ändrar ingenting; ange vad den rättar",
    ),
    ("has to be a list of units", "ska vara en lista av enheter"),
    ("has to be a text", "ska vara en text"),
    (
        "names a unit that is neither municipality nor open_care",
        "nämner en enhet som varken är municipality eller open_care",
    ),
    (
        "is an empty list; leave it out or name a unit",
        "är en tom lista; utelämna den eller nämn en enhet",
    ),
    (
        "no municipality has this code; look it up in SCB's list",
        "ingen kommun har den koden; se SCB:s lista",
    ),
    (
        "is no municipality code; write SCB's four digits, such as 1715",
        "är ingen kommunkod; skriv SCB:s fyra siffror, till exempel 1715",
    ),
    (
        "is neither somatic nor psychiatric",
        "är varken somatic eller psychiatric",
    ),
    ("is neither LPT nor LRV", "är varken LPT eller LRV"),
    (
        "is none of municipality, open_care, ward",
        "är ingen av municipality, open_care, ward",
    ),
    // The personal number.
    ("the personal number is empty", "personnumret är tomt"),
    (
        "a personal number has 12 characters (or 10 digits), separator apart",
        "ett personnummer har 12 tecken (eller 10 siffror), skiljetecknet oräknat",
    ),
    (
        "character {} cannot stand in a personal number",
        "tecken {0} kan inte stå i ett personnummer",
    ),
    (
        "letters in a personal number must be capitals",
        "bokstäver i ett personnummer ska vara versaler",
    ),
    (
        "a hyphen or plus may stand only before the last four characters",
        "bindestreck eller plus får bara stå före de fyra sista tecknen",
    ),
    (
        "all but the last four characters of a personal number must be digits",
        "alla utom de fyra sista tecknen i ett personnummer ska vara siffror",
    ),
    (
        "the century is missing: write the year with four digits",
        "århundradet saknas: skriv året med fyra siffror",
    ),
    (
        "the century must be 18, 19 or 20",
        "århundradet ska vara 18, 19 eller 20",
    ),
    ("the birth date does not exist", "födelsedagen finns inte"),
    (
        "the serial number 000 is never given out",
        "löpnumret 000 delas aldrig ut",
    ),
    (
        "the check digit is wrong: look for a mistyped character",
        "kontrollsiffran är fel: leta efter ett felskrivet tecken",
    ),
    (
        "a plus is only for one who turns at least 100 this year: write a hyphen",
        "plus är bara för den som fyller minst 100 i år: skriv bindestreck",
    ),
    (
        "the last four characters fit no known form of reserve number",
        "de fyra sista tecknen passar ingen känd form av reservnummer",
    ),
    // The row.
    (
        "a quote inside a cell; put the whole cell in quotes and double it",
        "ett citattecken inne i en cell; sätt hela cellen inom citattecken och dubblera det",
    ),
    (
        "text after the closing quote; put a delimiter between, or double the quote",
        "text efter det avslutande citattecknet; sätt ett skiljetecken emellan, eller dubblera citattecknet",
    ),
    (
        "a quote is not closed before the end of the file",
        "ett citattecken stängs inte före filens slut",
    ),
    ("a quote is not closed", "ett citattecken stängs inte"),
    (
        "the column is missing; add it",
        "kolumnen saknas; lägg till den",
    ),
    (
        "the column stands twice; keep one",
        "kolumnen står två gånger; behåll den ena",
    ),
    (
        "column {} has no name that a column can have; begin the file with the columns' names",
        "kolumn {0} har inget namn som en kolumn kan ha; börja filen med kolumnernas namn",
    ),
    (
        "is not a known column; remove it, or end it in _at if it is a checklist item",
        "är ingen känd kolumn; ta bort den, eller låt den sluta på _at om den är en punkt i checklistan",
    ),
    (
        "the row has {} cells and the header {}; put texts with a delimiter in quotes",
        "raden har {0} celler och rubriken {1}; sätt texter med skiljetecken inom citattecken",
    ),
    (
        "both , and ; occur; use one of them between all columns",
        "både , och ; förekommer; använd ett av dem mellan alla kolumner",
    ),
    (
        "the header is missing; name the columns in the first line",
        "rubriken saknas; skriv kolumnernas namn på första raden",
    ),
    (
        "the row is longer than 64 KiB; look for a quote that is not closed",
        "raden är längre än 64 KiB; leta efter ett citattecken som inte stängs",
    ),
    (
        "the line is longer than 64 KiB; write one stay a row",
        "raden är längre än 64 KiB; skriv ett vårdtillfälle per rad",
    ),
    (
        "is empty though {} is set; write when",
        "är tomt fast {0} är ifyllt; skriv när",
    ),
    ("is empty; fill it in", "är tomt; fyll i det"),
    // Against what the stay has.
    (
        "this id was recorded with other content; to correct it, void the recorded event and send the right one under a new id",
        "id:t är redan registrerat med annat innehåll; för att rätta det, makulera den registrerade händelsen och skicka den rätta under ett nytt id",
    ),
    (
        "a void cannot be voided; send the voided event again under a new id",
        "en makulering kan inte makuleras; skicka den makulerade händelsen igen under ett nytt id",
    ),
    (
        "the stay would have more than 2000 events; check the source",
        "vårdtillfället skulle få fler än 2000 händelser; kontrollera källan",
    ),
    (
        "the stay would name its patient more than 300 times; check the source",
        "vårdtillfället skulle namnge sin patient fler än 300 gånger; kontrollera källan",
    ),
    (
        "an import holds at most 4 294 967 295 events; split the file",
        "en inläsning rymmer högst 4 294 967 295 händelser; dela filen",
    ),
];
