//! The plan schema compiled, and what it says about a file; the only place that knows the library.

use std::sync::OnceLock;

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, PatternOptions, Registry, Resource};
use serde_json::{Value, json};

use super::super::expand;
use super::super::schema::Schema;
use super::Part;
use super::formats;
use super::json_view::{TreeJson, View};
use super::surely::Forms;
use super::walk::Seen;
use crate::document::Node;

/// Names the schema inside the validator. Of this scheme the library keeps no absolute locations,
/// which are a third of the time that compiling takes.
const NAME: &str = "json-schema:///plan";

/// The plan schema made ready once for many plans: a quick look that knows most plans to be right,
/// and the library, compiled when the first one is not.
#[derive(Debug)]
pub struct Validator {
    schema: Schema,
    forms: Forms,
    compiled: OnceLock<jsonschema::Validator<TreeJson>>,
}

/// One thing that the schema does not accept.
#[derive(Debug)]
pub(super) struct Violation {
    /// The keys and indexes that lead to it, each as text.
    pub at: Vec<String>,
    /// What is not accepted.
    pub what: Refusal,
}

/// What the schema does not accept about a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Keys that are no fields here.
    Keys(Vec<String>),
    /// A key that has to be there.
    Missing(String),
    /// None of several keys is there: no mode in a mode, no `for` in a variant.
    NoneOfKeys,
    /// Another type of value.
    Type,
    /// Not one of the words.
    Word,
    /// Not spelled as the format says.
    Format,
    /// Not spelled as the pattern says.
    Pattern,
    /// Below the least or above the greatest number.
    Range,
    /// Nothing where something is asked for.
    Empty,
    /// The same item twice.
    Repeated,
    /// A keyword that the plan schema does not use.
    Other,
}

impl Validator {
    /// Makes the schema ready.
    pub fn new(schema: &Schema) -> Self {
        Self {
            schema: schema.clone(),
            forms: Forms::of(schema),
            compiled: OnceLock::new(),
        }
    }

    /// Whether a file surely has the form of a plan, or of the section that it is. Where it does, `seen`
    /// has what is to be looked at again.
    pub(super) fn is_sure<'p>(&self, part: Part<'p>, root: Node<'p>, seen: &mut Seen<'p>) -> bool {
        match part {
            Part::Plan => self.forms.accept(root, seen),
            Part::Section(name) => self.forms.accept_section(name, root, seen),
        }
    }

    /// What does not have the form of a plan.
    pub(super) fn violations(&self, value: View<'_>) -> Vec<Violation> {
        let compiled = self.compiled.get_or_init(|| compile(&self.schema));
        let errors = compiled.iter_errors(value);
        errors
            .map(|error| Violation {
                at: split(error.instance_path().as_str()),
                what: refusal(error.kind()),
            })
            .collect()
    }
}

/// Compiles the schema for the library.
///
/// The library checks a root schema against its meta-schema on every start, which takes longer
/// than compiling it. The root is therefore one reference, in the draft whose meta-schema is
/// smallest; the plan schema itself is checked by `tests/schema.rs`.
fn compile(schema: &Schema) -> jsonschema::Validator<TreeJson> {
    let plan = Resource::from_contents(expand::checked(schema.json()));
    let registry = Registry::new()
        .add(NAME, plan)
        .and_then(jsonschema::RegistryBuilder::prepare);
    let registry = registry.expect("internal: the plan schema has a name and references itself");
    let options = jsonschema::options_for::<TreeJson>()
        .with_draft(Draft::Draft4)
        .with_registry(&registry)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .offline();
    let options = formats::all().fold(options, |options, (name, accepts)| {
        options.with_format(name, accepts)
    });
    let compiled = options.build(&json!({ "$ref": NAME }));
    compiled.expect("internal: the plan schema compiles")
}

/// The segments of a JSON pointer (RFC 6901).
fn split(pointer: &str) -> Vec<String> {
    let segments = pointer.split('/').skip(1);
    segments
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
        .collect()
}

fn refusal(kind: &Kind) -> Refusal {
    match kind {
        Kind::AdditionalProperties { unexpected } => Refusal::Keys(unexpected.clone()),
        Kind::Required {
            property: Value::String(name),
        } => Refusal::Missing(name.clone()),
        Kind::AnyOf { .. } => Refusal::NoneOfKeys,
        Kind::Type { .. } => Refusal::Type,
        Kind::Enum { .. } | Kind::Constant { .. } => Refusal::Word,
        Kind::Format { .. } => Refusal::Format,
        Kind::Pattern { .. } => Refusal::Pattern,
        Kind::Minimum { .. } | Kind::Maximum { .. } => Refusal::Range,
        Kind::MinItems { .. } | Kind::MinLength { .. } | Kind::MinProperties { .. } => {
            Refusal::Empty
        }
        Kind::UniqueItems => Refusal::Repeated,
        _ => Refusal::Other,
    }
}
