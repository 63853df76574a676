//! What a change of policies, roster, waivers or configuration would do to all plans, were it
//! merged. It decides nothing.

use std::sync::Arc;

use super::Refused;
use super::base::{Base, Library};
use crate::check::{Also, AsOf, Exceptions, Judge, Settings};
use crate::cli::plans;
use crate::finding::Finding;
use crate::plan::Schema;
use crate::review::judgement::Shadow;
use crate::source::git::{GitError, Repository, Revision};
use crate::text::Day;

/// The most plans that are judged twice for it.
const MAX_PLANS: usize = 500;

/// Judges the plans of the head by what judges now and by what would.
pub(super) fn shadow(
    repository: &Arc<Repository>,
    head: &Revision,
    base: &Base,
    library: Library<'_>,
    today: Day,
) -> Result<Shadow, Refused> {
    let Some(then) = Base::read(repository, head, library, today)? else {
        return Ok(Shadow::default());
    };
    let mut shadow = Shadow {
        broken: then.broken.iter().chain(&then.amiss).cloned().collect(),
        ..Shadow::default()
    };
    if then.why_not().is_some() {
        return Ok(shadow);
    }
    let mut files = Vec::new();
    for folder in &base.config.plans {
        match repository.plan_files(head, folder) {
            Ok(found) => files.extend(found),
            Err(GitError::NoPath { .. } | GitError::NoPlan { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    shadow.of = files.len();
    let schema = library.schema;
    let bars = (base.config.gate.fail_on, then.config.gate.fail_on);
    let (now, then) = (judge(base, schema, today), judge(&then, schema, today));
    for plan in files.iter().take(MAX_PLANS) {
        let Some(files) = plans::read_file(plan)?.files else {
            continue;
        };
        shadow.plans += 1;
        let find = |judge: &Judge<'_>| -> Vec<Finding> { judge.plan(&files).findings };
        let (found, would) = (find(&now), find(&then));
        let count = |found: &[Finding], bar| found.iter().filter(|own| own.blocks_at(bar)).count();
        shadow.failures.0 += count(&found, bars.0);
        shadow.failures.1 += count(&would, bars.1);
        let between = Also::between(&found, &would, today);
        shadow.come.extend(between.come);
        shadow.gone.extend(between.gone);
    }
    Ok(shadow)
}

fn judge<'b>(base: &'b Base, schema: &'b Schema, today: Day) -> Judge<'b> {
    let settings = Settings {
        as_of: AsOf::Day(today),
        today,
        all: false,
    };
    Judge::new(&base.pack, schema, settings).excepting(Exceptions {
        root: "",
        waivers: &base.waivers,
        lowered: &base.config.gate.lowered,
    })
}
