//! The words that every format shares, in both languages.

use super::Totals;
use super::visible::visible;
use crate::check::{PlanSummary, Tally};
use crate::finding::{Against, Basis, Finding, Severity, Stake, Status, Verdict};
use crate::text::{DateRange, Language, Localized};

/// One of two texts.
pub(super) fn pick<'a>(language: Language, zh_tw: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::ZhTw => zh_tw,
        Language::En => en,
    }
}

/// The word for a verdict in tables and headings.
pub(super) fn verdict(verdict: Verdict, language: Language) -> &'static str {
    let (zh_tw, en) = match verdict {
        Verdict::Fail => ("不符", "fail"),
        Verdict::Doubt => ("存疑", "doubt"),
        Verdict::Unknown => ("無法判定", "unknown"),
        Verdict::Pending => ("期限未至", "pending"),
        Verdict::Delegated => ("已委文件", "delegated"),
        Verdict::Waived => ("豁免", "waived"),
        Verdict::Pass => ("符合", "pass"),
        Verdict::NotApplicable => ("不適用", "not applicable"),
    };
    pick(language, zh_tw, en)
}

/// Names as people list them: 「甲局、乙處、丙所」, from four on 「甲局、乙處等 18 機關」.
pub(super) fn bodies<'a>(
    names: impl ExactSizeIterator<Item = &'a str>,
    language: Language,
) -> String {
    let count = names.len();
    let listed = if count <= 3 { count } else { 2 };
    let names: Vec<_> = names.take(listed).map(visible).collect();
    let names = names.join(pick(language, "、", ", "));
    match language {
        _ if count == listed => names,
        Language::ZhTw => format!("{names}等 {count} 機關"),
        Language::En => format!("{names} and {} other bodies", count - listed),
    }
}

/// The bodies of a finding, where its message does not already name the only one.
pub(super) fn concerned(finding: &Finding, language: Language) -> Option<String> {
    let named = |name: &str| finding.message.get(language).contains(name);
    match finding.bodies.as_slice() {
        [] => None,
        [only] if named(&only.name) => None,
        several => Some(bodies(several.iter().map(|body| &*body.name), language)),
    }
}

/// The bodies of several findings, each once.
pub(super) fn concerned_by_all(findings: &[&Finding], language: Language) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for body in findings.iter().flat_map(|finding| &finding.bodies) {
        if !names.contains(&&*body.name) {
            names.push(&body.name);
        }
    }
    (!names.is_empty()).then(|| bodies(names.into_iter(), language))
}

/// What hangs on the cause that findings share, each once.
pub(super) fn matters(findings: &[&Finding], language: Language) -> Vec<String> {
    let mut matters: Vec<String> = Vec::new();
    for cause in findings.iter().filter_map(|finding| finding.cause.as_ref()) {
        let matter = visible(either(&cause.about, language));
        if !matters.contains(&matter) {
            matters.push(matter);
        }
    }
    matters
}

/// What stands before them: they may be wrong, or are only told to be elsewhere or not yet due.
pub(super) fn before_matters(kind: Verdict, language: Language) -> &'static str {
    match kind {
        Verdict::Unknown => pick(language, "是否有此情形：", "whether: "),
        _ => pick(language, "事項：", "matters: "),
    }
}

/// How many they are: 「31 項」.
pub(super) fn items(matters: &[String], language: Language) -> String {
    match language {
        Language::ZhTw => format!("{} 項", matters.len()),
        Language::En => count(matters.len(), "matter", "matters"),
    }
}

/// What follows a name: 「（B）」.
pub(super) fn in_brackets(text: &str, language: Language) -> String {
    match language {
        Language::ZhTw => format!("（{text}）"),
        Language::En => format!(" ({text})"),
    }
}

/// The ground where the id of the policy stands beside it: a rule of form has no other name.
pub(super) fn basis_beside_id(finding: &Finding, language: Language) -> String {
    match &finding.basis {
        Basis::Format { rule } if **rule == *finding.policy => {
            pick(language, "寫法規則", "rule of form").to_owned()
        }
        _ => basis(finding, language),
    }
}

/// How grave a failure is.
pub(super) fn severity(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => pick(language, "錯誤", "error"),
        Severity::Warning => pick(language, "警告", "warning"),
        Severity::Note => pick(language, "提醒", "note"),
    }
}

/// The ground of a finding in one phrase.
pub(super) fn basis(finding: &Finding, language: Language) -> String {
    match &finding.basis {
        Basis::Law(citation) | Basis::Local(citation) => citation.written_in(language),
        Basis::Consistency(other) => {
            let start = other.start();
            let at = format!("{}:{}:{}", other.file.name(), start.line, start.column);
            match language {
                Language::ZhTw => format!("與 {at} 不一致"),
                Language::En => format!("contradicts {at}"),
            }
        }
        Basis::Format { rule } => match language {
            Language::ZhTw => format!("寫法規則 {rule}"),
            Language::En => format!("rule of form {rule}"),
        },
    }
}

/// A law date. A range that is neither a month nor a year is shown by its two ends.
pub(super) fn law_date(range: DateRange, language: Language) -> String {
    let (first, last) = (range.first, range.last);
    let month = first.day() == 1 && last == first.last_of_month();
    let year = first.day_of_year() == 1 && last == first.last_of_year();
    if range.is_day() || month || year {
        return range.show(language);
    }
    let [first, last] = [first, last].map(|day| DateRange::day(day).show(language));
    format!("{first}{}{last}", pick(language, "至", " to "))
}

/// A text where one language may be missing: the other stands in.
pub(super) fn either(text: &Localized, language: Language) -> &str {
    match text.get(language) {
        "" => &text.zh_tw,
        found => found,
    }
}

/// How a finding stands against the base.
pub(super) fn status(against: Against) -> (&'static str, &'static str) {
    match (against.status, against.stake != Stake::Shown) {
        (Status::New, _) => ("新增", "new"),
        (Status::Fixed, _) => ("已修正", "fixed"),
        (Status::Unchanged, true) => ("既有，仍擋下", "there already, and blocks all the same"),
        (Status::Unchanged, false) => ("既有，不擋下", "there already, does not block"),
    }
}

/// One line: plans, bodies, and the places found by verdict; failures also by severity.
pub(super) fn totals(totals: &Totals, plans: &[PlanSummary], language: Language) -> String {
    let bodies: usize = plans.iter().map(|plan| plan.bodies.len()).sum();
    let plans = plans.len();
    let Totals {
        places, weights, ..
    } = totals;
    let comma = pick(language, "、", ", ");
    let weights = weights
        .iter()
        .rev()
        .map(|(severity, n)| format!("{} {n}", severity.word()));
    let weights = weights.collect::<Vec<_>>().join(comma);
    let words = places.iter().map(|(&kind, n)| match (kind, language) {
        (Verdict::Fail, Language::ZhTw) => format!("不符 {n} 處（{weights}）"),
        (Verdict::Fail, Language::En) => format!("fail {n} ({weights})"),
        (kind, Language::ZhTw) => format!("{} {n} 處", verdict(kind, language)),
        (kind, Language::En) => format!("{} {n}", verdict(kind, language)),
    });
    let words = words.collect::<Vec<_>>().join(comma);
    let words = if words.is_empty() {
        pick(language, "無待處理事項", "nothing to attend to")
    } else {
        &words
    };
    match language {
        Language::ZhTw => format!("合計 {plans} 份計畫、{bodies} 個機關：{words}"),
        Language::En => format!(
            "{} and {}: {words}",
            count(plans, "plan", "plans"),
            count(bodies, "body", "bodies")
        ),
    }
}

/// Whether the run blocks, and by how many findings of which kind.
pub(super) fn gate(totals: &Totals, fail_on: Severity, language: Language) -> String {
    let word = fail_on.word();
    if totals.blocking(fail_on) == 0 {
        return match language {
            Language::ZhTw => format!("不阻擋：無不符達 {word}"),
            Language::En => format!("does not block: no failure at {word} or above"),
        };
    }
    let failures = Some(totals.failures(fail_on)).filter(|n| *n > 0);
    let failures = failures.map(|n| match language {
        Language::ZhTw => format!("{n} 處不符達 {word}"),
        Language::En => format!("{} at {word} or above", count(n, "failure", "failures")),
    });
    let owed = totals
        .owed
        .iter()
        .map(|(&kind, &n)| match (kind, language) {
            (Verdict::Pending, Language::ZhTw) => format!("{n} 處原已應辦而改稱期限未至"),
            (Verdict::Pending, Language::En) => {
                format!("{n} already owed and now said to be pending")
            }
            (kind, Language::ZhTw) => format!("{n} 處新增{}", verdict(kind, language)),
            (kind, Language::En) => format!("{n} newly {}", verdict(kind, language)),
        });
    let what: Vec<String> = failures.into_iter().chain(owed).collect();
    let what = what.join(pick(language, "、", ", "));
    match language {
        Language::ZhTw => format!("阻擋：{what}"),
        Language::En => format!("blocks: {what}"),
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Everything counted of one plan.
pub(super) fn of_plan(plan: &PlanSummary) -> Tally {
    let bodies = plan.bodies.iter().map(|body| &body.tally);
    sum(bodies.chain(std::iter::once(&plan.whole)))
}

/// The sum of several tallies.
pub(super) fn sum<'a>(tallies: impl Iterator<Item = &'a Tally>) -> Tally {
    tallies.fold(Tally::default(), |mut sum, tally| {
        sum.join(tally);
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_bodies_are_two_names_and_a_count() {
        let check = |names: &[&str], zh_tw: &str, en: &str| {
            assert_eq!(bodies(names.iter().copied(), Language::ZhTw), zh_tw);
            assert_eq!(bodies(names.iter().copied(), Language::En), en);
        };
        check(&["甲局"], "甲局", "甲局");
        check(
            &["甲局", "乙處", "丙所"],
            "甲局、乙處、丙所",
            "甲局, 乙處, 丙所",
        );
        check(
            &["甲", "乙", "丙", "丁"],
            "甲、乙等 4 機關",
            "甲, 乙 and 2 other bodies",
        );
    }

    #[test]
    fn a_law_date_is_a_day_a_period_or_two_ends() {
        for (first, last, expected) in [
            ("2026-11-21", "2026-11-21", "民國 115 年 11 月 21 日"),
            ("2019-08-01", "2019-08-31", "民國 108 年 8 月"),
            ("2020-01-01", "2020-12-31", "民國 109 年"),
            (
                "2019-01-01",
                "2026-11-21",
                "民國 108 年 1 月 1 日至民國 115 年 11 月 21 日",
            ),
        ] {
            let range = DateRange {
                first: first.parse().unwrap(),
                last: last.parse().unwrap(),
            };
            assert_eq!(law_date(range, Language::ZhTw), expected);
        }
    }
}
