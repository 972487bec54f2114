//! What can be wrong in the form of a file in TOML.

use super::Phrase;

/// The more particular before the more general.
pub(super) const PHRASES: &[Phrase] = &[
    // Texts.
    (
        "a text is not closed; end it with the quotation mark that it begins with, on the same line",
        "en text är inte avslutad; avsluta den på samma rad, med samma slags citattecken som den börjar med",
    ),
    (
        "a text of several lines is not closed; end it with the three quotation marks that it begins with",
        "en text på flera rader är inte avslutad; avsluta den med samma tre citattecken som den börjar med",
    ),
    (
        "here stands a sign that cannot be seen; write the line anew",
        "här står ett tecken som inte syns; skriv om raden",
    ),
    (
        "in a text `\\` begins the code of a sign; write `\\\\` for the sign itself",
        "i en text inleder `\\` koden för ett tecken; skriv `\\\\` för tecknet självt",
    ),
    (
        "the lines end as nothing writes them any more (CR alone); save the file with the line ends of Windows or Unix",
        "raderna slutar som inget längre skriver dem (ensamt CR); spara filen med radslut för Windows eller Unix",
    ),
    // Names.
    (
        "`=` is missing between a name and its value; write it",
        "`=` saknas mellan ett namn och dess värde; skriv det",
    ),
    (
        "`{}` cannot stand in a name; it has the letters a to z, digits, `-` and `_` only",
        "`{0}` kan inte stå i ett namn; det har bara bokstäverna a till z, siffror, `-` och `_`",
    ),
    (
        "a name is missing here; write it",
        "här saknas ett namn; skriv det",
    ),
    (
        "`{}` begins no line; write a name, `=` and a value, [name] or [[name]]",
        "`{0}` inleder ingen rad; skriv ett namn, `=` och ett värde, [namn] eller [[namn]]",
    ),
    (
        "`{}` has a value already; remove one of the two",
        "`{0}` har redan ett värde; ta bort det ena",
    ),
    // Values.
    (
        "a value is missing here; write one",
        "här saknas ett värde; skriv ett",
    ),
    (
        "`{}` is no value; write text in straight quotation marks, a number, a date as 2019-01-01, true or false",
        "`{0}` är inget värde; skriv text inom raka citattecken, ett tal, ett datum som 2019-01-01, true eller false",
    ),
    (
        "`{}` is no value; write true or false, in small letters",
        "`{0}` är inget värde; skriv true eller false, med små bokstäver",
    ),
    (
        "a comma ends no value; write a decimal with a point and in quotation marks, for instance \"2.5\"",
        "ett värde slutar inte med komma; skriv decimaler med punkt och inom citattecken, till exempel \"2.5\"",
    ),
    (
        "`{}` stands where the line should end; remove it, or begin a new line",
        "`{0}` står där raden ska vara slut; ta bort det, eller börja en ny rad",
    ),
    (
        "a number does not begin with 0; write a code in quotation marks, for instance \"0480\"",
        "ett tal börjar inte med 0; skriv en kod inom citattecken, till exempel \"0480\"",
    ),
    (
        "this is no number; write digits alone, for instance 3",
        "det här är inget tal; skriv bara siffror, till exempel 3",
    ),
    // Brackets.
    (
        "a table's name stands within brackets, as many after it as before; write [name] or [[name]]",
        "en tabells namn står inom hakparenteser, lika många efter som före; skriv [namn] eller [[namn]]",
    ),
    (
        "before this a comma between two values is missing, or the `]` that ends the list; write it",
        "före detta saknas ett komma mellan två värden, eller den `]` som avslutar listan; skriv det",
    ),
    (
        "a list is not closed; end it with `]`",
        "en lista är inte avslutad; avsluta den med `]`",
    ),
    (
        "a comma stands where a value should; remove it",
        "ett komma står där ett värde skulle stå; ta bort det",
    ),
    (
        "a list holds values without names; write them within `{` and `}`, or remove the name",
        "en lista har värden utan namn; skriv dem inom `{` och `}`, eller ta bort namnet",
    ),
    (
        "a comma is missing between two fields; write it",
        "ett komma saknas mellan två fält; skriv det",
    ),
    (
        "the table that begins with `{` is not closed before this; end it with `}`",
        "tabellen som börjar med `{` är inte avslutad före detta; avsluta den med `}`",
    ),
    (
        "lists and tables stand too deep within one another; write them flatter",
        "listor och tabeller står för djupt i varandra; skriv dem plattare",
    ),
];
