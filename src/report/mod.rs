//! A run's [`Outcome`] → bytes, one file or folder for each format.
//!
//! In: an outcome and [`Options`]. Out: text for people (`text`, `markdown`), for programs (`json`,
//! `sarif`) or for a workflow's log (`github`). Knows nothing of files, terminals or forges: whether
//! colour is wanted, and where the bytes go, is the caller's. Invariant: the same outcome and
//! options give the same bytes, sorted by file, span and policy; a value of a plan cannot break out
//! of its place, because every target has one escaping function.
//!
//! ```
//! use plangate::check::Outcome;
//! use plangate::report::{self, Format, Options};
//!
//! let mut out = Vec::new();
//! report::render(Format::Json, &Outcome::default(), Options::default(), &mut out)?;
//! assert!(out.starts_with(b"{\n  \"schema\": 1,"));
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod text;

pub mod json;

pub mod sarif;

pub mod github;

pub mod markdown;

pub mod change_log;

pub mod policy;

pub mod diff;
pub mod doctor;
pub mod evidence;
pub mod pull_request;

mod alike;
mod also;
mod patch;
mod stream;
mod together;
mod totals;
mod trace;
mod visible;
mod words;

pub use stream::{Part, Stream};
pub use totals::Totals;
pub use visible::visible;

use std::io;

use crate::check::Outcome;
use crate::finding::{Finding, Fingerprint, Severity, Verdict};
use crate::text::Language;

/// A form of the output. Closed: an unknown word is a usage error, never a default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For programs; `docs/schema/report.schema.json` describes it.
    Json,
    /// SARIF 2.1.0 (OASIS), for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions: annotations on the lines.
    Github,
    /// A self-check sheet to print.
    Markdown,
}

impl Format {
    /// All, in the order of the help text.
    pub const ALL: [Self; 5] = [
        Self::Text,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Markdown,
    ];

    /// The word of the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Markdown => "markdown",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// What the reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The language of words and dates. `json` carries both whatever this says.
    pub language: Language,
    /// ANSI colours; only [`Format::Text`] looks at it.
    pub color: bool,
    /// From which severity on a failure blocks.
    pub fail_on: Severity,
    /// Show `pass` and `not_applicable` too.
    pub all: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            language: Language::ZhTw,
            color: false,
            fail_on: Severity::Error,
            all: false,
        }
    }
}

/// Writes `outcome` in `format`; fails only where `out` does.
pub fn render(
    format: Format,
    outcome: &Outcome,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::render(outcome, options, out),
        Format::Json => json::render(outcome, options, out),
        Format::Sarif => sarif::render(outcome, options, out),
        Format::Github => github::render(outcome, options, out),
        Format::Markdown => markdown::render(outcome, options, out),
    }
}

/// The findings to show, in the order of every format: file, span, policy, then what tells two
/// findings of one policy at one place apart.
fn shown(findings: &[Finding], options: Options) -> Vec<&Finding> {
    let mut findings = told(findings, options);
    findings.retain(|finding| !finding.is_fixed());
    findings
}

/// The same, and what is fixed too, for programs.
fn told(findings: &[Finding], options: Options) -> Vec<&Finding> {
    let wanted = |finding: &&Finding| options.all || finding.verdict.needs_attention();
    let mut findings: Vec<_> = findings.iter().filter(wanted).collect();
    findings.sort_by(|a, b| a.place.order(&b.place).then_with(|| tie(a).cmp(&tie(b))));
    findings
}

fn tie(finding: &Finding) -> (&str, Option<&str>, Fingerprint, Verdict) {
    (
        &finding.policy,
        finding.check.as_deref(),
        finding.fingerprint,
        finding.verdict,
    )
}
