//! A value as it is stored: version byte, crc32 over key and value, value.

use super::{Table, TablesError};

/// How values are stored; another number is not read.
const VERSION: u8 = 1;

const HEAD: usize = 5;

/// The value as it is stored under `key` (table byte first). The checksum
/// covers the key as well, so that rows cannot change places.
pub(super) fn seal(key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut stored = Vec::with_capacity(HEAD + value.len());
    stored.push(VERSION);
    stored.extend_from_slice(&checksum(key, value).to_le_bytes());
    stored.extend_from_slice(value);
    stored
}

/// The value that [`seal`] stored under `key`; nothing when it is damaged.
pub(super) fn open<'a>(key: &[u8], stored: &'a [u8]) -> Option<&'a [u8]> {
    let (sum, value) = split(stored)?;
    (sum == checksum(key, value)).then_some(value)
}

/// [`open`] with an error that names the table.
pub(super) fn open_in<'a>(
    table: Table,
    key: &[u8],
    stored: &'a [u8],
) -> Result<&'a [u8], TablesError> {
    open(key, stored).ok_or(TablesError::Damaged { table })
}

/// What one stored row adds to the digest over all rows, by the checksum it
/// carries. Summed, so that the order of rows does not matter; spread over 64
/// bits, so that sums of different rows do not meet.
pub(super) fn weight(stored: &[u8]) -> Option<u64> {
    let (sum, value) = split(stored)?;
    let mut mixed = (u64::from(sum) << 32) | value.len() as u64;
    // The finishing steps of SplitMix64 (Steele, Lea, Flood 2014).
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    Some(mixed ^ (mixed >> 31))
}

fn split(stored: &[u8]) -> Option<(u32, &[u8])> {
    let (version, rest) = stored.split_first()?;
    let (sum, value) = rest.split_first_chunk()?;
    (*version == VERSION).then_some((u32::from_le_bytes(*sum), value))
}

fn checksum(key: &[u8], value: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    // The length keeps "ab" + "c" apart from "a" + "bc".
    hasher.update(&(key.len() as u64).to_le_bytes());
    hasher.update(key);
    hasher.update(value);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_under_its_own_key_only() {
        let stored = seal(b"\x02key", b"value");
        assert_eq!(open(b"\x02key", &stored), Some(&b"value"[..]));
        assert_eq!(open(b"\x02kex", &stored), None);
        assert_eq!(open(b"\x02keyv", &seal(b"\x02key", b"value")), None);
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_found() {
        let stored = seal(b"\x02key", b"value");
        for at in 0..stored.len() * 8 {
            let mut bad = stored.clone();
            bad[at / 8] ^= 1 << (at % 8);
            assert_eq!(open(b"\x02key", &bad), None, "bit {at}");
        }
        for len in 0..stored.len() {
            assert_eq!(open(b"\x02key", &stored[..len]), None, "length {len}");
        }
    }

    #[test]
    fn another_version_is_not_read() {
        let mut stored = seal(b"\x02key", b"value");
        stored[0] = VERSION + 1;
        assert_eq!(open(b"\x02key", &stored), None);
        assert_eq!(weight(&stored), None);
    }

    #[test]
    fn weights_tell_rows_apart() {
        let weights = [
            seal(b"\x02a", b"1"),
            seal(b"\x02a", b"2"),
            seal(b"\x02b", b"1"),
        ];
        let weights: std::collections::BTreeSet<_> = weights.iter().map(|s| weight(s)).collect();
        assert_eq!(weights.len(), 3);
        assert!(!weights.contains(&None));
    }
}
