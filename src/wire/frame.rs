//! Frames: a tag, a length and a body, so that a message never needs a
//! delimiter and bytes of a file need no encoding.
//!
//! `tag: u8 | length: u32, big-endian | body`.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use thiserror::Error;

/// Longest frame that a client may send: far above any request, far below
/// what would hurt the process.
pub(super) const REQUEST_LIMIT: u32 = 64 << 20;

/// Longest frame that the holder may send: a report that gives every
/// refused line of a large file back.
pub(super) const REPLY_LIMIT: u32 = 512 << 20;

/// Bytes of a file in one frame.
pub(super) const CHUNK: usize = 128 << 10;

/// What a frame carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// A message as JSON.
    Message,
    /// Bytes of a file.
    Data,
    /// The file is complete.
    End,
}

impl Tag {
    fn byte(self) -> u8 {
        match self {
            Self::Message => b'M',
            Self::Data => b'D',
            Self::End => b'E',
        }
    }

    fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            b'M' => Some(Self::Message),
            b'D' => Some(Self::Data),
            b'E' => Some(Self::End),
            _ => None,
        }
    }
}

/// Why a frame could not be read.
#[derive(Debug, Error)]
pub(super) enum FrameError {
    /// The other side left, in the middle of a frame or between two.
    #[error("the other side left")]
    Gone,
    /// Reading failed, or took too long.
    #[error("reading failed: {0}")]
    Io(io::Error),
    /// What came is no frame.
    #[error("what came is no frame of this protocol")]
    Garbage,
    /// The frame is longer than allowed.
    #[error("a frame of {0} bytes is longer than allowed")]
    TooLarge(u32),
}

impl From<io::Error> for FrameError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionAborted => Self::Gone,
            _ => Self::Io(error),
        }
    }
}

/// Writes one frame in one write.
///
/// # Errors
/// Those of `out`; `InvalidInput` for a body over 4 GiB.
pub(super) fn write(out: &mut impl Write, tag: Tag, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len())
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "a frame over 4 GiB"))?;
    let mut whole = Vec::with_capacity(5 + body.len());
    whole.push(tag.byte());
    whole.extend_from_slice(&length.to_be_bytes());
    whole.extend_from_slice(body);
    out.write_all(&whole)?;
    out.flush()
}

/// Reads a frame's tag, waiting as long as `input` does.
///
/// # Errors
/// See [`FrameError`].
pub(super) fn read_tag(input: &mut impl Read) -> Result<Tag, FrameError> {
    let mut tag = [0];
    input.read_exact(&mut tag)?;
    Tag::from_byte(tag[0]).ok_or(FrameError::Garbage)
}

/// Reads the rest of a frame. Memory grows with what really comes, not with
/// what the length claims.
///
/// # Errors
/// See [`FrameError`].
pub(super) fn read_body(input: &mut impl Read, limit: u32) -> Result<Vec<u8>, FrameError> {
    let length = read_length(input, limit)?;
    let mut body = Vec::with_capacity((length as usize).min(CHUNK));
    let read = input.take(u64::from(length)).read_to_end(&mut body)?;
    if read == length as usize {
        Ok(body)
    } else {
        Err(FrameError::Gone)
    }
}

fn read_length(input: &mut impl Read, limit: u32) -> Result<u32, FrameError> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > limit {
        return Err(FrameError::TooLarge(length));
    }
    Ok(length)
}

/// Reads the rest of a frame of JSON as it comes: a board of thousands of
/// rows is never in memory as text beside its rows.
///
/// # Errors
/// See [`FrameError`].
pub(super) fn read_json<T: DeserializeOwned>(
    input: &mut impl Read,
    limit: u32,
) -> Result<T, FrameError> {
    let length = read_length(input, limit)?;
    serde_json::from_reader(input.take(u64::from(length))).map_err(|error| match error.classify() {
        Category::Eof => FrameError::Gone,
        Category::Io => io::Error::from(error).into(),
        Category::Syntax | Category::Data => FrameError::Garbage,
    })
}

/// Reads one frame.
///
/// # Errors
/// See [`FrameError`].
pub(super) fn read(input: &mut impl Read, limit: u32) -> Result<(Tag, Vec<u8>), FrameError> {
    let tag = read_tag(input)?;
    Ok((tag, read_body(input, limit)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_went() {
        let mut wire = Vec::new();
        write(&mut wire, Tag::Message, b"{}").unwrap();
        write(&mut wire, Tag::Data, &[0, 255]).unwrap();
        write(&mut wire, Tag::End, b"").unwrap();
        let mut input = wire.as_slice();
        assert_eq!(
            read(&mut input, 10).unwrap(),
            (Tag::Message, b"{}".to_vec())
        );
        assert_eq!(read(&mut input, 10).unwrap(), (Tag::Data, vec![0, 255]));
        assert_eq!(read(&mut input, 10).unwrap(), (Tag::End, vec![]));
        assert!(matches!(read(&mut input, 10), Err(FrameError::Gone)));
    }

    #[test]
    fn what_is_no_frame_is_refused_before_it_is_read() {
        assert!(matches!(
            read(&mut b"GET / HTTP".as_slice(), 99),
            Err(FrameError::Garbage)
        ));
        assert!(matches!(
            read(&mut b"M\xff\xff\xff\xff".as_slice(), 99),
            Err(FrameError::TooLarge(u32::MAX))
        ));
        assert!(matches!(
            read(&mut b"M\0\0\0\x05abc".as_slice(), 99),
            Err(FrameError::Gone)
        ));
    }
}
