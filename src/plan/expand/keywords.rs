//! The keywords of JSON Schema that the expansion writes.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

/// What references to definitions begin with.
pub(super) const DEFINITIONS: &str = "#/$defs/";

/// The names of the definitions that a schema refers to.
pub(super) fn references(schema: &Json, used: &mut BTreeSet<String>) {
    match schema {
        Json::Object(keywords) => {
            let target = schema["$ref"]
                .as_str()
                .and_then(|path| path.strip_prefix(DEFINITIONS));
            used.extend(
                target
                    .and_then(|path| path.split('/').next())
                    .map(str::to_owned),
            );
            keywords
                .values()
                .for_each(|schema| references(schema, used));
        }
        Json::Array(schemas) => schemas.iter().for_each(|schema| references(schema, used)),
        _ => {}
    }
}

pub(super) fn insert(map: &mut Map<String, Json>, key: &str, value: Json) {
    map.insert(key.to_owned(), value);
}

/// A reference to a definition.
pub(super) fn refer(name: &str) -> Json {
    refer_from(Map::new(), name)
}

pub(super) fn refer_from(site: Map<String, Json>, name: &str) -> Json {
    Json::Object(refer_into(site, name))
}

pub(super) fn refer_into(mut site: Map<String, Json>, name: &str) -> Map<String, Json> {
    insert(
        &mut site,
        "$ref",
        Json::String(format!("{DEFINITIONS}{name}")),
    );
    site
}

/// A mode where the test holds, else the value itself.
pub(super) fn either(mut site: Map<String, Json>, test: Json, mode: &str, otherwise: Json) -> Json {
    insert(&mut site, "if", test);
    insert(&mut site, "then", refer(mode));
    insert(&mut site, "else", otherwise);
    Json::Object(site)
}
