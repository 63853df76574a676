//! Comments of a pull request: goldens, hostile values, suggestions, limits.

use plangate::finding::{Edit, Finding};
use plangate::report::pull_request::{Links, comment, fit, fixed, suggestion};
use plangate::text::{Language, SourceFile, Span};
use proptest::prelude::*;

use crate::goldens::compare;
use crate::hostile::{HOSTILE, acts, is_code, outcome, shape};
use crate::sample;

/// Links of a forge that nobody visits.
struct Forge;

impl Links for Forge {
    fn line(&self, path: &str, line: usize) -> String {
        format!("https://forge.example/甲/blob/0a1b/{path}#L{line}")
    }

    fn edit(&self, path: &str, line: usize) -> Option<String> {
        let encoded: String = path.bytes().map(|byte| format!("%{byte:02X}")).collect();
        Some(format!(
            "https://forge.example/edit/topic/{encoded}#L{line}"
        ))
    }
}

fn suggested(finding: &Finding) -> Option<plangate::report::pull_request::Suggestion> {
    let edit = finding.write.as_ref()?;
    suggestion(&finding.place.file, edit)
}

fn all(language: Language) -> String {
    let outcome = sample::outcome();
    let comments = outcome.findings.iter().map(|finding| {
        let with = suggested(finding);
        comment(finding, with.as_ref(), &Forge, language)
    });
    let mut comments: Vec<String> = comments.collect();
    comments.push(fixed("0123456789abcdef", language) + "\n");
    comments.join("\n----\n\n")
}

#[test]
fn each_finding_has_a_comment() {
    for language in Language::ALL {
        let name = format!("comments.{}.md", language.tag());
        compare(&name, &all(language));
    }
}

fn hostile_comment(value: &str) -> String {
    let outcome = outcome(value);
    comment(&outcome.findings[0], None, &Forge, Language::ZhTw)
}

fn is_inert(value: &str, text: &str) -> Result<(), String> {
    let plain = shape(&hostile_comment("甲"));
    if shape(text) != plain {
        return Err(format!("another shape: {value:?}\n{text}"));
    }
    if text.chars().any(acts) {
        return Err(format!("a character acts: {value:?}\n{text}"));
    }
    let mut mentions = text
        .match_indices('@')
        .filter(|(at, _)| !text[at + 1..].starts_with('\u{200b}'));
    match mentions.find(|(at, _)| !is_code(text, *at)) {
        Some(_) => Err(format!("a mention: {value:?}\n{text}")),
        None => Ok(()),
    }
}

#[test]
fn threat_19_threat_20_threat_21_whatever_a_plan_says_is_inert() {
    for value in HOSTILE {
        is_inert(value, &hostile_comment(value)).unwrap_or_else(|why| panic!("{why}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_a_stranger_writes_is_inert(
        parts in prop::collection::vec(prop_oneof![
            "[\\PC\\s]{0,12}",
            prop::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
            "[`*_<>@#\\[\\]()|~$!&;:/.\\-+=0-9a-z \n]{0,16}",
        ], 1..5),
    ) {
        let value = parts.concat();
        prop_assume!(!value.trim().is_empty());
        if let Err(why) = is_inert(&value, &hostile_comment(&value)) {
            return Err(TestCaseError::fail(why));
        }
    }
}

#[test]
fn an_accepted_suggestion_is_the_edit() {
    let text = "a:\n  b: 1\n  c: [x]\nd: 2\n";
    let file = SourceFile::new("plan.yaml", text);
    for (span, new) in [
        (Span::new(8, 9), "3"),
        (Span::new(10, 10), "  e: 4\n"),
        (Span::new(5, 19), "b: 3\n  c: [y, z]"),
        (Span::new(24, 24), "f: 5\n"),
    ] {
        let edit = Edit {
            span,
            text: new.to_owned(),
        };
        let suggested = suggestion(&file, &edit).expect("lines to stand on");
        let mut lines: Vec<&str> = text.lines().collect();
        let (first, last) = (
            *suggested.lines.start() as usize,
            *suggested.lines.end() as usize,
        );
        let replaced = lines.splice(first - 1..last, suggested.text.lines());
        drop(replaced);
        assert_eq!(lines.join("\n") + "\n", edit.apply(text), "{suggested:?}");
    }
}

#[test]
fn what_would_be_changed_on_the_way_is_no_suggestion() {
    let windows = SourceFile::new("plan.yaml", "a: 1\r\nb: 2\r\n");
    let edit = |new: &str| Edit {
        span: Span::new(3, 4),
        text: new.to_owned(),
    };
    assert_eq!(suggestion(&windows, &edit("3")), None);
    let plain = SourceFile::new("plan.yaml", "a: 1\nb: 2\n");
    assert_eq!(suggestion(&plain, &edit("\"\u{202e}\"")), None);
    assert!(suggestion(&plain, &edit("3")).is_some());
    // Before the first line there is nothing to stand on.
    let first = Edit {
        span: Span::new(0, 0),
        text: "z: 0\n".to_owned(),
    };
    assert_eq!(suggestion(&plain, &first), None);
}

#[test]
fn edge_63_a_long_text_is_cut_at_whole_entries_and_says_how_many_are_left() {
    let entries: Vec<String> = (0..10).map(|at| format!("- entry {at}\n")).collect();
    let rest = |count: usize| format!("- {count} more\n");
    let fitted = |limit| {
        let mut text = String::new();
        let shown = fit(&mut text, &entries, limit, 20, rest);
        assert!(text.len() + 20 <= limit.max(20 + 10), "{text}");
        (shown, text)
    };
    assert_eq!(fitted(1000), (10, entries.concat()));
    let (shown, text) = fitted(60);
    assert!(
        shown < 10 && text.ends_with(&format!("- {} more\n", 10 - shown)),
        "{text}"
    );
    assert_eq!(fitted(30).1, "- 10 more\n");
}
