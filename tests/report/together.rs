//! Findings of one place and one cause: once for readers, each by itself for programs.

use std::sync::Arc;

use plangate::check::Outcome;
use plangate::finding::{Cause, Finding, Verdict};
use plangate::report::{Format, Options};
use plangate::text::{Localized, SourceFile};

use crate::draft::{finding, place};
use crate::written;

/// Three duties at one annex, as `verdict`; the third has a cause of its own.
fn outcome(verdict: Verdict) -> Outcome {
    let file = Arc::new(SourceFile::new("plan.yaml", "bodies: { annex: list }\n"));
    let one = |policy: &str, title: &str, cause: &str| -> Finding {
        let at = place(&file, "{ annex: list }", "bodies");
        let mut finding = finding(policy, at, [title, policy], [cause, cause]);
        finding.verdict = verdict;
        finding.cause = Some(Box::new(Cause {
            why: Localized::same(cause),
            about: Localized::same(title).into(),
        }));
        finding
    };
    Outcome {
        findings: vec![
            one("too-few", "人數不足", "附件未隨附"),
            one("too-rare", "演練過疏", "附件未隨附"),
            one("too-long", "時間過長", "日期不詳"),
        ],
        ..Outcome::default()
    }
}

fn told(format: Format, verdict: Verdict, all: bool) -> String {
    let options = Options {
        all,
        ..Options::default()
    };
    written(format, &outcome(verdict), options)
}

#[test]
fn one_cause_at_one_place_is_told_once() {
    for verdict in [Verdict::Unknown, Verdict::Delegated, Verdict::Pending] {
        for format in [Format::Text, Format::Markdown] {
            let text = told(format, verdict, false);
            assert_eq!(text.matches("附件未隨附").count(), 1, "{text}");
            assert!(text.contains("人數不足、演練過疏\n"), "{text}");
            assert!(text.contains("2 項"), "{text}");
            assert!(text.contains("日期不詳"), "{text}");
        }
    }
}

#[test]
fn all_shows_each() {
    for format in [Format::Text, Format::Markdown] {
        let text = told(format, Verdict::Unknown, true);
        assert_eq!(text.matches("附件未隨附").count(), 2, "{text}");
    }
}

#[test]
fn failures_and_doubts_stay_apart() {
    for verdict in [Verdict::Fail, Verdict::Doubt] {
        let text = told(Format::Text, verdict, false);
        assert!(
            text.contains("[too-few]") && text.contains("[too-rare]"),
            "{text}"
        );
    }
}

#[test]
fn programs_are_told_each() {
    for format in [Format::Json, Format::Sarif] {
        let text = told(format, Verdict::Unknown, false);
        for policy in ["\"too-few\"", "\"too-rare\"", "\"too-long\""] {
            assert!(text.contains(policy), "{}: {policy}", format.word());
        }
    }
}
