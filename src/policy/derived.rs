//! What is derived from a plan, or from two, and the types of its fields.

use crate::cel::Type;
use crate::change::log::{Explained, Founded};
use crate::change::{self, Class, Effect};
use crate::plan::Reference;

/// A collection that is derived from the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// The mandatory items.
    Items,
    /// Everything that the plan cites.
    Citations,
    /// Every string of prose.
    Texts,
    /// Every duty that the plan leaves to a document.
    Delegations,
    /// Every change from the old plan to the new one.
    Changes,
    /// Every note of the rows that the new plan adds to its change log.
    Notes,
}

impl Collection {
    /// All, with the words of policies, in the order of their numbers.
    pub const ALL: [(&'static str, Self); 6] = [
        ("items", Self::Items),
        ("citations", Self::Citations),
        ("texts", Self::Texts),
        ("delegations", Self::Delegations),
        ("changes", Self::Changes),
        ("notes", Self::Notes),
    ];
}

/// The fields of derived objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DerivedField {
    /// 款 of a mandatory item.
    ItemNumber,
    /// 章 of a mandatory item.
    ItemChapter,
    /// What kind of thing is cited.
    CitationTo,
    /// The key it is cited under.
    CitationVia,
    /// The citation as printed.
    CitationWritten,
    /// The number or id it is cited by.
    CitationId,
    /// The name it is cited by.
    CitationTitle,
    /// The part of a document that is cited.
    CitationSection,
    /// The law that is cited, by its id in the packs.
    CitationLaw,
    /// Whether the law is cited by a whole name.
    CitationFullName,
    /// The name of the law when the plan was written.
    CitationNameThen,
    /// The name of the law on the law date.
    CitationNameNow,
    /// The whole name of a law of the packs that the name it is cited by was probably meant to be.
    CitationNameMeant,
    /// The article as printed.
    CitationArticle,
    /// The article of the provision when the plan was written.
    CitationArticleThen,
    /// The article of the provision on the law date.
    CitationArticleNow,
    /// The prose itself.
    TextText,
    /// The section it stands in.
    TextSection,
    /// The key it stands under.
    TextKey,
    /// 章 of a text.
    TextChapter,
    /// The policy of the duty that is delegated.
    DelegationPolicy,
    /// The title of that policy.
    DelegationDuty,
    /// The document as printed.
    DelegationDocument,
    /// The day of the document.
    DelegationIssued,
    /// Since when the duty asks what it asks.
    DelegationChangedOn,
    /// The identity path of a change.
    ChangePath,
    /// The section it is in.
    ChangeSection,
    /// The key it is under; the empty text where a whole row or section comes or goes.
    ChangeField,
    /// What happened.
    ChangeKind,
    /// What it means to a reviewer.
    ChangeClass,
    /// Whether less is asked than before.
    ChangeEffect,
    /// 章 of a change.
    ChangeChapter,
    /// How the notes of the change log speak of it.
    ChangeExplained,
    /// The text of a note.
    NoteText,
    /// What the note calls its kind of change.
    NoteClass,
    /// Whether anything changed of what it speaks of.
    NoteFounded,
}

/// What kind of value a derived field has, and whether every object has one.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Number,
    Flag,
    Date,
    Text,
    Reference,
    Words(Words),
}

/// The words of a derived field that has no others.
#[derive(Clone, Copy)]
pub(super) enum Words {
    Kind,
    Class,
    Effect,
    Explained,
    Founded,
}

impl Words {
    fn ty(self) -> Type {
        match self {
            Self::Kind => Type::words(change::Kind::ALL.map(change::Kind::word)),
            Self::Class => Type::words(Class::ALL.map(Class::word)),
            Self::Effect => Type::words(Effect::ALL.map(Effect::word)),
            Self::Explained => Type::words(Explained::ALL.map(Explained::word)),
            Self::Founded => Type::words(Founded::ALL.map(Founded::word)),
        }
    }
}

impl DerivedField {
    pub(super) const ALL: [(Self, Collection, &'static str, Kind, bool); 36] = {
        use Collection::{Changes, Citations, Delegations, Items, Notes, Texts};
        [
            (Self::ItemNumber, Items, "number", Kind::Number, true),
            (Self::ItemChapter, Items, "chapter", Kind::Number, true),
            (Self::CitationTo, Citations, "to", Kind::Reference, true),
            (Self::CitationVia, Citations, "via", Kind::Text, true),
            (
                Self::CitationWritten,
                Citations,
                "written",
                Kind::Text,
                true,
            ),
            (Self::CitationId, Citations, "id", Kind::Text, false),
            (Self::CitationTitle, Citations, "title", Kind::Text, false),
            (
                Self::CitationSection,
                Citations,
                "section",
                Kind::Text,
                false,
            ),
            (Self::CitationLaw, Citations, "law", Kind::Text, false),
            (
                Self::CitationFullName,
                Citations,
                "full_name",
                Kind::Flag,
                false,
            ),
            (
                Self::CitationNameThen,
                Citations,
                "name_then",
                Kind::Text,
                false,
            ),
            (
                Self::CitationNameNow,
                Citations,
                "name_now",
                Kind::Text,
                false,
            ),
            (
                Self::CitationNameMeant,
                Citations,
                "name_meant",
                Kind::Text,
                false,
            ),
            (
                Self::CitationArticle,
                Citations,
                "article",
                Kind::Number,
                false,
            ),
            (
                Self::CitationArticleThen,
                Citations,
                "article_then",
                Kind::Number,
                false,
            ),
            (
                Self::CitationArticleNow,
                Citations,
                "article_now",
                Kind::Number,
                false,
            ),
            (Self::TextText, Texts, "text", Kind::Text, true),
            (Self::TextSection, Texts, "section", Kind::Text, true),
            (Self::TextKey, Texts, "key", Kind::Text, true),
            (Self::TextChapter, Texts, "chapter", Kind::Number, false),
            (
                Self::DelegationPolicy,
                Delegations,
                "policy",
                Kind::Text,
                true,
            ),
            (Self::DelegationDuty, Delegations, "duty", Kind::Text, true),
            (
                Self::DelegationDocument,
                Delegations,
                "document",
                Kind::Text,
                true,
            ),
            (
                Self::DelegationIssued,
                Delegations,
                "issued",
                Kind::Date,
                false,
            ),
            (
                Self::DelegationChangedOn,
                Delegations,
                "changed_on",
                Kind::Date,
                true,
            ),
            (Self::ChangePath, Changes, "path", Kind::Text, true),
            (Self::ChangeSection, Changes, "section", Kind::Text, true),
            (Self::ChangeField, Changes, "field", Kind::Text, true),
            (
                Self::ChangeKind,
                Changes,
                "kind",
                Kind::Words(Words::Kind),
                true,
            ),
            (
                Self::ChangeClass,
                Changes,
                "class",
                Kind::Words(Words::Class),
                true,
            ),
            (
                Self::ChangeEffect,
                Changes,
                "effect",
                Kind::Words(Words::Effect),
                true,
            ),
            (Self::ChangeChapter, Changes, "chapter", Kind::Number, false),
            (
                Self::ChangeExplained,
                Changes,
                "explained",
                Kind::Words(Words::Explained),
                true,
            ),
            (Self::NoteText, Notes, "text", Kind::Text, true),
            (
                Self::NoteClass,
                Notes,
                "class",
                Kind::Words(Words::Class),
                false,
            ),
            (
                Self::NoteFounded,
                Notes,
                "founded",
                Kind::Words(Words::Founded),
                true,
            ),
        ]
    };

    pub(super) fn ty(kind: Kind) -> Type {
        match kind {
            Kind::Number => Type::Int,
            Kind::Flag => Type::Bool,
            Kind::Date => Type::Date,
            Kind::Text => Type::Text,
            Kind::Reference => Type::words(Reference::ALL.map(|(word, _)| word)),
            Kind::Words(words) => words.ty(),
        }
    }
}
