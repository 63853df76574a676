//! What stood and what stands, in few words: a value, or the changed clause of a text.

use crate::change::{Change, Class, Effect, Kind, Pair, Piece, pieces};
use crate::document::Node;
use crate::report::words::pick;
use crate::text::Language;

/// Characters of a value that are shown.
const LONGEST: usize = 120;
/// Characters that are shown on each side of a changed clause.
const AROUND: usize = 12;
/// From this length on a text is shown by its changed clauses.
const PROSE: usize = 16;

/// What is to be shown of a change: plain words, or a text with its clauses.
pub(super) enum Shown {
    /// Both values; empty where there is none.
    Values(String, String),
    /// One text and what became of it.
    Prose(Vec<Piece>),
}

/// The two values of a pair.
pub(super) fn shown(pair: &Pair<'_>, language: Language) -> Shown {
    if let (Some(old), Some(new)) = (pair.old.node, pair.new.node)
        && let (Some(a), Some(b)) = (old.as_str(), new.as_str())
        && a.chars().count() + b.chars().count() >= 2 * PROSE
    {
        return Shown::Prose(cut(pieces(a, b)));
    }
    let value = |node: Option<Node<'_>>| node.map(|node| value(node, language)).unwrap_or_default();
    Shown::Values(value(pair.old.node), value(pair.new.node))
}

/// Shortens what stayed to what is near a change.
fn cut(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let near = |(at, piece): (usize, Piece)| match piece {
        Piece::Same(text) => Piece::Same(shortened(&text, at > 0, at < last)),
        other => other,
    };
    pieces.into_iter().enumerate().map(near).collect()
}

fn shortened(text: &str, head: bool, tail: bool) -> String {
    let all: Vec<char> = text.chars().collect();
    let kept = AROUND * (usize::from(head) + usize::from(tail));
    if all.len() <= kept + 2 {
        return text.to_owned();
    }
    let head: String = all[..if head { AROUND } else { 0 }].iter().collect();
    let tail: String = all[all.len() - if tail { AROUND } else { 0 }..].iter().collect();
    format!("{head}…{tail}")
}

/// A value in one line.
pub(super) fn value(node: Node<'_>, language: Language) -> String {
    let mut text = whole(node, language);
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(at);
        text.push('…');
    }
    text
}

fn whole(node: Node<'_>, language: Language) -> String {
    let comma = pick(language, "、", ", ");
    if node.is_list() {
        let items: Vec<String> = node.items().map(|item| whole(item, language)).collect();
        return match items.is_empty() {
            true => pick(language, "（無）", "(none)").to_owned(),
            false => items.join(comma),
        };
    }
    if !node.is_map() {
        return node.written().to_owned();
    }
    let entries = node.entries().map(|entry| {
        let value = whole(entry.value, language);
        let colon = pick(language, "：", ": ");
        match mode_word(entry.key, language) {
            Some(word) => format!("{word}{colon}{value}"),
            None => format!("{} {value}", entry.key),
        }
    });
    entries.collect::<Vec<_>>().join(pick(language, "，", "; "))
}

/// The word for a mode or for whom something holds.
fn mode_word(key: &str, language: Language) -> Option<&'static str> {
    Some(match key {
        "delegated_to" => pick(language, "依文件", "left to"),
        "by_law" => pick(language, "依法規所定", "as the law says"),
        "annex" => pick(language, "見附件", "in annex"),
        "not_applicable" => pick(language, "不適用", "not applicable"),
        "for" => pick(language, "適用", "for"),
        "except" => pick(language, "除外", "except"),
        _ => return None,
    })
}

/// The word for a kind.
pub(super) fn kind(change: &Change<'_>, language: Language) -> String {
    let word = match change.kind {
        Kind::Added => pick(language, "新增", "added"),
        Kind::Removed => pick(language, "刪除", "removed"),
        Kind::Changed => pick(language, "修改", "changed"),
        Kind::Moved => pick(language, "移動", "moved"),
        Kind::Renamed => pick(language, "改名", "renamed"),
        Kind::Renumbered => pick(language, "改編號，名稱不變", "renumbered, names kept"),
        Kind::Merged => pick(language, "整併", "merged"),
        Kind::Split => pick(language, "分立", "split"),
    };
    match change.pairs.len() {
        1 => word.to_owned(),
        count => format!("{word}{}", super::super::words::in_brackets(
            &format!("{count}{}", pick(language, " 項", " items")), language,
        )),
    }
}

/// The word for a class, with what may be worse than it says.
pub(super) fn class(change: &Change<'_>, language: Language) -> String {
    let word = class_word(change.class, language);
    let effect = match (change.class, change.effect) {
        (Class::Grade | Class::Scope, Effect::Weaker) => pick(language, "減弱", "weakened"),
        (Class::Grade | Class::Scope, Effect::Stronger) => pick(language, "增強", "strengthened"),
        (_, Effect::Unclear) => pick(language, "強弱不明", "may be weaker"),
        _ => return word.to_owned(),
    };
    format!("{word}{}{effect}", pick(language, "・", ", "))
}

/// The word for a class alone.
pub(super) fn class_word(class: Class, language: Language) -> &'static str {
    match class {
        Class::Grade => pick(language, "等級", "grade"),
        Class::Scope => pick(language, "範圍", "scope"),
        Class::Weakened => pick(language, "減弱", "weakened"),
        Class::Strengthened => pick(language, "增強", "strengthened"),
        Class::Changed => pick(language, "變更", "changed"),
        Class::Editorial => pick(language, "文字", "editorial"),
        Class::Layout => pick(language, "格式", "layout"),
    }
}
