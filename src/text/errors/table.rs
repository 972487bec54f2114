//! Headlines and remedies by code.

/// Headline and remedy in one language.
pub(super) type Said = (&'static str, &'static str);

/// Headline and remedy in both languages, for a code that has them.
pub(super) fn known(code: &str) -> Option<(Said, Said)> {
    store(code)
        .or_else(|| input(code))
        .or_else(|| close(code))
        .or_else(|| wire(code))
}

/// Errors of the store.
fn store(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "store_in_use" => (
            (
                "En annan process håller lagret och svarar inte",
                "Avsluta processen med det numret, eller vänta och försök igen.",
            ),
            (
                "Another process holds the store and does not answer",
                "End the process with that number, or wait and try again.",
            ),
        ),
        "not_a_store" => (
            (
                "Det finns inget lager här",
                "Skapa ett: fristdag init --region KOD",
            ),
            (
                "There is no store here",
                "Make one: fristdag init --region CODE",
            ),
        ),
        "folder_not_empty" => (
            ("Här finns redan något", "Välj en ny, tom mapp med --store."),
            (
                "Something is here already",
                "Choose a new, empty folder with --store.",
            ),
        ),
        "store_damaged" => (
            (
                "Lagret är skadat; inget har ändrats",
                "Återställ från en säkerhetskopia: fristdag --store NY_MAPP restore FIL",
            ),
            (
                "The store is damaged; nothing was changed",
                "Restore from a backup: fristdag --store NEW_FOLDER restore FILE",
            ),
        ),
        "store_newer" => (
            (
                "Lagret är skrivet av en nyare fristdag",
                "Använd den nyare versionen.",
            ),
            (
                "The store was written by a newer fristdag",
                "Use the newer version.",
            ),
        ),
        "read_only" => (
            (
                "Lagret kan bara läsas just nu",
                "Frigör utrymme och starta om; tavlan och siffrorna går att läsa.",
            ),
            (
                "The store can only be read now",
                "Free some space and start again; board and figures can be read.",
            ),
        ),
        "disk_full" => (
            (
                "Disken är full; inget skrevs",
                "Frigör utrymme och försök igen.",
            ),
            (
                "The disk is full; nothing was written",
                "Free some space and try again.",
            ),
        ),
        "store_failed" | "views_failed" => (
            (
                "Lagret svarar inte som det ska",
                "Försök igen; hjälper det inte, kör fristdag verify.",
            ),
            (
                "The store does not work as it should",
                "Try again; if that fails, run fristdag verify.",
            ),
        ),
        "io" | "cannot_read" | "cannot_write" | "input" => (
            (
                "Filen eller mappen kan inte användas",
                "Kontrollera sökväg och rättigheter.",
            ),
            (
                "The file or folder cannot be used",
                "Check the path and the permissions.",
            ),
        ),
        "backup_damaged" => (
            (
                "Filen är ingen hel säkerhetskopia",
                "Använd en annan säkerhetskopia.",
            ),
            ("The file is no whole backup", "Use another backup."),
        ),
        _ => return None,
    })
}

/// Errors of what was asked or given.
fn input(code: &str) -> Option<(Said, Said)> {
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
        "bad_agreement" | "agreement_invalid" => (
            (
                "Avtalsfilen stämmer inte",
                "Rätta filen på den rad som nämns.",
            ),
            (
                "The agreement's file does not hold",
                "Correct the file on the line named.",
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
        "bad_rate" => (
            (
                "Beloppet går inte att använda",
                "Skriv kronor per vårddygn, till exempel 7800.",
            ),
            (
                "The rate cannot be used",
                "Write kronor per care day, for instance 7800.",
            ),
        ),
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
            ("Hemkatalogen är okänd", "Ange lagrets mapp med --store."),
            (
                "The home folder is unknown",
                "Name the store's folder with --store.",
            ),
        ),
        "reason_missing" => (
            ("Det saknas ett skäl", "Skriv varför med --reason."),
            ("A reason is missing", "Say why with --reason."),
        ),
        "bad_input" => (("Indata stämmer inte", ""), ("The input does not hold", "")),
        _ => return None,
    })
}

/// Errors of figures and of the month close.
fn close(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "hash_changed" => (
            (
                "Siffrorna har ändrats sedan de visades",
                "Gå igenom dem på nytt: fristdag close --month MÅNAD --prepare",
            ),
            (
                "The figures have changed since they were shown",
                "Look at them again: fristdag close --month MONTH --prepare",
            ),
        ),
        "month_blocked" | "nothing_to_lock" => (
            (
                "Månaden kan inte låsas ännu",
                "Åtgärda det som hindrar: fristdag close --month MÅNAD --check",
            ),
            (
                "The month cannot be locked yet",
                "Settle what blocks it: fristdag close --month MONTH --check",
            ),
        ),
        "month_not_ended" => (
            ("Månaden är inte slut", "Vänta till månadsskiftet."),
            ("The month has not ended", "Wait until it has."),
        ),
        "already_locked" => (
            (
                "Månaden är redan låst",
                "Ändringar kommer som justering i nästa avslut.",
            ),
            (
                "The month is locked already",
                "Changes come as an adjustment in the next close.",
            ),
        ),
        "not_locked" => (
            (
                "Månaden är inte låst",
                "Lås den först: fristdag close --month MÅNAD --check",
            ),
            (
                "The month is not locked",
                "Lock it first: fristdag close --month MONTH --check",
            ),
        ),
        "earlier_month_open" => (
            (
                "En tidigare månad är öppen",
                "Lås den först, eller parkera enheten.",
            ),
            (
                "An earlier month is open",
                "Lock it first, or park the payer.",
            ),
        ),
        "finding_not_waivable" => (
            ("Det här går inte att godta, det måste åtgärdas", ""),
            ("This cannot be waived, it must be settled", ""),
        ),
        "finding_unknown" => (
            (
                "Månaden har ingen sådan anmärkning",
                "Se koderna: fristdag close --month MÅNAD --check",
            ),
            (
                "The month has no such finding",
                "See the codes: fristdag close --month MONTH --check",
            ),
        ),
        "missing_rate" => (
            (
                "Årets vårddygnsbelopp saknas",
                "För in det: fristdag rates set ÅR BELOPP --source TEXT",
            ),
            (
                "The year's day rate is missing",
                "Enter it: fristdag rates set YEAR AMOUNT --source TEXT",
            ),
        ),
        "not_available" => (
            (
                "Det formatet finns inte ännu",
                "Använd --format csv eller json.",
            ),
            (
                "That format is not available yet",
                "Use --format csv or json.",
            ),
        ),
        _ => return None,
    })
}

/// Errors between processes.
fn wire(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "protocol_version" => (
            (
                "Processen som håller lagret är en annan version av fristdag",
                "Avsluta den eller använd samma version.",
            ),
            (
                "The process that holds the store is another version of fristdag",
                "End it, or use the same version.",
            ),
        ),
        "wire_not_same_user" => (
            (
                "Lagret tillhör en annan användare",
                "Logga in som den användaren.",
            ),
            ("The store belongs to another user", "Log in as that user."),
        ),
        "holder_left" => (
            (
                "Processen som höll lagret avslutades under arbetet",
                "Kör samma kommando igen: det som redan finns hoppas över.",
            ),
            (
                "The process that held the store left during the work",
                "Run the same command again: what is there already is skipped.",
            ),
        ),
        "wire_broken" | "wire_garbage" | "wire_too_large" => (
            (
                "Samtalet med processen som håller lagret bröts",
                "Försök igen.",
            ),
            (
                "The talk with the process that holds the store broke",
                "Try again.",
            ),
        ),
        "already_served" => (
            (
                "En annan process håller lagret och svarar på dess socket redan",
                "Den behöver ingen hjälp.",
            ),
            (
                "Another process holds the store and answers on its socket already",
                "It needs no help.",
            ),
        ),
        "cannot_listen" => (
            (
                "Det går inte att lyssna på lagrets socket",
                "Kontrollera mappens filsystem och rättigheter.",
            ),
            (
                "The store's socket cannot be listened on",
                "Check the folder's file system and permissions.",
            ),
        ),
        "too_many_clients" => (
            (
                "För många program använder lagret på en gång",
                "Vänta och försök igen.",
            ),
            (
                "Too many programs use the store at once",
                "Wait and try again.",
            ),
        ),
        _ => return None,
    })
}
