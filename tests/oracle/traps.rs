//! What a naive checker would flag, and how much this one may say at most.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use libtest_mimic::{Failed, Trial};
use plangate::finding::{Finding, Severity, Verdict};
use serde::Deserialize;

use crate::plans::{judged, plan, policy};

static TRAPS: LazyLock<Vec<Trap>> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("traps.yaml")).expect("the table of traps reads")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    /// Its number in the review of the plans.
    #[serde(rename = "trap")]
    number: String,
    /// What a naive checker would say, and why it is fine.
    title: String,
    /// By plan, the bodies it is about: their ids, `all`, or a grade.
    plans: BTreeMap<String, Bodies>,
    policies: Vec<String>,
    at_most: AtMost,
    /// `issued` and days.
    on: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Bodies {
    /// `all`, or a grade such as `D`.
    Word(String),
    Ids(Vec<String>),
}

/// How much may be said: each word allows what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AtMost {
    Nothing,
    Delegated,
    Pending,
    Unknown,
    Note,
    Doubt,
    Warning,
}

impl AtMost {
    /// How much a finding says; `None` is more than any trap allows.
    fn of(finding: &Finding) -> Option<Self> {
        match finding.verdict {
            Verdict::Pass | Verdict::NotApplicable | Verdict::Waived => Some(Self::Nothing),
            Verdict::Delegated => Some(Self::Delegated),
            Verdict::Pending => Some(Self::Pending),
            Verdict::Unknown => Some(Self::Unknown),
            Verdict::Fail | Verdict::Doubt if finding.severity == Severity::Note => {
                Some(Self::Note)
            }
            Verdict::Doubt => Some(Self::Doubt),
            Verdict::Fail if finding.severity == Severity::Warning => Some(Self::Warning),
            Verdict::Fail => None,
        }
    }
}

impl Bodies {
    fn has(&self, plan_name: &str, finding: &Finding) -> bool {
        let id_is = |id: &str| finding.bodies.iter().any(|body| &*body.id == id);
        match self {
            Self::Word(word) if word == "all" => true,
            Self::Word(grade) => graded(plan_name, grade).iter().any(|id| id_is(id)),
            Self::Ids(ids) => ids.iter().any(|id| id_is(id)),
        }
    }
}

/// The ids of the bodies of a grade.
fn graded(plan_name: &str, grade: &str) -> Vec<String> {
    let bodies = plan(plan_name)
        .files
        .main
        .root()
        .get("bodies")
        .expect("the plan lists bodies");
    let of_grade = bodies.items().filter(|body| {
        body.get("grade")
            .is_some_and(|node| node.written() == grade)
    });
    let ids = of_grade.filter_map(|body| body.get("id"));
    ids.map(|id| id.written().to_owned()).collect()
}

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for trap in TRAPS.iter() {
        for (plan, bodies) in &trap.plans {
            for day in &trap.on {
                let name = format!("trap {} › {plan} › {day} › {}", trap.number, trap.title);
                trials.push(Trial::test(name, move || {
                    check(trap, plan, bodies, day).map_err(Failed::from)
                }));
            }
        }
    }
    trials
}

fn check(trap: &Trap, plan: &str, bodies: &Bodies, day: &str) -> Result<(), String> {
    for id in &trap.policies {
        let (_, findings) = judged(plan, policy(id)?, day);
        let mut about = findings
            .iter()
            .filter(|finding| bodies.has(plan, finding))
            .peekable();
        if about.peek().is_none() {
            return Err(format!(
                "{id} says nothing of these bodies: the trap tests nothing"
            ));
        }
        let fallen = about.find(|finding| AtMost::of(finding).is_none_or(|at| at > trap.at_most));
        if let Some(finding) = fallen {
            let (verdict, severity) = (finding.verdict.word(), finding.severity.word());
            let message = &finding.message.zh_tw;
            return Err(format!("{id} says {verdict} ({severity}): {message}"));
        }
    }
    Ok(())
}
