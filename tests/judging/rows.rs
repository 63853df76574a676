//! Bodies that share a judgement, rows that are added, texts that stand for objects.

use plangate::cel::Data;
use plangate::finding::Verdict;
use plangate::plan::item_names;
use plangate::policy::{Pack, PackSource, Row};

use crate::{SCHEMA, judged, on};

const DAY: &str = "2026-05-01";

fn policy(head: &str, check: &str) -> String {
    format!(
        "
title: {{ zh-TW: 某事未載, en: Something is missing }}
why: 為測試而設。
severity: error
{head}
checks: [{{ id: is, assert: '{check}' }}]
message: {{ zh-TW: 某事未載, en: something is missing }}
help: {{ zh-TW: 載明, en: state it }}
editions:
  - {{ from: 2019-01-01, cite: format, confidence: verified, verified_on: 2026-11-20 }}
"
    )
}

#[test]
fn each_of_several_alike_bodies_is_its_own_item() {
    let policy = policy("each: bodies", "it.grade == \"C\"");
    let plan = "bodies: [{ id: jia, name: 甲局, grade: D }, { id: yi, name: 乙處, grade: D }]\n";
    let (visited, _) = judged(&policy, plan, on(DAY));
    let items: Vec<_> = visited
        .iter()
        .map(|v| (v.body.as_deref(), v.item.as_deref()))
        .collect();
    assert_eq!(
        items,
        [(Some("jia"), Some("jia")), (Some("yi"), Some("yi"))]
    );
}

#[test]
fn a_row_to_add_completes_the_one_of_its_key() {
    let head = "each: bodies\nfact: incidents.drills\nwrite: { add: { kind: notification, organizer: self, every: 1y } }";
    let policy = policy(
        head,
        "fact.exists(d, d.kind == \"notification\" && has(d.every))",
    );
    let written = |drills: &str| {
        let plan = format!(
            "bodies: [{{ id: jia, name: 甲局, grade: C }}]\nincidents: {{ drills: {drills} }}\n"
        );
        let (_, findings) = judged(&policy, &plan, on(DAY));
        let edit = findings[0].write.as_ref().expect("lines to write");
        let written = edit.apply(&plan);
        assert_eq!(
            judged(&policy, &written, on(DAY)).0[0].verdict,
            Verdict::Pass
        );
        written
    };
    let same = written("[{ kind: notification, report: 1mo }]");
    assert_eq!(same.matches("kind: notification").count(), 1, "{same}");
    assert!(
        same.contains("report: 1mo") && same.contains("every: 1y"),
        "{same}"
    );
    let other = written("[{ kind: scenario }]");
    assert!(
        other.contains("kind: scenario") && other.contains("kind: notification"),
        "{other}"
    );
}

#[test]
fn a_unit_reads_alike_whether_it_is_named_or_described() {
    let policy = policy(
        "each: bodies",
        "it.units.exists(u, u.name == \"資訊室\" && (!has(u.functions) || u.functions.exists(f, f == \"資安\")))",
    );
    for (units, verdict) in [
        ("[資訊室, 秘書室]", Verdict::Pass),
        ("[{ name: 資訊室 }]", Verdict::Pass),
        (
            "[秘書室, { name: 資訊室, functions: [資安] }]",
            Verdict::Pass,
        ),
        ("[{ name: 資訊室, functions: [總務] }]", Verdict::Fail),
        ("[秘書室]", Verdict::Fail),
    ] {
        let plan = format!("bodies: [{{ id: jia, name: 甲局, grade: C, units: {units} }}]\n");
        assert_eq!(
            judged(&policy, &plan, on(DAY)).0[0].verdict,
            verdict,
            "{units}"
        );
    }
}

#[test]
fn the_items_of_the_sheet_are_named_as_the_newest_law_names_them() {
    let (pack, _) = Pack::load(&[PackSource::builtin()], &SCHEMA);
    let policy = pack.get("mandatory-item-missing").expect("it is built in");
    let newest = policy.editions.last().expect("it has editions");
    let names = newest.params.at(Row::default()).get("names");
    let sheet = item_names(&SCHEMA);
    let sheet = sheet.iter().map(|name| Data::text(name.zh_tw.as_str()));
    let sheet: Vec<Data> = sheet.collect();
    assert_eq!(sheet.len(), 13);
    assert_eq!(Some(&Data::list(sheet)), names);
}
