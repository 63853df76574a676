//! How much a file may ask of the reader.

/// Bounds of one file. The defaults are those of the profile: a plan of 394 bodies stays under
/// 200 KB and 8 levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file; a larger one is refused before it is parsed.
    pub bytes: usize,
    /// Levels of nesting; the root is level 1. What lies deeper is not read. The parser
    /// itself goes no deeper than 255.
    pub depth: usize,
    /// Nodes of the tree; reading stops at the next one.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1024 * 1024,
            depth: 32,
            nodes: 100_000,
        }
    }
}
