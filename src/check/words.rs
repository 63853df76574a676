//! What a finding says: the policy's own words for what happened, or the standard ones.

use super::judge::Judgement;
use super::scene::{Scene, Visit, written_citations};
use super::show::{SUBJECT, fill};
use crate::finding::{Reason, Subject, Verdict};
use crate::plan::Mode;
use crate::policy::{Each, Edition, Message, Policy};
use crate::text::{DateRange, Language, Localized};

/// The sentence of a finding.
pub(super) fn message<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Localized {
    let text = template(judgement);
    let mut shown = vec![&policy.show];
    shown.extend(judgement.check.map(|check| &check.show));
    match text {
        Some(text) => fill(scene, text, &shown, policy.each == Each::Bodies),
        None => standard(policy, judgement, visit),
    }
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

/// What is said where the policy says nothing of its own (docs/policy-format.md §8).
fn standard<'p>(policy: &Policy, judgement: &Judgement<'p>, visit: &Visit<'p>) -> Localized {
    let subject = match visit.body {
        Some(_) if policy.each == Each::Bodies => (format!("{SUBJECT}："), format!("{SUBJECT}: ")),
        _ => (String::new(), String::new()),
    };
    let title = &policy.title;
    let (zh, en) = match judgement.verdict {
        Verdict::Delegated => {
            let documents = judgement.fact.as_ref().and_then(|fact| match &fact.mode {
                Mode::Delegated(documents) => Some(*documents),
                _ => fact.others.iter().find_map(|mode| match mode {
                    Mode::Delegated(documents) => Some(*documents),
                    _ => None,
                }),
            });
            let names = documents.map(written_citations).unwrap_or_default();
            let blanket = judgement.fact.as_ref().is_some_and(|fact| fact.blanket);
            let (zh_way, en_way) = if blanket {
                ("概括委於", "left as a whole to")
            } else {
                ("委於", "left to")
            };
            let listed = listed(&names);
            (
                format!("{}：{zh_way}{}", title.zh_tw, listed.zh_tw),
                format!("{}: {en_way} {}", title.en, listed.en),
            )
        }
        Verdict::Pending => {
            let due = judgement.due.map(DateRange::day);
            let show = |language| due.map(|due| due.show(language)).unwrap_or_default();
            let [zh_due, en_due] = Language::ALL.map(show);
            (
                format!("{}：應於 {zh_due} 前完成", title.zh_tw),
                format!("{}: due by {en_due}", title.en),
            )
        }
        Verdict::Unknown => {
            let why = why(judgement);
            (
                format!("{}：無法判定，{}", title.zh_tw, why.zh_tw),
                format!("{}: cannot be told, {}", title.en, why.en),
            )
        }
        Verdict::Doubt => {
            let (zh, en) = match judgement.state {
                Some("by_law") => (
                    "僅載依法規辦理，未載數值",
                    "only the law is adopted, no figure is stated",
                ),
                Some("delegated") => (
                    "僅委於文件，未載要點",
                    "left to a document without its points",
                ),
                _ => ("未載明", "not stated"),
            };
            (
                format!("{}：{zh}", title.zh_tw),
                format!("{}: {en}", title.en),
            )
        }
        Verdict::Pass => (
            format!("符合：無「{}」之情形", title.zh_tw),
            format!("met: not \u{201c}{}\u{201d}", title.en),
        ),
        _ => {
            let reason = judgement.reason.map_or("", Reason::word);
            let zh = match judgement.reason {
                Some(Reason::Scope) => "不在適用範圍",
                Some(Reason::Vacuous) => "無適用之對象",
                Some(Reason::NotInForce) => "當時尚無或已無此規定",
                _ => "計畫載明不適用",
            };
            (
                format!("{}：不適用，{zh}", title.zh_tw),
                format!("{}: not applicable ({reason})", title.en),
            )
        }
    };
    Localized::new(format!("{}{zh}", subject.0), format!("{}{en}", subject.1))
}

/// At most three names, and how many in all.
fn listed(names: &[String]) -> Localized {
    let some: Vec<String> = names
        .iter()
        .take(3)
        .map(|name| format!("「{name}」"))
        .collect();
    let plain: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    if names.len() <= 3 {
        return Localized::new(some.join("、"), plain.join(", "));
    }
    Localized::new(
        format!("{}等 {} 份文件", some.join("、"), names.len()),
        format!(
            "{} and {} other documents",
            plain.join(", "),
            names.len() - 3
        ),
    )
}

fn why(judgement: &Judgement<'_>) -> Localized {
    if let Some(why) = &judgement.why {
        return why.clone();
    }
    let (zh, en) = match judgement.reason {
        Some(Reason::Annex) => ("所在附件未隨附", "its annex is not there"),
        Some(Reason::Grade) => ("未載明責任等級", "the grade is not stated"),
        Some(Reason::GradedOn) => (
            "等級核定日不詳，期限是否已過不得而知",
            "the day of grading is not known, so that the deadline is not",
        ),
        Some(Reason::EditionsDisagree) => (
            "發行日期所及之各版法規結論不同",
            "the editions that its date allows disagree",
        ),
        Some(Reason::Budget) => ("運算超過步數上限", "the expression takes too many steps"),
        _ => ("所需事實未載明", "a fact it needs is not stated"),
    };
    Localized::new(zh, en)
}

/// The next act, where there is one.
pub(super) fn help<'p>(
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
pub(super) fn subject(bodies: &[Subject]) -> Localized {
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
