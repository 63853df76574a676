//! The changes in meaning, the weakened ones first.

use super::{Review, link, section};
use crate::cel::Data;
use crate::change::{Class, Kind};
use crate::plan::{Schema, ShapeId, yes_or_no};
use crate::report::diff::{class_word, kind_word};
use crate::report::markdown::{code, escape};
use crate::report::pull_request::brief::{named, prose};
use crate::report::words::pick;
use crate::review::anchor::Side;
use crate::review::facts::Seen;
use crate::review::judgement::Judgement;
use crate::text::Language;

/// Values longer than this are cut.
const LONGEST: usize = 60;
/// Lists of no more values than this are written out.
const MOST: usize = 4;

pub(super) fn changes(text: &mut String, judgement: &Judgement, review: Review<'_>, limit: usize) {
    let mut told: Vec<&Seen> = Vec::new();
    for seen in &judgement.changes {
        // A control file is asked of each agency at the top, and told once.
        let is_told = |other: &&Seen| {
            other.facts.class == "control"
                && seen.facts.class == "control"
                && other.file == seen.file
        };
        if !told.iter().any(is_told) {
            told.push(seen);
        }
    }
    told.sort_by_key(|seen| !seen.may_weaken);
    let weaker = told.iter().filter(|seen| seen.may_weaken).count();
    let entries: Vec<String> = told
        .iter()
        .map(|seen| entry(seen, judgement, review))
        .collect();
    let heading = match (weaker, review.language) {
        (0, Language::ZhTw) => format!("內容變更（{}）", entries.len()),
        (0, Language::En) => format!("What changed ({})", entries.len()),
        (weaker, Language::ZhTw) => {
            format!(
                "內容變更（{}，其中 {weaker} 項減弱或強弱待審）",
                entries.len()
            )
        }
        (weaker, Language::En) => {
            format!(
                "What changed ({}, of which {weaker} weaken or may)",
                entries.len()
            )
        }
    };
    section(text, &heading, &entries, limit, review.language);
}

fn entry(seen: &Seen, judgement: &Judgement, review: Review<'_>) -> String {
    let language = review.language;
    let facts = &seen.facts;
    let mark = if seen.may_weaken { "⚠️ " } else { "" };
    let class = class(facts.class, language);
    let kind = kind(facts.kind, language);
    let title = match facts.title.get(language) {
        "" => named(&facts.path),
        title => prose(title),
    };
    let place = match seen.side {
        Side::New => link(review, &seen.file, seen.line),
        Side::Old => escape(&format!(
            "{}:{}{}",
            seen.file,
            seen.line,
            pick(language, "（變更前）", " (before)")
        )),
    };
    let told = |data: &Option<Data>| {
        let shown = Shown {
            schema: &judgement.schema,
            shape: seen.shape,
            language,
        };
        data.as_ref().and_then(|data| shown.value(data))
    };
    let values = match (facts.class, told(&facts.old), told(&facts.new)) {
        // Of a whole file its title says all, and its values are names of objects.
        ("control", ..) | (_, None, None) => String::new(),
        _ if facts.path.is_empty() => String::new(),
        (_, Some(old), Some(new)) => format!("：{old} → {new}"),
        (_, Some(only), None) | (_, None, Some(only)) => format!("：{only}"),
    };
    let body = facts.body.as_deref().map(prose);
    let body = body.map_or_else(String::new, |body| format!("〔{body}〕"));
    format!("- {mark}**{class}**　{kind} {title}{body}{values}　{place}\n")
}

/// How a value is shown.
#[derive(Clone, Copy)]
struct Shown<'s> {
    schema: &'s Schema,
    shape: Option<ShapeId>,
    language: Language,
}

impl Shown<'_> {
    /// A value in a few words; `None` where they would not say more than its title.
    fn value(self, data: &Data) -> Option<String> {
        let language = self.language;
        Some(match data {
            Data::Text(text) => self.text(text),
            Data::Bool(value) => yes_or_no(*value, language).to_owned(),
            Data::Int(value) => code(&value.to_string()),
            Data::Double(value) => code(&value.to_string()),
            Data::Date(date) => escape(&date.show(language)),
            Data::Duration(duration) => escape(&duration.show(language)),
            Data::List(items) if items.len() <= MOST && items.iter().all(is_scalar) => {
                let shape = self.shape;
                let shape = shape.and_then(|shape| self.schema.item_of(shape)).or(shape);
                let item = Self { shape, ..self };
                let items = items.iter().filter_map(|data| item.value(data));
                let items: Vec<String> = items.collect();
                items.join(pick(language, "、", ", "))
            }
            Data::List(items) => match language {
                Language::ZhTw => format!("{} 項", items.len()),
                Language::En => format!("{} items", items.len()),
            },
            Data::Record(_) | Data::Null | Data::Uint(_) | Data::Bytes(_) => return None,
        })
    }

    /// A word by its title; any other text as it is written.
    fn text(self, text: &str) -> String {
        let title = self.shape.and_then(|shape| {
            let schema = self.schema;
            schema.word_title(shape, text, self.language)
        });
        title.map_or_else(|| cut(text), escape)
    }
}

fn is_scalar(data: &Data) -> bool {
    !matches!(data, Data::List(_) | Data::Record(_))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", code(&text[..at])),
        None => code(text),
    }
}

fn class(word: &'static str, language: Language) -> &'static str {
    match Class::parse(word) {
        Some(class) => class_word(class, language),
        None => pick(language, "控制檔", word),
    }
}

fn kind(word: &'static str, language: Language) -> &'static str {
    let known = Kind::ALL.into_iter().find(|kind| kind.word() == word);
    known.map_or(word, |kind| kind_word(kind, language))
}
