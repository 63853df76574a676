//! `cite` of an edition → [`Grounds`].

use super::laws::Laws;
use super::policy::{Cite, Grounds};
use super::problem::Problems;
use super::read_laws::{expect_keys, name, numbers};
use crate::document::Node;

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
pub(super) fn read(node: Node<'_>, laws: &Laws, problems: &mut Problems<'_>) -> Option<Grounds> {
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
        .map(|node| cite(node, laws, problems))
        .collect();
    cites.filter(|cites| !cites.is_empty()).map(Grounds::Law)
}

fn cite(node: Node<'_>, laws: &Laws, problems: &mut Problems<'_>) -> Option<Cite> {
    expect_keys(node, &KEYS, problems);
    let id = node.get("law")?;
    let Some(law) = laws.get(id.written()) else {
        let zh = format!("laws.yaml 沒有法規「{}」", id.written());
        problems.say(
            "policy/cite",
            id.span(),
            zh,
            format!("laws.yaml has no {}", id.written()),
        );
        return None;
    };
    let provision = node.get("provision");
    if let Some(provision) = provision
        && !law.provisions.contains_key(provision.written())
    {
        let zh = format!("法規「{}」沒有規定「{}」", law.id, provision.written());
        let en = format!("{} has no provision {}", law.id, provision.written());
        problems.say("policy/cite", provision.span(), zh, en);
        return None;
    }
    let of_item = node.get("subparagraph").and_then(Node::as_str) == Some("{it.number}");
    let row = node.get("row").map(|row| match row.as_str() {
        Some(text) => crate::text::Localized::same(text),
        None => name(row),
    });
    Some(Cite {
        law: law.id.clone(),
        provision: provision.map(|provision| provision.written().to_owned()),
        numbers: numbers(node, problems),
        subparagraph_of_item: of_item,
        row,
    })
}
