//! Two states of a plan under a policy → what is different, in words.

use std::collections::BTreeMap;

use crate::changes::Change;
use crate::state::State;

/// Verdicts of both forms of the plan, told once where they agree.
pub(crate) fn verdicts(before: &State, after: &State) -> Vec<String> {
    let differs = |a: &str, b: &str| (a != b).then(|| arrow(a, b));
    let plain = differs(&before.plain, &after.plain);
    let stated = differs(&before.figures_stated, &after.figures_stated);
    match (plain, stated) {
        (Some(plain), Some(stated)) if plain == stated => vec![plain],
        (plain, stated) => {
            let plain = plain.map(|told| format!("僅基本事項：{told}"));
            let stated = stated.map(|told| format!("載明數字：{told}"));
            plain.into_iter().chain(stated).collect()
        }
    }
}

/// Figures that are new, gone or others, and checks that are.
pub(crate) fn figures(before: &State, after: &State) -> Vec<String> {
    if after.provisions.is_empty() {
        return Vec::new();
    }
    if before.provisions.is_empty() {
        let all = all_figures(after);
        return if all.is_empty() {
            Vec::new()
        } else {
            vec![format!("新增：{all}")]
        };
    }
    let mut names: Vec<&String> = before.figures.keys().chain(after.figures.keys()).collect();
    names.sort();
    names.dedup();
    let figures = names
        .into_iter()
        .filter_map(|name| figure(name, before, after));
    figures
        .chain(checks(&before.checks, &after.checks))
        .collect()
}

/// One figure; of a list, what came and went.
fn figure(name: &str, before: &State, after: &State) -> Option<String> {
    let none = Vec::new();
    let [a, b] = [before, after].map(|state| state.figures.get(name).unwrap_or(&none));
    let only = |list: &[String], other: &[String]| {
        let own = list.iter().filter(|element| !other.contains(element));
        own.cloned().collect::<Vec<_>>().join("、")
    };
    let (gone, new) = (only(a, b), only(b, a));
    match (gone.is_empty(), new.is_empty()) {
        (true, true) => None,
        (false, false) if a.len() == 1 && b.len() == 1 => {
            Some(format!("{name}：{}", arrow(&gone, &new)))
        }
        (false, false) => Some(format!("{name}：刪 {gone}；增 {new}")),
        (true, false) => Some(format!("{name}：增 {new}")),
        (false, true) => Some(format!("{name}：刪 {gone}")),
    }
}

/// Checks by id: added, dropped, or asserting something else.
fn checks(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Option<String> {
    let code = |ids: Vec<&String>| {
        let ids: Vec<String> = ids.into_iter().map(|id| format!("`{id}`")).collect();
        ids.join("、")
    };
    let new = after
        .keys()
        .filter(|id| !before.contains_key(*id))
        .collect();
    let gone = before
        .keys()
        .filter(|id| !after.contains_key(*id))
        .collect();
    let other = after
        .iter()
        .filter(|(id, own)| before.get(*id).is_some_and(|old| old != *own));
    let other = other.map(|(id, _)| id).collect();
    let told = [("增", code(new)), ("刪", code(gone)), ("改", code(other))];
    let told = told.iter().filter(|(_, ids)| !ids.is_empty());
    let told: Vec<String> = told.map(|(word, ids)| format!("{word} {ids}")).collect();
    (!told.is_empty()).then(|| format!("檢核：{}", told.join("；")))
}

/// Provisions, with how sure the pack is of them.
pub(crate) fn provisions(before: &State, after: &State) -> Vec<String> {
    let [a, b] = [before, after].map(|state| state.provisions.join("；"));
    let [sure_a, sure_b] = [before, after].map(sureness);
    let sure = if sure_a == sure_b {
        sure_b.to_owned()
    } else {
        arrow(sure_a, sure_b)
    };
    match () {
        () if a == b && sure_a == sure_b => Vec::new(),
        () if a == b => vec![format!("把握：{sure}")],
        () if a.is_empty() => vec![format!("新增：{b}（{sure_b}）")],
        () if b.is_empty() => vec![format!("停止適用：{a}")],
        () => vec![format!("{}（{sure}）", arrow(&a, &b))],
    }
}

/// Ground and figures of a state; `None` where the policy is not in force or not for the plan.
pub(crate) fn stated(state: &State) -> Option<String> {
    if state.provisions.is_empty() {
        return None;
    }
    let figures = all_figures(state);
    let figures = if figures.is_empty() {
        figures
    } else {
        format!("<br>{figures}")
    };
    Some(format!(
        "{}（{}）{figures}",
        state.provisions.join("；"),
        sureness(state)
    ))
}

fn all_figures(state: &State) -> String {
    let figures = state.figures.iter();
    let told: Vec<String> = figures
        .map(|(name, own)| format!("{name} {}", own.join("、")))
        .collect();
    told.join("；")
}

/// Whether nothing differs but the editions of the laws cited.
pub(crate) fn editions_only(change: &Change<'_>) -> bool {
    change.plans.iter().all(|(_, before, after)| {
        let strip = |state: &State| State {
            law_editions: Vec::new(),
            due: None,
            ..state.clone()
        };
        strip(before) == strip(after)
    })
}

fn sureness(state: &State) -> &'static str {
    match state.confidence {
        Some("verified") => "查證條文",
        Some("secondary") => "二手引述",
        Some("memory") => "憑記憶",
        Some(_) => "資料不一",
        None => "",
    }
}

fn arrow(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}
