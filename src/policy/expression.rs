//! Expressions and messages of a policy, with their place in its file.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::catalogue::{Derived, PlanCatalogue};
use super::problem::Problems;
use super::raw::RawText;
use super::template::Template;
use crate::cel::{self, Expected, Program, Scope, Type};
use crate::document::Spanned;
use crate::plan::Schema;
use crate::text::{Language, Localized, Span};

/// An expression and where it stands. Of a local pack it is compiled when it is loaded; of the
/// built-in one, whose tests compile everything, when it is first asked for.
#[derive(Debug, Clone)]
pub struct Expression {
    written: Arc<Written>,
    /// Its place in the policy's file.
    pub span: Span,
}

/// The text of an expression with all that compiling it needs.
#[derive(Debug)]
struct Written {
    source: Box<str>,
    expected: Expected,
    names: Arc<Names>,
    schema: Schema,
    program: OnceLock<Program>,
}

impl Expression {
    /// The expression, ready to run.
    pub fn program(&self) -> &Program {
        self.written.program.get_or_init(|| {
            let compiled = self.written.compile();
            compiled.expect("internal: the built-in pack compiles, by test")
        })
    }

    /// The expression as it is written.
    pub fn source(&self) -> &str {
        &self.written.source
    }
}

impl Written {
    fn compile(&self) -> Result<Program, Vec<cel::Problem>> {
        let scope = Scope {
            catalogue: &PlanCatalogue::new(&self.schema),
            variables: &self.names.variables,
            open: Some("plan"),
        };
        cel::compile(&self.source, &scope, &self.expected)
    }
}

/// A text in both languages with the expressions of its placeholders.
#[derive(Debug, Clone, Default)]
pub struct Message {
    source: Localized,
    zh_tw: Template,
    en: Template,
    placeholders: Vec<Placeholder>,
}

/// What a placeholder stands for.
#[derive(Debug, Clone)]
pub enum Placeholder {
    /// A value of `show`.
    Shown(String),
    /// A path from a variable.
    Path(Expression),
}

impl Message {
    /// Writes the message. `value` gives a placeholder in a language, `?` where it has no answer.
    pub fn fill<'m>(
        &'m self,
        mut value: impl FnMut(&'m Placeholder, Language) -> String,
    ) -> Localized {
        let mut fill = |template: &Template, language| {
            template.fill(|number| value(&self.placeholders[number], language))
        };
        Localized::new(
            fill(&self.zh_tw, Language::ZhTw),
            fill(&self.en, Language::En),
        )
    }

    /// The message as it is written, braces and all.
    pub fn source(&self) -> &Localized {
        &self.source
    }

    /// The placeholders, in the order they are first met.
    pub fn placeholders(&self) -> &[Placeholder] {
        &self.placeholders
    }
}

/// The variables of expressions, in the order of their slots (docs/policy-format.md §2). The sections of
/// `plan` may also be named bare.
pub const VARIABLES: [&str; 11] = [
    "it", "body", "own", "plan", "fact", "need", "params", "law", "due", "reason", "document",
];

/// Names that expressions may use in one place of a policy.
#[derive(Debug)]
pub(super) struct Names {
    variables: Vec<(&'static str, Type)>,
}

impl Names {
    /// The names of a policy: the type of what it visits, of its fact, of the law's entries and of
    /// its parameters. A variable without a type is not there.
    pub(super) fn new(
        catalogue: &PlanCatalogue<'_>,
        it: Type,
        fact: Option<Type>,
        need: Option<Type>,
        params: Type,
    ) -> Self {
        let root = catalogue.type_of(catalogue.schema().root());
        let body = catalogue.schema().resolve("bodies").map(|field| {
            let rows = catalogue.type_of(catalogue.schema().field(field).shape);
            rows.element().cloned().unwrap_or(Type::Dyn)
        });
        let law = Type::record([cel::RecordField {
            name: "from".into(),
            ty: Type::Date,
            optional: false,
        }]);
        let types = [
            Some(it),
            body,
            Some(root.clone()),
            Some(root),
            fact,
            need,
            Some(params),
            Some(law),
            Some(Type::Date),
            Some(Type::Text),
            Some(Type::Text),
        ];
        let named = VARIABLES.iter().zip(types);
        let variables = named.filter_map(|(name, ty)| Some((*name, ty?)));
        Self {
            variables: variables.collect(),
        }
    }

    /// The type of the mandatory items.
    pub(super) fn item() -> Type {
        PlanCatalogue::derived(Derived::Item)
    }
}

/// Compiles the expressions of one policy; the same source over the same types is compiled once.
pub(super) struct Compiler<'c, 'f> {
    pub(super) catalogue: &'c PlanCatalogue<'c>,
    pub(super) problems: &'c mut Problems<'f>,
    names: Arc<Names>,
    known: BTreeMap<(String, bool), Arc<Written>>,
    text: &'c str,
    trusted: bool,
}

impl<'c, 'f> Compiler<'c, 'f> {
    /// For a policy file with this text; expressions of a `trusted` one are compiled when they are
    /// first asked for.
    pub(super) fn new(
        catalogue: &'c PlanCatalogue<'c>,
        problems: &'c mut Problems<'f>,
        text: &'c str,
        trusted: bool,
    ) -> Self {
        Self {
            catalogue,
            problems,
            names: Arc::new(Names::new(catalogue, Type::Dyn, None, None, Type::Dyn)),
            known: BTreeMap::new(),
            text,
            trusted,
        }
    }

    /// Another edition has other parameters: what was compiled before no longer counts.
    pub(super) fn rename(&mut self, names: Names) {
        if self.names.variables != names.variables {
            self.names = Arc::new(names);
            self.known.clear();
        }
    }

    /// An expression that gives true or false.
    pub(super) fn condition(&mut self, source: &Spanned<String>) -> Option<Expression> {
        self.compile(&source.value, source.span, &Expected::Bool)
    }

    /// An expression of any type.
    pub(super) fn value(&mut self, source: &Spanned<String>) -> Option<Expression> {
        self.compile(&source.value, source.span, &Expected::Any)
    }

    pub(super) fn compile(
        &mut self,
        source: &str,
        span: Span,
        expected: &Expected,
    ) -> Option<Expression> {
        let key = (source.to_owned(), matches!(expected, Expected::Bool));
        if let Some(written) = self.known.get(&key) {
            let written = Arc::clone(written);
            return Some(Expression { written, span });
        }
        let written = Written {
            source: source.into(),
            expected: expected.clone(),
            names: Arc::clone(&self.names),
            schema: self.catalogue.schema().clone(),
            program: OnceLock::new(),
        };
        if !self.trusted {
            match written.compile() {
                Ok(program) => written.program.get_or_init(|| program),
                Err(problems) => {
                    self.tell(source, span, problems);
                    return None;
                }
            };
        }
        let written = Arc::new(written);
        self.known.insert(key, Arc::clone(&written));
        Some(Expression { written, span })
    }

    fn tell(&mut self, source: &str, span: Span, problems: Vec<cel::Problem>) {
        for problem in problems {
            let at = within(self.text, span, source, &problem.range);
            self.problems.add("policy/expression", at, problem.message);
        }
    }

    /// A message whose placeholders are `shown` or paths from variables.
    pub(super) fn message(&mut self, raw: &RawText, shown: &[&str]) -> Option<Message> {
        let mut sources: Vec<(String, Span)> = Vec::new();
        let mut template = |text: &Spanned<String>| {
            Template::parse(&text.value, |source, range| {
                let known = sources.iter().position(|(other, _)| other == source);
                known.unwrap_or_else(|| {
                    sources.push((
                        source.to_owned(),
                        within(self.text, text.span, &text.value, &range),
                    ));
                    sources.len() - 1
                })
            })
        };
        let (zh_tw, en) = (template(&raw.zh_tw), template(&raw.en));
        let (Ok(zh_tw), Ok(en)) = (zh_tw, en) else {
            self.problems.say(
                "policy/placeholder",
                raw.zh_tw.span,
                "訊息中的大括號不成對".to_owned(),
                "a brace of the message has no other".to_owned(),
            );
            return None;
        };
        let placeholder = |(source, span): (String, Span)| {
            if shown.contains(&source.as_str()) {
                return Some(Placeholder::Shown(source));
            }
            self.compile(&source, span, &Expected::Any)
                .map(Placeholder::Path)
        };
        let placeholders: Option<Vec<Placeholder>> = sources.into_iter().map(placeholder).collect();
        let source = Localized::new(&*raw.zh_tw.value, &*raw.en.value);
        Some(Message {
            source,
            zh_tw,
            en,
            placeholders: placeholders?,
        })
    }
}

/// A range of a scalar's value as a span of the file; the whole scalar where it is written with
/// escapes or folds.
pub(super) fn within(
    text: &str,
    scalar: Span,
    value: &str,
    range: &std::ops::Range<usize>,
) -> Span {
    let written = &text[scalar.range()];
    let start = written.find(value).map(|at| scalar.start as usize + at);
    start.map_or(scalar, |start| {
        Span::new(start + range.start, start + range.end)
    })
}
