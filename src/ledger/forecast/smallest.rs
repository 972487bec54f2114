//! A smallest set of stays that keeps an average at or below its threshold.

use rust_decimal::Decimal;

use crate::rules::{agreement::Rounding, model::Totals};

/// What one stay gives to the average: its days, or none where it is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    /// If it goes as planned.
    pub planned: Option<u32>,
    /// If it leaves now.
    pub now: Option<u32>,
}

/// A threshold and how the average is rounded before it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    pub threshold: Decimal,
    pub rounding: Rounding,
}

impl Limit {
    /// Whether the average does not lie above the threshold; without patients
    /// it never does.
    pub fn holds(&self, totals: &Totals) -> bool {
        match self.rounding {
            Rounding::None => !totals.above(self.threshold),
            Rounding::HalfUp(_) => totals
                .average(self.rounding)
                .is_none_or(|average| average <= self.threshold),
        }
    }

    /// The exact average at which the rounded one steps over the threshold.
    fn edge(&self) -> Decimal {
        match self.rounding {
            Rounding::None => self.threshold,
            Rounding::HalfUp(decimals) => {
                let unit = Decimal::new(1, decimals);
                (self.threshold / unit).floor() * unit + unit / Decimal::TWO
            }
        }
    }
}

/// Indices into `choices` of a smallest set whose leaving now brings the
/// average of `others` and all choices to or below the limit, the most relief
/// first; none where no set does.
///
/// Of several smallest sets it is the one that brings the average down most;
/// among stays that do so equally, those with more days, then those that
/// stand first in `choices`.
///
/// Why taking the most relief first is exact: with *c* the edge, a rounded
/// average lies at or below the threshold just where the exact one lies below
/// *c* (an unrounded one: at or below *c* itself), that is where the sum of
/// (days − *c*) over all counted stays is less than zero (at most zero). In
/// that sum each choice has a term of its own, zero where the stay is not in
/// the average: moving it changes the sum by its own difference, whatever else
/// is moved. So of all sets of *k* stays none makes the sum smaller than the
/// *k* with the smallest differences, and the first *k* for which those do is
/// the smallest there is. One case lies outside the sum: nobody left in the
/// average, which holds though the sum is zero. It takes moving every stay
/// that is planned to be in it, and no other, and is compared by itself.
pub(super) fn smallest(others: Totals, choices: &[Choice], limit: Limit) -> Option<Vec<usize>> {
    let mut totals = others;
    for days in choices.iter().filter_map(|choice| choice.planned) {
        totals.add(days);
    }
    if limit.holds(&totals) {
        return Some(Vec::new());
    }
    let by_relief = by_relief(others, choices, totals, limit);
    let emptied = emptied(others, choices);
    match (by_relief, emptied) {
        (Some(relief), Some(emptied)) if emptied.len() < relief.len() => Some(emptied),
        (relief, emptied) => relief.or(emptied),
    }
}

fn by_relief(
    others: Totals,
    choices: &[Choice],
    planned: Totals,
    limit: Limit,
) -> Option<Vec<usize>> {
    let edge = limit.edge();
    let term = |days: Option<u32>| days.map_or(Decimal::ZERO, |days| Decimal::from(days) - edge);
    let mut relief: Vec<(Decimal, usize)> = choices
        .iter()
        .enumerate()
        .map(|(index, choice)| (term(choice.now) - term(choice.planned), index))
        .filter(|(change, _)| *change < Decimal::ZERO)
        .collect();
    relief.sort_by_key(|(change, index)| (*change, std::cmp::Reverse(choices[*index].now), *index));
    let (mut days, mut patients) = (i128::from(planned.days), i64::from(planned.patients));
    let mut set = Vec::new();
    for (_, index) in relief {
        let choice = choices[index];
        days += choice.now.map_or(0, i128::from) - choice.planned.map_or(0, i128::from);
        patients += i64::from(choice.now.is_some()) - i64::from(choice.planned.is_some());
        set.push(index);
        let totals = Totals {
            patients: u32::try_from(patients).unwrap_or(others.patients),
            days: u64::try_from(days).unwrap_or(others.days),
        };
        if limit.holds(&totals) {
            return Some(set);
        }
    }
    None
}

/// The set that leaves nobody in the average, if there is one.
fn emptied(others: Totals, choices: &[Choice]) -> Option<Vec<usize>> {
    let planned = |choice: &Choice| choice.planned.is_some();
    let gone = choices
        .iter()
        .filter(|it| planned(it))
        .all(|it| it.now.is_none());
    (others.patients == 0 && gone).then(|| {
        let indices = choices.iter().enumerate();
        indices
            .filter(|(_, it)| planned(it))
            .map(|(index, _)| index)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn limit(threshold: &str, rounding: Rounding) -> Limit {
        Limit {
            threshold: threshold.parse().unwrap(),
            rounding,
        }
    }

    fn choice(planned: impl Into<Option<u32>>, now: impl Into<Option<u32>>) -> Choice {
        Choice {
            planned: planned.into(),
            now: now.into(),
        }
    }

    fn totals_with(others: Totals, choices: &[Choice], moved: u32) -> Totals {
        let mut totals = others;
        for (index, choice) in choices.iter().enumerate() {
            let now = moved >> index & 1 == 1;
            if let Some(days) = if now { choice.now } else { choice.planned } {
                totals.add(days);
            }
        }
        totals
    }

    #[test]
    fn the_plan_may_do() {
        let others = Totals {
            patients: 2,
            days: 4,
        };
        let limit = limit("2.0", Rounding::HalfUp(1));
        // 8/4 = 2.0: nobody need move.
        assert_eq!(
            smallest(others, &[choice(2, 0), choice(2, 1)], limit),
            Some(vec![])
        );
    }

    #[test]
    fn rounding_leaves_room() {
        // 41/20 = 2.05 → 2.1; 61/30 = 2.03 → 2.0 holds.
        let limit = limit("2.0", Rounding::HalfUp(1));
        let others = Totals {
            patients: 19,
            days: 38,
        };
        assert_eq!(smallest(others, &[choice(3, 2)], limit), Some(vec![0]));
        let many = Totals {
            patients: 29,
            days: 58,
        };
        assert_eq!(smallest(many, &[choice(3, 2)], limit), Some(vec![]));
    }

    #[test]
    fn a_long_stay_that_leaves_now_enters_the_average() {
        // Planned at 9 days it is charged by itself; now, at 7, it would lift
        // the average: only the other one helps.
        let limit = limit("2.0", Rounding::HalfUp(1));
        let others = Totals {
            patients: 3,
            days: 6,
        };
        let choices = [choice(None, 7), choice(4, 1)];
        assert_eq!(smallest(others, &choices, limit), Some(vec![1]));
        // And nothing does where that is not enough.
        let choices = [choice(None, 7), choice(9, 5)];
        assert_eq!(smallest(others, &choices, limit), None);
    }

    #[test]
    fn nobody_in_the_average_is_not_above() {
        let limit = limit("2.0", Rounding::HalfUp(1));
        let choices = [choice(5, None), choice(3, None)];
        assert_eq!(
            smallest(Totals::default(), &choices, limit),
            Some(vec![0, 1])
        );
    }

    fn days() -> impl Strategy<Value = Option<u32>> {
        prop_oneof![1 => Just(None), 4 => (0..12u32).prop_map(Some)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_smaller_set_does(
            patients in 0..6u32,
            each in 0..30u64,
            pairs in prop::collection::vec((days(), days()), 0..=12),
            threshold in prop::sample::select(vec!["1.3", "2.0", "3", "2.05", "3.0"]),
            rounding in prop::sample::select(vec![Rounding::None, Rounding::HalfUp(1), Rounding::HalfUp(2)]),
        ) {
            let others = Totals { patients, days: if patients == 0 { 0 } else { each } };
            let choices: Vec<Choice> = pairs.iter().map(|(a, b)| choice(*a, *b)).collect();
            let limit = limit(threshold, rounding);
            let every = 0..1u32 << choices.len();
            let brute = every
                .filter(|moved| limit.holds(&totals_with(others, &choices, *moved)))
                .map(u32::count_ones)
                .min();
            let found = smallest(others, &choices, limit);
            prop_assert_eq!(found.as_ref().map(|set| u32::try_from(set.len()).unwrap()), brute);
            if let Some(set) = found {
                let moved = set.iter().fold(0, |moved, index| moved | 1 << index);
                prop_assert!(limit.holds(&totals_with(others, &choices, moved)));
            }
        }
    }
}
