//! Histories of a region: some stays around dates where rules change, at the
//! edges of days, with everything that may happen to a stay.

use chrono::NaiveDate;
use fristdag::model::{
    event::Event,
    time::{local_date, noon},
};
use proptest::{collection::vec, option, prelude::*, sample::select, strategy::Union};

use super::{
    figures::moved,
    plan::{Act, Age, CLOCK_COUNT, Leaving, Places, Plan, Said, When},
    stay::{plus, ymd},
};

/// Year, month and day.
pub type Day = (i32, u32, u32);

/// A region's ground: the dates around which its stays lie, and its payers.
pub struct Ground {
    pub region: &'static str,
    pub anchors: &'static [Day],
    /// A month on which later ones rest or in which many leave, and dates
    /// around it: half of the histories lie there alone.
    pub rests_on: Option<((i32, u32), &'static [Day])>,
    pub places: Places,
    /// Whether months in a row matter.
    pub runs: bool,
}

/// Some stays, and the date as at which one asks.
#[derive(Debug, Clone)]
pub struct History {
    pub plans: Vec<Plan>,
    /// Days from the last event to that date; below zero it lies amid them.
    pub later: i64,
    pub shuffle: u64,
}

impl History {
    /// Every event, in an order that `shuffle` decides.
    pub fn events(&self, ground: &Ground, shuffle: u64) -> Vec<Event> {
        let mut events: Vec<Event> = self
            .plans
            .iter()
            .enumerate()
            .flat_map(|(number, plan)| plan.events(number, &ground.places))
            .collect();
        let mut state = shuffle;
        for last in (1..events.len()).rev() {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            events.swap(last, (state >> 33) as usize % (last + 1));
        }
        events
    }
}

impl History {
    /// The date as at which one asks, and the events that are seen at its noon.
    pub fn asked(&self, events: Vec<Event>) -> (NaiveDate, Vec<Event>) {
        let last = events.iter().map(|event| local_date(event.at)).max();
        let today = plus(last.unwrap_or_default(), self.later);
        let now = noon(today);
        let seen = events.into_iter().filter(|event| event.at <= now);
        (today, seen.collect())
    }
}

/// Histories on a ground.
pub fn histories(ground: &'static Ground) -> BoxedStrategy<History> {
    let scattered = vec(plan(ground.anchors), 1..6).boxed();
    let plans = if ground.runs {
        (vec(plan(ground.anchors), 0..3), vec(run(), 1..3))
            .prop_map(|(plans, runs)| runs.into_iter().flatten().chain(plans).collect())
            .boxed()
    } else if let Some((month, anchors)) = ground.rests_on {
        prop_oneof![scattered, together(month, anchors)].boxed()
    } else {
        scattered
    };
    (plans, -30..40_i64, any::<u64>())
        .prop_map(|(plans, later, shuffle)| History {
            plans,
            later,
            shuffle,
        })
        .boxed()
}

/// Some plain stays that left in a month, and others around it.
fn together((year, month): (i32, u32), anchors: &'static [Day]) -> BoxedStrategy<Vec<Plan>> {
    let base = vec((2..28_u32, 0..6_i64), 0..4).prop_map(move |stays| {
        let plans = stays
            .into_iter()
            .map(|(day, days)| plain(0, false, ymd(year, month, day), days));
        plans.collect::<Vec<_>>()
    });
    (base, vec(plan(anchors), 1..6))
        .prop_map(|(base, plans)| base.into_iter().chain(plans).collect())
        .boxed()
}

fn clock() -> impl Strategy<Value = usize> {
    0..CLOCK_COUNT
}

fn when(days: std::ops::Range<i64>) -> impl Strategy<Value = When> {
    (days, clock())
}

/// Mostly `usual`, at times something else.
fn mostly<T: std::fmt::Debug + Clone + 'static>(
    usual: T,
    other: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<T> {
    prop_oneof![4 => Just(usual), 1 => other].boxed()
}

fn plan(anchors: &'static [Day]) -> BoxedStrategy<Plan> {
    let dates = (select(anchors), -12..8_i64)
        .prop_map(|((year, month, day), by)| plus(ymd(year, month, day), by));
    let length = prop_oneof![6 => 0..15_i64, 1 => 27..40_i64];
    let leaving = mostly(
        Leaving::Discharged,
        prop_oneof![Just(Leaving::Aborted), Just(Leaving::Not)],
    );
    let duty = || prop_oneof![6 => when(-3..1).prop_map(Some), 2 => when(0..7).prop_map(Some), 1 => Just(None)];
    let list = prop_oneof![4 => when(-2..5).prop_map(Some), 1 => Just(None)];
    let acts = vec((when(-3..16), act()), 0..5);
    (
        (dates, clock(), 0..5_i64, length, leaving, clock()),
        said(),
        [duty(), duty(), duty()],
        list,
        acts,
        0..101_usize,
    )
        .prop_map(|(course, said, duties, list, acts, salt)| {
            let (ready, clock, before, length, leaving, leaving_clock) = course;
            Plan {
                ready,
                clock,
                before,
                length,
                leaving,
                leaving_clock,
                said,
                duties,
                list,
                acts,
                salt,
            }
        })
        .boxed()
}

fn said() -> impl Strategy<Value = Said> {
    (
        prop_oneof![2 => Just(false), 1 => Just(true)],
        0..8_usize,
        mostly(Some(0), option::of(0..4_usize)),
        mostly(None, option::of(0..8_usize)),
        mostly(false, any::<bool>()),
        mostly(true, any::<bool>()),
        age(),
    )
        .prop_map(
            |(psychiatric, municipality, district, placing, compulsory, needs, age)| Said {
                psychiatric,
                municipality,
                district,
                placing,
                compulsory,
                needs,
                age,
            },
        )
}

fn age() -> BoxedStrategy<Age> {
    let young = (-2..20_i64).prop_map(Age::Turns);
    mostly(Age::Adult, prop_oneof![Just(Age::Unknown), young])
}

fn act() -> BoxedStrategy<Act> {
    let of = |acts: Vec<BoxedStrategy<Act>>| Union::new(acts).boxed();
    let span = of(vec![
        Just(Act::Retracted).boxed(),
        Just(Act::Ready).boxed(),
        (0..6_i64).prop_map(Act::Pause).boxed(),
        Just(Act::CourtEnded).boxed(),
    ]);
    let duties = of(vec![
        Just(Act::SipCalled).boxed(),
        Just(Act::SipWithdrawn).boxed(),
        (0..4_i64).prop_map(Act::Recall).boxed(),
        Just(Act::SipWaived).boxed(),
        Just(Act::ContactAssigned).boxed(),
        Just(Act::ContactWaived).boxed(),
        any::<(bool, bool, bool)>()
            .prop_map(|(a, b, c)| Act::Notice(a, b, c))
            .boxed(),
        Just(Act::Expected).boxed(),
        (0..6_usize, any::<bool>())
            .prop_map(|(item, done)| Act::Item(item, done))
            .boxed(),
    ]);
    let gaps = of(vec![
        (0..5_i64, clock())
            .prop_map(|(days, clock)| Act::Gap(days, clock))
            .boxed(),
        Just(Act::Unavailable).boxed(),
        Just(Act::Available).boxed(),
    ]);
    let voids = (0..20_usize).prop_map(Act::Void);
    prop_oneof![4 => span, 5 => duties, 3 => gaps, 4 => corrected(), 3 => voids, 2 => rare()]
        .boxed()
}

fn corrected() -> BoxedStrategy<Act> {
    Union::new([
        any::<bool>().prop_map(Act::CareForm).boxed(),
        option::of(0..8_usize).prop_map(Act::Municipality).boxed(),
        option::of(0..4_usize).prop_map(Act::District).boxed(),
        option::of(0..8_usize).prop_map(Act::Placing).boxed(),
        any::<bool>().prop_map(Act::Compulsory).boxed(),
        any::<bool>().prop_map(Act::Needs).boxed(),
        prop_oneof![age(), Just(Age::Unsaid)]
            .prop_map(Act::Identity)
            .boxed(),
    ])
    .boxed()
}

fn rare() -> BoxedStrategy<Act> {
    Union::new([
        Just(Act::Transferred).boxed(),
        Just(Act::Admitted).boxed(),
        Just(Act::Discharged).boxed(),
        Just(Act::Aborted).boxed(),
        (0..5_usize).prop_map(Act::Aside).boxed(),
    ])
    .boxed()
}

/// Months in a row of one payer, each with a stay or two, or none: long enough
/// to turn charges on, off, and on again.
fn run() -> BoxedStrategy<Vec<Plan>> {
    let level = || prop_oneof![1 => Just(None), 4 => (0..4_i64).prop_map(Some), 5 => (4..9_i64).prop_map(Some)];
    let any = vec((level(), 1..5_usize), 1..7);
    // On and off and on again: what random stretches seldom do.
    let wave = ((4..7_i64), (0..4_i64), vec(3..5_usize, 2..6)).prop_map(|(high, low, lengths)| {
        let levels = [Some(high), Some(low)].into_iter().cycle();
        levels.zip(lengths).collect::<Vec<_>>()
    });
    (
        0..2_usize,
        prop_oneof![2 => Just(false), 1 => Just(true)],
        0..3_i32,
        prop_oneof![any, wave],
        2..28_i64,
    )
        .prop_map(|(payer, psychiatric, from, stretches, day)| {
            let levels = stretches
                .into_iter()
                .flat_map(|(level, months)| std::iter::repeat_n(level, months));
            let months = (0..20).zip(levels);
            months
                .filter_map(|(by, level)| Some((moved((2018, 3), from + by), level?)))
                .map(|((year, month), level)| {
                    let days = if psychiatric && year == 2018 {
                        level * 9
                    } else {
                        level
                    };
                    plain(payer, psychiatric, ymd(year, month, day as u32), days)
                })
                .collect()
        })
        .boxed()
}

/// A stay in which all is done in time, that leaves on `date`.
fn plain(municipality: usize, psychiatric: bool, date: NaiveDate, days: i64) -> Plan {
    Plan {
        ready: plus(date, -days),
        clock: 0,
        before: 1,
        length: days,
        leaving: Leaving::Discharged,
        leaving_clock: 4,
        said: Said {
            psychiatric,
            municipality,
            district: None,
            placing: None,
            compulsory: false,
            needs: true,
            age: Age::Adult,
        },
        duties: [Some((-1, 4)), Some((0, 0)), Some((0, 0))],
        list: Some((0, 0)),
        acts: Vec::new(),
        salt: 1,
    }
}
