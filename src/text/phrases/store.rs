//! What can be wrong with a store, its journal or a backup.

use super::Phrase;

/// The more particular before the more general.
pub(super) const PHRASES: &[Phrase] = &[
    (
        "{} is not a store (it has no format.json); make one with `init`",
        "{0} är inget lager (där finns ingen format.json)",
    ),
    (
        "{} is not empty; choose a new folder",
        "{0} är inte tom; välj en ny mapp",
    ),
    (
        "{}, line {}: {}; nothing was changed; run `restore` from a backup into a new folder",
        "{0}, rad {1}: {2}; inget har ändrats; kör `restore` från en säkerhetskopia till en ny mapp",
    ),
    (
        "the journal ends at entry {}, but entry {} had been recorded: {} entries are missing; run `restore` from a backup into a new folder",
        "journalen slutar vid post {0}, men post {1} hade registrerats: {2} poster saknas; kör `restore` från en säkerhetskopia till en ny mapp",
    ),
    (
        "{}: {}; run `restore` from a backup into a new folder",
        "{0}: {1}; kör `restore` från en säkerhetskopia till en ny mapp",
    ),
    (
        "the store has format version {}, and this program knows versions up to {}; use a newer fristdag",
        "lagret har formatversion {0}, och programmet kan versioner till och med {1}; använd ett nyare fristdag",
    ),
    (
        "the journal is read-only until the store is opened again: {}",
        "journalen går bara att läsa tills lagret öppnas igen: {0}",
    ),
    (
        "the journal is read-only while the disk has less than {} bytes free ({} free now); free some space",
        "journalen går bara att läsa medan disken har mindre än {0} byte fria ({1} nu); frigör utrymme",
    ),
    (
        "the store is in use by process {}",
        "lagret används av process {0}",
    ),
    (
        "process {} speaks version {}, this one version {}",
        "process {0} talar version {1}, den här version {2}",
    ),
    ("cannot be recorded: {}", "kan inte registreras: {0}"),
    (
        "{} names no record of this store",
        "{0} är ingen post i det här lagret",
    ),
    (
        "{}: {}; use another backup",
        "{0}: {1}; använd en annan säkerhetskopia",
    ),
    (
        "the journal's writer has stopped; open the store again",
        "journalens skrivare har stannat; öppna lagret igen",
    ),
];
