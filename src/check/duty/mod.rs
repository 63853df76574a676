//! One duty of one body under one law date → one judgement.
//!
//! In: a scene. Out: the verdict, what decided it, when it falls due; over several dates and for bodies or
//! rows that no expression tells apart, once. Puts nothing into words.

pub(in crate::check) mod alike;
pub(in crate::check) mod deadline;
pub(in crate::check) mod decided;
pub(in crate::check) mod entries;
pub(in crate::check) mod explain;
pub(in crate::check) mod group;
pub(in crate::check) mod judge;
pub(in crate::check) mod over_dates;
