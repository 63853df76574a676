//! Local packs that edit, loosen or clash: each is refused, at its place.

use crate::BUREAU;
use crate::world::{Run, folder, run};

const PERSONNEL: &str = include_str!(
    "../../fixtures/packs/jia-bureau/personnel/fewer-personnel-than-the-bureau-asks.yaml"
);
const NOTIFICATION: &str = include_str!(
    "../../fixtures/packs/jia-bureau/incidents/notified-later-than-the-bureau-asks.yaml"
);
const LAWS: &str = include_str!("../../fixtures/packs/jia-bureau/laws.yaml");

/// What is told of a pack of these files, which must not load.
fn told(files: &[(&str, &str)]) -> String {
    let mut all = vec![("yi/laws.yaml", LAWS)];
    all.extend(files);
    let pack = folder(&all);
    let Run { out, err, code } = run(&[
        "policy",
        "list",
        "--policies",
        &pack.path("yi"),
        "--lang",
        "en",
    ]);
    assert_eq!((code, &*out), (2, ""), "{err}");
    err
}

fn replaced(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old} is not there to replace");
    text.replace(old, new)
}

fn says(told: &str, place: &str, words: &str) {
    assert!(told.contains(place) && told.contains(words), "{told}");
}

#[test]
fn a_figure_one_step_looser_in_one_grade_does_not_load() {
    for looser in [
        "{ A: 3, B: 3, C: 2 }",
        "{ A: 5, B: 1, C: 2 }",
        "{ A: 5, B: 3, C: 0 }",
    ] {
        let text = replaced(PERSONNEL, "{ A: 5, B: 3, C: 2 }", looser);
        let told = told(&[("yi/personnel/fewer.yaml", &text)]);
        says(
            &told,
            "fewer.yaml:3:11",
            "looser than the built-in too-few-dedicated-personnel",
        );
    }
}

#[test]
fn more_time_does_not_load() {
    let text = replaced(
        PERSONNEL,
        "deadline: { within: 1y,",
        "deadline: { within: 2y,",
    );
    let told = told(&[("yi/personnel/fewer.yaml", &text)]);
    says(&told, "fewer.yaml:3:11", "looser than the built-in");
    let text = replaced(NOTIFICATION, "{ within: 30min }", "{ within: 61min }");
    let told = self::told(&[("yi/incidents/later.yaml", &text)]);
    says(
        &told,
        "later.yaml:3:11",
        "looser than the built-in notification-too-late",
    );
}

#[test]
fn a_duty_of_another_kind_is_no_tightening() {
    let text = replaced(
        NOTIFICATION,
        "incidents.notify.within",
        "incidents.report.within",
    );
    let told = told(&[("yi/incidents/later.yaml", &text)]);
    says(&told, "later.yaml:3:11", "notification-too-late");
}

#[test]
fn a_built_in_policy_cannot_be_edited() {
    let text = replaced(PERSONNEL, "tightens: too-few-dedicated-personnel\n", "");
    let told = told(&[("yi/personnel/too-few-dedicated-personnel.yaml", &text)]);
    says(
        &told,
        "too-few-dedicated-personnel.yaml:1:",
        "the built-in policy too-few-dedicated-personnel cannot be edited",
    );
}

#[test]
fn what_is_tightened_must_be_there() {
    let text = replaced(
        NOTIFICATION,
        "tightens: notification-too-late",
        "tightens: notification-to-late",
    );
    let told = told(&[("yi/incidents/later.yaml", &text)]);
    says(
        &told,
        "later.yaml:3:11",
        "did you mean notification-too-late?",
    );
}

#[test]
fn an_id_stands_once() {
    let told = told(&[
        ("yi/incidents/later.yaml", NOTIFICATION),
        ("yi/other/later.yaml", NOTIFICATION),
    ]);
    says(&told, "other/later.yaml:1:", "yi/later stands twice");
}

#[test]
fn two_packs_of_one_name_clash() {
    let other = folder(&[(
        "jia-bureau/incidents/notified-later-than-the-bureau-asks.yaml",
        NOTIFICATION,
    )]);
    let Run { err, code, .. } = run(&[
        "policy",
        "list",
        "--policies",
        BUREAU,
        "--policies",
        &other.path("jia-bureau"),
        "--lang",
        "en",
    ]);
    assert_eq!(code, 2);
    says(&err, "asks.yaml:1:", "stands twice");
}

#[test]
fn a_law_of_the_state_cannot_be_edited() {
    let laws = "act:\n  editions: [{ id: \"1\", from: 2019-01-01, name: { zh-TW: 甲, en: a } }]\n";
    let pack = folder(&[("yi/laws.yaml", laws)]);
    let Run { err, code, .. } = run(&[
        "policy",
        "list",
        "--policies",
        &pack.path("yi"),
        "--lang",
        "en",
    ]);
    assert_eq!(code, 2);
    says(&err, "laws.yaml:1:1", "law act stands twice");
}
