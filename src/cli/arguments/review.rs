//! Arguments of what reviews a pull request, and tells who has to approve it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::language;
use crate::text::Language;

#[derive(Debug, Args)]
pub(in crate::cli) struct ReviewArguments {
    /// 變更請求之編號 ／ number of the pull request
    #[arg(long, value_name = "N", conflicts_with_all = ["all_open", "event"])]
    pub(in crate::cli) pull_request: Option<u64>,
    /// 審查全部開啟中之變更請求 ／ every open pull request
    #[arg(long)]
    pub(in crate::cli) all_open: bool,
    /// 依觸發工作流程之事件，審查其所涉者：一件、同一提交者、全部，或合併佇列
    /// ／ what the event of a workflow is about: one, those of a commit, all open ones, the merge queue
    #[arg(long, conflicts_with_all = ["all_open", "snapshot"])]
    pub(in crate::cli) event: bool,
    /// 平台上之儲存庫；預設依 GITHUB_REPOSITORY ／ the repository of the forge
    #[arg(long, value_name = "OWNER/NAME", conflicts_with = "snapshot")]
    pub(in crate::cli) forge: Option<String>,
    /// 含基底與變更之提交的 Git 儲存庫；預設由平台取得，用畢即刪，以 --snapshot 離線判定時為目前資料夾所在者
    /// ／ repository with both commits; by default they are fetched from the forge, for this run
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) repository: Option<PathBuf>,
    /// 平台所述之快照（JSON），離線判定，只列出將寫入之內容 ／ what the forge said; nothing is written
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) snapshot: Option<PathBuf>,
    /// 先由此網址（https）或資料夾取得基底與變更之提交，存入 --repository 之裸儲存庫（無則新建）
    /// ／ fetch base and head from here into the bare repository of --repository
    #[arg(long, value_name = "URL|DIR", requires = "repository")]
    pub(in crate::cli) fetch: Option<String>,
    /// 將收據寫入此檔：所判定者、所依據者與結果 ／ write a receipt of what was judged, by what
    #[arg(long, value_name = "FILE", conflicts_with = "all_open")]
    pub(in crate::cli) evidence: Option<PathBuf>,
    /// 只列出將寫入平台之內容 ／ show what would be written
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// 輸出格式 ／ output format
    #[arg(long, value_enum, default_value_t = ReviewWord::Text)]
    pub(in crate::cli) format: ReviewWord,
    /// 語言：zh-TW 或 en；預設依基底之設定檔 ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(in crate::cli) lang: Option<Language>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainApprovalsArguments {
    /// 基底：規則與名冊由此讀取 ／ the base, whose rules and roster hold
    #[arg(value_name = "BASE")]
    pub(in crate::cli) base: String,
    /// 變更後之版本 ／ the proposed revision
    #[arg(value_name = "HEAD")]
    pub(in crate::cli) head: String,
    /// 提出變更者之帳號，不能核准自己的變更 ／ who proposes it
    #[arg(long, value_name = "LOGIN")]
    pub(in crate::cli) author: Option<String>,
    /// Git 儲存庫；預設為目前資料夾所在者 ／ repository
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) repository: Option<PathBuf>,
    /// 語言：zh-TW 或 en ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(in crate::cli) lang: Option<Language>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReviewWord {
    Text,
    Json,
    Markdown,
    /// 註解，及 GitHub Actions 之執行摘要 ／ annotations, and the summary of a workflow's step
    Github,
}
