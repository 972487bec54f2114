//! Records of the identity files.
//!
//! A journal's line names a person by a random key and a salted commitment;
//! the name and number stand here, where they can be corrected or erased
//! without breaking the chain. One record a line, padded with spaces when it
//! replaced a longer one, so that no other record moves:
//! `{"key":"…","salt":"…","data":…,"hash":"…"}`, corrected:
//! `{"key":…,"salt":…,"data":…,"corrected":true,"commitment":"<the first>","hash":…}`,
//! erased: `{"key":…,"erased":true,"hash":…}`, and where a longer correction
//! lies elsewhere: `{"key":…,"moved":[offset,length],"hash":…}`. The hash is
//! over the line up to `,"hash"`, each line by itself.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::{Context, JournalError, Result};
use super::hash::{HexHash, random};
use super::line::{self, Problem};

/// A new identity, ready to be appended.
#[derive(Clone)]
pub struct IdentityRecord {
    pub(super) line: Vec<u8>,
}

impl IdentityRecord {
    /// The data that was sealed.
    ///
    /// # Errors
    /// When the record is none.
    pub fn data(&self) -> Result<Box<RawValue>> {
        let bad = || JournalError::NoSuchRecord("an identity's record".to_owned());
        let record = Record::parse(self.line.trim_ascii_end()).map_err(|_| bad())?;
        record.data.ok_or_else(bad)
    }
}

impl std::fmt::Debug for IdentityRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentityRecord(…)")
    }
}

/// What [`seal`] makes of an identity.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Random, 32 hexadecimal digits; stands in the journal's line.
    pub key: String,
    /// SHA-256 over salt and data, in hexadecimal; stands in the journal's line.
    pub commitment: String,
    /// Goes into the identity file.
    pub record: IdentityRecord,
}

/// What is known of a key.
#[derive(Clone)]
pub enum Identity {
    /// Name and number.
    Known {
        /// The key.
        key: String,
        /// The data, as it was given.
        data: Box<RawValue>,
        /// Whether it was corrected since it was recorded.
        corrected: bool,
    },
    /// It was erased.
    Erased {
        /// The key.
        key: String,
    },
}

/// A change to an identity that has been recorded.
#[derive(Clone)]
pub struct IdentityChange {
    /// Where it lies.
    pub loc: super::IdentityLoc,
    /// Its key; another one at that place is an error.
    pub key: String,
    /// The new data, or nothing to erase it.
    pub data: Option<Box<RawValue>>,
}

/// Draws a key and a salt for an identity.
///
/// # Errors
/// When the system has no random bytes to give.
pub fn seal(data: &RawValue) -> Result<Sealed> {
    let no_random = std::path::Path::new("random bytes");
    let drawn = random::<32>().context("draw", no_random)?;
    let (key, salt) = drawn.split_at(16);
    let (key, salt) = (hex::encode(key), hex::encode(salt));
    let data = one_line(data.get());
    let commitment = commitment(&salt, &data).to_string();
    let line = closed(format!(
        "{{\"key\":\"{key}\",\"salt\":\"{salt}\",\"data\":{data}"
    ));
    Ok(Sealed {
        key,
        commitment,
        record: IdentityRecord { line },
    })
}

/// A raw line break can only be blank space in JSON.
fn one_line(json: &str) -> String {
    json.replace(['\n', '\r'], " ")
}

/// The commitment to data under a salt.
pub(super) fn commitment(salt: &str, data: &str) -> HexHash {
    HexHash::of(&[salt.as_bytes(), data.as_bytes()])
}

fn closed(content: String) -> Vec<u8> {
    let hash = HexHash::of(&[content.as_bytes()]);
    let mut line = content.into_bytes();
    line::push_hash(&mut line, &hash);
    line
}

/// A parsed record. Which fields are there says what it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub key: String,
    pub salt: Option<String>,
    pub data: Option<Box<RawValue>>,
    #[serde(default)]
    pub corrected: bool,
    commitment: Option<HexHash>,
    #[serde(default)]
    pub erased: bool,
    pub moved: Option<(u64, u32)>,
    #[serde(rename = "hash")]
    _hash: HexHash,
}

impl Record {
    /// Parses a line without its newline, and checks its hash.
    pub(super) fn parse(bytes: &[u8]) -> std::result::Result<Self, Problem> {
        let text = bytes.trim_ascii_end();
        if bytes[text.len()..].iter().any(|b| *b != b' ') {
            return Err("the identity is not padded with spaces");
        }
        let (content, hash) = line::split_hash(text)?;
        if HexHash::of(&[content.as_bytes()]) != hash {
            return Err("the identity's hash does not hold");
        }
        serde_json::from_slice(text).map_err(|_| "the identity cannot be read")
    }

    /// The commitment that the journal's lines hold.
    pub(super) fn committed(&self) -> Option<HexHash> {
        let of_data = || Some(commitment(self.salt.as_deref()?, self.data.as_ref()?.get()));
        self.commitment.or_else(of_data)
    }

    /// The line that replaces this one.
    pub(super) fn changed(&self, data: Option<&RawValue>) -> Result<Vec<u8>> {
        let key = &self.key;
        let Some(data) = data else {
            return Ok(closed(format!("{{\"key\":\"{key}\",\"erased\":true")));
        };
        let (Some(salt), Some(first)) = (&self.salt, self.committed()) else {
            return Err(JournalError::Refused("an identity that was erased".into()));
        };
        let data = one_line(data.get());
        Ok(closed(format!(
            "{{\"key\":\"{key}\",\"salt\":\"{salt}\",\"data\":{data},\"corrected\":true,\
             \"commitment\":\"{first}\""
        )))
    }

    /// The line that says where this record went.
    pub(super) fn moved_to(&self, offset: u64, len: u32) -> Vec<u8> {
        closed(format!(
            "{{\"key\":\"{}\",\"moved\":[{offset},{len}]",
            self.key
        ))
    }

    pub(super) fn into_identity(self) -> Identity {
        match self.data {
            Some(data) => Identity::Known {
                key: self.key,
                data,
                corrected: self.corrected,
            },
            None => Identity::Erased { key: self.key },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn a_commitment_is_to_salt_and_data() {
        let sealed = seal(&raw("{\"name\":\"Test\"}")).unwrap();
        let line = &sealed.record.line[..sealed.record.line.len() - 1];
        let record = Record::parse(line).unwrap();
        let salt = record.salt.clone().unwrap();
        let expected = HexHash::of(&[format!("{salt}{{\"name\":\"Test\"}}").as_bytes()]);
        assert_eq!(sealed.commitment, expected.to_string());
        assert_eq!(record.committed(), Some(expected));
        assert_ne!(
            seal(&raw("{\"name\":\"Test\"}")).unwrap().commitment,
            sealed.commitment
        );
        assert!(
            !format!("{sealed:?}").contains("Test"),
            "messages never show an identity"
        );
    }

    #[test]
    fn every_changed_byte_is_found_also_in_the_padding() {
        let sealed = seal(&raw("{\"name\":\"Test\"}")).unwrap();
        let mut line = sealed.record.line[..sealed.record.line.len() - 1].to_vec();
        line.extend_from_slice(b"   ");
        assert!(Record::parse(&line).is_ok());
        for offset in 0..line.len() {
            line[offset] ^= 1;
            assert!(Record::parse(&line).is_err(), "offset {offset}");
            line[offset] ^= 1;
        }
    }

    #[test]
    fn the_shortest_record_has_room_for_what_replaces_it() {
        let sealed = seal(&raw("0")).unwrap();
        let record = Record::parse(sealed.record.line.trim_ascii_end()).unwrap();
        let len = sealed.record.line.len();
        assert!(record.moved_to(u64::MAX, u32::MAX).len() <= len);
        assert!(record.changed(None).unwrap().len() <= len);
    }
}
