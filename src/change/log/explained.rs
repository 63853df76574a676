//! The notes of the rows that a plan adds to its change log ⇄ the changes from the plan before.
//! Only rows of the editions since count: one that was forgotten earlier, or is meant for later, tells
//! of other changes.
//!
//! In: both plans and their changes. Out: how each change is spoken of, and whether each note speaks
//! of anything that changed. A note speaks by its `covers`; where it has none, by its chapter; where
//! it has neither, it may speak of anything, and nobody can tell. Judges nothing: whether a change
//! has to be explained, policies say.

use super::since::{Since, edition, rows};
use crate::change::{Change, Changes, Class};
use crate::document::Node;
use crate::plan::Plan;

/// How the notes speak of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Explained {
    /// Not at all.
    No,
    /// A note says neither what it covers nor which chapter it is about.
    Perhaps,
    /// By its chapter.
    Chapter,
    /// By itself or by what it is part of.
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
        let added = rows(new).filter(|row| edition(*row).is_some_and(|own| since.has(own)));
        let notes = added.flat_map(|row| {
            let notes = row.get("notes").filter(|notes| notes.is_list());
            notes.into_iter().flat_map(Node::items)
        });
        Self {
            all: notes.filter_map(RowNote::read).collect(),
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
        told.chain([elsewhere]).max().unwrap_or(elsewhere)
    }
}

impl<'p> RowNote<'p> {
    fn read(node: Node<'p>) -> Option<Self> {
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
        })
    }

    /// Whether anything changed of what it speaks of.
    pub fn founded(&self, changes: &Changes<'_>) -> Founded {
        let own = changes.all.iter().filter(|change| !is_record(change));
        match own.map(|change| self.speaks_of(change)).max() {
            Some(Explained::Named | Explained::Chapter) => Founded::Yes,
            Some(Explained::Perhaps) => Founded::Perhaps,
            Some(Explained::No) | None => Founded::No,
        }
    }

    fn speaks_of(&self, change: &Change<'_>) -> Explained {
        // What it calls mere layout or wording is no more than that.
        let smaller = self.class.is_some_and(|class| class >= Class::Editorial);
        if smaller && change.class < Class::Editorial {
            return Explained::No;
        }
        if !self.covers.is_empty() {
            let named = self.covers.iter().any(|cover| names(cover, change));
            return if named {
                Explained::Named
            } else {
                Explained::No
            };
        }
        match self.chapter {
            None => Explained::Perhaps,
            own if own == change.chapter => Explained::Chapter,
            Some(_) => Explained::No,
        }
    }
}

/// Whether a path is that of a change or of what it is part of, with or without the keys of rows:
/// `bodies.grade` names `bodies[cab].grade` too.
fn names(cover: &str, change: &Change<'_>) -> bool {
    let mut sides = change
        .pairs
        .iter()
        .flat_map(|pair| [&pair.old.place.path, &pair.new.place.path]);
    sides.any(|path| is_within(path, cover) || is_within(&without_keys(path), cover))
}

fn is_within(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn without_keys(path: &str) -> String {
    let mut depth = 0_usize;
    let outside = path.chars().filter(|character| {
        let was_inside = depth > 0;
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        !was_inside && depth == 0
    });
    outside.collect()
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
        assert_eq!(without_keys("a[b.c].d[e[f]].g"), "a.d.g");
    }
}
