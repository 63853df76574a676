//! The arguments of `plangate init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::arguments::{grade, language, one_day};
use crate::text::{Day, Language};

#[derive(Debug, Args)]
pub(in crate::cli) struct InitArguments {
    /// 資料夾；不存在則建立，已有之檔案一律不覆寫 ／ folder; made where it is not there, nothing is overwritten
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// 資通安全責任等級 ／ grade
    #[arg(long, value_parser = grade, value_name = "A|B|C|D|E")]
    pub(super) grade: u8,
    /// 機關全銜 ／ full name of the agency
    #[arg(long, value_parser = name, value_name = "NAME")]
    pub(super) agency: String,
    /// 機關之代號，小寫英數與連字號；亦為計畫之資料夾名 ／ id of the agency, and the folder of its plan
    #[arg(long, value_parser = id, value_name = "ID", default_value = "agency")]
    pub(super) id: String,
    /// 公務機關或特定非公務機關 ／ sector
    #[arg(long, value_enum, default_value_t = Sector::Government)]
    pub(super) sector: Sector,
    /// 等級核定或變更日；應辦事項之期限自該日起算 ／ the day the grade was approved
    #[arg(long, value_parser = one_day, value_name = "DATE")]
    pub(super) graded_on: Option<Day>,
    /// 上級或監督機關全銜；其首長核准等級與範圍之變更 ／ the supervising agency
    #[arg(long, value_parser = name, value_name = "NAME")]
    pub(super) supervisor: Option<String>,
    /// 預設分支 ／ the default branch
    #[arg(long, value_parser = branch, value_name = "NAME", default_value = "main")]
    pub(super) branch: String,
    /// 工作流程所用之 action，釘選至完整提交雜湊；未指定則不寫工作流程
    /// ／ the action, pinned to a whole commit; without it no workflows are written
    #[arg(long, value_parser = action, value_name = "OWNER/NAME@SHA")]
    pub(super) action: Option<String>,
    /// 只列出將寫入之檔案 ／ only list what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
    /// 語言：zh-TW 或 en ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(super) lang: Option<Language>,
}

/// The sectors, by the words of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Sector {
    /// 公務機關 ／ government agency
    Government,
    /// 特定非公務機關 ／ specific non-government agency
    #[value(name = "specific_non_government")]
    SpecificNonGovernment,
}

impl Sector {
    /// The word of the plan.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::SpecificNonGovernment => "specific_non_government",
        }
    }
}

/// A name goes into YAML and into comments: one line, and nothing that changes how it is read.
fn name(word: &str) -> Result<String, String> {
    let word = word.trim();
    // Turns the text around, or cannot be seen.
    let is_hidden = |c: char| matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let is_odd = |c: char| c.is_control() || is_hidden(c);
    if word.is_empty() || word.chars().count() > 100 || word.chars().any(is_odd) {
        return Err("應為一行文字，100 字以內 ／ one line of at most 100 characters".to_owned());
    }
    Ok(word.to_owned())
}

fn id(word: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_id = word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.len() <= 40
        && word.chars().all(allowed);
    is_id.then(|| word.to_owned()).ok_or_else(|| {
        "應為小寫英文起首之英數與連字號 ／ lower case letters, digits and hyphens".to_owned()
    })
}

/// A branch goes into a workflow; what YAML or the filter of branches would read otherwise is refused.
fn branch(word: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let is_branch = word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.len() <= 100
        && word.chars().all(allowed);
    is_branch
        .then(|| word.to_owned())
        .ok_or_else(|| "應為分支名稱 ／ a name of a branch".to_owned())
}

/// A tag can be moved and a short hash can be forged: only a whole commit is taken.
fn action(word: &str) -> Result<String, String> {
    let parts = || {
        let (repository, commit) = word.split_once('@')?;
        let (owner, name) = repository.split_once('/')?;
        let is_word = |word: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !word.is_empty() && word.chars().all(allowed)
        };
        let is_hash = matches!(commit.len(), 40 | 64)
            && commit
                .chars()
                .all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
        (is_word(owner) && is_word(name) && is_hash).then(|| word.to_owned())
    };
    parts().ok_or_else(|| {
        "應為 擁有者/名稱@完整提交雜湊 ／ owner/name@ and the whole hash of a commit".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::{action, branch, id, name};

    #[test]
    fn only_a_whole_commit_pins_the_action() {
        let hash = "0123456789abcdef0123456789abcdef01234567";
        assert!(action(&format!("owner/name@{hash}")).is_ok());
        let refused = ["v1", "main", &hash[..39], &hash.to_uppercase()];
        for commit in refused {
            assert!(action(&format!("owner/name@{commit}")).is_err(), "{commit}");
        }
        for other in ["owner@", "owner/name/sub@", "own er/name@", "@"] {
            assert!(action(&format!("{other}{hash}")).is_err(), "{other}");
        }
    }

    #[test]
    fn what_would_be_read_as_something_else_is_refused() {
        for word in ["", " ", "甲\n機關", "甲\u{202e}機關", "\u{0}"] {
            assert!(name(word).is_err(), "{word:?}");
        }
        assert_eq!(name(" 甲機關 ").as_deref(), Ok("甲機關"));
        for word in ["", "甲", "../a", "A", "a/b", "-a"] {
            assert!(id(word).is_err(), "{word:?}");
        }
        for word in ["", "main]", "a b", "**", "${{ x }}", "!main"] {
            assert!(branch(word).is_err(), "{word:?}");
        }
        assert!(branch("release/2.x").is_ok());
    }
}
