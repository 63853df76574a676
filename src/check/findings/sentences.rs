//! What is said where a policy says nothing of its own, and why a verdict is not settled.
//!
//! The title of a policy names a defect. Nothing here says that it is there: a duty that a document
//! carries, or that cannot be told, is no accusation.

use std::sync::Arc;

use crate::check::duty::judge::Judgement;
use crate::check::findings::show::SUBJECT;
use crate::check::scene::facts::written_citations;
use crate::check::scene::{Scene, Visit};
use crate::document::Node;
use crate::finding::{Cause, Reason, Verdict};
use crate::plan::Mode;
use crate::policy::{Each, Policy};
use crate::text::{DateRange, Language, Localized};

/// The standard sentence of a verdict that has this [`cause`].
pub(in crate::check) fn standard(
    policy: &Policy,
    judgement: &Judgement<'_>,
    visit: &Visit<'_>,
    cause: Option<&Cause>,
) -> Localized {
    let title = &policy.title;
    let nothing = Localized::default();
    let (why, about) = cause.map_or((&nothing, title), |cause| (&cause.why, &cause.about));
    let (zh, en) = match judgement.verdict {
        Verdict::Delegated | Verdict::Pending => {
            let (zh, en) = match (judgement.verdict, is_blanket(judgement)) {
                (Verdict::Delegated, false) => {
                    ("，計畫未載明內容", "; the plan does not state what it says")
                }
                _ => ("", ""),
            };
            (
                format!("「{}」{}{zh}", about.zh_tw, why.zh_tw),
                format!("{}: {}{en}", about.en, why.en),
            )
        }
        Verdict::Unknown => (
            format!("無法判定是否有「{}」之情形：{}", title.zh_tw, why.zh_tw),
            format!(
                "cannot be told whether \u{201c}{}\u{201d}: {}",
                title.en, why.en
            ),
        ),
        Verdict::Doubt => {
            let (zh, en) = doubt(judgement);
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
            let (zh, en) = not_applicable(judgement);
            (
                format!("{}：不適用，{zh}", title.zh_tw),
                format!("{}: not applicable, {en}", title.en),
            )
        }
    };
    match visit.body {
        Some(_) if policy.each == Each::Bodies => {
            Localized::new(format!("{SUBJECT}：{zh}"), format!("{SUBJECT}: {en}"))
        }
        _ => Localized::new(zh, en),
    }
}

/// Why a verdict is not settled, and what hangs on it.
pub(in crate::check) fn cause<'p>(
    scene: &Scene<'p>,
    policy: &Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Option<Cause> {
    let why = phrase(judgement)?;
    let about = match judgement.verdict {
        Verdict::Unknown => Arc::clone(&policy.title),
        _ => fact_title(scene, policy, visit),
    };
    Some(Cause { why, about })
}

/// What the fact of the duty is called; of a duty without one, the duty.
fn fact_title<'p>(scene: &Scene<'p>, policy: &Policy, visit: &Visit<'p>) -> Arc<Localized> {
    let title = scene.fact_title(policy, visit);
    title.map_or_else(|| Arc::clone(&policy.title), Arc::new)
}

fn phrase(judgement: &Judgement<'_>) -> Option<Localized> {
    match judgement.verdict {
        Verdict::Unknown => Some(why(judgement)),
        Verdict::Pending => {
            let due = DateRange::day(judgement.due?);
            let [zh, en] = Language::ALL.map(|language| due.show(language));
            Some(Localized::new(
                format!("應於{zh}前完成"),
                format!("due by {en}"),
            ))
        }
        Verdict::Delegated => {
            let names = documents(judgement)
                .map(written_citations)
                .unwrap_or_default();
            let listed = listed(&names);
            Some(if is_blanket(judgement) {
                Localized::new(
                    format!("以概括方式委由{}規定", listed.zh_tw),
                    format!("left as a whole to {}", listed.en),
                )
            } else {
                Localized::new(
                    format!("由{}規定", listed.zh_tw),
                    format!("governed by {}", listed.en),
                )
            })
        }
        _ => None,
    }
}

fn is_blanket(judgement: &Judgement<'_>) -> bool {
    judgement.fact.as_ref().is_some_and(|fact| fact.blanket)
}

/// The documents that carry the fact.
fn documents<'p>(judgement: &Judgement<'p>) -> Option<Node<'p>> {
    let fact = judgement.fact.as_ref()?;
    std::iter::once(&fact.mode)
        .chain(&fact.others)
        .find_map(|mode| match mode {
            Mode::Delegated(documents) => Some(*documents),
            _ => None,
        })
}

fn doubt(judgement: &Judgement<'_>) -> (&'static str, &'static str) {
    match judgement.state {
        Some("by_law") => (
            "僅載依法規辦理，未載數值",
            "only the law is adopted, no figure is stated",
        ),
        Some("delegated") => (
            "僅委由文件規定，未載要點",
            "left to a document without its points",
        ),
        _ => ("未載明", "not stated"),
    }
}

fn not_applicable(judgement: &Judgement<'_>) -> (&'static str, &'static str) {
    match judgement.reason {
        Some(Reason::Scope) => ("不在適用範圍", "outside its scope"),
        Some(Reason::Vacuous) => ("無適用之對象", "there is nothing of the kind"),
        Some(Reason::NotInForce) => ("當時尚無或已無此規定", "no such rule was in force"),
        Some(Reason::Delegated) => (
            "此事委由文件規定，本項不另要求",
            "nothing is asked of what is left to a document",
        ),
        Some(Reason::ByLaw) => (
            "此事依法規所定，本項不另要求",
            "nothing is asked of what is adopted from the law",
        ),
        Some(Reason::Annex) => (
            "此事載於附件，本項不另要求",
            "nothing is asked of what is in an annex",
        ),
        _ => ("計畫載明不適用", "the plan says so"),
    }
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
            "計畫日期所及之各版法規結論不同",
            "the editions that its date allows disagree",
        ),
        Some(Reason::Budget) => ("運算超過步數上限", "the expression takes too many steps"),
        _ => ("所需事實未載明", "a fact it needs is not stated"),
    };
    Localized::new(zh, en)
}
