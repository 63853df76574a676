//! The built-in pack, embedded by `build.rs`: the folder `policies/` is the list.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
