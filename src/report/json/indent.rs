//! Pretty JSON that begins some levels deep.

use std::io::{self, Write};

use serde::Serialize;

/// Writes a value as it would stand `levels` levels deep in a document. Line ends are only between
/// values: those of texts are escaped.
pub(super) fn nested<T: Serialize>(
    value: &T,
    levels: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let indent = "  ".repeat(levels);
    // The library writes a few bytes at a time: into memory of a known kind that costs little.
    let pretty = serde_json::to_vec_pretty(value)?;
    for line in pretty.split_inclusive(|&byte| byte == b'\n') {
        out.write_all(line)?;
        if line.ends_with(b"\n") {
            out.write_all(indent.as_bytes())?;
        }
    }
    Ok(())
}
