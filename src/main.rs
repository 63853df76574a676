//! The binary: hands the process to [`plangate::cli::main`] and returns its exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A quarter of a check is asking for memory and giving it back; this one answers sooner (docs/performance.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    plangate::cli::main()
}
