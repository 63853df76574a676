//! Threats to pull requests, by their number in the reference.
