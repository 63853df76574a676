//! A policy file as written → a [`Policy`] in which everything resolves.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::catalogue::PlanCatalogue;
use super::example;
use super::expression::{Compiler, Expression, Names};
use super::grounds;
use super::laws::Laws;
use super::params::{Params, read_table};
use super::policy::{
    Check, Covers, Deadline, Each, Edition, FactPath, Policy, Scope, Start, Write, WriteKind,
};
use super::problem::Problems;
use super::raw::{RawCheck, RawDeadline, RawEdition, RawPolicy, RawScope, RawWrite};
use super::states::{self, read_modes};
use super::table::{Confidence, GRADES, SECTORS};
use crate::cel::{Data, Expected, Type};
use crate::document::{Document, Node, Spanned};
use crate::finding::{Severity, Verdict};
use crate::plan::{Schema, item_of};
use crate::text::{DateRange, Day, Duration, Localized, Span, parse_day};

/// What a policy is resolved against.
pub(super) struct Against<'a> {
    pub(super) schema: &'a Schema,
    pub(super) laws: &'a Laws,
}

/// Resolves one policy. What does not resolve is a problem, and the policy does not load.
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
    let each = each(raw, &catalogue, problems)?;
    let (it_type, it_path) = visited(&each, &catalogue);
    let fact = raw.fact.as_ref().and_then(|fact| fact_path(fact, &it_type, &catalogue, problems));
    if fact.is_none() && raw.fact.is_some() {
        return None;
    }
    let fact_type = fact.as_ref().map(|(_, ty)| ty.clone());
    let own_params = raw.params.map(|id| document.node(id));
    let mut resolver = Resolver {
        raw,
        document,
        laws: against.laws,
        own_params,
        it: it_type,
        fact: fact_type,
        over: raw.over.as_ref().map(|over| over.value.trim_start_matches("params.").to_owned()),
        compiler: Compiler {
            catalogue: &catalogue,
            problems,
            names: Names::new(&catalogue, Type::Dyn, None, None, Type::Dyn),
            known: BTreeMap::new(),
            text: document.file().text(),
        },
    };
    let mut editions: Vec<Edition> =
        raw.editions.iter().filter_map(|edition| resolver.edition(edition)).collect();
    editions.reverse();
    resolver.check_editions(&editions);
    let shown: Vec<&str> = raw.show.keys().map(String::as_str).collect();
    let help = resolver.compiler.message(&raw.help, &shown);
    let show = resolver.show(&raw.show);
    let write = raw.write.as_ref().and_then(|write| resolver.write(write));
    let item = match (&each, &fact) {
        (Each::Items, _) => None,
        (_, Some((fact, _))) => fact_item(fact, &it_path, against.schema),
        _ => it_path.as_deref().and_then(|path| item_of(against.schema, &keys(path))),
    };
    if !resolver.compiler.problems.is_empty() {
        return None;
    }
    Some(Policy {
        id,
        theme,
        file: Arc::clone(document.file()),
        examples: example::read(&raw.examples, raw.base, document),
        covers: raw.covers.iter().map(|&id| covers(document.node(id))).collect(),
        place: raw.title.zh_tw.span,
        title: Localized::new(&*raw.title.zh_tw.value, &*raw.title.en.value),
        why: raw.why.as_deref().map(|why| why.trim().into()),
        waivable: raw.waivable,
        each,
        over: resolver.over,
        fact: fact.map(|(fact, _)| fact),
        item,
        editions,
        help: help?,
        show,
        write,
        document: tree,
    })
}

fn keys(path: &str) -> Vec<&str> {
    path.split('.').map(|key| key.trim_end_matches("[*]")).collect()
}

fn fact_item(fact: &FactPath, it_path: &Option<String>, schema: &Schema) -> Option<u8> {
    let own: Vec<&str> = fact.keys.iter().map(String::as_str).collect();
    match fact.start {
        Start::Plan => item_of(schema, &own),
        _ => {
            let mut path = keys(it_path.as_deref()?);
            path.extend(own);
            item_of(schema, &path)
        }
    }
}

fn each(raw: &RawPolicy, catalogue: &PlanCatalogue<'_>, problems: &mut Problems<'_>) -> Option<Each> {
    let Some(each) = &raw.each else { return Some(Each::Plan) };
    Some(match each.value.as_str() {
        "plan" => Each::Plan,
        "bodies" => Each::Bodies,
        "items" => Each::Items,
        path => {
            let field = catalogue.schema().resolve(path);
            let list = field.map(|field| catalogue.schema().field(field).shape);
            if list.and_then(|shape| catalogue.schema().item_of(shape)).is_none() {
                let zh = format!("計畫中沒有清單「{path}」");
                problems.say("policy/each", each.span, zh, format!("{path} is no list of the plan"));
                return None;
            }
            Each::Rows(path.split('.').map(|key| key.trim_end_matches("[*]").to_owned()).collect())
        }
    })
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
        Each::Items => (Names::item(), None),
        Each::Rows(path) => (rows(&path.join(".")), Some(path.join("."))),
    }
}

/// The path of a fact, and the type of what it leads to. A segment with `{need}` is of the type of
/// its siblings, which must agree.
fn fact_path(
    fact: &Spanned<String>,
    it: &Type,
    catalogue: &PlanCatalogue<'_>,
    problems: &mut Problems<'_>,
) -> Option<(FactPath, Type)> {
    let (start, rest) = match fact.value.as_str() {
        "it" => return Some((FactPath { keys: Vec::new(), start: Start::ItemItself }, it.clone())),
        "fact" => (Start::Fact, ""),
        path => match (path.strip_prefix("it."), path.strip_prefix("fact.")) {
            (Some(rest), _) => (Start::Item, rest),
            (_, Some(rest)) => (Start::Fact, rest),
            _ => (Start::Plan, path),
        },
    };
    let path = FactPath { keys: segments(rest), start };
    if start == Start::Fact {
        return Some((path, Type::Dyn));
    }
    let from = match (start, it) {
        (Start::Plan, _) => catalogue.type_of(catalogue.schema().root()),
        (_, it) => it.clone(),
    };
    let mut ty = from;
    for key in &path.keys {
        let Some(next) = step(&ty, key, catalogue) else {
            let zh = format!("計畫中沒有「{}」（{key}）", fact.value);
            let en = format!("the plan has no {} ({key})", fact.value);
            problems.say("policy/fact", fact.span, zh, en);
            return None;
        };
        ty = next;
    }
    Some((path, ty))
}

/// The keys of a path; a dot inside of `{need.id}` separates nothing.
fn segments(path: &str) -> Vec<String> {
    let mut inside = false;
    let keys = path.split(|character| {
        inside = (inside || character == '{') && character != '}';
        character == '.' && !inside
    });
    keys.filter(|key| !key.is_empty()).map(str::to_owned).collect()
}

fn step(ty: &Type, key: &str, catalogue: &PlanCatalogue<'_>) -> Option<Type> {
    use crate::cel::Catalogue as _;
    let Type::Object(object) = ty else { return None };
    if !key.starts_with('{') {
        return catalogue.field(*object, key).map(|field| field.ty);
    }
    let names = catalogue.field_names(*object);
    let types = names.iter().filter_map(|name| catalogue.field(*object, name));
    let types: Vec<Type> = types.map(|field| field.ty).collect();
    let first = types.first()?;
    Some(if types.iter().all(|ty| ty == first) { first.clone() } else { Type::Dyn })
}

fn covers(node: Node<'_>) -> Covers {
    if let Some(id) = node.as_str() {
        return Covers { ids: vec![id.to_owned()], ..Covers::default() };
    }
    let texts = |key| -> BTreeMap<String, String> {
        let entries = node.get(key).into_iter().flat_map(|map| map.entries().collect::<Vec<_>>());
        entries.map(|entry| (entry.key.to_owned(), entry.value.written().to_owned())).collect()
    };
    let ids = node.get("ids").into_iter().flat_map(|ids| ids.items().collect::<Vec<_>>());
    Covers {
        ids: ids.map(|id| id.written().to_owned()).collect(),
        figures: texts("figures"),
        left: texts("left"),
    }
}

/// The type of the entries of the law's list.
fn need_type(params: &Params, over: &str) -> Type {
    let Type::Record(record) = params.ty() else { return Type::Dyn };
    match record.field(over) {
        Some((_, field)) => field.ty.element().cloned().unwrap_or(Type::Dyn),
        None => Type::Dyn,
    }
}

pub(super) struct Resolver<'r, 'c, 'f> {
    pub(super) raw: &'r RawPolicy,
    pub(super) document: &'r Document,
    pub(super) laws: &'r Laws,
    own_params: Option<Node<'r>>,
    it: Type,
    fact: Option<Type>,
    over: Option<String>,
    pub(super) compiler: Compiler<'c, 'f>,
}

impl Resolver<'_, '_, '_> {
    fn edition(&mut self, raw: &RawEdition) -> Option<Edition> {
        let from = self.day(&raw.from)?;
        let until = raw.until.as_ref().and_then(|until| self.day(until));
        let scope = raw.applies_to.as_ref().or(self.raw.applies_to.as_ref());
        let applies_to = scope.map(|scope| self.scope(scope)).unwrap_or_default();
        let params = Params::read(self.own_params, raw.params.map(|id| self.document.node(id)));
        self.check_params(&params, &applies_to, raw);
        let need = self.over.as_ref().map(|over| need_type(&params, over));
        let (it, fact) = (self.it.clone(), self.fact.clone());
        let names = Names::new(self.compiler.catalogue, it, fact, need, params.ty());
        self.compiler.rename(names);
        let severity = raw.severity.unwrap_or(self.raw.severity);
        let deadline = raw.deadline.as_ref().or(self.raw.deadline.as_ref());
        let shown: Vec<&str> = self.raw.show.keys().map(String::as_str).collect();
        let message = raw.message.as_ref().unwrap_or(&self.raw.message);
        let when = self.raw.when.as_ref();
        Some(Edition {
            from,
            until,
            grounds: grounds::read(self.document.node(raw.cite), self.laws, self.compiler.problems)?,
            confidence: self.table(raw.confidence, "policy/confidence", |node| {
                Confidence::parse(node.written())
            })?,
            verified_on: raw.verified_on.as_ref().and_then(|day| parse_day(&day.value)),
            note: raw.note.as_deref().map(Arc::from),
            severity: self.severity(severity)?,
            when: when.and_then(|when| self.compiler.condition(when)),
            modes: read_modes(raw.modes.as_ref(), self.raw.modes.as_ref(), &mut self.compiler),
            checks: self.checks(raw),
            deadline: deadline.and_then(|deadline| self.deadline(deadline)),
            at: self.raw.at.as_ref().and_then(|at| self.compiler.value(at)),
            related: self.raw.related.as_ref().and_then(|related| self.compiler.value(related)),
            message: self.compiler.message(message, &shown)?,
            messages: states::messages(&[&self.raw.messages, &raw.messages], &shown, &mut self.compiler),
            applies_to,
            law: Data::record([("from", Data::Date(DateRange::day(from)))]),
            params: Arc::new(params),
        })
    }

    /// A table must cover every row that the duty is asked of.
    fn check_params(&mut self, params: &Params, scope: &Scope, raw: &RawEdition) {
        if !params.differ() {
            return;
        }
        let keys: Vec<String> = match params.ty() {
            Type::Record(record) => {
                record.fields.iter().map(|field| field.name.to_string()).collect()
            }
            _ => Vec::new(),
        };
        for key in keys {
            if let Err(row) = params.covers(&key, scope.rows()) {
                let grade = row.grade.map_or('?', |grade| GRADES[usize::from(grade)]);
                let sector = row.sector.map_or("?", |sector| SECTORS[usize::from(sector)]);
                let zh = format!("params.{key} 未涵蓋 {sector} 之 {grade} 級");
                let en = format!("params.{key} has no row for grade {grade} of {sector}");
                self.compiler.problems.say("policy/table", raw.from.span, zh, en);
            }
        }
    }

    fn checks(&mut self, edition: &RawEdition) -> Vec<Check> {
        let assert = self.raw.assert.as_ref().map(|assert| RawCheck::of_assert(assert));
        let dropped = |id: &str| edition.drop.iter().any(|other| other.value == id);
        let all: Vec<RawCheck> = assert.into_iter().chain(self.raw.checks.iter().cloned()).collect();
        for id in edition.overrides.keys() {
            if !all.iter().any(|check| check.id.value == *id) {
                let zh = format!("override 所指之檢核「{id}」不存在");
                let en = format!("override names {id}, which is no check");
                self.compiler.problems.say("policy/override", edition.from.span, zh, en);
            }
        }
        let kept = all.into_iter().filter(|check| !dropped(&check.id.value));
        kept.filter_map(|mut check| {
            if let Some(assert) = edition.overrides.get(&check.id.value) {
                check.assert = assert.clone();
            }
            self.check(&check)
        })
        .collect()
    }

    fn check(&mut self, raw: &RawCheck) -> Option<Check> {
        let outer = self.raw.show.keys();
        let shown: Vec<&str> = outer.chain(raw.show.keys()).map(String::as_str).collect();
        let verdict = match raw.verdict.as_ref().map(|word| (word, Verdict::parse(&word.value))) {
            None | Some((_, Some(Verdict::Fail))) => Verdict::Fail,
            Some((_, Some(Verdict::Doubt))) => Verdict::Doubt,
            Some((word, _)) => {
                let zh = "檢核的 verdict 只能是 fail 或 doubt".to_owned();
                let en = "the verdict of a check is fail or doubt".to_owned();
                self.compiler.problems.say("policy/verdict", word.span, zh, en);
                return None;
            }
        };
        Some(Check {
            id: raw.id.value.as_str().into(),
            assert: self.compiler.condition(&raw.assert)?,
            when: raw.when.as_ref().and_then(|when| self.compiler.condition(when)),
            verdict,
            severity: raw.severity.and_then(|severity| self.severity(severity)),
            at: raw.at.as_ref().and_then(|at| self.compiler.value(at)),
            related: raw.related.as_ref().and_then(|related| self.compiler.value(related)),
            show: self.show(&raw.show),
            message: raw.message.as_ref().and_then(|text| self.compiler.message(text, &shown)),
            help: raw.help.as_ref().and_then(|text| self.compiler.message(text, &shown)),
            write: raw.write.as_ref().and_then(|write| self.write(write)),
            has_grace: raw.deadline.unwrap_or(true),
        })
    }

    fn show(&mut self, raw: &BTreeMap<String, Spanned<String>>) -> BTreeMap<String, Expression> {
        let compiled = raw.iter().map(|(name, source)| (name.clone(), self.compiler.value(source)));
        compiled.filter_map(|(name, expression)| Some((name, expression?))).collect()
    }

    fn write(&mut self, raw: &RawWrite) -> Option<Write> {
        let (kind, value) = match (raw.set, raw.add, raw.merge) {
            (Some(value), None, None) => (WriteKind::Set, value),
            (None, Some(value), None) => (WriteKind::Add, value),
            (None, None, Some(value)) => (WriteKind::Merge, value),
            _ => {
                let span = raw.at.as_ref().map_or(self.raw.title.zh_tw.span, |at| at.span);
                let zh = "write 應恰有 set、add、merge 之一".to_owned();
                let en = "write has exactly one of set, add, merge".to_owned();
                self.compiler.problems.say("policy/write", span, zh, en);
                return None;
            }
        };
        let at = match &raw.at {
            Some(at) => {
                let it = self.it.clone();
                Some(fact_path(at, &it, self.compiler.catalogue, self.compiler.problems)?.0)
            }
            None => None,
        };
        let mut placeholders = BTreeMap::new();
        self.placeholders(self.document.node(value), &mut placeholders);
        Some(Write { at, kind, value, placeholders })
    }

    fn placeholders(&mut self, node: Node<'_>, found: &mut BTreeMap<String, Expression>) {
        if let Some(text) = node.as_str() {
            for piece in text.split('{').skip(1) {
                let Some((source, _)) = piece.split_once('}') else { continue };
                let source = self.raw.show.get(source).map_or(source, |shown| shown.value.as_str());
                let compiled = self.compiler.compile(source, node.span(), Expected::Any);
                let key = piece.split_once('}').map(|(key, _)| key).unwrap_or_default();
                found.extend(compiled.map(|expression| (key.to_owned(), expression)));
            }
        }
        let children: Vec<Node<'_>> = if node.is_map() {
            node.entries().map(|entry| entry.value).collect()
        } else {
            node.items().collect()
        };
        children.into_iter().for_each(|child| self.placeholders(child, found));
    }

    fn deadline(&mut self, raw: &RawDeadline) -> Option<Deadline> {
        if raw.after.value != "graded_on" {
            let zh = "deadline.after 只能是 graded_on".to_owned();
            let en = "deadline.after is graded_on".to_owned();
            self.compiler.problems.say("policy/deadline", raw.after.span, zh, en);
        }
        Some(Deadline {
            within: self.table(raw.within, "policy/deadline", |node| {
                node.as_str().and_then(Duration::parse)
            })?,
            not_before: raw.not_before.as_ref().and_then(|day| self.day(day)),
            until_year_end: raw.until.as_ref().is_some_and(|until| until.value == "year_end"),
        })
    }

    fn scope(&mut self, raw: &RawScope) -> Scope {
        let mut indices = |words: &Option<Vec<Spanned<String>>>, known: &[String]| -> Vec<u8> {
            let mut found = Vec::new();
            for word in words.iter().flatten() {
                match known.iter().position(|other| *other == word.value) {
                    Some(at) => found.extend(u8::try_from(at).ok()),
                    None => {
                        let zh = format!("「{}」不在 {} 之內", word.value, known.join("、"));
                        let en = format!("{} is none of {}", word.value, known.join(", "));
                        self.compiler.problems.say("policy/scope", word.span, zh, en);
                    }
                }
            }
            found
        };
        let sectors = SECTORS.map(str::to_owned);
        let grades = GRADES.map(|grade| grade.to_string());
        Scope { sectors: indices(&raw.sector, &sectors), grades: indices(&raw.grade, &grades) }
    }

    fn severity(
        &mut self,
        id: crate::document::NodeId,
    ) -> Option<super::table::Table<Severity>> {
        self.table(id, "policy/severity", |node| Severity::parse(node.written()))
    }

    fn table<T>(
        &mut self,
        id: crate::document::NodeId,
        rule: &str,
        leaf: impl Fn(Node<'_>) -> Option<T>,
    ) -> Option<super::table::Table<T>> {
        let table = read_table(self.document.node(id), &leaf);
        table
            .map_err(|node| {
                let zh = format!("「{}」不是此處的值", node.written());
                let en = format!("{} is no value of this place", node.written());
                self.compiler.problems.say(rule, node.span(), zh, en);
            })
            .ok()
    }

    fn day(&mut self, written: &Spanned<String>) -> Option<Day> {
        let day = parse_day(&written.value);
        if day.is_none() {
            let zh = format!("「{}」不是西元年月日", written.value);
            let en = format!("{} is no ISO day", written.value);
            self.compiler.problems.say("policy/day", written.span, zh, en);
        }
        day
    }

    /// Newest first in the file, half-open, without overlap.
    fn check_editions(&mut self, editions: &[Edition]) {
        let rising = editions.windows(2).all(|pair| {
            pair[0].from < pair[1].from && pair[0].until.is_none_or(|until| until <= pair[1].from)
        });
        if !rising || editions.is_empty() {
            let span: Span = self.raw.title.zh_tw.span;
            let zh = "editions 應至少一版，由新到舊，且不重疊".to_owned();
            let en = "editions are at least one, newest first, without overlap".to_owned();
            self.compiler.problems.say("policy/editions", span, zh, en);
        }
    }
}
