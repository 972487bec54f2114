//! What can be wrong with a word of the command line, or with a file.

use super::Phrase;

/// The more particular before the more general.
pub(super) const PHRASES: &[Phrase] = &[
    // Times.
    (
        "{}; or give the number of an entry of the journal, for instance 1200",
        "{0}; eller ange numret på en post i journalen, till exempel 1200",
    ),
    (
        "not a time; write 2019-03-04T11:00:00+01:00, or 2019-03-04T11:00 for Swedish local time",
        "ingen tidpunkt; skriv 2019-03-04T11:00:00+01:00, eller 2019-03-04T11:00 för svensk tid",
    ),
    (
        "the year is outside 1900–2200; check the date",
        "året ligger utanför 1900–2200; kontrollera datumet",
    ),
    (
        "a leap second (:60); write the second before or after it",
        "en skottsekund (:60); skriv sekunden före eller efter",
    ),
    (
        "this local time does not exist: the clock went forward that night; write the offset (+01:00 or +02:00)",
        "klockslaget finns inte: klockan ställdes fram den natten; skriv avvikelsen (+01:00 eller +02:00)",
    ),
    (
        "this local time exists twice: the clock went back that night; write the offset (+02:00 for the first, +01:00 for the second)",
        "klockslaget finns två gånger: klockan ställdes tillbaka den natten; skriv avvikelsen (+02:00 för den första, +01:00 för den andra)",
    ),
    (
        "not a date; write YYYY-MM-DD",
        "inget datum; skriv ÅÅÅÅ-MM-DD",
    ),
    (
        "not a month; write YYYY-MM, for instance 2019-03",
        "ingen månad; skriv ÅÅÅÅ-MM, till exempel 2019-03",
    ),
    // Places.
    (
        "{} is no region code: write the county's two digits, such as 17",
        "{0} är ingen regionkod: skriv länets två siffror, till exempel 17",
    ),
    ("no region has the code {}", "ingen region har koden {0}"),
    (
        "{} is no municipality code: write SCB's four digits, such as 1715",
        "{0} är ingen kommunkod: skriv SCB:s fyra siffror, till exempel 1715",
    ),
    (
        "no municipality has the code {}",
        "ingen kommun har koden {0}",
    ),
    (
        "Stockholm has no district board named {} (stadsdelsnämnd, written in full)",
        "Stockholm har ingen stadsdelsnämnd som heter {0} (skriv hela namnet)",
    ),
    (
        "only 0180 (Stockholm) is settled per district, {} is not",
        "bara 0180 (Stockholm) delas på stadsdelsnämnder, inte {0}",
    ),
    // Money and numbers.
    ("the amount is empty", "beloppet är tomt"),
    (
        "the amount may hold digits, a sign before them and one decimal comma or point",
        "beloppet får ha siffror, ett tecken framför dem och ett decimalkomma eller en punkt",
    ),
    (
        "the amount may have at most two decimals",
        "beloppet får ha högst två decimaler",
    ),
    ("the amount is too large", "beloppet är för stort"),
    (
        "a day rate must be more than zero",
        "ett vårddygnsbelopp ska vara över noll",
    ),
    (
        "invalid digit found in string",
        "inget heltal; skriv siffror",
    ),
    (
        "cannot parse integer from empty string",
        "inget heltal; skriv siffror",
    ),
    (
        "number too large to fit in target type",
        "talet är för stort",
    ),
    ("{} is not in {}..={}", "{0} ligger inte mellan {1} och {2}"),
    (
        "not a language; write sv or en",
        "inget språk; skriv sv eller en",
    ),
    (
        "not a size; write columns and rows, at most {}: {}",
        "ingen storlek; skriv kolumner och rader, högst {0}: {1}",
    ),
    ("the hash has 64 digits", "hashen har 64 siffror"),
    (
        "the demo is from {} to {}",
        "demon finns för åren {0} till {1}",
    ),
    // Files.
    (
        "No such file or directory (os error {})",
        "finns inte (fel {0})",
    ),
    ("Permission denied (os error {})", "åtkomst nekas (fel {0})"),
    ("Is a directory (os error {})", "är en mapp (fel {0})"),
    ("Not a directory (os error {})", "är ingen mapp (fel {0})"),
    ("File exists (os error {})", "finns redan (fel {0})"),
    (
        "Too many levels of symbolic links (os error {})",
        "länkarna leder runt i ring (fel {0})",
    ),
    (
        "No space left on device (os error {})",
        "disken är full (fel {0})",
    ),
    (
        "Read-only file system (os error {})",
        "filsystemet går bara att läsa (fel {0})",
    ),
    (
        "File name too long (os error {})",
        "filnamnet är för långt (fel {0})",
    ),
    (
        "Input/output error (os error {})",
        "läs- eller skrivfel (fel {0})",
    ),
    (
        "stream did not contain valid UTF-8",
        "innehåller inte giltig UTF-8",
    ),
];
