//! What is said where a policy says nothing of its own, and why a verdict is not settled.
//!
//! The title of a policy names a defect. Nothing here says that it is there: a duty that a document
//! carries, or that cannot be told, is no accusation.

use std::sync::Arc;

use crate::check::duty::judge::Judgement;
use crate::check::findings::reader::Reader;
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
    reader: Reader,
    policy: &Policy,
    judgement: &Judgement<'_>,
    visit: &Visit<'_>,
    cause: Option<&Cause>,
) -> Localized {
    let is_of_bodies = visit.body.is_some() && policy.each == Each::Bodies;
    reader.sentence(|language| {
        let subject = match is_of_bodies {
            true => [SUBJECT, pick(language, "：", ": ")],
            false => ["", ""],
        };
        subject.concat() + &of_language(policy, judgement, cause, language)
    })
}

fn of_language(
    policy: &Policy,
    judgement: &Judgement<'_>,
    cause: Option<&Cause>,
    language: Language,
) -> String {
    let title = policy.title.get(language);
    let why = cause.map_or("", |cause| cause.why.get(language));
    let is_chinese = language == Language::ZhTw;
    match judgement.verdict {
        Verdict::Delegated | Verdict::Pending => {
            let about = cause.map_or(title, |cause| cause.about.get(language));
            let silent = match (judgement.verdict, is_blanket(judgement)) {
                (Verdict::Delegated, false) => {
                    ["，計畫未載明內容", "; the plan does not state what it says"]
                }
                _ => ["", ""],
            };
            match is_chinese {
                true => ["「", about, "」", why, silent[0]].concat(),
                false => [about, ": ", why, silent[1]].concat(),
            }
        }
        Verdict::Unknown if is_chinese => ["無法判定是否有「", title, "」之情形：", why].concat(),
        Verdict::Unknown => ["cannot be told whether \u{201c}", title, "\u{201d}: ", why].concat(),
        Verdict::Doubt => {
            let (zh, en) = doubt(judgement);
            match is_chinese {
                true => [title, "：", zh].concat(),
                false => [title, ": ", en].concat(),
            }
        }
        Verdict::Pass if is_chinese => ["符合：無「", title, "」之情形"].concat(),
        Verdict::Pass => ["met: not \u{201c}", title, "\u{201d}"].concat(),
        _ => {
            let (zh, en) = not_applicable(judgement);
            match is_chinese {
                true => [title, "：不適用，", zh].concat(),
                false => [title, ": not applicable, ", en].concat(),
            }
        }
    }
}

/// One of two texts.
fn pick<'t>(language: Language, zh_tw: &'t str, en: &'t str) -> &'t str {
    match language {
        Language::ZhTw => zh_tw,
        Language::En => en,
    }
}

/// Why a verdict is not settled, and what hangs on it.
pub(in crate::check) fn cause<'p>(
    scene: &Scene<'p>,
    policy: &Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Option<Cause> {
    let why = phrase(scene.reader, judgement)?;
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

fn phrase(reader: Reader, judgement: &Judgement<'_>) -> Option<Localized> {
    match judgement.verdict {
        Verdict::Unknown => Some(why(reader, judgement)),
        Verdict::Pending => {
            let due = DateRange::day(judgement.due?);
            Some(reader.sentence(|language| {
                let due = due.show(language);
                match language {
                    Language::ZhTw => ["應於", &due, "前完成"].concat(),
                    Language::En => ["due by ", &due].concat(),
                }
            }))
        }
        Verdict::Delegated => {
            let names = documents(judgement)
                .map(written_citations)
                .unwrap_or_default();
            let is_blanket = is_blanket(judgement);
            Some(reader.sentence(|language| {
                let [before, after] = match (language, is_blanket) {
                    (Language::ZhTw, true) => ["以概括方式委由", "規定"],
                    (Language::ZhTw, false) => ["由", "規定"],
                    (Language::En, true) => ["left as a whole to ", ""],
                    (Language::En, false) => ["governed by ", ""],
                };
                [before, &listed(&names, language), after].concat()
            }))
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
fn listed(names: &[String], language: Language) -> String {
    let few = &names[..names.len().min(3)];
    match language {
        Language::ZhTw => {
            let mut text = String::new();
            for (at, name) in few.iter().enumerate() {
                for part in [if at == 0 { "「" } else { "、「" }, name, "」"] {
                    text.push_str(part);
                }
            }
            if names.len() > few.len() {
                text.push_str(&format!("等 {} 份文件", names.len()));
            }
            text
        }
        Language::En => {
            let mut text = few.join(", ");
            if names.len() > few.len() {
                let more = names.len() - few.len();
                text.push_str(&format!(" and {more} other documents"));
            }
            text
        }
    }
}

fn why(reader: Reader, judgement: &Judgement<'_>) -> Localized {
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
    reader.sentence(|language| pick(language, zh, en).to_owned())
}
