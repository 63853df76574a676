use super::{check, document, parsed, shape};

/// The place and the message of the one finding of a text.
#[track_caller]
fn explained(text: &str, place: &str, words: &str) {
    let parsed = parsed(text);
    let [finding] = &parsed.findings[..] else {
        panic!("{text}: {:#?}", parsed.findings)
    };
    assert_eq!(&*finding.policy, "syntax/not-yaml", "{text}");
    assert_eq!(finding.place.text(), place, "{text}");
    assert!(
        finding.message.zh_tw.contains(words),
        "{text}: {}",
        finding.message.zh_tw
    );
    assert!(finding.help.is_some() && !finding.message.en.is_empty());
    assert!(
        !parsed.document.expect("small enough").is_complete(),
        "{text}"
    );
}

#[test]
fn quotes() {
    explained("a: \"x\nb: 1\n", "\"", "引號沒有結束");
    explained("a: 'x\n", "'", "引號沒有結束");
    explained("a: [1, 'x", "'", "引號沒有結束");
    explained("a: \"x\" 其他\n", "其他", "引號結束後");
    explained("a: 'it's'\n", "s'", "引號結束後");
    explained("a: \"C:\\新\"\n", "\\新", "跳脫字元");
    explained("a: \"\\n\\q\"\n", "\\q", "跳脫字元");
    explained("a: \"\\x0\"\n", "\\x", "跳脫字元");
    for text in [
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\U00110000\"",
    ] {
        let escape = if text.contains('U') { "\\U" } else { "\\u" };
        explained(&format!("a: {text}\n"), escape, "不是一個完整的字");
    }
}

#[test]
fn brackets() {
    explained("a: [1, 2\nb: 3\n", "[", "沒有對應");
    explained("a: {b: 1", "{", "沒有對應");
    explained("a: {b: 1]\n", "{", "應為「}」");
    explained("a: ]\n", "]", "沒有對應的開頭");
    explained("a: [b] c: d]\n", "c: d]", "已經結束");
    explained("a: {\n  b: 1\n}\nc: 2\n", "}", "縮排不足");
    explained("a: [\n1,\n]\n", "1", "縮排不足");
    explained("{a: 1} b\n", "b", "已經結束");
}

#[test]
fn lines_and_indentation() {
    explained("a: b: c\n", ":", "另一個欄位");
    explained("a: b\n c: d\n", "c: d", "多縮排");
    explained("a:\n   b: 1\n  c: 2\n", "c: 2", "都不對齊");
    explained("a: 1\n- b\n", "- b", "混在同一層");
    explained("a:\n  - b: 1\n   c: 2\n", "c: 2", "不以「- 」開頭");
    explained("a: b\n級別\nc: d\n", "級別", "不是「欄位: 值」");
    explained("a: - b\n", "-", "同一行");
    explained("a:1\nb: 2\n", ":", "缺少空格");
}

#[test]
fn values_that_need_quotes() {
    explained("a: @x\n", "@", "開頭");
    explained("a: `x`\n", "`", "開頭");
    explained("a: %5\n", "%", "開頭");
    explained("a: >= 5\n", ">= 5", "換行書寫");
    explained("a: |x\n", "|x", "換行書寫");
    explained("a: x # c\n  y\n", "# c", "註解");
}

#[test]
fn reading_goes_on_at_the_next_key_at_the_margin() {
    let text = "a:\n  b: 1\n  c: [\nd: no\ne: @\nf:\n  g: *x\n";
    check(
        text,
        &[
            "not-yaml@[",
            "ambiguous-scalar@no",
            "not-yaml@@",
            "alias@*x",
        ],
    );
    let document = document(text);
    assert!(!document.is_complete());
    assert_eq!(
        shape(document.root()),
        r#"{a: {b: 1, c: []}, d: "no", f: {g: null}}"#
    );
}

#[test]
fn what_was_read_before_an_error_is_kept() {
    let document = document("- a: 1\n- b: 2\n  c: \"\n");
    assert!(!document.is_complete());
    assert_eq!(shape(document.root()), "[{a: 1}, {b: 2}]");
}

#[test]
fn a_key_is_repeated_across_an_error_too() {
    check("a: 1\nb: @\na: 2\n", &["not-yaml@@", "duplicate-key@a"]);
}

#[test]
fn reading_is_not_taken_up_again_for_ever() {
    let findings = parsed(&"a: @\n".repeat(1000)).findings;
    assert_eq!(findings.len(), 11);
}

#[test]
fn a_related_place_says_where_it_was_noticed() {
    let findings = parsed("a: \"x\nb: 1\n").findings;
    assert_eq!(findings[0].related[0].place.start().line, 2);
    let findings = parsed("a: [1\nb: 1\n").findings;
    assert_eq!(findings[0].related[0].place.text(), "b: 1");
}
