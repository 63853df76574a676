//! The way down to one file, commit after commit.
//!
//! In: the top tree of a commit. Out: the tree of the folder that holds the file there. A folder of ten
//! thousand plans is a tree of half a megabyte, another one in each commit: of it only so much is read
//! as comes before the name, and nothing where a tree on the way is that of the commit before.

use std::io::{BufRead, BufReader, Read};

use super::object::Kind;

/// Read ahead from a tree: most names are found in the first stretch, or far behind it.
const STRETCH: usize = 16 * 1024;
/// The bytes of an object's name in a tree.
const NAME: usize = 20;

/// What a tree has under a name.
type Found = Option<(Kind, git2::Oid)>;

/// The way to a file, and what was found on it the last time.
pub(super) struct Way {
    folder: String,
    file: String,
    /// For each step the tree, and what it has under the name of the step.
    known: Vec<(git2::Oid, Found)>,
}

impl Way {
    pub(super) fn new(folder: &str, file: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            file: file.to_owned(),
            known: Vec::new(),
        }
    }

    /// The path of the folder.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// The name of the file in it.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// The tree of the folder below a top tree; `None` where there is no such file.
    pub(super) fn folder_below(
        &mut self,
        handle: &git2::Repository,
        top: git2::Oid,
    ) -> Result<Option<git2::Oid>, git2::Error> {
        let folders = self.folder.split('/').filter(|name| !name.is_empty());
        let names: Vec<String> = folders.map(str::to_owned).collect();
        let mut tree = top;
        for (step, name) in names.iter().enumerate() {
            match self.step(handle, (step, tree), name)? {
                Some((Kind::Folder, below)) => tree = below,
                _ => return Ok(None),
            }
        }
        let file = self.file.clone();
        let found = self.step(handle, (names.len(), tree), &file)?;
        Ok(found
            .filter(|(kind, _)| *kind != Kind::Folder)
            .map(|_| tree))
    }

    fn step(
        &mut self,
        handle: &git2::Repository,
        (step, tree): (usize, git2::Oid),
        name: &str,
    ) -> Result<Found, git2::Error> {
        match self.known.get(step) {
            Some((known, found)) if *known == tree => return Ok(*found),
            _ => {}
        }
        let found = named(handle, tree, name)?;
        match self.known.get_mut(step) {
            Some(known) => *known = (tree, found),
            None => self.known.push((tree, found)),
        }
        Ok(found)
    }
}

/// What a tree has under a name. An object that lies by itself is unpacked only up to there; one in
/// a pack is read whole, for it is written as a difference to others.
fn named(handle: &git2::Repository, tree: git2::Oid, name: &str) -> Result<Found, git2::Error> {
    let objects = handle.odb()?;
    let streamed = match objects.reader(tree) {
        Ok((stream, _, git2::ObjectType::Tree)) => seek(stream, name),
        _ => Err(Broken),
    };
    if let Ok(found) = streamed {
        return Ok(found);
    }
    // What is wrong with an object libgit2 says better.
    let tree = handle.find_tree(tree)?;
    let entry = tree.get_name(name);
    Ok(entry.and_then(|entry| Some((Kind::of(entry.filemode())?, entry.id()))))
}

/// The bytes are not those of a tree.
struct Broken;

/// Looks for a name: an entry is a mode in octal digits, a space, the name, a zero and an object.
fn seek(tree: impl Read, name: &str) -> Result<Found, Broken> {
    let mut tree = BufReader::with_capacity(STRETCH, tree);
    let mut head = Vec::new();
    loop {
        head.clear();
        tree.read_until(0, &mut head).map_err(|_| Broken)?;
        let Some((0, head)) = head.split_last() else {
            return if head.is_empty() {
                Ok(None)
            } else {
                Err(Broken)
            };
        };
        let mut object = [0; NAME];
        tree.read_exact(&mut object).map_err(|_| Broken)?;
        let space = head.iter().position(|byte| *byte == b' ').ok_or(Broken)?;
        if &head[space + 1..] != name.as_bytes() {
            continue;
        }
        let mode = std::str::from_utf8(&head[..space]).map_err(|_| Broken)?;
        let mode = i32::from_str_radix(mode, 8).map_err(|_| Broken)?;
        let object = git2::Oid::from_bytes(&object).map_err(|_| Broken)?;
        return Ok(Kind::of(mode).map(|kind| (kind, object)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, u8)]) -> Vec<u8> {
        let entry =
            |(head, object): &(&str, u8)| [head.as_bytes(), &[0], &[*object; NAME]].concat();
        entries.iter().flat_map(entry).collect()
    }

    #[test]
    fn a_name_is_found_without_what_comes_behind_it() {
        let mut bytes = tree(&[("100644 a.yaml", 1), ("40000 plans", 2)]);
        bytes.extend(b"this is no entry");
        let found = |name: &str| seek(&*bytes, name).map_err(|_| "broken");
        let plans = git2::Oid::from_bytes(&[2; NAME]).expect("twenty bytes");
        assert_eq!(found("plans"), Ok(Some((Kind::Folder, plans))));
        assert_eq!(
            found("plan"),
            Err("broken"),
            "the end was reached, and is no tree"
        );
    }

    #[test]
    fn a_tree_without_the_name_has_nothing_there() {
        let bytes = tree(&[("100644 a.yaml", 1), ("160000 lib", 3), ("100664 odd", 4)]);
        let kind = |name: &str| {
            let found = seek(&*bytes, name).map_err(|_| "broken")?;
            Ok::<_, &str>(found.map(|(kind, _)| kind))
        };
        assert_eq!(kind("b.yaml"), Ok(None));
        assert_eq!(kind("lib"), Ok(Some(Kind::Submodule)));
        assert_eq!(kind("odd"), Ok(Some(Kind::File)));
        assert_eq!(
            seek(&b"100644 cut\0short"[..], "cut").map_err(|_| "broken"),
            Err("broken")
        );
    }
}
