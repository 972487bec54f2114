//! What the command line's help says.

use super::Phrase;

/// The more particular before the more general.
pub(super) const PHRASES: &[Phrase] = &[
    (
        "Countdowns, liability and the month close of Swedish hospital discharge (lag 2017:612). Without a command: the console",
        "Nedräkningar, betalningsansvar och månadsavslut för utskrivning från sluten vård (lag 2017:612). Utan kommando: konsolen",
    ),
    ("Print help", "Visa den här hjälpen"),
    (
        "Print help (see more with '--help')",
        "Visa hjälp (mer med --help)",
    ),
    (
        "Print help (see a summary with '-h')",
        "Visa hjälp (kort med -h)",
    ),
    ("Print version", "Visa versionen"),
    (
        "Print this message or the help of the given subcommand(s)",
        "Visa den här hjälpen eller hjälpen för ett kommando",
    ),
    // Of every command.
    (
        "The store's folder [default: fristdag/store in the user's data folder]",
        "Lagrets mapp [annars: fristdag/store i användarens datamapp]",
    ),
    (
        "Answer as at this moment, for instance 2019-03-06T23:00",
        "Svara som vid den här tidpunkten, till exempel 2019-03-06T23:00",
    ),
    (
        "Language: sv or en [default: the locale's]",
        "Språk: sv eller en [annars: systemets]",
    ),
    (
        "Answer as if the agreement files (*.toml) in this folder were in force too, each in the place of one with the same id; in this run alone. Nothing can be decided so: a lock is made under what was adopted, and locked months stay as they are",
        "Svara som om avtalsfilerna (*.toml) i den här mappen också gällde, var och en i stället för ett med samma id; bara den här gången. Inget kan beslutas så: lås görs enligt det som är antaget, och låsta månader står fast",
    ),
    (
        "The console in lines instead of a screen, for screen readers: what is shown is told in words, what is done is chosen by number",
        "Konsolen rad för rad i stället för på en skärm, för skärmläsare: det som visas sägs i ord, det som görs väljs med nummer",
    ),
    ("One JSON document", "Ett JSON-dokument"),
    (
        "Answer from what was recorded up to then: a time, or an entry's number",
        "Svara utifrån det som var registrerat dittills: en tidpunkt, eller en posts nummer",
    ),
    // The commands.
    (
        "The console on a throw-away store full of fictional patients",
        "Konsolen på ett tillfälligt lager fullt av påhittade patienter",
    ),
    (
        "Make a store for one region",
        "Skapa ett lager för en region",
    ),
    ("Read events from files", "Läs in händelser från filer"),
    (
        "Discharge-ready patients, their countdowns and flags",
        "Utskrivningsklara patienter, deras nedräkning och flaggor",
    ),
    (
        "One stay: events, checklist, deadlines",
        "Ett vårdtillfälle: händelser, checklista, tidsfrister",
    ),
    (
        "What is due next, for whom, by when; overdue first",
        "Vad som ska göras härnäst, för vem, när; det försenade först",
    ),
    (
        "Why liability does or does not start, step by step",
        "Varför betalningsansvaret inträder eller inte, steg för steg",
    ),
    (
        "A month's figures as known now, or as locked",
        "En månads siffror som de är kända nu, eller som de låstes",
    ),
    (
        "What the month will come to, and what is lost at noon",
        "Vad månaden blir, och vad som går förlorat klockan 12",
    ),
    ("The month close", "Månadsavslutet"),
    ("The agreements of this store", "Lagrets avtal"),
    (
        "What fixed shares really cost, at the year's end",
        "Vad fasta andelar verkligen kostade, vid årets slut",
    ),
    ("Enter a figures line by hand", "För in en rad för hand"),
    ("The store's health", "Lagrets tillstånd"),
    ("Invoices and credit notes", "Fakturor och kreditfakturor"),
    ("Files for a locked month", "Filer för en låst månad"),
    ("The day rates", "Vårddygnsbeloppen"),
    (
        "Who recorded what and when, the latest first",
        "Vem som registrerade vad och när, det senaste först",
    ),
    (
        "Recompute every hash and every locked figure",
        "Räkna om varje hash och varje låst siffra",
    ),
    (
        "A consistent copy of the store while in use",
        "En hel kopia av lagret medan det används",
    ),
    (
        "A new store from a backup",
        "Ett nytt lager från en säkerhetskopia",
    ),
    ("Plain text for paper", "Ren text för papper"),
    (
        "A picture of the console as SVG, of fictional patients",
        "En bild av konsolen som SVG, med påhittade patienter",
    ),
    (
        "Serve the store to this user's other processes, without a screen",
        "Håll lagret åt användarens andra processer, utan skärm",
    ),
    ("Completions for a shell", "Kompletteringar för ett skal"),
    ("The manual page", "Manualsidan"),
    // Agreements.
    ("List them", "Lista dem"),
    ("Print an agreement's file", "Visa ett avtals fil"),
    ("The agreement's id", "Avtalets id"),
    ("Check an agreement's file", "Kontrollera en avtalsfil"),
    (
        "Check an agreement's file and use it from now on",
        "Kontrollera en avtalsfil och använd den från och med nu",
    ),
    ("The file", "Filen"),
    (
        "Record that the region has confirmed an agreement",
        "Registrera att regionen har bekräftat ett avtal",
    ),
    (
        "Last date, for instance 2019-12-31",
        "Sista dagen, till exempel 2019-12-31",
    ),
    ("Who says so, and where", "Vem som säger det, och var"),
    (
        "Suspend an agreement: what it judges by dates from --from on costs nothing, and no other rule takes its place",
        "Låt ett avtal vila: det som avgörs av dagar från --from kostar inget, och ingen annan regel träder in",
    ),
    (
        "First date: of a span's start, for averages of the discharge",
        "Första dagen: då perioden började, för snitt utskrivningsdagen",
    ),
    (
        "Last date [default: until `resume`]",
        "Sista dagen [annars: till `resume`]",
    ),
    ("Why", "Varför"),
    ("End a suspension", "Avsluta en vila"),
    (
        "First date on which it charges again; the suspension's own first date takes it back whole",
        "Första dagen då det debiterar igen; vilans egen första dag tar tillbaka den helt",
    ),
    (
        "Set a date that the agreement's file leaves open",
        "Fastställ ett datum som avtalets fil lämnar öppet",
    ),
    (
        "The date's code, as `show` gives it",
        "Datumets kod, som `show` ger den",
    ),
    ("The date", "Datumet"),
    (
        "Compare two agreements value by value; one alone with what it replaces",
        "Jämför två avtal värde för värde; ett ensamt med det som det ersätter",
    ),
    (
        "An agreement's id, or a file",
        "Ett avtals id, eller en fil",
    ),
    ("Another one", "Ett annat"),
    // Payers, stays and months.
    (
        "Only this payer's patients, for instance 1780",
        "Bara den här betalarens patienter, till exempel 1780",
    ),
    (
        "Also patients who are not discharge-ready",
        "Också patienter som inte är utskrivningsklara",
    ),
    (
        "Only those about this payer's patients, for instance 1780",
        "Bara om den här betalarens patienter, till exempel 1780",
    ),
    (
        "Due within so many days; what is overdue is always shown",
        "Inom så många dagar; det försenade visas alltid",
    ),
    ("The stay's id", "Vårdtillfällets id"),
    (
        "Show a protected identity; this is recorded",
        "Visa en skyddad identitet; det registreras",
    ),
    (
        "The month, for instance 2019-03",
        "Månaden, till exempel 2019-03",
    ),
    (
        "The month, for instance 2019-03 [default: the one that runs]",
        "Månaden, till exempel 2019-03 [annars: den pågående]",
    ),
    (
        "Only this payer, with each of its stays, for instance 1780",
        "Bara den här betalaren, med vart och ett av dess vårdtillfällen, till exempel 1780",
    ),
    (
        "One JSON document; a locked month's is the one that was locked",
        "Ett JSON-dokument; för en låst månad det som låstes",
    ),
    (
        "The steps behind every line, each with its clause",
        "Stegen bakom varje rad, vart och ett med sin källa",
    ),
    (
        "Only this payer's steps, for instance 1780 or 0180/Bromma",
        "Bara den här betalarens steg, till exempel 1780 eller 0180/Bromma",
    ),
    (
        "Try an agreement's file in place of the one with its id, or beside the others, and show what it changes",
        "Pröva en avtalsfil i stället för den med dess id, eller bredvid de andra, och visa vad den ändrar",
    ),
    // The close, and what finance enters.
    (
        "Show the figures and what blocks the lock (without other options, too)",
        "Visa siffrorna och vad som hindrar låset (också utan andra flaggor)",
    ),
    (
        "Record that these figures were prepared, and print their hash",
        "Registrera att de här siffrorna är beredda, och visa deras hash",
    ),
    (
        "Lock exactly the figures that have the hash given with --expect",
        "Lås precis de siffror som har hashen i --expect",
    ),
    (
        "Hash of the figures that were shown",
        "Hash för de siffror som visades",
    ),
    (
        "Leave a payer out of this month's lock",
        "Lämna en betalare utanför månadens lås",
    ),
    ("Accept a finding", "Godta en anmärkning"),
    ("In which month's figures", "I vilken månads siffror"),
    (
        "Who pays, for instance 1780",
        "Vem som betalar, till exempel 1780",
    ),
    ("Kronor", "Kronor"),
    ("Enter a year's rate", "För in ett års belopp"),
    ("Calendar year", "Kalenderår"),
    ("Kronor per care day", "Kronor per vårddygn"),
    ("Where it stands", "Var det står"),
    (
        "Enter a payer's actual cost for the year; less what was paid it becomes a line, or a credit note",
        "För in en betalares verkliga kostnad för året; minus det betalda blir det en rad, eller en kreditfaktura",
    ),
    (
        "Calendar year of the fixed shares",
        "Kalenderåret för de fasta andelarna",
    ),
    (
        "Who pays, for instance 1380",
        "Vem som betalar, till exempel 1380",
    ),
    (
        "Actual cost of the period, in kronor",
        "Periodens verkliga kostnad, i kronor",
    ),
    (
        "In which month's figures, after the period",
        "I vilken månads siffror, efter perioden",
    ),
    ("Where the cost stands", "Var kostnaden står"),
    ("Only those of this month's locks", "Bara de i månadens lås"),
    // Files.
    ("The file to write", "Filen att skriva"),
    (
        "The file to write [default: standard output]",
        "Filen att skriva [annars: standard ut]",
    ),
    (
        "Replace a file that is there already",
        "Ersätt en fil som redan finns",
    ),
    ("The backup", "Säkerhetskopian"),
    ("The file's format", "Filens format"),
    ("The folder to write into", "Mappen att skriva i"),
    (
        "Lines for spreadsheets and ledgers",
        "Rader för kalkylblad och reskontror",
    ),
    (
        "The figures exactly as they were locked",
        "Siffrorna precis som de låstes",
    ),
    (
        "E-invoices; not available yet",
        "E-fakturor; finns inte ännu",
    ),
    (
        "Vouchers; not available yet",
        "Verifikationer; finns inte ännu",
    ),
    (
        "The files; - is standard input",
        "Filerna; - är standard in",
    ),
    (
        "Format [default: by the file's ending; standard input: jsonl]",
        "Format [annars: efter filens ändelse; standard in: jsonl]",
    ),
    ("Only check", "Kontrollera bara"),
    (
        "Take the good lines, and write the others to FILE.refused.jsonl",
        "Ta de goda raderna, och skriv de andra till FIL.refused.jsonl",
    ),
    ("One event a line", "En händelse per rad"),
    ("One stay a row", "Ett vårdtillfälle per rad"),
    (
        "One JSON document; its \"anchor\" is what --anchor reads",
        "Ett JSON-dokument; dess \"anchor\" är vad --anchor läser",
    ),
    (
        "Last count and hash that were kept elsewhere: {\"count\": 7, \"hash\": \"…\"}",
        "Senaste antal och hash som sparats på annan plats: {\"count\": 7, \"hash\": \"…\"}",
    ),
    // The rest.
    ("The region's code", "Regionens kod"),
    (
        "The region's code, for instance 17 for Värmland",
        "Regionens kod, till exempel 17 för Värmland",
    ),
    (
        "Only those of this stay; an import is one entry and names none",
        "Bara vårdtillfällets; en inläsning är en post och nämner inget",
    ),
    (
        "Entries at most, up to 1000",
        "Högst så många poster, upp till 1000",
    ),
    (
        "Only entries before this number",
        "Bara poster före det här numret",
    ),
    ("The board", "Tavlan"),
    ("The shell", "Skalet"),
    (
        "Keys to press first, for instance \"j enter e\"",
        "Tangenter att trycka först, till exempel \"j enter e\"",
    ),
    ("Columns and rows", "Kolumner och rader"),
    ("Whose patients", "Vems patienter"),
    (
        "Another socket, besides the one in the store's folder",
        "En socket till, utöver den i lagrets mapp",
    ),
];
