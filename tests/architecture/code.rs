//! Rust source as the rules see it: comments and literals blanked out, so that a word in prose is
//! never taken for code. Line numbers and byte offsets stay as they are.

/// The text with every comment and every text, byte or character literal replaced by blanks.
pub(crate) fn code_only(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after_word = out.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let length = blanked(rest, after_word);
        let (taken, left) = rest.split_at(length.unwrap_or(first.len_utf8()));
        match length {
            Some(_) => out.extend(taken.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' })),
            None => out.push_str(taken),
        }
        rest = left;
    }
    out
}

/// How many bytes at the start of `rest` are a comment or a literal.
fn blanked(rest: &str, after_word: bool) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    let prefix = rest.len() - rest.trim_start_matches(['b', 'c', 'r']).len();
    let body = &rest[prefix..];
    if prefix > 0 && after_word {
        return None;
    }
    if rest[..prefix].ends_with('r') && body.starts_with(['#', '"']) {
        return raw_text(body).map(|length| prefix + length);
    }
    if body.starts_with('"') {
        return Some(prefix + quoted(body, '"'));
    }
    (body.starts_with('\'') && is_character(body)).then(|| prefix + quoted(body, '\''))
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest[at..];
        at += match here {
            _ if here.starts_with("/*") => {
                depth += 1;
                2
            }
            _ if here.starts_with("*/") => {
                depth -= 1;
                2
            }
            _ => here.chars().next().map_or(1, char::len_utf8),
        };
        if depth == 0 {
            break;
        }
    }
    at
}

fn raw_text(body: &str) -> Option<usize> {
    let hashes = body.len() - body.trim_start_matches('#').len();
    let inner = body[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
    Some(hashes + 1 + length)
}

fn quoted(body: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in body.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    body.len()
}

/// `'x'` and `'\n'` are characters, `'x` is a lifetime.
fn is_character(body: &str) -> bool {
    let mut inner = body.chars().skip(1);
    match (inner.next(), inner.next()) {
        (Some('\\'), _) => true,
        (Some(_), second) => second == Some('\''),
        _ => false,
    }
}

/// Words and punctuation of code, each with its line, from 1. `::` is one of them.
pub(crate) fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let length = match word {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                word => word,
            };
            found.push((index + 1, &rest[..length]));
            rest = rest[length..].trim_start();
        }
    }
    found
}

/// How many lines are not in an inline module under `#[cfg(test)]`.
pub(crate) fn lines_without_tests(code: &str) -> usize {
    let tokens = tokens(code);
    let mut left_out = 0;
    let mut at = 0;
    while at < tokens.len() {
        let words: Vec<&str> = tokens[at..].iter().take(8).map(|&(_, word)| word).collect();
        if words != ["#", "[", "cfg", "(", "test", ")", "]", "mod"] {
            at += 1;
            continue;
        }
        let first = tokens[at].0;
        at = end_of_item(&tokens, at + 8);
        left_out += tokens[at - 1].0 + 1 - first;
    }
    code.lines().count() - left_out
}

/// The token after the `;` or the closing brace that ends the item.
fn end_of_item(tokens: &[(usize, &str)], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, &(_, word)) in tokens.iter().enumerate().skip(from) {
        match word {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(word, ";" | "}") {
            return at + 1;
        }
    }
    tokens.len()
}

/// The modules of the crate's root that code names, each with its line: by `crate::…`, also in a
/// group, and by as many `super::` as lead out of the module. `depth` is how many modules lie
/// between the root and the file: 1 for `text/mod.rs`, 2 for `text/date.rs`.
pub(crate) fn named_modules(code: &str, depth: usize) -> Vec<(usize, String)> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut inline: Vec<usize> = Vec::new();
    let mut braces = 0_usize;
    let mut at = 0;
    while at < tokens.len() {
        let word = |offset: usize| tokens.get(at + offset).map_or("", |&(_, word)| word);
        match word(0) {
            "mod" if word(2) == "{" => inline.push(braces),
            "{" => braces += 1,
            "}" => {
                braces = braces.saturating_sub(1);
                inline.retain(|&opened| opened < braces);
            }
            "crate" if word(1) == "::" => first_names(&tokens, at + 2, &mut found),
            "super" if word(1) == "::" => {
                let mut chain = 1;
                while word(2 * chain) == "super" && word(2 * chain + 1) == "::" {
                    chain += 1;
                }
                if chain == depth + inline.len() {
                    first_names(&tokens, at + 2 * chain, &mut found);
                }
                at += 2 * chain - 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The name at a token, or the first names of the paths in the group that opens there.
fn first_names(tokens: &[(usize, &str)], from: usize, found: &mut Vec<(usize, String)>) {
    let mut depth = 0_usize;
    let mut before = "";
    for &(line, word) in tokens.iter().skip(from) {
        match word {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ if depth == 0 || (depth == 1 && matches!(before, "{" | ",")) => {
                found.push((line, word.to_owned()));
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        before = word;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        for text in [
            "// HashMap\n",
            "/* HashMap /* HashMap */ */",
            "\"HashMap \\\" HashMap\"",
            "r#\"HashMap \" HashMap\"#",
            "b\"HashMap\"",
            "br\"HashMap\"",
            "'\\u{41}' 'H' \"HashMap\"",
        ] {
            assert!(!code_only(text).contains("HashMap"), "{text}");
        }
        for text in [
            "fn f<'a>(x: &'a HashMap)",
            "let r = \"\"; HashMap",
            "'x' HashMap 'y'",
        ] {
            assert!(code_only(text).contains("HashMap"), "{text}");
        }
    }

    #[test]
    fn blanking_keeps_offsets() {
        let text = "a // 甲\n\"乙\nb\" c";
        let code = code_only(text);
        assert_eq!(code.len(), text.len());
        assert_eq!(code.find('c'), text.find('c'));
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn lines_of_an_inline_test_module_do_not_count() {
        let text = "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}\nfn h() {}\n";
        assert_eq!(lines_without_tests(text), 3);
        assert_eq!(
            lines_without_tests("#[cfg(test)]\nmod tests;\nfn h() {}\n"),
            1
        );
        assert_eq!(lines_without_tests("#[cfg(test)]\nuse a::b;\n"), 2);
    }

    fn names(text: &str, depth: usize) -> Vec<String> {
        named_modules(text, depth)
            .into_iter()
            .map(|(_, name)| name)
            .collect()
    }

    #[test]
    fn modules_are_named_in_paths_and_groups() {
        assert_eq!(names("use crate::text::Span;", 2), ["text"]);
        assert_eq!(
            names("use crate::{text::{Span, Day}, finding::Finding};", 2),
            ["text", "finding"]
        );
        assert_eq!(
            names("let x: crate::plan::Plan = crate::cel::f();", 2),
            ["plan", "cel"]
        );
        assert!(names("use super::crate_of; use self::a;", 2).is_empty());
    }

    #[test]
    fn super_counts_where_it_leads_to_the_root() {
        assert_eq!(names("use super::text::Span;", 1), ["text"]);
        assert_eq!(names("use super::super::text::Span;", 2), ["text"]);
        assert!(names("use super::text::Span;", 2).is_empty());
        assert!(names("mod tests { use super::text::Span; }", 1).is_empty());
        assert_eq!(names("mod tests { } use super::text::Span;", 1), ["text"]);
        assert_eq!(
            names("mod tests { use super::super::text::Span; }", 1),
            ["text"]
        );
    }
}
