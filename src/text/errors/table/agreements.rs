//! Errors of decisions about agreements, and of settlements.

use super::Said;

/// Errors of decisions about agreements, and of settlements.
pub(super) fn agreements(code: &str) -> Option<(Said, Said)> {
    on_trial(code)
        .or_else(|| files(code))
        .or_else(|| settlements(code))
        .or_else(|| decided(code))
}

fn files(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "agreement_not_a_file" => (
            (
                "Det är ingen vanlig fil",
                "Spara avtalet som en fil på disken och ange den.",
            ),
            (
                "It is not an ordinary file",
                "Save the agreement as a file on disk, and name that.",
            ),
        ),
        "agreement_too_large" => (
            (
                "Filen är större än 1 MiB, så stort är inget avtal",
                "Kontrollera att det är rätt fil.",
            ),
            (
                "The file is larger than 1 MiB, as no agreement is",
                "Check that it is the right file.",
            ),
        ),
        "agreement_not_utf8" => (
            (
                "Filen är inte text i UTF-8",
                "Spara den som UTF-8; första felet står på den nämnda raden.",
            ),
            (
                "The file is not text in UTF-8",
                "Save it as UTF-8; the first fault stands on the line named.",
            ),
        ),
        "agreement_foreign" => (
            (
                "Avtalet är en annan regions och binder ingen i det här lagret",
                "Rätta region och parter i filen, eller använd den regionens lager.",
            ),
            (
                "The agreement is another region's and binds nobody in this store",
                "Correct region and parties in the file, or use that region's store.",
            ),
        ),
        "agreement_not_shipped" => (
            (
                "Programmet har inget eget avtal med det id:t att jämföra med",
                "Ange två: fristdag agreements diff ID|FIL ID|FIL",
            ),
            (
                "The program has no agreement of its own with that id to compare with",
                "Name two: fristdag agreements diff ID|FILE ID|FILE",
            ),
        ),
        _ => return None,
    })
}

fn decided(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "statute_binds" => (
            (
                "Lagen kan inte vila",
                "Ange ett av regionens avtal: fristdag agreements",
            ),
            (
                "The statute cannot be suspended",
                "Name an agreement of the region: fristdag agreements",
            ),
        ),
        "dates_reversed" => (
            (
                "Sista dagen ligger före den första",
                "Rätta --from eller --until.",
            ),
            (
                "The last date lies before the first",
                "Correct --from or --until.",
            ),
        ),
        "already_suspended" => (
            (
                "Avtalet vilar redan då",
                "Avsluta den tiden först: fristdag agreements resume ID --from DATUM --source TEXT",
            ),
            (
                "The agreement is suspended then already",
                "End that time first: fristdag agreements resume ID --from DATE --source TEXT",
            ),
        ),
        "not_suspended" => (
            (
                "Avtalet vilar inte den dagen",
                "Se när det vilar: fristdag agreements",
            ),
            (
                "The agreement is not suspended on that date",
                "See when it is: fristdag agreements",
            ),
        ),
        "confirmed_early" => (
            (
                "Avtalet börjar gälla senare än så; det gäller från",
                "Ange en senare sista dag med --until.",
            ),
            (
                "The agreement begins later than that; it holds from",
                "Give a later last date with --until.",
            ),
        ),
        "no_open_date" => (
            (
                "Avtalets fil lämnar inget datum att fastställa",
                "Se vilka avtal som har ett: fristdag agreements",
            ),
            (
                "The agreement's file leaves no date to be set",
                "See which agreements have one: fristdag agreements",
            ),
        ),
        "date_refused" => (
            (
                "Datumet kan inte fastställas: med det går avtalets fil inte ihop; inget har ändrats",
                "Ange ett annat datum, eller anta en fil som bär det: fristdag agreements adopt FIL",
            ),
            (
                "The date cannot be set: with it the agreement's file does not hold together; nothing was changed",
                "Give another date, or adopt a file that bears it: fristdag agreements adopt FILE",
            ),
        ),
        "date_unknown" => (
            (
                "Avtalet har inget sådant datum att fastställa; det har",
                "Skriv datumets namn som fristdag agreements visar det.",
            ),
            (
                "The agreement has no such date to set; it has",
                "Write the date's name as fristdag agreements shows it.",
            ),
        ),
        _ => return None,
    })
}

fn settlements(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "amount_negative" => (
            (
                "Kostnaden är mindre än noll",
                "Skriv den verkliga kostnaden i kronor, 0 eller mer.",
            ),
            (
                "The cost is below zero",
                "Write the actual cost in kronor, 0 or more.",
            ),
        ),
        "nothing_to_settle" => (
            (
                "Betalaren har inga fasta andelar det året",
                "Kontrollera år och kommun: fristdag agreements",
            ),
            (
                "The payer has no fixed shares in that year",
                "Check year and municipality: fristdag agreements",
            ),
        ),
        "settlement_locked" => (
            (
                "Månaden är redan låst för betalaren",
                "För in den rätta kostnaden i en senare månad; skillnaden faktureras eller krediteras då.",
            ),
            (
                "The month is locked for the payer already",
                "Enter the right cost in a later month; the difference is billed or credited then.",
            ),
        ),
        "settlement_early" => (
            (
                "Perioden ska vara slut före den månaden; dess sista är",
                "Välj en senare månad.",
            ),
            (
                "The period must be over before that month; its last is",
                "Choose a later month.",
            ),
        ),
        _ => return None,
    })
}

fn on_trial(code: &str) -> Option<(Said, Said)> {
    Some(match code {
        "agreements_on_trial" => (
            (
                "Inget kan beslutas eller låsas med avtal som bara prövas",
                "Anta dem först (fristdag agreements adopt FIL), eller kör utan --agreements.",
            ),
            (
                "Nothing can be decided or locked under agreements that are only tried",
                "Adopt them first (fristdag agreements adopt FILE), or run without --agreements.",
            ),
        ),
        "agreements_missing" => (
            (
                "Mappen har inga avtalsfiler",
                "Lägg filer som slutar på .toml i den, eller kör utan --agreements.",
            ),
            (
                "The folder holds no agreement files",
                "Put files that end in .toml in it, or run without --agreements.",
            ),
        ),
        "agreements_not_served" => (
            (
                "serve kan inte lägga avtal under andras frågor",
                "Ange --agreements för varje kommando i stället, eller anta avtalen.",
            ),
            (
                "serve cannot put agreements under others' questions",
                "Give --agreements with each command instead, or adopt the agreements.",
            ),
        ),
        _ => return None,
    })
}
