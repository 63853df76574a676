//! What a policy of the kind `transition` is about, and what it cannot have.

use crate::policy::catalogue::Collection;
use crate::policy::policy::{Each, Pairs};
use crate::policy::problem::Problems;
use crate::policy::raw::RawPolicy;
use crate::text::Span;

/// Which things a transition visits; `None` for a policy of another kind, or where something in it
/// is wrong.
pub(super) fn pairs(
    raw: &RawPolicy,
    each: Option<&Each>,
    problems: &mut Problems<'_>,
) -> Option<Pairs> {
    let is_transition = raw
        .kind
        .as_ref()
        .is_some_and(|kind| kind.value == "transition");
    if !is_transition {
        only_of_two_plans(raw, each, problems);
        return None;
    }
    let title = raw.title.zh_tw.span;
    // Two sides have two modes, and what is due on a day is asked of one plan.
    let of_one_plan = [
        ("fact", raw.fact.is_some()),
        ("over", raw.over.is_some()),
        ("modes", raw.modes.is_some()),
        ("deadline", raw.deadline.is_some()),
        ("write", raw.write.is_some()),
        ("forbid", !raw.forbid.is_empty()),
    ];
    for (key, _) in of_one_plan.into_iter().filter(|(_, has)| *has) {
        let zh = format!("kind: transition 之政策比較二份計畫，不寫 {key}");
        let en = format!("a policy of kind transition compares two plans and has no {key}");
        problems.say("policy/kind", title, zh, en);
    }
    let Some(word) = &raw.pairs else {
        return Some(Pairs::Matched);
    };
    let mut known = Pairs::ALL.into_iter();
    let pairs = known.find(|(known, _)| *known == word.value);
    let over_rows = matches!(each, None | Some(Each::Bodies | Each::Rows(_)));
    if pairs.is_none() || !over_rows {
        let zh = "pairs 只能是 matched、added 或 removed，且只用於逐列比較之政策".to_owned();
        let en = "pairs is matched, added or removed, and for policies over rows".to_owned();
        problems.say("policy/pairs", word.span, zh, en);
    }
    pairs.map(|(_, pairs)| pairs)
}

/// What only a transition may have.
fn only_of_two_plans(raw: &RawPolicy, each: Option<&Each>, problems: &mut Problems<'_>) {
    let over_changes = match each {
        Some(Each::Derived(Collection::Changes | Collection::Notes)) => {
            raw.each.as_ref().map(|each| each.span)
        }
        _ => None,
    };
    let pairs = raw.pairs.as_ref().map(|pairs| pairs.span);
    let spans: [Option<Span>; 2] = [over_changes, pairs];
    for span in spans.into_iter().flatten() {
        let zh = "changes、notes 與 pairs 只用於 kind: transition 之政策".to_owned();
        let en = "changes, notes and pairs are for policies of kind transition".to_owned();
        problems.say("policy/kind", span, zh, en);
    }
}
