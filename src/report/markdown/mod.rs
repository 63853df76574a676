//! The self-check sheet (自我檢核表): one for each plan, to print or to paste into a comment.
//!
//! What the plan is and when it was judged; the 13 mandatory items × bodies; what does not hold and
//! what to write; what is not settled; the cells to sign.

mod escape;
mod items;
mod list;
mod sheet;

pub use escape::{block, code, escape};
pub(super) use escape::{escape_parts, is_plain_address};

use std::collections::BTreeMap;
use std::{io, iter};

use super::{Options, shown, words};
use crate::check::{Outcome, PlanSummary};
use crate::finding::Finding;

/// Writes `outcome` as one sheet for each plan; findings of files that belong to no plan follow.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let owners = Owners::new(&outcome.plans);
    let mut sheets: Vec<Vec<&Finding>> = vec![Vec::new(); outcome.plans.len()];
    let mut rest = Vec::new();
    for finding in shown(&outcome.findings, options) {
        match owners.of(finding.place.file.name()) {
            Some(index) => sheets[index].push(finding),
            None => rest.push(finding),
        }
    }
    for (index, (plan, findings)) in outcome.plans.iter().zip(&sheets).enumerate() {
        if index > 0 {
            writeln!(out, "---\n")?;
        }
        sheet::render(outcome, plan, findings, options, out)?;
    }
    if rest.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "# {}\n",
        words::pick(options.language, "其他檔案", "Other files")
    )?;
    list::render(outcome, &rest, options, out)
}

/// Which plan a file belongs to: the plan itself, or the one in whose folder it lies, of several the
/// deepest.
struct Owners<'a> {
    files: BTreeMap<&'a str, usize>,
    folders: BTreeMap<&'a str, usize>,
}

impl<'a> Owners<'a> {
    fn new(plans: &'a [PlanSummary]) -> Self {
        let names = || plans.iter().map(|plan| plan.file.name()).zip(0..);
        let folders = names().map(|(name, index)| (folder(name), index));
        Self {
            files: names().collect(),
            folders: folders.collect(),
        }
    }

    fn of(&self, file: &str) -> Option<usize> {
        let beside = || {
            let mut folders = iter::successors(Some(folder(file)), |inner| {
                (!inner.is_empty()).then(|| folder(inner))
            });
            folders.find_map(|folder| self.folders.get(folder).copied())
        };
        self.files.get(file).copied().or_else(beside)
    }
}

/// The folder of a file or folder, without its `/`; empty for what lies at the top.
fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::Tally;
    use crate::text::{DateRange, SourceFile};

    #[test]
    fn a_file_belongs_to_the_plan_it_lies_beside() {
        let plan = |name: &str| PlanSummary {
            file: Arc::new(SourceFile::new(name, "")),
            agency: None,
            edition: None,
            judged_on: DateRange::parse("2026-11-21").unwrap(),
            bodies: Vec::new(),
            whole: Tally::default(),
            also: None,
        };
        let plans = [
            "plans/a/plan.yaml",
            "plans/a/sub/plan.yaml",
            "plans/b/plan.yaml",
        ]
        .map(plan);
        let owners = Owners::new(&plans);
        for (file, expected) in [
            ("plans/a/plan.yaml", Some(0)),
            ("plans/a/risk.yaml", Some(0)),
            ("plans/a/sub/risk.yaml", Some(1)),
            ("plans/a/annexes/list.yaml", Some(0)),
            ("plans/ab/risk.yaml", None),
            ("plangate.yaml", None),
        ] {
            assert_eq!(owners.of(file), expected, "{file}");
        }
        assert_eq!(Owners::new(&[plan("plan.yaml")]).of("risk.yaml"), Some(0));
    }
}
