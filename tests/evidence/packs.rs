//! The built-in pack as files.

#![expect(clippy::disallowed_methods, reason = "a test changes its own files")]

use crate::scene::Scene;
use crate::world::{folder, run};

#[test]
fn an_exported_pack_judges_as_the_built_in_one() {
    let scene = Scene::new();
    let receipt = scene.receipt();
    let root = folder(&[("none/none", "")]);
    let pack = root.path("pack");
    let exported = run(&["pack", "export", &pack, "--lang", "en"]);
    assert_eq!(exported.code, 0, "{}", exported.err);
    let digest = receipt["packs"][0]["sha256"].as_str().unwrap();
    assert!(exported.out.contains(digest), "{}", exported.out);
    let verified = scene.verify(&receipt, &["--pack", &pack]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);

    let laws = format!("{pack}/laws.yaml");
    let text = std::fs::read_to_string(&laws).unwrap();
    std::fs::write(laws, text + "# one line more\n").unwrap();
    let verified = scene.verify(&receipt, &["--pack", &pack]);
    assert_eq!(
        verified.code, 2,
        "another pack proves nothing: {}",
        verified.out
    );
}

#[test]
fn a_pack_is_exported_into_a_new_folder_only() {
    let root = folder(&[("pack/own.yaml", "{}\n")]);
    let run = run(&["pack", "export", &root.path("pack")]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("已有檔案"), "{}", run.err);
}
