//! The identity of a finding over revisions.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// The first 16 bytes of a SHA-256 over the parts that identify a finding: policy, check, agency
/// folder, identity path, body and need. Never line numbers, never wording. The default is that of
/// nothing: no parts have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fingerprint([u8; 16]);

/// What a finding is about, apart from the body: kept beside the fingerprint, for of what is called
/// otherwise since, the fingerprint alone tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its path by identity.
    pub path: Arc<str>,
    /// The entry of the law's list that is asked of it; empty where there is none.
    pub need: Box<str>,
}

impl Item {
    /// The identity of a finding of a policy and a check about it, in a folder, for a body.
    pub fn fingerprint(&self, [policy, check, folder]: [&str; 3], body: &str) -> Fingerprint {
        Fingerprint::new(&[policy, check, folder, &self.path, body, &self.need])
    }
}

impl Fingerprint {
    /// Hashes the parts, each with its length, so that no two lists of parts run together.
    pub fn new(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize()[..16]);
        Self(bytes)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 32];
        for (digits, byte) in text.chunks_exact_mut(2).zip(self.0) {
            digits[0] = DIGITS[usize::from(byte >> 4)];
            digits[1] = DIGITS[usize::from(byte & 15)];
        }
        formatter.write_str(str::from_utf8(&text).expect("internal: digits are ASCII"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(
            Fingerprint::new(&["ab", "c"]),
            Fingerprint::new(&["a", "bc"])
        );
        assert_eq!(Fingerprint::new(&["ab", "c"]).to_string().len(), 32);
    }

    #[test]
    fn it_is_written_as_hexadecimal_digits() {
        let mut bytes = [0; 16];
        (bytes[0], bytes[15]) = (0x0a, 0xf1);
        let written = Fingerprint(bytes).to_string();
        assert_eq!(written, "0a0000000000000000000000000000f1");
    }
}
