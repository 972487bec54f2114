//! Errors of the store.

use super::Said;

/// Errors of the store.
pub(super) fn store(code: &str) -> Option<(Said, Said)> {
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
        "adopted_refused" => (
            (
                "Ett antaget avtal godtas inte av den här versionen; inget har ändrats",
                "Öppna lagret med versionen som antog det, anta en rättad fil, och öppna igen.",
            ),
            (
                "This version refuses an agreement that was adopted; nothing was changed",
                "Open the store with the version that adopted it, adopt a corrected file, and open again.",
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
