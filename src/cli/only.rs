//! One plan alone, the usual run before a commit: judging it keeps one core busy, and this is what the
//! others do meanwhile. Nothing of it changes what is found.

use std::sync::atomic::{AtomicBool, Ordering};

use super::plans::{self, Found, Read};
use crate::check::Judge;
use crate::source::SourceError;

/// A plan as read, or why it could not be.
pub(super) type Early = Result<Read, SourceError>;

/// Reads the only plan while the packs are loading.
pub(super) fn read<T>(found: Option<&[Found]>, load: impl FnOnce() -> T) -> (T, Option<Early>) {
    let Some([only]) = found else {
        return (load(), None);
    };
    let mut read = None;
    let loaded = rayon::in_place_scope(|scope| {
        scope.spawn(|_| read = Some(plans::read(only)));
        load()
    });
    (loaded, read)
}

/// Judges, while expressions of a pack are compiled for the only plan, those first that it will be asked
/// last.
pub(super) fn judge<T>(judge: &Judge<'_>, plans: usize, judged: impl FnOnce() -> T) -> T {
    if plans != 1 {
        return judged();
    }
    let is_done = AtomicBool::new(false);
    rayon::in_place_scope(|scope| {
        scope.spawn(|_| judge.prepare(|| !is_done.load(Ordering::Relaxed)));
        let result = judged();
        is_done.store(true, Ordering::Relaxed);
        result
    })
}
