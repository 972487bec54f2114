//! What the console says: each text in both languages, or it does not build.

/// Fixed texts, each in both languages, or it does not build.
macro_rules! says {
    ($(#[$doc:meta])* $type:ident: $($name:ident = $sv:literal, $en:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves stand beside the names")]
        pub enum $type { $($name,)* }

        impl $type {
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

pub mod aloud;
mod board;
mod decisions;
mod payers;
mod remedies;
mod sentences;
mod shared;
mod stay;

pub use board::*;
pub use decisions::*;
pub use payers::*;
pub use remedies::*;
pub use sentences::*;
pub use shared::*;
pub use stay::*;

use super::Lang;

says! {
    /// A fixed text of the console, named after what it says in English.
    Say:
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
    ColAge = "HÖRT", "HEARD";
    ColLost = "VÄNTEDAG", "WAIT/DAY";
    ColDuty = "UPPGIFT", "DUTY";
    ColDue = "SENAST", "DUE";
    New = "NY", "NEW";
    Conflict = "KONFLIKT", "CONFLICT";
    Conflicts = "i konflikt", "in conflict";
    SourceSilent = "KÄLLA TYST", "SOURCE SILENT";
    AllRows = "alla", "all";
    NobodyInView = "Inget vårdtillfälle hör till vyn just nu. Esc visar alla.", "No stay belongs to the view just now. Esc shows all.";
    NoGroups = "Utan grupper", "Without groups";
    ByPayer = "per betalare", "by payer";
    ByWard = "per avdelning", "by ward";
    Frozen = "Raderna står stilla; klockorna går", "The rows stay put; the clocks go on";
    Thawed = "Raderna följer med igen", "The rows move again";
    FollowsNobody = "Följer ingen längre", "Follows nobody any more";
    NotOnBoard = "är inte på tavlan", "is not on the board";
    NamesWhole = "Namnen visas", "Names are shown";
    NamesInitials = "Bara initialer visas", "Only initials are shown";
    NamesHidden = "Namnen visas inte", "Names are not shown";
    ViewsTitle = "Visa", "Show";
    ViewLiable = "löper nu", "liable now";
    ViewWithinDay = "inom 24 timmar", "within 24 hours";
    ViewSip = "SIP saknas", "SIP missing";
    ViewContact = "fast vårdkontakt saknas", "care contact missing";
    ViewUnacknowledged = "sena kvittenser", "late confirmations";
    ViewMyWards = "mina avdelningar", "my wards";
    ViewMyPayers = "mina betalare", "my payers";
    ViewChanged = "ändrat sedan förra passet", "changed since my last shift";
    ViewConflicts = "i konflikt", "conflicts";
    ViewDuties = "ej klara, med åtgärder kvar", "not ready, with open duties";
    BulkTitle = "För alla märkta", "For all marked ones";
    NotSent = "inte skickat", "not sent";
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
    Payer = "Betalare", "Payer";
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
    UnsettledPayer = "oklar betalare", "payer unsettled";
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
    Revealed = "visad, och loggad", "shown, and logged";
    TabCosts = "Kostnad", "Cost";
    SettleTitle = "Avgör", "Settle";
    UndoTitle = "Ångra", "Undo";
    AdmitTitle = "Nytt vårdtillfälle", "A new stay";
    OtherStands = "registrerat två gånger, den andra gäller", "recorded twice, the other one stands";
    UndoneAtOnce = "ångrat", "undone";
    AsItIs = "som det är", "as it is";
    Unset = "–", "–";
    StayExists = "ett vårdtillfälle med det id:t finns redan", "there is a stay with that id already";
    State = "Läge", "State";
    SpanEnds = "Klarperioden slutar", "The ready span ends";
    NextBoundary = "Nästa gräns", "Next boundary";
    NoChange = "Ändrar inget", "Changes nothing";
    NoDate = "inget datum", "no date";
    Months = "Månaderna", "The months";
    AverageNoDays = "Snittet räknar hela vistelsen; dygnen har ingen egen kostnad förrän patienten gått.", "The average counts the whole stay; dates cost nothing by themselves until the patient has left.";
    NoCost = "Inget att betala än, och ingen klarperiod är öppen.", "Nothing to pay so far, and no ready span is open.";
    BlockedNoCost = "Stoppad: inget kostar förrän det som saknas är gjort.", "Blocked: nothing costs until what is missing is done.";
    UnknownAmount = "okänt", "unknown";
    WhyNothingDone = "inget är registrerat härifrån än", "nothing was recorded from here yet";
    WhyLastWasVoid = "det sista makulerade en händelse med identiteten i: registrera den på nytt", "the last thing voided an event that holds the identity: record it anew";
    WhyNoConflict = "inga uppgifter motsäger varandra", "nothing contradicts anything here";
    WhyNotTree = "bara i förklaringen", "only in the explanation";
    WhyFromBoard = "ett nytt vårdtillfälle registreras från tavlan", "a new stay is registered from the board";
    // Forms.
    Actions = "Åtgärder", "Actions";
    SortTitle = "Sortera efter", "Sort by";
    Effect = "Verkan", "Effect";
    Computing = "räknar …", "computing …";
    Sending = "skickar …", "sending …";
    Required = "behövs", "is needed";
    Future = "ligger i framtiden", "lies in the future";
    DiscardTyped = "Det du skrivit försvinner. Esc igen kastar det.", "What you typed will be lost. Esc again discards it.";
    Recorded = "Registrerat", "Recorded";
    AlreadyRecorded = "Fanns redan", "Was there already";
    CorrectTitle = "Rätta", "Correct";
    VoidTitle = "Makulera", "Void";
    Correction = "Rättelse", "Correction";
    Settling = "Avgörande", "Settlement";
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
    CreditNote = "kreditfaktura", "credit note";
    ParkedLater = "Låses för sig, när de andra är låsta: gå igenom månaden och lås den igen.", "Is locked by itself once the others are: look at the month and lock it again.";
    Parties = "Avtalet och dem det binder", "The agreement and whom it binds";
    DoLock = "lås", "lock";
    DoExport = "exportera", "export";
    DoWaive = "godta", "accept";
    DoPark = "lämna utanför", "leave out";
    NothingCharged = "inget att betala", "nothing to pay";
    LockStale = "Siffrorna har ändrats sedan rutan öppnades. Esc: gå igenom dem, och lås på nytt.", "The figures have changed since this was opened. Esc: look at them, and lock again.";
    WhyNoStayOnFinding = "anmärkningen gäller inget enskilt vårdtillfälle", "the finding is about no single stay";
    ColAgreement = "AVTAL", "AGREEMENT";
    ColModel = "MODELL", "MODEL";
    ColCount = "UT/RÄKN", "OUT/CNT";
    ColAverage = "SNITT", "AVERAGE";
    ColAmount = "BELOPP", "AMOUNT";
    ColKind = "SLAG", "KIND";
    ColFor = "AVSER", "FOR";
    ColQuantity = "ANTAL", "QUANTITY";
    ColRate = "À-PRIS", "RATE";
    Excluded = "utanför beräkningen", "left out of the figures";
    NotRemembered = "Det du sett av månaden kunde inte sparas:", "What you saw of the month could not be kept:";
    FileWaiting = "väntar", "waits";
    FileWriting = "skrivs …", "writing …";
    FileWritten = "skriven", "written";
    FileFailed = "INTE SKRIVEN", "NOT WRITTEN";
    Bytes = "byte", "bytes";
    StepPrepare = "Förbered", "Prepare";
    StepLock = "Lås", "Lock";
    SeenFirst = "Du har inte sett den här månaden förut.", "You have not seen this month before.";
    Gone = "borta", "gone";
    NewRow = "ny", "new";
    ColSinceSeen = "SEDAN SIST", "SINCE LAST";
    // Line of the figures.
    Stay = "Vårdtillfälle", "Stay";
    LineChanged = "Raden har ändrats sedan månaden visades. Esc, och öppna den igen.", "The line has changed since the month was shown. Esc, and open it again.";
    WhyPickLine = "välj en rad först", "choose a line first";
    WhyNothingMore = "det finns inget mer att fälla ut", "there is nothing more to unfold";
    // Payers.
    Payers = "Betalare", "Payers";
    ColReady = "KLARA", "READY";
    ColGauge = "GRÄNS", "LIMIT";
    ColSoFar = "HITTILLS", "SO FAR";
    ColPlanned = "PLAN", "PLANNED";
    ColIfToday = "ALLA I DAG", "ALL TODAY";
    ColMonths = "TOLV MÅNADER", "12 MONTHS";
    ColMark = "OM", "IF";
    ColSuffices = "RÄCKER", "SUFFICES";
    ColPlannedFor = "PLANERAD", "EXPECTED";
    AllToday = "Alla i dag", "All today";
    TwelveMonths = "Tolv månader", "12 months";
    Suffices = "räcker", "suffices";
    Average = "Snitt", "Average";
    Threshold = "gräns", "threshold";
    Marked = "märkta i dag", "marked today";
    OthersPlanned = "övriga enligt plan", "the others as planned";
    OthersStay = "övriga stannar", "the others staying";
    NoAverage = "Inget snitt: varje vårdtillfälle betalas för sig.", "No average: each stay is paid for by itself.";
    NoPayerMonth = "Inget den här månaden.", "Nothing this month.";
    WhyNoAverage = "betalaren har inget snitt att hålla nere", "the payer has no average to keep down";
    WhyPlanKeeps = "planen håller snittet utan det", "the plan keeps the average down by itself";
    WhyNothingKeeps = "snittet går inte längre att hålla nere", "the average cannot be kept down any more";
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
    WhyNoMessage = "inget meddelande väntar på kvittens", "no message awaits confirmation";
    WhyVoided = "händelsen är redan makulerad", "the event is voided already";
    WhyVoid = "en makulering kan inte ändras", "a void cannot be changed";
    WhyIdentity = "inskrivningen rättas med Uppgifter rättade", "the admission is corrected with Details corrected";
    WhyPickEvent = "välj en händelse först", "choose an event first";
    WhyNotProtected = "identiteten är inte skyddad", "the identity is not protected";
    WhyBlockers = "anmärkningar hindrar låset", "findings keep the lock from being made";
    WhyLocked = "månaden är redan låst", "the month is locked already";
    WhyPartlyLocked = "alla betalare är inte låsta", "not every payer is locked";
    WhyNotLocked = "månaden är inte låst", "the month is not locked";
    WhyNotWaivable = "den här anmärkningen kan inte godtas", "this finding cannot be accepted";
    WhyPickFinding = "välj en anmärkning först", "choose a finding first";
    WhyPickPayer = "välj en betalare först", "choose a payer first";
    WhyNoStayOnLine = "raden gäller inget enskilt vårdtillfälle", "the line is about no single stay";
    WhyNoExport = "export finns inte här; använd fristdag export", "no export here; use fristdag export";
    WhyStillReading = "läser ännu", "still reading";
    WhyNoCopy = "avstängt: copy_osc52 i settings.toml", "off: copy_osc52 in settings.toml";
    WhyNothingSelected = "ingen rad är vald", "no line is selected";
    WhyNoMarks = "märk vårdtillfällen först, med mellanslag", "mark stays first, with space";
    WhyTooMany = "högst 50 på en gång", "50 at once at most";
    WhyUnread = "det gick inte att läsa", "it could not be read";
    WhyNoWards = "inga egna: wards i settings.toml", "none of your own: wards in settings.toml";
    WhyNoPayers = "inga egna: payers i settings.toml", "none of your own: payers in settings.toml";
    WhyNoShift = "inget tidigare pass är känt här", "no earlier shift is known here";
    WhyOnBoard = "görs på tavlan", "is done on the board";
    WhyInStay = "görs i ett vårdtillfälle", "is done in a stay";
    WhyInClose = "görs i månadsavslutet", "is done in the month close";
    WhyOnLine = "görs på en rad i månadsavslutet", "is done on a line of the month close";
    WhyAmongPayers = "görs bland betalarna", "is done among the payers";
    WhyAtPayer = "görs hos en betalare", "is done with one payer";
    WhyAmongAgreements = "görs bland avtal och vårddygnsbelopp", "is done among agreements and day rates";
    WhyInAgreement = "görs i ett avtal", "is done in an agreement";
    WhyInLog = "görs i loggen", "is done in the log";
    WhyAmongDuties = "görs bland det som ska göras", "is done among the duties";
    WhyNoRow = "inget vårdtillfälle är valt", "no stay is selected";
    WhyNoPayer = "betalaren är oklar", "the payer is unsettled";
    // Agreements and rates.
    Agreements = "Avtal", "Agreements";
    Rates = "Vårddygnsbelopp", "Day rates";
    BindsAll = "alla kommuner", "all municipalities";
    Adopted = "antagen fil", "adopted file";
    Shipped = "följer med programmet", "comes with the program";
    RateConfirmed = "bekräftat", "confirmed";
    RateWaits = "! VÄNTAR på beslut", "! WAITS for a decision";
    OurReading = "vår tolkning", "our reading";
    CouldBe = "kunde vara", "could be";
    Suspensions = "Vilar", "Suspended";
    EndedBy = "upphörde enligt", "ended by";
    NothingIsDue = "inget betalas", "nothing is due";
    Preconditions = "Villkor", "Preconditions";
    Values = "Värden", "Values";
    NotNow = "gäller inte i dag", "not today";
    DatesToSet = "Datum som ekonomin sätter", "Dates that finance sets";
    DateSet = "satt enligt", "set by";
    DateNotSet = "INTE SATT, filens eget datum gäller", "NOT SET, the file's own date holds";
    Duties = "Uppgifter", "Duties";
    DischargeHours = "Utskrivning planeras", "Discharges are planned";
    ReceptionHours = "Meddelanden tas emot", "Notices are taken in";
    EngineReadings = "Tolkningar i beräkningen", "Readings in the engine";
    Disputes = "Tvister", "Disputes";
    ConfirmTitle = "Bekräfta avtalet", "Confirm the agreement";
    SuspendTitle = "Låt avtalet vila", "Suspend the agreement";
    ResumeTitle = "Låt avtalet gälla igen", "Resume the agreement";
    SetDateTitle = "Sätt ett datum", "Set a date";
    SetRateTitle = "Sätt vårddygnsbelopp", "Set a day rate";
    FillToSee = "Fyll i fälten, så står här vad det betyder.", "Fill the fields to see what it means.";
    DecisionIsKept = "Beslutet skrivs i loggen med ditt namn. Det kan ersättas men inte strykas.", "The decision is kept in the log with your name. It can be replaced, not removed.";
    TypeTheId = "skriv avtalets id som det står i rubriken", "type the agreement's id as in the title";
    TypeAYear = "skriv ett år från 2018, t.ex. 2027", "write a year from 2018, e.g. 2027";
    TypeAnAmount = "skriv kronor per dygn, t.ex. 9400", "write kronor per day, e.g. 9400";
    WhyPickAgreement = "välj ett avtal först", "choose an agreement first";
    WhyNotSuspended = "avtalet vilar inte", "the agreement is not suspended";
    WhyNoDates = "avtalet har inga datum att sätta", "the agreement has no dates to set";
    // Log.
    ColNumber = "NR", "NO";
    ColRecorded = "REGISTRERAT", "RECORDED";
    ColBy = "AV", "BY";
    ColWhat = "VAD", "WHAT";
    NothingLogged = "Inget i loggen passar.", "Nothing in the log matches.";
    SearchRests = "Inget passar än. End söker längre bak.", "Nothing matches yet. End searches further back.";
    OlderExist = "äldre finns", "there are older ones";
    // Duties.
    ColAbout = "GÄLLER", "ABOUT";
    ColWho = "VEM", "WHO";
    ColClause = "REGEL", "CLAUSE";
    GroupOverdue = "FÖRSENAT", "OVERDUE";
    GroupToday = "I DAG", "TODAY";
    GroupTomorrow = "I MORGON", "TOMORROW";
    GroupThisWeek = "DEN HÄR VECKAN", "THIS WEEK";
    GroupLater = "SENARE", "LATER";
    GroupNoTime = "UTAN TID", "WITHOUT A TIME";
    NothingDue = "Inget att göra de närmaste 30 dagarna.", "Nothing is due in the next 30 days.";
    OnlyOwn = "bara egna", "only own";
    WhyNoOwn = "inga egna: payers eller wards i settings.toml", "none of your own: payers or wards in settings.toml";
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
    LockedHow = "Patienterna döljs för den som går förbi; inget lösenord behövs.", "It hides the patients from passers-by. No password is asked for.";
    LockedTyped = "Det du skrev är kvar.", "What you typed is kept.";
    Copied = "Raden skickades till urklipp", "The line was sent to the clipboard";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_empty() {
        for lang in [Lang::Sv, Lang::En] {
            let said = Say::ALL.iter().map(|say| say.text(lang));
            let spoken = aloud::Aloud::ALL.iter().map(|say| say.text(lang));
            for text in said.chain(spoken) {
                assert!(!text.trim().is_empty());
            }
        }
    }
}
