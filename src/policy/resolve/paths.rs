//! Paths of facts, resolved against the schema.

use crate::cel::{Catalogue as _, Type};
use crate::document::{Spanned, inside};
use crate::policy::catalogue::PlanCatalogue;
use crate::policy::policy::{FactPath, Start};
use crate::policy::problem::Problems;
use crate::text::{Span, meant};

/// The path of a fact, and the type of what it leads to. A segment with `{need}` is of the type of
/// its siblings, which must agree.
pub(super) fn fact_path(
    fact: &Spanned<String>,
    text: &str,
    it: &Type,
    catalogue: &PlanCatalogue<'_>,
    problems: &mut Problems<'_>,
) -> Option<(FactPath, Type)> {
    let (start, rest) = match fact.value.as_str() {
        "it" => {
            return Some((
                FactPath {
                    keys: Vec::new(),
                    start: Start::ItemItself,
                },
                it.clone(),
            ));
        }
        "fact" => (Start::Fact, ""),
        path => match (path.strip_prefix("it."), path.strip_prefix("fact.")) {
            (Some(rest), _) => (Start::Item, rest),
            (_, Some(rest)) => (Start::Fact, rest),
            _ => (Start::Plan, path),
        },
    };
    let path = FactPath {
        keys: segments(rest),
        start,
    };
    if start == Start::Fact {
        return Some((path, Type::Dyn));
    }
    let from = match (start, it) {
        (Start::Plan, _) => catalogue.type_of(catalogue.schema().root()),
        (_, it) => it.clone(),
    };
    let mut ty = from;
    let mut at = fact.value.len() - rest.len();
    for key in &path.keys {
        let Some(next) = step(&ty, key, catalogue) else {
            let span = inside(text, fact.span, &fact.value, &(at..at + key.len()));
            no_such_field(&ty, key, span, catalogue, problems);
            return None;
        };
        ty = next;
        at += key.len() + 1;
    }
    Some((path, ty))
}

fn no_such_field(
    ty: &Type,
    key: &str,
    span: Span,
    catalogue: &PlanCatalogue<'_>,
    problems: &mut Problems<'_>,
) {
    let names = match ty {
        Type::Object(object) => catalogue.field_names(*object),
        _ => Vec::new(),
    };
    let near = meant(key, names.iter().map(String::as_str));
    let [zh_near, en_near] = near.map_or([String::new(), String::new()], |near| {
        [
            format!("；是否為 {near}？"),
            format!("; did you mean {near}?"),
        ]
    });
    let of = ty.show(catalogue);
    let zh = format!("{of} 無欄位 {key}{zh_near}");
    let en = format!("{of} has no field {key}{en_near}");
    problems.say("policy/unknown-field", span, zh, en);
}

/// The keys of a path; a dot inside of `{need.id}` separates nothing.
fn segments(path: &str) -> Vec<String> {
    let mut inside = false;
    let keys = path.split(|character| {
        inside = (inside || character == '{') && character != '}';
        character == '.' && !inside
    });
    keys.filter(|key| !key.is_empty())
        .map(str::to_owned)
        .collect()
}

fn step(ty: &Type, key: &str, catalogue: &PlanCatalogue<'_>) -> Option<Type> {
    let Type::Object(object) = ty else {
        return None;
    };
    if !key.starts_with('{') {
        return catalogue.field(*object, key).map(|field| field.ty);
    }
    let names = catalogue.field_names(*object);
    let types = names
        .iter()
        .filter_map(|name| catalogue.field(*object, name));
    let types: Vec<Type> = types.map(|field| field.ty).collect();
    let first = types.first()?;
    Some(if types.iter().all(|ty| ty == first) {
        first.clone()
    } else {
        Type::Dyn
    })
}
