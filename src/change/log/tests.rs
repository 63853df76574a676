use super::*;

fn state(edition: Option<&str>, content: &str) -> Snapshot {
    Snapshot {
        content: content.to_owned(),
        edition: edition.map(str::to_owned),
        issued: edition.map(|edition| format!("11{}-01-01", edition.len())),
        ..Snapshot::default()
    }
}

fn check_spans(states: &[(Option<&str>, &str)], expected: &[(&str, usize, usize)]) {
    let states: Vec<Snapshot> = states.iter().map(|(e, c)| state(*e, c)).collect();
    let found = spans(&states);
    let found: Vec<(&str, usize, usize)> = found
        .iter()
        .map(|span| (span.edition.as_str(), span.first, span.last))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn an_edition_begins_where_the_header_says_another() {
    let states = [
        (Some("1.0"), "a"),
        (Some("1.0"), "b"),
        (None, "broken"),
        (Some("1.0"), "c"),
        (Some("1.1"), "d"),
    ];
    check_spans(&states, &[("1.0", 0, 3), ("1.1", 4, 4)]);
    check_spans(&[(None, "a")], &[]);
}

#[test]
fn a_restored_state_withdraws_the_editions_since() {
    let states = [
        (Some("1.0"), "a"),
        (Some("1.1"), "b"),
        (Some("1.0"), "a"),
        (Some("1.1"), "c"),
    ];
    check_spans(&states, &[("1.0", 0, 2), ("1.1", 3, 3)]);
    // What is restored in turn began where it first did.
    let mut again = states.to_vec();
    again[3].1 = "b";
    check_spans(&again, &[("1.0", 0, 2), ("1.1", 1, 3)]);
    again.push((Some("1.2"), "d"));
    check_spans(&again, &[("1.0", 0, 2), ("1.1", 1, 3), ("1.2", 4, 4)]);
    // A number that is merely used again is another row, for a check to find.
    let states = [(Some("1.0"), "a"), (Some("1.1"), "b"), (Some("1.0"), "c")];
    check_spans(&states, &[("1.0", 0, 0), ("1.1", 1, 1), ("1.0", 2, 2)]);
}

#[test]
fn trailers_may_speak_of_several_plans() {
    let lines = [
        ("Reviewed-by", "x"),
        ("plan-edition", "1.3"),
        ("Reason", "甲"),
        ("REASON", "乙"),
        ("Approver", "局長"),
        ("Approver", "副局長"),
        ("Plan-Edition", "2.0"),
        ("Reason", "丙"),
        ("Issued", "110-01-01"),
    ];
    let ours = Trailers::read((None, "1.3"), lines);
    assert_eq!(ours.reasons, ["甲", "乙"]);
    assert_eq!(ours.approver.as_deref(), Some("局長"));
    assert_eq!(ours.issued, None);
    let both = ours.or(Trailers::read((None, "2.0"), lines));
    assert_eq!(both.reasons, ["甲", "乙"]);
    assert_eq!(both.issued.as_deref(), Some("110-01-01"));
    assert!(
        Trailers::read((None, "9"), [("Reason", "")])
            .reasons
            .is_empty()
    );
}

#[test]
fn trailers_of_equal_editions_are_told_apart_by_their_agencies() {
    let lines = [
        ("Plan-Edition", "jia/1.0"),
        ("Reason", "甲"),
        ("Plan-Edition", "yi/1.0"),
        ("Reason", "乙"),
        ("Plan-Edition", "1.0"),
        ("Reason", "皆同"),
    ];
    let of = |agency| Trailers::read((agency, "1.0"), lines).reasons;
    assert_eq!(of(Some("jia")), ["甲", "皆同"]);
    assert_eq!(of(Some("yi")), ["乙", "皆同"]);
    assert_eq!(of(None), ["皆同"]);
    assert!(
        Trailers::read((Some("jia"), "1.1"), lines)
            .reasons
            .is_empty()
    );
}

#[test]
fn the_plan_goes_before_the_trailers_and_no_row_is_lost() {
    let row = |edition: &str, note: &str| Row {
        notes: vec![note.to_owned()],
        ..Row::of(edition)
    };
    let mut tip = state(Some("1.2"), "c");
    tip.rows = vec![
        row("0.9", "Git 之前"),
        row("1.0", "計畫所載"),
        row("1.2", "最新"),
    ];
    let states = [state(Some("1.0"), "a"), state(Some("1.1"), "b"), tip];
    let told = |reason: &str, commit: &str| Told {
        commit: Some(commit.to_owned()),
        trailers: Trailers::read((None, ""), [("Reason", reason), ("Issued", "109-09-09")]),
        tag: None,
    };
    let told = [told("甲", "c0"), told("乙", "c1"), told("丙", "c2")];
    let rows = rows(&states, &spans(&states), &told);
    let found: Vec<(&str, &str, Option<&str>, Option<&str>)> = rows
        .iter()
        .map(|row| {
            let (issued, commit) = (row.issued.as_deref(), row.commit.as_deref());
            (row.edition.as_str(), row.notes[0].as_str(), issued, commit)
        })
        .collect();
    let issued = Some("113-01-01");
    assert_eq!(
        found,
        [
            ("0.9", "Git 之前", None, None),
            ("1.0", "計畫所載", issued, Some("c0")),
            ("1.1", "乙", issued, Some("c1")),
            ("1.2", "最新", issued, Some("c2")),
        ]
    );
}

#[test]
fn the_next_number_is_one_more() {
    let check = |edition, next: Option<&str>| {
        assert_eq!(next_edition(edition).as_deref(), next, "{edition}");
    };
    check("1.4", Some("1.5"));
    check("1.9", Some("1.10"));
    check("v2", Some("v3"));
    check("第3版", Some("第4版"));
    check("初版", None);
    check("4294967295", None);
}

fn base(states: &[Snapshot]) -> Option<(usize, String)> {
    base_of(states, &spans(states)).expect("editions with numbers")
}

#[test]
fn an_edition_with_a_row_is_issued() {
    let mut states = vec![
        state(Some("1.0"), "a"),
        state(Some("1.1"), "b"),
        state(Some("1.1"), "c"),
        state(Some("1.1"), "d"),
    ];
    assert_eq!(base(&states), Some((0, "1.1".to_owned())));
    states[2].rows = vec![Row::of("1.1")];
    states[3].rows = vec![Row::of("1.1")];
    assert_eq!(base(&states), Some((2, "1.2".to_owned())));
    states.pop();
    // What the row does not say yet is proposed, as long as nothing else changes.
    assert_eq!(base(&states), Some((0, "1.1".to_owned())));
    assert_eq!(base(&states[1..]), None, "there is nothing before");
    states[2].rows[0].notes = vec!["修正".to_owned()];
    assert_eq!(base(&states), None);
    states[2].status = Some("draft".to_owned());
    assert_eq!(base(&states), Some((0, "1.1".to_owned())));
    assert_eq!(base(&states[..1]), None);
    let unnumbered = ["a", "b"].map(|content| Snapshot {
        rows: vec![Row::of("初版")],
        ..state(Some("初版"), content)
    });
    let told = base_of(&unnumbered, &spans(&unnumbered));
    assert_eq!(told, Err("初版".to_owned()));
}

#[test]
fn what_is_tagged_begins_the_next_once_something_changes() {
    let states = [
        state(Some("1.0"), "a"),
        state(Some("1.1"), "b"),
        state(Some("1.1"), "b"),
        state(Some("1.1"), "c"),
    ];
    let base = |states: &[Snapshot]| {
        let mut spans = spans(states);
        spans[1].tagged = Some(1);
        base_of(states, &spans).expect("editions with numbers")
    };
    // Its own row may still be written.
    assert_eq!(base(&states[..2]), Some((0, "1.1".to_owned())));
    assert_eq!(base(&states[..3]), Some((0, "1.1".to_owned())));
    assert_eq!(base(&states), Some((1, "1.2".to_owned())));
}

#[test]
fn what_was_changed_before_the_issue_is_no_change_of_the_next_edition() {
    let issued = |edition, content| Snapshot {
        rows: vec![Row::of("1.0")],
        ..state(Some(edition), content)
    };
    let states = [
        state(Some("1.0"), "draft"),
        issued("1.0", "as issued"),
        issued("1.1", "next"),
    ];
    assert_eq!(base(&states), Some((1, "1.1".to_owned())));
}

#[test]
fn editions_stand_in_their_order() {
    let check = |history: &[&str], editions: &[&str], expected: &[&str]| {
        let mut states: Vec<Snapshot> = editions.iter().map(|own| state(Some(own), own)).collect();
        for (at, state) in states.iter_mut().enumerate() {
            state.content = at.to_string();
        }
        let tip = states.last_mut().expect("a state");
        tip.rows = history.iter().map(|edition| Row::of(edition)).collect();
        let spans = spans(&states);
        let rows = rows(&states, &spans, &vec![Told::default(); spans.len()]);
        let found: Vec<&str> = rows.iter().map(|row| row.edition.as_str()).collect();
        assert_eq!(found, expected, "{history:?} {editions:?}");
    };
    check(&["1.1"], &["1.0", "1.1"], &["1.0", "1.1"]);
    check(&["1.2"], &["1.0", "1.1", "1.2"], &["1.0", "1.1", "1.2"]);
    check(&["0.9", "1.1"], &["1.0", "1.1"], &["0.9", "1.0", "1.1"]);
    check(&["0.9"], &["1.0", "1.1"], &["0.9", "1.0", "1.1"]);
    // Newest first where the plan's own rows are: of one row nobody can tell.
    check(
        &["1.1", "1.0"],
        &["1.0", "1.1", "1.2"],
        &["1.2", "1.1", "1.0"],
    );
    check(
        &["1.10", "1.9", "0.9"],
        &["1.9", "1.10", "1.11"],
        &["1.11", "1.10", "1.9", "0.9"],
    );
    check(&["1.0"], &["1.0", "1.1"], &["1.0", "1.1"]);
    // A number that was used again is another row.
    let again = ["1.0", "1.1", "1.0", "1.2"];
    check(&["1.0", "1.1", "1.2"], &again, &again);
    check(&again, &again, &again);
    check(&[], &again, &again);
}
