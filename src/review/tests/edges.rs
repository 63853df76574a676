//! Situations of the reference's tables, by their numbers.

use ReviewState::{Approved, ChangesRequested, Commented, Dismissed, Pending};

use super::scene::{Scene, account, commit, key, of, want};
use crate::review::{Part, ReviewState, Signature, Why};

fn own_work(part: Part, commit: Option<&str>) -> Why {
    Why::OwnWork {
        part,
        commit: commit.map(Into::into),
    }
}

#[test]
fn edge_01_a_comment_after_an_approval_changes_nothing() {
    let scene = Scene::new().approved_by("ciso");
    scene.review(of("ciso"), Commented).is_approved();
}

#[test]
fn edge_02_who_asks_for_changes_after_approving_blocks() {
    let scene = Scene::new()
        .approved_by("ciso")
        .review(of("ciso"), ChangesRequested);
    scene.is_open(&[]);
    assert!(scene.outcome().is_blocked());
}

#[test]
fn edge_03_threat_10_a_dismissed_objection_wakes_no_older_approval() {
    let scene = Scene::new()
        .approved_by("ciso")
        .review(of("ciso"), Dismissed);
    scene.is_open(&[]);
    assert!(!scene.outcome().is_blocked());
}

#[test]
fn edge_04_a_dismissed_approval_is_none() {
    Scene::new().review(of("ciso"), Dismissed).is_open(&[]);
}

#[test]
fn edge_05_who_approves_after_asking_for_changes_approves() {
    Scene::new()
        .review(of("ciso"), ChangesRequested)
        .approved_by("ciso")
        .is_approved();
}

#[test]
fn edge_06_a_stranger_who_asks_for_changes_is_shown_and_blocks_nothing() {
    let scene = Scene::new().approved_by("ciso");
    let scene = scene.review(account(70, "stranger"), ChangesRequested);
    scene.is_approved();
    assert_eq!(scene.outcome().objections[0].person, None);
}

#[test]
fn edge_07_a_review_that_was_not_given_yet_is_none() {
    let scene = Scene::new().review(of("ciso"), Pending);
    scene
        .with(|snapshot| snapshot.reviews[0].submitted_at = None)
        .is_open(&[]);
}

#[test]
fn edge_08_edge_12_edge_13_an_approval_holds_while_the_meaning_is_the_same() {
    let scene = || Scene::new().review_at(of("ciso"), Approved, "h1");
    scene().is_open(&[Why::Stale]);
    scene().meaning("h1", 2).is_approved();
}

#[test]
fn edge_09_an_approval_of_a_lost_commit_is_named() {
    let scene = Scene::new().approved_by("ciso");
    scene
        .with(|snapshot| snapshot.reviews[0].commit = None)
        .is_open(&[Why::CommitGone]);
}

#[test]
fn edge_10_edge_11_threat_08_threat_09_a_push_back_and_forth_moves_no_approval() {
    // h2 is the head again; the approval was given for h1 in between.
    Scene::new()
        .review_at(of("ciso"), Approved, "h1")
        .is_open(&[Why::Stale]);
    Scene::new()
        .review_at(of("ciso"), Approved, "h2")
        .is_approved();
}

#[test]
fn edge_14_a_commit_that_cannot_be_read_any_more_means_something_else() {
    Scene::new()
        .review_at(of("ciso"), Approved, "gone")
        .is_open(&[Why::Stale]);
}

#[test]
fn edge_18_the_author_does_not_count() {
    Scene::new()
        .approved_by("author")
        .is_open(&[own_work(Part::Author, None)]);
}

#[test]
fn edge_19_edge_24_a_committer_does_not_count_and_the_forge_is_nobody() {
    let committed = |email: &str| {
        let scene = Scene::new().approved_by("ciso");
        scene.with(|snapshot| {
            snapshot
                .commits
                .push(commit("c1", "author@office.example", email));
        })
    };
    committed("CISO@office.example").is_open(&[own_work(Part::Committer, Some("c1"))]);
    committed("noreply@forge.example").is_approved();
}

#[test]
fn edge_20_who_only_merged_the_base_cleanly_had_no_hand_in_it() {
    let merged = |is_clean_merge| {
        let scene = Scene::new().approved_by("ciso");
        scene.with(|snapshot| {
            let mut merge = commit("m1", "ciso@office.example", "noreply@forge.example");
            merge.is_clean_merge = is_clean_merge;
            snapshot.commits.push(merge);
        })
    };
    merged(true).is_approved();
    merged(false).is_open(&[own_work(Part::Writer, Some("m1"))]);
}

#[test]
fn edge_21_who_suggested_a_line_does_not_approve_that_line_and_may_the_rest() {
    let suggested = |rule: &str| {
        let scene = Scene::new().approved_by("ciso");
        let touched = key(rule);
        scene.with(|snapshot| {
            let mut accepted = commit("s1", "author@office.example", "noreply@forge.example");
            accepted.co_authors = vec![Signature {
                email: "ciso@office.example".into(),
                account: None,
            }];
            accepted.is_suggestion = true;
            accepted.touches.insert(touched);
            snapshot.commits.push(accepted);
        })
    };
    suggested("another").is_approved();
    suggested("weakened").is_open(&[own_work(Part::CoAuthor, Some("s1"))]);
}

#[test]
fn edge_22_threat_11_a_commit_under_an_unknown_address_stops_everybody() {
    let scene = Scene::new()
        .approved_by("ciso")
        .commit("x1", "who@nowhere.example");
    scene.is_open(&[Why::UnattributedCommit("x1".into())]);
    assert_eq!(scene.outcome().unattributed[0].1, "who@nowhere.example");
}

#[test]
fn edge_23_threat_12_every_commit_counts_on_whatever_parent_it_came() {
    let scene = Scene::new()
        .approved_by("ciso")
        .commit("side", "ciso@office.example");
    scene.is_open(&[own_work(Part::Writer, Some("side"))]);
}

#[test]
fn threat_13_who_rebased_does_not_hide_who_wrote_and_who_pushed() {
    let scene = Scene::new().approved_by("ciso");
    let scene = scene.with(|snapshot| snapshot.pushers.push(of("ciso")));
    scene.is_open(&[own_work(Part::Pusher, None)]);
}

#[test]
fn threat_13_where_nobody_knows_who_pushed_nobody_approves() {
    let scene = Scene::new().approved_by("ciso");
    let scene = scene.with(|snapshot| snapshot.pushers.clear());
    assert!(scene.outcome().is_pusher_unknown);
    scene.is_open(&[Why::UnknownPusher]);
}

#[test]
fn edge_25_threat_15_a_program_never_counts_even_on_the_roster() {
    let mut robot = of("machine");
    robot.is_bot = true;
    Scene::new()
        .review(robot.clone(), Approved)
        .is_open(&[Why::Bot]);
    // Nor does it block.
    Scene::new()
        .approved_by("ciso")
        .review(robot, ChangesRequested)
        .is_approved();
}

#[test]
fn edge_26_an_account_that_is_called_a_user_counts_if_the_roster_has_it() {
    Scene::new().approved_by("machine").is_approved();
    Scene::new()
        .review(account(70, "helper"), Approved)
        .is_open(&[Why::NotOnRoster]);
}

#[test]
fn edge_27_an_account_that_is_gone_is_recorded_and_does_not_count() {
    let scene = Scene::new().approved_by("ciso");
    scene
        .with(|snapshot| snapshot.reviews[0].author = None)
        .is_open(&[Why::AccountGone]);
}

#[test]
fn edge_28_edge_29_an_account_is_known_by_its_number_and_its_name_in_any_case() {
    Scene::new()
        .review(account(2, "renamed-since"), Approved)
        .is_approved();
    Scene::new()
        .review(account(71, "ciso"), Approved)
        .is_open(&[Why::NotOnRoster]);
    Scene::new()
        .review(account(80, "UNNUMBERED"), Approved)
        .is_approved();
}

#[test]
fn edge_33_edge_34_a_role_is_held_when_approving_and_today() {
    // Given at 01:00 of the 21st in Taiwan.
    Scene::new().approved_by("coming").is_approved();
    Scene::new()
        .approved_by("former")
        .is_open(&[Why::RoleExpired]);
    let before = Scene::new().approved_by("coming").with(|snapshot| {
        snapshot.reviews[0].submitted_at = "2026-11-20T15:59:00Z".parse().ok();
    });
    before.is_open(&[Why::RoleExpired]);
}

#[test]
fn edge_35_threat_16_one_person_fills_one_role() {
    let two_roles = || Scene::new().demand("grade", vec![want("局長", "bureau", 1)]);
    let alone = two_roles().approved_by("both");
    assert!(!alone.outcome().is_approved());
    assert_eq!(alone.outcome().ignored[0].why, Why::FillsAnotherRole);
    // Who can act for both gives way to who can act for one.
    let with_ciso = two_roles().approved_by("both").approved_by("ciso");
    with_ciso.is_approved();
    assert_eq!(with_ciso.filled(0), [["ciso"]]);
    assert_eq!(with_ciso.filled(1), [["both"]]);
    two_roles()
        .approved_by("both")
        .approved_by("director")
        .is_approved();
}

#[test]
fn one_person_in_one_role_approves_for_every_rule_that_asks_for_it() {
    let scene = Scene::new().demand("another", vec![want("資安長", "office", 1)]);
    scene.approved_by("ciso").is_approved();
}

#[test]
fn as_many_people_as_the_rule_counts() {
    let two = || Scene::new().demand("grade", vec![want("資安長", "office", 2)]);
    let one = two().approved_by("ciso");
    assert_eq!(one.outcome().approvals[1].filled[0].missing, 1);
    two()
        .approved_by("ciso")
        .approved_by("machine")
        .is_approved();
}

#[test]
fn edge_36_who_is_asked_again_approves_again() {
    let scene = Scene::new().approved_by("ciso");
    let scene = scene.with(|snapshot| snapshot.pull_request.requested.push(of("ciso")));
    scene.is_open(&[Why::AskedAgain]);
}

#[test]
fn a_role_in_another_agency_or_another_role_is_named() {
    Scene::new()
        .approved_by("foreign")
        .is_open(&[Why::WrongAgency]);
    Scene::new()
        .approved_by("director")
        .is_open(&[Why::RoleNotAsked]);
}

#[test]
fn who_is_awaited_holds_the_role_and_had_no_hand_in_it() {
    let scene = Scene::new();
    let outcome = scene.outcome();
    let awaited = outcome.approvals[0].filled[0].awaited.iter();
    let names: Vec<&str> = awaited.map(|&at| &*scene.roster.people[at].id).collect();
    assert_eq!(names, ["ciso", "both", "coming", "unnumbered", "machine"]);
}

#[test]
fn every_reason_says_what_it_is_in_both_languages() {
    let reasons = [
        Why::AccountGone,
        Why::Bot,
        Why::NotOnRoster,
        Why::RoleNotAsked,
        Why::WrongAgency,
        Why::RoleExpired,
        own_work(Part::Author, None),
        own_work(Part::CoAuthor, Some("0123456789")),
        Why::UnattributedCommit("0123456789".into()),
        Why::Stale,
        Why::CommitGone,
        Why::AfterMerge,
        Why::AskedAgain,
        Why::FillsAnotherRole,
    ];
    for why in reasons {
        let told = why.told();
        assert!(!told.zh_tw.is_ascii() && told.en.is_ascii(), "{told:?}");
        assert!(
            !told.zh_tw.ends_with('。') && !told.en.ends_with('.'),
            "{told:?}"
        );
    }
}
