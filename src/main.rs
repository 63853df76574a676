//! The binary: hands the process to [`plangate::cli::main`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    plangate::cli::main()
}
