//! Agreements and rates: before, keys, after.

use super::*;
use crate::console::{
    action::{Action, Command, Context, Layer},
    screen::Screen,
};
use crate::text::console::Say;

fn sent(bench: &Bench) -> String {
    let order = bench.asked.iter().rev().find(|ask| {
        matches!(
            ask,
            Ask::Confirm { .. }
                | Ask::Suspend { .. }
                | Ask::Resume { .. }
                | Ask::SetDate { .. }
                | Ask::SetRate { .. }
        )
    });
    order.map_or_else(String::new, |ask| serde_json::to_string(ask).unwrap())
}

#[test]
fn what_must_be_known_of_an_agreement_stands_in_words() {
    let mut bench = Bench::new(120, 40);
    bench.keys("ga");
    assert_eq!(bench.state.context(), Context::On(Screen::Agreements));
    for text in [
        "BEKRÄFTELSEN GICK UT 2018-12-31",
        "VILAR från 2019-03-01 tills vidare",
        "bekräftat till 2022-12-31",
        "följer med programmet · Överenskommelse Värmland",
        "3 kommuner",
        "alla kommuner",
        "VÄNTAR på beslut",
    ] {
        assert!(bench.says(text), "{text}\n{}", bench.picture());
    }
    // What a narrow window cuts off stands in the status line.
    let mut bench = Bench::new(80, 24);
    bench.keys("gaj");
    assert!(
        bench.says("2 kommuner · antagen fil"),
        "{}",
        bench.picture()
    );
}

#[test]
fn the_rules_are_a_tree_with_clauses_dates_and_readings() {
    let mut bench = Bench::new(120, 40);
    bench.keys("gaj<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Agreement));
    let mut seen = String::new();
    for _ in 0..12 {
        seen.push_str(&bench.picture());
        bench.keys(" ");
    }
    for text in [
        "Gräns för snittet: 1,3 dygn · från 2021-11-01 (gäller inte i dag)",
        "«vår tolkning»",
        "kunde vara:",
        "hindrar enligt lag",
        "inom 24 timmar från inskrivningen",
        "INTE SATT, filens eget datum gäller",
    ] {
        assert!(seen.contains(text), "{text}\n{seen}");
    }
    bench.keys("gg<tab>");
    let part = bench.picture();
    bench.keys("<tab>");
    assert_ne!(part, bench.picture(), "Tab leads to the next part");
    bench.keys("<esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Agreements));
}

#[test]
fn a_confirmation_tells_what_it_means_and_is_sent_whole() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gac");
    assert_eq!(bench.state.context(), Context::Over(Layer::Form));
    bench.keys("2019-13-31<tab>brev 7<enter>");
    assert!(bench.says("skriv datum som"), "{}", bench.picture());
    assert_eq!(sent(&bench), "");
    bench.keys("<ctrl-u>2019-12-31");
    assert!(
        bench.says("Avtalet räknas som bekräftat till och med 2019-12-31"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    assert_eq!(
        sent(&bench),
        r#"{"confirm":{"id":"varmland-2019","until":"2019-12-31","source":"brev 7"}}"#
    );
    assert_eq!(bench.state.context(), Context::On(Screen::Agreements));
    assert!(bench.says("Registrerat"));
}

#[test]
fn a_suspension_asks_for_the_agreements_id() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gav2019-04-01<tab><tab>vårflod<tab>brev 8<tab>varmland<enter>");
    assert!(bench.says("skriv avtalets id"), "{}", bench.picture());
    assert!(bench.says("från 2019-04-01 tills vidare kostar"));
    assert_eq!(sent(&bench), "");
    bench.keys("-2019<enter>");
    assert_eq!(
        sent(&bench),
        r#"{"suspend":{"id":"varmland-2019","from":"2019-04-01","until":null,"reason":"vårflod","source":"brev 8"}}"#
    );
}

#[test]
fn what_cannot_be_decided_says_why() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gau");
    assert!(bench.says("avtalet vilar inte"));
    bench.keys("d");
    assert!(bench.says("avtalet har inga datum att sätta"));
    bench.keys("<tab>c");
    assert!(bench.says("välj ett avtal först"));
    let why = |bench: &Bench, command| bench.state.why_not(Action::Command(command));
    assert_eq!(why(&bench, Command::Suspend), Some(Say::WhyPickAgreement));
    assert_eq!(why(&bench, Command::SetRate), None);
    let mut board = board();
    board.head.read_only = Some("disk_full".to_owned());
    bench.state.board.board = Some(Arc::new(board));
    assert_eq!(why(&bench, Command::SetRate), Some(Say::ReadOnly));
}

#[test]
fn a_suspension_ends_and_a_date_is_set_from_the_agreement_itself() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gaj<enter>u2019-05-01<tab>brev 9<enter>");
    assert_eq!(
        sent(&bench),
        r#"{"resume":{"id":"stockholm-2020","from":"2019-05-01","source":"brev 9"}}"#
    );
    bench.keys("d2021-09-01<tab>brev 10");
    assert!(
        bench.says("It-stöd i psykiatrin: 2021-09-01"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    assert_eq!(
        sent(&bench),
        r#"{"set_date":{"id":"stockholm-2020","code":"psychiatric_it_support","date":"2021-09-01","source":"brev 10"}}"#
    );
    assert_eq!(bench.state.context(), Context::On(Screen::Agreement));
}

#[test]
fn a_rate_that_waits_is_set_as_it_is_or_otherwise() {
    let mut bench = Bench::new(80, 24);
    bench.keys("ga<tab>b");
    assert!(
        bench.says("Ett vårddygn under 2020 kostar 8 000 kr"),
        "{}",
        bench.picture()
    );
    bench.keys("brev 11<tab><tab>8 100 kr<enter>");
    assert_eq!(
        sent(&bench),
        r#"{"set_rate":{"year":2020,"amount":"8100","source":"brev 11"}}"#
    );
    bench.keys("b<tab>1999<enter>");
    assert!(bench.says("skriv ett år från 2018"), "{}", bench.picture());
}

#[test]
fn a_refusal_is_told_in_the_form_and_nothing_typed_is_lost() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gac2019-12-31<tab>brev 7");
    bench.refuse = Some(DeskError::no("trial", "prövning"));
    bench.keys("<enter>");
    assert_eq!(bench.state.context(), Context::Over(Layer::Form));
    assert!(
        bench.says("brev 7") && bench.says("prövning"),
        "{}",
        bench.picture()
    );
}
