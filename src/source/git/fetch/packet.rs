//! Bytes of an answer → packets, as Git frames them: four hexadecimal digits of length, then content.

use std::io::{self, Read};

/// The longest content that four digits of length are used for.
const MAX_CONTENT: usize = 65_516;

/// A packet.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Packet {
    /// A line, or a piece of something longer.
    Content(Vec<u8>),
    /// The end of a message.
    Flush,
    /// The end of a part of a message.
    Delimiter,
    /// The end of an answer.
    End,
}

impl Packet {
    /// Reads the next packet. A length that nothing has, or an end in its middle, is an error.
    pub(super) fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut digits = [0; 4];
        from.read_exact(&mut digits)?;
        let length = std::str::from_utf8(&digits)
            .ok()
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| usize::from_str_radix(digits, 16).ok());
        match length {
            Some(0) => Ok(Self::Flush),
            Some(1) => Ok(Self::Delimiter),
            Some(2) => Ok(Self::End),
            Some(length @ 4..) if length - 4 <= MAX_CONTENT => {
                let mut content = vec![0; length - 4];
                from.read_exact(&mut content)?;
                Ok(Self::Content(content))
            }
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// The line that it is, without its end; `None` for whatever is no text.
    pub(super) fn line(&self) -> Option<&str> {
        match self {
            Self::Content(content) => {
                let line = std::str::from_utf8(content).ok()?;
                Some(line.strip_suffix('\n').unwrap_or(line))
            }
            _ => None,
        }
    }
}

/// A request of protocol version 2: a command, what it is given, and the end.
pub(super) fn request(command: &str, capabilities: &[&str], arguments: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut line = |text: &str| {
        out.extend(format!("{:04x}{text}\n", text.len() + 5).into_bytes());
    };
    line(&format!("command={command}"));
    for capability in capabilities {
        line(capability);
    }
    out.extend(b"0001");
    for argument in arguments {
        out.extend(format!("{:04x}{argument}\n", argument.len() + 5).into_bytes());
    }
    out.extend(b"0000");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Packet> {
        Packet::read(&mut &*bytes)
    }

    #[test]
    fn packets_are_read_by_their_length() {
        assert_eq!(read(b"0009done\n").unwrap().line(), Some("done"));
        assert_eq!(read(b"0004").unwrap(), Packet::Content(Vec::new()));
        assert_eq!(read(b"0000").unwrap(), Packet::Flush);
        assert_eq!(read(b"0001").unwrap(), Packet::Delimiter);
        assert_eq!(read(b"0002").unwrap(), Packet::End);
    }

    #[test]
    fn a_length_that_lies_is_an_error() {
        for bytes in [
            &b"0003"[..],
            b"+004",
            b"zzzz",
            b"00",
            b"",
            b"0009do",
            b"ffffx",
        ] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn a_request_is_framed_as_git_frames_it() {
        let bytes = request("fetch", &["agent=x"], &["done".to_owned()]);
        assert_eq!(bytes, b"0012command=fetch\n000cagent=x\n00010009done\n0000");
    }
}
