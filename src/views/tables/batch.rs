//! A batch: puts and deletes over several tables that are applied as one.

use std::collections::BTreeMap;

use super::{Table, TablesError};

/// The longest key in bytes.
pub const MAX_KEY: usize = 1024;

/// The longest value in bytes. sled moves pages of 128 KiB and more to files of
/// their own, which it never syncs; one value alone stays well below.
pub const MAX_VALUE: usize = 60 * 1024 - 1;

/// Puts and deletes over several tables. The last word on a key counts.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Stored key (table byte first) → value, or nothing for a delete.
    rows: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl Batch {
    /// An empty batch.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `key` to `value`.
    pub fn put(&mut self, table: Table, key: impl AsRef<[u8]>, value: impl Into<Vec<u8>>) {
        self.rows
            .insert(stored_key(table, key.as_ref()), Some(value.into()));
    }

    /// Removes `key`, if it is there.
    pub fn delete(&mut self, table: Table, key: impl AsRef<[u8]>) {
        self.rows.insert(stored_key(table, key.as_ref()), None);
    }

    /// What this batch says of `key`: nothing, deleted (`Some(None)`), or a value.
    #[must_use]
    pub fn get(&self, table: Table, key: impl AsRef<[u8]>) -> Option<Option<&[u8]>> {
        self.rows
            .get(&stored_key(table, key.as_ref()))
            .map(Option::as_deref)
    }

    /// How many keys the batch speaks of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the batch is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Bytes of keys and values.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let value = |value: &Option<Vec<u8>>| value.as_ref().map_or(0, Vec::len);
        let rows = self.rows.iter();
        rows.map(|(key, row)| key.len() + value(row)).sum()
    }

    /// The rows whose stored keys lie in `range`.
    pub(super) fn range(
        &self,
        range: std::ops::Range<Vec<u8>>,
    ) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        let rows = self.rows.range(range);
        rows.map(|(key, value)| (&key[..], value.as_deref()))
    }

    /// Whether keys and values are of a size that can be kept.
    ///
    /// # Errors
    /// [`TablesError::TooLarge`].
    pub(super) fn check(&self) -> Result<(), TablesError> {
        for (key, value) in &self.rows {
            let table = key.first().copied().and_then(Table::from_byte);
            let value = value.as_ref().map_or(0, Vec::len);
            for (what, size, limit) in
                [("key", key.len() - 1, MAX_KEY), ("value", value, MAX_VALUE)]
            {
                if size > limit {
                    return Err(TablesError::TooLarge {
                        table,
                        what,
                        size,
                        limit,
                    });
                }
            }
        }
        Ok(())
    }

    /// The rows by stored key.
    pub(super) fn into_rows(self) -> BTreeMap<Vec<u8>, Option<Vec<u8>>> {
        self.rows
    }

    /// The rows by stored key, once they are known to be of a size that can
    /// be kept.
    pub(super) fn checked(self) -> Result<BTreeMap<Vec<u8>, Option<Vec<u8>>>, TablesError> {
        self.check()?;
        Ok(self.rows)
    }
}

/// The key as it is stored: the table's byte first.
pub(super) fn stored_key(table: Table, key: &[u8]) -> Vec<u8> {
    let mut stored = Vec::with_capacity(key.len() + 1);
    stored.push(table.byte());
    stored.extend_from_slice(key);
    stored
}

/// The stored keys that begin with `prefix` and are not before `from`: first
/// included, last excluded.
pub(super) fn stored_range(
    table: Table,
    prefix: &[u8],
    from: Option<&[u8]>,
) -> std::ops::Range<Vec<u8>> {
    let low = stored_key(table, from.map_or(prefix, |from| from.max(prefix)));
    let mut high = stored_key(table, prefix);
    // The next key after all with this prefix. A table's byte is never 255, so
    // that something is left to count up.
    while high.last() == Some(&u8::MAX) {
        high.pop();
    }
    if let Some(last) = high.last_mut() {
        *last += 1;
    }
    // A range that ends before it starts is empty (BTreeMap would panic).
    if low < high {
        low..high
    } else {
        high.clone()..high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_on_a_key_counts() {
        let mut batch = Batch::new();
        batch.put(Table::Open, b"a", b"1");
        batch.put(Table::Closed, b"a", b"2");
        batch.delete(Table::Open, b"a");
        assert_eq!(batch.len(), 2);
        assert_eq!(batch.get(Table::Open, b"a"), Some(None));
        assert_eq!(batch.get(Table::Closed, b"a"), Some(Some(&b"2"[..])));
        assert_eq!(batch.get(Table::Late, b"a"), None);
    }

    #[test]
    fn sizes_at_and_over_the_limit() {
        let mut batch = Batch::new();
        batch.put(Table::Open, vec![1; MAX_KEY], vec![0; MAX_VALUE]);
        assert!(batch.clone().checked().is_ok());
        let mut long = batch.clone();
        long.put(Table::Open, b"v", vec![0; MAX_VALUE + 1]);
        assert!(matches!(
            long.checked(),
            Err(TablesError::TooLarge { what: "value", .. })
        ));
        batch.delete(Table::Open, vec![1; MAX_KEY + 1]);
        assert!(matches!(
            batch.checked(),
            Err(TablesError::TooLarge { what: "key", .. })
        ));
    }

    #[test]
    fn ranges_hold_the_prefix_and_nothing_else() {
        let range = stored_range(Table::Open, &[7, 255, 255], None);
        assert_eq!(range, vec![2, 7, 255, 255]..vec![2, 8]);
        assert_eq!(stored_range(Table::Open, &[255], None).end, vec![3]);
        assert_eq!(
            stored_range(Table::Open, &[5], Some(&[4, 9])).start,
            vec![2, 5]
        );
        assert_eq!(
            stored_range(Table::Open, &[5], Some(&[5, 9])).start,
            vec![2, 5, 9]
        );
        assert!(stored_range(Table::Open, &[5], Some(&[6])).is_empty());
    }
}
