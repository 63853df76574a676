//! The plan schema written out: what may stand beside and instead of every value, in plain JSON
//! Schema 2020-12.
//!
//! In: the source form, `policies/schema/plan.schema.json`, whose marks under `x-plangate` say
//! `fact` and `scoped`. Out: the form that editors read (`plangate schema`) and that the shape check
//! compiles. Knows nothing of plans. Invariant: the expansion adds keys and modes, never a field:
//! each field of the source stands at the same path, with its title and its description.

mod expansion;
mod keywords;
mod modes;
mod place;
mod values;

use serde_json::{Map, Value as Json, json};

use expansion::Expansion;
use keywords::insert;
pub(super) use place::Place;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The description of the source form is about its marks.
const DESCRIPTION: &str = "機關之資通安全維護計畫。各欄位可填內容，也可以 delegated_to（由文件規定）、by_law（依法定內容）、\
    annex（於附件）、not_applicable（不適用）代替；不寫即為未載明。";

/// Where the expansion is published, for the first line of a plan:
/// `# yaml-language-server: $schema=…`.
pub const SCHEMA_URL: &str = "https://plangate.github.io/schema/plan.schema.json";

/// The source form with its marks written out, for editors.
///
/// A fact takes a mode map instead of its value; an object marked `fact` takes modes and side keys
/// beside its own, or a list of itself of which each says `for` or `except`; the rows of a list
/// marked `scoped` say `for` or `except`; every object but the plan itself takes `see` and `cite`.
pub fn expanded(source: &Json) -> Json {
    let mut plan = Map::new();
    insert(&mut plan, "$schema", json!(DIALECT));
    insert(&mut plan, "$id", json!(SCHEMA_URL));
    place::annotate(&mut plan, source);
    insert(&mut plan, "description", json!(DESCRIPTION));
    Expansion::of(source, true).plan(plan)
}

/// The same without what only people read, and without the patterns that our own formats make
/// superfluous: the form that is compiled.
pub(super) fn checked(source: &Json) -> Json {
    let mut plan = Map::new();
    insert(&mut plan, "$schema", json!(DIALECT));
    Expansion::of(source, false).plan(plan)
}

/// The reserved keys, what they are called and what stands under them.
pub(super) fn reserved_keys() -> Map<String, Json> {
    modes::definitions(true)
}
