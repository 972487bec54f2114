//! Where things stand on the screen: functions of its size alone, so that
//! moving in a list and drawing it agree on how many lines are seen.

use ratatui::layout::Rect;

use super::screen::{
    close::ClosePane,
    stay::{PANES, Pane},
};

/// The smallest window that is drawn in.
pub const SMALLEST: (u16, u16) = (60, 15);
/// Lines above the body: two of the header, and one more for a banner.
const HEADER: u16 = 2;
/// Lines below the body: a status line and the keys.
const FOOTER: u16 = 2;
/// Width from which a stay's parts stand side by side.
const WIDE: u16 = 140;
/// Lines from which the month close tells its steps and what changed.
const ROOMY: u16 = 14;
/// Lines of facts at the top of a stay.
const FACTS: u16 = 4;

/// Lines of a stay's chart where it stands beside the explanation: its title,
/// three of words, the days ahead and a few before.
const COSTS: u16 = 14;

/// Lines of words above a stay's chart.
pub const COST_WORDS: u16 = 4;

/// The parts of every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Header, banner included.
    pub header: Rect,
    /// What changes from screen to screen.
    pub body: Rect,
    /// Status line.
    pub status: Rect,
    /// Keys.
    pub hints: Rect,
}

/// The parts of a screen of this size; none where it is too small.
#[must_use]
pub fn frame(size: (u16, u16), banner: bool) -> Option<Frame> {
    let (width, height) = size;
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return None;
    }
    let top = HEADER + u16::from(banner);
    let line = |y, height| Rect::new(0, y, width, height);
    Some(Frame {
        header: line(0, top),
        body: line(top, height - top - FOOTER),
        status: line(height - 2, 1),
        hints: line(height - 1, 1),
    })
}

/// Cuts `lines` off the top of an area.
#[must_use]
pub fn cut_top(area: Rect, lines: u16) -> (Rect, Rect) {
    let lines = lines.min(area.height);
    let top = Rect {
        height: lines,
        ..area
    };
    let rest = Rect {
        y: area.y + lines,
        height: area.height - lines,
        ..area
    };
    (top, rest)
}

/// Where the parts of the board stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardAreas {
    /// The view, and the noon clock.
    pub line: Rect,
    /// Sources that are silent, where there are some.
    pub silent: Option<Rect>,
    /// Column names.
    pub names: Rect,
    /// Rows.
    pub rows: Rect,
}

/// Where the parts of the board stand, with a source that is silent or not.
#[must_use]
pub fn board(body: Rect, silent: bool) -> BoardAreas {
    let (line, rest) = cut_top(body, 1);
    let (warning, rest) = cut_top(rest, u16::from(silent));
    let (names, rows) = cut_top(rest, 1);
    BoardAreas {
        line,
        silent: silent.then_some(warning),
        names,
        rows,
    }
}

/// A list's rows, below the line of its columns' names.
#[must_use]
pub fn list_rows(body: Rect) -> Rect {
    cut_top(body, 1).1
}

/// Where a stay's parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StayAreas {
    /// The facts.
    pub facts: Rect,
    /// The line of tabs; none where all parts are seen at once.
    pub tabs: Option<Rect>,
    /// Each part that is seen, its title line included.
    pub panes: [Option<Rect>; PANES],
}

/// Where a stay's parts stand, with one of them in front.
#[must_use]
pub fn stay(body: Rect, front: Pane) -> StayAreas {
    let (facts, rest) = cut_top(body, FACTS);
    if body.width < WIDE {
        let (tabs, rest) = cut_top(rest, 1);
        let mut panes = [None; PANES];
        panes[front as usize] = Some(rest);
        return StayAreas {
            facts,
            tabs: Some(tabs),
            panes,
        };
    }
    let left_width = body.width / 2 - 1;
    let left = Rect {
        width: left_width,
        ..rest
    };
    let right = Rect {
        x: rest.x + left_width + 2,
        width: rest.width - left_width - 2,
        ..rest
    };
    let (events, below) = cut_top(left, rest.height / 2);
    let (checklist, duties) = cut_top(below, below.height / 2);
    let chart = COSTS.min(right.height / 3);
    let (why, costs) = cut_top(right, right.height - chart);
    StayAreas {
        facts,
        tabs: None,
        panes: [events, checklist, duties, why, costs].map(Some),
    }
}

/// Lines of a list inside a part of a stay; its title line, where it has
/// one, taken off.
#[must_use]
pub fn stay_list(areas: &StayAreas, pane: Pane) -> Rect {
    let area = areas.panes[pane as usize].unwrap_or_default();
    if areas.tabs.is_some() {
        area
    } else {
        cut_top(area, 1).1
    }
}

/// The rows of a stay's chart, below its lines of words.
#[must_use]
pub fn cost_rows(list: Rect) -> Rect {
    cut_top(list, COST_WORDS).1
}

/// Lines of the palette that tell of the selected entry.
pub const PALETTE_TELLS: u16 = 2;

/// Rows of the palette, in a window of this size.
#[must_use]
pub fn palette_rows(size: (u16, u16)) -> u16 {
    inside(size).height.saturating_sub(1 + PALETTE_TELLS)
}

/// Where the parts of the month close stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloseAreas {
    /// Month, state, total.
    pub head: Rect,
    /// Findings, or the invoices of a locked month; title line and what tells
    /// of the selected one included.
    pub findings: Rect,
    /// Where the selected finding is told in full.
    pub detail: Rect,
    /// Payers; title line and column names included.
    pub payers: Rect,
}

/// Lines above the parts of the month close: month and total, and where there
/// is room the steps to the lock and what changed.
#[must_use]
pub fn close_head(body: Rect) -> u16 {
    if body.height < ROOMY { 2 } else { 4 }
}

/// Lines in which a check is told in full.
#[must_use]
pub fn close_detail(body: Rect) -> u16 {
    if body.height < ROOMY { 2 } else { 4 }
}

/// Where the parts of the month close stand; the findings take what they
/// need up to a third, and below them `detail` lines tell of one.
#[must_use]
pub fn close(body: Rect, findings: usize, detail: u16) -> CloseAreas {
    let (head, rest) = cut_top(body, close_head(body));
    let most = (rest.height / 3).max(2);
    let wanted = u16::try_from(findings.max(1)).unwrap_or(u16::MAX);
    let list = wanted.saturating_add(1).min(most);
    let (findings, payers) = cut_top(rest, list + detail + 1);
    let detail = Rect {
        y: findings.y + list,
        height: detail.min(findings.height.saturating_sub(list)),
        ..findings
    };
    CloseAreas {
        head,
        detail,
        findings,
        payers,
    }
}

/// Lines of a list of the month close.
#[must_use]
pub fn close_list(areas: &CloseAreas, pane: ClosePane) -> Rect {
    match pane {
        // A blank line keeps the two parts apart.
        ClosePane::Findings => {
            let list = cut_top(areas.findings, 1).1;
            Rect {
                height: list.height.saturating_sub(1 + areas.detail.height),
                ..list
            }
        }
        ClosePane::Payers => cut_top(areas.payers, 2).1,
    }
}

/// Lines of the drill-down's list, below head, title and column names.
#[must_use]
pub fn close_lines(body: Rect) -> Rect {
    cut_top(body, close_head(body) + 2).1
}

/// Averages of a payer that are drawn; a payer seldom has more than one.
pub const PAYER_AVERAGES: usize = 2;

/// The payers' rows, below month, sums and column names.
#[must_use]
pub fn payers_rows(body: Rect) -> Rect {
    cut_top(body, 3).1
}

/// Lines of a payer's twelve months: one, where there is room.
#[must_use]
pub fn payer_months(body: Rect) -> u16 {
    u16::from(body.height >= ROOMY)
}

/// A payer's stays, below who, its averages, amounts, the marks' effect, the
/// smallest set, its months and column names.
#[must_use]
pub fn payer_rows(body: Rect, averages: usize) -> Rect {
    let lines = 5 + averages.min(PAYER_AVERAGES) as u16 + payer_months(body);
    cut_top(body, lines).1
}

/// Steps behind a line of the figures, below whose and which line.
#[must_use]
pub fn line_rows(body: Rect) -> Rect {
    cut_top(body, 2).1
}

/// Where agreements and rates stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreementsAreas {
    /// Title of the agreements.
    pub title: Rect,
    /// The agreements.
    pub agreements: Rect,
    /// Title of the rates.
    pub rates_title: Rect,
    /// The rates.
    pub rates: Rect,
}

/// Where agreements and rates stand; the agreements take what they need up
/// to a half, and a blank line keeps the two apart.
#[must_use]
pub fn agreements(body: Rect, agreements: usize) -> AgreementsAreas {
    let wanted = u16::try_from(agreements.max(1)).unwrap_or(u16::MAX);
    let (title, rest) = cut_top(body, 1);
    let (agreements, rest) = cut_top(rest, wanted.min(rest.height / 2));
    let (_, rest) = cut_top(rest, 1);
    let (rates_title, rates) = cut_top(rest, 1);
    AgreementsAreas {
        title,
        agreements,
        rates_title,
        rates,
    }
}

/// Where an agreement's facts stand, and its rules.
#[must_use]
pub fn agreement(body: Rect) -> (Rect, Rect) {
    cut_top(body, 4)
}

/// The most rows of a box over the screen: the header's first line and the
/// two of the footer stay in sight, as they tell why something cannot be.
#[must_use]
pub fn most_rows(size: (u16, u16)) -> u16 {
    size.1.saturating_sub(3)
}

/// The lines inside the largest box over the screen.
#[must_use]
pub fn inside(size: (u16, u16)) -> Rect {
    let area = centered(size, size.0, most_rows(size));
    Rect {
        height: area.height.saturating_sub(2),
        ..area
    }
}

/// A box of this size in the middle of the screen, as large as fits.
#[must_use]
pub fn centered(size: (u16, u16), width: u16, height: u16) -> Rect {
    let width = width.min(size.0);
    let height = height.min(size.1);
    Rect::new((size.0 - width) / 2, (size.1 - height) / 2, width, height)
}
