//! Plans → groups that can be judged apart and written one after the other.
//!
//! A report is sorted by the names of files. The files of a plan lie in its folder, so that plans of
//! different folders never mix, and what is found in one can be written before the next is read. A
//! plan that lies inside of another's folder belongs with it.

use std::collections::VecDeque;
use std::iter;
use std::ops::{ControlFlow, Range};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use rayon::Yield;

/// How many groups are written as one, and how many such batches are judged ahead of the one that is awaited:
/// enough that no core waits for the largest plan of a batch or for the writing, few enough that memory does
/// not grow with the number of plans.
const BATCH: usize = 128;
const AHEAD: usize = 2;
/// How long this thread waits for a batch that others finish before it looks for work again.
const LOOK_AGAIN: Duration = Duration::from_micros(200);

/// The groups of plans with these names, in their order; one group where they are not in order.
pub(super) fn groups(names: &[&str]) -> Vec<Range<usize>> {
    if !names.is_sorted() {
        return iter::once(0..names.len()).collect();
    }
    let mut groups: Vec<(&str, Range<usize>)> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let mut folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut start = at;
        while let Some((other, range)) = groups.last()
            && (is_within(other, folder) || is_within(folder, other))
        {
            start = range.start;
            folder = if is_within(folder, other) {
                other
            } else {
                folder
            };
            groups.pop();
        }
        groups.push((folder, start..at + 1));
    }
    groups.into_iter().map(|(_, range)| range).collect()
}

/// Judges groups on all cores, a batch ahead of another, and hands what each batch came to over in their
/// order, on this thread. Where one breaks, those that are under way are still judged and not handed over.
pub(super) fn in_order<J: Send, B>(
    groups: &[Range<usize>],
    judge: impl Fn(&[Range<usize>]) -> J + Sync,
    mut write: impl FnMut(J) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let judge = &judge;
    let mut batches = groups.chunks(BATCH);
    rayon::in_place_scope_fifo(|scope| {
        let begin = |batch| {
            let (hand, awaited) = mpsc::sync_channel(1);
            scope.spawn_fifo(move |_| {
                // Nobody awaits it where another batch broke.
                let _ = hand.send(judge(batch));
            });
            awaited
        };
        let mut ahead: VecDeque<_> = batches.by_ref().take(1 + AHEAD).map(begin).collect();
        while let Some(awaited) = ahead.pop_front() {
            let judged = working(&awaited);
            ahead.extend(batches.next().map(begin));
            write(judged)?;
        }
        ControlFlow::Continue(())
    })
}

/// What is awaited; this thread works too until it is there, where it is one of those that judge.
fn working<J>(awaited: &Receiver<J>) -> J {
    loop {
        let came = match rayon::yield_now() {
            Some(Yield::Executed) => awaited.recv_timeout(Duration::ZERO),
            Some(Yield::Idle) => awaited.recv_timeout(LOOK_AGAIN),
            None => awaited.recv().map_err(RecvTimeoutError::from),
        };
        match came {
            Ok(judged) => return judged,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => panic!("internal: a batch was not judged"),
        }
    }
}

/// Whether a folder is another or lies in it; everything lies in the one without a name.
fn is_within(inner: &str, outer: &str) -> bool {
    let below = || {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    outer.is_empty() || inner == outer || below()
}

#[cfg(test)]
mod tests {
    use std::panic;
    use std::slice;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    fn check(names: &[&str], expected: &[Range<usize>]) {
        assert_eq!(groups(names), expected, "{names:?}");
    }

    #[test]
    fn plans_of_different_folders_are_apart() {
        check(
            &[
                "plans/a/plan.yaml",
                "plans/ab/plan.yaml",
                "plans/b/plan.yaml",
            ],
            &[0..1, 1..2, 2..3],
        );
        check(&[], &[]);
    }

    #[test]
    fn a_plan_inside_of_another_is_written_with_it() {
        check(
            &[
                "a/b/plan.yaml",
                "a/c/plan.yaml",
                "a/plan.yaml",
                "a/z/plan.yaml",
                "b/plan.yaml",
            ],
            &[0..4, 4..5],
        );
        check(
            &["a/draft.yaml", "a/plan.yaml", "b/plan.yaml"],
            &[0..2, 2..3],
        );
    }

    #[test]
    fn a_plan_at_the_top_or_out_of_order_keeps_all_together() {
        let check = |names: &[&str]| check(names, slice::from_ref(&(0..names.len())));
        check(&["a/plan.yaml", "b/plan.yaml", "plan.yaml"]);
        check(&["b/plan.yaml", "<stdin>"]);
    }

    fn many(batches: usize) -> Vec<Range<usize>> {
        (0..BATCH * batches).map(|at| at..at + 1).collect()
    }

    /// On a thread that waits for others, and on one that is itself of those that judge, alone and not.
    fn on_any_thread(asked: impl Fn() + Sync) {
        asked();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            pool.build().expect("threads").install(&asked);
        }
    }

    #[test]
    fn batches_are_handed_over_in_their_order_whichever_is_judged_first() {
        let groups = many(7);
        let first_is_late = |batch: &[Range<usize>]| {
            if batch[0].start == 0 {
                thread::sleep(Duration::from_millis(20));
            }
            batch.to_vec()
        };
        on_any_thread(|| {
            let mut handed = Vec::new();
            let ended = in_order(&groups, first_is_late, |batch| {
                handed.extend(batch);
                ControlFlow::<()>::Continue(())
            });
            assert!(ended.is_continue());
            assert_eq!(handed, groups);
        });
    }

    #[test]
    fn after_a_break_nothing_is_handed_over_and_little_is_judged() {
        let groups = many(40);
        on_any_thread(|| {
            let judged = AtomicUsize::new(0);
            let judge = |batch: &[Range<usize>]| {
                judged.fetch_add(1, Ordering::Relaxed);
                batch[0].start / BATCH
            };
            let mut handed = Vec::new();
            let ended = in_order(&groups, judge, |batch| {
                handed.push(batch);
                if batch == 3 {
                    return ControlFlow::Break("the pipe is closed");
                }
                ControlFlow::Continue(())
            });
            assert_eq!(ended, ControlFlow::Break("the pipe is closed"));
            assert_eq!(handed, [0, 1, 2, 3]);
            let under_way = 4 + 1 + AHEAD;
            assert_eq!(judged.into_inner(), under_way);
        });
    }

    #[test]
    fn a_batch_that_panics_ends_the_run() {
        let groups = many(5);
        let judge = |batch: &[Range<usize>]| assert!(batch[0].start != BATCH, "of the second");
        on_any_thread(|| {
            let run = || in_order(&groups, judge, |()| ControlFlow::<()>::Continue(()));
            assert!(panic::catch_unwind(panic::AssertUnwindSafe(run)).is_err());
        });
    }
}
