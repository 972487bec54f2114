//! Columns that give way in a declared order.

/// A column's least and most width, and its place in the order in which
/// columns give way: the highest goes first, those with 0 stay.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    pub least: u16,
    pub most: u16,
    pub gives_way: u8,
}

/// How wide each column is, one blank after each counted in; none where it
/// gave way. What is left goes from left to right.
#[must_use]
pub fn fit(columns: &[Fit], width: u16) -> Vec<Option<usize>> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let least = |kept: &[usize]| kept.iter().map(|at| columns[*at].least + 1).sum::<u16>();
    while least(&kept) > width + 1 {
        let can_go = kept.iter().filter(|at| columns[**at].gives_way > 0);
        let Some(goes) = can_go.max_by_key(|at| columns[**at].gives_way).copied() else {
            break;
        };
        kept.retain(|at| *at != goes);
    }
    let mut spare = (width + 1).saturating_sub(least(&kept));
    let mut widths = vec![None; columns.len()];
    for at in kept {
        let column = columns[at];
        let given = spare.min(column.most - column.least);
        spare -= given;
        widths[at] = Some(usize::from(column.least + given));
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_goes_first_and_the_rest_share_what_is_left() {
        let column = |least, most, gives_way| Fit {
            least,
            most,
            gives_way,
        };
        let columns = [column(4, 8, 0), column(5, 5, 2), column(3, 3, 1)];
        assert_eq!(fit(&columns, 14), [Some(4), Some(5), Some(3)]);
        assert_eq!(fit(&columns, 16), [Some(6), Some(5), Some(3)]);
        assert_eq!(fit(&columns, 13), [Some(8), None, Some(3)]);
        assert_eq!(fit(&columns, 2), [Some(4), None, None]);
    }
}
