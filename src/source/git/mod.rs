//! Revisions of a Git repository, read as objects.
//!
//! In: `REV:PATH` as a user typed it. Out: the files of that revision, the commits in which a plan's
//! folder changed, and what commits and tags say in trailers. Knows nothing of YAML. The only module
//! that knows libgit2. Invariant: nothing but objects, references and the repository's configuration
//! is read: no checkout, no hook, no filter, no index, no `git` program; the network is used, and
//! objects are written, in [`fetch`] alone.

mod commit;
mod delta;
mod differing;
mod error;
pub mod fetch;
mod folder;
mod history;
mod keep;
mod landed;
mod links;
mod object;
mod plans;
mod proposed;
mod renames;
mod repository;
mod revision;
mod several;
mod tags;
mod way;

pub use commit::{Commit, Trailer};
pub use delta::{Delta, DeltaLines};
pub use error::{GitError, Remedy};
pub use folder::RevisionFolder;
pub use history::Step;
pub use keep::Keep;
pub use landed::Landed;
pub use object::ObjectId;
pub use proposed::Proposed;
pub use renames::moved;
pub use repository::Repository;
pub use revision::{Revision, Typed};
pub use tags::Tag;
