//! What is posted: nothing twice, nothing lost, nothing of others touched.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use crate::review::anchor::Anchor;
use crate::review::marker::Marker;
use crate::review::writes::{Desired, Own, Posted, PostedKind, Superseded, Wanted, Write, plan};

const OWN: Own = Own {
    account: 41,
    app: Some(5),
};

fn wanted(id: &str, text: &str) -> Wanted {
    Wanted {
        id: id.to_owned(),
        anchor: Anchor::File {
            path: Arc::from("plans/a/plan.yaml"),
        },
        text: text.to_owned(),
    }
}

fn desired(comments: &[(&str, &str)]) -> Desired {
    Desired {
        comments: comments.iter().map(|(id, text)| wanted(id, text)).collect(),
        holding: comments.iter().map(|(id, _)| (*id).to_owned()).collect(),
        summary: format!("{} findings", comments.len()),
        fixed: "fixed".to_owned(),
    }
}

/// A forge that carries writes out, as far as it is told to.
#[derive(Default, Clone)]
struct Forge {
    posted: Vec<Posted>,
    folded: BTreeSet<u64>,
}

impl Forge {
    fn post(&mut self, kind: PostedKind, body: &str) {
        let id = self.posted.len() as u64 + 1;
        self.posted.push(Posted {
            id,
            kind,
            author: Some(OWN.account),
            app: OWN.app,
            body: body.to_owned(),
            has_replies: false,
            is_folded: Some(false),
        });
    }

    fn carry_out(&mut self, write: &Write) {
        match write {
            Write::Comment { body, .. } => self.post(PostedKind::Diff, body),
            Write::Summary { body } => self.post(PostedKind::Conversation, body),
            Write::Edit { comment, body, .. } => {
                let mut posted = self.posted.iter_mut();
                let posted = posted
                    .find(|posted| posted.id == *comment)
                    .expect("it stands");
                posted.body.clone_from(body);
            }
            Write::Fold { comment, .. } | Write::Unfold { comment, .. } => {
                let is_folded = matches!(write, Write::Fold { .. });
                if is_folded {
                    self.folded.insert(*comment);
                } else {
                    self.folded.remove(comment);
                }
                let mut posted = self.posted.iter_mut();
                let posted = posted
                    .find(|posted| posted.id == *comment)
                    .expect("it stands");
                posted.is_folded = Some(is_folded);
            }
        }
    }

    /// Runs to the end, or until an answer gets lost after `reach` writes.
    fn run(&mut self, desired: &Desired, run: u64, reach: usize) {
        let writes = plan(&self.posted, desired, OWN, run).expect("no later run");
        for write in writes.iter().take(reach) {
            self.carry_out(write);
        }
    }

    /// Which findings are said to hold.
    fn open(&self) -> Vec<String> {
        let markers = self
            .posted
            .iter()
            .filter_map(|posted| Marker::read(&posted.body));
        let open = markers.filter(|marker| !marker.is_fixed && marker.id != Marker::SUMMARY);
        let mut ids: Vec<_> = open.map(|marker| marker.id).collect();
        ids.sort();
        ids
    }
}

#[test]
fn a_second_run_over_the_same_writes_nothing() {
    let mut forge = Forge::default();
    let desired = desired(&[("a", "one"), ("b", "two")]);
    forge.run(&desired, 1, usize::MAX);
    assert_eq!(forge.posted.len(), 3);
    assert_eq!(plan(&forge.posted, &desired, OWN, 2), Ok(Vec::new()));
}

#[test]
fn edge_61_a_lost_answer_is_no_second_comment() {
    let mut forge = Forge::default();
    let desired = desired(&[("a", "one")]);
    forge.run(&desired, 1, 1);
    forge.run(&desired, 1, usize::MAX);
    assert_eq!(forge.open(), ["a"]);
    assert_eq!(forge.posted.len(), 2);
}

#[test]
fn a_fixed_finding_is_marked_and_folded_and_opened_again_when_it_is_back() {
    let mut forge = Forge::default();
    forge.run(&desired(&[("a", "one")]), 1, usize::MAX);
    forge.run(&desired(&[]), 2, usize::MAX);
    assert_eq!(forge.open(), [""; 0]);
    assert!(forge.folded.contains(&1) && forge.posted[0].body.ends_with("fixed"));
    forge.run(&desired(&[("a", "one")]), 3, usize::MAX);
    assert_eq!(forge.open(), ["a"]);
    assert_eq!(forge.posted.len(), 2);
    assert!(forge.folded.is_empty());
}

#[test]
fn what_was_marked_and_not_folded_is_folded_by_the_next_run() {
    let mut forge = Forge::default();
    forge.run(&desired(&[("a", "one")]), 1, usize::MAX);
    forge.run(&desired(&[]), 2, 1);
    assert!(forge.folded.is_empty());
    forge.run(&desired(&[]), 3, usize::MAX);
    assert!(forge.folded.contains(&1));
}

#[test]
fn a_finding_that_moved_to_the_summary_is_not_called_fixed() {
    let mut forge = Forge::default();
    forge.run(&desired(&[("a", "one")]), 1, usize::MAX);
    let mut later = desired(&[]);
    later.holding.insert("a".to_owned());
    forge.run(&later, 2, usize::MAX);
    assert_eq!(forge.open(), ["a"]);
}

#[test]
fn a_thread_that_somebody_answered_is_not_folded() {
    let mut forge = Forge::default();
    forge.run(&desired(&[("a", "one")]), 1, usize::MAX);
    forge.posted[0].has_replies = true;
    forge.run(&desired(&[]), 2, usize::MAX);
    assert!(forge.folded.is_empty());
}

#[test]
fn threat_18_a_marker_of_somebody_else_counts_for_nothing() {
    let body = Marker {
        id: "a".into(),
        run: 99,
        is_fixed: false,
    }
    .over("one");
    for (author, app) in [(Some(7), None), (Some(OWN.account), None), (None, OWN.app)] {
        let foreign = Posted {
            id: 1,
            kind: PostedKind::Diff,
            author,
            app,
            body: body.clone(),
            has_replies: false,
            is_folded: None,
        };
        let writes = plan(
            std::slice::from_ref(&foreign),
            &desired(&[("a", "one")]),
            OWN,
            1,
        );
        let writes = writes.expect("a foreign run is none");
        assert!(matches!(&writes[0], Write::Comment { id, .. } if id == "a"));
        // Nor does it get folded.
        let writes = plan(&[foreign], &desired(&[]), OWN, 1).expect("a foreign run is none");
        assert!(matches!(&writes[..], [Write::Summary { .. }]));
    }
}

#[test]
fn edge_60_the_later_run_wins() {
    let mut forge = Forge::default();
    forge.run(&desired(&[("a", "one")]), 8, usize::MAX);
    assert_eq!(
        plan(&forge.posted, &desired(&[]), OWN, 7),
        Err(Superseded { by: 8 })
    );
}

#[test]
fn what_was_written_twice_is_said_once() {
    let mut forge = Forge::default();
    let desired = desired(&[("a", "one")]);
    let body = Marker {
        id: "a".into(),
        run: 1,
        is_fixed: false,
    }
    .over("one");
    forge.post(PostedKind::Diff, &body);
    forge.post(PostedKind::Diff, &body);
    forge.run(&desired, 2, usize::MAX);
    assert_eq!(forge.open(), ["a"]);
    assert_eq!(forge.folded, BTreeSet::from([2]));
}

#[test]
fn edge_62_a_summary_that_somebody_deleted_is_written_again() {
    let mut forge = Forge::default();
    let desired = desired(&[]);
    forge.run(&desired, 1, usize::MAX);
    forge.posted.clear();
    forge.run(&desired, 2, usize::MAX);
    assert_eq!(forge.posted.len(), 1);
}

#[test]
fn a_marker_is_read_as_it_is_written_and_in_no_other_form() {
    let marker = Marker {
        id: "0a1b".into(),
        run: 3,
        is_fixed: true,
    };
    assert_eq!(Marker::read(&marker.over("text")), Some(marker.clone()));
    for body in [
        "text\n<!-- plangate:v1 id=0a1b run=3 state=open -->",
        "<!-- plangate:v1 id=0a1b run=x state=open -->",
        "<!-- plangate:v1 id=a--> run=3 state=open -->",
        "<!-- plangate:v1 id=0a1b run=3 state=open more=1 -->",
        "<!-- plangate:v2 id=0a1b run=3 state=open -->",
        "",
    ] {
        assert_eq!(Marker::read(body), None, "{body}");
    }
}

proptest! {
    #[test]
    fn whatever_gets_lost_on_the_way_the_next_run_makes_it_whole(
        runs in prop::collection::vec((prop::collection::btree_set(0_u8..6, 0..5), 0_usize..9), 1..8),
    ) {
        let mut forge = Forge::default();
        let ids = ["a", "b", "c", "d", "e", "f"];
        for (run, (holding, reach)) in runs.iter().enumerate() {
            let comments: Vec<(&str, &str)> = holding.iter().map(|&at| (ids[usize::from(at)], "text")).collect();
            let desired = desired(&comments);
            let before: BTreeSet<String> = forge.open().into_iter().collect();
            forge.run(&desired, run as u64 * 2 + 1, *reach);
            // A run that broke off has closed nothing that holds.
            let open: BTreeSet<String> = forge.open().into_iter().collect();
            prop_assert!(before.intersection(&desired.holding).all(|id| open.contains(id)));
            forge.run(&desired, run as u64 * 2 + 2, usize::MAX);
            let wanted: Vec<String> = desired.holding.iter().cloned().collect();
            prop_assert_eq!(forge.open(), wanted);
            prop_assert_eq!(plan(&forge.posted, &desired, OWN, u64::MAX), Ok(Vec::new()));
        }
        let summaries = forge.posted.iter().filter(|posted| posted.kind == PostedKind::Conversation);
        prop_assert_eq!(summaries.count(), 1);
    }
}
