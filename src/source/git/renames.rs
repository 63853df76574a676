//! Where a plan was moved from, when its folder or its file got another name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::object::Kind;
use super::plans::{MAX_ENTRIES, entry_at, join};
use super::{GitError, Repository, Revision};

/// Candidates that are compared by content; more plans than this are not moved in one commit.
const MAX_CANDIDATES: usize = 500;
/// Candidates larger than this are compared by name only, as no plan is larger.
const MAX_BYTES: usize = 1 << 20;
/// What the index says of a file that a work tree is to do without, as in a sparse one.
const LEFT_OUT: u16 = git2::IndexEntryExtendedFlag::SKIP_WORKTREE.bits();
/// Pairs of plans, one that came and one that went, that are compared by their lines.
const MAX_PAIRS: usize = 2_500;
/// A plan is the same if at least so many percent of the longer one's bytes stand in lines that
/// both have. Git's own threshold.
const LEAST_LIKENESS: usize = 50;

/// Where a file is in a tree: its folder and its name.
pub(super) type Place = (String, String);

/// A file that is gone: what it held, and where it was.
type Gone = (git2::Oid, Place);

/// Where the file was that vanished between two trees (old, new) and is the likeliest ancestor of the one
/// that appeared: of equal content, else the most alike, else none. Of several that are alike one of the same
/// name is taken; a plan that was a file by itself, and has a folder now, has another name.
pub(super) fn moved_from(
    handle: &git2::Repository,
    (old, new): (git2::Oid, git2::Oid),
    (folder, file): (&str, &str),
) -> Result<Option<Place>, git2::Error> {
    let Some((Kind::File, own)) = entry_at(handle, new, &join(folder, file))? else {
        return Ok(None);
    };
    let gone = gone(handle, (old, Some(new)), file, |_| false)?;
    ancestor(handle, own, file, gone, |own| text(handle, own))
}

impl Repository {
    /// The path of the file that a revision has and the work tree has not any more, and that is the likeliest
    /// ancestor of one of the work tree that the revision has not: that one was moved, and nobody has committed
    /// it yet. In: its path from the top, and its bytes.
    pub fn moved_in_work_tree(
        &self,
        revision: &Revision,
        path: &str,
        bytes: &[u8],
    ) -> Result<Option<String>, GitError> {
        let Some(top) = self.work_tree() else {
            return Ok(None);
        };
        if self.entry(revision, path)?.is_some() {
            return Ok(None);
        }
        let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
        let found = self.with(|handle| {
            let index = handle.index()?;
            let is_left_out = |path: &str| {
                let entry = index.get_path(Path::new(path), 0);
                entry.is_some_and(|entry| entry.flags_extended & LEFT_OUT != 0)
            };
            let is_there =
                |path: &str| top.join(path).symlink_metadata().is_ok() || is_left_out(path);
            let gone = gone(handle, (revision.tree.raw(), None), file, is_there)?;
            let own = git2::Oid::hash_object(git2::ObjectType::Blob, bytes)?;
            ancestor(handle, own, file, gone, |_| Ok(Some(bytes.to_owned())))
        })?;
        Ok(found.map(|(folder, file)| join(&folder, &file)))
    }
}

/// The files of a tree that another one has not, where one is given, and that are not there otherwise, if they
/// may have become one of a name.
fn gone(
    handle: &git2::Repository,
    (old, new): (git2::Oid, Option<git2::Oid>),
    file: &str,
    is_there: impl Fn(&str) -> bool,
) -> Result<Vec<Gone>, git2::Error> {
    let (mut gone, mut seen) = (Vec::new(), 0);
    let mut open = vec![(old, new, String::new())];
    while let Some((old, new, path)) = open.pop() {
        if new == Some(old) {
            continue;
        }
        let old = handle.find_tree(old)?;
        let new = new.map(|new| handle.find_tree(new)).transpose()?;
        seen += old.len();
        if seen > MAX_ENTRIES {
            // What is not looked at could be the past of the plan: nobody shall take it for new.
            let why =
                format!("more than {MAX_ENTRIES} entries in which {file} may have been before");
            return Err(git2::Error::from_str(&why));
        }
        for entry in &old {
            let Ok(name) = entry.name() else { continue };
            let beside = new.as_ref().and_then(|new| new.get_name(name));
            let kind = Kind::of(entry.filemode());
            let own = join(&path, name);
            if kind == Some(Kind::Folder) {
                let beside = beside.filter(|other| Kind::of(other.filemode()) == kind);
                open.push((entry.id(), beside.map(|other| other.id()), own));
            } else if kind == Some(Kind::File)
                && may_be(name, file)
                && beside.is_none()
                && !is_there(&own)
            {
                gone.push((entry.id(), (path.clone(), name.to_owned())));
            }
        }
    }
    Ok(gone)
}

/// Whether a file of one name may become one of another: one of its own name, and YAML that of other YAML.
fn may_be(gone: &str, came: &str) -> bool {
    let is_yaml = |name: &str| {
        let extension = Path::new(name).extension();
        extension.is_some_and(|extension| extension == "yaml" || extension == "yml")
    };
    gone == came || is_yaml(gone) && is_yaml(came)
}

/// Which of the files that are gone another one was.
fn ancestor(
    handle: &git2::Repository,
    own: git2::Oid,
    file: &str,
    mut gone: Vec<Gone>,
    read: impl FnOnce(git2::Oid) -> Result<Option<Vec<u8>>, git2::Error>,
) -> Result<Option<Place>, git2::Error> {
    gone.sort_by(|(_, a), (_, b)| (a.1 != file, a).cmp(&(b.1 != file, b)));
    if let Some(at) = gone.iter().position(|(id, _)| *id == own) {
        return Ok(Some(gone.swap_remove(at).1));
    }
    if gone.is_empty() {
        return Ok(None);
    }
    let Some(own) = read(own)? else {
        return Ok(None);
    };
    likeliest(handle, &own, gone)
}

/// Which of some plans that came are which of those that went, under another name: of equal content,
/// else the most alike, else none. In: their texts; one that is empty tells nothing and is no other's.
/// Out: their positions (came, went).
pub fn moved(came: &[Vec<u8>], went: &[Vec<u8>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut by_content: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    let told = went.iter().enumerate().filter(|(_, text)| !text.is_empty());
    for (at, text) in told.rev() {
        by_content.entry(text).or_default().push(at);
    }
    for (at, text) in came.iter().enumerate() {
        let equal = by_content.get_mut(text.as_slice()).and_then(Vec::pop);
        pairs.extend(equal.map(|equal| (at, equal)));
    }
    let (taken, gone): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
    let left = |texts: &[Vec<u8>], taken: &BTreeSet<usize>| -> Vec<usize> {
        let is_left = |at: &usize| !taken.contains(at) && !texts[*at].is_empty();
        (0..texts.len()).filter(is_left).collect()
    };
    let (fresh, lost) = (left(came, &taken), left(went, &gone));
    if fresh.len() * lost.len() > MAX_PAIRS {
        return pairs;
    }
    let every = fresh
        .iter()
        .flat_map(|&came| lost.iter().map(move |&went| (came, went)));
    let alike = every.map(|(a, b)| (likeness(&came[a], &went[b]), a, b));
    let mut alike: Vec<_> = alike.filter(|(like, ..)| *like >= LEAST_LIKENESS).collect();
    alike.sort_by_key(|&(like, came, went)| (std::cmp::Reverse(like), came, went));
    let (mut taken, mut gone) = (taken, gone);
    for (_, came, went) in alike {
        if !taken.contains(&came) && !gone.contains(&went) {
            taken.insert(came);
            gone.insert(went);
            pairs.push((came, went));
        }
    }
    pairs
}

fn likeliest(
    handle: &git2::Repository,
    own: &[u8],
    gone: Vec<Gone>,
) -> Result<Option<Place>, git2::Error> {
    let mut best = None;
    for (id, place) in gone.into_iter().take(MAX_CANDIDATES) {
        let Some(other) = text(handle, id)? else {
            continue;
        };
        let likeness = likeness(own, &other);
        let better = best.as_ref().is_none_or(|(most, _)| likeness > *most);
        if likeness >= LEAST_LIKENESS && better {
            best = Some((likeness, place));
        }
    }
    Ok(best.map(|(_, place)| place))
}

/// What a file holds; nothing where that is too much to be a plan.
fn text(handle: &git2::Repository, id: git2::Oid) -> Result<Option<Vec<u8>>, git2::Error> {
    let objects = handle.odb()?;
    let (size, _) = objects.read_header(id)?;
    if size > MAX_BYTES {
        return Ok(None);
    }
    Ok(Some(objects.read(id)?.data().to_owned()))
}

/// The bytes in lines that two texts share, as a percentage of the longer one.
fn likeness(one: &[u8], other: &[u8]) -> usize {
    let lines = |text| <[u8]>::split(text, |byte| *byte == b'\n');
    let mut counts: BTreeMap<&[u8], usize> = BTreeMap::new();
    for line in lines(one) {
        *counts.entry(line).or_default() += 1;
    }
    let mut shared = 0;
    for line in lines(other) {
        if let Some(count) = counts.get_mut(line).filter(|count| **count > 0) {
            *count -= 1;
            shared += line.len() + 1;
        }
    }
    100 * shared / (one.len().max(other.len()) + 1)
}

#[cfg(test)]
mod tests {
    use super::{likeness, moved};

    #[test]
    fn what_came_is_what_went_by_its_content_and_then_by_its_lines() {
        let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
        let check = |came: &[&str], went: &[&str], expected: &[(usize, usize)]| {
            let came: Vec<Vec<u8>> = texts(came);
            assert_eq!(moved(&came, &texts(went)), expected);
        };
        let (one, like, other) = ("a\nb\nc\nd\n", "a\nb\nc\ne\n", "x\ny\nz\n");
        check(&[one], &[other, one], &[(0, 1)]);
        // The one that is equal is not taken by the one that is only alike.
        check(&[like, one], &[one], &[(1, 0)]);
        check(&[like], &[one, other], &[(0, 0)]);
        check(&[other], &[one], &[]);
        check(&[one, one], &[one, one], &[(0, 0), (1, 1)]);
        check(&[""], &[""], &[]);
    }

    #[test]
    fn likeness_counts_bytes_of_shared_lines() {
        assert_eq!(likeness(b"a\nb\n", b"a\nb\n"), 100);
        assert_eq!(likeness(b"a\nb", b"b\na"), 100);
        assert_eq!(likeness(b"aaaa\nbbbb\n", b"aaaa\ncccc\n"), 54);
        assert_eq!(likeness(b"a", b"b"), 0);
        assert_eq!(likeness(b"", b"long and other\n"), 6);
    }
}
