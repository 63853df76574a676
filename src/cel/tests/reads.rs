//! What a program says of itself.

use super::{compiled, scope, variables};
use crate::cel::{Expected, Program, Type, compile, signatures};

fn reads(source: &str) -> Vec<String> {
    let program = compiled(source).unwrap();
    let path = |path: &crate::cel::ReadPath| {
        let names = std::iter::once(&path.variable).chain(path.fields.iter());
        names.map(|name| &**name).collect::<Vec<_>>().join(".")
    };
    program.reads().iter().map(path).collect()
}

#[test]
fn every_path_that_is_read_is_named() {
    assert_eq!(reads("it.name == 'x'"), ["it.name"]);
    assert_eq!(
        reads("systems.exists(s, s.core)"),
        ["plan.systems", "plan.systems.core"]
    );
    assert_eq!(
        reads("systems.filter(s, s.core)[0].name"),
        ["plan.systems", "plan.systems.core", "plan.systems.name"]
    );
    assert_eq!(
        reads("(it.core ? it : systems[0]).name"),
        ["it.core", "it.name", "plan.systems.name"]
    );
    assert_eq!(
        reads("systems.map(s, s.tags)[0][0]"),
        ["plan.systems", "plan.systems.tags"]
    );
    assert_eq!(
        reads("[it, systems[1]].all(s, s.core)"),
        ["it", "it.core", "plan.systems", "plan.systems.core"]
    );
    assert_eq!(
        reads("has(controls.drill.every)"),
        ["plan.controls.drill.every"]
    );
    assert_eq!(reads("mode(annexed) == 'annex'"), ["plan.annexed"]);
    assert_eq!(reads("covers(it, body)"), ["body", "it"]);
    assert_eq!(
        reads("params.labels[it.name] == ''"),
        ["it.name", "params.labels"]
    );
    assert_eq!(
        reads("params.needs.all(n, n.people > params.minimum)"),
        ["params.minimum", "params.needs", "params.needs.people"]
    );
    assert_eq!(reads("1 + 1"), [""; 0]);
}

#[test]
fn a_program_names_its_variables_and_its_type() {
    let program = compiled("params.minimum > size(systems) && it.core").unwrap();
    assert_eq!(
        program.variables().collect::<Vec<_>>(),
        ["plan", "it", "params"]
    );
    assert_eq!(program.result_type(), &Type::Bool);
    assert_eq!(
        program.source(),
        "params.minimum > size(systems) && it.core"
    );
    let ty = |source: &str| compiled(source).unwrap().result_type().clone();
    assert_eq!(
        ty("it.tags"),
        Type::list(Type::words(["web", "mail", "file"]))
    );
    assert_eq!(ty("params.labels['web']"), Type::Text);
    assert_eq!(ty("params.labels[it.id]"), Type::Text);
    assert_eq!(ty("systems.map(s, s.outage)[0]"), Type::Duration);
    assert_eq!(ty("unknown + 1"), Type::Int);
    assert_eq!(ty("-unknown"), Type::Dyn);
}

#[test]
fn a_variable_stands_before_an_open_field_of_its_name() {
    let variables = [("plan", variables()[0].1.clone()), ("edition", Type::Int)];
    let compile = |source: &str| compile(source, &scope(&variables), &Expected::Any);
    assert_eq!(compile("edition").unwrap().result_type(), &Type::Int);
    assert_eq!(compile("plan.edition").unwrap().result_type(), &Type::Text);
}

#[test]
fn a_program_is_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Program>();
}

#[test]
fn the_authors_page_lists_every_function_in_both_languages() {
    let signatures = signatures();
    for form in [
        "size(string) -> int",
        "int + int -> int",
        "string.contains(string) -> bool",
        "has(path) -> bool",
    ] {
        assert!(
            signatures.iter().any(|signature| signature.form == form),
            "{form}"
        );
    }
    for signature in &signatures {
        assert!(
            !signature.about.zh_tw.is_ascii() && signature.about.en.is_ascii(),
            "{signature:?}"
        );
    }
}
