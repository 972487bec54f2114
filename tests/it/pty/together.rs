//! Two consoles of one user on one store.

use rustix::process::Signal;

use super::{
    screen::{SMALL, Screen},
    store::{EVENING, House},
};

#[test]
fn what_one_console_records_the_other_shows_and_takes_over() {
    let house = House::with_march();
    let args = ["--store", &house.store(), "--now", EVENING];
    let mut holder = Screen::start(house.home(), &args, SMALL);
    holder.shows("VARM-1");
    let mut other = Screen::start(house.home(), &args, SMALL);
    other.shows("VARM-1");
    assert!(holder.text().contains("har lagret"));
    assert!(!other.text().contains("har lagret"), "{}", other.text());

    open(&mut other, "VARM-2");
    note(&mut holder, "VARM-2", "anhöriga ringda");
    other.shows("anhöriga ringda");
    holder.shows("Registrerat: Anteckning");

    holder.signal(Signal::KILL);
    assert!(!holder.ended().success());
    other.shows("har lagret");
    other.shows("anhöriga ringda");
    other.press("q");
    other.shows("BRISTER");
    note(&mut other, "VARM-3", "bostad klar");
    other.shows("Registrerat: Anteckning");
    other.press("ctrl-c");
    other.ended_cleanly();

    for (stay, text) in [("VARM-2", "anhöriga ringda"), ("VARM-3", "bostad klar")] {
        let kept = house.run(&["episode", stay, "--json"]);
        assert!(kept.contains(text), "{kept}");
    }
    house.run(&["verify"]);
}

#[test]
fn what_is_typed_outlives_the_holder_and_is_recorded() {
    let house = House::with_march();
    let args = ["--store", &house.store(), "--now", EVENING];
    let holder = Screen::start(house.home(), &args, SMALL);
    holder.shows("VARM-1");
    let mut other = Screen::start(house.home(), &args, SMALL);
    other.shows("VARM-1");
    open(&mut other, "VARM-2");
    other.press("n");
    other.shows("Anteckning · VARM-2");
    other.write("hemtjänsten vet");
    other.shows("hemtjänsten vet");
    holder.signal(Signal::KILL);
    assert!(!holder.ended().success());
    other.shows("har lagret");
    assert!(other.text().contains("hemtjänsten vet"), "{}", other.text());
    other.press("enter");
    other.shows("Registrerat: Anteckning");
    other.press("ctrl-c");
    other.ended_cleanly();
    let kept = house.run(&["episode", "VARM-2", "--json"]);
    assert_eq!(kept.matches("hemtjänsten vet").count(), 1, "{kept}");
    house.run(&["verify"]);
}

fn open(screen: &mut Screen, stay: &str) {
    screen.press("/");
    screen.shows("Filter:");
    screen.write(stay);
    screen.shows("1 av 1");
    screen.press("enter");
    screen.loses("Enter behåll");
    screen.press("enter");
    screen.shows("Förklaring");
    screen.shows("Inskrivningsmeddelande");
}

fn note(screen: &mut Screen, stay: &str, text: &str) {
    if screen.text().contains("Filter:") {
        screen.press("esc");
        screen.loses("Filter:");
    }
    open(screen, stay);
    screen.press("n");
    screen.shows("▸Text*");
    screen.write(text);
    screen.press("enter");
    screen.shows("Registrerat: Anteckning");
}
