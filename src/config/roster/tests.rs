use super::*;
use crate::text::{SourceFile, parse_day};

const ROSTER: &str = "\
agencies:
  - { id: bureau, name: 甲局, folder: plans/bureau }
  - { id: office, name: 乙所, folder: plans/bureau/office/, supervisor: bureau }
people:
  - id: officer
    login: Office-One
    account: 11
    emails: [One@Office.example]
    roles:
      - { role: 承辦人, agency: office, from: 113-01-01, to: 114年6月 }
  - id: chief
    login: bureau-chief
    roles: [{ role: 資安長, agency: bureau }]
";

fn told(text: &str) -> (Roster, Vec<String>) {
    let file = Arc::new(SourceFile::new("roster.yaml", text));
    let (roster, findings) = read(&file);
    let told = findings.iter().map(|finding| {
        let (place, message) = (&finding.place, &finding.message.en);
        format!("{} {} {message}", finding.policy, file.slice(place.span))
    });
    let told = told.collect();
    (roster, told)
}

fn roster() -> Roster {
    let (roster, problems) = told(ROSTER);
    assert_eq!(problems, [""; 0]);
    roster
}

#[test]
fn an_account_is_found_by_its_number_and_by_its_name_only_without_one() {
    let roster = roster();
    assert_eq!(roster.holder(11, "renamed"), Some(0));
    // Whoever takes over the abandoned name is somebody else.
    assert_eq!(roster.holder(99, "office-one"), None);
    assert_eq!(roster.holder(99, "Bureau-Chief"), Some(1));
    assert_eq!(roster.writer("one@OFFICE.example"), Some(0));
    assert_eq!(roster.writer("two@office.example"), None);
}

#[test]
fn the_innermost_folder_owns_a_path() {
    let roster = roster();
    let owner = |path| roster.owner(path).map(|id| &**id);
    assert_eq!(owner("plans/bureau/plan.yaml"), Some("bureau"));
    assert_eq!(owner("plans/bureau/office/plan.yaml"), Some("office"));
    assert_eq!(owner("plans/bureau-two/plan.yaml"), None);
}

#[test]
fn a_post_is_held_from_its_first_day_to_its_last() {
    let roster = roster();
    let held = |day: &str| {
        let day = parse_day(day).expect("a day");
        roster.holders("承辦人", "office", day).count()
    };
    assert_eq!(held("2023-12-31"), 0);
    assert_eq!(held("2024-01-01"), 1);
    assert_eq!(held("2025-06-30"), 1);
    assert_eq!(held("2025-07-01"), 0);
}

#[test]
fn each_mistake_is_told_at_its_place() {
    let (roster, problems) = told(
        "\
agencies:
  - { id: a, name: 甲, supervisor: b }
  - { id: b, name: 乙, supervisor: a }
  - { id: b, name: 丙 }
  - { id: c, name: 丁, folder: ../secrets }
people:
  - { id: p, login: One, account: 1, roles: [{ role: 資安長, agency: nowhere }] }
  - { id: q, login: one, account: 1, emails: [x@y.example, X@Y.example] }
  - { id: r, login: two, roles: [{ role: 資安長, agency: a, to: soon }] }
",
    );
    assert_eq!(
        problems,
        [
            "roster/duplicate b agency b stands twice",
            "roster/folder ../secrets ../secrets is no folder within the repository",
            "roster/supervision a b would supervise itself",
            "roster/unknown-agency nowhere the roster has no agency nowhere",
            "roster/duplicate one login one stands twice",
            "roster/duplicate 1 account 1 stands twice",
            "roster/duplicate X@Y.example e-mail x@y.example stands twice",
            "roster/date soon soon is no date",
        ]
    );
    // A post whose end cannot be read is not held for ever.
    let people = roster
        .people
        .iter()
        .map(|person| (&*person.id, person.posts.len()));
    assert_eq!(people.collect::<Vec<_>>(), [("p", 0), ("r", 0)]);
}

#[test]
fn an_unknown_key_is_refused() {
    let (roster, problems) = told("agencies: []\nadmins: [me]\n");
    assert_eq!(roster, Roster::default());
    assert!(
        problems[0].starts_with("roster/shape admins"),
        "{problems:?}"
    );
}

#[test]
fn edge_30_edge_31_edge_32_teams_of_the_forge_give_nobody_a_role() {
    // A team may be invisible to the token, its members may be invited only, and it has teams below
    // it: so people are named one by one, and nothing else can be written.
    let person = "people:\n  - { id: a, login: a, roles: [{ role: 資安長, agency: bureau }]";
    let agency = "agencies:\n  - { id: bureau, name: 甲局";
    let written = [
        format!("{agency} }}\n{person}, team: approvers }}\n"),
        format!("{agency}, team: approvers }}\n{person} }}\n"),
        format!("{agency} }}\n{person} }}\nteams: [approvers]\n"),
    ];
    for text in written {
        let (roster, problems) = told(&text);
        assert!(problems[0].starts_with("roster/shape team"), "{problems:?}");
        assert_eq!(roster, Roster::default());
    }
}
