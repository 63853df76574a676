//! What a run prints: one pull request after another, in the format that was asked for; and for
//! people who look at a workflow, its summary.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::cli::arguments::ReviewWord;
use crate::forge::Planned;
use crate::report::pull_request::{self, Review};
use crate::review::statuses::Status;
use crate::text::Language;

/// GitHub takes no summary of a step that is longer than 1 MiB.
const MAX_SUMMARY: usize = 1_000_000;
const BETWEEN: &str = "\n---\n\n";

/// What is printed.
pub(super) struct Printed {
    format: ReviewWord,
    pub(super) out: String,
    summaries: Vec<String>,
}

impl Printed {
    pub(super) fn new(format: ReviewWord) -> Self {
        Self {
            format,
            out: String::new(),
            summaries: Vec::new(),
        }
    }

    /// A pull request; `planned` is what would be written.
    pub(super) fn review(&mut self, review: Review<'_>, planned: Option<&Planned>) {
        let text = match self.format {
            ReviewWord::Markdown => pull_request::summary(review),
            ReviewWord::Json => {
                let mut document = pull_request::json(review);
                if let (Some(planned), Some(map)) = (planned, document.as_object_mut()) {
                    map.insert("writes".to_owned(), planned.json());
                }
                format!("{document:#}\n")
            }
            ReviewWord::Text => {
                let text = pull_request::text(review);
                let plan = planned.map(|planned| planned.told(review.language));
                text + &plan.unwrap_or_default()
            }
            ReviewWord::Github => {
                self.summaries.push(pull_request::summary(review));
                pull_request::annotations(review)
            }
        };
        self.out.push_str(&text);
    }

    /// Nothing was to be reviewed, which is not the same as not having looked.
    pub(super) fn nothing(&mut self, language: Language) {
        if matches!(self.format, ReviewWord::Text | ReviewWord::Github) {
            self.out.push_str(match language {
                Language::ZhTw => "沒有須審查之變更請求\n",
                Language::En => "no pull request to review\n",
            });
        }
    }

    /// What became of a commit that is several pull requests at once; each of them was told before.
    pub(super) fn together(
        &mut self,
        name: &str,
        base: &str,
        statuses: &[Status; 3],
        language: Language,
    ) {
        match self.format {
            ReviewWord::Text => {
                let told = pull_request::statuses_as_text(name, statuses, language);
                self.out.push_str(&told);
            }
            ReviewWord::Github => {
                let told = pull_request::statuses_as_commands(name, base, statuses, language);
                self.out.push_str(&told);
            }
            // Both tell of one pull request after another, and of nothing between them.
            ReviewWord::Json | ReviewWord::Markdown => {}
        }
    }

    /// The summary of the step: whole pull requests, as many as there is room for. Empty where the
    /// format has none.
    fn summary(&self) -> String {
        let mut text = String::new();
        for (at, own) in self.summaries.iter().enumerate() {
            if text.len() + own.len() > MAX_SUMMARY {
                let rest = self.summaries.len() - at;
                text.push_str(&format!(
                    "{BETWEEN}另 {rest} 件，見執行紀錄 ／ {rest} more in the log\n"
                ));
                break;
            }
            text.push_str(if at == 0 { "" } else { BETWEEN });
            text.push_str(own);
        }
        text
    }

    /// Appends the summary to the file that a workflow names.
    pub(super) fn append_summary(&self, path: &Path) -> io::Result<()> {
        let summary = self.summary();
        if summary.is_empty() {
            return Ok(());
        }
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all(summary.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_has_whole_pull_requests_and_says_how_many_it_leaves_out() {
        let printed = Printed {
            summaries: vec!["甲".repeat(150_000); 5],
            ..Printed::new(ReviewWord::Github)
        };
        let summary = printed.summary();
        assert!(summary.len() < 1 << 20);
        assert_eq!(summary.matches('甲').count(), 300_000);
        assert!(summary.ends_with("另 3 件，見執行紀錄 ／ 3 more in the log\n"));
    }
}
