//! What can be wrong with an agreement's file.

use super::Phrase;

/// The more particular before the more general.
pub(super) const PHRASES: &[Phrase] = &[
    // The file's form.
    (
        "unknown field `{}`, expected {}; correct or remove it",
        "okänt fält `{0}`; väntat är {1}; rätta eller ta bort det",
    ),
    (
        "unknown field `{}`, there are no fields; correct or remove it",
        "okänt fält `{0}`; här kan inget fält stå; ta bort det",
    ),
    (
        "missing field `{}`; add it",
        "fältet `{0}` saknas; lägg till det",
    ),
    (
        "unknown variant `{}`, expected {}; write one of these",
        "okänt värde `{0}`; väntat är {1}; skriv något av dem",
    ),
    (
        "invalid type: {}, expected {}; write it so",
        "fel slags värde: {0}; väntat är {1}; skriv det så",
    ),
    (
        "invalid value: {}, expected {}; write a value within it",
        "värdet går inte: {0}; väntat är {1}",
    ),
    (
        "duplicate key `{}`; remove one of the two",
        "`{0}` står två gånger; ta bort den ena",
    ),
    (
        "{}; see https://toml.io for the form",
        "filen är inte rätt skriven TOML ({0}); se https://toml.io",
    ),
    ("one of {}", "något av {0}"),
    ("`{}` or `{}`", "`{0}` eller `{1}`"),
    ("integer `{}`", "heltalet `{0}`"),
    ("integer `{}` as i128", "heltalet `{0}`"),
    ("floating point `{}`", "decimaltalet `{0}`"),
    ("boolean `{}`", "`{0}`"),
    ("string \"{}\"", "texten \"{0}\""),
    ("a string", "en text inom citattecken"),
    ("a boolean", "true eller false"),
    (
        "a date",
        "ett datum utan citattecken, till exempel 2019-01-01",
    ),
    ("a list", "en lista inom hakparenteser"),
    ("a table", "en tabell"),
    ("list", "en lista"),
    ("table", "en tabell"),
    ("datetime", "ett datum"),
    ("a whole number", "ett heltal"),
    (
        "format {} is not known to this version; it reads format {}",
        "formatet {0} är okänt för den här versionen; den läser format {1}",
    ),
    (
        "the clause is empty; name the section of the document",
        "källan (clause) är tom; skriv avsnittet i dokumentet",
    ),
    (
        "the {} is empty; write it",
        "fältet {0} är tomt; fyll i det",
    ),
    ("the code is empty; write one", "koden är tom; skriv en"),
    // Who, and when.
    (
        "the id `manual` is kept for lines entered by hand; choose another",
        "id `manual` är till för rader som förs in för hand; välj ett annat",
    ),
    (
        "the id `{}` is the statute's own; choose another",
        "id `{0}` är lagens eget; välj ett annat",
    ),
    (
        "an id has small letters a to z, digits and hyphens between them; write one like region-2019",
        "ett id har små bokstäver a till z, siffror och bindestreck mellan dem; skriv ett som region-2019",
    ),
    (
        "the id {} is also in {}; remove one of the files or give it another id",
        "id {0} finns också i {1}; ta bort den ena filen eller ge den ett annat id",
    ),
    (
        "only the statute binds every region; write the region's two-digit county code",
        "bara lagen binder alla regioner; skriv regionens länskod med två siffror",
    ),
    (
        "unknown region; write SCB's two-digit county code, or \"all\"",
        "okänd region; skriv SCB:s länskod med två siffror",
    ),
    (
        "unknown party {}; write SCB's four-digit municipality code",
        "okänd part {0}; skriv SCB:s kommunkod med fyra siffror",
    ),
    (
        "party {} lies in another county than the agreement's region; remove it",
        "parten {0} ligger i ett annat län än avtalets region; ta bort den",
    ),
    (
        "party {} stands twice; remove one",
        "parten {0} står två gånger; ta bort den ena",
    ),
    (
        "nobody is bound; list the parties, or [\"all\"]",
        "avtalet binder ingen; skriv parterna, eller [\"all\"]",
    ),
    (
        "{} and {} (in {}) both bind {} on {}; give the earlier one an `until`, or remove one",
        "{0} och {1} (i {2}) binder båda {3} den {4}; ge det tidigare ett `until`, eller ta bort det ena",
    ),
    (
        "{} begins on {}, before the statute ({}); nothing is computed before that date: let `from` be {} or later",
        "{0} börjar {1}, före lagen ({2}); inget beräknas före den dagen: låt `from` vara {3} eller senare",
    ),
    (
        "the statute is missing or does not bind all; add its file, with region = \"all\" and parties = [\"all\"]",
        "lagen saknas eller binder inte alla; lägg till dess fil, med region = \"all\" och parties = [\"all\"]",
    ),
    (
        "`until` lies before `from`; correct one of them",
        "`until` ligger före `from`; rätta det ena",
    ),
    (
        "confirmed `until` a date before the agreement's own `from`; correct one of them",
        "bekräftat till en dag före avtalets eget `from`; rätta det ena",
    ),
    (
        "not a date; write 2019-01-01 without a time, or the code of a [[date]]",
        "inget datum; skriv 2019-01-01 utan klockslag, eller koden för ett [[date]]",
    ),
    (
        "not a date; write 2019-01-01 without a time",
        "inget datum; skriv 2019-01-01 utan klockslag",
    ),
    (
        "this date is not in the calendar; correct it",
        "datumet finns inte i kalendern; rätta det",
    ),
    (
        "not a clock time; write \"14:00\"",
        "inget klockslag; skriv \"14:00\"",
    ),
    (
        "no [[date]] has the code {}; add it, or write a date without quotes",
        "inget [[date]] har koden {0}; lägg till det, eller skriv ett datum utan citattecken",
    ),
    (
        "the date's code {} needs small letters, digits and _ only",
        "datumets kod {0} får bara ha små bokstäver, siffror och _",
    ),
    (
        "the date {} stands twice; remove one",
        "datumet {0} står två gånger; ta bort det ena",
    ),
    (
        "the hours end before they begin; correct `from` or `until`",
        "tiden slutar innan den börjar; rätta `from` eller `until`",
    ),
    // Rules.
    (
        "the rule id {} is taken or empty; choose another",
        "regelns id {0} är upptaget eller tomt; välj ett annat",
    ),
    (
        "rule {} needs exactly one model: {}",
        "regeln {0} ska ha precis en modell: {1}",
    ),
    (
        "this model is judged on {}: a span is charged by the rule under which it began",
        "den här modellen avgörs av {0}: en period debiteras enligt regeln då den började",
    ),
    (
        "this model is judged on {}: an average is over discharges",
        "den här modellen avgörs av {0}: ett snitt är över utskrivningar",
    ),
    (
        "the rule applies to nothing; add [[rule.applies]]",
        "regeln gäller ingenting; lägg till [[rule.applies]]",
    ),
    (
        "the rule reaches outside the agreement's own `from` and `until`; correct one of them",
        "regeln sträcker sig utanför avtalets egna `from` och `until`; rätta det ena",
    ),
    (
        "rules {} and {} both hold on {} for {} care; end one the day before the other begins",
        "reglerna {0} och {1} gäller båda {2} för {3} vård; låt den ena sluta dagen innan den andra börjar",
    ),
    (
        "no rule holds for {} care from {} to {}; add one (`manual = true` where the document gives none)",
        "ingen regel gäller för {0} vård från {1} till {2}; lägg till en (`manual = true` där dokumentet inte ger någon)",
    ),
    (
        "no rule holds for {} care from {} on; add one (`manual = true` where the document gives none)",
        "ingen regel gäller för {0} vård från och med {1}; lägg till en (`manual = true` där dokumentet inte ger någon)",
    ),
    ("somatic", "somatisk"),
    ("psychiatric", "psykiatrisk"),
    (
        "a rule of this model asks for nothing; remove its preconditions",
        "en regel med den här modellen har inga villkor; ta bort dem",
    ),
    (
        "{} stands twice in this rule; remove one",
        "{0} står två gånger i regeln; ta bort det ena",
    ),
    (
        "the file has no [[checklist]]; add its points",
        "filen har ingen [[checklist]]; lägg till dess punkter",
    ),
    (
        "a precondition blocks; write blocks_by_law or blocks_by_agreement",
        "ett villkor hindrar; skriv blocks_by_law eller blocks_by_agreement",
    ),
    (
        "{} cannot stand in the place of {}; remove it",
        "{0} kan inte ersätta {1}; ta bort det",
    ),
    (
        "{} has no last day; remove `within_days`",
        "{0} har ingen sista dag; ta bort `within_days`",
    ),
    (
        "`when_late` needs a last day; add `within_days`, or remove it",
        "`when_late` behöver en sista dag; lägg till `within_days`, eller ta bort det",
    ),
    // Values.
    (
        "no value is given; write at least one",
        "inget värde är givet; skriv minst ett",
    ),
    (
        "two values hold from the same date or stand out of order; order them by `from`",
        "två värden gäller från samma dag eller står i fel ordning; ordna dem efter `from`",
    ),
    (
        "this value is a choice; leave out its unit",
        "det här är ett val; ta bort enheten",
    ),
    (
        "this value is counted in {}; write {}",
        "värdet räknas i {0}; skriv {1}",
    ),
    ("{} or unit = {}", "{0} eller unit = {1}"),
    ("{} or weekdays", "{0} eller weekdays"),
    (
        "alternatives belong to a reading; write reading = true, or leave them out",
        "alternativ hör till en tolkning; skriv reading = true, eller ta bort dem",
    ),
    (
        "the alternative {} is none that can be computed; write another value of this kind, then `: ` and what it means",
        "alternativet {0} går inte att räkna med; skriv ett annat värde av samma slag, sedan `: ` och vad det betyder",
    ),
    (
        "the alternative changes {} along, which this rule does not have; correct it",
        "alternativet ändrar också {0}, som regeln inte har; rätta det",
    ),
    (
        "{}; write \"county_average 2020-10\"",
        "{0}; skriv \"county_average 2020-10\"",
    ),
    (
        "not a number of days from 0 to {} with at most {} decimals; write it in quotes, for instance \"2.0\"",
        "inget antal dagar från 0 till {0} med högst {1} decimaler; skriv det inom citattecken, till exempel \"2.0\"",
    ),
    (
        "not kronor from {} to {} with at most two decimals; write them in quotes, for instance \"1500.50\"",
        "inte kronor från {0} till {1} med högst två decimaler; skriv dem inom citattecken, till exempel \"1500.50\"",
    ),
    (
        "{} is no number from {} to {}; correct it",
        "{0} är inget tal från {1} till {2}; rätta det",
    ),
    (
        "unknown rounding; write none, half_up_0, half_up_1 or half_up_2",
        "okänd avrundning; skriv none, half_up_0, half_up_1 eller half_up_2",
    ),
    (
        "{} holds only from {}, later than the rule; give a value from the rule's first date",
        "{0} gäller först från {1}, senare än regeln; ge ett värde från regelns första dag",
    ),
    (
        "the rule ends on {}, before this value begins; remove it",
        "regeln slutar {0}, innan värdet börjar gälla; ta bort det",
    ),
    (
        "{} changes with the month, not on {}; write the first of a month",
        "{0} ändras vid månadsskifte, inte {1}; skriv den första i en månad",
    ),
    (
        "a fixed share is due by whole months; begin on the first and end on the last of one",
        "en fast andel gäller hela månader; börja den första och sluta den sista i en månad",
    ),
    // Values that do not go together.
    (
        "hours can only be subtracted where day_counting is hours_24; write dates_skipped",
        "timmar kan bara dras av där day_counting är hours_24; skriv dates_skipped",
    ),
    (
        "dates can only be skipped where day_counting is dates; write hours_subtracted",
        "datum kan bara hoppas över där day_counting är dates; skriv hours_subtracted",
    ),
    (
        "from {} a stay of {} days is charged for none of them; let {} be less than {}",
        "från {0} debiteras ett vårdtillfälle på {1} dagar ingen av dem; låt {2} vara mindre än {3}",
    ),
    (
        "grace_days and grace_days_after_noon are counted in different units; write the same for both",
        "grace_days och grace_days_after_noon räknas i olika enheter; skriv samma för båda",
    ),
    (
        "a notice after noon would have fewer free days than one by noon; correct one of them",
        "en underrättelse efter klockan 12 skulle ge färre fristdagar än en före; rätta det ena",
    ),
    (
        "long_stay_from and long_stay_free belong together; give both or none",
        "long_stay_from och long_stay_free hör ihop; skriv båda eller inget",
    ),
    (
        "the county's average of {} is not known on {}; name an earlier month",
        "länets snitt för {0} är inte känt {1}; ange en tidigare månad",
    ),
    (
        "the rule did not hold all through {}, so that month has no average; name another",
        "regeln gällde inte hela {0}, så den månaden har inget snitt; ange en annan",
    ),
    (
        "no threshold rests on a county's average; remove it",
        "ingen gräns vilar på länets snitt; ta bort det",
    ),
    (
        "a county average serves as threshold; say how it is rounded: county_average_rounding",
        "länets snitt är gräns; skriv hur det avrundas: county_average_rounding",
    ),
    (
        "a county average can only serve an average_excess rule; write days",
        "länets snitt kan bara vara gräns i en regel med average_excess; skriv dagar",
    ),
    (
        "no months start or end nothing; write at least 1",
        "noll månader startar eller avslutar ingenting; skriv minst 1",
    ),
    (
        "times are counted from 1; write 1 for every time",
        "gångerna räknas från 1; skriv 1 för varje gång",
    ),
    (
        "there must be at least 1 part; correct it",
        "det måste finnas minst 1 del; rätta det",
    ),
    (
        "the total of {} belongs to no party; remove it or add the party",
        "summan för {0} hör inte till någon part; ta bort den eller lägg till parten",
    ),
    (
        "the total of {} stands twice; remove one",
        "summan för {0} står två gånger; ta bort den ena",
    ),
    (
        "party {} has no total; add it (\"0\" where nothing is due)",
        "parten {0} saknar summa; lägg till den (\"0\" där inget ska betalas)",
    ),
    // What stands beside the rules.
    (
        "checklist point {} needs either `ticks` or a `fact`; give one of them",
        "punkten {0} i checklistan behöver antingen `ticks` eller ett `fact`; ge det ena",
    ),
    (
        "the anchor \"message\" belongs to the duty \"acknowledgement\" and to no other; correct one of them",
        "anchor \"message\" hör till plikten \"acknowledgement\" och ingen annan; rätta det ena",
    ),
    (
        "`sent_by` moves only the duty \"acknowledgement\"; remove it",
        "`sent_by` flyttar bara plikten \"acknowledgement\"; ta bort det",
    ),
    (
        "hours, days, weekdays and months need an `amount`; add it",
        "hours, days, weekdays och months behöver ett `amount`; lägg till det",
    ),
    (
        "`before`, `without_delay` and `reception` have no `amount`; remove it",
        "`before`, `without_delay` och `reception` har inget `amount`; ta bort det",
    ),
    (
        "the unit `reception` and the duty `reception` go together; correct one of them",
        "enheten `reception` och plikten `reception` hör ihop; rätta det ena",
    ),
    (
        "the file has no `[reception]`; write its hours, or leave the duty out",
        "filen har ingen `[reception]`; skriv dess tider, eller ta bort plikten",
    ),
    (
        "`lasts` is counted in `days` or `weekdays`; write one of them",
        "`lasts` räknas i `days` eller `weekdays`; skriv något av dem",
    ),
    (
        "`lasts_to_weekday` needs `lasts`; add it, or remove this",
        "`lasts_to_weekday` behöver `lasts`; lägg till det, eller ta bort det här",
    ),
    (
        "`month` is a number from 1 to 12; correct it",
        "`month` är ett tal från 1 till 12; rätta det",
    ),
    (
        "{} stands twice; remove one",
        "{0} står två gånger; ta bort det ena",
    ),
    ("{}; correct it", "{0}; rätta det"),
];
