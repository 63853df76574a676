//! Arguments of what an author of policies runs.

use clap::{Args, ValueEnum};

use super::{FormatWord, Shared, When, day, grade, language, severity};
use crate::finding::Severity;
use crate::text::Language;

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArguments {
    #[command(flatten)]
    pub(in crate::cli) shared: Shared,
    /// 只列此日現行之版 ／ only what is in force on this day, in that edition
    #[arg(long, value_parser = day, value_name = "DATE|today")]
    pub(in crate::cli) edition: Option<When>,
    /// 只列對此等級要求者 ／ only what is asked of this grade
    #[arg(long, value_parser = grade, value_name = "A|B|C|D|E")]
    pub(in crate::cli) grade: Option<u8>,
    /// 只列已停止適用或將由新版取代者 ／ only what has ended, or ends with a later edition
    #[arg(long)]
    pub(in crate::cli) ending: bool,
    /// 併列把握程度與其合計 ／ show how sure the pack is of each, and how much rests on what
    #[arg(long)]
    pub(in crate::cli) confidence: bool,
    /// 輸出格式 ／ output format
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(in crate::cli) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListFormat {
    /// 終端機 ／ for a terminal
    Text,
    /// 程式 ／ for programs
    Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PackArguments {
    /// 政策包之資料夾或其中一檔；預設依設定檔，再預設內建政策包 ／ folders of packs or policy files
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<String>,
    /// 語言：zh-TW 或 en；預設依設定檔，再預設 zh-TW ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(in crate::cli) lang: Option<Language>,
    /// 設定檔；預設為 plangate.yaml（如有）／ configuration
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct LintArguments {
    #[command(flatten)]
    pub(in crate::cli) packs: PackArguments,
    /// 輸出格式 ／ output format
    #[arg(long, value_enum, default_value_t = FormatWord::Text)]
    pub(in crate::cli) format: FormatWord,
    /// 達此程度者結束碼為 1；預設 error ／ the severity that ends with 1
    #[arg(long, value_parser = severity, value_name = "error|warning|note")]
    pub(in crate::cli) fail_on: Option<Severity>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewArguments {
    /// 主題與 id，例如 controls/password-too-short ／ theme and id
    #[arg(value_name = "THEME/ID")]
    pub(in crate::cli) name: String,
    /// 政策包之資料夾；預設依設定檔，再預設 policies ／ folder of the pack
    #[arg(long = "in", value_name = "DIR")]
    pub(in crate::cli) into: Option<String>,
    /// 語言：zh-TW 或 en ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(in crate::cli) lang: Option<Language>,
    /// 設定檔；預設為 plangate.yaml（如有）／ configuration
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArguments {
    /// 政策 id ／ policy id
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// 另說明其於此計畫之判定過程，可重複 ／ show too what it comes to on this plan, and why
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) plan: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) shared: Shared,
}
