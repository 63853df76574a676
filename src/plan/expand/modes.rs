//! The reserved keys: the modes that stand instead of a value, and the side keys beside it.

use serde_json::{Map, Value as Json, json};

use super::keywords::refer;

/// All of them, beside the keys of an object that is a fact: modes first.
pub(super) const RESERVED: &[&str] = &[
    "delegated_to",
    "by_law",
    "annex",
    "not_applicable",
    "see",
    "cite",
    "for",
    "except",
];
/// Beside the keys of a row that says for whom it holds.
pub(super) const SIDE_KEYS: &[&str] = &["see", "cite", "for", "except"];
/// Beside the keys of any other object.
pub(super) const GROUNDS: &[&str] = &["see", "cite"];
/// The definitions of the source that the reserved keys need.
pub(super) const CITED: [&str; 2] = ["document_citation", "law_citation"];

/// The definitions that the expansion refers to.
pub(super) fn definitions(for_people: bool) -> Map<String, Json> {
    let groups = [reserved_keys(), citations(), maps()];
    let mut all: Map<String, Json> = Map::new();
    for group in groups {
        if let Json::Object(group) = group {
            all.extend(group);
        }
    }
    if !for_people {
        for definition in all.values_mut().filter_map(Json::as_object_mut) {
            definition.retain(|key, _| !["title", "description", "x-en"].contains(&key.as_str()));
        }
    }
    all
}

fn reserved_keys() -> Json {
    json!({
        "delegated_to": {
            "title": "由文件規定",
            "description": "此項內容訂於所列文件，照文件目錄書寫，例如 IS-02-008 弱點管理程序書；可列多份。",
            "x-en": "Delegated to a document",
            "$ref": "#/$defs/documents"
        },
        "by_law": {
            "title": "依法定內容",
            "description": "計畫之數值即法定數值；未寫 schedule 時為該機關等級之附表。",
            "x-en": "As the law says",
            "if": { "type": "array" },
            "then": { "minItems": 1, "items": { "$ref": "#/$defs/law_citation" } },
            "else": { "$ref": "#/$defs/law_citation" }
        },
        "annex": {
            "title": "於附件",
            "description": "此項內容在附件，寫 annexes 之 id；只在其中一欄時寫 id 與 column。",
            "x-en": "In an annex",
            "if": { "type": "object" },
            "then": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": { "type": "string", "minLength": 1, "title": "附件代號", "x-en": "Annex" },
                    "column": { "type": "string", "minLength": 1, "title": "欄位", "x-en": "Column" }
                },
                "additionalProperties": false
            },
            "else": { "type": "string", "minLength": 1 }
        },
        "not_applicable": {
            "title": "不適用",
            "description": "寫明此項對機關不適用之理由。",
            "x-en": "Not applicable, with the reason",
            "type": "string"
        },
        "see": {
            "title": "參見",
            "description": "另有詳細內容之文件；不因此視為已訂定。",
            "x-en": "See also",
            "$ref": "#/$defs/documents"
        },
        "cite": {
            "title": "依據",
            "description": "此項內容之依據，法規或文件。",
            "x-en": "Ground",
            "if": { "type": "array" },
            "then": { "minItems": 1, "items": { "$ref": "#/$defs/ground" } },
            "else": { "$ref": "#/$defs/ground" }
        },
        "for": {
            "title": "適用對象",
            "description": "責任等級或機關代號，例如 [C]、[cab, funeral]；未寫時適用全部機關。",
            "x-en": "Holds for",
            "$ref": "#/$defs/bodies"
        },
        "except": {
            "title": "除外對象",
            "description": "不適用之責任等級或機關代號。",
            "x-en": "Holds for all but",
            "$ref": "#/$defs/bodies"
        }
    })
}

fn citations() -> Json {
    json!({
        "documents": {
            "if": { "type": "array" },
            "then": { "minItems": 1, "items": { "$ref": "#/$defs/document_citation" } },
            "else": { "$ref": "#/$defs/document_citation" }
        },
        "ground": {
            "if": { "type": "object", "not": { "required": ["document"] } },
            "then": { "$ref": "#/$defs/law_citation" },
            "else": { "$ref": "#/$defs/document_citation" }
        },
        "bodies": {
            "if": { "type": "array" },
            "then": { "minItems": 1, "uniqueItems": true, "items": { "type": "string", "minLength": 1 } },
            "else": { "type": "string", "minLength": 1 }
        }
    })
}

fn maps() -> Json {
    let all = |keys: &[&str]| -> Map<String, Json> {
        keys.iter()
            .map(|&key| (key.to_owned(), refer(key)))
            .collect()
    };
    let any = |keys: &[&str]| -> Json {
        keys.iter()
            .map(|key| json!({ "required": [key] }))
            .collect()
    };
    let modes = any(&RESERVED[..4]);
    let scope = any(&["for", "except"]);
    json!({
        "mode": {
            "title": "以模式代替內容",
            "description": "delegated_to 由文件規定、by_law 依法定內容、annex 於附件、not_applicable 不適用；可並列。",
            "x-en": "A mode instead of a value",
            "type": "object",
            "properties": all(RESERVED),
            "additionalProperties": false,
            "anyOf": modes
        },
        "row_mode": {
            "title": "對部分機關以模式代替內容",
            "description": "清單之一列可以模式代替，並以 for 或 except 寫明對象。",
            "x-en": "A mode for some of the bodies",
            "allOf": [refer("mode")],
            "anyOf": scope
        },
        "or_mode": { "if": { "type": "object" }, "then": refer("mode") },
        "or_row_mode": { "if": { "type": "object" }, "then": refer("row_mode") },
        "has_mode": { "type": "object", "anyOf": modes },
        "reserved": { "properties": all(RESERVED) },
        "grounds": { "properties": all(GROUNDS) },
        "beside_a_plain_row": { "properties": all(SIDE_KEYS) },
        "beside_a_row": {
            "allOf": [refer("reserved")],
            "if": refer("mode"),
            "then": { "anyOf": scope }
        },
        "beside_a_fact": {
            "allOf": [refer("reserved")],
            "minItems": 1,
            "items": { "type": "object", "anyOf": scope }
        }
    })
}
