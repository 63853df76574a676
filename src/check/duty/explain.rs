//! The expression that decided → what it saw: each part with its value and the line it stands on.

use std::sync::Arc;

use crate::cel::{self, Cause, Content, Part, Value};
use crate::check::scene::Scene;
use crate::check::scene::host::Thing;
use crate::document::Node;
use crate::finding::{Place, Step};
use crate::plan;
use crate::policy::{Edition, Expression, Policy};
use crate::text::{Language, Localized};

/// The longest value shown, in characters.
const SHOWN: usize = 80;
/// The most elements of a list shown.
const ELEMENTS: usize = 5;

/// Evaluates an expression once more, under the bindings it was judged with, and tells what it saw.
pub(in crate::check) fn explain<'p>(
    scene: &Scene<'p>,
    policy: &'p Policy,
    edition: &'p Edition,
    expression: &'p Expression,
) -> Option<Step> {
    let trace = scene.trace(expression);
    let source = expression.source();
    let teller = Teller {
        scene,
        policy,
        edition,
        source,
    };
    trace.root().map(|root| teller.step(root, &[]))
}

/// What the words of a step are made of.
struct Teller<'t, 'p> {
    scene: &'t Scene<'p>,
    policy: &'p Policy,
    edition: &'p Edition,
    source: &'p str,
}

impl<'p> Teller<'_, 'p> {
    /// `bound` are the names of the elements that stand above: what they are has been told.
    fn step(&self, step: &cel::Step<'p, Thing<'p>>, bound: &[&str]) -> Step {
        let written = self.source.get(step.range.clone()).unwrap_or_default();
        let (seen, place) = match (&step.seen, step.part) {
            (_, Part::More(count)) => (more(count), None),
            (Err(cause), _) => (self.scene.explain(cause), self.missing(cause)),
            (Ok(value), Part::Look) => (self.shown(value), self.looked_into(step)),
            (Ok(value), Part::Path) => (
                self.shown(value),
                self.place(value).or_else(|| self.figure(written)),
            ),
            (Ok(value), _) => (self.shown(value), self.place(value)),
        };
        let below: &[_] = if step.part == Part::Look {
            &[]
        } else {
            &step.steps
        };
        let inner: Vec<&str> = match step.part {
            Part::Element(_) => bound.iter().copied().chain([written]).collect(),
            _ => bound.to_vec(),
        };
        let is_told = |step: &&cel::Step<'p, Thing<'p>>| {
            step.part == Part::Path
                && inner
                    .iter()
                    .any(|name| *name == &self.source[step.range.clone()])
        };
        let below = below.iter().filter(|step| !is_told(step));
        let one_line = || written.split_whitespace().collect::<Vec<_>>().join(" ");
        Step {
            expression: match step.part {
                Part::More(_) => "".into(),
                _ => one_line().into(),
            },
            seen,
            has_value: step.seen.is_ok(),
            place,
            steps: below
                .map(|step| self.step(the_side(step), &inner))
                .collect(),
        }
    }

    /// The object that `has` and its like looked into: there it stands, or would.
    fn looked_into(&self, step: &cel::Step<'p, Thing<'p>>) -> Option<Place> {
        let object = step.steps.last()?.seen.as_ref().ok()?;
        self.place(object)
    }

    fn shown(&self, value: &Value<'p, Thing<'p>>) -> Localized {
        let shown = |language| shorten(&self.written(value, language));
        Localized::new(shown(Language::ZhTw), shown(Language::En))
    }

    /// A value as an author writes it; dates in the calendar of the language.
    fn written(&self, value: &Value<'p, Thing<'p>>, language: Language) -> String {
        match &value.content {
            Content::Null => "null".to_owned(),
            Content::Bool(value) => value.to_string(),
            Content::Int(value) => value.to_string(),
            Content::Uint(value) => format!("{value}u"),
            Content::Double(value) => format!("{value:?}"),
            Content::Text(text) => format!("\"{}\"", &**text),
            Content::Bytes(bytes) => format!("bytes({})", bytes.len()),
            Content::Date(date) => date.show(language),
            Content::Duration(span) => span.show(language),
            Content::Object(thing) => match self.node(*thing) {
                Some(node) => self.named(node),
                None => "{…}".to_owned(),
            },
            Content::Record(_) | Content::Map(_) => "{…}".to_owned(),
            Content::List(_) => self.listed(value, language),
        }
    }

    fn listed(&self, value: &Value<'p, Thing<'p>>, language: Language) -> String {
        let elements = value.elements(self.scene.host).unwrap_or_default();
        let shown = elements.iter().take(ELEMENTS);
        let mut shown: Vec<String> = shown
            .map(|element| self.written(element, language))
            .collect();
        let rest = elements.len() - shown.len();
        if rest > 0 {
            shown.push(more(rest).get(language).to_owned());
        }
        format!("[{}]", shown.join(", "))
    }

    /// The node that a thing itself is; what is derived has none of its own.
    fn node(&self, thing: Thing<'p>) -> Option<Node<'p>> {
        thing.shape().and_then(|_| self.scene.host.node_of(thing))
    }

    /// An object by its key or its name, and `{…}` where it has neither.
    fn named(&self, node: Node<'p>) -> String {
        let path = plan::identity_path(self.scene.plan_of(node), node);
        match path.rsplit_once('[') {
            Some((_, key)) if path.ends_with(']') => key.trim_end_matches(']').to_owned(),
            _ => "{…}".to_owned(),
        }
    }

    fn place(&self, value: &Value<'p, Thing<'p>>) -> Option<Place> {
        let node = self.node(value.origin?)?;
        let plan = self.scene.plan_of(node);
        (node != plan.root()).then(|| plan::place_of(plan, node, &[]))
    }

    /// Where a figure of the policy stands: in the edition that judged, else in the policy's own.
    fn figure(&self, expression: &str) -> Option<Place> {
        let name = expression
            .strip_prefix("params.")?
            .split(['.', '['])
            .next()?;
        let root = self.policy.document.root();
        let from = self.edition.from.to_string();
        let editions = root.get("editions").into_iter().flat_map(Node::items);
        let own = editions
            .filter(|edition| {
                edition
                    .get("from")
                    .is_some_and(|node| node.written() == from)
            })
            .find_map(|edition| edition.get("params")?.entry(name));
        let entry = own.or_else(|| root.get("params")?.entry(name))?;
        let path: Arc<str> = format!("params.{name}").into();
        Some(Place::new(&self.policy.file, entry.value.span(), path))
    }

    /// Where what could not be read would stand.
    fn missing(&self, cause: &Cause<Thing<'p>>) -> Option<Place> {
        let (Cause::Absent { node, field } | Cause::Unread { node, field, .. }) = cause else {
            return None;
        };
        let node = self.node((*node)?)?;
        let plan = self.scene.plan_of(node);
        Some(match node.get(field) {
            Some(found) => plan::place_of(plan, found, &[]),
            None => plan::place_of(plan, node, &[field.to_string()]),
        })
    }
}

/// Of a condition that one side of it decided, that side: it says all that there is to say.
fn the_side<'s, 'p>(step: &'s cel::Step<'p, Thing<'p>>) -> &'s cel::Step<'p, Thing<'p>> {
    match (step.part, &*step.steps) {
        (Part::And | Part::Or, [side]) => the_side(side),
        _ => step,
    }
}

fn more(count: usize) -> Localized {
    Localized::new(format!("…另 {count} 項"), format!("… {count} more"))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
