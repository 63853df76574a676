//! `policy lint`: problems with their carets, then how many there are.

use std::io;

use crate::finding::{Finding, Severity};
use crate::report::words::pick;
use crate::report::{Options, text};

/// Writes the problems of a number of policies that load.
pub fn problems(
    findings: &[Finding],
    policies: usize,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let all: Vec<&Finding> = findings.iter().collect();
    text::findings(&all, options, out)?;
    let count = |severity| {
        let of = all.iter().filter(|finding| finding.severity == severity);
        of.count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let text = match (errors, warnings) {
        (0, 0) => pick(options.language, "無錯誤", "no problems").to_owned(),
        _ => pick(
            options.language,
            "{e} 個錯誤、{w} 個警告",
            "{e} errors, {w} warnings",
        )
        .replace("{e}", &errors.to_string())
        .replace("{w}", &warnings.to_string()),
    };
    let loaded = pick(options.language, "項政策載入", "policies load");
    writeln!(
        out,
        "{policies} {loaded}{}{text}",
        pick(options.language, "，", ", ")
    )
}
