//! Files by path → a tree of Git, in a repository without a work tree.

use git2::{Index, IndexEntry, IndexTime, Oid, Repository};

/// The tree of ordinary files.
pub(crate) fn tree<'f>(
    repository: &Repository,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Oid {
    let mut index = Index::new().expect("an index");
    for (path, bytes) in files {
        let id = repository.blob(bytes).expect("a blob");
        let never = IndexTime::new(0, 0);
        let entry = IndexEntry {
            ctime: never,
            mtime: never,
            dev: 0,
            ino: 0,
            mode: 0o100_644,
            uid: 0,
            gid: 0,
            file_size: 0,
            id,
            flags: 0,
            flags_extended: 0,
            path: path.as_bytes().to_vec(),
        };
        index.add(&entry).expect("an entry");
    }
    index.write_tree_to(repository).expect("a tree")
}
