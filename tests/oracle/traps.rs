//! What a naive checker would flag, and how much this one may say at most.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use libtest_mimic::{Failed, Trial};
use plangate::finding::{Finding, Severity, Verdict};
use serde::Deserialize;

use crate::plans::{PACK, judged, plan, policy};

static TRAPS: LazyLock<Vec<Trap>> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("traps.yaml")).expect("the table of traps reads")
});

/// How many traps the review has.
const COUNT: usize = 42;

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
    /// Those it is about; none with `at`.
    #[serde(default)]
    policies: Vec<String>,
    /// Parts of paths: what any policy says there, and nowhere else.
    #[serde(default)]
    at: Vec<String>,
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
    let mut trials = vec![Trial::test("trap › each of them has a row", || {
        each_has_a_row().map_err(Failed::from)
    })];
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
        let mut about = findings.iter().filter(|finding| bodies.has(plan, finding));
        if !is_told(&mut about, trap.at_most)? {
            return Err(format!(
                "{id} says nothing of these bodies: the trap tests nothing"
            ));
        }
    }
    for part in &trap.at {
        let mut visited = false;
        for policy in PACK.policies.values() {
            let (_, findings) = judged(plan, policy, day);
            let mut there = findings
                .iter()
                .filter(|finding| finding.place.path.to_string().contains(part));
            visited |= is_told(&mut there, trap.at_most)?;
        }
        if !visited {
            return Err(format!("no policy looks at {part}: the trap tests nothing"));
        }
    }
    Ok(())
}

/// Whether anything is said at all; an error where more is said than is allowed.
fn is_told(findings: &mut dyn Iterator<Item = &Finding>, at_most: AtMost) -> Result<bool, String> {
    let mut told = false;
    for finding in findings {
        told = true;
        if AtMost::of(finding).is_none_or(|at| at > at_most) {
            let (policy, message) = (&finding.policy, &finding.message.zh_tw);
            let (verdict, severity) = (finding.verdict.word(), finding.severity.word());
            return Err(format!("{policy} says {verdict} ({severity}): {message}"));
        }
    }
    Ok(told)
}

/// Every trap of the review has a row, and every row a trap.
fn each_has_a_row() -> Result<(), String> {
    let rows: BTreeSet<&str> = TRAPS.iter().map(|trap| &*trap.number).collect();
    let all: Vec<String> = (1..=COUNT).map(|number| format!("F{number}")).collect();
    let all: BTreeSet<&str> = all.iter().map(String::as_str).collect();
    if rows == all {
        return Ok(());
    }
    let (missing, more): (Vec<_>, Vec<_>) = (
        all.difference(&rows).collect(),
        rows.difference(&all).collect(),
    );
    Err(format!("without a row: {missing:?}; unheard of: {more:?}"))
}
