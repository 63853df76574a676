//! What a finding says: the policy's own words for what happened, or the standard ones.

use crate::check::duty::judge::Judgement;
use crate::check::findings::sentences::standard;
use crate::check::findings::show::fill;
use crate::check::scene::{Scene, Visit};
use crate::finding::{Cause, Reason, Subject, Verdict};
use crate::policy::{Each, Edition, Message, Policy};
use crate::text::Localized;

/// The sentence of a finding.
pub(in crate::check) fn message<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
    cause: Option<&Cause>,
) -> Localized {
    let text = template(judgement);
    let mut shown = vec![&policy.show];
    shown.extend(judgement.check.map(|check| &check.show));
    let mut message = match text {
        Some(text) => fill(scene, text, &shown, policy.each == Each::Bodies),
        None => standard(scene.reader, policy, judgement, visit, cause),
    };
    if judgement.partly {
        message.zh_tw.push_str("（計畫日期所及之部分日期無此義務）");
        if scene.reader.english {
            let asked = " (asked on some of the days that its date allows)";
            message.en.push_str(asked);
        }
    }
    message
}

/// The text of the policy for what happened, where it has one.
fn template<'p>(judgement: &Judgement<'p>) -> Option<&'p Message> {
    let edition: &'p Edition = judgement.edition?;
    let of_state = |state: &str| edition.messages.get(state);
    match (judgement.verdict, judgement.state) {
        (Verdict::Pending, _) => of_state("pending"),
        (Verdict::Unknown, _) => of_state("unknown"),
        (Verdict::Delegated, _) => of_state("delegated"),
        (Verdict::Fail | Verdict::Doubt, _) if judgement.check.is_some() => {
            let own = judgement.check.and_then(|check| check.message.as_ref());
            Some(own.unwrap_or(&edition.message))
        }
        (Verdict::Fail, Some(state)) => Some(of_state(state).unwrap_or(&edition.message)),
        (Verdict::Doubt, Some(state)) => of_state(state),
        _ => None,
    }
}

/// The next act, where there is one.
pub(in crate::check) fn help<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    judgement: &Judgement<'p>,
) -> Option<Localized> {
    let needed = matches!(
        judgement.verdict,
        Verdict::Fail | Verdict::Doubt | Verdict::Pending | Verdict::Unknown
    );
    if !needed || judgement.edition.is_none() {
        return None;
    }
    // What the policy would have written cannot cure what is not there to be read.
    if judgement.verdict == Verdict::Unknown && judgement.reason == Some(Reason::Annex) {
        return Some(Localized::new(
            "將附件之檔案置於計畫資料夾內，並於 annexes 載明其 path",
            "keep the file of the annex in the plan's folder and give its path under annexes",
        ));
    }
    let own = judgement.check.and_then(|check| check.help.as_ref());
    let mut shown = vec![&policy.show];
    shown.extend(judgement.check.map(|check| &check.show));
    Some(fill(
        scene,
        own.unwrap_or(&policy.help),
        &shown,
        policy.each == Each::Bodies,
    ))
}

/// 「甲」「甲、乙」「甲等 18 機關」
pub(in crate::check) fn subject(bodies: &[Subject]) -> Localized {
    match bodies {
        [] => Localized::new("本計畫", "the plan"),
        [one] => Localized::same(&*one.name),
        [first, second] => Localized::new(
            format!("{}、{}", first.name, second.name),
            format!("{} and {}", first.name, second.name),
        ),
        [first, others @ ..] => Localized::new(
            format!("{}等 {} 機關", first.name, bodies.len()),
            format!("{} and {} other bodies", first.name, others.len()),
        ),
    }
}
