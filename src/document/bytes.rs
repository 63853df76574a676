//! Bytes → text: the door of every file.

use std::sync::Arc;

use crate::finding::Finding;
use crate::text::{SourceFile, Span};

use super::limits::Limits;
use super::problem::{Problem, Problems};
use super::rule;

/// A file as text, and what was wrong with its bytes.
#[derive(Debug)]
pub struct Decoded {
    /// The text without a byte order mark; what is not UTF-8 is shown as U+FFFD. Spans are
    /// relative to this text.
    pub file: Arc<SourceFile>,
    /// Problems of the bytes, in the order of the text.
    pub findings: Vec<Finding>,
    /// Whether the text is worth parsing: false where the file is too large or in UTF-16.
    pub readable: bool,
}

/// Decodes the bytes of a file called `name`.
///
/// A byte order mark (U+FEFF) at the start is dropped before the text is kept, so that the first
/// key is at byte 0 and column 1. CRLF is kept. A file over `limits.bytes` is refused: its text is
/// cut there, and the finding stands at its start.
///
/// ```
/// use plangate::document::{Limits, decode};
///
/// let decoded = decode("plan.yaml", b"\xEF\xBB\xBFheader: {}\r\n", Limits::default());
/// assert_eq!(decoded.file.text(), "header: {}\r\n");
/// assert!(decoded.findings.is_empty() && decoded.readable);
/// ```
pub fn decode(name: &str, bytes: &[u8], limits: Limits) -> Decoded {
    let mut problems = Problems::default();
    let mut readable = true;
    let text = if bytes.len() > limits.bytes {
        readable = false;
        problems.add(rule::TOO_LARGE, || too_large(limits));
        String::from_utf8_lossy(&bytes[..limits.bytes]).into_owned()
    } else if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        readable = false;
        problems.add(rule::INVALID_UTF8, utf_16);
        String::new()
    } else {
        utf_8(bytes, &mut problems)
    };
    // U+FFFD is longer than the byte it stands for: a file of nothing but such is no plan.
    readable &= text.len() <= limits.bytes;
    let file = Arc::new(SourceFile::new(name, text));
    let findings = problems.into_findings(&file, None);
    Decoded {
        file,
        findings,
        readable,
    }
}

/// A file over the limit; how far over is not known, for no one reads more of it.
pub(super) fn too_large(limits: Limits) -> Problem {
    let limit = limits.bytes;
    Problem::new(
        rule::TOO_LARGE,
        Span::at(0),
        format!("檔案超過 {limit} 位元組的上限，未讀取"),
        format!("the file is over the limit of {limit} bytes and was not read"),
    )
    .help(
        "將過長的章節移到同資料夾的 <章節>.yaml，附件留在附件檔",
        "move a long section to <section>.yaml in the same folder, and leave annexes in their own files",
    )
}

fn utf_16() -> Problem {
    Problem::new(
        rule::INVALID_UTF8,
        Span::at(0),
        "檔案是 UTF-16（記事本的「Unicode」），未讀取",
        "the file is UTF-16 (Notepad's “Unicode”); it was not read",
    )
    .help(
        "另存新檔，編碼選「UTF-8」",
        "save it again with the encoding UTF-8",
    )
}

/// The text with U+FFFD where the bytes are none; one problem at the first, with a count, for a
/// file in Big5 has them in every line.
fn utf_8(bytes: &[u8], problems: &mut Problems) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first.get_or_insert((text.len(), chunk.invalid()[0]));
            count += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    if let Some((at, byte)) = first {
        problems.add(rule::INVALID_UTF8, || not_utf_8(at, byte, count));
    }
    text
}

fn not_utf_8(at: usize, byte: u8, count: usize) -> Problem {
    let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
    Problem::new(
        rule::INVALID_UTF8,
        span,
        format!("位元組 0x{byte:02X} 不是 UTF-8，此檔共 {count} 處"),
        format!("byte 0x{byte:02X} is not UTF-8; {count} such places in the file"),
    )
    .help(
        "檔案多半存成 Big5（ANSI）：以原編碼開啟，另存為 UTF-8",
        "the file is probably Big5 (ANSI): open it as that and save it as UTF-8",
    )
}
