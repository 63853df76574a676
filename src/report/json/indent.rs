//! Pretty JSON that begins some levels deep.

use std::io::{self, Write};

use serde::Serialize;

/// Writes a value as it would stand `levels` levels deep in a document.
pub(super) fn nested<T: Serialize>(
    value: &T,
    levels: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let indent = "  ".repeat(levels);
    Ok(serde_json::to_writer_pretty(
        Deeper {
            out,
            indent: indent.as_bytes(),
        },
        value,
    )?)
}

/// Begins every line but the first with the indentation. Line ends are only between values: those of
/// texts are escaped.
struct Deeper<'o> {
    out: &'o mut dyn Write,
    indent: &'o [u8],
}

impl Write for Deeper<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.out.write_all(line)?;
            if line.ends_with(b"\n") {
                self.out.write_all(self.indent)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
