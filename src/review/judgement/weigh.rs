//! What was found → the numbers and the names that statuses show.

use super::plan::{Block, PlanJudgement};
use crate::config::roster::Roster;
use crate::finding::{Finding, Verdict};
use crate::review::approval::Outcome;
use crate::review::rules::Asked;
use crate::review::statuses::Counts;
use crate::text::Localized;

/// The findings of a context, counted.
pub(super) fn counts(plans: &[PlanJudgement], is_of: impl Fn(&Finding) -> bool) -> Counts {
    let mut counts = Counts::default();
    let findings = plans.iter().flat_map(|plan| &plan.findings);
    for judged in findings.filter(|judged| is_of(&judged.finding)) {
        match (judged.blocks, judged.finding.verdict) {
            (Some(Block::Failure), _) => counts.new_failures += 1,
            (Some(Block::Unknown), _) => counts.new_unknowns += 1,
            (Some(Block::Deferred), _) => counts.grace_for_owed += 1,
            (None, Verdict::Delegated) => counts.delegated += 1,
            (None, Verdict::Waived) => counts.waived += 1,
            (None, Verdict::Fail | Verdict::Doubt | Verdict::Unknown) if !judged.is_new() => {
                counts.old += 1;
            }
            _ => {}
        }
    }
    counts
}

/// The roles that are awaited, each once, with their agency.
pub(super) fn awaited(asked: &Asked, outcome: &Outcome, roster: &Roster) -> Localized {
    let mut named: Vec<String> = Vec::new();
    let filled = outcome
        .approvals
        .iter()
        .flat_map(|approval| &approval.filled);
    for filled in filled.filter(|filled| filled.missing > 0) {
        let agency = roster.agencies.get(&filled.want.agency);
        let agency = agency.map_or(&*filled.want.agency, |agency| &*agency.name);
        let name = format!("{agency}{}", filled.want.role);
        if !named.contains(&name) {
            named.push(name);
        }
    }
    if named.is_empty() && !asked.nobody.is_empty() {
        return Localized::new("名冊上無人可核准之事項", "what nobody can approve");
    }
    Localized::new(named.join("、"), named.join(", "))
}
