//! Values of a plan that try to leave their place, in every format.

use std::sync::Arc;

use plangate::check::Outcome;
use plangate::finding::{Basis, Citation, Edit, Finding, Place, Verdict};
use plangate::report::{Format, Options};
use plangate::text::{Localized, SourceFile, Span};
use serde_json::Value;

use crate::draft::{body, date, finding, plan, related, rule, subjects};
use crate::written;

pub(crate) const HOSTILE: [&str; 18] = [
    "第一\n第二\r\n::error file=x::偽造\n",
    "::error file=a,line=1::偽造",
    "::stop-commands::x",
    "##[error]偽造 ##[stop-commands]x",
    "\u{1b}[2J\u{1b}]0;標題\u{7}\u{9b}31m",
    "]]>",
    "```\n# 標題\n```",
    "`碼` **粗** _斜_ ~~刪~~ | 格 | 格 |",
    "<script>alert(1)</script><!-- 藏 --><b>",
    "[點此](https://evil.test) ![圖](https://evil.test/x.png) https://evil.test www.evil.test",
    "@octocat #12 GH-3 owner/repo#4 a@evil.test",
    "\u{202e}倒寫\u{202c}\u{2066}\u{200b}\u{feff}",
    "甲\u{2028}乙\u{2029}丙\u{85}丁",
    "- 一\n1. 二\n> 三",
    "{0} {{1}} {body.name} %0A %25 50%",
    "\u{fdd0}0\u{fdd1}:1:1",
    "\"\\\u{0}\t'",
    "[^1]: 註 $x$ :tada: &lt;b&gt; &#64;octocat",
];

/// One outcome for each hostile value, which stands wherever a plan or a local pack has a say.
pub(crate) fn outcomes() -> impl Iterator<Item = (Outcome, &'static str)> {
    HOSTILE.into_iter().map(|value| (outcome(value), value))
}

pub(crate) fn outcome(value: &str) -> Outcome {
    let text = format!("a: 1\nb: \"{value}\"\nc: 3\n");
    let file = Arc::new(SourceFile::new(format!("plans/{value}.yaml"), text));
    let findings: Vec<_> = Verdict::ALL
        .into_iter()
        .map(|kind| one(&file, value, kind))
        .collect();
    let mut summary = plan(&file, value, date("2026-11-21"));
    summary.edition = Some(value.into());
    summary.bodies = vec![
        body(value, 'A', &[(1, Verdict::Fail, 1)]),
        body(&format!("{value}{value}"), 'B', &[(2, Verdict::Pass, 1)]),
    ];
    Outcome {
        rules: vec![rule(&findings[0], Some(1), Some(value))],
        findings,
        plans: vec![summary],
        items: std::array::from_fn(|_| Localized::same(value)),
        ..Outcome::default()
    }
}

fn one(file: &Arc<SourceFile>, value: &str, verdict: Verdict) -> Finding {
    let value_start = "a: 1\nb: \"".len();
    let span = Span::new(value_start, value_start + value.len());
    let mut place = Place::new(file, span, format!("bodies[{value}].name"));
    place.title = Some(Localized::same(value).into());
    let mut finding = finding("hostile-value", place.clone(), [value; 2], ["x", "y"]);
    finding.message = Localized::same(format!("甲{value}"));
    finding.verdict = verdict;
    finding.related = vec![related(place, value, value)];
    finding.basis = Basis::Local(Citation {
        name: Localized::same(value).into(),
        row: Some(Localized::same(value).into()),
        url: Some(value.into()),
        confidence: "verified",
        ..Citation::default()
    });
    finding.help = Some(Localized::same(value));
    finding.write = Some(Edit {
        span,
        text: rewritten(value),
    });
    finding.bodies = subjects("hostile-value", &[value, "乙", "丙", "丁"]);
    finding
}

/// What the edit of a hostile value writes: other lines, so that there is something to show.
fn rewritten(value: &str) -> String {
    format!("{value}改")
}

const ALL: Options = Options {
    language: plangate::text::Language::ZhTw,
    color: false,
    fail_on: plangate::finding::Severity::Error,
    all: true,
};

pub(crate) fn acts(character: char) -> bool {
    character.is_control() && character != '\n'
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[test]
fn text_shows_no_character_that_acts() {
    for (outcome, value) in outcomes() {
        let text = written(Format::Text, &outcome, ALL);
        assert!(!text.chars().any(acts), "{value:?}\n{text}");
        assert!(
            !text
                .lines()
                .any(|line| line.trim_start().starts_with("::error")),
            "{text}"
        );
        assert!(!text.contains("\u{fdd0}"), "{value:?}\n{text}");
    }
}

#[test]
fn threat_06_a_workflow_sees_only_our_commands() {
    for (outcome, value) in outcomes() {
        let log = written(Format::Github, &outcome, ALL);
        assert!(
            !log.chars().any(acts) && !log.contains("##["),
            "{value:?}\n{log}"
        );
        let commands = log
            .lines()
            .filter(|line| line.trim_start().starts_with("::"))
            .count();
        assert_eq!((commands, log.lines().count()), (8, 9), "{value:?}\n{log}");
        for line in log.lines().take(8) {
            let (properties, _) = line[2..].split_once("::").expect("a command has data");
            let names: Vec<_> = properties
                .split_once(' ')
                .expect("properties")
                .1
                .split(',')
                .filter_map(|property| Some(property.split_once('=')?.0))
                .collect();
            let one_line = ["file", "line", "col", "endLine", "endColumn", "title"];
            let several = ["file", "line", "endLine", "title"];
            assert!(names == one_line || names == several, "{value:?} {names:?}");
        }
    }
}

#[test]
fn json_and_sarif_give_the_value_back() {
    for (outcome, value) in outcomes() {
        let json: Value =
            serde_json::from_str(&written(Format::Json, &outcome, ALL)).expect("JSON");
        assert_eq!(json["findings"][0]["message"]["en"], format!("甲{value}"));
        assert_eq!(json["findings"][0]["write"]["text"], rewritten(value));
        let sarif: Value =
            serde_json::from_str(&written(Format::Sarif, &outcome, ALL)).expect("JSON");
        let result = &sarif["runs"][0]["results"][0];
        let written = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(written["insertedContent"]["text"], rewritten(value));
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(uri.as_str().expect("a URI").is_ascii());
    }
}

/// The kinds of the nodes of a Markdown document, in order, read with every extension of GitHub.
pub(crate) fn shape(markdown: &str) -> Vec<String> {
    use comrak::{Arena, Options, nodes::NodeValue};
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut kinds: Vec<String> = Vec::new();
    for node in root.descendants() {
        let value = &node.data().value;
        // The reader may cut one stretch of words into several.
        if !matches!(value, NodeValue::Text(_) | NodeValue::Escaped) {
            let kind = format!("{value:?}");
            kinds.push(kind.split(['(', ' ']).next().unwrap_or_default().to_owned());
        }
    }
    kinds
}

#[test]
fn a_sheet_keeps_its_shape() {
    let plain = shape(&written(Format::Markdown, &outcome("甲"), ALL));
    assert!(
        plain.iter().any(|kind| kind == "CodeBlock") && plain.len() > 100,
        "{plain:?}"
    );
    for (outcome, value) in outcomes() {
        let sheet = written(Format::Markdown, &outcome, ALL);
        assert_eq!(shape(&sheet), plain, "{value:?}\n{sheet}");
        assert!(!sheet.chars().any(acts), "{value:?}\n{sheet}");
        let mentions = sheet
            .match_indices('@')
            .filter(|(at, _)| !sheet[at + 1..].starts_with('\u{200b}'));
        let outside = mentions.filter(|(at, _)| !is_code(&sheet, *at)).count();
        assert_eq!(outside, 0, "{value:?}\n{sheet}");
    }
}

/// Whether a byte stands in a fenced block or in a code span that our own writer opened.
pub(crate) fn is_code(sheet: &str, at: usize) -> bool {
    let line_start = sheet[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let fences = sheet[..line_start]
        .lines()
        .filter(|line| line.trim_start().starts_with("```"));
    fences.count() % 2 == 1 || sheet[line_start..at].contains('`')
}
