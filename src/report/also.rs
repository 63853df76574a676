//! What a second law date changes, in sentences for text and sheet.

use super::words::{self, in_brackets, pick};
use crate::check::{Also, Difference, PlanSummary};
use crate::finding::Verdict;
use crate::text::{DateRange, Language};

/// How the plan stands on the first day and what the second changes.
pub(super) fn heading(plan: &PlanSummary, also: &Also, language: Language) -> String {
    let day = DateRange::day(also.day).show(language);
    let (come, gone) = (also.come.len(), also.gone.len());
    let all = words::of_plan(plan);
    let clean = all.of(Verdict::Fail) == 0;
    let now = match language {
        Language::ZhTw if clean => "法規日無不符；",
        Language::En if clean => "no failure on the law date; ",
        _ => "",
    };
    let change = match (come, gone, language) {
        (0, 0, Language::ZhTw) => "並無不同".to_owned(),
        (0, 0, Language::En) => "nothing differs".to_owned(),
        (come, 0, Language::ZhTw) => format!("多 {come} 項"),
        (come, 0, Language::En) => format!("{come} more"),
        (0, gone, Language::ZhTw) => format!("少 {gone} 項"),
        (0, gone, Language::En) => format!("{gone} fewer"),
        (come, gone, Language::ZhTw) => format!("多 {come} 項、少 {gone} 項"),
        (come, gone, Language::En) => format!("{come} more, {gone} fewer"),
    };
    match language {
        Language::ZhTw => format!("{now}依{day}之法規：{change}"),
        Language::En => format!("{now}by the law of {day}: {change}"),
    }
}

/// A difference in one line, not yet escaped: verdict, message, place and provision.
pub(super) fn line(difference: &Difference, language: Language) -> String {
    let word = match difference.verdict {
        Verdict::Fail => difference.severity.word(),
        verdict => words::verdict(verdict, language),
    };
    let mut told = vec![format!("{}:{}", difference.file, difference.line)];
    let basis = difference.basis.as_ref();
    told.extend(basis.map(|basis| basis.get(language).to_owned()));
    let told = in_brackets(&told.join(pick(language, "；", "; ")), language);
    let message = difference.message.get(language);
    format!("{word}[{}]: {message}{told}", difference.policy)
}
