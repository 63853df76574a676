//! The sample run in every format and both languages, compared with files.

use std::path::Path;

use plangate::finding::{Severity, Verdict};
use plangate::report::{Format, Options};
use plangate::text::Language;

use crate::{sample, written};

fn check(name: &str, format: Format, options: Options) {
    compare(name, &written(format, &sample::outcome(), options));
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test reads, and on demand writes, its golden file"
)]
pub(crate) fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/goldens/report")
        .join(name);
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        std::fs::write(&path, found).expect("the folder of goldens can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{name} differs; UPDATE=1 rewrites it\n{found}"
    );
}

const ENGLISH: Options = Options {
    language: Language::En,
    color: false,
    fail_on: Severity::Error,
    all: false,
};

#[test]
fn text() {
    check("sample.txt", Format::Text, Options::default());
    check("sample.en.txt", Format::Text, ENGLISH);
    let options = Options {
        all: true,
        fail_on: Severity::Warning,
        ..Options::default()
    };
    check("sample.all.txt", Format::Text, options);
    check(
        "sample.color.txt",
        Format::Text,
        Options {
            color: true,
            ..Options::default()
        },
    );
}

#[test]
fn json() {
    check(
        "sample.json",
        Format::Json,
        Options {
            all: true,
            ..Options::default()
        },
    );
}

#[test]
fn sarif() {
    check(
        "sample.sarif",
        Format::Sarif,
        Options {
            all: true,
            ..Options::default()
        },
    );
    check("sample.en.sarif", Format::Sarif, ENGLISH);
}

#[test]
fn github() {
    check("sample.github.txt", Format::Github, Options::default());
    check("sample.github.en.txt", Format::Github, ENGLISH);
}

#[test]
fn markdown() {
    check("sample.md", Format::Markdown, Options::default());
    check("sample.en.md", Format::Markdown, ENGLISH);
}

#[test]
fn many_unlike_bodies_are_rows() {
    let mut outcome = sample::outcome();
    outcome.findings.clear();
    outcome.plans.truncate(1);
    for (body, count) in outcome.plans[0].bodies.iter_mut().zip([1, 2, 3, 4, 5, 6]) {
        (0..count).for_each(|_| body.items[5].add(Verdict::Pass));
    }
    compare(
        "many-bodies.md",
        &written(Format::Markdown, &outcome, Options::default()),
    );
}

#[test]
fn nothing_to_say_is_said() {
    let outcome = plangate::check::Outcome::default();
    let text = written(Format::Text, &outcome, Options::default());
    assert_eq!(
        text,
        "合計 0 份計畫、0 個機關：無待處理事項\n不阻擋：無不符達 error\n"
    );
}

#[test]
fn the_order_of_the_findings_handed_in_does_not_matter() {
    for format in Format::ALL {
        let options = Options {
            all: true,
            ..Options::default()
        };
        let mut outcome = sample::outcome();
        let before = written(format, &outcome, options);
        outcome.findings.reverse();
        assert_eq!(
            written(format, &outcome, options),
            before,
            "{}",
            format.word()
        );
    }
}
