//! The words of a closed list (`x-plangate.values`) → `enum`, with what each is called.

use serde_json::{Map, Value as Json, json};

use super::keywords::{DEFINITIONS, insert};

/// Writes the words as `enum`; for people with the keyword that editors show beside each.
pub(super) fn list(site: &mut Map<String, Json>, json: &Json, for_people: bool) {
    let Some(values) = json["x-plangate"]["values"].as_object() else {
        return;
    };
    let words: Vec<&String> = values.keys().collect();
    insert(site, "enum", json!(words));
    if for_people {
        let titles: Vec<String> = values.values().map(both).collect();
        insert(site, "enumDescriptions", json!(titles));
    }
}

/// Puts the words behind the description of a field, for they are what its author has to know:
/// 「total 合計、same-person 同一人兼具。」
pub(super) fn describe(site: &mut Map<String, Json>, json: &Json, source: &Json) {
    let Some(values) = values_of(json, source).filter(|_| json["title"].is_string()) else {
        return;
    };
    let words = values.iter().map(|(word, titles)| match &titles["zh-TW"] {
        Json::String(title) if title != word => format!("{word} {title}"),
        _ => word.clone(),
    });
    let words = words.collect::<Vec<String>>().join("、");
    let own = json["description"].as_str().unwrap_or_default();
    insert(site, "description", json!(format!("{own}{words}。")));
}

/// The words that stand at a place, as its value or as the items of its list.
fn values_of<'s>(json: &'s Json, source: &'s Json) -> Option<&'s Map<String, Json>> {
    let target = json["$ref"].as_str();
    if let Some(name) = target.and_then(|path| path.strip_prefix(DEFINITIONS)) {
        return values_of(&source["$defs"][name], source);
    }
    let forms = json["oneOf"].as_array().into_iter().flatten();
    let inside = forms.chain(json.get("items"));
    let own = json["x-plangate"]["values"].as_object();
    own.or_else(|| inside.into_iter().find_map(|json| values_of(json, source)))
}

/// 「合計（in total）」, as the titles of fields are shown.
fn both(titles: &Json) -> String {
    let title = |tag: &str| titles[tag].as_str().unwrap_or_default();
    match (title("zh-TW"), title("en")) {
        (zh_tw, en) if zh_tw == en => zh_tw.to_owned(),
        (zh_tw, en) => format!("{zh_tw}（{en}）"),
    }
}
