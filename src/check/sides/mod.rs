//! A plan beside what it was.
//!
//! In: the plan on both sides of a change, with what each came to. Out: which findings are new, what a
//! change gave up, and the judgement of the transition policies. Knows nothing of Git.

pub(in crate::check) mod against;
pub(in crate::check) mod before;
pub(in crate::check) mod between;
pub(in crate::check) mod called;
pub(in crate::check) mod duties;
pub(in crate::check) mod lost;
pub(in crate::check) mod of_change;
pub(in crate::check) mod restored;
pub(in crate::check) mod rewritten;
