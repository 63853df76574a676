//! Plans that nobody wrote, without modes: the crate's interpreter knows no way to be there but not
//! stated.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value as Json, json};

/// A plan of the small schema of [`crate::cel::tests::schema`].
pub(super) fn plan() -> impl Strategy<Value = Json> {
    let body = option::of(-3..3_i64)
        .prop_map(|count| object([("id", Some(json!("b"))), ("count", count.map(Json::from))]));
    (
        option::of(vec(system(), 0..4)),
        option::of(text()),
        option::of(body),
    )
        .prop_map(|(systems, edition, body)| {
            object([
                ("systems", systems.map(Json::from)),
                ("edition", edition.map(Json::from)),
                ("bodies", body.map(|body| json!([body]))),
                ("spare", Some(json!([]))),
            ])
        })
}

fn system() -> impl Strategy<Value = Json> {
    let tags = vec(select(&["web", "mail", "file"][..]), 0..3);
    let ratio = select(&[0.0, 0.5, 1.0, -2.25, 1e18][..]);
    (
        text(),
        option::of(text()),
        any::<bool>(),
        option::of(tags),
        option::of(ratio),
    )
        .prop_map(|(id, name, core, tags, ratio)| {
            object([
                ("id", Some(json!(id))),
                ("name", name.map(Json::from)),
                ("core", Some(json!(core))),
                ("tags", tags.map(Json::from)),
                ("ratio", ratio.map(Json::from)),
            ])
        })
}

fn text() -> impl Strategy<Value = String> {
    select(&["a", "", "資通", "7", "公文系統", "-1"][..]).prop_map(str::to_owned)
}

/// Silent fields are not there.
fn object<const N: usize>(fields: [(&str, Option<Json>); N]) -> Json {
    let stated = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Json::Object(stated.collect::<Map<_, _>>())
}
