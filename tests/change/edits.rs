//! Edits that the schema makes possible, chosen by dice.

use plangate::plan::{Field, Scalar, Schema, Shape, ShapeId};
use serde_json::{Map, Value as Json, json};

/// Numbers that look random and are the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(all.len() as u64);
        all.get(usize::try_from(at).unwrap_or(0))
    }
}

/// A value of the plan that can be edited: the way to it and its type.
#[derive(Clone)]
struct Site {
    pointer: String,
    shape: ShapeId,
    fact: bool,
}

/// Makes one edit somewhere.
pub(crate) fn edit(schema: &Schema, plan: &mut Json, dice: &mut Dice) {
    let mut sites = Vec::new();
    collect(schema, plan, schema.root(), "", false, &mut sites);
    let Some(site) = dice.one(&sites).cloned() else {
        return;
    };
    match dice.below(10) {
        0 | 1 => remove(plan, &site.pointer),
        3 if bind_otherwise(schema, plan, &sites, dice) => {}
        2 if site.fact => set(plan, &site.pointer, mode(dice)),
        _ => inside(schema, plan, &site, dice),
    }
}

/// A rule made more or less binding: taken out of one list of a map and put into another one, be that
/// there or not. Says whether there is any.
fn bind_otherwise(schema: &Schema, plan: &mut Json, sites: &[Site], dice: &mut Dice) -> bool {
    let mut pairs = Vec::new();
    for site in sites {
        let fields = schema.fields(site.shape).iter();
        let fields = fields.map(|&id| schema.field(id));
        let lists: Vec<&Field> = fields
            .filter(|field| field.marks.strength.is_some())
            .collect();
        for from in &lists {
            let pointer = format!("{}/{}", site.pointer, from.name);
            if plan.pointer(&pointer).is_some_and(Json::is_array) {
                let others = lists.iter().filter(|into| into.name != from.name);
                pairs.extend(others.map(|into| (site, *from, *into)));
            }
        }
    }
    let Some((site, from, into)) = dice.one(&pairs) else {
        return false;
    };
    let Some(Json::Object(map)) = plan.pointer_mut(&site.pointer) else {
        return false;
    };
    let Some(Json::Array(rules)) = map.get_mut(&from.name) else {
        return false;
    };
    let at = usize::try_from(dice.below(rules.len() as u64)).unwrap_or(0);
    let rule = (at < rules.len()).then(|| rules.remove(at));
    if rules.is_empty() {
        map.shift_remove(&from.name);
    }
    match map.entry(&into.name).or_insert_with(|| json!([])) {
        Json::Array(rules) => rules.extend(rule),
        other => *other = json!(rule.as_slice()),
    }
    true
}

/// Another value; of a map another or a new field, of a list another or a new item.
fn inside(schema: &Schema, plan: &mut Json, site: &Site, dice: &mut Dice) {
    let Some(value) = plan.pointer_mut(&site.pointer) else {
        return;
    };
    match (schema.shape(site.shape), value) {
        (Shape::Object { fields, .. }, Json::Object(map)) => {
            if let Some(field) = dice.one(fields).map(|&id| schema.field(id)) {
                map.insert(field.name.clone(), value_of(schema, field, dice, 0));
            }
        }
        (Shape::List { item }, Json::Array(items)) => match dice.below(3) {
            0 if !items.is_empty() => {
                let at = dice.below(items.len() as u64);
                items.remove(usize::try_from(at).unwrap_or(0));
            }
            _ => items.push(generate(schema, *item, dice, 0)),
        },
        (_, value) => *value = generate(schema, site.shape, dice, 0),
    }
}

fn mode(dice: &mut Dice) -> Json {
    match dice.below(4) {
        0 => json!({ "by_law": { "law": "classification" } }),
        1 => json!({ "delegated_to": format!("IS-{}", dice.below(9)) }),
        2 => json!({ "annex": "annex-9" }),
        _ => json!({ "not_applicable": "無此業務" }),
    }
}

fn collect(
    schema: &Schema,
    value: &Json,
    shape: ShapeId,
    pointer: &str,
    fact: bool,
    sites: &mut Vec<Site>,
) {
    if !pointer.is_empty() {
        sites.push(Site {
            pointer: pointer.to_owned(),
            shape,
            fact,
        });
    }
    match value {
        Json::Object(map) => {
            for (key, value) in map {
                if let Some(field) = schema.field_named(shape, key).map(|id| schema.field(id)) {
                    let below = format!("{pointer}/{key}");
                    collect(schema, value, field.shape, &below, field.marks.fact, sites);
                }
            }
        }
        Json::Array(items) => {
            let item = schema.item_of(shape).unwrap_or(shape);
            for (at, value) in items.iter().enumerate() {
                collect(
                    schema,
                    value,
                    item,
                    &format!("{pointer}/{at}"),
                    false,
                    sites,
                );
            }
        }
        _ => {}
    }
}

fn remove(plan: &mut Json, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return;
    };
    match plan.pointer_mut(parent) {
        Some(Json::Object(map)) => drop(map.shift_remove(key)),
        Some(Json::Array(items)) => drop(key.parse().map(|at: usize| items.remove(at))),
        _ => {}
    }
}

fn set(plan: &mut Json, pointer: &str, value: Json) {
    if let Some(place) = plan.pointer_mut(pointer) {
        *place = value;
    }
}

fn value_of(schema: &Schema, field: &Field, dice: &mut Dice, depth: u32) -> Json {
    match dice.below(8) {
        0 if field.marks.fact => mode(dice),
        _ => generate(schema, field.shape, dice, depth),
    }
}

/// A value of a type.
fn generate(schema: &Schema, shape: ShapeId, dice: &mut Dice, depth: u32) -> Json {
    match schema.shape(shape) {
        Shape::Scalar(scalar) => single(scalar, dice),
        Shape::TextOr { .. } if dice.below(2) == 0 => single(&Scalar::Text, dice),
        Shape::List { .. } if depth > 2 => json!([]),
        Shape::List { item } => {
            let items = (0..dice.below(4)).map(|_| generate(schema, *item, dice, depth + 1));
            Json::Array(items.collect())
        }
        Shape::Object { .. } | Shape::TextOr { .. } => {
            let mut map = Map::new();
            for field in schema.fields(shape).iter().map(|&id| schema.field(id)) {
                if field.required || dice.below(4) == 0 && depth < 3 {
                    map.insert(field.name.clone(), value_of(schema, field, dice, depth + 1));
                }
            }
            Json::Object(map)
        }
    }
}

fn single(scalar: &Scalar, dice: &mut Dice) -> Json {
    const TEXTS: [&str; 8] = [
        "資訊室",
        "應定期檢討並留存紀錄",
        "應每年檢討一次，並留存紀錄。",
        "郵件系統",
        "IS-02-008 資通安全稽核程序書",
        "由權責單位辦理並陳報資通安全長核定",
        "核心業務持續運作演練",
        "A",
    ];
    match scalar {
        Scalar::Words(words) => json!(dice.one(words.all())),
        Scalar::Integer => json!(dice.below(20)),
        Scalar::Number => {
            let tenths = u32::try_from(dice.below(1000)).unwrap_or(0);
            json!(f64::from(tenths) / 10.0)
        }
        Scalar::Boolean => json!(dice.below(2) == 0),
        Scalar::Date => json!(format!(
            "{}-{:02}-{:02}",
            108 + dice.below(5),
            1 + dice.below(12),
            1 + dice.below(28)
        )),
        Scalar::Duration => {
            json!(dice.one(&["1y", "6mo", "8h", "24wh", "30min", "立即", "定期", "90d"]))
        }
        Scalar::DayOfYear => json!(format!("{}-{}", 1 + dice.below(12), 1 + dice.below(28))),
        Scalar::Edition => json!(format!("1.{}", dice.below(12))),
        Scalar::Text => {
            let text = dice.one(&TEXTS).copied().unwrap_or_default();
            match dice.below(3) {
                0 => json!(text),
                _ => json!(format!("{text}{}", dice.below(50))),
            }
        }
    }
}
