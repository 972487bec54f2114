//! What the console says: each text in both languages, or it does not build.

pub mod aloud;
mod sentences;
mod shared;

pub use sentences::*;
pub use shared::*;

use super::Lang;

macro_rules! says {
    ($($name:ident = $sv:literal, $en:literal;)*) => {
        /// A fixed text of the console, named after what it says in English.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves stand beside the names")]
        pub enum Say { $($name,)* }

        impl Say {
            /// Every text, for tests.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The text in a language.
            #[must_use]
            pub fn text(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($sv, $en),)* }
            }
        }
    };
}

says! {
    // Header and frame.
    Reading = "läser …", "reading …";
    Holder = "har lagret", "holder";
    Ready = "klara", "ready";
    Liable = "löper", "liable";
    Blocked = "stoppade", "blocked";
    NotReady = "ej klara", "not ready";
    Held = "väntar", "held";
    Today = "i dag", "today";
    Stale = "TYST KÄLLA", "SILENT SOURCE";
    OldestSource = "äldsta källa", "oldest source";
    NoSource = "inga källor än", "no sources yet";
    ReadOnly = "SKRIVSKYDDAT", "READ-ONLY";
    NoContact = "INGEN KONTAKT MED LAGRET, försöker igen", "NO CONTACT WITH THE STORE, trying again";
    TooSmall = "Fönstret är för litet: minst 60×15 behövs", "The window is too small: 60×15 at least";
    ClockStands = "klockan står", "the clock stands";
    // Board columns and words.
    ColState = "LÄGE", "STATE";
    ColLeft = "KVAR", "LEFT";
    ColNext = "TILL", "UNTIL";
    ColStay = "VÅRDTILLF", "STAY";
    ColName = "NAMN", "NAME";
    ColPayer = "BETALARE", "PAYER";
    ColPayerShort = "BET.", "PAYS";
    ColHospital = "SJUKHUS", "HOSPITAL";
    ColWard = "AVD", "WARD";
    ColDay = "DAG", "DAY";
    ColFlags = "BRISTER", "MISSING OR LATE";
    ColAccrued = "UPPLUPET", "ACCRUED";
    ColTomorrow = "I MORGON", "TOMORROW";
    ColAge = "ÅLDER", "AGE";
    ColSince = "KLAR SEDAN", "READY SINCE";
    Urgency = "angelägenhet", "urgency";
    Masked = "skyddad", "protected";
    NoMatch = "Inget vårdtillfälle passar filtret. Esc tar bort det.", "No stay matches the filter. Esc removes it.";
    NobodyReady = "Ingen är utskrivningsklar just nu.", "Nobody is ready for discharge just now.";
    Filter = "Filter", "Filter";
    OnlyPayer = "bara", "only";
    WithNotReady = "även ej klara", "not ready ones too";
    SortedBy = "ordning", "order";
    Reversed = "omvänd", "reversed";
    // Stay.
    TabEvents = "Händelser", "Events";
    TabChecklist = "Checklista", "Checklist";
    TabDuties = "Frister", "Deadlines";
    TabWhy = "Förklaring", "Explanation";
    Patient = "Patient", "Patient";
    Payer = "Betalare", "Payer";
    Place = "Plats", "Place";
    Admitted = "Inskriven", "Admitted";
    ReadySince = "Klar sedan", "Ready since";
    PlannedFor = "Planerad ut", "Planned for";
    LiabilityFrom = "Betalansvar", "Liability";
    Accrued = "Upplupet", "Accrued";
    Tomorrow = "I morgon", "Tomorrow";
    IfMetNow = "om det görs nu", "if it is done now";
    LostPerDay = "per väntedag", "a day of waiting";
    AdmissionAwaited = "Inskrivningen har inte kommit: händelserna väntar.", "The admission has not come: the events are held.";
    Unsettled = "oklar", "unsettled";
    VoidedBecause = "makulerad", "voided";
    Done = "klart", "done";
    Open = "öppet", "open";
    Late = "SENT", "LATE";
    Due = "senast", "due";
    NoDuties = "Inga frister.", "No deadlines.";
    NoChecklist = "Avtalet har ingen checklista.", "The agreement has no checklist.";
    NoEvents = "Inga händelser.", "No events.";
    NoSpan = "Ingen klarperiod.", "No ready span.";
    BeforeSpans = "Först", "First";
    SpanFrom = "Klarperiod från", "Ready span from";
    WouldChange = "Det här skulle ändra svaret", "This would change the answer";
    StartsThen = "betalansvar från", "liability from";
    TooLate = "inget hjälper längre", "nothing helps any more";
    Reading1 = "tolkning", "reading";
    LostRule = "gäller inte", "does not apply";
    Revealed = "visad, och loggad", "shown, and logged";
    // Forms.
    Actions = "Åtgärder", "Actions";
    SortTitle = "Sortera efter", "Sort by";
    Effect = "Verkan", "Effect";
    NoEffect = "nedräkningen ändras inte", "the countdown does not change";
    Computing = "räknar …", "computing …";
    Sending = "skickar …", "sending …";
    Yes = "ja", "yes";
    No = "nej", "no";
    Required = "behövs", "is needed";
    Future = "ligger i framtiden", "lies in the future";
    DiscardTyped = "Det du skrivit försvinner. Esc igen kastar det.", "What you typed will be lost. Esc again discards it.";
    Recorded = "Registrerat", "Recorded";
    AlreadyRecorded = "Fanns redan", "Was there already";
    CorrectTitle = "Rätta", "Correct";
    VoidTitle = "Makulera", "Void";
    WaiveTitle = "Godta anmärkningen", "Accept the finding";
    ParkTitle = "Lämna betalaren utanför låset", "Leave the payer out of the lock";
    LockTitle = "Lås månaden", "Lock the month";
    ExportTitle = "Exportera", "Export";
    LockHow = "Skriv månaden och summan för att låsa:", "Type the month and the total to lock:";
    LockForGood = "Det som visas låses. Ett lås kan inte tas bort, bara justeras.", "What is shown is locked. A lock cannot be removed, only adjusted.";
    LockPayers = "betalare låses", "payers will be locked";
    LockMonth = "månaden stämmer inte", "the month does not match";
    LockTotal = "summan stämmer inte", "the total does not match";
    // Month close.
    Close = "Månadsavslut", "Month close";
    Figures = "Belopp per betalare", "Amounts by payer";
    Findings = "Kontroller", "Checks";
    NoFindings = "Inga anmärkningar.", "No findings.";
    NoPayers = "Inga betalare den här månaden.", "No payers this month.";
    Lines = "Rader", "Lines";
    NoLines = "Inga rader.", "No lines.";
    Total = "Summa", "Total";
    Hash = "kontrollsumma", "hash";
    Locked = "LÅST", "LOCKED";
    OpenMonth = "ÖPPEN", "OPEN";
    PartlyLocked = "DELVIS LÅST", "PARTLY LOCKED";
    Parked = "utanför", "left out";
    Prepared = "förberett av", "prepared by";
    Blocks = "HINDRAR", "BLOCKS";
    CanBeWaived = "kan godtas", "can be accepted";
    Waived = "godtagen", "accepted";
    Invoices = "Fakturor", "Invoices";
    CreditNote = "kreditnota", "credit note";
    ColAgreement = "AVTAL", "AGREEMENT";
    ColModel = "MODELL", "MODEL";
    ColCount = "UT/RÄKN", "OUT/CNT";
    ColAverage = "SNITT", "AVERAGE";
    ColAmount = "BELOPP", "AMOUNT";
    ColKind = "SLAG", "KIND";
    ColFor = "FÖR", "FOR";
    ColQuantity = "ANTAL", "QUANTITY";
    ColRate = "À-PRIS", "RATE";
    Excluded = "utanför beräkningen", "left out of the figures";
    // Why an action cannot be done now.
    WhyNoStay = "inskrivningen har inte kommit", "the admission has not come";
    WhyEnded = "vårdtillfället är avslutat", "the stay has ended";
    WhySpanOpen = "patienten är redan utskrivningsklar", "the patient is ready already";
    WhyNoSpan = "ingen klarperiod är öppen", "no ready span is open";
    WhyCalled = "en kallelse till SIP gäller redan", "a SIP call stands already";
    WhyNoCall = "ingen kallelse till SIP gäller", "no SIP call stands";
    WhyWaived = "det är redan noterat", "it is noted already";
    WhyNoChecklist = "avtalet har ingen checklista", "the agreement has no checklist";
    WhyGapOpen = "det står redan att öppenvård saknas", "open care is missing already";
    WhyNoGap = "ingen öppenvård står som saknad", "no open care is missing";
    WhyNotCompulsory = "patienten är inte tvångsvårdad", "the patient is not in compulsory care";
    WhyDoneAlready = "det är redan gjort", "it is done already";
    WhyNoMessage = "inget meddelande väntar på bekräftelse", "no message awaits confirmation";
    WhyVoided = "händelsen är redan makulerad", "the event is voided already";
    WhyVoid = "en makulering kan inte ändras", "a void cannot be changed";
    WhyIdentity = "inskrivningen rättas med Ändrade uppgifter", "the admission is corrected with Changed details";
    WhyPickEvent = "välj en händelse först", "choose an event first";
    WhyNotProtected = "identiteten är inte skyddad", "the identity is not protected";
    WhyBlockers = "anmärkningar hindrar låset", "findings keep the lock from being made";
    WhyLocked = "månaden är redan låst", "the month is locked already";
    WhyNotLocked = "månaden är inte låst", "the month is not locked";
    WhyNotWaivable = "den här anmärkningen kan inte godtas", "this finding cannot be accepted";
    WhyPickFinding = "välj en anmärkning först", "choose a finding first";
    WhyPickPayer = "välj en betalare först", "choose a payer first";
    WhyNoStayOnLine = "raden gäller inget enskilt vårdtillfälle", "the line is about no single stay";
    WhyNoExport = "export finns inte här; använd fristdag export", "no export here; use fristdag export";
    WhyStillReading = "läser ännu", "still reading";
    WhyNoCopy = "avstängt: copy_osc52 i settings.toml", "off: copy_osc52 in settings.toml";
    WhyNothingSelected = "ingen rad är vald", "no line is selected";
    WhyNoRow = "inget vårdtillfälle är valt", "no stay is selected";
    WhyNoPayer = "betalaren är oklar", "the payer is unsettled";
    // Help and dialogs.
    Help = "Tangenter", "Keys";
    Back = "Esc stänger", "Esc closes";
    ErrorTitle = "Det gick inte", "That did not work";
    FileIgnored = "Används inte:", "Not used:";
    FilesIgnored = "Dina egna filer används inte", "Your own files are not used";
    FilesInstead = "Programmets egna värden gäller tills felen är rättade.", "The program's own values hold until this is corrected.";
    PaletteTitle = "Allt som kan göras", "All that can be done";
    NothingFits = "Inget passar.", "Nothing fits.";
    SavedView = "Vy", "View";
    LockedAway = "Låst: ingen har varit här på en stund", "Locked: nobody has been here for a while";
    LockedHow = "Det döljer patienterna för den som går förbi. Något lösenord frågas inte efter.", "It hides the patients from passers-by. No password is asked for.";
    LockedTyped = "Det du skrev är kvar.", "What you typed is kept.";
    Copied = "Raden skickades till urklipp", "The line was sent to the clipboard";
    LanguageName = "Svenska", "English";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_empty() {
        for say in Say::ALL {
            for lang in [Lang::Sv, Lang::En] {
                assert!(!say.text(lang).trim().is_empty(), "{say:?}");
            }
        }
    }
}
