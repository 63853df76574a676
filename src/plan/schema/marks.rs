//! What a field of the plan schema says of itself under `x-plangate`.
//!
//! Only what can be said: [`super::read`] reads it, and what it means for a change or a finding, those know that
//! ask for it.

/// What a field cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A document of the catalogue.
    Document,
    /// A law.
    Law,
    /// A body of the plan.
    Body,
    /// A system of the plan.
    System,
    /// A role title.
    Role,
    /// An organ.
    Organ,
    /// An annex.
    Annex,
}

/// What is stronger, so that a change can be called a weakening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// The greater figure or the longer span.
    Higher,
    /// The lesser figure, the shorter span or the earlier date.
    Lower,
    /// The longer list.
    More,
    /// The shorter list.
    Fewer,
    /// The later date, but none further ahead of today than this.
    Later {
        /// A span such as `90d`, as written.
        ahead: Option<String>,
    },
    /// The later of these words.
    Words(Vec<String>),
    /// This truth value.
    Truth(bool),
    /// Silence: what stands here spares something.
    Absent,
    /// A change either way may ask more or less.
    Unclear,
    /// Neither; of a truth value that binds nobody.
    Neither,
}

/// What a change of the field concerns, whatever its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// The grade of a body.
    Grade,
    /// Whom and what the plan covers.
    Scope,
}

impl Reference {
    /// All, with the words of the schema.
    pub const ALL: [(&'static str, Self); 7] = [
        ("document", Self::Document),
        ("law", Self::Law),
        ("body", Self::Body),
        ("system", Self::System),
        ("role", Self::Role),
        ("organ", Self::Organ),
        ("annex", Self::Annex),
    ];

    /// The word of the schema.
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Law => "law",
            Self::Body => "body",
            Self::System => "system",
            Self::Role => "role",
            Self::Organ => "organ",
            Self::Annex => "annex",
        }
    }
}

/// The marks of a field under `x-plangate`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each mark stands or does not stand by itself in the schema"
)]
pub struct Marks {
    /// A mode may stand instead of the value.
    pub fact: bool,
    /// The items of the list may say for whom they hold.
    pub scoped: bool,
    /// Identity of the items: the first alternative whose fields are all present.
    pub key: Vec<Vec<String>>,
    /// 章, 1 to 17.
    pub chapter: Option<u8>,
    /// 款 of the mandatory items, 1 to 13.
    pub item: Option<u8>,
    /// What the field cites.
    pub reference: Option<Reference>,
    /// The field names the body that owns the row.
    pub owner: bool,
    /// The provision of the law that a citation here always means.
    pub provision: Option<String>,
    /// What is stronger.
    pub direction: Option<Direction>,
    /// What a change of it concerns; of a list, the coming and going of its items.
    pub concern: Option<Concern>,
    /// Every change of it weakens, for duties or their deadlines hang on it.
    pub switch: bool,
    /// What stands here and below records and does not promise: silence is no weakening.
    pub record: bool,
    /// The field names former items of the same list that became this one.
    pub merges: bool,
    /// Even the weakest word of its direction asks something: silence is less than it.
    pub asks: bool,
    /// Every sign of its text counts: it is no prose.
    pub exact: bool,
    /// How binding the rules of this list are, of the lists of one object: 1 may, 2 should, 3 must.
    pub strength: Option<u8>,
    /// The items of this list are as binding as those of the list that it stands in.
    pub shares_strength: bool,
}
