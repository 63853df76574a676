//! The table of statuses.

use super::scene::Scene;
use crate::review::statuses::{
    self, Context, Counts, Ground, MAX_DESCRIPTION, State, Status, policies,
};
use crate::review::{ReviewState, Standing};
use crate::text::{Language, Localized};

fn judged(counts: Counts) -> Status {
    policies(&Ground::Judged(counts), None)
}

#[test]
fn what_the_change_brings_blocks() {
    let of = |counts| judged(counts).state;
    assert_eq!(
        of(Counts {
            new_failures: 1,
            ..Counts::default()
        }),
        State::Failure
    );
    assert_eq!(
        of(Counts {
            new_unknowns: 1,
            ..Counts::default()
        }),
        State::Failure
    );
    assert_eq!(
        of(Counts {
            grace_for_owed: 1,
            ..Counts::default()
        }),
        State::Failure
    );
}

#[test]
fn what_the_base_had_too_is_counted_and_does_not_block() {
    let status = judged(Counts {
        old: 3,
        delegated: 2,
        ..Counts::default()
    });
    assert_eq!(status.state, State::Success);
    assert_eq!(
        status.description.zh_tw,
        "沒有新的事項；3 項原有事項、2 項由文件規定"
    );
    assert_eq!(
        judged(Counts::default()).description.en,
        "nothing to attend to"
    );
}

#[test]
fn edge_47_edge_69_what_touches_no_plan_or_is_not_set_up_passes_and_says_so() {
    assert_eq!(
        policies(&Ground::NothingTouched, None).description.zh_tw,
        "與計畫無關"
    );
    let status = policies(&Ground::NotConfigured, None);
    assert_eq!(status.state, State::Success);
    assert!(status.description.en.starts_with("not configured"));
}

#[test]
fn threat_26_threat_27_what_could_not_be_read_is_an_error() {
    let why = Localized::new("檔案清單不完整", "the list of files was cut short");
    assert_eq!(policies(&Ground::NotTold(why), None).state, State::Error);
}

#[test]
fn threat_07_a_foreign_writer_of_our_context_turns_it_red_whatever_is_true() {
    for ground in [
        Ground::Judged(Counts::default()),
        Ground::NothingTouched,
        Ground::NotConfigured,
    ] {
        assert_eq!(policies(&ground, Some("stranger")).state, State::Failure);
    }
}

fn approval(scene: &Scene) -> Status {
    let awaited = Localized::new("資安長", "the 資安長");
    let ground = Ground::Judged(scene.outcome());
    statuses::approval(&scene.snapshot.pull_request, &ground, &awaited, None)
}

#[test]
fn approvals_are_awaited_by_name_and_then_there() {
    let status = approval(&Scene::new());
    assert_eq!(
        (status.state, &*status.description.zh_tw),
        (State::Pending, "待核准：資安長")
    );
    assert_eq!(
        approval(&Scene::new().approved_by("ciso")).state,
        State::Success
    );
}

#[test]
fn edge_37_edge_38_edge_42_a_draft_and_a_conflict_wait_though_all_have_approved() {
    let draft = Scene::new().approved_by("ciso").with(|snapshot| {
        snapshot.pull_request.is_draft = true;
    });
    assert_eq!(approval(&draft).state, State::Pending);
    let ready = draft.with(|snapshot| snapshot.pull_request.is_draft = false);
    assert_eq!(approval(&ready).state, State::Success);
    let conflict = ready.with(|snapshot| snapshot.pull_request.standing = Standing::Conflict);
    assert_eq!(approval(&conflict).state, State::Pending);
}

#[test]
fn an_objection_of_the_roster_is_red() {
    let scene = Scene::new().approved_by("machine");
    let scene = scene.review(super::scene::of("ciso"), ReviewState::ChangesRequested);
    assert_eq!(approval(&scene).state, State::Failure);
}

#[test]
fn edge_16_edge_17_a_context_is_of_one_base() {
    assert_eq!(Context::Approval.name("main"), "plangate/approval (main)");
    assert_ne!(
        Context::Approval.name("main"),
        Context::Approval.name("release")
    );
}

#[test]
fn a_long_line_is_cut_between_characters() {
    let status = Status {
        context: Context::Approval,
        state: State::Pending,
        description: Localized::same("資安長".repeat(40)),
    };
    let line = status.line(Language::ZhTw);
    assert!(
        line.len() <= MAX_DESCRIPTION && line.ends_with('…'),
        "{line}"
    );
}
