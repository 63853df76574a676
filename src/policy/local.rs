//! What a local pack may not do: it adds and tightens, and never edits what is built in.

use super::pack::Pack;
use super::policy::Policy;
use super::problem::Problems;
use crate::document::Spanned;
use crate::text::meant;

/// Says what is wrong with how a policy stands to the built-in ones. They are loaded first.
pub(super) fn check(pack: &Pack, policy: &Policy, local: bool, problems: &mut Problems<'_>) {
    match (&policy.tightens, local) {
        (Some(of), true) => tightens(pack, of, problems),
        (Some(of), false) => problems.say(
            "policy/tightens",
            of.span,
            "tightens 只用於地方政策包".to_owned(),
            "tightens is for local packs".to_owned(),
        ),
        (None, true) => edits(pack, policy, problems),
        (None, false) => {}
    }
}

/// A local policy of the name of a built-in one would pass for it.
fn edits(pack: &Pack, policy: &Policy, problems: &mut Problems<'_>) {
    let stem = policy.id.rsplit('/').next().unwrap_or(&policy.id);
    if pack.policies.contains_key(stem) {
        let zh = format!(
            "內建政策「{stem}」不能修改；要求更嚴者寫 tightens: {stem}，另立義務者換一個檔名"
        );
        let en = format!(
            "the built-in policy {stem} cannot be edited; write tightens: {stem} to ask for more, or \
             name the file otherwise"
        );
        problems.say("policy/edits-built-in", policy.place, zh, en);
    }
}

fn tightens(pack: &Pack, of: &Spanned<String>, problems: &mut Problems<'_>) {
    let id = &of.value;
    if pack.policies.contains_key(&**id) && !id.contains('/') {
        return;
    }
    let built_in = pack.policies.keys().filter(|id| !id.contains('/'));
    let near = meant(id, built_in.map(|id| &**id));
    let zh = near.map(|near| format!("；最接近者為 {near}"));
    let en = near.map(|near| format!("; did you mean {near}?"));
    problems.say(
        "policy/tightens",
        of.span,
        format!("沒有內建政策「{id}」{}", zh.unwrap_or_default()),
        format!("there is no built-in policy {id}{}", en.unwrap_or_default()),
    );
}
