//! The page: each of the thirteen items with the policies about it, then each entry of the table with
//! the policies that judge it, or the reason why none does.

use std::fmt::Write as _;

use plangate::plan::{Item, Schema, items};
use plangate::policy::{Collection, Each, GRADES, Pack, Policy, Row, SECTORS};

use crate::obligations::{Obligation, Table};
use crate::pack::SCHEMA;
use crate::tables::{NotJudged, covered_by};

const HEAD: &str = "# 法規涵蓋範圍 What of the law is judged

計畫應載之十三款，以及 `policies/obligations.yaml` 之每一項義務，由哪些政策檢核；不檢核者，理由為何。
本頁由 `tests/covers.rs` 產生，不手改：`UPDATE=1 cargo test --test covers` 重寫，測試比對內容是否仍然相同，
並查核每一項恰有其一：有政策，或列於 `policies/not-judged.yaml` 而有理由。
各政策之理由、依據與範例見 `plangate policy explain <政策>`。

By which policies the thirteen mandatory items and each entry of the table of obligations are judged, or why
not. Generated; a test holds that each entry has either a policy or a reason, and never both.
";

pub(crate) fn page(table: &Table, pack: &Pack, not_judged: &NotJudged) -> String {
    let mut page = HEAD.to_owned();
    mandatory(&mut page, pack);
    let (judged, left): (Vec<_>, Vec<_>) = table
        .all()
        .partition(|entry| not_judged.reason(&entry.id).is_none());
    let _ = writeln!(page, "\n## 不檢核者 Not judged\n");
    page.push_str("| 項目 entry | 期間 valid | 理由 reason |\n|---|---|---|\n");
    for entry in left {
        let reason = not_judged.reason(&entry.id).expect("partitioned by it");
        let (zh, en) = (&reason.zh_tw, &reason.en);
        let _ = writeln!(page, "| `{}` | {} | {zh}<br>{en} |", entry.id, valid(entry));
    }
    let _ = writeln!(page, "\n## 檢核者 Judged\n");
    page.push_str(
        "| 項目 entry | 期間 valid | 對象 of whom | 政策 policies |\n|---|---|---|---|\n",
    );
    for entry in judged {
        let covers = |policy: &&Policy| covered_by(policy).any(|id| id == entry.id);
        let policies = named(pack.policies.values().filter(covers));
        let (id, rows) = (&entry.id, rows(entry));
        let _ = writeln!(page, "| `{id}` | {} | {rows} | {policies} |", valid(entry));
    }
    page
}

fn mandatory(page: &mut String, pack: &Pack) {
    let _ = writeln!(page, "\n## 十三款 The thirteen items\n");
    page.push_str("| 款 no. | 章節 sections | 政策 policies |\n|---|---|---|\n");
    for item in items(&SCHEMA) {
        let about = |policy: &&Policy| match policy.each {
            Each::Derived(Collection::Items) => true,
            _ => policy.item == Some(item.number),
        };
        let policies = named(pack.policies.values().filter(about));
        let (number, sections) = (item.number, sections(&SCHEMA, &item));
        let _ = writeln!(page, "| {number} | {sections} | {policies} |");
    }
}

/// The sections in which an item is written.
fn sections(schema: &Schema, item: &Item) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for path in &item.facts {
        let field = path.first().and_then(|section| schema.resolve(section));
        let title = field.map(|field| &*schema.field(field).title.zh_tw);
        titles.extend(title.filter(|title| !titles.contains(title)));
    }
    titles.join("、")
}

fn named<'p>(policies: impl Iterator<Item = &'p Policy>) -> String {
    let links = policies.map(|policy| {
        let (id, theme, title) = (&policy.id, &policy.theme, &policy.title.zh_tw);
        format!("[{title}](../policies/{theme}/{id}.yaml)")
    });
    links.collect::<Vec<_>>().join("、")
}

fn valid(entry: &Obligation) -> String {
    let last = entry.valid_to.as_deref().unwrap_or_default();
    format!("{} – {last}", entry.valid_from)
        .trim_end()
        .to_owned()
}

/// `公務機關 A B C、特定非公務機關 A`.
fn rows(entry: &Obligation) -> String {
    let rows = entry.rows();
    let grades = |sector: &str| -> Vec<String> {
        let asked = |grade: &&char| rows.contains(&Row::of(sector, Some(**grade)));
        GRADES.iter().filter(asked).map(char::to_string).collect()
    };
    let named = SECTORS.iter().zip(["公務機關", "特定非公務機關"]);
    let sectors = named.filter_map(|(sector, name)| {
        let grades = grades(sector);
        (!grades.is_empty()).then(|| format!("{name} {}", grades.join(" ")))
    });
    sectors.collect::<Vec<_>>().join("、")
}
