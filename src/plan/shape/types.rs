//! What to say about values of the wrong type.

use serde_json::Value as Json;

use super::found::{expected, found};
use super::problem::Problem;
use super::respell;
use super::rule;
use super::site::Site;
use crate::document::{Content, Style};
use crate::text::{Localized, Span};

/// A value of another type than its place wants.
pub(super) fn wrong_type(site: Site<'_>) -> Problem<'_> {
    if site.node.is_null() {
        return no_value(site);
    }
    let (title, expected, found) = (site.title(), expected(site), found(site.node));
    let (zh, en) = (
        format!(
            "「{}」應為{}，所填為{}",
            title.zh_tw, expected.zh_tw, found.zh_tw
        ),
        format!("`{}` must be {}, found {}", title.en, expected.en, found.en),
    );
    let problem = Problem::new(rule::WRONG_TYPE, site.node, zh, en);
    if let Some(text) = converted(site) {
        let help = Localized::new(format!("寫成 {text}"), format!("write {text}"));
        return problem.help(help).write(site.node.span(), text);
    }
    match advice(site) {
        Some((zh, en)) => problem.help(Localized::new(zh, en)),
        None => problem,
    }
}

/// The same value in the type that is wanted, where that is plain.
fn converted(site: Site<'_>) -> Option<String> {
    let node = site.node;
    let source = node.document().file().slice(node.span());
    if site.items().is_some() {
        let one_line = !source.contains('\n') && node.style() != Style::Block;
        let scalar = !node.is_map() && !node.is_list();
        return (one_line && (scalar || node.is_map())).then(|| format!("[{source}]"));
    }
    if let Some(object) = site
        .object()
        .filter(|_| !site.variant && !node.is_map() && !node.is_list())
    {
        return in_a_map(object, node.written(), source);
    }
    if node.is_list() {
        let mut items = node.items();
        let (only, none) = (items.next()?, items.next());
        let scalar = !only.is_map() && !only.is_list() && site.scalar().is_some();
        let text = node.document().file().slice(only.span());
        return (none.is_none() && scalar && !text.contains('\n')).then(|| text.to_owned());
    }
    match site.scalar()?["type"].as_str()? {
        "integer" => respell::whole_number(node.written()),
        "number" => respell::number(node.written()),
        "boolean" => respell::truth_value(node.written()).map(str::to_owned),
        _ => None,
    }
}

/// A text as the one key that its map needs: `{ name: 甲機關 }`, `{ law: act }`.
fn in_a_map(object: &Json, text: &str, source: &str) -> Option<String> {
    let required = object["required"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let is_law = object["properties"].get("law").is_some();
    let key = match required {
        [Json::String(key)] => key,
        [] if is_law && text.is_ascii() => "law",
        [] if is_law => "title",
        _ => return None,
    };
    (!source.contains('\n')).then(|| format!("{{ {key}: {source} }}"))
}

fn advice(site: Site<'_>) -> Option<(&'static str, &'static str)> {
    let node = site.node;
    Some(match node.content() {
        _ if site.variant => (
            "此處為一組欄位；各機關不同時才寫成清單，每項為一組欄位並寫明 for 或 except",
            "there is one map here; only where bodies differ, a list of maps with `for` or `except`",
        ),
        Content::Map if site.is_mode() => (
            "以模式代替內容時，寫 delegated_to、by_law、annex 或 not_applicable",
            "a mode is written with `delegated_to`, `by_law`, `annex` or `not_applicable`",
        ),
        Content::Map if site.items().is_some() => (
            "清單之各項以「- 」開頭",
            "each item of a list begins with `- `",
        ),
        Content::Text(_) if site.object().is_some() && site.place.fact => (
            "內容在文件中時，寫成 { delegated_to: 文件 }",
            "if a document says it, write `{ delegated_to: the document }`",
        ),
        Content::List if site.object().is_some() => (
            "此處只有一組欄位，不寫成清單",
            "there is one map here, not a list",
        ),
        _ => return None,
    })
}

/// A key with nothing behind it.
pub(super) fn no_value(site: Site<'_>) -> Problem<'_> {
    let (title, expected) = (site.title(), expected(site));
    let (zh, en) = (
        format!("「{}」未填內容", title.zh_tw),
        format!("`{}` has no value", title.en),
    );
    let problem = Problem::new(rule::NO_VALUE, site.node, zh, en).span(underlined(site));
    problem.help(if site.node.own_entry().is_some() {
        Localized::new(
            format!("填入{}，或刪去此欄位；不寫即為未載明", expected.zh_tw),
            format!(
                "write {}, or delete the key; a key that is absent is silent",
                expected.en
            ),
        )
    } else {
        Localized::new(
            format!("填入{}", expected.zh_tw),
            format!("write {}", expected.en),
        )
    })
}

/// What to underline: the value, or its key where there is no value.
pub(super) fn underlined(site: Site<'_>) -> Span {
    let span = site.node.span();
    if span.start < span.end {
        return span;
    }
    site.node.own_entry().map_or(span, |entry| entry.key_span)
}
