//! The edge cases and threats of approvals, each under the number that it has in the reference.

mod edges;
mod properties;
mod rules;
mod scene;
mod statuses;
mod writes;
