//! What verifying a receipt came to, for people: what is proven, and what is only stated.

use std::fmt::Write as _;

use serde_json::Value;

use super::compare::{Difference, Verification};
use crate::report::visible::visible;
use crate::text::{Language, Localized};

/// The text.
pub fn told(verification: &Verification<'_>, language: Language) -> String {
    let mut out = String::new();
    let mut line = |text: Localized| {
        let _ = writeln!(out, "{}", text.get(language));
    };
    let receipt = verification.receipt;
    line(heading(receipt));
    line(Localized::new(
        "可證明者（自 Git 物件與政策包重新判定）",
        "proven (judged again from Git objects and packs)",
    ));
    for (title, found) in parts(verification) {
        line(verdict(&title, found));
        for own in found {
            line(difference(own));
        }
    }
    if verification.is_other_tool {
        line(Localized::new(
            "  注意：收據由另一版本之 plangate 作成；有不同者，以該版本再驗",
            "  note: another version of plangate made the receipt; if something differs, verify with that one",
        ));
    }
    line(Localized::new(
        "僅為陳述者（平台所述，Git 無從證明）",
        "only stated (the forge said so; Git cannot prove it)",
    ));
    for text in stated(receipt) {
        line(text);
    }
    out
}

fn heading(receipt: &Value) -> Localized {
    let at = |pointer: &str| text(receipt, pointer);
    let number = receipt.pointer("/said/pull_request/number");
    let number = number.and_then(Value::as_u64).unwrap_or_default();
    let (head, tree) = (at("/objects/head/commit"), at("/objects/head/tree"));
    let (day, version) = (at("/today"), at("/tool/version"));
    Localized::new(
        format!("收據：#{number}，{day} 判定，plangate {version}\n  提交 {head}\n  內容 {tree}"),
        format!(
            "receipt of #{number}, judged on {day} by plangate {version}\n  commit {head}\n  files {tree}"
        ),
    )
}

type Part<'p> = (Localized, &'p [Difference]);

fn parts<'p>(verification: &'p Verification<'_>) -> [Part<'p>; 3] {
    [
        (
            Localized::new(
                "所判定之檔案、名冊、設定與政策包",
                "what was judged, and by what",
            ),
            &verification.objects,
        ),
        (
            Localized::new(
                "檢核結果；就所述之審查而言，核准與狀態",
                "the findings; given the reviews as stated, approvals and statuses",
            ),
            &verification.verdict,
        ),
        (
            Localized::new("收據未夾帶其他內容", "nothing else is in the receipt"),
            &verification.rest,
        ),
    ]
}

fn verdict(title: &Localized, found: &[Difference]) -> Localized {
    let (zh, en) = match found.is_empty() {
        true => ("相符", "holds"),
        false => ("不符", "does not hold"),
    };
    Localized::new(
        format!("  {zh}　{}", title.zh_tw),
        format!("  {en}: {}", title.en),
    )
}

fn difference(own: &Difference) -> Localized {
    let at = visible(&own.at);
    let side = |value: &Option<String>, none: &str| {
        value.as_deref().map_or_else(|| none.to_owned(), visible)
    };
    Localized::new(
        format!(
            "    {at}：收據 {}，重判 {}",
            side(&own.stated, "無"),
            side(&own.again, "無")
        ),
        format!(
            "    {at}: {} in the receipt, {} again",
            side(&own.stated, "nothing"),
            side(&own.again, "nothing")
        ),
    )
}

fn stated(receipt: &Value) -> Vec<Localized> {
    let address = text(receipt, "/said/address");
    let taken = text(receipt, "/said/taken_at");
    let mut lines = vec![
        Localized::new(
            format!("  儲存庫 {address}，判定時刻 {taken}"),
            format!("  the repository {address}, the time {taken}"),
        ),
        Localized::new(
            "  哪個帳號寫了哪個提交、誰推送",
            "  which account wrote which commit, and who pushed",
        ),
    ];
    let reviews = receipt.pointer("/said/reviews").and_then(Value::as_array);
    for review in reviews.into_iter().flatten() {
        let at = |pointer: &str| text(review, pointer);
        let number = |pointer: &str| {
            let number = review.pointer(pointer).and_then(Value::as_u64);
            number.map_or_else(|| "?".to_owned(), |number| number.to_string())
        };
        let (id, account) = (number("/id"), number("/author/id"));
        let (login, state) = (at("/author/login"), at("/state"));
        let (commit, day) = (at("/commit"), at("/submitted_at"));
        lines.push(Localized::new(
            format!("  審查 {id}：{login}（帳號 {account}）{state}，{day}，於 {commit}"),
            format!("  review {id}: {login} (account {account}) {state}, {day}, at {commit}"),
        ));
    }
    lines
}

/// A text of a receipt, which a stranger may have written, as a terminal takes it.
fn text(value: &Value, pointer: &str) -> String {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.map_or_else(|| "?".to_owned(), visible)
}
