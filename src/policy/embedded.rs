//! The built-in pack, embedded by `build.rs`: the folder `policies/` is the list.

use std::ptr;
use std::sync::Arc;

use crate::document::{Document, Tree, tree};
use crate::text::SourceFile;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A file of `policies/`.
pub(super) struct File {
    /// Its path below `policies/`.
    pub(super) path: &'static str,
    /// Its text up to the examples.
    pub(super) text: &'static str,
    /// The examples behind it.
    pub(super) examples: &'static str,
    /// The tree of its text; none where it has to be parsed.
    tree: Option<Tree>,
}

impl File {
    /// Whether a file has this very text. Mostly it is the same one in the same place, and then none of
    /// half a million letters is read, nor brought in from the disk.
    fn is_text_of(&self, file: &SourceFile) -> bool {
        ptr::eq(self.text, file.text()) || self.text == file.text()
    }
}

/// The tree of a file of the pack that has the very text that is embedded.
pub(super) fn tree(path: &str, file: &Arc<SourceFile>) -> Option<Document> {
    let at = FILES
        .binary_search_by(|embedded| embedded.path.cmp(path))
        .ok()?;
    let embedded = &FILES[at];
    let tree = embedded.tree.filter(|_| embedded.is_text_of(file))?;
    Some(Document::embedded(Arc::clone(file), tree))
}

/// The digest of the embedded pack, where these are its files, with the very texts that are embedded.
pub(super) fn digest(files: &[(String, Arc<SourceFile>)]) -> Option<&'static str> {
    let is_same = |((path, file), embedded): (&(String, Arc<SourceFile>), &File)| {
        path == embedded.path && embedded.is_text_of(file)
    };
    let all = files.len() == FILES.len() && files.iter().zip(FILES).all(is_same);
    all.then_some(DIGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Limits, parse};

    #[test]
    fn every_embedded_tree_is_what_its_text_parses_to() {
        for embedded in FILES {
            let file = Arc::new(SourceFile::new(embedded.path, embedded.text));
            let parsed = parse(&file, Limits::default()).document.unwrap();
            let tree = tree(embedded.path, &file).expect(embedded.path);
            assert_eq!(
                format!("{parsed:?}"),
                format!("{tree:?}"),
                "{}",
                embedded.path
            );
        }
    }

    #[test]
    fn another_text_has_no_embedded_tree() {
        let file = Arc::new(SourceFile::new("laws.yaml", "act: {}\n"));
        assert!(tree("laws.yaml", &file).is_none());
    }
}
