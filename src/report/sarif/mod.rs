//! SARIF 2.1.0 (OASIS Standard), for code scanning and viewers.
//!
//! Columns are Unicode code points (`columnKind`), ends exclusive. Only a failure has a level: for
//! every other kind SARIF §3.27.10 says `none`. A waived finding is a suppressed one.

mod log;
mod result;
mod rule;

use std::io;

use super::{Options, shown};
use crate::check::Outcome;
use log::{Driver, Log, Run, Tool};

/// Writes `outcome` as SARIF.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let findings = shown(&outcome.findings, options);
    let rules = rule::rules(outcome, &findings, options.language);
    let results = findings
        .iter()
        .map(|finding| {
            let index = rules
                .binary_search_by(|rule| rule.id.as_str().cmp(&finding.policy))
                .ok();
            result::result(finding, index, options.language)
        })
        .collect();
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "plangate",
                    version: outcome.tool.version,
                    rules,
                },
            },
            language: options.language.tag(),
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// A plain text message: braces doubled (§3.11.5), and what would read as an embedded link
/// (§3.11.6) broken by a zero width space.
pub fn escape_message(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    for character in text.chars() {
        match (before, character) {
            (_, '{') => escaped.push_str("{{"),
            (_, '}') => escaped.push_str("}}"),
            (Some(']'), '(') => escaped.push_str("\u{200b}("),
            _ => escaped.push(character),
        }
        before = Some(character);
    }
    escaped
}

/// A formatted message: only braces, since its links are ours (`[…](https://…)`) and everything
/// else has gone through [`markdown::escape`](super::markdown::escape).
pub fn escape_markdown(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A file's name as a URI reference (RFC 3986): every byte that is not unreserved or `/` is
/// percent-encoded, so that neither a colon nor a question mark is read as syntax. An absolute
/// path becomes a `file` URI.
pub fn escape_uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_no_placeholders_and_no_links() {
        for (text, expected) in [
            ("甲局", "甲局"),
            ("{0} 與 { title: x }", "{{0}} 與 {{ title: x }}"),
            (
                "[點此](https://example.test)",
                "[點此]\u{200b}(https://example.test)",
            ),
            ("items[0] (first)", "items[0] (first)"),
        ] {
            assert_eq!(escape_message(text), expected);
        }
    }

    #[test]
    fn a_name_is_a_uri_reference() {
        for (name, expected) in [
            ("plans/a/plan.yaml", "plans/a/plan.yaml"),
            ("plans/甲/plan.yaml", "plans/%E7%94%B2/plan.yaml"),
            ("HEAD~1:a b?#.yaml", "HEAD~1%3Aa%20b%3F%23.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
            ("/tmp/plan.yaml", "file:///tmp/plan.yaml"),
            ("a\n%0A", "a%0A%250A"),
        ] {
            assert_eq!(escape_uri(name), expected);
        }
    }
}
