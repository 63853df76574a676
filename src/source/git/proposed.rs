//! The commits that a branch proposes, and who stands under them.

use super::commit::trailers;
use super::{GitError, ObjectId, Repository, Revision, Trailer};

/// Merges that are made again to see whether they are Git's own; further ones count as made by hand.
const MAX_MERGES: usize = 250;
/// The trailer that names a co-author.
const CO_AUTHOR: &str = "Co-authored-by";
/// Above every other store of a repository, so that what a merge writes stays in memory.
const FIRST: i32 = i32::MAX;

/// A commit of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Its name.
    pub id: ObjectId,
    /// Its first parent; `None` of a commit that begins a history.
    pub parent: Option<ObjectId>,
    /// The address of who wrote it.
    pub author: String,
    /// The address of who put it into the history.
    pub committer: String,
    /// The addresses in `Co-authored-by` trailers; a trailer without an address stands as it is.
    pub co_authors: Vec<String>,
    /// All trailers of its message.
    pub trailers: Vec<Trailer>,
    /// Whether it is a merge to the very tree that Git makes of its parents by itself, so that it
    /// adds nothing of whoever made it.
    pub is_clean_merge: bool,
}

impl Repository {
    /// The commits that `head` has and `base` has not, along all parents, oldest first.
    pub fn proposed(&self, base: &Revision, head: &Revision) -> Result<Vec<Proposed>, GitError> {
        self.needs_whole_history()?;
        let ids = self.with(|handle| {
            let mut walk = handle.revwalk()?;
            walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE)?;
            walk.push(head.commit.raw())?;
            walk.hide(base.commit.raw())?;
            walk.collect::<Result<Vec<git2::Oid>, git2::Error>>()
        })?;
        let merging = self.apart()?;
        let mut merges = 0;
        let read = |id: git2::Oid| {
            let commit = merging.find_commit(id)?;
            let mut proposed = Proposed::read(&commit);
            if commit.parent_count() > 1 && merges < MAX_MERGES {
                merges += 1;
                proposed.is_clean_merge = is_clean_merge(&merging, &commit)?;
            }
            Ok(proposed)
        };
        let commits: Result<Vec<Proposed>, git2::Error> = ids.into_iter().map(read).collect();
        commits.map_err(|source| GitError::in_repository(&merging, source))
    }

    /// A handle of its own whose writes stay in memory and go with it: making a merge again writes
    /// the files that it puts together.
    pub(super) fn apart(&self) -> Result<git2::Repository, GitError> {
        let path = self.with(|handle| Ok(handle.path().to_owned()))?;
        let open = || {
            let handle = git2::Repository::open(&path)?;
            handle.odb()?.add_new_mempack_backend(FIRST)?;
            Ok(handle)
        };
        open().map_err(|source| GitError::opening(&path, source))
    }
}

impl Proposed {
    fn read(commit: &git2::Commit<'_>) -> Self {
        let address = |signature: git2::Signature<'_>| {
            String::from_utf8_lossy(signature.email_bytes()).into_owned()
        };
        let trailers = trailers(commit.message_bytes());
        let is_named = |trailer: &&Trailer| trailer.key.eq_ignore_ascii_case(CO_AUTHOR);
        let co_authors = trailers.iter().filter(is_named);
        Self {
            id: ObjectId::new(commit.id()),
            parent: commit.parent_ids().next().map(ObjectId::new),
            author: address(commit.author()),
            committer: address(commit.committer()),
            co_authors: co_authors
                .map(|trailer| address_in(&trailer.value).to_owned())
                .collect(),
            trailers,
            is_clean_merge: false,
        }
    }
}

/// The address of `Name <address>`; what has none is taken whole, so that it is nobody's.
fn address_in(value: &str) -> &str {
    let between = value.rsplit_once('<').and_then(|(_, rest)| {
        let (address, _) = rest.split_once('>')?;
        Some(address.trim())
    });
    between
        .filter(|address| !address.is_empty())
        .unwrap_or(value)
}

/// Whether a merge of two parents has the tree that merging them gives, without a conflict. A merge
/// of more parents is nobody's everyday work and counts as made by hand.
fn is_clean_merge(
    handle: &git2::Repository,
    merge: &git2::Commit<'_>,
) -> Result<bool, git2::Error> {
    if merge.parent_count() != 2 {
        return Ok(false);
    }
    let (ours, theirs) = (merge.parent(0)?, merge.parent(1)?);
    let Some(index) = merge_of(handle, &ours, &theirs) else {
        return Ok(false);
    };
    let tree = merge.tree()?;
    let diff = handle.diff_tree_to_index(Some(&tree), Some(&index), None)?;
    Ok(diff.deltas().len() == 0)
}

/// What Git makes of two commits by itself. Histories without a common ancestor, and what libgit2
/// cannot merge, make nothing.
pub(super) fn merge_of(
    handle: &git2::Repository,
    ours: &git2::Commit<'_>,
    theirs: &git2::Commit<'_>,
) -> Option<git2::Index> {
    let index = handle.merge_commits(ours, theirs, None).ok()?;
    (!index.has_conflicts()).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn a_trailer_without_an_address_is_taken_whole() {
        for (value, expected) in [
            ("甲 <a@jia.example>", "a@jia.example"),
            ("a <b> <c@d.example>", "c@d.example"),
            ("a@jia.example", "a@jia.example"),
            ("甲 <>", "甲 <>"),
            ("甲 <a@jia.example", "甲 <a@jia.example"),
        ] {
            assert_eq!(address_in(value), expected);
        }
    }
}
