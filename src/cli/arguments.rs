//! The command line.

mod evidence;
mod policy;
mod review;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::doctor::DoctorArguments;
use super::init::InitArguments;
use crate::check::AsOf;
use crate::finding::Severity;
use crate::policy::GRADES;
use crate::report::Format;
use crate::report::change_log::TableFormat;
use crate::report::diff::DiffFormat;
use crate::text::{DateRange, Day, Language};

pub(super) use evidence::{
    EvidenceCommand, ExportArguments, KeepArguments, PackCommand, VerifyArguments,
};

pub(super) use policy::{
    ExplainArguments, LintArguments, ListArguments, ListFormat, NewArguments, PackArguments,
};

pub(super) use review::{ExplainApprovalsArguments, ReviewArguments, ReviewWord};

/// 檢核資通安全維護計畫：哪裡不符、在哪一行、依哪一條。
///
/// Checks cyber security maintenance plans: what is wrong, on which line, by which article.
#[derive(Debug, Parser)]
#[command(name = "plangate", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 為一機關建立計畫儲存庫：設定、名冊、第一份計畫、工作流程 ／ scaffold a plans repository
    Init(InitArguments),
    /// 查看計畫儲存庫是否備妥、狀態是否受保護 ／ whether a plans repository is set up and protected
    Doctor(DoctorArguments),
    /// 檢核計畫（檔案或資料夾）／ check plans, files or folders
    Check(CheckArguments),
    /// 變更紀錄：版次、發行日期、修訂者、說明、核准者 ／ the change log of a plan
    Changelog(ChangelogArguments),
    /// 比較兩個版本的計畫：哪些內容變了、是否減弱 ／ what changed in meaning between two plans
    Diff(DiffArguments),
    /// 審查變更請求：不符、變更、核准、狀態 ／ review a pull request
    Review(ReviewArguments),
    /// 核准：說明某一變更須由誰核准 ／ approvals: who has to approve a change
    #[command(subcommand)]
    Approvals(ApprovalsCommand),
    /// 重新判定收據所載，說明何者可證明、何者僅為陳述 ／ judge again what a receipt says was judged
    VerifyEvidence(VerifyArguments),
    /// 證據：將收據存入專用分支 ／ evidence: keep receipts on a branch of their own
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// 政策包：匯出內建政策包 ／ packs: export the built-in one
    #[command(subcommand)]
    Pack(PackCommand),
    /// 政策：列出、說明、檢查、測試、新增 ／ policies: list, explain, lint, test, new
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// 印出綱要，供編輯器使用 ／ print a schema, for editors
    Schema(SchemaArguments),
    /// 印出指令補全 ／ print shell completions
    Completions(CompletionsArguments),
}

#[derive(Debug, Subcommand)]
pub(super) enum ApprovalsCommand {
    /// 說明兩個版本間之變更須由誰核准、為何 ／ who has to approve the change between two revisions
    Explain(ExplainApprovalsArguments),
}

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// 列出政策 ／ list the policies
    List(ListArguments),
    /// 說明一項政策：依據、參數、理由、範例 ／ explain a policy: citation, figures, why, examples
    Explain(ExplainArguments),
    /// 檢查政策檔本身之錯誤 ／ what is wrong with policies themselves
    Lint(LintArguments),
    /// 執行政策之範例，並查各檢核是否受測 ／ run the examples, and see whether each check is tested
    Test(PackArguments),
    /// 新增一份可直接載入之政策，待填寫 ／ a new policy that loads, to be filled in
    New(NewArguments),
}

/// Arguments that several commands share.
#[derive(Debug, Args)]
pub(super) struct Shared {
    /// 語言：zh-TW 或 en；預設依設定檔，再預設 zh-TW ／ language
    #[arg(long, value_parser = language, value_name = "zh-TW|en")]
    pub(super) lang: Option<Language>,
    /// 地方政策包之資料夾，可重複 ／ folder of a local pack, may be repeated
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Vec<String>,
    /// 設定檔；預設為 plangate.yaml（如有）／ configuration
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<String>,
    /// 適用法規之日：西元或民國日期、today、issued（各計畫之發行日）／ the day whose law applies
    #[arg(long, value_parser = day, value_name = "DATE|today|issued", default_value = "today")]
    pub(super) as_of: When,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// 計畫檔、資料夾，或 Git 版本中之路徑（HEAD:plans）；- 為標準輸入；預設依設定檔 ／ files or folders
    #[arg(value_name = "PATH|REV:PATH")]
    pub(super) paths: Vec<String>,
    #[command(flatten)]
    pub(super) shared: Shared,
    /// REV:PATH 之 Git 儲存庫；預設為目前資料夾所在者 ／ repository of REV:PATH
    #[arg(long, value_name = "DIR")]
    pub(super) repo: Option<PathBuf>,
    /// 對照此 Git 版本：只擋變更所帶來者；設定、政策與豁免均取自該版 ／ hold against this revision
    #[arg(long, value_name = "REV", conflicts_with = "also_as_of")]
    pub(super) base: Option<String>,
    /// 另依此日之法規再檢核一次，只列出異同 ／ judge by the law of this day too, and tell what differs
    #[arg(long, value_parser = one_day, value_name = "DATE")]
    pub(super) also_as_of: Option<Day>,
    /// 輸出格式 ／ output format
    #[arg(long, value_enum, default_value_t = FormatWord::Text)]
    pub(super) format: FormatWord,
    /// 不符合而嚴重度達此程度者擋下（結束碼 1）；預設 error ／ the severity that blocks
    #[arg(long, value_parser = severity, value_name = "error|warning|note")]
    pub(super) fail_on: Option<Severity>,
    /// 列出全部判定，含符合與不適用 ／ every verdict, pass and not applicable included
    #[arg(long)]
    pub(super) all: bool,
    /// 說明判定過程：各部分之值及其所在 ／ show why: each part of the condition, its value and its line
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct ChangelogArguments {
    /// 一份計畫之檔案或資料夾，或 Git 版本中之路徑（main:plans/a）／ one plan
    #[arg(value_name = "PATH|REV:PATH")]
    pub(super) path: String,
    /// 草擬次一列：上一版以來之變更，逐章列出，理由由承辦人補 ／ propose the next row
    #[arg(long)]
    pub(super) draft: bool,
    /// 將草擬之列寫入計畫之 history，其餘一字不動 ／ write the proposed row into `history`
    #[arg(long, requires = "draft")]
    pub(super) write: bool,
    /// 檢核最近一版：變更與說明是否相符、版次與日期、舊列有無改動 ／ check the last edition's row
    #[arg(long, conflicts_with_all = ["draft", "write"])]
    pub(super) check: bool,
    /// 輸出格式；--check 預設為文字，可指定 json ／ output format
    #[arg(long, value_enum)]
    pub(super) format: Option<TableWord>,
    #[command(flatten)]
    pub(super) shared: Shared,
    /// REV:PATH 之 Git 儲存庫；預設為目前資料夾所在者 ／ repository of REV:PATH
    #[arg(long, value_name = "DIR")]
    pub(super) repo: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// 舊的計畫檔、資料夾，或 Git 版本中之路徑（main:plans）／ the old plan, or a folder of plans
    #[arg(value_name = "BASE")]
    pub(super) base: String,
    /// 新的計畫檔、資料夾，或 Git 版本中之路徑 ／ the new plan, or a folder of plans
    #[arg(value_name = "HEAD")]
    pub(super) head: String,
    #[command(flatten)]
    pub(super) shared: Shared,
    /// REV:PATH 之 Git 儲存庫；預設為目前資料夾所在者 ／ repository of REV:PATH
    #[arg(long, value_name = "DIR")]
    pub(super) repo: Option<PathBuf>,
    /// 輸出格式 ／ output format
    #[arg(long, value_enum, default_value_t = DiffWord::Text)]
    pub(super) format: DiffWord,
    /// 有此類變更即以結束碼 1 結束：weakened 減弱或強弱不明，changed 任何內容變更；預設不擋
    /// ／ the changes that end with exit code 1; none by default
    #[arg(long, value_enum, value_name = "weakened|changed")]
    pub(super) fail_on: Option<DiffGate>,
    /// 兩邊都檢核，列出原本符合而現在不符合之事項 ／ judge both, and tell what passed and does not
    #[arg(long)]
    pub(super) verdicts: bool,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// 哪一份綱要：plan 計畫、config 設定檔、roster 名冊、waivers 豁免、report 檢核結果之 JSON、
    /// diff 變更之 JSON、review 審查之 JSON、snapshot 快照、evidence 收據 ／ which schema
    #[arg(value_enum, default_value_t = SchemaWord::Plan)]
    pub(super) which: SchemaWord,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// 殼層 ／ shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

/// The law date, before today is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Today,
    Issued,
    Day(Day),
}

impl When {
    /// The law date where today is known.
    pub(super) fn as_of(self, today: Day) -> AsOf {
        match self {
            Self::Today => AsOf::Day(today),
            Self::Issued => AsOf::Issued,
            Self::Day(day) => AsOf::Day(day),
        }
    }

    /// The day to show a policy on.
    pub(super) fn day(self, today: Day) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Today | Self::Issued => today,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatWord {
    /// 終端機 ／ for a terminal
    Text,
    /// 程式 ／ for programs
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub Actions 註解 ／ workflow annotations
    Github,
    /// 自我檢核表 ／ a self-check sheet to print
    Markdown,
}

impl From<FormatWord> for Format {
    fn from(word: FormatWord) -> Self {
        match word {
            FormatWord::Text => Self::Text,
            FormatWord::Json => Self::Json,
            FormatWord::Sarif => Self::Sarif,
            FormatWord::Github => Self::Github,
            FormatWord::Markdown => Self::Markdown,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TableWord {
    /// 列印或貼上網頁 ／ to print
    Markdown,
    /// 試算表 ／ for a spreadsheet
    Csv,
    /// 程式 ／ for programs
    Json,
}

impl From<TableWord> for TableFormat {
    fn from(word: TableWord) -> Self {
        match word {
            TableWord::Markdown => Self::Markdown,
            TableWord::Csv => Self::Csv,
            TableWord::Json => Self::Json,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffWord {
    /// 終端機 ／ for a terminal
    Text,
    /// 程式 ／ for programs
    Json,
    /// 依章列表，可列印 ／ by chapter, to print
    Markdown,
}

impl From<DiffWord> for DiffFormat {
    fn from(word: DiffWord) -> Self {
        match word {
            DiffWord::Text => Self::Text,
            DiffWord::Json => Self::Json,
            DiffWord::Markdown => Self::Markdown,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffGate {
    /// 減弱，或強弱不明 ／ a weakening, or what may be one
    Weakened,
    /// 任何內容變更 ／ any change of meaning
    Changed,
}

/// The formats of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaWord {
    Plan,
    Config,
    Roster,
    Waivers,
    Report,
    Diff,
    Review,
    Snapshot,
    Evidence,
}

pub(super) fn language(word: &str) -> Result<Language, String> {
    let language = Language::ALL
        .into_iter()
        .find(|language| language.tag() == word);
    language.ok_or_else(|| "可用：zh-TW、en ／ one of zh-TW, en".to_owned())
}

/// The place of a grade in the tables.
pub(super) fn grade(word: &str) -> Result<u8, String> {
    let at = GRADES.iter().position(|grade| word.chars().eq([*grade]));
    at.and_then(|at| u8::try_from(at).ok())
        .ok_or_else(|| "可用：A、B、C、D、E ／ one of A, B, C, D, E".to_owned())
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::parse(word)
        .ok_or_else(|| "可用：error、warning、note ／ one of error, warning, note".to_owned())
}

fn day(word: &str) -> Result<When, String> {
    match word {
        "today" => Ok(When::Today),
        "issued" => Ok(When::Issued),
        _ => one_day(word).map(When::Day),
    }
}

pub(super) fn one_day(word: &str) -> Result<Day, String> {
    let date = DateRange::parse(word).filter(|date| date.is_day());
    date.map(|date| date.first).ok_or_else(|| {
        "應為一日，如 2026-01-07 或 115-01-07 ／ a day, such as 2026-01-07".to_owned()
    })
}
