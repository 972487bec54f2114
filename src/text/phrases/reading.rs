//! What the agreements' files say of the readings that were not chosen. The
//! files are English, as all data is; what a user's own file says otherwise is
//! shown as it stands there.

use super::Phrase;

/// Each as it stands in a file, or behind the `: ` of a value.
pub(super) const PHRASES: &[Phrase] = &[
    // Behind a value.
    ("days above thirty", "dygn över trettio"),
    ("all days above the threshold", "alla dygn över gränsen"),
    (
        "the patient counts, without days",
        "patienten räknas, utan dygn",
    ),
    (
        "a later call counts from when it was made",
        "en senare kallelse räknas från det att den gjordes",
    ),
    (
        "one day more after noon, as the statute has it",
        "ett dygn till efter klockan 12, som i lagen",
    ),
    (
        "no rule of noon while the thirty days hold",
        "ingen regel om klockan 12 medan de trettio dagarna gäller",
    ),
    ("noon counts still", "klockan 12 räknas fortfarande"),
    ("12:00:00 is after noon", "12.00.00 är efter klockan 12"),
    (
        "the date on which the span ends is charged too",
        "även den dag då perioden slutar debiteras",
    ),
    (
        "the date on which it was met counts",
        "den dag då villkoret uppfylldes räknas",
    ),
    // Sentences.
    (
        "All dates belong to the month of the discharge.",
        "Alla dygn hör till utskrivningens månad.",
    ),
    (
        "Each date is judged by the rule in force on that date.",
        "Varje dygn bedöms enligt den regel som gäller då.",
    ),
    (
        "The notice stays the start, and the court's end is a precondition.",
        "Underrättelsen är början, och att tvångsvården upphört är ett villkor.",
    ),
    (
        "It counts from the date of the record.",
        "Det räknas från dagen då det registrerades.",
    ),
    (
        "Days after 2018-10-31 of a span that began before are charged under the statute.",
        "Dygn efter 2018-10-31 i en period som började före debiteras enligt lagen.",
    ),
    (
        "Settled against the statute's own reckoning.",
        "Avräknas mot vad lagen skulle ha gett.",
    ),
    (
        "Only an earlier date counts: the transition ends on 2021-06-30 at the latest.",
        "Bara ett tidigare datum räknas: övergången slutar senast 2021-06-30.",
    ),
    (
        "Three days and the free days among them.",
        "Tre dagar, lediga dagar inräknade.",
    ),
    (
        "The eves are days like others.",
        "Aftnarna är dagar som andra.",
    ),
    (
        "Free days in a row: from the third on.",
        "Lediga dagar i rad: från den tredje.",
    ),
    (
        "Three days from the discharge.",
        "Tre dagar från utskrivningen.",
    ),
    (
        "The month after, when the month's figures are known.",
        "Månaden efter, när månadens siffror är kända.",
    ),
    ("When the month itself ends.", "När månaden själv slutar."),
    (
        "When the quarter itself ends.",
        "När kvartalet självt slutar.",
    ),
    // Of the examples.
    ("Asked for in no case.", "Krävs i inget fall."),
    ("By averages from the beginning.", "Med snitt från början."),
    ("In November.", "I november."),
    ("None.", "Ingen."),
    ("Nothing is due.", "Inget ska betalas."),
    (
        "The first of the month after.",
        "Den första i månaden efter.",
    ),
    ("The same day.", "Samma dag."),
    ("To leave it out.", "Att utelämna den."),
];
