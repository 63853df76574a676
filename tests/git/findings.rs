//! What stands in place of a plan's file is a finding at that file, and never read.

use crate::builder::{Built, FILE, LINK, SUBMODULE, TREE, plan};
use crate::revisions::check;

/// A repository whose only plan folder holds these entries.
fn with(entries: &[(&[u8], i32, git2::Oid)], built: &Built) {
    let folder = built.tree(entries);
    let plans = built.tree(&[(b"a", TREE, folder)]);
    built.commit(built.tree(&[(b"plans", TREE, plans)]), "試");
}

fn finds(built: &Built, path: &str, rule: &str, at: &str) {
    let run = check(&built.folder(), path);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains(&format!("error[{rule}]")), "{}", run.out);
    assert!(run.out.contains(&format!("--> {at}")), "{}", run.out);
}

#[test]
fn a_link_is_not_followed() {
    let built = Built::new();
    let secret = built.blob(b"/etc/passwd");
    with(&[(b"plan.yaml", LINK, secret)], &built);
    finds(&built, "HEAD:plans", "source/link", "plans/a/plan.yaml");
    finds(
        &built,
        "HEAD:plans/a/plan.yaml",
        "source/link",
        "plans/a/plan.yaml",
    );
    let sound = built.blob(plan("1.0").as_bytes());
    with(
        &[(b"bodies.yaml", LINK, secret), (b"plan.yaml", FILE, sound)],
        &built,
    );
    finds(&built, "HEAD:plans", "source/link", "plans/a/bodies.yaml");
}

#[cfg(unix)]
#[test]
fn nor_is_it_in_a_work_tree() {
    let annexes = "annexes: [{ id: one, path: annexes/one.yaml }]\n";
    let text = plan("1.0") + annexes;
    let laid = crate::world::folder(&[
        ("plans/a/plan.yaml", &text),
        ("plans/a/annexes/two.yaml", ""),
        ("controls.yaml", "health_check: { every: 3y }\n"),
    ]);
    for name in ["controls.yaml", "annexes/one.yaml"] {
        let link = laid.path(&format!("plans/a/{name}"));
        std::os::unix::fs::symlink(laid.path("controls.yaml"), &link).expect("a link");
        let run = crate::world::run(&["check", &laid.path("plans")]);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        assert!(run.out.contains("error[source/link]"), "{}", run.out);
        assert!(run.out.contains(&format!("--> {link}")), "{}", run.out);
        std::fs::remove_file(link).expect("it is ours");
    }
}

/// Links below `plans`, beside a folder with a plan, and whether they are told.
#[test]
fn a_link_in_place_of_a_plan_is_told() {
    let built = Built::new();
    let texts = [
        ("plans/a/plan.yaml", plan("1.0")),
        ("plans/a/attachments/figure.txt", String::new()),
        ("store/b/plan.yaml", plan("1.0")),
        (".store/b/plan.yaml", plan("1.0")),
        ("docs/readme.md", String::new()),
    ];
    let texts = texts.each_ref().map(|(path, text)| (*path, text.as_str()));
    let top = built.repository.find_tree(built.files(&texts));
    let top = top.expect("a tree");
    for (at, to, is_told) in [
        ("plans/b", "../store/b", true),
        ("plans/b", "../store", true),
        ("plans/b", "../.store/b", true),
        ("plans/b", "a", true),
        ("plans/b", "../nowhere", true),
        ("plans/b", "/srv/plans/b", true),
        ("plans/b", "../../elsewhere/b", true),
        ("plans/b", "b", true),
        ("plans/a/old", "../../store/b", true),
        ("plans/a/old", "../../nowhere", false),
        ("plans/docs", "../docs", false),
        ("plans/readme", "../docs/readme.md", false),
        ("plans/a/all", "..", false),
        ("plans/.b", "../store/b", false),
    ] {
        let mut changed = git2::build::TreeUpdateBuilder::new();
        changed.upsert(at, built.blob(to.as_bytes()), git2::FileMode::Link);
        let changed = changed.create_updated(&built.repository, &top);
        built.commit(changed.expect("a tree"), "試");
        let run = check(&built.folder(), "HEAD:plans");
        let told = run.out.contains(&format!("--> {at}/plan.yaml"));
        let told = told && run.out.contains("error[source/link]");
        assert_eq!(told, is_told, "{at} -> {to}: {}{}", run.out, run.err);
        assert_eq!(run.code, u8::from(is_told), "{at} -> {to}");
    }
}

#[test]
fn a_submodule_in_place_of_a_plan_is_told() {
    let built = Built::sound();
    let commit = built
        .repository
        .refname_to_id("refs/heads/main")
        .expect("main");
    with(&[(b"plan.yaml", SUBMODULE, commit)], &built);
    finds(
        &built,
        "HEAD:plans",
        "source/submodule",
        "plans/a/plan.yaml",
    );
    // Beside the folders of plans it hides one; elsewhere it is none of our business.
    let folder = built.files(&[("plan.yaml", &plan("1.0"))]);
    let plans = built.tree(&[(b"a", TREE, folder), (b"b", SUBMODULE, commit)]);
    built.commit(
        built.tree(&[(b"plans", TREE, plans), (b"vendor", SUBMODULE, commit)]),
        "試",
    );
    finds(&built, "HEAD:", "source/submodule", "plans/b/plan.yaml");
    let run = check(&built.folder(), "HEAD:");
    assert!(!run.out.contains("vendor"), "{}", run.out);
}

#[test]
fn an_lfs_pointer_is_not_a_plan() {
    let built = Built::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n";
    with(
        &[(b"plan.yaml", FILE, built.blob(pointer.as_bytes()))],
        &built,
    );
    finds(
        &built,
        "HEAD:plans",
        "source/lfs-pointer",
        "plans/a/plan.yaml",
    );
    // The same pointer, checked out without the filter.
    let laid = crate::world::folder(&[("plan.yaml", pointer)]);
    let run = crate::world::run(&["check", &laid.path("plan.yaml")]);
    assert!(run.out.contains("error[source/lfs-pointer]"), "{}", run.out);
}

#[test]
fn names_that_no_path_can_hold_are_told() {
    for name in [&b"\xA4\xA4"[..], b"..", b".git", b"a\nb", b"a\\b"] {
        let built = Built::new();
        let folder = built.files(&[("plan.yaml", &plan("1.0"))]);
        let plans = built.tree(&[(name, TREE, folder)]);
        built.commit(built.tree(&[(b"plans", TREE, plans)]), "試");
        let run = check(&built.folder(), "HEAD:plans");
        if name == b".git" || name == b".." {
            // As in a work tree, a folder whose name begins with a dot holds no plans.
            assert_eq!(run.code, 2, "{}{}", run.out, run.err);
        } else {
            assert_eq!(run.code, 1, "{}{}", run.out, run.err);
            assert!(run.out.contains("error[source/name]"), "{}", run.out);
        }
    }
}

#[test]
fn a_file_over_the_limit_is_never_unpacked() {
    let built = Built::new();
    let huge = built.blob(&vec![b' '; (1 << 20) + 1]);
    with(&[(b"plan.yaml", FILE, huge)], &built);
    finds(
        &built,
        "HEAD:plans",
        "syntax/too-large",
        "plans/a/plan.yaml",
    );
    let most = built.blob(&vec![b'#'; 1 << 20]);
    with(&[(b"plan.yaml", FILE, most)], &built);
    let run = check(&built.folder(), "HEAD:plans");
    assert!(!run.out.contains("too-large"), "{}", run.out);
}
