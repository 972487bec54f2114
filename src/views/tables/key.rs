//! Keys made of parts, in an order that is the parts' own: text ends in a 0
//! byte, numbers are big-endian, a month is its year and number.

use super::TablesError;

/// A key that is being composed.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(Vec<u8>);

impl Key {
    /// A key without parts; as a prefix, the whole table.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text, ended by a 0 byte, so that a text never runs into the next
    /// part and a shorter text comes before a longer one that begins alike.
    ///
    /// # Errors
    /// [`TablesError::NulInKey`] when the text itself holds a 0 byte.
    pub fn text(mut self, text: &str) -> Result<Self, TablesError> {
        if text.as_bytes().contains(&0) {
            return Err(TablesError::NulInKey);
        }
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0);
        Ok(self)
    }

    /// Adds a number: 8 bytes, big-endian.
    #[must_use]
    pub fn number(mut self, number: u64) -> Self {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    /// Adds a month: the year in 2 bytes, big-endian, and 1–12 in one.
    #[must_use]
    pub fn month(mut self, year: u16, month: u8) -> Self {
        self.0.extend_from_slice(&year.to_be_bytes());
        self.0.push(month);
        self
    }

    /// Adds one byte.
    #[must_use]
    pub fn byte(mut self, byte: u8) -> Self {
        self.0.push(byte);
        self
    }

    /// Adds bytes of a length that the reader knows.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Key> for Vec<u8> {
    fn from(key: Key) -> Self {
        key.0
    }
}

/// The first key after `key`: where a scan goes on that stopped there.
#[must_use]
pub fn after(key: &[u8]) -> Vec<u8> {
    let mut next = key.to_vec();
    next.push(0);
    next
}

/// Takes a key apart in the order in which it was composed. Each part is
/// nothing when the key does not hold it.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    /// The parts of `key`.
    #[must_use]
    pub const fn of(key: &'a [u8]) -> Self {
        Self(key)
    }

    /// A text and its 0 byte.
    pub fn text(&mut self) -> Option<&'a str> {
        let end = self.0.iter().position(|&byte| byte == 0)?;
        let text = std::str::from_utf8(&self.0[..end]).ok()?;
        self.0 = &self.0[end + 1..];
        Some(text)
    }

    /// A number of 8 bytes.
    pub fn number(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    /// A month: year and 1–12.
    pub fn month(&mut self) -> Option<(u16, u8)> {
        let year = self.array().map(u16::from_be_bytes)?;
        let month = self.byte()?;
        (1..=12).contains(&month).then_some((year, month))
    }

    /// One byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    /// `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*head)
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn at_end(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Fields = (String, u64, (u16, u8), u8, [u8; 4]);

    fn compose((text, number, month, byte, bytes): &Fields) -> Vec<u8> {
        let key = Key::new().text(text).expect("no 0 byte");
        key.number(*number)
            .month(month.0, month.1)
            .byte(*byte)
            .bytes(bytes)
            .into()
    }

    fn fields() -> impl Strategy<Value = Fields> {
        (
            "[^\0]{0,6}",
            any::<u64>(),
            (any::<u16>(), 1..=12_u8),
            any::<u8>(),
            any::<[u8; 4]>(),
        )
    }

    proptest! {
        #[test]
        fn what_was_composed_is_taken_apart(want in fields()) {
            let key = compose(&want);
            let mut parts = Parts::of(&key);
            prop_assert_eq!(parts.text(), Some(want.0.as_str()));
            prop_assert_eq!(parts.number(), Some(want.1));
            prop_assert_eq!(parts.month(), Some(want.2));
            prop_assert_eq!(parts.byte(), Some(want.3));
            prop_assert_eq!(parts.array::<4>(), Some(want.4));
            prop_assert!(parts.at_end());
        }

        #[test]
        fn keys_are_ordered_as_their_parts(a in fields(), b in fields()) {
            prop_assert_eq!(compose(&a).cmp(&compose(&b)), a.cmp(&b));
        }

        #[test]
        fn any_bytes_are_taken_apart_without_a_panic(bytes in any::<Vec<u8>>()) {
            let mut parts = Parts::of(&bytes);
            let _ = (parts.text(), parts.month(), parts.number(), parts.byte(), parts.at_end());
        }
    }

    #[test]
    fn a_text_with_a_0_byte_is_refused() {
        assert!(matches!(
            Key::new().text("a\0b"),
            Err(TablesError::NulInKey)
        ));
    }

    #[test]
    fn a_month_that_is_none_is_nothing() {
        assert_eq!(Parts::of(&[7, 227, 13]).month(), None);
        assert_eq!(Parts::of(&[7, 227, 12]).month(), Some((2019, 12)));
    }

    #[test]
    fn after_a_key_comes_nothing_before_it() {
        assert_eq!(after(b"ab"), b"ab\0");
    }
}
