//! The self-check sheet (自我檢核表): one for each plan, to print or to paste into a comment.
//!
//! What the plan is and when it was judged; the 13 mandatory items × bodies; what does not hold and
//! what to write; what is not settled; the cells to sign.

mod escape;
mod items;
mod list;
mod sheet;

pub(super) use escape::is_plain_address;
pub use escape::{block, code, escape};

use std::io;

use super::{Options, shown, words};
use crate::check::{Outcome, PlanSummary};
use crate::finding::Finding;

/// Writes `outcome` as one sheet for each plan; findings of files that belong to no plan follow.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let findings = shown(outcome, options);
    let owner = |finding: &Finding| owner(&outcome.plans, finding.place.file.name());
    for (index, plan) in outcome.plans.iter().enumerate() {
        let own: Vec<_> = findings
            .iter()
            .copied()
            .filter(|finding| owner(finding) == Some(index))
            .collect();
        if index > 0 {
            writeln!(out, "---\n")?;
        }
        sheet::render(outcome, plan, &own, options, out)?;
    }
    let rest: Vec<_> = findings
        .iter()
        .copied()
        .filter(|finding| owner(finding).is_none())
        .collect();
    if !rest.is_empty() {
        writeln!(
            out,
            "# {}\n",
            words::pick(options.language, "其他檔案", "Other files")
        )?;
        list::render(outcome, &rest, options.language, out)?;
    }
    Ok(())
}

/// The plan that a file belongs to: the plan itself, or the one in whose folder it lies; of several,
/// the deepest.
fn owner(plans: &[PlanSummary], file: &str) -> Option<usize> {
    let folder = |name: &str| name.rfind('/').map_or(0, |at| at + 1);
    let holds = |plan: &PlanSummary| {
        let name = plan.file.name();
        name == file || file.starts_with(&name[..folder(name)]) && folder(name) > 0
    };
    let depth =
        |&(_, plan): &(usize, &PlanSummary)| (plan.file.name() == file, folder(plan.file.name()));
    let held = plans.iter().enumerate().filter(|(_, plan)| holds(plan));
    held.max_by_key(depth).map(|(index, _)| index)
}
