//! `cite` of an edition → [`Grounds`].

use std::sync::Arc;

use super::laws::{Law, Laws};
use super::policy::{Cite, Grounds};
use super::problem::Problems;
use super::read_laws::{expect_keys, name, numbers};
use crate::document::Node;
use crate::text::{Day, meant};

const KEYS: [&str; 8] = [
    "law",
    "provision",
    "article",
    "paragraph",
    "subparagraph",
    "item",
    "schedule",
    "row",
];

/// Reads a citation, a list of them, `none` or `format`. Every law and provision must
/// resolve.
///
/// On `from`, the first day of the edition, the law must be in force and the provision have its place.
pub(super) fn read(
    node: Node<'_>,
    laws: &Laws,
    from: Day,
    problems: &mut Problems<'_>,
) -> Option<Grounds> {
    match node.as_str() {
        Some("none") => return Some(Grounds::Consistency),
        Some("format") => return Some(Grounds::Format),
        _ => {}
    }
    let cites: Vec<Node<'_>> = if node.is_list() {
        node.items().collect()
    } else {
        vec![node]
    };
    let cites: Option<Vec<Cite>> = cites
        .into_iter()
        .map(|node| cite(node, laws, from, problems))
        .collect();
    cites.filter(|cites| !cites.is_empty()).map(Grounds::Law)
}

fn cite(node: Node<'_>, laws: &Laws, from: Day, problems: &mut Problems<'_>) -> Option<Cite> {
    expect_keys(node, &KEYS, problems);
    let id = node.get("law")?;
    let Some(law) = laws.get(id.written()) else {
        let laws: Vec<&str> = laws.all().map(|law| &*law.id).collect();
        let [zh_near, en_near] = nearest(id.written(), &laws);
        let zh = format!("laws.yaml 沒有法規「{}」{zh_near}", id.written());
        let en = format!("laws.yaml has no {}{en_near}", id.written());
        problems.say("policy/cite", id.span(), zh, en);
        return None;
    };
    in_force(law, id, from, problems);
    let mut provision = None;
    if let Some(named) = node.get("provision") {
        let Some(known) = law.provisions.get(named.written()) else {
            let known: Vec<&str> = law.provisions.keys().map(String::as_str).collect();
            let [zh_near, en_near] = nearest(named.written(), &known);
            let zh = format!("法規「{}」沒有規定「{}」{zh_near}", law.id, named.written());
            let en = format!("{} has no provision {}{en_near}", law.id, named.written());
            problems.say("policy/cite", named.span(), zh, en);
            return None;
        };
        if !known.at.is_empty() && known.on(from).is_none() {
            let zh = format!("規定「{}」於 {from} 尚無條號", named.written());
            let en = format!("{} stands nowhere yet on {from}", named.written());
            problems.say("policy/cite", named.span(), zh, en);
        }
        provision = Some(Arc::clone(known));
    }
    let of_item = node.get("subparagraph").and_then(Node::as_str) == Some("{it.number}");
    let row = node.get("row").map(|row| match row.as_str() {
        Some(text) => crate::text::Localized::same(text),
        None => name(row),
    });
    Some(Cite {
        law: Arc::clone(law),
        provision,
        numbers: numbers(node, problems),
        subparagraph_of_item: of_item,
        row: row.map(Arc::new),
    })
}

/// An edition of a policy cannot rest on a law that is not there on its first day.
fn in_force(law: &Law, id: Node<'_>, from: Day, problems: &mut Problems<'_>) {
    let edition = law.on(from);
    let (zh, en) = if edition.from > from {
        (
            format!(
                "法規「{}」自 {} 起施行，於 {from} 尚未施行",
                law.id, edition.from
            ),
            format!(
                "{} is in force from {}, not yet on {from}",
                law.id, edition.from
            ),
        )
    } else if let Some(until) = edition.until.filter(|&until| until <= from) {
        (
            format!("法規「{}」於 {until} 已不再適用", law.id),
            format!("{} ceased on {until}", law.id),
        )
    } else {
        return;
    };
    problems.say("policy/cite", id.span(), zh, en);
}

fn nearest(written: &str, names: &[&str]) -> [String; 2] {
    meant(written, names.iter().copied()).map_or([String::new(), String::new()], |near| {
        [
            format!("；是否為 {near}？"),
            format!("; did you mean {near}?"),
        ]
    })
}
