//! The sections of a page: of whom, by what law, what is checked, what to do, how it is tested.

use super::{heading, table};
use crate::check::cited;
use crate::finding::Verdict;
use crate::plan::Draft;
use crate::policy::{Cite, Edition, Expectation, GRADES, Grounds, ModeVerdict, Policy, Row};
use crate::report::markdown::{block, code, escape};
use crate::report::policy::explain::by_row;
use crate::report::words::{self, pick};
use crate::text::{DateRange, Language};

/// The id, the severity, and of whom it is asked.
pub(super) fn summary(policy: &Policy, language: Language) -> String {
    let newest = policy.editions.last();
    let severities = newest.map(|edition| edition.severity.values());
    let mut severities: Vec<&str> = severities
        .unwrap_or_default()
        .into_iter()
        .map(|severity| severity.word())
        .collect();
    severities.dedup();
    let asked = newest.map(|edition| asked_of(edition, language));
    format!(
        "{} · {} {} · {} {}\n",
        code(&policy.id),
        pick(language, "嚴重度", "severity"),
        severities.join("、"),
        pick(language, "適用", "asked of"),
        asked.unwrap_or_default()
    )
}

/// 公務機關 A B C
pub(super) fn asked_of(edition: &Edition, language: Language) -> String {
    let scope = &edition.applies_to;
    let sector = match scope.sectors.as_slice() {
        [0] => pick(language, "公務機關", "government agencies"),
        [1] => pick(
            language,
            "特定非公務機關",
            "specific non-government agencies",
        ),
        _ => pick(language, "各機關", "every body"),
    };
    let grades = GRADES
        .iter()
        .enumerate()
        .filter(|(at, _)| u8::try_from(*at).is_ok_and(|at| scope.grades.contains(&at)));
    let grades: Vec<String> = grades.map(|(_, grade)| grade.to_string()).collect();
    match (grades.as_slice(), language) {
        ([], _) => sector.to_owned(),
        (grades, Language::ZhTw) => format!("{sector} {} 級", grades.join("、")),
        (grades, Language::En) => format!("{sector} of grade {}", grades.join(", ")),
    }
}

/// The ground of each edition, newest first.
pub(super) fn grounds(policy: &Policy, language: Language) -> String {
    let head = match language {
        Language::ZhTw => ["自", "依據", "把握程度", "查證日"],
        Language::En => ["from", "basis", "confidence", "verified on"],
    };
    let mut rows = Vec::new();
    let mut notes = String::new();
    for edition in policy.editions.iter().rev() {
        let show = |day| DateRange::day(day).show(language);
        let from = match edition.until {
            Some(until) => pick(language, "{f}，至 {u} 前", "{f}, until {u}")
                .replace("{f}", &show(edition.from))
                .replace("{u}", &show(until)),
            None => show(edition.from),
        };
        let verified = edition.verified_on.map(show).unwrap_or_default();
        let rests_on = confidence(edition);
        rows.push(vec![from, ground(edition, language), rests_on, verified]);
        if let Some(note) = edition
            .note
            .as_deref()
            .filter(|_| language == Language::ZhTw)
        {
            notes.push_str(&format!("\n{}：{}\n", show(edition.from), escape(note)));
        }
    }
    heading(language, "依據", "Basis") + &table(&head.map(str::to_owned), &rows) + &notes
}

fn ground(edition: &Edition, language: Language) -> String {
    let cites = match &edition.grounds {
        Grounds::Law(cites) => cites,
        Grounds::Consistency => {
            return pick(language, "計畫前後一致", "the plan agrees with itself").to_owned();
        }
        Grounds::Format => {
            return pick(language, "計畫之寫法", "how a plan is written").to_owned();
        }
    };
    let cites = cites.iter().map(|cite| citation(cite, edition, language));
    cites.collect::<Vec<_>>().join("<br>")
}

fn citation(cite: &Cite, edition: &Edition, language: Language) -> String {
    let rows: Vec<Row> = edition.applies_to.rows().collect();
    let of_row = |row| Some(cited(cite, edition.from, row).written_in(language));
    let by_row = by_row(&rows, of_row)
        .into_iter()
        .map(|(who, text)| match who {
            Some(who) => format!("{}: {}", escape(&who), escape(&text)),
            None => escape(&text),
        });
    by_row.collect::<Vec<_>>().join("<br>")
}

fn confidence(edition: &Edition) -> String {
    let rows: Vec<Row> = edition.applies_to.rows().collect();
    let of_row = |row| edition.confidence.at(row).map(|one| one.word().to_owned());
    let by_row = by_row(&rows, of_row)
        .into_iter()
        .map(|(who, text)| match who {
            Some(who) => format!("{}: {text}", escape(&who)),
            None => text,
        });
    by_row.collect::<Vec<_>>().join("<br>")
}

/// What each check says where it fails, in its order, as of the newest edition.
pub(super) fn checks(policy: &Policy, language: Language) -> String {
    let mut text = heading(language, "檢核", "Checks");
    let Some(edition) = policy.editions.last() else {
        return text;
    };
    if edition.checks.is_empty() {
        let line = pick(
            language,
            "此事實應於計畫中載明：",
            "the fact must stand in the plan:",
        );
        let message = edition.messages.get("silent").unwrap_or(&edition.message);
        text.push_str(&format!(
            "{line} {}\n",
            escape(message.source().get(language))
        ));
    }
    for check in &edition.checks {
        let message = check.message.as_ref().unwrap_or(&edition.message);
        let word = words::verdict(check.verdict, language);
        let message = escape(message.source().get(language));
        let colon = pick(language, "：", ": ");
        text.push_str(&format!("1. {} {word}{colon}{message}\n", code(&check.id)));
    }
    text
}

/// What it means that the fact is not stated.
pub(super) fn modes(policy: &Policy, language: Language) -> Option<String> {
    policy.fact.as_ref()?;
    let edition = policy.editions.last()?;
    let modes = &edition.modes;
    let by_default = |verdict| (verdict, "");
    let lines = [
        (
            ("未載明", "not stated"),
            &modes.silent,
            by_default(Verdict::Fail),
        ),
        (
            ("委於文件", "left to a document"),
            &modes.delegated,
            by_default(Verdict::Delegated),
        ),
        (
            ("依法規辦理", "adopted from the law"),
            &modes.by_law,
            (
                Verdict::Pass,
                pick(
                    language,
                    "（所引須為上列依據）",
                    " (where that very provision is cited)",
                ),
            ),
        ),
        (
            ("載明不適用", "declared not applicable"),
            &modes.not_applicable,
            by_default(Verdict::Fail),
        ),
    ];
    let lines = lines.map(|((zh, en), mode, (standard, remark))| {
        let verdict = match mode {
            None => format!("{}{remark}", words::verdict(standard, language)),
            Some(ModeVerdict::Fixed(verdict)) => words::verdict(*verdict, language).to_owned(),
            Some(ModeVerdict::Accepted(_)) => {
                pick(language, "視理由而定", "by the reason that is given").to_owned()
            }
        };
        vec![pick(language, zh, en).to_owned(), verdict]
    });
    let head = match language {
        Language::ZhTw => ["計畫寫法", "判定"],
        Language::En => ["the plan says", "verdict"],
    };
    let heading = heading(
        language,
        "未以數值或內容載明時",
        "Where it is not stated as such",
    );
    Some(heading + &table(&head.map(str::to_owned), &lines))
}

/// The next act, and the lines to write.
pub(super) fn next_act(policy: &Policy, language: Language) -> String {
    let mut text = heading(language, "怎麼做", "What to do");
    text.push_str(&escape(policy.help.source().get(language)));
    text.push('\n');
    let Some(write) = policy.write.as_ref().filter(|_| language == Language::ZhTw) else {
        return text;
    };
    let path = write.at.as_ref().or(policy.fact.as_ref());
    let keys = path.map(|path| path.keys.join(".")).unwrap_or_default();
    let draft = Draft::of(policy.draft(write)).document();
    let place = match keys.as_str() {
        "" => String::new(),
        keys => format!("於 {} ", code(keys)),
    };
    text.push_str(&format!(
        "\n{place}寫：\n\n{}",
        block(draft.trim_end(), "yaml", "")
    ));
    text
}

/// The names of the examples, by what they must come to.
pub(super) fn examples(policy: &Policy) -> String {
    let mut text = heading(Language::ZhTw, "範例（即其測試）", "");
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for example in &policy.examples {
        let word = match &example.expect {
            Expectation::All(verdict) => words::verdict(*verdict, Language::ZhTw).to_owned(),
            Expectation::Each(_) => "各有不同".to_owned(),
            Expectation::Nonsense(word) => word.clone(),
        };
        let day = example.as_of.as_ref().map(|day| format!("（{day}）"));
        let name = escape(&format!("{}{}", example.name, day.unwrap_or_default()));
        match groups.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(name),
            None => groups.push((word, vec![name])),
        }
    }
    for (word, names) in groups {
        text.push_str(&format!("- **{word}**：{}\n", names.join("、")));
    }
    text
}
