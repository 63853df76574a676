//! Regular expressions of `matches`: RE2's language, found anywhere in the text, in linear time.

use regex::{Regex, RegexBuilder};

/// The longest pattern, in bytes.
pub(super) const MAX_PATTERN: usize = 1024;
/// The largest compiled pattern, in bytes: `\w{1000}` and its like are refused.
const MAX_COMPILED: usize = 1 << 20;

/// Compiles a pattern; `None` where it is none or too large.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > MAX_PATTERN {
        return None;
    }
    RegexBuilder::new(pattern)
        .size_limit(MAX_COMPILED)
        .nest_limit(50)
        .build()
        .ok()
}
