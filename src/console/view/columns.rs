//! The board's columns: which there are, and how they give way.

use crate::{
    console::screen::sort::Sort,
    settings::preferences::Work,
    text::{Lang, console::Say},
};

/// A column of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Column {
    State,
    Left,
    Next,
    Stay,
    Name,
    Payer,
    Hospital,
    Ward,
    Day,
    Flags,
    Accrued,
    Tomorrow,
    Lost,
    Age,
    Duty,
    Due,
}

/// Name, least and most columns, and its place in the order in which columns
/// give way: the highest goes first, those with 0 stay.
pub struct Rule {
    /// Which.
    pub column: Column,
    /// Its name.
    pub say: Say,
    /// The order by it.
    pub sort: Sort,
    least: u16,
    most: u16,
    gives_way: u8,
}

const fn rule(column: Column, say: Say, sort: Sort, widths: (u16, u16), gives_way: u8) -> Rule {
    let (least, most) = widths;
    Rule {
        column,
        say,
        sort,
        least,
        most,
        gives_way,
    }
}

/// The columns from left to right.
const RULES: &[Rule] = &[
    rule(Column::State, Say::ColState, Sort::State, (9, 11), 0),
    rule(Column::Left, Say::ColLeft, Sort::Left, (9, 9), 0),
    rule(Column::Next, Say::ColNext, Sort::Next, (12, 12), 7),
    rule(Column::Stay, Say::ColStay, Sort::Stay, (9, 14), 0),
    rule(Column::Name, Say::ColName, Sort::Name, (12, 26), 2),
    rule(Column::Payer, Say::ColPayer, Sort::Payer, (4, 20), 0),
    rule(
        Column::Hospital,
        Say::ColHospital,
        Sort::Hospital,
        (10, 20),
        9,
    ),
    rule(Column::Ward, Say::ColWard, Sort::Ward, (6, 14), 5),
    rule(Column::Day, Say::ColDay, Sort::Day, (3, 3), 1),
    rule(Column::Flags, Say::ColFlags, Sort::Flags, (14, 90), 0),
    rule(Column::Accrued, Say::ColAccrued, Sort::Accrued, (10, 12), 6),
    rule(
        Column::Tomorrow,
        Say::ColTomorrow,
        Sort::Tomorrow,
        (8, 12),
        3,
    ),
    rule(Column::Lost, Say::ColLost, Sort::Lost, (8, 12), 4),
    rule(Column::Age, Say::ColAge, Sort::Age, (5, 5), 8),
];

/// The columns of the view of duties.
const DUTIES: &[Rule] = &[
    rule(Column::State, Say::ColState, Sort::State, (9, 11), 3),
    rule(Column::Stay, Say::ColStay, Sort::Stay, (9, 14), 0),
    rule(Column::Name, Say::ColName, Sort::Name, (12, 26), 2),
    rule(Column::Payer, Say::ColPayer, Sort::Payer, (4, 20), 0),
    rule(Column::Ward, Say::ColWard, Sort::Ward, (6, 14), 4),
    rule(Column::Duty, Say::ColDuty, Sort::Duty, (22, 44), 0),
    rule(Column::Due, Say::ColDue, Sort::Due, (22, 28), 0),
    rule(Column::Age, Say::ColAge, Sort::Age, (5, 5), 5),
];

/// What columns are chosen by.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The user's language.
    pub lang: Lang,
    /// Whose work it is.
    pub role: Work,
    /// Whether names are left out.
    pub nameless: bool,
    /// Whether duties are shown.
    pub duties: bool,
    /// Whether district boards pay, whose code alone tells nothing.
    pub districts: bool,
}

impl Choice {
    fn rules(self) -> impl Iterator<Item = &'static Rule> {
        let rules = if self.duties { DUTIES } else { RULES };
        rules
            .iter()
            .filter(move |rule| !(self.nameless && rule.column == Column::Name))
    }

    /// A hospital sees what waiting costs before what one day more costs the
    /// municipality; others the other way round.
    fn gives_way(self, rule: &Rule) -> u8 {
        match (rule.column, self.role) {
            (Column::Lost, Work::Planner) => 3,
            (Column::Tomorrow, Work::Planner) => 4,
            (Column::Tomorrow, _) => 3,
            (Column::Lost, _) => 7,
            (Column::Next, _) => 8,
            (Column::Age, _) => 9,
            (Column::Hospital, _) => 10,
            _ => rule.gives_way,
        }
    }
}

/// Columns in which most district boards' names stand whole, and in which
/// their codes do.
const DISTRICT: (u16, u16) = (10, 25);

/// The least columns of a rule; the states' words differ in length, and a
/// district board's name needs more than a code, which patients' names yield.
fn least_of(rule: &Rule, choice: Choice) -> u16 {
    match rule.column {
        Column::State => choice.lang.pick(rule.least, rule.most),
        Column::Payer if choice.districts => rule.least + 2,
        Column::Name if choice.districts => rule.least - 2,
        _ => rule.least,
    }
}

/// The columns that fit, with their widths.
pub fn columns(width: u16, choice: Choice) -> Vec<(&'static Rule, u16)> {
    let mut kept: Vec<&Rule> = choice.rules().collect();
    let least = |kept: &[&Rule]| {
        kept.iter()
            .map(|rule| least_of(rule, choice) + 1)
            .sum::<u16>()
    };
    while least(&kept) > width {
        let goes = kept
            .iter()
            .enumerate()
            .filter(|(_, rule)| choice.gives_way(rule) > 0)
            .max_by_key(|(_, rule)| choice.gives_way(rule))
            .map(|(index, _)| index);
        match goes {
            Some(index) => drop(kept.remove(index)),
            None => break,
        }
    }
    let mut spare = width.saturating_sub(least(&kept));
    let mut widths: Vec<u16> = kept.iter().map(|rule| least_of(rule, choice)).collect();
    let payer = kept.iter().position(|rule| rule.column == Column::Payer);
    if let Some(payer) = payer.filter(|_| choice.districts) {
        let given = spare.min(DISTRICT.0.saturating_sub(widths[payer]));
        widths[payer] += given;
        spare -= given;
    }
    // A third of what is left goes to the flags or the due times, then the
    // state and the ward are served, and the rest from left to right.
    let flags = kept
        .iter()
        .position(|rule| matches!(rule.column, Column::Flags | Column::Due));
    if let Some(flags) = flags {
        let given = (spare / 3).min(kept[flags].most - kept[flags].least);
        widths[flags] += given;
        spare -= given;
    }
    // Wards begin alike, and tell apart by their ends.
    for column in [Column::State, Column::Ward] {
        if let Some(at) = kept.iter().position(|rule| rule.column == column) {
            let given = spare.min(kept[at].most.saturating_sub(widths[at]));
            widths[at] += given;
            spare -= given;
        }
    }
    for (width, rule) in widths.iter_mut().zip(&kept) {
        let most = match rule.column {
            Column::Payer if choice.districts => DISTRICT.1,
            _ => rule.most,
        };
        let given = spare.min(most.saturating_sub(*width));
        *width += given;
        spare -= given;
    }
    kept.into_iter().zip(widths).collect()
}

/// Whether a column holds numbers, which end at its right.
pub fn is_number(column: Column) -> bool {
    matches!(
        column,
        Column::Left
            | Column::Day
            | Column::Accrued
            | Column::Tomorrow
            | Column::Lost
            | Column::Age
    )
}

/// Whether the filter looks in what a column shows.
pub fn is_searched(column: Column) -> bool {
    matches!(
        column,
        Column::State
            | Column::Stay
            | Column::Name
            | Column::Payer
            | Column::Hospital
            | Column::Ward
            | Column::Flags
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(role: Work) -> Choice {
        Choice {
            lang: Lang::En,
            role,
            nameless: false,
            duties: false,
            districts: false,
        }
    }

    #[test]
    fn columns_give_way_in_order_and_use_the_width() {
        let names = |width| {
            columns(width, choice(Work::Finance))
                .iter()
                .map(|(rule, _)| rule.column)
                .collect::<Vec<_>>()
        };
        let sum = |width| {
            columns(width, choice(Work::Finance))
                .iter()
                .map(|(_, width)| width + 1)
                .sum::<u16>()
        };
        assert!(!names(78).contains(&Column::Hospital) && !names(78).contains(&Column::Age));
        assert!(names(78).contains(&Column::Name) && names(78).contains(&Column::Tomorrow));
        assert_eq!(names(198).len(), RULES.len());
        for width in 58..220 {
            assert!(sum(width) <= width, "{width}");
            assert!(names(width).contains(&Column::Flags));
            assert!(names(width + 1).len() >= names(width).len());
        }
        assert_eq!(sum(78), 78);
        let planner = columns(78, choice(Work::Planner));
        let shown = |column| planner.iter().any(|(rule, _)| rule.column == column);
        assert!(shown(Column::Lost) && !shown(Column::Tomorrow));
    }

    #[test]
    fn duties_and_no_names_have_columns_of_their_own() {
        let shown = |choice: Choice| {
            let columns = columns(78, choice);
            assert!(columns.iter().map(|(_, width)| width + 1).sum::<u16>() <= 78);
            let names = columns.iter().map(|(rule, _)| rule.column);
            names.collect::<Vec<_>>()
        };
        let duties = shown(Choice {
            duties: true,
            ..choice(Work::Planner)
        });
        assert!(duties.contains(&Column::Due) && duties.contains(&Column::Duty));
        let nameless = shown(Choice {
            nameless: true,
            ..choice(Work::Finance)
        });
        assert!(!nameless.contains(&Column::Name));
    }

    #[test]
    fn a_wide_window_has_room_for_wards() {
        let columns = columns(198, choice(Work::Planner));
        let ward = columns.iter().find(|it| it.0.column == Column::Ward);
        assert_eq!(ward.map(|it| it.1), Some(14));
    }

    #[test]
    fn district_boards_have_room_for_their_names_and_push_nothing_out() {
        for lang in [Lang::Sv, Lang::En] {
            for (duties, width) in [(false, 78), (true, 78), (false, 118), (false, 198)] {
                let of = |districts| Choice {
                    lang,
                    duties,
                    districts,
                    ..choice(Work::Planner)
                };
                let names = |districts| {
                    let columns = columns(width, of(districts)).into_iter();
                    columns.map(|(rule, _)| rule.column).collect::<Vec<_>>()
                };
                assert_eq!(names(true), names(false));
                let columns = columns(width, of(true));
                assert!(columns.iter().map(|(_, width)| width + 1).sum::<u16>() <= width);
                let payer = columns
                    .iter()
                    .find(|(rule, _)| rule.column == Column::Payer);
                assert!(payer.unwrap().1 >= 6);
            }
        }
    }
}
