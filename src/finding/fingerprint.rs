//! The identity of a finding over revisions.

use std::fmt;

use sha2::{Digest, Sha256};

/// The first 16 bytes of a SHA-256 over the parts that identify a finding: policy, check, agency
/// folder, identity path, body and need. Never line numbers, never wording. The default is that of
/// nothing: no parts have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fingerprint([u8; 16]);

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
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
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
}
