use super::{check, document, findings, parsed, shape};
use crate::finding::Severity;

#[test]
fn a_plan_of_the_profile_has_no_findings() {
    check(
        "# 註解：全形冒號在註解裡無妨\n---\nheader:\n  title: 甲機關資通安全維護計畫\n  issued: 111-04-27\n  \
         note: 說明：每年一次　辦理\n  url: https://example.gov.tw/\nlist:\n  - 範圍：全機關\n  - 'no'\n  - \"\\t\"\n\
         text: |\n  名稱：值\n  \ttab\nempty:\n...\n",
        &[],
    );
}

#[test]
fn characters_that_cannot_be_seen() {
    for (text, expected) in [
        ("a: x\0y\n", "nul@\0"),
        ("a: 1 # \u{7}\n", "control-character@\u{7}"),
        ("a: \u{85}x\n", "control-character@\u{85}"),
        ("a: 'x\u{2028}'\n", "control-character@\u{2028}"),
        ("a: x\u{9f}\n", "control-character@\u{9f}"),
        ("a: x\u{fffe}\n", "control-character@\u{fffe}"),
        ("# \u{202e}\na: 1\n", "bidirectional-character@\u{202e}"),
        ("a: |\n  x\u{2066}\n", "bidirectional-character@\u{2066}"),
        ("a: x\u{200b}y\n", "invisible-character@\u{200b}"),
        ("a: x\u{feff}y\n", "invisible-character@\u{feff}"),
        ("a: x\u{e0041}y\n", "invisible-character@\u{e0041}"),
    ] {
        check(text, &[expected]);
        assert!(document(text).is_complete(), "{text:?}");
    }
    check("a: 👨‍👩‍👧\n", &[]);
}

#[test]
fn a_character_that_cannot_be_seen_is_found_wherever_it_stands() {
    for before in 0..70 {
        for text in ["x", "名"].map(|one| format!("# {}\u{202e}", one.repeat(before))) {
            for after in ["", "x", &"名".repeat(40)] {
                check(
                    &format!("{text}{after}\n"),
                    &["bidirectional-character@\u{202e}"],
                );
            }
        }
    }
}

#[test]
fn a_forbidden_character_hides_nothing_else() {
    check(
        "a: x\u{1}y\n\u{c}\nb: no\nb: 2\n",
        &[
            "control-character@\u{1}",
            "control-character@\u{c}",
            "ambiguous-scalar@no",
            "duplicate-key@b",
        ],
    );
    assert_eq!(
        shape(document("a: x\u{1}y\n\u{c}\nb: 1\n").root()),
        r#"{a: "x_y", b: 1}"#
    );
}

#[test]
fn escapes_bring_no_forbidden_character_in() {
    check("a: \"\\0\"\n", &["nul@\"\\0\""]);
    check(
        "a: \"\\u202E\"\nb: \"\\x07\"\nc: \"\\L\"\n",
        &[
            "bidirectional-character@\"\\u202E\"",
            "control-character@\"\\x07\"",
            "control-character@\"\\L\"",
        ],
    );
    check("\"\\0\": 1\n", &["nul@\"\\0\""]);
    // One that stands there as it is has its finding already.
    check(
        "a: \"\\n\u{202e}\"\n",
        &["bidirectional-character@\u{202e}"],
    );
    check("a: \"\\t\\n\\\\ \\u7532 \\uD83D\\uDE00\"\n", &[]);
}

#[test]
fn tabs_outside_of_texts() {
    check("a:\n\tb: c\n", &["tab@\t"]);
    check("\ta: b\n", &["tab@\t"]);
    check("a:\tb\t# c\td\n", &["tab@\t", "tab@\t"]);
    check(
        "a: \"x\ty\"\nb: 'x\n  \ty'\nc: |\n  \tx\n\"k\tk\": 1\n# \t\n",
        &[],
    );
    check("a: x\ty\n", &["tab@\t"]);
    let write = |text| {
        parsed(text).findings[0]
            .write
            .clone()
            .map(|edit| edit.apply(text))
    };
    assert_eq!(write("a:\tb\n").as_deref(), Some("a: b\n"));
    assert_eq!(write("a:\n\tb: c\n"), None);
}

#[test]
fn a_lone_carriage_return_is_no_line_end() {
    check("a: 1\rb: 2\n", &["control-character@\r"]);
    check("a: 1\r\nb: 2\r\n", &[]);
}

#[test]
fn wide_colons_where_a_key_could_stand() {
    check("名稱：值\n", &["full-width-colon@："]);
    check(
        "名稱：值\n級別：A\n",
        &["full-width-colon@：", "full-width-colon@："],
    );
    check("名稱：值\n級別: A\n", &["full-width-colon@："]);
    check(
        "header:\n  title：甲\n  agency: 乙\n",
        &["full-width-colon@："],
    );
    check(
        "header:\n  title: 甲\n  agency：乙\n  edition：1\nb: 1\n",
        &["full-width-colon@：", "full-width-colon@："],
    );
    check("header:\n  title：甲\n", &["full-width-colon@："]);
    check(
        "header:\n  名稱：甲\n  級別：A\n",
        &["full-width-colon@：", "full-width-colon@："],
    );
    let text = "header:\n  title：甲\n";
    let edit = parsed(text).findings[0]
        .write
        .clone()
        .expect("it is known what to write");
    assert_eq!(
        shape(document(&edit.apply(text)).root()),
        r#"{header: {title: "甲"}}"#
    );
}

#[test]
fn wide_colons_in_prose_are_prose() {
    for text in [
        "a: 說明：內容\n",
        "a:\n  說明：這是一段\n  很長的文字\n",
        "- 範圍：全機關\n- 期間：一年\n",
        "a: '名稱：值'\n",
        "a: |\n  title：甲\n",
        "a: [範圍：全機關]\n",
        "\"a：\": 1\n",
        "a: name：x\n",
    ] {
        check(text, &[]);
    }
    let warned = parsed("- email：以電子郵件\n").findings;
    assert_eq!(
        warned[0].severity,
        Severity::Warning,
        "a list may hold such prose"
    );
}

#[test]
fn wide_spaces_at_keys_and_colons() {
    check(
        "名稱:\u{3000}值\n級別: A\n",
        &["ideographic-space@\u{3000}"],
    );
    check(
        "a: 1\nname:\u{3000}x\nb: 2\n",
        &["ideographic-space@\u{3000}"],
    );
    check("\u{3000}a: 1\n", &["ideographic-space@\u{3000}"]);
    check("a\u{a0}: 1\n", &["ideographic-space@\u{a0}"]);
    check(
        "a: \u{3000}x\u{3000}y\u{3000}\n",
        &["ideographic-space@\u{3000}", "ideographic-space@\u{3000}"],
    );
    check("a: x\u{3000}y\nb: '\u{3000}x'\n", &[]);
    assert_eq!(
        parsed("a: x\u{3000}\n").findings[0].severity,
        Severity::Warning
    );
    assert_eq!(
        parsed("a\u{3000}: x\n").findings[0].severity,
        Severity::Error
    );
}

#[test]
fn duplicate_keys_are_found_at_the_second_and_the_first_counts() {
    let text = "a: 1\nb: {c: 1, \"c\": 2}\na: 2\na: 3\n";
    check(
        text,
        &["duplicate-key@\"c\"", "duplicate-key@a", "duplicate-key@a"],
    );
    assert_eq!(shape(document(text).root()), "{a: 1, b: {c: 1}}");
    let finding = &parsed(text).findings[1];
    assert_eq!(finding.place.start().line, 3);
    assert_eq!(finding.related[0].place.start().line, 1);
    check("a: 1\nA: 2\n", &[]);
}

#[test]
fn findings_inside_of_a_repeated_key_are_kept() {
    check(
        "a: 1\na:\n  - no\n",
        &["duplicate-key@a", "ambiguous-scalar@no"],
    );
}

#[test]
fn anchors_aliases_merge_keys_and_tags() {
    let text = "a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  d: !t 1\n";
    check(
        text,
        &[
            "anchor@&x",
            "alias@*x",
            "merge-key@<<",
            "alias@*x",
            "tag@!t",
        ],
    );
    assert_eq!(
        shape(document(text).root()),
        "{a: {k: 1}, b: null, c: {d: 1}}"
    );
    check("a: *nowhere\n", &["alias@*nowhere"]);
    check("&a b: 1\n*b : 2\n", &["anchor@&a", "alias@*b"]);
    check("a: &x [*x]\n", &["anchor@&x", "alias@*x"]);
    check("\"<<\": 1\n", &[]);
    check(
        "a: !!str 1\nb: !<tag:x,2000:y> 2\n",
        &["tag@!!str", "tag@!<tag:x,2000:y>"],
    );
    check("a: !x!y 1\nb: 2\n", &["tag@!x!y"]);
    check("a: * 必填\nb: 2\n", &["alias@*"]);
}

#[test]
fn directives_and_further_documents() {
    check(
        "%YAML 1.1\n# c\n%TAG !e! tag:x,2000:\n---\na: no\n",
        &[
            "directive@%YAML 1.1",
            "directive@%TAG !e! tag:x,2000:",
            "ambiguous-scalar@no",
        ],
    );
    check("%FOO\na: 1\n", &["directive@%FOO"]);
    check("%YAML 2.0\n---\na: 1\n", &["directive@%YAML 2.0"]);
    check("a: 1\n---\nb: *x\n", &["several-documents@---"]);
    assert_eq!(findings("a: 1\n...\nb: 2\n").len(), 1);
    assert_eq!(shape(document("a: 1\n---\nb: 2\n").root()), "{a: 1}");
    check("---\na: 1\n...\n", &[]);
}

#[test]
fn keys_are_strings() {
    check(
        "1: a\ntrue: b\n~: c\n1.5: d\n.inf: e\n012: f\n",
        &[
            "non-string-key@1",
            "non-string-key@true",
            "non-string-key@~",
            "non-string-key@1.5",
            "non-string-key@.inf",
            "non-string-key@012",
        ],
    );
    check(": a\n", &["non-string-key@"]);
    check("? [a]\n: *b\nc: 1\n", &["non-string-key@[", "alias@*b"]);
    check("? a: 1\n: 2\n", &["non-string-key@a"]);
    check("\"1\": a\nno: b\n", &["ambiguous-scalar@no"]);
    assert_eq!(
        shape(document("1: a\n? {b: c}\n: 2\nd: 3\n").root()),
        r#"{1: "a", d: 3}"#
    );
}

#[test]
fn values_that_readers_take_differently() {
    check(
        "- no\n- 012\n- 1_0\n- 0b11\n- 12:30\n- tRUE\n- 99999999999999999999\n",
        &[
            "ambiguous-scalar@no",
            "ambiguous-scalar@012",
            "ambiguous-scalar@1_0",
            "ambiguous-scalar@0b11",
            "ambiguous-scalar@12:30",
            "ambiguous-scalar@tRUE",
            "ambiguous-scalar@99999999999999999999",
        ],
    );
    check(
        "- 'no'\n- \"012\"\n- 2026-11-20\n- 108.02.18\n- true\n- 12\n",
        &[],
    );
    check(
        "- .inf\n- 1e999\n",
        &["non-finite-number@.inf", "non-finite-number@1e999"],
    );
    let text = "a: no\n";
    let edit = parsed(text).findings[0]
        .write
        .clone()
        .expect("it is known what to write");
    assert_eq!(edit.apply(text), "a: \"no\"\n");
}

#[test]
fn depth_is_counted_over_blocks_and_brackets() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    check(&nested(32), &[]);
    check(
        &format!("a: {}\nb: no\n", nested(31)),
        &["ambiguous-scalar@no"],
    );
    check(
        &format!("a: {}\nb: no\n", nested(32)),
        &["too-deep@[", "ambiguous-scalar@no"],
    );
    let block = (0..40).fold(String::new(), |block, level| {
        block + &"  ".repeat(level) + "a:\n"
    });
    check(&(block + "b: no\n"), &["too-deep@a", "ambiguous-scalar@no"]);
}

#[test]
fn a_rule_is_shown_a_hundred_times_and_then_counted() {
    let findings = parsed(&"- no\n".repeat(250)).findings;
    assert_eq!(findings.len(), 100);
    assert!(
        findings[99].message.en.contains("150 more"),
        "{}",
        findings[99].message.en
    );
    assert!(!findings[98].message.en.contains("more"));
}
