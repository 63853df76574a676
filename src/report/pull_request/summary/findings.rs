//! Findings in the summary: what blocks, what else is there, what is coming.

use std::collections::BTreeMap;

use super::{Review, folded, link, section};
use crate::check::Difference;
use crate::finding::Finding;
use crate::report::markdown::code;
use crate::report::pull_request::brief::prose;
use crate::report::words::{self, pick};
use crate::review::judgement::{Block, Judged, Judgement};
use crate::text::{DateRange, Language};

/// What blocks, each with its line and its ground.
pub(super) fn blocking(text: &mut String, judgement: &Judgement, review: Review<'_>, limit: usize) {
    let blocking = judgement.findings().filter(|own| own.blocks.is_some());
    let entries: Vec<String> = blocking
        .enumerate()
        .map(|(at, own)| format!("{}. {}", at + 1, entry(own, review)))
        .collect();
    let heading = match review.language {
        Language::ZhTw => format!("須處理（{}）", entries.len()),
        Language::En => format!("To be solved ({})", entries.len()),
    };
    section(text, &heading, &entries, limit, review.language);
}

fn entry(own: &Judged, review: Review<'_>) -> String {
    let language = review.language;
    let why = match own.blocks {
        Some(Block::Unknown) => pick(language, "〔無法判定〕", "[cannot be told] "),
        Some(Block::Deferred) => pick(
            language,
            "〔原已應辦而改稱期限未至〕",
            "[already owed, now said to be pending] ",
        ),
        _ => "",
    };
    let touched = match own.is_touched() {
        true => pick(
            language,
            "（原有事項，本次變更其值）",
            " (was there; this change touches it)",
        ),
        false => "",
    };
    format!("{why}{}{touched}\n", told(&own.finding, review))
}

fn told(finding: &Finding, review: Review<'_>) -> String {
    let language = review.language;
    let place = link(
        review,
        finding.place.file.name(),
        finding.place.start().line,
    );
    let title = prose(finding.title.get(language));
    let message = prose(finding.message.get(language));
    let basis = prose(&words::basis_beside_id(finding, language));
    let policy = code(&finding.policy);
    match language {
        Language::ZhTw => format!("{place} **{title}**：{message}（{basis}，{policy}）"),
        Language::En => format!("{place} **{title}**: {message} ({basis}, {policy})"),
    }
}

/// What does not block: new, then old; what is solved.
pub(super) fn others(text: &mut String, judgement: &Judgement, review: Review<'_>, limit: usize) {
    let language = review.language;
    let of = |is_new: bool| {
        let shown = judgement.findings().filter(|own| own.blocks.is_none());
        let shown = shown.filter(|own| own.is_new() == is_new);
        shown.map(|own| &own.finding).collect::<Vec<_>>()
    };
    let new = of(true).into_iter().map(|finding| alone(finding, review));
    let fixed = judgement.plans.iter().flat_map(|plan| &plan.fixed);
    let fixed: Vec<String> = fixed
        .map(|finding| {
            let title = prose(finding.title.get(language));
            format!("- ✅ {title}：{}\n", prose(finding.message.get(language)))
        })
        .collect();
    let headings = [
        (
            pick(language, "本次新增而不擋", "New, not blocking"),
            new.collect(),
        ),
        (
            pick(language, "原有事項，不擋", "There before, not blocking"),
            grouped(&of(false), review),
        ),
        (pick(language, "本次解決", "Solved by this change"), fixed),
    ];
    for (heading, entries) in headings {
        let heading = match language {
            Language::ZhTw => format!("{heading}（{}）", entries.len()),
            Language::En => format!("{heading} ({})", entries.len()),
        };
        folded(text, &heading, &entries, limit, language);
    }
}

fn alone(finding: &Finding, review: Review<'_>) -> String {
    let verdict = words::verdict(finding.verdict, review.language);
    format!("- {verdict} {}\n", told(finding, review))
}

/// One entry for each finding, and those of one duty under one heading: what was there before is
/// much, and alike. The heading comes with the first, so that whatever is cut off stands under one.
fn grouped(findings: &[&Finding], review: Review<'_>) -> Vec<String> {
    let mut groups: BTreeMap<_, (usize, Vec<&Finding>)> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let verdict = words::verdict(finding.verdict, review.language);
        let group = groups.entry((&*finding.policy, verdict));
        group.or_insert((at, Vec::new())).1.push(finding);
    }
    let mut groups: Vec<(usize, Vec<&Finding>)> = groups.into_values().collect();
    groups.sort_by_key(|(first, _)| *first);
    let groups = groups.iter().flat_map(|(_, group)| match group[..] {
        [only] => vec![alone(only, review)],
        _ => together(group, review),
    });
    groups.collect()
}

/// Several of one duty. Their ground is said once where it is one.
fn together(group: &[&Finding], review: Review<'_>) -> Vec<String> {
    let language = review.language;
    let basis = |finding: &Finding| prose(&words::basis_beside_id(finding, language));
    let common = basis(group[0]);
    let is_common = group.iter().all(|finding| basis(finding) == common);
    let policy = code(&group[0].policy);
    let ground = match is_common {
        true => words::in_brackets(&[common, policy].join(pick(language, "，", ", ")), language),
        false => words::in_brackets(&policy, language),
    };
    let verdict = words::verdict(group[0].verdict, language);
    let title = prose(group[0].title.get(language));
    let heading = match (group.len(), language) {
        (count, Language::ZhTw) => format!("- {verdict} **{title}** {count} 項{ground}\n"),
        (count, Language::En) => format!("- {verdict} **{title}**, {count}{ground}\n"),
    };
    let item = |(at, finding): (usize, &&Finding)| {
        let (file, line) = (finding.place.file.name(), finding.place.start().line);
        let place = link(review, file, line);
        let message = prose(finding.message.get(language));
        let own = match is_common {
            true => String::new(),
            false => words::in_brackets(&basis(finding), language),
        };
        let heading = if at == 0 { &*heading } else { "" };
        format!("{heading}  - {place} {message}{own}\n")
    };
    group.iter().enumerate().map(item).collect()
}

/// Two dates, where the law is about to change.
pub(super) fn coming_law(
    text: &mut String,
    judgement: &Judgement,
    review: Review<'_>,
    limit: usize,
) {
    let language = review.language;
    let coming = judgement.plans.iter().flat_map(|plan| {
        let also = plan.also.iter().filter(|also| !also.come.is_empty());
        also.map(move |also| (plan, also))
    });
    for (plan, also) in coming {
        let day = DateRange::day(also.day).show(language);
        let (file, count) = (prose(&plan.file), also.come.len());
        let heading = match language {
            Language::ZhTw => format!("{file}：{day}起法規變更，另有 {count} 項"),
            Language::En => format!("{file}: {count} more under the law from {day}"),
        };
        let entries: Vec<String> = also
            .come
            .iter()
            .map(|own| difference(own, review))
            .collect();
        folded(text, &heading, &entries, limit, language);
    }
}

fn difference(own: &Difference, review: Review<'_>) -> String {
    let language = review.language;
    let verdict = words::verdict(own.verdict, language);
    let place = link(review, &own.file, own.line);
    let message = prose(own.message.get(language));
    let basis = own.basis.as_ref().map(|basis| prose(basis.get(language)));
    let basis = basis.map_or_else(String::new, |basis| words::in_brackets(&basis, language));
    format!("- {verdict} {place} {message}{basis}\n")
}

/// What a change of what judges would make of the judgement.
pub(super) fn shadow(text: &mut String, judgement: &Judgement, review: Review<'_>, limit: usize) {
    let language = review.language;
    let Some(shadow) = &judgement.shadow else {
        return;
    };
    let heading = pick(
        language,
        "政策、名冊、豁免或設定之變更：合併後之影響（不影響本次判定）",
        "Policies, roster, waivers or configuration change: what merging would do (decides nothing here)",
    );
    let mut entries = vec![match language {
        Language::ZhTw => format!(
            "試算 {} 份計畫（共 {} 份）：達擋下程度者 {} 項變為 {} 項；新增 {} 項、消失 {} 項。\n\n",
            shadow.plans,
            shadow.of,
            shadow.failures.0,
            shadow.failures.1,
            shadow.come.len(),
            shadow.gone.len()
        ),
        Language::En => format!(
            "Judged {} of {} plans: {} failures at the bar become {}; {} findings come, {} go.\n\n",
            shadow.plans,
            shadow.of,
            shadow.failures.0,
            shadow.failures.1,
            shadow.come.len(),
            shadow.gone.len()
        ),
    }];
    let broken = shadow.broken.iter().map(|finding| {
        let line = finding.place.start().line;
        let place = link(review, finding.place.file.name(), line);
        format!("- ⛔ {place} {}\n", prose(finding.message.get(language)))
    });
    entries.extend(broken);
    let marked = |mark: &str, list: &[Difference]| -> Vec<String> {
        let each = list.iter().map(|own| difference(own, review));
        each.map(|told| told.replacen('-', &format!("- {mark}"), 1))
            .collect()
    };
    entries.extend(marked("➕", &shadow.come));
    entries.extend(marked("➖", &shadow.gone));
    folded(text, heading, &entries, limit, language);
}
