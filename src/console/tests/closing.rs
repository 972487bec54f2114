//! The month close: before, keys, after.

use super::*;
use crate::console::{
    action::{Context, Layer},
    screen::{Page, Screen, close::ClosePane},
};
use crate::ledger::figures::Credit;

#[test]
fn the_lock_needs_month_and_total_and_sends_the_hash_that_was_shown() {
    let mut bench = Bench::new(80, 24);
    bench.keys("ml");
    assert!(bench.says("3f9a2c7d11e04b58a6c2d9e07f13b2c4"));
    bench.keys("2019-03 3900<enter>");
    assert!(bench.says("summan stämmer inte"));
    assert!(
        !bench
            .asked
            .iter()
            .any(|ask| matches!(ask, Ask::Approve { .. }))
    );
    bench.keys("0 kr<enter>");
    let approved = bench.asked.iter().find_map(|ask| match ask {
        Ask::Approve { month, expect } => Some((month.to_string(), expect.clone())),
        _ => None,
    });
    assert_eq!(
        approved,
        Some((
            "2019-03".to_owned(),
            "3f9a2c7d11e04b58a6c2d9e07f13b2c4".to_owned()
        ))
    );
    assert!(bench.says("mars 2019 är låst"));
}

#[test]
fn the_close_opens_on_the_earliest_open_month_and_turns() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    let month = |bench: &Bench| match bench.state.pages.last() {
        Some(Page::Close(page)) => page.month.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(month(&bench), "2019-03");
    bench.keys("<left>");
    assert_eq!(month(&bench), "2019-02");
    bench.keys("<right><right>");
    assert_eq!(month(&bench), "2019-04");
}

#[test]
fn findings_block_are_waived_and_payers_parked() {
    let mut bench = Bench::new(80, 24);
    bench.blocked = true;
    bench.keys("ml");
    assert!(bench.says("anmärkningar hindrar låset"));
    bench.keys("<tab>w");
    assert!(bench.says("kan inte godtas"));
    bench.keys("jwregionen har svarat<enter>");
    let waived = bench.asked.iter().any(|ask| {
        matches!(ask, Ask::Waive { code, reason, .. }
        if code == "unconfirmed_agreement" && reason == "regionen har svarat")
    });
    assert!(waived);
    match bench.state.pages.last() {
        Some(Page::Close(page)) => assert_eq!(page.pane, ClosePane::Findings),
        other => panic!("{other:?}"),
    }
    bench.keys("<tab>jpväntar på svar<enter>");
    let parked = bench
        .asked
        .iter()
        .any(|ask| matches!(ask, Ask::Park { payer, .. } if payer.to_string() == "1780"));
    assert!(parked);
}

#[test]
fn from_total_down_to_the_explanation_and_back() {
    let mut bench = Bench::new(80, 24);
    bench.keys("mj<enter><enter><enter><enter>");
    assert!(
        bench.says("Förklaring") && bench.says("kallelse till SIP"),
        "{}",
        bench.picture()
    );
    bench.keys("<esc><esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Close));
    assert!(bench.says("VARM-7"));
    bench.keys("<esc><esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Board));
}

#[test]
fn a_locked_month_is_exported_by_whoever_opened_the_console() {
    let mut bench = Bench::new(80, 24);
    bench.keys("me");
    assert!(bench.says("månaden är inte låst"));
    let mut bench = Bench::new(80, 24);
    bench.locked = true;
    bench.keys("ml");
    assert!(bench.says("månaden är redan låst") && bench.says("LÅST") && bench.says("17-000001"));
    bench.keys("e<right><tab>/tmp/mars<enter>");
    assert!(
        bench.says("1 fil skriven i /tmp/mars"),
        "{}",
        bench.picture()
    );
    bench.state.can_export = false;
    bench.keys("<enter>e");
    assert!(bench.says("fristdag export"));
}

#[test]
fn what_is_locked_is_exported_and_names_who_is_not_in_it() {
    let mut bench = Bench::new(80, 24);
    bench.without = vec![crate::desk::reply::Parked {
        payer: "1780".parse().unwrap(),
        reason: "tvist".to_owned(),
    }];
    bench.keys("m");
    let kil = "1715".parse().unwrap();
    close_page(&mut bench).view.as_mut().unwrap().locked = vec![kil];
    assert!(bench.says("DELVIS LÅST: Kil"), "{}", bench.picture());
    bench.keys("e<right><tab>/tmp/mars<enter>");
    assert!(bench.says("1 av 1 filer skrivna"), "{}", bench.picture());
    assert!(
        bench.says("Inte med: 1780 Karlstad är inte låst (tvist)."),
        "{}",
        bench.picture()
    );
}

#[test]
fn two_averages_of_one_payer_are_told_apart() {
    for (width, psychiatric) in [(80, "psykiatrisk"), (160, "psykiatrisk, per")] {
        let mut bench = Bench::new(width, 24);
        bench.keys("m");
        let figures = &mut close_page(&mut bench).view.as_mut().unwrap().figures;
        let mut track = figures.payers[1].clone();
        figures.payers[1].rule = Some("main".to_owned());
        figures.payers[1].care_forms = vec![event::CareForm::Somatic];
        track.rule = Some("psychiatric-2018".to_owned());
        track.care_forms = vec![event::CareForm::Psychiatric];
        figures.payers.push(track);
        assert!(
            bench.says("somatisk") && bench.says(psychiatric),
            "{}",
            bench.picture()
        );
        bench.keys("<down><down><enter>");
        assert!(bench.says("(psykiatrisk)"), "{}", bench.picture());
    }
}

#[test]
fn an_error_of_an_order_is_told_in_full() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    bench.refuse = Some(DeskError::no("hash_changed", "figurerna ändrades"));
    bench.keys("f");
    assert_eq!(bench.state.context(), Context::Over(Layer::Message));
    assert!(bench.says("figurerna ändrades"), "{}", bench.picture());
    bench.keys("<enter>f");
    assert!(bench.says("förberett av anna"));
}

fn close_page(bench: &mut Bench) -> &mut crate::console::screen::close::ClosePage {
    match bench.state.pages.last_mut() {
        Some(Page::Close(page)) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_blocks_without_being_about_the_figures_is_told_with_its_remedy() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    let view = close_page(&mut bench).view.as_mut().unwrap();
    view.blockers = close(true).blockers;
    view.blockers[0].code = "month_not_ended".to_owned();
    view.blockers[0].detail = "2019-03".to_owned();
    bench.keys("l");
    assert!(bench.says("! anmärkningar hindrar låset"));
    assert!(
        bench.says("x HINDRAR         månaden är inte slut: 2019-03"),
        "{}",
        bench.picture()
    );
    assert!(!bench.says("→ Siffrorna är så här långt"));
    bench.keys("<tab>");
    assert!(
        bench.says("→ Siffrorna är så här långt"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    assert!(bench.says("gäller inget enskilt vårdtillfälle"));
    bench.keys("p");
    assert!(bench.says("välj en betalare först"), "{}", bench.picture());
}

#[test]
fn a_payer_that_is_left_out_is_told_and_parked_from_its_finding() {
    let mut bench = Bench::new(80, 24);
    bench.blocked = true;
    bench.keys("m<tab>");
    let view = close_page(&mut bench).view.as_mut().unwrap();
    let payer = Some("1780".parse().unwrap());
    view.figures.findings[0].payer = payer;
    view.blockers[0].payer = payer;
    bench.keys("p");
    assert!(
        bench.says("Lämna betalaren utanför låset: 1780 Karlstad"),
        "{}",
        bench.picture()
    );
    bench.keys("<esc>");
    let view = close_page(&mut bench).view.as_mut().unwrap();
    view.parked = vec![
        serde_json::from_value(json!({"payer": "1715", "reason": "väntar på svar"})).unwrap(),
        serde_json::from_value(
            json!({"payer": "1780", "reason": "an earlier month is open for this payer"}),
        )
        .unwrap(),
    ];
    assert!(
        bench.says("~ utanför         1715 Kil: väntar på svar"),
        "{}",
        bench.picture()
    );
    bench.keys("G");
    assert!(
        bench.says("1780 Karlstad: en tidigare månad är öppen"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("→ Låses för sig"), "{}", bench.picture());
    bench.keys("w");
    assert!(bench.says("välj en anmärkning först"));
}

#[test]
fn an_entry_that_charges_nothing_says_why() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    let page = close_page(&mut bench);
    let entry = &mut page.view.as_mut().unwrap().figures.payers[1];
    entry.lines.clear();
    entry.excluded.clear();
    (entry.average, entry.threshold) = (Some("1.75".to_owned()), Some("2.0".to_owned()));
    bench.keys("j<enter>");
    assert!(
        bench.says("inget att betala") && bench.says("Snitt 1,75/2,0"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Line));
    assert!(bench.says("inget att betala"), "{}", bench.picture());
    assert!(!bench.says("Raden har ändrats"), "{}", bench.picture());
}

#[test]
fn figures_that_change_behind_the_lock_are_told_in_it() {
    let mut bench = Bench::new(80, 24);
    bench.keys("ml");
    assert!(bench.says("Enter lås") && !bench.says("Siffrorna har ändrats"));
    close_page(&mut bench).view.as_mut().unwrap().hash = "0123".to_owned();
    assert!(bench.says("! Siffrorna har ändrats"), "{}", bench.picture());
}

#[test]
fn a_credit_note_is_told_among_its_payers_lines() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    let view = close_page(&mut bench).view.as_mut().unwrap();
    view.figures.payers[0].credits.push(Credit {
        for_month: "2019-02".parse().unwrap(),
        invoice: "17-000009".to_owned(),
        amount: "1500".parse().unwrap(),
        settles: false,
    });
    bench.keys("<enter>");
    let picture = bench.picture();
    let line = picture.lines().find(|line| line.contains("17-000009"));
    let line = line.unwrap_or(&picture);
    assert!(
        line.contains("kreditfaktura") && line.contains("2019-02"),
        "{line}"
    );
    assert!(line.contains("-1 500 kr"), "{line}");
    bench.keys("G<enter>");
    let head = "kreditfaktura 17-000009 · 2019-02 · -1 500 kr";
    assert!(bench.says(head), "{}", bench.picture());
}

#[test]
fn a_month_locked_in_part_names_who_is_locked() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    let view = close_page(&mut bench).view.as_mut().unwrap();
    view.locked = vec!["1715".parse().unwrap(), "1730".parse().unwrap()];
    assert!(bench.says("DELVIS LÅST: Kil, Eda"), "{}", bench.picture());
    assert!(bench.says("l Lås  e Exportera"), "{}", bench.picture());
}

#[test]
fn the_selected_payer_stays_selected_when_another_one_leaves_the_list() {
    let mut bench = Bench::new(80, 24);
    bench.keys("mj<enter>");
    let page = close_page(&mut bench);
    let payer = page.payer().unwrap().payer;
    assert_eq!(payer.to_string(), "1780");
    let mut view = page.view.clone().unwrap();
    view.figures.payers.remove(0);
    page.take(view.clone());
    assert_eq!(page.payer().unwrap().payer, payer);
    assert!(page.lines.is_some());
    // Its own lines are not another one's once it is gone itself.
    view.figures.payers = close(false).figures.payers;
    view.figures.payers.pop();
    page.take(view);
    assert_eq!(page.payer().unwrap().payer.to_string(), "1715");
    assert!(page.lines.is_none());
}

#[test]
fn the_selected_check_stays_selected_when_another_one_is_settled() {
    let mut bench = Bench::new(80, 24);
    bench.blocked = true;
    bench.keys("m<tab>j");
    let page = close_page(&mut bench);
    let mut view = page.view.clone().unwrap();
    let first = view.figures.findings.remove(0);
    view.figures.findings[0].waived = Some("regionen har svarat".to_owned());
    view.blockers.retain(|it| *it != first);
    page.take(view);
    let left = page.finding().unwrap();
    assert_eq!(left.code, "unconfirmed_agreement");
}

#[test]
fn amounts_stand_whole_in_the_smallest_window() {
    let mut bench = Bench::new(60, 15);
    bench.keys("mj<enter>");
    assert!(bench.says("23 400 kr"), "{}", bench.picture());
    assert!(bench.says("31 200 kr"), "{}", bench.picture());
}

/// Payers that left the month since it was seen are told whole, or counted.
#[test]
fn what_is_gone_since_last_time_is_never_cut_off() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    let seen = bench.remembered.clone().unwrap();
    let page = close_page(&mut bench);
    page.since = seen.month(page.month).cloned();
    let mut view = page.view.clone().unwrap();
    view.figures.payers.clear();
    page.take(view);
    let said = bench.picture();
    let line = said.lines().find(|line| line.contains("Sedan sist"));
    let line = line.unwrap_or_else(|| panic!("{said}"));
    assert!(!line.contains('…') && line.contains("borta"), "{line}");
    // With nothing changed in the others, they need no column for it.
    assert!(bench.says("UT/RÄKN") && !bench.says("SEDAN SIST"), "{said}");
}

/// A long list that is scrolled stays so when the month is read again.
#[test]
fn what_is_scrolled_stays_when_the_month_is_read_again() {
    let mut bench = Bench::new(60, 15);
    bench.keys("m");
    let page = close_page(&mut bench);
    let mut view = page.view.clone().unwrap();
    let payer = view.figures.payers[0].clone();
    view.figures.payers = (0..12).map(|_| payer.clone()).collect();
    page.take(view.clone());
    bench.keys("G");
    let page = close_page(&mut bench);
    let place = page.places[ClosePane::Payers as usize];
    assert!(place.at == 11 && place.top > 0, "{place:?}");
    page.take(view);
    assert_eq!(page.places[ClosePane::Payers as usize], place);
}
