//! Every example of every policy, each under its own name: `theme/id › example`.

mod pack;

use std::process::ExitCode;
use std::sync::LazyLock;

use libtest_mimic::{Arguments, Failed, Trial};
use plangate::check::run_example;
use plangate::policy::Pack;

/// The built-in pack with its examples, and what is wrong with it.
static PACK: LazyLock<(Pack, Vec<String>)> = LazyLock::new(|| pack::load(&pack::folder()));

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("the pack loads", || {
        if PACK.1.is_empty() {
            Ok(())
        } else {
            Err(Failed::from(PACK.1.join("\n")))
        }
    })];
    for policy in PACK.0.policies.values() {
        for example in &policy.examples {
            let name = format!("{}/{} › {}", policy.theme, policy.id, example.name);
            trials.push(Trial::test(name, move || {
                run_example(&PACK.0, &pack::SCHEMA, policy, example).map_err(Failed::from)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
