//! Positions: where a record lies, in 16 bytes.

use std::fmt;

/// A file of the journal or of the identities, by number: a segment's own
/// number, or a batch's place among the batches. Numbers never change, also
/// not through backup and restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileNo(u32);

const BATCH_BIT: u32 = 0x8000_0000;

impl FileNo {
    pub(super) const fn segment(number: u32) -> Self {
        Self(number)
    }

    pub(super) const fn batch(ordinal: u32) -> Self {
        Self(ordinal | BATCH_BIT)
    }

    /// Whether it is a batch: all of it was recorded at once.
    #[must_use]
    pub fn is_batch(self) -> bool {
        self.as_batch().is_some()
    }

    /// The batch's ordinal (counted from 0), when it is a batch.
    pub(super) fn as_batch(self) -> Option<u32> {
        (self.0 & BATCH_BIT != 0).then_some(self.0 & !BATCH_BIT)
    }

    /// The segment's number (counted from 1), when it is a segment.
    pub(super) fn as_segment(self) -> Option<u32> {
        (self.0 & BATCH_BIT == 0).then_some(self.0)
    }
}

impl fmt::Display for FileNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_batch() {
            Some(ordinal) => write!(f, "batch {ordinal}"),
            None => write!(f, "segment {:06}", self.0),
        }
    }
}

macro_rules! location {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name {
            /// The file.
            pub file: FileNo,
            /// Bytes before the record.
            pub offset: u64,
            /// The record's bytes, its newline left out.
            pub len: u32,
        }

        impl $name {
            /// Big-endian: file, offset, length.
            #[must_use]
            pub fn encode(self) -> [u8; 16] {
                let mut bytes = [0; 16];
                bytes[..4].copy_from_slice(&self.file.0.to_be_bytes());
                bytes[4..12].copy_from_slice(&self.offset.to_be_bytes());
                bytes[12..].copy_from_slice(&self.len.to_be_bytes());
                bytes
            }

            /// What [`Self::encode`] made; any 16 bytes are some position.
            #[must_use]
            pub fn decode(bytes: [u8; 16]) -> Self {
                let [a, b, c, d, offset @ .., e, f, g, h] = bytes;
                Self {
                    file: FileNo(u32::from_be_bytes([a, b, c, d])),
                    offset: u64::from_be_bytes(offset),
                    len: u32::from_be_bytes([e, f, g, h]),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} at byte {}", self.file, self.offset)
            }
        }
    };
}

location!(
    /// Where an entry lies.
    Loc
);
location!(
    /// Where an identity lies; stays true when the identity is corrected or
    /// erased.
    IdentityLoc
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_back() {
        let loc = Loc {
            file: FileNo::batch(3),
            offset: 1 << 40,
            len: 300,
        };
        assert_eq!(Loc::decode(loc.encode()), loc);
        assert_eq!(
            (loc.file.as_batch(), loc.file.as_segment()),
            (Some(3), None)
        );
        assert_eq!(FileNo::segment(7).as_segment(), Some(7));
    }
}
