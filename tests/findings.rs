//! Properties of every finding: a place that can be cut out of the file, a path that leads there,
//! one ground; and no dependence on the order in which a plan is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use plangate::check::{AsOf, Judge, Judged, Reader, Settings};
use plangate::document::{self, Document, Limits, Node};
use plangate::finding::{Basis, Finding, Verdict};
use plangate::plan::{Plan, PlanFiles, Schema, identity_path};
use plangate::policy::{Pack, PackSource};
use plangate::report::{self, Format, Options};
use plangate::text::{Day, Language, SourceFile};

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::builtin);
static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let (pack, problems) = Pack::load(&[PackSource::builtin()], &SCHEMA);
    assert!(problems.is_empty(), "the built-in pack loads: {problems:?}");
    pack
});

const PLANS: [&str; 5] = [
    "kaohsiung-civil-affairs",
    "taipei-city",
    "taichung-labor-affairs",
    "keelung-elementary-school",
    "fangliao-household-registration",
];

#[expect(clippy::disallowed_methods, reason = "a test reads the fixtures")]
fn text_of(plan: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/plans")
        .join(plan);
    std::fs::read_to_string(path.join("plan.yaml")).expect("the fixture reads")
}

fn files(text: &str) -> PlanFiles {
    let file = Arc::new(SourceFile::new("plans/a/plan.yaml", text));
    PlanFiles {
        folder: "plans/a".into(),
        main: document::parse(&file, Limits::default())
            .document
            .expect("small enough"),
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    }
}

#[test]
fn nothing_is_shown_at_a_terminal_that_was_not_made_for_it() {
    let today: Day = "2026-11-20".parse().expect("a day");
    let shown = |plan: &str, language, reader| {
        let settings = Settings {
            as_of: AsOf::Issued,
            ..Settings::on(today)
        };
        let judge = Judge::new(&PACK, &SCHEMA, settings).writing_for(reader);
        let judged = judge.plan(&files(&text_of(plan)));
        let outcome = judge.outcome(vec![judged], "0");
        let options = Options {
            language,
            all: true,
            ..Options::default()
        };
        let mut out = Vec::new();
        report::render(Format::Text, &outcome, options, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("reports are text")
    };
    for (plan, language) in PLANS
        .into_iter()
        .flat_map(|plan| Language::ALL.map(|it| (plan, it)))
    {
        let all = shown(plan, language, Reader::ALL);
        let needed = shown(plan, language, Reader::at_terminal(language));
        assert!(
            all == needed,
            "{plan} in {language:?} is shown something else"
        );
    }
}

#[test]
fn a_word_of_the_plan_is_told_by_its_title_and_written_as_the_word() {
    let plan = files(
        "header: { agency: jia }\n\
         bodies: [{ id: jia, name: 甲局, grade: C }]\n\
         systems:\n  - id: mail\n    name: 郵件系統\n    core: true\n    protection_level: 中\n\
        \x20   dimensions: { confidentiality: 高, integrity: 普, availability: 普, legal_compliance: 普 }\n",
    );
    let judged = judged(&plan, AsOf::Day("2022-06-01".parse().expect("a day")));
    let told = |finding: &&Finding| &*finding.policy == "protection-level-not-highest";
    let finding = judged.findings.iter().find(told).expect("a finding");
    assert!(
        finding.message.en.contains("level high in one aspect"),
        "{}",
        finding.message.en
    );
    assert!(
        finding.message.en.contains("of level medium"),
        "{}",
        finding.message.en
    );
    assert!(
        finding.message.zh_tw.contains("為高級"),
        "{}",
        finding.message.zh_tw
    );
    let edit = finding.write.as_ref().expect("what to write");
    assert!(
        edit.text.contains('高') && !edit.text.contains("high"),
        "{}",
        edit.text
    );
}

fn judged(files: &PlanFiles, as_of: AsOf) -> Judged {
    let today: Day = "2026-11-20".parse().expect("a day");
    Judge::new(
        &PACK,
        &SCHEMA,
        Settings {
            as_of,
            today,
            all: true,
        },
    )
    .plan(files)
}

fn dates() -> [AsOf; 3] {
    let day = |day: &str| AsOf::Day(day.parse().expect("a day"));
    [AsOf::Issued, day("2021-09-01"), day("2026-11-20")]
}

/// Every node of a plan by its identity path.
fn nodes<'d>(plan: &Plan<'d>, node: Node<'d>, found: &mut BTreeMap<String, Vec<Node<'d>>>) {
    found
        .entry(identity_path(plan, node).to_string())
        .or_default()
        .push(node);
    let children: Vec<Node<'d>> = if node.is_map() {
        node.entries().map(|entry| entry.value).collect()
    } else {
        node.items().collect()
    };
    for child in children {
        nodes(plan, child, found);
    }
}

#[test]
fn the_span_of_a_finding_holds_the_value_at_its_path() {
    for name in PLANS {
        let text = text_of(name);
        let files = files(&text);
        let plan = Plan::new(&files, &SCHEMA);
        let mut all = BTreeMap::new();
        nodes(&plan, files.main.root(), &mut all);
        for as_of in dates() {
            for finding in judged(&files, as_of).findings {
                stands_where_it_says(name, &finding, &all);
            }
        }
    }
}

fn stands_where_it_says(name: &str, finding: &Finding, all: &BTreeMap<String, Vec<Node<'_>>>) {
    let place = &finding.place;
    let told = format!(
        "{name}: {} at {}: {:?}",
        finding.policy,
        place.path,
        place.text()
    );
    assert!(
        place.start().line >= 1 && place.start().column >= 1,
        "{told}"
    );
    if let Some(nodes) = all.get(&*place.path) {
        let own = nodes.iter().find(|node| node.span() == place.span);
        if let Some(node) = own {
            // The cut begins where the file has it, so that its later lines keep their depth.
            let cut = format!("{}{}", " ".repeat(place.start().column - 1), place.text());
            assert_eq!(read(&cut), read_node(*node), "{told}");
            return;
        }
    }
    // Something is missing: the place is the key, or the first line, of the nearest thing there is.
    let mut path = &*place.path;
    let nearest = loop {
        if let Some(nodes) = all.get(path) {
            break nodes;
        }
        path = path.rsplit_once('.').map_or("", |(before, _)| before);
    };
    let above = nearest.iter().any(|node| {
        let span = node.span();
        let inside = span.start <= place.span.start && place.span.end <= span.end;
        let key = path
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .split('[')
            .next()
            .unwrap_or_default();
        inside || place.text() == key
    });
    assert!(above, "{told}: neither in nor the key of {path}");
}

/// A value as YAML reads it, without regard to how it is written.
fn read(text: &str) -> String {
    let file = Arc::new(SourceFile::new("cut", text));
    let parsed = document::parse(&file, Limits::default());
    parsed
        .document
        .map(|document: Document| read_node(document.root()))
        .unwrap_or_default()
}

fn read_node(node: Node<'_>) -> String {
    if node.is_map() {
        let entries = node
            .entries()
            .map(|entry| format!("{}: {}", entry.key, read_node(entry.value)));
        return format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
    }
    if node.is_list() {
        return format!(
            "[{}]",
            node.items().map(read_node).collect::<Vec<_>>().join(", ")
        );
    }
    node.written().to_owned()
}

#[test]
fn every_finding_has_words_in_both_languages_and_one_ground() {
    for name in PLANS {
        let files = files(&text_of(name));
        for as_of in dates() {
            for finding in judged(&files, as_of).findings {
                let told = format!("{name}: {}: {:?}", finding.policy, finding.message);
                for text in [&finding.message.zh_tw, &finding.message.en] {
                    assert!(!text.is_empty(), "{told}");
                    assert!(!text.contains(['{', '}', '\u{fffc}']), "{told}");
                }
                match &finding.basis {
                    Basis::Law(citation) | Basis::Local(citation) => {
                        assert!(!citation.written().zh_tw.is_empty(), "{told}");
                    }
                    Basis::Consistency(place) => assert!(!place.path.is_empty(), "{told}"),
                    Basis::Format { rule } => assert!(!rule.is_empty(), "{told}"),
                }
                if matches!(finding.verdict, Verdict::Fail | Verdict::Doubt) {
                    assert!(finding.help.is_some(), "{told}");
                }
            }
        }
    }
}

#[test]
fn fingerprints_tell_findings_apart() {
    for name in PLANS {
        let files = files(&text_of(name));
        let findings = judged(&files, AsOf::Issued).findings;
        let mut seen = BTreeMap::new();
        for finding in findings
            .iter()
            .filter(|finding| finding.verdict.needs_attention())
        {
            for subject in &finding.bodies {
                let told = format!("{} {:?} {}", finding.policy, finding.check, subject.name);
                if let Some(other) =
                    seen.insert((subject.fingerprint, finding.place.span), told.clone())
                {
                    panic!("{name}: {told} and {other} have one fingerprint");
                }
            }
        }
    }
}

/// What was found, without lines.
fn essence(judged: &Judged) -> BTreeSet<String> {
    let findings = judged.findings.iter();
    findings
        .map(|f| {
            format!(
                "{} {:?} {:?} {} {}",
                f.policy, f.check, f.verdict, f.place.path, f.message.zh_tw
            )
        })
        .collect()
}

#[test]
fn the_order_of_sections_does_not_matter() {
    for name in PLANS {
        let text = text_of(name);
        let mut blocks: Vec<String> = Vec::new();
        for line in text.lines() {
            let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
            if begins || blocks.is_empty() {
                blocks.push(String::new());
            }
            if let Some(block) = blocks.last_mut() {
                block.push_str(line);
                block.push('\n');
            }
        }
        blocks.reverse();
        let (one, other) = (files(&text), files(&blocks.concat()));
        let (one, other) = (judged(&one, AsOf::Issued), judged(&other, AsOf::Issued));
        assert_eq!(essence(&one), essence(&other), "{name}");
    }
}

/// A plan of bodies of several grades; with `apart`, each has a field of its own that no policy
/// judges, so that no two can share an evaluation.
fn many_bodies(apart: bool) -> PlanFiles {
    let mut text =
        String::from("header: { title: 計畫, agency: b0, issued: 2022-04-27 }\nbodies:\n");
    for (number, grade) in "CDCDEABCDCDE".chars().enumerate() {
        let dates = ["2019-06-27", "2021-12-01"];
        let graded = dates[number % 2];
        text.push_str(&format!(
            "  - {{ id: b{number}, name: 機關{number}, grade: {grade}, graded_on: {graded}"
        ));
        if apart {
            text.push_str(&format!(", functions: [職掌{number}]"));
        }
        text.push_str(" }\n");
    }
    text.push_str(
        "personnel:\n  dedicated: [{ for: [C], count: 1, per: body }, { for: [b3], count: 2 }]\n",
    );
    text.push_str("systems: [{ id: s, name: 系統, body: b2, core: true }]\n");
    text.push_str("training:\n  rules: [{ who: [users, managers], kind: general, hours: 3, every: 1y, per: person }]\n");
    files(&text)
}

#[test]
fn bodies_judged_together_get_what_they_would_get_alone() {
    let (together, alone) = (many_bodies(false), many_bodies(true));
    for as_of in dates() {
        let (together, alone) = (judged(&together, as_of), judged(&alone, as_of));
        let tallies = |judged: &Judged| -> Vec<_> {
            judged
                .summary
                .bodies
                .iter()
                .map(|body| (body.id.clone(), body.tally))
                .collect()
        };
        assert_eq!(tallies(&together), tallies(&alone), "{as_of:?}");
    }
}
