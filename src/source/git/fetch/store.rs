//! The bare repository that fetched objects are kept in.

use std::cell::Cell;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::http::Line;
use super::local::Local;
use super::{FetchError, FetchLimits, Origin, Want, session};
use crate::source::git::{GitError, ObjectId, Repository};

/// References of our own, which no other program moves.
const KEPT: &str = "refs/plangate/";
/// Commits that we tell we have; more would only make the question longer.
const MAX_HAVES: usize = 64;

/// A bare repository for objects, without work tree, hooks or remotes.
#[derive(Debug)]
pub struct Store {
    repository: Arc<Repository>,
}

impl Store {
    /// The store in a folder; it is made where there is none.
    pub fn at(folder: &Path) -> Result<Self, FetchError> {
        let is_new = match git2::Repository::open_bare(folder) {
            Ok(_) => false,
            Err(error) if error.code() == git2::ErrorCode::NotFound => true,
            Err(error) => return Err(GitError::opening(folder, error).into()),
        };
        if is_new {
            // A template of the user's may hold hooks.
            let mut options = git2::RepositoryInitOptions::new();
            options.bare(true).external_template(false).mkpath(true);
            git2::Repository::init_opts(folder, &options)
                .map_err(|source| GitError::opening(folder, source))?;
        }
        let repository = Arc::new(Repository::around(folder)?);
        Ok(Self { repository })
    }

    /// What is in it.
    pub fn repository(&self) -> &Arc<Repository> {
        &self.repository
    }

    /// Fetches commits with all of their history, and gives their ids in the order in which they are
    /// wanted. What is there already is not sent again.
    pub fn fetch(
        &self,
        origin: &Origin,
        wants: &[Want],
        limits: FetchLimits,
    ) -> Result<Vec<ObjectId>, FetchError> {
        let ids = match origin {
            Origin::Local(path) => self.fetch_local(&Local::open(path)?, wants, limits)?,
            Origin::Forge { address, access } => {
                let mut line = Line::new(address, access, limits);
                self.fetch_forge(&mut line, wants)?
            }
        };
        self.keep(wants, &ids)?;
        Ok(ids.into_iter().map(ObjectId::new).collect())
    }

    fn fetch_forge(
        &self,
        line: &mut Line<'_>,
        wants: &[Want],
    ) -> Result<Vec<git2::Oid>, FetchError> {
        session::open(line)?;
        let ids = session::resolve(line, wants)?;
        self.receive(&ids, line.limits, |missing, haves, out| {
            session::pack(line, missing, haves, out)
        })?;
        Ok(ids)
    }

    fn fetch_local(
        &self,
        local: &Local,
        wants: &[Want],
        limits: FetchLimits,
    ) -> Result<Vec<git2::Oid>, FetchError> {
        let found = local.resolve(wants)?.into_iter().zip(wants);
        let named = found.map(|(id, want)| {
            id.ok_or_else(|| FetchError::NoReference {
                name: want.reference.clone(),
            })
        });
        let ids = named.collect::<Result<Vec<_>, _>>()?;
        self.receive(&ids, limits, |missing, haves, out| {
            Ok(local.pack(missing, haves, out)?)
        })?;
        Ok(ids)
    }

    /// Takes the pack of what is missing; asks for nothing where nothing is.
    fn receive(
        &self,
        ids: &[git2::Oid],
        limits: FetchLimits,
        send: impl FnOnce(&[git2::Oid], &[git2::Oid], &mut dyn Write) -> Result<(), FetchError>,
    ) -> Result<(), FetchError> {
        let sent = self.repository.with(|handle| {
            let objects = handle.odb()?;
            let mut missing = ids.to_vec();
            missing.retain(|id| !objects.exists(*id));
            missing.sort();
            missing.dedup();
            if missing.is_empty() {
                return Ok(Ok(()));
            }
            let is_too_large = Rc::new(Cell::new(false));
            let seen = Rc::clone(&is_too_large);
            let mut writer = objects.packwriter()?;
            writer.progress(move |progress| {
                seen.set(progress.total_objects() > limits.objects);
                !seen.get()
            });
            match send(&missing, &haves(handle)?, &mut writer) {
                Ok(()) => writer.commit().map(|_| Ok(())),
                Err(_) if is_too_large.get() => Ok(Err(FetchError::TooLarge)),
                Err(error) => Ok(Err(error)),
            }
        });
        sent?
    }

    /// Puts our references where the commits are, once all of their history is seen to be there.
    fn keep(&self, wants: &[Want], ids: &[git2::Oid]) -> Result<(), FetchError> {
        let kept = self.repository.with(|handle| {
            let mut walk = handle.revwalk()?;
            for id in ids {
                walk.push(*id)?;
            }
            for id in walk {
                id?;
            }
            for (want, id) in wants.iter().zip(ids) {
                let below = want.reference.strip_prefix("refs/");
                let name = format!("{KEPT}{}", below.unwrap_or(&want.reference));
                handle.reference(&name, *id, true, "plangate fetch")?;
            }
            Ok(())
        });
        Ok(kept?)
    }
}

/// The commits that we kept, each with its whole history.
fn haves(handle: &git2::Repository) -> Result<Vec<git2::Oid>, git2::Error> {
    let mut haves = Vec::new();
    for reference in handle.references_glob(&format!("{KEPT}*"))?.take(MAX_HAVES) {
        haves.extend(reference?.target());
    }
    haves.sort();
    haves.dedup();
    Ok(haves)
}
