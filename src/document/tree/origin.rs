//! Where things begin and end that the parser's events place otherwise: at the first character of
//! a block scalar's text, at the first item of a list, before the colon.

use crate::text::Span;

/// The span of a `|` or `>` scalar from its indicator to the end of its last line, without the
/// final line break. `content` is the parser's: from the first letter to the next token.
pub(super) fn block_scalar(source: &str, after: usize, content: Span) -> Span {
    let content = content.range();
    let indicator = find(source, after..content.start, |byte| {
        matches!(byte, b'|' | b'>')
    });
    let Some(start) = indicator else {
        return Span::new(content.start, content.end);
    };
    let header = source[start + 1..]
        .bytes()
        .take_while(|byte| b"+-0123456789".contains(byte));
    let header_end = start + 1 + header.count();
    let keeps_blank_lines = source[start..header_end].contains('+');
    let line_start = source[..content.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let indentation = content.start - line_start;
    let text = last_line_trimmed(&source[content.clone()], indentation, keeps_blank_lines);
    let end = if text.is_empty() {
        header_end
    } else {
        content.start + text.len()
    };
    Span::new(start, end)
}

/// Drops the final line break, and the blank lines after it unless they are part of the text.
fn last_line_trimmed(text: &str, indentation: usize, keeps_blank_lines: bool) -> &str {
    let mut text = text;
    while let Some((before, last)) = text.rsplit_once('\n') {
        let is_blank = last.len() <= indentation && last.bytes().all(|byte| byte == b' ');
        if !is_blank && last != "\r" {
            break;
        }
        text = before.strip_suffix('\r').unwrap_or(before);
        if keeps_blank_lines {
            break;
        }
    }
    text
}

/// Where a block list under a key begins: the parser places one that is not indented under its key
/// at its first item.
pub(super) fn block_list(source: &str, after: usize, reported: usize) -> usize {
    find(source, after..reported, |byte| byte == b'-').unwrap_or(reported)
}

/// Where a value that was left out would stand: after the colon of its key, which the parser places
/// it before. A tag or an anchor puts it behind them.
pub(super) fn left_out(source: &str, key_end: u32, reported: u32) -> usize {
    let (key_end, reported) = (key_end as usize, reported as usize);
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let at = key_end + blanks(&source[key_end..]);
    if reported <= at && source[at..].starts_with(':') {
        at + 1
    } else {
        reported
    }
}

/// The quote that opens the scalar which the parser was reading when it stopped.
pub(in crate::document) fn opening_quote(
    source: &str,
    after: usize,
    until: usize,
) -> Option<usize> {
    find(source, after..until, |byte| matches!(byte, b'"' | b'\''))
}

/// The first wanted byte in a stretch between two scalars: only indicators, blanks, comments, tags
/// and anchors stand there.
fn find(
    source: &str,
    stretch: std::ops::Range<usize>,
    wanted: impl Fn(u8) -> bool,
) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut at = stretch.start;
    while at < stretch.end {
        match bytes[at] {
            byte if wanted(byte) => return Some(at),
            b'#' => at = skip(bytes, at, |byte| byte != b'\n'),
            b'!' | b'&' => at = skip(bytes, at, |byte| !byte.is_ascii_whitespace()),
            _ => at += 1,
        }
    }
    None
}

fn skip(bytes: &[u8], from: usize, on: impl Fn(u8) -> bool) -> usize {
    from + bytes[from..].iter().take_while(|&&byte| on(byte)).count()
}
