//! Who is on the other side of a socket.

use std::{io, os::unix::net::UnixStream};

/// The other process's id, if it is of this process's user.
///
/// # Errors
/// `PermissionDenied` for another user; those of the system.
pub(super) fn same_user(stream: &UnixStream) -> io::Result<u32> {
    let peer = rustix::net::sockopt::socket_peercred(stream)?;
    if peer.uid == rustix::process::geteuid() {
        Ok(peer.pid.as_raw_nonzero().get().unsigned_abs())
    } else {
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            format!("the other side is user {}", peer.uid.as_raw()),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_of_its_own_user() {
        let (one, _other) = UnixStream::pair().unwrap();
        assert_eq!(same_user(&one).unwrap(), std::process::id());
    }
}
