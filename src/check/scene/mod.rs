//! Everything the expressions of a policy see at one visit, and the questions asked of them.

pub(in crate::check) mod bindings;
pub(in crate::check) mod cited_law;
pub(in crate::check) mod delegations;
pub(in crate::check) mod derived;
pub(in crate::check) mod facts;
pub(in crate::check) mod host;
pub(in crate::check) mod prose;
pub(in crate::check) mod reads;
pub(in crate::check) mod recall;
pub(in crate::check) mod unasked;
pub(in crate::check) mod visits;

use std::sync::Arc;

use crate::cel::{
    self, Budget, Cause, Content, Data, Failure, Mode as CelMode, Read, Trace, Value,
};
use crate::check::duty::decided::Decided;
use crate::check::findings::reader::Reader;
use crate::check::law_date::first_issued;
use crate::check::scene::bindings::{Bindings, Variable};
use crate::check::scene::facts::written_citations;
use crate::check::scene::host::{PlanHost, Seen, Thing};
use crate::check::scene::prose::Match;
use crate::check::scene::recall::{Recall, Stand};
use crate::check::sides::before::Sides;
use crate::document::Node;
use crate::finding::Reason;
use crate::plan::{self, BodyIndex, Fact, Plan};
use crate::policy::{Collection, Edition, Expression, Laws, Policy, Row};
use crate::text::{DateRange, Day, Localized};

/// One visit of a policy: an item, a need of the law, the subject body. Every row of a plan is one, and is
/// copied for what it comes to: what few visits have stands elsewhere.
#[derive(Debug, Clone)]
pub(in crate::check) struct Visit<'p> {
    /// What is visited.
    pub(in crate::check) it: Value<'p, Thing<'p>>,
    /// Its node; of a mandatory item, of the best of its facts.
    pub(in crate::check) node: Node<'p>,
    /// The keys that are missing under the node, where the item is silent.
    pub(in crate::check) missing: Vec<String>,
    /// The subject body.
    pub(in crate::check) body: Option<BodyIndex>,
    /// The entry of the law's list, with its id.
    pub(in crate::check) need: Option<(&'p Data, &'p str)>,
    /// The fact that the visited item itself is.
    pub(in crate::check) fact: Option<Fact<'p>>,
    /// 款 of the visited mandatory item.
    pub(in crate::check) item: Option<u8>,
    /// What a text policy found in the visited text.
    pub(in crate::check) found: Option<Box<Match>>,
    /// The row before and after, of a transition over rows.
    pub(in crate::check) sides: Option<Box<Sides<'p>>>,
}

impl<'p> Visit<'p> {
    /// Of a thing at its node, and nothing more.
    pub(in crate::check) fn of(it: Value<'p, Thing<'p>>, node: Node<'p>) -> Self {
        Self {
            it,
            node,
            missing: Vec::new(),
            body: None,
            need: None,
            fact: None,
            item: None,
            found: None,
            sides: None,
        }
    }
}

/// What the expressions of one plan see.
pub(in crate::check) struct Scene<'p> {
    pub(in crate::check) host: &'p PlanHost<'p>,
    pub(in crate::check) laws: &'p Laws,
    /// For whom findings are written.
    pub(in crate::check) reader: Reader,
    bindings: Bindings<'p>,
    recall: Recall<'p>,
    /// The id and the name of each body, which its findings share.
    called: Vec<(Arc<str>, Arc<str>)>,
    body_shape: plan::ShapeId,
    first_law: Day,
    first_issued: Option<DateRange>,
}

impl<'p> Scene<'p> {
    pub(in crate::check) fn new(host: &'p PlanHost<'p>, laws: &'p Laws, first_law: Day) -> Self {
        let bodies = host.plan.bodies().all().iter();
        Self {
            bindings: Bindings::default(),
            recall: Recall::new(),
            called: bodies
                .map(|body| (body.id.into(), body.name.into()))
                .collect(),
            body_shape: body_shape(host.plan),
            first_law,
            first_issued: first_issued(host.plan),
            reader: Reader::ALL,
            host,
            laws,
        }
    }

    pub(in crate::check) fn plan(&self) -> &'p Plan<'p> {
        self.host.plan
    }

    /// The id and the name of a body.
    pub(in crate::check) fn called(&self, body: BodyIndex) -> (Arc<str>, Arc<str>) {
        self.called[body.0 as usize].clone()
    }

    /// The row of a body; of no body, none of the tables.
    pub(in crate::check) fn row(&self, body: Option<BodyIndex>) -> Row {
        let body = body.map(|body| self.plan().bodies().get(body));
        body.map_or(Row::default(), |body| Row::of(body.sector, body.grade))
    }

    /// Why the plan has no body to speak for it.
    pub(in crate::check) fn why_no_body(&self) -> Reason {
        match plan::look(self.plan(), &["bodies"], None).mode {
            plan::Mode::Annex(_) => Reason::Annex,
            _ => Reason::Silent,
        }
    }

    /// Binds the variables for a visit under an edition.
    pub(in crate::check) fn enter(
        &mut self,
        policy: &'p Policy,
        edition: &'p Edition,
        visit: &Visit<'p>,
        row: Row,
    ) {
        let stand = Stand {
            policy,
            edition,
            day: self.host.day.get(),
            body: visit.body,
        };
        if self.recall.stays(&stand) {
            self.bindings.forget_late();
        } else {
            self.bindings.clear(policy);
            self.recall.go(stand, &self.bindings);
            self.bind_lasting(edition, visit.body, row);
        }
        self.recall.pass();
        self.bind(Variable::It, visit.it.clone());
        let need = visit.need.map(|(need, _)| Value::data(need));
        self.bindings.set(Variable::Need, need);
        if let Some(found) = &visit.found {
            self.bind_found(found);
        }
        if let (Some(_), Some(before)) = (policy.transition, &self.host.before) {
            let whole = || before.whole(self.host.root(None));
            let sides = visit.sides.as_deref().cloned();
            let Sides { old, new } = sides.unwrap_or_else(whole);
            self.bindings.set(Variable::Old, old);
            self.bindings.set(Variable::New, new);
            self.bind(
                Variable::Changes,
                Value::list(Thing::All(Collection::Changes)),
            );
        }
    }

    /// Binds what is the same for every visit of a body under an edition.
    fn bind_lasting(&mut self, edition: &'p Edition, body: Option<BodyIndex>, row: Row) {
        let bodies = self.plan().bodies();
        let own = self.host.root(body.or(bodies.agency()));
        let body = body.map(|index| {
            Value::object(self.host.thing(Seen {
                node: bodies.get(index).node,
                shape: self.body_shape,
                body,
            }))
        });
        self.bindings.set(Variable::Body, body);
        self.bind(Variable::Own, own);
        self.bind(Variable::Plan, self.host.root(None));
        self.bind(Variable::Params, Value::data(edition.params.at(row)));
        self.bind(Variable::Law, Value::data(&edition.law));
        let day = self.host.day.get();
        let day = day.map(|day| Value::new(Content::Date(DateRange::day(day))));
        self.bindings.set(Variable::Day, day);
        let citations = Value::list(Thing::All(Collection::Citations));
        self.bind(Variable::Citations, citations);
    }

    fn bind(&mut self, variable: Variable, value: Value<'p, Thing<'p>>) {
        self.bindings.set(variable, Some(value));
    }

    /// Binds what is known only on the way.
    fn bind_late(&mut self, variable: Variable, value: Value<'p, Thing<'p>>) {
        self.recall.pass();
        self.bind(variable, value);
    }

    pub(in crate::check) fn bind_fact(&mut self, fact: &Fact<'p>, body: Option<BodyIndex>) {
        if let Read::Value(value) = self.host.of_fact(fact, body) {
            self.bind_late(Variable::Fact, value);
        }
    }

    pub(in crate::check) fn bind_reason(&mut self, reason: Node<'p>) {
        let written = reason.written().trim();
        let text = if written.is_empty() {
            "（未附理由）"
        } else {
            written
        };
        let text = Content::Text(cel::Text::Borrowed(text));
        self.bind_late(Variable::Reason, Value::new(text));
    }

    pub(in crate::check) fn bind_document(&mut self, documents: Node<'p>) {
        let cited = written_citations(documents);
        let text = Content::Text(cel::Text::made(cited.join("、")));
        self.bind_late(Variable::Document, Value::new(text));
    }

    fn bind_found(&mut self, found: &Match) {
        let text = |text: &Arc<str>| Value::new(Content::Text(cel::Text::made(&**text)));
        self.bind(Variable::Match, text(&found.shown));
        self.bindings
            .set(Variable::Suggest, found.suggest.as_ref().map(text));
    }

    pub(in crate::check) fn bind_due(&mut self, due: Day) {
        self.bind_late(
            Variable::Due,
            Value::new(Content::Date(DateRange::day(due))),
        );
    }

    /// Whether a condition holds; without one it does. `Err` is the verdict where it has no answer.
    pub(in crate::check) fn holds(
        &mut self,
        condition: Option<&'p Expression>,
    ) -> Result<bool, Decided<'p>> {
        let Some(condition) = condition else {
            return Ok(true);
        };
        let mut budget = Budget::default();
        let (program, values) = (condition.program(), self.bindings.values());
        let memory = &mut self.recall.memory;
        match cel::holds_again(program, self.host, values, &mut budget, memory) {
            Ok(held) => Ok(held),
            Err(failure) => Err(Decided {
                why: Some(self.explain(&failure.cause)),
                by: Some(condition),
                ..Decided::unknown(failure.cause.reason())
            }),
        }
    }

    /// The value of an expression.
    pub(in crate::check) fn value(
        &mut self,
        expression: &'p Expression,
    ) -> Result<Value<'p, Thing<'p>>, Failure<Thing<'p>>> {
        let mut budget = Budget::default();
        let (program, values) = (expression.program(), self.bindings.values());
        let memory = &mut self.recall.memory;
        cel::evaluate_again(program, self.host, values, &mut budget, memory)
    }

    /// What an expression sees on its way, with the bindings as they are.
    pub(in crate::check) fn trace(&self, expression: &'p Expression) -> Trace<'p, Thing<'p>> {
        let mut budget = Budget::default();
        let (program, values) = (expression.program(), self.bindings.values());
        let mut trace = Trace::default();
        // What it gives is known; what it saw is asked for.
        let _ = cel::evaluate(program, self.host, values, &mut budget, Some(&mut trace));
        trace
    }

    /// Why an expression has no answer, with the field by its title.
    pub(in crate::check) fn explain(&self, cause: &Cause<Thing<'p>>) -> Localized {
        let (Cause::Absent { node, field } | Cause::Unread { node, field, .. }) = cause else {
            return cause.message();
        };
        let Some(shape) = node.and_then(Thing::shape) else {
            return cause.message();
        };
        let schema = self.plan().schema();
        let description = schema.field_named(shape, field).map(|id| schema.field(id));
        let title = description.map_or(Localized::same(&**field), |field| field.title.clone());
        let (zh, en) = match cause {
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
}

/// The type of the rows of `bodies`.
fn body_shape(plan: &Plan<'_>) -> plan::ShapeId {
    let schema = plan.schema();
    let rows = schema
        .resolve("bodies")
        .map(|field| schema.field(field).shape);
    let row = rows.and_then(|rows| schema.item_of(rows));
    row.unwrap_or(schema.root())
}
