//! A policy file as written → a [`Policy`] in which everything resolves.

mod checks;
mod edition;
mod figures;
mod forbid;
mod paths;
mod tables;
mod transition;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use paths::fact_path;

use super::catalogue::PlanCatalogue;
use super::derived::Collection;
use super::example;
use super::expression::Compiler;
use super::laws::Laws;
use super::policy::{Covers, Each, Edition, FactPath, Policy, Start};
use super::problem::Problems;
use super::raw::{RawEdition, RawPolicy};
use crate::cel::Type;
use crate::document::{Document, Node};
use crate::plan::{Schema, item_of};
use crate::text::{Day, Localized, Span, parse_day};

/// What a policy is resolved against.
pub(super) struct Against<'a> {
    pub(super) schema: &'a Schema,
    pub(super) laws: &'a Laws,
    /// Whether its tests have compiled every expression already.
    pub(super) trusted: bool,
}

/// Resolves one policy. What does not resolve is a problem, and the policy does not load: what is
/// given all the same is for the search for more problems.
pub(super) fn resolve(
    id: Arc<str>,
    theme: Arc<str>,
    raw: &RawPolicy,
    document: Document,
    against: &Against<'_>,
    problems: &mut Problems<'_>,
) -> Option<Policy> {
    let tree = document;
    let document = &tree;
    let catalogue = PlanCatalogue::new(against.schema);
    let each = each(raw, &catalogue, problems);
    // What is not known may be anything: the rest of the file is still read, for its own problems.
    let (it_type, it_path) = each
        .as_ref()
        .map_or((Type::Dyn, None), |each| visited(each, &catalogue));
    let forbid = forbid::forbid(raw, against, problems);
    let transition = transition::pairs(raw, each.as_ref(), problems);
    let text = document.file().text();
    let fact = raw
        .fact
        .as_ref()
        .and_then(|fact| fact_path(fact, text, &it_type, &catalogue, problems));
    let fact_type = match (&fact, &raw.fact) {
        (Some((_, ty)), _) => Some(ty.clone()),
        (None, Some(_)) => Some(Type::Dyn),
        (None, None) => None,
    };
    let own_params = raw.params.map(|id| document.node(id));
    let mut resolver = Resolver {
        raw,
        document,
        laws: against.laws,
        own_params,
        side: transition.map(|_| match &each {
            Some(Each::Bodies | Each::Rows(_)) => it_type.clone(),
            _ => catalogue.type_of(catalogue.schema().root()),
        }),
        it: it_type,
        fact: fact_type,
        over: raw
            .over
            .as_ref()
            .map(|over| over.value.trim_start_matches("params.").to_owned()),
        compiler: Compiler::new(
            &catalogue,
            problems,
            document.file().text(),
            against.trusted,
        ),
    };
    let mut editions: Vec<Edition> = raw
        .editions
        .iter()
        .filter_map(|edition| resolver.edition(edition))
        .collect();
    editions.reverse();
    resolver.check_editions();
    let shown: Vec<&str> = raw.show.keys().map(String::as_str).collect();
    let help = resolver.compiler.message(&raw.help, &shown);
    let show = resolver.show(&raw.show);
    let write = raw.write.as_ref().and_then(|write| resolver.write(write));
    let each = each?;
    let item = match (&each, &fact) {
        (Each::Derived(_), _) => None,
        (_, Some((fact, _))) => fact_item(fact, it_path.as_ref(), against.schema),
        _ => it_path
            .as_deref()
            .and_then(|path| item_of(against.schema, &keys(path))),
    };
    Some(Policy {
        id,
        theme,
        file: Arc::clone(document.file()),
        examples: example::read(&raw.examples, raw.base, document),
        covers: raw
            .covers
            .iter()
            .map(|&id| covers(document.node(id)))
            .collect(),
        place: raw.title.zh_tw.span,
        title: Localized::new(&*raw.title.zh_tw.value, &*raw.title.en.value).into(),
        why: raw.why.as_deref().map(|why| why.trim().into()),
        tightens: raw.tightens.clone(),
        waivable: raw.waivable,
        each,
        over: resolver.over,
        fact: fact.map(|(fact, _)| fact),
        transition,
        forbid,
        item,
        editions,
        help: help?,
        show,
        write,
        document: tree,
    })
}

fn keys(path: &str) -> Vec<&str> {
    path.split('.')
        .map(|key| key.trim_end_matches("[*]"))
        .collect()
}

fn fact_item(fact: &FactPath, it_path: Option<&String>, schema: &Schema) -> Option<u8> {
    let own: Vec<&str> = fact.keys.iter().map(String::as_str).collect();
    match fact.start {
        Start::Plan => item_of(schema, &own),
        _ => {
            let mut path = keys(it_path?);
            path.extend(own);
            item_of(schema, &path)
        }
    }
}

fn each(
    raw: &RawPolicy,
    catalogue: &PlanCatalogue<'_>,
    problems: &mut Problems<'_>,
) -> Option<Each> {
    let Some(each) = &raw.each else {
        return Some(match raw.forbid.is_empty() {
            true => Each::Plan,
            false => Each::Derived(Collection::Texts),
        });
    };
    Some(match each.value.as_str() {
        "plan" => Each::Plan,
        "bodies" => Each::Bodies,
        name if derived(name).is_some() => Each::Derived(derived(name)?),
        path => {
            let field = catalogue.schema().resolve(path);
            let list = field.map(|field| catalogue.schema().field(field).shape);
            if list
                .and_then(|shape| catalogue.schema().item_of(shape))
                .is_none()
            {
                let zh = format!("計畫中沒有清單「{path}」");
                problems.say(
                    "policy/each",
                    each.span,
                    zh,
                    format!("{path} is no list of the plan"),
                );
                return None;
            }
            Each::Rows(
                path.split('.')
                    .map(|key| key.trim_end_matches("[*]").to_owned())
                    .collect(),
            )
        }
    })
}

/// The derived collection of that name.
fn derived(name: &str) -> Option<Collection> {
    let mut all = Collection::ALL.into_iter();
    all.find_map(|(known, collection)| (known == name).then_some(collection))
}

/// The type of what is visited, and its path in the schema.
fn visited(each: &Each, catalogue: &PlanCatalogue<'_>) -> (Type, Option<String>) {
    let rows = |path: &str| {
        let field = catalogue.schema().resolve(path);
        let ty = field.map(|field| catalogue.type_of(catalogue.schema().field(field).shape));
        ty.and_then(|ty| ty.element().cloned()).unwrap_or(Type::Dyn)
    };
    match each {
        Each::Plan => (catalogue.type_of(catalogue.schema().root()), None),
        Each::Bodies => (rows("bodies"), Some("bodies".to_owned())),
        Each::Derived(collection) => (PlanCatalogue::derived(*collection), None),
        Each::Rows(path) => (rows(&path.join(".")), Some(path.join("."))),
    }
}

fn covers(node: Node<'_>) -> Covers {
    if let Some(id) = node.as_str() {
        return Covers {
            ids: vec![id.to_owned()],
            ..Covers::default()
        };
    }
    let texts = |key| -> BTreeMap<String, String> {
        let entries = node
            .get(key)
            .into_iter()
            .flat_map(|map| map.entries().collect::<Vec<_>>());
        entries
            .map(|entry| (entry.key.to_owned(), entry.value.written().to_owned()))
            .collect()
    };
    let ids = node
        .get("ids")
        .into_iter()
        .flat_map(|ids| ids.items().collect::<Vec<_>>());
    Covers {
        ids: ids.map(|id| id.written().to_owned()).collect(),
        figures: texts("figures"),
        left: texts("left"),
    }
}

pub(super) struct Resolver<'r, 'c, 'f> {
    pub(super) raw: &'r RawPolicy,
    pub(super) document: &'r Document,
    pub(super) laws: &'r Laws,
    own_params: Option<Node<'r>>,
    it: Type,
    fact: Option<Type>,
    side: Option<Type>,
    over: Option<String>,
    pub(super) compiler: Compiler<'c, 'f>,
}

impl Resolver<'_, '_, '_> {
    /// Newest first in the file, half-open, without overlap, and without a gap that no note explains.
    fn check_editions(&mut self) {
        if self.raw.editions.is_empty() {
            let span: Span = self.raw.title.zh_tw.span;
            let zh = "editions 至少一版".to_owned();
            let en = "editions are at least one".to_owned();
            self.compiler.problems.say("policy/editions", span, zh, en);
        }
        for pair in self.raw.editions.windows(2) {
            let (newer, older) = (&pair[0], &pair[1]);
            let from = |edition: &RawEdition| parse_day(&edition.from.value);
            let (Some(next), Some(first)) = (from(newer), from(older)) else {
                continue;
            };
            let until = older.until.as_ref();
            let until = until.and_then(|until| Some((until.span, parse_day(&until.value)?)));
            if first >= next {
                let zh = format!("editions 應由新到舊，{first} 不早於上一版之 {next}");
                let en = format!("editions are newest first, but {first} is not before {next}");
                let span = older.from.span;
                self.compiler.problems.say("policy/editions", span, zh, en);
            } else if let Some((span, until)) = until {
                self.check_seam(span, until, next, older.note.is_some());
            }
        }
    }

    /// The end of an edition against the start of the next.
    fn check_seam(&mut self, span: Span, until: Day, next: Day, explained: bool) {
        let problems = &mut *self.compiler.problems;
        if until > next {
            let zh = format!("此版至 {until} 止，與自 {next} 起之次一版重疊");
            let en = format!("this edition runs to {until} and overlaps the next, from {next}");
            problems.say("policy/editions", span, zh, en);
        } else if until < next && !explained {
            let zh = format!("此版止於 {until}，次一版自 {next} 起，其間無此義務");
            let en = format!("nothing is owed between {until} and the next edition, from {next}");
            problems.say("policy/edition-gap", span, zh, en);
        }
    }
}
