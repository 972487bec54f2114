//! Where things stand on the screen: functions of its size alone, so that
//! moving in a list and drawing it agree on how many lines are seen.

use ratatui::layout::Rect;

use super::screen::{close::ClosePane, stay::Pane};

/// The smallest window that is drawn in.
pub const SMALLEST: (u16, u16) = (60, 15);
/// Lines above the body: two of the header, and one more for a banner.
const HEADER: u16 = 2;
/// Lines below the body: a status line and the keys.
const FOOTER: u16 = 2;
/// Width from which a stay's parts stand side by side.
const WIDE: u16 = 140;
/// Lines of facts at the top of a stay.
const FACTS: u16 = 4;

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

/// Where a stay's parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StayAreas {
    /// The facts.
    pub facts: Rect,
    /// The line of tabs; none where all parts are seen at once.
    pub tabs: Option<Rect>,
    /// Each part that is seen, its title line included.
    pub panes: [Option<Rect>; 4],
}

/// Where a stay's parts stand, with one of them in front.
#[must_use]
pub fn stay(body: Rect, front: Pane) -> StayAreas {
    let (facts, rest) = cut_top(body, FACTS);
    if body.width < WIDE {
        let (tabs, rest) = cut_top(rest, 1);
        let mut panes = [None; 4];
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
    StayAreas {
        facts,
        tabs: None,
        panes: [Some(events), Some(checklist), Some(duties), Some(right)],
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

/// Where the parts of the month close stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloseAreas {
    /// Month, state, total.
    pub head: Rect,
    /// Findings, or the invoices of a locked month; title line included.
    pub findings: Rect,
    /// Payers; title line and column names included.
    pub payers: Rect,
}

/// Where the parts of the month close stand; the findings take what they
/// need up to a third.
#[must_use]
pub fn close(body: Rect, findings: usize) -> CloseAreas {
    let (head, rest) = cut_top(body, 3);
    let most = (rest.height / 3).max(2);
    let wanted = u16::try_from(findings.max(1)).unwrap_or(u16::MAX);
    let (findings, payers) = cut_top(rest, wanted.saturating_add(1).min(most) + 1);
    CloseAreas {
        head,
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
                height: list.height.saturating_sub(1),
                ..list
            }
        }
        ClosePane::Payers => cut_top(areas.payers, 2).1,
    }
}

/// Lines of the drill-down's list, below head, title and column names.
#[must_use]
pub fn close_lines(body: Rect) -> Rect {
    cut_top(body, 5).1
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
