//! Approval rules: what they select, whom they ask, and what keeps an approval alive.

use std::sync::Arc;

use crate::cel::Data;
use crate::config::roster::{Roster, read};
use crate::config::{self, Config};
use crate::review::DemandKey;
use crate::review::rules::{Asked, ChangeFacts, Rules, compile};
use crate::text::{Localized, SourceFile, parse_day};

const ROSTER: &str = "\
agencies:
  - { id: bureau, name: 甲局 }
  - { id: office, name: 乙所, folder: plans/office, supervisor: bureau }
  - { id: other, name: 丙所, folder: plans/other, supervisor: bureau }
people:
  - { id: a, login: a, account: 1, roles: [{ role: 資安長, agency: office }, { role: 資安長, agency: other }] }
  - { id: b, login: b, account: 2, roles: [{ role: 局長, agency: bureau }, { role: 資安長, agency: bureau }] }
";

const RULES: &str = "\
approvals:
  - id: grade
    title: 責任等級變更
    when: change.class == \"grade\"
    require: [{ role: 局長, of: supervisor }, { role: 資安長 }]
  - id: weakened
    when: change.effect != \"stronger\" && change.effect != \"neutral\"
    require: [{ role: 資安長 }]
";

fn roster() -> Roster {
    let (roster, findings) = read(&Arc::new(SourceFile::new("roster.yaml", ROSTER)));
    assert!(findings.is_empty());
    roster
}

fn compiled(text: &str) -> (Rules, Vec<String>) {
    let file = Arc::new(SourceFile::new("plangate.yaml", text));
    let (config, findings): (Config, _) = config::read(&file);
    let day = parse_day("2026-11-21").expect("a day");
    let (rules, more) = compile(&config.approvals, &file, &roster(), day);
    let told = findings.iter().chain(&more).map(|finding| {
        let (span, message) = (finding.place.span, &finding.message.en);
        format!("{} `{}` {message}", finding.policy, file.slice(span))
    });
    let told = told.collect();
    (rules, told)
}

fn rules() -> Rules {
    let (rules, told) = compiled(RULES);
    assert_eq!(told, [""; 0]);
    rules
}

fn change(agency: &str, path: &str, class: &'static str, effect: &'static str) -> ChangeFacts {
    ChangeFacts {
        agency: agency.into(),
        path: path.into(),
        title: Localized::default(),
        class,
        kind: "changed",
        effect,
        chapter: Some(8),
        body: None,
        grade: None,
        old: Some(Data::Int(1)),
        new: Some(Data::Int(2)),
    }
}

fn ask(rules: &Rules, changes: &[ChangeFacts]) -> Asked {
    rules.ask(changes, &Arc::from("h2"), &roster())
}

fn keys(asked: &Asked) -> Vec<String> {
    let demands = asked.demands.iter();
    demands
        .map(|demand| format!("{}/{}", demand.key.rule, demand.key.agency))
        .collect()
}

#[test]
fn each_agency_touched_is_asked_for_by_each_rule_that_selects_something() {
    let changes = [
        change(
            "office",
            "controls.health_check.every",
            "weakened",
            "weaker",
        ),
        change("other", "bodies[a].grade", "grade", "weaker"),
        change("other", "controls.edr", "strengthened", "stronger"),
    ];
    let asked = ask(&rules(), &changes);
    assert_eq!(
        keys(&asked),
        ["grade/other", "weakened/office", "weakened/other"]
    );
    assert_eq!(asked.about, [vec![1], vec![0], vec![1]]);
    let wants: Vec<(&str, &str)> = asked.demands[0]
        .wants
        .iter()
        .map(|want| (&*want.role, &*want.agency))
        .collect();
    assert_eq!(wants, [("局長", "bureau"), ("資安長", "other")]);
}

#[test]
fn what_records_an_approval_is_not_to_be_approved() {
    let changes = [
        change("office", "history[1.4].summary", "changed", "unclear"),
        change("office", "header.status", "changed", "unclear"),
    ];
    assert!(ask(&rules(), &changes).demands.is_empty());
    let changes = [change("office", "historical", "changed", "unclear")];
    assert_eq!(keys(&ask(&rules(), &changes)), ["weakened/office"]);
}

#[test]
fn an_expression_without_an_answer_selects() {
    let (rules, told) =
        compiled("approvals:\n  - { id: x, when: change.new > 5, require: [{ role: 資安長 }] }\n");
    assert_eq!(told, [""; 0]);
    let with = |new| {
        let mut change = change("office", "x", "changed", "neutral");
        change.new = new;
        keys(&ask(&rules, &[change]))
    };
    assert_eq!(with(Some(Data::Int(5))), [""; 0]);
    assert_eq!(with(Some(Data::text("six"))), ["x/office"]);
    assert_eq!(with(None), ["x/office"]);
}

fn key(rule: &str) -> DemandKey {
    DemandKey {
        rule: rule.into(),
        agency: "office".into(),
    }
}

#[test]
fn an_approval_lives_as_long_as_what_its_rule_selects_means_the_same() {
    let rules = rules();
    let weaker = change(
        "office",
        "controls.health_check.every",
        "weakened",
        "weaker",
    );
    let other = change("office", "controls.edr", "strengthened", "stronger");
    let digest = |changes: &[ChangeFacts]| rules.digest(&key("weakened"), changes).expect("a rule");
    let before = digest(std::slice::from_ref(&weaker));
    // What the rule is not about, another order and another agency change nothing.
    assert_eq!(digest(&[other.clone(), weaker.clone()]), before);
    let foreign = change("other", "controls.health_check.every", "weakened", "weaker");
    assert_eq!(digest(&[foreign, weaker.clone()]), before);
    let mut further = weaker.clone();
    further.new = Some(Data::Int(3));
    assert_ne!(digest(&[further]), before);
    let mut from_elsewhere = weaker.clone();
    from_elsewhere.old = None;
    assert_ne!(digest(&[from_elsewhere]), before);
    assert_ne!(digest(&[]), before);
    // Another rule is another approval, and a head knows its own digest.
    assert_ne!(
        rules.digest(&key("grade"), &[]),
        rules.digest(&key("weakened"), &[])
    );
    let asked = ask(&rules, std::slice::from_ref(&weaker));
    assert_eq!(asked.demands[0].digests["h2"], before);
}

#[test]
fn the_order_of_keys_has_no_meaning_and_the_order_of_a_list_has() {
    let rules = rules();
    let with = |new: Data| {
        let mut change = change("office", "x", "weakened", "weaker");
        change.new = Some(new);
        rules.digest(&key("weakened"), &[change])
    };
    let record = |keys: [&str; 2]| Data::record(keys.map(|key| (key, Data::text(key))));
    assert_eq!(with(record(["a", "b"])), with(record(["b", "a"])));
    let list = |texts: [&str; 2]| Data::list(texts.map(Data::text));
    assert_ne!(with(list(["a", "b"])), with(list(["b", "a"])));
    assert_ne!(with(Data::text("1")), with(Data::Int(1)));
}

#[test]
fn a_strict_rule_holds_for_the_very_commit() {
    let (rules, told) =
        compiled("approvals:\n  - { id: weakened, strict: true, require: [{ role: 資安長 }] }\n");
    assert_eq!(told, [""; 0]);
    assert_eq!(rules.digest(&key("weakened"), &[]), None);
}

#[test]
fn mistakes_are_told_at_their_characters() {
    let (rules, told) = compiled(
        "\
approvals:
  - { id: a, when: change.clas == \"grade\", require: [{ role: 資安長 }] }
  - { id: b, when: change.class == \"graded\", require: [{ role: 資安長 }] }
  - { id: c, require: [{ role: 部長 }] }
  - { id: d, require: [{ role: 局長, of: supervisor, count: 2 }] }
  - { id: d, require: [] }
",
    );
    assert_eq!(rules.title("c"), None);
    let places: Vec<&str> = told
        .iter()
        .filter_map(|line| line.split('`').nth(1))
        .collect();
    assert_eq!(
        places,
        ["clas", "\"graded\"", "c", "c", "c", "d", "d", "d", "d", "d"],
        "{told:#?}"
    );
}

#[test]
fn a_rule_is_asked_only_of_agencies_that_it_can_concern() {
    let of = |when: &str, role: &str| {
        let text =
            format!("approvals:\n  - {{ id: x, when: '{when}', require: [{{ role: {role} }}] }}\n");
        compiled(&text).1
    };
    // What judges plans is changed by the bureau alone, and plans are changed by those who have one.
    assert_eq!(of("change.class == \"control\"", "局長"), [""; 0]);
    assert_eq!(of("change.class != \"control\"", "局長").len(), 2);
    // What is left open may be; what is known is not asked about.
    assert_eq!(
        of("change.chapter == 8 && change.agency == \"office\"", "局長").len(),
        1
    );
    assert_eq!(
        of(
            "change.effect == \"weaker\" && change.agency == \"bureau\"",
            "部長"
        ),
        [""; 0]
    );
}

#[test]
fn who_holds_two_roles_fills_one_and_is_named() {
    let (_, told) = compiled(
        "approvals:\n  - { id: x, when: change.agency == \"bureau\", require: [{ role: 局長 }, { role: 資安長 }] }\n",
    );
    assert_eq!(
        told,
        [
            "approvals/nobody `x` rule x cannot be satisfied for 甲局: it takes different people, 1 as 局長 (today: b), 1 as 資安長 (today: b)"
        ]
    );
}
