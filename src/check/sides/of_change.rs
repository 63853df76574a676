//! Findings about a change itself: what it takes away or turns, whatever the plan then says.
//!
//! They rest on no policy, for there is no plan, or not the right one, that a policy could look at.
//! They block until the change is approved.

use std::sync::Arc;

use crate::finding::{Against, Finding, Place, Severity};
use crate::text::{Localized, SourceFile, Span};

/// A plan that a change takes away: whatever it owed goes with it. `called` names the revision that
/// has it.
pub fn removed(file: &Arc<SourceFile>, called: Option<&str>) -> Finding {
    let message = Localized::new(
        "此變更移除整份計畫，其應辦事項即不再受檢核",
        "the change takes the whole plan away, and with it all that is asked of it",
    );
    let help = Localized::new(
        "誤刪者復原；已整併或裁撤者，由核准規則所定之人核准",
        "put it back, or have those approve who must where the agency was merged or dissolved",
    );
    let end = file.text().find('\n').unwrap_or(file.text().len());
    let place = Place::new(file, Span::new(0, end), "");
    let mut finding = of_change("change/plan-removed", place, message, help);
    if let Some(called) = called {
        let name = format!("{called}:{}", file.name());
        finding.place.file = Arc::new(SourceFile::new(name, file.text()));
    }
    finding
}

/// A switch that cannot be put back as it was: what hangs on it cannot be told.
pub(in crate::check) fn stuck(place: Place) -> Finding {
    let message = Localized::new(
        "此處之變更影響應辦事項之範圍，且無法還原為變更前之狀態判定",
        "the change here decides which duties there are, and the plan cannot be judged as it was before",
    );
    let help = Localized::new(
        "將此變更單獨提出，其餘變更另案辦理",
        "make this change by itself, and all others in another one",
    );
    of_change("change/switch-not-undone", place, message, help)
}

/// What is stated no more and cannot be put back, while failures went: whether they are mended, or only
/// not seen any more, cannot be told.
pub(in crate::check) fn unstated(place: Place) -> Finding {
    let message = Localized::new(
        "此處不再載明之內容無法還原，不能判定所消失之缺失是否確已改正",
        "what is not stated here any more cannot be put back, so it cannot be told whether the failures that are gone are mended",
    );
    let help = Localized::new(
        "將此處之變更單獨提出，缺失之改正另案辦理",
        "make this change by itself, and mend failures in another one",
    );
    of_change("change/statement-not-undone", place, message, help)
}

fn of_change(rule: &str, place: Place, message: Localized, help: Localized) -> Finding {
    let mut finding = Finding::of_form(rule, Severity::Error, place, message, Some(help));
    finding.against = Some(Against {
        until_approved: true,
        ..Against::brought(false)
    });
    finding
}
