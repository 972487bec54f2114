//! Some leave now, the others do something else: between the scenarios where
//! all do the same.

use proptest::prelude::*;

use super::*;

/// Days of May 2018 on which five patients got ready, and for which they are
/// planned; who is marked.
type Five = [(u32, u32, bool); 5];

fn ward(region: &'static str, payer: &str, five: &Five) -> Ward {
    let mut ward = Ward::at(region, "2018-05-20T09:00")
        .rate(2018, "7100")
        .with("L1", &left(payer, "2018-05-02T10:00", "2018-05-05T11:00"))
        .with("L2", &left(payer, "2018-05-03T10:00", "2018-05-04T11:00"));
    for (at, (notice, planned, _)) in five.iter().enumerate() {
        let notice = format!("2018-05-{notice:02}T10:00");
        let planned = format!("2018-05-{planned:02}");
        let stay = ready(payer, "somatic", &notice, &planned);
        ward = ward.with(&format!("P{at}"), &stay);
    }
    ward
}

fn suppose(five: &Five, others: Others) -> WhatIf {
    let marked = five.iter().enumerate().filter(|(_, one)| one.2);
    WhatIf {
        stays: marked
            .map(|(at, _)| EpisodeId::new(&format!("P{at}")).unwrap())
            .collect(),
        others,
    }
}

/// Amounts and entries of a scenario, of every payer.
fn seen<'a, T>(
    forecast: &'a Forecast,
    amount: impl Fn(&'a Scenarios<Option<Kronor>>) -> T,
    entry: impl Fn(&'a Scenarios<EntryScenario>) -> Option<&'a EntryScenario>,
) -> (Vec<T>, Vec<EntryScenario>) {
    let payers = forecast.payers.iter();
    let amounts = payers.clone().map(|payer| &payer.amounts);
    let entries = payers.flat_map(|payer| &payer.entries);
    (
        amounts.chain([&forecast.amounts]).map(amount).collect(),
        entries
            .map(|one| entry(&one.scenarios).unwrap().clone())
            .collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_lie_between_the_scenarios_where_all_do_the_same(
        five in prop::array::uniform5((10..20u32, 18..30u32, any::<bool>())),
        place in prop::sample::select(vec![("06", "0643"), ("17", "1780"), ("01", "0180")]),
    ) {
        let ward = ward(place.0, place.1, &five);
        let marked = |five: &Five, others| {
            let made = ward.supposed(None, Some(&suppose(five, others)));
            seen(&made, |it| it.marked, |it| it.marked.as_ref())
        };
        let plain = ward.forecast(None);
        prop_assert!(plain.payers.iter().all(|payer| payer.amounts.marked.is_none()));
        prop_assert_eq!(plain.amounts.marked, None);
        let today = seen(&plain, |it| it.today, |it| it.today.as_ref());
        let planned = seen(&plain, |it| it.planned, |it| it.planned.as_ref());
        let none_leaves = seen(&plain, |it| it.none_leaves, |it| it.none_leaves.as_ref());
        let all = five.map(|(notice, planned, _)| (notice, planned, true));
        let none = five.map(|(notice, planned, _)| (notice, planned, false));
        prop_assert_eq!(&marked(&all, Others::Planned), &today);
        prop_assert_eq!(&marked(&all, Others::Stay), &today);
        prop_assert_eq!(&marked(&none, Others::Planned), &planned);
        prop_assert_eq!(&marked(&none, Others::Stay), &none_leaves);
        // Whoever is marked is as one who is planned for today.
        let as_planned = five.map(|(notice, planned, marked)| {
            (notice, if marked { 20 } else { planned }, false)
        });
        let replanned = self::ward(place.0, place.1, &as_planned).forecast(None);
        let replanned = seen(&replanned, |it| it.planned, |it| it.planned.as_ref());
        prop_assert_eq!(&marked(&five, Others::Planned), &replanned);
    }

    #[test]
    fn marking_the_smallest_set_gives_the_average_it_promises(
        five in prop::array::uniform5((10..20u32, 18..30u32, any::<bool>())),
    ) {
        let ward = ward("06", "0643", &five);
        let plain = ward.forecast(None);
        let keep = plain.payers[0].entries.iter().find_map(|entry| entry.keep.clone());
        let keep = keep.unwrap();
        prop_assume!(keep.possible);
        let asked = WhatIf { stays: keep.stays.clone(), others: Others::Planned };
        let made = ward.supposed(None, Some(&asked));
        prop_assert_eq!(made.what_if.map(|it| it.stays.len()), Some(keep.stays.len()));
        let entry = made.payers[0].entries.iter().find(|entry| entry.keep.is_some()).unwrap();
        prop_assert_eq!(&entry.scenarios.marked.as_ref().unwrap().average, &keep.average);
    }
}

#[test]
fn only_the_ready_who_are_here_can_be_supposed_to_leave() {
    let five = [(15, 25, true); 5];
    let ward = ward("06", "0643", &five).with(
        "N",
        &Script::bare("0643", "somatic", "2018-05-10T10:00", json!({})),
    );
    let mut asked = suppose(&five, Others::Stay);
    for name in ["N", "L1", "unknown"] {
        asked.stays.push(EpisodeId::new(name).unwrap());
    }
    let made = ward.supposed(None, Some(&asked)).what_if.unwrap();
    assert_eq!(names(&made.stays), ["P0", "P1", "P2", "P3", "P4"]);
}
