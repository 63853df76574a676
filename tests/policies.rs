//! Every example of every policy, each under its own name: `theme/id › example`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use libtest_mimic::{Arguments, Failed, Trial};
use plangate::check::run_example;
use plangate::plan::Schema;
use plangate::policy::{Pack, PackSource};
use plangate::text::SourceFile;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let text = include_str!("../policies/schema/plan.schema.json");
    Schema::parse(text).expect("the plan schema reads")
});

/// The built-in pack with its examples, as it stands in the folder.
static PACK: LazyLock<(Pack, Vec<String>)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let source = PackSource {
        name: "builtin".into(),
        files,
        local: false,
    };
    let (pack, findings) = Pack::load(&[source], &SCHEMA);
    let told = findings.iter().map(|finding| {
        let at = finding.place.start();
        let file = finding.place.file.name();
        format!("{file}:{}:{}: {}", at.line, at.column, finding.message.en)
    });
    (pack, told.collect())
});

#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the pack from its folder"
)]
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Arc<SourceFile>)>) {
    for entry in std::fs::read_dir(folder).expect("the folder reads") {
        let path = entry.expect("the entry reads").path();
        let name = path
            .strip_prefix(root)
            .expect("below")
            .to_string_lossy()
            .replace('\\', "/");
        if path.is_dir() {
            collect(root, &path, files);
        } else if name.ends_with(".yaml") && name != "obligations.yaml" {
            let text = std::fs::read_to_string(&path).expect("the file reads");
            files.push((
                name.clone(),
                Arc::new(SourceFile::new(format!("policies/{name}"), text)),
            ));
        }
    }
}

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
                run_example(&PACK.0, &SCHEMA, policy, example).map_err(Failed::from)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
