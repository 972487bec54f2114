//! Small drawings of numbers: a bar against a threshold, a row of months.
//! They stand beside the numbers and never for them.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::model::money::Kronor;

/// Months' amounts from low to high; in ASCII other signs ([`ascii`]).
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The same in ASCII.
const PLAIN: [&str; 8] = ["_", ".", ":", "=", "+", "*", "%", "#"];

/// A bar of `width` columns, filled up to `value`, the threshold marked at
/// two thirds: `####··|··`, `######|#··`. What lies above it fills at least
/// one column beyond the mark, and what does not none; `>` at the end says
/// that it goes on.
#[must_use]
pub fn bar(value: Option<Decimal>, threshold: Decimal, width: usize) -> String {
    let mark = width * 2 / 3;
    let room = width.saturating_sub(mark + 1);
    let scaled = |part: Decimal| {
        let whole = part * Decimal::from(mark as u64);
        whole.checked_div(threshold).unwrap_or(Decimal::MAX)
    };
    let value = value.unwrap_or_default();
    let below = scaled(value).floor().to_usize().unwrap_or(mark).min(mark);
    let above = (value - threshold).max(Decimal::ZERO);
    let above = scaled(above).ceil().to_usize().unwrap_or(usize::MAX);
    let mut text = format!("{}{}|", "#".repeat(below), "·".repeat(mark - below));
    let end = if above > room { ">" } else { "" };
    let filled = above.min(room).saturating_sub(end.len());
    text.push_str(&"#".repeat(filled));
    text.push_str(end);
    text.push_str(&"·".repeat(room - filled - end.len()));
    text
}

/// A column for each month: `·` for nothing, `?` for what is not known, else
/// as high as its part of the largest.
#[must_use]
pub fn months(amounts: &[Option<Kronor>]) -> String {
    let known = amounts.iter().flatten();
    let most = known.map(|amount| amount.decimal()).max();
    let most = most.filter(|most| *most > Decimal::ZERO);
    let column = |amount: &Option<Kronor>| {
        let Some(amount) = amount else { return '?' };
        let part = most.map(|most| amount.decimal() * Decimal::from(8) / most);
        match part.filter(|part| *part > Decimal::ZERO) {
            Some(part) => LEVELS[part.ceil().to_usize().unwrap_or(8).clamp(1, 8) - 1],
            None => '·',
        }
    };
    amounts.iter().map(column).collect()
}

/// A month's column in ASCII.
#[must_use]
pub fn ascii(symbol: &str) -> Option<&'static str> {
    let level = LEVELS.iter().position(|level| symbol.starts_with(*level))?;
    Some(PLAIN[level])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(value: &str, threshold: &str) -> String {
        let number = |text: &str| text.parse().unwrap();
        bar(Some(number(value)), number(threshold), 12)
    }

    #[test]
    fn a_bar_says_on_which_side_of_the_mark_a_value_lies() {
        assert_eq!(drawn("0", "2.0"), "········|···");
        assert_eq!(drawn("1.9", "2.0"), "#######·|···");
        assert_eq!(drawn("2.0", "2.0"), "########|···");
        assert_eq!(drawn("2.1", "2.0"), "########|#··");
        assert_eq!(drawn("2.7", "2.0"), "########|###");
        assert_eq!(drawn("9.9", "2.0"), "########|##>");
        assert_eq!(drawn("1", "0"), "########|##>");
        assert_eq!(bar(None, Decimal::TWO, 12), "········|···");
    }

    #[test]
    fn months_are_parts_of_the_largest() {
        let kronor = |text: &str| Some(text.parse::<Kronor>().unwrap());
        let row = [kronor("0"), kronor("1"), kronor("400"), kronor("800"), None];
        assert_eq!(months(&row), "·▁▄█?");
        assert_eq!(months(&[kronor("0"), kronor("-5")]), "··");
        assert_eq!(ascii("▄"), Some("="));
        assert_eq!(ascii("x"), None);
    }
}
