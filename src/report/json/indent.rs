//! Pretty JSON that begins some levels deep.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value as it would stand `levels` levels deep in a document.
pub(super) fn nested<T: Serialize>(
    value: &T,
    levels: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    // The library writes a few bytes at a time: into memory of a known kind that costs little. A summary of
    // many plans is longer than memory should be.
    let mut pretty = BufWriter::with_capacity(8192, out);
    let from = Indented {
        level: levels,
        is_empty: false,
    };
    value.serialize(&mut Serializer::with_formatter(&mut pretty, from))?;
    pretty.flush()
}

/// Two spaces for each level, as the library writes them; but it begins at the margin, and writes a level
/// at a time.
struct Indented {
    level: usize,
    /// Whether nothing stands yet in the list or object that is open.
    is_empty: bool,
}

impl Indented {
    fn open<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.is_empty = true;
        out.write_all(bracket)
    }

    fn close<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if !self.is_empty {
            self.line(out, b"\n")?;
        }
        self.is_empty = false;
        out.write_all(bracket)
    }

    fn next<W: Write + ?Sized>(&self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, if first { b"\n" } else { b",\n" })
    }

    fn line<W: Write + ?Sized>(&self, out: &mut W, before: &[u8]) -> io::Result<()> {
        const SPACES: [u8; 64] = [b' '; 64];
        out.write_all(before)?;
        let mut left = 2 * self.level;
        while left > 0 {
            let some = left.min(SPACES.len());
            out.write_all(&SPACES[..some])?;
            left -= some;
        }
        Ok(())
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_stands_as_in_a_document_of_the_library() {
        let value = json!({ "甲": [1, [], {}, ["a\nb", { "乙": null }]], "丙": {}, "丁": [[]] });
        let outer = json!({ "outer": { "inner": value } });
        let mut written = b"{\n  \"outer\": {\n    \"inner\": ".to_vec();
        nested(&value, 2, &mut written).expect("memory takes everything");
        written.extend(b"\n  }\n}");
        let library = serde_json::to_string_pretty(&outer).expect("plain data");
        assert_eq!(String::from_utf8(written).expect("text"), library);
    }

    /// Keeps of what is written how long it is, and its longest piece.
    #[derive(Default)]
    struct Pieces {
        all: usize,
        longest: usize,
    }

    impl Write for Pieces {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.all += bytes.len();
            self.longest = self.longest.max(bytes.len());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_long_value_is_handed_on_while_it_is_written() {
        let mut pieces = Pieces::default();
        nested(&vec!["甲"; 100_000], 1, &mut pieces).expect("it takes everything");
        assert!(pieces.all > 1_000_000, "{}", pieces.all);
        assert!(pieces.longest <= 8192, "{}", pieces.longest);
    }
}
