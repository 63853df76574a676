//! For whom findings are written: what its reader is not shown is not made.

use crate::text::{Language, Localized};

/// What of a finding is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// Its sentences in English; in Chinese they are always written, for they order findings and tell
    /// them apart.
    pub english: bool,
    /// Of what does not fail, too, the lines to write and the places that bear on it; of a doubt, what its
    /// place is called.
    pub all_whole: bool,
}

impl Reader {
    /// A program, or whoever is shown everything.
    pub const ALL: Self = Self {
        english: true,
        all_whole: true,
    };

    /// Somebody at a terminal.
    pub fn at_terminal(language: Language) -> Self {
        Self {
            english: language == Language::En,
            all_whole: false,
        }
    }

    /// A sentence, in English only where that is wanted.
    pub(in crate::check) fn sentence(
        self,
        mut in_language: impl FnMut(Language) -> String,
    ) -> Localized {
        let zh_tw = in_language(Language::ZhTw);
        let en = match self.english {
            true => in_language(Language::En),
            false => String::new(),
        };
        Localized { zh_tw, en }
    }
}
