//! A judgement put on record, and a record judged again.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::base::{CONFIG, ROSTER, WAIVERS};
use super::{Court, Heard, Refused, Told, refuse};
use crate::cli::arguments::VerifyArguments;
use crate::cli::check::VERSION;
use crate::cli::pack::exported;
use crate::cli::world::World;
use crate::cli::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::document::Limits;
use crate::forge::Web;
use crate::forge::recorded::Recorded;
use crate::plan::Schema;
use crate::policy::PackSource;
use crate::report::evidence::{self, CommitName, PlanName, Receipt};
use crate::report::pull_request::{self, Review, Told as TellWhat};
use crate::review::day_in_taiwan;
use crate::source;
use crate::source::git::{GitError, Repository, Revision};
use crate::text::{Language, Localized};

/// A receipt of a thousand findings is some megabytes.
const MAX_RECEIPT: usize = 64;

/// `plangate verify-evidence`: judges again what a receipt says was judged.
pub(in crate::cli) fn verify(world: &mut World<'_>, arguments: &VerifyArguments) -> io::Result<u8> {
    let language = arguments.lang.unwrap_or_default();
    let told = read(&arguments.file).and_then(|receipt| again(arguments, &receipt, language));
    match told {
        Ok((text, code)) => world.out.write_all(text.as_bytes()).map(|()| code),
        Err(refused) => {
            refuse(world, &refused, language);
            Ok(COULD_NOT_CHECK)
        }
    }
}

/// A receipt, as far as it must be one to be looked at.
pub(in crate::cli) fn read(path: &Path) -> Result<Value, Refused> {
    let bytes = source::read_file(path, MAX_RECEIPT * Limits::default().bytes)?;
    let receipt: Value = serde_json::from_slice(&bytes).map_err(|error| {
        Refused(Localized::new(
            format!("收據無法解讀：{error}"),
            format!("the receipt makes no sense: {error}"),
        ))
    })?;
    if receipt.get("schema").and_then(Value::as_u64) == Some(evidence::VERSION) {
        return Ok(receipt);
    }
    let version = evidence::VERSION;
    Err(Refused(Localized::new(
        format!("不是收據，或不是第 {version} 版"),
        format!("no receipt, or not of version {version}"),
    )))
}

fn again(
    arguments: &VerifyArguments,
    receipt: &Value,
    language: Language,
) -> Result<(String, u8), Refused> {
    let said = receipt
        .get("said")
        .map(Value::to_string)
        .unwrap_or_default();
    let mut recorded = Recorded::read(&said).map_err(Refused)?;
    let builtin = match &arguments.pack {
        Some(folder) => exported(folder)?,
        None => PackSource::builtin(),
    };
    needs_pack(receipt, &builtin)?;
    let folder = arguments.repository.as_deref().unwrap_or(Path::new("."));
    let court = Court {
        builtin,
        taken_at: recorded.taken_at,
        address: recorded.address.clone().unwrap_or_default(),
        ..Court::new(Arc::new(Repository::around(folder)?), Some(language))
    };
    let number = recorded.number();
    let mut told = Told::ask(&mut recorded, number, court.taken_at)?;
    told.look_around(&mut recorded)?;
    told.refuse_twins()?;
    let heard = court.judge(&mut told)?.ok_or_else(not_judged)?;
    let again = court.receipt(&told, &heard)?;
    let verification = evidence::verify(receipt, &again);
    let mut text = evidence::told(&verification, language);
    let mut holds = verification.holds();
    if let Some(revision) = &arguments.revision {
        let (stands, is_there) = court.stands_at(&told, &heard, revision)?;
        text += stands.get(language);
        text.push('\n');
        holds &= is_there;
    }
    Ok((text, if holds { CLEAN } else { BLOCKED }))
}

/// Without the very pack, another verdict would say nothing about the receipt.
fn needs_pack(receipt: &Value, builtin: &PackSource) -> Result<(), Refused> {
    let packs = receipt.get("packs").and_then(Value::as_array);
    let of_name = |pack: &&Value| pack.get("name").and_then(Value::as_str) == Some(&*builtin.name);
    let stated = packs.and_then(|packs| packs.iter().find(of_name));
    let stated = stated
        .and_then(|pack| pack.get("sha256"))
        .and_then(Value::as_str);
    let own = builtin.whole_digest();
    if stated == Some(&own) {
        return Ok(());
    }
    Err(Refused(Localized::new(
        format!(
            "政策包與收據所載不同（現有 {own}）；以 --pack 指定當時匯出者，證據分支之 packs/ 下有之"
        ),
        format!(
            "the pack is not the one of the receipt (this is {own}); give the one exported then with --pack; the evidence branch has it below packs/"
        ),
    )))
}

fn not_judged() -> Refused {
    Refused(Localized::new(
        "基底沒有 plangate.yaml，未經判定，無收據可作",
        "the base has no plangate.yaml: nothing was judged, and there is no receipt of it",
    ))
}

impl Court {
    /// Writes the receipt of what was heard.
    #[expect(clippy::disallowed_methods, reason = "cli writes files")]
    pub(super) fn record(&self, path: &Path, told: &Told, heard: &Heard) -> Result<(), Refused> {
        let receipt = self.receipt(told, heard)?;
        fs::write(path, format!("{receipt:#}\n")).map_err(|error| {
            let told = format!("{}: {error}", path.display());
            Refused(Localized::new(told.clone(), told))
        })
    }

    fn receipt(&self, told: &Told, heard: &Heard) -> Result<Value, Refused> {
        let repository = &self.repository;
        let base = repository.revision(&told.proposal.base_commit)?;
        let head = repository.revision(&told.snapshot.pull_request.head)?;
        let fork = repository.merge_base(&base, &head)?;
        let mut control = Vec::new();
        let packs = heard.base.config.packs.iter().map(String::as_str);
        for path in [CONFIG, ROSTER, WAIVERS].into_iter().chain(packs) {
            let path = path.trim_start_matches("./").trim_end_matches('/');
            if let Some(id) = repository.object_at(&base, path)? {
                control.push((path.to_owned(), id.to_string()));
            }
        }
        let receipt = Receipt {
            version: VERSION,
            plan_schema: &Schema::builtin_digest(),
            today: day_in_taiwan(told.snapshot.judged_at()).to_string(),
            commits: [&base, &fork, &head].map(name),
            control,
            plans: self.plans(heard, [&fork, &head])?,
            packs: &heard.base.packs,
            judgement: &heard.judgement,
            verdict: self.verdict(told, heard),
            said: told.said(&self.address).json(),
        };
        Ok(receipt.json())
    }

    fn plans(
        &self,
        heard: &Heard,
        [fork, head]: [&Revision; 2],
    ) -> Result<Vec<PlanName>, GitError> {
        let at = |revision: &Revision, path: &str| {
            let found = self.repository.object_at(revision, path)?;
            Ok::<_, GitError>(found.map(|id| id.to_string()))
        };
        let plans = heard.judgement.plans.iter().map(|plan| {
            let folder = folder_of(&plan.file);
            Ok(PlanName {
                file: plan.file.to_string(),
                old: at(fork, folder)?,
                new: at(head, folder)?,
                blob: at(head, &plan.file)?,
            })
        });
        plans.collect()
    }

    fn verdict(&self, told: &Told, heard: &Heard) -> Value {
        let Heard {
            base, judgement, ..
        } = heard;
        let web: Web = self.web(told);
        pull_request::json(Review {
            pull_request: &told.snapshot.pull_request,
            statuses: &judgement.statuses,
            told: TellWhat::Judged {
                judgement,
                rules: &base.rules,
                roster: &base.roster,
            },
            unguarded: None,
            links: &web,
            language: self.language.unwrap_or_default(),
        })
    }

    /// Whether a revision has the very plans that were judged, and in its history the base that judged
    /// them, whatever became of the commits between.
    fn stands_at(
        &self,
        told: &Told,
        heard: &Heard,
        written: &str,
    ) -> Result<(Localized, bool), Refused> {
        let revision = self.repository.revision(written)?;
        let head = &heard.head;
        let mut other = Vec::new();
        for plan in &heard.judgement.plans {
            let folder = folder_of(&plan.file);
            let [judged, there] = [head, &revision].map(|at| self.repository.object_at(at, folder));
            if judged? != there? {
                other.push(folder);
            }
        }
        // Rules that were never on this branch may not judge what is on it.
        let base = self.repository.revision(&told.proposal.base_commit)?;
        let is_ours = self.repository.is_from(revision.commit, base.commit)?;
        let holds = is_ours && other.is_empty();
        Ok((stands(written, is_ours, &other.join(", ")), holds))
    }
}

fn stands(written: &str, is_ours: bool, other: &str) -> Localized {
    match (is_ours, other) {
        (false, _) => Localized::new(
            format!("判定所依之基底不在版本 {written} 之歷史中"),
            format!("the base that judged is not in the history of {written}"),
        ),
        (true, "") => Localized::new(
            format!("版本 {written} 之計畫即所判定者"),
            format!("the plans at {written} are those that were judged"),
        ),
        (true, other) => Localized::new(
            format!("版本 {written} 之計畫並非所判定者：{other}"),
            format!("the plans at {written} are not those that were judged: {other}"),
        ),
    }
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn name(revision: &Revision) -> CommitName {
    CommitName {
        commit: revision.commit.to_string(),
        tree: revision.tree.to_string(),
    }
}
