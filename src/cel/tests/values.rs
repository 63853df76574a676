//! Expressions that have an answer.

use super::{gives, with};
use crate::cel::Budget;

#[test]
fn fields_are_read_from_the_plan_and_from_policy_data() {
    gives("it.name", "公文系統");
    gives("plan.systems[1].name", "郵件");
    gives("systems[1].name", "郵件");
    gives("params.minimum", "2");
    gives("params.labels[\"web\"]", "網站");
    gives("params.labels[it.tags[0]]", "網站");
    gives("params.needs[1].id", "staff");
    gives("it", "systems[0]");
}

#[test]
fn every_integer_is_an_int() {
    gives("body.count + 1", "5");
    gives("size(systems) == 3", "true");
    gives("size(systems) - 1 == params.minimum", "true");
    gives("sum(bodies.filter(b, has(b.count)).map(b, b.count))", "4");
}

#[test]
fn characters_are_counted_not_bytes() {
    gives("size('資通')", "2");
    gives("'資通安全'.size()", "4");
    gives("size(b'資')", "3");
}

#[test]
fn numbers_of_different_types_compare_by_value() {
    gives("1 == 1u && 1u == 1.0 && 1 == 1.0", "true");
    gives("9007199254740993 == 9007199254740992.0", "false");
    gives("9223372036854775807 < 9223372036854775808.0", "true");
    gives("18446744073709551615u > 1", "true");
    gives("-1 < 0u", "true");
    gives("1.5 > 1", "true");
    gives("-1.5 < -1", "true");
    gives("0.0 / 0.0 == 0.0 / 0.0", "false");
    gives("0.0 / 0.0 < 1.0", "false");
}

#[test]
fn arithmetic_keeps_its_type() {
    gives("7 / 2", "3");
    gives("-7 % 2", "-1");
    gives("7.0 / 2.0", "3.5");
    gives("3u * 2u", "6u");
    gives("-(1 + 2) * 2", "-6");
    gives("'甲' + '乙'", "甲乙");
    gives("[1] + [2, 3]", "[1, 2, 3]");
}

#[test]
fn conversions_say_the_type() {
    gives("int(3.9) + int('4') + int(5u)", "12");
    gives("double('2.5')", "2.5");
    gives("uint(3)", "3u");
    gives("string(3) + string(true)", "3true");
    gives("date('110-08-23') == date('2021-08-23')", "true");
    gives("duration('12mo') == duration('1y')", "true");
}

#[test]
fn dates_compare_where_all_their_days_agree() {
    gives("issued > params.from", "true");
    gives("body.graded_on == params.from", "true");
    gives("controls.drill.since < date('109-03-01')", "true");
    gives("controls.drill.since >= date('109-02-01')", "true");
    gives("controls.drill.since == date('109-03-01')", "false");
    gives("controls.drill.since <= date('109-02-29')", "true");
}

#[test]
fn durations_compare_across_units() {
    gives("controls.drill.every <= params.every", "true");
    gives("it.outage > duration('90min')", "true");
    gives("[duration('24h')] == [duration('1d')]", "true");
}

#[test]
fn comprehensions_go_over_lists_of_all_kinds() {
    gives("systems.exists(s, s.core)", "true");
    gives("systems.all(s, s.core)", "false");
    gives("systems.exists_one(s, s.core)", "false");
    gives("systems.filter(s, s.core).map(s, s.id)", "[s1, s3]");
    gives("systems.map(s, s.core, s.id)", "[s1, s3]");
    gives("systems.filter(s, !s.core)[0]", "systems[1]");
    gives("range(3).map(i, i * i)", "[0, 1, 4]");
    gives("range(-1)", "[]");
    gives("params.kinds.all(k, k in it.tags)", "false");
    gives("params.kinds.filter(k, !(k in it.tags))", "[mail]");
    gives(
        "params.needs.filter(n, has(n.people)).map(n, n.id)",
        "[ciso]",
    );
    gives("spare.all(s, false) && !spare.exists(s, true)", "true");
}

#[test]
fn comprehensions_go_over_the_keys_of_mappings() {
    gives("params.labels.all(k, k in params.kinds)", "true");
    gives("params.labels.filter(k, k != 'web')", "[mail]");
    gives("params.labels.map(k, params.labels[k])", "[網站, 郵件]");
    gives("{'a': 1, 'b': 2}.exists(k, k == 'b')", "true");
    gives("{1: 'x', 2: 'y'}.exists_one(k, k > 1)", "true");
    gives("{}.exists(k, true)", "false");
}

#[test]
fn comprehensions_nest_and_shadow() {
    gives("[[1, 2], [3]].map(x, x.map(x, x + 1))", "[[2, 3], [4]]");
    gives(
        "[1, 2].map(i, [10, 20].map(j, i + j))",
        "[[11, 21], [12, 22]]",
    );
    gives(
        "[1, 2].exists(i, [1].exists(j, i == j) && [2].all(j, i < j))",
        "true",
    );
}

#[test]
fn texts_are_searched_and_compared() {
    gives("it.name.contains('文')", "true");
    gives("it.name.startsWith('公') && it.name.endsWith('統')", "true");
    gives("it.name.matches('系.$')", "true");
    gives("matches(it.name, '^系')", "false");
    gives("it.name.matches('^公.{3}$')", "true");
    gives(
        "systems.filter(s, has(s.name)).map(s, s.name.matches(params.pattern))",
        "[true, false]",
    );
    gives(
        "['甲', '乙', '甲'].map(p, '甲'.matches(p))",
        "[true, false, true]",
    );
    gives("normalized('Ｖ１ ．０　版')", "V1.0版");
    gives("edit_distance('資通安全', '資安')", "2");
    gives(
        "closest('公文', systems.filter(s, has(s.name)).map(s, s.name))",
        "公文系統",
    );
    gives("compare_editions(edition, '1.9')", "1");
    for (a, b, before) in [
        ("108-12-31", "109年1月", "true"),
        ("109年1月", "109-01-31", "false"),
        ("109-01-31", "109年1月", "false"),
        ("109年", "109年1月", "false"),
        ("109-01-01", "109-01-01", "false"),
    ] {
        gives(&format!("surely_before(date('{a}'), date('{b}'))"), before);
    }
    gives("distinct(['a', 'b', 'a'])", "[a, b]");
    gives("distinct([1, 1u, 2.0, 2])", "[1, 2.0]");
}

#[test]
fn mappings_are_made_and_compared() {
    gives("{'a': 1, 'b': 2}['b']", "2");
    gives("{'a': 1}.a", "1");
    gives("{1: 'x'}[1]", "x");
    gives("'web' in params.labels && !('x' in {'a': 1})", "true");
    gives("{'a': 1, 'b': [2]} == {'b': [2], 'a': 1}", "true");
    gives("size({'a': 1})", "1");
    gives("params.labels == {'web': '網站', 'mail': '郵件'}", "true");
    gives("has({'a': 1}.b)", "false");
}

#[test]
fn a_conditional_evaluates_only_its_branch() {
    gives("it.core ? 1 : 1 / 0", "1");
    gives("1 > 2 ? it.owner : it.name", "公文系統");
}

#[test]
fn an_answer_absorbs_the_failure_of_the_other_side() {
    gives("it.owner == 'x' || true", "true");
    gives("1 / 0 == 1 && false", "false");
    gives("false && 1 / 0 == 1", "false");
    gives("[0, 1].exists(i, 1 / i == 1)", "true");
    gives("[1, 0].all(i, 1 / i == 2)", "false");
}

#[test]
fn guards_look_without_reading() {
    gives("has(it.owner)", "false");
    gives("has(it.name)", "true");
    gives("has(params.needs[1].people)", "false");
    gives("mode(annexed)", "annex");
    gives("mode(plan.controls.scan)", "by_law");
    gives("mode(controls.scan.every)", "by_law");
    gives("mode(controls.edr)", "silent");
    gives("mode(it.name)", "stated");
    gives(
        "stated(controls.drill.every) && !stated(controls.scan) && !stated(it.owner)",
        "true",
    );
    gives("size(spare) == 0 && stated(spare)", "true");
}

#[test]
fn a_row_covers_the_bodies_it_names() {
    gives(
        "bodies.filter(b, covers(systems[1], b)).map(b, b.id)",
        "[乙所]",
    );
    gives("bodies.all(b, covers(it, b))", "true");
}

#[test]
fn objects_are_equal_where_they_are_one() {
    gives("systems[0] == it && systems[1] != it", "true");
    gives("it in systems", "true");
    gives("it.tags == ['web', 'file']", "true");
}

#[test]
fn values_know_the_places_they_were_read_from() {
    let places = |source: &str| {
        with(source, &mut Budget::default(), |world, result| {
            let value = result.expect("a value");
            value
                .places()
                .into_iter()
                .map(|node| world.path(node))
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(places("it.name"), ["systems[0].name"]);
    assert_eq!(places("it.tags"), ["systems[0].tags"]);
    assert_eq!(
        places("it.tags.filter(t, t == 'file')"),
        ["systems[0].tags[1]"]
    );
    assert_eq!(
        places("systems.filter(s, s.core)"),
        ["systems[0]", "systems[2]"]
    );
    assert_eq!(
        places("systems.map(s, s.id)"),
        ["systems[0].id", "systems[1].id", "systems[2].id"]
    );
    assert_eq!(places("[it.name, issued]"), ["systems[0].name", "issued"]);
    assert_eq!(
        places("range(2).map(i, systems[i])"),
        ["systems[0]", "systems[1]"]
    );
    assert_eq!(places("size(systems)"), [""; 0]);
    assert_eq!(places("it.core ? it.name : it.id"), ["systems[0].name"]);
}

#[test]
fn a_formula_is_enumerated_over_its_factors() {
    gives("outcomes('product', [[1, 2], [3, 4]])", "[3, 4, 6, 8]");
    gives("outcomes('sum', [[1, 2], [1, 2]])", "[2, 3, 3, 4]");
    gives("outcomes('maximum', [[1, 5], [3]])", "[3, 5]");
    gives("outcomes('product', [[1, 2], []])", "[]");
    gives(
        "size(outcomes('product', [range(100), range(100)]))",
        "10000",
    );
}

#[test]
fn some_durations_have_no_figure() {
    gives("has_figure(duration('1y'))", "true");
    gives("has_figure(duration('立即'))", "true");
    gives("has_figure(duration('定期'))", "false");
}
