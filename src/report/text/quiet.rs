//! A verdict that does not fail, in one to three lines.

use std::io;

use super::location;
use super::paint::{Paint, Role};
use crate::finding::Finding;
use crate::report::visible::visible;
use crate::report::{Options, trace, words};

pub(super) fn render(
    finding: &Finding,
    options: Options,
    paint: Paint,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let word = words::verdict(finding.verdict, language);
    let head = paint.text(
        Role::Quiet,
        &format!("{word}[{}]", visible(&finding.policy)),
    );
    let message = visible(finding.message.get(language));
    let at = location(&finding.place);
    if !finding.verdict.needs_attention() {
        return writeln!(
            out,
            "{head}: {message}{}",
            words::in_brackets(&at, language)
        );
    }
    writeln!(out, "{head}: {message}")?;
    let arrow = paint.text(Role::Frame, " -->");
    let basis = visible(&words::basis(finding, language));
    let before = words::pick(language, "；依據：", "; basis: ");
    writeln!(out, "{arrow} {at}{before}{basis}")?;
    let equals = paint.text(Role::Frame, "  =");
    if let Some(bodies) = words::concerned(finding, language) {
        writeln!(
            out,
            "{equals} {}{bodies}",
            words::pick(language, "機關：", "bodies: ")
        )?;
    }
    if let Some(help) = &finding.help {
        writeln!(
            out,
            "{equals} {}: {}",
            paint.text(Role::Strong, "help"),
            visible(words::either(help, language))
        )?;
    }
    for (n, line) in trace::lines(finding, language).iter().enumerate() {
        if n == 0 {
            writeln!(out, "{equals} {}", trace::heading(language))?;
        }
        writeln!(out, "    {line}")?;
    }
    writeln!(out)
}
