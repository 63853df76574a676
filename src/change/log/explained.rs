//! The notes of the rows that a plan adds to its change log ⇄ the changes from the plan before.
//! Only rows of the editions since count: one that was forgotten earlier, or is meant for later, tells
//! of other changes. Where an edition goes on that was still being written, all notes of its row count, those
//! that stood already too: what is issued is the row as a whole, held against the edition before. The
//! other way round, such a note may be about an earlier step of the same edition.
//!
//! In: both plans and their changes. Out: how each change is spoken of, and whether each note speaks
//! of anything that changed. A note speaks by its `covers`; where it has none, by its chapter; where
//! it has neither, it may speak of anything, and nobody can tell. What came or went as a whole is spoken of where
//! all of its parts are. Judges nothing: whether a change has to be explained, policies say.

use std::collections::BTreeSet;

use super::since::{Since, edition, rows};
use crate::change::{Change, Changes, Class};
use crate::document::Node;
use crate::plan::{Plan, has_path, without_keys};

/// How the notes speak of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Explained {
    /// Not at all.
    No,
    /// A note says neither what it covers nor which chapter it is about.
    Perhaps,
    /// By its chapter, or by the whole section that it is a part of.
    Chapter,
    /// By itself or by what it is part of, below a section.
    Named,
}

/// Whether anything changed of what a note speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Founded {
    /// Nothing.
    No,
    /// Something changed, and the note does not say what it is about.
    Perhaps,
    /// Something of it.
    Yes,
}

/// A note of a new row.
#[derive(Debug, Clone)]
pub struct RowNote<'p> {
    /// Where it stands.
    pub node: Node<'p>,
    /// What it says.
    pub text: &'p str,
    /// The kind of change that it says it is about.
    pub class: Option<Class>,
    chapter: Option<u8>,
    covers: Vec<&'p str>,
    /// Whether its edition goes on, so that it may speak of what changed before.
    goes_on: bool,
}

/// The notes of the rows that a plan adds.
#[derive(Debug, Clone, Default)]
pub struct Notes<'p> {
    /// In their order.
    pub all: Vec<RowNote<'p>>,
    /// Whether reasons are given outside of the plan, in trailers: they may speak of anything.
    pub told_elsewhere: bool,
}

impl Explained {
    /// All.
    pub const ALL: [Self; 4] = [Self::No, Self::Perhaps, Self::Chapter, Self::Named];

    /// The word of policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Perhaps => "perhaps",
            Self::Chapter => "chapter",
            Self::Named => "named",
        }
    }
}

impl Founded {
    /// All.
    pub const ALL: [Self; 3] = [Self::No, Self::Perhaps, Self::Yes];

    /// The word of policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Perhaps => "perhaps",
            Self::Yes => "yes",
        }
    }
}

impl<'p> Notes<'p> {
    /// The notes of the rows of the editions since the old plan.
    pub fn between(old: &Plan<'p>, new: &Plan<'p>, told_elsewhere: bool) -> Self {
        let since = Since::of(old, new);
        let added = rows(new).filter_map(|row| Some((row, edition(row)?)));
        let added = added.filter(|(_, own)| since.has(own));
        let notes = added.flat_map(|(row, own)| {
            let notes = row.get("notes").filter(|notes| notes.is_list());
            let goes_on = since.goes_on(own);
            let notes = notes.into_iter().flat_map(Node::items);
            notes.filter_map(move |note| RowNote::read(note, goes_on))
        });
        Self {
            all: notes.collect(),
            told_elsewhere,
        }
    }

    /// How they speak of a change.
    pub fn explain(&self, change: &Change<'_>) -> Explained {
        let told = self.all.iter().map(|note| note.speaks_of(change));
        let elsewhere = match self.told_elsewhere {
            true => Explained::Perhaps,
            false => Explained::No,
        };
        let whole = told.chain([elsewhere]).max().unwrap_or(elsewhere);
        match whole_of(change).is_some_and(|node| self.name_parts(change, node)) {
            true => Explained::Named,
            false => whole,
        }
    }

    /// Whether they name all parts of what came or went.
    fn name_parts(&self, change: &Change<'_>, whole: Node<'_>) -> bool {
        let notes = self.all.iter().filter(|note| !note.is_less_than(change));
        let covers = notes.flat_map(|note| &note.covers).copied();
        let covers: BTreeSet<&str> = covers
            .filter(|cover| is_within(cover, change.path()))
            .collect();
        !covers.is_empty() && are_named(&covers, change.path(), whole)
    }
}

impl<'p> RowNote<'p> {
    fn read(node: Node<'p>, goes_on: bool) -> Option<Self> {
        let covers = node.get("covers").filter(|covers| covers.is_list());
        let chapter = node.get("chapter").and_then(Node::as_int);
        let class = node.get("class").and_then(Node::as_str);
        Some(Self {
            node,
            text: node.as_str().or_else(|| node.get("text")?.as_str())?,
            class: class.and_then(Class::parse),
            chapter: chapter.and_then(|chapter| u8::try_from(chapter).ok()),
            covers: covers
                .into_iter()
                .flat_map(Node::items)
                .filter_map(Node::as_str)
                .collect(),
            goes_on,
        })
    }

    /// Whether anything changed of what it speaks of.
    pub fn founded(&self, changes: &Changes<'_>) -> Founded {
        let own = changes.all.iter().filter(|change| !is_record(change));
        match own.map(|change| self.speaks_within(change)).max() {
            Some(Explained::Named | Explained::Chapter) => Founded::Yes,
            Some(Explained::Perhaps) => Founded::Perhaps,
            Some(Explained::No) | None if self.goes_on => Founded::Perhaps,
            Some(Explained::No) | None => Founded::No,
        }
    }

    /// How it speaks of a change, or of a part of what came or went.
    fn speaks_within(&self, change: &Change<'_>) -> Explained {
        let has_part = |node: Node<'_>| {
            let covers = self.covers.iter();
            let below = covers.filter_map(|cover| cover.strip_prefix(&**change.path()));
            let mut below = below.filter(|below| below.starts_with('.'));
            !self.is_less_than(change) && below.any(|below| has_path(node, below))
        };
        match whole_of(change).is_some_and(has_part) {
            true => Explained::Named,
            false => self.speaks_of(change),
        }
    }

    /// Whether it says that it is about mere layout or wording, and the change is more than that.
    fn is_less_than(&self, change: &Change<'_>) -> bool {
        let smaller = self.class.is_some_and(|class| class >= Class::Editorial);
        smaller && change.class < Class::Editorial
    }

    fn speaks_of(&self, change: &Change<'_>) -> Explained {
        if self.is_less_than(change) {
            return Explained::No;
        }
        if !self.covers.is_empty() {
            let named = self.covers.iter().map(|cover| names(cover, change));
            return named.max().unwrap_or(Explained::No);
        }
        match self.chapter {
            None => Explained::Perhaps,
            own if own == change.chapter => Explained::Chapter,
            Some(_) => Explained::No,
        }
    }
}

/// How a path speaks of a change: it is its own or that of what it is part of, with or without the keys of
/// rows, for `bodies.grade` names `bodies[cab].grade` too. A section is what most chapters are made of: by
/// itself it says no more of its parts than a chapter.
fn names(cover: &str, change: &Change<'_>) -> Explained {
    let mut sides = change
        .pairs
        .iter()
        .flat_map(|pair| [&pair.old.place.path, &pair.new.place.path]);
    let is_section = !cover.contains(['.', '[']);
    if is_section && &**change.path() != cover {
        return match sides.any(|path| is_within(path, cover)) {
            true => Explained::Chapter,
            false => Explained::No,
        };
    }
    match sides.any(|path| is_within(path, cover) || is_within(&without_keys(path), cover)) {
        true => Explained::Named,
        false => Explained::No,
    }
}

/// What came or went, where it is one thing with parts.
fn whole_of<'p>(change: &Change<'p>) -> Option<Node<'p>> {
    let [pair] = &change.pairs[..] else {
        return None;
    };
    let ((None, Some(whole)) | (Some(whole), None)) = (pair.old.node, pair.new.node) else {
        return None;
    };
    whole.is_map().then_some(whole)
}

/// Whether paths name all parts of a node, or all parts of those that they do not name.
fn are_named(covers: &BTreeSet<&str>, path: &str, node: Node<'_>) -> bool {
    let mut parts = node.entries().peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let path = format!("{path}.{}", part.key);
            covers.contains(&*path) || are_named(covers, &path, part.value)
        })
}

fn is_within(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The change log itself, which no note explains.
fn is_record(change: &Change<'_>) -> bool {
    is_within(change.path(), "history")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_itself_and_what_is_below_it() {
        for (path, outer, expected) in [
            ("bodies[cab].grade", "bodies", true),
            ("bodies[cab].grade", "bodies[cab]", true),
            ("bodies[cab].grade", "bodies[ca", false),
            ("businesses", "business", false),
            ("training.rules[staff].hours", "training.rules", true),
            ("training", "training.rules", false),
        ] {
            assert_eq!(is_within(path, outer), expected, "{path} in {outer}");
        }
    }
}
