//! The stamp: whose tables these are, up to where they are true, and what they
//! add up to. Written in the same transaction as the rows.

use serde::{Deserialize, Serialize};

use super::{TablesError, row};

/// The stored key of the stamp. No table has this byte.
pub(super) const KEY: &[u8] = &[0];

/// What the tables say of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The store whose journal was folded.
    pub store: String,
    /// The format of the rows, as the half above counts it.
    pub format: u32,
    /// Up to where the journal was folded.
    pub position: Option<u64>,
    /// How many rows there are.
    pub rows: u64,
    /// The wrapping sum of all rows' weights.
    pub digest: u64,
}

impl Stamp {
    pub(super) fn new(store: &str, format: u32) -> Self {
        Self {
            store: store.to_owned(),
            format,
            position: None,
            rows: 0,
            digest: 0,
        }
    }

    /// Counts a row in.
    pub(super) fn add(&mut self, stored: &[u8]) -> Result<(), TablesError> {
        self.rows += 1;
        self.digest = self.digest.wrapping_add(weight(stored)?);
        Ok(())
    }

    /// Counts a row out.
    pub(super) fn take(&mut self, stored: &[u8]) -> Result<(), TablesError> {
        let rows = self.rows.checked_sub(1);
        self.rows = rows.ok_or_else(|| TablesError::broken("more rows than were counted"))?;
        self.digest = self.digest.wrapping_sub(weight(stored)?);
        Ok(())
    }

    pub(super) fn encode(&self) -> Result<Vec<u8>, TablesError> {
        let bytes = postcard::to_stdvec(self);
        let bytes = bytes.map_err(|_| TablesError::broken("the stamp cannot be written"))?;
        Ok(row::seal(KEY, &bytes))
    }

    pub(super) fn decode(stored: &[u8]) -> Result<Self, TablesError> {
        let value = row::open(KEY, stored).and_then(|value| postcard::from_bytes(value).ok());
        value.ok_or_else(|| TablesError::broken("the stamp is damaged"))
    }
}

fn weight(stored: &[u8]) -> Result<u64, TablesError> {
    row::weight(stored).ok_or_else(|| TablesError::broken("a stored row has no checksum"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_comes_back() {
        let stamp = Stamp {
            position: Some(7),
            rows: 2,
            digest: 9,
            ..Stamp::new("store", 3)
        };
        assert_eq!(Stamp::decode(&stamp.encode().unwrap()).unwrap(), stamp);
        assert!(Stamp::decode(b"").is_err());
    }

    #[test]
    fn what_was_added_and_taken_leaves_nothing() {
        let (a, b) = (row::seal(b"\x02a", b"1"), row::seal(b"\x02b", b"2"));
        let mut stamp = Stamp::new("store", 1);
        stamp.add(&a).unwrap();
        stamp.add(&b).unwrap();
        assert_ne!(stamp.digest, 0);
        stamp.take(&a).unwrap();
        stamp.take(&b).unwrap();
        assert_eq!(stamp, Stamp::new("store", 1));
        assert!(stamp.take(&a).is_err());
    }
}
