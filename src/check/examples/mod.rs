//! The examples of a policy, run: they are its tests.

pub(in crate::check) mod forcing;
pub(in crate::check) mod visited;

use std::sync::Arc;

use crate::check::examples::visited::Visited;
use crate::check::run::{Judge, Settings};
use crate::check::sides::between::Transition;
use crate::document::{self, Limits};
use crate::finding::{Finding, Severity, Verdict};
use crate::plan::{PlanFiles, Schema};
use crate::policy::{Example, Expectation, Pack, Policy};
use crate::text::{Day, SourceFile, parse_day};

/// Runs one example. `Err` says what differs, in one paragraph.
pub fn run_example(
    pack: &Pack,
    schema: &Schema,
    policy: &Policy,
    example: &Example,
) -> Result<(), String> {
    let as_of = example_day(policy, example)?;
    let judge = Judge::new(pack, schema, Settings::on(as_of));
    let played = Played::of(policy, example)?;
    let (visited, findings) = played.by(&judge, policy);
    told(example, &visited, &findings)?;
    if example.write {
        pasted(&judge, policy, &example.plan, &findings)?;
    }
    Ok(())
}

/// The plan of an example; of a transition, both.
#[derive(Debug)]
pub struct Played {
    old: Option<PlanFiles>,
    plan: PlanFiles,
}

impl Played {
    /// Reads the plans of an example.
    pub fn of(policy: &Policy, example: &Example) -> Result<Self, String> {
        if example.old.is_some() != policy.transition.is_some() {
            return Err("old and new are for transitions, which need both".to_owned());
        }
        Ok(Self {
            old: example
                .old
                .as_deref()
                .map(|old| files("plans/before", old))
                .transpose()?,
            plan: example_files(&example.plan)?,
        })
    }

    /// What a policy comes to.
    pub fn by(&self, judge: &Judge<'_>, policy: &Policy) -> (Vec<Visited>, Vec<Finding>) {
        let Some(old) = &self.old else {
            return judge.policy(&self.plan, policy);
        };
        let transition = Transition {
            old,
            new: &self.plan,
            told_elsewhere: false,
            called: None,
        };
        judge.transition(transition, policy)
    }
}

/// Whether verdicts and findings are those that an example tells.
pub(in crate::check) fn told(
    example: &Example,
    visited: &[Visited],
    findings: &[Finding],
) -> Result<(), String> {
    verdicts(&example.expect, visited)?;
    details(example, visited, findings)
}

/// The law date of an example: its own, or the first day of the newest edition.
pub fn example_day(policy: &Policy, example: &Example) -> Result<Day, String> {
    match &example.as_of {
        Some(day) => parse_day(day).ok_or_else(|| format!("as_of {day} is no day")),
        None => policy
            .editions
            .last()
            .map(|edition| edition.from)
            .ok_or("no edition".to_owned()),
    }
}

/// Reads the text of a plan as if it stood alone in a folder `plans/example`.
pub fn example_files(text: &str) -> Result<PlanFiles, String> {
    files("plans/example", text)
}

fn files(folder: &str, text: &str) -> Result<PlanFiles, String> {
    let file = Arc::new(SourceFile::new(format!("{folder}/plan.yaml"), text));
    let parsed = document::parse(&file, Limits::default());
    if let Some(finding) = parsed
        .findings
        .iter()
        .find(|f| f.severity == Severity::Error)
    {
        return Err(format!(
            "the plan does not parse: {}\n{text}",
            finding.message.en
        ));
    }
    let main = parsed.document.ok_or("the plan has no document")?;
    Ok(PlanFiles {
        folder: folder.into(),
        main,
        sections: std::collections::BTreeMap::new(),
        annexes: std::collections::BTreeMap::new(),
    })
}

fn verdicts(expect: &Expectation, visited: &[Visited]) -> Result<(), String> {
    let told = || {
        let each: Vec<String> = visited
            .iter()
            .map(|v| format!("{} = {}", v.names().join("|"), v.verdict.word()))
            .collect();
        each.join(", ")
    };
    match expect {
        Expectation::Nonsense(word) => Err(format!("expect: {word} is no verdict")),
        Expectation::All(Verdict::NotApplicable) => {
            let other = visited.iter().find(|v| v.verdict != Verdict::NotApplicable);
            other.map_or(Ok(()), |_| {
                Err(format!("expected not_applicable, got {}", told()))
            })
        }
        Expectation::All(verdict) => {
            let mut asked = visited
                .iter()
                .filter(|v| v.verdict != Verdict::NotApplicable)
                .peekable();
            let some = asked.peek().is_some();
            if some && asked.all(|v| v.verdict == *verdict) {
                return Ok(());
            }
            Err(format!("expected {}, got {}", verdict.word(), told()))
        }
        Expectation::Each(expected) => {
            for (name, verdict) in expected {
                let mut found = visited
                    .iter()
                    .filter(|v| v.names().contains(name))
                    .map(|v| v.verdict)
                    .peekable();
                if found.peek().is_none() || !found.all(|found| found == *verdict) {
                    return Err(format!(
                        "{name}: expected {}, got {}",
                        verdict.word(),
                        told()
                    ));
                }
            }
            Ok(())
        }
    }
}

fn details(example: &Example, visited: &[Visited], findings: &[Finding]) -> Result<(), String> {
    let shown: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.verdict != Verdict::NotApplicable)
        .collect();
    let list = |of: &dyn Fn(&Finding) -> String| {
        shown
            .iter()
            .map(|finding| of(finding))
            .collect::<Vec<_>>()
            .join(" / ")
    };
    // What is missing may also be told by where it would go.
    let stands_at = |finding: &&Finding, at: &String| {
        let path = &*finding.place.path;
        let below = path
            .strip_prefix(at.as_str())
            .is_some_and(|rest| rest.starts_with('.'));
        path == at || (below && finding.place.text() == at.rsplit('.').next().unwrap_or(at))
    };
    if let Some(at) = &example.at
        && !shown.iter().any(|finding| stands_at(finding, at))
    {
        return Err(format!(
            "expected at {at}, got {}",
            list(&|f| f.place.path.to_string())
        ));
    }
    if let Some(says) = &example.says
        && !shown
            .iter()
            .any(|f| f.message.zh_tw.contains(says) || f.message.en.contains(says))
    {
        return Err(format!(
            "expected to say {says}, got {}",
            list(&|f| f.message.zh_tw.clone())
        ));
    }
    if let Some(severity) = &example.severity
        && !shown
            .iter()
            .any(|finding| finding.severity.word() == severity)
    {
        return Err(format!(
            "expected {severity}, got {}",
            list(&|f| f.severity.word().to_owned())
        ));
    }
    if let Some(check) = &example.check
        && !shown
            .iter()
            .any(|finding| finding.check.as_deref() == Some(check))
    {
        return Err(format!(
            "expected check {check}, got {}",
            list(&|f| format!("{:?}", f.check))
        ));
    }
    let count = visited
        .iter()
        .filter(|v| v.verdict != Verdict::NotApplicable)
        .count();
    match example.count {
        Some(expected) if expected as usize != count => {
            Err(format!("expected {expected} verdicts, got {count}"))
        }
        _ => Ok(()),
    }
}

/// What to write, pasted at its place, must cure every finding that says it.
fn pasted(
    judge: &Judge<'_>,
    policy: &Policy,
    text: &str,
    findings: &[Finding],
) -> Result<(), String> {
    let mut text = text.to_owned();
    let mut rounds = 0;
    let owed = |finding: &&Finding| {
        matches!(
            finding.verdict,
            Verdict::Fail | Verdict::Doubt | Verdict::Pending
        )
    };
    let mut left: Vec<Finding> = findings.iter().filter(owed).cloned().collect();
    if !left.iter().any(|finding| finding.write.is_some()) {
        return Ok(());
    }
    while let Some(edit) = left.iter().find_map(|finding| finding.write.clone()) {
        rounds += 1;
        let before = text.clone();
        text = edit.apply(&text);
        if rounds > 64 || text == before {
            return Err(format!("what to write does not cure it:\n{text}"));
        }
        let files = example_files(&text)?;
        let (_, findings) = judge.policy(&files, policy);
        left = findings
            .into_iter()
            .filter(|finding| owed(&finding))
            .collect();
    }
    match left.first() {
        Some(finding) => Err(format!(
            "after writing it is still {}: {}\n{text}",
            finding.verdict.word(),
            finding.message.zh_tw
        )),
        None => Ok(()),
    }
}
