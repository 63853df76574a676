//! What silence, delegation, adoption and *not applicable* mean for a duty (docs/policy-format.md §4).

use super::expression::Expression;
use crate::finding::Verdict;

/// What one mode means.
#[derive(Debug, Clone)]
pub enum ModeVerdict {
    /// Always this.
    Fixed(Verdict),
    /// `not_applicable` where the expression over the reason is true, else `fail`.
    Accepted(Expression),
}

/// What each mode of the fact means; `None` is the default of the verdict table.
#[derive(Debug, Clone, Default)]
pub struct Modes {
    /// Nothing stands.
    pub silent: Option<ModeVerdict>,
    /// A document carries it.
    pub delegated: Option<ModeVerdict>,
    /// The law's figure is adopted.
    pub by_law: Option<ModeVerdict>,
    /// Declared not applicable.
    pub not_applicable: Option<ModeVerdict>,
    /// A mode that stands on a section above the fact; where absent, the mode's own meaning.
    pub blanket: Option<ModeVerdict>,
}
