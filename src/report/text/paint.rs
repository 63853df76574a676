//! Colours of a terminal, where they are wanted.

use std::borrow::Cow;

/// Wraps text in ANSI codes, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Paint {
    wanted: bool,
}

/// What a stretch of text is.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) enum Role {
    Strong,
    Frame,
    Added,
    Removed,
    Quiet,
}

impl Paint {
    pub(in crate::report) fn new(wanted: bool) -> Self {
        Self { wanted }
    }

    pub(in crate::report) fn wanted(self) -> bool {
        self.wanted
    }

    pub(in crate::report) fn text(self, role: Role, text: &str) -> Cow<'_, str> {
        if !self.wanted {
            return Cow::Borrowed(text);
        }
        let code = match role {
            Role::Strong => "1",
            Role::Frame => "1;94",
            Role::Added => "92",
            Role::Removed => "91",
            Role::Quiet => "1;36",
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }
}
