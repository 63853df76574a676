//! Whatever is written, an answer.
