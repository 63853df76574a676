//! Every format over a sample run built by hand: golden files, schemas, hostile values.
//!
//! `UPDATE=1 cargo test --test report` rewrites `tests/goldens/report/`.

mod draft;
mod failing;
mod goldens;
mod hostile;
mod places;
mod pull_request;
mod quiet;
mod sample;
mod schemas;
mod together;

use plangate::check::Outcome;
use plangate::report::{Format, Options, render};

/// The output as text; every format writes UTF-8.
fn written(format: Format, outcome: &Outcome, options: Options) -> String {
    let mut out = Vec::new();
    render(format, outcome, options, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("the output is UTF-8")
}
