//! `plangate approvals explain`: two revisions in; who has to approve the change, and why, out.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::base::{Base, Library};
use super::gather::Commits;
use super::touched::Touched;
use super::{Refused, refuse};
use crate::cli::arguments::ExplainApprovalsArguments;
use crate::cli::packs::tell;
use crate::cli::world::World;
use crate::cli::{CLEAN, COULD_NOT_CHECK};
use crate::plan::Schema;
use crate::policy::PackSource;
use crate::report::pull_request::explained;
use crate::review::{Account, PullRequest, Snapshot, Standing, day_in_taiwan, evaluate};
use crate::source::git::Repository;
use crate::text::{Language, Localized};

pub(in crate::cli) fn run(
    world: &mut World<'_>,
    arguments: &ExplainApprovalsArguments,
) -> io::Result<u8> {
    let language = arguments.lang.unwrap_or_default();
    match explain(world, arguments, language) {
        Ok(code) => code,
        Err(refused) => Ok(refuse(world, &refused, language)),
    }
}

fn explain(
    world: &mut World<'_>,
    arguments: &ExplainApprovalsArguments,
    language: Language,
) -> Result<io::Result<u8>, Refused> {
    let folder = arguments.repository.as_deref().unwrap_or(Path::new("."));
    let repository = Arc::new(Repository::around(folder)?);
    let (old, head) = (
        repository.revision(&arguments.base)?,
        repository.revision(&arguments.head)?,
    );
    let (schema, builtin) = (Schema::builtin(), PackSource::builtin());
    let library = Library {
        schema: &schema,
        builtin: &builtin,
    };
    let today = day_in_taiwan(world.now);
    let Some(base) = Base::read(&repository, &old, library, today)? else {
        return Err(Refused(Localized::new(
            "基底沒有 plangate.yaml",
            "the base has no plangate.yaml",
        )));
    };
    let broken: Vec<_> = base.broken.iter().chain(&base.amiss).cloned().collect();
    if !broken.is_empty()
        && let Err(error) = tell(world, broken, language)
    {
        return Ok(Err(error));
    }
    if base.why_not().or(base.why_no_approvals()).is_some() {
        return Ok(Ok(COULD_NOT_CHECK));
    }
    let fork = repository.merge_base(&old, &head)?;
    let facts = Touched::between(&repository, &fork, &head, &base)?.facts(&schema, today);
    let head_id = head.commit.to_string().into();
    let asked = base.rules.ask(&facts, &head_id, &base.roster);
    let commits = Commits {
        repository: &repository,
        base: &base,
        schema: &schema,
        web_address: "",
        signatures: &[],
        changes: &facts,
        asked: &asked,
        today,
    };
    let snapshot = Snapshot {
        pull_request: PullRequest {
            number: 0,
            author: arguments
                .author
                .as_deref()
                .map(|login| author(login, &base)),
            standing: Standing::Open,
            is_draft: false,
            head: head_id,
            base: arguments.base.as_str().into(),
            requested: Vec::new(),
        },
        reviews: Vec::new(),
        commits: commits.read(&repository.proposed(&old, &head)?)?,
        pushers: Vec::new(),
        web_address: "".into(),
        taken_at: world.now,
    };
    let outcome = evaluate(&snapshot, &base.roster, &asked.demands);
    let told = explained(
        &outcome,
        &asked,
        &facts,
        &base.rules,
        &base.roster,
        language,
    );
    Ok(world.out.write_all(told.as_bytes()).map(|()| CLEAN))
}

/// The account of the roster; of somebody it does not know, one of nobody.
fn author(login: &str, base: &Base) -> Account {
    let mut people = base.roster.people.iter();
    let person = people.find(|person| person.login.eq_ignore_ascii_case(login));
    Account {
        id: person.and_then(|person| person.account).unwrap_or(u64::MAX),
        login: login.into(),
        is_bot: false,
    }
}
