//! `policy test`: what each example came to, and which checks no example needs.

use std::io;

use crate::check::Untested;
use crate::policy::Policy;
use crate::report::visible::visible;
use crate::report::words::pick;
use crate::text::{Language, Span};

/// A policy whose examples were run.
#[derive(Debug)]
pub struct Tested<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// What each example came to, in their order; `Err` says what differs.
    pub told: Vec<Result<(), String>>,
    /// The checks that no example needs.
    pub untested: Vec<Untested>,
}

/// Writes what does not hold, with its place, then the totals; gives whether all is sound.
pub fn tested(
    policies: &[Tested<'_>],
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<bool> {
    for tested in policies {
        one(tested, language, out)?;
    }
    let examples: usize = policies.iter().map(|tested| tested.told.len()).sum();
    let told = policies.iter().flat_map(|tested| &tested.told);
    let failed = told.filter(|told| told.is_err()).count();
    let untested: usize = policies.iter().map(|tested| tested.untested.len()).sum();
    let text = pick(
        language,
        "{p} 項政策、{e} 個範例：通過 {h}、不符 {f}；未受測之檢核 {u}",
        "{p} policies, {e} examples: {h} hold, {f} do not; {u} checks untested",
    );
    let text = [
        ("{p}", policies.len()),
        ("{e}", examples),
        ("{h}", examples - failed),
        ("{f}", failed),
        ("{u}", untested),
    ]
    .iter()
    .fold(text.to_owned(), |text, (mark, number)| {
        text.replace(mark, &number.to_string())
    });
    writeln!(out, "{text}")?;
    Ok(failed == 0 && untested == 0)
}

fn one(tested: &Tested<'_>, language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    let policy = tested.policy;
    let at = |span: Span| {
        let start = policy.file.position(span.start);
        let name = visible(policy.file.name());
        format!("{name}:{}:{}", start.line, start.column)
    };
    for (example, told) in policy.examples.iter().zip(&tested.told) {
        let Err(differs) = told else { continue };
        let word = pick(language, "不符", "fails");
        writeln!(out, "{word} {} › {}", policy.id, visible(&example.name))?;
        writeln!(out, "  --> {}", at(example.span))?;
        for line in differs.lines() {
            writeln!(out, "  {}", visible(line))?;
        }
        writeln!(out)?;
    }
    for untested in &tested.untested {
        let word = pick(language, "未受測", "untested");
        writeln!(out, "{word} {} › {}", policy.id, untested.check)?;
        writeln!(out, "  --> {}", at(untested.span))?;
        let text = match (untested.always, language) {
            (true, Language::ZhTw) => "此檢核恆真時，範例仍全數符合：應加一個因此檢核而不符之範例",
            (false, Language::ZhTw) => "此檢核恆偽時，範例仍全數符合：應加一個通過此檢核之範例",
            (true, Language::En) => {
                "were it always true, every example would still hold: add one that fails by it"
            }
            (false, Language::En) => {
                "were it always false, every example would still hold: add one that passes it"
            }
        };
        writeln!(out, "  {text}\n")?;
    }
    Ok(())
}
