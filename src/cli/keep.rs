//! `plangate evidence keep`: a receipt put on a branch of its own, with the pack that judged, and the
//! commits that it needs kept from being lost. Pushing the branch is somebody else's work.

use std::io;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::arguments::{EvidenceCommand, KeepArguments};
use super::review::{Refused, read_receipt, refuse};
use super::world::World;
use super::{CLEAN, COULD_NOT_CHECK};
use crate::policy::PackSource;
use crate::source::git::{Keep, Repository, Revision};
use crate::text::Localized;

pub(super) fn run(world: &mut World<'_>, command: &EvidenceCommand) -> io::Result<u8> {
    let EvidenceCommand::Keep(arguments) = command;
    let language = arguments.lang.unwrap_or_default();
    match keep(arguments, world.now.as_second()) {
        Ok(told) => writeln!(world.out, "{}", told.get(language)).map(|()| CLEAN),
        Err(refused) => {
            refuse(world, &refused, language);
            Ok(COULD_NOT_CHECK)
        }
    }
}

fn keep(arguments: &KeepArguments, at: i64) -> Result<Localized, Refused> {
    let receipt = read_receipt(&arguments.file)?;
    let folder = arguments.repository.as_deref().unwrap_or(Path::new("."));
    let repository = Repository::around(folder)?;
    let alive = alive(&repository, &receipt)?;
    let text = format!("{receipt:#}\n");
    let number = receipt.pointer("/said/pull_request/number");
    let number = number.and_then(Value::as_u64).unwrap_or_default();
    let digest = hex(&Sha256::digest(text.as_bytes()));
    let path = format!("receipts/{number}/{}.json", &digest[..16]);
    let mut files = vec![(path.clone(), text.into_bytes())];
    files.extend(pack(&receipt));
    let kept = repository.keep(&Keep {
        branch: &arguments.branch,
        files: &files,
        alive: &alive,
        message: &format!("Keep the receipt of #{number}\n\n{path}\n"),
        at,
    })?;
    let branch = &arguments.branch;
    Ok(match kept {
        Some(commit) => Localized::new(
            format!("{branch}：{path}（{commit}）"),
            format!("{branch}: {path} ({commit})"),
        ),
        None => Localized::new(
            format!("{branch} 已有 {path}"),
            format!("{branch} has {path} already"),
        ),
    })
}

/// The commits that judging again needs: the head, and what was reviewed and could be read.
fn alive(repository: &Repository, receipt: &Value) -> Result<Vec<Revision>, Refused> {
    let text = |pointer: &str| receipt.pointer(pointer).and_then(Value::as_str);
    let base = text("/objects/base/commit").unwrap_or_default();
    let head = text("/objects/head/commit").unwrap_or_default();
    // A receipt without its commits could never be verified: that they are missing is an error.
    let mut alive = vec![repository.revision(head)?, repository.revision(base)?];
    let digests = receipt.get("digests").and_then(Value::as_array);
    let reviewed = digests.into_iter().flatten();
    let reviewed = reviewed.filter_map(|own| own.get("at")?.as_object());
    for commit in reviewed.flat_map(|at| at.keys()) {
        alive.push(repository.revision(commit)?);
    }
    Ok(alive)
}

/// The built-in pack, where it is the one that judged.
fn pack(receipt: &Value) -> Vec<(String, Vec<u8>)> {
    let builtin = PackSource::builtin();
    let digest = builtin.whole_digest();
    let packs = receipt.get("packs").and_then(Value::as_array);
    let is_own = |pack: &Value| pack.get("sha256").and_then(Value::as_str) == Some(&digest);
    if !packs.is_some_and(|packs| packs.iter().any(is_own)) {
        return Vec::new();
    }
    let files = builtin.files.into_iter();
    files
        .map(|(path, file)| {
            let path = format!("packs/{digest}/{path}");
            (path, file.text().as_bytes().to_vec())
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
