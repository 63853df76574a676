//! A finding as a SARIF result.

use std::collections::BTreeMap;

use super::log::{
    ArtifactChange, ArtifactLocation, Content, Fix, Location, LogicalLocation, Message,
    PhysicalLocation, Properties, Region, Replacement, SarifResult, Suppression,
};
use super::{escape_message, escape_uri};
use crate::finding::{Edit, Finding, Place, Related, Verdict};
use crate::report::words;
use crate::text::{Language, SourceFile, Span};

/// Its name says what it is made of, so that a later way to identify a finding can stand beside it.
const FINGERPRINT: &str = "plangate/v1";

pub(super) fn result(finding: &Finding, index: Option<usize>, language: Language) -> SarifResult {
    let fails = finding.verdict == Verdict::Fail;
    let related = finding.related.iter().enumerate();
    let waived = finding.verdict == Verdict::Waived;
    let suppression = waived.then_some(Suppression {
        kind: "external",
        status: "accepted",
    });
    SarifResult {
        rule_id: finding.policy.to_string(),
        rule_index: index,
        kind: kind(finding.verdict),
        level: fails.then_some(finding.severity.word()),
        message: message(&text(finding, language)),
        locations: [location(&finding.place)],
        related_locations: related
            .map(|(n, related)| other(n + 1, related, language))
            .collect(),
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, finding.fingerprint.to_string())]),
        suppressions: suppression.into_iter().collect(),
        fixes: finding
            .write
            .iter()
            .map(|edit| fix(finding, edit, language))
            .collect(),
        properties: Properties {
            verdict: finding.verdict.word(),
            bodies: finding
                .bodies
                .iter()
                .map(|body| body.name.to_string())
                .collect(),
        },
    }
}

fn kind(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "fail",
        Verdict::Doubt => "review",
        Verdict::Unknown => "open",
        Verdict::Pending | Verdict::Delegated | Verdict::Waived => "informational",
        Verdict::Pass => "pass",
        Verdict::NotApplicable => "notApplicable",
    }
}

/// Message, bodies and ground: what a viewer shows beside the line.
fn text(finding: &Finding, language: Language) -> String {
    let mut text = finding.message.get(language).to_owned();
    let (bodies, basis) = match language {
        Language::ZhTw => ("\n機關：", "\n依據："),
        Language::En => ("\nbodies: ", "\nbasis: "),
    };
    if let Some(names) = words::concerned(finding, language) {
        text.push_str(bodies);
        text.push_str(&names);
    }
    text.push_str(basis);
    text.push_str(&words::basis(finding, language));
    text
}

fn message(text: &str) -> Message {
    Message {
        text: escape_message(text),
    }
}

fn location(place: &Place) -> Location {
    let path = (!place.path.is_empty()).then(|| LogicalLocation {
        fully_qualified_name: place.path.to_string(),
        kind: "member",
    });
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(&place.file),
            region: region(&place.file, place.span),
        },
        logical_locations: path.into_iter().collect(),
        message: None,
    }
}

fn other(id: usize, related: &Related, language: Language) -> Location {
    Location {
        id: Some(id),
        message: Some(message(words::either(&related.text, language))),
        ..location(&related.place)
    }
}

fn artifact(file: &SourceFile) -> ArtifactLocation {
    ArtifactLocation {
        uri: escape_uri(file.name()),
    }
}

fn region(file: &SourceFile, span: Span) -> Region {
    let (start, end) = (file.position(span.start), file.position(span.end));
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

fn fix(finding: &Finding, edit: &Edit, language: Language) -> Fix {
    let help = finding.help.as_ref();
    Fix {
        description: help.map(|help| message(words::either(help, language))),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(&finding.place.file),
            replacements: [Replacement {
                deleted_region: region(&finding.place.file, edit.span),
                inserted_content: Content {
                    text: edit.text.clone(),
                },
            }],
        }],
    }
}
