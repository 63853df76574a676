//! Everything the expressions of a policy see at one visit, and the questions asked of them.

use std::collections::BTreeMap;

use super::host::{PlanHost, Thing};
use super::law_date::first_issued;
use crate::cel::{self, Budget, Cause, Content, Data, Failure, Mode as CelMode, Read, Value};
use crate::document::Node;
use crate::finding::{Reason, Verdict};
use crate::plan::{self, BodyIndex, Fact, Plan};
use crate::policy::{
    Check, Edition, Expression, FactPath, Grounds, Laws, Policy, Row, Start, VARIABLES,
};
use crate::text::{DateRange, Day, Localized};

/// One visit of a policy: an item, a need of the law, the subject body.
#[derive(Debug, Clone)]
pub(super) struct Visit<'p> {
    /// What is visited.
    pub(super) it: Value<'p, Thing<'p>>,
    /// Its node; of a mandatory item, of the best of its facts.
    pub(super) node: Node<'p>,
    /// The keys that are missing under the node, where the item is silent.
    pub(super) missing: Vec<String>,
    /// The subject body.
    pub(super) body: Option<BodyIndex>,
    /// The entry of the law's list, with its id.
    pub(super) need: Option<(&'p Data, String)>,
    /// The fact that the visited item itself is.
    pub(super) fact: Option<Fact<'p>>,
    /// 款 of the visited mandatory item.
    pub(super) item: Option<u8>,
}

/// What a duty came to before grace.
#[derive(Debug, Clone)]
pub(super) struct Decided<'p> {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<Reason>,
    pub(super) check: Option<&'p Check>,
    pub(super) state: Option<&'static str>,
    pub(super) why: Option<Localized>,
    pub(super) has_grace: bool,
}

impl Decided<'_> {
    pub(super) fn state(verdict: Verdict, state: &'static str) -> Self {
        Self {
            verdict,
            reason: None,
            check: None,
            state: Some(state),
            why: None,
            has_grace: true,
        }
    }

    pub(super) fn not_applicable(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            state: None,
            ..Self::state(Verdict::NotApplicable, "")
        }
    }

    pub(super) fn unknown(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            state: None,
            ..Self::state(Verdict::Unknown, "")
        }
    }
}

/// What the expressions of one plan see.
pub(super) struct Scene<'p> {
    pub(super) host: &'p PlanHost<'p>,
    pub(super) laws: &'p Laws,
    bindings: Vec<Option<Value<'p, Thing<'p>>>>,
    slots: BTreeMap<&'static str, usize>,
    first_law: Day,
    first_issued: Option<DateRange>,
}

impl<'p> Scene<'p> {
    pub(super) fn new(host: &'p PlanHost<'p>, laws: &'p Laws, first_law: Day) -> Self {
        Self {
            bindings: Vec::new(),
            slots: BTreeMap::new(),
            first_law,
            first_issued: first_issued(host.plan),
            host,
            laws,
        }
    }

    pub(super) fn plan(&self) -> &'p Plan<'p> {
        self.host.plan
    }

    /// The row of a body; of no body, none of the tables.
    pub(super) fn row(&self, body: Option<BodyIndex>) -> Row {
        let body = body.map(|body| self.plan().bodies().get(body));
        body.map_or(Row::default(), |body| Row::of(body.sector, body.grade))
    }

    /// Why the plan has no body to speak for it.
    pub(super) fn why_no_body(&self) -> Reason {
        match plan::look(self.plan(), &["bodies"], None).mode {
            plan::Mode::Annex(_) => Reason::Annex,
            _ => Reason::Silent,
        }
    }

    /// Binds the variables for a visit under an edition.
    pub(super) fn enter(
        &mut self,
        policy: &'p Policy,
        edition: &'p Edition,
        visit: &Visit<'p>,
        row: Row,
    ) {
        let present = |name: &str| match name {
            "fact" => policy.fact.is_some(),
            "need" => policy.over.is_some(),
            _ => true,
        };
        self.slots = VARIABLES
            .into_iter()
            .filter(|name| present(name))
            .enumerate()
            .map(|(slot, name)| (name, slot))
            .collect();
        self.bindings.clear();
        self.bindings.resize(self.slots.len(), None);
        let bodies = self.plan().bodies();
        let body = visit.body.map(|body| bodies.get(body).node);
        let body_shape = self.body_shape();
        self.bind("it", Some(visit.it.clone()));
        self.bind(
            "body",
            body.map(|node| {
                Value::object(Thing::Seen {
                    node,
                    shape: body_shape,
                    body: visit.body,
                })
            }),
        );
        self.bind("own", Some(self.host.root(visit.body.or(bodies.agency()))));
        self.bind("plan", Some(self.host.root(None)));
        self.bind(
            "need",
            visit.need.as_ref().map(|(need, _)| Value::data(need)),
        );
        self.bind("params", Some(Value::data(edition.params.at(row))));
        self.bind("law", Some(Value::data(&edition.law)));
    }

    fn body_shape(&self) -> plan::ShapeId {
        let schema = self.plan().schema();
        let rows = schema
            .resolve("bodies")
            .map(|field| schema.field(field).shape);
        rows.and_then(|rows| schema.item_of(rows))
            .unwrap_or(schema.root())
    }

    fn bind(&mut self, name: &str, value: Option<Value<'p, Thing<'p>>>) {
        if let Some(&slot) = self.slots.get(name) {
            self.bindings[slot] = value;
        }
    }

    pub(super) fn bind_fact(&mut self, fact: &Fact<'p>, body: Option<BodyIndex>) {
        if let Read::Value(value) = self.host.of_fact(fact, body) {
            self.bind("fact", Some(value));
        }
    }

    pub(super) fn bind_reason(&mut self, reason: Node<'p>) {
        let written = reason.written().trim();
        let text = if written.is_empty() {
            "（未附理由）"
        } else {
            written
        };
        let text = Content::Text(cel::Text::Borrowed(text));
        self.bind("reason", Some(Value::new(text)));
    }

    pub(super) fn bind_document(&mut self, documents: Node<'p>) {
        let cited = written_citations(documents);
        let text = Content::Text(cel::Text::Shared(cited.join("、").into()));
        self.bind("document", Some(Value::new(text)));
    }

    pub(super) fn bind_due(&mut self, due: Day) {
        self.bind("due", Some(Value::new(Content::Date(DateRange::day(due)))));
    }

    /// Whether a condition holds; without one it does. `Err` is the verdict where it has no answer.
    pub(super) fn holds(&mut self, condition: Option<&'p Expression>) -> Result<bool, Decided<'p>> {
        let Some(condition) = condition else {
            return Ok(true);
        };
        match self.value(condition) {
            Ok(value) => value
                .as_bool()
                .ok_or_else(|| Decided::unknown(Reason::Expression)),
            Err(failure) => Err(Decided {
                why: Some(self.explain(&failure)),
                ..Decided::unknown(failure.cause.reason())
            }),
        }
    }

    /// The value of an expression.
    pub(super) fn value(
        &mut self,
        expression: &'p Expression,
    ) -> Result<Value<'p, Thing<'p>>, Failure<Thing<'p>>> {
        let mut budget = Budget::default();
        cel::evaluate(
            &expression.program,
            self.host,
            &self.bindings,
            &mut budget,
            None,
        )
    }

    /// Why an expression has no answer, with the field by its title.
    fn explain(&self, failure: &Failure<Thing<'p>>) -> Localized {
        let (Cause::Absent { node, field } | Cause::Unread { node, field, .. }) = &failure.cause
        else {
            return failure.cause.message();
        };
        let Some(Thing::Seen { node, shape, .. }) = node else {
            return failure.cause.message();
        };
        let schema = self.plan().schema();
        let description = schema.field_named(*shape, field).map(|id| schema.field(id));
        let title = description.map_or(Localized::same(&**field), |field| field.title.clone());
        let _ = node;
        let (zh, en) = match &failure.cause {
            Cause::Unread {
                mode: CelMode::Annex,
                ..
            } => ("所在附件未隨附", "is in an annex that is not there"),
            Cause::Unread {
                mode: CelMode::Delegated,
                ..
            } => ("已委於文件", "is left to a document"),
            Cause::Unread {
                mode: CelMode::ByLaw,
                ..
            } => ("依法規所定，未載數值", "adopts the law's figure"),
            Cause::Unread { .. } => ("載為不適用", "is declared not applicable"),
            _ => ("未載明", "is not stated"),
        };
        Localized::new(
            format!("「{}」{zh}", title.zh_tw),
            format!("{} {en}", title.en),
        )
    }

    /// Looks for a fact along a path of the policy.
    pub(super) fn look(&mut self, path: &FactPath, visit: &Visit<'p>) -> Fact<'p> {
        let keys: Vec<String> = path.keys.iter().map(|key| segment(key, visit)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let body = visit.body.or(self.plan().bodies().agency());
        match (path.start, &visit.it.content) {
            (Start::ItemItself, _) if visit.fact.is_some() => {
                visit.fact.clone().expect("internal: asked in the guard")
            }
            (Start::Item | Start::ItemItself, Content::Object(Thing::Seen { node, shape, .. })) => {
                plan::look_from(self.plan(), *node, *shape, &keys, body)
            }
            _ => plan::look(self.plan(), &keys, body),
        }
    }

    /// When the body was graded: as stated, or bounded by the law's start and the oldest edition of
    /// the plan. Grace must be claimed: an unsaid day is never later than that.
    pub(super) fn graded(&self, body: Option<BodyIndex>, day: Day) -> DateRange {
        let stated = body.and_then(|body| self.plan().bodies().get(body).graded_on);
        stated.unwrap_or_else(|| {
            let last = self.first_issued.map_or(day, |issued| issued.last.min(day));
            DateRange {
                first: self.first_law,
                last: last.max(self.first_law),
            }
        })
    }

    /// Whether a `by_law` cites a provision that the edition rests on, for the body's row.
    pub(super) fn cites_the_same(
        &self,
        citations: Node<'p>,
        edition: &'p Edition,
        visit: &Visit<'p>,
    ) -> bool {
        let Grounds::Law(cites) = &edition.grounds else {
            return false;
        };
        let row = self.row(visit.body.or(self.plan().bodies().agency()));
        let written: Vec<Node<'p>> = if citations.is_list() {
            citations.items().collect()
        } else {
            vec![citations]
        };
        written.into_iter().any(|citation| {
            cites
                .iter()
                .any(|cite| super::basis::is_cited(citation, cite, self.laws, edition.from, row))
        })
    }
}

/// The documents that a `delegated_to` names, as printed.
pub(super) fn written_citations(node: Node<'_>) -> Vec<String> {
    if node.is_list() {
        return node.items().flat_map(written_citations).collect();
    }
    if node.is_map() {
        let parts: Vec<&str> = node.entries().map(|entry| entry.value.written()).collect();
        return vec![parts.join(" ")];
    }
    vec![node.written().to_owned()]
}

/// A segment of a path: `{need}` is the entry of the law's list, `{need.id}` its id.
fn segment(key: &str, visit: &Visit<'_>) -> String {
    match &visit.need {
        Some((_, id)) if key == "{need}" || key == "{need.id}" => id.clone(),
        Some((need, _)) if key.starts_with("{need.") => {
            let field = key.trim_start_matches("{need.").trim_end_matches('}');
            match need.get(field) {
                Some(Data::Text(text)) => text.to_string(),
                _ => key.to_owned(),
            }
        }
        _ => key.to_owned(),
    }
}
