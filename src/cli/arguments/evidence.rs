//! Arguments of what makes and reads receipts, and of the pack that they are judged by.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::language;
use crate::text::Language;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EvidenceCommand {
    /// 將收據、所用政策包及所繫提交存入分支，不推送 ／ put a receipt on a branch, with pack and commits
    Keep(KeepArguments),
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PackCommand {
    /// 將內建政策包寫成檔案，供日後以同一政策包重新判定 ／ write the built-in pack as files
    Export(ExportArguments),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArguments {
    /// 收據 ／ the receipt
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// 含當時之提交的 Git 儲存庫；預設為目前資料夾所在者 ／ repository with the commits
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) repository: Option<PathBuf>,
    /// 當時匯出之政策包；預設為內建者 ／ the pack exported then
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) pack: Option<PathBuf>,
    /// 此版本之計畫是否即所判定者 ／ whether the plans of this revision are those that were judged
    #[arg(long, value_name = "REV")]
    pub(in crate::cli) revision: Option<String>,
    /// 語言：zh-TW 或 en ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(in crate::cli) lang: Option<Language>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct KeepArguments {
    /// 收據 ／ the receipt
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// 含當時之提交的 Git 儲存庫；預設為目前資料夾所在者 ／ repository with the commits
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) repository: Option<PathBuf>,
    /// 分支 ／ branch
    #[arg(long, value_name = "NAME", default_value = "plangate-evidence")]
    pub(in crate::cli) branch: String,
    /// 語言：zh-TW 或 en ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(in crate::cli) lang: Option<Language>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArguments {
    /// 新的資料夾 ／ a new folder
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
    /// 語言：zh-TW 或 en ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(in crate::cli) lang: Option<Language>,
}
