//! Two trees → the files at which they differ.
//!
//! libgit2 compares two trees by reading every folder of both, whatever they have in common: of 10,000
//! plans of which five change, it reads 20,000 folders. A folder that is the same on both sides goes by
//! the same id, and is not entered here. What the files contain is not looked at.

use std::cmp::Ordering;

use git2::Oid;

use super::object::Kind;

/// More than any change has: a tree may hold a folder a thousand times, which holds another so.
const MOST: usize = 100_000;

/// A path that two trees do not have alike; what is something else afterwards goes and comes.
#[derive(Debug)]
pub(super) struct Differing {
    /// From the top of both, as the trees write it.
    pub(super) path: Vec<u8>,
    pub(super) old: Option<Leaf>,
    pub(super) new: Option<Leaf>,
}

/// What stands at the end of a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    pub(super) id: Oid,
    /// `None` of what no file system holds.
    pub(super) kind: Option<Kind>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    name: Vec<u8>,
    mode: i32,
    id: Oid,
}

impl Entry {
    fn leaf(&self) -> Leaf {
        Leaf {
            id: self.id,
            kind: Kind::of(self.mode),
        }
    }

    fn is_folder(&self) -> bool {
        Kind::of(self.mode) == Some(Kind::Folder)
    }
}

/// Folders of the same path that differ; `None` where a side has none.
struct Folders {
    path: Vec<u8>,
    old: Option<Oid>,
    new: Option<Oid>,
}

/// Where two trees differ, by path.
pub(super) fn differing(
    handle: &git2::Repository,
    old: Oid,
    new: Oid,
) -> Result<Vec<Differing>, git2::Error> {
    let mut found = Vec::new();
    let mut open = vec![Folders {
        path: Vec::new(),
        old: Some(old),
        new: Some(new),
    }];
    while let Some(folders) = open.pop() {
        let old = entries(handle, folders.old)?;
        let new = entries(handle, folders.new)?;
        for (old, new) in pairs(apart(old, new)) {
            let entry = old.as_ref().or(new.as_ref());
            let name = entry.map_or(&[][..], |entry| &entry.name);
            let mut path = folders.path.clone();
            path.extend(name);
            if entry.is_some_and(Entry::is_folder) {
                path.push(b'/');
                let (old, new) = (old.map(|it| it.id), new.map(|it| it.id));
                open.push(Folders { path, old, new });
            } else {
                let (old, new) = (old.map(|it| it.leaf()), new.map(|it| it.leaf()));
                found.push(Differing { path, old, new });
            }
        }
        if found.len() + open.len() > MOST {
            let why = format!("more than {MOST} paths differ");
            return Err(git2::Error::from_str(&why));
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The entries of a tree in one order: that of a hostile one is what it likes.
fn entries(handle: &git2::Repository, tree: Option<Oid>) -> Result<Vec<Entry>, git2::Error> {
    let Some(tree) = tree else {
        return Ok(Vec::new());
    };
    let tree = handle.find_tree(tree)?;
    let entry = |entry: git2::TreeEntry<'_>| Entry {
        name: entry.name_bytes().to_vec(),
        mode: entry.filemode(),
        id: entry.id(),
    };
    let mut entries: Vec<Entry> = tree.iter().map(entry).collect();
    entries.sort_unstable();
    Ok(entries)
}

/// What each of two sides has and the other has not, as often as it has it.
fn apart(old: Vec<Entry>, new: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(old), Some(new)) => old.cmp(new),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return (gone, come),
        };
        match order {
            Ordering::Less => gone.extend(old.next()),
            Ordering::Greater => come.extend(new.next()),
            Ordering::Equal => drop((old.next(), new.next())),
        }
    }
}

/// Puts together what has one name and is of one kind; all else stands alone, what goes first.
fn pairs((gone, come): (Vec<Entry>, Vec<Entry>)) -> Vec<(Option<Entry>, Option<Entry>)> {
    let mut pairs = Vec::with_capacity(gone.len().max(come.len()));
    let mut come = come.into_iter().peekable();
    for old in gone {
        while come.peek().is_some_and(|new| new.name < old.name) {
            pairs.push((None, come.next()));
        }
        let is_same =
            |new: &Entry| new.name == old.name && Kind::of(new.mode) == Kind::of(old.mode);
        let new = come.next_if(is_same);
        pairs.push((Some(old), new));
    }
    pairs.extend(come.map(|new| (None, Some(new))));
    pairs
}
