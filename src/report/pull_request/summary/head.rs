//! The verdict, and the three statuses with their words.

use super::{Review, Told};
use crate::report::markdown::code;
use crate::report::pull_request::brief::prose;
use crate::report::words::pick;
use crate::review::statuses::{Context, Ground, State, Status};
use crate::text::Language;

/// What to do where a repository is not set up yet.
const STEPS: [(&str, &str); 3] = [
    (
        "於基底分支放置 `plangate.yaml`，寫明計畫所在之資料夾",
        "put a `plangate.yaml` on the base branch that says where the plans are",
    ),
    (
        "於 `roster.yaml` 登錄機關、上級機關、職務與帳號，並於 `plangate.yaml` 寫核准規則",
        "enter agencies, supervisors, roles and accounts in `roster.yaml`, and approval rules in `plangate.yaml`",
    ),
    (
        "於分支保護將三項狀態設為必要，並指定其來源",
        "require the three statuses in the branch protection, and name their source",
    ),
];

pub(super) fn head(review: Review<'_>) -> String {
    let language = review.language;
    let commit = &review.pull_request.head;
    let commit = code(commit.get(..7).unwrap_or(commit));
    let mut text = format!("## {}\n\n", verdict(review));
    text.push_str(match language {
        Language::ZhTw => "| 檢核 | 狀態 | 說明 |\n|---|---|---|\n",
        Language::En => "| Check | State | Description |\n|---|---|---|\n",
    });
    for status in review.statuses {
        let description = prose(status.description.get(language));
        let (name, mark) = (name(status.context, language), mark(status.state));
        text.push_str(&format!("| {name} | {mark} | {description} |\n"));
    }
    text.push_str(&match language {
        Language::ZhTw => format!("\n依 {commit} 判定；推送新提交或審查後自動更新。\n"),
        Language::En => format!("\nJudged at {commit}; kept up to date with pushes and reviews.\n"),
    });
    let is_set_up = !matches!(review.told, Told::Unjudged(Ground::NotConfigured));
    if let Some(found) = review.unguarded.filter(|_| is_set_up) {
        let found = prose(found.get(language));
        let help = pick(
            language,
            "；以 `plangate doctor` 查核",
            "; ask `plangate doctor`",
        );
        text.push_str(&format!("\n⚠️ {found}{help}\n"));
    }
    if let Told::Unjudged(Ground::NotConfigured) = review.told {
        text.push_str(pick(
            language,
            "\n後續三步：\n\n",
            "\nThree next steps:\n\n",
        ));
        for (at, (zh_tw, en)) in STEPS.iter().enumerate() {
            text.push_str(&format!("{}. {}\n", at + 1, pick(language, zh_tw, en)));
        }
    }
    text
}

fn verdict(review: Review<'_>) -> String {
    let language = review.language;
    let told = |zh_tw, en| pick(language, zh_tw, en).to_owned();
    let of = |state| review.statuses.iter().any(|status| status.state == state);
    if of(State::Error) {
        return told(
            "⚠️ 無法檢查，尚不能合併",
            "⚠️ Could not check, not to be merged",
        );
    }
    if of(State::Failure) {
        return told("⛔ 尚不能合併", "⛔ Not to be merged yet");
    }
    if of(State::Pending) {
        return match review.pull_request.is_draft {
            true => told("⏳ 草稿，檢核通過", "⏳ A draft; the checks hold"),
            false => told(
                "⏳ 檢核通過，尚待核准",
                "⏳ The checks hold, approvals are awaited",
            ),
        };
    }
    match review.told {
        Told::Unjudged(Ground::NotConfigured) => told("尚未設定", "Not configured"),
        Told::Unjudged(_) => told("✅ 與計畫無關", "✅ No plan is touched"),
        Told::Judged { .. } => told("✅ 可以合併", "✅ Ready to be merged"),
    }
}

fn name(context: Context, language: Language) -> &'static str {
    let (zh_tw, en) = match context {
        Context::Policies => ("政策", "Policies"),
        Context::ChangeLog => ("變更紀錄", "Change log"),
        Context::Approval => ("核准", "Approval"),
    };
    pick(language, zh_tw, en)
}

fn mark(state: State) -> &'static str {
    match state {
        State::Success => "✅",
        State::Pending => "⏳",
        State::Failure => "⛔",
        State::Error => "⚠️",
    }
}

/// The statuses in one line each, for a terminal.
pub(in crate::report::pull_request) fn line(status: &Status, language: Language) -> String {
    let (name, mark) = (name(status.context, language), mark(status.state));
    format!("{mark} {name}：{}", status.description.get(language))
}
