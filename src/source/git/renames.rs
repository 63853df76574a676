//! Where a plan was moved from, when its folder got another name.

use std::collections::{BTreeMap, BTreeSet};

use super::object::Kind;
use super::plans::entry_at;

/// Candidates that are compared by content; more plans than this are not moved in one commit.
const MAX_CANDIDATES: usize = 500;
/// Candidates larger than this are compared by name only, as no plan is larger.
const MAX_BYTES: usize = 1 << 20;
/// Pairs of plans, one that came and one that went, that are compared by their lines.
const MAX_PAIRS: usize = 2_500;
/// A plan is the same if at least so many percent of the longer one's bytes stand in lines that
/// both have. Git's own threshold.
const LEAST_LIKENESS: usize = 50;

/// The folder whose file `file` vanished between two trees (old, new) and is the likeliest ancestor
/// of the one that appeared in `folder`: of equal content, else the most alike, else none.
pub(super) fn moved_from(
    handle: &git2::Repository,
    (old, new): (git2::Oid, git2::Oid),
    folder: &str,
    file: &str,
) -> Result<Option<String>, git2::Error> {
    let Some((Kind::File, own)) = entry_at(handle, new, &format!("{folder}/{file}"))? else {
        return Ok(None);
    };
    let mut vanished = Vec::new();
    let mut open = vec![(Some(old), Some(new), String::new())];
    while let Some((old, new, path)) = open.pop() {
        let (Some(old), true) = (old, old != new) else {
            continue;
        };
        let old = handle.find_tree(old)?;
        let new = new.map(|new| handle.find_tree(new)).transpose()?;
        for entry in &old {
            let Ok(name) = entry.name() else { continue };
            let beside = new.as_ref().and_then(|new| new.get_name(name));
            let kind = Kind::of(entry.filemode());
            if kind == Some(Kind::Folder) {
                let beside = beside.filter(|other| Kind::of(other.filemode()) == kind);
                let path = format!("{path}{name}/");
                open.push((Some(entry.id()), beside.map(|other| other.id()), path));
            } else if kind == Some(Kind::File) && name == file && beside.is_none() {
                vanished.push((entry.id(), path.trim_end_matches('/').to_owned()));
            }
        }
    }
    vanished.sort_by(|a, b| a.1.cmp(&b.1));
    if let Some((_, folder)) = vanished.iter().find(|(id, _)| *id == own) {
        return Ok(Some(folder.clone()));
    }
    likeliest(handle, own, vanished)
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
    own: git2::Oid,
    candidates: Vec<(git2::Oid, String)>,
) -> Result<Option<String>, git2::Error> {
    let objects = handle.odb()?;
    let read = |id: git2::Oid| -> Result<Option<Vec<u8>>, git2::Error> {
        let (size, _) = objects.read_header(id)?;
        if size > MAX_BYTES {
            return Ok(None);
        }
        Ok(Some(objects.read(id)?.data().to_owned()))
    };
    let Some(own) = read(own)? else {
        return Ok(None);
    };
    let mut best = None;
    for (id, folder) in candidates.into_iter().take(MAX_CANDIDATES) {
        let Some(other) = read(id)? else { continue };
        let likeness = likeness(&own, &other);
        let better = best.as_ref().is_none_or(|(most, _)| likeness > *most);
        if likeness >= LEAST_LIKENESS && better {
            best = Some((likeness, folder));
        }
    }
    Ok(best.map(|(_, folder)| folder))
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
