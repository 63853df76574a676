//! The arguments of `plangate doctor`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::arguments::language;
use crate::text::Language;

#[derive(Debug, Args)]
pub(in crate::cli) struct DoctorArguments {
    /// 計畫儲存庫之根目錄 ／ root of the plans repository
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// 應受保護之分支 ／ the branch that should be protected
    #[arg(long, value_name = "NAME", default_value = "main")]
    pub(super) branch: String,
    /// 平台上之儲存庫；預設依 GITHUB_REPOSITORY ／ the repository of the forge
    #[arg(long, value_name = "OWNER/NAME", conflicts_with = "offline")]
    pub(super) forge: Option<String>,
    /// 不查平台；分支保護列為未查，不影響結束碼 ／ do not ask the forge; does not count then
    #[arg(long)]
    pub(super) offline: bool,
    /// 輸出格式 ／ output format
    #[arg(long, value_enum, default_value_t = DoctorWord::Text)]
    pub(super) format: DoctorWord,
    /// 語言：zh-TW 或 en；預設依設定檔，再預設 zh-TW ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(super) lang: Option<Language>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DoctorWord {
    /// 終端機 ／ for a terminal
    Text,
    /// 程式 ／ for programs
    Json,
}
