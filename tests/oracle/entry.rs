//! A finding as its golden file has it: what is computed, and what somebody wrote beside it.

use plangate::finding::{Basis, Finding};
use serde::{Deserialize, Serialize};

use crate::plans::{FANGLIAO, KAOHSIUNG, KEELUNG, TAICHUNG};

/// From how many bodies on only their number is kept.
const MANY: usize = 4;

/// A finding as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) policy: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) check: Option<String>,
    pub(crate) verdict: String,
    pub(crate) severity: String,
    pub(crate) line: usize,
    pub(crate) path: String,
    pub(crate) bodies: Bodies,
    pub(crate) message: String,
    pub(crate) basis: String,
    /// The lines of the printed plan; by hand where no comment of the file says it.
    pub(crate) source: String,
    /// The number of the defect in the review of the plan, or `new:` and why it is true; by hand.
    pub(crate) finding: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Bodies {
    Ids(Vec<String>),
    Count(usize),
}

impl Entry {
    /// What is computed of a finding in a file of this text.
    pub(crate) fn of(finding: &Finding, text: &str) -> Self {
        let line = finding.place.start().line;
        let ids: Vec<String> = finding
            .bodies
            .iter()
            .map(|body| body.id.to_string())
            .collect();
        let basis = match &finding.basis {
            Basis::Law(citation) | Basis::Local(citation) => citation.written().zh_tw,
            Basis::Consistency(place) => format!("consistency: {}", place.path),
            Basis::Format { .. } => "format".to_owned(),
        };
        Self {
            policy: finding.policy.to_string(),
            check: finding.check.as_ref().map(ToString::to_string),
            verdict: finding.verdict.word().to_owned(),
            severity: finding.severity.word().to_owned(),
            line,
            path: finding.place.path.to_string(),
            bodies: if ids.len() < MANY {
                Bodies::Ids(ids)
            } else {
                Bodies::Count(ids.len())
            },
            message: finding.message.zh_tw.clone(),
            basis,
            source: source_line(text, line).unwrap_or_default(),
            finding: String::new(),
        }
    }

    /// Somebody has looked at it: it names the line, and the defect or why it is true.
    pub(crate) fn by_hand(&self, plan: &str) -> Result<(), String> {
        let lines = self.source.split(['-', '、']);
        let is_line = |line: &str| {
            let digits = line.strip_prefix('L').unwrap_or_default();
            !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit())
        };
        let reason = self.finding.strip_prefix("new: ");
        let told = reason.is_some_and(|reason| reason.chars().count() > 15)
            || self.finding.split('、').all(|id| is_known(plan, id));
        match lines.into_iter().all(is_line) && told {
            true => Ok(()),
            false => Err(format!("`source` or `finding` wants a hand: {self:?}")),
        }
    }
}

/// The `# L272` on the line, or on the nearest line above that has one.
fn source_line(text: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = text.lines().take(line).collect();
    lines.iter().rev().find_map(|line| {
        let (_, comment) = line.split_once("# L")?;
        let digits: String = comment.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| format!("L{digits}"))
    })
}

/// `KH-08` for Kaohsiung, `X-07` for what was found across plans.
fn is_known(plan: &str, id: &str) -> bool {
    let prefix = match plan {
        KAOHSIUNG => "KH",
        TAICHUNG => "TC",
        FANGLIAO => "PT",
        KEELUNG => "KL",
        _ => "TP",
    };
    let number = id.strip_prefix(prefix).or(id.strip_prefix("X"));
    let digits = number
        .and_then(|number| number.strip_prefix('-'))
        .unwrap_or_default();
    digits.len() == 2 && digits.chars().all(|digit| digit.is_ascii_digit())
}
