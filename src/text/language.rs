//! The two languages of every message: Traditional Chinese first, English complete.

/// A language of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Language {
    /// Traditional Chinese, `zh-TW`; dates are shown in the ROC calendar.
    #[default]
    ZhTw,
    /// English, `en`; dates are shown as ISO 8601.
    En,
}

impl Language {
    /// Both, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::ZhTw, Self::En];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhTw => "zh-TW",
            Self::En => "en",
        }
    }
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Localized {
    /// Traditional Chinese.
    pub zh_tw: String,
    /// English.
    pub en: String,
}

impl Localized {
    /// A text in both languages.
    pub fn new(zh_tw: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh_tw: zh_tw.into(),
            en: en.into(),
        }
    }

    /// A text that reads the same in both, such as a proper noun.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            zh_tw: text.clone(),
            en: text,
        }
    }

    /// The text in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::ZhTw => &self.zh_tw,
            Language::En => &self.en,
        }
    }
}
