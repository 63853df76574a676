//! What to say about keys: the ones that are no fields, the ones that are missing.

use super::found::shortened;
use super::known::Known;
use super::nearest::nearest;
use super::problem::Problem;
use super::rule;
use super::site::{Site, is_reserved};
use crate::document::Entry;
use crate::plan::schema::{Schema, Shape, ShapeId};
use crate::text::Localized;

/// More fields than this are not listed in a help.
const LISTED: usize = 14;

/// A key that is no field of the map it stands in.
pub(super) fn unknown<'p>(site: Site<'p>, entry: Entry<'p>, schema: &Schema) -> Problem<'p> {
    let (key, shown) = (entry.key, shortened(entry.key));
    let title = site.title();
    let mode = site.is_mode() && site.has_mode();
    let (zh, en) = if mode {
        (
            format!("「{}」以模式代替內容，不能再寫「{shown}」", title.zh_tw),
            format!("`{}` is a mode here and takes no `{shown}`", title.en),
        )
    } else {
        (
            format!("「{}」沒有「{shown}」這個欄位", title.zh_tw),
            format!("`{}` has no field `{shown}`", title.en),
        )
    };
    let problem = Problem::new(rule::UNKNOWN_KEY, entry.value, zh, en).span(entry.key_span);
    let known = site.known();
    match meant(key, &known) {
        Some(known) => {
            let problem = problem.help(write(known));
            let free = site.node.get(&known.name).is_none();
            if free {
                problem.write(entry.key_span, &known.name)
            } else {
                problem
            }
        }
        None if mode => problem.help(Localized::new(
            "刪去此欄位，或不用模式而寫出內容",
            "delete the key, or write the content and no mode",
        )),
        None => match advice(key, &known, schema) {
            Some(help) => problem.help(help),
            None => problem,
        },
    }
}

fn write(known: &Known) -> Localized {
    let (name, title) = (&known.name, &known.title);
    Localized::new(
        format!("寫成 {name}（{}）", title.zh_tw),
        format!("write `{name}` ({})", title.en),
    )
}

/// The key that may stand here of which another is a slip.
pub(super) fn slip_of(site: Site<'_>, key: &str) -> Option<String> {
    let known = site.known();
    meant(key, &known).map(|known| known.name.clone())
}

/// The field that a key was meant to be: by its letters, or by its title.
fn meant<'k>(key: &str, known: &'k [Known]) -> Option<&'k Known> {
    let by_title = |known: &&Known| known.title.zh_tw == key || known.title.en == key;
    let by_letters = || Some(&known[nearest(key, known.iter().map(|known| known.name.as_str()))?]);
    known.iter().find(by_title).or_else(by_letters)
}

fn advice(key: &str, known: &[Known], schema: &Schema) -> Option<Localized> {
    if matches!(key, "for" | "except") {
        return Some(Localized::new(
            "for 與 except 只寫在可分對象之清單各列，或可以模式代替之欄位",
            "`for` and `except` stand on the rows of lists that differ by body, and on facts",
        ));
    }
    if is_reserved(key) {
        return Some(Localized::new(
            "此處不能以模式代替內容",
            "no mode may stand here",
        ));
    }
    elsewhere(key, schema).or_else(|| listed(known))
}

/// Where the schema has a field of that name.
fn elsewhere(key: &str, schema: &Schema) -> Option<Localized> {
    let mut paths = Vec::new();
    find(schema, schema.root(), key, "", &mut paths);
    if paths.is_empty() || paths.len() > 3 {
        return None;
    }
    let (zh, en) = (paths.join("、"), paths.join(", "));
    Some(Localized::new(
        format!("{key} 屬於 {zh}，移到該處"),
        format!("`{key}` belongs to {en}; move it there"),
    ))
}

/// The paths of all fields of that name, below `path`.
fn find(schema: &Schema, shape: ShapeId, key: &str, path: &str, paths: &mut Vec<String>) {
    for &field in schema.fields(shape) {
        let field = schema.field(field);
        let dot = if path.is_empty() { "" } else { "." };
        let own = format!("{path}{dot}{}", field.name);
        let (inner, own) = match schema.shape(field.shape) {
            Shape::List { item } => (*item, format!("{own}[]")),
            _ => (field.shape, own),
        };
        if field.name == key {
            paths.push(own.trim_end_matches("[]").to_owned());
        }
        find(schema, inner, key, &own, paths);
    }
}

fn listed(known: &[Known]) -> Option<Localized> {
    let own: Vec<&Known> = known.iter().filter(|known| !known.reserved).collect();
    let own = if own.is_empty() {
        known.iter().collect()
    } else {
        own
    };
    if own.is_empty() || own.len() > LISTED {
        return None;
    }
    let zh: Vec<String> = own
        .iter()
        .map(|known| format!("{} {}", known.name, known.title.zh_tw))
        .collect();
    let en: Vec<&str> = own.iter().map(|known| known.name.as_str()).collect();
    Some(Localized::new(
        format!("可用欄位：{}", zh.join("、")),
        format!("fields here: {}", en.join(", ")),
    ))
}

/// A key that has to be there.
pub(super) fn missing<'p>(site: Site<'p>, key: &str) -> Problem<'p> {
    let title = site.title();
    let known = site.known().into_iter().find(|known| known.name == key);
    let name = known.map_or_else(|| Localized::same(key), |known| known.title);
    let (zh, en) = (
        format!("「{}」缺少 {key}（{}）", title.zh_tw, name.zh_tw),
        format!("`{}` lacks `{key}` ({})", title.en, name.en),
    );
    Problem::new(rule::MISSING_KEY, site.node, zh, en)
        .missing(key)
        .help(Localized::new(
            format!("加上 {key}"),
            format!("add `{key}`"),
        ))
}

/// None of several keys is there: no `for` where the others say for whom they hold.
pub(super) fn without_scope(site: Site<'_>) -> Problem<'_> {
    let title = site.title();
    let (zh, en) = (
        format!("「{}」之此項未寫 for 或 except", title.zh_tw),
        format!(
            "this item of `{}` says neither `for` nor `except`",
            title.en
        ),
    );
    let help = if site.variant {
        Localized::new(
            "各機關內容不同時，每項以 for 或 except 寫明對象；只有一種內容時不寫成清單",
            "where bodies differ, each item says `for` or `except`; for one content write no list",
        )
    } else {
        Localized::new(
            "以模式代替之列以 for 或 except 寫明對象；整份清單都以模式代替時，不寫成清單",
            "a mode in a list says `for` or `except`; a mode for the whole list stands instead of it",
        )
    };
    Problem::new(rule::MISSING_KEY, site.node, zh, en)
        .missing("for")
        .help(help)
}
