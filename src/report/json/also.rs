//! What a second law date changes, as JSON.

use serde::Serialize;

use super::Both;
use crate::check::{Also, Difference};

#[derive(Serialize)]
pub(super) struct AlsoJson<'a> {
    law_date: String,
    come: Vec<DifferenceJson<'a>>,
    gone: Vec<DifferenceJson<'a>>,
}

#[derive(Serialize)]
struct DifferenceJson<'a> {
    policy: &'a str,
    check: Option<&'a str>,
    verdict: &'static str,
    severity: &'static str,
    file: &'a str,
    line: usize,
    path: &'a str,
    bodies: Vec<&'a str>,
    message: Both<'a>,
    basis: Option<Both<'a>>,
    fingerprint: String,
}

impl<'a> From<&'a Also> for AlsoJson<'a> {
    fn from(also: &'a Also) -> Self {
        Self {
            law_date: also.day.to_string(),
            come: also.come.iter().map(DifferenceJson::from).collect(),
            gone: also.gone.iter().map(DifferenceJson::from).collect(),
        }
    }
}

impl<'a> From<&'a Difference> for DifferenceJson<'a> {
    fn from(difference: &'a Difference) -> Self {
        Self {
            policy: &difference.policy,
            check: difference.check.as_deref(),
            verdict: difference.verdict.word(),
            severity: difference.severity.word(),
            file: &difference.file,
            line: difference.line,
            path: &difference.path,
            bodies: difference.bodies.iter().map(|body| &*body.id).collect(),
            message: Both::from(&difference.message),
            basis: difference.basis.as_ref().map(Both::from),
            fingerprint: difference.fingerprint.to_string(),
        }
    }
}
