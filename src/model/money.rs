//! Money and quantities: exact decimals, and every rounding by its name.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Rounds to `decimals` places, a half away from zero (half up, as a person
/// rounds money by hand; agreements' averages are rounded so too).
pub fn half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Writes a quantity with at least `min_decimals` places and no further
/// trailing zeros: `7`, `33.6`, or `7.0` for at least one.
pub fn quantity(value: Decimal, min_decimals: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < min_decimals {
        value.rescale(min_decimals);
    }
    value.to_string()
}

/// Why a text or number is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Nothing was written.
    #[error("the amount is empty")]
    Empty,
    /// Something else than digits, a sign, spaces and one decimal mark.
    #[error("the amount may hold digits, a sign before them and one decimal comma or point")]
    Form,
    /// Less than an öre.
    #[error("the amount may have at most two decimals")]
    Decimals,
    /// 10^15 kronor or more.
    #[error("the amount is too large")]
    TooLarge,
    /// A day rate of zero or less.
    #[error("a day rate must be more than zero")]
    RateNotPositive,
}

/// Bounds one amount, so that no sum of amounts can overflow a decimal.
const LIMIT: i64 = 1_000_000_000_000_000;

/// Bounds what is read back: a sum of a thousand million such amounts.
const LIMIT_OF_SUMS: i128 = LIMIT as i128 * 1_000_000_000;

/// Swedish kronor, exact to the öre. Written with two decimals and a point
/// (`49700.00`); read so by programs, and leniently from people by `FromStr`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Kronor(Decimal);

impl Kronor {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Takes an amount that is already whole öre.
    ///
    /// # Errors
    /// If it has more than two decimals or is too large; it is never rounded.
    pub fn exact(value: Decimal) -> Result<Self, MoneyError> {
        Self::below(Decimal::from(LIMIT), value)
    }

    fn below(limit: Decimal, value: Decimal) -> Result<Self, MoneyError> {
        if value.abs() >= limit {
            return Err(MoneyError::TooLarge);
        }
        let mut value = value.normalize();
        if value.scale() > 2 {
            return Err(MoneyError::Decimals);
        }
        value.rescale(2);
        Ok(Self(value))
    }

    /// Rounds an exact result half up to öre.
    ///
    /// # Errors
    /// If it is too large.
    pub fn rounded(value: Decimal) -> Result<Self, MoneyError> {
        Self::exact(half_up(value, 2))
    }

    /// A line's amount: quantity × rate, rounded half up to öre.
    ///
    /// # Errors
    /// If the product is too large.
    pub fn line_amount(quantity: Decimal, rate: DayRate) -> Result<Self, MoneyError> {
        let product = quantity.checked_mul(rate.0).ok_or(MoneyError::TooLarge)?;
        Self::rounded(product)
    }

    /// The amount as a decimal number of kronor.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl Add for Kronor {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Kronor {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Kronor {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Kronor {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sum for Kronor {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Kronor> for Kronor {
    fn sum<I: Iterator<Item = &'a Kronor>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

impl fmt::Display for Kronor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut value = self.0;
        value.rescale(2);
        // -0.00 would be another text for the same amount.
        if value.is_zero() {
            value.set_sign_positive(true);
        }
        f.pad(&value.to_string())
    }
}

impl fmt::Debug for Kronor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kronor({self})")
    }
}

impl FromStr for Kronor {
    type Err = MoneyError;

    /// Reads what a person writes: spaces of any width between digits, a
    /// decimal comma or point, a sign; `352 160,00`, `352160`, `-12.5`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::exact(parse_lenient(text)?)
    }
}

impl TryFrom<String> for Kronor {
    type Error = MoneyError;

    /// Reads what this program wrote, sums included: what is asked for or
    /// entered is held against [`Kronor::exact`] besides.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::below(
            Decimal::from_i128_with_scale(LIMIT_OF_SUMS, 0),
            parse_strict(&text)?,
        )
    }
}

impl From<Kronor> for String {
    fn from(amount: Kronor) -> Self {
        amount.to_string()
    }
}

/// Kronor per care day (vårddygnsbelopp), more than zero. Written without
/// needless decimals (`7100`, `7100.5`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayRate(Decimal);

impl DayRate {
    /// Takes a rate in kronor per care day.
    ///
    /// # Errors
    /// If it is zero or less, has more than two decimals or is too large.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        let value = Kronor::exact(value)?.0.normalize();
        if value <= Decimal::ZERO {
            return Err(MoneyError::RateNotPositive);
        }
        Ok(Self(value))
    }

    /// The rate as a decimal number of kronor per care day.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for DayRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

impl fmt::Debug for DayRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DayRate({self})")
    }
}

impl FromStr for DayRate {
    type Err = MoneyError;

    /// Reads what a person writes, as an amount of [`Kronor`] is read.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(parse_lenient(text)?)
    }
}

impl TryFrom<String> for DayRate {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(parse_strict(&text)?)
    }
}

impl From<DayRate> for String {
    fn from(rate: DayRate) -> Self {
        rate.to_string()
    }
}

/// Brings a person's writing into the strict form: spaces go, the comma
/// becomes a point, the typographic minus a plain one.
fn parse_lenient(text: &str) -> Result<Decimal, MoneyError> {
    let strict: String = text
        .chars()
        .filter(|char| !char.is_whitespace())
        .map(|char| match char {
            ',' => '.',
            '\u{2212}' => '-',
            other => other,
        })
        .collect();
    match strict.strip_prefix('+') {
        Some(signed) if signed.starts_with('-') => Err(MoneyError::Form),
        Some(unsigned) => parse_strict(unsigned),
        None => parse_strict(&strict),
    }
}

/// `-?digits(.digits)?`, nothing else: `Decimal`'s own parser also takes
/// underscores and a missing whole part.
fn parse_strict(text: &str) -> Result<Decimal, MoneyError> {
    if text.is_empty() {
        return Err(MoneyError::Empty);
    }
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match unsigned.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned, None),
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !decimals.is_none_or(is_number) {
        return Err(MoneyError::Form);
    }
    if decimals.is_some_and(|decimals| decimals.len() > 2) {
        return Err(MoneyError::Decimals);
    }
    // The form is right, so only the size can be wrong.
    text.parse().map_err(|_| MoneyError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn kronor(text: &str) -> Kronor {
        text.parse().unwrap()
    }

    #[test]
    fn half_goes_away_from_zero() {
        for (value, decimals, expected) in [
            ("2.25", 1, "2.3"),
            ("2.35", 1, "2.4"),
            ("2.2499999", 1, "2.2"),
            ("0.005", 2, "0.01"),
            ("-0.005", 2, "-0.01"),
            ("2.5", 0, "3"),
            ("3.5", 0, "4"),
            ("-2.5", 0, "-3"),
        ] {
            assert_eq!(
                half_up(decimal(value), decimals),
                decimal(expected),
                "{value}"
            );
        }
    }

    #[test]
    fn lines_of_the_worked_examples() {
        let rate: DayRate = "7100".parse().unwrap();
        let line = |quantity: &str| Kronor::line_amount(decimal(quantity), rate).unwrap();
        assert_eq!(line("33.6").to_string(), "238560.00");
        assert_eq!(line("7").to_string(), "49700.00");
        assert_eq!(line("7.0"), line("7"));
        let sum: Kronor = [line("33.6"), line("16")].iter().sum();
        assert_eq!(sum.to_string(), "352160.00");
        let third = Kronor::line_amount(decimal("0.00005"), "100.50".parse().unwrap()).unwrap();
        assert_eq!(third.to_string(), "0.01");
    }

    #[test]
    fn people_may_write_amounts_as_they_do() {
        for text in [
            "352160",
            "352 160",
            "352 160,00",
            "352 160.00",
            "352160,0",
            "352\u{a0}160,00",
            "352\u{202f}160",
            "352\u{2009}160.00",
            " +352160 ",
        ] {
            assert_eq!(kronor(text).to_string(), "352160.00", "{text:?}");
        }
        assert_eq!(kronor("-12,5").to_string(), "-12.50");
        assert_eq!(kronor("\u{2212}12").to_string(), "-12.00");
        assert_eq!(kronor("-0").to_string(), "0.00");
    }

    #[test]
    fn what_is_no_amount_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<Kronor>().unwrap_err();
        assert_eq!(error(""), MoneyError::Empty);
        assert_eq!(error(" \u{a0} "), MoneyError::Empty);
        for text in [
            "kr",
            "12kr",
            "1.000.000",
            "1,2.3",
            ".5",
            "5,",
            "--1",
            "+-1",
            "1e3",
            "1_0",
            "٣",
        ] {
            assert_eq!(error(text), MoneyError::Form, "{text:?}");
        }
        assert_eq!(error("1,005"), MoneyError::Decimals);
        assert_eq!(error("1,000"), MoneyError::Decimals);
        assert_eq!(error("1000000000000000"), MoneyError::TooLarge);
        assert_eq!(error(&"9".repeat(80)), MoneyError::TooLarge);
        assert_eq!(Kronor::exact(decimal("0.001")), Err(MoneyError::Decimals));
        assert_eq!("0".parse::<DayRate>(), Err(MoneyError::RateNotPositive));
        assert_eq!("-7100".parse::<DayRate>(), Err(MoneyError::RateNotPositive));
        let rate: DayRate = "999999999999999".parse().unwrap();
        assert_eq!(
            Kronor::line_amount(Decimal::MAX, rate),
            Err(MoneyError::TooLarge)
        );
    }

    #[test]
    fn programs_must_write_the_strict_form() {
        assert_eq!(
            serde_json::to_string(&kronor("49700")).unwrap(),
            "\"49700.00\""
        );
        assert_eq!(
            serde_json::from_str::<Kronor>("\"49700\"").unwrap(),
            kronor("49700")
        );
        for json in ["\"49 700\"", "\"49700,00\"", "49700", "\"+1\""] {
            assert!(serde_json::from_str::<Kronor>(json).is_err(), "{json}");
        }
        let rate: DayRate = serde_json::from_str("\"7100.50\"").unwrap();
        assert_eq!(serde_json::to_string(&rate).unwrap(), "\"7100.5\"");
        assert_eq!("7 100,00".parse::<DayRate>().unwrap().to_string(), "7100");
    }

    /// A lock whose sum could not be read back would end the store.
    #[test]
    fn a_sum_is_read_back_however_large() {
        let largest = kronor("999999999999999.99");
        let sum: Kronor = std::iter::repeat_n(largest, 1_000).sum();
        let json = serde_json::to_string(&sum).unwrap();
        assert_eq!(json, "\"999999999999999990.00\"");
        assert_eq!(serde_json::from_str::<Kronor>(&json).unwrap(), sum);
        let bytes = postcard::to_stdvec(&sum).unwrap();
        assert_eq!(postcard::from_bytes::<Kronor>(&bytes).unwrap(), sum);
        assert_eq!(Kronor::exact(sum.decimal()), Err(MoneyError::TooLarge));
        let beyond = format!("\"1{}\"", "0".repeat(24));
        assert!(serde_json::from_str::<Kronor>(&beyond).is_err());
    }

    #[test]
    fn quantities_keep_their_decimals() {
        assert_eq!(quantity(decimal("7.00"), 1), "7.0");
        assert_eq!(quantity(decimal("7.00"), 0), "7");
        assert_eq!(quantity(decimal("33.60"), 0), "33.6");
        assert_eq!(quantity(decimal("3.333"), 1), "3.333");
        assert_eq!(quantity(decimal("100"), 0), "100");
        assert_eq!(quantity(decimal("-0.0"), 1), "0.0");
    }

    proptest! {
        #[test]
        fn amounts_survive_text_and_binary(ore in -1_000_000_000_000i64..1_000_000_000_000) {
            let amount = Kronor::exact(Decimal::new(ore, 2)).unwrap();
            prop_assert_eq!(amount.to_string().parse::<Kronor>().unwrap(), amount);
            let bytes = postcard::to_stdvec(&amount).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Kronor>(&bytes).unwrap(), amount);
            prop_assert_eq!(amount.to_string().split('.').nth(1).map(str::len), Some(2));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = text.parse::<Kronor>();
            let _ = text.parse::<DayRate>();
        }
    }
}
