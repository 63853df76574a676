//! Of a list that lasts only some elements are looked at: it gives the same and costs the same.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use serde_json::{Value as Json, json};

use super::memory::{plainly, told};
use super::world::World;
use super::{compiled, schema};
use crate::cel::{Budget, Content, Memory, Text, Value, evaluate, evaluate_again};

/// Names that are the same, that differ only in width, that are long, that are missing, or left to a
/// document.
fn systems() -> Json {
    let long = "機房環境監控及門禁管理整合資訊服務系統第三期";
    json!([
        { "id": "s1", "name": "公文系統", "level": "高", "core": true, "outage": "8h", "tags": ["web", "file"] },
        { "id": "s2", "name": "郵件", "level": "中", "core": false, "tags": [], "owner": "公文系統" },
        { "id": "s3", "core": true, "outage": "8wh", "owner": { "mode": "delegated" } },
        { "id": "web", "name": "公文系統", "core": false, "outage": "24h", "owner": "web" },
        { "id": "s5", "name": { "mode": "by_law" }, "level": "普", "core": false, "tags": ["mail"] },
        { "id": "s6", "name": long, "level": "高", "core": false, "outage": "24h", "owner": long },
        { "id": "mail", "name": "ｗｅｂ", "core": true, "tags": { "mode": "annex" }, "owner": "郵件" },
    ])
}

/// What hangs on the element alone.
const ALONE: &[&str] = &[
    "s.core",
    "!s.core",
    "has(s.name)",
    "has(s.owner)",
    "s.level == '高'",
    "size(s.name) > 2",
    "(s.core || has(s.tags))",
    "s.tags.exists(t, t == 'web')",
    "stated(s.outage)",
];

/// What is decided by a text of the element, and what is nearly so.
const SOUGHT: &[&str] = &[
    "s.name == it.name",
    "it.name == s.name",
    "s.id == it.owner",
    "s.id in it.tags",
    "s.id in params.kinds",
    "s.owner in systems.filter(o, o.core == it.core).map(o, o.name)",
    "(s.name == it.owner || s.id == it.id)",
    "(s.id in it.tags || (has(s.name) && s.name in ['郵件', it.owner]))",
    "(has(s.owner) && s.owner == it.name)",
    "(s.name == it.name && s.core)",
    "normalized(s.name) == normalized(it.id)",
    "s.name == unknown",
    "s.id in [unknown, it.id]",
    "s.outage == it.outage",
    "s.core == it.core",
    "s.level == it.level",
];

/// What hangs on more, and may fail.
const OTHER: &[&str] = &[
    "it.core",
    "s.outage > it.outage",
    "has(it.name)",
    "s != it",
    "it.tags.exists(t, t == s.id)",
    "unknown > 3",
    "plan.systems.exists(o, o.id == s.owner && o.core)",
];

fn condition() -> impl Strategy<Value = String> {
    let links = |from: &'static [&'static str], most| prop::collection::vec(select(from), 0..=most);
    let all = (
        links(ALONE, 2),
        links(SOUGHT, 2),
        links(OTHER, 2),
        select(&["&&", "||"][..]),
    );
    all.prop_filter_map("a link", |(alone, sought, other, join)| {
        let negate = |link: &&str| {
            if join == "||" {
                format!("!({link})")
            } else {
                (*link).to_owned()
            }
        };
        let links = alone.iter().map(negate).chain(sought.iter().map(negate));
        let links: Vec<String> = links
            .chain(other.iter().map(|link| (*link).to_owned()))
            .collect();
        (!links.is_empty()).then(|| links.join(&format!(" {join} ")))
    })
}

fn list() -> impl Strategy<Value = &'static str> {
    select(&["systems", "plan.systems", "systems.filter(o, o.core)"][..])
}

const WAYS: [&str; 7] = [
    "exists",
    "all",
    "exists_one",
    "filter",
    "map",
    "within",
    "each way",
];

fn going(list: &str, way: &str, condition: &str) -> String {
    match way {
        "map" => format!("{list}.map(s, {condition}, s.name)"),
        "within" => format!("systems.exists(o, o.core && {list}.exists(s, {condition}))"),
        "each way" => format!(
            "{list}.all(o, has(o.name) && {list}.exists(s, s.id == o.owner)) || {list}.exists(s, {list}.exists(o, s.id == o.owner))"
        ),
        way => format!("{list}.{way}(s, {condition})"),
    }
}

fn comprehension() -> impl Strategy<Value = String> {
    let all = (list(), select(&WAYS[..]), condition());
    all.prop_map(|(list, way, condition)| going(list, way, &condition))
}

/// The same asked of the same list in several ways, which share what is known.
fn alike() -> impl Strategy<Value = Vec<String>> {
    let ways = prop::collection::vec(select(&WAYS[..]), 2..=4);
    let all = (list(), ways, condition());
    all.prop_map(|(list, ways, condition)| {
        let ways = ways.iter().map(|way| going(list, way, &condition));
        ways.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None,
        rng_seed: RngSeed::Fixed(40), ..ProptestConfig::default() })]

    #[test]
    fn what_is_not_looked_at_would_change_neither_the_answer_nor_its_price(
        sources in prop_oneof![prop::collection::vec(comprehension(), 1..=3), alike()],
        steps in prop_oneof![Just(50_000_u64), 1_u64..400],
    ) {
        let mut plan = schema::plan();
        plan["systems"] = systems();
        let (world, params) = (World::new(&plan), schema::params());
        let programs: Vec<_> = sources.iter().filter_map(|source| compiled(source).ok()).collect();
        let path = |at| compiled(&format!("systems[{at}]")).expect("a path");
        let paths: Vec<_> = (0..7).map(path).collect();
        let mut memory = Memory::of(2);
        memory.reading(0, [0, 3]);
        memory.reading(1, 0..6);
        let text = |text| Content::Text(Text::Borrowed(text));
        let unknowns = [Content::Int(7), text("公文系統"), text("s1")];
        for (turn, at) in (0..3).flat_map(|turn| (0..7).map(move |at| (turn, at))) {
            let root = [Some(Value::object(world.root()))];
            let it = evaluate(&paths[at], &world, &root, &mut Budget::default(), None).expect("a system");
            let unknown = unknowns[turn].clone();
            let bindings = [root[0].clone(), Some(it), None, Some(Value::data(&params)), Some(Value::new(unknown)), None];
            for program in &programs {
                let expected = plainly(program, &world, &bindings, steps);
                let mut budget = Budget::new(steps);
                let result = evaluate_again(program, &world, &bindings, &mut budget, &mut memory);
                prop_assert_eq!(told(&result, &budget), expected, "{} at {} in turn {}", program.source(), at, turn);
            }
            memory.forget(1);
        }
    }
}

#[test]
fn what_is_known_of_a_list_is_known_to_every_way_of_asking_the_same() {
    let mut plan = schema::plan();
    plan["systems"] = systems();
    let world = World::new(&plan);
    let ways = ["exists(s, ", "filter(s, ", "exists_one(s, "];
    let programs = ways.map(|way| {
        let source = format!("systems.{way}!s.core && s.id == it.owner)");
        compiled(&source).expect("a program")
    });
    let system = compiled("systems[3]").expect("a path");
    let mut memory = Memory::of(2);
    memory.reading(0, [0]);
    memory.reading(1, 0..6);
    let reads = programs.each_ref().map(|program| {
        let root = Some(Value::object(world.root()));
        let it = evaluate(
            &system,
            &world,
            std::slice::from_ref(&root),
            &mut Budget::default(),
            None,
        );
        let bindings = [root, it.ok(), None, None, None, None];
        let before = world.reads();
        let mut budget = Budget::default();
        let result = evaluate_again(program, &world, &bindings, &mut budget, &mut memory);
        assert!(result.is_ok(), "{result:?}");
        memory.forget(1);
        world.reads() - before
    });
    assert!(reads[2] * 2 <= reads[0], "{reads:?}");
}

#[test]
fn an_element_that_cannot_match_is_not_read_again() {
    let mut plan = schema::plan();
    plan["systems"] = systems();
    let world = World::new(&plan);
    let program = compiled("systems.filter(s, !s.core && s.name == it.name)").expect("a program");
    let system = compiled("systems[0]").expect("a path");
    let mut memory = Memory::of(2);
    memory.reading(0, [0]);
    memory.reading(1, 0..6);
    let mut reads = Vec::new();
    for _ in 0..4 {
        let before = world.reads();
        let it = Value::object(world.root());
        let it = evaluate(&system, &world, &[Some(it)], &mut Budget::default(), None).ok();
        let bindings = [
            Some(Value::object(world.root())),
            it,
            None,
            None,
            None,
            None,
        ];
        let result = evaluate_again(
            &program,
            &world,
            &bindings,
            &mut Budget::default(),
            &mut memory,
        );
        assert!(result.is_err(), "the name of one is adopted from the law");
        memory.forget(1);
        reads.push(world.reads() - before);
    }
    assert!(reads[1] > reads[2] && reads[2] == reads[3], "{reads:?}");
    assert!(reads[3] * 2 <= reads[0], "{reads:?}");
}
