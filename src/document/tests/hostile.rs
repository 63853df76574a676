//! Inputs made to exhaust a reader. They prove something by ending: an answer of megabytes, a stack
//! that grows with the nesting or a quadratic step would not.

use super::{findings, parsed};
use crate::document::{Limits, Node, read};

/// As much of a pattern as a file may hold.
fn megabyte(pattern: &str) -> String {
    pattern.repeat(Limits::default().bytes / pattern.len())
}

#[test]
fn nesting_does_not_reach_the_stack() {
    for pattern in ["[", "- ", "{a: ", "? ", "[{a: ", "- - ? "] {
        let found = findings(&pattern.repeat(100_000));
        assert!(found.len() <= 4, "{pattern}: {found:?}");
        assert!(!found.is_empty(), "{pattern}");
    }
    let steps = (0..1000).fold(String::new(), |steps, level| {
        steps + &" ".repeat(level) + "a:\n"
    });
    assert_eq!(findings(&steps), ["too-deep@a"]);
}

#[test]
fn a_bomb_is_refused_at_its_first_alias() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
    let parsed = parsed(bomb);
    assert_eq!(parsed.findings.len(), 9);
    assert_eq!(parsed.document.map(|document| document.len()), Some(13));
}

#[test]
fn maps_of_many_keys_are_not_compared_one_by_one() {
    let distinct = (0..60_000).fold(String::new(), |keys, key| keys + &format!("k{key}: 1\n"));
    assert!(findings(&distinct).is_empty());
    assert_eq!(parsed(&megabyte("a: 1\n")).findings.len(), 101);
}

#[test]
fn answers_do_not_grow_with_the_fault() {
    for pattern in [
        "\t",
        "\0",
        "\u{202e}",
        "\u{3000}",
        "- &a b\n",
        "- *a\n",
        "- !a b\n",
        "- no\n",
        "名稱：值\n",
        "- a：值\n",
        "a:\u{3000}b\n",
        "%A b\n",
        "---\n",
        "a: \"\n",
        "a: [\n",
        "a: b: c\n",
        "\"\\u0000\",",
        "? a\n",
        ": ",
        "\r",
        "a: 1\r",
    ] {
        let findings = parsed(&pattern.repeat(300_000 / pattern.len())).findings;
        assert!(!findings.is_empty(), "{pattern:?}");
        assert!(findings.len() <= 300, "{pattern:?}: {}", findings.len());
        let words: usize = findings
            .iter()
            .map(|finding| finding.message.zh_tw.len())
            .sum();
        assert!(words < 100_000, "{pattern:?}: {words}");
    }
}

#[test]
fn long_scalars_make_short_messages() {
    for scalar in [
        "1".repeat(500_000),
        "1_".repeat(250_000) + "1",
        format!("1e{}", "9".repeat(500_000)),
    ] {
        let findings = parsed(&scalar).findings;
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.en.len() < 300);
    }
}

#[test]
fn long_lines_and_long_texts() {
    for text in [
        megabyte("a"),
        megabyte("中"),
        megabyte("#"),
        megabyte(" "),
        megabyte("a\n"),
        megabyte("\r\n"),
        format!("a: |\n{}", "  x\n".repeat(200_000)),
        format!("a: |+\n{}", "\n".repeat(900_000)),
        format!("\"{}\"", "\\u0041".repeat(100_000)),
        format!("[{}]", "甲：,".repeat(90_000)),
    ] {
        assert!(parsed(&text).document.is_some());
    }
    assert_eq!(
        findings(&format!("[{}]", "a,".repeat(120_000))),
        ["too-many-nodes@a"]
    );
}

#[test]
fn a_file_cut_off_anywhere_keeps_its_beginning() {
    let whole =
        "header:\n  title: \"甲\\u7532\"\n  list: [a, {b: 'c'}]\ntext: |\n  x\n  y\nend: &a *a\n";
    for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
        let document = parsed(&whole[..end]).document.expect("small enough");
        let title = document
            .root()
            .get("header")
            .and_then(|header| header.get("title"));
        if end >= 30 {
            assert_eq!(
                title.and_then(Node::as_str),
                Some("甲甲"),
                "{}",
                &whole[..end]
            );
        }
    }
}

#[test]
fn four_megabytes_are_refused_at_the_door() {
    let (_, parsed) = read("plan.yaml", &vec![b'['; 4 << 20], Limits::default());
    assert!(parsed.document.is_none());
    assert_eq!(parsed.findings.len(), 1);
}
