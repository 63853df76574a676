//! `laws.yaml` → [`Laws`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::laws::{Law, LawEdition, Laws, Located, Numbers, Provision};
use super::params::read_table;
use super::problem::Problems;
use super::table::Table;
use crate::document::{Entry, Node};
use crate::text::{Day, Localized, parse_day};

/// Reads the laws of one pack into those known so far.
pub(super) fn read(root: Node<'_>, local: bool, laws: &mut Laws, problems: &mut Problems<'_>) {
    for entry in root.entries() {
        let Some(law) = read_law(&entry, local, problems) else {
            continue;
        };
        if !laws.add(law) {
            let zh = format!("法規 id「{}」已有", entry.key);
            problems.say(
                "law/duplicate",
                entry.key_span,
                zh,
                format!("law {} stands twice", entry.key),
            );
        }
    }
}

fn read_law(entry: &Entry<'_>, local: bool, problems: &mut Problems<'_>) -> Option<Law> {
    let node = entry.value;
    let known = ["pcode", "aliases", "source", "editions", "provisions"];
    expect_keys(node, &known, problems);
    let editions: Vec<LawEdition> = list(node, "editions")
        .into_iter()
        .filter_map(|edition| read_edition(edition, problems))
        .collect();
    let rising = editions.windows(2).all(|pair| pair[0].from < pair[1].from);
    if editions.is_empty() || !rising {
        let zh = format!("法規「{}」應有版本，由舊到新", entry.key);
        let en = format!("law {} needs editions, oldest first", entry.key);
        problems.say("law/editions", entry.key_span, zh, en);
        return None;
    }
    let provisions = node
        .get("provisions")
        .map(|provisions| read_provisions(provisions, problems));
    let aliases = list(node, "aliases").into_iter().filter_map(Node::as_str);
    Some(Law {
        id: entry.key.into(),
        local,
        url: node.get("pcode").and_then(Node::as_str).map(link),
        aliases: aliases.map(str::to_owned).collect(),
        editions,
        provisions: provisions.unwrap_or_default(),
    })
}

fn read_edition(node: Node<'_>, problems: &mut Problems<'_>) -> Option<LawEdition> {
    expect_keys(
        node,
        &["id", "from", "certain_from", "until", "name"],
        problems,
    );
    let from = day(node, "from", problems)?;
    Some(LawEdition {
        id: node.get("id")?.written().into(),
        from,
        certain_from: optional_day(node, "certain_from", problems).unwrap_or(from),
        until: optional_day(node, "until", problems),
        name: Arc::new(name(node.get("name")?)),
    })
}

/// A link to the text of a law, by its code in the national law database.
fn link(pcode: &str) -> Arc<str> {
    format!("https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode={pcode}").into()
}

fn read_provisions(
    node: Node<'_>,
    problems: &mut Problems<'_>,
) -> BTreeMap<String, Arc<Provision>> {
    let mut provisions = BTreeMap::new();
    for entry in node.entries() {
        expect_keys(entry.value, &["title", "at"], problems);
        let title = entry.value.get("title").map(name).unwrap_or_default();
        let at = list(entry.value, "at").into_iter().filter_map(|located| {
            let known = [
                "from",
                "article",
                "paragraph",
                "subparagraph",
                "item",
                "schedule",
            ];
            expect_keys(located, &known, problems);
            Some(Located {
                from: day(located, "from", problems)?,
                numbers: numbers(located, problems),
            })
        });
        let at = at.collect();
        provisions.insert(entry.key.to_owned(), Arc::new(Provision { title, at }));
    }
    provisions
}

/// The numbers of a citation, in `laws.yaml` and in the `cite` of a policy.
pub(super) fn numbers(node: Node<'_>, problems: &mut Problems<'_>) -> Numbers {
    let mut table = |key| -> Option<Table<u16>> {
        let node = node.get(key).filter(|node| node.as_str().is_none())?;
        let number = |node: Node<'_>| node.as_int().and_then(|number| u16::try_from(number).ok());
        read_table(node, &number)
            .map_err(|node| {
                let zh = "此處應為條、項、款、目或附表之號次".to_owned();
                problems.say(
                    "law/number",
                    node.span(),
                    zh,
                    "a number is expected here".to_owned(),
                );
            })
            .ok()
    };
    Numbers {
        article: table("article"),
        paragraph: table("paragraph"),
        subparagraph: table("subparagraph"),
        item: table("item"),
        schedule: table("schedule"),
    }
}

pub(super) fn name(node: Node<'_>) -> Localized {
    let text = |key| node.get(key).map(Node::written).unwrap_or_default();
    Localized::new(text("zh-TW"), text("en"))
}

fn day(node: Node<'_>, key: &str, problems: &mut Problems<'_>) -> Option<Day> {
    let found = optional_day(node, key, problems);
    if node.get(key).is_none() {
        let zh = format!("缺少 {key}（西元年月日）");
        problems.say("law/day", node.span(), zh, format!("{key} is missing"));
    }
    found
}

pub(super) fn optional_day(node: Node<'_>, key: &str, problems: &mut Problems<'_>) -> Option<Day> {
    let node = node.get(key)?;
    let found = parse_day(node.written());
    if found.is_none() {
        let zh = format!("「{}」不是西元年月日", node.written());
        problems.say(
            "law/day",
            node.span(),
            zh,
            format!("{} is no ISO day", node.written()),
        );
    }
    found
}

fn list<'d>(node: Node<'d>, key: &str) -> Vec<Node<'d>> {
    node.get(key)
        .filter(|node| node.is_list())
        .map(|node| node.items().collect())
        .unwrap_or_default()
}

/// A key that is not known is a problem, never ignored.
pub(super) fn expect_keys(node: Node<'_>, known: &[&str], problems: &mut Problems<'_>) {
    if !node.is_map() {
        let zh = format!("此處應有 {}", known.join("、"));
        problems.say(
            "policy/shape",
            node.span(),
            zh,
            format!("{} are expected here", known.join(", ")),
        );
        return;
    }
    for entry in node.entries().filter(|entry| !known.contains(&entry.key)) {
        let zh = format!("不認識的鍵「{}」；可用：{}", entry.key, known.join("、"));
        let en = format!("unknown key {}; known: {}", entry.key, known.join(", "));
        problems.say("policy/unknown-key", entry.key_span, zh, en);
    }
}
