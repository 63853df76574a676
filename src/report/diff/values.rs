//! What stood and what stands, in few words: a value, or the changed clause of a text.

use super::apart::{AROUND, came_or_went, is_long, short, spelled, spelled_pieces};
use super::citation::{law_cited, shape_under};
use super::{DiffOptions, PlanDiff};
use crate::change::{Change, Class, Effect, Kind, Pair, Piece, Side, pieces};
use crate::document::Node;
use crate::plan::{Names, Reference, Schema, Shape, ShapeId, reserved_title};
use crate::report::words::{in_brackets, pick};
use crate::text::Language;

/// What parts the steps of a title.
pub(super) const STEP: &str = " › ";

/// From this length on a text is shown by its changed clauses.
const PROSE: usize = 16;

/// What is to be shown of a change: plain words, or a text with its clauses.
pub(super) enum Shown {
    /// Both values; empty where there is none.
    Values(String, String),
    /// One text and what became of it.
    Prose(Vec<Piece>),
}

/// The two values of a pair; of what moved, the two places.
pub(super) fn shown(
    change: &Change<'_>,
    pair: &Pair<'_>,
    plan: &PlanDiff<'_>,
    options: DiffOptions<'_>,
) -> Shown {
    let language = options.language;
    if let (Some(old), Some(new)) = (pair.old.node, pair.new.node) {
        if change.kind == Kind::Moved && old != pair.old.near {
            return Shown::Values(list_of(&pair.old, language), list_of(&pair.new, language));
        }
        if let (Some(a), Some(b)) = (old.as_str(), new.as_str())
            && a.chars().count() + b.chars().count() >= 2 * PROSE
        {
            return Shown::Prose(spelled_pieces(cut(pieces(a, b))));
        }
    }
    let (old, new) = both(change, pair, plan, options);
    let (old, new) = short(&old, &new);
    let (old, new) = spelled(old, new);
    Shown::Values(old, new)
}

/// Both values read aloud; of lists too long to be shown, what came and what went.
fn both(
    change: &Change<'_>,
    pair: &Pair<'_>,
    plan: &PlanDiff<'_>,
    options: DiffOptions<'_>,
) -> (String, String) {
    let sides = [
        (pair.old.node, &plan.names.0),
        (pair.new.node, &plan.names.1),
    ];
    let [old, new] = sides.map(|(node, names)| match node {
        Some(node) => Reader { options, names }.value(node, change),
        None => String::new(),
    });
    let members = sides.map(|(node, names)| {
        let list = node.filter(|node| node.is_list());
        list.map(|list| (Reader { options, names }.members(list, change), list))
    });
    let [Some((a, list)), Some((b, _))] = members else {
        return (old, new);
    };
    match came_or_went(&a, &b).filter(|_| is_long(&old) || is_long(&new)) {
        Some((gone, came)) => {
            let between = between(list, options.language);
            let kept = a.len() > gone.len();
            (some(gone, kept, between), some(came, kept, between))
        }
        None => (old, new),
    }
}

/// Some members of a list, after a sign for those that both sides have.
fn some(mut members: Vec<String>, kept: bool, between: &str) -> String {
    if kept {
        members.insert(0, "…".to_owned());
    }
    members.join(between)
}

/// The title of the list in which an item stands, and of what holds the list.
fn list_of(side: &Side<'_>, language: Language) -> String {
    let title = side.place.title.clone().unwrap_or_default();
    above(title.get(language), 1)
}

/// A title without its last steps.
pub(super) fn above(title: &str, steps: usize) -> String {
    let all: Vec<&str> = title.split(STEP).collect();
    all[..all.len().saturating_sub(steps)].join(STEP)
}

/// Shortens what stayed to what is near a change.
fn cut(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    if last == 0 {
        return pieces;
    }
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
    let tail: String = all[all.len() - if tail { AROUND } else { 0 }..]
        .iter()
        .collect();
    format!("{head}…{tail}")
}

/// Reads values of one plan aloud.
#[derive(Clone, Copy)]
struct Reader<'r> {
    options: DiffOptions<'r>,
    /// What the plan's ids stand for.
    names: &'r Names<'r>,
}

impl Reader<'_> {
    /// A value in one line, its fields by their titles.
    fn value(self, node: Node<'_>, change: &Change<'_>) -> String {
        self.whole(node, Some(change.shape), cited(node, change))
    }

    /// The items of a list, each in one line.
    fn members(self, list: Node<'_>, change: &Change<'_>) -> Vec<String> {
        self.items(list, Some(change.shape), cited(list, change))
    }

    fn items(
        self,
        list: Node<'_>,
        shape: Option<ShapeId>,
        cited: Option<Reference>,
    ) -> Vec<String> {
        let item = shape.and_then(|shape| self.options.schema.item_of(shape));
        let item = item.or(shape);
        let items = list.items().map(|node| self.inside(node, item, cited));
        items.collect()
    }

    fn whole(self, node: Node<'_>, shape: Option<ShapeId>, cited: Option<Reference>) -> String {
        let (schema, language) = (self.options.schema, self.options.language);
        if node.is_list() {
            let items = self.items(node, shape, cited);
            return match items.is_empty() {
                true => pick(language, "（無）", "(none)").to_owned(),
                false => items.join(between(node, language)),
            };
        }
        if !node.is_map() {
            return self.single(node, shape, cited);
        }
        if let Some(law) = law_cited(node, shape, self.options) {
            return law;
        }
        let colon = pick(language, "：", ": ");
        let entries = node.entries().map(|entry| {
            let field = shape.and_then(|shape| schema.field_named(shape, entry.key));
            let field = field.map(|id| schema.field(id));
            let cited = field.map_or_else(|| cited_by(entry.key), |field| field.marks.reference);
            let under = || shape_under(entry.key, entry.value, schema);
            let shape = field.map(|field| field.shape).or_else(under);
            let value = self.inside(entry.value, shape, cited);
            let title = field.map(|field| field.title.get(language));
            let reserved = reserved_title(entry.key).map(|(zh_tw, en)| pick(language, zh_tw, en));
            let title = title.or(reserved);
            format!("{}{colon}{value}", title.unwrap_or(entry.key))
        });
        entries.collect::<Vec<_>>().join(pick(language, "，", "; "))
    }

    /// A value inside of another: of what may be written as a text alone, that text.
    fn inside(self, node: Node<'_>, shape: Option<ShapeId>, cited: Option<Reference>) -> String {
        let schema = self.options.schema;
        let main = match shape.map(|shape| schema.shape(shape)) {
            Some(Shape::TextOr { main, .. }) => main.map(|main| schema.field(main)),
            _ => None,
        };
        match main.and_then(|main| node.get(&main.name)) {
            Some(text) => text.written().to_owned(),
            None => self.whole(node, shape, cited),
        }
    }

    /// One value; what is cited by its id, by its name.
    fn single(self, node: Node<'_>, shape: Option<ShapeId>, cited: Option<Reference>) -> String {
        let (schema, language) = (self.options.schema, self.options.language);
        let written = node.written();
        let name = cited.and_then(|reference| self.names.get(reference, written));
        match (name, shape) {
            (Some(name), _) => name.to_owned(),
            _ if cited == Some(Reference::Body) && is_grade(schema, written) => match language {
                Language::ZhTw => format!("{written} 級"),
                Language::En => format!("grade {written}"),
            },
            (None, Some(shape)) => schema.show(shape, node, language),
            (None, None) => written.to_owned(),
        }
    }
}

/// What parts the items of a list: what has parts of its own is parted from the next one by more
/// than they are.
fn between(list: Node<'_>, language: Language) -> &'static str {
    match list.items().any(Node::is_map) {
        true => pick(language, "；", "; "),
        false => pick(language, "、", ", "),
    }
}

/// What a value cites, by its field or by its key.
fn cited(node: Node<'_>, change: &Change<'_>) -> Option<Reference> {
    let key = node.own_entry().map(|entry| entry.key);
    change.reference.or(key.and_then(cited_by))
}

/// Whether a word names all bodies of a grade, as `for: [C]` does.
fn is_grade(schema: &Schema, word: &str) -> bool {
    let grade = schema.resolve("bodies.grade").map(|id| schema.field(id));
    grade.is_some_and(|grade| {
        let title = schema.word_title(grade.shape, word, Language::En);
        title.is_some()
    })
}

/// What a reserved key cites.
fn cited_by(key: &str) -> Option<Reference> {
    match key {
        "for" | "except" => Some(Reference::Body),
        "annex" => Some(Reference::Annex),
        _ => None,
    }
}

/// The word for a kind.
pub(super) fn kind(change: &Change<'_>, language: Language) -> String {
    let word = kind_word(change.kind, language);
    match change.pairs.len() {
        1 => word.to_owned(),
        count => {
            let count = format!("{count} {}", pick(language, "項", "items"));
            format!("{word}{}", in_brackets(&count, language))
        }
    }
}

/// The word for what happened to a thing.
pub(in crate::report) fn kind_word(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Added => pick(language, "新增", "added"),
        Kind::Removed => pick(language, "刪除", "removed"),
        Kind::Changed => pick(language, "修改", "changed"),
        Kind::Moved => pick(language, "移動", "moved"),
        Kind::Renamed => pick(language, "改名", "renamed"),
        Kind::Renumbered => pick(language, "改編號，名稱不變", "renumbered, names kept"),
        Kind::Merged => pick(language, "整併", "merged"),
        Kind::Split => pick(language, "分立", "split"),
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
pub(in crate::report) fn class_word(class: Class, language: Language) -> &'static str {
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

/// The item that a pair of renumbered items is about, by its name.
pub(super) fn item(pair: &Pair<'_>, language: Language) -> String {
    let title = pair.shown().place.title.clone().unwrap_or_default();
    let item = above(title.get(language), 1);
    item.split(STEP).last().unwrap_or_default().to_owned()
}

/// The title of what changed; of several renumbered items that of their list. A row that cites a law
/// is called by the citation.
pub(super) fn title(change: &Change<'_>, options: DiffOptions<'_>) -> String {
    let title = change.title();
    let title = title.get(options.language);
    let row = change.pair().shown().node;
    let is_item = row.is_some_and(|row| row.own_index().is_some());
    let law = row.filter(|_| is_item);
    let law = law.and_then(|row| law_cited(row, Some(change.shape), options));
    match law {
        Some(law) => format!("{}{STEP}{law}", above(title, 1)),
        None if change.pairs.len() > 1 && change.kind == Kind::Renumbered => above(title, 2),
        None => title.to_owned(),
    }
}
