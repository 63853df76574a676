//! Characters that a reader would not see, or that would act on a terminal, made visible.

/// `text` with every control, bidirectional and zero-width character, line separator and
/// noncharacter written as `\n`, `\r`, `\t` or `\u{…}`. The base of every escaping function but
/// those of JSON, whose values stay as they are.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    push_all(&mut shown, text);
    shown
}

/// Appends a text as [`visible`] writes it, what needs no change in one piece.
pub(super) fn push_all(shown: &mut String, text: &str) {
    let (mut from, mut at) = (0, 0);
    loop {
        at += begins_plain(&text.as_bytes()[at..]);
        let Some(character) = text[at..].chars().next() else {
            break;
        };
        let next = at + character.len_utf8();
        if !is_plain(character) {
            shown.push_str(&text[from..at]);
            push_visible(shown, character);
            from = next;
        }
        at = next;
    }
    shown.push_str(&text[from..]);
}

/// How many bytes from the beginning are of plain characters, as far as a first byte tells: those of
/// U+3000 to U+CFFF have three, and are most of what a plan says.
fn begins_plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        at += match first {
            b' '..=b'Z' | b'\\'..=b'~' => 1,
            0xe3..=0xec => 3,
            _ => break,
        };
    }
    at
}

/// Whether a character shows itself whatever stands around it; of some that do, this says no.
pub(super) fn is_plain(character: char) -> bool {
    matches!(character, ' '..='Z' | '\\'..='~' | '\u{3000}'..='\u{d7ff}' | '\u{ff01}'..='\u{ffe6}')
}

/// Appends one character as [`visible`] writes it.
pub(super) fn push_visible(shown: &mut String, character: char) {
    match character {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        // A workflow's runner takes `##[command]` for a command anywhere in a line.
        '[' if shown.ends_with("##") => shown.push_str("\\u{5b}"),
        _ if is_hidden(character) => shown.extend(character.escape_unicode()),
        _ => shown.push(character),
    }
}

/// Cc; bidirectional controls (Trojan Source); zero width and soft hyphen; line and paragraph
/// separator; interlinear annotation; tags; noncharacters. Variation selectors and private use
/// characters stay: rare personal and place names are written with them.
fn is_hidden(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{e0000}'..='\u{e007f}'
        )
        || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_shows_itself() {
        for character in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let alone = character.to_string();
            let written = visible(&alone);
            let shows_itself = written.chars().eq([character]);
            let begins = begins_plain(alone.as_bytes());
            assert!(begins == 0 || (begins == alone.len() && is_plain(character)));
            assert!(shows_itself || !is_plain(character), "{character:?}");
            assert_eq!(shows_itself, !is_hidden(character), "{character:?}");
        }
    }

    #[test]
    fn what_acts_or_hides_is_spelled_out() {
        for (hostile, expected) in [
            ("甲局\n乙處\r", "甲局\\n乙處\\r"),
            ("\u{1b}[31m紅", "\\u{1b}[31m紅"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("甲\u{202e}乙\u{2066}", "甲\\u{202e}乙\\u{2066}"),
            ("甲\u{200b}乙\u{feff}", "甲\\u{200b}乙\\u{feff}"),
            ("甲\u{2028}乙", "甲\\u{2028}乙"),
            ("甲##[error]乙 #[1]", "甲##\\u{5b}error]乙 #[1]"),
            ("\u{fdd0}\u{1fffe}", "\\u{fdd0}\\u{1fffe}"),
            (
                "全形　空白、\u{e000}罕用字與 emoji 😀",
                "全形　空白、\u{e000}罕用字與 emoji 😀",
            ),
        ] {
            assert_eq!(visible(hostile), expected);
        }
    }
}
