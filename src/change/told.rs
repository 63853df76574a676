//! What a change is: which thing, on both sides, of which kind, and whether it asks less than before.

use std::sync::Arc;

use crate::document::Node;
use crate::finding::Place;
use crate::plan::{Reference, ShapeId};
use crate::text::Localized;

/// The changes from one plan to another, in the order of the schema and of the new plan.
#[derive(Debug, Default)]
pub struct Changes<'p> {
    /// All of them, those of mere layout included.
    pub all: Vec<Change<'p>>,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change<'p> {
    /// What happened to the thing.
    pub kind: Kind,
    /// What it means to a reviewer.
    pub class: Class,
    /// Whether the plan asks less or more than before.
    pub effect: Effect,
    /// 章, 1 to 17; `None` for the header and what else stands in no chapter.
    pub chapter: Option<u8>,
    /// The type of the thing.
    pub shape: ShapeId,
    /// What the thing cites, where it cites something.
    pub reference: Option<Reference>,
    /// Where it was and where it is. One pair, but for a renumbering of many items (a pair for each)
    /// and for a merger (a pair for each of those that were merged).
    pub pairs: Vec<Pair<'p>>,
}

/// The two sides of a change.
#[derive(Debug, Clone)]
pub struct Pair<'p> {
    /// In the old plan.
    pub old: Side<'p>,
    /// In the new plan.
    pub new: Side<'p>,
}

/// One side: the thing, or where it would stand.
#[derive(Debug, Clone)]
pub struct Side<'p> {
    /// Its place; where it is absent, the key of the nearest thing that is there.
    pub place: Place,
    /// Its value; `None` where it is absent.
    pub node: Option<Node<'p>>,
    /// Where it is absent, the map or list that would hold it, or its nearest ancestor.
    pub near: Node<'p>,
    /// Where it is absent, the key under which that would hold it, or the list of it; none in a list.
    pub key: Option<&'p str>,
}

/// What happened to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its value is another.
    Changed,
    /// It stands elsewhere: in another list, or with another owner.
    Moved,
    /// Its name is another, its identity the same.
    Renamed,
    /// Its id is another, its name the same.
    Renumbered,
    /// Several became one, which says so (`merged_from`).
    Merged,
    /// The reverse of [`Kind::Merged`]: an older plan compared as the newer one, or a merger undone.
    Split,
}

/// What a change means to a reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The grade of a body, or what it rests on.
    Grade,
    /// Whom and what the plan covers.
    Scope,
    /// The plan asks less than before.
    Weakened,
    /// The plan asks more than before.
    Strengthened,
    /// Another meaning, neither stronger nor weaker by itself.
    Changed,
    /// Wording: punctuation, full and half width, a citation that follows a renumbering.
    Editorial,
    /// Another spelling of the same: a date in another calendar, 12 months as a year.
    Layout,
}

/// Whether the plan asks less or more than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Less: this is a weakening, whatever the class.
    Weaker,
    /// More.
    Stronger,
    /// It has a direction, but the words do not decide (`8h` of an unsaid clock against `9wh`).
    Unclear,
    /// Neither.
    Neutral,
}

impl Changes<'_> {
    /// Whether the plans say the same; spelling aside.
    pub fn same_meaning(&self) -> bool {
        self.all.iter().all(|change| change.class == Class::Layout)
    }

    /// Whether nothing at all differs.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl<'p> Pair<'p> {
    /// The side to show first: the new one, unless the thing is only in the old one.
    pub fn shown(&self) -> &Side<'p> {
        match self.new.node {
            None if self.old.node.is_some() => &self.old,
            _ => &self.new,
        }
    }
}

impl<'p> Side<'p> {
    /// The thing; where it is absent, what is nearest to where it would stand.
    pub fn nearest(&self) -> Node<'p> {
        self.node.unwrap_or(self.near)
    }
}

impl<'p> Change<'p> {
    /// The first pair; every change has one.
    pub fn pair(&self) -> &Pair<'p> {
        self.pairs.first().expect("internal: a change has a pair")
    }

    /// The place to show first: in the new plan, else where it was.
    pub fn place(&self) -> &Place {
        &self.pair().shown().place
    }

    /// The identity path: `systems[mail].protection_level`.
    pub fn path(&self) -> &Arc<str> {
        &self.place().path
    }

    /// The path in the words of the plan.
    pub fn title(&self) -> Arc<Localized> {
        self.place().title.clone().unwrap_or_default()
    }

    /// Whether it is a weakening, whatever its class: a lower grade and a narrower scope are too.
    pub fn weakens(&self) -> bool {
        self.effect == Effect::Weaker
    }

    /// Whether it is a weakening or may be one: what cannot be told is never taken for harmless.
    pub fn may_weaken(&self) -> bool {
        matches!(self.effect, Effect::Weaker | Effect::Unclear)
    }
}

impl Kind {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Added,
        Self::Removed,
        Self::Changed,
        Self::Moved,
        Self::Renamed,
        Self::Renumbered,
        Self::Merged,
        Self::Split,
    ];

    /// The word of every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
            Self::Renumbered => "renumbered",
            Self::Merged => "merged",
            Self::Split => "split",
        }
    }

    /// The kind of the same change seen from the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Added => Self::Removed,
            Self::Removed => Self::Added,
            Self::Merged => Self::Split,
            Self::Split => Self::Merged,
            same => same,
        }
    }
}

impl Class {
    /// All, the weightiest first.
    pub const ALL: [Self; 7] = [
        Self::Grade,
        Self::Scope,
        Self::Weakened,
        Self::Strengthened,
        Self::Changed,
        Self::Editorial,
        Self::Layout,
    ];

    /// The word of every format and of `history[].notes[].class`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::Scope => "scope",
            Self::Weakened => "weakened",
            Self::Strengthened => "strengthened",
            Self::Changed => "changed",
            Self::Editorial => "editorial",
            Self::Layout => "layout",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }
}

impl Effect {
    /// All.
    pub const ALL: [Self; 4] = [Self::Weaker, Self::Stronger, Self::Unclear, Self::Neutral];

    /// The word of every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Weaker => "weaker",
            Self::Stronger => "stronger",
            Self::Unclear => "unclear",
            Self::Neutral => "neutral",
        }
    }

    /// The effect of the opposite change; not of a field marked `switch`, where every change weakens.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Weaker => Self::Stronger,
            Self::Stronger => Self::Weaker,
            same => same,
        }
    }
}
