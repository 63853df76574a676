//! A plan that goes and one that comes → one plan, where only its folder has another name.

use std::sync::Arc;

use super::Refused;
use super::touched::{Finder, TouchedPlan};
use crate::source::git::moved;

impl Finder<'_> {
    /// The plans, each that was moved once: read before under the name that it has now, so that its
    /// findings are known again. A plan that came to another agency is another plan.
    pub(super) fn follow(&self, plans: Vec<TouchedPlan>) -> Result<Vec<TouchedPlan>, Refused> {
        let is_whole = |plan: &TouchedPlan| plan.old.is_some() != plan.new.is_some();
        let (whole, mut all): (Vec<_>, Vec<_>) = plans.into_iter().partition(is_whole);
        let (came, went): (Vec<TouchedPlan>, Vec<TouchedPlan>) =
            whole.into_iter().partition(|plan| plan.new.is_some());
        let texts = |plans: &[TouchedPlan]| -> Vec<Vec<u8>> {
            let texts = plans.iter().map(|plan| plan.text().as_bytes().to_vec());
            texts.collect()
        };
        let pairs = moved(&texts(&came), &texts(&went));
        let mut came: Vec<Option<TouchedPlan>> = came.into_iter().map(Some).collect();
        let mut went: Vec<Option<TouchedPlan>> = went.into_iter().map(Some).collect();
        for (new, old) in pairs {
            let (Some(mut plan), Some(former)) = (came[new].take(), went[old].take()) else {
                continue;
            };
            let owner = self.base.roster.owner(&plan.file);
            if owner.is_some_and(|owner| *owner != former.agency) {
                came[new] = Some(plan);
                went[old] = Some(former);
                continue;
            }
            plan.old = self.read_as(self.sides[0], &former.file, &plan.file)?;
            plan.agency = Arc::clone(&former.agency);
            plan.moved_from = Some(Arc::clone(&former.file));
            all.push(plan);
        }
        all.extend(came.into_iter().chain(went).flatten());
        all.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(all)
    }
}
