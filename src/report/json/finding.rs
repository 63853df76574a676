//! One finding as JSON.

use serde::{Serialize, Serializer};

use super::{Both, Days, Stretch};
use crate::finding::{
    Basis, Citation, Edit, Finding, Fingerprint, Related, Severity, Step, Subject, Verdict,
};
use crate::text::SourceFile;

#[derive(Serialize)]
pub(super) struct FindingJson<'a> {
    policy: &'a str,
    check: Option<&'a str>,
    verdict: &'static str,
    severity: &'static str,
    /// `new`, `fixed` or `unchanged` where the run has a base to compare with.
    status: Option<&'static str>,
    /// As what it blocks, where it does and the run has a base.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<&'static str>,
    #[serde(flatten)]
    at: Stretch<'a>,
    path: &'a str,
    bodies: Vec<Body<'a>>,
    message: Both<'a>,
    basis: BasisJson<'a>,
    help: Option<Both<'a>>,
    write: Option<Write<'a>>,
    related: Vec<RelatedJson<'a>>,
    fingerprint: Digits,
    judged_on: Option<Days>,
    /// Only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    expression: &'a str,
    value: Option<Both<'a>>,
    no_value: Option<Both<'a>>,
    at: Option<PlaceJson<'a>>,
    steps: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    #[serde(flatten)]
    at: Stretch<'a>,
    path: &'a str,
}

#[derive(Serialize)]
struct Body<'a> {
    id: &'a str,
    name: &'a str,
    fingerprint: Digits,
}

/// A fingerprint, written without a text of its own: a finding may concern hundreds of bodies.
struct Digits(Fingerprint);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BasisJson<'a> {
    Law(CitationJson<'a>),
    Local(CitationJson<'a>),
    Consistency {
        #[serde(flatten)]
        at: Stretch<'a>,
        path: &'a str,
    },
    Format {
        rule: &'a str,
    },
}

#[derive(Serialize)]
struct CitationJson<'a> {
    law: &'a str,
    name: Both<'a>,
    edition: &'a str,
    article: Option<u16>,
    paragraph: Option<u16>,
    subparagraph: Option<u16>,
    item: Option<u16>,
    schedule: Option<u16>,
    row: Option<Both<'a>>,
    url: Option<&'a str>,
    confidence: &'a str,
    /// The citation as lawyers write it.
    written: Written,
}

/// A text in both languages, made here.
#[derive(Serialize)]
struct Written {
    #[serde(rename = "zh-TW")]
    zh_tw: String,
    en: String,
}

#[derive(Serialize)]
struct Write<'a> {
    #[serde(flatten)]
    at: Stretch<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    #[serde(flatten)]
    at: Stretch<'a>,
    path: &'a str,
    message: Both<'a>,
}

impl<'a> FindingJson<'a> {
    /// A finding of a report that blocks on failures of this weight or more.
    pub(super) fn of(finding: &'a Finding, fail_on: Severity) -> Self {
        let blocks = match finding.verdict {
            _ if finding.against.is_none() || !finding.blocks_at(fail_on) => None,
            Verdict::Unknown => Some("unknown"),
            Verdict::Pending => Some("deferred"),
            _ => Some("failure"),
        };
        Self {
            blocks,
            ..Self::from(finding)
        }
    }
}

impl<'a> From<&'a Finding> for FindingJson<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            policy: &finding.policy,
            check: finding.check.as_deref(),
            verdict: finding.verdict.word(),
            severity: finding.severity.word(),
            status: finding.against.map(|against| against.status.word()),
            blocks: None,
            at: Stretch::of(&finding.place),
            path: &finding.place.path,
            bodies: finding.bodies.iter().map(Body::from).collect(),
            message: Both::from(&finding.message),
            basis: BasisJson::from(&finding.basis),
            help: finding.help.as_ref().map(Both::from),
            write: finding
                .write
                .as_ref()
                .map(|edit| Write::new(&finding.place.file, edit)),
            related: finding.related.iter().map(RelatedJson::from).collect(),
            fingerprint: Digits(finding.fingerprint),
            judged_on: finding.judged_on.map(Days::from),
            trace: finding.trace.as_deref().map(StepJson::from),
        }
    }
}

impl<'a> From<&'a Step> for StepJson<'a> {
    fn from(step: &'a Step) -> Self {
        let seen = || Some(Both::from(&step.seen));
        Self {
            expression: &step.expression,
            value: if step.has_value { seen() } else { None },
            no_value: if step.has_value { None } else { seen() },
            at: step.place.as_ref().map(|place| PlaceJson {
                at: Stretch::of(place),
                path: &place.path,
            }),
            steps: step.steps.iter().map(Self::from).collect(),
        }
    }
}

impl<'a> From<&'a Subject> for Body<'a> {
    fn from(body: &'a Subject) -> Self {
        Self {
            id: &body.id,
            name: &body.name,
            fingerprint: Digits(body.fingerprint),
        }
    }
}

impl<'a> From<&'a Basis> for BasisJson<'a> {
    fn from(basis: &'a Basis) -> Self {
        match basis {
            Basis::Law(citation) => Self::Law(citation.into()),
            Basis::Local(citation) => Self::Local(citation.into()),
            Basis::Consistency(other) => Self::Consistency {
                at: Stretch::of(other),
                path: &other.path,
            },
            Basis::Format { rule } => Self::Format { rule },
        }
    }
}

impl<'a> From<&'a Citation> for CitationJson<'a> {
    fn from(citation: &'a Citation) -> Self {
        let written = citation.written();
        Self {
            law: &citation.law,
            name: Both::from(&*citation.name),
            edition: &citation.edition,
            article: citation.article,
            paragraph: citation.paragraph,
            subparagraph: citation.subparagraph,
            item: citation.item,
            schedule: citation.schedule,
            row: citation.row.as_deref().map(Both::from),
            url: citation.url.as_deref(),
            confidence: citation.confidence,
            written: Written {
                zh_tw: written.zh_tw,
                en: written.en,
            },
        }
    }
}

impl<'a> Write<'a> {
    fn new(file: &'a SourceFile, edit: &'a Edit) -> Self {
        Self {
            at: Stretch::new(file, edit.span),
            text: &edit.text,
        }
    }
}

impl<'a> From<&'a Related> for RelatedJson<'a> {
    fn from(related: &'a Related) -> Self {
        Self {
            at: Stretch::of(&related.place),
            path: &related.place.path,
            message: Both::from(&*related.text),
        }
    }
}
