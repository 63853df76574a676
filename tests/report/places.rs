//! Places at the edges: empty files, ends of files, huge lines, spans of several lines.

use std::sync::Arc;

use plangate::check::Outcome;
use plangate::report::{Format, Options};
use plangate::text::{SourceFile, Span};
use serde_json::Value;

use crate::draft::finding;
use crate::written;

fn check(source: &str, span: Span, format: Format) -> String {
    let file = Arc::new(SourceFile::new("plan.yaml", source));
    let place = plangate::finding::Place::new(&file, span, "");
    let findings = vec![finding(
        "some-policy",
        place,
        ["標示", "label"],
        ["訊息", "message"],
    )];
    let outcome = Outcome {
        findings,
        ..Outcome::default()
    };
    written(format, &outcome, Options::default())
}

fn excerpt(source: &str, span: Span) -> String {
    let text = check(source, span, Format::Text);
    let end = text.find("\n\n").unwrap_or(text.len());
    text[..end].to_owned()
}

#[test]
fn an_empty_file_can_be_pointed_at() {
    let expected = "\
error[some-policy]: 訊息
 --> plan.yaml:1:1
  |
1 |
  | ^ 標示
  |
  = note: 依據：寫法規則 some-policy";
    assert_eq!(excerpt("", Span::at(0)), expected);
}

#[test]
fn the_end_of_a_file_can_be_pointed_at() {
    for (source, location) in [("a: 1\n", "2:1"), ("a: 1", "1:5"), ("a: 甲\r\n", "2:1")] {
        let text = excerpt(source, Span::at(source.len()));
        assert!(
            text.contains(&format!(" --> plan.yaml:{location}\n")),
            "{text}"
        );
        assert!(text.contains("^ 標示"), "{text}");
    }
}

#[test]
fn a_line_of_four_mebibytes_is_cut() {
    let source = format!("a: {}壞{}", "文".repeat(700_000), "字".repeat(700_000));
    let start = source.find('壞').expect("it is there");
    let text = excerpt(&source, Span::new(start, start + "壞".len()));
    let expected = format!(
        "\
error[some-policy]: 訊息
 --> plan.yaml:1:700004
  |
1 | …{}壞{}…
  |  {}^^ 標示
  |
  = note: 依據：寫法規則 some-policy",
        "文".repeat(20),
        "字".repeat(39),
        " ".repeat(40),
    );
    assert_eq!(text, expected);
}

#[test]
fn a_span_of_several_lines_shows_its_first() {
    let source = "a:\n  b: 1\n  c: 2\nd: 3\n";
    let span = Span::new(3, 17);
    let text = excerpt(source, span);
    assert!(text.contains("2 |   b: 1\n  | ^^^^^^ 標示"), "{text}");
    let log = check(source, span, Format::Github);
    assert!(
        log.starts_with("::error file=plan.yaml,line=2,endLine=3,title="),
        "{log}"
    );
}

#[test]
fn lines_and_characters_count_from_one_and_ends_are_exclusive() {
    let source = "a:\n  名稱: 公文\n  c: 甲乙\nd: 3\n";
    let start = source.find("公文").expect("it is there");
    let end = source.find('乙').expect("it is there");
    let span = Span::new(start, end);
    let json: Value = serde_json::from_str(&check(source, span, Format::Json)).expect("JSON");
    let finding = &json["findings"][0];
    let found = ["line", "column", "end_line", "end_column"].map(|key| finding[key].clone());
    assert_eq!(found, [2, 7, 3, 7]);
    let sarif: Value = serde_json::from_str(&check(source, span, Format::Sarif)).expect("JSON");
    let location = &sarif["runs"][0]["results"][0]["locations"][0];
    let region = &location["physicalLocation"]["region"];
    let found = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].clone());
    assert_eq!(found, [2, 7, 3, 7]);
}
