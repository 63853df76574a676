//! What the reviews come to → who has approved, who is awaited, and whose review does not count.

use std::fmt::Write;

use super::brief::{named, prose};
use crate::report::markdown::{code, escape};
use crate::report::words::pick;
use crate::review::rules::{Asked, ChangeFacts, Rules};
use crate::review::{Approval, Filled, Outcome, Roster, Why};
use crate::text::{Language, Localized};

/// The most changes that are named for a demand.
const MAX_NAMED: usize = 5;

/// The section of the summary about approvals.
pub fn approvals(
    outcome: &Outcome,
    asked: &Asked,
    changes: &[ChangeFacts],
    rules: &Rules,
    roster: &Roster,
    language: Language,
) -> String {
    let tell = |zh_tw, en| pick(language, zh_tw, en);
    if rules.is_empty() {
        let none = tell(
            "未設定核准規則（`plangate.yaml` 之 `approvals`）。",
            "There are no approval rules (`approvals` of `plangate.yaml`).",
        );
        return format!("{none}\n");
    }
    if outcome.approvals.is_empty() {
        let none = tell(
            "本次變更沒有須核准的事項。",
            "Nothing in this change needs an approval.",
        );
        return format!("{none}\n");
    }
    let mut text = format!(
        "| {} | {} | {} | {} |\n|---|---|---|---|\n",
        tell("事項", "What"),
        tell("職務", "Role"),
        tell("狀態", "State"),
        tell("要看的內容", "What to look at")
    );
    for (at, approval) in outcome.approvals.iter().enumerate() {
        let about = asked.about.get(at).map_or(&[][..], Vec::as_slice);
        let look = look(about, changes, language);
        let subject = subject(approval, rules, roster);
        for filled in &approval.filled {
            let role = role(filled, roster);
            let state = state(filled, roster, language);
            let _ = writeln!(text, "| {subject} | {role} | {state} | {look} |");
        }
    }
    text.push_str(&told_of_others(outcome, asked, language));
    text
}

fn subject(approval: &Approval, rules: &Rules, roster: &Roster) -> String {
    let rule = rules.title(&approval.key.rule);
    let rule = escape(rule.unwrap_or(&approval.key.rule));
    format!("{rule}（{}）", agency(&approval.key.agency, roster))
}

fn agency(id: &str, roster: &Roster) -> String {
    let agency = roster.agencies.get(id);
    escape(agency.map_or(id, |agency| &agency.name))
}

fn role(filled: &Filled, roster: &Roster) -> String {
    let role = escape(&filled.want.role);
    format!("{}{role}", agency(&filled.want.agency, roster))
}

fn people(people: impl Iterator<Item = usize>, roster: &Roster, language: Language) -> String {
    let names: Vec<String> = people.map(|at| code(&roster.people[at].login)).collect();
    names.join(pick(language, "、", ", "))
}

fn state(filled: &Filled, roster: &Roster, language: Language) -> String {
    let by = people(
        filled.by.iter().map(|&(person, _)| person),
        roster,
        language,
    );
    let awaited = people(filled.awaited.iter().copied(), roster, language);
    match (filled.missing, language) {
        (0, _) => format!("✅ {by}"),
        (missing, Language::ZhTw) if awaited.is_empty() => {
            format!("⛔ 缺 {missing} 名，名冊上無人可以核准")
        }
        (missing, Language::En) if awaited.is_empty() => {
            format!("⛔ {missing} missing, and nobody of the roster can approve")
        }
        (missing, Language::ZhTw) => format!("⏳ 尚缺 {missing} 名：{awaited}"),
        (missing, Language::En) => format!("⏳ {missing} missing: {awaited}"),
    }
}

/// An address that its owner knows again, and nobody can write to.
fn masked(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

/// The changes that a demand is about, the first few by name.
fn look(about: &[usize], changes: &[ChangeFacts], language: Language) -> String {
    let first = about
        .iter()
        .take(MAX_NAMED)
        .filter_map(|&at| changes.get(at));
    let mut shown: Vec<String> = first
        .map(|change| match change.title.get(language) {
            "" => named(&change.path),
            title => prose(title),
        })
        .collect();
    if let Some(more) = about.len().checked_sub(MAX_NAMED).filter(|&more| more > 0) {
        shown.push(match language {
            Language::ZhTw => format!("另 {more} 項"),
            Language::En => format!("{more} more"),
        });
    }
    shown.join("<br>")
}

/// Objections, reviews that do not count, and what nobody can be asked for.
fn told_of_others(outcome: &Outcome, asked: &Asked, language: Language) -> String {
    let mut text = String::new();
    let mut line = |told: String| {
        let _ = writeln!(text, "- {told}");
    };
    for objection in &outcome.objections {
        let login = named(&objection.login);
        line(match (objection.person.is_some(), language) {
            (true, Language::ZhTw) => format!("⛔ {login} 要求修改；須由其本人核准或撤銷該審查"),
            (true, Language::En) => format!(
                "⛔ {login} asks for changes and has to approve, or the review be dismissed"
            ),
            (false, Language::ZhTw) => format!("{login} 要求修改，不在名冊上，不影響合併"),
            (false, Language::En) => {
                format!("{login} asks for changes, is not on the roster, and blocks nothing")
            }
        });
    }
    for ignored in &outcome.ignored {
        let login = match ignored.login.as_str() {
            "" => pick(language, "已刪除的帳號", "a deleted account").to_owned(),
            login => named(login),
        };
        let why: Localized = ignored.why.told();
        let what = match ignored.why {
            // It may have been an objection.
            Why::AfterMerge => pick(language, "審查", "review"),
            _ => pick(language, "核准", "approval"),
        };
        let demand = ignored
            .demand
            .as_ref()
            .map(|key| code(&key.rule))
            .unwrap_or_default();
        line(match language {
            Language::ZhTw => format!("{login} 的{what}未計入{demand}：{}", escape(&why.zh_tw)),
            Language::En => format!(
                "the {what} of {login} does not count {demand}: {}",
                escape(&why.en)
            ),
        });
    }
    for (commit, email) in &outcome.unattributed {
        let (commit, email) = (
            code(commit.get(..7).unwrap_or(commit)),
            named(&masked(email)),
        );
        line(match language {
            Language::ZhTw => {
                format!("⛔ 提交 {commit} 的位址 {email} 無人認領；登入名冊，或以已知帳號重新提交")
            }
            Language::En => format!(
                "⛔ nobody answers for {email} of commit {commit}; enter it in the roster, or commit under a known account"
            ),
        });
    }
    if outcome.is_pusher_unknown {
        line(format!("⛔ {}", Why::UnknownPusher.told().get(language)));
    }
    for (_, why) in &asked.nobody {
        line(format!("⛔ {}", escape(why.get(language))));
    }
    if text.is_empty() {
        text
    } else {
        format!("\n{text}")
    }
}
