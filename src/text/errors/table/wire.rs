//! Errors on the way to the store.

use super::Said;

/// Errors between processes.
pub(super) fn wire(code: &str) -> Option<(Said, Said)> {
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
